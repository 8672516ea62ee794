import { z } from 'zod';
import { defineModel } from '../model.ts';
import { dayNumber, fromDayNumber } from '../surveillance/calendar.ts';
import { estimateFlow, type ObservedDay } from './flow-estimate.ts';
import { CRITERIA, DEFAULT_WEIGHTS, rankSites, type Weights } from './sites.ts';

const date = (what: string) =>
  z
    .string({ error: `Give ${what} as YYYY-MM-DD.` })
    .refine((text) => !Number.isNaN(dayNumber(text)), `Give ${what} as YYYY-MM-DD, a day that exists.`);
const share = (what: string) =>
  z
    .number({ error: 'Give a share between 0 and 1.' })
    .min(0, 'A share is at least 0.')
    .max(1, 'A share is at most 1.')
    .describe(what);
const weight = (criterion: keyof Weights) =>
  z
    .number({ error: 'A weight is a number.' })
    .min(0, 'A weight cannot be negative.')
    .max(1e6, 'A weight is at most 1,000,000.')
    .default(DEFAULT_WEIGHTS[criterion])
    .describe(`Weight of ${criterion}. Default ${DEFAULT_WEIGHTS[criterion]}.`);

export const siteRankingModel = defineModel({
  name: 'site-ranking',
  family: 'mobility',
  title: 'Where to act first: border and other mobility sites ranked, with what the weights decide',
  input: z.strictObject({
    sites: z
      .array(
        z.object(
          {
            name: z.string({ error: 'Name the site.' }).min(1, 'Name the site.').describe('Name of the site.'),
            dailyTravellers: z
              .number({ error: 'Daily travellers are a number.' })
              .min(0, 'Daily travellers cannot be negative.')
              .max(1e9, 'Daily travellers are at most 1,000 million.')
              .describe('People passing on an ordinary day; compared by their logarithm.'),
            linkToAffected: share('Share of the flow from the affected area, or a relative importation risk.'),
            mixingWithResidents: share('How far travellers and residents mix.'),
            crowding: share('Crowding and overnight stays.'),
            seasonalSurge: share('Rise expected from season or event.'),
            hoursToReferral: z
              .number({ error: 'Hours to referral are a number.' })
              .min(0, 'Hours to referral cannot be negative.')
              .max(10_000, 'Hours to referral are at most 10,000.')
              .describe('Hours to the nearest facility that can take an ill traveller.'),
            serviceGap: share('Gap in screening, water and sanitation, staff.'),
            vulnerableShare: share('Share of children, undocumented or pregnant travellers.'),
            population: z
              .number({ error: 'The population is a number.' })
              .min(0, 'The population cannot be negative.')
              .default(0)
              .describe('Residents around the site: decides between equal scores.'),
            observedOn: date('the day of the data').optional().describe('Day of the data (YYYY-MM-DD).'),
          },
          { error: 'Give an object with named fields.' },
        ),
        { error: 'Give a list.' },
      )
      .min(1, 'Give at least one site.')
      .max(5000, 'At most 5,000 sites: rank them area by area.')
      .describe('Sites of one area.'),
    weights: z
      .object(
        Object.fromEntries(CRITERIA.map((criterion) => [criterion, weight(criterion)])) as Record<
          keyof Weights,
          ReturnType<typeof weight>
        >,
      )
      .prefault({})
      .refine((weights) => Object.values(weights).some((value) => value > 0), 'At least one weight is above 0.')
      .describe('Weights of the criteria; divided by their sum.'),
    scaling: z
      .enum(['range', 'largest', 'given'], { error: 'The scaling is range, largest or given.' })
      .default('range')
      .describe(
        'range: each criterion from its least to its most in the area; largest: as a share of the most; given: shares as they are.',
      ),
    draws: z
      .int('Draws are a whole number.')
      .min(0, 'Draws cannot be negative.')
      .max(100_000, 'At most 100,000 draws.')
      .default(1000)
      .describe('Random weightings within ±20 % tried, besides each weight alone up and down. Default 1000.'),
    asOf: date('the day of the ranking')
      .optional()
      .describe('Day of the ranking: with it the age of the data is told.'),
  }),
  example: {
    sites: [
      {
        name: 'River crossing',
        dailyTravellers: 2400,
        linkToAffected: 0.6,
        mixingWithResidents: 0.5,
        crowding: 0.7,
        seasonalSurge: 0.3,
        hoursToReferral: 3,
        serviceGap: 0.8,
        vulnerableShare: 0.4,
        population: 18_000,
      },
      {
        name: 'Bus station',
        dailyTravellers: 5200,
        linkToAffected: 0.2,
        mixingWithResidents: 0.8,
        crowding: 0.6,
        seasonalSurge: 0.2,
        hoursToReferral: 0.5,
        serviceGap: 0.3,
        vulnerableShare: 0.2,
        population: 90_000,
      },
      {
        name: 'Gold mine',
        dailyTravellers: 300,
        linkToAffected: 0.5,
        mixingWithResidents: 0.3,
        crowding: 0.9,
        seasonalSurge: 0.1,
        hoursToReferral: 6,
        serviceGap: 0.9,
        vulnerableShare: 0.3,
        population: 2500,
      },
    ],
  },
  columns: [
    { name: 'rank', description: '1 is the first to act on' },
    { name: 'site', description: 'Site' },
    { name: 'score', description: 'Score', unit: '0 to 100' },
    { name: 'band', description: 'top from 70, high from 50, medium from 30, low below' },
    { name: 'scoreLow', description: 'Lowest score over the weightings tried', unit: '0 to 100' },
    { name: 'scoreHigh', description: 'Highest score over the weightings tried', unit: '0 to 100' },
    { name: 'rankBest', description: 'Best rank over the weightings tried' },
    { name: 'rankWorst', description: 'Worst rank over the weightings tried' },
    { name: 'bandKept', description: 'Share of the weightings that leave the band as it is' },
    { name: 'mainReason', description: 'Criterion that gives most of the score' },
    { name: 'dataAgeDays', description: 'Age of the data', unit: 'days' },
  ],
  *run(input, { prng }) {
    yield 0;
    const observed = new Map(input.sites.map((site) => [site.name, site.observedOn]));
    const ranked = yield* rankSites(input.sites, input.weights, input.scaling, input.draws, prng);
    return ranked.map(({ name, ...rest }) => {
      const day = observed.get(name);
      return {
        site: name,
        ...rest,
        dataAgeDays: day === undefined || input.asOf === undefined ? null : dayNumber(input.asOf) - dayNumber(day),
      };
    });
  },
});

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function stratumOf(day: number, strata: 'none' | 'weekend' | 'weekday'): string {
  // 1 January 1970 was a Thursday.
  const name = WEEKDAYS[(((day + 4) % 7) + 7) % 7]!;
  if (strata === 'weekday') {
    return name;
  }
  return strata === 'weekend' ? (name === 'Saturday' || name === 'Sunday' ? 'weekend' : 'working day') : 'day';
}

export const flowEstimateModel = defineModel({
  name: 'flow-estimate',
  family: 'mobility',
  title: 'Travellers of a period from flow-monitoring counts of part of the hours and days',
  input: z
    .strictObject({
      observations: z
        .array(
          z
            .object(
              {
                point: z
                  .string({ error: 'Name the point.' })
                  .min(1, 'Name the point.')
                  .describe('Flow-monitoring point.'),
                date: date('the day observed').describe('Day observed (YYYY-MM-DD).'),
                count: z
                  .number({ error: 'The count is a number.' })
                  .min(0, 'A count cannot be negative.')
                  .max(1e9, 'A count is at most 1,000 million.')
                  .describe('Travellers counted.'),
                hoursObserved: z
                  .number({ error: 'Hours are a number.' })
                  .min(0.01, 'Hours observed must be above 0.')
                  .max(24, 'A day has 24 hours.')
                  .describe('Hours in which travellers were counted.'),
                hoursOpen: z
                  .number({ error: 'Hours are a number.' })
                  .min(0.01, 'Hours open must be above 0.')
                  .max(24, 'A day has 24 hours.')
                  .describe('Hours in which people pass.'),
                coverage: z
                  .number({ error: 'The coverage is a share.' })
                  .min(0.001, 'The coverage must be at least .001.')
                  .max(1, 'The coverage is at most 1.')
                  .optional()
                  .describe(
                    'Share of the day’s passages within the hours observed, where known; otherwise hours observed over hours open.',
                  ),
              },
              { error: 'Give an object with named fields.' },
            )
            .refine((row) => row.hoursObserved <= row.hoursOpen, 'More hours were observed than people pass.'),
          { error: 'Give a list.' },
        )
        .min(1, 'Give at least one observed day.')
        .max(10_000_000, 'At most 10,000,000 observed days: estimate some points at a time.')
        .describe('Counts, one row a point and day.'),
      from: date('the first day').describe('First day of the period.'),
      until: date('the last day').describe('Last day of the period, included.'),
      strata: z
        .enum(['none', 'weekend', 'weekday'], { error: 'The strata are none, weekend or weekday.' })
        .default('weekend')
        .describe('Kinds of day told apart: none, weekend and working day, or each weekday. Default weekend.'),
      groupSize: z
        .number({ error: 'The group size is a number.' })
        .min(1, 'A group has at least one traveller.')
        .max(10_000, 'A group has at most 10,000 travellers.')
        .default(1)
        .describe('Mean number of people travelling together: they are seen or missed together. Default 1.'),
    })
    .refine((input) => input.until >= input.from, { error: 'The period ends before it begins.', path: ['until'] })
    .refine((input) => dayNumber(input.until) - dayNumber(input.from) < 3660, {
      error: 'A period is at most ten years.',
      path: ['until'],
    })
    .refine((input) => input.observations.every((row) => row.date >= input.from && row.date <= input.until), {
      error: 'A day observed lies outside the period.',
      path: ['observations'],
    })
    .refine(
      (input) =>
        new Set(input.observations.map((row) => `${row.date} ${row.point}`)).size === input.observations.length,
      {
        error: 'A point has two rows for one day; add up what was counted in them.',
        path: ['observations'],
      },
    ),
  example: {
    observations: Array.from({ length: 10 }, (_, i) => ({
      point: i % 2 ? 'East gate' : 'Ferry',
      date: fromDayNumber(20_454 + 3 * i),
      count: 120 + ((i * 37) % 50),
      hoursObserved: 8,
      hoursOpen: 12,
    })),
    from: fromDayNumber(20_454),
    until: fromDayNumber(20_484),
    groupSize: 2.4,
  },
  columns: [
    { name: 'point', description: 'Flow-monitoring point' },
    { name: 'total', description: 'Travellers of the period', unit: 'travellers' },
    { name: 'standardError', description: 'Standard error', unit: 'travellers' },
    { name: 'lower', description: '95 % interval, low end', unit: 'travellers' },
    { name: 'upper', description: '95 % interval, high end', unit: 'travellers' },
    { name: 'daysCovered', description: 'Share of the days that were observed' },
    { name: 'unseen', description: 'Kinds of day never observed: their travellers are not in the total' },
  ],
  *run(input) {
    yield 0;
    const daysInPeriod: Record<string, number> = {};
    for (let day = dayNumber(input.from); day <= dayNumber(input.until); day++) {
      const stratum = stratumOf(day, input.strata);
      daysInPeriod[stratum] = (daysInPeriod[stratum] ?? 0) + 1;
    }
    const points = Map.groupBy(input.observations, (row) => row.point);
    return [...points].map(([point, rows]) => {
      const days = rows.map(
        (row): ObservedDay => ({
          stratum: stratumOf(dayNumber(row.date), input.strata),
          count: row.count,
          coverage: row.coverage ?? row.hoursObserved / row.hoursOpen,
        }),
      );
      const { unseenStrata, ...estimate } = estimateFlow({ days, daysInPeriod, groupSize: input.groupSize });
      return { point, ...estimate, unseen: unseenStrata.join(', ') || null };
    });
  },
});
