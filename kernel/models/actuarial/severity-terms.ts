import { type Distribution, exponential, gamma, lognormal, lomax, pareto, weibull } from '../numeric/distributions.ts';
import { hessian, minimise, standardErrors } from '../numeric/optimise.ts';
import type { FittedParameter } from './frequency.ts';
import {
  andersonDarling,
  andersonDarlingP,
  chiSquaredTest,
  informationCriteria,
  kolmogorovSmirnov,
  kolmogorovSmirnovP,
} from './goodness-of-fit.ts';
import { fitSeverity, type SeverityFamily, type SeverityFit } from './severity.ts';

/** What a scheme's terms hide of the losses behind its claims. */
export interface ObservationTerms {
  /** Losses at or below it were never reported (left truncation). Default 0. */
  readonly deductible?: number;
  /** Losses at or above it are only known to be so large (right censoring). Default none. */
  readonly ceiling?: number;
}

/** Families by their parameters, all above zero but the mean of a logarithm. */
const build: Record<Exclude<SeverityFamily, 'pareto'>, (p: readonly number[]) => Distribution> = {
  gamma: ([a, b]) => gamma(a!, b!),
  lognormal: ([a, b]) => lognormal(a!, b!),
  weibull: ([a, b]) => weibull(a!, b!),
  lomax: ([a, b]) => lomax(a!, b!),
  exponential: ([a]) => exponential(a!),
};

/**
 * Maximum likelihood for losses seen through a deductible and a ceiling: log f(x) − log S(d) of a loss known in full,
 * log S(c) − log S(d) of one cut at the ceiling (Klugman, Panjer and Willmot, chapter 14). Parameters are those of the
 * loss before any terms. Goodness of fit looks at the losses known in full, given that they are.
 *
 * @param losses before the deductible is taken off; those at or above the ceiling count as cut. At least two known in
 *   full. A single-parameter Pareto is fitted with the deductible (or the smallest loss) as its minimum.
 */
export function fitSeverityThroughTerms(
  family: SeverityFamily,
  losses: ArrayLike<number>,
  terms: ObservationTerms,
): SeverityFit {
  const { deductible = 0, ceiling = Number.POSITIVE_INFINITY } = terms;
  const ascending = Float64Array.from(losses).sort();
  const full = ascending.filter((x) => x < ceiling);
  const cut = ascending.length - full.length;
  if (family === 'pareto') {
    return throughTerms(family, ascending, full, cut, terms, paretoThroughTerms(full, cut, deductible, ceiling));
  }
  const make = build[family];
  const plain = fitSeverity(family, full).parameters.map((p) => p.estimate);
  /** The mean of a logarithm may be negative; everything else is searched by its logarithm. */
  const free = (k: number) => family === 'lognormal' && k === 0;
  const inside = (y: readonly number[]) => y.map((v, k) => (free(k) ? v : Math.exp(v)));
  const negative = (p: readonly number[]) => {
    const distribution = make(p);
    const seen = Math.log(distribution.survival(deductible));
    let sum = cut > 0 ? -cut * Math.log(distribution.survival(ceiling)) : 0;
    for (let i = 0; i < full.length; i++) {
      sum -= distribution.logDensity(full[i]!);
    }
    return sum + ascending.length * seen;
  };
  const start = plain.map((v, k) => (free(k) ? v : Math.log(v)));
  const best = minimise(
    (y) => (y.some((v) => Math.abs(v) > 45) ? Number.POSITIVE_INFINITY : negative(inside(y))),
    start,
  );
  const estimate = inside(best.at);
  const errors = standardErrors(hessian(negative, estimate));
  const names = fitSeverity(family, full).parameters.map((p) => p.name);
  const atLimit = best.at.some((v) => Math.abs(v) > 40) || errors.some((e) => Number.isNaN(e));
  return throughTerms(family, ascending, full, cut, terms, {
    distribution: make(estimate),
    parameters: names.map((name, k) => ({ name, estimate: estimate[k]!, standardError: errors[k]! })),
    converged: best.converged && !atLimit,
    note: atLimit
      ? 'The likelihood is flat or rises towards a limit: these losses, seen through the terms, do not settle the parameters.'
      : null,
  });
}

interface Estimate {
  readonly distribution: Distribution;
  readonly parameters: readonly FittedParameter[];
  readonly converged: boolean;
  readonly note: string | null;
}

function paretoThroughTerms(full: Float64Array, cut: number, deductible: number, ceiling: number): Estimate {
  const minimum = deductible > 0 ? deductible : full[0]!;
  let exposure = cut > 0 ? cut * Math.log(ceiling / minimum) : 0;
  for (let i = 0; i < full.length; i++) {
    exposure += Math.log(full[i]! / minimum);
  }
  const shape = full.length / exposure;
  return {
    distribution: pareto(shape, minimum),
    parameters: [
      { name: 'shape', estimate: shape, standardError: shape / Math.sqrt(full.length) },
      { name: 'minimum', estimate: minimum, standardError: Number.NaN },
    ],
    converged: true,
    note: null,
  };
}

function throughTerms(
  family: string,
  ascending: Float64Array,
  full: Float64Array,
  cut: number,
  { deductible = 0, ceiling = Number.POSITIVE_INFINITY }: ObservationTerms,
  estimate: Estimate,
): SeverityFit {
  const { distribution } = estimate;
  const from = distribution.cdf(deductible);
  const room = distribution.survival(deductible) - (cut > 0 ? distribution.survival(ceiling) : 0);
  // The law of a loss known in full.
  const seen = {
    cdf: (x: number) => Math.min(1, Math.max(0, (distribution.cdf(x) - from) / room)),
    survival: (x: number) => Math.min(1, Math.max(0, 1 - (distribution.cdf(x) - from) / room)),
  };
  const n = full.length;
  const cells = Math.max(2, Math.min(200, Math.floor(n / 5), Math.round(2 * n ** 0.4)));
  const observed = new Float64Array(cells);
  let logLikelihood = cut > 0 ? cut * Math.log(distribution.survival(ceiling)) : 0;
  for (let i = 0; i < n; i++) {
    const cell = Math.min(cells - 1, Math.floor(seen.cdf(full[i]!) * cells));
    observed[cell] = observed[cell]! + 1;
    logLikelihood += distribution.logDensity(full[i]!);
  }
  logLikelihood -= ascending.length * Math.log(distribution.survival(deductible));
  const ks = kolmogorovSmirnov(full, seen);
  const ad = andersonDarling(full, seen);
  return {
    family,
    ...estimate,
    ks,
    ksP: kolmogorovSmirnovP(ks, n),
    ad,
    adP: andersonDarlingP(ad),
    chiSquared: chiSquaredTest(observed, new Float64Array(cells).fill(n / cells), estimate.parameters.length),
    ...informationCriteria(logLikelihood, estimate.parameters.length, ascending.length),
  };
}
