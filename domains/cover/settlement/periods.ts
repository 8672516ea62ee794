import { addDays, addMonths, firstOfMonth } from '@serai/kernel/base/days.ts';
import { joined } from '../enrolment/periods.ts';

/**
 * Insured periods of several countries counted together (totalisation, DOMAIN E.2, E.3): a day insured in both counts
 * once, and which country it counts for is told.
 */

export interface InsuredPeriod {
  readonly country: string;
  readonly schemeId: string;
  readonly from: string;
  /** Last day. */
  readonly to: string;
}

export interface CountedPeriod {
  readonly country: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The periods that count, without a day twice: a country's own come first, another's where they do not overlap.
 * @param within nothing before or after counts.
 */
export function totalised(
  own: string,
  periods: readonly InsuredPeriod[],
  within?: { readonly from: string; readonly to: string },
): CountedPeriod[] {
  const countries = [own, ...new Set(periods.map((each) => each.country))].filter(
    (each, i, all) => all.indexOf(each) === i,
  );
  let taken: { from: string; to: string }[] = [];
  const counted: CountedPeriod[] = [];
  for (const country of countries) {
    const mine = joined(periods.filter((each) => each.country === country).map((each) => clipped(each, within)));
    for (const free of mine.flatMap((each) => without(each, taken))) {
      counted.push({ country, ...free });
    }
    taken = joined([...taken, ...mine]);
  }
  return counted.sort((a, b) => (a.from < b.from ? -1 : 1));
}

function clipped(period: Pick<InsuredPeriod, 'from' | 'to'>, within: { from: string; to: string } | undefined) {
  return {
    from: within && within.from > period.from ? within.from : period.from,
    to: within && within.to < period.to ? within.to : period.to,
  };
}

function without(
  period: { readonly from: string; readonly to: string },
  taken: readonly { readonly from: string; readonly to: string }[],
): { from: string; to: string }[] {
  let left = [{ from: period.from, to: period.to }];
  for (const each of taken) {
    left = left.flatMap((part) => {
      if (each.to < part.from || each.from > part.to) {
        return [part];
      }
      return [
        ...(part.from < each.from ? [{ from: part.from, to: addDays(each.from, -1) }] : []),
        ...(part.to > each.to ? [{ from: addDays(each.to, 1), to: part.to }] : []),
      ];
    });
  }
  return left;
}

/**
 * Calendar months with at least one insured day among the `within` months before `on`'s month, that month included: what
 * qualifying conditions count (3 months of contributions in the 15 before).
 */
export function monthsInsured(
  periods: readonly Pick<InsuredPeriod, 'from' | 'to'>[],
  on: string,
  within: number,
): number {
  const first = addMonths(firstOfMonth(on), 1 - within);
  let months = 0;
  for (let month = first; month <= on; month = addMonths(month, 1)) {
    const end = addDays(addMonths(month, 1), -1);
    months += periods.some((each) => each.from <= end && each.to >= month) ? 1 : 0;
  }
  return months;
}
