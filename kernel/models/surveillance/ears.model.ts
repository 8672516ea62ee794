import { z } from 'zod';
import { defineModel } from '../model.ts';
import { detectEars, earsHistory } from './ears.ts';
import { countsInput, fromInput, orNull, toInput, toSeries, verdictColumns, verdictRow } from './series.ts';

export const earsModel = defineModel({
  name: 'ears',
  family: 'surveillance',
  title: 'EARS C1, C2, C3: short-memory alarms for new posts and daily counts',
  input: z
    .strictObject({
      counts: countsInput,
      method: z
        .enum(['C1', 'C2', 'C3'], { error: 'The method is C1, C2 or C3.' })
        .default('C1')
        .describe('C1 compares with the days just before, C2 leaves a gap of two, C3 sums three days of C2.'),
      baseline: z
        .int('The baseline is a whole number of periods.')
        .min(3, 'A baseline needs at least 3 periods.')
        .max(366, 'A baseline of more than 366 periods is not EARS; use farrington-flexible.')
        .default(7)
        .describe('Periods in the baseline. Default 7.'),
      minimumSigma: z
        .number({ error: 'The floor of the standard deviation is a number of cases.' })
        .min(0, 'The floor of the standard deviation cannot be negative.')
        .max(1e9, 'The floor is at most 1,000 million.')
        .default(0)
        .describe(
          'Floor under the standard deviation, in cases; .5 to 1 where weeks without cases are common. Default 0.',
        ),
      alpha: z
        .number({ error: 'Give the level as a number between 0 and 1.' })
        .gt(0, 'The level must be above 0.')
        .lt(1, 'The level must be below 1.')
        .optional()
        .describe('One-sided level of the threshold. Default .001 for C1 and C2, .025 for C3.'),
      present: z
        .enum(['counted', 'as-surveillance'], { error: 'Say counted or as-surveillance.' })
        .default('counted')
        .describe(
          'C3 only. counted: the present period is one of the three (CDC). as-surveillance: thresholds of the R package surveillance, which sums the two periods before.',
        ),
      from: fromInput,
      to: toInput,
    })
    .refine((input) => input.counts.length > earsHistory(input.method, input.baseline), {
      error:
        'The series is shorter than the history the method needs: baseline + 1, + 3 or + 5 periods for C1, C2, C3.',
      path: ['counts'],
    }),
  example: { counts: [4, 6, 5, 3, 7, 5, 4, 6, 5, 6, 9, 11, 12], method: 'C3' },
  columns: [...verdictColumns, { name: 'statistic', description: 'C1, C2 or C3 itself', unit: 'standard deviations' }],
  *run(input) {
    yield 0;
    const alpha = input.alpha ?? (input.method === 'C3' ? 0.025 : 0.001);
    return detectEars(toSeries(input.counts), { ...input, alpha }).map((verdict) => ({
      ...verdictRow(verdict),
      statistic: orNull(verdict.statistic),
    }));
  },
});
