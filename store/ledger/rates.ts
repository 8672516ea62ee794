import { convertMoney, type Money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type DirectedRate, directed, type Rate } from '@serai/kernel/ledger/exchange.ts';
import type { LedgerCode } from '@serai/kernel/ledger/ledger.refusals.ts';
import { sql } from 'kysely';
import type { LedgerSql } from './ledger.ts';

/** Rates with their source and time. One that was wrong is followed by a right one of the same instant; both stay. */

interface RateRow {
  readonly from_currency: string;
  readonly to_currency: string;
  readonly value: string;
  readonly source: string;
  readonly at: Date;
}

const rateOf = (row: RateRow): Rate => ({
  from: row.from_currency,
  to: row.to_currency,
  value: row.value,
  source: row.source,
  at: row.at.toISOString(),
});

export async function enterRate(db: LedgerSql, rate: Rate, by: string, at: Date): Promise<void> {
  await sql`
    insert into ledger_rate (from_currency, to_currency, at, value, source, entered_by, entered)
    values (${rate.from}, ${rate.to}, ${rate.at}::timestamptz, ${rate.value}::numeric, ${rate.source}, ${by}, ${at.toISOString()}::timestamptz)
    on conflict do nothing`.execute(db);
}

/** Rates entered, the latest first. */
export async function rates(db: LedgerSql, limit: number): Promise<(Rate & { enteredBy: string })[]> {
  const { rows } = await sql<RateRow & { entered_by: string }>`
    select from_currency, to_currency, trim_scale(value)::text as value, source, at, entered_by
    from ledger_rate order by at desc, entered desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...rateOf(row), enteredBy: row.entered_by }));
}

/** Every rate between two currencies, either way round, the latest first: of one instant the one entered last. */
export async function ratesBetween(db: LedgerSql, a: string, b: string, until: Date): Promise<Rate[]> {
  const { rows } = await sql<RateRow>`
    select from_currency, to_currency, trim_scale(value)::text as value, source, at from ledger_rate
    where (from_currency, to_currency) in ((${a}, ${b}), (${b}, ${a})) and at <= ${until.toISOString()}::timestamptz
    order by at desc, entered desc`.execute(db);
  return rows.map(rateOf);
}

/** The latest rate on or before the end of a day (UTC), of rates that are given latest first. */
export function rateOnDay(known: readonly Rate[], from: string, to: string, day: string): DirectedRate | undefined {
  const rate = known.find((each) => each.at.slice(0, 10) <= day);
  return rate && directed(rate, from, to);
}

/** Converts at the latest rate of a day, and says which it was. */
export async function convert(
  db: LedgerSql,
  value: Money,
  to: string,
  day: string,
): Promise<Result<{ readonly value: Money; readonly rate: Rate }, LedgerCode>> {
  const known = await ratesBetween(db, value.currency, to, new Date(`${day}T23:59:59.999Z`));
  const found = rateOnDay(known, value.currency, to, day);
  return found
    ? ok({ value: convertMoney(value, found.ratio, to), rate: found.rate })
    : refuse('ledger.rate-missing', { from: value.currency, to, day });
}
