import type { Prng } from '@serai/kernel/base/prng.ts';
import { splitAtRetention } from '@serai/kernel/models/actuarial/pooling.ts';
import { compoundMoments } from '@serai/kernel/models/actuarial/premium.ts';
import { sorted, tailValueAtRisk, valueAtRisk } from '@serai/kernel/models/actuarial/samples.ts';
import { type Distribution, negativeBinomial, poisson } from '@serai/kernel/models/numeric/distributions.ts';
import { drawGamma } from '@serai/kernel/models/numeric/draws.ts';
import { normalQuantile } from '@serai/kernel/models/numeric/special.ts';

/**
 * What pooling and ceding do to a scheme's capital and price (DOMAIN F.6; S42). Each way keeps a part of a year's cost and
 * gives the rest away at a price; what is kept is simulated with its own chance and with a shock common to everyone.
 */

/** What stays with the scheme for one member and year, and what is given away. */
export interface Layer {
  readonly keptMean: number;
  readonly keptVariance: number;
  readonly cededMean: number;
}

export const ways = ['alone', 'high-risk-pool', 'quota-share', 'excess-of-loss', 'stop-loss', 'merged'] as const;
export type Way = (typeof ways)[number];

export interface CedingTerms {
  /** A member's yearly cost above this goes to the high-risk pool. */
  readonly poolRetention: number;
  /** Share of everything that a quota share takes. */
  readonly quotaShare: number;
  /** A claim's amount above this goes to the reinsurer. */
  readonly claimRetention: number;
  /** A year's total above this share of the expected goes to the reinsurer. */
  readonly stopLossAt: number;
  /** What reinsurers ask beyond the expected, as a share. */
  readonly reinsurerLoading: number;
  /** What the shared pool asks beyond the expected, as a share. */
  readonly poolLoading: number;
}

export interface PoolingRisk {
  readonly claimsPerMember: number;
  readonly severity: Distribution;
}

/** Layers of the ways that split by member or by claim. Stop loss and merging are of the whole. */
export function layersOf(
  { claimsPerMember, severity }: PoolingRisk,
  terms: CedingTerms,
  size = Number.POSITIVE_INFINITY,
): Record<Way, Layer> {
  const { mean, variance } = compoundMoments({
    members: 1,
    claimsPerMember,
    severityMean: severity.mean,
    severitySd: Math.sqrt(severity.variance),
    size,
  });
  const counts = Number.isFinite(size) ? negativeBinomial(size, claimsPerMember) : poisson(claimsPerMember);
  const pool = splitAtRetention(counts, severity, terms.poolRetention);
  const keep = 1 - terms.quotaShare;
  const claim = limited(severity, terms.claimRetention);
  const keptMean = claimsPerMember * claim.mean;
  const whole = { keptMean: mean, keptVariance: variance, cededMean: 0 };
  return {
    alone: whole,
    'high-risk-pool': { keptMean: pool.retainedMean, keptVariance: pool.retainedVariance, cededMean: pool.cededMean },
    'quota-share': { keptMean: keep * mean, keptVariance: keep * keep * variance, cededMean: terms.quotaShare * mean },
    'excess-of-loss': {
      keptMean,
      keptVariance: claimsPerMember * claim.second + (Number.isFinite(size) ? keptMean ** 2 / size : 0),
      cededMean: mean - keptMean,
    },
    'stop-loss': whole,
    merged: whole,
  };
}

/** First two moments of min(X, limit): E[min²] = 2∫ x·S(x) dx, by the trapezoid on limited means. */
function limited(severity: Distribution, limit: number): { readonly mean: number; readonly second: number } {
  const steps = 2000;
  const at = (x: number) => severity.limitedMean!(x);
  // ∫₀^L 2x dE[min(X, x)] = 2L·E[min(X, L)] − 2∫₀^L E[min(X, x)] dx.
  let integral = 0;
  for (let k = 0; k < steps; k++) {
    integral += ((at((k * limit) / steps) + at(((k + 1) * limit) / steps)) / 2) * (limit / steps);
  }
  const mean = at(limit);
  return { mean, second: Math.max(mean * mean, 2 * limit * mean - 2 * integral) };
}

export interface WayResult {
  readonly way: Way;
  /** Expected cost kept and given away, for each member. */
  readonly kept: number;
  readonly cededPrice: number;
  /** Standard deviation of what is kept, over the expected cost of all. */
  readonly cv: number;
  /** Capital for each member: VaR 99.5 % and TVaR 99 % beyond the mean. */
  readonly varCapital: number;
  readonly tailCapital: number;
  /** The same without the common shock: what chance alone needs. */
  readonly varChance: number;
  /** For each member: what is kept, the price of what is ceded and the capital's cost, over 1 − expenses. */
  readonly premium: number;
}

export interface SimulationTerms extends CedingTerms {
  readonly commonShockSd: number;
  readonly costOfCapital: number;
  readonly expenseShare: number;
  readonly draws: number;
}

/** @param merged members and per-member variance of the scheme one merges with; its shock is the same. */
export function simulateWays(
  members: number,
  layers: Readonly<Record<Way, Layer>>,
  terms: SimulationTerms,
  merged: { readonly members: number; readonly costPerMember: number },
  prng: Prng,
): WayResult[] {
  return ways.map((way) => simulateWay(way, members, layers[way], terms, merged, prng));
}

function simulateWay(
  way: Way,
  members: number,
  layer: Layer,
  terms: SimulationTerms,
  merged: { readonly members: number; readonly costPerMember: number },
  prng: Prng,
): WayResult {
  const { commonShockSd: shockSd, draws } = terms;
  const whole = layer.keptMean + layer.cededMean;
  const isMerged = way === 'merged';
  const heads = isMerged ? members + merged.members : members;
  // The national scheme's members vary as these do, in proportion to their cost.
  const scale = isMerged ? merged.costPerMember / layer.keptMean : 1;
  const mean = members * layer.keptMean + (isMerged ? merged.members * merged.costPerMember : 0);
  const variance = layer.keptVariance * (members + (isMerged ? merged.members * scale * scale : 0));
  const cap = way === 'stop-loss' ? terms.stopLossAt * mean : Number.POSITIVE_INFINITY;
  const sigma = Math.sqrt(Math.log1p(shockSd * shockSd));
  const [shape, spread] = [(mean * mean) / variance, variance / mean];
  const chance = new Float64Array(draws);
  const shocked = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    const own = drawGamma(prng, shape, spread);
    // One shock from each of equally likely layers: the tail of a year common to all is not itself left to chance.
    const shock = shockSd > 0 ? Math.exp(sigma * normalQuantile((i + 0.5) / draws) - (sigma * sigma) / 2) : 1;
    chance[i] = Math.min(cap, own);
    shocked[i] = Math.min(cap, own * shock);
  }
  const beyond = (sample: Float64Array, measure: typeof valueAtRisk, level: number) => {
    const average = sample.reduce((a, b) => a + b, 0) / draws;
    // Merged, these members answer for their part of the expected cost, not for a head of a dearer scheme.
    return Math.max(0, measure(sorted(sample), level) - average) * (isMerged ? layer.keptMean / mean : 1 / heads);
  };
  const kept = shocked.reduce((a, b) => a + b, 0) / draws / heads;
  const sd = Math.sqrt(shocked.reduce((sum, x) => sum + (x / heads - kept) ** 2, 0) / (draws - 1));
  const varCapital = beyond(shocked, valueAtRisk, 0.995);
  const cededPrice =
    way === 'stop-loss'
      ? (1 + terms.reinsurerLoading) * Math.max(0, mean / heads - kept)
      : (1 + (way === 'high-risk-pool' ? terms.poolLoading : terms.reinsurerLoading)) * layer.cededMean;
  // Merged, everyone pays their own expected cost: the merger shares chance, not the difference of means.
  const own = isMerged ? whole : kept;
  return {
    way,
    kept: own,
    cededPrice,
    cv: sd / (isMerged ? mean / heads : whole),
    varCapital,
    tailCapital: beyond(shocked, tailValueAtRisk, 0.99),
    varChance: beyond(chance, valueAtRisk, 0.995),
    premium: (own + cededPrice + terms.costOfCapital * varCapital) / (1 - terms.expenseShare),
  };
}
