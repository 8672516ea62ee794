import { z } from 'zod';
import {
  binomial,
  type CountDistribution,
  type Distribution,
  exponential,
  gamma,
  lognormal,
  lomax,
  negativeBinomial,
  pareto,
  poisson,
  weibull,
  zeroModified,
} from '../numeric/distributions.ts';
import { fields, quantity } from './inputs.ts';

/** How severities and claim counts are written in every scenario. */

const positive = (what: string, description: string) => quantity(what, { atLeast: 1e-6, atMost: 1e12 }, description);

const shapeOf = (most: number, description: string) =>
  quantity('The shape', { atLeast: 0.05, atMost: most }, description);

export const severityInput = z
  .discriminatedUnion(
    'family',
    [
      fields({
        family: z.literal('gamma'),
        shape: quantity('The shape', { atLeast: 0.001, atMost: 1e6 }, 'Shape'),
        scale: positive('The scale', 'Scale, money'),
      }),
      fields({
        family: z.literal('lognormal'),
        meanLog: quantity('The mean of the logarithm', { atLeast: -20, atMost: 40 }, 'Mean of log(amount)'),
        sdLog: quantity('The sd of the logarithm', { atLeast: 0.001, atMost: 8 }, 'Standard deviation of log(amount)'),
      }),
      fields({
        family: z.literal('weibull'),
        shape: shapeOf(1000, 'Shape'),
        scale: positive('The scale', 'Scale, money'),
      }),
      fields({
        family: z.literal('lomax'),
        shape: shapeOf(1e6, 'Tail index; the mean is infinite at 1 or below'),
        scale: positive('The scale', 'Scale, money'),
      }),
      fields({
        family: z.literal('pareto'),
        shape: shapeOf(1e6, 'Tail index'),
        minimum: positive('The minimum', 'Smallest amount, money'),
      }),
      fields({ family: z.literal('exponential'), mean: positive('The mean', 'Mean, money') }),
      fields({
        family: z.literal('mean-sd'),
        mean: positive('The mean', 'Mean amount of a claim, money'),
        sd: positive('The sd', 'Standard deviation of the amount, money'),
      }).refine(({ mean, sd }) => sd >= 0.001 * mean && sd <= 30 * mean, {
        error: 'The sd must lie between a thousandth of the mean and 30 times the mean.',
        path: ['sd'],
      }),
    ],
    {
      error:
        'The severity needs a family: gamma, lognormal, weibull, lomax, pareto, exponential, or mean-sd (a gamma with that mean and sd).',
    },
  )
  .describe('Distribution of the amount of one claim');

export type SeverityInput = z.output<typeof severityInput>;

export function severityOf(input: SeverityInput): Distribution {
  switch (input.family) {
    case 'gamma':
      return gamma(input.shape, input.scale);
    case 'lognormal':
      return lognormal(input.meanLog, input.sdLog);
    case 'weibull':
      return weibull(input.shape, input.scale);
    case 'lomax':
      return lomax(input.shape, input.scale);
    case 'pareto':
      return pareto(input.shape, input.minimum);
    case 'exponential':
      return exponential(input.mean);
    case 'mean-sd': {
      const shape = (input.mean / input.sd) ** 2;
      return gamma(shape, input.mean / shape);
    }
  }
}

const zeroShare = quantity(
  'The probability of no claim',
  { atLeast: 0, below: 1 },
  'Probability of no claim, where it differs from the family’s own (zero-modified)',
).optional();

export const frequencyInput = z
  .discriminatedUnion(
    'family',
    [
      fields({
        family: z.literal('poisson'),
        mean: quantity('The mean', { atLeast: 0, atMost: 1e7 }, 'Expected number of claims'),
        zeroProbability: zeroShare,
      }),
      fields({
        family: z.literal('negative-binomial'),
        mean: quantity('The mean', { atLeast: 1e-9, atMost: 1e7 }, 'Expected number of claims'),
        size: quantity('The size', { atLeast: 1e-3, atMost: 1e9 }, 'Size r; the variance is mean + mean²/r'),
        zeroProbability: zeroShare,
      }),
      fields({
        family: z.literal('binomial'),
        trials: quantity('The trials', { atLeast: 1, atMost: 1e6, whole: true }, 'Largest possible number of claims'),
        probability: quantity('The probability', { atLeast: 1e-12, atMost: 0.999999 }, 'Probability of each'),
        zeroProbability: zeroShare,
      }),
    ],
    { error: 'The frequency needs a family: poisson, negative-binomial or binomial.' },
  )
  .describe('Distribution of the number of claims');

export type FrequencyInput = z.output<typeof frequencyInput>;

export function frequencyOf(input: FrequencyInput): CountDistribution {
  const base =
    input.family === 'poisson'
      ? poisson(input.mean)
      : input.family === 'negative-binomial'
        ? negativeBinomial(input.size, input.mean)
        : binomial(input.trials, input.probability);
  return input.zeroProbability === undefined ? base : zeroModified(base, input.zeroProbability);
}
