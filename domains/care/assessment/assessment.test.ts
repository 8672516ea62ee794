import { validateResource } from '@medplum/core';
import type { Condition, QuestionnaireItem, Resource, ResourceType } from '@medplum/fhirtypes';
import { createPrng } from '@serai/kernel/base/prng.ts';
import {
  canonicalOf,
  itemText,
  limitOf,
  outlineOf,
  pruneDisabled,
  setAnswer,
  startResponse,
  validateResponse,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { loadDefinitions } from '@serai/store/definitions.ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { countByType, extractAssessment } from './assessment.ts';
import { context, extract, observation, ofType } from './testing/extract.ts';
import { answerOf, assessmentForm, cases, fill, required, type Said } from './testing/fill.ts';

beforeAll(loadDefinitions, 60_000);

function expectValid(resources: readonly Resource[]) {
  for (const resource of resources) {
    try {
      validateResource(resource);
    } catch (error) {
      expect.fail(`${error} in ${JSON.stringify(resource)}`);
    }
  }
  const own = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
  expect(own.size).toBe(resources.length);
  const outside = new Set([`Patient/${context().patient.id}`, 'Practitioner/nurse', 'Organization/clinic']);
  for (const [, reference] of JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)) {
    if (!own.has(reference!) && !outside.has(reference!)) {
      expect.fail(`${reference} points at nothing`);
    }
  }
}

describe.each(Object.entries(cases))('%s', (_name, said) => {
  test('has no issues', () => {
    const response = pruneDisabled(assessmentForm, fill(said));
    expect(validateResponse(assessmentForm, response, { language: 'en', today: '2026-11-21' })).toEqual([]);
  });

  test('becomes valid FHIR R4 whose references hold, each from the response and about the person', () => {
    const resources = extract(said);
    expectValid(resources);
    const [response, encounter] = resources;
    expect(response).toMatchObject({
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: canonicalOf(assessmentForm),
      author: { reference: 'Practitioner/nurse', display: 'Nurse on duty' },
    });
    expect(encounter).toMatchObject({ resourceType: 'Encounter', id: context().encounterId });
    const provenance = resources.at(-1)!;
    expect(provenance.resourceType === 'Provenance' && provenance.target.length).toBe(resources.length - 1);
    for (const resource of resources) {
      if (resource.resourceType !== 'Provenance') {
        expect(JSON.stringify(resource)).toContain(`"reference":"Patient/${context().patient.id}"`);
      }
    }
  });

  test('is the same for the same answers', () => {
    expect(extract(said)).toEqual(extract(said));
  });
});

test('what each case becomes, counted', () => {
  const always = { ClinicalImpression: 1, Consent: 3, Encounter: 1, Provenance: 1, QuestionnaireResponse: 1 };
  const none = { AllergyIntolerance: 1, MedicationStatement: 1 };
  const counts = Object.fromEntries(Object.entries(cases).map(([name, said]) => [name, countByType(extract(said))]));
  expect(counts).toEqual({
    'nothing optional': { ...always, ...none, Observation: 2 },
    'a well woman': { ...always, ...none, Condition: 1, Immunization: 1, Observation: 16, Procedure: 1 },
    'a man with signs of tuberculosis': { ...always, ...none, Condition: 1, Observation: 7, ServiceRequest: 2 },
    'a pregnant woman': { ...always, AllergyIntolerance: 1, MedicationStatement: 2, Observation: 8 },
    'a child with a small arm': {
      ...always,
      ...none,
      Immunization: 1,
      Observation: 9,
      Procedure: 1,
      ServiceRequest: 1,
    },
    'someone at risk': { ...always, ...none, Flag: 3, Observation: 18 },
    'no consent': { ...always, Observation: 2 },
  });
});

describe('a well woman', () => {
  const resources = extract(cases['a well woman']!);

  test('has vital signs in UCUM, blood pressure in one, the mass index calculated', () => {
    expect(observation(resources, '8310-5')).toMatchObject({
      category: [{ coding: [{ code: 'vital-signs' }] }],
      valueQuantity: { value: 36.7, unit: '°C', system: 'http://unitsofmeasure.org', code: 'Cel' },
      effectiveDateTime: '2026-11-21T08:30:00.000Z',
      performer: [{ reference: 'Practitioner/nurse' }],
    });
    const pressure = observation(resources, '85354-9')!;
    expect(pressure.component!.map(({ code, valueQuantity }) => [code.coding![0]!.code, valueQuantity!.value])).toEqual(
      [
        ['8480-6', 118],
        ['8462-4', 76],
      ],
    );
    expect(pressure.valueQuantity).toBeUndefined();
    expect(observation(resources, '39156-5')!.valueQuantity).toMatchObject({ value: 21.9, code: 'kg/m2' });
  });

  test('is known to have no illness, allergy, medicine or operation', () => {
    const absent = (type: ResourceType) =>
      ofType<any>(resources, type).map(
        ({ code, medicationCodeableConcept }) => (code ?? medicationCodeableConcept).coding[0].code,
      );
    expect(absent('Condition')).toEqual(['no-known-problems']);
    expect(absent('AllergyIntolerance')).toEqual(['no-known-allergies']);
    expect(absent('MedicationStatement')).toEqual(['no-known-medications']);
    expect(absent('Procedure')).toEqual(['no-known-procedures']);
  });

  test('keeps every symptom asked and denied', () => {
    const symptoms = observation(resources, 'tb-symptoms')!;
    expect(symptoms.component!.length).toBe(9);
    expect(symptoms.component!.every(({ valueBoolean }) => valueBoolean === false)).toBe(true);
  });

  test('has her vaccine as far as it is known', () => {
    expect(ofType(resources, 'Immunization')[0]).toMatchObject({
      status: 'completed',
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '09' }] },
      occurrenceDateTime: '2024',
      primarySource: false,
      reportOrigin: { coding: [{ code: 'record' }] },
    });
  });

  test('decided each purpose by itself', () => {
    const consents = ofType<any>(resources, 'Consent').map(({ status, provision, policyRule }) => [
      provision.purpose[0].code,
      provision.type,
      policyRule.coding[0].code,
      status,
    ]);
    expect(consents).toEqual([
      ['TREAT', 'permit', 'OPTIN', 'active'],
      ['COC', 'permit', 'OPTIN', 'active'],
      ['HRESCH', 'deny', 'OPTOUT', 'active'],
    ]);
  });

  test('has a score that is read for her', () => {
    expect(observation(resources, '55758-7')).toMatchObject({
      valueQuantity: { value: 1, code: '{score}' },
      interpretation: [{ text: 'Screen negative' }],
    });
  });
});

test('a man with signs of tuberculosis is referred, and evaluation is proposed', () => {
  const resources = extract(cases['a man with signs of tuberculosis']!);
  const screened = observation(resources, 'tb-screening')!;
  expect(screened).toMatchObject({
    valueCodeableConcept: { coding: [{ code: 'tb-screen-positive' }], text: 'TB screen positive' },
  });
  expect(itemText(screened.valueCodeableConcept as QuestionnaireItem, 'my')).toBe('တီဘီ စိစစ်မှု အပေါင်း');
  expect(screened.component!.map(({ valueCodeableConcept }) => valueCodeableConcept!.text)).toContain('Has cough');
  expect(observation(resources, '24648-8')).toMatchObject({
    category: [{ coding: [{ code: 'imaging' }] }],
    valueCodeableConcept: { text: 'Suggestive of tuberculosis' },
  });
  const requests = ofType<any>(resources, 'ServiceRequest');
  expect(requests.map(({ intent, priority }) => [intent, priority]).sort()).toEqual([
    ['order', 'urgent'],
    ['proposal', 'urgent'],
  ]);
  expect(ofType<Condition>(resources, 'Condition')[0]).toMatchObject({
    code: { coding: [{ code: '56717001', display: 'Tuberculosis' }] },
    verificationStatus: { coding: [{ code: 'provisional' }] },
    category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
  });
  const [impression] = ofType<any>(resources, 'ClinicalImpression');
  expect(impression.finding).toHaveLength(1);
  expect(impression.investigation[0].item).toHaveLength(1 + 7);
});

test('a pregnant woman has her due date, her medicines as named, her allergy with its danger', () => {
  const resources = extract(cases['a pregnant woman']!);
  expect(observation(resources, '82810-3')).toMatchObject({
    valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '77386006' }] },
  });
  expect(observation(resources, '11779-6')!.valueDateTime).toBe('2027-02-05');
  expect(
    ofType<any>(resources, 'MedicationStatement').map((each) => [each.medicationCodeableConcept, each.dosage]),
  ).toMatchObject([
    [
      {
        coding: [{ system: 'http://www.whocc.no/atc', code: 'B03AD03', display: 'ferrous sulfate and folic acid' }],
        text: 'Iron and folic acid',
      },
      [{ text: 'one tablet a day' }],
    ],
    [{ text: 'herbal tonic' }, undefined],
  ]);
  expect(ofType(resources, 'AllergyIntolerance')[0]).toMatchObject({
    category: ['medication'],
    criticality: 'high',
    code: { coding: [{ code: '764146007' }] },
    reaction: [{ manifestation: [{ coding: [{ code: '271807003' }] }, { coding: [{ code: '267036007' }] }] }],
  });
});

test('a child’s arm is measured, her vaccine of today is ours', () => {
  const resources = extract(cases['a child with a small arm']!);
  expect(observation(resources, '56072-2')!.valueQuantity).toMatchObject({ value: 11.2, code: 'cm' });
  expect(observation(resources, '56072-2')!.interpretation).toMatchObject([{ text: 'Severe acute malnutrition' }]);
  const read = (years: number, months: number, centimetres: number) =>
    observation(
      extract([
        ...cases['a child with a small arm']!,
        ['identity.age-years', years],
        ['identity.age-months', months],
        ['examination.muac', centimetres],
      ]),
      '56072-2',
    )!.interpretation?.[0]?.text;
  expect([11.4, 11.5, 12.4, 12.5].map((centimetres) => read(1, 18, centimetres))).toEqual([
    'Severe acute malnutrition',
    'Moderate acute malnutrition',
    'Moderate acute malnutrition',
    'Not wasted',
  ]);
  // The limits are for 6 to 59 months.
  expect(read(0, 5, 11)).toBeUndefined();
  expect(ofType(resources, 'Immunization')[0]).toMatchObject({
    primarySource: true,
    occurrenceDateTime: '2026-11-21T08:30:00.000Z',
    lotNumber: 'MR-77',
    protocolApplied: [{ doseNumberPositiveInt: 1 }],
  });
  expect(ofType(resources, 'Procedure')[0]).toMatchObject({
    category: { coding: [{ display: 'Education' }] },
    code: { text: 'Nutrition' },
  });
});

test('someone at risk is flagged', () => {
  const resources = extract(cases['someone at risk']!);
  expect(
    ofType<any>(resources, 'Flag')
      .map(({ code }) => code.coding[0].code)
      .sort(),
  ).toEqual(['self-harm-risk', 'violence-not-safe-now', 'violence-recent']);
  // 3 + 2 + 7 × 1.
  expect(observation(resources, '44261-6')).toMatchObject({
    valueQuantity: { value: 12 },
    interpretation: [{ text: 'Moderate' }],
  });
  const calm = extract(
    cases['someone at risk']!.map(
      ([linkId, answer, at]): Said =>
        linkId === 'mental-health.phq-9' ? [linkId, 'LA6568-5', at] : [linkId, answer, at],
    ),
  );
  expect(ofType<any>(calm, 'Flag').map(({ code }) => code.coding[0].code)).not.toContain('self-harm-risk');
});

test('declining the assessment is kept, and is no refusal of care', () => {
  const consents = ofType<any>(extract(cases['no consent']!), 'Consent');
  expect(consents.map(({ status, provision }) => [provision.purpose[0].code, provision.type, status])).toEqual([
    ['TREAT', 'deny', 'rejected'],
    ['COC', 'permit', 'active'],
    ['HRESCH', 'deny', 'active'],
  ]);
});

test('a consent says who gave it, how, and through whom it was understood', () => {
  const resources = extract([
    ...cases['a child with a small arm']!,
    ['consent.form', 'thumbprint'],
    ['identity.interpreter-needed', true],
    ['identity.interpreter-reference', 'INT-7'],
    ['identity.interpreter-dialect', 'Pwo'],
  ]);
  for (const consent of ofType<any>(resources, 'Consent')) {
    // Given by a parent, it was not performed by the child.
    expect(consent.performer).toBeUndefined();
    expect(
      consent.extension.map((each: any) => [each.url.split('/').at(-1), each.valueCoding?.code ?? each.valueString]),
    ).toEqual([
      ['consent-interpreter-reference', 'INT-7'],
      ['consent-interpreter-dialect', 'Pwo'],
      ['consent-given-by', 'parent'],
      ['consent-form', 'thumbprint'],
    ]);
  }
  const own = ofType<any>(extract(required), 'Consent')[0];
  expect(own.performer).toEqual([{ reference: `Patient/${context().patient.id}` }]);
});

test('an assessment written up later is dated when it was done', () => {
  const resources = extract([...cases['a well woman']!, ['closing.date', '2026-11-18']]);
  expect(observation(resources, '8310-5')).toMatchObject({
    effectiveDateTime: '2026-11-18',
    issued: '2026-11-21T08:30:00.000Z',
  });
});

test('codes enter in the terminology’s words, whatever the sender shows', () => {
  const response = fill(cases['a man with signs of tuberculosis']!);
  const spoiled = setAnswer(
    assessmentForm,
    response,
    'findings.diagnosis-what',
    [{ valueCoding: { system: 'http://snomed.info/sct', code: '38341003', display: 'INVENTED' } }],
    [0],
  );
  const resources = extractAssessment(assessmentForm, pruneDisabled(assessmentForm, spoiled), context());
  expect(JSON.stringify(resources)).not.toContain('INVENTED');
  expect(ofType<Condition>(resources, 'Condition')[0]!.code).toMatchObject({
    coding: [{ system: 'http://snomed.info/sct', code: '38341003', display: 'Hypertensive disorder' }],
    text: 'High blood pressure',
  });
});

test('what the form words is kept in every language, and reads alone', () => {
  let worded = 0;
  const visit = (value: unknown, path: string) => {
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) {
        visit(each, `${path}[${index}]`);
      }
    } else if (typeof value === 'object' && value !== null) {
      const { coding, text, _text } = value as any;
      if (text && coding?.[0]?.system?.startsWith('https://serai.example/CodeSystem/assessment') && _text) {
        worded++;
        expect(
          _text.extension.map((each: any) => each.extension[0].valueCode),
          path,
        ).toEqual(['th', 'my']);
        // A question taken out of its form says nothing: the record has its own words for it.
        expect(text, path).not.toMatch(
          /^(Where|When|What|Treatment|Conditions|General|Valid until|Asked of everyone)\b/,
        );
      }
      for (const [key, each] of Object.entries(value)) {
        visit(each, `${path}.${key}`);
      }
    }
  };
  for (const said of Object.values(cases)) {
    for (const resource of extract(said)) {
      if (resource.resourceType !== 'QuestionnaireResponse') {
        visit(resource, resource.resourceType);
      }
    }
  }
  expect(worded).toBeGreaterThan(30);
  const texts = JSON.stringify(extract(cases['someone at risk']!));
  expect(texts).toContain('သေလိုသည့် သို့မဟုတ် မိမိကိုယ်ကို ထိခိုက်စေလိုသည့် အတွေးရှိ - ယနေ့ တွေ့ဆုံပါ');
});

/** Answers at random, everything that is required and most of the rest; what the answers hide goes again. */
function answerAtRandom(choose: (below: number) => number) {
  let response = startResponse(assessmentForm);
  const text = ['အဖြေ', 'คำตอบ', 'answer', 'a "b" <c> & d'];
  const pick = <T>(from: readonly T[]) => from[choose(from.length)]!;
  const answer = (item: QuestionnaireItem) => {
    const low = limitOf(item, 'http://hl7.org/fhir/StructureDefinition/minValue') as number;
    const high = limitOf(item, 'http://hl7.org/fhir/StructureDefinition/maxValue') as number;
    const tense = item.extension?.find(({ url }) => url.endsWith('/tense'))?.valueCode;
    switch (item.type) {
      case 'boolean':
        return choose(2) === 1;
      case 'integer':
        return low + choose(high - low + 1);
      case 'quantity':
        return Math.round((low + ((high - low) * choose(1001)) / 1000) * 10) / 10;
      case 'date':
        return tense === 'future'
          ? pick(['2027', '2027-02-28'])
          : pick(['1999', '2026-05', '2026-11-21', '2024-02-29']);
      case 'choice':
        return pick(item.answerOption!).valueCoding!.code!;
      case 'open-choice':
        return choose(4) === 0 ? pick(text) : pick(item.answerOption!).valueCoding!.code!;
      default:
        return pick(text);
    }
  };
  for (const { item, linkId, repeating } of outlineOf(assessmentForm).byLinkId.values()) {
    if (item.type === 'group' || item.type === 'display' || item.readOnly) {
      continue;
    }
    const at = repeating.map(() => 0);
    if (item.required || repeating.length > 0 || choose(4) > 0) {
      // Yes to the assessment, most often: without it the rest of the form stays shut.
      const plain = linkId === 'consent.assessment' ? choose(8) > 0 : answer(item);
      response = setAnswer(assessmentForm, response, linkId, [answerOf(item, plain)], at);
    }
  }
  return pruneDisabled(assessmentForm, response);
}

test('any valid response becomes valid resources', () => {
  let written = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const response = answerAtRandom(createPrng(seed).below);
      const issues = validateResponse(assessmentForm, response, { language: 'my', today: '2026-11-21' });
      expect(issues).toEqual([]);
      const resources = extractAssessment(assessmentForm, response, context());
      expectValid(resources);
      written += resources.length;
    }),
    { numRuns: 25 },
  );
  expect(written).toBeGreaterThan(25 * 20);
}, 60_000);
