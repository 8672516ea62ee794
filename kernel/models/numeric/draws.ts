import type { Prng } from '../../base/prng.ts';
import { logGamma } from './special.ts';

/** Exponential with the given mean. */
export function drawExponential(prng: Prng, mean: number): number {
  return -mean * Math.log1p(-prng.uniform());
}

/** Gamma by Marsaglia and Tsang (2000); shape below 1 by the power of a uniform. */
export function drawGamma(prng: Prng, shape: number, scale: number): number {
  if (!(shape > 0)) {
    return shape === 0 ? 0 : Number.NaN;
  }
  if (shape < 1) {
    const u = 1 - prng.uniform();
    return drawGamma(prng, shape + 1, scale) * u ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = prng.normal();
    const v = 1 + c * z;
    if (v <= 0) {
      continue;
    }
    const cube = v * v * v;
    const u = 1 - prng.uniform();
    if (u < 1 - 0.0331 * z ** 4 || Math.log(u) < 0.5 * z * z + d * (1 - cube + Math.log(cube))) {
      return scale * d * cube;
    }
  }
}

export function drawBeta(prng: Prng, a: number, b: number): number {
  const x = drawGamma(prng, a, 1);
  return x / (x + drawGamma(prng, b, 1));
}

/** Poisson: multiplication of uniforms below a mean of 10, Hörmann's PTRS (1993) above. Exact for every mean. */
export function drawPoisson(prng: Prng, mean: number): number {
  if (!(mean > 0) || mean === Number.POSITIVE_INFINITY) {
    return mean === 0 ? 0 : Number.NaN;
  }
  if (mean < 10) {
    const limit = Math.exp(-mean);
    let product = prng.uniform();
    let count = 0;
    while (product > limit) {
      product *= prng.uniform();
      count++;
    }
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = prng.uniform() - 0.5;
    const v = 1 - prng.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) {
      return k;
    }
    if (k < 0 || (us < 0.013 && v > us)) {
      continue;
    }
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logGamma(k + 1)) {
      return k;
    }
  }
}

/** Binomial: inversion below n·p = 10, Hörmann's BTRS (1993) above. */
export function drawBinomial(prng: Prng, n: number, p: number): number {
  if (!(n >= 0 && p >= 0 && p <= 1)) {
    return Number.NaN;
  }
  if (p > 0.5) {
    return n - drawBinomial(prng, n, 1 - p);
  }
  if (n === 0 || p === 0) {
    return 0;
  }
  if (n * p < 10) {
    // Waiting times between successes: exact, and about n·p steps.
    const logQ = Math.log1p(-p);
    let count = 0;
    let position = 0;
    for (;;) {
      position += Math.floor(Math.log1p(-prng.uniform()) / logQ) + 1;
      if (position > n) {
        return count;
      }
      count++;
    }
  }
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const squeeze = 0.92 - 4.2 / b;
  const mode = Math.floor((n + 1) * p);
  const logOdds = Math.log(p / (1 - p));
  const height = logGamma(mode + 1) + logGamma(n - mode + 1);
  for (;;) {
    const u = prng.uniform() - 0.5;
    const v = 1 - prng.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (k < 0 || k > n) {
      continue;
    }
    if (us >= 0.07 && v <= squeeze) {
      return k;
    }
    const logV = Math.log((v * alpha) / (a / (us * us) + b));
    if (logV <= height - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * logOdds) {
      return k;
    }
  }
}

/** Negative binomial by mean and size (variance mean + mean²/size): a Poisson whose mean is gamma. */
export function drawNegativeBinomial(prng: Prng, size: number, mean: number): number {
  return mean === 0 ? 0 : drawPoisson(prng, drawGamma(prng, size, mean / size));
}
