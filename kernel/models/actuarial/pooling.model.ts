import { defineModel } from '../model.ts';
import { normalQuantile } from '../numeric/special.ts';
import { frequencyInput, frequencyOf, severityInput, severityOf } from './families.ts';
import { fields, labelText, listOf, quantity } from './inputs.ts';
import { poolingGain, splitAtRetention } from './pooling.ts';

const members = quantity('The members', { atLeast: 1, atMost: 1e9, whole: true }, 'Insured persons of the pool');
const level = quantity('The level', { above: 0.5, below: 1 }, 'Probability the capital must be enough for').default(
  0.995,
);

export const poolingGainModel = defineModel({
  name: 'pooling-gain',
  family: 'actuarial',
  title: 'What merging pools saves: spread and capital per head apart and together',
  input: fields({
    pools: listOf(
      fields({
        name: labelText('A pool’s name', 'Name of the pool or scheme'),
        members,
        claimsPerMember: quantity('The claims per member', { above: 0, atMost: 1e6 }, 'Expected claims a year'),
        severityMean: quantity('The severity mean', { above: 0, atMost: 1e12 }, 'Mean cost of a claim, money'),
        severitySd: quantity('The severity sd', { atLeast: 0, atMost: 1e12 }, 'Its standard deviation, money'),
        commonShockSd: quantity('The common shock', { atLeast: 0, atMost: 10 }, 'Sd of a factor on the pool').default(
          0,
        ),
      }),
      'The pools',
      'The pools to compare and merge',
      1,
      10_000,
      'Add up small pools of like cost.',
    ),
    shockCorrelation: quantity(
      'The shock correlation',
      { atLeast: 0, atMost: 1 },
      'Correlation between the common shocks of different pools',
    ).default(1),
    level,
  }),
  example: {
    pools: [100, 1000, 5000, 20_000].map((n) => ({
      name: `${n} members`,
      members: n,
      claimsPerMember: 2.1,
      severityMean: 310,
      severitySd: 620,
    })),
  },
  columns: [
    { name: 'pool', description: 'Pool; (apart), the sum of all alone; (merged); (saved), apart less merged' },
    { name: 'members', description: 'Insured persons' },
    { name: 'mean', description: 'Expected claims', unit: 'money' },
    { name: 'sd', description: 'Standard deviation of claims', unit: 'money' },
    { name: 'cv', description: 'sd over mean' },
    { name: 'capital', description: 'Needed beyond the mean at the level', unit: 'money' },
    { name: 'capitalPerMember', description: 'The same for one member', unit: 'money' },
  ],
  *run(input) {
    const { apart, merged } = poolingGain(input.pools, input.level, input.shockCorrelation);
    yield 0.9;
    const capital = apart.reduce((sum, pool) => sum + pool.capital, 0);
    return [
      ...apart.map((pool, i) => ({
        pool: input.pools[i]!.name,
        ...pool,
        sd: pool.sd as number | null,
        cv: pool.cv as number | null,
      })),
      {
        pool: '(apart)',
        members: merged.members,
        mean: merged.mean,
        sd: null,
        cv: null,
        capital,
        capitalPerMember: capital / merged.members,
      },
      { pool: '(merged)', ...merged },
      {
        pool: '(saved)',
        members: merged.members,
        mean: 0,
        sd: null,
        cv: null,
        capital: capital - merged.capital,
        capitalPerMember: (capital - merged.capital) / merged.members,
      },
    ];
  },
});

type HighRiskRow = {
  scheme: string;
  stage: string;
  members: number;
  mean: number;
  contribution: number;
  sd: number;
  cv: number;
  lossRatio: number | null;
  lossRatioSd: number | null;
  capital: number;
};

export const highRiskPoolModel = defineModel({
  name: 'high-risk-pool',
  family: 'actuarial',
  title: 'Schemes before and after members’ costs above a retention move to a shared pool',
  input: fields({
    schemes: listOf(
      fields({
        name: labelText('A scheme’s name', 'Name of the scheme'),
        members,
        frequency: frequencyInput.describe('Claims of one member a year'),
        severity: severityInput.refine((severity) => Number.isFinite(severityOf(severity).variance), {
          error: 'This severity has no finite variance, so no capital can be named; give its tail index above 2.',
        }),
        premiumPerMember: quantity('The premium', { above: 0, atMost: 1e12 }, 'Premium of one member a year, money'),
      }),
      'The schemes',
      'The schemes that share the pool',
      1,
      1000,
      'Add up small schemes of like cost.',
    ),
    retention: quantity(
      'The retention',
      { atLeast: 0.01, atMost: 1e12 },
      'Yearly cost of one member above which the shared pool pays, money',
    ),
    level,
  }),
  example: {
    schemes: [
      {
        name: 'border clinics',
        members: 2000,
        frequency: { family: 'negative-binomial', mean: 1.8, size: 0.9 },
        severity: { family: 'lognormal', meanLog: 4.6, sdLog: 1.4 },
        premiumPerMember: 560,
      },
      {
        name: 'national scheme',
        members: 60_000,
        frequency: { family: 'negative-binomial', mean: 2.1, size: 1.2 },
        severity: { family: 'lognormal', meanLog: 4.5, sdLog: 1.3 },
        premiumPerMember: 520,
      },
    ],
    retention: 5000,
  },
  columns: [
    { name: 'scheme', description: 'Scheme; (shared pool); (all)' },
    { name: 'stage', description: 'before or after' },
    { name: 'members', description: 'Insured persons' },
    { name: 'mean', description: 'Expected claims kept', unit: 'money' },
    { name: 'contribution', description: 'Expected claims paid over to the shared pool', unit: 'money' },
    { name: 'sd', description: 'Standard deviation of claims kept', unit: 'money' },
    { name: 'cv', description: 'sd over mean' },
    { name: 'lossRatio', description: 'Claims kept and contribution, over premium' },
    { name: 'lossRatioSd', description: 'Standard deviation of the loss ratio' },
    {
      name: 'capital',
      description: 'Needed beyond the mean at the level; (all): every holder alone, summed',
      unit: 'money',
    },
  ],
  *run(input) {
    const z99 = normalQuantile(input.level);
    const rows: HighRiskRow[] = [];
    let before = 0;
    let after = 0;
    let pooledMean = 0;
    let pooledVariance = 0;
    for (const [i, scheme] of input.schemes.entries()) {
      const counts = frequencyOf(scheme.frequency);
      const severity = severityOf(scheme.severity);
      const n = scheme.members;
      const split = splitAtRetention(counts, severity, input.retention);
      const premium = scheme.premiumPerMember * n;
      // Before: the two layers of a member together; their covariance is what the split takes apart.
      const mean = n * (split.retainedMean + split.cededMean);
      const variance =
        n *
        (split.retainedVariance + split.cededVariance + 2 * split.cededMean * (input.retention - split.retainedMean));
      const sd = Math.sqrt(variance);
      const keptSd = Math.sqrt(n * split.retainedVariance);
      const ceded = n * split.cededMean;
      rows.push(
        {
          scheme: scheme.name,
          stage: 'before',
          members: n,
          mean,
          contribution: 0,
          sd,
          cv: sd / mean,
          lossRatio: mean / premium,
          lossRatioSd: sd / premium,
          capital: z99 * sd,
        },
        {
          scheme: scheme.name,
          stage: 'after',
          members: n,
          mean: n * split.retainedMean,
          contribution: ceded,
          sd: keptSd,
          cv: keptSd / (n * split.retainedMean),
          lossRatio: mean / premium,
          lossRatioSd: keptSd / premium,
          capital: z99 * keptSd,
        },
      );
      before += z99 * sd;
      after += z99 * keptSd;
      pooledMean += ceded;
      pooledVariance += n * split.cededVariance;
      yield (0.95 * (i + 1)) / input.schemes.length;
    }
    const all = input.schemes.reduce((sum, s) => sum + s.members, 0);
    const pooledSd = Math.sqrt(pooledVariance);
    const shared = {
      scheme: '(shared pool)',
      stage: 'after',
      members: all,
      mean: pooledMean,
      contribution: 0,
      sd: pooledSd,
      cv: pooledSd / pooledMean,
      lossRatio: null,
      lossRatioSd: null,
      capital: z99 * pooledSd,
    };
    // Pooling moves risk between holders; the risk of all together stays what it was.
    const allMean = rows.reduce((sum, row) => sum + (row.stage === 'before' ? row.mean : 0), 0);
    const allSd = Math.sqrt(rows.reduce((sum, row) => sum + (row.stage === 'before' ? row.sd ** 2 : 0), 0));
    const total = (stage: string, capital: number) => ({
      ...shared,
      scheme: '(all)',
      stage,
      mean: allMean,
      sd: allSd,
      cv: allSd / allMean,
      capital,
    });
    return [...rows, shared, total('before', before), total('after', after + z99 * pooledSd)];
  },
});
