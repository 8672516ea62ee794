import { anscombeResiduals, fitGlm, type GlmFit, type GlmProblem } from '../numeric/glm.ts';

/** A reweighted quasi-Poisson fit, with the dispersions the two Farrington methods read from it. */
export interface WeightedFit {
  readonly fit: GlmFit;
  /** Pearson dispersion, at least 1. */
  readonly dispersion: number;
  /** Weights given against past outbreaks; undefined without reweighting. */
  readonly outbreakWeights?: Float64Array;
}

/**
 * Fits, then (with a threshold) fits again with past outbreaks weighed down by their Anscombe residuals
 * (Farrington and others 1996, J R Stat Soc A 159:547).
 *
 * @returns undefined when the first fit did not converge.
 */
export function fitAgainstOutbreaks(
  problem: GlmProblem,
  weightsThreshold: number | undefined,
): WeightedFit | undefined {
  const first = fitGlm(problem);
  if (!first.converged) {
    return undefined;
  }
  const dispersion = atLeastOne(first.dispersion);
  if (weightsThreshold === undefined) {
    return { fit: first, dispersion };
  }
  const outbreakWeights = weightsAgainstOutbreaks(anscombeResiduals(first, dispersion), weightsThreshold);
  const fit = fitGlm({ ...problem, priorWeights: outbreakWeights });
  return { fit, dispersion: atLeastOne(fit.dispersion), outbreakWeights };
}

/** Weights γ s⁻² above the threshold and γ below it, γ such that they sum to their number. */
export function weightsAgainstOutbreaks(residuals: Float64Array, threshold: number): Float64Array {
  let sum = 0;
  for (const s of residuals) {
    sum += s > threshold ? s ** -2 : 1;
  }
  const gamma = residuals.length / sum;
  return residuals.map((s) => (s > threshold ? gamma * s ** -2 : gamma));
}

/** Upper limit on the 2/3-, 1/2- or 1-power scale, and the probability of a count at least as high. */
export interface PowerLimit {
  readonly upper: number;
  readonly transformedMean: number;
  readonly transformedSe: number;
  readonly exponent: number;
}

export type PowerScale = '2/3' | '1/2' | 'none';

/** Prediction limit after the skewness-removing power transformation; `z` is the normal quantile of the level. */
export function powerLimit(mean: number, meanSe: number, dispersion: number, z: number, scale: PowerScale): PowerLimit {
  const tau = dispersion + (meanSe * meanSe) / mean;
  const exponent = { '2/3': 2 / 3, '1/2': 1 / 2, none: 1 }[scale];
  const variance = { '2/3': (4 / 9) * Math.cbrt(mean) * tau, '1/2': tau / 4, none: mean * tau }[scale];
  const transformedSe = Math.sqrt(variance);
  const transformedMean = mean ** exponent;
  return { upper: (transformedMean + z * transformedSe) ** (1 / exponent), transformedMean, transformedSe, exponent };
}

/** Less than Poisson variation is not believed; nor is a dispersion without a degree of freedom. */
export function atLeastOne(dispersion: number): number {
  return Number.isNaN(dispersion) ? 1 : Math.max(dispersion, 1);
}
