import { defineModel } from '../model.ts';
import { calendarYearTest, claimsDevelopment, mackChainLadder, reserveQuantile } from './chain-ladder.ts';
import { fields, labelText, listOf, oneOf, probabilityLevels, quantity } from './inputs.ts';
import { triangleInput, triangleOf } from './triangle.ts';

/** RAA, automatic facultative general liability (Mack 1994): the field's common example. */
export const raaTriangle: (number | null)[][] = [
  [5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834],
  [106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704],
  [3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466],
  [5655, 11555, 15766, 21266, 23425, 26083, 27067],
  [1092, 9565, 15836, 22169, 25955, 26180],
  [1513, 6445, 11702, 12935, 15852],
  [557, 4020, 10946, 12314],
  [1351, 6947, 13112],
  [3133, 5395],
  [2063],
];

export const chainLadderModel = defineModel({
  name: 'chain-ladder',
  family: 'actuarial',
  title: 'Claims still to come by the chain ladder, with Mack’s and Merz–Wüthrich’s standard errors',
  input: fields({
    triangle: triangleInput(),
    origins: listOf(
      labelText('An origin', 'Name of an origin period'),
      'The origins',
      'Names of the origin periods, first to last',
      1,
      500,
    ).optional(),
    sigmaMethod: oneOf(
      ['mack', 'log-linear'],
      'The sigma method',
      'How a sigma is found that has a single ratio: Mack’s minimum rule, or a log-linear fit over the earlier ages where its slope is significant',
    ).default('mack'),
    tailFactor: quantity('The tail factor', { atLeast: 0.5, atMost: 10 }, 'Development after the last age').default(1),
    tailFactorSe: quantity('The tail factor’s s.e.', { atLeast: 0, atMost: 10 }, 'Its standard error').default(0),
    tailSigma: quantity('The tail sigma', { atLeast: 0, atMost: 1e9 }, 'Mack’s sigma of the tail step').default(0),
    levels: probabilityLevels([0.75, 0.95, 0.995]).describe('Levels of the lognormal quantiles of the total reserve'),
  }),
  example: { triangle: raaTriangle, origins: Array.from({ length: 10 }, (_, i) => String(1981 + i)) },
  columns: [
    {
      name: 'kind',
      description:
        'factor (a row for each step), origin (one for each period), total, run-off (one for each year to come), quantile or calendar-year-test',
    },
    { name: 'label', description: 'Origin period, step, or level' },
    { name: 'latest', description: 'Latest known amount', unit: 'money' },
    { name: 'ultimate', description: 'Projected amount', unit: 'money' },
    { name: 'ibnr', description: 'Still to come; for a quantile row, the quantile', unit: 'money' },
    { name: 'mackSe', description: 'Standard error of the reserve to ultimate', unit: 'money' },
    { name: 'processSe', description: 'Part of it from chance', unit: 'money' },
    { name: 'parameterSe', description: 'Part of it from estimating the factors', unit: 'money' },
    {
      name: 'oneYearSe',
      description: 'Standard error of next year’s claims development result; for run-off, of that year’s',
      unit: 'money',
    },
    { name: 'factor', description: 'Development factor; for the test, its p-value' },
    { name: 'factorSe', description: 'Standard error of the factor' },
    { name: 'sigma', description: 'Mack’s sigma; for the test, its statistic' },
  ],
  *run(input) {
    const triangle = triangleOf(input.triangle);
    const hasTail = input.tailFactor !== 1 || input.tailFactorSe > 0 || input.tailSigma > 0;
    const fit = mackChainLadder(triangle, input);
    yield 0.5;
    // The one-year view has no tail step: the paper's model ends at the last age.
    const development = hasTail ? [] : claimsDevelopment(triangle, fit);
    const oneYear = development[0];
    const empty = {
      kind: '',
      label: '',
      latest: null as number | null,
      ultimate: null as number | null,
      ibnr: null as number | null,
      mackSe: null as number | null,
      processSe: null as number | null,
      parameterSe: null as number | null,
      oneYearSe: null as number | null,
      factor: null as number | null,
      factorSe: null as number | null,
      sigma: null as number | null,
    };
    const latest = fit.latest.reduce((a, b) => a + b, 0);
    const test = calendarYearTest(triangle);
    return [
      ...Array.from(fit.factor, (factor, k) => ({
        ...empty,
        kind: 'factor',
        label: hasTail && k === fit.steps - 1 ? 'tail' : `${k + 1}-${k + 2}`,
        factor,
        factorSe: fit.factorSe[k]!,
        sigma: fit.sigma[k]!,
      })),
      ...Array.from(fit.ultimate, (ultimate, i) => ({
        ...empty,
        kind: 'origin',
        label: input.origins?.[i] ?? String(i + 1),
        latest: fit.latest[i]!,
        ultimate,
        ibnr: fit.ibnr[i]!,
        mackSe: fit.se[i]!,
        processSe: fit.processSe[i]!,
        parameterSe: fit.parameterSe[i]!,
        oneYearSe: oneYear?.se[i] ?? null,
      })),
      {
        ...empty,
        kind: 'total',
        label: 'total',
        latest,
        ultimate: latest + fit.totalIbnr,
        ibnr: fit.totalIbnr,
        mackSe: fit.totalSe,
        processSe: fit.totalProcessSe,
        parameterSe: fit.totalParameterSe,
        oneYearSe: oneYear?.totalSe ?? null,
      },
      ...development.map((year, k) => ({
        ...empty,
        kind: 'run-off',
        label: String(k + 1),
        oneYearSe: year.totalSe,
      })),
      ...input.levels.map((p) => ({
        ...empty,
        kind: 'quantile',
        label: String(p),
        ibnr: reserveQuantile(fit.totalIbnr, fit.totalSe, p),
      })),
      { ...empty, kind: 'calendar-year-test', label: 'Mack 1994', factor: test.p, sigma: test.statistic },
    ];
  },
});
