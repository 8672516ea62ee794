import type { ControlRow } from '@serai/domains/cover/fund/api.ts';
import { closePeriod } from '@serai/store/ledger/books.ts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { TestNode } from '../corridor.ts';
import {
  agreement,
  balances,
  corridor,
  day,
  enterRates,
  exchange,
  expectMirrored,
  get,
  openWorld,
  payment,
  post,
  settledReady,
  visit,
} from './settlement.world.ts';

/** A partner that is away while months are closed here: what it signs afterwards still counts, on open days. */

openWorld();

async function expectReconciled(node: TestNode): Promise<void> {
  const { json } = await node.call(
    await node.token('fund-manager'),
    'GET',
    '/api/cover/fund/reconciliation',
    undefined,
    payment,
  );
  const controls = (json as { controls: ControlRow[] }).controls;
  expect(controls.filter((row) => Number(row.difference.amount) !== 0)).toEqual([]);
}

/** Closes every month that is over. */
async function closeMonths(node: TestNode): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    select distinct date_trunc('month', value_day)::date as month from ledger_day order by 1`.execute(
    node.node.database,
  );
  const closed: string[] = [];
  for (const { month } of rows) {
    const done = await node.node
      .ownStore()
      .transaction((tx) => closePeriod(tx.sql, { month, by: 'test', at: new Date() }));
    if (done.ok) {
      closed.push(month.slice(0, 7));
    }
  }
  return closed;
}

test('a statement drawn up in a month that is closed before the partner signs is signed, booked and paid', async () => {
  await settledReady([visit]);
  await day('2026-07-05');
  await enterRates('2026-06-30');
  const proposed = await post(corridor.th, 'fund-manager', '/statements', {
    partner: 'MM',
    agreement,
    period: '2026-Q2',
  });
  expect(proposed.status).toBe(200);
  const { statementId } = proposed.json;
  corridor.mm.fault = { kind: 'down' };
  await day('2026-08-03');
  await corridor.th.node.work();
  await closeMonths(corridor.th);
  // Nothing was booked in July: closed as an empty month is.
  await sql`insert into ledger_period (first_day, last_day, closed_at, closed_by, totals)
    values ('2026-07-01', '2026-07-31', now(), 'test', '[]') on conflict do nothing`.execute(corridor.th.node.database);
  await expectReconciled(corridor.th);

  corridor.mm.fault = { kind: 'none' };
  await day('2026-08-04');
  await exchange();
  expect((await post(corridor.mm, 'fund-manager', '/statements/sign', { statementId })).json).toMatchObject({
    state: 'signed',
  });
  await exchange();
  expect((await get(corridor.th, 'fund-manager', `/statements/${statementId}`)).json.state).toBe('signed');
  await expectMirrored();
  for (const node of [corridor.th, corridor.mm]) {
    await expectReconciled(node);
  }
  const { rows } = await sql<{ value_day: string }>`
    select distinct value_day from ledger_transfer where event in ('partner-exchanged', 'partner-set-off')`.execute(
    corridor.th.node.database,
  );
  expect(rows).toEqual([{ value_day: '2026-08-01' }]);

  const [[, owed]] = Object.entries(await balances(corridor.mm, 'due-to-partner')) as [[string, bigint]];
  const amount = (Number(owed) / 100).toFixed(2);
  const paid = await post(corridor.mm, 'fund-manager', '/paid', {
    statementId,
    paidOn: '2026-08-04',
    reference: 'BT',
    amount,
  });
  expect(paid.json).toEqual({ state: 'paid' });
  await exchange();
  expect(
    (await post(corridor.th, 'fund-manager', '/received', { statementId, receivedOn: '2026-08-04', amount })).json,
  ).toEqual({
    state: 'settled',
  });
  await exchange();
  for (const node of [corridor.th, corridor.mm]) {
    await expectReconciled(node);
    expect(await balances(node, 'due-from-partner')).toEqual({});
    expect(await balances(node, 'due-to-partner')).toEqual({});
  }
});
