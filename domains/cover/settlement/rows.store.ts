import { invariant } from '@serai/kernel/base/invariant.ts';
import { RefusedError } from '@serai/store/faults.ts';
import { openFrom } from '@serai/store/ledger/books.ts';
import { postTransfers } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type Selectable, sql } from 'kysely';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import type { Settling } from './agreed.ts';
import type { JudgedLine } from './at-home.ts';
import type { Booking, Books } from './booking.ts';
import { type Line, type LineState, type Move, moves, type Side } from './lines.ts';
import type { SettlementTables } from './settlement.tables.ts';
import type { SettlementRow } from './statement.ts';

/** Claims and lines as the rules read them, and what is written when one has moved. */

export type ClaimRow = Selectable<SettlementTables['settlement_claim']>;
export type LineRow = Selectable<SettlementTables['settlement_line']>;

export interface StoredLine extends SettlementRow {
  readonly side: Side;
  readonly partner: string;
  readonly agreement: string;
  readonly knownTurn: number;
  readonly row: LineRow;
}

type Joined = LineRow &
  Pick<ClaimRow, 'side' | 'partner' | 'agreement' | 'currency' | 'care_to' | 'sent_on'> & {
    readonly state_of: string | null;
  };

function lineOf(row: Joined, us: string): StoredLine {
  const side = row.side as Side;
  return {
    claimId: row.claim_id,
    line: row.line,
    state: row.state as LineState,
    turn: row.turn,
    currency: row.currency,
    claimedMinor: BigInt(row.claimed_minor),
    amountMinor: BigInt(row.amount_minor),
    reason: row.reason,
    statement:
      row.statement_id === null ? undefined : { id: row.statement_id, signedByBoth: row.state_of !== 'proposed' },
    creditor: side === 'creditor' ? us : row.partner,
    careTo: row.care_to,
    sentOn: row.sent_on ?? '9999-12-31',
    side,
    partner: row.partner,
    agreement: row.agreement,
    knownTurn: row.known_turn,
    row,
  };
}

/** A claim that is known to be there. */
export async function readClaimRow(db: CoverDatabase, claimId: string): Promise<ClaimRow> {
  return db.selectFrom('settlement_claim').selectAll().where('claim_id', '=', claimId).executeTakeFirstOrThrow();
}

/** Lines, each locked where they are decided on. */
export async function readLines(
  db: CoverDatabase,
  us: string,
  of: {
    readonly claimIds?: readonly string[];
    readonly partner?: string;
    readonly agreement?: string;
    readonly statementId?: string;
    /** Not in any statement. */
    readonly free?: boolean;
    /** Disputed or contested. */
    readonly disputed?: boolean;
  },
  lock = false,
): Promise<StoredLine[]> {
  let query = db
    .selectFrom('settlement_line')
    .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_line.claim_id')
    .leftJoin('settlement_statement', 'settlement_statement.statement_id', 'settlement_line.statement_id')
    .selectAll('settlement_line')
    .select([
      'settlement_claim.side',
      'settlement_claim.partner',
      'settlement_claim.agreement',
      'settlement_claim.currency',
      'settlement_claim.care_to',
      'settlement_claim.sent_on',
      'settlement_statement.state as state_of',
    ])
    .orderBy('settlement_line.claim_id')
    .orderBy('settlement_line.line');
  if (of.claimIds) {
    query = query.where('settlement_line.claim_id', 'in', of.claimIds.length > 0 ? [...of.claimIds] : ['']);
  }
  if (of.partner !== undefined) {
    query = query.where('settlement_claim.partner', '=', of.partner);
  }
  if (of.agreement !== undefined) {
    query = query.where('settlement_claim.agreement', '=', of.agreement);
  }
  if (of.statementId !== undefined) {
    query = query.where('settlement_line.statement_id', '=', of.statementId);
  }
  if (of.free) {
    query = query.where('settlement_line.statement_id', 'is', null);
  }
  if (of.disputed) {
    query = query.where('settlement_line.state', 'in', ['disputed', 'contested']);
  }
  const rows = await (lock ? query.forUpdate('settlement_line') : query).execute();
  return rows.map((row) => lineOf(row, us));
}

/** A move with what is said beside it. */
export type Told = Move & { readonly note?: string | undefined; readonly judged?: JudgedLine | undefined };

/** Writes a line that has moved, and the move beside those before it. */
export async function writeMove(
  db: CoverDatabase,
  after: Line,
  move: Told,
  by: { readonly country: string; readonly at: Date; readonly knownTurn?: number },
): Promise<void> {
  const day = localDayOf(by.at, by.country);
  await db
    .updateTable('settlement_line')
    .set({
      // The time for settling a dispute runs from its first day, however often it goes back and forth.
      ...(move.state === 'disputed' && { disputed_on: sql<string>`coalesce(disputed_on, ${day}::date)` }),
      ...(move.judged && { judged: JSON.stringify(move.judged) }),
      state: after.state,
      turn: after.turn,
      amount_minor: after.amountMinor,
      reason: after.reason,
      note: move.note ?? null,
      ...(by.knownTurn !== undefined && { known_turn: by.knownTurn }),
    })
    .where('claim_id', '=', after.claimId)
    .where('line', '=', after.line)
    .execute();
  await db
    .insertInto('settlement_move')
    .values({
      claim_id: move.claimId,
      line: move.line,
      turn: move.turn,
      by_country: by.country,
      state: move.state,
      amount_minor: move.amountMinor,
      reason: move.reason,
      note: move.note ?? null,
      at: by.at,
    })
    .execute();
}

export function booksOf(options: OwnCoverOptions, agreement: Settling, partner: string): Books {
  const schemeId = agreement.settlement.funds[options.country];
  invariant(schemeId, 'an agreement with settlement names the fund of each party');
  return { schemeId, us: options.country, partner };
}

/**
 * Posts in the transaction of what is booked. A partner may answer when the month is closed here: then it counts for the
 * first day that is open. @throws RefusedError when the ledger refuses: then nothing of it stands.
 */
export async function post(tx: Transaction, bookings: readonly Booking[], at: Date): Promise<void> {
  const transfers = bookings.flatMap((each) => each.transfers);
  if (transfers.length === 0) {
    return;
  }
  const accounts = new Map(bookings.flatMap((each) => each.accounts).map((account) => [account.id, account]));
  const from = await openFrom(tx.sql, { days: transfers.map(({ valueDay }) => valueDay), at });
  const open = transfers.map((each) => (from && each.valueDay < from ? { ...each, valueDay: from } : each));
  const result = await postTransfers(tx.sql, open, at, [...accounts.values()]);
  if (!result.ok) {
    throw new RefusedError(result);
  }
}

/** Whose move a line waits for. */
export function turnOf(line: Pick<StoredLine, 'state' | 'side' | 'statement'>): 'ours' | 'theirs' | 'none' {
  const { by } = moves[line.state];
  if (by === undefined || line.statement) {
    return 'none';
  }
  return by === line.side ? 'ours' : 'theirs';
}

export { coverOf };
