/**
 * The quasi-Poisson regression of the flexible Farrington algorithm, ln μ = offset + α_level + β time, solved without
 * a matrix: within levels, time is centred by its weighted mean, and what is left is one division.
 *
 * Start, working response, convergence and the floor under the mean are those of `fitGlm` (and so of R's `glm.fit`);
 * the parametrisation differs from R's (a constant and contrasts) but the fitted model is the same.
 */
export interface SeasonalProblem {
  readonly counts: Float64Array;
  readonly times: Float64Array;
  /** Seasonal level of each row, 0-based. */
  readonly level: Int32Array;
  readonly levels: number;
  readonly trend: boolean;
  readonly offset?: Float64Array;
  readonly priorWeights?: Float64Array;
}

export interface SeasonalFit {
  readonly intercepts: Float64Array;
  /** β; 0 without a trend. */
  readonly slope: number;
  readonly fitted: Float64Array;
  readonly workingWeights: Float64Array;
  readonly deviance: number;
  /** Pearson chi-square over residual degrees of freedom. */
  readonly dispersion: number;
  readonly residualDegreesOfFreedom: number;
  readonly converged: boolean;
  /** Sum of working weights of each level, and their weighted mean time. */
  readonly levelWeight: Float64Array;
  readonly levelTime: Float64Array;
  /** Weighted sum of squared times within levels; 0 without a trend. */
  readonly timeSpread: number;
}

const TOLERANCE = 1e-8;
const MAXIMUM_ITERATIONS = 25;

export function fitSeasonal(problem: SeasonalProblem): SeasonalFit {
  const { counts, times, level, levels, offset, priorWeights } = problem;
  const n = counts.length;
  const mean = new Float64Array(n);
  const eta = new Float64Array(n);
  const weight = new Float64Array(n);
  const working = new Float64Array(n);
  const levelWeight = new Float64Array(levels);
  const levelTime = new Float64Array(levels);
  const levelResponse = new Float64Array(levels);
  let intercepts = new Float64Array(levels);
  let slope = 0;
  let timeSpread = 0;
  for (let i = 0; i < n; i++) {
    mean[i] = counts[i]! + 0.1;
    eta[i] = Math.log(mean[i]!);
  }
  let deviance = devianceOf(counts, mean, priorWeights);
  let converged = false;
  let previous: { intercepts: Float64Array<ArrayBuffer>; slope: number } | undefined;
  for (let iteration = 0; iteration < MAXIMUM_ITERATIONS && !converged; iteration++) {
    levelWeight.fill(0);
    levelTime.fill(0);
    levelResponse.fill(0);
    for (let i = 0; i < n; i++) {
      const w = priorWeights ? priorWeights[i]! * mean[i]! : mean[i]!;
      const z = eta[i]! - (offset ? offset[i]! : 0) + (counts[i]! - mean[i]!) / mean[i]!;
      const l = level[i]!;
      weight[i] = w;
      working[i] = z;
      levelWeight[l]! += w;
      levelTime[l]! += w * times[i]!;
      levelResponse[l]! += w * z;
    }
    for (let l = 0; l < levels; l++) {
      levelTime[l]! /= levelWeight[l]!;
      levelResponse[l]! /= levelWeight[l]!;
    }
    timeSpread = 0;
    slope = 0;
    if (problem.trend) {
      let cross = 0;
      let size = 0;
      for (let i = 0; i < n; i++) {
        const centred = times[i]! - levelTime[level[i]!]!;
        timeSpread += weight[i]! * centred * centred;
        cross += weight[i]! * centred * (working[i]! - levelResponse[level[i]!]!);
        size += weight[i]! * times[i]! * times[i]!;
      }
      // Times that do not vary within levels say nothing of a trend.
      timeSpread = timeSpread > 1e-12 * size ? timeSpread : 0;
      slope = timeSpread > 0 ? cross / timeSpread : 0;
    }
    intercepts = levelResponse.map((response, l) => response - slope * levelTime[l]!);
    let next = step(problem, intercepts, slope, eta, mean);
    for (let halving = 0; !Number.isFinite(next) && previous && halving < MAXIMUM_ITERATIONS; halving++) {
      const before = previous;
      intercepts = intercepts.map((value, l) => (value + before.intercepts[l]!) / 2);
      slope = (slope + before.slope) / 2;
      next = step(problem, intercepts, slope, eta, mean);
    }
    if (!Number.isFinite(next)) {
      break;
    }
    converged = Math.abs(next - deviance) / (Math.abs(next) + 0.1) < TOLERANCE;
    deviance = next;
    previous = { intercepts, slope };
  }
  let used = 0;
  let pearson = 0;
  for (let i = 0; i < n; i++) {
    if (!priorWeights || priorWeights[i]! > 0) {
      used++;
      pearson += weight[i]! * ((counts[i]! - mean[i]!) / mean[i]!) ** 2;
    }
  }
  const degrees = used - levels - (timeSpread > 0 ? 1 : 0);
  return {
    intercepts,
    slope,
    fitted: mean,
    workingWeights: weight,
    deviance,
    dispersion: degrees > 0 ? pearson / degrees : Number.NaN,
    residualDegreesOfFreedom: degrees,
    converged,
    levelWeight,
    levelTime,
    timeSpread,
  };
}

/** Leverage of row i. */
export function seasonalLeverage(problem: SeasonalProblem, fit: SeasonalFit, i: number): number {
  return fit.workingWeights[i]! * predictorVariance(fit, problem.level[i]!, problem.times[i]!);
}

/** Variance of the linear predictor at a level and time, for a dispersion of 1. */
export function predictorVariance(fit: SeasonalFit, level: number, time: number): number {
  const centred = time - fit.levelTime[level]!;
  return 1 / fit.levelWeight[level]! + (fit.timeSpread > 0 ? (centred * centred) / fit.timeSpread : 0);
}

/** Writes the linear predictor and the mean of every row; returns the deviance. */
function step(
  problem: SeasonalProblem,
  intercepts: Float64Array,
  slope: number,
  eta: Float64Array,
  mean: Float64Array,
): number {
  const { level, times, offset } = problem;
  for (let i = 0; i < eta.length; i++) {
    eta[i] = intercepts[level[i]!]! + slope * times[i]! + (offset ? offset[i]! : 0);
    mean[i] = Math.max(Math.exp(eta[i]!), Number.EPSILON);
  }
  return devianceOf(problem.counts, mean, problem.priorWeights);
}

function devianceOf(counts: Float64Array, mean: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const y = counts[i]!;
    const mu = mean[i]!;
    const one = y > 0 ? y * Math.log(y / mu) - (y - mu) : mu;
    sum += weights ? weights[i]! * one : one;
  }
  return 2 * sum;
}
