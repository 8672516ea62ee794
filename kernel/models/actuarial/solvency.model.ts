import { z } from 'zod';
import { defineModel } from '../model.ts';
import { fields, labelText, listOf, quantity, share } from './inputs.ts';
import { sorted, summarise, tailValueAtRisk, valueAtRisk } from './samples.ts';
import { projectSolvency } from './solvency.ts';

const positive = (what: string, description: string) => quantity(what, { above: 0, atMost: 1e12 }, description);
const amount = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 1e15 }, description);
const rate = (what: string, description: string) => quantity(what, { atLeast: -0.5, atMost: 5 }, description);

export const solvencyModel = defineModel({
  name: 'solvency-projection',
  family: 'actuarial',
  title: 'A fund’s capital over the years under lapses, inflation, currency shocks and shared catastrophes',
  input: fields({
    schemes: listOf(
      fields({
        name: labelText('A scheme’s name', 'Name of the scheme'),
        members: quantity('The members', { atLeast: 1, atMost: 1e9 }, 'Insured persons at the start'),
        growth: rate('The growth', 'New members in a year over those present').default(0),
        lapse: quantity('The lapse rate', { atLeast: 0, atMost: 1 }, 'Share of members that leave in a year').default(
          0,
        ),
        premiumPerMember: positive('The premium', 'Premium of one member a year, money'),
        claimsPerMember: positive('The claims per member', 'Expected claims of one member a year'),
        severityMean: positive('The severity mean', 'Mean cost of a claim, money'),
        severitySd: amount('The severity sd', 'Its standard deviation, money'),
        size: positive(
          'The size',
          'Negative-binomial size of the pool’s monthly count; left out for Poisson',
        ).optional(),
        expenseShare: share('The expense share', 'Expenses and commission over premium').default(0),
        fixedExpenses: amount('The fixed expenses', 'A year, money').default(0),
        subsidy: amount('The subsidy', 'Government or donor money a year').default(0),
        openingCapital: amount('The opening capital', 'Capital at the start, money'),
        premiumIndexation: rate('The indexation', 'Yearly rise of the premium').default(0),
        claimsInflation: rate('The inflation', 'Yearly rise of the cost of a claim').default(0),
        seasonality: z
          .array(quantity('A season factor', { atLeast: 0, atMost: 12 }, 'Factor on a month’s claims'), {
            error: 'The seasonality must be a list of twelve factors.',
          })
          .length(12, { error: 'The seasonality must have twelve factors, January to December.' })
          .optional()
          .describe('Factors on the claims of the months; scaled to mean 1'),
        foreignShare: share('The foreign share', 'Share of claims paid in foreign money').default(0),
        interest: rate('The interest', 'On positive capital, a year').default(0),
      }),
      'The schemes',
      'Schemes with assumptions of their own and shocks in common',
      1,
      50,
    ),
    currencyVolatility: quantity(
      'The currency volatility',
      { atLeast: 0, atMost: 2 },
      'Yearly standard deviation of the log exchange rate',
    ).default(0),
    devaluationProbability: share('The devaluation probability', 'Chance in a year').default(0),
    devaluationSize: quantity(
      'The devaluation',
      { atLeast: 0, below: 1 },
      'Loss of the home currency’s value, 0.3 for −30 %',
    ).default(0),
    catastropheProbability: share('The catastrophe probability', 'Chance in a year, for each scheme').default(0),
    catastropheClaimsPerMember: amount('The catastrophe claims', 'Extra claims per member it brings').default(0),
    catastropheMonths: quantity('The catastrophe months', { atLeast: 1, atMost: 12, whole: true }, 'How long').default(
      3,
    ),
    catastropheCorrelation: share('The catastrophe correlation', 'Between schemes, of the normals behind it').default(
      0,
    ),
    requiredLevel: quantity(
      'The required level',
      { above: 0.5, below: 1 },
      'Probability the required capital of a year must be enough for',
    ).default(0.995),
    years: quantity('The years', { atLeast: 1, atMost: 50, whole: true }, 'Years projected').default(5),
    paths: quantity('The paths', { atLeast: 100, atMost: 1_000_000, whole: true }, 'Simulated futures').default(5000),
  }),
  example: {
    schemes: [
      {
        name: 'migrant fund',
        members: 5000,
        growth: 0.15,
        lapse: 0.1,
        premiumPerMember: 804.18,
        claimsPerMember: 2.1,
        severityMean: 310,
        severitySd: 620,
        expenseShare: 0.15,
        openingCapital: 400_000,
        claimsInflation: 0.06,
        premiumIndexation: 0.05,
        seasonality: [0.9, 0.9, 0.95, 0.95, 1, 1.1, 1.2, 1.2, 1.1, 1, 0.9, 0.8],
        foreignShare: 0.25,
      },
    ],
    currencyVolatility: 0.08,
    devaluationProbability: 0.05,
    devaluationSize: 0.3,
    catastropheProbability: 0.08,
    catastropheClaimsPerMember: 0.6,
    catastropheCorrelation: 0.5,
    paths: 500,
  },
  columns: [
    { name: 'scheme', description: 'Scheme, or (all) for the sum' },
    { name: 'year', description: 'Year, from 1' },
    { name: 'members', description: 'Mean members at its end' },
    { name: 'premium', description: 'Mean premium of the year', unit: 'money' },
    { name: 'claims', description: 'Mean claims of the year', unit: 'money' },
    { name: 'lossRatio', description: 'Mean claims over mean premium' },
    { name: 'claims995', description: 'Quantile of the year’s claims at the required level', unit: 'money' },
    { name: 'capitalMean', description: 'Mean capital at the end of the year', unit: 'money' },
    { name: 'capital05', description: 'Capital at its 5 % quantile', unit: 'money' },
    { name: 'capital50', description: 'Median capital', unit: 'money' },
    { name: 'capital95', description: 'Capital at its 95 % quantile', unit: 'money' },
    { name: 'required', description: 'Claims at the required level less their mean', unit: 'money' },
    { name: 'solvencyRatio', description: 'Mean capital over required; below 1.2 act, below 1 stop new business' },
    { name: 'ruinProbability', description: 'Share of futures in which a month-end capital fell below zero by then' },
    { name: 'ruinProbabilitySe', description: 'Its simulation error' },
    { name: 'liquidityMonths', description: 'Median capital over a month’s mean claims' },
    { name: 'claimsTail', description: 'Mean claims of the years beyond the required level', unit: 'money' },
  ],
  *run(input, { prng }) {
    const schemes = input.schemes.map((s) => {
      const seasons = s.seasonality ?? Array.from({ length: 12 }, () => 1);
      const mean = seasons.reduce((a, b) => a + b, 0) / 12;
      return {
        ...s,
        size: s.size ?? Number.POSITIVE_INFINITY,
        seasonality: seasons.map((x) => (mean > 0 ? x / mean : 1)),
      };
    });
    const run = projectSolvency(schemes, input, input.years, input.paths, prng);
    let step = run.next();
    while (!step.done) {
      yield 0.95 * step.value;
      step = run.next();
    }
    const result = step.value;
    const { paths } = input;
    const slice = (from: Float64Array, scheme: number, year: number) => {
      const start = (scheme * input.years + year) * paths;
      return from.subarray(start, start + paths);
    };
    const sumOver = (from: Float64Array, year: number) => {
      const all = new Float64Array(paths);
      for (let i = 0; i < schemes.length; i++) {
        for (const [p, x] of slice(from, i, year).entries()) {
          all[p] = all[p]! + x;
        }
      }
      return all;
    };
    const rows = [];
    for (let i = 0; i <= schemes.length; i++) {
      if (i === schemes.length && schemes.length === 1) {
        break;
      }
      for (let year = 0; year < input.years; year++) {
        const of = (from: Float64Array) => (i < schemes.length ? slice(from, i, year) : sumOver(from, year));
        const capital = sorted(of(result.capital));
        const claims = sorted(of(result.claims));
        const claimsMean = summarise(claims).mean;
        const premium = summarise(of(result.premium)).mean;
        const required = valueAtRisk(claims, input.requiredLevel) - claimsMean;
        const capitalMean = summarise(capital).mean;
        // The sum of schemes counts as ruined where any of them ran dry.
        const ruined = new Uint8Array(paths);
        for (let s = i < schemes.length ? i : 0; s < (i < schemes.length ? i + 1 : schemes.length); s++) {
          for (const [p, x] of slice(result.lowest, s, year).entries()) {
            ruined[p] = ruined[p]! | (x < 0 ? 1 : 0);
          }
        }
        const ruinProbability = ruined.reduce((a, b) => a + b, 0) / paths;
        rows.push({
          scheme: input.schemes[i]?.name ?? '(all)',
          year: year + 1,
          members: summarise(of(result.members)).mean,
          premium,
          claims: claimsMean,
          lossRatio: claimsMean / premium,
          claims995: valueAtRisk(claims, input.requiredLevel),
          capitalMean,
          capital05: valueAtRisk(capital, 0.05),
          capital50: valueAtRisk(capital, 0.5),
          capital95: valueAtRisk(capital, 0.95),
          required,
          solvencyRatio: required > 0 ? capitalMean / required : null,
          ruinProbability,
          ruinProbabilitySe: Math.sqrt((ruinProbability * (1 - ruinProbability)) / paths),
          liquidityMonths: claimsMean > 0 ? (12 * valueAtRisk(capital, 0.5)) / claimsMean : null,
          claimsTail: tailValueAtRisk(claims, input.requiredLevel),
        });
      }
    }
    return rows;
  },
});
