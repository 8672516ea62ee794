import { invariant } from '../../base/invariant.ts';
import {
  factoriseQrInPlace,
  inverseGram,
  leverages,
  type Matrix,
  multiplyVector,
  type QrFactors,
  solveLeastSquaresInPlace,
  zeroMatrix,
} from './linalg.ts';

/** Families with a log link. `quasi-poisson` has the Poisson's estimates and a free dispersion. */
export type GlmFamily = 'poisson' | 'quasi-poisson' | 'gamma';

export interface GlmProblem {
  /** One row an observation, one column a coefficient; the intercept is a column of ones. */
  readonly design: Matrix;
  /** Counts (poisson, quasi-poisson: ≥ 0) or amounts (gamma: > 0). */
  readonly response: ArrayLike<number>;
  readonly family: GlmFamily;
  /** Added to the linear predictor, as ln(exposure). */
  readonly offset?: ArrayLike<number>;
  /** Prior weights ≥ 0; a row of weight 0 counts for nothing. */
  readonly priorWeights?: ArrayLike<number>;
  /** Relative change of the deviance that ends the iteration. Default 1e-8, as R's `glm.control`. */
  readonly tolerance?: number;
  /** Default 25, as R's `glm.control`. */
  readonly maximumIterations?: number;
}

export interface GlmFit {
  /** In the order of the design's columns; NaN where a column is a combination of earlier ones. */
  readonly coefficients: Float64Array;
  readonly fitted: Float64Array;
  /** Log of the fitted values, offset included. */
  readonly linearPredictor: Float64Array;
  readonly response: Float64Array;
  readonly priorWeights: Float64Array;
  /** Weights of the last least-squares step. */
  readonly workingWeights: Float64Array;
  readonly deviance: number;
  /** Pearson chi-square over residual degrees of freedom; NaN when no degree of freedom is left. */
  readonly dispersion: number;
  readonly family: GlmFamily;
  readonly rank: number;
  /** Rows with a positive weight, less the rank. */
  readonly residualDegreesOfFreedom: number;
  readonly converged: boolean;
  /** False when an iterate left the domain of the model even after halving its step. */
  readonly valid: boolean;
  readonly iterations: number;
  /** Factors of the last weighted design. */
  readonly qr: QrFactors;
}

/**
 * Fits a generalised linear model with log link by iteratively reweighted least squares.
 *
 * Start, working response, convergence rule and treatment of aliased columns follow R's `glm.fit`
 * (McCullagh and Nelder, Generalized Linear Models, 2nd ed., section 2.5), so that figures agree with it.
 * The input is trusted: lengths agree, everything is finite, the response is in the family's domain.
 */
export function fitGlm(problem: GlmProblem): GlmFit {
  const { design, family } = problem;
  const n = design.rows;
  const p = design.columns;
  invariant(problem.response.length === n, 'a GLM has one response a row');
  const tolerance = problem.tolerance ?? 1e-8;
  const maximumIterations = problem.maximumIterations ?? 25;
  const y = Float64Array.from(problem.response);
  const priorWeights = problem.priorWeights ? Float64Array.from(problem.priorWeights) : new Float64Array(n).fill(1);
  const offset = problem.offset ? Float64Array.from(problem.offset) : undefined;
  const gamma = family === 'gamma';

  let eta: Float64Array = new Float64Array(n);
  let mu: Float64Array = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    mu[i] = gamma ? y[i]! : y[i]! + 0.1;
    eta[i] = Math.log(mu[i]!);
  }
  const weighted = zeroMatrix(n, p);
  const workingResponse = new Float64Array(n);
  const rootWeight = new Float64Array(n);
  let coefficients: Float64Array | undefined;
  let qr: QrFactors | undefined;
  let previousDeviance = deviance(family, y, mu, priorWeights);
  let currentDeviance = previousDeviance;
  let converged = false;
  let valid = true;
  let iterations = 0;

  while (iterations < maximumIterations && !converged && valid) {
    iterations++;
    for (let i = 0; i < n; i++) {
      // With the log link dμ/dη = μ, so the weight is μ for a Poisson and 1 for a gamma.
      const root = Math.sqrt(gamma ? priorWeights[i]! : priorWeights[i]! * mu[i]!);
      rootWeight[i] = root;
      const z = eta[i]! - (offset ? offset[i]! : 0) + (y[i]! - mu[i]!) / mu[i]!;
      workingResponse[i] = root > 0 ? root * z : 0;
    }
    for (let j = 0; j < p; j++) {
      const start = j * n;
      for (let i = 0; i < n; i++) {
        weighted.values[start + i] = design.values[start + i]! * rootWeight[i]!;
      }
    }
    qr = factoriseQrInPlace(weighted, Math.min(1e-7, tolerance / 1000));
    let next = solveLeastSquaresInPlace(qr, workingResponse);
    [eta, mu] = predict(design, next, offset);
    currentDeviance = deviance(family, y, mu, priorWeights);
    for (let halving = 0; !Number.isFinite(currentDeviance); halving++) {
      if (!coefficients || halving >= maximumIterations) {
        valid = false;
        break;
      }
      next = next.map((value, j) => (value + coefficients![j]!) / 2);
      [eta, mu] = predict(design, next, offset);
      currentDeviance = deviance(family, y, mu, priorWeights);
    }
    coefficients = next;
    converged = valid && Math.abs(currentDeviance - previousDeviance) / (Math.abs(currentDeviance) + 0.1) < tolerance;
    previousDeviance = currentDeviance;
  }
  invariant(coefficients && qr, 'a GLM takes at least one iteration');

  let used = 0;
  let pearson = 0;
  const workingWeights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const weight = rootWeight[i]! ** 2;
    workingWeights[i] = weight;
    if (priorWeights[i]! > 0) {
      used++;
      pearson += weight * ((y[i]! - mu[i]!) / mu[i]!) ** 2;
    }
  }
  const degrees = used - qr.rank;
  return {
    coefficients,
    fitted: mu,
    linearPredictor: eta,
    response: y,
    priorWeights,
    workingWeights,
    deviance: currentDeviance,
    dispersion: degrees > 0 ? pearson / degrees : Number.NaN,
    family,
    rank: qr.rank,
    residualDegreesOfFreedom: degrees,
    converged,
    valid,
    iterations,
    qr,
  };
}

/** Covariance of the coefficients: `dispersion × (XᵀWX)⁻¹`. Dispersion defaults to 1 for `poisson`, else estimated. */
export function glmCovariance(fit: GlmFit, dispersion = scaleOf(fit)): Matrix {
  const covariance = inverseGram(fit.qr);
  for (let i = 0; i < covariance.values.length; i++) {
    covariance.values[i]! *= dispersion;
  }
  return covariance;
}

/** Standard errors of the coefficients, in their order. */
export function glmStandardErrors(fit: GlmFit, dispersion = scaleOf(fit)): Float64Array {
  const covariance = glmCovariance(fit, dispersion);
  const p = covariance.columns;
  return Float64Array.from({ length: p }, (_, j) => Math.sqrt(covariance.values[j * p + j]!));
}

/** Leverage of each row (0 where its weight is 0). */
export function glmHatValues(fit: GlmFit): Float64Array {
  return leverages(fit.qr);
}

/**
 * Anscombe residuals of a Poisson fit, standardised by dispersion and leverage
 * (Farrington and others 1996, J R Stat Soc A 159:547, equation for s; `anscombe.residuals` of R's surveillance).
 */
export function anscombeResiduals(fit: GlmFit, dispersion: number): Float64Array {
  invariant(fit.family !== 'gamma', 'these Anscombe residuals are for counts');
  const hat = glmHatValues(fit);
  return fit.response.map((y, i) => {
    const mu = fit.fitted[i]!;
    const raw = 1.5 * (Math.cbrt(y) ** 2 * mu ** (-1 / 6) - Math.sqrt(mu));
    return raw / Math.sqrt(dispersion * (1 - hat[i]!));
  });
}

export interface GlmPrediction {
  readonly linearPredictor: number;
  readonly linearPredictorSe: number;
  readonly mean: number;
  /** By the delta method. */
  readonly meanSe: number;
}

/** Prediction for one new row; aliased coefficients count as zero, as in R. */
export function predictGlm(
  fit: GlmFit,
  row: ArrayLike<number>,
  options: { readonly offset?: number; readonly dispersion?: number } = {},
): GlmPrediction {
  const { columns: p, rank, pivot, rows: n, packed } = fit.qr;
  invariant(row.length === p, 'a row to predict has one value a coefficient');
  let linearPredictor = options.offset ?? 0;
  for (let k = 0; k < rank; k++) {
    const j = pivot[k]!;
    linearPredictor += row[j]! * fit.coefficients[j]!;
  }
  // Solving Rᵀ v = x gives the variance as |v|² without forming the covariance.
  const v = new Float64Array(rank);
  let variance = 0;
  for (let k = 0; k < rank; k++) {
    let sum = row[pivot[k]!]!;
    for (let i = 0; i < k; i++) {
      sum -= packed[k * n + i]! * v[i]!;
    }
    v[k] = sum / packed[k * n + k]!;
    variance += v[k]! ** 2;
  }
  const linearPredictorSe = Math.sqrt(variance * (options.dispersion ?? scaleOf(fit)));
  const mean = Math.exp(linearPredictor);
  return { linearPredictor, linearPredictorSe, mean, meanSe: mean * linearPredictorSe };
}

/** Deviance of the model with an intercept alone (same offset and weights). */
export function glmNullDeviance(problem: GlmProblem): number {
  const ones = { rows: problem.design.rows, columns: 1, values: new Float64Array(problem.design.rows).fill(1) };
  return fitGlm({ ...problem, design: ones }).deviance;
}

function scaleOf(fit: GlmFit): number {
  return fit.family === 'poisson' ? 1 : fit.dispersion;
}

function predict(
  design: Matrix,
  coefficients: Float64Array,
  offset: Float64Array | undefined,
): [eta: Float64Array, mu: Float64Array] {
  const eta = multiplyVector(
    design,
    coefficients.map((value) => (Number.isNaN(value) ? 0 : value)),
  );
  const mu = new Float64Array(eta.length);
  for (let i = 0; i < eta.length; i++) {
    if (offset) {
      eta[i]! += offset[i]!;
    }
    // R's log link keeps the mean above the machine epsilon for the same reason: a weight must not vanish.
    mu[i] = Math.max(Math.exp(eta[i]!), Number.EPSILON);
  }
  return [eta, mu];
}

function deviance(family: GlmFamily, y: Float64Array, mu: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) {
      continue;
    }
    const observed = y[i]!;
    const mean = mu[i]!;
    if (family === 'gamma') {
      sum += -2 * weight * (Math.log(observed === 0 ? 1 : observed / mean) - (observed - mean) / mean);
    } else {
      sum += 2 * weight * (observed > 0 ? observed * Math.log(observed / mean) - (observed - mean) : mean);
    }
  }
  return sum;
}
