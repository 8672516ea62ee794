import { z } from 'zod';
import { defineModel } from '../model.ts';
import { BAYES_SYSTEMS, detectBayes } from './bayes.ts';
import { exampleCounts } from './example.ts';
import { historyNeeded } from './history.ts';
import { detectRki, RKI_SYSTEMS } from './rki.ts';
import {
  alphaInput,
  countsInput,
  fromInput,
  periodsPerYearInput,
  toInput,
  toSeries,
  verdictColumns,
  verdictRow,
} from './series.ts';

const shape = {
  counts: countsInput,
  years: z
    .int('Years looked back are a whole number.')
    .min(0, 'Years looked back cannot be negative.')
    .max(30, 'At most 30 years are looked back.')
    .optional()
    .describe('Past years used; replaces the number of the named system.'),
  halfWindow: z
    .int('The half-window is a whole number of periods.')
    .min(0, 'The half-window cannot be negative.')
    .max(180, 'The half-window is at most 180 periods.')
    .optional()
    .describe('Periods on either side of the same period of past years, and depth of the present year.'),
  presentYear: z
    .boolean('Say true or false.')
    .optional()
    .describe('Whether the periods just before the judged one are used too.'),
  periodsPerYear: periodsPerYearInput,
  from: fromInput,
  to: toInput,
};

type Settings = { years: number; halfWindow: number; presentYear: boolean };

function settle<T extends Partial<Settings> & { periodsPerYear: number; from?: number; to?: number }>(
  system: Settings,
  input: T,
) {
  return {
    years: input.years ?? system.years,
    halfWindow: input.halfWindow ?? system.halfWindow,
    presentYear: input.presentYear ?? system.presentYear,
    periodsPerYear: input.periodsPerYear,
    from: input.from,
    to: input.to,
  };
}

const TOO_SHORT = 'The series is shorter than the history asked for: years × periods a year + half-window + 1.';
const EMPTY = 'Nothing is looked back on: use past years, the present year with a half-window above 0, or both.';
const looksBack = (settings: Settings) => settings.years > 0 || (settings.presentYear && settings.halfWindow > 0);

export const rkiModel = defineModel({
  name: 'rki',
  family: 'surveillance',
  title: 'RKI system: thresholds from the same weeks of the past years',
  input: z
    .strictObject({
      ...shape,
      system: z
        .enum(['rki1', 'rki2', 'rki3'], { error: 'The system is rki1, rki2 or rki3.' })
        .default('rki3')
        .describe('rki1: 6 weeks before; rki2: also 13 weeks of last year; rki3: 9 weeks of each of two years.'),
    })
    .refine((input) => looksBack(settle(RKI_SYSTEMS[input.system], input)), { error: EMPTY, path: ['halfWindow'] })
    .refine((input) => input.counts.length > historyNeeded(settle(RKI_SYSTEMS[input.system], input)), {
      error: TOO_SHORT,
      path: ['counts'],
    }),
  example: { counts: exampleCounts(160), system: 'rki3', from: 150 },
  columns: verdictColumns,
  *run(input) {
    yield 0;
    return detectRki(toSeries(input.counts), settle(RKI_SYSTEMS[input.system], input)).map(verdictRow);
  },
});

export const bayesModel = defineModel({
  name: 'bayes',
  family: 'surveillance',
  title: 'Bayes system: predictive quantile from reference weeks',
  input: z
    .strictObject({
      ...shape,
      system: z
        .enum(['bayes1', 'bayes2', 'bayes3'], { error: 'The system is bayes1, bayes2 or bayes3.' })
        .default('bayes1')
        .describe('bayes1: 6 weeks before; bayes2: also 13 weeks of last year; bayes3: 9 weeks of each of two years.'),
      alpha: alphaInput(0.05),
    })
    .refine((input) => looksBack(settle(BAYES_SYSTEMS[input.system], input)), { error: EMPTY, path: ['halfWindow'] })
    .refine((input) => input.counts.length > historyNeeded(settle(BAYES_SYSTEMS[input.system], input)), {
      error: TOO_SHORT,
      path: ['counts'],
    }),
  example: { counts: exampleCounts(40), system: 'bayes1', from: 30 },
  columns: verdictColumns,
  *run(input) {
    yield 0;
    const options = { ...settle(BAYES_SYSTEMS[input.system], input), alpha: input.alpha };
    return detectBayes(toSeries(input.counts), options).map(verdictRow);
  },
});
