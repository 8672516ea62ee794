import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, insured, payment, scheme } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';

/** From an amount on one person proposes and another does it; below it one acts alone. Illustrative: 20,000 baht. */

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of [
    ...['enrolment-officer', 'fund-manager', 'second-fund-manager', 'claims-officer', 'second-claims-officer'],
    ...['nurse', 'volunteer', 'insurer', 'enforcement'],
  ]) {
    tokens[name] = await th.token(name);
  }
});
afterAll(() => corridor?.close());

const post = (who: string, path: string, body: object = {}): Promise<Called> =>
  th.call(tokens[who]!, 'POST', `/api/cover/${path}`, body, payment);
const act = (who: string, path: string, body: object = {}) => post(who, path, { requestId: randomUUID(), ...body });
const decide = (who: string, id: string, approve = true) => act(who, `approvals/${id}/decide`, { approve });
const waiting = async (who: string) =>
  (await post(who, 'approvals/find')).json.rows as { approvalId: string; kind: string; mine: boolean }[];
const baht = (amount: string) => ({ amount, currency: 'THB' });

let count = 0;
async function enrolled(): Promise<string> {
  count += 1;
  const newMember = {
    name: `Zorkel Wimpas ${count}`,
    birth: { kind: 'year', year: 1950 + (count % 50) },
    sex: 'female',
  };
  const member = { ...newMember, entitlement: 'contract-worker', residence: 'TH' };
  const made = await act('enrolment-officer', 'enrolment/policies', {
    schemeId: scheme,
    members: [{ relation: 'holder', newMember: member }],
  });
  expect(made.status, made.text).toBe(201);
  return made.json.policyId;
}

/** A payment of far more than was owed: the rest is credit. */
async function paid(amount: string): Promise<string> {
  const policyId = await enrolled();
  const of = { policyId, channel: 'bank', reference: randomUUID(), amount: baht(amount) };
  const taken = await act('enrolment-officer', 'enrolment/payments', of);
  expect(taken.status, taken.text).toBe(201);
  return taken.json.paymentId;
}

const refund = (who: string, paymentId: string, amount: string) =>
  act(who, `enrolment/payments/${paymentId}/refund`, { amount: baht(amount), because: 'paid too much' });

const db = () => th.node.database as unknown as CoverDatabase;
/** Everything the ledger and the payments hold. */
const posted = async () => {
  const { rows } = await sql<{ n: string }>`
    select (select count(*) from ledger_transfer) || ' ' || (select count(*) from cover_payment) || ' ' ||
      (select coalesce(sum(written_off_minor), 0) from cover_instalment) as n`.execute(db());
  return rows[0]!.n;
};

describe('a refund', () => {
  it('below the amount is one officer’s, above it another’s to do: till then nothing is posted', async () => {
    const paymentId = await paid('60000.00');
    expect((await refund('enrolment-officer', paymentId, '500.00')).json).toMatchObject({ amount: baht('-500.00') });
    const before = await posted();
    const proposed = await refund('enrolment-officer', paymentId, '25000.00');
    expect(proposed.status, proposed.text).toBe(200);
    const { approvalId } = proposed.json.proposed;
    expect(await posted()).toBe(before);
    expect((await refund('enrolment-officer', paymentId, '25000.00')).code).toBe('approvals.waiting');
    expect((await waiting('enrolment-officer')).find((row) => row.approvalId === approvalId)).toMatchObject({
      ...{ kind: 'refund', mine: true, amounts: [baht('25000.00')], because: 'paid too much' },
      receipt: { paymentId },
    });
    expect((await decide('enrolment-officer', approvalId)).code).toBe('approvals.four-eyes');
    expect(await posted()).toBe(before);
    const done = await decide('fund-manager', approvalId);
    expect(done.json).toMatchObject({ state: 'approved', kind: 'refund' });
    expect(await posted()).not.toBe(before);
    expect((await decide('second-fund-manager', approvalId)).code).toBe('approvals.decided');
    expect(await waiting('fund-manager')).toEqual([]);
    const { rows } = await sql<{ minor: string }>`
      select sum(amount_minor) as minor from cover_payment where reversal_of = ${paymentId}`.execute(db());
    expect(rows[0]!.minor).toBe('-2550000');
  });

  it('does not pass in parts: what one did alone that day counts', async () => {
    const paymentId = await paid('60000.00');
    const parts: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { json } = await refund('second-fund-manager', paymentId, '9000.00');
      parts.push('proposed' in json ? 'proposed' : 'done');
    }
    expect(parts).toEqual(['done', 'done', 'proposed']);
    const [row] = await waiting('fund-manager');
    expect((await decide('second-fund-manager', row!.approvalId, false)).json.state).toBe('declined');
  });

  it('of more than is left, of another currency, of nothing is refused before it is proposed', async () => {
    const paymentId = await paid('60000.00');
    for (const [amount, currency, code] of [
      ['90000.00', 'THB', 'enrolment.amount-invalid'],
      ['0.00', 'THB', 'enrolment.amount-invalid'],
      ['30000.00', 'USD', 'enrolment.wrong-currency'],
    ]) {
      const body = { amount: { amount, currency }, because: 'x' };
      expect((await act('enrolment-officer', `enrolment/payments/${paymentId}/refund`, body)).code).toBe(code);
    }
    expect(await waiting('fund-manager')).toEqual([]);
  });

  it('that is worth something else by then is refused, and can be set aside', async () => {
    const paymentId = await paid('60000.00');
    const { approvalId } = (await refund('enrolment-officer', paymentId, '55000.00')).json.proposed;
    expect((await refund('fund-manager', paymentId, '9000.00')).status).toBe(200);
    const before = await posted();
    expect((await decide('fund-manager', approvalId)).code).toBe('enrolment.amount-invalid');
    expect(await posted()).toBe(before);
    expect((await decide('enrolment-officer', approvalId, false)).json.state).toBe('declined');
  });

  it('decided by two at once is done once', async () => {
    const paymentId = await paid('60000.00');
    const { approvalId } = (await refund('enrolment-officer', paymentId, '30000.00')).json.proposed;
    const both = await Promise.all(
      ['fund-manager', 'second-fund-manager', 'fund-manager'].map((who) => decide(who, approvalId)),
    );
    expect(both.map((each) => each.code ?? each.json.state).sort()).toEqual([
      'approvals.decided',
      'approvals.decided',
      'approved',
    ]);
    const { rows } = await sql`select from cover_payment where reversal_of = ${paymentId}`.execute(db());
    expect(rows).toHaveLength(1);
  });

  it('that waited too long is refused, and may be proposed anew', async () => {
    const paymentId = await paid('60000.00');
    const { approvalId } = (await refund('enrolment-officer', paymentId, '30000.00')).json.proposed;
    await sql`update cover_approval set proposed = now() - interval '15 days', expires = now() - interval '1 day'
      where approval_id = ${approvalId}`.execute(db());
    const before = await posted();
    expect((await decide('fund-manager', approvalId)).code).toBe('approvals.expired');
    expect(await waiting('fund-manager')).toEqual([]);
    expect(await posted()).toBe(before);
    const again = (await refund('enrolment-officer', paymentId, '30000.00')).json.proposed;
    expect((await decide('fund-manager', again.approvalId)).json.state).toBe('approved');
  });
});

describe('taking a large payment back', () => {
  it('takes two people as its refund does', async () => {
    const paymentId = await paid('60000.00');
    const proposed = await act('enrolment-officer', `enrolment/payments/${paymentId}/reverse`, { because: 'bounced' });
    expect((await decide('enrolment-officer', proposed.json.proposed.approvalId)).code).toBe('approvals.four-eyes');
    expect((await decide('fund-manager', proposed.json.proposed.approvalId)).json.state).toBe('approved');
    expect((await act('fund-manager', `enrolment/payments/${paymentId}/reverse`, { because: 'x' })).code).toBe(
      'enrolment.already-reversed',
    );
  });
});

describe('a write-off', () => {
  it('of much is previewed as such, proposed, done by another and taken back as one', async () => {
    const policies: string[] = [];
    while (policies.length < 14) {
      policies.push(await enrolled());
    }
    const { rows } = await sql<{ instalment_id: string }>`
      select instalment_id from cover_instalment where policy_id = any(${policies})`.execute(db());
    const ids = rows.map((row) => row.instalment_id);
    const bulk = (who: string, more: object) =>
      act(who, 'enrolment/bulk', { kind: 'write-off', because: 'gone', ...more });
    const preview = (some: string[]) =>
      post('enrolment-officer', 'enrolment/bulk/preview', { kind: 'write-off', ids: some });
    expect((await preview(ids.slice(0, 1))).json.takesTwo).toBeUndefined();
    expect((await preview(ids)).json).toMatchObject({ takesTwo: true, done: ids.length });
    const before = await posted();
    const proposed = await bulk('enrolment-officer', { ids });
    const { approvalId } = proposed.json.proposed;
    expect(await posted()).toBe(before);
    expect((await waiting('enrolment-officer'))[0]).toMatchObject({ kind: 'write-off', instalments: ids.length });
    const done = await decide('fund-manager', approvalId);
    expect(done.json).toMatchObject({ state: 'approved', kind: 'write-off', batchId: expect.any(String) });
    expect(await posted()).not.toBe(before);
    const undone = await act('fund-manager', 'enrolment/bulk/undo', { kind: 'write-off', batchId: done.json.batchId });
    expect(undone.json.undone).toBe(ids.length);
    // What is owed has changed since: it is not done as it was proposed.
    const again = (await bulk('enrolment-officer', { ids })).json.proposed;
    expect((await bulk('fund-manager', { ids: ids.slice(0, 1) })).json.done).toBe(1);
    expect((await decide('fund-manager', again.approvalId)).code).toBe('approvals.changed');
    expect((await decide('fund-manager', again.approvalId, false)).json.state).toBe('declined');
  });
});

describe('the appeal of a claim of high value', () => {
  it('is granted by two people, neither of whom judged it', async () => {
    const { memberNumber } = await insured(th);
    const lines = [{ kind: 'item', code: 'MED-INSULIN', quantity: '60', unitPrice: '190.00' }];
    const { claimId } = (await post('nurse', 'claims', claimBody(memberNumber, { lines }))).json;
    const rejected = [{ line: 1, decision: 'rejected', reason: 'no note' }];
    await act('claims-officer', `claims/${claimId}/review`, { lines: rejected });
    await act('second-claims-officer', `claims/${claimId}/review`, { lines: rejected });
    const appeal = await act('nurse', `claims/${claimId}/appeals`, { reason: 'The note is in the file.' });
    const { appealId } = appeal.json;
    const accepted = [{ line: 1, decision: 'accepted', reason: 'note seen' }];
    const grant = (who: string) =>
      act(who, `appeals/${appealId}/decide`, { grant: true, text: 'The note was seen.', lines: accepted });
    expect((await grant('claims-officer')).code).toBe('claims.four-eyes');
    const { approvalId } = (await grant('fund-manager')).json.proposed;
    const status = async () =>
      (await th.call(tokens.nurse!, 'GET', `/api/cover/claims/${claimId}`, undefined, payment)).json;
    expect((await status()).appeals[0].state).toBe('open');
    expect((await grant('fund-manager')).code).toBe('approvals.waiting');
    expect((await waiting('claims-officer'))[0]).toMatchObject({ kind: 'appeal', mine: false, claim: { claimId } });
    expect((await decide('fund-manager', approvalId)).code).toBe('approvals.four-eyes');
    expect((await decide('claims-officer', approvalId)).code).toBe('claims.four-eyes');
    expect((await decide('second-fund-manager', approvalId)).json).toMatchObject({ state: 'approved', kind: 'appeal' });
    expect(await status()).toMatchObject({ status: 'valuated', appeals: [{ state: 'granted' }] });
  });
});

describe('what waits', () => {
  it('is seen and decided by those whose act it is, and by nobody else', async () => {
    const paymentId = await paid('60000.00');
    const { approvalId } = (await refund('enrolment-officer', paymentId, '30000.00')).json.proposed;
    for (const who of ['nurse', 'volunteer', 'insurer', 'enforcement']) {
      expect([who, (await post(who, 'approvals/find')).status]).toEqual([who, 404]);
      expect([who, (await decide(who, approvalId)).status]).toEqual([who, 404]);
    }
    expect((await waiting('claims-officer')).map((row) => row.kind)).not.toContain('refund');
    expect((await decide('claims-officer', approvalId)).status).toBe(404);
    // Appeals are seen for payment alone: for cover a claims officer finds nothing here.
    const forCover = { 'x-purpose-of-use': 'COVERAGE' };
    const find = '/api/cover/approvals/find';
    expect((await th.call(tokens['claims-officer']!, 'POST', find, {}, forCover)).status).toBe(404);
    expect((await decide('fund-manager', randomUUID())).status).toBe(404);
    expect((await post('fund-manager', `approvals/${approvalId}/decide`, { approve: 'yes' })).status).toBe(400);
    const body = { requestId: randomUUID(), approve: true };
    const first = await post('fund-manager', `approvals/${approvalId}/decide`, body);
    expect((await post('fund-manager', `approvals/${approvalId}/decide`, body)).json).toEqual(first.json);
  });
});
