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
 * Splits a member's yearly cost at a retention: the scheme keeps min(S, M), the shared pool takes (S − M)+. S is the
 * compound total on a grid of `points` steps.
 */
export function splitAtRetention(
  counts: CountDistribution,
  severity: Distribution,
  retention: number,
  points = 16_384,
): LayerMoments {
  // A grid that reaches well into the tail (where there is no variance, by quantiles), the retention on one of its points.
  const large = severity.quantile(0.999_999);
  const spread = Number.isFinite(severity.variance)
    ? Math.sqrt(counts.mean * severity.variance + counts.variance * severity.mean ** 2)
    : large;
  const span = Math.max(4 * retention, 1.5 * large, counts.mean * Math.min(severity.mean, large) + 30 * spread);
  const step = retention > 0 ? retention / Math.max(1, Math.round((retention / span) * points)) : span / points;
  const total = compoundByFourier(counts, discretise(claimCost(severity), step, points, 'unbiased'), points);
  const sums = { kept: 0, keptSquares: 0, over: 0, overSquares: 0 };
  for (let k = 0; k < points; k++) {
    const x = k * step;
    const over = Math.max(0, x - retention);
    const kept = x - over;
    const p = total[k]!;
    sums.kept += p * kept;
    sums.keptSquares += p * kept * kept;
    sums.over += p * over;
    sums.overSquares += p * over * over;
  }
  return {
    retainedMean: sums.kept,
    retainedVariance: sums.keptSquares - sums.kept ** 2,
    cededMean: sums.over,
    cededVariance: sums.overSquares - sums.over ** 2,
  };
}
