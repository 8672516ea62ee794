import { z } from 'zod';
import { defineModel } from '../model.ts';
import { quantileOf } from '../numeric/quantile.ts';
import { DISEASES, diseaseById } from './diseases.ts';
import { estimateReproduction, firstDayImported, slidingWindows, type Window } from './reproduction.ts';
import { discretiseSerialInterval } from './serial-interval.ts';
import { cohortReproduction, drawOffspringByDay } from './wallinga-teunis.ts';

const caseCount = z
  .number({ error: 'Each day’s cases are a number.' })
  .min(0, 'A day’s cases cannot be negative.')
  .max(1e9, 'A day’s cases are at most 1,000 million.');

const casesInput = z
  .array(caseCount, { error: 'Give the cases as a list of days, oldest first.' })
  .min(3, 'Give at least three days.')
  .max(20_000, 'Give at most 20,000 days: leave out the oldest.')
  .describe('New cases of each day, by day of onset, oldest first; days without cases are 0.');

const intervalInput = z
  .union(
    [
      z.object(
        {
          meanDays: z
            .number({ error: 'The mean is a number of days.' })
            .min(1.01, 'The mean serial interval must be above 1 day (at least 1.01): a shifted gamma starts at 1.')
            .max(1000, 'The mean serial interval is at most 1000 days.')
            .describe('Mean serial interval, in days.'),
          sdDays: z
            .number({ error: 'The standard deviation is a number of days.' })
            .min(0.01, 'The standard deviation must be at least .01 days.')
            .max(1000, 'The standard deviation is at most 1000 days.')
            .describe('Standard deviation of the serial interval, in days.'),
        },
        { error: 'Give an object with named fields.' },
      ),
      z.object(
        {
          weights: z
            .array(z.number({ error: 'Each weight is a number.' }).min(0, 'A weight cannot be negative.'), {
              error: 'Give a list.',
            })
            .min(2, 'Give the weights of 0, 1, … days.')
            .max(2000, 'Give the weights of at most 2,000 days: leave out the last.')
            .describe('Probability of an interval of 0, 1, 2, … days; the first is 0 and they add up to 1.'),
        },
        { error: 'Give an object with named fields.' },
      ),
      z.object(
        {
          disease: z
            .enum(
              DISEASES.filter((row) => row.serialInterval).map((row) => row.id),
              { error: 'No serial interval is known for this disease.' },
            )
            .describe('A row of the disease table.'),
        },
        { error: 'Give an object with named fields.' },
      ),
    ],
    { error: 'Give the serial interval as { meanDays, sdDays }, { weights } or { disease }.' },
  )
  .refine((interval) => !('weights' in interval) || interval.weights[0] === 0, {
    error: 'The weight of 0 days must be 0: nobody infects another on the day of their own onset.',
    path: ['weights'],
  })
  .refine((interval) => !('weights' in interval) || Math.abs(interval.weights.reduce((a, b) => a + b, 0) - 1) < 0.01, {
    error: 'The weights must add up to 1.',
    path: ['weights'],
  })
  .describe('Serial interval: days from the onset of a case to the onset of those it infected.');

type Interval = z.output<typeof intervalInput>;

/** Weights over the days of the series, as EpiEstim lays them out. */
function weightsOf(interval: Interval, days: number): ArrayLike<number> {
  if ('weights' in interval) {
    return interval.weights;
  }
  const { meanDays, sdDays } = 'disease' in interval ? diseaseById(interval.disease)!.serialInterval! : interval;
  const weights = discretiseSerialInterval(meanDays, sdDays, days);
  // Over a long series most of the tail is zero to working precision, and costs time in every sum.
  const last = weights.findLastIndex((weight) => weight > 1e-17);
  return weights.subarray(0, last + 1);
}

const windowDaysInput = z
  .int('The window is a whole number of days.')
  .min(1, 'The window has at least one day.')
  .default(7)
  .describe('Days of each sliding window. Default 7.');

const windowsInput = z
  .array(
    z.object(
      {
        start: z
          .int('A window starts on a whole day.')
          .min(2, 'A window starts on day 2 or later.')
          .describe('First day, counted from 1.'),
        end: z
          .int('A window ends on a whole day.')
          .min(2, 'A window ends on day 2 or later.')
          .describe('Last day, included.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    { error: 'Give a list.' },
  )
  .max(20_000, 'Give at most 20,000 windows: ask for the others in another run.')
  .optional()
  .describe('Windows of your own instead of sliding ones.');

function windowIssue(input: { cases: readonly number[]; windows?: readonly Window[]; windowDays: number }): boolean {
  return input.windows
    ? input.windows.every(({ start, end }) => start <= end && end <= input.cases.length)
    : input.windowDays < input.cases.length;
}
const WINDOW_SENTENCE = { error: 'A window starts before it begins or ends beyond the series.', path: ['windows'] };

const exampleCases = [1, 1, 0, 2, 3, 5, 4, 6, 9, 8, 12, 11, 14, 12, 13, 10, 9, 8, 6, 5];

export const reproductionModel = defineModel({
  name: 'reproduction-number',
  family: 'epidemic',
  title: 'Rt over sliding windows (Cori 2013), with imported cases set apart',
  input: z
    .strictObject({
      cases: casesInput,
      imported: z
        .array(caseCount, { error: 'Give a list.' })
        .max(20_000, 'Give at most 20,000 days: leave out the oldest.')
        .optional()
        .describe(
          'Of the cases of each day, those infected elsewhere: they infect but nobody here infected them. Default: those of the first day.',
        ),
      serialInterval: intervalInput,
      windowDays: windowDaysInput,
      windows: windowsInput,
      priorMean: z
        .number({ error: 'The prior mean is a number.' })
        .min(1e-6, 'The prior mean must be above 0.')
        .max(1e6, 'The prior mean is at most 1,000,000.')
        .default(5)
        .describe('Mean of the gamma prior of R. Default 5: high, so that control is not claimed too soon.'),
      priorSd: z
        .number({ error: 'The prior standard deviation is a number.' })
        .min(1e-6, 'The prior standard deviation must be above 0.')
        .max(1e6, 'The prior standard deviation is at most 1,000,000.')
        .default(5)
        .describe('Standard deviation of the prior. Default 5.'),
    })
    .refine(windowIssue, WINDOW_SENTENCE)
    .refine(
      (input) =>
        !input.imported ||
        (input.imported.length === input.cases.length && input.imported.every((count, i) => count <= input.cases[i]!)),
      { error: 'Give imported cases for every day, never more than its cases.', path: ['imported'] },
    ),
  example: { cases: exampleCases, serialInterval: { meanDays: 2.6, sdDays: 1.5 } },
  columns: [
    { name: 'start', description: 'First day of the window', unit: 'day, from 1' },
    { name: 'end', description: 'Last day of the window', unit: 'day, from 1' },
    { name: 'mean', description: 'Posterior mean of R; empty where the window ends within the mean serial interval' },
    { name: 'sd', description: 'Posterior standard deviation' },
    ...['0.025', '0.05', '0.25', '0.5', '0.75', '0.95', '0.975'].map((p) => ({
      name: `q${p}`,
      description: `Posterior quantile at ${p}`,
    })),
    { name: 'cases', description: 'Local cases in the window', unit: 'cases' },
  ],
  *run(input) {
    yield 0;
    const incidence = input.imported
      ? {
          local: Float64Array.from(input.cases, (count, i) => count - input.imported![i]!),
          imported: Float64Array.from(input.imported),
        }
      : firstDayImported(input.cases);
    const estimates = estimateReproduction(incidence, weightsOf(input.serialInterval, input.cases.length), {
      priorMean: input.priorMean,
      priorSd: input.priorSd,
      windows: input.windows ?? slidingWindows(input.cases.length, input.windowDays),
    });
    const known = (value: number) => (Number.isNaN(value) ? null : value);
    const rows = [];
    for (const [i, one] of estimates.entries()) {
      const local = incidence.local.subarray(one.window.start - 1, one.window.end).reduce((a, b) => a + b, 0);
      rows.push({
        start: one.window.start,
        end: one.window.end,
        mean: known(one.mean),
        sd: known(one.sd),
        'q0.025': known(one.quantile(0.025)),
        'q0.05': known(one.quantile(0.05)),
        'q0.25': known(one.quantile(0.25)),
        'q0.5': known(one.quantile(0.5)),
        'q0.75': known(one.quantile(0.75)),
        'q0.95': known(one.quantile(0.95)),
        'q0.975': known(one.quantile(0.975)),
        cases: local,
      });
      if (i % 500 === 499) {
        yield i / estimates.length;
      }
    }
    return rows;
  },
});

export const wallingaTeunisModel = defineModel({
  name: 'wallinga-teunis',
  family: 'epidemic',
  title: 'Case reproduction number (Wallinga and Teunis 2004)',
  input: z
    .strictObject({
      cases: casesInput.refine(
        (cases) => cases.every(Number.isInteger),
        'Cases are whole numbers: each is traced to another.',
      ),
      serialInterval: intervalInput,
      windowDays: windowDaysInput,
      windows: windowsInput,
      draws: z
        .int('Draws are a whole number.')
        .min(0, 'Draws cannot be negative.')
        .max(10_000, 'At most 10,000 draws.')
        .default(500)
        .describe('Random transmission trees behind the interval; 0 for none. Default 500.'),
    })
    .refine(windowIssue, WINDOW_SENTENCE)
    .refine((input) => input.cases.reduce((a, b) => a + b, 0) * input.draws <= 2e9, {
      error: 'Cases × draws is above 2,000 million: ask for fewer draws.',
      path: ['draws'],
    }),
  example: { cases: exampleCases, serialInterval: { meanDays: 2.6, sdDays: 1.5 }, draws: 200 },
  columns: [
    { name: 'start', description: 'First day of the window', unit: 'day, from 1' },
    { name: 'end', description: 'Last day of the window', unit: 'day, from 1' },
    { name: 'mean', description: 'Later cases infected by each case of the window, on average' },
    { name: 'lower', description: '2.5 % quantile over transmission trees' },
    { name: 'upper', description: '97.5 % quantile over transmission trees' },
  ],
  *run(input, { prng }) {
    const weights = weightsOf(input.serialInterval, input.cases.length);
    const windows = input.windows ?? slidingWindows(input.cases.length, input.windowDays);
    const results = cohortReproduction(input.cases, weights, windows);
    const samples = results.map(() => new Float64Array(input.draws));
    for (let draw = 0; draw < input.draws; draw++) {
      const offspring = drawOffspringByDay(input.cases, weights, prng);
      for (const [i, { window }] of results.entries()) {
        let infected = 0;
        let infectors = 0;
        for (let day = window.start; day <= window.end; day++) {
          infected += offspring[day - 1]!;
          infectors += input.cases[day - 1]!;
        }
        samples[i]![draw] = infected / infectors;
      }
      if (draw % 20 === 19) {
        yield draw / input.draws;
      }
    }
    return results.map(({ window, mean }, i) => {
      const sample = samples[i]!.sort();
      return {
        start: window.start,
        end: window.end,
        mean,
        lower: input.draws > 0 ? quantileOf(sample, 0.025) : null,
        upper: input.draws > 0 ? quantileOf(sample, 0.975) : null,
      };
    });
  },
});

export const serialIntervalModel = defineModel({
  name: 'serial-interval',
  family: 'epidemic',
  title: 'Serial interval by day, from its mean and standard deviation',
  input: z.strictObject({
    serialInterval: intervalInput,
    days: z
      .int('Days are a whole number.')
      .min(2, 'Ask for at least 2 days.')
      .max(2000, 'At most 2000 days.')
      .default(30)
      .describe('Days listed, 0 included. Default 30.'),
  }),
  example: { serialInterval: { meanDays: 8.4, sdDays: 3.8 }, days: 30 },
  columns: [
    { name: 'day', description: 'Length of the interval', unit: 'days' },
    { name: 'probability', description: 'Probability of that length' },
    { name: 'cumulative', description: 'Probability of at most that length' },
  ],
  *run(input) {
    yield 0;
    const weights = weightsOf(input.serialInterval, input.days);
    let cumulative = 0;
    return Array.from({ length: input.days }, (_, day) => {
      const probability = weights[day] ?? 0;
      cumulative += probability;
      return { day, probability, cumulative };
    });
  },
});
