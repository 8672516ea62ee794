import { fitGlm, predictGlm } from '../numeric/glm.ts';
import { matrixFromColumns } from '../numeric/linalg.ts';
import { periodsToJudge, type Series, type Verdict } from './series.ts';

/** How a count is brought to a standard scale before it is summed. */
export type CusumScale =
  | 'rossi'
  | 'standard'
  | 'anscombe'
  | 'anscombe-second-order'
  | 'pearson-negative-binomial'
  | 'z-score';

export interface CusumOptions {
  readonly scale: CusumScale;
  /** Reference value k: the shift, in standard deviations, that is let pass in each period. */
  readonly reference: number;
  /** Decision limit h. */
  readonly limit: number;
  /** Mean without an outbreak: given, taken from the periods before the first judged, or fitted with one yearly wave. */
  readonly mean: number | 'before' | 'seasonal';
  /** For `z-score`. */
  readonly sigma: number;
  /** Overdispersion for `pearson-negative-binomial`: variance μ + dispersion × μ². */
  readonly dispersion: number;
  /** Whether the sum starts again from zero after an alarm. */
  readonly reset: boolean;
  readonly periodsPerYear: number;
  readonly from?: number;
  readonly to?: number;
}

export interface CusumVerdict extends Verdict {
  readonly score: number;
  readonly cusum: number;
}

/**
 * One-sided CUSUM for counts: S_t = max(0, S_{t−1} + z_t − k), alarm when S_t ≥ h (Page 1954; the transformation of
 * Rossi, Lampugnani and Marchi 1999, Stat Med 18:2111). `threshold` is the count that would have brought S_t to h.
 * A missing count leaves the sum as it was.
 */
export function detectCusum(series: Series, options: CusumOptions): CusumVerdict[] {
  const { scale, reference: k, limit: h } = options;
  const { first, last } = periodsToJudge(series, options.mean === 'before' ? 2 : 1, options.from, options.to);
  const means = expectedCounts(series, first, options);
  const verdicts: CusumVerdict[] = [];
  let sum = 0;
  for (let index = first; index <= last; index++) {
    const observed = series[index - 1]!;
    const expected = means(index);
    const threshold = countAtLimit(scale, h + k - sum, expected, options);
    const score = standardise(scale, observed, expected, options);
    if (!Number.isNaN(score)) {
      sum = Math.max(0, sum + score - k);
    }
    const alarm = !Number.isNaN(score) && sum >= h;
    verdicts.push({ index, observed, expected, threshold, score, cusum: sum, alarm });
    if (alarm && options.reset) {
      sum = 0;
    }
  }
  return verdicts;
}

function expectedCounts(series: Series, first: number, options: CusumOptions): (index: number) => number {
  const { mean, periodsPerYear } = options;
  if (typeof mean === 'number') {
    return () => mean;
  }
  const training = series.subarray(0, first - 1);
  const known = [...training.keys()].filter((i) => !Number.isNaN(training[i]!));
  if (mean === 'before') {
    const average = known.reduce((sum, i) => sum + training[i]!, 0) / known.length;
    return () => average;
  }
  const row = (t: number) => {
    const angle = (2 * Math.PI * t) / periodsPerYear;
    return [1, Math.cos(angle), Math.sin(angle)];
  };
  const rows = known.map(row);
  const fit = fitGlm({
    design: matrixFromColumns([0, 1, 2].map((j) => rows.map((values) => values[j]!))),
    response: known.map((i) => training[i]!),
    family: 'poisson',
  });
  return (index) => predictGlm(fit, row(index - 1)).mean;
}

function standardise(scale: CusumScale, x: number, m: number, options: CusumOptions): number {
  switch (scale) {
    case 'rossi':
      return (x - 3 * m + 2 * Math.sqrt(x * m)) / (2 * Math.sqrt(m));
    case 'standard':
      return (x - m) / Math.sqrt(m);
    case 'anscombe':
      return (1.5 * (Math.cbrt(x) ** 2 - Math.cbrt(m) ** 2)) / m ** (1 / 6);
    case 'anscombe-second-order':
      return (Math.cbrt(x) ** 2 - (Math.cbrt(m) ** 2 - 1 / Math.cbrt(m) / 9)) / ((2 / 3) * m ** (1 / 6));
    case 'pearson-negative-binomial':
      return (x - m) / Math.sqrt(m + options.dispersion * m * m);
    case 'z-score':
      return (x - m) / options.sigma;
  }
}

/** The count whose score is `needed`: the inverse of {@link standardise}, never below zero. */
function countAtLimit(scale: CusumScale, needed: number, m: number, options: CusumOptions): number {
  const count = () => {
    switch (scale) {
      case 'rossi': {
        // With u = √x the score is quadratic: u² + 2√m u = 3m + 2√m·needed.
        const inside = 4 * m + 2 * Math.sqrt(m) * needed;
        return inside < 0 ? 0 : Math.max(0, Math.sqrt(inside) - Math.sqrt(m)) ** 2;
      }
      case 'standard':
        return Math.ceil(m + Math.sqrt(m) * needed);
      case 'anscombe':
        return Math.max(0, (2 / 3) * m ** (1 / 6) * needed + Math.cbrt(m) ** 2) ** 1.5;
      case 'anscombe-second-order':
        return Math.max(0, (2 / 3) * m ** (1 / 6) * needed + Math.cbrt(m) ** 2 - 1 / Math.cbrt(m) / 9) ** 1.5;
      case 'pearson-negative-binomial':
        return m + Math.sqrt(m + options.dispersion * m * m) * needed;
      case 'z-score':
        return m + options.sigma * needed;
    }
  };
  return Math.max(0, count());
}
