import { defineModel } from '../model.ts';
import { fields, listOf, probabilityLevels, quantity } from './inputs.ts';
import {
  quantileStandardError,
  sorted,
  summarise,
  tailValueAtRisk,
  tailValueStandardError,
  valueAtRisk,
} from './samples.ts';

/** From so many losses on, resampling tells nothing that its limit does not, and takes minutes. */
const LARGE_SAMPLE = 100_000;

export const riskMeasuresModel = defineModel({
  name: 'risk-measures',
  family: 'actuarial',
  title: 'VaR, TVaR and their sampling errors from observed or simulated losses',
  input: fields({
    losses: listOf(
      quantity('A loss', { atLeast: -1e15, atMost: 1e15 }, 'Loss of one period, money; a gain is negative'),
      'The losses',
      'Losses, one for each period or simulated year',
      2,
    ),
    levels: probabilityLevels([0.5, 0.75, 0.9, 0.95, 0.99, 0.995]),
    bootstrapReplicates: quantity(
      'The bootstrap replicates',
      { atLeast: 0, atMost: 10_000, whole: true },
      `Resamples for the standard error of TVaR; 0 for none. From ${LARGE_SAMPLE.toLocaleString('en')} losses on, their limit is computed instead`,
    ).default(200),
  }),
  example: {
    losses: [
      3_120_400, 3_255_900, 3_198_700, 3_301_200, 3_244_300, 3_410_800, 3_177_600, 3_289_500, 3_226_100, 3_355_700,
      3_268_000, 3_150_200, 3_233_800, 3_312_900, 3_195_400, 3_276_600, 3_389_100, 3_211_500, 3_240_700, 3_299_300,
    ],
    levels: [0.5, 0.9, 0.95],
  },
  columns: [
    { name: 'measure', description: 'mean, sd, var or tvar' },
    { name: 'level', description: 'Probability level' },
    { name: 'value', description: 'Loss', unit: 'money' },
    {
      name: 'standardError',
      description: 'Of the mean; of VaR by order statistics; of TVaR by bootstrap, or its limit for large samples',
      unit: 'money',
    },
    { name: 'tailLosses', description: 'How many losses lie beyond the level: below about ten, do not trust the row' },
  ],
  *run(input, { prng }) {
    const ascending = sorted(input.losses);
    const n = ascending.length;
    const { mean, sd } = summarise(ascending);
    const replicates = n < LARGE_SAMPLE ? input.bootstrapReplicates : 0;
    const errors = input.levels.map(() => new Float64Array(replicates));
    const resample = new Float64Array(replicates > 0 ? n : 0);
    for (let b = 0; b < replicates; b++) {
      for (let i = 0; i < n; i++) {
        resample[i] = ascending[prng.below(n)]!;
      }
      resample.sort();
      for (const [k, p] of input.levels.entries()) {
        errors[k]![b] = tailValueAtRisk(resample, p);
      }
      yield (0.95 * (b + 1)) / replicates;
    }
    yield 0.95;
    const row = (
      measure: string,
      level: number | null,
      value: number,
      standardError: number | null,
      tailLosses: number | null,
    ) => ({ measure, level, value, standardError, tailLosses });
    return [
      row('mean', null, mean, sd / Math.sqrt(n), null),
      row('sd', null, sd, null, null),
      ...input.levels.flatMap((p, k) => {
        const tail = Math.floor((1 - p) * n + 1e-9);
        const resampled = replicates > 1 ? summarise(errors[k]!).sd : null;
        const spread =
          replicates === 0 && input.bootstrapReplicates > 1 ? tailValueStandardError(ascending, p) : resampled;
        return [
          row('var', p, valueAtRisk(ascending, p), quantileStandardError(ascending, p), tail),
          row('tvar', p, tailValueAtRisk(ascending, p), spread, tail),
        ];
      }),
    ];
  },
});
