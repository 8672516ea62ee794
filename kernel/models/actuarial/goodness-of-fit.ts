import { chiSquared, type Distribution } from '../numeric/distributions.ts';

export interface FitStatistics {
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
}

export function informationCriteria(logLikelihood: number, parameters: number, n: number): FitStatistics {
  return { logLikelihood, aic: 2 * parameters - 2 * logLikelihood, bic: parameters * Math.log(n) - 2 * logLikelihood };
}

/** Kolmogorov and Smirnov's D = sup |F_n − F| of an ascending sample. */
export function kolmogorovSmirnov(ascending: Float64Array, distribution: Pick<Distribution, 'cdf'>): number {
  const n = ascending.length;
  let most = 0;
  for (let i = 0; i < n; i++) {
    const f = distribution.cdf(ascending[i]!);
    most = Math.max(most, (i + 1) / n - f, f - i / n);
  }
  return most;
}

/**
 * P(D > d) for a distribution given beforehand (Stephens' finite-n correction of Kolmogorov's series). With parameters
 * fitted to the same data it is too large: then use the bootstrap.
 */
export function kolmogorovSmirnovP(d: number, n: number): number {
  const root = Math.sqrt(n);
  const x = (root + 0.12 + 0.11 / root) * d;
  if (x < 0.2) {
    return 1;
  }
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = (k % 2 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
    sum += term;
    if (Math.abs(term) < 1e-16) {
      break;
    }
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

/** Anderson and Darling's A², which weighs the tails. */
export function andersonDarling(ascending: Float64Array, distribution: Pick<Distribution, 'cdf' | 'survival'>): number {
  const n = ascending.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const low = Math.log(distribution.cdf(ascending[i]!));
    const high = Math.log(distribution.survival(ascending[n - 1 - i]!));
    sum += (2 * i + 1) * (low + high);
  }
  return -n - sum / n;
}

/** P(A² > a) for a distribution given beforehand (Marsaglia and Marsaglia 2004, limit as n grows; error below 1e-5). */
export function andersonDarlingP(a: number): number {
  if (!(a > 0)) {
    return 1;
  }
  const below =
    a < 2
      ? (Math.exp(-1.2337141 / a) / Math.sqrt(a)) *
        (2.00012 + (0.247105 - (0.0649821 - (0.0347962 - (0.011672 - 0.00168691 * a) * a) * a) * a) * a)
      : Math.exp(-Math.exp(1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * a) * a) * a) * a) * a));
  return Math.min(1, Math.max(0, 1 - below));
}

export interface ChiSquaredTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** Pearson's chi-squared of cells; neighbours are joined until each expects at least five. */
export function chiSquaredTest(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
  fittedParameters: number,
): ChiSquaredTest {
  const cells: { o: number; e: number }[] = [];
  let o = 0;
  let e = 0;
  for (let i = 0; i < observed.length; i++) {
    o += observed[i]!;
    e += expected[i]!;
    if (e >= 5) {
      cells.push({ o, e });
      o = 0;
      e = 0;
    }
  }
  const last = cells.at(-1);
  if (last) {
    last.o += o;
    last.e += e;
  } else if (e > 0) {
    cells.push({ o, e });
  }
  const statistic = cells.reduce((sum, cell) => sum + (cell.o - cell.e) ** 2 / cell.e, 0);
  const degreesOfFreedom = cells.length - 1 - fittedParameters;
  return {
    statistic,
    degreesOfFreedom,
    p: degreesOfFreedom > 0 ? chiSquared(degreesOfFreedom).survival(statistic) : Number.NaN,
  };
}
