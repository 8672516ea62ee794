import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { Selectable } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { VoucherProgramme } from './programme.ts';
import { moveOf } from './settle.store.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import { lockVouchers, moveVouchers, type VoucherRow } from './vouchers.store.ts';
import type { RedemptionOutcome, VoucherTables } from './vouchers.tables.ts';

/** Deciding what was taken twice, contested by its holder, or held as suspicious. */

export type Decision = 'stands' | 'other-stands' | 'neither';
type DisputeRow = Selectable<VoucherTables['voucher_dispute']>;

export async function decideDispute(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: { readonly disputeId: string; readonly decision: Decision; readonly note: string; readonly actor: string },
): Promise<Result<{ disputeId: string; decision: Decision }, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const dispute = await db
    .selectFrom('voucher_dispute')
    .selectAll()
    .where('dispute_id', '=', input.disputeId)
    .where('programme_id', '=', programme.id)
    .forUpdate()
    .executeTakeFirst();
  if (!dispute) {
    return refuse('vouchers.unknown');
  }
  if (dispute.state === 'closed') {
    return refuse('vouchers.dispute-closed');
  }
  const [voucher] = await lockVouchers(db, [dispute.voucher_id]);
  const refused =
    dispute.kind === 'double'
      ? await decideDouble(tx, options, programme, { dispute, voucher: voucher!, ...input })
      : await decideContested(tx, options, programme, { dispute, voucher: voucher!, ...input });
  if (refused) {
    return refused;
  }
  await db
    .updateTable('voucher_dispute')
    .set({
      state: 'closed',
      decision: input.decision,
      decided_by: input.actor,
      decided: options.clock(),
      note: input.note,
    })
    .where('dispute_id', '=', input.disputeId)
    .execute();
  return ok({ disputeId: input.disputeId, decision: input.decision });
}

interface Deciding {
  readonly dispute: DisputeRow;
  readonly voucher: VoucherRow;
  readonly decision: Decision;
  readonly actor: string;
}

async function decideDouble(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  { dispute, voucher, decision, actor }: Deciding,
) {
  const db = coverOf(tx);
  const unpaid = voucher.state === 'redeemed' || voucher.state === 'validated';
  if (decision !== 'stands' && !unpaid) {
    return refuse('vouchers.not-possible' as const, { state: voucher.state });
  }
  const rejected = decision === 'stands' ? [dispute.other_id] : [dispute.accepted_id];
  if (decision === 'neither') {
    rejected.push(dispute.other_id);
    const move = moveOf(options, actor, ['double']);
    for (const what of ['dispute', 'reject'] as const) {
      const [now] = await lockVouchers(db, [voucher.voucher_id]);
      const moved = await moveVouchers(tx, programme, [now!], what, move);
      if (!moved.ok) {
        return moved;
      }
    }
  }
  for (const id of rejected) {
    await setOutcome(db, id, 'rejected');
  }
  if (decision === 'other-stands') {
    await setOutcome(db, dispute.other_id, 'accepted');
  }
  return undefined;
}

async function setOutcome(db: CoverDatabase, id: string | null, outcome: RedemptionOutcome): Promise<void> {
  await db
    .updateTable('voucher_redemption')
    .set({ outcome })
    .where('redemption_id', '=', id ?? '')
    .execute();
}

async function decideContested(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  { dispute, voucher, decision, actor }: Deciding,
) {
  if (decision === 'other-stands') {
    return refuse('vouchers.not-possible' as const);
  }
  const what = decision === 'stands' ? 'release' : 'reject';
  const moved = await moveVouchers(tx, programme, [voucher], what, moveOf(options, actor, ['contested']));
  if (!moved.ok) {
    return moved;
  }
  if (decision === 'neither') {
    await setOutcome(coverOf(tx), dispute.accepted_id, 'rejected');
  }
  return undefined;
}

/** Lets a held voucher go on, or rejects it: then nothing is owed for it any more. */
export async function decideHold(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: {
    readonly voucherId: string;
    readonly decision: 'release' | 'reject';
    readonly note: string;
    readonly actor: string;
  },
): Promise<Result<{ voucherId: string }, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const [voucher] = await lockVouchers(db, [input.voucherId]);
  if (voucher?.programme_id !== programme.id) {
    return refuse('vouchers.unknown');
  }
  if (voucher.state !== 'fraud-hold') {
    return refuse('vouchers.not-possible', { state: voucher.state });
  }
  const moved = await moveVouchers(
    tx,
    programme,
    [voucher],
    input.decision,
    moveOf(options, input.actor, [input.note]),
  );
  if (!moved.ok) {
    return moved;
  }
  if (input.decision === 'reject') {
    await db
      .updateTable('voucher_redemption')
      .set({ outcome: 'rejected' })
      .where('voucher_id', '=', input.voucherId)
      .where('outcome', '=', 'accepted')
      .execute();
  }
  return ok({ voucherId: input.voucherId });
}
