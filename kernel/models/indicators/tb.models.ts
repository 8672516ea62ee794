import { z } from 'zod';
import {
  addUp,
  atMost,
  each,
  fewOf,
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
import { contactIndicators, crossBorderContinuity } from './continuity.ts';
import { flag, inOrder, period, share, shareColumns } from './doors.ts';
import { endTbProgress } from './end-tb.ts';
import { tbIndicatorRows } from './tb.table.ts';
import { tbIndicators } from './tb.ts';

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
    .strictObject({
      cases: z
        .array(
          z.strictObject({
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
        .max(2_000_000, atMost(2_000_000, 'Cases', addUp))
        .describe('Case records, nothing that names a person'),
      ...period,
      population: optional(number('Population', 'people', 0, 1e10), 'Population of the whole area, people'),
      by: optional(oneOf('Disaggregation', ['sex', 'age-group', 'area']), 'Disaggregate by'),
      ids: optional(
        fewOf(z.enum(indicatorIds, `An indicator is one of: ${indicatorIds.join(', ')}.`), 'Indicators'),
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

/** Contact investigation. */
export const contactsModel = defineModel({
  name: 'tb-contacts',
  family: 'indicators',
  title: 'TB contact investigation: screened, started and completed preventive treatment',
  input: z.strictObject({
    contacts: z
      .array(
        z.strictObject({
          screened: yesNo('Screened for TB'),
          eligibleForPrevention: yesNo('Eligible for preventive treatment'),
          startedPrevention: yesNo('Started preventive treatment'),
          dueToComplete: yesNo('Started the year before, due to finish in the period'),
          completed: yesNo('Completed preventive treatment'),
        }),
        'Contacts are a list.',
      )
      .max(10_000_000, atMost(10_000_000, 'Contacts', addUp))
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

/** Cross-border continuity of TB treatment. */
export const continuityModel = defineModel({
  name: 'tb-continuity',
  family: 'indicators',
  title: 'Cross-border TB continuity: arrived on treatment, outcome known, success, gap',
  input: z.strictObject({
    transfers: z
      .array(
        z.strictObject({
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
      .max(10_000_000, atMost(10_000_000, 'Transfers', addUp))
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

/** Progress against the End TB milestones. */
export const endTbModel = defineModel({
  name: 'end-tb-progress',
  family: 'indicators',
  title: 'End TB milestones: reduction since 2015, the next milestone, the yearly fall it needs',
  input: z.strictObject({
    series: listOf(
      z.strictObject({
        id: rowId,
        measure: oneOf('Measure', ['incidence', 'deaths']),
        base2015: number('Value of 2015', 'rate or number', 0, 1e9),
        year: whole('Year', 2015, 2100),
        value: number('Value of the year', 'rate or number', 0, 1e9),
      }),
      'Values',
      100_000,
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
