import { type MoneyText, money, moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { Act, Weighed } from '../approvals/approvals.store.ts';
import { type AppealDecision, type Corrections, decidable, decideAppeal } from './appeals.store.ts';
import type { ClaimRow } from './claims.store.ts';
import { fourEyesFrom } from './four-eyes.ts';
import type { LineDecision } from './review.store.ts';
import type { ClaimsOptions } from './submit.store.ts';

/** An appeal's decision as it waits: amounts as text. */
interface AppealInput {
  readonly appealId: string;
  readonly grant: boolean;
  readonly text: string;
  readonly lines: readonly (Omit<LineDecision, 'amount'> & { readonly amount?: MoneyText | undefined })[];
  readonly corrections: Corrections;
}

export function appealInput(appealId: string, { lines, ...decision }: AppealDecision): AppealInput {
  const said = lines.map(({ amount, ...line }) => ({ ...line, ...(amount && { amount: moneyText(amount) }) }));
  return { appealId, ...decision, lines: said };
}

function decisionOf({ grant, text, lines, corrections }: AppealInput): AppealDecision {
  const read = lines.map(({ amount, ...line }) => ({
    ...line,
    ...(amount && { amount: parseMoney(amount.amount, amount.currency)! }),
  }));
  return { grant, text, lines: read, corrections };
}

/** Granting the appeal of a claim of high value takes two people, as its review does; upholding what was judged does not. */
export const appealAct: Act<AppealInput, { claimId: string; runAfter?: number }> = {
  kind: 'appeal',
  weigh: async (tx, options, input, by): Promise<Result<Weighed> | undefined> => {
    const found = await decidable(tx, input.appealId, decisionOf(input), by);
    if (!found?.ok) {
      return found;
    }
    const { claim, claimed } = found.value;
    return ok({
      schemeId: claim.schemeId,
      amounts: [money(claimed, claim.currency)],
      takesTwo: input.grant && isHigh(options, found.value),
    });
  },
  perform: (tx, options, input, by) => decideAppeal(tx, options, input.appealId, decisionOf(input), by),
};

/** By what was claimed: granted, it may be paid whole. In another currency by what it came to; where it came to nothing, high. */
function isHigh(
  options: Pick<ClaimsOptions, 'schemes'>,
  { claim, claimed, outstanding, paysCurrency }: ClaimRow,
): boolean {
  const from = fourEyesFrom(options.schemes, claim.schemeId, paysCurrency).minor;
  return claim.currency === paysCurrency ? claimed >= from : outstanding === 0n || outstanding >= from;
}
