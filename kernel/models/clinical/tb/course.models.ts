import { z } from 'zod';
import {
  atMost,
  each,
  isoDate,
  joinedByLabel,
  labelOf,
  listOf,
  oneOf,
  optional,
  rowId,
  whole,
  yesNo,
} from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { doseAdherence, expectedEndDate } from './adherence.ts';
import { monitoringTables } from './monitoring.table.ts';
import { monitoringSchedule } from './monitoring.ts';
import { assignOutcome } from './outcomes.ts';

const flag = (what: string) => optional(yesNo(what), what);
const idColumn = { name: 'id', description: 'The label, or the row number' } as const;
const monitored = monitoringTables.flatMap((table) => table.regimens) as [string, ...string[]];

/** Monitoring examinations and visits. */
export const tbMonitoringModel = defineModel({
  name: 'tb-monitoring',
  family: 'clinical',
  title: 'TB monitoring dates: visits, smears, cultures, X-rays',
  input: z.strictObject({
    courses: listOf(
      z.strictObject({
        id: rowId,
        regimen: z.enum(monitored, `Regimen is one of: ${monitored.join(', ')}.`).describe('Regimen'),
        startDate: isoDate('The first dose'),
        months: whole('Planned months', 1, 24),
        outcomeDate: optional(
          isoDate('The outcome'),
          'Day cured or completed was assigned, YYYY-MM-DD; left out, the planned end',
        ),
      }),
      'Courses of treatment',
      100_000,
    ),
  }),
  example: { courses: [{ id: 'a', regimen: 'BPaLM', startDate: '2024-01-10', months: 6 }] },
  columns: [
    idColumn,
    { name: 'exam', description: 'visit, smear, culture or chest-x-ray' },
    { name: 'why', description: 'Which of the schedule it is' },
    { name: 'dueDate', description: 'Due' },
    { name: 'overdueFrom', description: 'Overdue from' },
    { name: 'expiresOn', description: 'Last day it can still be done' },
    { name: 'windowFrom', description: 'Counts when done from' },
    { name: 'windowTo', description: 'Counts when done until' },
    { name: 'planned', description: 'Counted from a planned end that may still move' },
  ],
  *run({ courses }) {
    const rows: TidyRow[] = [];
    yield* each(courses, (course, i) => {
      for (const { triggerDate: _, ...exam } of monitoringSchedule(course)) {
        rows.push({ id: labelOf(course, i), ...exam });
      }
    });
    return rows;
  },
});

/** Adherence and what a missed dose asks for. */
export const tbAdherenceModel = defineModel({
  name: 'tb-adherence',
  family: 'clinical',
  title: 'TB adherence: doses verified of doses due, and what missing asks for',
  input: z
    .strictObject({
      courses: listOf(
        z
          .strictObject({
            id: z.string('A course has a label, as the doses name it.').describe('Label of the course'),
            startDate: isoDate('The first dose'),
            asOf: isoDate('The day of counting'),
            everyDays: optional(whole('Days between doses', 1, 31), 'Days between doses; left out, 1'),
            doses: optional(whole('Prescribed doses', 1, 1000), 'Doses of the whole course, for the expected end'),
          })
          .refine((row) => row.asOf >= row.startDate, {
            path: ['asOf'],
            error: 'The day of counting is before the first dose.',
          }),
        'Courses of treatment',
      ),
      doses: z
        .array(
          z.strictObject({
            id: z.string('A dose names its course.').describe('Label of the course'),
            date: isoDate('The dose'),
            status: oneOf('What happened', [
              'observed',
              'video-accepted',
              'video-pending',
              'video-rejected',
              'self-reported',
              'missed',
            ]),
          }),
          'Doses are a list.',
        )
        .max(5_000_000, atMost(5_000_000, 'Doses', 'give the courses in parts, each with its doses'))
        .describe('Recorded doses; a day without a record is not verified'),
    })
    .superRefine(joinedByLabel('courses', 'doses')),
  example: {
    courses: [{ id: 'a', startDate: '2024-01-01', asOf: '2024-01-10', doses: 168 }],
    doses: ['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => ({
      id: 'a',
      date: `2024-01-${day}`,
      status: 'observed' as const,
    })),
  },
  columns: [
    { name: 'id', description: 'Label of the course' },
    { name: 'prescribed', description: 'Doses due to date' },
    { name: 'verified', description: 'Observed, or on an accepted video' },
    { name: 'selfReported', description: 'Reported by the person alone' },
    { name: 'adherence', description: 'Verified of due' },
    { name: 'adherenceWithSelfReports', description: 'Verified and self-reported of due' },
    { name: 'band', description: 'good, moderate or poor' },
    { name: 'missedInARow', description: 'Due doses missed up to the day of counting' },
    { name: 'action', description: 'What missing asks for' },
    { name: 'expectedEnd', description: 'Day of the last dose, each missed dose made up' },
  ],
  *run({ courses, doses }) {
    const byCourse = Map.groupBy(doses, (dose) => dose.id);
    const rows: TidyRow[] = [];
    yield* each(courses, (course) => {
      const every = course.everyDays ?? 1;
      const { prescribed, verified, selfReported, adherence, adherenceWithSelfReports, band, missedInARow, action } =
        doseAdherence(byCourse.get(course.id) ?? [], course.startDate, course.asOf, every);
      const missed = prescribed - verified - selfReported;
      rows.push({
        id: course.id,
        prescribed,
        verified,
        selfReported,
        adherence,
        adherenceWithSelfReports,
        band,
        missedInARow,
        action,
        expectedEnd: course.doses === undefined ? null : expectedEndDate(course.startDate, course.doses, missed, every),
      });
    });
    return rows;
  },
});

/** Outcomes of treatment. */
export const tbOutcomeModel = defineModel({
  name: 'tb-outcome',
  family: 'clinical',
  title: 'TB treatment outcomes (WHO 2021), bacteriological conversion and reversion',
  input: z
    .strictObject({
      cases: listOf(
        z.strictObject({
          id: z.string('A case has a label, as the results name it.').describe('Label of the case'),
          asOf: isoDate('The day of judging'),
          diagnosisDate: isoDate('Diagnosis'),
          startDate: optional(isoDate('The first dose'), 'First dose, YYYY-MM-DD; left out, never started'),
          lastDoseDate: optional(isoDate('The last dose'), 'Last dose, YYYY-MM-DD'),
          resistant: yesNo('Resistant to rifampicin'),
          pulmonary: yesNo('Pulmonary disease'),
          confirmed: yesNo('Bacteriologically confirmed at the start'),
          completedDate: optional(isoDate('Completion'), 'Completed as the policy says, YYYY-MM-DD'),
          diedDate: optional(isoDate('Death'), 'Died, YYYY-MM-DD'),
          failureDate: optional(isoDate('Failure'), 'Regimen ended or changed for good, YYYY-MM-DD'),
          failureReason: optional(
            oneOf('Why it failed', [
              'no-clinical-response',
              'no-bacteriological-response',
              'adverse-reaction',
              'added-resistance',
            ]),
            'Why the regimen was ended; left out, no clinical response',
          ),
          transferredOut: flag('Transferred out, no answer yet'),
          deNotified: flag('A duplicate, or not TB'),
          cohortClosed: flag('Reporting on the cohort has closed'),
        }),
        'TB cases',
      ),
      results: z
        .array(
          z.strictObject({
            id: z.string('A result names its case.').describe('Label of the case'),
            date: isoDate('The specimen'),
            test: oneOf('Test', ['culture', 'smear']),
            result: oneOf('Result', ['positive', 'negative', 'contaminated', 'not-done']),
          }),
          'Results are a list.',
        )
        .max(5_000_000, atMost(5_000_000, 'Results', 'give the cases in parts, each with its results'))
        .default([])
        .describe('Smears and cultures'),
    })
    .superRefine(joinedByLabel('cases', 'results')),
  example: {
    cases: [
      {
        id: 'a',
        asOf: '2025-01-31',
        diagnosisDate: '2024-01-01',
        startDate: '2024-01-05',
        lastDoseDate: '2024-07-05',
        completedDate: '2024-07-05',
        resistant: false,
        pulmonary: true,
        confirmed: true,
      },
    ],
    results: [
      { id: 'a', date: '2024-03-01', test: 'culture', result: 'negative' },
      { id: 'a', date: '2024-04-01', test: 'culture', result: 'negative' },
    ],
  },
  columns: [
    { name: 'id', description: 'Label of the case' },
    { name: 'outcome', description: 'WHO outcome, none-yet, or de-notified' },
    { name: 'date', description: 'Day of the event that decided' },
    { name: 'reason', description: 'Code of why' },
    { name: 'success', description: 'Cured or completed' },
    { name: 'conversionDate', description: 'First of two consecutive negatives' },
    { name: 'reversionDate', description: 'First of two consecutive positives after it' },
  ],
  *run({ cases, results }) {
    const byCase = Map.groupBy(results, (row) => row.id);
    const rows: TidyRow[] = [];
    yield* each(cases, ({ id, failureDate, failureReason, ...tbCase }) => {
      const { outcome, date, reason, success, response } = assignOutcome({
        ...tbCase,
        startDate: tbCase.startDate ?? null,
        failure: failureDate ? { date: failureDate, reason: failureReason ?? 'no-clinical-response' } : null,
        bacteriology: byCase.get(id) ?? [],
      });
      const { conversionDate, reversionDate } = response;
      rows.push({ id, outcome, date, reason, success, conversionDate, reversionDate });
    });
    return rows;
  },
});
