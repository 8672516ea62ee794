import { z } from 'zod';
import { defineModel } from '../model.ts';
import { dayNumber, fromDayNumber } from './calendar.ts';
import { nowcast, reportingTriangle } from './nowcast.ts';
import { orNull } from './series.ts';

const MOST_PERIODS = 20_000;

const dateInput = (what: string) =>
  z
    .string({ error: `Give ${what} as YYYY-MM-DD.` })
    .refine((date) => !Number.isNaN(dayNumber(date)), `Give ${what} as YYYY-MM-DD, a day that exists.`);

export const nowcastModel = defineModel({
  name: 'nowcast',
  family: 'surveillance',
  title: 'Nowcast: cases that have begun but are not reported yet',
  input: z
    .strictObject({
      reports: z
        .array(
          z.object(
            {
              onset: dateInput('the onset').describe('First day of the period of onset.'),
              report: dateInput('the report').describe('Day of the report, not before the onset.'),
              cases: z
                .number({ error: 'Cases are a number.' })
                .min(0, 'Cases cannot be negative.')
                .max(1e9, 'Cases are at most 1,000 million.')
                .default(1)
                .describe('Cases with this onset and report. Default 1.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give the reports as a list.' },
        )
        .min(1, 'Give at least one report.')
        .max(1_000_000, 'Give at most 1,000,000 rows; sum cases with equal dates into one row.')
        .describe('Cases by day of onset and day of report.'),
      present: dateInput('the present day').describe('Day on which the data were drawn: nothing later is known.'),
      periodDays: z
        .int('A period is a whole number of days.')
        .min(1, 'A period has at least one day.')
        .max(31, 'A period has at most 31 days.')
        .default(1)
        .describe('Days in a period: 1, or 7 for weeks. Default 1.'),
      maximumDelay: z
        .int('The longest delay is a whole number of periods.')
        .min(1, 'The longest delay is at least one period.')
        .max(366, 'The longest delay is at most 366 periods.')
        .default(14)
        .describe('Longest delay told apart, in periods; later reports count as this late. Default 14.'),
      delayWindow: z
        .int('The delay window is a whole number of periods.')
        .min(1, 'The delay window has at least one period.')
        .default(56)
        .describe('Latest periods from which the delays are learnt. Default 56.'),
      draws: z
        .int('Draws are a whole number.')
        .min(200, 'Fewer than 200 draws give no interval.')
        .max(100_000, 'At most 100,000 draws.')
        .default(2000)
        .describe('Draws behind the intervals. Default 2000.'),
    })
    .refine((input) => input.reports.every((row) => row.report >= row.onset), {
      error: 'A report comes before its onset.',
      path: ['reports'],
    })
    .refine((input) => input.reports.some((row) => row.onset <= input.present), {
      error: 'Every onset lies after the present day.',
      path: ['present'],
    })
    .refine(
      (input) => {
        const present = dayNumber(input.present);
        const earliest = input.reports.reduce((least, row) => Math.min(least, dayNumber(row.onset)), present);
        return (present - earliest) / input.periodDays <= MOST_PERIODS;
      },
      { error: `The earliest onset lies more than ${MOST_PERIODS} periods before the present day.`, path: ['reports'] },
    ),
  example: {
    reports: Array.from({ length: 30 }, (_, t) =>
      [6, 3, 2, 1].map((cases, delay) => ({
        onset: fromDayNumber(20_000 + t),
        report: fromDayNumber(20_000 + t + delay),
        cases: cases + ((t * 5) % 3),
      })),
    ).flat(),
    present: fromDayNumber(20_029),
    maximumDelay: 5,
  },
  columns: [
    { name: 'onset', description: 'First day of the period of onset' },
    { name: 'reported', description: 'Cases reported by the present day', unit: 'cases' },
    { name: 'reportedShare', description: 'Share of the period’s cases expected to be reported by now' },
    { name: 'estimate', description: 'Cases expected once all are reported', unit: 'cases' },
    { name: 'lower', description: '2.5 % quantile', unit: 'cases' },
    { name: 'median', description: '50 % quantile', unit: 'cases' },
    { name: 'upper', description: '97.5 % quantile', unit: 'cases' },
  ],
  *run(input, { prng }) {
    const days = input.reports.map((row) => ({
      onset: dayNumber(row.onset),
      report: dayNumber(row.report),
      cases: row.cases,
    }));
    const present = dayNumber(input.present);
    const earliest = days.reduce((least, row) => Math.min(least, row.onset), present);
    // Periods are laid backwards from the present day, so that the last one is whole.
    const periods = Math.floor((present - earliest) / input.periodDays);
    const period = (day: number) => periods - Math.floor((present - day) / input.periodDays);
    const triangle = reportingTriangle(
      days.map((row) => ({ onset: period(row.onset), report: period(row.report), cases: row.cases })),
      periods,
      input.maximumDelay,
    );
    const options = { delayWindow: input.delayWindow, draws: input.draws, quantiles: [0.025, 0.5, 0.975] };
    const result = yield* nowcast(triangle, options, prng);
    return result.periods.map((row) => ({
      onset: fromDayNumber(present - (periods - row.period + 1) * input.periodDays + 1),
      reported: row.reported,
      reportedShare: row.reportedShare,
      estimate: orNull(row.estimate),
      lower: row.quantiles[0]!,
      median: row.quantiles[1]!,
      upper: row.quantiles[2]!,
    }));
  },
});
