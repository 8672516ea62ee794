import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { viewOf } from './ips-view.ts';

const translated = (language: string, text: string) => ({
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/translation',
      extension: [
        { url: 'lang', valueCode: language },
        { url: 'content', valueString: text },
      ],
    },
  ],
});

const document = {
  resourceType: 'Bundle',
  type: 'document',
  language: 'th',
  entry: [
    {
      fullUrl: 'urn:uuid:c',
      resource: {
        resourceType: 'Composition',
        id: 'c',
        status: 'final',
        type: { coding: [{ system: 'http://loinc.org', code: '60591-5' }] },
        subject: { reference: 'urn:uuid:p' },
        date: '2026-11-20T09:00:00Z',
        author: [{ display: 'Clinic' }],
        title: 'Summary',
        section: [
          {
            title: 'Problems',
            code: { coding: [{ system: 'http://loinc.org', code: '11450-4' }] },
            text: { status: 'generated', div: '<div>one<script>alert(1)</script></div>' },
            entry: [{ reference: 'urn:uuid:problem' }, { reference: 'urn:uuid:not-sent' }],
          },
          {
            title: 'Allergies',
            code: { coding: [{ system: 'http://loinc.org', code: '48765-2' }] },
            entry: [{ reference: 'urn:uuid:allergy' }],
          },
          {
            title: 'Medicines',
            code: { coding: [{ system: 'http://loinc.org', code: '10160-0' }] },
            emptyReason: { coding: [{ code: 'notasked' }] },
          },
        ],
      },
    },
    {
      fullUrl: 'urn:uuid:p',
      resource: { resourceType: 'Patient', id: 'p', name: [{ text: 'မလှ' }], birthDate: '1988' },
    },
    {
      fullUrl: 'urn:uuid:problem',
      resource: {
        resourceType: 'Condition',
        id: 'problem',
        subject: { reference: 'urn:uuid:p' },
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: {
          coding: [
            {
              system: 'http://snomed.info/sct',
              code: '38341003',
              display: 'Hypertensive disorder',
              _display: translated('my', 'သွေးတိုးရောဂါ'),
            },
          ],
          text: 'ความดันโลหิตสูง',
        },
        onsetDateTime: '2019-05',
      },
    },
    {
      fullUrl: 'urn:uuid:allergy',
      resource: {
        resourceType: 'AllergyIntolerance',
        id: 'allergy',
        patient: { reference: 'urn:uuid:p' },
        criticality: 'high',
        code: { text: 'Penicillin' },
      },
    },
  ],
} as unknown as Bundle;

describe('a patient summary as a screen shows it', () => {
  it('puts the reader’s language first and keeps the original words and codes beside it', () => {
    const main = viewOf(document, 'my')!.sections[0]!.entries[0]!.main;
    expect(main).toEqual({
      translated: 'သွေးတိုးရောဂါ',
      original: 'ความดันโลหิตสูง',
      codes: [{ system: 'SNOMED CT', code: '38341003', display: 'Hypertensive disorder' }],
    });
  });

  it('takes the author’s text where the document is in the reader’s language', () => {
    expect(viewOf(document, 'th')!.sections[0]!.entries[0]!.main).toMatchObject({
      translated: 'ความดันโลหิตสูง',
      original: 'Hypertensive disorder',
    });
  });

  it('claims no translation where there is none', () => {
    expect(viewOf(document, 'en')!.sections[0]!.entries[0]!.main).not.toHaveProperty('translated');
  });

  it('says why a section is empty, passes over what was not sent, and marks what must not be missed', () => {
    const [problems, allergies, medicines] = viewOf(document, 'en')!.sections;
    expect(problems!.entries).toHaveLength(1);
    expect(allergies!.entries[0]!.critical).toBe(true);
    expect(medicines).toMatchObject({ emptyReason: 'notasked', entries: [] });
  });

  it('reads the narrative as words', () => {
    expect(viewOf(document, 'en')!.sections[0]!.narrative).toEqual([{ tag: 'div', children: ['one'] }]);
  });

  it('is no summary without a composition at its head', () => {
    expect(viewOf({ resourceType: 'Bundle', type: 'document', entry: [] }, 'en')).toBeUndefined();
    expect(viewOf({ ...document, entry: document.entry!.slice(1) } as Bundle, 'en')).toBeUndefined();
  });
});

const examples = fileURLToPath(new URL('../../../shared/data/ips/examples/', import.meta.url));

describe.skipIf(!existsSync(examples))(
  'the example documents of the IPS guide (skipped where the shared data is absent)',
  () => {
    it.each([
      ['Bundle-IPS-examples-Bundle-01.json', 6, 9],
      ['Bundle-bundle-minimal.json', 3, 3],
      ['Bundle-bundle-no-info-required-sections.json', 4, 5],
    ])('%s shows %i sections with %i entries, each with a name', (file, sections, entries) => {
      const view = viewOf(JSON.parse(readFileSync(examples + file, 'utf8')) as Bundle, 'en')!;
      expect(view.sections).toHaveLength(sections);
      const all = view.sections.flatMap((section) => section.entries);
      expect(all).toHaveLength(entries);
      expect(all.filter((entry) => !entry.main && !entry.absent)).toEqual([]);
      expect(view.person?.name).toBeTruthy();
    });
  },
);
