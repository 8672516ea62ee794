import { defineModel } from '../model.ts';
import { mackChainLadder } from './chain-ladder.ts';
import { fields, labelText, listOf, oneOf, quantity } from './inputs.ts';
import { munichChainLadder } from './munich.ts';
import { latestDiagonal, triangleInput, triangleOf } from './triangle.ts';

export const munichModel = defineModel({
  name: 'munich-chain-ladder',
  family: 'actuarial',
  title: 'Paid and incurred claims projected together, so that both ultimates agree',
  input: fields({
    paid: triangleInput('The paid triangle'),
    incurred: triangleInput('The incurred triangle'),
    origins: listOf(
      labelText('An origin', 'Name of an origin period'),
      'The origins',
      'Names of the origin periods, first to last',
      1,
      500,
    ).optional(),
    sigmaMethod: oneOf(
      ['log-linear', 'mack'],
      'The sigma method',
      'How a sigma is found that has a single ratio',
    ).default('log-linear'),
    lastSigma: quantity(
      'The last sigma',
      { atLeast: 0, atMost: 1e9 },
      'Sigma of a step with a single ratio, where it is given rather than found',
    ).optional(),
  }).superRefine(({ paid, incurred }, context) => {
    const shape = (rows: typeof paid) => rows.map((row) => row.filter((x) => x !== null).length).join();
    if (shape(paid) !== shape(incurred)) {
      context.addIssue({
        code: 'custom',
        path: ['incurred'],
        message: 'The incurred triangle must know the same cells as the paid triangle.',
      });
    }
  }),
  example: {
    // Quarg and Mack 2004, section 3.3.1: a fire portfolio.
    paid: [
      [576, 1804, 1970, 2024, 2074, 2102, 2131],
      [866, 1948, 2162, 2232, 2284, 2348],
      [1412, 3758, 4252, 4416, 4494],
      [2286, 5292, 5724, 5850],
      [1868, 3778, 4648],
      [1442, 4010],
      [2044],
    ],
    incurred: [
      [978, 2104, 2134, 2144, 2174, 2182, 2174],
      [1844, 2552, 2466, 2480, 2508, 2454],
      [2904, 4354, 4698, 4600, 4644],
      [3502, 5958, 6070, 6142],
      [2812, 4882, 4852],
      [2642, 4406],
      [5022],
    ],
    lastSigma: 0.1,
  },
  columns: [
    { name: 'origin', description: 'Origin period; total; or lambda, the two correlation parameters' },
    { name: 'latestPaid', description: 'Paid so far', unit: 'money' },
    { name: 'latestIncurred', description: 'Paid and case reserves so far', unit: 'money' },
    { name: 'ultimatePaid', description: 'Projected from paid (for lambda: the paid parameter)', unit: 'money' },
    {
      name: 'ultimateIncurred',
      description: 'Projected from incurred (for lambda: the incurred parameter)',
      unit: 'money',
    },
    { name: 'chainLadderPaid', description: 'What a separate chain ladder on paid gives', unit: 'money' },
    { name: 'chainLadderIncurred', description: 'What a separate chain ladder on incurred gives', unit: 'money' },
  ],
  *run(input) {
    const paid = triangleOf(input.paid);
    const incurred = triangleOf(input.incurred);
    const sigmaMethod = input.lastSigma ?? input.sigmaMethod;
    const fit = munichChainLadder(paid, incurred, sigmaMethod);
    yield 0.5;
    const alonePaid = mackChainLadder(paid, { sigmaMethod });
    const aloneIncurred = mackChainLadder(incurred, { sigmaMethod });
    const latestPaid = latestDiagonal(paid);
    const latestIncurred = latestDiagonal(incurred);
    const sum = (x: Float64Array) => x.reduce((a, b) => a + b, 0);
    return [
      ...Array.from(latestPaid, (latest, i) => ({
        origin: input.origins?.[i] ?? String(i + 1),
        latestPaid: latest as number | null,
        latestIncurred: latestIncurred[i]! as number | null,
        ultimatePaid: fit.ultimatePaid[i]!,
        ultimateIncurred: fit.ultimateIncurred[i]!,
        chainLadderPaid: alonePaid.ultimate[i]! as number | null,
        chainLadderIncurred: aloneIncurred.ultimate[i]! as number | null,
      })),
      {
        origin: 'total',
        latestPaid: sum(latestPaid),
        latestIncurred: sum(latestIncurred),
        ultimatePaid: sum(fit.ultimatePaid),
        ultimateIncurred: sum(fit.ultimateIncurred),
        chainLadderPaid: sum(alonePaid.ultimate),
        chainLadderIncurred: sum(aloneIncurred.ultimate),
      },
      {
        origin: 'lambda',
        latestPaid: null,
        latestIncurred: null,
        ultimatePaid: fit.lambdaPaid,
        ultimateIncurred: fit.lambdaIncurred,
        chainLadderPaid: null,
        chainLadderIncurred: null,
      },
    ];
  },
});
