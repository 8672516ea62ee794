import { fitGlm, type GlmFamily, type GlmFit, glmNullDeviance, glmStandardErrors } from '../numeric/glm.ts';
import { type Matrix, zeroMatrix } from '../numeric/linalg.ts';
import { logGamma } from '../numeric/special.ts';

/** A rating factor: a label for each row (treatment contrasts against the base level) or a number for each row. */
export type RatingFactor =
  | { readonly name: string; readonly labels: readonly string[]; readonly base?: string }
  | { readonly name: string; readonly values: ArrayLike<number> };

export interface PricingDesign {
  readonly design: Matrix;
  /** Name of each coefficient: `(intercept)`, `factor: level`, or the name of a number. */
  readonly terms: readonly string[];
}

/** Intercept, then a column for every level but the base (the first to appear, unless named). */
export function pricingDesign(factors: readonly RatingFactor[], rows: number): PricingDesign {
  const columns: { term: string; value: (row: number) => number }[] = [{ term: '(intercept)', value: () => 1 }];
  for (const factor of factors) {
    if ('values' in factor) {
      columns.push({ term: factor.name, value: (row) => factor.values[row]! });
      continue;
    }
    const base = factor.base ?? factor.labels[0]!;
    for (const level of new Set(factor.labels)) {
      if (level !== base) {
        columns.push({
          term: `${factor.name}: ${level}`,
          value: (row) => (factor.labels[row] === level ? 1 : 0),
        });
      }
    }
  }
  const design = zeroMatrix(rows, columns.length);
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i < rows; i++) {
      design.values[j * rows + i] = column.value(i);
    }
  }
  return { design, terms: columns.map((c) => c.term) };
}

export interface PricingFit {
  readonly fit: GlmFit;
  readonly terms: readonly string[];
  readonly standardErrors: Float64Array;
  readonly nullDeviance: number;
  /** NaN for quasi-Poisson, which has no likelihood. */
  readonly aic: number;
}

/**
 * A multiplicative tariff: Poisson (or quasi-Poisson) claim counts with log(exposure) as offset, or gamma mean amounts
 * with the number of claims as weight.
 */
export function fitTariff(
  factors: readonly RatingFactor[],
  response: ArrayLike<number>,
  family: GlmFamily,
  exposure?: ArrayLike<number>,
): PricingFit {
  const n = response.length;
  const { design, terms } = pricingDesign(factors, n);
  const problem = {
    design,
    response,
    family,
    tolerance: 1e-12,
    maximumIterations: 60,
    ...(exposure && family !== 'gamma' ? { offset: Float64Array.from(exposure, Math.log) } : {}),
    ...(exposure && family === 'gamma' ? { priorWeights: exposure } : {}),
  };
  const fit = fitGlm(problem);
  return {
    fit,
    terms,
    standardErrors: glmStandardErrors(fit),
    nullDeviance: glmNullDeviance(problem),
    aic: akaike(fit, family),
  };
}

function akaike(fit: GlmFit, family: GlmFamily): number {
  const { response, fitted, priorWeights, rank } = fit;
  let logLikelihood = 0;
  if (family === 'poisson') {
    for (let i = 0; i < response.length; i++) {
      const y = response[i]!;
      logLikelihood += priorWeights[i]! * ((y > 0 ? y * Math.log(fitted[i]!) : 0) - fitted[i]! - logGamma(y + 1));
    }
    return 2 * rank - 2 * logLikelihood;
  }
  if (family === 'gamma') {
    // Dispersion by deviance over total weight, as R's Gamma()$aic; it counts as a parameter.
    const weight = priorWeights.reduce((a, b) => a + b, 0);
    const dispersion = fit.deviance / weight;
    for (let i = 0; i < response.length; i++) {
      const shape = 1 / dispersion;
      const scale = fitted[i]! * dispersion;
      const y = response[i]!;
      logLikelihood +=
        priorWeights[i]! * ((shape - 1) * Math.log(y) - y / scale - shape * Math.log(scale) - logGamma(shape));
    }
    return 2 * (rank + 1) - 2 * logLikelihood;
  }
  return Number.NaN;
}
