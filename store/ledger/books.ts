import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { LedgerCode } from '@serai/kernel/ledger/ledger.refusals.ts';
import type { JournalKind } from '@serai/kernel/ledger/types.ts';
import { sql } from 'kysely';
import { expirePending, type LedgerSql } from './ledger.ts';

/** What is read from the ledger: the journal, an account's statement, its months and what closes them. */

export interface JournalRow {
  readonly id: string;
  /** Order of posting; pages go by it. */
  readonly number: string;
  readonly kind: JournalKind;
  readonly debit: string;
  readonly credit: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly event: string;
  readonly valueDay: string;
  readonly reference: string;
  readonly restrictedTo?: string;
  readonly pendingId?: string;
  readonly reverses?: string;
  readonly reversedBy?: string;
  readonly postedAt: Date;
}

export interface JournalQuestion {
  /** Accounts whose id begins with it, on either side. */
  readonly prefix: string;
  readonly account?: string | undefined;
  readonly event?: string | undefined;
  /** Exactly. */
  readonly reference?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Rows before this number. */
  readonly before?: string | undefined;
  readonly limit: number;
}

interface TransferRow {
  readonly transfer_id: string;
  readonly number: string;
  readonly kind: JournalKind;
  readonly debit: string;
  readonly credit: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly event: string;
  readonly value_day: string;
  readonly reference: string;
  readonly restricted_to: string | null;
  readonly pending_id: string | null;
  readonly reverses: string | null;
  readonly reversed_by: string | null;
  readonly posted_at: Date;
}

/** Transfers, the latest first. */
export async function journal(db: LedgerSql, question: JournalQuestion): Promise<JournalRow[]> {
  const { prefix, account, event, reference, from, to, before, limit } = question;
  const within = [prefix, `${prefix}\u{10FFFF}`] as const;
  const { rows } = await sql<TransferRow>`
    select t.*, (select r.transfer_id from ledger_transfer r where r.reverses = t.transfer_id) as reversed_by
    from ledger_transfer t
    where ${account === undefined ? sql`t.debit >= ${within[0]} and t.debit < ${within[1]}` : sql`${account} in (t.debit, t.credit)`}
      ${event === undefined ? sql`` : sql`and t.event = ${event}`}
      ${reference === undefined ? sql`` : sql`and t.reference = ${reference}`}
      ${from === undefined ? sql`` : sql`and t.value_day >= ${from}::date`}
      ${to === undefined ? sql`` : sql`and t.value_day <= ${to}::date`}
      ${before === undefined ? sql`` : sql`and t.number < ${before}::bigint`}
    order by t.number desc limit ${limit}`.execute(db);
  return rows.map(journalRow);
}

/** One transfer; undefined where there is none of that id. */
export async function readTransfer(db: LedgerSql, id: string): Promise<JournalRow | undefined> {
  const { rows } = await sql<TransferRow>`
    select t.*, (select r.transfer_id from ledger_transfer r where r.reverses = t.transfer_id) as reversed_by
    from ledger_transfer t where t.transfer_id = ${id}`.execute(db);
  return rows[0] && journalRow(rows[0]);
}

/** Holds not settled yet whose accounts begin with `prefix`, of one event or any, the oldest first. */
export async function openHolds(
  db: LedgerSql,
  { prefix, event, limit }: { readonly prefix: string; readonly event?: string; readonly limit: number },
): Promise<JournalRow[]> {
  const { rows } = await sql<TransferRow>`
    select t.*, null as reversed_by from ledger_open_pending o join ledger_transfer t using (transfer_id)
    where t.debit >= ${prefix} and t.debit < ${`${prefix}\u{10FFFF}`} ${event === undefined ? sql`` : sql`and t.event = ${event}`}
    order by t.number limit ${limit}`.execute(db);
  return rows.map(journalRow);
}

function journalRow(row: TransferRow): JournalRow {
  return {
    id: row.transfer_id,
    number: row.number,
    kind: row.kind,
    debit: row.debit,
    credit: row.credit,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    event: row.event,
    valueDay: row.value_day,
    reference: row.reference,
    ...(row.restricted_to !== null && { restrictedTo: row.restricted_to }),
    ...(row.pending_id !== null && { pendingId: row.pending_id }),
    ...(row.reverses !== null && { reverses: row.reverses }),
    ...(row.reversed_by !== null && { reversedBy: row.reversed_by }),
    postedAt: row.posted_at,
  };
}

/** One line of a statement. Amounts are whole minor units; the balance is on the account's normal side. */
export interface StatementLine {
  readonly id: string;
  readonly number: string;
  readonly valueDay: string;
  readonly event: string;
  readonly reference: string;
  /** The account on the other side. */
  readonly other: string;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly balanceMinor: bigint;
}

export interface Statement {
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly lines: readonly StatementLine[];
  /** Whether lines are left out at the end; `closingMinor` counts them. */
  readonly more: boolean;
}

/**
 * What moved on an account from one value day to another, in the order of value days, with the balance after each line.
 * What is pending has not moved and is not in it.
 */
export async function statement(
  db: LedgerSql,
  {
    account,
    from,
    to,
    limit,
  }: { readonly account: string; readonly from: string; readonly to: string; readonly limit: number },
): Promise<Statement> {
  const moved = sql`
    select number, transfer_id, value_day, event, reference, credit as other, amount_minor as debit, 0::bigint as credit
      from ledger_transfer where debit = ${account} and kind in ('post', 'post-pending')
    union all
    select number, transfer_id, value_day, event, reference, debit, 0, amount_minor
      from ledger_transfer where credit = ${account} and kind in ('post', 'post-pending')`;
  const sign = sql`case (select normal from ledger_account where account_id = ${account}) when 'debit' then 1 else -1 end`;
  const { rows: sums } = await sql<{ opening: string; closing: string }>`
    select (coalesce(sum(debits - credits) filter (where value_day < ${from}::date), 0) * ${sign})::text as opening,
      (coalesce(sum(debits - credits), 0) * ${sign})::text as closing
    from ledger_day where account_id = ${account} and value_day <= ${to}::date`.execute(db);
  const opening = BigInt(sums[0]!.opening);
  const { rows } = await sql<{
    number: string;
    transfer_id: string;
    value_day: string;
    event: string;
    reference: string;
    other: string;
    debit: string;
    credit: string;
    running: string;
  }>`
    select *, (sum(debit - credit) over (order by value_day, number) * ${sign})::text as running
    from (${moved}) moved where value_day between ${from}::date and ${to}::date
    order by value_day, number limit ${limit + 1}`.execute(db);
  return {
    openingMinor: opening,
    closingMinor: BigInt(sums[0]!.closing),
    more: rows.length > limit,
    lines: rows.slice(0, limit).map((row) => ({
      id: row.transfer_id,
      number: row.number,
      valueDay: row.value_day,
      event: row.event,
      reference: row.reference,
      other: row.other,
      debitMinor: BigInt(row.debit),
      creditMinor: BigInt(row.credit),
      balanceMinor: opening + BigInt(row.running),
    })),
  };
}

/** A month of the books, with its control totals. */
export interface Period {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly transfers: number;
  /** What moved, by currency; both sides alike. What is pending has not. */
  readonly moved: readonly { readonly currency: string; readonly minor: bigint }[];
  readonly closedAt?: Date;
  readonly closedBy?: string;
}

/** Months in which anything moved or that are closed, the latest first. */
export async function periods(db: LedgerSql): Promise<Period[]> {
  const { rows } = await sql<{
    first_day: string;
    last_day: string;
    transfers: number;
    moved: { currency: string; minor: string }[] | null;
    closed_at: Date | null;
    closed_by: string | null;
  }>`
    with month as (
      select date_trunc('month', d.value_day)::date as first_day, a.currency, (sum(d.transfers) / 2)::int as transfers, sum(d.debits) as minor
      from ledger_day d join ledger_account a using (account_id) group by 1, 2
    ), summed as (
      select first_day, sum(transfers)::int as transfers,
        jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor::text) order by currency) as moved
      from month group by first_day
    )
    select coalesce(m.first_day, p.first_day) as first_day,
      coalesce(p.last_day, (m.first_day + interval '1 month' - interval '1 day')::date) as last_day,
      coalesce(m.transfers, 0) as transfers, m.moved, p.closed_at, p.closed_by
    from summed m full join ledger_period p using (first_day) order by 1 desc`.execute(db);
  return rows.map((row) => ({
    firstDay: row.first_day,
    lastDay: row.last_day,
    transfers: row.transfers,
    moved: (row.moved ?? []).map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
    ...(row.closed_at && { closedAt: row.closed_at }),
    ...(row.closed_by !== null && { closedBy: row.closed_by }),
  }));
}

/**
 * The day from which on an act of these days can be posted: what is known only after its month was closed counts for the
 * first day that is open. Months close in order, so one day says it of all. Until the transaction ends none is closed.
 *
 * @param db a transaction.
 * @returns undefined where none of the days can be closed, or is.
 */
export async function openFrom(
  db: LedgerSql,
  { days, at }: { readonly days: readonly string[]; readonly at: Date },
): Promise<string | undefined> {
  // A month that is not over is not closed.
  const month = at.toISOString().slice(0, 7);
  if (days.every((day) => day.slice(0, 7) >= month)) {
    return undefined;
  }
  await sql`select pg_advisory_xact_lock_shared(7261002)`.execute(db);
  const { rows } = await sql<{ day: string | null }>`select max(last_day) + 1 as day from ledger_period`.execute(db);
  const day = rows[0]!.day ?? undefined;
  return day !== undefined && days.some((each) => each < day) ? day : undefined;
}

/** What closing a month would find. */
export interface ClosingCheck {
  readonly firstDay: string;
  readonly lastDay: string;
  /** Why it cannot be closed now, in order of precedence; empty when it can. */
  readonly against: readonly LedgerCode[];
  /** Holds of the month without an end, by id. */
  readonly pending: readonly string[];
}

/** @param month its first day, like 2026-03-01. */
export async function checkClosing(db: LedgerSql, month: string, today: string): Promise<ClosingCheck> {
  const { rows } = await sql<{
    last_day: string;
    closed: boolean;
    earlier: boolean;
    pending: string[] | null;
  }>`
    with month as (select ${month}::date as first_day, (${month}::date + interval '1 month' - interval '1 day')::date as last_day)
    select last_day,
      exists (select from ledger_period p where p.first_day = month.first_day) as closed,
      exists (select from ledger_day t where t.value_day < month.first_day
        and not exists (select from ledger_period p where t.value_day between p.first_day and p.last_day)) as earlier,
      (select array_agg(o.transfer_id order by o.transfer_id) from ledger_open_pending o
        where o.value_day <= month.last_day and (o.expires_at is null or o.expires_at < (month.last_day + 1)::timestamptz)) as pending
    from month`.execute(db);
  const { last_day: lastDay, closed, earlier, pending } = rows[0]!;
  const against: LedgerCode[] = [
    ...(closed ? (['ledger.period-already-closed'] as const) : []),
    ...(lastDay >= today ? (['ledger.period-not-over'] as const) : []),
    ...(earlier ? (['ledger.period-earlier-open'] as const) : []),
    ...(pending ? (['ledger.period-pending-due'] as const) : []),
  ];
  return { firstDay: month, lastDay, against, pending: pending ?? [] };
}

/**
 * Closes a month for good: nothing can be posted to its days any more. Waits for postings under way, and they for it.
 *
 * @param db a transaction.
 * @param month its first day, like 2026-03-01; `today` the day it is where the books are kept, absent: in UTC.
 * @returns what is against it, where something is; the trial balance is zero at every commit, so it never is.
 */
export async function closePeriod(
  db: LedgerSql,
  { month, by, at, today }: { readonly month: string; readonly by: string; readonly at: Date; readonly today?: string },
): Promise<Result<{ firstDay: string; lastDay: string }, LedgerCode>> {
  await sql`select pg_advisory_xact_lock(7261002)`.execute(db);
  await expirePending(db, at);
  const { firstDay, lastDay, against } = await checkClosing(db, month, today ?? dayOfInstant(at));
  if (against[0]) {
    return refuse(against[0], { month: month.slice(0, 7) });
  }
  await sql`
    insert into ledger_period (first_day, last_day, closed_at, closed_by, totals)
    select ${firstDay}::date, ${lastDay}::date, ${at.toISOString()}::timestamptz, ${by}, coalesce(jsonb_agg(total), '[]')
    from (
      select account_id as account, sum(debits)::text as debits, sum(credits)::text as credits from ledger_day
      where value_day between ${firstDay}::date and ${lastDay}::date group by account_id order by account_id
    ) total`.execute(db);
  return ok({ firstDay, lastDay });
}
