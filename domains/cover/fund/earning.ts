import { dayNumber, daysInMonth } from '@serai/kernel/base/days.ts';
import { allocateMoney, type Money } from '@serai/kernel/base/money.ts';

/** Contributions are earned by the day: what is paid for a year of cover is not the fund's own on its first day. */
export interface Earning {
  /** First and last day of cover. */
  readonly from: string;
  readonly to: string;
  /** The contribution for all of it: what was issued, less what was taken back. */
  readonly contribution: Money;
}

/**
 * What of a contribution is earned by the end of a month, in minor units: its days of cover over all days, rounded so that
 * the months add up to the contribution exactly.
 *
 * @param month its last day.
 */
export function earnedBy({ from, to, contribution }: Earning, month: string): bigint {
  if (month < from && from <= to) {
    return 0n;
  }
  if (month >= to || to < from) {
    return contribution.minor;
  }
  const months = daysByMonth(from, to);
  const parts = allocateMoney(
    contribution,
    months.map(({ days }) => BigInt(days)),
  );
  return parts.reduce((sum, part, i) => (months[i]!.last <= month ? sum + part.minor : sum), 0n);
}

/** Days of cover in each month, the month named by its last day of the calendar. */
export function daysByMonth(from: string, to: string): { readonly last: string; readonly days: number }[] {
  const months: { last: string; days: number }[] = [];
  for (let first = from; first <= to; ) {
    const last = lastOfMonth(first);
    const end = last < to ? last : to;
    months.push({ last, days: dayNumber(end) - dayNumber(first) + 1 });
    first = nextMonth(first);
  }
  return months;
}

/** The last day of the month a day is in. */
export function lastOfMonth(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return `${day.slice(0, 8)}${String(daysInMonth(year, month)).padStart(2, '0')}`;
}

function nextMonth(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${String(next[0]).padStart(4, '0')}-${String(next[1]).padStart(2, '0')}-01`;
}
