import { createPrng } from '../kernel/base/prng.ts';
import { claimCost, compoundByFourier, discretise, panjer } from '../kernel/models/actuarial/aggregate.ts';
import { raaTriangle } from '../kernel/models/actuarial/chain-ladder.model.ts';
import { type CoverTerms, type SimulationUnit, simulateYears } from '../kernel/models/actuarial/claims-simulation.ts';
import { bootstrapMack, bootstrapOverDispersedPoisson } from '../kernel/models/actuarial/reserve-bootstrap.ts';
import { riskMeasuresModel } from '../kernel/models/actuarial/risk-measures.model.ts';
import { triangleOf } from '../kernel/models/actuarial/triangle.ts';
import { runModel } from '../kernel/models/model.ts';
import { gamma, poisson } from '../kernel/models/numeric/distributions.ts';
import { type Bench, type BenchRow, seconds } from './bench.ts';

function finish<T>(run: Generator<number, T>): T {
  let step = run.next();
  while (!step.done) {
    step = run.next();
  }
  return step.value;
}

const LIVES = 100_000;
const severity = gamma(0.25, 1240);
const cell = {
  policies: LIVES,
  personsPerPolicy: 1,
  counts: (factor: number) => poisson(2.1 * factor),
  severity,
};
const cover: CoverTerms = {
  claim: { deductible: 20, coinsurance: 0.1, ceiling: 5000 },
  person: { ceiling: 8000 },
  quotaShare: 0.2,
  perLifeRetention: 3000,
  stopLossRetention: 45_000_000,
};

const simulate = (years: number, unit: SimulationUnit) =>
  finish(simulateYears([cell], cover, years, createPrng(1), { unit }));

/** What one writes first: draw the count, draw each amount, apply the terms. */
function plainYear(prng: ReturnType<typeof createPrng>): number {
  const count = poisson(2.1);
  let total = 0;
  for (let life = 0; life < LIVES; life++) {
    let sum = 0;
    for (let n = count.draw(prng); n > 0; n--) {
      sum += Math.min(5000, 0.9 * Math.max(0, severity.draw(prng) - 20));
    }
    total += Math.min(8000, sum);
  }
  return total;
}

const bench: Bench = {
  name: 'models-actuarial',
  run: async (note) => {
    const rows: BenchRow[] = [];
    note('a plain loop over claims, for comparison');
    const plainYears = 3;
    const prng = createPrng(1);
    const plain = await seconds(() => {
      for (let year = 0; year < plainYears; year++) {
        plainYear(prng);
      }
    }, 2);
    const plainPerLife = plain / (plainYears * LIVES);
    note('100,000 lives × 10,000 years, one draw a life');
    const lives = await seconds(() => simulate(10_000, 'life'), 1);
    rows.push({
      claim: '100,000 lives × 10,000 years through cover and reinsurance, a draw for each life-year',
      value: lives,
      unit: 's',
      against: 'speed of a plain loop over claims',
      ratio: (plainPerLife * LIVES * 10_000) / lives,
    });
    rows.push({ claim: 'one life-year, drawn by life', value: (lives / (LIVES * 10_000)) * 1e9, unit: 'ns' });
    note('every claim drawn');
    const claimYears = 300;
    const claims = await seconds(() => simulate(claimYears, 'claim'), 2);
    rows.push({
      claim: 'one life-year of 2.1 claims, every claim drawn',
      value: (claims / (LIVES * claimYears)) * 1e9,
      unit: 'ns',
      against: 'speed of a plain loop over claims',
      ratio: plainPerLife / (claims / (LIVES * claimYears)),
    });
    note('bootstraps');
    const triangle = triangleOf(raaTriangle);
    const mack = await seconds(() => finish(bootstrapMack(triangle, 10_000, 'gamma', createPrng(1))));
    rows.push({ claim: 'Mack bootstrap of RAA (10 × 10), 10,000 replicates', value: mack * 1000, unit: 'ms' });
    const poissonBootstrap = await seconds(() =>
      finish(bootstrapOverDispersedPoisson(triangle, 10_000, 'gamma', createPrng(1))),
    );
    rows.push({
      claim: 'over-dispersed Poisson bootstrap of RAA, 10,000 replicates',
      value: poissonBootstrap * 1000,
      unit: 'ms',
    });
    note('ten million losses');
    const chance = createPrng(2);
    const losses: number[] = [];
    for (let i = 0; i < 10_000_000; i++) {
      losses.push(-300 * Math.log(1 - chance.uniform()));
    }
    const measured = await seconds(() => runModel(riskMeasuresModel, { losses }));
    rows.push({ claim: 'VaR, TVaR and their errors of 10 M losses, checked and computed', value: measured, unit: 's' });
    note('aggregate distribution');
    const points = 16_384;
    const f = discretise(claimCost(severity), 1_000_000 / points, points, 'unbiased');
    const recursion = await seconds(() => panjer(poisson(1000), f, points));
    const fourier = await seconds(() => compoundByFourier(poisson(1000), f, points));
    rows.push({
      claim: `total of Poisson(1,000) claims on ${points} points by Fourier transform`,
      value: fourier * 1000,
      unit: 'ms',
      against: 'speed of Panjer’s recursion',
      ratio: recursion / fourier,
    });
    return rows;
  },
};
export default bench;
