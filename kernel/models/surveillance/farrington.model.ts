import { z } from 'zod';
import { defineModel } from '../model.ts';
import { type Calendar, dayNumber, fromDayNumber } from './calendar.ts';
import { exampleCounts } from './example.ts';
import { detectFarrington } from './farrington.ts';
import { detectFarringtonFlexible } from './farrington-flexible.ts';
import {
  alphaInput,
  countsInput,
  fromInput,
  orNull,
  periodsPerYearInput,
  toInput,
  toSeries,
  verdictColumns,
  verdictRow,
} from './series.ts';

const shape = {
  counts: countsInput,
  firstDate: z
    .string({ error: 'Give the date as YYYY-MM-DD.' })
    .refine((date) => !Number.isNaN(dayNumber(date)), 'Give the first date as YYYY-MM-DD, a day that exists.')
    .optional()
    .describe(
      'Date of the first period (YYYY-MM-DD). With it, weekly and daily windows follow the calendar, so that years of 53 weeks shift nothing.',
    ),
  years: z
    .int('Years looked back are a whole number.')
    .min(1, 'At least one past year is needed.')
    .max(30, 'At most 30 years are looked back.')
    .default(5)
    .describe('b: past years used. Default 5.'),
  halfWindow: z
    .int('The half-window is a whole number of periods.')
    .min(0, 'The half-window cannot be negative.')
    .max(180, 'The half-window is at most 180 periods.')
    .default(3)
    .describe('w: periods on either side of the same period of past years. Default 3.'),
  trend: z.boolean('Say true or false.').default(true).describe('Fit a trend over the years when it can be had.'),
  reweight: z.boolean('Say true or false.').default(true).describe('Fit again with past outbreaks weighed down.'),
  powerScale: z
    .enum(['2/3', '1/2', 'none'], { error: 'The power scale is 2/3, 1/2 or none.' })
    .default('2/3')
    .describe('Scale on which the prediction is taken as normal. 2/3 for Poisson counts.'),
  minimumCases: z
    .number({ error: 'The minimum is a number of cases.' })
    .min(0, 'The minimum cannot be negative.')
    .default(5)
    .describe('No alarm with fewer cases than this over the latest periods. Default 5.'),
  minimumCasesPeriods: z
    .int('The minimum is counted over a whole number of periods.')
    .min(1, 'The minimum is counted over at least one period.')
    .max(366, 'The minimum is counted over at most 366 periods.')
    .default(4)
    .describe('Periods over which the minimum is counted, the present one included. Default 4.'),
  periodsPerYear: periodsPerYearInput,
  from: fromInput,
  to: toInput,
};

const TOO_SHORT =
  'The series is shorter than the past asked for (years × periods a year + half-window + 1). With a short past use ears.';

function calendarOf(input: { periodsPerYear: number; firstDate?: string; counts: readonly unknown[] }): Calendar {
  const { periodsPerYear, firstDate, counts } = input;
  const step = periodsPerYear === 52 ? 7 : periodsPerYear === 365 ? 1 : 0;
  if (firstDate === undefined || step === 0) {
    return { periodsPerYear };
  }
  const first = dayNumber(firstDate);
  return { periodsPerYear, days: Int32Array.from(counts, (_, i) => first + i * step) };
}

const dateColumn = { name: 'date', description: 'First day of the period, where the series has dates' };

export const farringtonModel = defineModel({
  name: 'farrington',
  family: 'surveillance',
  title: 'Farrington 1996: quasi-Poisson thresholds from the same weeks of past years',
  input: z
    .strictObject({
      ...shape,
      alpha: z
        .number({ error: 'Give the level as a number between 0 and 1.' })
        .gt(0, 'The level must be above 0.')
        .lt(1, 'The level must be below 1.')
        .default(0.05)
        .describe('Two-sided level: the upper limit stands at 1 − alpha/2. Default .05.'),
    })
    .refine((input) => input.counts.length > input.years * input.periodsPerYear + input.halfWindow, {
      error: TOO_SHORT,
      path: ['counts'],
    }),
  example: { counts: exampleCounts(270), years: 5, from: 265 },
  columns: [
    ...verdictColumns,
    dateColumn,
    { name: 'dispersion', description: 'Variance over mean, at least 1' },
    { name: 'trend', description: 'Change of the log mean, where a trend was kept', unit: 'per period' },
  ],
  *run(input) {
    const calendar = calendarOf(input);
    const verdicts = yield* detectFarrington(toSeries(input.counts), { ...input, ...calendar });
    return verdicts.map((verdict) => ({
      ...verdictRow(verdict),
      date: calendar.days ? fromDayNumber(calendar.days[verdict.index - 1]!) : null,
      dispersion: orNull(verdict.dispersion),
      trend: orNull(verdict.trend),
    }));
  },
});

export const farringtonFlexibleModel = defineModel({
  name: 'farrington-flexible',
  family: 'surveillance',
  title: 'Flexible Farrington (Noufaily 2013): thresholds from the whole past with seasons and trend',
  input: z
    .strictObject({
      ...shape,
      alpha: alphaInput(0.05),
      seasonalLevels: z
        .int('Seasonal levels are a whole number.')
        .min(1, 'There is at least one seasonal level.')
        .max(52, 'There are at most 52 seasonal levels.')
        .default(10)
        .describe('Levels of the seasonal factor; 1 uses the windows around the same period alone. Default 10.'),
      recentExcluded: z
        .int('The latest periods left out are a whole number.')
        .min(0, 'The latest periods left out cannot be negative.')
        .max(366, 'At most 366 periods are left out.')
        .default(26)
        .describe(
          'Latest periods left out of the fit, so that an outbreak does not raise its own threshold. Default 26.',
        ),
      weightsThreshold: z
        .number({ error: 'The weights threshold is a number.' })
        .gt(0, 'The weights threshold must be above 0.')
        .default(2.58)
        .describe('Standardised residual above which a past count is weighed down. Default 2.58.'),
      trendLevel: z
        .number({ error: 'The trend level is a number between 0 and 1.' })
        .min(0, 'The trend level is at least 0.')
        .max(1, 'The trend level is at most 1.')
        .default(1)
        .describe('The trend is kept when its p-value is below this; 1 keeps it whenever it can be fitted. Default 1.'),
      thresholdMethod: z
        .enum(['delta', 'negative-binomial', 'muan'], { error: 'The method is delta, negative-binomial or muan.' })
        .default('delta')
        .describe(
          'delta: power-normal limit; negative-binomial: quantile at the fitted mean (nbPlugin); muan: quantile at an upper limit of the mean.',
        ),
      population: z
        .array(z.number({ error: 'A population is a number.' }).gt(0, 'A population must be above 0.'), {
          error: 'Give a list.',
        })
        .max(100_000, 'Give at most 100,000 periods: leave out the oldest.')
        .optional()
        .describe('People under surveillance in each period; the model is then one of rates.'),
    })
    .refine((input) => input.counts.length > input.years * input.periodsPerYear + input.halfWindow, {
      error: TOO_SHORT,
      path: ['counts'],
    })
    .refine((input) => !input.population || input.population.length === input.counts.length, {
      error: 'Give one population for each period.',
      path: ['population'],
    })
    .refine((input) => input.periodsPerYear - 2 * input.halfWindow - 1 >= input.seasonalLevels - 1, {
      error: 'There are more seasonal levels than periods left between the windows.',
      path: ['seasonalLevels'],
    })
    .refine((input) => input.recentExcluded < input.years * input.periodsPerYear - input.halfWindow, {
      error: 'More periods are left out than the past holds.',
      path: ['recentExcluded'],
    }),
  example: { counts: exampleCounts(270), years: 5, from: 265 },
  columns: [
    ...verdictColumns,
    dateColumn,
    { name: 'dispersion', description: 'Variance over mean, at least 1' },
    { name: 'trend', description: 'Change of the log mean, where a trend was kept', unit: 'per period' },
    { name: 'exceedance', description: '(observed − expected) / (threshold − expected): an alarm is above 1' },
    { name: 'probability', description: 'Probability of as many cases or more without an outbreak' },
  ],
  *run(input) {
    const calendar = calendarOf(input);
    const { population, ...options } = input;
    const verdicts = yield* detectFarringtonFlexible(toSeries(input.counts), {
      ...options,
      ...calendar,
      ...(population && { population: Float64Array.from(population) }),
    });
    return verdicts.map((verdict) => ({
      ...verdictRow(verdict),
      date: calendar.days ? fromDayNumber(calendar.days[verdict.index - 1]!) : null,
      dispersion: orNull(verdict.dispersion),
      trend: orNull(verdict.trend),
      exceedance: orNull(verdict.exceedance),
      probability: orNull(verdict.probability),
    }));
  },
});
