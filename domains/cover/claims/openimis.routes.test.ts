import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';

/**
 * The resources of openIMIS's FHIR R4 guide, field by field as its examples have them (https://openimis.github.io/openimis_fhir_r4_ig,
 * `Claim001`, `JoeDoeCoverage`) and as its software sends them (`api_fhir_r4`, claim with code references): taken, or
 * refused with a sentence that names the field. And what an integrator searches for.
 */
let corridor: Corridor;
let th: TestNode;
let nurse: string;
let officer: string;
let enrolment: string;

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  [nurse, officer, enrolment] = await Promise.all([
    th.token('nurse'),
    th.token('claims-officer'),
    th.token('enrolment-officer'),
  ]);
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const guide = 'https://openimis.github.io/openimis_fhir_r4_ig';
const coded = (system: string, code: string, display?: string) => ({
  coding: [
    {
      system: system.startsWith('http') ? system : `${guide}/CodeSystem/${system}`,
      code,
      ...(display && { display }),
    },
  ],
});
const identifier = (value: string, code = 'Code') => ({ type: coded('openimis-identifiers', code), value });
const submit = (body: unknown, token = nurse) => th.call(token, 'POST', '/fhir/R4/Claim/$submit', body, payment);
const schemeId = 'sch:th:migrant-health-insurance';

/** `Claim001` of the guide: everything by reference, titles in `productOrService.text`. */
function guideClaim(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const day = dayBefore(2);
  const item = (sequence: number, of: string, category: string, text: string, quantity: number, value: number) => ({
    extension: [{ url: `${guide}/StructureDefinition/claim-item-reference`, valueReference: { reference: of } }],
    sequence,
    category: coded('claim-item-category', category, category),
    productOrService: { text },
    quantity: { value: quantity },
    unitPrice: { value, currency: 'THB' },
  });
  return {
    resourceType: 'Claim',
    id: 'Claim001',
    meta: { profile: [`${guide}/StructureDefinition/openimis-claim`] },
    text: { status: 'extensions', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Generated</p></div>' },
    identifier: [identifier(`G-${randomUUID().slice(0, 8)}`)],
    status: 'active',
    type: coded('claim-visit-type', 'O', 'Other'),
    use: 'claim',
    patient: { reference: 'Patient/john-doe' },
    billablePeriod: { start: day, end: day },
    created: dayBefore(1),
    enterer: { reference: 'Practitioner/enterer-1' },
    provider: { reference: 'Organization/district-clinic' },
    priority: coded('http://terminology.hl7.org/CodeSystem/processpriority', 'normal', 'Normal'),
    supportingInfo: [
      {
        sequence: 1,
        category: coded('claim-supporting-info-category', 'explanation'),
        valueString: 'Head pain for two days',
      },
    ],
    diagnosis: [{ sequence: 1, diagnosisCodeableConcept: coded('diagnosis-ICD10-level1', 'G44', 'Headache') }],
    insurance: [{ sequence: 1, focal: true, coverage: { reference: 'Coverage/JoeDoeCoverage' } }],
    item: [
      item(1, 'ActivityDefinition/GeneralConsultationService', 'service', 'Consulting a doctor', 1, 70),
      item(2, 'Medication/Paracetamol', 'item', 'PARACETAMOL TABS 500MG', 2, 10),
    ],
    total: { value: 90, currency: 'THB' },
    ...changes,
  };
}

/** `JoeDoeCoverage` of the guide. */
const guideCoverage = (beneficiary: string, changes: Record<string, unknown> = {}) => ({
  resourceType: 'Coverage',
  id: 'JoeDoeCoverage',
  meta: { profile: [`${guide}/StructureDefinition/openimis-coverage`] },
  extension: [
    { url: `${guide}/StructureDefinition/coverage-date`, valueDate: '2021-01-28' },
    { url: `${guide}/StructureDefinition/coverage-date`, valueDate: '2021-01-28' },
  ],
  identifier: [identifier('D30F70DF-D10B-43D4-BF31-5137C118AD84', 'UUID')],
  status: 'active',
  policyHolder: { reference: beneficiary },
  beneficiary: { reference: beneficiary },
  period: { start: dayBefore(100), end: dayBefore(-200) },
  payor: [{ reference: beneficiary }],
  class: [
    {
      type: coded('http://terminology.hl7.org/CodeSystem/coverage-class', 'plan', 'Plan'),
      value: schemeId,
      name: 'Migrant health insurance',
    },
  ],
  ...changes,
});

const named = (resourceType: string, id: string, value: string) => ({
  resourceType,
  id,
  identifier: [identifier(randomUUID(), 'UUID'), identifier(value)],
});

/** The claim with everything it refers to, as the guide's own bundle of examples has it. */
const withReferences = (memberNumber: string, claim: Record<string, unknown>, more: object[] = []) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    claim,
    named('Patient', 'john-doe', memberNumber),
    named('Organization', 'district-clinic', 'mae-sot-clinic'),
    named('Practitioner', 'enterer-1', 'JMDP0011'),
    { ...named('ActivityDefinition', 'GeneralConsultationService', 'CON-GENERAL'), status: 'active' },
    named('Medication', 'Paracetamol', 'MED-PARACETAMOL'),
    guideCoverage('Patient/john-doe'),
    ...more,
  ].map((resource) => ({ resource })),
});

describe('openIMIS’s documented claim', () => {
  it('is taken with what it refers to: codes behind references, titles beside them, the plan of its coverage', async () => {
    const { memberNumber } = await insured(th);
    const answer = await submit(withReferences(memberNumber, guideClaim()));
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.stringContaining('ClaimResponse')]);
    expect(answer.json.item.map((each: { itemSequence: number }) => each.itemSequence)).toEqual([1, 2]);
    const paid = answer.json.total.map((each: { amount: { value: number } }) => each.amount.value);
    expect(paid[0]).toBe(90);
  });

  it('by titles of the catalogue alone, where nothing is sent along', async () => {
    const { memberNumber } = await insured(th);
    const item = [
      {
        sequence: 1,
        category: coded('claim-item-category', 'service'),
        productOrService: { text: 'general CONSULTATION' },
        quantity: { value: 1 },
        unitPrice: { value: 70, currency: 'THB' },
      },
    ];
    const patient = { identifier: identifier(memberNumber) };
    const provider = { identifier: identifier('mae-sot-clinic') };
    const insurance = [{ sequence: 1, focal: true, coverage: { identifier: identifier(schemeId) } }];
    const total = { value: 70, currency: 'THB' };
    const answer = await submit(guideClaim({ item, patient, provider, insurance, total }));
    expect([answer.status, answer.code]).toEqual([200, undefined]);
  });

  it.each([
    ['as written, its patient unknown here', {}, 'claims.unknown-member', 'Claim.patient', false],
    ['in euro', { currency: 'EUR' }, 'claims.wrong-currency', 'Claim.total.currency', true],
    ['in dollars by their sign', { currency: '$' }, 'claims.wrong-currency', 'Claim.item[0].unitPrice.currency', true],
    ['with a diagnosis that is no ICD-10', { diagnosis: 'T_CD' }, 'claims.diagnosis', 'Claim.diagnosis[0]', true],
    ['of a service nobody knows', { unknown: true }, 'claims.unknown-code', 'Claim.item[0].productOrService', true],
    ['with another total', { total: 60 }, 'claims.total-differs', 'Claim.total.value', true],
  ])('%s, it is refused by a sentence that names the field', async (_name, wrong, code, expression, known) => {
    const { memberNumber } = await insured(th);
    const changes = wrong as { currency?: string; diagnosis?: string; unknown?: boolean; total?: number };
    const claim = guideClaim() as any;
    if (changes.currency) {
      for (const money of [claim.total, ...claim.item.map((each: any) => each.unitPrice)]) {
        money.currency = changes.currency;
      }
    }
    if (changes.diagnosis) {
      claim.diagnosis[0].diagnosisCodeableConcept.coding[0].code = changes.diagnosis;
    }
    if (changes.unknown) {
      claim.item[0] = { ...claim.item[0], extension: undefined, productOrService: { text: 'Nobody knows' } };
    }
    claim.total.value = changes.total ?? claim.total.value;
    const refused = await submit(
      known
        ? withReferences(memberNumber, claim)
        : { ...claim, provider: { identifier: identifier('mae-sot-clinic') } },
    );
    expect([refused.status, refused.code]).toEqual([422, code]);
    expect(refused.json.issue[0].expression).toEqual([expression]);
    expect(refused.json.issue[0].details.text.length).toBeGreaterThan(20);
  });

  it('cover of another in its bundle is refused', async () => {
    const [own, other] = [await insured(th), await insured(th)];
    const claim = guideClaim({
      insurance: [{ sequence: 1, focal: true, coverage: { reference: 'Coverage/another' } }],
    });
    const more = [guideCoverage('Patient/another', { id: 'another' }), named('Patient', 'another', other.memberNumber)];
    const refused = await submit(withReferences(own.memberNumber, claim, more));
    expect([refused.status, refused.code]).toEqual([422, 'claims.another-patient']);
  });
});

describe('openIMIS’s documented coverage and insurance plan', () => {
  const patient = async () =>
    (await th.node.ownStore().repo.createResource({ resourceType: 'Patient', name: [{ text: 'Aye Aye' }] })).id!;
  const post = (type: string, body: object, token = enrolment) =>
    th.call(token, 'POST', `/fhir/R4/${type}`, body, { 'x-purpose-of-use': 'COVERAGE' });

  it('a Coverage as the guide has it is kept with its extensions, and found', async () => {
    const id = await patient();
    const kept = await post('Coverage', guideCoverage(`Patient/${id}`));
    expect([kept.status, kept.text.slice(0, 200)]).toEqual([201, expect.any(String)]);
    const headers = { 'x-purpose-of-use': 'COVERAGE' };
    const read = await th.call(enrolment, 'GET', `/fhir/R4/Coverage/${kept.json.id}`, undefined, headers);
    expect(read.json).toMatchObject({
      extension: [{ valueDate: '2021-01-28' }, { valueDate: '2021-01-28' }],
      identifier: [{ value: 'D30F70DF-D10B-43D4-BF31-5137C118AD84' }],
      class: [{ value: schemeId }],
    });
    for (const search of [
      `patient=Patient/${id}`,
      `beneficiary=Patient/${id}`,
      `identifier=D30F70DF-D10B-43D4-BF31-5137C118AD84&patient=Patient/${id}`,
      `status=active&patient=Patient/${id}`,
      `class-value=${encodeURIComponent(schemeId)}&patient=Patient/${id}`,
    ]) {
      const found = await th.call(enrolment, 'GET', `/fhir/R4/Coverage?${search}`, undefined, headers);
      expect([search, found.json.entry?.length]).toEqual([search, 1]);
    }
  });

  it.each([
    ['no beneficiary', { beneficiary: undefined }, 'Coverage.beneficiary'],
    ['a state that is none', { status: 'sleeping' }, 'Coverage.status'],
    ['no payer', { payor: undefined }, 'Coverage.payor'],
  ])('a Coverage with %s is refused, the field named', async (_name, changes, expression) => {
    const refused = await post('Coverage', guideCoverage(`Patient/${await patient()}`, changes));
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.json.issue)).toContain(expression);
  });

  it('an InsurancePlan as the guide has it is kept, by those whose schemes these are', async () => {
    const cost = (type: string, value: number) => ({
      type: coded('insurance-plan-general-cost-type', type),
      cost: { value, currency: 'EUR' },
    });
    const medical = coded('http://terminology.hl7.org/CodeSystem/insurance-plan-type', 'medical', 'Medical');
    const limit = (code: string, value: number, unit: string, ucum: string) => ({
      value: { value, unit, system: 'http://unitsofmeasure.org', code: ucum },
      code: coded('insurance-plan-coverage-benefit-limit', code),
    });
    const plan = {
      resourceType: 'InsurancePlan',
      meta: { profile: [`${guide}/StructureDefinition/openimis-insurance-plan`] },
      extension: [
        { url: `${guide}/StructureDefinition/insurance-plan-max-installments`, valueUnsignedInt: 3 },
        { url: `${guide}/StructureDefinition/insurance-plan-start-cycle`, valueString: '01-03' },
        { url: `${guide}/StructureDefinition/insurance-plan-start-cycle`, valueString: '01-07' },
      ],
      identifier: [identifier('RX01')],
      status: 'active',
      type: [medical],
      name: 'Regional fixed enrolment',
      period: { start: '2016-10-01', end: '2022-12-31' },
      coverage: [
        {
          type: medical,
          benefit: [
            { type: medical, limit: [limit('period', 12, 'months', 'mo'), limit('memberCount', 10, 'member', '1')] },
          ],
        },
      ],
      plan: [{ generalCost: [cost('lumpsum', 1000), cost('premiumAdult', 100), cost('premiumChild', 50)] }],
    };
    const kept = await post('InsurancePlan', plan);
    expect([kept.status, kept.text.slice(0, 200)]).toEqual([201, expect.any(String)]);
    const found = await th.call(enrolment, 'GET', '/fhir/R4/InsurancePlan?identifier=RX01', undefined, {
      'x-purpose-of-use': 'COVERAGE',
    });
    expect(found.json.entry[0].resource).toMatchObject({ plan: plan.plan, extension: plan.extension });
    const wrong = await post('InsurancePlan', { ...plan, coverage: [{ benefit: [] }] });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.json.issue)).toContain('InsurancePlan.coverage');
  });
});

describe('what an integrator searches for', () => {
  const types = {
    InsurancePlan: ['identifier', 'status'],
    Coverage: ['patient', 'status', 'identifier', 'beneficiary'],
    CoverageEligibilityRequest: ['patient', 'status', 'created', 'provider', 'identifier'],
    CoverageEligibilityResponse: ['patient', 'status', 'created', 'request', 'identifier'],
    Claim: ['patient', 'status', 'created', 'provider', 'identifier', 'use'],
    ClaimResponse: ['patient', 'status', 'created', 'request', 'identifier'],
    ExplanationOfBenefit: ['patient', 'status', 'created', 'provider', 'identifier', 'claim'],
    PaymentNotice: ['status', 'created', 'provider', 'identifier'],
    PaymentReconciliation: ['status', 'created', 'identifier'],
  } as const;

  it('the statement of capabilities lists every resource, operation and parameter', async () => {
    const { json } = await th.call(undefined as never, 'GET', '/fhir/R4/metadata');
    for (const [type, parameters] of Object.entries(types)) {
      const listed = json.rest[0].resource.find((each: { type: string }) => each.type === type);
      expect([type, listed?.interaction.map((each: { code: string }) => each.code)]).toEqual([
        type,
        expect.arrayContaining(['read', 'search-type']),
      ]);
      const names = listed.searchParam.map((each: { name: string }) => each.name);
      expect([type, parameters.filter((each) => !names.includes(each))]).toEqual([type, []]);
    }
    const operation = (type: string) =>
      json.rest[0].resource
        .find((each: { type: string }) => each.type === type)
        .operation?.map((each: { name: string }) => each.name);
    expect(operation('Claim')).toContain('submit');
    expect(operation('CoverageEligibilityRequest')).toContain('submit');
  });

  it('a claim and its answer are found by each parameter, and narrowed by policy', async () => {
    const { id } = await th.node.ownStore().repo.createResource({ resourceType: 'Patient', name: [{ text: 'Aye' }] });
    await insured(th, { personId: id! });
    const number = `S-${randomUUID().slice(0, 8)}`;
    const sent = await submit(
      guideClaim({
        patient: { reference: `Patient/${id}` },
        provider: { identifier: identifier('mae-sot-clinic') },
        insurance: undefined,
        identifier: [identifier(number)],
        item: [
          {
            ...{ sequence: 1, productOrService: { text: 'CON-GENERAL' }, quantity: { value: 1 } },
            unitPrice: { value: 70, currency: 'THB' },
          },
        ],
        total: undefined,
      }),
    );
    expect(sent.status).toBe(200);
    const stranger = await th.token('hospital-nurse');
    const count = async (token: string, search: string) =>
      (await th.call(token, 'GET', `/fhir/R4/${search}`, undefined, payment)).json?.entry?.length ?? 0;
    const whose = `patient=Patient/${id}`;
    const searches = [
      `Claim?${whose}`,
      `Claim?${whose}&status=active`,
      `Claim?${whose}&created=${dayBefore(1)}`,
      `Claim?${whose}&created=gt${dayBefore(30)}`,
      `Claim?${whose}&provider=Organization/mae-sot-clinic`,
      `Claim?identifier=${number}`,
      `Claim?${whose}&use=claim`,
      `ClaimResponse?${whose}&status=active`,
      `ClaimResponse?request=Claim/${sent.json.id}`,
      `ExplanationOfBenefit?${whose}&status=active`,
      `ExplanationOfBenefit?claim=Claim/${sent.json.id}`,
      `ExplanationOfBenefit?${whose}&provider=Organization/mae-sot-clinic`,
    ];
    for (const search of searches) {
      expect([search, await count(officer, search), await count(nurse, search), await count(stranger, search)]).toEqual(
        [search, 1, 1, 0],
      );
    }
    expect(await count(officer, `Claim?${whose}&status=cancelled`)).toBe(0);
    expect(await count(officer, `Claim?${whose}&created=lt${dayBefore(30)}`)).toBe(0);
    // Those who enrol, and enforcement, find nothing: as if there were none.
    for (const who of ['enrolment-officer', 'employer', 'enforcement']) {
      expect([who, await count(await th.token(who), `Claim?${whose}`)]).toEqual([who, 0]);
    }
  });
});
