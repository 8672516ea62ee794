import { notFound, OperationOutcomeError } from '@medplum/core';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type Selectable, sql } from 'kysely';
import { type CoverOptions, type CoverThing, coverOf, requireCover } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { type FundEvent, postEvents } from '../fund/postings.ts';
import { localDay } from '../local-day.ts';
import { type Desk, sitsAt } from './desks.ts';
import type { VoucherProgramme } from './programme.ts';
import { type Acted, act, type VoucherAct } from './voucher.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import type { VoucherTables } from './vouchers.tables.ts';

/** What every part of the voucher desk does to its tables. */

export type VoucherRow = Selectable<VoucherTables['voucher']>;
export type HolderRow = Selectable<VoucherTables['voucher_holder']>;
export type BookletRow = Selectable<VoucherTables['voucher_booklet']>;
export type RedemptionRow = Selectable<VoucherTables['voucher_redemption']>;
export type DeviceRow = Selectable<VoucherTables['voucher_device']>;

/**
 * Lets whoever asks sit at a desk, or is not found.
 * @throws OperationOutcomeError not found, when refused.
 */
export async function requireDesk(store: RequestStore, desk: Desk): Promise<void> {
  const thing: CoverThing = desk === 'pay' ? 'PaymentReconciliation' : 'Coverage';
  await requireCover(store, desk === 'look' ? 'read' : 'create', thing);
  if (!sitsAt(store.context.actor, desk)) {
    throw new OperationOutcomeError(notFound);
  }
}

/** A programme of this node's own country. */
export function ownProgramme(options: CoverOptions, id: string): Result<VoucherProgramme, VouchersRefusalCode> {
  const programme = options.vouchers.programmes.find((each) => each.id === id && each.country === options.country);
  return programme ? ok(programme) : refuse('vouchers.unknown-programme');
}

export function today(options: Pick<CoverOptions, 'country' | 'clock'>): string {
  return localDay(options);
}

export interface Move {
  readonly actor: string;
  readonly at: Date;
  /** The day the ledger counts it for. */
  readonly day: string;
  readonly reasons?: readonly string[];
}

/**
 * Does one act to many vouchers, all or none: states, their history and the ledger together. The rows must be locked.
 * @returns how many moved, or why the first could not.
 */
export async function moveVouchers(
  tx: Transaction,
  programme: VoucherProgramme,
  vouchers: readonly VoucherRow[],
  what: VoucherAct,
  move: Move,
): Promise<Result<{ moved: number }, VouchersRefusalCode>> {
  const acted: { voucher: VoucherRow; done: Acted }[] = [];
  for (const voucher of vouchers) {
    const done = act(standingOf(voucher), what);
    if (!done.ok) {
      return done;
    }
    acted.push({ voucher, done: done.value });
  }
  if (acted.length > 0) {
    await writeMoves(coverOf(tx), acted, what, move);
    await postEvents(
      tx,
      acted.flatMap(({ voucher, done }) => postingsOf(programme, voucher, done, move.day)),
      move.at,
    );
  }
  return ok({ moved: acted.length });
}

export function standingOf(voucher: Pick<VoucherRow, 'state' | 'held_from'>) {
  return { state: voucher.state, ...(voucher.held_from && { heldFrom: voucher.held_from }) };
}

function postingsOf(programme: VoucherProgramme, voucher: VoucherRow, done: Acted, day: string): FundEvent[] {
  return done.posting
    ? [
        {
          event: done.posting,
          id: voucher.voucher_id,
          schemeId: programme.schemeId,
          amount: { minor: BigInt(voucher.value_minor), currency: voucher.currency },
          day,
          reference: `voucher:${voucher.voucher_id}`,
        },
      ]
    : [];
}

async function writeMoves(
  db: CoverDatabase,
  acted: readonly { voucher: VoucherRow; done: Acted }[],
  what: VoucherAct,
  move: Move,
): Promise<void> {
  const ids = acted.map(({ voucher }) => voucher.voucher_id);
  const from = acted.map(({ voucher }) => voucher.state);
  const to = acted.map(({ done }) => done.to.state);
  const heldFrom = acted.map(({ done }) => done.to.heldFrom ?? null);
  const reasons = [...(move.reasons ?? [])];
  await sql`
    update voucher set state = moved.state_to, held_from = moved.held_from,
      hold_reasons = case when ${what === 'hold' || what === 'dispute'} then ${reasons}::text[] else '{}' end,
      issued_on = case when ${what} = 'issue' then ${move.day}::date else issued_on end,
      validated_on = case when ${what} = 'validate' then ${move.day}::date else validated_on end,
      paid_on = case when ${what} = 'pay' then ${move.day}::date else paid_on end
    from unnest(${ids}::text[], ${to}::text[], ${heldFrom}::text[]) as moved (voucher_id, state_to, held_from)
    where voucher.voucher_id = moved.voucher_id`.execute(db);
  await sql`
    insert into voucher_event (voucher_id, number, at, actor, act, state_from, state_to, reasons)
    select moved.voucher_id,
      (select coalesce(max(number), 0) + 1 from voucher_event before where before.voucher_id = moved.voucher_id),
      ${move.at.toISOString()}::timestamptz, ${move.actor}, ${what}, moved.state_from, moved.state_to, ${reasons}::text[]
    from unnest(${ids}::text[], ${from}::text[], ${to}::text[]) as moved (voucher_id, state_from, state_to)`.execute(
    db,
  );
}

/** Vouchers by id, locked in one order so that two such calls never wait for each other. */
export function lockVouchers(db: CoverDatabase, ids: readonly string[]): Promise<VoucherRow[]> {
  return db
    .selectFrom('voucher')
    .selectAll()
    .where(sql<boolean>`voucher_id = any(${[...ids]}::text[])`)
    .orderBy('voucher_id')
    .forUpdate()
    .execute();
}
