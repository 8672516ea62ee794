import { negativeBinomial } from '../numeric/distributions.ts';
import { type HistoryOptions, withHistory } from './history.ts';
import type { Series, Verdict } from './series.ts';

/** The three settings named in R's surveillance. */
export const BAYES_SYSTEMS = {
  bayes1: { years: 0, halfWindow: 6, presentYear: true },
  bayes2: { years: 1, halfWindow: 6, presentYear: true },
  bayes3: { years: 2, halfWindow: 4, presentYear: false },
} as const;

/**
 * Bayes system (Riebler 2004; Höhle 2007, Comput Stat 22:571): with Jeffreys' prior Gamma(1/2, 0) on the Poisson mean,
 * the next count given n reference counts of sum s is negative binomial with size s + 1/2 and mean (s + 1/2)/n; the
 * threshold is its 1 − α quantile. Missing reference counts are left out.
 */
export function detectBayes(series: Series, options: HistoryOptions & { readonly alpha: number }): Verdict[] {
  return withHistory(series, options, (index, reference) => {
    const observed = series[index - 1]!;
    const known = reference.filter((count) => !Number.isNaN(count));
    if (known.length === 0) {
      return { index, observed, expected: Number.NaN, threshold: Number.NaN, alarm: false };
    }
    const size = known.reduce((sum, count) => sum + count, 0) + 0.5;
    const expected = size / known.length;
    const threshold = negativeBinomial(size, expected).quantile(1 - options.alpha);
    return { index, observed, expected, threshold, alarm: observed > threshold };
  });
}
