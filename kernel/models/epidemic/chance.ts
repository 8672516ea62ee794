import type { Prng } from '../../base/prng.ts';

/** A chance per person and step, with what the draws below need of it worked out once. */
export interface Chance {
  readonly p: number;
  /** −ln(1 − p). */
  readonly hazard: number;
  /** p / (1 − p). */
  readonly odds: number;
}

export function chanceOf(p: number): Chance {
  return { p, hazard: -Math.log1p(-p), odds: p / (1 - p) };
}

/** How many of `n` people something happens to, each with probability `chance.p`. */
export function drawWithChance(prng: Prng, n: number, chance: Chance): number {
  return chance.p === 1 ? n : drawCount(prng, n, chance.p, chance.hazard, chance.odds);
}

/** How many of `n` people something happens to that comes with the given hazard in the step. */
export function drawWithHazard(prng: Prng, n: number, hazard: number): number {
  const odds = Math.expm1(hazard);
  return odds === Number.POSITIVE_INFINITY ? n : drawCount(prng, n, odds / (1 + odds), hazard, odds);
}

/**
 * Binomial draws for the inner loop of a simulation: sequential inversion while few are expected, otherwise Hörmann's
 * BTRS (1993, J Stat Comput Simul 46:101). The general `drawBinomial` works out two log-gammas a call; here they wait
 * until the squeeze fails, which is one draw in seven.
 */
function drawCount(prng: Prng, n: number, p: number, hazard: number, odds: number): number {
  if (p > 0.5) {
    return n - drawCount(prng, n, 1 - p, -Math.log(p), 1 / odds);
  }
  if (n * p < 10) {
    const none = Math.exp(-n * hazard);
    let u = prng.uniform();
    let probability = none;
    let count = 0;
    while (u > probability && count < n) {
      u -= probability;
      count++;
      probability *= ((n - count + 1) / count) * odds;
    }
    return count;
  }
  return drawMany(prng, n, p, odds);
}

function drawMany(prng: Prng, n: number, p: number, odds: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  let height = Number.NaN;
  for (;;) {
    // 32 bits place a count to less than its own width here, at half the cost of 53.
    const u = prng.uint32() * 2 ** -32 - 0.5;
    const v = 1 - prng.uint32() * 2 ** -32;
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) {
      return k;
    }
    if (k < 0 || k > n) {
      continue;
    }
    const mode = Math.floor((n + 1) * p);
    if (Number.isNaN(height)) {
      height = logFactorial(mode) + logFactorial(n - mode);
    }
    const alpha = (2.83 + 5.1 / b) * spread;
    const logV = Math.log((v * alpha) / (a / (us * us) + b));
    if (logV <= height - logFactorial(k) - logFactorial(n - k) + (k - mode) * Math.log(odds)) {
      return k;
    }
  }
}

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** Stirling's series to the fifth power, after stepping small arguments up: within 1e-13 of ln k! relative. */
function logFactorial(k: number): number {
  let shift = 0;
  let x = k + 1;
  if (x < 10) {
    let product = 1;
    for (; x < 10; x++) {
      product *= x;
    }
    shift = Math.log(product);
  }
  const inverse = 1 / x;
  const square = inverse * inverse;
  const correction = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + correction - shift;
}
