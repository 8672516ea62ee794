import { minorDigits } from '@serai/kernel/base/money.ts';
import { empirical } from '@serai/kernel/models/actuarial/splicing.ts';
import type { Distribution } from '@serai/kernel/models/numeric/distributions.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { allowedShareOf, type Experience, monthRows } from './desk.ts';

/** What studies take from a scheme's experience. Rates are for a member-year, amounts in the scheme's currency. */
export interface Risk {
  readonly currency: string;
  readonly memberYears: number;
  /** Members at the end of the span. */
  readonly members: number;
  readonly claims: number;
  /** Of the claims, those that were judged. */
  readonly judged: number;
  readonly claimsPerMember: number;
  readonly severityMean: number;
  readonly severitySd: number;
  readonly premiumPerMember: number;
  /** Share of contributions that governments and donors bring. */
  readonly subsidyShare: number;
  readonly expenseShare: number;
  readonly marginShare: number;
}

/**
 * Claims a member-year, mean and standard deviation of a claim, and earned contribution, from what happened. Claims still to
 * come are added by `unreported`: the ultimate over the reported.
 */
export function riskOf(
  experience: Experience,
  scheme: Scheme,
  subsidyShare: number,
  unreported: number,
): Risk | undefined {
  const months = monthRows(experience, allowedShareOf(experience.claims));
  const memberYears = months.reduce((sum, row) => sum + row.memberMonths, 0) / 12;
  const judged = experience.claims.reduce((sum, row) => sum + row.claims - row.entered, 0);
  const claims = experience.claims.reduce((sum, row) => sum + row.claims, 0);
  const amount = experience.claims.reduce((sum, row) => sum + row.amount, 0);
  const squares = experience.claims.reduce((sum, row) => sum + row.squares, 0);
  if (!(memberYears > 0) || judged < 2 || !(amount > 0)) {
    return undefined;
  }
  const mean = amount / judged;
  return {
    currency: experience.currency,
    memberYears,
    members: months.at(-1)!.memberMonths,
    claims,
    judged,
    claimsPerMember: (claims * unreported) / memberYears,
    severityMean: mean,
    severitySd: Math.sqrt(Math.max(0, squares / judged - mean * mean)),
    premiumPerMember: months.reduce((sum, row) => sum + Number(row.earned), 0) / memberYears,
    subsidyShare,
    expenseShare: (scheme.assumptions?.expensePercent ?? 15) / 100,
    marginShare: (scheme.assumptions?.marginPercent ?? 5) / 100,
  };
}

/** The amounts themselves as a distribution. */
export function severityOf(minor: readonly number[], currency: string): Distribution {
  const unit = 10 ** minorDigits(currency);
  return empirical(minor.map((amount) => amount / unit));
}
