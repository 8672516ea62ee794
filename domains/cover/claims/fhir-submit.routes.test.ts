import { randomUUID } from 'node:crypto';
import type { Claim } from '@medplum/fhirtypes';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { reasonOf } from './reasons.ts';

let corridor: Corridor;
let th: TestNode;
let nurse: string;
let officer: string;

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  nurse = await th.token('nurse');
  officer = await th.token('claims-officer');
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const submit = (body: unknown, token = nurse) => th.call(token, 'POST', '/fhir/R4/Claim/$submit', body, payment);
const code = (value: string) => ({
  type: {
    coding: [
      { system: 'https://openimis.github.io/openimis_fhir_r4_ig/CodeSystem/openimis-identifiers', code: 'Code' },
    ],
  },
  value,
});

/** The shape of openIMIS's FHIR R4 guide: references by code, item codes as text, visit type, guarantee and explanation. */
function openImisClaim(memberNumber: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const guide = 'https://openimis.github.io/openimis_fhir_r4_ig';
  const day = dayBefore(2);
  return {
    resourceType: 'Claim',
    identifier: [code(`F-${randomUUID().slice(0, 8)}`)],
    status: 'active',
    type: { coding: [{ system: `${guide}/CodeSystem/claim-visit-type`, code: 'O', display: 'Other' }] },
    use: 'claim',
    patient: { type: 'Patient', identifier: code(memberNumber) },
    billablePeriod: { start: day, end: day },
    created: dayBefore(1),
    enterer: { type: 'Practitioner', identifier: code('nurse-1') },
    provider: { type: 'Organization', identifier: code('mae-sot-clinic') },
    priority: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/processpriority', code: 'normal' }] },
    supportingInfo: [
      {
        sequence: 1,
        category: { coding: [{ system: `${guide}/CodeSystem/claim-supporting-info-category`, code: 'guarantee' }] },
        valueString: '1234',
      },
      {
        sequence: 2,
        category: { coding: [{ system: `${guide}/CodeSystem/claim-supporting-info-category`, code: 'explanation' }] },
        valueString: 'cough for two days',
      },
    ],
    diagnosis: [
      {
        sequence: 1,
        diagnosisCodeableConcept: { coding: [{ system: `${guide}/CodeSystem/diagnosis-ICD10-level1`, code: 'J06.9' }] },
      },
    ],
    item: [
      {
        sequence: 1,
        category: { text: 'item' },
        productOrService: { text: 'MED-PARACETAMOL' },
        quantity: { value: 2 },
        unitPrice: { value: 10, currency: 'THB' },
      },
      {
        extension: [
          {
            url: `${guide}/StructureDefinition/claim-item-reference`,
            valueReference: { type: 'ActivityDefinition', identifier: code('CON-GENERAL') },
          },
        ],
        sequence: 2,
        category: { coding: [{ system: `${guide}/CodeSystem/claim-item-category`, code: 'service' }] },
        productOrService: {},
        quantity: { value: 1 },
        unitPrice: { value: 70, currency: 'THB' },
      },
    ],
    total: { value: 90, currency: 'THB' },
    ...changes,
  };
}

async function person(): Promise<string> {
  const made = await th.node.ownStore().repo.createResource({ resourceType: 'Patient', name: [{ text: 'Aye Aye' }] });
  return made.id!;
}

describe('Claim/$submit', () => {
  it('takes the shape of openIMIS and answers what became of it', async () => {
    const { memberNumber } = await insured(th);
    const answer = await submit(openImisClaim(memberNumber));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ resourceType: 'ClaimResponse', use: 'claim', status: 'active' });
    expect(['complete', 'queued']).toContain(answer.json.outcome);
    const benefit = answer.json.item[1].adjudication.find(
      (each: { category: { coding: { code: string }[] } }) => each.category.coding[0]!.code === 'benefit',
    );
    expect(benefit.reason.coding).toContainEqual({
      system: 'https://openimis.github.io/openimis_fhir_r4_ig/CodeSystem/claim-rejection-reasons',
      code: '0',
    });
  });

  it('answers the same claim sent again as before, and another under its number not at all', async () => {
    const { memberNumber } = await insured(th);
    const body = openImisClaim(memberNumber);
    const [first, second] = [await submit(body), await submit(body)];
    expect(second.json.id).toBe(first.json.id);
    const other = await submit({ ...body, item: [(body.item as unknown[])[1]], total: { value: 70, currency: 'THB' } });
    expect([other.status, other.code]).toEqual([409, 'claims.duplicate-number']);
  });

  it('keeps Claim, ClaimResponse and ExplanationOfBenefit in the record of a member who has one', async () => {
    const personId = await person();
    await insured(th, { personId });
    const body = openImisClaim('', { patient: { reference: `Patient/${personId}` } });
    const { json } = await submit(body);
    for (const type of ['Claim', 'ClaimResponse', 'ExplanationOfBenefit']) {
      const read = await th.call(officer, 'GET', `/fhir/R4/${type}/${json.id}`, undefined, payment);
      expect([type, read.status, read.json?.patient?.reference]).toEqual([type, 200, `Patient/${personId}`]);
      if (type !== 'Claim') {
        const reason = read.json.item[0].adjudication.at(-1).reason;
        expect([reason.text, reason._text.extension.length]).toEqual([
          reasonOf(Number(reason.coding[0].code))!.says.en,
          2,
        ]);
      }
    }
    const found = await th.call(officer, 'GET', `/fhir/R4/Claim?patient=Patient/${personId}`, undefined, payment);
    expect(found.json.entry).toHaveLength(1);
  });

  it('shows a facility what it claimed itself, in the record too, and nothing another did', async () => {
    const personId = await person();
    await insured(th, { personId });
    const patient = { reference: `Patient/${personId}` };
    const own = await submit(openImisClaim('', { patient }));
    const provider = { type: 'Organization', identifier: code('mae-sot-hospital') };
    const other = await submit(openImisClaim('', { patient, provider }), await th.token('hospital-nurse'));
    expect([own.status, other.status]).toEqual([200, 200]);
    // Who judges claims enters none.
    expect((await submit(openImisClaim('', { patient, provider }), officer)).status).toBe(404);
    const read = (token: string, path: string) => th.call(token, 'GET', `/fhir/R4/${path}`, undefined, payment);
    for (const type of ['Claim', 'ClaimResponse', 'ExplanationOfBenefit']) {
      const seen = async (token: string) => [
        (await read(token, `${type}/${own.json.id}`)).status,
        (await read(token, `${type}/${other.json.id}`)).status,
        (await read(token, `${type}/${other.json.id}/_history`)).status === 200,
      ];
      expect([type, await seen(nurse)]).toEqual([type, [200, 404, false]]);
      expect([type, await seen(officer)]).toEqual([type, [200, 200, (await seen(officer))[2]]]);
      const found = async (token: string) => {
        const { json } = (await read(token, `${type}?patient=Patient/${personId}&_total=accurate`)) as {
          json: { total: number; entry: { resource: { id: string } }[] };
        };
        return [json.total, json.entry.map((each) => each.resource.id).sort()];
      };
      expect(await found(nurse)).toEqual([1, [own.json.id]]);
      expect(await found(officer)).toEqual([2, [own.json.id, other.json.id].sort()]);
    }
    // By plain REST too a facility makes claims of its own alone.
    const { id: _, meta: __, ...stored } = (await read(officer, `Claim/${own.json.id}`)).json as Claim;
    const create = (reference: string) =>
      th.call(nurse, 'POST', '/fhir/R4/Claim', { ...stored, provider: { reference } }, payment);
    expect((await create('Organization/mae-sot-clinic')).status).toBe(201);
    expect((await create('Organization/mae-sot-hospital')).status).toBe(404);
  });

  it('leaves a diagnosis that says more than a claim out of the record', async () => {
    const personId = await person();
    await insured(th, { personId });
    const diagnosis = [
      {
        sequence: 1,
        diagnosisCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20' }] },
      },
    ];
    const { status, json } = await submit(
      openImisClaim('', { patient: { reference: `Patient/${personId}` }, diagnosis }),
    );
    expect(status).toBe(200);
    const read = await th.call(officer, 'GET', `/fhir/R4/Claim/${json.id}`, undefined, payment);
    expect(read.status).toBe(200);
    expect(read.text).not.toContain('B20');
  });

  it('reads a Bundle and contained resources, and refuses cover that is another’s', async () => {
    const { memberNumber } = await insured(th);
    const other = await insured(th);
    const claim = openImisClaim('', {
      patient: { reference: '#p' },
      contained: [
        { resourceType: 'Patient', id: 'p', identifier: [code(memberNumber)] },
        { resourceType: 'Patient', id: 'q', identifier: [code(other.memberNumber)] },
        { resourceType: 'Coverage', id: 'c', status: 'active', beneficiary: { reference: '#q' }, payor: [] },
      ],
    });
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: claim }] };
    expect((await submit(bundle)).status).toBe(200);
    const insurance = [{ sequence: 1, focal: true, coverage: { reference: '#c' } }];
    const refused = await submit({ ...claim, identifier: [code('other')], insurance });
    expect([refused.status, refused.code]).toEqual([422, 'claims.another-patient']);
    expect(refused.json.issue[0].expression).toEqual(['Claim.insurance[0].coverage']);
  });

  it.each([
    ['a Patient', { resourceType: 'Patient' }, ['$this']],
    ['nothing', {}, ['$this']],
    ['no patient', { patient: {} }, ['Claim.patient']],
    ['no number', { identifier: [] }, ['Claim.identifier']],
    ['no first day', { billablePeriod: { end: '2026-01-01' } }, ['Claim.billablePeriod.start']],
    ['no items', { item: [] }, ['Claim.item']],
    [
      'an item without a code and a price',
      { item: [{ sequence: 1, productOrService: {}, quantity: { value: 1 } }] },
      ['Claim.item[0].productOrService', 'Claim.item[0].unitPrice.value'],
    ],
    [
      'a price of text',
      { item: [{ sequence: 1, productOrService: { text: 'CON-GENERAL' }, unitPrice: { value: 'seventy' } }] },
      ['Claim.item[0].unitPrice.value'],
    ],
    [
      'a visit that is none',
      {
        type: {
          coding: [{ system: 'https://openimis.github.io/openimis_fhir_r4_ig/CodeSystem/claim-visit-type', code: 'X' }],
        },
      },
      ['Claim.type'],
    ],
    ['a draft', { status: 'draft' }, ['Claim.status']],
  ])('%s is refused, each field named by its FHIRPath', async (_name, changes, expressions) => {
    const { memberNumber } = await insured(th);
    const body = Object.keys(changes).length === 0 ? {} : openImisClaim(memberNumber, changes);
    const refused = await submit(body);
    expect(refused.status).toBe(400);
    expect(refused.json.issue.flatMap((issue: { expression: string[] }) => issue.expression)).toEqual(expressions);
  });

  it.each([
    ['another facility’s patient', { provider: { identifier: code('mae-sot-hospital') } }, 'claims.not-own-facility'],
    [
      'dollars',
      {
        item: [{ sequence: 1, productOrService: { text: 'CON-GENERAL' }, unitPrice: { value: 70, currency: 'USD' } }],
        total: undefined,
      },
      'claims.wrong-currency',
    ],
    [
      'the sign of a dollar',
      {
        item: [{ sequence: 1, productOrService: { text: 'CON-GENERAL' }, unitPrice: { value: 70, currency: '$' } }],
        total: undefined,
      },
      'claims.wrong-currency',
    ],
    ['another total', { total: { value: 91, currency: 'THB' } }, 'claims.total-differs'],
    [
      'a negative price',
      {
        item: [{ sequence: 1, productOrService: { text: 'CON-GENERAL' }, unitPrice: { value: -70 } }],
        total: undefined,
      },
      'claims.price',
    ],
  ])('%s is refused, and posts nothing', async (_name, changes, refusal) => {
    const { memberNumber } = await insured(th);
    const refused = await submit(openImisClaim(memberNumber, changes));
    expect([refused.status, refused.code]).toEqual([422, refusal]);
  });

  it('is not for those who see no claims', async () => {
    const { memberNumber } = await insured(th);
    for (const who of ['enrolment-officer', 'employer', 'enforcement']) {
      expect([who, (await submit(openImisClaim(memberNumber), await th.token(who))).status]).toEqual([who, 404]);
    }
  });
});

describe('before care', () => {
  const pending = async () => {
    const balances = await accountBalances(th.node.database as unknown as CoverDatabase, { prefix: 'fund:' });
    return balances.reduce((sum, each) => sum + each.creditsPending, 0n);
  };

  it('a predetermination says what would be paid and keeps nothing', async () => {
    const { memberNumber } = await insured(th);
    const before = await pending();
    const { status, json } = await submit(openImisClaim(memberNumber, { use: 'predetermination' }));
    expect([status, json.use, json.outcome, json.id]).toEqual([200, 'predetermination', 'complete', undefined]);
    expect(json.total[1].amount.value).toBe(60);
    expect(await pending()).toBe(before);
  });

  it('a preauthorisation is held in the ledger, once, and used by one claim', async () => {
    const { memberNumber } = await insured(th);
    const before = await pending();
    const asked = openImisClaim(memberNumber, { use: 'preauthorization' });
    const [first, again] = [await submit(asked), await submit(asked)];
    expect(first.json.preAuthRef).toMatch(/^PA-/);
    expect(again.json.preAuthRef).toBe(first.json.preAuthRef);
    expect(await pending()).toBe(before + 6000n);
    const calling = (preAuthRef: string): Partial<Claim> => ({
      insurance: [{ sequence: 1, focal: true, coverage: { display: 'cover' }, preAuthRef: [preAuthRef] }],
    });
    const other = await insured(th);
    expect((await submit(openImisClaim(other.memberNumber, calling(first.json.preAuthRef)))).code).toBe(
      'claims.preauthorisation',
    );
    expect((await submit(openImisClaim(memberNumber, calling(first.json.preAuthRef)))).status).toBe(200);
    expect(await pending()).toBe(before);
    expect((await submit(openImisClaim(memberNumber, calling(first.json.preAuthRef)))).code).toBe(
      'claims.preauthorisation',
    );
  });
});
