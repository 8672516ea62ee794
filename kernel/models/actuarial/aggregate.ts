import type { CountDistribution, Distribution } from '../numeric/distributions.ts';
import { fourier, powerOfTwo } from '../numeric/fft.ts';

/** What one claim costs the scheme after its terms, as far as a grid needs to know it. */
export interface ClaimCost {
  /** P(cost ≤ x). */
  cdf(x: number): number;
  /** E[min(cost, limit)]. */
  limitedMean(limit: number): number;
}

export interface ClaimTerms {
  /** The insured pays this much of each claim first. */
  readonly deductible?: number;
  /** Share of the rest that the insured pays, 0 to 1. */
  readonly coinsurance?: number;
  /** The scheme pays at most this much for a claim. */
  readonly ceiling?: number;
}

/** min(ceiling, (1 − coinsurance) · max(0, X − deductible)), of every loss (zeros included). */
export function claimCost(severity: Distribution, terms: ClaimTerms = {}): ClaimCost {
  const { deductible = 0, coinsurance = 0, ceiling = Number.POSITIVE_INFINITY } = terms;
  const kept = 1 - coinsurance;
  const limited = severity.limitedMean ?? ((limit: number) => integrateSurvival(severity, limit));
  const below = deductible > 0 ? limited(deductible) : 0;
  return {
    cdf: (x) => (x < 0 ? 0 : x >= ceiling || kept === 0 ? 1 : severity.cdf(deductible + x / kept)),
    limitedMean: (limit) =>
      limit <= 0 || kept === 0 ? 0 : kept * (limited(deductible + Math.min(limit, ceiling) / kept) - below),
  };
}

/** ∫₀^limit P(X > x) dx by Simpson's rule on 4,096 intervals, for a family without a closed form. */
function integrateSurvival(severity: Distribution, limit: number): number {
  const top = Number.isFinite(limit) ? limit : severity.quantile(1 - 1e-12);
  const n = 4096;
  let sum = severity.survival(0) + severity.survival(top);
  for (let i = 1; i < n; i++) {
    sum += (i % 2 ? 4 : 2) * severity.survival((i * top) / n);
  }
  return (sum * top) / (3 * n);
}

/**
 * How a continuous cost is put on a grid: everything to the point below (`lower-bound`) or above (`upper-bound`), to the nearest, or
 * so that the mean of every interval is kept (`unbiased`, Klugman, Panjer and Willmot, local moment matching).
 */
export type Discretisation = 'unbiased' | 'rounding' | 'lower-bound' | 'upper-bound';

/** Probabilities at 0, step, …, (points − 1)·step; what lies beyond is left out, except the interval's end. */
export function discretise(cost: ClaimCost, step: number, points: number, method: Discretisation): Float64Array {
  const f = new Float64Array(points);
  const last = points - 1;
  if (method === 'unbiased') {
    let before = 0;
    let here = cost.limitedMean(step);
    f[0] = 1 - here / step;
    for (let k = 1; k < last; k++) {
      const after = cost.limitedMean((k + 1) * step);
      f[k] = Math.max(0, (2 * here - before - after) / step);
      before = here;
      here = after;
    }
    if (last > 0) {
      f[last] = Math.max(0, (here - before) / step - 1 + cost.cdf(last * step));
    }
    return f;
  }
  const shift = method === 'rounding' ? 0.5 : method === 'lower-bound' ? 1 : 0;
  let before = 0;
  for (let k = 0; k < points; k++) {
    const here = cost.cdf((k + shift) * step);
    f[k] = here - before;
    before = here;
  }
  return f;
}

/** A total on a grid. */
export interface GridDistribution {
  readonly step: number;
  /** P(S = k · step). */
  readonly probability: Float64Array;
}

const RESCALE = 1e250;

/**
 * Panjer's recursion (1981) for counts of the (a, b, 0) class and their zero-modifications. Rescaled as it goes, so
 * that a portfolio of a million claims does not underflow.
 *
 * @param severity probabilities at 0, 1, 2, … steps. @param points how far the total is computed.
 */
export function panjer(counts: CountDistribution, severity: Float64Array, points: number): Float64Array {
  const { a, b, zeroModified } = counts.panjer;
  const g = new Float64Array(points);
  const f0 = severity[0]!;
  // A zero-modified total is the base total mixed with a sure zero; recover the base's own zero from the class.
  const base = zeroModified ? baseOf(counts) : { zero: counts.density(0), scale: 1 };
  const logStart = logGeneratingBase(a, b, f0);
  let logScale = 0;
  g[0] = 1;
  const divisor = 1 - a * f0;
  const reach = severity.length - 1;
  for (let x = 1; x < points; x++) {
    let sum = 0;
    const most = Math.min(x, reach);
    const slope = b / x;
    for (let y = 1; y <= most; y++) {
      sum += (a + slope * y) * severity[y]! * g[x - y]!;
    }
    const value = sum / divisor;
    g[x] = value;
    if (value > RESCALE) {
      for (let k = 0; k <= x; k++) {
        g[k] = g[k]! / RESCALE;
      }
      logScale += Math.log(RESCALE);
    }
  }
  const factor = Math.exp(logStart + logScale);
  for (let x = 0; x < points; x++) {
    // Below the last binade nothing is left to scale; above it, the two logs are added before the exponential.
    g[x] =
      factor > 0 && Number.isFinite(factor)
        ? g[x]! * factor
        : g[x]! > 0
          ? Math.exp(Math.log(g[x]!) + logStart + logScale)
          : 0;
  }
  if (zeroModified) {
    for (let x = 0; x < points; x++) {
      g[x] = g[x]! * base.scale;
    }
    g[0] = g[0]! + counts.density(0) - base.scale * base.zero;
  }
  return g;
}

/** log of the (a, b, 0) class's generating function at z. */
function logGeneratingBase(a: number, b: number, z: number): number {
  if (a === 0) {
    return b * (z - 1);
  }
  // ((1 − a z)/(1 − a))^−(1 + b/a): negative binomial for a > 0, binomial for a < 0.
  return -(1 + b / a) * (Math.log1p(-a * z) - Math.log1p(-a));
}

function baseOf(counts: CountDistribution): { zero: number; scale: number } {
  const { a, b } = counts.panjer;
  const zero = Math.exp(logGeneratingBase(a, b, 0));
  return { zero, scale: (1 - counts.density(0)) / -Math.expm1(logGeneratingBase(a, b, 0)) };
}

/**
 * The total by fast Fourier transform, exponentially tilted so that what wraps round is damped (Grübel and Hermesmeier
 * 1999). For any count distribution with a generating function.
 */
export function compoundByFourier(counts: CountDistribution, severity: Float64Array, points: number): Float64Array {
  // Twice the room: the part that is read is tilted by at most e¹⁰, so rounding stays near 1e-12, and what wraps
  // round from beyond the grid is damped by e⁻²⁰.
  const n = 2 * powerOfTwo(Math.max(points, severity.length));
  const tilt = 20 / n;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  for (let k = 0; k < severity.length; k++) {
    re[k] = severity[k]! * Math.exp(-tilt * k);
  }
  fourier(re, im);
  for (let k = 0; k < n; k++) {
    const [x, y] = counts.generating(re[k]!, im[k]!);
    re[k] = x;
    im[k] = y;
  }
  fourier(re, im, true);
  const g = new Float64Array(points);
  for (let k = 0; k < points; k++) {
    g[k] = Math.max(0, re[k]! * Math.exp(tilt * k));
  }
  return g;
}

/** The total for an arbitrary list of count probabilities, by direct convolution (Horner's scheme on the powers). */
export function compoundByConvolution(counts: ArrayLike<number>, severity: Float64Array, points: number): Float64Array {
  let g = new Float64Array(points);
  for (let n = counts.length - 1; n >= 0; n--) {
    const next = new Float64Array(points);
    for (let x = 0; x < points; x++) {
      let sum = 0;
      for (let y = 0; y <= Math.min(x, severity.length - 1); y++) {
        sum += severity[y]! * g[x - y]!;
      }
      next[x] = sum;
    }
    next[0] = next[0]! + counts[n]!;
    g = next;
  }
  return g;
}

export interface TotalSummary {
  readonly mean: number;
  readonly sd: number;
  /** Probability beyond the grid. */
  readonly missing: number;
}

export function summariseTotal({ step, probability }: GridDistribution): TotalSummary {
  let mass = 0;
  let mean = 0;
  let second = 0;
  for (let k = 0; k < probability.length; k++) {
    const p = probability[k]!;
    mass += p;
    mean += p * k;
    second += p * k * k;
  }
  return { mean: mean * step, sd: Math.sqrt(Math.max(0, second - mean * mean)) * step, missing: 1 - mass };
}

export interface TailMeasures {
  readonly valueAtRisk: number;
  /** Mean of the worst 1 − p (coherent: an atom at the quantile is split). */
  readonly tailValueAtRisk: number;
  /** E[S | S > VaR]: what some software prints as TVaR. */
  readonly meanBeyond: number;
}

/** VaR and both tail means at p; NaN where the grid ends before p. */
export function tailMeasures({ step, probability }: GridDistribution, p: number): TailMeasures {
  let below = 0;
  let k = 0;
  // Sums of thousands of probabilities carry an error of about 1e-13; do not step over an exact quantile for it.
  while (k < probability.length && below + probability[k]! < p - 1e-13) {
    below += probability[k]!;
    k++;
  }
  if (k === probability.length) {
    return { valueAtRisk: Number.NaN, tailValueAtRisk: Number.NaN, meanBeyond: Number.NaN };
  }
  const upTo = below + probability[k]!;
  let beyond = 0;
  let beyondMass = 0;
  for (let j = k + 1; j < probability.length; j++) {
    beyond += probability[j]! * j;
    beyondMass += probability[j]!;
  }
  return {
    valueAtRisk: k * step,
    tailValueAtRisk: ((beyond + Math.max(0, upTo - p) * k) / (Math.max(0, upTo - p) + beyondMass)) * step,
    meanBeyond: beyondMass > 0 ? (beyond / beyondMass) * step : k * step,
  };
}

/** E[min(limit, max(0, S − retention))]: the pure premium of a stop loss. */
export function stopLoss(
  { step, probability }: GridDistribution,
  retention: number,
  limit = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  for (let k = 0; k < probability.length; k++) {
    const excess = k * step - retention;
    if (excess > 0) {
      sum += probability[k]! * Math.min(limit, excess);
    }
  }
  return sum;
}
