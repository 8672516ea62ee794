import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment, scheme } from '../../tests/cover-claims.ts';
import { type Killer, killerOf } from '../../tests/killing.ts';

/**
 * Cut off in the middle: every connection of the node to its database is killed at some moment of an act, which is what the
 * database sees of a node that dies. What was not committed is gone; the same request sent again is done, once.
 */

let corridor: Corridor;
let th: TestNode;
let killer: Killer;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['nurse', 'claims-officer', 'enrolment-officer', 'fund-manager', 'second-fund-manager']) {
    tokens[name] = await th.token(name);
  }
  killer = await killerOf(th);
}, 120_000);
afterAll(async () => {
  await killer?.client.end();
  await corridor?.close();
});

const db = () => th.node.database as never;
const post = (who: string, path: string, body: object = {}): Promise<Called> =>
  th.call(tokens[who], 'POST', `/api/cover/${path}`, { requestId: randomUUID(), ...body }, payment);

/** From the first statement of an act to long after its commit. */
const moments = [0, 3, 7, 12, 20, 40];

test('a payment run that was cut off pays once', async () => {
  const question = { schemeId: scheme, upTo: dayBefore(0) };
  for (const afterMs of moments) {
    const { memberNumber } = await insured(th);
    const made = await post('nurse', 'claims', claimBody(memberNumber));
    await post('claims-officer', 'claims/bulk', { act: 'bypass', claimIds: [made.json.claimId], reason: 'by lot' });
    const proposing = { requestId: randomUUID(), ...question };
    const proposed = await killer.despite(afterMs, () => post('fund-manager', 'payment-runs', proposing));
    expect(proposed.status, proposed.text).toBe(200);
    const { runId } = proposed.json;
    expect((await post('second-fund-manager', `payment-runs/${runId}/approve`)).status).toBe(200);
    const requestId = randomUUID();
    const paid = await killer.despite(afterMs, () => post('fund-manager', `payment-runs/${runId}/pay`, { requestId }));
    expect(paid.status, paid.text).toBe(200);
    const { rows } = await sql<{ payable: string; settled: string; cash: string; said: string }>`
      select (select sum(payable_minor) from cover_claim)::text as payable, (select sum(settled_minor) from cover_claim)::text as settled,
        (select sum(credits_posted - debits_posted) from ledger_balance where account_id like 'fund:%:cash:THB')::text as cash,
        (select count(*) from cover_claim_event where claim_id = ${made.json.claimId} and event = 'paid')::text as said`.execute(
      db(),
    );
    const { payable, settled, cash, said } = rows[0]!;
    expect({ settled, cash, said }).toEqual({ settled: payable, cash: payable, said: '1' });
    await expectReconciled(th);
  }
  expect(killer.struck()).toBeGreaterThan(0);
});

test('contributions earned of a month, cut off again and again, are earned once', async () => {
  await sql`
    insert into cover_policy (policy_id, policy_number, scheme_id, scheme_version, stage, enrolled_on, starts_on, effective_on,
      expires_on, premium_minor, currency, channel, created)
    select 'earn-' || lpad(n::text, 5, '0'), 'earn-' || n, ${scheme}, 1, 'new', '2026-01-01', '2026-01-01', '2026-01-01', '2026-04-10',
      10000, 'THB', 'desk', now() from generate_series(1, 2500) n`.execute(db());
  await sql`select ledger_post(jsonb_build_array(
      jsonb_build_object('account_id', ${`fund:${scheme}:contributions-receivable:THB`}::text, 'currency', 'THB', 'code', 'contributions-receivable', 'normal', 'debit', 'never_negative', false, 'restricted_to', null),
      jsonb_build_object('account_id', ${`fund:${scheme}:unearned-contributions:THB`}::text, 'currency', 'THB', 'code', 'unearned-contributions', 'normal', 'credit', 'never_negative', false, 'restricted_to', null)),
    (select jsonb_agg(jsonb_build_object('id', 'policy-issued:' || policy_id, 'kind', 'post', 'debit', ${`fund:${scheme}:contributions-receivable:THB`}::text,
      'credit', ${`fund:${scheme}:unearned-contributions:THB`}::text, 'amount', '10000', 'currency', 'THB', 'event', 'policy-issued',
      'day', '2026-01-01', 'reference', 'Policy/' || policy_id, 'linked', false)) from cover_policy where policy_id like 'earn-%'), now())`.execute(
    db(),
  );
  // Each month of a hundred days: 31, 28, 31 and 10.
  for (const [month, earned] of [
    ['2026-01', 3100n],
    ['2026-02', 5900n],
    ['2026-03', 9000n],
  ] as const) {
    const requestId = randomUUID();
    const asked = await killer.despite(0, () => post('fund-manager', 'fund/earn', { requestId, month }));
    expect(asked.status, asked.text).toBe(200);
    // Past the node's own connections, which are gone.
    const state = async () =>
      (await killer.client.query<{ state: string }>('select state from job where job_id = $1', [asked.json.jobId]))
        .rows[0]!.state;
    for (let round = 0; (await state()) !== 'done'; round += 1) {
      const work = th.node.work().catch(() => undefined);
      await sleep(30 + 60 * round);
      if (round < 4) {
        await killer.kill();
      }
      await work;
      // A process that died holds its job for a while.
      th.clockOffsetSeconds += 130;
      expect(round).toBeLessThan(30);
    }
    const { rows } = await killer.client.query<{ least: string; most: string; policies: string }>(`
      select min(sum)::text as least, max(sum)::text as most, count(*)::text as policies from (
        select sum(amount_minor) from ledger_transfer where event = 'contribution-earned' group by reference) t`);
    expect(rows[0]).toEqual({ least: String(earned), most: String(earned), policies: '2500' });
    // The months together would outlast the officer's token.
    th.clockOffsetSeconds = 0;
  }
});

test('the closing of a month that was cut off closes it once, whole', async () => {
  const requestId = randomUUID();
  const closed = await killer.despite(4, () =>
    post('fund-manager', 'fund/periods/close', { requestId, month: '2026-01' }),
  );
  expect(closed.status, closed.text).toBe(200);
  const { rows } = await sql<{
    totals: unknown[];
    first_day: string;
  }>`select first_day, totals from ledger_period`.execute(db());
  expect(rows).toHaveLength(1);
  expect(rows[0]!.totals.length).toBeGreaterThan(1);
  expect((await post('fund-manager', 'fund/periods/close', { month: '2026-01' })).code).toBe(
    'ledger.period-already-closed',
  );
  for (const { difference } of await trialBalance(db())) {
    expect(difference).toBe(0n);
  }
});
