import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrng } from '../../../kernel/base/prng.ts';
import { adverseSelectionModel } from '../../../kernel/models/actuarial/adverse-selection.model.ts';
import { claimCost, compoundByFourier, discretise } from '../../../kernel/models/actuarial/aggregate.ts';
import { bornhuetterFergusonModel } from '../../../kernel/models/actuarial/bornhuetter-ferguson.model.ts';
import { chainLadderModel, raaTriangle } from '../../../kernel/models/actuarial/chain-ladder.model.ts';
import { mackChainLadder } from '../../../kernel/models/actuarial/chain-ladder.ts';
import { simulateYears } from '../../../kernel/models/actuarial/claims-simulation.ts';
import { credibilityModel } from '../../../kernel/models/actuarial/credibility.model.ts';
import { financialProtectionModel, tbCostModel } from '../../../kernel/models/actuarial/financial-protection.model.ts';
import { frequencyFitModel } from '../../../kernel/models/actuarial/frequency.model.ts';
import { fitFrequency } from '../../../kernel/models/actuarial/frequency.ts';
import { benefitCashFlowsModel } from '../../../kernel/models/actuarial/life.model.ts';
import { lifeValues, makeham } from '../../../kernel/models/actuarial/life.ts';
import { munichModel } from '../../../kernel/models/actuarial/munich.model.ts';
import { highRiskPoolModel } from '../../../kernel/models/actuarial/pooling.model.ts';
import { poolingGain } from '../../../kernel/models/actuarial/pooling.ts';
import { compoundMoments } from '../../../kernel/models/actuarial/premium.ts';
import { pricingModel } from '../../../kernel/models/actuarial/pricing.model.ts';
import { bootstrapMack, bootstrapOverDispersedPoisson } from '../../../kernel/models/actuarial/reserve-bootstrap.ts';
import { riskMeasuresModel } from '../../../kernel/models/actuarial/risk-measures.model.ts';
import { exponentialRuin, simulateRuin } from '../../../kernel/models/actuarial/ruin.ts';
import { sorted } from '../../../kernel/models/actuarial/samples.ts';
import { severityFitModel } from '../../../kernel/models/actuarial/severity.model.ts';
import { fitSeverity } from '../../../kernel/models/actuarial/severity.ts';
import { solvencyModel } from '../../../kernel/models/actuarial/solvency.model.ts';
import { triangleOf } from '../../../kernel/models/actuarial/triangle.ts';
import { runModel } from '../../../kernel/models/model.ts';
import { exponential, gamma, lognormal, poisson } from '../../../kernel/models/numeric/distributions.ts';
import { type Chart, chart } from './chart.ts';

/** Draws the plots of the actuarial pages anew: `node docs/models/plots/actuarial.ts`. */
const write = (name: string, spec: Chart) => writeFileSync(join(import.meta.dirname, `${name}.svg`), chart(spec));
const range = (n: number, from = 0, to = n - 1) =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
type Point = readonly [number, number];

function finish<T>(run: Generator<number, T>): T {
  let step = run.next();
  while (!step.done) {
    step = run.next();
  }
  return step.value;
}

/** Share of a sample in each of `bins` cells. */
function histogram(values: ArrayLike<number>, bins: number, low: number, high: number): Point[] {
  const cells = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const cell = Math.floor(((values[i]! - low) / (high - low)) * bins);
    if (cell >= 0 && cell < bins) {
      cells[cell] = cells[cell]! + 1 / values.length;
    }
  }
  return Array.from(cells, (share, i): Point => [low + ((i + 0.5) * (high - low)) / bins, share]);
}

const thyrion = frequencyFitModel.example.policiesByClaims;
write('frequency-fit', {
  title: 'Motor claims (Thyrion 1961) and two fits',
  x: 'claims of a policy',
  y: 'policies',
  logarithmic: true,
  names: thyrion.map((_, k) => String(k)),
  marks: [
    { kind: 'bars', label: 'observed', points: thyrion.map((n, k): Point => [k, n]) },
    ...(['poisson', 'negative-binomial'] as const).map((family) => ({
      kind: 'points' as const,
      label: family,
      points: [...fitFrequency(family, thyrion).expected]
        .slice(0, thyrion.length)
        .map((n, k): Point => [k, Math.max(0.05, n)]),
    })),
  ],
});

const amounts = sorted(severityFitModel.example.amounts);
write('severity-fit', {
  title: 'Share of claims above an amount, data and fits',
  x: 'amount',
  y: 'share above',
  marks: [
    { kind: 'steps', label: 'data', points: [...amounts].map((x, i): Point => [x, 1 - (i + 1) / amounts.length]) },
    ...(['lognormal', 'gamma', 'lomax'] as const).map((family) => {
      const { distribution } = fitSeverity(family, amounts);
      return {
        kind: 'line' as const,
        label: family,
        points: range(80, 1, 2100).map((x): Point => [x, distribution.survival(x)]),
      };
    }),
  ],
});

const tariff = runModel(pricingModel, pricingModel.example).filter(
  (row) => row.low !== null && row.term !== '(intercept)',
);
write('pricing-glm', {
  title: 'Relativities of a tariff with 95 % intervals',
  x: 'class, against its base',
  y: 'factor on the premium',
  names: tariff.map((row) => row.term),
  marks: [
    { kind: 'bars', label: 'relativity', points: tariff.map((row, i): Point => [i, row.relativity!]) },
    { kind: 'points', label: 'lower end', points: tariff.map((row, i): Point => [i, row.low!]) },
    { kind: 'points', label: 'upper end', points: tariff.map((row, i): Point => [i, row.high!]) },
  ],
});

const groups = runModel(credibilityModel, credibilityModel.example).filter((row) => row.premium !== null);
write('credibility', {
  title: 'Own experience and credibility premium',
  x: 'group',
  y: 'claims per member',
  names: groups.map((row) => row.group),
  marks: [
    { kind: 'bars', label: 'own mean', points: groups.map((row, i): Point => [i, row.ownMean]) },
    { kind: 'bars', label: 'premium', points: groups.map((row, i): Point => [i, row.premium!]) },
  ],
});

const sizes = range(60, Math.log(50), Math.log(50_000)).map(Math.exp);
const assumptions = { claimsPerMember: 2.1, severityMean: 310, severitySd: 620 };
write('premium', {
  title: 'What the 99.5 % capital adds to a pure premium of 651',
  x: 'members',
  y: 'money per member',
  marks: [
    { kind: 'line', label: 'pure premium', points: sizes.map((n): Point => [n, 651]) },
    {
      kind: 'line',
      label: 'with capital',
      points: sizes.map((n): Point => {
        const { mean, sd } = compoundMoments({ ...assumptions, members: Math.round(n) });
        return [n, (mean + 2.5758 * sd) / Math.round(n)];
      }),
    },
  ],
});

const origins = runModel(chainLadderModel, chainLadderModel.example).filter((row) => row.kind === 'origin');
write('chain-ladder', {
  title: 'RAA: claims still to come, and two standard errors',
  x: 'origin year',
  y: 'money',
  names: origins.map((row) => row.label),
  marks: [
    { kind: 'bars', label: 'IBNR', points: origins.map((row, i): Point => [i, row.ibnr!]) },
    { kind: 'bars', label: 'Mack s.e.', points: origins.map((row, i): Point => [i, row.mackSe!]) },
    { kind: 'bars', label: 'one-year s.e.', points: origins.map((row, i): Point => [i, row.oneYearSe!]) },
  ],
});

const munich = runModel(munichModel, munichModel.example).filter(
  (row) => row.latestPaid !== null && row.origin !== 'total',
);
const ratio = (paid: number, incurred: number) => paid / incurred;
write('munich-chain-ladder', {
  title: 'Projected paid over projected incurred (Quarg and Mack 2004)',
  x: 'origin',
  y: 'ratio',
  names: munich.map((row) => row.origin),
  marks: [
    {
      kind: 'bars',
      label: 'separate ladders',
      points: munich.map((row, i): Point => [i, ratio(row.chainLadderPaid!, row.chainLadderIncurred!)]),
    },
    {
      kind: 'bars',
      label: 'Munich',
      points: munich.map((row, i): Point => [i, ratio(row.ultimatePaid, row.ultimateIncurred)]),
    },
  ],
});

const bf = runModel(bornhuetterFergusonModel, bornhuetterFergusonModel.example).filter((row) => row.origin !== 'total');
write('bornhuetter-ferguson', {
  title: 'Three ultimates: prior, Bornhuetter–Ferguson, chain ladder',
  x: 'origin',
  y: 'money',
  names: bf.map((row) => row.origin),
  marks: [
    { kind: 'bars', label: 'prior', points: bf.map((row, i): Point => [i, row.priorUltimate]) },
    { kind: 'bars', label: 'Bornhuetter–F.', points: bf.map((row, i): Point => [i, row.ultimate]) },
    { kind: 'bars', label: 'chain ladder', points: bf.map((row, i): Point => [i, row.chainLadderUltimate]) },
  ],
});

const raa = triangleOf(raaTriangle);
const totals = (run: ReturnType<typeof bootstrapMack>) => {
  const { reserves, replicates } = finish(run);
  return Float64Array.from({ length: replicates }, (_, b) =>
    reserves.subarray(b * 10, (b + 1) * 10).reduce((x, y) => x + y, 0),
  );
};
write('reserve-bootstrap', {
  title: `RAA: 20,000 simulated reserves (chain ladder ${Math.round(mackChainLadder(raa).totalIbnr).toLocaleString('en')})`,
  x: 'claims still to come',
  y: 'share of replicates',
  marks: [
    {
      kind: 'line',
      label: 'Poisson',
      points: histogram(
        totals(bootstrapOverDispersedPoisson(raa, 20_000, 'gamma', createPrng(1))),
        50,
        -20_000,
        180_000,
      ),
    },
    {
      kind: 'line',
      label: 'Mack',
      points: histogram(totals(bootstrapMack(raa, 20_000, 'gamma', createPrng(1))), 50, -20_000, 180_000),
    },
  ],
});

const total = compoundByFourier(poisson(10), discretise(claimCost(gamma(2, 1)), 0.5, 256, 'unbiased'), 130);
write('aggregate-loss', {
  title: 'A year of Poisson(10) claims of Gamma(2, 1)',
  x: 'total',
  y: 'probability of a step of 0.5',
  marks: [{ kind: 'line', label: 'probability', points: [...total].map((p, k): Point => [k * 0.5, p]) }],
});

const portfolio = {
  policies: 3000,
  personsPerPolicy: 1,
  counts: (factor: number) => poisson(2.1 * factor),
  severity: lognormal(5, 1.2),
};
const open = finish(simulateYears([portfolio], {}, 3000, createPrng(1), { unit: 'life' })).net;
const covered = finish(
  simulateYears(
    [portfolio],
    { person: { ceiling: 2500 }, quotaShare: 0.2, stopLossRetention: 1_350_000 },
    3000,
    createPrng(1),
    {
      unit: 'life',
    },
  ),
).net;
write('claims-simulation', {
  title: '3,000 years of 3,000 lives: without cover terms, and through them',
  x: 'net claims of a year',
  y: 'share of years',
  marks: [
    { kind: 'line', label: 'no terms', points: histogram(open, 60, 1_000_000, 2_400_000) },
    { kind: 'line', label: 'net of cover', points: histogram(covered, 60, 1_000_000, 2_400_000) },
  ],
});

const tailLevels = [0.5, 0.75, 0.9, 0.95, 0.99, 0.995];
const measured = runModel(riskMeasuresModel, { losses: Array.from(open), levels: tailLevels, bootstrapReplicates: 50 });
const measure = (name: string) => measured.filter((row) => row.measure === name && row.level !== null);
write('risk-measures', {
  title: 'VaR and TVaR of 3,000 simulated years',
  x: 'probability level',
  y: 'loss of the year',
  names: tailLevels.map(String),
  marks: [
    { kind: 'bars', label: 'VaR', points: measure('var').map((row, i): Point => [i, row.value]) },
    { kind: 'bars', label: 'TVaR', points: measure('tvar').map((row, i): Point => [i, row.value]) },
  ],
});

const reserves = range(9, 0, 8000);
write('ruin', {
  title: 'Probability of ruin, exponential claims of mean 310, loading 20 %',
  x: 'initial reserve',
  y: 'probability',
  marks: [
    { kind: 'line', label: 'ever', points: range(60, 0, 8000).map((u): Point => [u, exponentialRuin(u, 310, 0.2)]) },
    {
      kind: 'points',
      label: '10 years, simulated',
      points: reserves.map((reserve): Point => {
        const run = simulateRuin(
          {
            reserve,
            claimRate: 2.1,
            premiumRate: 1.2 * 2.1 * 310,
            severity: exponential(310),
            horizon: 10,
            paths: 4000,
          },
          createPrng(1),
        );
        return [reserve, finish(run).probability];
      }),
    },
  ],
});

write('pooling-gain', {
  title: 'Capital per member for 99.5 %: chance diversifies, a common shock does not',
  x: 'members',
  y: 'money per member',
  marks: [0, 0.05, 0.1].map((commonShockSd) => ({
    kind: 'line' as const,
    label: commonShockSd === 0 ? 'no common shock' : `common shock ${100 * commonShockSd} %`,
    points: sizes.map((n): Point => {
      const members = Math.round(n);
      return [n, poolingGain([{ ...assumptions, members, commonShockSd }], 0.995).merged.capitalPerMember];
    }),
  })),
});

const schemes = runModel(highRiskPoolModel, highRiskPoolModel.example);
const names = ['border clinics', 'national scheme', '(shared pool)', '(all)'];
const capitalOf = (scheme: string, stage: string) =>
  schemes.find((row) => row.scheme === scheme && row.stage === stage)?.capital ?? 0;
write('high-risk-pool', {
  title: 'Capital before and after costs above 5,000 a member are shared',
  x: 'holder',
  y: 'money',
  names,
  marks: [
    { kind: 'bars', label: 'before', points: names.map((name, i): Point => [i, capitalOf(name, 'before')]) },
    { kind: 'bars', label: 'after', points: names.map((name, i): Point => [i, capitalOf(name, 'after')]) },
  ],
});

const projected = runModel(solvencyModel, { ...solvencyModel.example, paths: 3000, years: 8 });
write('solvency-projection', {
  title: 'A migrant fund under shocks: capital at the end of each year',
  x: 'year',
  y: 'money',
  marks: [
    {
      kind: 'band',
      label: '5 to 95 %',
      points: projected.map((row): [number, number, number] => [row.year, row.capital05, row.capital95]),
    },
    { kind: 'line', label: 'median', points: projected.map((row): Point => [row.year, row.capital50]) },
  ],
});

const selection = runModel(adverseSelectionModel, adverseSelectionModel.example);
const windows = selection.filter((row) => row.group === 'individual' && row.withoutClaim !== null);
const days = (row: (typeof windows)[number]) => Number(row.window.split('-')[1]);
const curve = (group: string) =>
  selection
    .filter((row) => row.group === group && row.withoutClaim !== null)
    .map((row): Point => [days(row), row.withoutClaim!]);
write('adverse-selection', {
  title: 'Share of members without a claim since enrolment',
  x: 'days since enrolment',
  y: 'share',
  marks: [
    {
      kind: 'line',
      label: 'expected',
      points: [[0, 1], ...windows.map((row): Point => [days(row), row.withoutClaimExpected!])],
    },
    { kind: 'line', label: 'individual', points: [[0, 1], ...curve('individual')] },
    { kind: 'line', label: 'employer', points: [[0, 1], ...curve('employer')] },
  ],
});

const protection = runModel(financialProtectionModel, financialProtectionModel.example).filter(
  (row) => row.group === 'all' && row.indicator !== 'poverty-line',
);
write('financial-protection', {
  title: 'Share of the population in each kind of hardship (worked example)',
  x: 'indicator',
  y: 'share',
  names: protection.map((row) => row.indicator),
  marks: [{ kind: 'bars', label: 'share', points: protection.map((row, i): Point => [i, row.share]) }],
});

const tb = runModel(tbCostModel, tbCostModel.example).filter((row) => row.low === null);
write('tb-catastrophic-cost', {
  title: 'Mean costs of a TB episode to the household (worked example)',
  x: 'kind',
  y: 'money',
  names: tb.map((row) => row.measure),
  marks: [{ kind: 'bars', label: 'mean cost', points: tb.map((row, i): Point => [i, row.value]) }],
});

const law = makeham(0.00022, 2.7e-6, 1.124);
write('life-benefits', {
  title: 'Whole-life annuity-due by age at 5 % (Standard Ultimate Survival Model)',
  x: 'age',
  y: 'value of 1 a year',
  marks: [
    {
      kind: 'line',
      label: 'annuity',
      points: range(71, 20, 90).map((x): Point => [x, lifeValues(law, x, 0.05).annuityDue]),
    },
  ],
});

const flows = runModel(benefitCashFlowsModel, benefitCashFlowsModel.example);
const item = (name: string) =>
  flows.filter((row) => row.item === name && row.age !== null).map((row): Point => [row.age!, row.value]);
write('benefit-cash-flows', {
  title: 'A member enrolled at 30: expected money a year',
  x: 'age',
  y: 'money',
  marks: [
    { kind: 'line', label: 'contributions', points: item('contributions') },
    { kind: 'line', label: 'benefits in care', points: item('benefits') },
    { kind: 'line', label: 'accrued, from 60', points: item('accrued-benefits') },
    { kind: 'line', label: 'lump sums', points: item('lump-sums') },
  ],
});
