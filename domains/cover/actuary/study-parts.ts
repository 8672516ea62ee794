import type { Refusal } from '@serai/kernel/base/refusal.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { Assumption } from './api.ts';
import type { MonthSpan } from './experience.ts';
import { significant } from './figures.ts';
import type { Risk } from './risk.ts';
import { schemeOfSpan } from './scheme-of-span.ts';

/** What reports of studies have in common. */

export function schemeCheck(
  options: Pick<CoverOptions, 'schemes' | 'country' | 'clock'>,
  asked: MonthSpan & { readonly schemeId: string },
): Refusal | undefined {
  const found = schemeOfSpan(options, asked);
  return found.ok ? undefined : found;
}

export function riskAssumptions(risk: Risk): Assumption[] {
  const of = (id: string, value: number, from = 'data'): Assumption => ({ id, value: significant(value, 6), from });
  return [
    of('members', Math.round(risk.members)),
    of('memberYears', risk.memberYears),
    of('claimsPerMember', risk.claimsPerMember),
    of('severityMean', risk.severityMean),
    of('severitySd', risk.severitySd),
    of('premiumPerMember', risk.premiumPerMember),
    of('subsidyShare', risk.subsidyShare),
    of('expenseShare', risk.expenseShare, 'scheme'),
    of('marginShare', risk.marginShare, 'scheme'),
  ];
}

/** What the actuary set, in the order of its fields. */
export function termAssumptions(asked: Readonly<Record<string, unknown>>): Assumption[] {
  const known = new Set(['schemeId', 'from', 'to', 'seed']);
  return Object.entries(asked).flatMap(([id, value]) =>
    !known.has(id) && (typeof value === 'number' || (typeof value === 'string' && value !== ''))
      ? [{ id, value, from: 'asked' }]
      : [],
  );
}
