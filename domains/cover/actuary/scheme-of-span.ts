import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { CoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { lastDayOf, type MonthSpan, monthsBetween } from './experience.ts';

/** The scheme's version at the end of a span that is whole and over. */
export function schemeOfSpan(
  options: Pick<CoverOptions, 'schemes' | 'country' | 'clock'>,
  { schemeId, from, to }: MonthSpan & { readonly schemeId: string },
): Result<Scheme> {
  const known = options.schemes.findLast((scheme) => scheme.id === schemeId);
  if (!known) {
    return refuse('actuary.scheme-unknown', undefined, 'schemeId');
  }
  if (to < from) {
    return refuse('actuary.months-reversed', undefined, 'to');
  }
  if (monthsBetween(from, to) >= 120) {
    return refuse('actuary.span-too-long', undefined, 'from');
  }
  if (lastDayOf(to) >= localDay(options)) {
    return refuse('actuary.month-not-over', undefined, 'to');
  }
  return ok(schemeAt(options.schemes, schemeId, lastDayOf(to)) ?? known);
}
