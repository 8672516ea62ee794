import { daysBetween } from '@serai/kernel/base/days.ts';
import { divideRounded, ratioOf } from '@serai/kernel/base/money.ts';

/** Where a statement stands, which of two stands, and what it costs to be late. */

/**
 * Simple interest of a day count of 365, from the day after `dueBy` to `until`, rounded once.
 * @returns minor units; 0 while nothing is late, or where the agreement has no interest.
 */
export function interestMinor(payableMinor: bigint, percentYear: number | null, dueBy: string, until: string): bigint {
  const late = daysBetween(dueBy, until);
  if (percentYear === null || late <= 0 || payableMinor <= 0n) {
    return 0n;
  }
  const { numerator, denominator } = ratioOf(percentYear);
  return divideRounded(payableMinor * numerator * BigInt(late), denominator * 36_500n);
}

export const statementStates = ['proposed', 'differs', 'superseded', 'signed', 'paid', 'settled'] as const;
export type StatementState = (typeof statementStates)[number];

/** Where a statement can go. `signed` bears both signatures; `paid` is the payer's word, `settled` the receiver's. */
export const statementMoves: Readonly<Record<StatementState, readonly StatementState[]>> = {
  proposed: ['signed', 'differs', 'superseded'],
  signed: ['paid', 'settled'],
  paid: ['settled'],
  differs: [],
  superseded: [],
  settled: [],
};

export type Encounter = 'look' | 'ignore' | 'give-way' | 'later';

/**
 * A partner's statement meets our own of the same period. A statement is a promise until it is answered, so it is decided
 * without asking which of two stands: of one round, that of the country first in the alphabet.
 *
 * @param own rounds of statements we drew up for the period: the highest, and whether it is still unanswered.
 * @returns `give-way`: ours is superseded, and the other cannot sign it any more, because its own is of that round.
 *   `later`: the other has seen ours, so its answer is on the way.
 */
export function meets(
  theirs: { readonly round: number; readonly partner: string },
  own: { readonly us: string; readonly round: number; readonly open: boolean },
): Encounter {
  if (theirs.round > own.round) {
    return own.open ? 'later' : 'look';
  }
  const oursStands = theirs.round < own.round || own.us < theirs.partner;
  if (oursStands) {
    return 'ignore';
  }
  return own.open ? 'give-way' : 'look';
}
