import type { Prng } from '../../base/prng.ts';

/** Where the noise comes from. */
export type NoiseSource = Pick<Prng, 'uniform'>;

/** What a release of counts may spend and what one person can change. */
export interface PrivacyBudget {
  /** Total ε of the release: the counts share it. */
  readonly epsilon: number;
  /** Most counts of the release that one person is part of. */
  readonly cellsPerPerson: number;
  /** Most that one person adds to any of them. */
  readonly contributionPerCell: number;
}

export interface PrivateCount {
  readonly value: number;
  /** Half-width of a 95 % interval for the noise: the true count is within it 19 times in 20. */
  readonly margin: number;
}

/** Noise scale b such that adding discrete Laplace noise of scale b to every count spends the budget once. */
export function noiseScale(budget: PrivacyBudget): number {
  return (budget.cellsPerPerson * budget.contributionPerCell) / budget.epsilon;
}

/**
 * Adds discrete Laplace (two-sided geometric) noise to counts (Ghosh, Roughgarden and Sundararajan 2009; Dwork and
 * others 2006): the release is ε-differentially private, whatever a reader knows besides.
 *
 * The promise holds only when `prng` is one nobody can foresee (`createSecretPrng` with a key used once and kept
 * nowhere): whoever knows the noise takes it off again. Spending is per release: releasing twice spends twice.
 *
 * @param nonNegative replaces what falls below zero by zero; costs no privacy, but makes sums of small counts too large.
 */
export function releasePrivately(
  counts: ArrayLike<number>,
  budget: PrivacyBudget,
  nonNegative: boolean,
  prng: NoiseSource,
): PrivateCount[] {
  const scale = noiseScale(budget);
  const margin = noiseMargin(scale, 0.95);
  return Array.from(counts as ArrayLike<number>, (count) => {
    const noisy = count + discreteLaplace(scale, prng);
    return { value: nonNegative ? Math.max(0, noisy) : noisy, margin };
  });
}

/** Difference of two geometric variables: P(k) ∝ exp(−|k|/scale). */
export function discreteLaplace(scale: number, prng: NoiseSource): number {
  return geometric(scale, prng) - geometric(scale, prng);
}

/** Smallest m with P(|noise| ≤ m) ≥ level. */
export function noiseMargin(scale: number, level: number): number {
  // P(|noise| > m) = 2 q^(m+1) / (1 + q) with q = exp(−1/scale).
  const q = Math.exp(-1 / scale);
  return Math.max(0, Math.ceil(Math.log(((1 - level) * (1 + q)) / 2) / Math.log(q) - 1));
}

function geometric(scale: number, prng: NoiseSource): number {
  return Math.floor(-scale * Math.log(1 - prng.uniform()));
}
