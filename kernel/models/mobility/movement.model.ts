import { z } from 'zod';
import { defineModel } from '../model.ts';
import { effectiveDistances } from './effective-distance.ts';
import { fitGravityInTurns } from './gravity-large.ts';
import { type Duration, estimateImportation } from './importation.ts';
import { radiationFlows } from './radiation.ts';
import { compareFlows } from './statistics.ts';

/** Nothing that is counted, travelled or waited for is larger; figures beyond it would overflow further on. */
const LARGEST = 1e12;
const SMALLEST = 1e-6;
const atLeastZero = (what: string) =>
  z
    .number({ error: `${what}: give a number.` })
    .min(0, `${what}: it cannot be negative.`)
    .max(LARGEST, `${what}: it is too large to be real.`);
const aboveZero = (what: string) =>
  z
    .number({ error: `${what}: give a number.` })
    .gt(0, `${what}: it must be above 0.`)
    .min(SMALLEST, `${what}: it is too small to be real.`)
    .max(LARGEST, `${what}: it is too large to be real.`);
const placeName = (what: string) => z.string({ error: `Name the ${what}.` }).min(1, `Name the ${what}.`);

const durationInput = z.discriminatedUnion(
  'distribution',
  [
    z.object(
      { distribution: z.literal('fixed'), days: atLeastZero('Days').describe('Days.') },
      { error: 'Give an object with named fields.' },
    ),
    z.object(
      {
        distribution: z.literal('lognormal'),
        meanLog: z.number({ error: 'meanLog: give a number.' }).describe('Mean of the logarithm of days.'),
        sdLog: aboveZero('sdLog').describe('Standard deviation of the logarithm of days.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    z.object(
      {
        distribution: z.literal('normal'),
        meanDays: aboveZero('meanDays').describe('Mean, in days.'),
        sdDays: aboveZero('sdDays').describe('Standard deviation, in days.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    z.object(
      {
        distribution: z.literal('gamma'),
        shape: aboveZero('shape').describe('Shape.'),
        scaleDays: aboveZero('scaleDays').describe('Scale, in days.'),
      },
      { error: 'Give an object with named fields.' },
    ),
  ],
  { error: 'A duration is of the distribution fixed, lognormal, normal or gamma.' },
);

export const importationModel = defineModel({
  name: 'importation-risk',
  family: 'mobility',
  title: 'Importation risk: cases that travellers carry out of an outbreak (Dorigatti 2017)',
  input: z.strictObject({
    origin: z
      .object(
        {
          cases: atLeastZero('Cases').describe('Cases over the time window.'),
          population: aboveZero('Population').describe('People living at the origin.'),
          windowDays: aboveZero('The time window').describe(
            'Days from the first to the last case: their difference, not counting both.',
          ),
          reportedShare: z
            .number({ error: 'The reported share is a number.' })
            .gt(0, 'The reported share must be above 0.')
            .max(1, 'The reported share is at most 1.')
            .default(1)
            .describe('Share of all infections that are among the cases; the cases are divided by it. Default 1.'),
        },
        { error: 'Give an object with named fields.' },
      )
      .describe('The place with the outbreak.'),
    destinations: z
      .array(
        z.object(
          {
            name: placeName('destination').describe('Name of the destination.'),
            travellersOut: atLeastZero('Travellers out').describe(
              'Residents of the origin travelling there within the window.',
            ),
            travellersIn: atLeastZero('Travellers in').describe(
              'Residents of the destination visiting the origin within the window.',
            ),
            stayDays: aboveZero('The stay').describe('Mean days those visitors stay.'),
          },
          { error: 'Give an object with named fields.' },
        ),
        { error: 'Give a list.' },
      )
      .min(1, 'Give at least one destination.')
      .max(10_000, 'At most 10,000 destinations: give them in parts, each with the same seed.')
      .describe('Where travellers go to and come from. Numbers are of the window, not of a year.'),
    incubation: durationInput.describe('Incubation period. Yellow fever: lognormal, meanLog 1.46, sdLog .35.'),
    infectious: durationInput.describe('Infectious period. Yellow fever: normal, mean 4.5, sd .765 days.'),
    draws: z
      .int('Draws are a whole number.')
      .min(1000, 'Fewer than 1000 draws give no steady interval.')
      .max(100_000, 'At most 100,000 draws.')
      .default(10_000)
      .describe('Draws of the two periods. Default 10,000.'),
  }),
  example: {
    origin: { cases: 2600, population: 3_973_697, windowDays: 116 },
    destinations: [
      { name: 'Italy', travellersOut: 2827.572, travellersIn: 1566.257, stayDays: 30.1 },
      { name: 'Argentina', travellersOut: 5898.905, travellersIn: 16_125.23, stayDays: 10.9 },
    ],
    incubation: { distribution: 'lognormal', meanLog: 1.46, sdLog: 0.35 },
    infectious: { distribution: 'normal', meanDays: 4.5, sdDays: 0.7653061224489796 },
  },
  columns: [
    { name: 'destination', description: 'Destination' },
    { name: 'mean', description: 'Expected imported cases', unit: 'cases' },
    { name: 'lower', description: '2.5 % quantile over the uncertainty of the periods', unit: 'cases' },
    { name: 'upper', description: '97.5 % quantile', unit: 'cases' },
    { name: 'exported', description: 'Of the mean: residents of the origin travelling out', unit: 'cases' },
    { name: 'returning', description: 'Of the mean: visitors infected during their stay', unit: 'cases' },
    { name: 'probabilityOfAny', description: 'Chance of at least one imported case' },
  ],
  *run(input, { prng }) {
    const origin = { ...input.origin, cases: input.origin.cases / input.origin.reportedShare };
    const duration = (one: z.output<typeof durationInput>): Duration => one;
    const estimates = yield* estimateImportation(
      origin,
      input.destinations,
      duration(input.incubation),
      duration(input.infectious),
      input.draws,
      prng,
    );
    return estimates.map((one, i) => ({
      destination: input.destinations[i]!.name,
      mean: one.mean,
      lower: one.lower,
      upper: one.upper,
      exported: one.meanExported,
      returning: one.meanReturning,
      probabilityOfAny: one.probabilityOfAny,
    }));
  },
});

const flowsInput = z
  .array(
    z.object(
      {
        from: placeName('place of origin').describe('Origin.'),
        to: placeName('place of destination').describe('Destination.'),
        flow: atLeastZero('The flow').describe('Travellers.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    { error: 'Give a list.' },
  )
  .min(1, 'Give at least one flow.')
  .max(2_000_000, 'At most 2,000,000 flows: add up small places into larger ones, or leave out flows of a few people.')
  .describe('Travellers between places in one period; several rows of a pair add up.');

/** Names in order of first appearance, and a dense matrix. */
function flowMatrix(flows: readonly { from: string; to: string; flow: number }[]) {
  const names = [...new Set(flows.flatMap((row) => [row.from, row.to]))];
  const index = new Map(names.map((name, i) => [name, i]));
  const matrix = new Float64Array(names.length ** 2);
  for (const row of flows) {
    matrix[index.get(row.from)! * names.length + index.get(row.to)!]! += row.flow;
  }
  return { names, index, matrix };
}

const MOST_PLACES = 1000;
const tooMany = { error: `At most ${MOST_PLACES} places.`, path: ['flows'] };
const placesOf = (flows: readonly { from: string; to: string }[]) => {
  const names = new Set<string>();
  for (const { from, to } of flows) {
    names.add(from).add(to);
  }
  return names.size;
};

export const effectiveDistanceModel = defineModel({
  name: 'effective-distance',
  family: 'mobility',
  title: 'Effective distance (Brockmann and Helbing 2013): in which order places are reached',
  input: z
    .strictObject({
      flows: flowsInput,
      from: placeName('place').optional().describe('Where the outbreak is; distances from every place when left out.'),
      speedPerDay: aboveZero('The speed')
        .optional()
        .describe('Effective distance covered in a day; gives arrival days.'),
      arrivals: z
        .array(
          z.object(
            {
              place: placeName('place reached').describe('Place reached.'),
              day: aboveZero('The day').describe('Days from the start of the outbreak to its first case.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .min(1, 'Give at least one arrival.')
        .max(1000, 'At most 1,000 arrivals: the first of each place.')
        .optional()
        .describe('Arrivals already seen, to which the speed is fitted when it is not given; needs from.'),
    })
    .refine((input) => placesOf(input.flows) <= MOST_PLACES, tooMany)
    .refine(
      (input) =>
        input.from === undefined || input.flows.some((row) => row.from === input.from || row.to === input.from),
      {
        error: 'No flow starts or ends at this place.',
        path: ['from'],
      },
    )
    .refine((input) => !input.arrivals || input.from !== undefined, {
      error: 'Say where the outbreak is, to fit a speed to its arrivals.',
      path: ['from'],
    }),
  example: {
    flows: [
      { from: 'A', to: 'B', flow: 800 },
      { from: 'A', to: 'C', flow: 200 },
      { from: 'B', to: 'A', flow: 700 },
      { from: 'B', to: 'D', flow: 300 },
      { from: 'C', to: 'A', flow: 100 },
      { from: 'D', to: 'B', flow: 50 },
    ],
    from: 'A',
  },
  columns: [
    { name: 'from', description: 'Where the outbreak is' },
    { name: 'to', description: 'Place reached' },
    { name: 'effectiveDistance', description: 'Shortest path of 1 − ln(share of travellers); empty where nobody goes' },
    { name: 'arrivalDay', description: 'Effective distance over speed', unit: 'days' },
  ],
  *run(input) {
    const { names, index, matrix } = flowMatrix(input.flows);
    const sources = input.from === undefined ? names.map((_, i) => i) : [index.get(input.from)!];
    const rows = yield* effectiveDistances(matrix, names.length, sources);
    const speedPerDay = input.speedPerDay ?? fittedSpeed(rows[0]!, index, input.arrivals ?? []);
    return rows.flatMap((distances, k) =>
      names.map((name, j) => {
        const effectiveDistance = Number.isFinite(distances[j]!) ? distances[j]! : null;
        return {
          from: names[sources[k]!]!,
          to: name,
          effectiveDistance,
          arrivalDay: effectiveDistance === null || speedPerDay === undefined ? null : effectiveDistance / speedPerDay,
        };
      }),
    );
  },
});

/** Speed that brings day = distance / speed closest to the arrivals, by least squares of days. */
function fittedSpeed(
  distances: Float64Array,
  index: ReadonlyMap<string, number>,
  arrivals: readonly { readonly place: string; readonly day: number }[],
): number | undefined {
  let squares = 0;
  let products = 0;
  for (const { place, day } of arrivals) {
    const distance = distances[index.get(place) ?? -1] ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(distance)) {
      squares += distance * distance;
      products += distance * day;
    }
  }
  return squares > 0 ? squares / products : undefined;
}

type GravityRow = {
  origin: string | null;
  destination: string | null;
  name: string;
  value: number | null;
  se: number | null;
  observed: number | null;
};

export const gravityModel = defineModel({
  name: 'gravity',
  family: 'mobility',
  title: 'Gravity model of flows, unconstrained and constrained, by Poisson regression',
  input: z
    .strictObject({
      pairs: z
        .array(
          z.object(
            {
              origin: placeName('place of origin').describe('Origin.'),
              destination: placeName('place of destination').describe('Destination.'),
              flow: atLeastZero('The flow').describe('Observed travellers.'),
              distance: aboveZero('The distance').describe('Distance, in any one unit.'),
              originMass: aboveZero('The mass of the origin')
                .optional()
                .describe('Size of the origin: people, or all who leave.'),
              destinationMass: aboveZero('The mass of the destination').optional().describe('Size of the destination.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .min(3, 'Give at least three pairs.')
        .max(200_000, 'At most 200,000 pairs: add up small places into larger ones.')
        .describe('Pairs of places with their observed flow; leave out pairs of a place with itself.'),
      form: z
        .enum(['unconstrained', 'production', 'attraction', 'doubly'], {
          error: 'The form is unconstrained, production, attraction or doubly.',
        })
        .default('unconstrained')
        .describe('Which totals the model keeps: none, of each origin, of each destination, of both.'),
      deterrence: z
        .enum(['exponential', 'power'], { error: 'The deterrence is exponential or power.' })
        .default('power')
        .describe('How flow falls with distance: exp(β distance) or distance^β.'),
      report: z
        .enum(['terms', 'flows'], { error: 'Report terms or flows.' })
        .default('terms')
        .describe('terms: coefficients and fit; flows: observed and modelled flow of each pair.'),
    })
    .refine(
      (input) =>
        (input.form !== 'unconstrained' && input.form !== 'attraction') ||
        input.pairs.every((pair) => pair.originMass !== undefined),
      { error: 'This form needs the mass of every origin.', path: ['pairs'] },
    )
    .refine(
      (input) =>
        (input.form !== 'unconstrained' && input.form !== 'production') ||
        input.pairs.every((pair) => pair.destinationMass !== undefined),
      { error: 'This form needs the mass of every destination.', path: ['pairs'] },
    )
    .refine((input) => input.pairs.some((pair) => pair.flow > 0), { error: 'All flows are zero.', path: ['pairs'] }),
  example: {
    pairs: [
      ['A', 'B', 120, 10, 1000, 800],
      ['A', 'C', 40, 25, 1000, 500],
      ['B', 'A', 110, 10, 800, 1000],
      ['B', 'C', 60, 14, 800, 500],
      ['C', 'A', 30, 25, 500, 1000],
      ['C', 'B', 55, 14, 500, 800],
    ].map(([origin, destination, flow, distance, originMass, destinationMass]) => ({
      origin: String(origin),
      destination: String(destination),
      flow: Number(flow),
      distance: Number(distance),
      originMass: Number(originMass),
      destinationMass: Number(destinationMass),
    })),
    form: 'unconstrained',
    deterrence: 'power',
  },
  columns: [
    { name: 'origin', description: 'Origin, in a table of flows' },
    { name: 'destination', description: 'Destination, in a table of flows' },
    { name: 'name', description: 'Coefficient, statistic, or flow' },
    { name: 'value', description: 'Its estimate; the modelled flow' },
    { name: 'se', description: 'Standard error of a coefficient' },
    { name: 'observed', description: 'Observed flow, in a table of flows', unit: 'travellers' },
  ],
  *run(input) {
    const fit = yield* fitGravityInTurns(input.pairs, input.form, input.deterrence);
    const empty: GravityRow = { origin: null, destination: null, name: '', value: null, se: null, observed: null };
    if (input.report === 'flows') {
      return input.pairs.map(
        (pair, i): GravityRow => ({
          origin: pair.origin,
          destination: pair.destination,
          name: 'flow',
          value: fit.fitted[i]!,
          se: null,
          observed: pair.flow,
        }),
      );
    }
    const known = (value: number) => (Number.isFinite(value) ? value : null);
    return [
      ...fit.terms.map((term) => ({ ...empty, name: term.name, value: known(term.estimate), se: known(term.se) })),
      ...(
        [
          ['deviance', fit.deviance],
          ['null deviance', fit.nullDeviance],
          ['AIC', fit.aic],
          ['explained deviance', fit.explainedDeviance],
          ['standardised RMSE', fit.standardisedRmse],
          ['common part', fit.commonPart],
          ['squared correlation', fit.correlationSquared],
          ['converged', fit.converged ? 1 : 0],
        ] as const
      ).map(([name, value]) => ({ ...empty, name, value: known(value) })),
    ];
  },
});

export const radiationModel = defineModel({
  name: 'radiation',
  family: 'mobility',
  title: 'Radiation model of flows (Simini 2012): no parameter to fit',
  input: z
    .strictObject({
      places: z
        .array(
          z.object(
            {
              name: placeName('place').describe('Name of the place.'),
              population: aboveZero('The population').describe('People living there.'),
              travellers: atLeastZero('Travellers').describe('Travellers leaving it in the period.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .min(2, 'Give at least two places.')
        .max(MOST_PLACES, `At most ${MOST_PLACES.toLocaleString('en')} places: add up small ones into larger.`)
        .describe('Places.'),
      distances: z
        .array(
          z.object(
            {
              from: placeName('place of origin').describe('One place.'),
              to: placeName('place of destination').describe('The other.'),
              distance: atLeastZero('The distance').describe('Distance, in any one unit.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .max(1_000_000, 'At most 1,000,000 distances: each pair once.')
        .describe('Distances; a pair given once holds both ways.'),
      finite: z
        .boolean('Say true or false.')
        .default(true)
        .describe(
          'Correct for a finite number of places, so that the flows of a place add up to its travellers. Default true.',
        ),
    })
    .refine((input) => new Set(input.places.map((place) => place.name)).size === input.places.length, {
      error: 'Two places have the same name.',
      path: ['places'],
    })
    .refine((input) => completeDistances(input) !== undefined, {
      error: 'A distance between two of the places is missing, or one names a place that is not in the list.',
      path: ['distances'],
    }),
  example: {
    places: [
      { name: 'A', population: 50_000, travellers: 1000 },
      { name: 'B', population: 20_000, travellers: 400 },
      { name: 'C', population: 30_000, travellers: 600 },
    ],
    distances: [
      { from: 'A', to: 'B', distance: 40 },
      { from: 'A', to: 'C', distance: 25 },
      { from: 'B', to: 'C', distance: 30 },
    ],
    finite: false,
  },
  columns: [
    { name: 'from', description: 'Origin' },
    { name: 'to', description: 'Destination' },
    { name: 'flow', description: 'Modelled travellers', unit: 'travellers' },
  ],
  *run(input) {
    yield 0;
    const n = input.places.length;
    const flows = radiationFlows(
      input.places.map((place) => place.population),
      completeDistances(input)!,
      input.places.map((place) => place.travellers),
      input.finite,
    );
    return input.places.flatMap((from, i) =>
      input.places.flatMap((to, j) => (i === j ? [] : [{ from: from.name, to: to.name, flow: flows[i * n + j]! }])),
    );
  },
});

/** All distances as a matrix, or undefined where one is missing or unknown. */
function completeDistances(input: {
  readonly places: readonly { readonly name: string }[];
  readonly distances: readonly { readonly from: string; readonly to: string; readonly distance: number }[];
}): Float64Array | undefined {
  const n = input.places.length;
  const index = new Map(input.places.map((place, i) => [place.name, i]));
  const matrix = new Float64Array(n * n).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 0;
  }
  for (const both of [true, false]) {
    for (const { from, to, distance } of input.distances) {
      const i = index.get(from);
      const j = index.get(to);
      if (i === undefined || j === undefined) {
        return undefined;
      }
      // First the way back, then the way itself, so that a distance given both ways keeps its own figure.
      matrix[both ? j * n + i : i * n + j] = distance;
    }
  }
  return matrix.some(Number.isNaN) ? undefined : matrix;
}

const comparisonRow = z.object(
  {
    observed: atLeastZero('The observed flow').describe('Observed travellers.'),
    modelled: atLeastZero('The modelled flow').describe('Modelled travellers.'),
  },
  { error: 'Give an object with named fields.' },
);

export const flowFitModel = defineModel({
  name: 'flow-fit',
  family: 'mobility',
  title: 'How well modelled flows agree with observed ones',
  input: z.strictObject({
    flows: z
      .array(comparisonRow, { error: 'Give a list.' })
      .min(2, 'Give at least two flows.')
      .max(10_000_000, 'At most 10,000,000 flows: draw a random sample of the pairs.')
      .describe('Observed and modelled flows of the same pairs.')
      .refine((rows) => rows.some((row) => row.observed > 0), 'All observed flows are zero.'),
  }),
  example: {
    flows: [
      { observed: 120, modelled: 100 },
      { observed: 40, modelled: 55 },
      { observed: 60, modelled: 62 },
    ],
  },
  columns: [
    { name: 'commonPart', description: 'Share of travellers placed rightly: 1 is agreement, 0 none' },
    { name: 'standardisedRmse', description: 'Root mean square error over the mean flow' },
    { name: 'correlationSquared', description: 'Squared correlation; empty where all flows are equal' },
  ],
  *run(input) {
    yield 0;
    const fit = compareFlows(
      input.flows.map((row) => row.observed),
      input.flows.map((row) => row.modelled),
    );
    return [
      {
        commonPart: fit.commonPart,
        standardisedRmse: fit.standardisedRmse,
        correlationSquared: Number.isNaN(fit.correlationSquared) ? null : fit.correlationSquared,
      },
    ];
  },
});
