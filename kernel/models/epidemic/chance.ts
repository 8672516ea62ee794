import type { Prng } from '../../base/prng.ts';
import { logGamma } from '../numeric/special.ts';

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
    const u = prng.uniform() - 0.5;
    const v = 1 - prng.uniform();
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
      height = logGamma(mode + 1) + logGamma(n - mode + 1);
    }
    const alpha = (2.83 + 5.1 / b) * spread;
    const logV = Math.log((v * alpha) / (a / (us * us) + b));
    if (logV <= height - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * Math.log(odds)) {
      return k;
    }
  }
}
