import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { runModel } from '../model.ts';
import { drawBinomial, drawPoisson } from '../numeric/distributions.ts';
import { effectiveDistances } from './effective-distance.ts';
import { estimateFlow, type ObservedDay } from './flow-estimate.ts';
import { type FlowPair, fitGravity } from './gravity.ts';
import { fitPartialled } from './gravity-large.ts';
import { expectedImportation } from './importation.ts';
import { effectiveDistanceModel, gravityModel, importationModel, radiationModel } from './movement.model.ts';
import { radiationFlows } from './radiation.ts';
import { flowEstimateModel, siteRankingModel } from './sites.model.ts';
import { bandOf, CRITERIA, DEFAULT_WEIGHTS, rankSites, type Site } from './sites.ts';
import { compareFlows } from './statistics.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function drained<T>(run: Generator<number, T>): T {
  for (;;) {
    const step = run.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** Places on a line-free map with masses and flows of a known gravity law. */
function plantedPairs(seed: number, distanceExponent: number): FlowPair[] {
  const prng = createPrng(seed);
  const places = Array.from({ length: 12 }, (_, i) => ({
    name: `place ${i}`,
    x: 100 * prng.uniform(),
    y: 100 * prng.uniform(),
    mass: 500 + 5000 * prng.uniform(),
  }));
  return places.flatMap((a) =>
    places
      .filter((b) => b !== a)
      .map((b) => {
        const distance = Math.hypot(a.x - b.x, a.y - b.y);
        const mean = 0.0008 * a.mass ** 0.9 * b.mass ** 0.8 * distance ** distanceExponent;
        return {
          origin: a.name,
          destination: b.name,
          flow: drawPoisson(prng, mean),
          distance,
          originMass: a.mass,
          destinationMass: b.mass,
        };
      }),
  );
}

test('gravity: planted exponents come back within three standard errors, in every form', () => {
  const pairs = plantedPairs(3, -1.4);
  const near = (form: 'unconstrained' | 'production' | 'attraction' | 'doubly', name: string, planted: number) => {
    const term = fitGravity(pairs, form, 'power').terms.find((one) => one.name === name)!;
    expect(Math.abs(term.estimate - planted), `${form} ${name}`).toBeLessThan(3 * term.se);
  };
  near('unconstrained', 'ln origin mass', 0.9);
  near('unconstrained', 'ln destination mass', 0.8);
  for (const form of ['unconstrained', 'production', 'attraction', 'doubly'] as const) {
    near(form, 'ln distance', -1.4);
  }
});

test('gravity: constrained forms keep their totals; a unit of distance changes only the constant', () => {
  const pairs = plantedPairs(5, -1);
  for (const [form, side] of [
    ['production', 'origin'],
    ['attraction', 'destination'],
    ['doubly', 'origin'],
    ['doubly', 'destination'],
  ] as const) {
    const fit = fitGravity(pairs, form, 'power');
    for (const place of new Set(pairs.map((pair) => pair[side]))) {
      const observed = sum(pairs.map((pair) => (pair[side] === place ? pair.flow : 0)));
      const modelled = sum(pairs.map((pair, i) => (pair[side] === place ? fit.fitted[i]! : 0)));
      expect(modelled / observed).toBeCloseTo(1, 5);
    }
  }
  const metres = pairs.map((pair) => ({ ...pair, distance: pair.distance * 1000 }));
  const [near, far] = [fitGravity(pairs, 'unconstrained', 'power'), fitGravity(metres, 'unconstrained', 'power')];
  expect(far.deviance).toBeCloseTo(near.deviance, 6);
  expect(far.terms.at(-1)!.estimate).toBeCloseTo(near.terms.at(-1)!.estimate, 8);
});

test('gravity: places partialled out give the dense regression, coefficients, errors and flows', () => {
  const pairs = plantedPairs(9, -1.2);
  for (const form of ['production', 'attraction', 'doubly'] as const) {
    for (const deterrence of ['power', 'exponential'] as const) {
      const dense = fitGravity(pairs, form, deterrence);
      const large = drained(fitPartialled(pairs, form, deterrence));
      expect(large.converged).toBe(true);
      expect(large.terms.map((term) => term.name)).toEqual(dense.terms.map((term) => term.name));
      for (const [k, term] of dense.terms.entries()) {
        expect(large.terms[k]!.estimate, `${form} ${term.name}`).toBeCloseTo(term.estimate, 6);
      }
      expect(large.terms.at(-1)!.se).toBeCloseTo(dense.terms.at(-1)!.se, 6);
      expect(large.deviance).toBeCloseTo(dense.deviance, 4);
      expect(large.aic).toBeCloseTo(dense.aic, 4);
      expect(large.nullDeviance).toBeCloseTo(dense.nullDeviance, 4);
    }
  }
});

test('gravity: hostile input has sentences', () => {
  const pair = { origin: 'A', destination: 'B', flow: 1, distance: 2, originMass: 3, destinationMass: 4 };
  expect(() => runModel(gravityModel, { pairs: [] })).toThrow('at least three pairs');
  expect(() => runModel(gravityModel, { pairs: [pair, pair, { ...pair, distance: 0 }] })).toThrow('above 0');
  expect(() => runModel(gravityModel, { pairs: [pair, pair, { ...pair, flow: Number.NaN }] })).toThrow('pairs[2].flow');
  expect(() => runModel(gravityModel, { pairs: Array(3).fill({ ...pair, flow: 0 }) })).toThrow('All flows are zero');
  const { originMass: _, ...massless } = pair;
  expect(() => runModel(gravityModel, { pairs: [pair, pair, massless] })).toThrow('mass of every origin');
});

test('fit statistics: agreement is 1 and 0, doubling both sides changes nothing', () => {
  const observed = [10, 0, 5, 20];
  expect(compareFlows(observed, observed)).toEqual({ commonPart: 1, standardisedRmse: 0, correlationSquared: 1 });
  const modelled = [8, 1, 7, 18];
  const one = compareFlows(observed, modelled);
  const two = compareFlows(
    observed.map((x) => 2 * x),
    modelled.map((x) => 2 * x),
  );
  expect(two.commonPart).toBeCloseTo(one.commonPart, 12);
  expect(two.standardisedRmse).toBeCloseTo(one.standardisedRmse, 12);
});

test('radiation: with the finite correction every traveller goes somewhere, whatever the map', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          x: fc.integer({ min: 0, max: 6 }),
          y: fc.integer({ min: 0, max: 6 }),
          population: fc.integer({ min: 1, max: 9000 }),
        }),
        {
          minLength: 2,
          maxLength: 9,
        },
      ),
      (places) => {
        const n = places.length;
        const distances = places.flatMap((a) => places.map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
        const leaving = places.map(() => 100);
        // Places at equal distance lie in each other's circle, so a map with ties loses some travellers: jitter them.
        const untied = distances.map((d, k) => d + 1e-6 * (k + 1));
        const flows = radiationFlows(
          places.map((place) => place.population),
          untied,
          leaving,
          true,
        );
        for (let i = 0; i < n; i++) {
          expect(sum(flows.subarray(i * n, (i + 1) * n))).toBeCloseTo(100, 6);
        }
      },
    ),
  );
});

test('radiation: order of places is of no matter, a missing distance is refused', () => {
  const places = [
    { name: 'A', population: 500, travellers: 10 },
    { name: 'B', population: 900, travellers: 20 },
    { name: 'C', population: 200, travellers: 30 },
  ];
  const distances = [
    { from: 'A', to: 'B', distance: 3 },
    { from: 'B', to: 'C', distance: 4 },
    { from: 'A', to: 'C', distance: 5 },
  ];
  const key = (row: { from: string; to: string }) => `${row.from}${row.to}`;
  const sorted = (list: typeof places) =>
    runModel(radiationModel, { places: list, distances }).sort((a, b) => key(a).localeCompare(key(b)));
  expect(sorted([...places].reverse())).toEqual(sorted(places));
  expect(() => runModel(radiationModel, { places, distances: distances.slice(1) })).toThrow('missing');
});

test('effective distance: triangle inequality, at least one a step, none where nobody goes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 25, maxLength: 25 }), (cells) => {
      const n = 5;
      const rows = drained(effectiveDistances(Float64Array.from(cells), n));
      for (let i = 0; i < n; i++) {
        expect(rows[i]![i]).toBe(0);
        for (let j = 0; j < n; j++) {
          if (i !== j) {
            expect(rows[i]![j]).toBeGreaterThanOrEqual(1);
          }
          for (let k = 0; k < n; k++) {
            expect(rows[i]![j]).toBeLessThanOrEqual(rows[i]![k]! + rows[k]![j]! + 1e-9);
          }
        }
      }
      const scaled = drained(
        effectiveDistances(
          Float64Array.from(cells, (x) => 7 * x),
          n,
        ),
      );
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          expect(scaled[i]![j] === rows[i]![j] || Math.abs(scaled[i]![j]! - rows[i]![j]!) < 1e-9).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
  const rows = runModel(effectiveDistanceModel, {
    flows: [{ from: 'A', to: 'B', flow: 3 }],
    from: 'B',
    speedPerDay: 0.1,
  });
  expect(rows.find((row) => row.to === 'A')).toMatchObject({ effectiveDistance: null, arrivalDay: null });
});

test('effective distance: a planted speed is fitted from arrivals, and places never reached are left out', () => {
  const flows = [
    { from: 'A', to: 'B', flow: 70 },
    { from: 'A', to: 'C', flow: 30 },
    { from: 'B', to: 'D', flow: 5 },
    { from: 'E', to: 'A', flow: 5 },
  ];
  const distance = new Map(
    runModel(effectiveDistanceModel, { flows, from: 'A' }).map((row) => [row.to, row.effectiveDistance]),
  );
  const arrivals = [
    ...['B', 'C'].map((place) => ({ place, day: distance.get(place)! / 0.05 })),
    { place: 'E', day: 3 },
    { place: 'elsewhere', day: 9 },
  ];
  const rows = runModel(effectiveDistanceModel, { flows, from: 'A', arrivals });
  expect(rows.find((row) => row.to === 'D')!.arrivalDay).toBeCloseTo(distance.get('D')! / 0.05, 8);
  expect(() => runModel(effectiveDistanceModel, { flows, arrivals })).toThrow('Say where the outbreak is');
});

test('importation: proportional to cases and travellers, capped by the window and the stay', () => {
  const origin = { cases: 100, population: 1e6, windowDays: 60 };
  const link = { travellersOut: 5000, travellersIn: 3000, stayDays: 10 };
  const one = expectedImportation(origin, link, 5, 4);
  const twice = expectedImportation({ ...origin, cases: 200 }, link, 5, 4);
  expect(twice.exported).toBeCloseTo(2 * one.exported, 12);
  expect(twice.returning).toBeCloseTo(2 * one.returning, 12);
  expect(expectedImportation(origin, link, 500, 400).exported).toBeCloseTo((100 * 5000) / 1e6, 12);
  expect(expectedImportation(origin, link, 500, 400)).toEqual(expectedImportation(origin, link, 5000, 400));
  const rows = runModel(importationModel, {
    origin,
    destinations: [{ name: 'There', ...link }],
    incubation: { distribution: 'fixed', days: 5 },
    infectious: { distribution: 'fixed', days: 4 },
    draws: 1000,
  });
  expect(rows[0]!.mean).toBeCloseTo(one.exported + one.returning, 10);
  expect(rows[0]!.lower).toBeCloseTo(rows[0]!.upper, 10);
  expect(rows[0]!.probabilityOfAny).toBeCloseTo(1 - Math.exp(-rows[0]!.mean), 10);
});

const ranked = (...input: Parameters<typeof rankSites>) => drained(rankSites(...input));

const site = (name: string, changes: Partial<Site> = {}): Site => ({
  name,
  dailyTravellers: 100,
  linkToAffected: 0.5,
  mixingWithResidents: 0.5,
  crowding: 0.5,
  seasonalSurge: 0.5,
  hoursToReferral: 2,
  serviceGap: 0.5,
  vulnerableShare: 0.5,
  population: 1000,
  ...changes,
});

test('sites: weights add up to one, bands begin where they say', () => {
  expect(sum(Object.values(DEFAULT_WEIGHTS))).toBeCloseTo(1, 12);
  expect([70, 69.999, 50, 49.9, 30, 29.9].map(bandOf)).toEqual(['top', 'high', 'high', 'medium', 'medium', 'low']);
});

test('sites: the score by hand, with shares as given', () => {
  const [only] = ranked(
    [site('one', { linkToAffected: 0.8, crowding: 0.2, dailyTravellers: 0, hoursToReferral: 0 })],
    DEFAULT_WEIGHTS,
    'given',
    0,
    createPrng(1),
  );
  // .25 × .8 + .10 × .5 + .10 × .2 + .05 × .5 + .10 × .5 + .10 × .5, travellers and hours giving nothing.
  expect(only!.score).toBeCloseTo(39.5, 10);
  expect(only!.band).toBe('medium');
});

test('sites: worse in a criterion is never ranked lower; ties go to the larger population', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CRITERIA), fc.double({ min: 0.51, max: 1, noNaN: true }), (criterion, value) => {
      const worse = site('worse', {
        [criterion]: criterion === 'dailyTravellers' || criterion === 'hoursToReferral' ? 500 * value : value,
      });
      const order = ranked(
        [site('a'), worse, site('b', { linkToAffected: 0.1 })],
        DEFAULT_WEIGHTS,
        'range',
        20,
        createPrng(1),
      );
      const rank = (name: string) => order.find((one) => one.name === name)!.rank;
      expect(rank('worse')).toBeLessThan(rank('a'));
    }),
  );
  const tied = ranked(
    [site('small'), site('large', { population: 5000 })],
    DEFAULT_WEIGHTS,
    'given',
    10,
    createPrng(1),
  );
  expect(tied.map((one) => one.name)).toEqual(['large', 'small']);
});

test('sites: the range of scores holds the score, moves less than a fifth, and one weight alone is certain', () => {
  const sites = [
    site('a', { dailyTravellers: 5000 }),
    site('b', { linkToAffected: 1 }),
    site('c', { serviceGap: 1, crowding: 0.1 }),
  ];
  for (const one of ranked(sites, DEFAULT_WEIGHTS, 'range', 200, createPrng(1))) {
    expect(one.scoreLow).toBeLessThanOrEqual(one.score);
    expect(one.scoreHigh).toBeGreaterThanOrEqual(one.score);
    expect(one.scoreHigh - one.scoreLow).toBeLessThan(40);
    expect(one.rankBest).toBeLessThanOrEqual(one.rank);
    expect(one.rankWorst).toBeGreaterThanOrEqual(one.rank);
  }
  const alone = {
    ...DEFAULT_WEIGHTS,
    ...Object.fromEntries(CRITERIA.map((name) => [name, name === 'crowding' ? 1 : 0])),
  };
  for (const one of ranked(sites, alone, 'range', 50, createPrng(1))) {
    expect(one.scoreLow).toBeCloseTo(one.score, 9);
    expect(one.scoreHigh).toBeCloseTo(one.score, 9);
    expect(one.bandKept).toBe(1);
  }
  expect(() =>
    runModel(siteRankingModel, { sites, weights: Object.fromEntries(CRITERIA.map((name) => [name, 0])) as never }),
  ).toThrow('above 0');
});

test('sites: the age of the data is told', () => {
  const rows = runModel(siteRankingModel, {
    sites: [{ ...site('a'), observedOn: '2026-01-01' }],
    asOf: '2026-01-31',
    draws: 0,
  });
  expect(rows[0]!.dataAgeDays).toBe(30);
});

test('flows: with every hour of every day counted there is nothing to estimate', () => {
  const days: ObservedDay[] = [120, 90, 150].map((count) => ({ stratum: 'day', count, coverage: 1 }));
  const estimate = estimateFlow({ days, daysInPeriod: { day: 3 }, groupSize: 3 });
  expect(estimate).toMatchObject({ total: 360, standardError: 0, lower: 360, upper: 360, daysCovered: 1 });
});

test('flows: the interval holds a planted total about as often as it says', () => {
  const prng = createPrng(11);
  let held = 0;
  const times = 300;
  for (let k = 0; k < times; k++) {
    // 60 days of which 14 are watched for 8 of 12 hours.
    const truth = Array.from({ length: 60 }, () => drawPoisson(prng, 100 + 60 * prng.uniform()));
    const watched = truth
      .map((total, i) => ({ total, i, key: prng.uniform() }))
      .sort((a, b) => a.key - b.key)
      .slice(0, 14);
    const days = watched.map(({ total }) => ({
      stratum: 'day',
      count: drawBinomial(prng, total, 8 / 12),
      coverage: 8 / 12,
    }));
    const { lower, upper } = estimateFlow({ days, daysInPeriod: { day: 60 }, groupSize: 1 });
    held += sum(truth) >= lower && sum(truth) <= upper ? 1 : 0;
  }
  expect(held / times).toBeGreaterThan(0.89);
  expect(held / times).toBeLessThan(0.995);
});

test('flows: fewer hours and larger groups mean wider intervals; a kind of day never seen is named', () => {
  const observation = (day: number, hoursObserved: number) => ({
    point: 'Ferry',
    date: `2026-03-0${day}`,
    count: 20 * hoursObserved,
    hoursObserved,
    hoursOpen: 12,
  });
  const run = (hours: number, groupSize: number) =>
    runModel(flowEstimateModel, {
      observations: [2, 3, 4, 5].map((day) => observation(day, hours)),
      from: '2026-03-02',
      until: '2026-03-08',
      groupSize,
    })[0]!;
  expect(run(12, 1).total).toBeCloseTo(run(4, 1).total, 8);
  expect(run(4, 1).standardError).toBeGreaterThan(run(12, 1).standardError);
  expect(run(4, 5).standardError).toBeGreaterThan(run(4, 1).standardError);
  expect(run(4, 1).unseen).toBe('weekend');
  expect(run(4, 1).total).toBeCloseTo(240 * 5, 8);
  expect(() =>
    runModel(flowEstimateModel, {
      observations: [observation(2, 4), observation(2, 4)],
      from: '2026-03-01',
      until: '2026-03-08',
    }),
  ).toThrow('two rows for one day');
});
