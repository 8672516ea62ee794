import type { Observation, Patient, Resource } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { classify } from './classify.ts';
import { consentCountryExtension, consentFor, personFacts } from './facts.ts';
import { mask } from './mask.ts';

const observation = (category: string, system: string, code: string): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ code: category }] }],
  code: { coding: [{ system, code }] },
});

test.each<[string, Resource, string[], string[]]>([
  ['a pulse', observation('vital-signs', 'http://loinc.org', '8867-4'), ['vital-signs'], []],
  ['an HIV test', observation('laboratory', 'http://loinc.org', '75622-1'), ['hiv', 'results'], ['HIV']],
  ['a PHQ-9 total', observation('survey', 'http://loinc.org', '44261-6'), ['mental-health'], ['MH', 'PSY']],
  ['a pregnancy status', observation('social-history', 'http://loinc.org', '82810-3'), ['pregnancy'], ['PREGNANT']],
  ['smoking', observation('social-history', 'http://loinc.org', '72166-2'), ['social-history'], []],
  [
    'tuberculosis by ICD-10',
    {
      resourceType: 'Condition',
      subject: {},
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'A15.0' }] },
    },
    ['problems', 'tb'],
    ['x-TB'],
  ],
  ['an organisation', { resourceType: 'Organization', name: 'Clinic' }, ['administrative'], []],
  [
    'a label somebody set',
    { resourceType: 'Condition', subject: {}, meta: { security: [{ code: 'PSYTHPN' }] } },
    ['problems'],
    ['PSYTHPN'],
  ],
])('%s is what it is', (_, resource, categories, labels) => {
  expect(classify(resource)).toEqual({ categories, labels });
});

test('an assessment bears the labels of everything answered in it', () => {
  const { labels } = classify({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: [
      {
        linkId: 'a',
        item: [
          {
            linkId: 'b',
            answer: [{ valueCoding: { system: 'https://serai.example/CodeSystem/assessment', code: 'violence-yes' } }],
          },
          { linkId: 'c', answer: [{ valueCoding: { system: 'http://loinc.org', code: '75622-1' } }] },
        ],
      },
    ],
  });
  expect(labels).toEqual(['HIV', 'SDV', 'VIO']);
});

test('contact details and telling extensions go where they may not be seen', () => {
  const patient: Patient = {
    resourceType: 'Patient',
    name: [{ text: 'A' }],
    telecom: [{ value: '1' }],
    address: [{ text: 'x' }],
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-nationality' }],
  };
  expect(mask(patient, () => true)).toBe(patient);
  expect(mask(patient, (category) => category !== 'contact')).toEqual({
    resourceType: 'Patient',
    name: [{ text: 'A' }],
  });
});

test('the latest word about a purpose counts, country by country', () => {
  const consent = (id: string, dateTime: string, type: 'permit' | 'deny', country?: string): Resource => ({
    resourceType: 'Consent',
    id,
    status: 'active',
    scope: {},
    category: [{}],
    dateTime,
    provision: {
      type,
      purpose: [{ code: 'COC' }],
      ...(country && { extension: [{ url: consentCountryExtension, valueCode: country }] }),
    },
  });
  const facts = personFacts([
    consent('1', '2026-01-01T00:00:00Z', 'deny'),
    consent('2', '2026-02-01T00:00:00Z', 'permit'),
    consent('3', '2026-03-01T00:00:00Z', 'deny', 'TH'),
  ]);
  expect(consentFor(facts, 'TREAT', undefined)).toBe('silent');
  expect(consentFor(facts, 'TREAT', 'LA')).toBe('permit');
  expect(consentFor(facts, 'TREAT', 'TH')).toBe('deny');
});

test('treatment permitted here is not sharing permitted abroad', () => {
  const facts = { consents: [{ id: '1', purpose: 'TREAT' as const, decision: 'permit' as const }], facilities: [] };
  expect(consentFor(facts, 'TREAT', undefined)).toBe('permit');
  expect(consentFor(facts, 'TREAT', 'TH')).toBe('silent');
});
