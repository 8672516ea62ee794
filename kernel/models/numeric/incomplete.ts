import { binomialKernel, erfc, logBeta, logGamma, normalQuantile, poissonKernel } from './special.ts';

/**
 * Regularised incomplete gamma and beta functions and their inverses. Both tails are always carried, so that a small
 * tail keeps its relative accuracy whichever side it is on.
 */
export interface TwoTails {
  /** Lower tail. */
  readonly lower: number;
  /** Upper tail, 1 − lower without the cancellation. */
  readonly upper: number;
}

const TINY = 1e-300;
const EPSILON = Number.EPSILON / 2;
/** Rounding keeps a continued fraction's last factor a few units from 1 for ever; asking for less would not end. */
const CONVERGED = 1e-15;

/** P(a, x) and Q(a, x), a > 0: series, continued fraction (DLMF 8.11, 8.9.2) or Temme's uniform expansion. */
export function incompleteGamma(a: number, x: number): TwoTails {
  if (!(a > 0) || Number.isNaN(x)) {
    return { lower: Number.NaN, upper: Number.NaN };
  }
  if (x <= 0) {
    return { lower: 0, upper: 1 };
  }
  if (x === Number.POSITIVE_INFINITY) {
    return { lower: 1, upper: 0 };
  }
  if (a > 1e6 && Math.abs(x - a) < 0.1 * a) {
    return temme(a, x);
  }
  // x^a e^−x / Γ(a + 1)
  const kernel = poissonKernel(a, x);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; n < 1e7 && term > sum * EPSILON; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, kernel * sum);
    return { lower, upper: 1 - lower };
  }
  // Modified Lentz on the continued fraction of Γ(a, x).
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 1e6; n++) {
    const coefficient = -n * (n - a);
    b += 2;
    d = coefficient * d + b;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = b + coefficient / c;
    c = Math.abs(c) < TINY ? TINY : c;
    const change = c * d;
    h *= change;
    if (Math.abs(change - 1) <= CONVERGED) {
      break;
    }
  }
  const upper = Math.min(1, kernel * a * h);
  return { lower: 1 - upper, upper };
}

/** Temme (1979), two terms: relative error about a^−2, for a above a million. */
function temme(a: number, x: number): TwoTails {
  const e = (x - a) / a;
  const logTerm = Math.abs(e) < 1e-4 ? e * e * (-1 / 2 + e * (1 / 3 - e * (1 / 4 - e / 5))) : Math.log1p(e) - e;
  const eta = Math.sign(e) * Math.sqrt(-2 * logTerm);
  let c0: number;
  let c1: number;
  if (Math.abs(e) < 1e-3) {
    c0 = -1 / 3 + e * (1 / 12 - e * (23 / 540 - e * (353 / 12960 - (e * 589) / 30240)));
    c1 = -1 / 540 - e / 288;
  } else {
    const ratio = x / a;
    c0 = (1 - e / eta) / e;
    c1 = -(eta ** 3 * (ratio * ratio + 10 * ratio + 1) - 12 * e ** 3) / (12 * eta ** 3 * e ** 3);
  }
  const rest = (Math.exp(a * logTerm) / Math.sqrt(2 * Math.PI * a)) * (c0 + c1 / a);
  const argument = eta * Math.sqrt(a / 2);
  return { lower: 0.5 * erfc(-argument) - rest, upper: 0.5 * erfc(argument) + rest };
}

/** P(a, x). */
export function gammaP(a: number, x: number): number {
  return incompleteGamma(a, x).lower;
}

/** Q(a, x) = 1 − P(a, x). */
export function gammaQ(a: number, x: number): number {
  return incompleteGamma(a, x).upper;
}

/** The x with P(a, x) = p. */
export function inverseGammaP(a: number, p: number): number {
  return inverseGamma(a, p, 1 - p);
}

/** The x with Q(a, x) = q. */
export function inverseGammaQ(a: number, q: number): number {
  return inverseGamma(a, 1 - q, q);
}

function inverseGamma(a: number, p: number, q: number): number {
  if (!(a > 0 && p >= 0 && q >= 0)) {
    return Number.NaN;
  }
  if (p === 0) {
    return 0;
  }
  if (q === 0) {
    return Number.POSITIVE_INFINITY;
  }
  // Small p: P(a, x) ≈ x^a / Γ(a + 1). Otherwise Wilson and Hilferty's cube.
  const z = p < 0.5 ? normalQuantile(p) : -normalQuantile(q);
  const cube = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  const power = Math.exp((Math.log(p) + logGamma(a + 1)) / a);
  let start = cube > 0.3 && a > 0.3 ? a * cube ** 3 : power;
  if (!(start > 0)) {
    return power;
  }
  if (!Number.isFinite(start)) {
    start = a;
  }
  return solveTails(
    (x) => incompleteGamma(a, x),
    (x) => (poissonKernel(a, x) * a) / x,
    p,
    q,
    start,
    0,
    Number.POSITIVE_INFINITY,
  );
}

/** I_x(a, b) and its complement; continued fraction DLMF 8.17.22 with a saddle-point prefactor. */
export function incompleteBeta(a: number, b: number, x: number, oneMinusX = 1 - x): TwoTails {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) {
    return { lower: Number.NaN, upper: Number.NaN };
  }
  if (x <= 0) {
    return { lower: 0, upper: 1 };
  }
  if (oneMinusX <= 0) {
    return { lower: 1, upper: 0 };
  }
  if (x > (a + 1) / (a + b + 2)) {
    const mirrored = betaFraction(b, a, oneMinusX, x);
    return { lower: 1 - mirrored, upper: mirrored };
  }
  const lower = betaFraction(a, b, x, oneMinusX);
  return { lower, upper: 1 - lower };
}

function betaFraction(a: number, b: number, x: number, y: number): number {
  const prefactor = (b / (a + b)) * binomialKernel(a, a + b, x, y);
  if (prefactor === 0) {
    return 0;
  }
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < TINY ? TINY : d);
  let h = d;
  for (let m = 1; m < 1e6; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = 1 + even / c;
    c = Math.abs(c) < TINY ? TINY : c;
    h *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = 1 + odd / c;
    c = Math.abs(c) < TINY ? TINY : c;
    const change = c * d;
    h *= change;
    if (Math.abs(change - 1) <= CONVERGED) {
      break;
    }
  }
  return Math.min(1, prefactor * h);
}

/** I_x(a, b). */
export function betaI(a: number, b: number, x: number): number {
  return incompleteBeta(a, b, x).lower;
}

/** The x with I_x(a, b) = p. */
export function inverseBetaI(a: number, b: number, p: number): number {
  return inverseBeta(a, b, p, 1 - p);
}

/** The x with I_x(a, b) = p, the upper tail q given apart. */
export function inverseBeta(a: number, b: number, p: number, q: number): number {
  if (!(a > 0 && b > 0 && p >= 0 && q >= 0)) {
    return Number.NaN;
  }
  if (p === 0) {
    return 0;
  }
  if (q === 0) {
    return 1;
  }
  const mean = a / (a + b);
  const near = incompleteBeta(a, b, mean);
  if (p > near.lower) {
    // Solve for the distance from 1, which keeps its digits there.
    return 1 - inverseBetaLower(b, a, q, p);
  }
  return inverseBetaLower(a, b, p, q);
}

function inverseBetaLower(a: number, b: number, p: number, q: number): number {
  const power = Math.exp((Math.log(p) + Math.log(a) + logBeta(a, b)) / a);
  if (power < 1e-290) {
    return power;
  }
  const start = Math.min(power, a / (a + b));
  const scale = logBeta(a, b);
  return solveTails(
    (x) => incompleteBeta(a, b, x),
    (x) => Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - scale),
    p,
    q,
    start,
    0,
    1,
  );
}

/** Newton with a bracket on whichever tail is smaller, in the logarithm of it: fast, and never lost. */
function solveTails(
  tails: (x: number) => TwoTails,
  density: (x: number) => number,
  p: number,
  q: number,
  start: number,
  low: number,
  high: number,
): number {
  const useLower = p <= q;
  const target = useLower ? p : q;
  let lo = low;
  let hi = high;
  let x = start;
  for (let i = 0; i < 200; i++) {
    const both = tails(x);
    const value = useLower ? both.lower : both.upper;
    const tooFar = useLower ? value > target : value < target;
    if (value === target) {
      return x;
    }
    if (tooFar) {
      hi = x;
    } else {
      lo = x;
    }
    const slope = density(x) * (useLower ? 1 : -1);
    let next = value > 0 && slope !== 0 ? x - (value * Math.log(value / target)) / slope : Number.NaN;
    if (!(next > lo && next < hi)) {
      next = hi === Number.POSITIVE_INFINITY ? x * 2 : lo > 0 ? Math.sqrt(lo) * Math.sqrt(hi) : hi / 16;
      if (lo > 0 && hi < 2 * lo) {
        next = lo + (hi - lo) / 2;
      }
    }
    if (Math.abs(next - x) <= 8 * EPSILON * Math.abs(x) || hi - lo <= 8 * EPSILON * Math.abs(x)) {
      return next;
    }
    x = next;
  }
  return x;
}
