import { normalQuantile } from '../numeric/special.ts';
import { mean, periodsToJudge, type Series, standardDeviation, type Verdict } from './series.ts';

export type EarsMethod = 'C1' | 'C2' | 'C3';

export interface EarsOptions {
  readonly method: EarsMethod;
  /** Periods in the baseline; 7 by convention, at least 3. */
  readonly baseline: number;
  /** Floor under the baseline's standard deviation, in cases. */
  readonly minimumSigma: number;
  /** One-sided level of the threshold. */
  readonly alpha: number;
  /**
   * C3 only. `counted`: the present period is one of the three summed, as CDC defines it.
   * `as-surveillance`: the rule of the R package, which compares only the two periods before with the limit.
   */
  readonly present: 'counted' | 'as-surveillance';
  readonly from?: number;
  readonly to?: number;
}

export interface EarsVerdict extends Verdict {
  /** C1, C2 or C3 itself, in standard deviations. Infinite where the baseline is constant and the floor is zero. */
  readonly statistic: number;
}

/** Periods needed before the first that can be judged. */
export function earsHistory(method: EarsMethod, baseline: number): number {
  return baseline + { C1: 0, C2: 2, C3: 4 }[method];
}

/**
 * EARS C1, C2, C3 (Hutwagner and others 2003, J Urban Health 80:i89; Fricker, Hegler and Dunfee 2008, Stat Med 27:3407).
 * C1 compares with the `baseline` periods just before; C2 leaves a gap of two; C3 sums the excess of C2 over one.
 */
export function detectEars(series: Series, options: EarsOptions): EarsVerdict[] {
  const { method, baseline, minimumSigma } = options;
  const z = normalQuantile(1 - options.alpha);
  const gap = method === 'C1' ? 0 : 2;
  const score = (t: number) => {
    const centre = mean(series, t - gap - baseline, t - gap);
    const sigma = Math.max(standardDeviation(series, t - gap - baseline, t - gap), minimumSigma);
    return { centre, sigma, value: (series[t]! - centre) / sigma };
  };
  const { first, last } = periodsToJudge(series, earsHistory(method, baseline) + 1, options.from, options.to);
  const verdicts: EarsVerdict[] = [];
  for (let index = first; index <= last; index++) {
    const t = index - 1;
    const observed = series[t]!;
    const { centre, sigma, value } = score(t);
    if (method !== 'C3') {
      const threshold = centre + z * sigma;
      verdicts.push({ index, observed, expected: centre, threshold, statistic: value, alarm: observed > threshold });
      continue;
    }
    const before = excess(score(t - 2).value) + excess(score(t - 1).value);
    const statistic = excess(value) + before;
    if (options.present === 'as-surveillance') {
      const threshold = Math.max(0, observed + sigma * (z - before));
      verdicts.push({ index, observed, expected: centre, threshold, statistic, alarm: observed > threshold });
    } else {
      // The count at which the sum of three reaches the limit; when the two before reach it alone, any count does.
      const threshold = before > z ? 0 : centre + sigma * (1 + z - before);
      verdicts.push({ index, observed, expected: centre, threshold, statistic, alarm: statistic > z });
    }
  }
  return verdicts;
}

function excess(value: number): number {
  return Number.isNaN(value) ? Number.NaN : Math.max(0, value - 1);
}
