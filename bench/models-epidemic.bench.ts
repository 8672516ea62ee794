import { createPrng } from '../kernel/base/prng.ts';
import { simulateOutbreak } from '../kernel/models/epidemic/metapopulation.ts';
import { mobilityNetwork } from '../kernel/models/epidemic/network.ts';
import { drawPoisson } from '../kernel/models/numeric/distributions.ts';
import { type FlexibleFarringtonOptions, judgeFlexible } from '../kernel/models/surveillance/farrington-flexible.ts';
import { type Bench, seconds } from './bench.ts';

const WEEKS = 312;
const SERIES = 1000;

const flexible: FlexibleFarringtonOptions = {
  years: 5,
  halfWindow: 3,
  seasonalLevels: 10,
  recentExcluded: 26,
  reweight: true,
  weightsThreshold: 2.58,
  trend: true,
  trendLevel: 1,
  alpha: 0.05,
  powerScale: '2/3',
  thresholdMethod: 'delta',
  minimumCases: 5,
  minimumCasesPeriods: 4,
  periodsPerYear: 52,
};

/** Processor seconds of `work`: what a quiet machine would need, where `seconds` waits for its other tenants too. */
async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before).user / 1e6;
}

const bench: Bench = {
  name: 'models-epidemic',
  run: async (note) => {
    const prng = createPrng(2026);
    const series = Array.from({ length: SERIES }, (_, k) =>
      Float64Array.from({ length: WEEKS }, (_, t) =>
        drawPoisson(prng, (1 + (k % 30)) * (1 + 0.5 * Math.sin((2 * Math.PI * t) / 52))),
      ),
    );
    note(`flexible Farrington: the latest week of ${SERIES} weekly series of ${WEEKS} weeks`);
    const judgeAll = () => {
      for (const one of series) {
        judgeFlexible(one, WEEKS, flexible);
      }
    };
    const farrington = await seconds(judgeAll);
    const farringtonProcessor = await processorSeconds(judgeAll);

    const places = 1000;
    const days = 365;
    const runs = 100;
    note(`metapopulation: ${places} places, 20 links each, ${days} days, ${runs} runs`);
    const links = Array.from({ length: places * 20 }, (_, i) => ({
      from: Math.floor(i / 20),
      to: prng.below(places),
      travellersPerDay: 5 + prng.below(50),
      stayDays: 2,
    }));
    const populations = Array.from({ length: places }, () => 2000 + prng.below(50_000));
    const network = mobilityNetwork(populations, links);
    const infectious = new Float64Array(places);
    infectious[0] = 10;
    let metapopulation = 0;
    const metapopulationProcessor = await processorSeconds(async () => {
      metapopulation = await seconds(simulate, 1);
    });
    function simulate() {
      const simulation = simulateOutbreak(
        {
          network,
          reproductionNumber: 1.8,
          latentDays: 3,
          infectiousDays: 5,
          infectious,
          immune: new Float64Array(places),
          interventions: [],
          days,
          runs,
        },
        createPrng(1),
      );
      while (!simulation.next().done);
    }
    return [
      {
        claim: `flexible Farrington, one week of ${SERIES} weekly series (${WEEKS} weeks, 10 seasonal levels, reweighted)`,
        value: SERIES / farrington,
        unit: 'series/s',
      },
      { claim: 'flexible Farrington, all of them', value: farrington, unit: 's' },
      { claim: 'flexible Farrington, all of them', value: farringtonProcessor, unit: 's of processor' },
      {
        claim: `metapopulation, ${places} places × ${days} days × ${runs} runs, 20 links a place, R0 1.8`,
        value: (places * days * runs) / metapopulation / 1e6,
        unit: 'M place-days/s',
      },
      { claim: 'metapopulation, all of them', value: metapopulation, unit: 's' },
      { claim: 'metapopulation, all of them', value: metapopulationProcessor, unit: 's of processor' },
    ];
  },
};

export default bench;
