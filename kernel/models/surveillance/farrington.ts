import { studentT } from '../numeric/distributions.ts';
import { glmStandardErrors, predictGlm } from '../numeric/glm.ts';
import { matrixFromColumns } from '../numeric/linalg.ts';
import { normalQuantile } from '../numeric/special.ts';
import { type Calendar, referencePositions } from './calendar.ts';
import { fitAgainstOutbreaks, type PowerScale, powerLimit } from './farrington-model.ts';
import { periodsToJudge, type Series, type Verdict } from './series.ts';

export interface FarringtonOptions extends Calendar {
  readonly years: number;
  readonly halfWindow: number;
  /** Two-sided level: the upper limit is at 1 − alpha/2. */
  readonly alpha: number;
  readonly trend: boolean;
  readonly reweight: boolean;
  readonly powerScale: PowerScale;
  /** No alarm with fewer than `minimumCases` over the last `minimumCasesPeriods` periods. */
  readonly minimumCases: number;
  readonly minimumCasesPeriods: number;
  readonly from?: number;
  readonly to?: number;
}

export interface FarringtonVerdict extends Verdict {
  readonly dispersion: number;
  /** Change of the log mean a period; NaN where no trend was kept. */
  readonly trend: number;
}

/** First period (1-based) that has its whole past. */
export function farringtonFirst(options: FarringtonOptions): number {
  return options.years * options.periodsPerYear + options.halfWindow + 1;
}

/**
 * Farrington's algorithm (Farrington, Andrews, Beale and Catchpole 1996, J R Stat Soc A 159:547): a quasi-Poisson
 * trend through the same weeks of past years, refitted with past outbreaks weighed down.
 * The trend is kept when significant at 5 %, over at least three years, and when it does not extrapolate beyond
 * anything seen.
 */
export function* detectFarrington(series: Series, options: FarringtonOptions): Generator<number, FarringtonVerdict[]> {
  // Asked for by name, a period may be judged on the past years that exist.
  const earliest = Math.min(farringtonFirst(options), options.from ?? Number.POSITIVE_INFINITY);
  const { first, last } = periodsToJudge(series, earliest, options.from, options.to);
  const z = normalQuantile(1 - options.alpha / 2);
  const verdicts: FarringtonVerdict[] = [];
  for (let index = first; index <= last; index++) {
    verdicts.push(judge(series, index, z, options));
    if ((index - first) % 200 === 199) {
      yield (index - first) / (last - first + 1);
    }
  }
  return verdicts;
}

function judge(series: Series, index: number, z: number, options: FarringtonOptions): FarringtonVerdict {
  const t = index - 1;
  const observed = series[t]!;
  const nothing = {
    index,
    observed,
    expected: Number.NaN,
    threshold: Number.NaN,
    dispersion: Number.NaN,
    trend: Number.NaN,
    alarm: false,
  };
  const times: number[] = [];
  const counts: number[] = [];
  for (const centre of referencePositions(t, options.years, options).reverse()) {
    for (let i = centre - options.halfWindow; i <= centre + options.halfWindow; i++) {
      if (i >= 0 && !Number.isNaN(series[i]!)) {
        times.push(i + 1);
        counts.push(series[i]!);
      }
    }
  }
  if (counts.length < 3) {
    return nothing;
  }
  const fitWith = (trend: boolean) =>
    fitAgainstOutbreaks(
      {
        design: matrixFromColumns(trend ? [counts.map(() => 1), times] : [counts.map(() => 1)]),
        response: counts,
        family: 'quasi-poisson',
      },
      options.reweight ? 1 : undefined,
    );
  let trend = options.trend;
  let fitted = trend ? fitWith(true) : undefined;
  if (fitted) {
    const slope = fitted.fit.coefficients[1]!;
    const statistic = slope / glmStandardErrors(fitted.fit)[1]!;
    const p = 2 * studentT(fitted.fit.residualDegreesOfFreedom).survival(Math.abs(statistic));
    const mean = predictGlm(fitted.fit, [1, index]).mean;
    trend = options.years >= 3 && p < 0.05 && mean <= Math.max(...counts);
  } else {
    trend = false;
  }
  if (!trend) {
    fitted = fitWith(false);
  }
  if (!fitted) {
    return nothing;
  }
  const { fit, dispersion } = fitted;
  const prediction = predictGlm(fit, trend ? [1, index] : [1], { dispersion });
  const { upper } = powerLimit(prediction.mean, prediction.meanSe, dispersion, z, options.powerScale);
  const enough = recentCases(series, t, options.minimumCasesPeriods) >= options.minimumCases;
  const exceedance = (observed - prediction.mean) / (upper - prediction.mean);
  return {
    index,
    observed,
    expected: prediction.mean,
    // With too few recent cases no count of this period can raise an alarm by itself, so there is no threshold.
    threshold: enough ? upper : Number.NaN,
    dispersion,
    trend: trend ? fit.coefficients[1]! : Number.NaN,
    alarm: enough && exceedance > 1,
  };
}

/** Cases over the last `periods` periods, the present one included; missing ones count as none. */
export function recentCases(series: Series, t: number, periods: number): number {
  let sum = 0;
  for (let i = Math.max(0, t - periods + 1); i <= t; i++) {
    sum += Number.isNaN(series[i]!) ? 0 : series[i]!;
  }
  return sum;
}
