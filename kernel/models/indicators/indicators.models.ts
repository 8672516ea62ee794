import { z } from 'zod';
import { each, isoDate, labelOf, listOf, number, oneOf, optional, rowId, whole, yesNo } from '../clinical/fields.ts';
import { defineModel, type TidyRow } from '../model.ts';
import { contactIndicators, crossBorderContinuity } from './continuity.ts';
import { endTbProgress } from './end-tb.ts';
import { mipexHealth, mipexScales } from './mipex.ts';
import type { Proportion } from './proportion.ts';
import { followThrough } from './referrals.ts';
import { tbIndicatorRows } from './tb.table.ts';
import { tbIndicators } from './tb.ts';
import { uhcServiceCoverage, uhcTracers } from './uhc.ts';
import { voucherIndicators } from './vouchers.ts';

const flag = (what: string) => optional(yesNo(what), what);
const shareColumns = [
  { name: 'numerator', description: 'Counted' },
  { name: 'denominator', description: 'Of so many' },
  { name: 'value', description: 'Numerator ÷ denominator; none where nobody is in the denominator' },
  { name: 'low', description: 'Lower end of the 95 % interval (Wilson)' },
  { name: 'high', description: 'Upper end of the 95 % interval (Wilson)' },
] as const;
const share = ({
  numerator,
  denominator,
  value,
  low,
  high,
}: Omit<Proportion, 'denominator'> & { readonly denominator: number | null }) => ({
  numerator,
  denominator,
  value,
  low,
  high,
});
const period = {
  from: isoDate('The first day of the period'),
  to: isoDate('The last day of the period'),
} as const;
const inOrder = {
  path: ['to'],
  error: 'The period ends before it begins.',
};
const susceptibility = ['susceptible', 'resistant', 'unknown'] as const;
const outcomes = [
  'cured',
  'treatment-completed',
  'treatment-failed',
  'died',
  'lost-to-follow-up',
  'not-evaluated',
  'none-yet',
] as const;
const indicatorIds = tbIndicatorRows.map((row) => row.id) as [string, ...string[]];

/** TB programme indicators. */
export const tbIndicatorsModel = defineModel({
  name: 'tb-indicators',
  family: 'indicators',
  title: 'TB programme indicators from case records: notification, testing, outcomes',
  input: z
    .object({
      cases: z
        .array(
          z.object({
            diagnosisDate: isoDate('Diagnosis'),
            history: oneOf('History', ['new', 'recurrent', 're-registered', 'unknown']),
            site: oneOf('Site', ['pulmonary', 'extrapulmonary', 'both']),
            method: oneOf('Method', ['bacteriologically-confirmed', 'clinically-diagnosed']),
            rapidTestFirst: flag('First tested with a rapid test'),
            hiv: optional(oneOf('HIV', ['positive', 'negative', 'unknown']), 'HIV status'),
            onAntiretrovirals: flag('On antiretroviral treatment'),
            rifampicin: optional(oneOf('Rifampicin', susceptibility), 'Susceptibility to rifampicin'),
            isoniazid: optional(oneOf('Isoniazid', susceptibility), 'Susceptibility to isoniazid'),
            fluoroquinolone: optional(oneOf('Fluoroquinolones', susceptibility), 'Susceptibility to fluoroquinolones'),
            started: flag('Started treatment'),
            outcome: optional(oneOf('Outcome', outcomes), 'Outcome; left out, none yet'),
            transferred: optional(oneOf('Transferred', ['in', 'out']), 'Transferred in or out'),
            deNotified: flag('A duplicate, or not TB'),
            ageYears: optional(number('Age', 'years', 0, 130), 'Age, years'),
            sex: optional(oneOf('Sex', ['male', 'female', 'intersex', 'unknown']), 'Sex'),
            area: optional(z.string('The area is text.'), 'Administrative area'),
          }),
          'Cases are a list.',
        )
        .describe('Case records, nothing that names a person'),
      ...period,
      population: optional(number('Population', 'people', 0, 1e10), 'Population of the whole area, people'),
      by: optional(oneOf('Disaggregation', ['sex', 'age-group', 'area']), 'Disaggregate by'),
      ids: optional(
        z.array(z.enum(indicatorIds, `An indicator is one of: ${indicatorIds.join(', ')}.`), 'Indicators are a list.'),
        'Indicators; left out, all',
      ),
    })
    .refine((row) => row.to >= row.from, inOrder),
  example: {
    from: '2024-01-01',
    to: '2024-12-31',
    population: 250_000,
    cases: [
      {
        diagnosisDate: '2024-02-15',
        history: 'new',
        site: 'pulmonary',
        method: 'bacteriologically-confirmed',
        rapidTestFirst: true,
        hiv: 'negative',
        rifampicin: 'susceptible',
        started: true,
      },
      {
        diagnosisDate: '2023-06-01',
        history: 'new',
        site: 'pulmonary',
        method: 'bacteriologically-confirmed',
        started: true,
        outcome: 'cured',
      },
    ],
  },
  columns: [
    { name: 'id', description: 'Number in the WHO kit' },
    { name: 'title', description: 'What it measures' },
    { name: 'kind', description: 'count, rate or share' },
    { name: 'group', description: 'Group, or all' },
    { name: 'rate', description: 'Per 100,000 population' },
    ...shareColumns,
  ],
  *run(input) {
    yield 0;
    return tbIndicators(input).map(({ id, title, kind, group, rate, ...counted }) => ({
      id,
      title,
      kind,
      group,
      rate,
      ...share(counted),
    }));
  },
});

const tracerIds = uhcTracers.map((tracer) => tracer.id) as [string, ...string[]];
const tracerUnits = uhcTracers.map(({ id, rescale }) => `${id} ${rescale?.unit ?? '%'}`).join(', ');

/** UHC service coverage index. */
export const uhcModel = defineModel({
  name: 'uhc-service-coverage',
  family: 'indicators',
  title: 'UHC service coverage index (SDG 3.8.1), 14 tracers',
  input: z.object({
    highMalaria: yesNo('Malaria is highly endemic: bed nets count'),
    tracers: listOf(
      z.object({
        tracer: z.enum(tracerIds, `A tracer is one of: ${tracerIds.join(', ')}.`).describe('Tracer'),
        value: z
          .number('A value is a number.')
          .min(0, 'A value is at least 0.')
          .max(1000, 'A value is at most 1000; check the unit.')
          .describe(`Raw value: ${tracerUnits}`),
      }),
      'Tracers',
    ).refine((rows) => new Set(rows.map((row) => row.tracer)).size === rows.length, 'A tracer is there twice.'),
  }),
  example: {
    highMalaria: false,
    tracers: [
      { tracer: 'family-planning', value: 60 },
      { tracer: 'antenatal-4', value: 70 },
      { tracer: 'dtp-3', value: 85 },
      { tracer: 'ari-care', value: 55 },
      { tracer: 'tb', value: 62 },
      { tracer: 'art', value: 58 },
      { tracer: 'sanitation', value: 75 },
      { tracer: 'hypertension', value: 48 },
      { tracer: 'glucose', value: 5.8 },
      { tracer: 'tobacco', value: 89 },
      { tracer: 'beds', value: 12.96 },
      { tracer: 'health-workers', value: 40 },
      { tracer: 'health-security', value: 66 },
    ],
  },
  columns: [
    { name: 'area', description: 'One of the four areas, or index' },
    { name: 'value', description: 'Geometric mean', unit: '0 to 100' },
    { name: 'tracers', description: 'Tracers that went in' },
    { name: 'missing', description: 'Tracers expected and not given' },
  ],
  *run({ highMalaria, tracers }) {
    yield 0;
    const values = Object.fromEntries(tracers.map((row) => [row.tracer, row.value]));
    const { index, areas, missing } = uhcServiceCoverage(values, { highMalaria });
    return [
      ...areas.map(({ area, value, tracers: used }): TidyRow => ({ area, value, tracers: used, missing: '' })),
      {
        area: 'index',
        value: index,
        tracers: areas.reduce((sum, row) => sum + row.tracers, 0),
        missing: missing.join(' '),
      },
    ];
  },
});

/** Referral follow-through. */
export const followThroughModel = defineModel({
  name: 'referral-follow-through',
  family: 'indicators',
  title: 'Referral follow-through: rate, cascade, how services were confirmed',
  input: z
    .object({
      referrals: z
        .array(
          z
            .object({
              issued: isoDate('Issue'),
              kind: oneOf('Kind', ['immediate', 'community', 'cross-border']),
              accepted: optional(isoDate('Acceptance'), 'Accepted, YYYY-MM-DD'),
              attended: optional(isoDate('Attendance'), 'Attended, YYYY-MM-DD'),
              served: optional(isoDate('The service'), 'First requested service given, YYYY-MM-DD'),
              confirmedBy: optional(
                oneOf('Confirmation', ['facility', 'phone', 'self-report']),
                'How the service is known; without it, not in the rate',
              ),
              fedBack: optional(isoDate('Feedback'), 'Feedback received, YYYY-MM-DD'),
              excluded: optional(
                oneOf('Exclusion', ['entered-in-error', 'died', 'declined-before-issue']),
                'Leaves the denominator',
              ),
              group: optional(z.string('A group is text.'), 'What to report by'),
            })
            .refine((row) => row.served === undefined || row.served >= row.issued, {
              path: ['served'],
              error: 'The service is dated before the referral.',
            }),
          'Referrals are a list.',
        )
        .describe('Referrals, nothing that names a person'),
      ...period,
      asOf: optional(isoDate('The day the data were drawn'), 'Day the data were drawn, YYYY-MM-DD'),
      windowDays: optional(whole('The window', 0, 365), 'Days a service counts; left out, by kind: 1, 14, 30'),
      byGroup: flag('A row for each group'),
    })
    .refine((row) => row.to >= row.from, inOrder),
  example: {
    from: '2024-01-01',
    to: '2024-01-31',
    referrals: [
      { issued: '2024-01-10', kind: 'community', served: '2024-01-12', confirmedBy: 'facility' },
      { issued: '2024-01-11', kind: 'community', accepted: '2024-01-11' },
      { issued: '2024-01-15', kind: 'cross-border', served: '2024-02-10', confirmedBy: 'phone' },
    ],
  },
  columns: [
    { name: 'group', description: 'Group, or all' },
    ...shareColumns,
    { name: 'medianDays', description: 'Median days to the service', unit: 'days' },
    { name: 'aboveBenchmark', description: 'Above 60 %' },
    { name: 'stillOpen', description: 'No service yet, window not closed' },
    { name: 'facility', description: 'Services confirmed by the facility' },
    { name: 'phone', description: 'Services confirmed by phone' },
    { name: 'selfReport', description: 'Services self-reported' },
    { name: 'notConfirmed', description: 'Services not confirmed' },
    { name: 'accepted', description: 'Cascade: accepted' },
    { name: 'attended', description: 'Cascade: attended' },
    { name: 'served', description: 'Cascade: served' },
    { name: 'fedBack', description: 'Cascade: fed back' },
  ],
  *run(input) {
    yield 0;
    return followThrough(input).map((row) => {
      const step = (name: string) => row.cascade.find((entry) => entry.step === name)!.count;
      return {
        group: row.group,
        ...share(row),
        medianDays: row.medianDays,
        aboveBenchmark: row.aboveBenchmark,
        stillOpen: row.stillOpen,
        facility: row.byConfirmation.facility,
        phone: row.byConfirmation.phone,
        selfReport: row.byConfirmation['self-report'],
        notConfirmed: row.byConfirmation['not-confirmed'],
        accepted: step('accepted'),
        attended: step('attended'),
        served: step('served'),
        fedBack: step('fed-back'),
      };
    });
  },
});

const count = (what: string) => whole(what, 0, 1e9);

/** Voucher scheme coverage. */
export const voucherModel = defineModel({
  name: 'voucher-coverage',
  family: 'indicators',
  title: 'Voucher scheme: issued and served of the eligible, services a person',
  input: z.object({
    schemes: listOf(
      z
        .object({
          id: rowId,
          eligible: count('Eligible people').describe('People the scheme is for: the denominator'),
          issued: optional(count('Vouchers issued'), 'People issued a voucher'),
          served: optional(count('People served'), 'People who used it at least once'),
          services: optional(count('Services'), 'Services given: a ratio, never a share'),
          eligibleShareOfPopulation: optional(
            number('Share of the population', 'of 1', 1e-9, 1),
            'The eligible as a share of the population, 0 to 1',
          ),
        })
        .refine((row) => (row.issued ?? 0) <= row.eligible, {
          path: ['issued'],
          error: 'More people were issued a voucher than are eligible.',
        })
        .refine((row) => (row.served ?? 0) <= Math.min(row.eligible, row.issued ?? row.eligible), {
          path: ['served'],
          error: 'More people were served than had a voucher.',
        }),
      'Schemes',
    ),
  }),
  example: {
    schemes: [
      { id: 'children', eligible: 775, issued: 646, eligibleShareOfPopulation: 0.125 },
      { id: 'women', eligible: 167, served: 132, services: 478, eligibleShareOfPopulation: 0.027 },
    ],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'indicator', description: 'What is measured' },
    ...shareColumns,
  ],
  *run({ schemes }) {
    const rows: TidyRow[] = [];
    yield* each(schemes, (scheme, i) => {
      const id = labelOf(scheme, i);
      const result = voucherIndicators(scheme);
      const shares = [
        ['issued-of-eligible', result.issuedOfEligible],
        ['served-of-eligible', result.servedOfEligible],
        ['served-of-issued', result.servedOfIssued],
      ] as const;
      for (const [indicator, counted] of shares) {
        if (counted) {
          rows.push({ id, indicator, ...share(counted) });
        }
      }
      const ratios = [
        ['services-per-served', result.servicesPerServed],
        ['services-per-eligible', result.servicesPerEligible],
        ['implied-population', result.impliedPopulation],
      ] as const;
      for (const [indicator, value] of ratios) {
        if (value !== null) {
          rows.push({ id, indicator, numerator: null, denominator: null, value, low: null, high: null });
        }
      }
    });
    return rows;
  },
});

/** Cross-border continuity of TB treatment. */
export const continuityModel = defineModel({
  name: 'tb-continuity',
  family: 'indicators',
  title: 'Cross-border TB continuity: arrived on treatment, outcome known, success, gap',
  input: z.object({
    transfers: z
      .array(
        z.object({
          sent: isoDate('Sending'),
          arrivedOnTreatment: optional(isoDate('Arrival'), 'Destination confirmed the person on treatment, YYYY-MM-DD'),
          lastDoseBefore: optional(isoDate('The last dose before'), 'Last dose before leaving, YYYY-MM-DD'),
          firstDoseAfter: optional(isoDate('The first dose after'), 'First dose after arriving, YYYY-MM-DD'),
          outcome: optional(
            oneOf('Outcome', [
              'cured',
              'treatment-completed',
              'treatment-failed',
              'died',
              'lost-to-follow-up',
              'not-evaluated',
            ]),
            'Outcome the destination reported; left out, not evaluated',
          ),
          excluded: flag('Did not move, or sent in error'),
        }),
        'Transfers are a list.',
      )
      .describe('Transfers, nothing that names a person'),
    withinDays: optional(whole('The window', 1, 365), 'Days to arrival that count; left out, 14'),
  }),
  example: {
    transfers: [
      {
        sent: '2024-01-01',
        arrivedOnTreatment: '2024-01-09',
        lastDoseBefore: '2024-01-01',
        firstDoseAfter: '2024-01-10',
        outcome: 'cured',
      },
      { sent: '2024-01-05' },
    ],
  },
  columns: [{ name: 'indicator', description: 'What is measured' }, ...shareColumns],
  *run({ transfers, withinDays }) {
    yield 0;
    const result = crossBorderContinuity(transfers, withinDays === undefined ? {} : { withinDays });
    return [
      { indicator: 'arrived-on-treatment-in-time', ...share(result.arrivedInTime) },
      { indicator: 'outcome-known', ...share(result.outcomeKnown) },
      { indicator: 'treatment-success', ...share(result.success) },
      {
        indicator: 'gap-days-median',
        numerator: null,
        denominator: result.gapDaysKnown,
        value: result.gapDaysMedian,
        low: null,
        high: null,
      },
    ] as TidyRow[];
  },
});

/** Contact investigation. */
export const contactsModel = defineModel({
  name: 'tb-contacts',
  family: 'indicators',
  title: 'TB contact investigation: screened, started and completed preventive treatment',
  input: z.object({
    contacts: z
      .array(
        z.object({
          screened: yesNo('Screened for TB'),
          eligibleForPrevention: yesNo('Eligible for preventive treatment'),
          startedPrevention: yesNo('Started preventive treatment'),
          dueToComplete: yesNo('Started the year before, due to finish in the period'),
          completed: yesNo('Completed preventive treatment'),
        }),
        'Contacts are a list.',
      )
      .describe('Household contacts of confirmed pulmonary cases'),
  }),
  example: {
    contacts: [
      { screened: true, eligibleForPrevention: true, startedPrevention: true, dueToComplete: false, completed: false },
      {
        screened: true,
        eligibleForPrevention: false,
        startedPrevention: false,
        dueToComplete: false,
        completed: false,
      },
    ],
  },
  columns: [
    { name: 'id', description: 'Number in the WHO kit' },
    { name: 'title', description: 'What it measures' },
    ...shareColumns,
  ],
  *run({ contacts }) {
    yield 0;
    const result = contactIndicators(contacts);
    return [
      { id: 'TB.IND.49', title: 'Screened of contacts listed', ...share(result[49]) },
      { id: 'TB.IND.50', title: 'Started preventive treatment of those eligible', ...share(result[50]) },
      { id: 'TB.IND.51', title: 'Completed of those who started the year before', ...share(result[51]) },
    ] as TidyRow[];
  },
});

const likert = z
  .array(
    z
      .number('A score is 0, 50 or 100.')
      .refine((score) => score === 0 || score === 50 || score === 100, 'A score is 0, 50 or 100.'),
    'Scores are a list.',
  )
  .default([]);

/** MIPEX health strand. */
export const mipexModel = defineModel({
  name: 'mipex-health',
  family: 'indicators',
  title: 'MIPEX health strand: entitlement, accessibility, responsiveness, change',
  input: z.object({
    entitlement: likert.describe('Scores of entitlement to services, 0, 50 or 100 each'),
    accessibility: likert.describe('Scores of policies to facilitate access, 0, 50 or 100 each'),
    responsiveness: likert.describe('Scores of responsive services, 0, 50 or 100 each'),
    change: likert.describe('Scores of measures to achieve change, 0, 50 or 100 each'),
  }),
  example: { entitlement: [100, 50, 100], accessibility: [50, 50], responsiveness: [0, 50], change: [0, 100] },
  columns: [
    { name: 'score', description: 'Scale, access, quality or total' },
    { name: 'value', description: 'Mean', unit: '0 to 100' },
    { name: 'indicators', description: 'Indicators that went in' },
  ],
  *run(input) {
    yield 0;
    const { scales, access, quality, total, indicators } = mipexHealth(input);
    const size = (names: readonly (typeof mipexScales)[number][]) =>
      names.reduce((sum, name) => sum + input[name].length, 0);
    return [
      ...mipexScales.map((name) => ({ score: name, value: scales[name], indicators: input[name].length })),
      { score: 'access', value: access, indicators: size(['entitlement', 'accessibility']) },
      { score: 'quality', value: quality, indicators: size(['responsiveness', 'change']) },
      { score: 'total', value: total, indicators },
    ] as TidyRow[];
  },
});

/** Progress against the End TB milestones. */
export const endTbModel = defineModel({
  name: 'end-tb-progress',
  family: 'indicators',
  title: 'End TB milestones: reduction since 2015, the next milestone, the yearly fall it needs',
  input: z.object({
    series: listOf(
      z.object({
        id: rowId,
        measure: oneOf('Measure', ['incidence', 'deaths']),
        base2015: number('Value of 2015', 'rate or number', 0, 1e9),
        year: whole('Year', 2015, 2100),
        value: number('Value of the year', 'rate or number', 0, 1e9),
      }),
      'Values',
    ),
  }),
  example: { series: [{ id: 'a', measure: 'incidence', base2015: 100, year: 2022, value: 85 }] },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'measure', description: 'incidence or deaths' },
    { name: 'year', description: 'Year' },
    { name: 'reduction', description: 'Share by which it fell since 2015; negative for a rise' },
    { name: 'milestone', description: 'Year of the next milestone' },
    { name: 'needed', description: 'Reduction that milestone asks for' },
    { name: 'reached', description: 'Whether it is reached' },
    { name: 'yearlyFallNeeded', description: 'Share by which it has to fall each year' },
  ],
  *run({ series }) {
    const rows: TidyRow[] = [];
    yield* each(series, ({ id, measure, base2015, year, value }, i) => {
      rows.push({ id: labelOf({ id }, i), measure, year, ...endTbProgress(measure, base2015, year, value) });
    });
    return rows;
  },
});
