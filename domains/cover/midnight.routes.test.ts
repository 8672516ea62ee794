import { randomUUID } from 'node:crypto';
import { addDays } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { claimBody, cover, insured, payment, scheme } from '../../tests/cover-claims.ts';

/** Half past one at night in Thailand is the day before in UTC: care of that night is of the day the clocks there show. */

let corridor: Corridor;
let th: TestNode;
let tonight: string;

beforeAll(async () => {
  const utc = new Date().toISOString().slice(0, 10);
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(new Date(`${utc}T18:30:00Z`));
  tonight = addDays(utc, 1);
  corridor = await openCorridor();
  th = corridor.th;
}, 120_000);
afterAll(async () => {
  await corridor?.close();
  vi.useRealTimers();
});

test('care of the night is claimed the same night, and not of the next day', async () => {
  const nurse = await th.token('nurse');
  const { memberNumber } = await insured(th);
  const claim = (day: string) =>
    th.call(nurse, 'POST', '/api/cover/claims', claimBody(memberNumber, { from: day, to: day }), payment);
  expect((await claim(addDays(tonight, 1))).code).toBe('claims.future');
  const made = await claim(tonight);
  expect(made.status, made.text).toBe(200);
});

test('cover that begins with the day is there at half past one', async () => {
  const nurse = await th.token('nurse');
  const { memberNumber } = await insured(th, { since: tonight });
  const answer = await th.call(nurse, 'POST', '/api/cover/eligibility', { memberNumber }, cover);
  expect(answer.json, answer.text).toMatchObject({ covered: true });
});

/** Enrolled and paid at half past one, as the desk does it: no day is said. */
async function enrolled(): Promise<{ memberId: string; policyId: string; paymentId: string; owed: object }> {
  const officer = await th.token('enrolment-officer');
  const call = (path: string, body?: object) =>
    th.call(officer, body ? 'POST' : 'GET', `/api/cover/enrolment${path}`, body, cover);
  const newMember = { name: 'Zorkel Wimpas', birth: { kind: 'year', year: 1990 }, sex: 'female', residence: 'TH' };
  const member = { ...newMember, name: `Zorkel ${randomUUID().slice(0, 4)}`, entitlement: 'contract-worker' };
  const members = [{ relation: 'holder', newMember: member }];
  const made = await call('/policies', { requestId: randomUUID(), schemeId: scheme, members });
  expect(made.status, made.text).toBe(201);
  const memberId = made.json.memberIds[0];
  const { owed } = (await call(`/members/${memberId}`)).json.policies[0];
  const pay = { policyId: made.json.policyId, channel: 'cash', reference: randomUUID(), amount: owed };
  const paid = await call('/payments', { requestId: randomUUID(), ...pay });
  expect(paid.status, paid.text).toBe(201);
  return { memberId, policyId: made.json.policyId, paymentId: paid.json.paymentId, owed };
}

const days = async (of: string) => {
  const { rows } = await sql<{ day: string }>`
    select distinct value_day::text as day from ledger_transfer where transfer_id like ${`%${of}%`}`.execute(
    th.node.database as never,
  );
  return rows.map((row) => row.day);
};

test('who enrols and pays at night is enrolled, covered and booked on that day; so is what is given back', async () => {
  const officer = await th.token('enrolment-officer');
  const { memberId, policyId, paymentId } = await enrolled();
  const page = await th.call(officer, 'GET', `/api/cover/enrolment/members/${memberId}`, undefined, cover);
  const [policy] = page.json.policies;
  expect([policy.startsOn, policy.standing]).toEqual([tonight, 'active']);
  expect([await days(policyId), await days(paymentId)]).toEqual([[tonight], [tonight]]);
  const receipt = `/api/cover/enrolment/payments/${paymentId}`;
  expect((await th.call(officer, 'GET', receipt, undefined, cover)).json.receivedOn).toBe(tonight);
  const body = { requestId: randomUUID(), because: 'bounced' };
  expect((await th.call(officer, 'POST', `${receipt}/reverse`, body, cover)).status).toBe(200);
  expect(await days(paymentId)).toEqual([tonight]);
});

test('a payment is dated tonight, not tomorrow', async () => {
  const officer = await th.token('enrolment-officer');
  const { policyId, owed } = await enrolled();
  const pay = (receivedOn: string) => {
    const body = {
      requestId: randomUUID(),
      policyId,
      channel: 'cash',
      reference: randomUUID(),
      amount: owed,
      receivedOn,
    };
    return th.call(officer, 'POST', '/api/cover/enrolment/payments', body, cover);
  };
  expect((await pay(addDays(tonight, 1))).code).toBe('enrolment.day-invalid');
  expect((await pay(tonight)).status).toBe(201);
});

test('a claim judged at night, and an entry by hand, are of that day in the books', async () => {
  const [nurse, manager] = [await th.token('nurse'), await th.token('fund-manager')];
  const { memberNumber } = await insured(th);
  const body = claimBody(memberNumber, { from: tonight, to: tonight });
  const { claimId } = (await th.call(nurse, 'POST', '/api/cover/claims', body, payment)).json;
  expect(await days(claimId)).toEqual([tonight]);
  const overview = await th.call(manager, 'GET', '/api/cover/fund/overview', undefined, payment);
  expect(overview.json.day).toBe(tonight);
});
