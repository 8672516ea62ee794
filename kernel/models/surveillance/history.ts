import { periodsToJudge, type Series } from './series.ts';

/** Which earlier periods a threshold is taken from, for the RKI and Bayes systems. */
export interface HistoryOptions {
  /** Years looked back; 0 for the present year alone. */
  readonly years: number;
  /** Half-width, in periods, of the window around the same period of each past year; and the present year's depth. */
  readonly halfWindow: number;
  /** Whether the `halfWindow` periods just before are used too. */
  readonly presentYear: boolean;
  readonly periodsPerYear: number;
  readonly from?: number;
  readonly to?: number;
}

/** Periods that must stand before the first one that can be judged. */
export function historyNeeded(options: HistoryOptions): number {
  return options.years * options.periodsPerYear + options.halfWindow;
}

/** Calls `judge` with every period to judge (1-based) and its reference counts, oldest year last. */
export function withHistory<T>(
  series: Series,
  options: HistoryOptions,
  judge: (index: number, reference: readonly number[]) => T,
): T[] {
  const { years, halfWindow, periodsPerYear } = options;
  const { first, last } = periodsToJudge(series, historyNeeded(options) + 1, options.from, options.to);
  const results: T[] = [];
  for (let index = first; index <= last; index++) {
    const t = index - 1;
    const reference: number[] = [];
    if (options.presentYear) {
      reference.push(...series.subarray(t - halfWindow, t));
    }
    for (let year = 1; year <= years; year++) {
      const centre = t - year * periodsPerYear;
      reference.push(...series.subarray(centre - halfWindow, centre + halfWindow + 1));
    }
    results.push(judge(index, reference));
  }
  return results;
}
