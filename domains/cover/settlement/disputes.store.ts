import { RefusedError } from '@serai/store/faults.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { coverAgreements, type Settling } from './agreed.ts';
import { consequenceOf, disputeDeadline, timeOver } from './disputes.ts';
import { moveAll } from './moves.store.ts';
import { readLines, type StoredLine } from './rows.store.ts';

/**
 * Disputes whose time is over, with a partner: what their agreement says becomes of them, with evidence of each.
 * @returns how many lines it was done to.
 */
export async function endDisputes(options: OwnCoverOptions, tx: Transaction, partner: string): Promise<number> {
  const today = localDay(options);
  let ended = 0;
  for (const agreement of coverAgreements(options.agreements, options.country, partner)) {
    const lines = await readLines(
      coverOf(tx),
      options.country,
      { partner, agreement: agreement.id, free: true, disputed: true },
      true,
    );
    const over = lines.filter((line) => disputeDeadline(agreement.settlement.dispute, line.row.disputed_on!) < today);
    ended += await endThese(options, tx, agreement, over);
  }
  return ended;
}

async function endThese(
  options: OwnCoverOptions,
  tx: Transaction,
  agreement: Settling,
  over: readonly StoredLine[],
): Promise<number> {
  const { after, body } = agreement.settlement.dispute;
  const due = over.flatMap((line) => {
    const state = consequenceOf(after, line.state as 'disputed' | 'contested', line.side);
    return state ? [{ line, state }] : [];
  });
  const referred = due.filter(({ line, state }) => state === 'refer' && line.row.referred_on === null);
  const moving = due.filter(({ state }) => state !== 'refer');
  for (const { line } of referred) {
    await coverOf(tx)
      .updateTable('settlement_line')
      .set({ referred_on: localDay(options) })
      .where('claim_id', '=', line.claimId)
      .where('line', '=', line.line)
      .execute();
  }
  const moves = moving.map(({ line, state }) => ({
    line,
    move: { claimId: line.claimId, line: line.line, state: state as StoredLine['state'], reason: timeOver },
  }));
  const moved = await moveAll(options, tx, 'node', moves);
  if (!moved.ok) {
    throw new RefusedError(moved);
  }
  const done = [...referred, ...moving];
  if (done.length > 0) {
    await tx.evidence.append({
      kind: 'privileged',
      public: {
        action: 'settlement-dispute-over',
        class: 'payer',
        clause: `${agreement.id}#${agreement.settlement.clause}`,
        consequence: after,
        ...(after === 'body' && { body }),
        lines: done.length,
      },
      sealed: { lines: done.map(({ line, state }) => `${line.claimId}/${line.line} ${state}`) },
    });
  }
  return done.length;
}
