import { addMonths } from '@serai/kernel/base/days.ts';
import type { SettlementTerms } from '@serai/policy/agreement-cover.ts';
import type { LineState, Side } from './lines.ts';

/**
 * A dispute has an end: so many months after the day a line was first disputed, what the agreement says becomes of it does.
 * Each country makes only the moves that are its own to make, so that two nodes whose days differ still agree.
 */

export type DisputeTerms = SettlementTerms['dispute'];

/** The last day on which a line first disputed on a day may still be agreed. */
export function disputeDeadline(terms: DisputeTerms, disputedOn: string): string {
  return addMonths(disputedOn, terms.settleMonths);
}

/** What a line whose time is over comes to, as far as it is this side's move; `refer`: it goes before the body. */
export type Consequence = Extract<LineState, 'accepted' | 'withdrawn' | 'contested' | 'disputed'> | 'refer';

/**
 * @param side whose node asks: only a disputed line is the creditor's to move, only a contested one the debtor's.
 * @returns undefined where it is the other's move.
 */
export function consequenceOf(
  after: DisputeTerms['after'],
  state: Extract<LineState, 'disputed' | 'contested'>,
  side: Side,
): Consequence | undefined {
  if (after === 'body') {
    return 'refer';
  }
  if ((state === 'disputed') !== (side === 'creditor')) {
    return undefined;
  }
  switch (after) {
    case 'lapses':
      // What the debtor has still to answer it refuses once more; then the creditor's claim lapses.
      return state === 'disputed' ? 'withdrawn' : 'disputed';
    case 'owed':
      return state === 'disputed' ? 'contested' : 'accepted';
    case 'against-silence':
      return state === 'disputed' ? 'withdrawn' : 'accepted';
  }
}

/** The reason of a move that nobody made but the time that was over. */
export const timeOver = 'dispute-over';
