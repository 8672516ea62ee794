import { z } from 'zod';
import { defineModel } from '../model.ts';
import { orNull } from './series.ts';
import { judgeThresholds, THRESHOLDS } from './thresholds.ts';

const weekly = (what: string) =>
  z
    .array(
      z
        .number({ error: `Each week’s ${what} are a number.` })
        .min(0, `A week’s ${what} cannot be negative.`)
        .max(1e9, `A week’s ${what} are at most 1,000 million.`),
      {
        error: `Give the ${what} as a list of weeks, oldest first.`,
      },
    )
    .max(5200, 'Give at most 5,200 weeks: leave out the oldest.');

export const thresholdsModel = defineModel({
  name: 'alert-thresholds',
  family: 'surveillance',
  title: 'IDSR alert and epidemic thresholds by disease, with their sources',
  input: z.strictObject({
    disease: z
      .string({ error: 'Name the disease.' })
      .min(1, 'Name the disease.')
      .describe(
        `One of ${[...new Set(THRESHOLDS.map((row) => row.disease))].join(', ')}; any other name is judged by the rows of other.`,
      ),
    suspected: weekly('suspected cases')
      .min(1, 'Give at least one week.')
      .describe('Suspected cases a week, oldest first, the last week being judged.'),
    confirmed: weekly('confirmed cases').default([]).describe('Confirmed cases a week, as suspected ones.'),
    deaths: weekly('deaths').default([]).describe('Deaths a week, as suspected cases.'),
    population: z
      .number({ error: 'The population is a number of people.' })
      .min(1, 'The population must be at least 1.')
      .max(1e11, 'The population is more than there can be.')
      .describe('People living in the unit judged: a district, a camp, a border post’s area.'),
    setting: z
      .enum(['general', 'closed'], { error: 'The setting is general or closed.' })
      .default('general')
      .describe('closed for camps, dormitories, prisons and refugee settings.'),
  }),
  example: { disease: 'meningitis', suspected: [0, 1, 2, 4], population: 22_000 },
  columns: [
    { name: 'rule', description: 'Identifier of the row of the threshold table' },
    { name: 'level', description: 'alert or epidemic' },
    { name: 'measure', description: 'Cases counted: suspected, confirmed or deaths' },
    { name: 'value', description: 'What was compared; empty where the history is too short' },
    { name: 'limit', description: 'What it was compared with' },
    { name: 'met', description: 'Whether the threshold is reached' },
    { name: 'sentence', description: 'The threshold in words' },
    { name: 'source', description: 'Who set it' },
    { name: 'date', description: 'Year of the source' },
    { name: 'jurisdiction', description: 'Where it holds' },
  ],
  *run(input) {
    yield 0;
    return judgeThresholds(input.disease, input).map(({ row, value, limit, met }) => ({
      rule: row.id,
      level: row.level,
      measure: row.measure,
      value: orNull(value),
      limit: orNull(limit),
      met,
      sentence: row.sentence,
      source: row.source,
      date: row.date,
      jurisdiction: row.jurisdiction,
    }));
  },
});
