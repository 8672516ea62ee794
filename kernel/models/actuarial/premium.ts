import { normalCdf, normalDensity, normalQuantile } from '../numeric/special.ts';

/** Moments of a compound total S = X₁ + … + X_N. */
export interface CompoundMoments {
  readonly mean: number;
  readonly variance: number;
  readonly sd: number;
  readonly cv: number;
}

export interface CompoundAssumptions {
  readonly members: number;
  /** Expected claims of one member in the period. */
  readonly claimsPerMember: number;
  readonly severityMean: number;
  readonly severitySd: number;
  /**
   * Negative-binomial size r of one member's count (variance λ + λ²/r); infinite for Poisson. Members are independent, so
   * the portfolio adds n·λ²·m²/r.
   */
  readonly size?: number;
  /** Standard deviation of a factor, mean 1, that moves the whole pool's cost together: it does not diversify. */
  readonly commonShockSd?: number;
}

/** E = nλm; Var = nλ(m² + s²) + nλ²m²/r, and a common shock c adds c²(E² + Var) + … = (1 + c²)·Var + c²·E². */
export function compoundMoments(assumptions: CompoundAssumptions): CompoundMoments {
  const { members, claimsPerMember, severityMean, severitySd, size = Number.POSITIVE_INFINITY } = assumptions;
  const shock = (assumptions.commonShockSd ?? 0) ** 2;
  const mean = members * claimsPerMember * severityMean;
  const own =
    members * claimsPerMember * (severityMean ** 2 + severitySd ** 2) +
    (members * (claimsPerMember * severityMean) ** 2) / size;
  const variance = (1 + shock) * own + shock * mean * mean;
  const sd = Math.sqrt(variance);
  return { mean, variance, sd, cv: mean > 0 ? sd / mean : Number.NaN };
}

export function normalValueAtRisk({ mean, sd }: { mean: number; sd: number }, p: number): number {
  return mean + sd * normalQuantile(p);
}

export function normalTailValueAtRisk({ mean, sd }: { mean: number; sd: number }, p: number): number {
  return mean + (sd * normalDensity(normalQuantile(p))) / (1 - p);
}

/** E[(S − d)+] of a normal total: σ[φ(z) − z(1 − Φ(z))], z = (d − E)/σ. */
export function normalStopLoss({ mean, sd }: { mean: number; sd: number }, retention: number): number {
  if (sd === 0) {
    return Math.max(0, mean - retention);
  }
  const z = (retention - mean) / sd;
  return sd * (normalDensity(z) - z * normalCdf(-z));
}

export interface Loadings {
  /** θ of the expected-value principle. */
  readonly expectedValue?: number;
  /** α of the standard-deviation principle, on the portfolio. */
  readonly standardDeviation?: number;
  /** β of the variance principle, on the portfolio. */
  readonly variance?: number;
}

/** Pure premium of the portfolio with its loadings: (1 + θ)E + ασ + βσ². */
export function loadedPremium(moments: CompoundMoments, loadings: Loadings): number {
  const { expectedValue = 0, standardDeviation = 0, variance = 0 } = loadings;
  return (1 + expectedValue) * moments.mean + standardDeviation * moments.sd + variance * moments.variance;
}

/** Loaded premium / (1 − expense share − commission share). */
export function grossPremium(loaded: number, expenseShare: number, commissionShare: number): number {
  return loaded / (1 - expenseShare - commissionShare);
}
