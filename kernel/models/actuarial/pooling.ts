import type { CountDistribution, Distribution } from '../numeric/distributions.ts';
import { normalQuantile } from '../numeric/special.ts';
import { claimCost, compoundByFourier, discretise } from './aggregate.ts';
import { type CompoundAssumptions, compoundMoments } from './premium.ts';

export interface PoolPosition {
  readonly members: number;
  readonly mean: number;
  readonly sd: number;
  readonly cv: number;
  /** Capital for the one-year quantile, beyond the mean: z·sd. */
  readonly capital: number;
  readonly capitalPerMember: number;
}

const position = (members: number, mean: number, variance: number, p: number): PoolPosition => {
  const sd = Math.sqrt(variance);
  const capital = normalQuantile(p) * sd;
  return { members, mean, sd, cv: sd / mean, capital, capitalPerMember: capital / members };
};

/**
 * Pools apart and merged. Chance adds by variance; a common shock is one factor for all pools when they merge, and each
 * pool's own when they do not (so merging does not make it go away, and does not make it worse than it was in sum).
 *
 * @param shockCorrelation between the shocks of different pools, 0 to 1.
 */
export function poolingGain(
  pools: readonly CompoundAssumptions[],
  p: number,
  shockCorrelation = 1,
): { readonly apart: PoolPosition[]; readonly merged: PoolPosition } {
  const moments = pools.map((pool) => compoundMoments(pool));
  const apart = pools.map((pool, i) => position(pool.members, moments[i]!.mean, moments[i]!.variance, p));
  let variance = 0;
  for (const [i, one] of moments.entries()) {
    variance += one.variance;
    for (const [j, other] of moments.entries()) {
      if (i !== j) {
        variance +=
          shockCorrelation * (pools[i]!.commonShockSd ?? 0) * (pools[j]!.commonShockSd ?? 0) * one.mean * other.mean;
      }
    }
  }
  return {
    apart,
    merged: position(
      pools.reduce((sum, pool) => sum + pool.members, 0),
      moments.reduce((sum, m) => sum + m.mean, 0),
      variance,
      p,
    ),
  };
}

/** Mean and variance, for one member, of what stays with the scheme and what goes to the shared pool. */
export interface LayerMoments {
  readonly retainedMean: number;
  readonly retainedVariance: number;
  readonly cededMean: number;
  readonly cededVariance: number;
}

/**
 * Splits a member's yearly cost S at a retention M: the scheme keeps min(S, M), the shared pool takes (S − M)₊. What is
 * kept is computed on a grid that ends at M; what is ceded follows from the moments of the whole compound,
 * E[(S − M)₊²] = E[S²] − E[min(S, M)²] − 2M·E[(S − M)₊], so that no tail is cut off.
 *
 * @param severity with a finite variance.
 */
export function splitAtRetention(
  counts: CountDistribution,
  severity: Distribution,
  retention: number,
  points = 16_384,
): LayerMoments {
  const step = retention / (points - 1);
  const total = compoundByFourier(counts, discretise(claimCost(severity), step, points, 'unbiased'), points);
  let beyond = 1;
  let kept = 0;
  let keptSquares = 0;
  for (let k = 0; k < points; k++) {
    const x = k * step;
    beyond -= total[k]!;
    kept += total[k]! * x;
    keptSquares += total[k]! * x * x;
  }
  kept += beyond * retention;
  keptSquares += beyond * retention * retention;
  const mean = counts.mean * severity.mean;
  const second = counts.mean * severity.variance + counts.variance * severity.mean ** 2 + mean * mean;
  const over = Math.max(0, mean - kept);
  const overSquares = Math.max(over * over, second - keptSquares - 2 * retention * over);
  return {
    retainedMean: kept,
    retainedVariance: Math.max(0, keptSquares - kept ** 2),
    cededMean: over,
    cededVariance: overSquares - over ** 2,
  };
}
