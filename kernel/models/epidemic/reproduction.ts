import { gamma } from '../numeric/distributions.ts';
import { distributionMean } from './serial-interval.ts';

/** A window of days, 1-based and both ends included. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

export interface IncidenceByOrigin {
  /** Cases infected here. */
  readonly local: Float64Array;
  /** Cases infected elsewhere: they infect, but nobody here infected them. */
  readonly imported: Float64Array;
}

export interface ReproductionOptions {
  /** Gamma prior of R. */
  readonly priorMean: number;
  readonly priorSd: number;
  readonly windows: readonly Window[];
}

export interface Reproduction {
  readonly window: Window;
  /** Gamma posterior; NaN where the window ends within the mean serial interval. */
  readonly shape: number;
  readonly scale: number;
  readonly mean: number;
  readonly sd: number;
  quantile(p: number): number;
}

/** Cases split as EpiEstim does by default: those of the first day came from elsewhere. */
export function firstDayImported(cases: ArrayLike<number>): IncidenceByOrigin {
  const local = Float64Array.from(cases);
  const imported = new Float64Array(local.length);
  imported[0] = local[0]!;
  local[0] = 0;
  return { local, imported };
}

/** Sliding windows of `days` days, from day 2 on. */
export function slidingWindows(length: number, days: number): Window[] {
  return Array.from({ length: Math.max(0, length - days) }, (_, i) => ({ start: i + 2, end: i + 1 + days }));
}

/** Total infectiousness Λ_t = Σ_s I_{t−s} w_s of each day; NaN on the first. */
export function overallInfectivity(incidence: IncidenceByOrigin, interval: ArrayLike<number>): Float64Array {
  const { local, imported } = incidence;
  const result = new Float64Array(local.length);
  result[0] = Number.NaN;
  for (let t = 1; t < local.length; t++) {
    let sum = 0;
    const deepest = Math.min(t, interval.length - 1);
    for (let s = 0; s <= deepest; s++) {
      sum += interval[s]! * (local[t - s]! + imported[t - s]!);
    }
    result[t] = sum;
  }
  return result;
}

/**
 * Instantaneous reproduction number over sliding windows (Cori, Ferguson, Fraser and Cauchemez 2013,
 * Am J Epidemiol 178:1505): with a gamma prior the posterior is gamma with shape a + Σ I and rate 1/b + Σ Λ.
 *
 * @param interval probability of a serial interval of 0, 1, 2, … days; the first is 0.
 */
export function estimateReproduction(
  incidence: IncidenceByOrigin,
  interval: ArrayLike<number>,
  options: ReproductionOptions,
): Reproduction[] {
  const priorShape = (options.priorMean / options.priorSd) ** 2;
  const priorScale = options.priorSd ** 2 / options.priorMean;
  const infectivity = overallInfectivity(incidence, interval);
  const meanInterval = distributionMean(interval);
  return options.windows.map((window) => {
    if (window.end <= meanInterval) {
      const nothing = Number.NaN;
      return { window, shape: nothing, scale: nothing, mean: nothing, sd: nothing, quantile: () => nothing };
    }
    let cases = 0;
    let exposure = 0;
    for (let day = window.start; day <= window.end; day++) {
      cases += incidence.local[day - 1]!;
      exposure += infectivity[day - 1]!;
    }
    const shape = priorShape + cases;
    const scale = 1 / (1 / priorScale + exposure);
    const posterior = gamma(shape, scale);
    return {
      window,
      shape,
      scale,
      mean: shape * scale,
      sd: Math.sqrt(shape) * scale,
      quantile: (p) => posterior.quantile(p),
    };
  });
}
