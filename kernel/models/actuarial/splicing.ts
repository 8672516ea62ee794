import type { Prng } from '../../base/prng.ts';
import type { Distribution } from '../numeric/distributions.ts';

/** Empirical distributions, heavy tails, and joining a body to a tail. */

/** Σ f(x). */
export function total(x: Float64Array, f: (v: number) => number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    sum += f(x[i]!);
  }
  return sum;
}

export interface TailFit {
  /** Shape ξ of the generalised Pareto; above 0 a heavy tail with index 1/ξ. */
  readonly shape: number;
  readonly shapeSe: number;
  readonly scale: number;
  readonly scaleSe: number;
  readonly exceedances: number;
}

/** Generalised Pareto fit of excesses over a threshold (Grimshaw's profile, 1993), −½ < ξ. */
export function fitGeneralisedPareto(excesses: Float64Array): TailFit {
  const n = excesses.length;
  const most = excesses.reduce((a, b) => Math.max(a, b), 0);
  // Reparametrised by t = ξ/σ: ξ(t) = mean log(1 + t y), and the profile −log(ξ/t) − ξ − 1 is maximised in t.
  const shapeAt = (t: number) => total(excesses, (y) => Math.log1p(t * y)) / n;
  const mean = total(excesses, (y) => y) / n;
  const profile = (t: number) => {
    if (Math.abs(t * mean) < 1e-7) {
      return -Math.log(mean) - 1;
    }
    const xi = shapeAt(t);
    return xi > -0.5 ? -Math.log(xi / t) - xi - 1 : Number.NEGATIVE_INFINITY;
  };
  // A grid over both signs, then golden section in the best cell.
  const grid: number[] = [];
  for (let i = 1; i <= 200; i++) {
    grid.push((-1 / most) * (1 - (i / 201) ** 2));
  }
  for (let i = -60; i <= 60; i++) {
    grid.push(Math.exp(i / 6) / mean);
  }
  grid.sort((a, b) => a - b);
  let best = 0;
  for (let i = 1; i < grid.length; i++) {
    best = profile(grid[i]!) > profile(grid[best]!) ? i : best;
  }
  let a = grid[Math.max(0, best - 1)]!;
  let b = grid[Math.min(grid.length - 1, best + 1)]!;
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 100; i++) {
    const c = b - golden * (b - a);
    const d = a + golden * (b - a);
    if (profile(c) > profile(d)) {
      b = d;
    } else {
      a = c;
    }
  }
  const t = (a + b) / 2;
  const nearZero = Math.abs(t * mean) < 1e-7;
  const shape = nearZero ? 0 : shapeAt(t);
  const scale = nearZero ? mean : shape / t;
  return {
    shape,
    scale,
    // Asymptotic variances of Smith (1987), valid for ξ > −½.
    shapeSe: (1 + shape) / Math.sqrt(n),
    scaleSe: scale * Math.sqrt((2 * (1 + shape)) / n),
    exceedances: n,
  };
}

function generalisedParetoSurvival(excess: number, shape: number, scale: number): number {
  if (excess <= 0) {
    return 1;
  }
  if (Math.abs(shape) < 1e-9) {
    return Math.exp(-excess / scale);
  }
  const inside = 1 + (shape * excess) / scale;
  return inside > 0 ? inside ** (-1 / shape) : 0;
}

function generalisedParetoQuantile(survival: number, shape: number, scale: number): number {
  return Math.abs(shape) < 1e-9 ? -scale * Math.log(survival) : (scale * (survival ** -shape - 1)) / shape;
}

/** The sample itself as a distribution: each amount with probability 1/n. */
export function empirical(amounts: ArrayLike<number>): Distribution {
  const x = Float64Array.from(amounts).sort();
  const n = x.length;
  const mean = total(x, (v) => v) / n;
  const upTo = (value: number) => {
    let low = 0;
    let high = n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x[middle]! <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  const prefix = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    prefix[i + 1] = prefix[i]! + x[i]!;
  }
  const cdf = (v: number) => upTo(v) / n;
  const density = (v: number) => (upTo(v) - upTo(v - Number.EPSILON * Math.abs(v))) / n;
  return {
    name: 'empirical',
    mean,
    variance: total(x, (v) => (v - mean) ** 2) / n,
    density,
    logDensity: (v) => Math.log(density(v)),
    cdf,
    survival: (v) => 1 - cdf(v),
    quantile: (p) =>
      p >= 0 && p <= 1 ? x[Math.min(n - 1, Math.max(0, Math.ceil(p * n * (1 - 1e-12)) - 1))]! : Number.NaN,
    draw: (prng: Prng) => x[prng.below(n)]!,
    limitedMean: (limit) => {
      const k = upTo(limit);
      // Below the smallest amount everything is cut; beyond the largest nothing is, whatever the limit.
      return limit <= 0 ? 0 : (prefix[k]! + (n - k > 0 ? (n - k) * limit : 0)) / n;
    },
  };
}

/**
 * A body and a generalised-Pareto tail, joined at a threshold: below it the body cut off there, above it the tail, with
 * the weight of the tail the share of amounts above (Klugman, Panjer and Willmot; McNeil 1997).
 */
export function spliced(body: Distribution, threshold: number, tailWeight: number, tail: TailFit): Distribution {
  const bodyMass = body.cdf(threshold);
  const scale = (1 - tailWeight) / bodyMass;
  const { shape, scale: sigma } = tail;
  const survival = (x: number) =>
    x >= threshold
      ? tailWeight * generalisedParetoSurvival(x - threshold, shape, sigma)
      : tailWeight + scale * (bodyMass - body.cdf(x));
  const logTail = (x: number) => {
    const inside = 1 + (shape * (x - threshold)) / sigma;
    const power = Math.abs(shape) < 1e-9 ? -(x - threshold) / sigma : -(1 + 1 / shape) * Math.log(inside);
    return inside > 0 ? Math.log(tailWeight / sigma) + power : Number.NEGATIVE_INFINITY;
  };
  const quantile = (p: number) => {
    if (!(p >= 0 && p <= 1)) {
      return Number.NaN;
    }
    return p >= 1 - tailWeight
      ? threshold + generalisedParetoQuantile((1 - p) / tailWeight, shape, sigma)
      : Math.min(threshold, body.quantile((p / (1 - tailWeight)) * bodyMass));
  };
  const limitedBody = (limit: number) => {
    // E[min(X, l); X ≤ threshold] of the body, from its limited mean.
    const cut = Math.min(limit, threshold);
    const below = body.limitedMean!(cut) - cut * body.survival(cut);
    return scale * (below + cut * (bodyMass - body.cdf(cut)));
  };
  const limitedTail = (excess: number) => {
    if (!(excess > 0)) {
      return 0;
    }
    const ends = shape < 0 ? Math.min(excess, -sigma / shape) : excess;
    if (Math.abs(shape) < 1e-9) {
      return -sigma * Math.expm1(-ends / sigma);
    }
    if (Math.abs(shape - 1) < 1e-9) {
      return sigma * Math.log1p(ends / sigma);
    }
    return (sigma / (1 - shape)) * (1 - (1 + (shape * ends) / sigma) ** (1 - 1 / shape));
  };
  const limitedMean = (limit: number) =>
    limit <= threshold
      ? limitedBody(limit) + tailWeight * Math.max(0, limit)
      : limitedBody(limit) + tailWeight * (threshold + limitedTail(limit - threshold));
  const mean =
    shape < 1 ? limitedBody(threshold) + tailWeight * (threshold + sigma / (1 - shape)) : Number.POSITIVE_INFINITY;
  return {
    name: `spliced ${body.name}`,
    mean,
    variance: shape < 0.5 ? splicedVariance() : Number.POSITIVE_INFINITY,
    density: (x) => (x > threshold ? Math.exp(logTail(x)) : scale * body.density(x)),
    logDensity: (x) => (x > threshold ? logTail(x) : Math.log(scale) + body.logDensity(x)),
    cdf: (x) => 1 - survival(x),
    survival,
    quantile,
    draw: (prng: Prng) => quantile(prng.uniform()),
    limitedMean,
  };

  function splicedVariance(): number {
    // E[X²] = 2 ∫ x S(x) dx below the threshold by Simpson; above it the generalised Pareto's own moments.
    const n = 2000;
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      const x = (i * threshold) / n;
      sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * 2 * x * survival(x);
    }
    const below = (sum * threshold) / (3 * n);
    const first = sigma / (1 - shape);
    const second = (2 * sigma * sigma) / ((1 - shape) * (1 - 2 * shape));
    return below + tailWeight * (second + 2 * threshold * first) - mean * mean;
  }
}
