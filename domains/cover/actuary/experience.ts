import { addDays, addMonths, type Day } from '@serai/kernel/base/days.ts';

/** What happened in a scheme, by month: the shapes the store reads and the desk reckons with. */

/** Whole months, `2025-11` to `2026-10`. */
export interface MonthSpan {
  readonly from: string;
  readonly to: string;
}

export const firstDay = (month: string): Day => `${month}-01`;
export const lastDayOf = (month: string): Day => addDays(addMonths(firstDay(month), 1), -1);
export const monthAfter = (month: string, by: number): string => addMonths(firstDay(month), by).slice(0, 7);

/** Every month of a span, in order. */
export function monthsOf({ from, to }: MonthSpan): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthAfter(month, 1)) {
    months.push(month);
  }
  return months;
}

/** From one month to another. */
export function monthsBetween(from: string, to: string): number {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return index(to) - index(from);
}

export const dimensions = ['age', 'sex', 'industry', 'joined'] as const;
export type Dimension = (typeof dimensions)[number];

/** Who was covered, or claimed, in a month: the parts experience is told apart by. */
export interface Segment {
  readonly month: string;
  /** `0-14`, `15-24`, … at the end of the span. */
  readonly age: string;
  readonly sex: string;
  /** Of the group; `none` for those who joined without one. */
  readonly industry: string;
  /** By way of an employer or another group, or alone (with the family). */
  readonly joined: 'employer' | 'alone';
}

export interface ExposureRow extends Segment {
  readonly memberDays: number;
}

export interface ClaimRow extends Segment {
  readonly claims: number;
  /** Judged amounts, in the scheme's currency, and what those claims asked for. */
  readonly amount: number;
  readonly asked: number;
  /** Of the claims entered and not yet judged: how many, and what they ask for. */
  readonly entered: number;
  readonly enteredAmount: number;
  /** Σ amount² of what was judged, for the variance of the total. */
  readonly squares: number;
}

/** Policies alike in their days and their contribution. */
export interface PremiumRow {
  /** First day of cover. */
  readonly from: Day;
  /** Last day it was sold for, and the last it held. */
  readonly to: Day;
  readonly held: Day;
  readonly premiumMinor: bigint;
  readonly policies: number;
}

/** Claims by month of care, of report and of payment. */
export interface RunOffRow {
  readonly care: string;
  readonly reported: string;
  /** Absent: not paid. */
  readonly paid?: string;
  readonly claims: number;
  readonly amount: number;
  /** Of the amounts of the single claims. */
  readonly squares: number;
  readonly settled: number;
  readonly enteredAmount: number;
}

/** Members by the day of their first claim since they enrolled, or the day they were last seen without one. */
export interface FirstClaimRow {
  readonly joined: 'employer' | 'alone';
  readonly day: number;
  readonly claimed: boolean;
  readonly members: number;
}

/** Written and earned of one policy in a month, exactly: minor units add up to the contribution over its days. */
export function earnedUpTo(
  { from, to, held, premiumMinor }: PremiumRow,
  day: Day,
  days: (a: Day, b: Day) => number,
): bigint {
  const end = day < held ? day : held;
  if (end < from) {
    return 0n;
  }
  const all = BigInt(days(from, to) + 1);
  const passed = BigInt(days(from, end) + 1);
  // Half up of a whole division: cumulative, so that the months add up whatever the rounding.
  return passed >= all ? premiumMinor : (2n * premiumMinor * passed + all) / (2n * all);
}
