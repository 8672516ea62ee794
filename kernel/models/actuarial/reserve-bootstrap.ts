import type { Prng } from '../../base/prng.ts';
import { drawGamma } from '../numeric/draws.ts';
import { fitGlm, glmCovariance } from '../numeric/glm.ts';
import { zeroMatrix } from '../numeric/linalg.ts';
import { developmentFactors, mackChainLadder, type SigmaMethod } from './chain-ladder.ts';
import { incrementsOf, latestDiagonal, type Triangle } from './triangle.ts';

export type ProcessDistribution = 'gamma' | 'normal' | 'none';

export interface BootstrapResult {
  readonly replicates: number;
  /** `replicates × origins`: simulated amounts still to come. */
  readonly reserves: Float64Array;
  /** The same without process noise: what comes from estimating alone. */
  readonly estimates: Float64Array;
  /** Pseudo-triangles that could not be developed (a column summed to zero or less) and were drawn again. */
  readonly redrawn: number;
}

export interface OverDispersedPoissonFit {
  readonly fittedIncrements: Float64Array;
  /** Unscaled Pearson residuals of the known cells, in row order. */
  readonly residuals: Float64Array;
  /** φ: Pearson chi-squared over degrees of freedom. */
  readonly dispersion: number;
  readonly degreesOfFreedom: number;
}

/** The over-dispersed Poisson model whose maximum likelihood is the chain ladder (Renshaw and Verrall 1998). */
export function overDispersedPoisson(triangle: Triangle): OverDispersedPoissonFit {
  const { origins, ages, known, cells } = triangle;
  const factor = developmentFactors(triangle);
  const fitted = new Float64Array(origins * ages).fill(Number.NaN);
  const increments = incrementsOf(triangle);
  const residuals: number[] = [];
  let chi = 0;
  for (let i = 0; i < origins; i++) {
    // Backwards from the latest amount: the fitted past of the chain ladder.
    const back = new Float64Array(known[i]!);
    back[known[i]! - 1] = cells[i * ages + known[i]! - 1]!;
    for (let k = known[i]! - 2; k >= 0; k--) {
      back[k] = back[k + 1]! / factor[k]!;
    }
    for (let k = 0; k < known[i]!; k++) {
      const m = back[k]! - (k ? back[k - 1]! : 0);
      fitted[i * ages + k] = m;
      const gap = increments[i * ages + k]! - m;
      const residual = m === 0 ? 0 : gap / Math.sqrt(Math.abs(m));
      residuals.push(residual);
      chi += residual * residual;
    }
  }
  const degreesOfFreedom = residuals.length - (origins + ages - 1);
  return {
    fittedIncrements: fitted,
    residuals: Float64Array.from(residuals),
    dispersion: chi / degreesOfFreedom,
    degreesOfFreedom,
  };
}

/**
 * Reserve and prediction error of the over-dispersed Poisson GLM in closed form (England and Verrall 1999,
 * equations 3.4–3.6): origin and age factors, log link.
 *
 * @param triangle whose increments are all ≥ 0.
 */
export function overDispersedPoissonError(triangle: Triangle): {
  readonly reserve: Float64Array;
  readonly se: Float64Array;
  readonly totalReserve: number;
  readonly totalSe: number;
} {
  const { origins, ages, known } = triangle;
  const increments = incrementsOf(triangle);
  const columns = origins + ages - 1;
  const rowOf = (i: number, k: number) => {
    const row = new Float64Array(columns);
    row[0] = 1;
    if (i > 0) {
      row[i] = 1;
    }
    if (k > 0) {
      row[origins + k - 1] = 1;
    }
    return row;
  };
  const total = known.reduce((a, b) => a + b, 0);
  const design = zeroMatrix(total, columns);
  const response = new Float64Array(total);
  let r = 0;
  for (let i = 0; i < origins; i++) {
    for (let k = 0; k < known[i]!; k++) {
      response[r] = increments[i * ages + k]!;
      for (const [j, x] of rowOf(i, k).entries()) {
        design.values[j * total + r] = x;
      }
      r++;
    }
  }
  const fit = fitGlm({ design, response, family: 'quasi-poisson', tolerance: 1e-12, maximumIterations: 50 });
  const covariance = glmCovariance(fit);
  const reserve = new Float64Array(origins);
  const se = new Float64Array(origins);
  const gradientTotal = new Float64Array(columns);
  for (let i = 0; i < origins; i++) {
    const gradient = new Float64Array(columns);
    for (let k = known[i]!; k < ages; k++) {
      const row = rowOf(i, k);
      const m = Math.exp(row.reduce((sum, x, j) => sum + x * fit.coefficients[j]!, 0));
      reserve[i] = reserve[i]! + m;
      for (let j = 0; j < columns; j++) {
        gradient[j] = gradient[j]! + m * row[j]!;
        gradientTotal[j] = gradientTotal[j]! + m * row[j]!;
      }
    }
    se[i] = Math.sqrt(fit.dispersion * reserve[i]! + quadratic(covariance.values, gradient));
  }
  const totalReserve = reserve.reduce((a, b) => a + b, 0);
  return {
    reserve,
    se,
    totalReserve,
    totalSe: Math.sqrt(fit.dispersion * totalReserve + quadratic(covariance.values, gradientTotal)),
  };
}

function quadratic(matrix: Float64Array, x: Float64Array): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      sum += x[i]! * matrix[j * n + i]! * x[j]!;
    }
  }
  return sum;
}

function drawAround(prng: Prng, kind: ProcessDistribution, mean: number, variance: number): number {
  if (kind === 'none' || !(variance > 0) || mean === 0) {
    return mean;
  }
  if (kind === 'normal') {
    return mean + Math.sqrt(variance) * prng.normal();
  }
  const size = Math.abs(mean);
  return Math.sign(mean) * drawGamma(prng, (size * size) / variance, variance / size);
}

const MAXIMUM_REDRAWS_PER_REPLICATE = 1000;

/**
 * Bootstrap of the over-dispersed Poisson chain ladder (England and Verrall 1999, 2002; England 2002): Pearson
 * residuals, scaled for degrees of freedom, resampled into pseudo-triangles; process noise with variance φ·m added.
 * Yields after every thousand replicates.
 */
export function* bootstrapOverDispersedPoisson(
  triangle: Triangle,
  replicates: number,
  process: ProcessDistribution,
  prng: Prng,
): Generator<number, BootstrapResult> {
  const { origins, ages, known } = triangle;
  const fit = overDispersedPoisson(triangle);
  const scale = Math.sqrt(fit.residuals.length / Math.max(1, fit.degreesOfFreedom));
  const pool = fit.residuals.map((r) => r * scale);
  const dispersion = Math.max(0, fit.degreesOfFreedom > 0 ? fit.dispersion : 0);
  const root = fit.fittedIncrements.map((m) => Math.sqrt(Math.abs(m)));
  const pseudo = new Float64Array(origins * ages);
  const factor = new Float64Array(ages - 1);
  const reserves = new Float64Array(replicates * origins);
  const estimates = new Float64Array(replicates * origins);
  let redrawn = 0;
  let attempts = 0;
  for (let b = 0; b < replicates; ) {
    for (let i = 0; i < origins; i++) {
      let sum = 0;
      for (let k = 0; k < known[i]!; k++) {
        const at = i * ages + k;
        sum += fit.fittedIncrements[at]! + pool[prng.below(pool.length)]! * root[at]!;
        pseudo[at] = sum;
      }
    }
    if (!factorsInto(factor, pseudo, triangle)) {
      redrawn++;
      attempts++;
      if (attempts < MAXIMUM_REDRAWS_PER_REPLICATE) {
        continue;
      }
    }
    attempts = 0;
    for (let i = 0; i < origins; i++) {
      let cumulative = pseudo[i * ages + known[i]! - 1]!;
      let expected = 0;
      let simulated = 0;
      for (let k = known[i]! - 1; k < ages - 1; k++) {
        const next = cumulative * factor[k]!;
        const m = next - cumulative;
        expected += m;
        simulated += drawAround(prng, process, m, dispersion * Math.abs(m));
        cumulative = next;
      }
      estimates[b * origins + i] = expected;
      reserves[b * origins + i] = simulated;
    }
    b++;
    if (b % 1000 === 0) {
      yield b / replicates;
    }
  }
  return { replicates, reserves, estimates, redrawn };
}

function factorsInto(factor: Float64Array, cells: Float64Array, { origins, ages, known }: Triangle): boolean {
  for (let k = 0; k < ages - 1; k++) {
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k + 1) {
        top += cells[i * ages + k + 1]!;
        bottom += cells[i * ages + k]!;
      }
    }
    if (!(top > 0 && bottom > 0)) {
      return false;
    }
    factor[k] = top / bottom;
  }
  return true;
}

/**
 * Bootstrap of Mack's model (England and Verrall 2006, section 4): resampled ratio residuals give pseudo-factors,
 * then each step is simulated with mean f*·C and variance σ²·C. Yields after every thousand replicates.
 */
export function* bootstrapMack(
  triangle: Triangle,
  replicates: number,
  process: ProcessDistribution,
  prng: Prng,
  sigmaMethod: SigmaMethod = 'mack',
): Generator<number, BootstrapResult> {
  const { origins, ages, known, cells } = triangle;
  const fit = mackChainLadder(triangle, { sigmaMethod });
  const residuals: number[] = [];
  // For each step: Σ√C_ik, the weights a residual enters the pseudo-factor with.
  const rootsOf: Float64Array[] = [];
  const exposure = new Float64Array(ages - 1);
  for (let k = 0; k < ages - 1; k++) {
    const roots: number[] = [];
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k + 1) {
        const c = cells[i * ages + k]!;
        roots.push(Math.sqrt(c));
        exposure[k] = exposure[k]! + c;
      }
    }
    if (roots.length > 1 && fit.sigma[k]! > 0) {
      const adjust = Math.sqrt(roots.length / (roots.length - 1));
      for (let i = 0; i < origins; i++) {
        if (known[i]! > k + 1) {
          const c = cells[i * ages + k]!;
          residuals.push((adjust * Math.sqrt(c) * (cells[i * ages + k + 1]! / c - fit.factor[k]!)) / fit.sigma[k]!);
        }
      }
    }
    rootsOf.push(Float64Array.from(roots));
  }
  const centre = residuals.reduce((a, b) => a + b, 0) / Math.max(1, residuals.length);
  const pool = Float64Array.from(residuals.length ? residuals : [0], (r) => r - centre);
  const latest = latestDiagonal(triangle);
  const factor = new Float64Array(ages - 1);
  const reserves = new Float64Array(replicates * origins);
  const estimates = new Float64Array(replicates * origins);
  for (let b = 0; b < replicates; b++) {
    for (let k = 0; k < ages - 1; k++) {
      const roots = rootsOf[k]!;
      let noise = 0;
      for (let i = 0; i < roots.length; i++) {
        noise += roots[i]! * pool[prng.below(pool.length)]!;
      }
      factor[k] = fit.factor[k]! + (fit.sigma[k]! * noise) / exposure[k]!;
    }
    for (let i = 0; i < origins; i++) {
      let expected = latest[i]!;
      let simulated = latest[i]!;
      for (let k = known[i]! - 1; k < ages - 1; k++) {
        const variance = fit.sigma[k]! ** 2 * Math.abs(simulated);
        expected *= factor[k]!;
        simulated = drawAround(prng, process, simulated * factor[k]!, variance);
      }
      estimates[b * origins + i] = expected - latest[i]!;
      reserves[b * origins + i] = simulated - latest[i]!;
    }
    if ((b + 1) % 1000 === 0) {
      yield (b + 1) / replicates;
    }
  }
  return { replicates, reserves, estimates, redrawn: 0 };
}
