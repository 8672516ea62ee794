import { z } from 'zod';
import { defineModel } from '../model.ts';
import { quantileOf } from '../numeric/quantile.ts';
import { DISEASES, diseaseById } from './diseases.ts';
import { borderScreening, closure, contactReduction, type Intervention, vaccination } from './interventions.ts';
import { simulateOutbreak } from './metapopulation.ts';
import { mobilityNetwork } from './network.ts';
import { finalSize, solveSeir } from './seir.ts';

const DISEASE_IDS = DISEASES.map((row) => row.id);

const diseaseShape = {
  disease: z
    .enum(DISEASE_IDS, { error: `The disease is one of ${DISEASE_IDS.join(', ')}; or give the three parameters.` })
    .optional()
    .describe('A row of the disease table, for whichever of the next three is not given.'),
  reproductionNumber: z
    .number({ error: 'The reproduction number is a number.' })
    .min(0, 'The reproduction number cannot be negative.')
    .max(50, 'A reproduction number above 50 is beyond any known disease.')
    .optional()
    .describe('R0: people infected by one case where nobody is immune.'),
  latentDays: z
    .number({ error: 'The latent period is a number of days.' })
    .min(0, 'The latent period cannot be negative.')
    .max(3650, 'The latent period is at most ten years.')
    .optional()
    .describe('Mean days from infection to becoming infectious; 0 for none.'),
  infectiousDays: z
    .number({ error: 'The infectious period is a number of days.' })
    .min(0.1, 'The infectious period must be at least a tenth of a day.')
    .max(3650, 'The infectious period is at most ten years.')
    .optional()
    .describe('Mean days of being infectious.'),
};

type DiseaseInput = { disease?: string; reproductionNumber?: number; latentDays?: number; infectiousDays?: number };

const hasDisease = (input: DiseaseInput) =>
  input.disease !== undefined ||
  (input.reproductionNumber !== undefined && input.latentDays !== undefined && input.infectiousDays !== undefined);
const DISEASE_SENTENCE = {
  error: 'Name a disease, or give the reproduction number, the latent and the infectious days.',
  path: ['disease'],
};

function parametersOf(input: DiseaseInput) {
  const row = input.disease === undefined ? undefined : diseaseById(input.disease);
  return {
    reproductionNumber: input.reproductionNumber ?? row!.reproductionNumber,
    latentDays: input.latentDays ?? row!.latentDays,
    infectiousDays: input.infectiousDays ?? row!.infectiousDays,
  };
}

const people = (what: string) =>
  z
    .number({ error: `${what} are a number of people.` })
    .min(0, `${what} cannot be negative.`)
    .max(1e12, `${what} are more than there can be.`);

export const seirModel = defineModel({
  name: 'seir',
  family: 'epidemic',
  title: 'SEIR in one well-mixed population, with its final size',
  input: z
    .strictObject({
      ...diseaseShape,
      population: z
        .number({ error: 'The population is a number of people.' })
        .gt(0, 'The population must be above 0.')
        .max(1e12, 'The population is more than there can be.')
        .describe('People in all.'),
      infectious: people('The infectious').default(1).describe('Infectious people on day 0. Default 1.'),
      exposed: people('The exposed').default(0).describe('People infected but not yet infectious on day 0. Default 0.'),
      immune: people('The immune').default(0).describe('Immune people on day 0. Default 0.'),
      days: z
        .int('Days are a whole number.')
        .min(1, 'Ask for at least one day.')
        .max(20_000, 'At most 20,000 days.')
        .default(365)
        .describe('Days to follow. Default 365.'),
      everyDays: z
        .int('The step of the table is a whole number of days.')
        .min(1, 'The step of the table is at least one day.')
        .default(1)
        .describe('Days between rows. Default 1.'),
      contactReductions: z
        .array(
          z
            .object(
              {
                fromDay: z
                  .number({ error: 'The first day is a number.' })
                  .min(0, 'The first day is 0 or later.')
                  .describe('First day it holds.'),
                untilDay: z.number({ error: 'The last day is a number.' }).describe('First day it no longer holds.'),
                reduction: z
                  .number({ error: 'The reduction is a share.' })
                  .min(0, 'A reduction is at least 0.')
                  .max(1, 'A reduction is at most 1.')
                  .describe('Share by which contacts fall.'),
              },
              { error: 'Give an object with named fields.' },
            )
            .refine((one) => one.untilDay > one.fromDay, 'It must end after it begins.'),
          { error: 'Give a list.' },
        )
        .max(1000, 'At most 1,000 times of fewer contacts: join those that follow each other.')
        .default([])
        .describe('Times of fewer contacts; those that overlap multiply.'),
    })
    .refine(hasDisease, DISEASE_SENTENCE)
    .refine((input) => input.infectious + input.exposed + input.immune <= input.population, {
      error: 'More people are infected or immune than there are.',
      path: ['population'],
    }),
  example: {
    population: 1_000_000,
    infectious: 10,
    reproductionNumber: 2,
    latentDays: 3,
    infectiousDays: 5,
    days: 364,
    everyDays: 7,
  },
  columns: [
    { name: 'day', description: 'Day', unit: 'days' },
    { name: 'susceptible', description: 'Susceptible people', unit: 'people' },
    { name: 'exposed', description: 'Infected, not yet infectious', unit: 'people' },
    { name: 'infectious', description: 'Infectious people', unit: 'people' },
    { name: 'recovered', description: 'Recovered, dead or immune', unit: 'people' },
    { name: 'attackShare', description: 'Share of those susceptible on day 0 infected so far' },
    { name: 'finalShare', description: 'Share ever infected were nothing done: the analytic final size' },
  ],
  *run(input) {
    yield 0;
    const parameters = parametersOf(input);
    const susceptible = input.population - input.infectious - input.exposed - input.immune;
    const wanted = Array.from({ length: Math.floor(input.days / input.everyDays) + 1 }, (_, i) => i * input.everyDays);
    // A jump in transmission is a place to stop and start the integration again.
    const jumps = input.contactReductions.flatMap(({ fromDay, untilDay }) => [fromDay, untilDay]);
    const times = [...new Set([...wanted, ...jumps.filter((day) => day > 0 && day < wanted.at(-1)!)])].sort(
      (a, b) => a - b,
    );
    const transmission = (day: number) =>
      input.contactReductions.reduce(
        (factor, one) => (day >= one.fromDay && day < one.untilDay ? factor * (1 - one.reduction) : factor),
        1,
      );
    const initial = { susceptible, exposed: input.exposed, infectious: input.infectious, recovered: input.immune };
    const states = solveSeir(initial, { ...parameters, transmission }, times);
    const finalShare = finalSize(
      parameters.reproductionNumber,
      susceptible / input.population,
      (input.infectious + input.exposed) / input.population,
    );
    const isWanted = new Set(wanted);
    return times.flatMap((day, i) =>
      isWanted.has(day)
        ? [
            {
              day,
              ...states[i]!,
              attackShare: susceptible > 0 ? 1 - states[i]!.susceptible / susceptible : 0,
              finalShare,
            },
          ]
        : [],
    );
  },
});

const placeNames = z
  .array(z.string(), { error: 'Give a list.' })
  .max(20_000, 'At most 20,000 places: leave the list out for everywhere.')
  .optional()
  .describe('Names of the places it holds for; everywhere when left out.');
const period = {
  fromDay: z
    .number({ error: 'The first day is a number.' })
    .min(0, 'The first day is 0 or later.')
    .default(0)
    .describe('First day it holds. Default 0.'),
  untilDay: z
    .number({ error: 'The last day is a number.' })
    .default(1e9)
    .describe('First day it no longer holds. Default: never.'),
  places: placeNames,
};
const share = (what: string) =>
  z
    .number({ error: 'Give a share between 0 and 1.' })
    .min(0, 'A share is at least 0.')
    .max(1, 'A share is at most 1.')
    .describe(what);

const interventionInput = z.discriminatedUnion(
  'kind',
  [
    z.object(
      {
        kind: z.literal('screening'),
        ...period,
        detectedShare: share('Share of infectious arrivals found and kept from mixing.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    z.object(
      {
        kind: z.literal('closure'),
        ...period,
        reduction: share('Share of journeys into and out of the places that stop.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    z.object(
      {
        kind: z.literal('contact-reduction'),
        ...period,
        reduction: share('Share by which contacts at the places fall.'),
      },
      { error: 'Give an object with named fields.' },
    ),
    z.object(
      {
        kind: z.literal('vaccination'),
        ...period,
        dosesPerDay: people('Doses').describe('Doses a day at each place.'),
        efficacy: share('Share of the vaccinated who are wholly protected.'),
      },
      { error: 'Give an object with named fields.' },
    ),
  ],
  { error: 'An intervention is of the kind screening, closure, contact-reduction or vaccination.' },
);

function interventionOf(one: z.output<typeof interventionInput>, index: ReadonlyMap<string, number>): Intervention {
  const parts = { ...one, places: one.places?.map((name) => index.get(name)!) };
  switch (parts.kind) {
    case 'screening':
      return borderScreening(parts);
    case 'closure':
      return closure(parts);
    case 'contact-reduction':
      return contactReduction(parts);
    case 'vaccination':
      return vaccination(parts);
  }
}

export const metapopulationModel = defineModel({
  name: 'metapopulation',
  family: 'epidemic',
  title: 'Outbreak over a mobility network: stochastic, with screening, closure and vaccination',
  input: z
    .strictObject({
      ...diseaseShape,
      places: z
        .array(
          z
            .object(
              {
                name: z.string().min(1, 'Name the place.').describe('Name of the place.'),
                population: z
                  .int('A population is a whole number of people.')
                  .min(1, 'A place has at least one resident.')
                  .max(1e10, 'A place has at most 10,000 million residents.')
                  .describe('Residents.'),
                infectious: z
                  .int('Infectious people are a whole number.')
                  .min(0, 'Infectious people cannot be negative.')
                  .default(0)
                  .describe('Infectious residents on day 0. Default 0.'),
                immuneShare: share('Share of the residents immune on day 0. Default 0.').default(0),
              },
              { error: 'Give an object with named fields.' },
            )
            .refine((place) => place.infectious <= place.population, 'More people are infectious than live there.'),
          { error: 'Give a list.' },
        )
        .min(1, 'Give at least one place.')
        .max(20_000, 'At most 20,000 places: add up small ones into larger.')
        .describe('Places and their people.'),
      links: z
        .array(
          z.object(
            {
              from: z.string().describe('Place the travellers live in.'),
              to: z.string().describe('Place they visit.'),
              travellersPerDay: z
                .number({ error: 'Travellers a day are a number.' })
                .min(0, 'Travellers a day cannot be negative.')
                .max(1e9, 'Travellers a day are at most 1,000 million.')
                .describe('Travellers setting out each day.'),
              stayDays: z
                .number({ error: 'The stay is a number of days.' })
                .gt(0, 'The stay must be above 0.')
                .max(3650, 'The stay is at most ten years.')
                .default(1)
                .describe('Mean days away. Default 1.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .max(2_000_000, 'At most 2,000,000 links: leave out those of a few people.')
        .default([])
        .describe('Who visits whom.'),
      interventions: z
        .array(interventionInput, { error: 'Give a list.' })
        .max(1000, 'At most 1,000 interventions: name several places in one.')
        .default([])
        .describe('Screening, closure, contact reduction, vaccination, in any number.'),
      days: z
        .int('Days are a whole number.')
        .min(1, 'Ask for at least one day.')
        .max(3650, 'At most ten years.')
        .default(180)
        .describe('Days to follow. Default 180.'),
      runs: z
        .int('Runs are a whole number.')
        .min(1, 'Ask for at least one run.')
        .max(10_000, 'At most 10,000 runs.')
        .default(100)
        .describe('Simulated outbreaks. Default 100.'),
      report: z
        .enum(['by-place', 'by-day'], { error: 'Report by-place or by-day.' })
        .default('by-place')
        .describe('by-place: when and how hard each place is hit; by-day: the course in all places together.'),
    })
    .refine(hasDisease, DISEASE_SENTENCE)
    .refine((input) => input.runs * (input.places.length + input.days) <= 2e7, {
      error: 'Runs × (places + days) is above 20 million: ask for fewer runs.',
      path: ['runs'],
    })
    .refine((input) => new Set(input.places.map((place) => place.name)).size === input.places.length, {
      error: 'Two places have the same name.',
      path: ['places'],
    })
    .superRefine((input, context) => {
      const names = new Set(input.places.map((place) => place.name));
      for (const [i, link] of input.links.entries()) {
        for (const end of ['from', 'to'] as const) {
          if (!names.has(link[end])) {
            context.addIssue({
              code: 'custom',
              message: 'The link names a place that is not in the list.',
              path: ['links', i, end],
            });
            return;
          }
        }
      }
      for (const [i, one] of input.interventions.entries()) {
        if (one.places?.some((name) => !names.has(name))) {
          context.addIssue({
            code: 'custom',
            message: 'The intervention names a place that is not in the list.',
            path: ['interventions', i, 'places'],
          });
        }
      }
    }),
  example: {
    disease: 'covid-19-2020',
    places: [
      { name: 'Border town', population: 60_000, infectious: 5 },
      { name: 'Port', population: 200_000 },
      { name: 'Valley', population: 15_000 },
    ],
    links: [
      { from: 'Border town', to: 'Port', travellersPerDay: 300, stayDays: 2 },
      { from: 'Port', to: 'Border town', travellersPerDay: 250, stayDays: 1 },
      { from: 'Valley', to: 'Port', travellersPerDay: 40, stayDays: 3 },
    ],
    interventions: [
      { kind: 'screening', places: ['Port'], detectedShare: 0.4 },
      { kind: 'contact-reduction', reduction: 0.3, fromDay: 30, untilDay: 90 },
    ],
    days: 120,
    runs: 20,
  },
  columns: [
    { name: 'place', description: 'Place; empty by day' },
    { name: 'day', description: 'Day; empty by place', unit: 'days' },
    {
      name: 'measure',
      description: 'by place: infected-share, arrival-day, reached; by day: new-infections, infectious',
    },
    { name: 'mean', description: 'Mean over runs (of the runs that reach the place, for arrival-day)' },
    { name: 'lower', description: '2.5 % quantile over runs' },
    { name: 'median', description: '50 % quantile over runs' },
    { name: 'upper', description: '97.5 % quantile over runs' },
  ],
  *run(input, { prng }) {
    const index = new Map(input.places.map((place, i) => [place.name, i]));
    const network = mobilityNetwork(
      input.places.map((place) => place.population),
      input.links.map((link) => ({ ...link, from: index.get(link.from)!, to: index.get(link.to)! })),
    );
    const runs = yield* simulateOutbreak(
      {
        network,
        ...parametersOf(input),
        infectious: Float64Array.from(input.places, (place) => place.infectious),
        immune: Float64Array.from(input.places, (place) =>
          Math.min(place.population - place.infectious, Math.round(place.immuneShare * place.population)),
        ),
        interventions: input.interventions.map((one) => interventionOf(one, index)),
        days: input.days,
        runs: input.runs,
      },
      prng,
    );
    const row = (place: string | null, day: number | null, measure: string, sample: Float64Array) => {
      const sorted = sample.sort();
      const known = sorted.length > 0;
      return {
        place,
        day,
        measure,
        mean: known ? sorted.reduce((a, b) => a + b, 0) / sorted.length : null,
        lower: known ? quantileOf(sorted, 0.025) : null,
        median: known ? quantileOf(sorted, 0.5) : null,
        upper: known ? quantileOf(sorted, 0.975) : null,
      };
    };
    const over = (values: ArrayLike<number>, stride: number, at: number) =>
      Float64Array.from({ length: input.runs }, (_, run) => values[run * stride + at]!);
    if (input.report === 'by-day') {
      return Array.from({ length: input.days }, (_, day) => [
        row(null, day, 'new-infections', over(runs.newInfections, input.days, day)),
        row(null, day, 'infectious', over(runs.infectious, input.days, day)),
      ]).flat();
    }
    return input.places.flatMap((place, i) => {
      const arrivals = over(runs.arrivalDay, network.places, i);
      return [
        row(
          place.name,
          null,
          'infected-share',
          over(runs.infected, network.places, i).map((count) => count / place.population),
        ),
        row(
          place.name,
          null,
          'arrival-day',
          arrivals.filter((day) => day >= 0),
        ),
        row(
          place.name,
          null,
          'reached',
          arrivals.map((day) => (day >= 0 ? 1 : 0)),
        ),
      ];
    });
  },
});

export const diseasesModel = defineModel({
  name: 'diseases',
  family: 'epidemic',
  title: 'Disease parameters for outbreak models, with their sources',
  input: z.strictObject({
    disease: z
      .enum(DISEASE_IDS, { error: `The disease is one of ${DISEASE_IDS.join(', ')}.` })
      .optional()
      .describe('One disease; all when left out.'),
  }),
  example: {},
  columns: [
    { name: 'disease', description: 'Identifier' },
    { name: 'name', description: 'Disease and setting' },
    { name: 'reproductionNumber', description: 'R0' },
    { name: 'reproductionLow', description: 'Low end of R0 over settings' },
    { name: 'reproductionHigh', description: 'High end of R0 over settings' },
    { name: 'latentDays', description: 'Mean latent period', unit: 'days' },
    { name: 'infectiousDays', description: 'Mean infectious period', unit: 'days' },
    { name: 'source', description: 'Where the figures come from' },
    { name: 'note', description: 'What to mind' },
  ],
  *run(input) {
    yield 0;
    return DISEASES.filter((row) => input.disease === undefined || row.id === input.disease).map((row) => ({
      disease: row.id,
      name: row.name,
      reproductionNumber: row.reproductionNumber,
      reproductionLow: row.reproductionRange[0],
      reproductionHigh: row.reproductionRange[1],
      latentDays: row.latentDays,
      infectiousDays: row.infectiousDays,
      source: row.source,
      note: row.note ?? null,
    }));
  },
});
