import type { Prng } from '../../base/prng.ts';

/** A distribution on the real line; for counts `density` is the probability of exactly x. */
export interface Distribution {
  readonly name: string;
  readonly mean: number;
  readonly variance: number;
  density(x: number): number;
  logDensity(x: number): number;
  /** P(X ≤ x). */
  cdf(x: number): number;
  /** P(X > x), accurate where it is small. */
  survival(x: number): number;
  /** The smallest x with P(X ≤ x) ≥ p; NaN outside [0, 1]. */
  quantile(p: number): number;
  draw(prng: Prng): number;
  /** E[min(X, limit)], where the family has a closed form: what a deductible or a ceiling needs. */
  limitedMean?(limit: number): number;
}
