import { z } from 'zod';
import {
  addUp,
  atMost,
  each,
  isoDate,
  labelOf,
  listOf,
  number,
  oneOf,
  optional,
  rowId,
  whole,
  yesNo,
} from '../fields.ts';
import { defineModel, type TidyRow } from '../model.ts';
import { flag, inOrder, period, share, shareColumns } from './doors.ts';
import { mipexHealth, mipexScales } from './mipex.ts';
import { followThrough } from './referrals.ts';
import { uhcServiceCoverage, uhcTracers } from './uhc.ts';
import { voucherIndicators } from './vouchers.ts';

/** Referral follow-through. */
export const followThroughModel = defineModel({
  name: 'referral-follow-through',
  family: 'indicators',
  title: 'Referral follow-through: rate, cascade, how services were confirmed',
  input: z
    .strictObject({
      referrals: z
        .array(
          z
            .strictObject({
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
        .max(10_000_000, atMost(10_000_000, 'Referrals', addUp))
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
  input: z.strictObject({
    schemes: listOf(
      z
        .strictObject({
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
      300_000,
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

const tracerIds = uhcTracers.map((tracer) => tracer.id) as [string, ...string[]];
const tracerUnits = uhcTracers.map(({ id, rescale }) => `${id} ${rescale?.unit ?? '%'}`).join(', ');

/** UHC service coverage index. */
export const uhcModel = defineModel({
  name: 'uhc-service-coverage',
  family: 'indicators',
  title: 'UHC service coverage index (SDG 3.8.1), 14 tracers',
  input: z.strictObject({
    highMalaria: yesNo('Malaria is highly endemic: bed nets count'),
    tracers: listOf(
      z.strictObject({
        tracer: z.enum(tracerIds, `A tracer is one of: ${tracerIds.join(', ')}.`).describe('Tracer'),
        value: z
          .number('A value is a number.')
          .min(0, 'A value is at least 0.')
          .max(1000, 'A value is at most 1000; check the unit.')
          .describe(`Raw value: ${tracerUnits}`),
      }),
      'Tracers',
      tracerIds.length,
      'each tracer is there once',
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

const likert = z
  .array(
    z
      .number('A score is 0, 50 or 100.')
      .refine((score) => score === 0 || score === 50 || score === 100, 'A score is 0, 50 or 100.'),
    'Scores are a list.',
  )
  .max(100, 'At most 100 scores: the strand has far fewer indicators.')
  .default([]);

/** MIPEX health strand. */
export const mipexModel = defineModel({
  name: 'mipex-health',
  family: 'indicators',
  title: 'MIPEX health strand: entitlement, accessibility, responsiveness, change',
  input: z.strictObject({
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
