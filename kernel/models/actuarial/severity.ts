import type { Prng } from '../../base/prng.ts';
import { type Distribution, exponential, gamma, lognormal, lomax, pareto, weibull } from '../numeric/distributions.ts';
import { findRoot, standardErrors } from '../numeric/optimise.ts';
import { digamma, trigamma } from '../numeric/special.ts';
import type { FittedParameter } from './frequency.ts';
import {
  andersonDarling,
  andersonDarlingP,
  type ChiSquaredTest,
  chiSquaredTest,
  type FitStatistics,
  informationCriteria,
  kolmogorovSmirnov,
  kolmogorovSmirnovP,
} from './goodness-of-fit.ts';
import { fitGeneralisedPareto, spliced, total } from './splicing.ts';

export const severityFamilies = ['gamma', 'lognormal', 'weibull', 'lomax', 'pareto', 'exponential'] as const;
export type SeverityFamily = (typeof severityFamilies)[number];

export interface SeverityFit extends FitStatistics {
  readonly family: string;
  readonly parameters: readonly FittedParameter[];
  readonly distribution: Distribution;
  readonly ks: number;
  /** As if the distribution had been given beforehand: too large for a fitted one; see {@link bootstrapFit}. */
  readonly ksP: number;
  readonly ad: number;
  readonly adP: number;
  readonly chiSquared: ChiSquaredTest;
  readonly converged: boolean;
  readonly note: string | null;
}

interface Estimate {
  readonly distribution: Distribution;
  readonly parameters: readonly (readonly [string, number, number])[];
  readonly converged: boolean;
  readonly note: string | null;
}

/**
 * Maximum-likelihood fit of a severity family to complete amounts, standard errors from the observed information.
 *
 * @param amounts at least two, all above zero, not all equal.
 */
export function fitSeverity(family: SeverityFamily, amounts: ArrayLike<number>): SeverityFit {
  const ascending = Float64Array.from(amounts).sort();
  return describeFit(family, ascending, estimateSeverity(family, ascending));
}

function estimateSeverity(family: SeverityFamily, x: Float64Array): Estimate {
  switch (family) {
    case 'gamma':
      return estimateGamma(x);
    case 'lognormal':
      return estimateLognormal(x);
    case 'weibull':
      return estimateWeibull(x);
    case 'lomax':
      return estimateLomax(x);
    case 'pareto': {
      const minimum = x[0]!;
      const shape = x.length / total(x, (v) => Math.log(v / minimum));
      const parameters = [
        ['shape', shape, shape / Math.sqrt(x.length)],
        ['minimum', minimum, Number.NaN],
      ] as const;
      return { distribution: pareto(shape, minimum), parameters, converged: true, note: null };
    }
    case 'exponential': {
      const mean = total(x, (v) => v) / x.length;
      return {
        distribution: exponential(mean),
        parameters: [['mean', mean, mean / Math.sqrt(x.length)]],
        converged: true,
        note: null,
      };
    }
  }
}

function describeFit(family: string, ascending: Float64Array, estimate: Estimate): SeverityFit {
  const { distribution, parameters, converged, note } = estimate;
  const n = ascending.length;
  const logLikelihood = total(ascending, (v) => distribution.logDensity(v));
  const ks = kolmogorovSmirnov(ascending, distribution);
  const ad = andersonDarling(ascending, distribution);
  return {
    family,
    distribution,
    parameters: parameters.map(([name, value, standardError]) => ({ name, estimate: value, standardError })),
    converged,
    note,
    ks,
    ksP: kolmogorovSmirnovP(ks, n),
    ad,
    adP: andersonDarlingP(ad),
    chiSquared: equalCells(ascending, distribution, parameters.length),
    ...informationCriteria(logLikelihood, parameters.length, n),
  };
}

/** Chi-squared over cells of equal fitted probability, about 2n^0.4 of them (Moore 1986). */
function equalCells(ascending: Float64Array, distribution: Distribution, parameters: number): ChiSquaredTest {
  const n = ascending.length;
  const cells = Math.max(2, Math.min(200, Math.floor(n / 5), Math.round(2 * n ** 0.4)));
  const observed = new Float64Array(cells);
  for (let i = 0; i < n; i++) {
    const cell = Math.min(cells - 1, Math.floor(distribution.cdf(ascending[i]!) * cells));
    observed[cell] = observed[cell]! + 1;
  }
  return chiSquaredTest(observed, new Float64Array(cells).fill(n / cells), parameters);
}

function estimateLognormal(x: Float64Array): Estimate {
  const n = x.length;
  const meanLog = total(x, Math.log) / n;
  const sdLog = Math.sqrt(total(x, (v) => (Math.log(v) - meanLog) ** 2) / n);
  return {
    distribution: lognormal(meanLog, sdLog),
    parameters: [
      ['meanLog', meanLog, sdLog / Math.sqrt(n)],
      ['sdLog', sdLog, sdLog / Math.sqrt(2 * n)],
    ],
    converged: true,
    note: null,
  };
}

function estimateGamma(x: Float64Array): Estimate {
  const n = x.length;
  const mean = total(x, (v) => v) / n;
  const gap = Math.log(mean) - total(x, Math.log) / n;
  // log a − ψ(a) = log x̄ − mean(log x), from Minka's start (2002).
  const start = (3 - gap + Math.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap);
  const score = (logA: number) => logA - digamma(Math.exp(logA)) - gap;
  const shape = Math.exp(findRoot(score, Math.log(start) - 2, Math.log(start) + 2));
  const scale = mean / shape;
  const errors = standardErrors([
    [n * trigamma(shape), n / scale],
    [n / scale, (n * shape) / scale ** 2],
  ]);
  return {
    distribution: gamma(shape, scale),
    parameters: [
      ['shape', shape, errors[0]!],
      ['scale', scale, errors[1]!],
    ],
    converged: Number.isFinite(shape),
    note: null,
  };
}

function estimateWeibull(x: Float64Array): Estimate {
  const n = x.length;
  const top = x[n - 1]!;
  const meanLog = total(x, Math.log) / n;
  // Σ x^k log x / Σ x^k − 1/k = mean(log x); amounts over their largest, so that powers stay in range.
  const score = (logK: number) => {
    const k = Math.exp(logK);
    let weight = 0;
    let weighted = 0;
    for (let i = 0; i < n; i++) {
      const p = (x[i]! / top) ** k;
      weight += p;
      weighted += p * Math.log(x[i]!);
    }
    return weighted / weight - 1 / k - meanLog;
  };
  let low = -1;
  let high = 1;
  while (score(low) > 0 && low > -12) {
    low -= 1;
  }
  while (score(high) < 0 && high < 12) {
    high += 1;
  }
  const shape = Math.exp(findRoot(score, low, high));
  const scale = top * (total(x, (v) => (v / top) ** shape) / n) ** (1 / shape);
  let y = 0;
  let yl = 0;
  let yll = 0;
  for (let i = 0; i < n; i++) {
    const l = Math.log(x[i]! / scale);
    const p = Math.exp(shape * l);
    y += p;
    yl += p * l;
    yll += p * l * l;
  }
  const cross = n / scale - (y + shape * yl) / scale;
  const errors = standardErrors([
    [n / shape ** 2 + yll, cross],
    [cross, (shape * (shape + 1) * y - n * shape) / scale ** 2],
  ]);
  return {
    distribution: weibull(shape, scale),
    parameters: [
      ['shape', shape, errors[0]!],
      ['scale', scale, errors[1]!],
    ],
    converged: Number.isFinite(shape),
    note: null,
  };
}

function estimateLomax(x: Float64Array): Estimate {
  const n = x.length;
  const mean = total(x, (v) => v) / n;
  const shapeAt = (scale: number) => n / total(x, (v) => Math.log1p(v / scale));
  // The profile score in the scale; one sign change where the tail is heavier than exponential.
  const score = (logScale: number) => {
    const scale = Math.exp(logScale);
    return n - (shapeAt(scale) + 1) * total(x, (v) => v / (scale + v));
  };
  const centre = Math.log(mean);
  let low = Number.NaN;
  let high = Number.NaN;
  let before = score(centre - 12);
  for (let t = centre - 11.5; t <= centre + 10; t += 0.5) {
    const here = score(t);
    if (before > 0 !== here > 0) {
      low = t - 0.5;
      high = t;
      break;
    }
    before = here;
  }
  const heavy = Number.isFinite(low);
  const scale = heavy ? Math.exp(findRoot(score, low, high)) : mean * 1e6;
  const shape = shapeAt(scale);
  const s1 = total(x, (v) => 1 / (v + scale));
  const s2 = total(x, (v) => 1 / (v + scale) ** 2);
  const cross = -(n / scale - s1);
  const errors = standardErrors([
    [n / shape ** 2, cross],
    [cross, (n * shape) / scale ** 2 - (shape + 1) * s2],
  ]);
  return {
    distribution: lomax(shape, scale),
    parameters: [
      ['shape', shape, heavy ? errors[0]! : Number.NaN],
      ['scale', scale, heavy ? errors[1]! : Number.NaN],
    ],
    converged: heavy,
    note: heavy
      ? null
      : 'The tail is no heavier than exponential: the likelihood rises with the scale for ever, and the exponential is its limit.',
  };
}

/** Fits a body to everything and a generalised Pareto to what exceeds the threshold, and joins them. */
export function fitSpliced(family: SeverityFamily, amounts: ArrayLike<number>, threshold: number): SeverityFit {
  const ascending = Float64Array.from(amounts).sort();
  const excesses = ascending.filter((v) => v > threshold).map((v) => v - threshold);
  const body = estimateSeverity(family, ascending);
  const tail = fitGeneralisedPareto(excesses);
  const weight = excesses.length / ascending.length;
  return describeFit(`${family} with Pareto tail`, ascending, {
    distribution: spliced(body.distribution, threshold, weight, tail),
    parameters: [
      ...body.parameters,
      ['tailShape', tail.shape, tail.shapeSe],
      ['tailScale', tail.scale, tail.scaleSe],
      ['tailWeight', weight, Math.sqrt((weight * (1 - weight)) / ascending.length)],
    ],
    converged: body.converged,
    note: body.note,
  });
}

/**
 * p-values of KS and AD that take the fitting into account: refits to samples drawn from the fit itself (parametric
 * bootstrap, Stute, González Manteiga and Presedo Quindimil 1993). Yields after each replicate.
 */
export function* bootstrapFit(
  family: SeverityFamily,
  fit: SeverityFit,
  n: number,
  replicates: number,
  prng: Prng,
): Generator<number, { readonly ksP: number; readonly adP: number }> {
  let ks = 0;
  let ad = 0;
  const sample = new Float64Array(n);
  for (let b = 0; b < replicates; b++) {
    for (let i = 0; i < n; i++) {
      sample[i] = fit.distribution.draw(prng);
    }
    sample.sort();
    const { distribution } = estimateSeverity(family, sample);
    ks += kolmogorovSmirnov(sample, distribution) >= fit.ks ? 1 : 0;
    ad += andersonDarling(sample, distribution) >= fit.ad ? 1 : 0;
    yield (b + 1) / replicates;
  }
  return { ksP: (ks + 1) / (replicates + 1), adP: (ad + 1) / (replicates + 1) };
}
