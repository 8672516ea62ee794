import type { Bundle, Composition, Observation, Organization, Patient, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { escapeXml, numberText } from './narrative.ts';
import { SECTIONS } from './sections.ts';
import { buildSummary, type SummaryOptions } from './summary.ts';
import { TERM_COUNT, translate } from './terms.ts';
import { ipsExamples, ipsValidator, syntheaRecords } from './testing/vectors.ts';
import type { SummaryValidator } from './validate.ts';
import { formatDate } from './words.ts';

// Loading the definitions of FHIR and validating whole documents takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOW = new Date('2019-06-10T08:00:00Z');
const organization: Organization = { resourceType: 'Organization', id: 'clinic', name: 'Border clinic' };
const patient: Patient = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'urn:example:number', value: 'SECRET-NUMBER' }],
  name: [{ text: 'Aye' }],
  gender: 'female',
  birthDate: '1994',
  address: [{ city: 'SECRET-CITY' }],
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { country: 'MM' } }],
};

let validator: SummaryValidator;
beforeAll(() => {
  validator = ipsValidator();
});

function summary(resources: Resource[], changes: Partial<SummaryOptions> = {}): Bundle {
  return buildSummary(resources, {
    patient,
    language: 'en',
    now: NOW,
    author: { organization },
    documentId: '7d0e5b1c-3c55-4d43-9d5e-0c7a2b1f4e60',
    ...changes,
  });
}

const compositionOf = (bundle: Bundle) => bundle.entry?.[0]?.resource as Composition;
const sectionOf = (bundle: Bundle, key: string) => {
  const code = SECTIONS.find((section) => section.key === key)?.code;
  return compositionOf(bundle).section?.find((section) => section.code?.coding?.[0]?.code === code);
};
const issues = (bundle: Bundle) =>
  validator.validateDocument(bundle).map((issue) => `${issue.details?.text} @ ${issue.expression?.join()}`);

const snomed = (code: string, display: string) => ({ coding: [{ system: 'http://snomed.info/sct', code, display }] });
const subject = { reference: 'Patient/p1' };
const condition = (id: string, code: string, display: string, status = 'active', date = '2019-01-01'): Resource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: status as 'active' }],
  },
  code: snomed(code, display),
  subject,
  recordedDate: date,
});
const laboratory = (id: string, changes: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood' }] },
  subject,
  effectiveDateTime: '2019-05-03T14:05:00+06:30',
  valueQuantity: { value: 11.2468, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  ...changes,
});

describe('the package', () => {
  test('its own examples validate, each against what it claims to be', () => {
    const named: Record<string, string> = { 'ips-example-imaging-1': 'Device-observer-uv-ips' };
    const failing = ipsExamples().flatMap((resource) => {
      const profile = resource.resourceType === 'Device' ? named[resource.id as string] : undefined;
      const found =
        resource.resourceType === 'Bundle' && resource.type === 'document'
          ? validator.validateDocument(resource)
          : validator.validateOne(resource, profile);
      return found.map(
        (issue) => `${resource.resourceType}/${resource.id}: ${issue.details?.text} ${issue.expression}`,
      );
    });
    expect(failing).toEqual([]);
  });

  test('what is wrong is found', () => {
    const good = summary([]);
    const broken = (change: (bundle: any) => void) => {
      const copy = structuredClone(good);
      change(copy);
      return issues(copy).length;
    };
    expect(broken(() => {})).toBe(0);
    expect(broken((bundle) => delete bundle.timestamp)).toBeGreaterThan(0);
    expect(broken((bundle) => delete bundle.identifier)).toBeGreaterThan(0);
    expect(broken((bundle) => bundle.entry[0].resource.section.pop())).toBeGreaterThan(0);
    expect(broken((bundle) => delete bundle.entry[0].resource.section[0].text)).toBeGreaterThan(0);
    expect(broken((bundle) => delete bundle.entry[1].resource.name)).toBeGreaterThan(0);
    expect(broken((bundle) => bundle.entry.pop())).toBeGreaterThan(0);
    expect(broken((bundle) => bundle.entry.push(bundle.entry[0]))).toBeGreaterThan(0);
    expect(broken((bundle) => delete bundle.entry[3].resource.code)).toBeGreaterThan(0);
  });
});

describe('a document', () => {
  test('of an empty record says that nothing is known, and is valid in every language', () => {
    for (const language of ['en', 'th', 'my', 'fr']) {
      const bundle = summary([], { language });
      expect(issues(bundle)).toEqual([]);
      expect(compositionOf(bundle).section?.map((section) => section.code?.coding?.[0]?.code)).toEqual([
        '11450-4',
        '48765-2',
        '10160-0',
      ]);
      expect(compositionOf(bundle).language).toBe(language);
    }
    expect(sectionOf(summary([], { language: 'th' }), 'allergies')?.title).toBe('ประวัติการแพ้');
  });

  test('of a Synthea record is valid in every language, and refers only to itself', () => {
    const records = syntheaRecords();
    expect(records.length).toBeGreaterThan(4);
    for (const [index, record] of records.entries()) {
      const language = ['en', 'th', 'my'][index % 3] as string;
      const bundle = summary(record.resources, { patient: record.patient, language });
      expect(issues(bundle)).toEqual([]);
      const urls = new Set(bundle.entry?.map((entry) => entry.fullUrl));
      expect(urls.size).toBe(bundle.entry?.length);
      const references = JSON.stringify(bundle).match(/"reference":"[^"]+"/g) ?? [];
      expect(references.length).toBeGreaterThan(0);
      for (const reference of references) {
        expect(urls).toContain(reference.slice('"reference":"'.length, -1));
      }
      for (const entry of bundle.entry ?? []) {
        expect(entry.fullUrl).toBe(`urn:uuid:${entry.resource?.id}`);
      }
      // No id of the record travels.
      for (const resource of record.resources) {
        expect(JSON.stringify(bundle)).not.toContain(resource.id);
      }
    }
  });

  test('holds every laboratory result of a record', () => {
    const isLaboratory = (resource: Resource | undefined) =>
      resource?.resourceType === 'Observation' && resource.category?.[0]?.coding?.[0]?.code === 'laboratory';
    let results = 0;
    for (const record of syntheaRecords()) {
      const expected = record.resources.filter(isLaboratory).length;
      const bundle = summary(record.resources, { patient: record.patient });
      expect(bundle.entry?.filter(({ resource }) => isLaboratory(resource))).toHaveLength(expected);
      expect(sectionOf(bundle, 'results')?.entry?.length ?? 0).toBeGreaterThanOrEqual(expected);
      results += expected;
    }
    expect(results).toBeGreaterThan(50);
  });

  test('of an IPS document’s own resources is valid, and loses none of its sections', () => {
    const documents = ipsExamples().filter(
      (resource): resource is Bundle => resource.resourceType === 'Bundle' && resource.type === 'document',
    );
    expect(documents.length).toBe(4);
    for (const document of documents) {
      const resources = (document.entry ?? []).flatMap((entry) => entry.resource ?? []);
      const person = resources.find((resource): resource is Patient => resource.resourceType === 'Patient')!;
      for (const language of ['en', 'th']) {
        const bundle = summary(resources, { patient: person, language, now: new Date('2021-06-10T08:00:00Z') });
        expect(issues(bundle)).toEqual([]);
        // A section that is only a narrative has nothing to be rebuilt from; members of a panel are listed here too.
        for (const section of compositionOf(document).section ?? []) {
          const code = section.code?.coding?.[0]?.code;
          const ours = compositionOf(bundle).section?.find((each) => each.code?.coding?.[0]?.code === code);
          expect(ours?.entry?.length ?? 0).toBeGreaterThanOrEqual(section.entry?.length ?? 0);
        }
      }
    }
  });

  test('shows nothing of anybody else', () => {
    const other = { ...condition('o', '61462000', 'OTHER-PERSON'), subject: { reference: 'Patient/p2' } } as Resource;
    const nobody = { ...laboratory('n', { code: { text: 'NOBODY' } }), subject: undefined } as Resource;
    const absolute = {
      ...condition('a', '195967001', 'Asthma'),
      subject: { reference: 'https://x.example/fhir/Patient/p1' },
    } as Resource;
    const bundle = summary([other, nobody, absolute]);
    expect(JSON.stringify(bundle)).not.toMatch(/OTHER-PERSON|NOBODY/);
    expect(JSON.stringify(bundle)).toContain('Asthma');
    expect(issues(bundle)).toEqual([]);
  });

  test('does not depend on the order of the record', () => {
    const record = syntheaRecords()[2]!;
    const bundle = summary(record.resources, { patient: record.patient });
    expect(summary([...record.resources].reverse(), { patient: record.patient })).toEqual(bundle);
  });

  test('separates active from past problems, newest first', () => {
    const bundle = summary([
      condition('a', '38341003', 'Hypertension', 'active', '2018-01-01'),
      condition('b', '10509002', 'Acute bronchitis (disorder)', 'resolved'),
      condition('c', '195967001', 'Asthma', 'recurrence', '2019-03-01'),
      {
        ...condition('d', '73211009', 'Diabetes'),
        verificationStatus: { coding: [{ code: 'entered-in-error' }] },
      } as any,
    ]);
    expect(issues(bundle)).toEqual([]);
    const problems = sectionOf(bundle, 'problems')?.text?.div ?? '';
    expect(problems.indexOf('Asthma')).toBeGreaterThan(0);
    expect(problems.indexOf('Hypertension')).toBeGreaterThan(problems.indexOf('Asthma'));
    expect(sectionOf(bundle, 'past-problems')?.text?.div).toContain('Acute bronchitis');
    expect(JSON.stringify(bundle)).not.toContain('Diabetes');
  });

  test('shows the newest five of each vital sign', () => {
    const weight = Array.from({ length: 9 }, (_, i) =>
      laboratory(`w${i}`, {
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
        ],
        code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body Weight' }] },
        effectiveDateTime: `2019-0${i + 1}-01`,
        valueQuantity: { value: 50 + i, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      }),
    );
    const bundle = summary(weight);
    expect(sectionOf(bundle, 'vital-signs')?.entry).toHaveLength(5);
    expect(sectionOf(bundle, 'vital-signs')?.text?.div).toContain('58 kg');
    expect(sectionOf(bundle, 'vital-signs')?.text?.div).not.toContain('53 kg');
  });

  test('leaves out medicines that ended long ago, keeps those of late', () => {
    const medicine = (id: string, status: string, authoredOn: string, name: string): Resource =>
      ({
        resourceType: 'MedicationRequest',
        id,
        status,
        intent: 'order',
        medicationCodeableConcept: { text: name },
        subject,
        authoredOn,
      }) as Resource;
    const bundle = summary([
      medicine('1', 'active', '2010-01-01', 'Old but active'),
      medicine('2', 'stopped', '2010-01-01', 'Long ended'),
      medicine('3', 'completed', '2019-05-01', 'Just ended'),
      medicine('4', 'entered-in-error', '2019-05-01', 'A mistake'),
    ]);
    const text = sectionOf(bundle, 'medications')?.text?.div ?? '';
    expect([/Old but/, /Long ended/, /Just ended/, /mistake/].map((name) => name.test(text))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(issues(bundle)).toEqual([]);
  });

  test('says what is missing as absent, and stays valid', () => {
    const bare: Resource[] = [
      { resourceType: 'Condition', id: 'c', subject } as Resource,
      { resourceType: 'Procedure', id: 'p', status: 'completed', code: snomed('1', 'x'), subject },
      {
        resourceType: 'MedicationStatement',
        id: 'm',
        status: 'active',
        medicationCodeableConcept: { text: 'x' },
        subject,
      },
      { ...laboratory('o'), effectiveDateTime: undefined },
      { resourceType: 'DiagnosticReport', id: 'd', status: 'final', code: { text: 'x' }, subject },
    ];
    const bundle = summary(bare, { patient: { resourceType: 'Patient', id: 'p1' } });
    expect(issues(bundle)).toEqual([]);
    expect(JSON.stringify(bundle)).toContain('data-absent-reason');
  });
});

describe('what is not permitted', () => {
  const report: Resource = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Panel' },
    subject,
    effectiveDateTime: '2019-05-03',
    conclusion: 'HIDDEN-CONCLUSION',
    result: [{ reference: 'Observation/open' }, { reference: 'Observation/hidden', display: 'HIDDEN-DISPLAY' }],
  };
  const hidden = laboratory('hidden', { code: { text: 'HIDDEN-TEST' }, performer: [{ reference: 'Practitioner/h' }] });
  const practitioner: Resource = { resourceType: 'Practitioner', id: 'h', name: [{ text: 'HIDDEN-NAME' }] };
  const permitted = (resource: Resource) => resource.id !== 'hidden';

  test('is left out as if it had never been', () => {
    const record = [laboratory('open'), condition('c', '38341003', 'Hypertension')];
    const without = summary(record);
    const withHidden = summary([hidden, practitioner, ...record], { permitted });
    expect(withHidden).toEqual(without);
  });

  test('leaves no trace in what refers to it', () => {
    const only: Resource = {
      ...report,
      id: 'r2',
      code: { text: 'HIDDEN-REPORT' },
      result: [{ reference: 'urn:uuid:hidden' }],
    };
    const bundle = summary([laboratory('open'), hidden, practitioner, report, only], { permitted });
    expect(JSON.stringify(bundle)).not.toContain('HIDDEN');
    expect(JSON.stringify(bundle)).toContain('Panel');
    expect(issues(bundle)).toEqual([]);
    expect(JSON.stringify(summary([laboratory('open'), hidden, report]))).toContain('HIDDEN-CONCLUSION');
  });

  test('reads the same whether it was filtered here or before', () => {
    const records = syntheaRecords();
    fc.assert(
      fc.property(fc.nat(records.length - 1), fc.infiniteStream(fc.boolean()), (index, coins) => {
        const { patient: person, resources } = records[index]!;
        const kept = new Set(resources.filter(() => coins.next().value));
        const filtered = summary([...kept], { patient: person });
        expect(summary(resources, { patient: person, permitted: (resource) => kept.has(resource) })).toEqual(filtered);
        return true;
      }),
      { numRuns: 15 },
    );
  });

  test('whatever is withheld, its values are nowhere', () => {
    const record = syntheaRecords().reduce((a, b) => (b.resources.length > a.resources.length ? b : a));
    // Only values that one resource alone has: a grown person's height is the same every year.
    const all = record.resources.flatMap((resource) => (resource.resourceType === 'Observation' ? [resource] : []));
    const measure = (resource: Observation) => String(resource.valueQuantity?.value);
    const measured = all.filter(
      (resource) =>
        measure(resource).length > 12 && all.filter((each) => measure(each) === measure(resource)).length === 1,
    );
    expect(measured.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.subarray(measured, { minLength: 1 }), (withheld) => {
        const hiddenOnes = new Set<Resource>(withheld);
        const bundle = summary(record.resources, {
          patient: record.patient,
          permitted: (resource) => !hiddenOnes.has(resource),
        });
        const json = JSON.stringify(bundle);
        return withheld.every((resource) => !json.includes(String(resource.valueQuantity?.value)));
      }),
      { numRuns: 10 },
    );
  });

  test('a section with nothing permitted reads as one with nothing known', () => {
    const nothing = summary([condition('hidden', '86406008', 'HIV')], { permitted });
    expect(nothing).toEqual(summary([]));
  });

  test('takes a medicine with it whose substance is withheld', () => {
    const medicine: Resource = {
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      medicationReference: { reference: 'Medication/hidden', display: 'HIDDEN' },
      subject,
    };
    const substance: Resource = { resourceType: 'Medication', id: 'hidden', code: { text: 'HIDDEN' } };
    expect(summary([medicine, substance], { permitted })).toEqual(summary([]));
    const open = summary([medicine, substance]);
    expect(open.entry?.map((entry) => entry.resource?.resourceType)).toContain('Medication');
    const named = { ...medicine, medicationReference: { display: 'Known by name' } } as Resource;
    expect(sectionOf(summary([named]), 'medications')?.text?.div).toContain('Known by name');
    expect(issues(summary([named]))).toEqual([]);
  });

  test('masks before anything else is done', () => {
    const mask = (resource: Resource) =>
      resource.resourceType === 'Condition' ? { ...resource, note: undefined, code: { text: 'masked' } } : resource;
    const noted = { ...condition('c', '38341003', 'Hypertension'), note: [{ text: 'HIDDEN' }] } as Resource;
    const bundle = summary([noted], { mask });
    expect(JSON.stringify(bundle)).not.toMatch(/HIDDEN|Hypertension/);
  });

  test('a person is shown by what is needed, unless the whole is asked for', () => {
    const minimal = JSON.stringify(summary([]));
    expect(minimal).not.toMatch(/SECRET|birthPlace/);
    const full = JSON.stringify(summary([], { patientDetail: 'full' }));
    expect(full).toContain('SECRET-NUMBER');
    expect(full).not.toContain('birthPlace');
  });

  test('labels rise to the document and are never dropped', () => {
    const label = (code: string) => ({
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }],
    });
    const bundle = summary([
      { ...condition('a', '1', 'x'), meta: { ...label('R'), tag: [{ code: 'home' }], versionId: '7' } },
      { ...condition('b', '2', 'y'), meta: label('N') },
    ] as Resource[]);
    expect(bundle.meta?.security?.map((coding) => coding.code)).toEqual(['N', 'R']);
    expect(compositionOf(bundle).confidentiality).toBe('R');
    expect(JSON.stringify(bundle)).not.toMatch(/"home"|versionId/);
  });
});

describe('the narrative', () => {
  test('puts the original text and code beside the translation', () => {
    const bundle = summary([condition('a', '38341003', 'Hypertension')], { language: 'my' });
    const text = sectionOf(bundle, 'problems')?.text?.div ?? '';
    expect(text).toContain('သွေးတိုးရောဂါ');
    expect(text).toContain('Hypertension');
    expect(text).toContain('SNOMED CT 38341003');
    expect(text).toContain('xml:lang="my"');
    expect(JSON.stringify(bundle)).toContain('http://hl7.org/fhir/StructureDefinition/translation');
  });

  test('gives values as people read them, and dates as they were recorded', () => {
    const text = sectionOf(summary([laboratory('o')], { language: 'th' }), 'results')?.text?.div ?? '';
    expect(text).toContain('11.25 g/dL');
    expect(text).toContain('3 พ.ค. ค.ศ. 2019 14:05');
    expect(text).toContain('ฮีโมโกลบิน');
  });

  test('escapes whatever a record says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const html = escapeXml(value);
        return !/[<>"']/.test(html) && !/&(?!amp;|lt;|gt;|quot;|#39;)/.test(html) && html.isWellFormed();
      }),
    );
    const evil = '<script>alert("x")</script>\u0000&';
    const text = sectionOf(summary([condition('a', '1', evil)]), 'problems')?.text?.div ?? '';
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;');
    expect(text).not.toContain('<script');
    expect(compositionOf(summary([], { language: '"><script>' })).language).toBe('en');
  });

  test('is well-formed XML of the few elements a narrative may have', () => {
    const divs = syntheaRecords().flatMap((record) =>
      ['en', 'my'].flatMap((language) => {
        const bundle = summary(record.resources, { patient: record.patient, language });
        return (compositionOf(bundle).section ?? []).map((section) => section.text?.div ?? '');
      }),
    );
    expect(divs.length).toBeGreaterThan(40);
    for (const div of divs) {
      const open: string[] = [];
      for (const [, closing, name, empty] of div.matchAll(/<(\/?)([a-z]+)(?: [^<>]*?)?(\/?)>/g)) {
        expect(['div', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'p', 'b', 'i', 'br', 'span', 'small']).toContain(
          name,
        );
        if (closing) {
          expect(open.pop()).toBe(name);
        } else if (!empty) {
          open.push(name as string);
        }
      }
      expect(open).toEqual([]);
      expect(div.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
      expect(div).toMatch(/^<div xmlns="http:\/\/www.w3.org\/1999\/xhtml" /);
    }
  });

  test('dates keep their exactness and their era', () => {
    expect(formatDate('2026', 'en')).toBe('2026');
    expect(formatDate('2026-05', 'en')).toBe('May 2026');
    expect(formatDate('2026-05-03', 'th')).toBe('3 พ.ค. ค.ศ. 2026');
    expect(formatDate('2026-05-03T23:30:00+07:00', 'en', true)).toBe('3 May 2026 23:30');
    expect(formatDate('', 'en')).toBe('');
    expect(formatDate('rubbish', 'en')).toBe('');
    expect([168.80253764416227, 0.123456, 12345, 37.0].map(numberText)).toEqual(['168.8', '0.123', '12345', '37']);
  });

  test('has the words of our forms and of received records', () => {
    expect(TERM_COUNT).toBeGreaterThan(250);
    expect(translate('http://loinc.org', '718-7', 'th-TH')).toBe('ฮีโมโกลบิน');
    expect(translate('http://loinc.org', '718-7', 'en')).toBeUndefined();
    expect(translate('http://example.org', '718-7', 'th')).toBeUndefined();
    const untranslated = syntheaRecords()
      .flatMap((record) => record.resources)
      .flatMap((resource) => (resource.resourceType === 'Observation' ? (resource.code?.coding ?? []) : []))
      .filter((coding) => translate(coding.system, coding.code, 'my') === undefined);
    expect(new Set(untranslated.map((coding) => coding.display))).toEqual(
      new Set(untranslated.length > 0 ? ['Cause of Death [US Standard Certificate of Death]'] : []),
    );
  });
});
