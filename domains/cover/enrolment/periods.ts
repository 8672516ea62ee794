import { addDays, type Day, daysBetween, daysInMonth } from '@serai/kernel/base/days.ts';

/** Periods of cover or contribution, pure: joined where they meet or overlap, so that no day counts twice. */

export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** Periods in order, joined where one begins no later than the day after another ends. */
export function joined(periods: readonly Period[]): Period[] {
  const inOrder = periods.filter(({ from, to }) => from <= to).sort((a, b) => (a.from < b.from ? -1 : 1));
  const out: Period[] = [];
  for (const period of inOrder) {
    const last = out.at(-1);
    if (last && period.from <= addDays(last.to, 1)) {
      out[out.length - 1] = { from: last.from, to: last.to > period.to ? last.to : period.to };
    } else {
      out.push(period);
    }
  }
  return out;
}

/** Days of periods that do not overlap. */
export function daysOf(periods: readonly Period[]): number {
  return periods.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0);
}

/**
 * Months of a period: whole calendar months, and what is left over as a share of its month; rounded down in all.
 * A period of 15 January to 14 February is one month, as social security counts.
 */
export function monthsOf(periods: readonly Period[]): number {
  const months = periods.reduce((sum, { from, to }) => sum + spanInMonths(from, addDays(to, 1)), 0);
  // Shares of months are added as decimals; a millionth is no day.
  return Math.floor(months + 1e-6);
}

function spanInMonths(from: Day, after: Day): number {
  const [y, m, d] = from.split('-').map(Number) as [number, number, number];
  const [y2, m2, d2] = after.split('-').map(Number) as [number, number, number];
  return (y2 - y) * 12 + (m2 - m) + (d2 - 1) / daysInMonth(y2, m2) - (d - 1) / daysInMonth(y, m);
}
