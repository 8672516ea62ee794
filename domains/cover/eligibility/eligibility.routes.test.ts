import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { CoverDatabase } from '../cover.tables.ts';

/** Eligibility over HTTP on two real nodes: who may ask, what is answered, what is kept. */

let corridor: Corridor;
let db: CoverDatabase;
const tokens = new Map<string, string>();
const today = new Date().toISOString().slice(0, 10);
const day = (months: number) => {
  const date = new Date(`${today.slice(0, 8)}01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
};

beforeAll(async () => {
  corridor = await openCorridor();
  db = corridor.th.node.database as unknown as CoverDatabase;
  await member('m-1', 'TH-0001');
  await policy('p-1', 'm-1', 'sch:th:migrant-health-insurance');
  await member('m-over', 'TH-0002');
  await policy('p-over', 'm-over', 'sch:th:migrant-health-insurance', day(-20), day(-8));
  await sql`insert into cover_group (group_id, kind, name, country, created) values ('employer-demo', 'employer', 'Works', 'TH', now())`.execute(
    db,
  );
  await member('m-works', 'TH-0003', { group: 'employer-demo' });
  await policy('p-works', 'm-works', 'sch:th:migrant-health-insurance');
});
afterAll(() => corridor.close());

async function member(id: string, number: string, more: { group?: string; person?: string } = {}): Promise<void> {
  await sql`insert into cover_member (member_id, member_number, person_id, name, name_key, group_id, birth_date,
      birth_precision, sex, entitlement, residence, created)
    values (${id}, ${number}, ${more.person ?? null}, 'A member', ${id}, ${more.group ?? null}, '1994-03-01',
      'day', 'female', 'contract-worker', 'TH', now())`.execute(db);
}

async function policy(id: string, memberId: string, schemeId: string, from = day(-3), to = day(9)): Promise<void> {
  await sql`insert into cover_policy (policy_id, policy_number, scheme_id, scheme_version, stage, enrolled_on, starts_on,
      effective_on, expires_on, premium_minor, currency, channel, created)
    values (${id}, ${id}, ${schemeId}, 3, 'new', ${from}, ${from}, ${from}, ${to}, 0, 'THB', 'desk', now())`.execute(
    db,
  );
  await sql`insert into cover_policy_member (policy_id, member_id, scheme_id, relation, covered_from, covered_to, continuous_since)
    values (${id}, ${memberId}, ${schemeId}, 'holder', ${from}, ${to}, ${from})`.execute(db);
}

async function as(
  username: string,
  path: string,
  body?: unknown,
  purpose?: string,
  node: TestNode = corridor.th,
): Promise<Called> {
  const key = `${node.country}/${username}`;
  tokens.set(key, tokens.get(key) ?? (await node.token(username)));
  return node.call(tokens.get(key), body === undefined ? 'GET' : 'POST', path, body, {
    ...(purpose && { 'x-purpose-of-use': purpose }),
  });
}

const ask = (username: string, body: object, purpose?: string) => as(username, '/api/cover/eligibility', body, purpose);

async function person(): Promise<string> {
  const registered = await as('nurse', '/api/persons', {
    requestId: randomUUID(),
    name: { text: `Nobody ${randomUUID().slice(0, 6)}` },
    birth: { kind: 'date', date: '1994-03-01' },
    sex: 'female',
    language: 'my',
    consents: [],
  });
  return registered.json.person?.id ?? registered.json.id;
}

describe('who may ask', () => {
  test.each([
    ['nurse', 'COVERAGE'],
    ['nurse', 'HPAYMT'],
    ['hospital-nurse', 'COVERAGE'],
    ['enrolment-officer', undefined],
    ['claims-officer', undefined],
    ['fund-manager', undefined],
    ['volunteer', 'COVERAGE'],
  ])('%s, for %s', async (username, purpose) => {
    const answer = await ask(username, { memberNumber: 'TH-0001' }, purpose);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ covered: true, evidence: 'record', member: { memberNumber: 'TH-0001' } });
  });

  test.each([
    ['enforcement', undefined],
    ['enforcement', 'COVERAGE'],
    ['operator', undefined],
  ])('not %s, for %s: the answer is that there is nothing', async (username, purpose) => {
    const known = await ask(username, { memberNumber: 'TH-0001' }, purpose);
    const unknown = await ask(username, { memberNumber: 'TH-9999' }, purpose);
    expect(known.status).toBe(404);
    expect(known.text).toBe(unknown.text);
    const fhir = await as(
      username,
      '/fhir/R4/CoverageEligibilityRequest/$submit',
      fhirQuestion({ identifier: { value: 'TH-0001' } }),
      purpose,
    );
    expect(fhir.status).toBe(404);
  });

  test('an employer of its own people, and of nobody else', async () => {
    expect((await ask('employer', { memberNumber: 'TH-0003' })).json).toMatchObject({ covered: true });
    const other = await ask('employer', { memberNumber: 'TH-0001' });
    expect(other).toMatchObject({ status: 404, code: 'eligibility.unknown-member' });
    expect(other.text).toBe((await ask('employer', { memberNumber: 'TH-9999' })).text);
  });
});

describe('what is answered', () => {
  test('a service: what she pays and what is left', async () => {
    const { json } = await ask('nurse', { memberNumber: 'TH-0001', code: 'LAB-BLOOD-COUNT' }, 'COVERAGE');
    expect(json.scheme).toMatchObject({
      reason: 0,
      network: 'inside',
      price: { amount: '80.00', currency: 'THB' },
      schemePays: { amount: '50.00', currency: 'THB' },
      memberPays: { amount: '30.00', currency: 'THB' },
      remains: { ceiling: { outPatient: { amount: '30000.00' } } },
    });
  });

  test('asked twice it is the same answer', async () => {
    const question = { memberNumber: 'TH-0001', code: 'ANC-VISIT' };
    const [one, two] = [await ask('nurse', question, 'COVERAGE'), await ask('nurse', question, 'COVERAGE')];
    expect(one.text).toBe(two.text);
  });

  test('cover that is over is a no, with when it ended', async () => {
    const { json } = await ask('nurse', { memberNumber: 'TH-0002' }, 'COVERAGE');
    expect(json).toMatchObject({
      covered: false,
      basis: 'self-pay',
      scheme: { reason: 3, policy: { standing: 'expired', until: day(-8) } },
    });
  });

  test('a tuberculosis test is free for everyone, whatever became of her cover', async () => {
    const { json } = await ask('nurse', { memberNumber: 'TH-0002', code: 'LAB-TB-XPERT' }, 'COVERAGE');
    expect(json).toMatchObject({ covered: true, basis: 'public', payer: { kind: 'country', id: 'TH' } });
  });

  test('an emergency is covered for who is known, who is not, and whose cover is over', async () => {
    for (const memberNumber of ['TH-0001', 'TH-0002', 'TH-9999']) {
      const { json } = await ask('nurse', { memberNumber, visit: 'emergency', code: 'EMERGENCY-VISIT' }, 'COVERAGE');
      expect(json).toMatchObject({ covered: true, emergency: true });
    }
  });

  test('a member nobody knows', async () => {
    expect(await ask('nurse', { memberNumber: 'TH-9999' }, 'COVERAGE')).toMatchObject({
      status: 404,
      code: 'eligibility.unknown-member',
    });
    expect(await ask('nurse', { personId: 'nobody' }, 'COVERAGE')).toMatchObject({
      status: 404,
      code: 'eligibility.unknown-member',
    });
  });

  test('what may be asked about is listed', async () => {
    const { json } = await as('nurse', '/api/cover/eligibility/codes', undefined, 'COVERAGE');
    expect(json.codes.length).toBeGreaterThan(60);
    expect(json.codes[0]).toMatchObject({ code: expect.any(String), title: { en: expect.any(String) } });
    expect((await as('enforcement', '/api/cover/eligibility/codes')).status).toBe(404);
  });
});

describe('what makes no sense is refused and names the field', () => {
  const one = { memberNumber: 'TH-0001' };
  test.each([
    [{}, 400, undefined],
    [{ ...one, personId: 'x' }, 400, undefined],
    [{ ...one, on: '2026-02-30' }, 400, undefined],
    [{ ...one, quantity: '-1' }, 400, undefined],
    [{ ...one, quantity: '9999999' }, 400, undefined],
    [{ ...one, visit: 'party' }, 400, undefined],
    [{ ...one, diagnosis: "'; drop table" }, 400, undefined],
    [{ ...one, estimate: { amount: '-5', currency: 'THB' } }, 400, undefined],
    [{ ...one, estimate: { amount: '5', currency: 'baht' } }, 400, undefined],
    [{ ...one, status: 'documented' }, 400, undefined],
    [{ ...one, on: '2099-01-01' }, 422, 'eligibility.day'],
    [{ ...one, on: '1990-01-01' }, 422, 'eligibility.day'],
    [{ ...one, facility: 'somewhere' }, 422, 'eligibility.unknown-facility'],
    [{ card: 'not a card' }, 400, 'card.unreadable'],
  ])('%j', async (body, status, code) => {
    const answer = await ask('nurse', body, 'COVERAGE');
    expect([answer.status, code && answer.code]).toEqual([status, code]);
  });
});

function fhirQuestion(patient: object, more: object = {}) {
  return {
    resourceType: 'CoverageEligibilityRequest',
    status: 'active',
    purpose: ['benefits'],
    patient,
    created: today,
    insurer: { display: 'fund' },
    item: [
      { productOrService: { coding: [{ code: 'LAB-BLOOD-COUNT' }] } },
      { productOrService: { coding: [{ code: 'DIALYSIS-SESSION' }] } },
    ],
    ...more,
  };
}

describe('FHIR', () => {
  const submit = (body: unknown, purpose = 'COVERAGE') =>
    as('nurse', '/fhir/R4/CoverageEligibilityRequest/$submit', body, purpose);

  test('a member without a record is answered, and leaves no trace', async () => {
    const { status, json } = await submit(fhirQuestion({ identifier: { value: 'TH-0001' } }));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      resourceType: 'CoverageEligibilityResponse',
      outcome: 'complete',
      insurance: [
        { inforce: true, item: [{ excluded: false }, { excluded: true, description: 'reason 2 (tariffs)' }] },
      ],
    });
    expect(json.id).toBeUndefined();
    const copay = json.insurance[0].item[0].benefit.find(
      (each: { type: { coding?: { code: string }[] } }) => each.type.coding?.[0]?.code === 'copay',
    );
    expect(copay.allowedMoney).toEqual({ value: 30, currency: 'THB' });
  });

  test('a member with a record has question and answer kept in it, also by a create', async () => {
    const personId = await person();
    await member('m-person', 'TH-0004', { person: personId });
    await policy('p-person', 'm-person', 'sch:th:migrant-health-insurance');
    const { json } = await submit(fhirQuestion({ reference: `Patient/${personId}` }));
    expect(json.id).toEqual(expect.any(String));
    const kept = await as('claims-officer', `/fhir/R4/${json.request.reference}`);
    expect(kept.json).toMatchObject({
      resourceType: 'CoverageEligibilityRequest',
      patient: { reference: `Patient/${personId}` },
    });
    const created = await as(
      'nurse',
      '/fhir/R4/CoverageEligibilityRequest',
      fhirQuestion({ reference: `Patient/${personId}` }),
      'COVERAGE',
    );
    expect([created.status, created.json.resourceType]).toEqual([201, 'CoverageEligibilityRequest']);
    const answers = await as(
      'claims-officer',
      `/fhir/R4/CoverageEligibilityResponse?request=CoverageEligibilityRequest/${created.json.id}`,
    );
    expect(answers.json.entry).toHaveLength(1);
  });

  test.each([
    [{ resourceType: 'Patient' }],
    [{ ...fhirQuestion({ identifier: { value: 'TH-0001' } }), status: 'draft' }],
    [fhirQuestion({})],
    [{ ...fhirQuestion({ identifier: { value: 'TH-0001' } }), purpose: [] }],
    [fhirQuestion({ identifier: { value: 'TH-0001' } }, { item: [{ quantity: { value: -1 } }] })],
    [fhirQuestion({ identifier: { value: 'TH-0001' } }, { servicedDate: '2026-13-01' })],
    [fhirQuestion({ identifier: { value: 'TH-0001' } }, { item: Array.from({ length: 51 }, () => ({})) })],
  ])('%o is refused with the path', async (body) => {
    const answer = await submit(body);
    expect(answer.status).toBe(400);
    expect(answer.json.issue[0].expression[0]).toMatch(/^(CoverageEligibilityRequest\.|\$this)/);
  });

  test('an unknown member, and a day far off', async () => {
    expect(await submit(fhirQuestion({ identifier: { value: 'TH-9999' } }))).toMatchObject({
      status: 404,
      code: 'eligibility.unknown-member',
    });
    expect(
      await submit(fhirQuestion({ identifier: { value: 'TH-0001' } }, { servicedDate: '2099-01-01' })),
    ).toMatchObject({ status: 422, code: 'eligibility.day' });
  });
});
