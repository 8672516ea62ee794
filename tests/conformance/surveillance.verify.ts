import type { z } from 'zod';
import { type Model, runModel, type TidyRow } from '../../kernel/models/model.ts';
import { cusumModel } from '../../kernel/models/surveillance/cusum.model.ts';
import { earsModel } from '../../kernel/models/surveillance/ears.model.ts';
import { farringtonFlexibleModel, farringtonModel } from '../../kernel/models/surveillance/farrington.model.ts';
import { detectFarringtonFlexible } from '../../kernel/models/surveillance/farrington-flexible.ts';
import { bayesModel, rkiModel } from '../../kernel/models/surveillance/history.model.ts';
import { type CsvRow, caseOnOutside, equal, numberIn, same } from './epidemic/data.ts';
import type { Case, Suite } from './suite.ts';

/** Upper bounds and alarms of R's surveillance 1.20.3 on its series salmonella.agona, and the figures of the domain sheet. */
const SERIES = 'r-surveillance/salmonella_agona.csv';
const counts = (rows: readonly CsvRow[]) => rows.map((row) => numberIn(row, 'observed'));

/** Every bound to 1e-6 and every alarm; `columns` maps a column of ours to one of theirs. */
function agrees(
  rows: readonly TidyRow[],
  expected: readonly CsvRow[],
  columns: Readonly<Record<string, string>> = {},
  zeroIsNone = false,
): void {
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  for (const theirs of expected) {
    const ours = byIndex.get(numberIn(theirs, 'i'));
    if (!ours) {
      throw new Error(`period ${theirs.i} was not judged`);
    }
    for (const [mine, other] of Object.entries({ threshold: 'upperbound', ...columns })) {
      // The oldest function answers 0 where too few cases forbid an alarm.
      const bound = numberIn(theirs, other);
      const none = zeroIsNone && bound === 0 && ours[mine] === null;
      same(ours[mine] as number | null, none ? Number.NaN : bound, 1e-6, `${mine} of period ${theirs.i}`);
    }
    equal(ours.alarm, numberIn(theirs, 'alarm') === 1, `alarm of period ${theirs.i}`);
  }
}

function alarmsOf(rows: readonly TidyRow[]): unknown[] {
  return rows.filter((row) => row.alarm).map((row) => row.index);
}

function agonaCase<Schema extends z.ZodType>(
  name: string,
  model: Model<Schema>,
  file: string,
  input: Record<string, unknown>,
  alarms: number,
  columns: Readonly<Record<string, string>> = {},
): Case {
  return caseOnOutside(name, [SERIES, `r-surveillance/${file}`], (series, expected) => {
    const from = numberIn(expected[0]!, 'i');
    const rows = runModel(model, { ...input, counts: counts(series), from } as z.input<Schema>);
    agrees(rows, expected, columns, file.startsWith('salmonella_agona_farrington_'));
    equal(alarmsOf(rows).length, alarms, 'alarms');
  });
}

const flexible = { years: 4, halfWindow: 3, alpha: 0.05 };
const flexibleColumns = { dispersion: 'phi', trend: 'trend', probability: 'pvalue' };

const suite: Suite = {
  name: 'surveillance',
  cases: () => [
    ...(['C1', 'C2', 'C3'] as const).flatMap((method, k) =>
      ([0, 1] as const).map((minimumSigma) =>
        agonaCase(
          `EARS ${method}, floor ${minimumSigma}`,
          earsModel,
          `salmonella_agona_ears${method}${minimumSigma ? '_minSigma1' : ''}.csv`,
          { method, minimumSigma, alpha: 0.001, present: 'as-surveillance' },
          [
            [16, 20, 23],
            [14, 18, 18],
          ][minimumSigma]![k]!,
        ),
      ),
    ),
    ...([0.05, 0.01] as const).map((alpha, k) =>
      agonaCase(
        `Farrington, level ${alpha}`,
        farringtonModel,
        `salmonella_agona_farrington_b4_w3_alpha${alpha}.csv`,
        { years: 4, halfWindow: 3, alpha },
        [13, 6][k]!,
      ),
    ),
    caseOnOutside('Farrington, level .05: the thirteen alarms', [SERIES], (series) => {
      const rows = runModel(farringtonModel, { counts: counts(series), years: 4, alpha: 0.05, from: 213 });
      equal(alarmsOf(rows), [223, 250, 254, 255, 259, 262, 263, 264, 266, 284, 285, 288, 289], 'alarms');
    }),
    agonaCase(
      'flexible Farrington, delta',
      farringtonFlexibleModel,
      'salmonella_agona_farringtonFlexible_delta.csv',
      { ...flexible, thresholdMethod: 'delta' },
      15,
      { ...flexibleColumns, exceedance: 'score' },
    ),
    agonaCase(
      'flexible Farrington, negative binomial',
      farringtonFlexibleModel,
      'salmonella_agona_farringtonFlexible_nbPlugin.csv',
      { ...flexible, thresholdMethod: 'negative-binomial' },
      13,
      flexibleColumns,
    ),
    caseOnOutside(
      'flexible Farrington: expected counts, their errors, and scores as the package has them',
      [
        SERIES,
        'r-surveillance/salmonella_agona_farringtonFlexible_delta.csv',
        'r-surveillance/salmonella_agona_farringtonFlexible_nbPlugin.csv',
      ],
      (series, delta, plugin) => {
        const settings = {
          ...flexible,
          seasonalLevels: 10,
          recentExcluded: 26,
          reweight: true,
          weightsThreshold: 2.58,
          trend: true,
          trendLevel: 1,
          powerScale: '2/3' as const,
          minimumCases: 5,
          minimumCasesPeriods: 4,
          periodsPerYear: 52,
          from: 213,
        };
        const z95 = 1.6448536269514722;
        for (const [method, expected] of [
          ['delta', delta],
          ['negative-binomial', plugin],
        ] as const) {
          const run = detectFarringtonFlexible(Float64Array.from(counts(series)), {
            ...settings,
            thresholdMethod: method,
          });
          let step = run.next();
          while (!step.done) {
            step = run.next();
          }
          for (const [k, theirs] of expected.entries()) {
            const ours = step.value[k]!;
            const what = `${method}, period ${theirs.i}`;
            if (theirs.expected !== 'NA') {
              same(ours.expected, numberIn(theirs, 'expected'), 1e-6, `expected, ${what}`);
            }
            if (method === 'delta') {
              // The package takes the exponential of an upper limit of the mean itself; so must the check of the error.
              same(ours.expected + z95 * ours.expectedSe, Math.log(numberIn(theirs, 'mu0')), 1e-6, `error, ${what}`);
            } else {
              same(ours.expected, numberIn(theirs, 'mu0'), 1e-6, `mu0, ${what}`);
              // Its score takes the mean on the log scale: recomputed from our mean and our threshold.
              const upper = ours.expected + (ours.observed - ours.expected) / ours.exceedance;
              const logMean = Math.log(ours.expected);
              const score = (ours.observed - logMean) / (upper - logMean);
              same(score, numberIn(theirs, 'score'), 1e-6, `score, ${what}`);
            }
          }
        }
      },
    ),
    agonaCase('CUSUM, Rossi', cusumModel, 'salmonella_agona_cusum_rossi_k1.04_h2.26.csv', { scale: 'rossi' }, 8),
    ...(['rki1', 'rki2', 'rki3'] as const).map((system, k) =>
      agonaCase(`RKI, ${system}`, rkiModel, `salmonella_agona_${system}.csv`, { system }, [4, 4, 5][k]!),
    ),
    agonaCase(
      'Bayes, two years and the present one, three weeks',
      bayesModel,
      'salmonella_agona_bayes_b2_w3.csv',
      { years: 2, halfWindow: 3, presentYear: true },
      7,
    ),
    {
      name: 'EARS by hand: C1(10) 3.824, C2(10) 5.310',
      check: () => {
        const series = [4, 6, 5, 3, 7, 5, 4, 6, 8, 12];
        for (const [method, value] of [
          ['C1', 3.824],
          ['C2', 5.31],
        ] as const) {
          same(runModel(earsModel, { counts: series, method }).at(-1)!.statistic, value, 1e-3, method);
        }
      },
    },
    {
      name: 'EARS by hand: C2(11..13) 2.867, 4.648, 5.098 and C3(13) 9.612',
      check: () => {
        const series = [4, 6, 5, 3, 7, 5, 4, 6, 5, 6, 9, 11, 12];
        const c2 = runModel(earsModel, { counts: series, method: 'C2', from: 11 });
        for (const [k, value] of [2.867, 4.648, 5.098].entries()) {
          same(c2[k]!.statistic, value, 1e-3, `C2(${11 + k})`);
        }
        const c3 = runModel(earsModel, { counts: series, method: 'C3' }).at(-1)!;
        same(c3.statistic, 9.612, 1e-3, 'C3(13)');
        equal(c3.alarm, true, 'alarm');
      },
    },
    {
      name: 'CUSUM by hand: 0, .5, .333, 2.167, 4.667, 7.833',
      check: () => {
        const rows = runModel(cusumModel, {
          counts: [5, 7, 6, 9, 10, 11],
          scale: 'z-score',
          mean: 5.5,
          sigma: 1.5,
          reference: 0.5,
          limit: 5,
        });
        for (const [k, value] of [0, 0.5, 0.333, 2.167, 4.667, 7.833].entries()) {
          same(rows[k]!.cusum, value, 1e-3, `S(${k + 1})`);
        }
        equal(alarmsOf(rows), [6], 'alarms');
      },
    },
  ],
};

export default suite;
