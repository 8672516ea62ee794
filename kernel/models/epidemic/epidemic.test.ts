import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { runModel } from '../model.ts';
import { drawPoisson } from '../numeric/distributions.ts';
import { chanceOf, drawWithChance, drawWithHazard } from './chance.ts';
import { DISEASES } from './diseases.ts';
import { borderScreening, closure, contactReduction, regimeOn, vaccination } from './interventions.ts';
import { type OutbreakScenario, simulateOutbreak } from './metapopulation.ts';
import { mobilityNetwork } from './network.ts';
import { metapopulationModel, seirModel } from './outbreak.model.ts';
import { reproductionModel, wallingaTeunisModel } from './reproduction.model.ts';
import { estimateReproduction, slidingWindows } from './reproduction.ts';
import { finalSize, integrate, solveSeir } from './seir.ts';
import { discretiseSerialInterval, distributionMean } from './serial-interval.ts';
import { cohortReproductionByDay, drawOffspringByDay } from './wallinga-teunis.ts';

function drained<T>(run: Generator<number, T>): T {
  for (;;) {
    const step = run.next();
    if (step.done) {
      return step.value;
    }
  }
}

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

test('a discretised serial interval sums to one and keeps its mean', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1.5, max: 15, noNaN: true }),
      fc.double({ min: 0.2, max: 1.5, noNaN: true }),
      (mean, spread) => {
        const weights = discretiseSerialInterval(mean, spread * (mean - 1), 800);
        expect(weights[0]).toBe(0);
        expect(sum(weights)).toBeCloseTo(1, 8);
        expect(distributionMean(weights)).toBeCloseTo(mean, 5);
      },
    ),
  );
});

test('R of a planted epidemic is recovered', () => {
  const prng = createPrng(4);
  const weights = discretiseSerialInterval(4, 2, 60);
  const cases: number[] = Array(10).fill(40);
  for (let t = 10; t < 60; t++) {
    let pressure = 0;
    for (let s = 1; s <= t; s++) {
      pressure += weights[s]! * cases[t - s]!;
    }
    cases.push(drawPoisson(prng, (t < 35 ? 1.6 : 0.7) * pressure));
  }
  const rows = runModel(reproductionModel, { cases, serialInterval: { meanDays: 4, sdDays: 2 } });
  const ending = (day: number) => rows.find((row) => row.end === day)!;
  expect(ending(34).mean).toBeCloseTo(1.6, 1);
  expect(ending(34)['q0.025']).toBeLessThan(1.6);
  expect(ending(34)['q0.975']).toBeGreaterThan(1.6);
  expect(ending(58).mean).toBeCloseTo(0.7, 1);
});

test('R does not depend on the unit of cases beyond its uncertainty, and falls when cases come from elsewhere', () => {
  const local = Float64Array.from([0, 2, 3, 5, 8, 9, 12, 15, 18, 20]);
  const imported = new Float64Array(10);
  imported[0] = 3;
  const weights = discretiseSerialInterval(3, 1.5, 10);
  const options = { priorMean: 1, priorSd: 1000, windows: slidingWindows(10, 5) };
  const one = estimateReproduction({ local, imported }, weights, options);
  const ten = estimateReproduction(
    { local: local.map((x) => 10 * x), imported: imported.map((x) => 10 * x) },
    weights,
    options,
  );
  expect(ten.at(-1)!.mean).toBeCloseTo(one.at(-1)!.mean, 4);
  expect(ten.at(-1)!.sd).toBeLessThan(one.at(-1)!.sd);
  const cases = [...local].map((x, i) => x + imported[i]!);
  const settings = { cases, serialInterval: { meanDays: 3, sdDays: 1.5 } };
  const none = runModel(reproductionModel, settings).at(-1)!;
  const half = runModel(reproductionModel, { ...settings, imported: cases.map((count) => count / 2) }).at(-1)!;
  expect(half.mean).toBeLessThan(none.mean as number);
});

test('cohort R counts every infected case once, and trees average to it', () => {
  const cases = [3, 2, 4, 6, 5, 7, 9, 4, 3, 2];
  const weights = discretiseSerialInterval(2.6, 1.5, 20);
  const byDay = cohortReproductionByDay(cases, weights);
  const infected = sum(cases) - cases[0]!;
  expect(byDay.reduce((total, r, t) => total + r * cases[t]!, 0)).toBeCloseTo(infected, 9);
  const prng = createPrng(8);
  const offspring = new Float64Array(cases.length);
  for (let draw = 0; draw < 3000; draw++) {
    for (const [t, count] of drawOffspringByDay(cases, weights, prng).entries()) {
      offspring[t]! += count / 3000;
    }
  }
  for (const [t, count] of offspring.entries()) {
    expect(count).toBeCloseTo(byDay[t]! * cases[t]!, 0);
  }
});

test('reproduction numbers: zeros, bad intervals and windows', () => {
  const zero = runModel(reproductionModel, { cases: Array(20).fill(0), serialInterval: { meanDays: 3, sdDays: 1 } });
  expect(zero.at(-1)!.mean).toBeCloseTo(5, 10);
  expect(
    runModel(wallingaTeunisModel, { cases: Array(20).fill(0), serialInterval: { meanDays: 3, sdDays: 1 } }),
  ).toEqual([]);
  expect(() => runModel(reproductionModel, { cases: [1, 2, 3], serialInterval: { meanDays: 1, sdDays: 1 } })).toThrow();
  expect(() => runModel(reproductionModel, { cases: [1, 2, 3, 4], serialInterval: { weights: [0.5, 0.5] } })).toThrow();
  expect(() =>
    runModel(reproductionModel, {
      cases: [1, 2, 3, 4],
      serialInterval: { meanDays: 3, sdDays: 1 },
      windows: [{ start: 2, end: 9 }],
    }),
  ).toThrow('beyond the series');
});

test('the integrator follows a known solution and answers at the times asked', () => {
  const times = [0, 0.3, 1, 4, 4.5, 20];
  const states = integrate(
    (_, y, out) => {
      out[0] = y[1]!;
      out[1] = -y[0]!;
    },
    Float64Array.from([1, 0]),
    times,
    { relative: 1e-11, absolute: 1e-12 },
  );
  for (const [i, t] of times.entries()) {
    expect(states[i]![0]).toBeCloseTo(Math.cos(t), 8);
  }
});

test('SEIR conserves people, ends at the analytic final size, and is monotone in R0', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1.2, max: 6, noNaN: true }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.double({ min: 1, max: 10, noNaN: true }),
      fc.double({ min: 0.3, max: 1, noNaN: true }),
      (reproductionNumber, latentDays, infectiousDays, susceptibleShare) => {
        const n = 1e6;
        const susceptible = susceptibleShare * (n - 100);
        const initial = { susceptible, exposed: 0, infectious: 100, recovered: n - 100 - susceptible };
        const end = solveSeir(initial, { reproductionNumber, latentDays, infectiousDays }, [
          0,
          3000 + 3000 * latentDays,
        ])[1]!;
        expect(end.susceptible + end.exposed + end.infectious + end.recovered).toBeCloseTo(n, 3);
        if (reproductionNumber * susceptibleShare > 1.1 || reproductionNumber * susceptibleShare < 0.9) {
          const share = finalSize(reproductionNumber, susceptible / n, 100 / n);
          expect(1 - end.susceptible / susceptible).toBeCloseTo(share, 5);
        }
      },
    ),
    { numRuns: 30 },
  );
  const sizes = [0.8, 1.1, 1.5, 2, 4].map((r) => finalSize(r, 1, 1e-6));
  expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
  expect(finalSize(0.9)).toBe(0);
});

test('SEIR: lastingly fewer contacts infect fewer, and nobody susceptible is no epidemic', () => {
  const base = {
    population: 10_000,
    infectious: 5,
    reproductionNumber: 2.5,
    latentDays: 3,
    infectiousDays: 5,
    days: 200,
    everyDays: 50,
  };
  const attack = (reduction: number) =>
    runModel(seirModel, { ...base, contactReductions: [{ fromDay: 10, untilDay: 1e6, reduction }] }).at(-1)!
      .attackShare as number;
  expect(attack(0.5)).toBeLessThan(attack(0.2));
  expect(attack(0.2)).toBeLessThan(attack(0));
  const immune = runModel(seirModel, { ...base, immune: 9995 });
  expect(immune.at(-1)!.attackShare).toBe(0);
  expect(() => runModel(seirModel, { ...base, immune: 9_996 })).toThrow('than there are');
  expect(() => runModel(seirModel, { population: 5 })).toThrow('Name a disease');
});

const pair = mobilityNetwork(
  [40_000, 30_000],
  [
    { from: 0, to: 1, travellersPerDay: 200, stayDays: 2 },
    { from: 1, to: 0, travellersPerDay: 100, stayDays: 1 },
  ],
);

function scenario(changes: Partial<OutbreakScenario> = {}): OutbreakScenario {
  return {
    network: pair,
    reproductionNumber: 2,
    latentDays: 2,
    infectiousDays: 4,
    infectious: Float64Array.from([20, 0]),
    immune: new Float64Array(2),
    interventions: [],
    days: 250,
    runs: 12,
    ...changes,
  };
}

const simulated = (changes: Partial<OutbreakScenario> = {}) =>
  drained(simulateOutbreak(scenario(changes), createPrng(5)));
const meanInfected = (changes: Partial<OutbreakScenario> = {}) => {
  const runs = simulated(changes);
  return sum(runs.infected) / runs.infected.length;
};

test('network: everybody is somewhere, and nobody is away more than a day has room for', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          from: fc.nat(4),
          to: fc.nat(4),
          travellersPerDay: fc.nat(5000),
          stayDays: fc.integer({ min: 1, max: 9 }),
        }),
        { maxLength: 30 },
      ),
      (links) => {
        const network = mobilityNetwork([100, 2000, 30, 500, 1], links);
        const regime = regimeOn(network, [], 0);
        expect(sum(regime.present)).toBeCloseTo(2631, 6);
        expect(Math.min(...regime.home)).toBeGreaterThanOrEqual(0.0499);
      },
    ),
  );
});

test('one well-mixed place reaches the final size of the equations', () => {
  const network = mobilityNetwork([200_000], []);
  const runs = simulated({
    network,
    infectious: Float64Array.from([100]),
    immune: new Float64Array(1),
    days: 600,
    runs: 4,
  });
  const share = (sum(runs.infected) / 4 - 100) / (200_000 - 100);
  expect(share).toBeCloseTo(finalSize(2, (200_000 - 100) / 200_000, 100 / 200_000), 2);
});

test('infected people are counted once, never more than live there, and new infections add up', () => {
  const { newInfections, infected } = simulated({ runs: 5 });
  for (let run = 0; run < 5; run++) {
    const total = infected[run * 2]! + infected[run * 2 + 1]!;
    expect(sum(newInfections.subarray(run * 250, (run + 1) * 250)) + 20).toBe(total);
    expect(infected[run * 2]).toBeLessThanOrEqual(40_000);
    expect(infected[run * 2 + 1]).toBeLessThanOrEqual(30_000);
  }
});

test('without links the outbreak stays; with them it arrives', () => {
  const closed = simulated({ network: mobilityNetwork([40_000, 30_000], []) });
  for (let run = 0; run < 12; run++) {
    expect(closed.infected[run * 2 + 1]).toBe(0);
    expect(closed.arrivalDay[run * 2 + 1]).toBe(-1);
  }
  expect(Math.max(...simulated().arrivalDay.filter((_, i) => i % 2 === 1))).toBeGreaterThan(0);
});

test('more transmission infects more; every intervention infects fewer or later', () => {
  const sizes = [0, 0.8, 1.3, 2, 4].map((reproductionNumber) => meanInfected({ reproductionNumber }));
  expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
  expect(sizes[0]).toBe(10);
  const always = { fromDay: 0, untilDay: 1e9 };
  const without = meanInfected();
  expect(meanInfected({ interventions: [contactReduction({ ...always, reduction: 0.3 })] })).toBeLessThan(without);
  expect(meanInfected({ interventions: [vaccination({ ...always, dosesPerDay: 400, efficacy: 0.9 })] })).toBeLessThan(
    without,
  );
  const arrival = (changes: Partial<OutbreakScenario>) => {
    const days = simulated({ runs: 40, days: 120, ...changes })
      .arrivalDay.filter((_, i) => i % 2 === 1)
      .map((day) => (day < 0 ? 120 : day));
    return sum(days) / days.length;
  };
  expect(arrival({ interventions: [closure({ ...always, reduction: 0.95 })] })).toBeGreaterThan(arrival({}));
  expect(
    arrival({ interventions: [borderScreening({ ...always, places: [1], detectedShare: 0.95 })] }),
  ).toBeGreaterThan(arrival({}));
});

test('a full closure from the first day keeps the second place free; doses never exceed people', () => {
  const shut = simulated({ interventions: [closure({ fromDay: 0, untilDay: 1e9, reduction: 1 })] });
  expect(sum(shut.infected.filter((_, i) => i % 2 === 1))).toBe(0);
  const doses = simulated({
    interventions: [vaccination({ fromDay: 0, untilDay: 1e9, dosesPerDay: 5000, efficacy: 1 })],
    runs: 3,
  }).doses;
  expect([...doses]).toEqual([40_000, 30_000, 40_000, 30_000, 40_000, 30_000]);
});

test('interventions hold on their days only and multiply', () => {
  const two = [
    contactReduction({ fromDay: 5, untilDay: 10, reduction: 0.5 }),
    contactReduction({ fromDay: 8, untilDay: 20, places: [1], reduction: 0.5 }),
  ];
  const contacts = (day: number) => [...regimeOn(pair, two, day).contacts];
  expect(contacts(4)).toEqual([1, 1]);
  expect(contacts(5)).toEqual([0.5, 0.5]);
  expect(contacts(8)).toEqual([0.5, 0.25]);
  expect(contacts(10)).toEqual([1, 0.5]);
  expect(contacts(20)).toEqual([1, 1]);
});

test('the order of places does not matter in the mean: mirrored scenarios agree', () => {
  const mirrored = mobilityNetwork(
    [30_000, 40_000],
    [
      { from: 1, to: 0, travellersPerDay: 200, stayDays: 2 },
      { from: 0, to: 1, travellersPerDay: 100, stayDays: 1 },
    ],
  );
  const ours = meanInfected({ runs: 30 });
  const theirs = meanInfected({ runs: 30, network: mirrored, infectious: Float64Array.from([0, 20]) });
  expect(Math.abs(ours - theirs) / ours).toBeLessThan(0.03);
});

test('the door names unknown places and repeats itself by seed', () => {
  const input = {
    disease: 'ebola',
    places: [
      { name: 'A', population: 1000, infectious: 3 },
      { name: 'B', population: 500 },
    ],
    links: [{ from: 'A', to: 'B', travellersPerDay: 10 }],
    days: 40,
    runs: 5,
  };
  expect(runModel(metapopulationModel, input, { seed: 2 })).toEqual(runModel(metapopulationModel, input, { seed: 2 }));
  expect(runModel(metapopulationModel, input, { seed: 2 })).not.toEqual(
    runModel(metapopulationModel, input, { seed: 3 }),
  );
  expect(() =>
    runModel(metapopulationModel, { ...input, links: [{ from: 'A', to: 'C', travellersPerDay: 1 }] }),
  ).toThrow('not in the list');
  expect(runModel(metapopulationModel, { ...input, report: 'by-day' }).length).toBe(80);
});

test('disease rows are complete and within their own range', () => {
  for (const row of DISEASES) {
    expect(row.reproductionNumber).toBeGreaterThanOrEqual(row.reproductionRange[0]);
    expect(row.reproductionNumber).toBeLessThanOrEqual(row.reproductionRange[1]);
    expect(row.latentDays).toBeGreaterThan(0);
    expect(row.infectiousDays).toBeGreaterThan(0);
    expect(row.source).toMatch(/\d{4}/);
  }
  expect(new Set(DISEASES.map((row) => row.id)).size).toBe(DISEASES.length);
});

test('counts drawn by chance have the mean and the variance of a binomial', () => {
  const prng = createPrng(12);
  const draws = 10_000;
  for (const [n, p] of [
    [5, 0.3],
    [1000, 0.004],
    [400, 0.2],
    [400, 0.93],
    [100_000, 0.3],
    [3, 1],
    [50, 0],
  ] as const) {
    for (const draw of [
      () => drawWithChance(prng, n, chanceOf(p)),
      () => drawWithHazard(prng, n, p === 1 ? Number.POSITIVE_INFINITY : -Math.log1p(-p)),
    ]) {
      let total = 0;
      let squares = 0;
      let impossible = 0;
      for (let i = 0; i < draws; i++) {
        const count = draw();
        impossible += count >= 0 && count <= n && Number.isInteger(count) ? 0 : 1;
        total += count;
        squares += (count - n * p) ** 2;
      }
      const variance = n * p * (1 - p);
      expect(impossible).toBe(0);
      expect(Math.abs(total / draws - n * p)).toBeLessThanOrEqual(5 * Math.sqrt(variance / draws) + 1e-9);
      expect(Math.abs(squares / draws - variance)).toBeLessThanOrEqual(0.08 * variance + 1e-9);
    }
  }
});
