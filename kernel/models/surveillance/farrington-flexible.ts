import { negativeBinomial, poisson, studentT } from '../numeric/distributions.ts';
import { normalCdf, normalQuantile } from '../numeric/special.ts';
import { type Calendar, referencePositions } from './calendar.ts';
import { recentCases } from './farrington.ts';
import { atLeastOne, type PowerScale, powerLimit, weightsAgainstOutbreaks } from './farrington-model.ts';
import {
  fitSeasonal,
  predictorVariance,
  type SeasonalFit,
  type SeasonalProblem,
  seasonalLeverage,
} from './seasonal-fit.ts';
import { periodsToJudge, type Series, type Verdict } from './series.ts';

export type ThresholdMethod = 'delta' | 'negative-binomial' | 'muan';

export interface FlexibleFarringtonOptions extends Calendar {
  readonly years: number;
  readonly halfWindow: number;
  /** Levels of the seasonal factor, the window around the present period being one; 1 for the windows alone. */
  readonly seasonalLevels: number;
  /** Latest periods left out of the fit, so that an outbreak under way does not raise its own threshold. */
  readonly recentExcluded: number;
  readonly reweight: boolean;
  /** Standardised Anscombe residual above which a past count is weighed down. */
  readonly weightsThreshold: number;
  readonly trend: boolean;
  /** The trend is kept when its p-value is below this; 1 keeps it always. */
  readonly trendLevel: number;
  /** One-sided level of the threshold. */
  readonly alpha: number;
  readonly powerScale: PowerScale;
  readonly thresholdMethod: ThresholdMethod;
  readonly minimumCases: number;
  readonly minimumCasesPeriods: number;
  /** People under surveillance in each period; the model is then one of rates. */
  readonly population?: Float64Array;
  readonly from?: number;
  readonly to?: number;
}

export interface FlexibleFarringtonVerdict extends Verdict {
  /** Standard error of the expected count (`delta`) or of its logarithm (the others). */
  readonly expectedSe: number;
  readonly dispersion: number;
  /** Change of the log mean a period; NaN where no trend was kept. */
  readonly trend: number;
  /** (observed − expected) / (threshold − expected), told also where too few recent cases forbid an alarm. */
  readonly exceedance: number;
  /** Probability of a count at least as high without an outbreak. */
  readonly probability: number;
}

/** First period (1-based) that has its whole past. */
export function flexibleFarringtonFirst(options: FlexibleFarringtonOptions): number {
  return options.years * options.periodsPerYear + options.halfWindow + 1;
}

/**
 * The improved Farrington algorithm (Noufaily and others 2013, Stat Med 32:1206), as in R's `farringtonFlexible`
 * (Salmon, Schumacher and Höhle 2016, J Stat Softw 70(10)): all past periods with a seasonal factor, a trend,
 * the latest half year left out, and milder weights against past outbreaks.
 */
export function* detectFarringtonFlexible(
  series: Series,
  options: FlexibleFarringtonOptions,
): Generator<number, FlexibleFarringtonVerdict[]> {
  const { first, last } = periodsToJudge(series, flexibleFarringtonFirst(options), options.from, options.to);
  const verdicts: FlexibleFarringtonVerdict[] = [];
  for (let index = first; index <= last; index++) {
    verdicts.push(judgeFlexible(series, index, options));
    if ((index - first) % 50 === 49) {
      yield (index - first) / (last - first + 1);
    }
  }
  return verdicts;
}

/** One period (1-based) of {@link detectFarringtonFlexible}: what a weekly routine over many sites calls. */
export function judgeFlexible(
  series: Series,
  index: number,
  options: FlexibleFarringtonOptions,
): FlexibleFarringtonVerdict {
  const t = index - 1;
  const observed = series[t]!;
  const nothing: FlexibleFarringtonVerdict = {
    index,
    observed,
    expected: Number.NaN,
    expectedSe: Number.NaN,
    threshold: Number.NaN,
    dispersion: Number.NaN,
    trend: Number.NaN,
    exceedance: Number.NaN,
    probability: Number.NaN,
    alarm: false,
  };
  const past = pastPeriods(series, t, options);
  if (past.rows < 3) {
    return nothing;
  }
  let kept = options.trend;
  let model = kept ? fitModel(past, true, options) : undefined;
  if (model) {
    const { mean } = predict(model, past, index, presentOffset(t, options));
    kept =
      options.years >= 3 &&
      trendProbability(model) < options.trendLevel &&
      mean <= past.counts.reduce((most, count) => Math.max(most, count), 0);
  } else {
    kept = false;
  }
  if (!kept) {
    model = fitModel(past, false, options);
  }
  if (!model) {
    return nothing;
  }
  const prediction = predict(model, past, index, presentOffset(t, options));
  const expected = prediction.mean;
  const limit = threshold(observed, prediction, model.dispersion, options);
  const enough = recentCases(series, t, options.minimumCasesPeriods) >= options.minimumCases;
  const exceedance = (observed - expected) / (limit.upper - expected);
  return {
    index,
    observed,
    expected,
    expectedSe: options.thresholdMethod === 'delta' ? prediction.meanSe : prediction.linearPredictorSe,
    threshold: enough ? limit.upper : Number.NaN,
    dispersion: model.dispersion,
    trend: kept ? model.fit.slope : Number.NaN,
    exceedance,
    probability: limit.probability,
    alarm: enough && observed > limit.upper,
  };
}

/** What a model of one period is fitted to. */
interface Past {
  readonly rows: number;
  readonly counts: Float64Array;
  readonly times: Float64Array;
  /** Place of each row's seasonal level among those present, 0 the first. */
  readonly level: Int32Array;
  readonly levels: number;
  /** Place of the present period's level; −1 where no past period shares it. */
  readonly presentLevel: number;
  readonly logPopulation?: Float64Array;
}

function pastPeriods(series: Series, t: number, options: FlexibleFarringtonOptions): Past {
  const { halfWindow: w, seasonalLevels: p } = options;
  const block = new Int8Array(series.length);
  const references = [t, ...referencePositions(t, options.years, options)];
  block.fill(p, Math.max(0, t - w), t + 1);
  for (let year = 1; year < references.length; year++) {
    const reference = references[year]!;
    if (reference < 0) {
      continue;
    }
    block.fill(p, Math.max(0, reference - w), reference + w + 1);
    if (p > 1) {
      // The periods up to the next window are shared among the other levels, the first ones taking the remainder.
      const between = references[year - 1]! - 2 * w - 1 - reference;
      const length = Math.floor(between / (p - 1));
      let start = reference + w + 1;
      for (let level = 1; level < p; level++) {
        const end = start + length + (level <= between % (p - 1) ? 1 : 0);
        block.fill(level, start, end);
        start = end;
      }
    }
  }
  block.fill(0, Math.max(0, t - options.recentExcluded), t + 1);

  const end = Math.min(series.length, t + 1);
  const positions: number[] = [];
  const present = new Int8Array(p + 1);
  for (let i = 0; i < end; i++) {
    if (block[i]! > 0 && !Number.isNaN(series[i]!)) {
      positions.push(i);
      present[block[i]!] = 1;
    }
  }
  const place = new Int32Array(p + 1).fill(-1);
  let levels = 0;
  for (let level = 1; level <= p; level++) {
    if (present[level]) {
      place[level] = levels++;
    }
  }
  const rows = positions.length;
  const counts = new Float64Array(rows);
  const times = new Float64Array(rows);
  const level = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    const i = positions[r]!;
    counts[r] = series[i]!;
    times[r] = i + 1;
    level[r] = place[block[i]!]!;
  }
  const population = options.population;
  return {
    rows,
    counts,
    times,
    level,
    levels,
    presentLevel: place[p]!,
    ...(population && { logPopulation: Float64Array.from(positions, (i) => Math.log(population[i]!)) }),
  };
}

interface FlexibleFit {
  readonly fit: SeasonalFit;
  readonly dispersion: number;
  /** Dispersion behind the standard error of the prediction and the test of the trend. */
  readonly predictionDispersion: number;
}

/** Fits, then fits again with past outbreaks weighed down; undefined when the first fit did not converge. */
function fitModel(past: Past, trend: boolean, options: FlexibleFarringtonOptions): FlexibleFit | undefined {
  const problem: SeasonalProblem = {
    counts: past.counts,
    times: past.times,
    level: past.level,
    levels: past.levels,
    trend,
    ...(past.logPopulation && { offset: past.logPopulation }),
  };
  const first = fitSeasonal(problem);
  if (!first.converged) {
    return undefined;
  }
  const dispersion = atLeastOne(first.dispersion);
  if (!options.reweight) {
    return { fit: first, dispersion, predictionDispersion: first.dispersion };
  }
  const residuals = past.counts.map((count, i) => {
    const mean = first.fitted[i]!;
    const raw = 1.5 * (Math.cbrt(count) ** 2 / Math.cbrt(Math.sqrt(mean)) - Math.sqrt(mean));
    return raw / Math.sqrt(dispersion * (1 - seasonalLeverage(problem, first, i)));
  });
  const priorWeights = weightsAgainstOutbreaks(residuals, options.weightsThreshold);
  const fit = fitSeasonal({ ...problem, priorWeights });
  // The reference implementation weighs the squared working residuals by the outbreak weights alone here (it replaces
  // the weights of the fitted model by them), and published thresholds rest on it, so this does the same.
  let sum = 0;
  for (let i = 0; i < past.rows; i++) {
    sum += priorWeights[i]! * ((past.counts[i]! - fit.fitted[i]!) / fit.fitted[i]!) ** 2;
  }
  return {
    fit,
    dispersion: atLeastOne(fit.dispersion),
    predictionDispersion: sum / fit.residualDegreesOfFreedom,
  };
}

interface Prediction {
  readonly mean: number;
  readonly meanSe: number;
  readonly linearPredictor: number;
  readonly linearPredictorSe: number;
}

/** The present period; where no past period shares its seasonal level, the first level stands for it. */
function predict(model: FlexibleFit, past: Past, index: number, offset: number): Prediction {
  const { fit, predictionDispersion } = model;
  const level = Math.max(past.presentLevel, 0);
  const linearPredictor = fit.intercepts[level]! + fit.slope * index + offset;
  const linearPredictorSe = Math.sqrt(predictorVariance(fit, level, index) * predictionDispersion);
  const mean = Math.exp(linearPredictor);
  return { mean, meanSe: mean * linearPredictorSe, linearPredictor, linearPredictorSe };
}

function presentOffset(t: number, options: FlexibleFarringtonOptions): number {
  return options.population ? Math.log(options.population[t]!) : 0;
}

function trendProbability(model: FlexibleFit): number {
  const { fit, predictionDispersion } = model;
  if (fit.timeSpread === 0) {
    return 1;
  }
  const statistic = fit.slope / Math.sqrt(predictionDispersion / fit.timeSpread);
  return 2 * studentT(fit.residualDegreesOfFreedom).survival(Math.abs(statistic));
}

function threshold(
  observed: number,
  prediction: Prediction,
  dispersion: number,
  options: FlexibleFarringtonOptions,
): { readonly upper: number; readonly probability: number } {
  const z = normalQuantile(1 - options.alpha);
  if (options.thresholdMethod === 'delta') {
    const limit = powerLimit(prediction.mean, prediction.meanSe, dispersion, z, options.powerScale);
    const distance = (observed ** limit.exponent - limit.transformedMean) / limit.transformedSe;
    return { upper: limit.upper, probability: normalCdf(-distance) };
  }
  const mean =
    options.thresholdMethod === 'muan'
      ? Math.exp(prediction.linearPredictor + z * prediction.linearPredictorSe)
      : prediction.mean;
  // A mean beyond all counting is a trend gone astray: there is no threshold to give.
  if (!(mean < 1e12 && dispersion < 1e12)) {
    return { upper: Number.NaN, probability: Number.NaN };
  }
  const counts = dispersion > 1 ? negativeBinomial(mean / (dispersion - 1), mean) : poisson(mean);
  return { upper: counts.quantile(1 - options.alpha), probability: counts.survival(observed - 1) };
}
