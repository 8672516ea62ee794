import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';

/** Acts on one policy: seen first, done, and taken back by a reversal that leaves days and money as they were. */

const scheme = 'sch:th:migrant-health-insurance';
const coverage = { 'x-purpose-of-use': 'COVERAGE' };
const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};
let employer = '';

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['enrolment-officer', 'claims-officer', 'volunteer', 'employer', 'nurse', 'enforcement']) {
    tokens[name] = await th.token(name);
  }
  const made = await officer('POST', '/groups', { requestId: randomUUID(), name: 'Another', kind: 'employer' });
  employer = made.json.groupId;
});
afterAll(() => corridor.close());

const as = (who: string, method: string, path: string, body?: unknown): Promise<Called> =>
  th.call(tokens[who], method, `/api/cover/enrolment${path}`, body, coverage);
const officer = (method: string, path: string, body?: unknown) => as('enrolment-officer', method, path, body);

let count = 0;
const words = ['Zorkel', 'Wimpas', 'Drufob', 'Gixhun', 'Lompyq', 'Ruvtad', 'Fasjil', 'Kelmot', 'Hixdor', 'Taqwen'];
const person = (over: object = {}) => {
  count += 1;
  return {
    name: `${words[count % 10]} ${words[(count * 3 + 1) % 10]}${count}`,
    birth: { kind: 'date', date: `${1950 + ((count * 7) % 45)}-0${(count % 9) + 1}-1${count % 9}` },
    sex: count % 2 ? 'female' : 'male',
    entitlement: 'contract-worker',
    residence: 'TH',
    ...over,
  };
};

/** Enrolled a while ago and paid in full. */
async function covered(on = day(-10)): Promise<{ policyId: string; memberId: string }> {
  const made = await officer('POST', '/policies', {
    requestId: randomUUID(),
    schemeId: scheme,
    on,
    members: [{ relation: 'holder', newMember: person() }],
  });
  expect(made.status).toBe(201);
  const memberId = made.json.memberIds[0];
  const page = await officer('GET', `/members/${memberId}`);
  const paid = await officer('POST', '/payments', {
    requestId: randomUUID(),
    policyId: made.json.policyId,
    channel: 'cash',
    reference: randomUUID(),
    receivedOn: on,
    amount: page.json.policies[0].owed,
  });
  expect(paid.status).toBe(201);
  return { policyId: made.json.policyId, memberId };
}

const preview = (policyId: string, body: object) => officer('POST', `/policies/${policyId}/preview`, body);
const act = (policyId: string, path: string, body: object) =>
  officer('POST', `/policies/${policyId}/${path}`, { requestId: randomUUID(), ...body });

/** Days and money of everything a member has, without ids of events. */
async function stateOf(memberId: string) {
  const { json } = await officer('GET', `/members/${memberId}`);
  return {
    group: json.member.groupId,
    credits: json.credits,
    policies: json.policies.map((policy: Record<string, unknown>) => ({
      standing: policy.standing,
      expiresOn: policy.expiresOn,
      endedOn: policy.endedOn,
      premium: policy.premium,
      owed: policy.owed,
      members: policy.members,
    })),
  };
}

async function ledgerBalances(): Promise<unknown[]> {
  const { rows } = await sql`
    select account_id, debits_posted - credits_posted as balance from ledger_balance order by 1`.execute(
    th.node.database,
  );
  return rows;
}

async function totals(): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select currency from ledger_balance group by currency having sum(debits_posted) <> sum(credits_posted)`.execute(
    th.node.database,
  );
  return rows.map((row) => row.currency);
}

describe('a joining', () => {
  test('is previewed without a trace, done as previewed, and taken back as a leaving before its first day', async () => {
    const { policyId, memberId } = await covered();
    const before = await stateOf(memberId);
    const baby = person({ name: 'Newborn Zorkel', birth: { kind: 'date', date: day(-3) }, entitlement: 'family' });
    const seen = await preview(policyId, { act: 'join', relation: 'child', newMember: baby });
    expect(seen.status).toBe(200);
    expect(seen.json.policies).toHaveLength(1);
    expect(seen.json.policies[0].before.members).toHaveLength(1);
    expect(seen.json.policies[0].after.members).toContainEqual(
      expect.objectContaining({ name: 'Newborn Zorkel', from: day(0) }),
    );
    expect(await stateOf(memberId)).toEqual(before);
    const joined = await act(policyId, 'members', { relation: 'child', newMember: baby });
    expect(joined.status).toBe(200);
    const child = joined.json.memberId;
    expect((await stateOf(memberId)).policies[0].members).toHaveLength(2);
    const twice = await act(policyId, 'members', { relation: 'child', memberId: child });
    expect(twice).toMatchObject({ status: 409, code: 'enrolment.left-before' });
    expect((await act(policyId, 'leave', { memberId: child, lastDay: day(-1) })).status).toBe(200);
    // No day of it stands, so that joining again is joining.
    expect((await act(policyId, 'members', { relation: 'child', memberId: child })).status).toBe(200);
  });
});

describe('a leaving', () => {
  test('is taken back once, and not where nothing was left', async () => {
    const { policyId } = await covered();
    const joined = await act(policyId, 'members', {
      relation: 'spouse',
      newMember: person({ entitlement: 'family' }),
    });
    const { memberId } = joined.json;
    const before = await stateOf(memberId);
    const back = { what: 'leaving', memberId };
    expect(await act(policyId, 'take-back', back)).toMatchObject({ code: 'enrolment.nothing-to-take-back' });
    expect((await act(policyId, 'leave', { memberId, lastDay: day(20) })).json.to).toBe(day(20));
    const seen = await preview(policyId, { act: 'take-back', ...back });
    expect(seen.json.policies[0].after.members[1].to).toBe(before.policies[0].expiresOn);
    expect((await act(policyId, 'take-back', back)).status).toBe(200);
    expect(await stateOf(memberId)).toEqual(before);
    expect(await act(policyId, 'take-back', back)).toMatchObject({
      status: 409,
      code: 'enrolment.nothing-to-take-back',
    });
  });
});

describe('an end', () => {
  test('leaves credit; taken back, cover and money are as they were', async () => {
    const { policyId, memberId } = await covered();
    const before = await stateOf(memberId);
    const balances = await ledgerBalances();
    const end = { lastDay: day(30), because: 'asked' };
    const seen = await preview(policyId, { act: 'end', ...end });
    expect(seen.json.credit.before.amount).toBe('0.00');
    expect(Number(seen.json.credit.after.amount)).toBeGreaterThan(0);
    expect(seen.json.policies[0].after.until).toBe(day(30));
    expect(await ledgerBalances()).toEqual(balances);
    const ended = await act(policyId, 'end', end);
    expect(ended.json.credit).toEqual(seen.json.credit.after);
    expect((await act(policyId, 'take-back', { what: 'end' })).status).toBe(200);
    expect(await stateOf(memberId)).toEqual(before);
    expect(await ledgerBalances()).toEqual(balances);
    expect(await totals()).toEqual([]);
    expect((await act(policyId, 'take-back', { what: 'end' })).code).toBe('enrolment.nothing-to-take-back');
  });

  test('is not taken back over other cover that came after it', async () => {
    const { policyId, memberId } = await covered();
    expect((await act(policyId, 'end', { lastDay: day(-1), because: 'asked' })).status).toBe(200);
    const next = await officer('POST', '/policies', {
      requestId: randomUUID(),
      schemeId: scheme,
      members: [{ relation: 'holder', memberId }],
    });
    expect(next.status).toBe(201);
    expect(await act(policyId, 'take-back', { what: 'end' })).toMatchObject({ status: 409, code: 'enrolment.overlap' });
  });
});

describe('a transfer to another employer', () => {
  test('shows both policies and the money; taken back, the member is where they were', async () => {
    const { policyId, memberId } = await covered();
    const before = await stateOf(memberId);
    const seen = await preview(policyId, { act: 'transfer', on: day(0), groupId: employer });
    expect(seen.json.policies).toHaveLength(2);
    const [old, fresh] = seen.json.policies;
    expect(old.after).toMatchObject({ standing: 'ended', until: day(-1), owed: { amount: '0.00', currency: 'THB' } });
    expect(fresh.policyNumber).toBeUndefined();
    expect(fresh.after.members[0].continuousSince).toBe(old.before.members[0].continuousSince);
    const moved = await act(policyId, 'transfer', { on: day(0), groupId: employer });
    expect(moved.status).toBe(200);
    const after = await stateOf(memberId);
    expect(after.group).toBe(employer);
    expect(after.policies[0].owed).toEqual(fresh.after.owed);
    expect(await act(policyId, 'take-back', { what: 'transfer' })).toMatchObject({
      status: 409,
      code: 'enrolment.nothing-to-take-back',
    });
    expect((await act(moved.json.policyId, 'take-back', { what: 'transfer' })).json).toEqual({ policyId });
    const again = await stateOf(memberId);
    expect(again.group).toBe(before.group);
    expect(again.credits).toEqual([]);
    expect(again.policies.find((each: { endedOn?: string }) => each.endedOn === undefined)).toEqual(before.policies[0]);
    expect(await totals()).toEqual([]);
    expect((await act(moved.json.policyId, 'take-back', { what: 'transfer' })).status).toBe(409);
  });
});

describe('what is refused', () => {
  test.each([
    ['an act nobody knows', { act: 'abolish' }],
    ['no act', {}],
    ['a day that is none', { act: 'end', lastDay: '2026-02-31', because: 'asked' }],
    ['a reason that is none', { act: 'end', lastDay: '2026-02-01', because: 'bored' }],
    ['a nationality', { act: 'join', relation: 'child', newMember: { ...person(), nationality: 'MM' } }],
    ['a field too many', { act: 'leave', memberId: 'x', lastDay: '2026-02-01', also: 1 }],
  ])('%s', async (_, body) => {
    const { policyId } = await covered();
    expect((await preview(policyId, body)).status).toBe(400);
  });

  test('a policy that is not there, a group that is not there, a leaving of nobody', async () => {
    const { policyId } = await covered();
    expect((await preview('none', { act: 'end', lastDay: day(0), because: 'asked' })).code).toBe(
      'enrolment.unknown-policy',
    );
    expect((await preview(policyId, { act: 'transfer', on: day(0), groupId: 'none' })).code).toBe(
      'enrolment.unknown-group',
    );
    expect((await act(policyId, 'take-back', { what: 'leaving' })).code).toBe('enrolment.unknown-member');
    expect((await act(policyId, 'take-back', { what: 'everything' })).status).toBe(400);
  });

  test.each(['claims-officer', 'volunteer', 'employer', 'nurse', 'enforcement'])('%s', async (who) => {
    const { policyId, memberId } = await covered();
    const end = { act: 'end', lastDay: day(0), because: 'asked' };
    expect((await as(who, 'POST', `/policies/${policyId}/preview`, end)).status).toBe(404);
    const back = { requestId: randomUUID(), what: 'end' };
    expect((await as(who, 'POST', `/policies/${policyId}/take-back`, back)).status).toBe(404);
    expect((await as(who, 'GET', `/members/${memberId}/certificates`)).status).toBe(404);
  });
});

describe('certificates of insured periods', () => {
  test('what could be certified, a certificate given, shown and checked; a changed one is not signed', async () => {
    const nurse = tokens.nurse!;
    const name = 'Certa Wimpas';
    const registered = await th.call(nurse, 'POST', '/api/persons', {
      requestId: randomUUID(),
      name: { text: name },
      birth: { kind: 'year', year: 1988 },
      sex: 'female',
      language: 'my',
      consents: [],
    });
    const made = await officer('POST', '/policies', {
      requestId: randomUUID(),
      schemeId: scheme,
      on: day(-50),
      members: [
        {
          relation: 'holder',
          newMember: {
            ...person({ name, birth: { kind: 'year', year: 1988 }, sex: 'female' }),
            personId: registered.json.id,
          },
        },
      ],
    });
    expect(made.status).toBe(201);
    const [memberId] = made.json.memberIds;
    const owed = (await officer('GET', `/members/${memberId}`)).json.policies[0].owed;
    await officer('POST', '/payments', {
      requestId: randomUUID(),
      policyId: made.json.policyId,
      channel: 'cash',
      reference: randomUUID(),
      receivedOn: day(-50),
      amount: owed,
    });
    const seen = await officer('GET', `/members/${memberId}/certificates`);
    expect(seen.json.partners).toEqual([
      expect.objectContaining({ partner: 'MM', days: 51, minimumDays: 30, record: true, months: 1 }),
    ]);
    expect(seen.json.certificates).toEqual([]);
    const given = await th.call(
      tokens['enrolment-officer'],
      'POST',
      '/api/cover/settlement/certificates',
      { requestId: randomUUID(), memberId, partner: 'MM' },
      coverage,
    );
    expect(given.status).toBe(200);
    const after = await officer('GET', `/members/${memberId}/certificates`);
    expect(after.json.certificates).toEqual([expect.objectContaining({ given: true, partner: 'MM', ...given.json })]);
    const checked = await officer('POST', '/certificates/check', given.json);
    expect(checked.json).toMatchObject({ signedBy: 'TH', days: 51, known: 'given' });
    // The other country believes it too, by the trust list alone.
    const mm = await corridor.mm.call(
      await corridor.mm.token('enrolment-officer'),
      'POST',
      '/api/cover/enrolment/certificates/check',
      given.json,
      coverage,
    );
    expect(mm.json).toMatchObject({ signedBy: 'TH', days: 51, known: 'no' });
    const [period] = given.json.certificate.periods;
    const longer = { ...given.json.certificate, periods: [{ ...period, from: day(-500) }] };
    const changed = await officer('POST', '/certificates/check', { ...given.json, certificate: longer });
    expect(changed.json.signedBy).toBeUndefined();
    expect(await officer('POST', '/certificates/check', { certificate: {}, signature: 'x' })).toMatchObject({
      status: 422,
      code: 'enrolment.no-certificate',
    });
    expect((await officer('POST', '/certificates/check', { certificate: 'x', signature: '' })).status).toBe(400);
    expect((await officer('GET', '/members/none/certificates')).status).toBe(404);
  });
});
