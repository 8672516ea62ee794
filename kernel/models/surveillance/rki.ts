import { type HistoryOptions, withHistory } from './history.ts';
import type { Series, Verdict } from './series.ts';

/**
 * Upper 95 % limits of Crow and Gardner (1959, Biometrika 46:441) for a Poisson mean after seeing 0, 1, … 20 events:
 * each is the largest mean whose shortest acceptance interval still holds the count. A test derives them again.
 */
export const CROW_GARDNER_UPPER_LIMITS: readonly number[] = [
  3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633, 19.05, 20.335, 21.364, 22.945,
  23.762, 25.4, 26.306, 27.735, 28.966, 30.017,
];

/** The three settings in use at the Robert Koch Institute, as named in R's surveillance. */
export const RKI_SYSTEMS = {
  rki1: { years: 0, halfWindow: 6, presentYear: true },
  rki2: { years: 1, halfWindow: 6, presentYear: true },
  rki3: { years: 2, halfWindow: 4, presentYear: false },
} as const;

/**
 * RKI system (Stroup and others 1989; Höhle 2007, Comput Stat 22:571): mean of the reference counts plus two standard
 * deviations where the mean is above 20, otherwise the Poisson limit of the mean rounded down.
 */
export function detectRki(series: Series, options: HistoryOptions): Verdict[] {
  return withHistory(series, options, (index, reference) => {
    const observed = series[index - 1]!;
    const expected = reference.reduce((sum, count) => sum + count, 0) / reference.length;
    let threshold = Number.NaN;
    if (expected > 20) {
      const squares = reference.reduce((sum, count) => sum + (count - expected) ** 2, 0);
      threshold = expected + 2 * Math.sqrt(squares / (reference.length - 1));
    } else if (!Number.isNaN(expected)) {
      threshold = CROW_GARDNER_UPPER_LIMITS[Math.floor(expected)]!;
    }
    return { index, observed, expected, threshold, alarm: observed > threshold };
  });
}
