import { randomUUID } from 'node:crypto';
import { addDays, addMonths } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { ControlRow } from '../fund/api.ts';

/** Every two acts on one policy at the same moment, from two sessions: both answered, and the books as the rows have them. */

const scheme = 'sch:th:migrant-health-insurance';
const coverage = { 'x-purpose-of-use': 'COVERAGE' };
const payment = { 'x-purpose-of-use': 'HPAYMT' };
const today = new Date().toISOString().slice(0, 10);
let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};
let groupId = '';

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['enrolment-officer', 'fund-manager']) {
    tokens[name] = await th.token(name);
  }
  const group = await post('/groups', { name: 'Another employer', kind: 'employer' });
  groupId = group.json.groupId;
});
afterAll(() => corridor.close());

const post = (path: string, body: object, who = 'enrolment-officer'): Promise<Called> =>
  th.call(tokens[who], 'POST', `/api/cover/enrolment${path}`, { requestId: randomUUID(), ...body }, coverage);

interface Someone {
  readonly policyId: string;
  readonly memberId: string;
  readonly paymentId: string;
  readonly startsOn: string;
  readonly expiresOn: string;
}

let count = 0;
/** A member whose policy is paid, with 100 baht too much; or of whose two parts one is paid. */
async function someone(half: boolean): Promise<Someone> {
  count += 1;
  const words = ['Zorkel', 'Wimpas', 'Drufob', 'Gixhun', 'Lompyq', 'Ruvtad', 'Fasjil', 'Kelmot', 'Hixdor', 'Taqwen'];
  const word = (i: number) => words[Math.floor(count / 10 ** i) % 10];
  const newMember = {
    name: `${word(0)} ${word(1)} ${word(2)}`,
    birth: { kind: 'date', date: addDays('1950-01-01', count * 97) },
    ...{ sex: 'female', entitlement: 'contract-worker', residence: 'TH' },
  };
  const made = await post('/policies', {
    schemeId: scheme,
    on: addDays(today, -5),
    members: [{ relation: 'holder', newMember }],
    ...(half && { instalments: 2 }),
  });
  expect(made.status, made.text).toBe(201);
  const { policyId } = made.json;
  const db = th.node.database as never;
  const { rows } = await sql<{ minor: string; starts_on: string; expires_on: string }>`
    select (select sum(amount_minor) from cover_instalment where policy_id = ${policyId} and number <= ${half ? 1 : 99})::text as minor,
      starts_on, expires_on from cover_policy where policy_id = ${policyId}`.execute(db);
  const { minor, starts_on: startsOn, expires_on: expiresOn } = rows[0]!;
  const paid = await pay(policyId, (Number(minor) / 100 + (half ? 0 : 100)).toFixed(2));
  expect(paid.status, paid.text).toBe(201);
  return { policyId, memberId: made.json.memberIds[0], paymentId: paid.json.paymentId, startsOn, expiresOn };
}

const pay = (policyId: string, amount: string, reference: string = randomUUID()) =>
  post('/payments', { policyId, channel: 'cash', reference, amount: { amount, currency: 'THB' } });
const thb = (amount: string) => ({ amount, currency: 'THB' });

const batches = new Map<string, string | undefined>();
const acts: Record<string, (of: Someone) => Promise<Called>> = {
  pay: ({ policyId }) => pay(policyId, '300.00'),
  'pay the same': ({ policyId }) => pay(policyId, '300.00', `same-${policyId}`),
  'take the payment back': ({ paymentId }) => post(`/payments/${paymentId}/reverse`, { because: 'bounced' }),
  'give credit back': ({ paymentId }) =>
    post(`/payments/${paymentId}/refund`, { amount: thb('60.00'), because: 'too much' }),
  'use credit': ({ paymentId, policyId }) => post(`/payments/${paymentId}/apply`, { policyId }),
  end: ({ policyId, startsOn }) =>
    post(`/policies/${policyId}/end`, { lastDay: addDays(startsOn, 40), because: 'asked' }),
  'end as a mistake': ({ policyId, startsOn }) =>
    post(`/policies/${policyId}/end`, { lastDay: addDays(startsOn, -1), because: 'mistake' }),
  'take the end back': ({ policyId }) => post(`/policies/${policyId}/take-back`, { what: 'end' }),
  transfer: ({ policyId, startsOn }) => post(`/policies/${policyId}/transfer`, { on: addDays(startsOn, 2), groupId }),
  leave: ({ policyId, memberId }) => post(`/policies/${policyId}/leave`, { memberId, lastDay: addMonths(today, 2) }),
  'write off': async ({ policyId }) => {
    const done = await post('/bulk', { kind: 'write-off', ids: [`${policyId}.2`], because: 'poor' });
    batches.set(policyId, done.json.batchId ?? batches.get(policyId));
    return done;
  },
  'take the write-off back': ({ policyId }) =>
    post('/bulk/undo', { kind: 'write-off', batchId: batches.get(policyId) ?? 'none' }),
  lapse: ({ policyId }) => post('/bulk', { kind: 'lapse', ids: [policyId], because: 'late' }),
  activate: ({ policyId }) =>
    post(`/policies/${policyId}/activate`, { because: 'the employer pays later' }, 'fund-manager'),
  renew: ({ policyId }) => post(`/policies/${policyId}/renew`, {}),
};

async function expectBooks(done = ''): Promise<void> {
  const { json } = await th.call(tokens['fund-manager'], 'GET', '/api/cover/fund/reconciliation', undefined, payment);
  expect(
    (json.controls as ControlRow[]).filter((row) => Number(row.difference.amount) !== 0),
    done,
  ).toEqual([]);
  const { rows } = await sql<{ cash: string; payments: string; parts: string; premium: string; credit: string }>`
    select coalesce((select sum(debits_posted - credits_posted) from ledger_balance where account_id like 'fund:%:cash:THB'), 0)::text as cash,
      (select sum(amount_minor) from cover_payment)::text as payments,
      (select count(*) from cover_policy p where premium_minor <> (select sum(amount_minor) from cover_instalment i
        where i.policy_id = p.policy_id))::text as parts,
      (select count(*) from cover_instalment i where paid_minor <> coalesce((select sum(amount_minor)
        from cover_payment_allocation a where a.instalment_id = i.instalment_id), 0))::text as premium,
      (select count(*) from cover_payment_credit where credit_minor < 0)::text as credit`.execute(
    th.node.database as never,
  );
  const { cash, payments, ...none } = rows[0]!;
  expect(cash, done).toBe(payments);
  expect(none, done).toEqual({ parts: '0', premium: '0', credit: '0' });
}

const names = Object.keys(acts);
const pairs = names.flatMap((a, i) => names.slice(i).map((b) => [a, b] as const));

describe.each([
  ['paid, and too much', false],
  ['half paid', true],
] as const)('a policy that is %s', (_, half) => {
  test.each(names)('%s, beside everything else', async (name) => {
    for (const [a, b] of pairs.filter((pair) => pair[0] === name)) {
      const of = await someone(half);
      const both = await Promise.all([acts[a]!(of), acts[b]!(of)]);
      for (const answer of both) {
        expect(answer.status, `${a} beside ${b}: ${answer.text}`).toBeLessThan(500);
      }
    }
    await expectBooks();
  });
});

test('whatever is done one after the other, in any order, the books are as the rows have them', async () => {
  // A fixed seed: what was done is done again.
  let seed = 20261122;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % below;
  };
  for (let round = 0; round < 40; round += 1) {
    const of = await someone(round % 2 === 0);
    const done: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      const name = names[random(names.length)]!;
      const answer = await acts[name]!(of);
      done.push(`${name}: ${answer.code ?? answer.status}`);
      expect(answer.status, done.join(', ')).toBeLessThan(500);
    }
    await expectBooks(done.join(', '));
  }
});

test('what was written off is given back to nobody when the policy ends', async () => {
  const of = await someone(true);
  const money = async () => {
    const { rows } = await sql<{ premium: string; paid: string; off: string }>`
      select sum(amount_minor)::text as premium, sum(paid_minor)::text as paid, sum(written_off_minor)::text as off
      from cover_instalment where policy_id = ${of.policyId}`.execute(th.node.database as never);
    return { premium: Number(rows[0]!.premium), paid: Number(rows[0]!.paid), off: Number(rows[0]!.off) };
  };
  expect((await acts['write off']!(of)).json).toMatchObject({ done: 1 });
  const before = await money();
  expect(before).toMatchObject({ paid: before.premium / 2, off: before.premium / 2 });
  const ended = await acts.end!(of);
  expect(ended.status, ended.text).toBe(200);
  // 41 of 365 days were covered: they are paid, only what was paid beyond them is credit, and nothing is left to write off.
  const kept = Math.round((before.premium * 41) / 365);
  expect(await money()).toEqual({ premium: kept, paid: kept, off: 0 });
  await expectBooks('ended after a write-off');
  expect(ended.json.credit).toEqual(thb(((before.paid - kept) / 100).toFixed(2)));
});

test('the same payment is taken once, the same credit given back once', async () => {
  const of = await someone(false);
  const paid = await Promise.all([1, 2, 3].map(() => acts['pay the same']!(of)));
  expect(paid.filter((each) => each.status === 201)).toHaveLength(1);
  const back = await Promise.all([1, 2, 3].map(() => acts['give credit back']!(of)));
  expect(back.filter((each) => each.status < 300)).toHaveLength(1);
  await expectBooks();
});

test('one person enrolled from two desks is covered once', async () => {
  const { memberId, expiresOn } = await someone(false);
  await sql`update cover_policy_member set covered_from = covered_from - 400, covered_to = covered_to - 400 where member_id = ${memberId}`.execute(
    th.node.database as never,
  );
  const body = { schemeId: scheme, members: [{ relation: 'holder', memberId }] };
  const both = await Promise.all([1, 2, 3].map(() => post('/policies', body)));
  expect(both.map((each) => each.code ?? String(each.status)).sort()).toEqual([
    '201',
    'enrolment.overlap',
    'enrolment.overlap',
  ]);
  expect(expiresOn).toBeTruthy();
});
