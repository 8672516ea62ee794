import { defineModel } from '../model.ts';
import { bornhuetterFerguson } from './bornhuetter-ferguson.ts';
import { fields, labelText, listOf, quantity } from './inputs.ts';
import { triangleInput, triangleOf } from './triangle.ts';

export const bornhuetterFergusonModel = defineModel({
  name: 'bornhuetter-ferguson',
  family: 'actuarial',
  title: 'Claims still to come from an expected loss ratio (Bornhuetter–Ferguson) or the data’s own (Cape Cod)',
  input: fields({
    triangle: triangleInput(),
    premium: listOf(
      quantity('A premium', { above: 0, atMost: 1e15 }, 'Earned premium of one origin period, money'),
      'The premiums',
      'Earned premium of each origin period, first to last',
      1,
      500,
    ),
    lossRatio: quantity(
      'The loss ratio',
      { above: 0, atMost: 100 },
      'Expected claims over premium; left out, it is estimated from the data (Cape Cod)',
    ).optional(),
    tailFactor: quantity('The tail factor', { atLeast: 0.5, atMost: 10 }, 'Development after the last age').default(1),
    origins: listOf(
      labelText('An origin', 'Name of an origin period'),
      'The origins',
      'Names of the origin periods, first to last',
      1,
      500,
    ).optional(),
  }).superRefine(({ triangle, premium }, context) => {
    if (triangle.length !== premium.length) {
      context.addIssue({
        code: 'custom',
        path: ['premium'],
        message: `There must be a premium for each of the ${triangle.length} origin periods; there are ${premium.length}.`,
      });
    }
  }),
  example: {
    // The small triangle of the house's worked example, with round premiums.
    triangle: [[1000, 1500, 1650, 1700], [1100, 1700, 1850], [1200, 1750], [1300]],
    premium: [2400, 2500, 2600, 2700],
    lossRatio: 0.72,
  },
  columns: [
    { name: 'origin', description: 'Origin period, or total' },
    { name: 'latest', description: 'Latest known amount', unit: 'money' },
    { name: 'developed', description: 'Share of the ultimate that should be known by now' },
    { name: 'lossRatio', description: 'Expected claims over premium' },
    { name: 'priorUltimate', description: 'Premium × loss ratio', unit: 'money' },
    { name: 'ultimate', description: 'Bornhuetter–Ferguson ultimate', unit: 'money' },
    { name: 'ibnr', description: 'Still to come', unit: 'money' },
    { name: 'chainLadderUltimate', description: 'What the chain ladder alone gives', unit: 'money' },
  ],
  *run(input) {
    const triangle = triangleOf(input.triangle);
    const { lossRatio } = input;
    const prior = lossRatio === undefined ? undefined : input.premium.map(() => lossRatio);
    const fit = bornhuetterFerguson(triangle, input.premium, prior, input.tailFactor);
    yield 0.9;
    const sum = (x: Float64Array) => x.reduce((a, b) => a + b, 0);
    const latest = sum(fit.latest);
    const ultimate = sum(fit.ultimate);
    const priorUltimate = sum(fit.priorUltimate);
    return [
      ...Array.from(fit.ultimate, (x, i) => ({
        origin: input.origins?.[i] ?? String(i + 1),
        latest: fit.latest[i]!,
        developed: fit.developed[i]!,
        lossRatio: fit.lossRatio[i]!,
        priorUltimate: fit.priorUltimate[i]!,
        ultimate: x,
        ibnr: x - fit.latest[i]!,
        chainLadderUltimate: fit.chainLadderUltimate[i]!,
      })),
      {
        origin: 'total',
        latest,
        developed: latest / ultimate,
        lossRatio: priorUltimate / input.premium.reduce((a, b) => a + b, 0),
        priorUltimate,
        ultimate,
        ibnr: ultimate - latest,
        chainLadderUltimate: sum(fit.chainLadderUltimate),
      },
    ];
  },
});
