import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { VoucherProgramme } from './programme.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import { lockVouchers, type Move, moveVouchers, today } from './vouchers.store.ts';

/** After the redemption: validation in the township, telephone calls, payment in batches. */

export function moveOf(
  options: Pick<CoverOptions, 'country' | 'clock'>,
  actor: string,
  reasons?: readonly string[],
): Move {
  return { actor, at: options.clock(), day: today(options), ...(reasons && { reasons }) };
}

export interface VoucherAnswer {
  readonly voucherId: string;
  readonly refused?: VouchersRefusalCode;
}

/** Validates redeemed vouchers, each for itself: what was drawn for a call, or is in dispute, waits. */
export async function validateVouchers(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  voucherIds: readonly string[],
  actor: string,
): Promise<VoucherAnswer[]> {
  const db = coverOf(tx);
  const vouchers = (await lockVouchers(db, voucherIds)).filter((each) => each.programme_id === programme.id);
  const { rows: waiting } = await sql<{ voucher_id: string; disputed: boolean }>`
    select voucher_id, true as disputed from voucher_dispute
      where state = 'open' and voucher_id = any(${[...voucherIds]}::text[])
    union all
    select voucher_id, false from voucher_redemption
      where outcome = 'accepted' and sampled and called_on is null
        and voucher_id = any(${[...voucherIds]}::text[])`.execute(db);
  const answers: VoucherAnswer[] = [];
  for (const voucherId of voucherIds) {
    const voucher = vouchers.find((each) => each.voucher_id === voucherId);
    const stopped = waiting.find((each) => each.voucher_id === voucherId);
    const refused = !voucher
      ? 'vouchers.unknown'
      : stopped
        ? stopped.disputed
          ? 'vouchers.dispute-open'
          : 'vouchers.call-first'
        : undefined;
    const moved = refused
      ? refuse(refused)
      : await moveVouchers(tx, programme, [voucher!], 'validate', moveOf(options, actor));
    answers.push({ voucherId, ...(!moved.ok && { refused: moved.code as VouchersRefusalCode }) });
  }
  return answers;
}

/** Keeps what a holder said on the telephone; what she does not confirm goes to dispute. */
export async function recordCall(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: {
    readonly redemptionId: string;
    readonly confirmed: boolean;
    readonly satisfaction?: number | undefined;
    readonly actor: string;
  },
): Promise<Result<{ disputeId?: string }, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const redemption = await db
    .selectFrom('voucher_redemption')
    .selectAll()
    .where('redemption_id', '=', input.redemptionId)
    .where('programme_id', '=', programme.id)
    .where('outcome', '=', 'accepted')
    .forUpdate()
    .executeTakeFirst();
  if (!redemption) {
    return refuse('vouchers.unknown');
  }
  if (!redemption.sampled || redemption.called_on) {
    return refuse('vouchers.not-possible');
  }
  const [voucher] = await lockVouchers(db, [redemption.voucher_id]);
  let disputeId: string | undefined;
  if (!input.confirmed) {
    const moved = await moveVouchers(
      tx,
      programme,
      [voucher!],
      'dispute',
      moveOf(options, input.actor, ['not-confirmed']),
    );
    if (!moved.ok) {
      return moved;
    }
    disputeId = options.newId();
    await db
      .insertInto('voucher_dispute')
      .values({
        dispute_id: disputeId,
        programme_id: programme.id,
        voucher_id: redemption.voucher_id,
        kind: 'contested',
        accepted_id: redemption.redemption_id,
        opened: options.clock(),
        because: 'not-confirmed',
        state: 'open',
      })
      .execute();
  }
  await db
    .updateTable('voucher_redemption')
    .set({ called_on: today(options), confirmed: input.confirmed, satisfaction: input.satisfaction ?? null })
    .where('redemption_id', '=', input.redemptionId)
    .execute();
  return ok({ ...(disputeId && { disputeId }) });
}

export interface BatchView {
  readonly batchId: string;
  readonly state: 'proposed' | 'paid' | 'cancelled';
  readonly vouchers: number;
  readonly amount: Money;
  readonly upTo: string;
  readonly byProvider: readonly { readonly provider: string; readonly vouchers: number; readonly amount: Money }[];
}

/** Proposes to pay every validated voucher up to a day; nothing moves until a second person approves. */
export async function proposeBatch(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: { readonly upTo: string; readonly actor: string },
): Promise<Result<BatchView, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const batchId = options.newId();
  const { rows } = await sql<{ voucher_id: string }>`
    update voucher set batch_id = ${batchId} where voucher_id in (
      select voucher_id from voucher where programme_id = ${programme.id} and state = 'validated'
        and validated_on <= ${input.upTo}::date and batch_id is null order by voucher_id for update)
    returning voucher_id`.execute(db);
  if (rows.length === 0) {
    return refuse('vouchers.nothing-to-pay');
  }
  const byProvider = await providersOf(tx, programme, batchId);
  const total = byProvider.reduce((sum, each) => sum + each.amount.minor, 0n);
  await db
    .insertInto('voucher_batch')
    .values({
      batch_id: batchId,
      programme_id: programme.id,
      up_to: input.upTo,
      currency: programme.currency,
      state: 'proposed',
      vouchers: rows.length,
      amount_minor: total,
      made_by: input.actor,
      created: options.clock(),
    })
    .execute();
  const amount = money(total, programme.currency);
  return ok({ batchId, state: 'proposed', vouchers: rows.length, amount, upTo: input.upTo, byProvider });
}

export async function providersOf(
  tx: Pick<Transaction, 'sql'>,
  programme: VoucherProgramme,
  batchId: string,
): Promise<BatchView['byProvider']> {
  const { rows } = await sql<{ provider: string; vouchers: number; amount: string }>`
    select redemption.provider, count(*)::int as vouchers, sum(voucher.value_minor)::text as amount
    from voucher join voucher_redemption redemption
      on redemption.voucher_id = voucher.voucher_id and redemption.outcome = 'accepted'
    where voucher.batch_id = ${batchId} group by redemption.provider order by redemption.provider`.execute(tx.sql);
  return rows.map((row) => ({
    provider: row.provider,
    vouchers: row.vouchers,
    amount: money(BigInt(row.amount), programme.currency),
  }));
}

/** Pays or drops a proposed batch. Whoever proposed it does not approve it; what was held since falls out of it. */
export async function decideBatch(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: { readonly batchId: string; readonly decision: 'pay' | 'cancel'; readonly actor: string },
): Promise<Result<BatchView, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const batch = await db
    .selectFrom('voucher_batch')
    .selectAll()
    .where('batch_id', '=', input.batchId)
    .where('programme_id', '=', programme.id)
    .forUpdate()
    .executeTakeFirst();
  if (batch?.state !== 'proposed') {
    return refuse('vouchers.not-possible');
  }
  const pays = input.decision === 'pay';
  if (pays && batch.made_by === input.actor) {
    return refuse('vouchers.own-batch');
  }
  const ids = await db.selectFrom('voucher').select('voucher_id').where('batch_id', '=', input.batchId).execute();
  const locked = await lockVouchers(
    db,
    ids.map((each) => each.voucher_id),
  );
  const payable = pays ? locked.filter((each) => each.state === 'validated') : [];
  const leaving = locked.filter((each) => !payable.includes(each)).map((each) => each.voucher_id);
  await sql`update voucher set batch_id = null where voucher_id = any(${leaving}::text[])`.execute(db);
  if (pays) {
    const moved = await moveVouchers(tx, programme, payable, 'pay', moveOf(options, input.actor));
    if (!moved.ok) {
      return moved;
    }
  }
  const byProvider = await providersOf(tx, programme, input.batchId);
  const total = byProvider.reduce((sum, each) => sum + each.amount.minor, 0n);
  const state = pays ? 'paid' : 'cancelled';
  await db
    .updateTable('voucher_batch')
    .set({
      state,
      vouchers: payable.length,
      amount_minor: total,
      approved_by: input.actor,
      ...(pays && { paid_on: today(options) }),
    })
    .where('batch_id', '=', input.batchId)
    .execute();
  const amount = money(total, programme.currency);
  return ok({ batchId: input.batchId, state, vouchers: payable.length, amount, upTo: batch.up_to, byProvider });
}
