import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { LedgerCode } from '@serai/kernel/ledger/ledger.refusals.ts';
import { shapeRefusal } from '@serai/kernel/ledger/shape.ts';
import type { Account, Balance, LedgerTransfer, TransferAnswer } from '@serai/kernel/ledger/types.ts';
import { type QueryExecutorProvider, sql } from 'kysely';
import { prepare } from '../sql.ts';

/** The ledger in PostgreSQL. What it promises is in `README.md` beside; the rules are in `migrations/0002-ledger.ts`. */

/** A database or a transaction of it, whatever tables it knows. */
export type LedgerSql = QueryExecutorProvider;

/**
 * Opens accounts; one that is open already, word for word, stays as it is.
 * @returns `ledger.account-differs` when one is open with another currency, side, limit or purpose.
 */
export async function openAccounts(
  db: LedgerSql,
  accounts: readonly Account[],
  at: Date,
): Promise<Result<undefined, LedgerCode>> {
  const { rows } = await sql<{ differing: string | null }>`
    select ledger_open(${accountsJson(accounts)}::jsonb, ${at.toISOString()}::timestamptz) as differing`.execute(db);
  const differing = rows[0]!.differing;
  return differing === null ? ok(undefined) : refuse('ledger.account-differs', { account: differing });
}

/**
 * Posts all transfers or none. Ids that stand already, word for word, are answered as before and move nothing.
 * `accounts` are opened first where they are not open.
 *
 * @returns how many moved money now; else why the first was refused that stood in the way.
 */
export async function postTransfers(
  db: LedgerSql,
  transfers: readonly LedgerTransfer[],
  at: Date,
  accounts: readonly Account[] = [],
): Promise<Result<{ posted: number }, LedgerCode>> {
  const last = transfers.length - 1;
  const chain = transfers.map((transfer, i) => ({ ...transfer, linked: i < last }));
  const answers = await submitTransfers(db, chain, at, accounts);
  const refused = answers.find((each) => each.answer === 'refused' && each.code !== 'ledger.linked-refused');
  if (refused?.answer === 'refused') {
    return refuse(refused.code, { transfer: refused.id });
  }
  return ok({ posted: answers.filter((each) => each.answer === 'posted').length });
}

prepare('select ledger_post($1::jsonb, $2::jsonb, $3::timestamptz) as answers');

/**
 * Posts what can be posted, with an answer for each; transfers that are `linked` stand or fall together.
 * One statement however many there are; their accounts are locked in one fixed order.
 */
export async function submitTransfers(
  db: LedgerSql,
  transfers: readonly LedgerTransfer[],
  at: Date,
  accounts: readonly Account[] = [],
): Promise<readonly TransferAnswer[]> {
  if (transfers.length === 0) {
    return [];
  }
  const { rows } = await sql<{
    answers: string[] | null;
  }>`select ledger_post(${accountsJson(accounts)}::jsonb, ${transfersJson(
    transfers,
  )}::jsonb, ${at.toISOString()}::timestamptz) as answers`.execute(db);
  const { answers } = rows[0]!;
  return transfers.map(({ id }, i) => {
    const answer = answers === null ? 'posted' : answers[i]!;
    return answer === 'posted' || answer === 'replayed'
      ? { id, answer }
      : { id, answer: 'refused', code: answer as LedgerCode };
  });
}

/** Ends holds whose time has passed. Posting does the same on its way. @returns how many. */
export async function expirePending(db: LedgerSql, at: Date): Promise<number> {
  const { rows } = await sql<{ expired: number }>`
    select ledger_expire(${at.toISOString()}::timestamptz) as expired`.execute(db);
  return rows[0]!.expired;
}

/** Balances of the accounts whose id begins with `prefix`, by id. */
export async function accountBalances(
  db: LedgerSql,
  { prefix }: { readonly prefix: string },
): Promise<(Balance & Account)[]> {
  const { rows } = await sql<BalanceRow>`
    select b.*, a.code, a.restricted_to from ledger_balance b join ledger_account a using (account_id)
    where b.account_id >= ${prefix} and b.account_id < ${`${prefix}\u{10FFFF}`} order by b.account_id`.execute(db);
  return rows.map((row) => ({
    id: row.account_id,
    account: row.account_id,
    currency: row.currency,
    code: row.code,
    normal: row.normal,
    ...(row.never_negative && { neverNegative: true }),
    ...(row.restricted_to !== null && { restrictedTo: row.restricted_to }),
    debitsPosted: BigInt(row.debits_posted),
    creditsPosted: BigInt(row.credits_posted),
    debitsPending: BigInt(row.debits_pending),
    creditsPending: BigInt(row.credits_pending),
  }));
}

interface BalanceRow {
  readonly account_id: string;
  readonly currency: string;
  readonly code: string;
  readonly normal: 'debit' | 'credit';
  readonly never_negative: boolean;
  readonly restricted_to: string | null;
  readonly debits_posted: string;
  readonly credits_posted: string;
  readonly debits_pending: string;
  readonly credits_pending: string;
}

/** The books of one currency: the two sides are equal, or something is deeply wrong. */
export interface TrialBalance {
  readonly currency: string;
  readonly accounts: number;
  readonly debits: bigint;
  readonly credits: bigint;
  readonly pending: bigint;
  /** Debits less credits, posted and pending. */
  readonly difference: bigint;
}

/** Every currency's two sides, as this transaction sees them. */
export async function trialBalance(db: LedgerSql): Promise<TrialBalance[]> {
  const { rows } = await sql<{
    currency: string;
    accounts: number;
    debits: string;
    credits: string;
    pending: string;
    difference: string;
  }>`
    select currency, count(*)::int as accounts, sum(debits_posted)::text as debits, sum(credits_posted)::text as credits,
      sum(debits_pending)::text as pending,
      (sum(debits_posted) - sum(credits_posted) + sum(debits_pending) - sum(credits_pending))::text as difference
    from ledger_balance group by currency order by currency`.execute(db);
  return rows.map(({ currency, accounts, debits, credits, pending, difference }) => ({
    currency,
    accounts,
    debits: BigInt(debits),
    credits: BigInt(credits),
    pending: BigInt(pending),
    difference: BigInt(difference),
  }));
}

function accountsJson(accounts: readonly Account[]): string {
  return JSON.stringify(
    accounts.map(({ id, currency, code, normal, neverNegative = false, restrictedTo = null }) => ({
      account_id: id,
      currency,
      code,
      normal,
      never_negative: neverNegative,
      restricted_to: restrictedTo,
    })),
  );
}

/** As `ledger_input` reads it. */
function transfersJson(transfers: readonly LedgerTransfer[]): string {
  return JSON.stringify(
    transfers.map((transfer) => ({
      id: transfer.id,
      kind: transfer.kind,
      debit: transfer.debit,
      credit: transfer.credit,
      amount: withinBigint(transfer.amount.minor),
      currency: transfer.amount.currency,
      event: transfer.event,
      day: transfer.valueDay,
      reference: transfer.reference,
      pending: transfer.pendingId,
      expires: instantOf(transfer.expiresAt),
      restricted: transfer.restrictedTo,
      rate: transfer.rate,
      reverses: transfer.reverses,
      linked: transfer.linked ?? false,
      refused: shapeRefusal(transfer),
    })),
  );
}

/** What no account could hold is refused by its shape; it must still arrive to be told so. */
function withinBigint(minor: bigint): string {
  return (minor === BigInt.asIntN(64, minor) ? minor : -1n).toString();
}

function instantOf(text: string | undefined): string | undefined {
  const milliseconds = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
