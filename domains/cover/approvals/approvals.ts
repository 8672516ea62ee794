import { type Money, money, parseMoney } from '@serai/kernel/base/money.ts';
import { z } from 'zod';

/**
 * From what an act with money takes two people, and who they are: one proposes, another does it. As data of the country
 * (`countries/<cc>/approvals.json`); what judges claims has its own amount (`claims/four-eyes.ts`), of the scheme's pricing.
 */

export const approvalKinds = ['refund', 'reversal', 'write-off', 'waive', 'appeal'] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

const amount = z.string().regex(/^\d{1,15}(\.\d{1,3})?$/, 'must be a decimal amount like "20000.00"');

export const approvalRulesSchema = z.strictObject({
  $comment: z.string(),
  country: z.string().regex(/^[A-Z]{2}$/),
  /** Who says so, and how sure it is, as schemes mark theirs. */
  source: z.strictObject({ what: z.string(), from: z.string(), at: z.string(), mark: z.enum(['V', 'M', 'S', 'P']) }),
  waitsDays: z.int().min(1).max(365),
  from: z
    .array(z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/), moneyBack: amount, writeOff: amount }))
    .refine((rows) => new Set(rows.map((row) => row.currency)).size === rows.length, 'must name each currency once'),
});
export type ApprovalRules = z.output<typeof approvalRulesSchema>;

/** Where a country says nothing: the same as for claims whose scheme assumes nothing. */
export const plainRules: Pick<ApprovalRules, 'waitsDays' | 'from'> = { waitsDays: 14, from: [] };
const plainUnits = '10000';

/** From what on an act of a kind takes two people, in a currency. */
export function twoPeopleFrom(
  rules: Pick<ApprovalRules, 'from'>,
  kind: Exclude<ApprovalKind, 'appeal'>,
  currency: string,
): Money {
  const row = rules.from.find((each) => each.currency === currency);
  const said = kind === 'refund' || kind === 'reversal' ? row?.moneyBack : row?.writeOff;
  return parseMoney(said ?? plainUnits, currency) ?? money(0n, currency);
}

/** Whose a proposal is to make and to decide, of the payers. */
export const rolesOfKind: Readonly<Record<ApprovalKind, readonly string[]>> = {
  refund: ['enrolment-officer', 'fund-manager'],
  reversal: ['enrolment-officer', 'fund-manager'],
  'write-off': ['enrolment-officer', 'fund-manager'],
  waive: ['enrolment-officer', 'fund-manager'],
  appeal: ['claims-officer', 'fund-manager'],
};
