import { z } from 'zod';
import { defineModel } from '../model.ts';
import { detectCusum } from './cusum.ts';
import {
  countsInput,
  fromInput,
  orNull,
  periodsPerYearInput,
  toInput,
  toSeries,
  verdictColumns,
  verdictRow,
} from './series.ts';

/** Fewer periods than this make a mean that means nothing. */
const LEAST_PAST = 8;

export const cusumModel = defineModel({
  name: 'cusum',
  family: 'surveillance',
  title: 'CUSUM: small lasting rises',
  input: z
    .strictObject({
      counts: countsInput,
      scale: z
        .enum(['rossi', 'standard', 'anscombe', 'anscombe-second-order', 'pearson-negative-binomial', 'z-score'], {
          error: 'Unknown scale.',
        })
        .default('rossi')
        .describe('How a count is standardised: rossi for Poisson counts; z-score with a given mean and sigma.'),
      reference: z
        .number({ error: 'The reference value k is a number.' })
        .min(0, 'The reference value k cannot be negative.')
        .max(1e6, 'The reference value k is at most 1,000,000.')
        .default(1.04)
        .describe('k: rise let pass in each period, in standard deviations. Default 1.04; .5 with z-score.'),
      limit: z
        .number({ error: 'The limit h is a number.' })
        .gt(0, 'The limit h must be above 0.')
        .max(1e9, 'The limit h is at most 1,000 million.')
        .default(2.26)
        .describe('h: the sum at which the alarm sounds. Default 2.26; 4 to 5 with z-score.'),
      mean: z
        .union(
          [
            z
              .number({ error: 'Give a mean above 0, before, or seasonal.' })
              .min(1e-6, 'The mean must be above 0.')
              .max(1e9, 'The mean is at most 1,000 million.'),
            z.enum(['before', 'seasonal']),
          ],
          { error: 'Give a mean above 0 in cases, or before, or seasonal.' },
        )
        .default('before')
        .describe(
          'Mean without an outbreak, in cases; before: of the periods before the first judged; seasonal: fitted to them with one yearly wave.',
        ),
      sigma: z
        .number({ error: 'Sigma is a number of cases.' })
        .min(1e-6, 'Sigma must be above 0.')
        .max(1e9, 'Sigma is at most 1,000 million.')
        .default(1)
        .describe('Standard deviation of a count, in cases; for z-score only.'),
      dispersion: z
        .number({ error: 'The dispersion is a number.' })
        .min(0, 'The dispersion cannot be negative.')
        .max(1e6, 'The dispersion is at most 1,000,000.')
        .default(0.1)
        .describe('For pearson-negative-binomial: variance is mean + dispersion × mean².'),
      reset: z.boolean('Say true or false.').default(false).describe('Start again from zero after an alarm.'),
      periodsPerYear: periodsPerYearInput,
      from: fromInput,
      to: toInput,
    })
    .refine(
      (input) => {
        const past = input.counts.slice(0, (input.from ?? 1) - 1).filter((count) => count !== null);
        const needed = input.mean === 'before' ? LEAST_PAST : input.periodsPerYear;
        return typeof input.mean === 'number' || (past.length >= needed && past.some((count) => count > 0));
      },
      {
        error: `To learn the mean, give from such that at least ${LEAST_PAST} periods (seasonal: a year) with some case lie before it; or give the mean.`,
        path: ['from'],
      },
    ),
  example: { counts: [5, 7, 6, 9, 10, 11], scale: 'z-score', mean: 5.5, sigma: 1.5, reference: 0.5, limit: 4 },
  columns: [
    ...verdictColumns,
    { name: 'score', description: 'Standardised count', unit: 'standard deviations' },
    { name: 'cusum', description: 'Sum after the period', unit: 'standard deviations' },
  ],
  *run(input) {
    yield 0;
    return detectCusum(toSeries(input.counts), input).map((verdict) => ({
      ...verdictRow(verdict),
      score: orNull(verdict.score),
      cusum: verdict.cusum,
    }));
  },
});
