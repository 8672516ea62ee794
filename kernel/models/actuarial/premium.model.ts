import { defineModel } from '../model.ts';
import { fields, listOf, probabilityLevels, quantity } from './inputs.ts';
import {
  compoundMoments,
  grossPremium,
  loadedPremium,
  normalStopLoss,
  normalTailValueAtRisk,
  normalValueAtRisk,
} from './premium.ts';

const positive = (what: string, description: string) => quantity(what, { above: 0, atMost: 1e12 }, description);

export const premiumModel = defineModel({
  name: 'premium',
  family: 'actuarial',
  title: 'Pure, loaded and gross premium, and what the pool’s spread means for capital and stop loss',
  input: fields({
    members: quantity('The members', { atLeast: 1, atMost: 1e9, whole: true }, 'Insured persons'),
    claimsPerMember: positive('The claims per member', 'Expected claims of one member a year'),
    severityMean: positive('The severity mean', 'Mean cost of a claim, money'),
    severitySd: quantity('The severity sd', { atLeast: 0, atMost: 1e12 }, 'Standard deviation of the cost, money'),
    size: positive('The size', 'Negative-binomial size r of a member’s count; left out for Poisson').optional(),
    commonShockSd: quantity(
      'The common shock',
      { atLeast: 0, atMost: 10 },
      'Standard deviation of a factor on the whole pool’s cost (an outbreak year); does not diversify',
    ).default(0),
    loadingExpectedValue: quantity('The loading', { atLeast: 0, atMost: 10 }, 'θ: margin on the mean').default(0),
    loadingStandardDeviation: quantity('The sd loading', { atLeast: 0, atMost: 100 }, 'α: margin on the sd').default(0),
    loadingVariance: quantity('The variance loading', { atLeast: 0, atMost: 1e6 }, 'β: margin on the variance').default(
      0,
    ),
    expenseShare: quantity('The expense share', { atLeast: 0, below: 1 }, 'Expenses over gross premium').default(0),
    commissionShare: quantity('The commission', { atLeast: 0, below: 1 }, 'Commission over gross premium').default(0),
    levels: probabilityLevels([0.95, 0.99, 0.995]),
    stopLossRetentions: listOf(
      quantity('A retention', { atLeast: 0, atMost: 1e15 }, 'Retention, money'),
      'The retentions',
      'Yearly totals above which a stop loss would pay',
      0,
      100,
    ).default([]),
  }).superRefine((input, context) => {
    if (input.expenseShare + input.commissionShare >= 1) {
      context.addIssue({
        code: 'custom',
        path: ['commissionShare'],
        message: 'Expenses and commission together must be below 1, or nothing is left for claims.',
      });
    }
  }),
  example: {
    members: 5000,
    claimsPerMember: 2.1,
    severityMean: 310,
    severitySd: 620,
    loadingExpectedValue: 0.05,
    expenseShare: 0.12,
    commissionShare: 0.03,
    stopLossRetentions: [3_320_100, 3_580_500],
  },
  columns: [
    {
      name: 'measure',
      description: 'pure, sd, cv, loaded, gross, expected-loss-ratio, var, tvar, capital (VaR − mean) or stop-loss',
    },
    { name: 'level', description: 'Probability level, or the retention of a stop loss' },
    { name: 'pool', description: 'For the whole pool', unit: 'money' },
    { name: 'perMember', description: 'For one member', unit: 'money' },
  ],
  *run(input) {
    const moments = compoundMoments({ ...input, size: input.size ?? Number.POSITIVE_INFINITY });
    const loaded = loadedPremium(moments, {
      expectedValue: input.loadingExpectedValue,
      standardDeviation: input.loadingStandardDeviation,
      variance: input.loadingVariance,
    });
    const gross = grossPremium(loaded, input.expenseShare, input.commissionShare);
    yield 0.9;
    const row = (measure: string, level: number | null, pool: number, scaled = true) => ({
      measure,
      level,
      pool,
      perMember: scaled ? pool / input.members : null,
    });
    return [
      row('pure', null, moments.mean),
      row('sd', null, moments.sd),
      row('cv', null, moments.cv, false),
      row('loaded', null, loaded),
      row('gross', null, gross),
      row('expected-loss-ratio', null, moments.mean / gross, false),
      ...input.levels.flatMap((p) => [
        row('var', p, normalValueAtRisk(moments, p)),
        row('tvar', p, normalTailValueAtRisk(moments, p)),
        row('capital', p, normalValueAtRisk(moments, p) - moments.mean),
      ]),
      ...input.stopLossRetentions.map((d) => row('stop-loss', d, normalStopLoss(moments, d))),
    ];
  },
});
