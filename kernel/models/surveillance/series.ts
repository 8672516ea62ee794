import { z } from 'zod';

/**
 * A regular series of counts, oldest first. Missing counts are NaN inside and `null` at the door.
 * Positions told to people are 1-based, as in the R package that the methods are checked against.
 */
export type Series = Float64Array;

/** What every detector says about one period. */
export interface Verdict {
  /** 1-based position in the series. */
  readonly index: number;
  readonly observed: number;
  /** Count expected without an outbreak; NaN where the method has none. */
  readonly expected: number;
  /** A count above this raises the alarm; NaN where the method could not say. */
  readonly threshold: number;
  readonly alarm: boolean;
}

/** Longest series a door accepts: half a century of days for some hundred sites laid end to end would be a mistake. */
const MAXIMUM_PERIODS = 100_000;

export const countsInput = z
  .array(
    z
      .number({ error: 'Give each period’s count as a number, or null where it is missing.' })
      .min(0, 'A count cannot be negative.')
      .max(1e9, 'A count is at most 1,000 million.')
      .nullable(),
    { error: 'Give the counts as a list, oldest first.' },
  )
  .min(1, 'Give at least one period.')
  .max(
    MAXIMUM_PERIODS,
    `Give at most ${MAXIMUM_PERIODS.toLocaleString('en')} periods: add days up to weeks, or leave out the oldest.`,
  )
  .describe('Cases in each period (day, week or month), oldest first; null where a report is missing.');

export const fromInput = z
  .int('The first period to judge is a whole number.')
  .min(1, 'The first period to judge is 1 or later.')
  .optional()
  .describe('First period to judge, counted from 1. Default: the first one with enough past.');

export const toInput = z
  .int('The last period to judge is a whole number.')
  .min(1, 'The last period to judge is 1 or later.')
  .optional()
  .describe('Last period to judge, counted from 1. Default: the last one.');

export const alphaInput = (standard: number) =>
  z
    .number({ error: 'Give the level as a number between 0 and 1.' })
    .gt(0, 'The level must be above 0.')
    .lt(1, 'The level must be below 1.')
    .default(standard)
    .describe(
      `One-sided level of the threshold: the share of ordinary periods that may exceed it. Default ${standard}.`,
    );

export function toSeries(counts: readonly (number | null)[]): Series {
  return Float64Array.from(counts, (count) => count ?? Number.NaN);
}

/** The 1-based periods to judge: from the first with enough past (`earliest`) unless asked otherwise. */
export function periodsToJudge(
  series: Series,
  earliest: number,
  from: number | undefined,
  to: number | undefined,
): { readonly first: number; readonly last: number } {
  return { first: Math.max(earliest, from ?? earliest), last: Math.min(series.length, to ?? series.length) };
}

/** Ready for people: NaN becomes null. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export type VerdictRow = {
  index: number;
  observed: number | null;
  expected: number | null;
  threshold: number | null;
  alarm: boolean;
};

export function verdictRow(verdict: Verdict): VerdictRow {
  return {
    index: verdict.index,
    observed: orNull(verdict.observed),
    expected: orNull(verdict.expected),
    threshold: orNull(verdict.threshold),
    alarm: verdict.alarm,
  };
}

export const verdictColumns = [
  { name: 'index', description: 'Period, counted from 1' },
  { name: 'observed', description: 'Cases in the period', unit: 'cases' },
  { name: 'expected', description: 'Cases expected without an outbreak', unit: 'cases' },
  { name: 'threshold', description: 'Upper bound: more cases than this raise the alarm', unit: 'cases' },
  { name: 'alarm', description: 'Whether the period raises the alarm' },
] as const;

/** Mean of `values[from..to)`; NaN as soon as one is missing. */
export function mean(values: Series, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    sum += values[i]!;
  }
  return sum / (to - from);
}

/** Standard deviation (n − 1) of `values[from..to)`. */
export function standardDeviation(values: Series, from: number, to: number): number {
  const centre = mean(values, from, to);
  let sum = 0;
  for (let i = from; i < to; i++) {
    sum += (values[i]! - centre) ** 2;
  }
  return Math.sqrt(sum / (to - from - 1));
}

/** Yields progress every `every` items, so that a long series stays interruptible. */
export function* inTurns<T>(count: number, every: number, item: (i: number) => T): Generator<number, T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) {
    results.push(item(i));
    if (i % every === every - 1) {
      yield (i + 1) / count;
    }
  }
  return results;
}

export const periodsPerYearInput = z
  .int('Periods a year are a whole number.')
  .min(1, 'There is at least one period a year.')
  .max(366, 'There are at most 366 periods a year.')
  .default(52)
  .describe('Periods a year: 52 for weeks, 12 for months, 365 for days. Default 52.');
