import { money } from '@serai/kernel/base/money.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/database.ts';
import { fromPool } from '../sql.ts';
import { checkClosing, closePeriod, journal, openHolds, periods, statement } from './books.ts';
import { expirePending, openAccounts, postTransfers, trialBalance } from './ledger.ts';
import { convert, enterRate, ratesBetween } from './rates.ts';

let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: await freshDatabase(), max: 8 });
  await openAccounts(fromPool(pool).db, accounts, at);
});
afterAll(() => pool.end());

const at = new Date('2026-05-10T08:00:00Z');
const accounts: Account[] = [
  { id: 'f:cash', currency: 'THB', code: 'cash', normal: 'debit' },
  { id: 'f:income', currency: 'THB', code: 'income', normal: 'credit' },
  { id: 'f:cost', currency: 'THB', code: 'cost', normal: 'debit' },
];
const transfer = (
  id: string,
  debit: string,
  credit: string,
  minor: number,
  day: string,
  more: object = {},
): LedgerTransfer => ({
  id,
  kind: 'post',
  debit,
  credit,
  amount: money(minor, 'THB'),
  event: 'test',
  valueDay: day,
  reference: `Test/${id}`,
  ...more,
});

test('a statement runs by value day and carries its balance; the journal runs by posting', async () => {
  const { db } = fromPool(pool);
  await postTransfers(
    db,
    [
      transfer('a', 'f:cash', 'f:income', 500, '2026-02-10'),
      transfer('late', 'f:cost', 'f:cash', 120, '2026-03-20'),
      transfer('early', 'f:cost', 'f:cash', 80, '2026-03-05'),
      transfer('after', 'f:cash', 'f:income', 1, '2026-04-01'),
      transfer('hold', 'f:cost', 'f:cash', 9, '2026-03-06', { kind: 'pending', expiresAt: '2026-06-01T00:00:00Z' }),
    ],
    at,
  );
  const march = { account: 'f:cash', from: '2026-03-01', to: '2026-03-31', limit: 10 };
  expect(await statement(db, march)).toMatchObject({
    openingMinor: 500n,
    closingMinor: 300n,
    more: false,
    lines: [
      { id: 'early', creditMinor: 80n, balanceMinor: 420n, other: 'f:cost' },
      { id: 'late', creditMinor: 120n, balanceMinor: 300n },
    ],
  });
  expect(await statement(db, { ...march, limit: 1 })).toMatchObject({ more: true, closingMinor: 300n });
  expect(await statement(db, { ...march, account: 'f:income', from: '2026-04-01', to: '2026-04-30' })).toMatchObject({
    openingMinor: 500n,
    closingMinor: 501n,
  });
  const all = await journal(db, { prefix: 'f:', limit: 10 });
  expect(all.map(({ id }) => id)).toEqual(['hold', 'after', 'early', 'late', 'a']);
  const page = await journal(db, { prefix: 'f:', limit: 2, before: all[1]!.number });
  expect(page.map(({ id }) => id)).toEqual(['early', 'late']);
  expect((await journal(db, { prefix: 'f:', account: 'f:cash', reference: 'Test/late', limit: 9 })).length).toBe(1);
  expect((await openHolds(db, { prefix: 'f:', limit: 9 })).map(({ id }) => id)).toEqual(['hold']);
});

test('a hold ends by itself, is in the journal, and holds no more', async () => {
  const { db } = fromPool(pool);
  const later = new Date('2026-06-01T00:00:00Z');
  expect(await expirePending(db, new Date(later.getTime() - 1))).toBe(0);
  expect(await expirePending(db, later)).toBe(1);
  expect(await expirePending(db, later)).toBe(0);
  expect(await openHolds(db, { prefix: 'f:', limit: 9 })).toEqual([]);
  expect((await trialBalance(db)).map(({ pending }) => pending)).toEqual([0n]);
});

test('closing a month and posting to it at the same moment: whoever is later is refused, and nothing is lost', async () => {
  const { db } = fromPool(pool);
  const inFebruary = Array.from({ length: 60 }, (_, i) => transfer(`race-${i}`, 'f:cash', 'f:income', 1, '2026-02-20'));
  const outcomes = await Promise.all([
    ...inFebruary.slice(0, 40).map((each) => postTransfers(db, [each], at)),
    db.transaction().execute((tx) => closePeriod(tx, { month: '2026-02-01', by: 'test', at })),
    ...inFebruary.slice(40).map((each) => postTransfers(db, [each], at)),
  ]);
  const closed = outcomes[40]!;
  expect(closed).toMatchObject({ ok: true, value: { lastDay: '2026-02-28' } });
  const posts = outcomes.filter((_, i) => i !== 40);
  const kept = posts.filter(({ ok }) => ok).length;
  expect(posts.filter((each) => !each.ok && each.code !== 'ledger.period-closed')).toEqual([]);
  const [february] = (await periods(db)).filter(({ firstDay }) => firstDay === '2026-02-01');
  expect(february).toMatchObject({ transfers: kept + 1, moved: [{ currency: 'THB', minor: BigInt(500 + kept) }] });
  // What was counted at closing is what is there now: nothing slipped in behind it.
  const { rows } = await pool.query<{ totals: { account: string; debits: string; credits: string }[] }>(
    `select totals from ledger_period where first_day = '2026-02-01'`,
  );
  expect(rows[0]!.totals).toEqual([
    { account: 'f:cash', debits: String(500 + kept), credits: '0' },
    { account: 'f:income', debits: '0', credits: String(500 + kept) },
  ]);
  expect(await postTransfers(db, [transfer('x', 'f:cash', 'f:income', 1, '2026-02-28')], at)).toMatchObject({
    code: 'ledger.period-closed',
  });
  expect((await checkClosing(db, '2026-04-01', '2026-05-10')).against).toEqual(['ledger.period-earlier-open']);
});

test('a rate of a day is the latest before its end, the one entered last where two are of one instant', async () => {
  const { db } = fromPool(pool);
  const enter = (value: string, day: string, entered: string) =>
    enterRate(db, { from: 'THB', to: 'MMK', value, source: 'bank', at: `${day}T00:00:00Z` }, 'me', new Date(entered));
  await enter('60', '2026-03-01', '2026-03-01T08:00:00Z');
  await enter('64.25', '2026-03-10', '2026-03-10T08:00:00Z');
  await enter('64.5', '2026-03-10', '2026-03-10T09:00:00Z');
  const of = async (day: string, from = 'THB', to = 'MMK') => convert(db, money(1000, from), to, day);
  expect(await of('2026-02-28')).toMatchObject({ code: 'ledger.rate-missing' });
  expect(await of('2026-03-09')).toMatchObject({ value: { value: money(60_000, 'MMK') } });
  expect(await of('2026-03-10')).toMatchObject({
    value: { value: money(64_500, 'MMK'), rate: { value: '64.5', source: 'bank' } },
  });
  // 10.00 kyat at 64.5 kyat a baht.
  expect(await of('2026-03-10', 'MMK', 'THB')).toMatchObject({ value: { value: money(16, 'THB') } });
  expect(await ratesBetween(db, 'MMK', 'THB', at)).toHaveLength(3);
});
