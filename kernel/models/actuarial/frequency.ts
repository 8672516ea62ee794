import { binomial, type CountDistribution, negativeBinomial, poisson, zeroModified } from '../numeric/distributions.ts';
import { findRoot, hessian, minimise, standardErrors } from '../numeric/optimise.ts';
import { digamma, logGamma } from '../numeric/special.ts';
import { type ChiSquaredTest, chiSquaredTest, type FitStatistics, informationCriteria } from './goodness-of-fit.ts';

/** Numbers of policies (or members) by their number of claims: entry k counts those with k claims. */
export type ClaimCounts = ArrayLike<number>;

export const frequencyFamilies = [
  'poisson',
  'negative-binomial',
  'binomial',
  'zero-modified-poisson',
  'zero-modified-negative-binomial',
] as const;
export type FrequencyFamily = (typeof frequencyFamilies)[number];

export interface FittedParameter {
  readonly name: string;
  readonly estimate: number;
  /** NaN where the estimate lies on a boundary or the information is singular. */
  readonly standardError: number;
}

export interface FrequencyFit extends FitStatistics {
  readonly family: FrequencyFamily;
  readonly parameters: readonly FittedParameter[];
  readonly distribution: CountDistribution;
  readonly chiSquared: ChiSquaredTest;
  readonly expected: Float64Array;
  readonly converged: boolean;
  /** What the reader must know, as that a limit was reached. */
  readonly note: string | null;
}

interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

function momentsOf(counts: ClaimCounts): Moments {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < counts.length; k++) {
    n += counts[k]!;
    sum += k * counts[k]!;
    squares += k * k * counts[k]!;
  }
  const mean = sum / n;
  return { n, mean, variance: squares / n - mean * mean };
}

/** Largest size r tried: beyond it the negative binomial is a Poisson to twelve digits. */
const LARGEST_SIZE = 1e9;

/**
 * Maximum-likelihood fit of a claim-count family, with standard errors from the observed information.
 *
 * @param counts at least one policy, and at least one claim among them.
 * @param trials of the binomial; by default the number that maximises the likelihood.
 */
export function fitFrequency(family: FrequencyFamily, counts: ClaimCounts, trials?: number): FrequencyFit {
  const moments = momentsOf(counts);
  switch (family) {
    case 'poisson': {
      const se = Math.sqrt(moments.mean / moments.n);
      return finish(family, counts, poisson(moments.mean), [['mean', moments.mean, se]], true, null);
    }
    case 'negative-binomial':
      return fitNegativeBinomial(counts, moments);
    case 'binomial':
      return fitBinomial(counts, moments, trials);
    case 'zero-modified-poisson':
      return fitZeroModifiedPoisson(counts, moments);
    case 'zero-modified-negative-binomial':
      return fitZeroModifiedNegativeBinomial(counts, moments);
  }
}

function finish(
  family: FrequencyFamily,
  counts: ClaimCounts,
  distribution: CountDistribution,
  parameters: readonly (readonly [string, number, number])[],
  converged: boolean,
  note: string | null,
): FrequencyFit {
  let n = 0;
  let logLikelihood = 0;
  for (let k = 0; k < counts.length; k++) {
    n += counts[k]!;
    if (counts[k]! > 0) {
      logLikelihood += counts[k]! * distribution.logDensity(k);
    }
  }
  // The last cell holds everything beyond the data.
  const observed = Float64Array.from({ length: counts.length + 1 }, (_, k) => counts[k] ?? 0);
  const expected = observed.map((_, k) =>
    k < counts.length ? n * distribution.density(k) : n * distribution.survival(counts.length - 1),
  );
  return {
    family,
    distribution,
    parameters: parameters.map(([name, estimate, standardError]) => ({ name, estimate, standardError })),
    expected,
    chiSquared: chiSquaredTest(observed, expected, parameters.length),
    converged,
    note,
    ...informationCriteria(logLikelihood, parameters.length, n),
  };
}

function fitNegativeBinomial(counts: ClaimCounts, { n, mean, variance }: Moments): FrequencyFit {
  if (!(variance > mean)) {
    return finish(
      'negative-binomial',
      counts,
      negativeBinomial(LARGEST_SIZE, mean),
      [
        ['size', LARGEST_SIZE, Number.NaN],
        ['mean', mean, Math.sqrt(mean / n)],
      ],
      false,
      'The variance does not exceed the mean: the likelihood rises towards the Poisson, and no finite size fits.',
    );
  }
  // dl/dr = Σ n_k [ψ(r + k) − ψ(r)] − n log(1 + x̄/r), with the mean at its own estimate x̄.
  const score = (logR: number) => {
    const r = Math.exp(logR);
    let sum = -n * Math.log1p(mean / r);
    const base = digamma(r);
    for (let k = 1; k < counts.length; k++) {
      if (counts[k]! > 0) {
        sum += counts[k]! * (digamma(r + k) - base);
      }
    }
    return sum;
  };
  const start = Math.log((mean * mean) / (variance - mean));
  let low = start - 1;
  let high = start + 1;
  while (score(low) < 0 && low > -40) {
    low -= 1;
  }
  while (score(high) > 0 && high < Math.log(LARGEST_SIZE)) {
    high += 1;
  }
  const size = Math.exp(findRoot(score, low, high));
  const negative = ([r, m]: readonly number[]) => {
    const d = negativeBinomial(r!, m!);
    let sum = 0;
    for (let k = 0; k < counts.length; k++) {
      sum -= counts[k]! > 0 ? counts[k]! * d.logDensity(k) : 0;
    }
    return sum;
  };
  const errors = standardErrors(hessian(negative, [size, mean]));
  return finish(
    'negative-binomial',
    counts,
    negativeBinomial(size, mean),
    [
      ['size', size, errors[0]!],
      ['mean', mean, errors[1]!],
    ],
    Number.isFinite(size),
    null,
  );
}

function fitBinomial(counts: ClaimCounts, { n, mean, variance }: Moments, trials?: number): FrequencyFit {
  let most = 0;
  for (let k = 0; k < counts.length; k++) {
    most = counts[k]! > 0 ? k : most;
  }
  const logLikelihood = (m: number) => {
    const p = mean / m;
    let sum = 0;
    for (let k = 0; k <= most; k++) {
      if (counts[k]! > 0) {
        const choose = logGamma(m + 1) - logGamma(k + 1) - logGamma(m - k + 1);
        sum += counts[k]! * (choose + (k ? k * Math.log(p) : 0) + (m > k ? (m - k) * Math.log1p(-p) : 0));
      }
    }
    return sum;
  };
  let m = trials ?? Math.max(1, most);
  let note: string | null = null;
  if (trials === undefined) {
    // Only where the variance is below the mean is there a finite best number of trials.
    const limit = variance < mean ? 100_000 : m;
    while (m < limit && logLikelihood(m + 1) > logLikelihood(m)) {
      m++;
    }
    if (!(variance < mean)) {
      note =
        'The variance is not below the mean: a binomial does not suit these counts; the fewest possible trials are used.';
    }
  }
  const p = Math.min(1 - 1e-15, mean / m);
  const se = Math.sqrt((p * (1 - p)) / (n * m));
  const parameters: [string, number, number][] = [['probability', p, se]];
  if (trials === undefined) {
    parameters.push(['trials', m, Number.NaN]);
  }
  return finish('binomial', counts, binomial(m, p), parameters, note === null, note);
}

function fitZeroModifiedPoisson(counts: ClaimCounts, { n, mean }: Moments): FrequencyFit {
  const zero = counts[0]! / n;
  const positiveMean = mean / (1 - zero);
  if (!(positiveMean > 1)) {
    return finish(
      'zero-modified-poisson',
      counts,
      zeroModified(poisson(1e-9), zero),
      [
        ['zero', zero, Math.sqrt((zero * (1 - zero)) / n)],
        ['mean', 1e-9, Number.NaN],
      ],
      false,
      'Nobody has more than one claim: the Poisson part has no finite estimate above zero.',
    );
  }
  // Mean of the zero-truncated Poisson: λ / (1 − e^−λ).
  const lambda = findRoot((x) => x / -Math.expm1(-x) - positiveMean, 1e-12, positiveMean);
  const positives = n - counts[0]!;
  const tail = Math.exp(-lambda);
  const information = positives * (positiveMean / lambda ** 2 - tail / (1 - tail) ** 2);
  return finish(
    'zero-modified-poisson',
    counts,
    zeroModified(poisson(lambda), zero),
    [
      ['zero', zero, Math.sqrt((zero * (1 - zero)) / n)],
      ['mean', lambda, 1 / Math.sqrt(information)],
    ],
    true,
    null,
  );
}

function fitZeroModifiedNegativeBinomial(counts: ClaimCounts, moments: Moments): FrequencyFit {
  const { n } = moments;
  const zero = counts[0]! / n;
  /** Negative log-likelihood of the zero-truncated counts by log r and log μ. */
  const negative = (r: number, m: number) => {
    const d = negativeBinomial(r, m);
    const logPositive = Math.log(-Math.expm1(-r * Math.log1p(m / r)));
    let sum = 0;
    for (let k = 1; k < counts.length; k++) {
      sum -= counts[k]! > 0 ? counts[k]! * (d.logDensity(k) - logPositive) : 0;
    }
    return sum;
  };
  const whole = fitNegativeBinomial(counts, moments);
  const start = [Math.log(Math.min(100, whole.parameters[0]!.estimate)), Math.log(moments.mean / (1 - zero))];
  const best = minimise(([r, m]) => {
    const size = Math.exp(r!);
    return size > LARGEST_SIZE || size < 1e-8 ? Number.POSITIVE_INFINITY : negative(size, Math.exp(m!));
  }, start);
  const size = Math.exp(best.at[0]!);
  const mean = Math.exp(best.at[1]!);
  const errors = standardErrors(hessian(([r, m]) => negative(r!, m!), [size, mean]));
  const atLimit = size > 1e6 || size < 1e-6;
  return finish(
    'zero-modified-negative-binomial',
    counts,
    zeroModified(negativeBinomial(size, mean), zero),
    [
      ['zero', zero, Math.sqrt((zero * (1 - zero)) / n)],
      ['size', size, atLimit ? Number.NaN : errors[0]!],
      ['mean', mean, atLimit ? Number.NaN : errors[1]!],
    ],
    best.converged && !atLimit,
    atLimit
      ? 'The size runs to its limit: a simpler family (Poisson, or logarithmic) fits the positive counts as well.'
      : null,
  );
}
