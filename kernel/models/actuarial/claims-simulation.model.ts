import { defineModel } from '../model.ts';
import { type SimulatedYears, simulateYears } from './claims-simulation.ts';
import { type FrequencyInput, frequencyInput, frequencyOf, severityInput, severityOf } from './families.ts';
import { fields, listOf, oneOf, probabilityLevels, quantity, share } from './inputs.ts';
import { quantileStandardError, sorted, summarise, tailValueAtRisk, valueAtRisk } from './samples.ts';

const amount = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 1e15 }, description);
const ceiling = (what: string, description: string) =>
  quantity(what, { above: 0, atMost: 1e15 }, description).optional();

const layer = (whose: string) =>
  fields({
    deductible: amount('The deductible', `Yearly deductible of ${whose}, money`).default(0),
    ceiling: ceiling('The ceiling', `Most the scheme pays in a year for ${whose}, money`),
  })
    .default({ deductible: 0 })
    .describe(`Terms on the year of ${whose}`);

/** About an hour on one core. */
const MOST_DRAWS = 2e11;

/** A year in which everybody's frequency is `factor` times the usual. */
function scaled(input: FrequencyInput, factor: number): FrequencyInput {
  if (input.family === 'binomial') {
    return { ...input, probability: Math.min(1 - 1e-12, input.probability * factor) };
  }
  return { ...input, mean: input.mean * factor };
}

export const claimsSimulationModel = defineModel({
  name: 'claims-simulation',
  family: 'actuarial',
  title: 'Years of a portfolio simulated through its cover and reinsurance',
  input: fields({
    cells: listOf(
      fields({
        policies: quantity('The policies', { atLeast: 1, atMost: 1e8, whole: true }, 'Policies alike'),
        personsPerPolicy: quantity(
          'The persons per policy',
          { atLeast: 1, atMost: 1000, whole: true },
          'Insured persons on each',
        ).default(1),
        frequency: frequencyInput.describe('Claims of one person in a year'),
        severity: severityInput,
      }),
      'The cells',
      'Groups of like policies',
      1,
      1000,
      'Put members of like cost into one cell.',
    ),
    claim: fields({
      deductible: amount('The deductible', 'Paid by the insured from each claim, money').default(0),
      coinsurance: share('The coinsurance', 'Share of the rest paid by the insured').default(0),
      ceiling: ceiling('The ceiling', 'Most the scheme pays for one claim, money'),
    })
      .default({ deductible: 0, coinsurance: 0 })
      .describe('Terms on each claim'),
    person: layer('one person'),
    policy: layer('one policy'),
    quotaShare: share('The quota share', 'Share of what the scheme pays that is ceded').default(0),
    perLifeRetention: ceiling('The per-life retention', 'A person’s yearly cost above this is ceded, money'),
    perLifeLimit: ceiling('The per-life limit', 'Most the per-life cover pays for a person, money'),
    stopLossRetention: ceiling('The stop-loss retention', 'What the year’s rest exceeds is ceded, money'),
    stopLossLimit: ceiling('The stop-loss limit', 'Most the stop loss pays, money'),
    shockSd: quantity(
      'The shock',
      { atLeast: 0, atMost: 5 },
      'Standard deviation of a gamma factor, mean 1, on everybody’s frequency in a year',
    ).default(0),
    unit: oneOf(
      ['claim', 'life'],
      'The unit',
      'claim draws every claim; life draws one yearly cost for every person: the same in distribution, some ten times faster',
    ).default('life'),
    years: quantity('The years', { atLeast: 10, atMost: 1_000_000, whole: true }, 'Simulated years').default(1000),
    levels: probabilityLevels([0.5, 0.9, 0.99, 0.995]),
  }).superRefine((input, context) => {
    let work = 0;
    for (const [i, cell] of input.cells.entries()) {
      const { mean } = frequencyOf(cell.frequency);
      if (mean > 1000) {
        context.addIssue({
          code: 'custom',
          path: ['cells', i, 'frequency'],
          message: 'A person has at most 1000 expected claims a year here; for a whole pool use aggregate-loss.',
        });
      }
      work += cell.policies * cell.personsPerPolicy * (input.unit === 'claim' ? 1 + mean : 1) * input.years;
    }
    if (work > MOST_DRAWS) {
      context.addIssue({
        code: 'custom',
        path: ['years'],
        message: `This would draw ${work.toPrecision(2)} numbers; at most ${MOST_DRAWS} are. Take fewer years, or unit life.`,
      });
    }
  }),
  example: {
    cells: [
      {
        policies: 1500,
        personsPerPolicy: 2,
        frequency: { family: 'negative-binomial', mean: 2.1, size: 1.2 },
        severity: { family: 'mean-sd', mean: 310, sd: 620 },
      },
    ],
    claim: { deductible: 20, coinsurance: 0.1, ceiling: 5000 },
    person: { ceiling: 8000 },
    policy: { ceiling: 12_000 },
    quotaShare: 0.2,
    stopLossRetention: 1_500_000,
    years: 200,
  },
  columns: [
    { name: 'measure', description: 'mean, sd, var, var-se (its simulation error) or tvar' },
    { name: 'level', description: 'Probability level' },
    { name: 'billed', description: 'Before any terms (unit claim only)', unit: 'money a year' },
    { name: 'gross', description: 'Paid by the scheme', unit: 'money a year' },
    { name: 'cededQuotaShare', description: 'Ceded by quota share', unit: 'money a year' },
    { name: 'cededPerLife', description: 'Ceded by per-life excess', unit: 'money a year' },
    { name: 'cededStopLoss', description: 'Ceded by stop loss', unit: 'money a year' },
    { name: 'net', description: 'Kept by the scheme', unit: 'money a year' },
  ],
  *run(input, { prng }) {
    const cells = input.cells.map((cell) => ({
      policies: cell.policies,
      personsPerPolicy: cell.personsPerPolicy,
      counts: (factor: number) => frequencyOf(scaled(cell.frequency, factor)),
      severity: severityOf(cell.severity),
    }));
    const run = simulateYears(cells, input, input.years, prng, input);
    let step = run.next();
    while (!step.done) {
      yield 0.95 * step.value;
      step = run.next();
    }
    const years = step.value;
    yield 0.95;
    const names = ['billed', 'gross', 'cededQuotaShare', 'cededPerLife', 'cededStopLoss', 'net'] as const;
    const ascending = new Map(names.map((name) => [name, sorted(years[name])]));
    const row = (measure: string, level: number | null, f: (values: Float64Array, all: Float64Array) => number) => {
      const value = (name: (typeof names)[number]) => {
        const x = f(ascending.get(name)!, years[name as keyof SimulatedYears]);
        return Number.isFinite(x) ? x : null;
      };
      return {
        measure,
        level,
        billed: value('billed'),
        gross: value('gross'),
        cededQuotaShare: value('cededQuotaShare'),
        cededPerLife: value('cededPerLife'),
        cededStopLoss: value('cededStopLoss'),
        net: value('net'),
      };
    };
    return [
      row('mean', null, (_, all) => summarise(all).mean),
      row('sd', null, (_, all) => summarise(all).sd),
      ...input.levels.flatMap((p) => [
        row('var', p, (x) => valueAtRisk(x, p)),
        row('var-se', p, (x) => quantileStandardError(x, p)),
        row('tvar', p, (x) => tailValueAtRisk(x, p)),
      ]),
    ];
  },
});
