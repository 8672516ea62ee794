import { z } from 'zod';
import { defineModel, type TidyRow } from '../../model.ts';
import {
  ageYears,
  each,
  isoDate,
  joinedByLabel,
  labelOf,
  listOf,
  number,
  oneOf,
  optional,
  rowId,
  weightKg,
  whole,
  yesNo,
} from '../fields.ts';
import { doseAdherence, expectedEndDate } from './adherence.ts';
import { dosedRegimens, tbDoses } from './doses.ts';
import { monitoringTables } from './monitoring.table.ts';
import { monitoringSchedule } from './monitoring.ts';
import { assignOutcome } from './outcomes.ts';
import { indexResistanceTypes, preventiveAllergies } from './preventive.table.ts';
import { preventiveTreatment } from './preventive.ts';
import { chooseRegimens } from './regimens.ts';

const susceptibility = ['susceptible', 'resistant', 'unknown'] as const;
const extrapulmonaryForms = [
  'peripheral-lymph-node',
  'meningitis',
  'central-nervous-system',
  'osteoarticular',
  'disseminated',
  'pericardial',
  'other',
] as const;
const flag = (what: string) => optional(yesNo(what), what);
const dst = (drug: string) => optional(oneOf(drug, susceptibility), `Susceptibility to ${drug.toLowerCase()}`);
const idColumn = { name: 'id', description: 'The label, or the row number' } as const;
const sourceColumn = { name: 'source', description: 'Where the rule or table comes from' } as const;

/** Which TB regimens a person may have. */
export const tbRegimenModel = defineModel({
  name: 'tb-regimen',
  family: 'clinical',
  title: 'TB regimen choice: eligible, to be asked first, excluded and why',
  input: z.object({
    cases: listOf(
      z.object({
        id: rowId,
        rifampicin: oneOf('Rifampicin', susceptibility),
        isoniazid: dst('Isoniazid'),
        fluoroquinolone: dst('Fluoroquinolones'),
        ageYears: optional(ageYears, 'Age, years; fractions allowed'),
        weightKg: optional(weightKg, 'Weight, kg'),
        sex: optional(oneOf('Sex', ['male', 'female', 'other']), 'Sex'),
        pulmonary: flag('Pulmonary disease'),
        extrapulmonaryForms: optional(
          z.array(oneOf('Extrapulmonary form', extrapulmonaryForms), 'Extrapulmonary forms are a list.'),
          'Extrapulmonary forms; an empty list for none',
        ),
        severe: flag('Severe disease'),
        extensive: flag('Extensive disease'),
        hivStatus: optional(oneOf('HIV status', ['positive', 'negative', 'unknown']), 'HIV status'),
        cd4PerMicrolitre: optional(number('CD4 count', 'cells/µL', 0, 5000), 'CD4 count, cells/µL'),
        pregnant: flag('Pregnant'),
        breastfeeding: flag('Breastfeeding'),
        postpartum: flag('Postpartum'),
        usesContraception: flag('Willing to use effective contraception'),
        severeWasting: flag('Severe wasting'),
        severeAcutePneumonia: flag('Severe acute pneumonia'),
        // Null is an answer here ("never treated"), so it is kept.
        yearsSinceTreatment: number('Years since an earlier TB treatment', 'years', 0, 100)
          .nullish()
          .describe('Years since an earlier TB treatment; null when never treated'),
        highIsoniazidResistanceOrHivSetting: flag('Setting where isoniazid resistance or HIV is common'),
        fluoroquinoloneIntolerant: flag('Cannot take fluoroquinolones'),
        bpalDrugResistanceOrAllergy: flag('Resistance or allergy to bedaquiline, pretomanid or linezolid'),
        nineMonthDrugIneffective: flag('A drug of the 9-month regimen is not effective'),
      }),
      'TB cases',
    ),
    editions: z
      .array(z.enum(['2022', '2025'], 'An edition is "2022" or "2025".'), 'Editions are a list.')
      .default(['2022'])
      .describe('Editions of the guidelines to offer from'),
  }),
  example: {
    cases: [
      {
        id: 'a',
        rifampicin: 'resistant',
        fluoroquinolone: 'unknown',
        ageYears: 30,
        sex: 'male',
        pulmonary: true,
        extrapulmonaryForms: [],
      },
      { id: 'b', rifampicin: 'susceptible', ageYears: 6, weightKg: 18 },
    ],
  },
  columns: [
    idColumn,
    { name: 'regimen', description: 'Regimen, in the order it is offered' },
    { name: 'months', description: 'Planned length', unit: 'months' },
    { name: 'status', description: 'eligible, ask-first, excluded or superseded' },
    { name: 'because', description: 'Codes of what excludes it, fields to ask, or regimens that supersede it' },
    sourceColumn,
  ],
  *run({ cases, editions }) {
    const rows: TidyRow[] = [];
    yield* each(cases, (tbCase, i) => {
      for (const { regimen, months, status, because, source } of chooseRegimens(tbCase, editions)) {
        rows.push({
          id: labelOf(tbCase, i),
          regimen,
          months,
          status,
          because: because.join(' '),
          source: source.source,
        });
      }
    });
    return rows;
  },
});

/** Doses by weight band. */
export const tbDosesModel = defineModel({
  name: 'tb-doses',
  family: 'clinical',
  title: 'TB doses by weight band: tablets and milligrams, by programme',
  input: z.object({
    people: listOf(
      z.object({
        id: rowId,
        regimen: z
          .string('Regimen is text like 2HRZE/4HR.')
          .describe(`Regimen: ${dosedRegimens().join(', ')}; India also 2HRZE/4HRE`),
        weightKg,
        programme: optional(oneOf('Programme', ['who', 'in']), 'Whose table; left out, who'),
        disputedEdge: optional(
          oneOf('The band at a disputed edge', ['lower', 'higher']),
          'Band at exactly 70 kg, where the source contradicts itself; left out, lower',
        ),
      }),
      'People dosed',
    ),
  }),
  example: {
    people: [
      { id: 'a', regimen: '2HRZE/4HR', weightKg: 64.99 },
      { id: 'b', regimen: '2HRZE/4HR', weightKg: 65 },
      { id: 'c', regimen: '2HRZE/4HR', weightKg: 65, programme: 'in' },
    ],
  },
  columns: [
    idColumn,
    { name: 'result', description: 'dosed, expert-advice, no-table or weight-unknown' },
    { name: 'phase', description: 'Phase of treatment' },
    { name: 'product', description: 'Tablet or capsule, milligrams of each drug' },
    { name: 'units', description: 'Tablets or capsules each time' },
    { name: 'timesPerDay', description: 'Times a day' },
    { name: 'days', description: 'Which days' },
    { name: 'fromDay', description: 'First day of the phase', unit: 'days' },
    { name: 'toDay', description: 'Last day of the phase; none for its end', unit: 'days' },
    { name: 'mgPerDay', description: 'Milligrams a day by drug' },
    { name: 'notes', description: 'Codes' },
    sourceColumn,
  ],
  *run({ people }) {
    const rows: TidyRow[] = [];
    yield* each(people, ({ id, regimen, weightKg, programme, disputedEdge }, i) => {
      const doses = tbDoses({
        regimen,
        weightKg,
        ...(programme && { programme }),
        ...(disputedEdge && { disputedEdge }),
      });
      const base = { id: labelOf({ id }, i), result: doses.result, source: doses.source?.source ?? null };
      if (doses.result !== 'dosed') {
        rows.push({
          ...base,
          phase: null,
          product: null,
          units: null,
          timesPerDay: null,
          days: null,
          fromDay: null,
          toDay: null,
          mgPerDay: null,
          notes: '',
        });
        return;
      }
      for (const line of doses.lines) {
        rows.push({
          ...base,
          phase: line.phase,
          product: line.product,
          units: line.units,
          timesPerDay: line.timesPerDay,
          days: line.days,
          fromDay: line.fromDay,
          toDay: line.toDay,
          mgPerDay: Object.entries(line.mgPerDay)
            .map(([drug, mg]) => `${drug} ${mg}`)
            .join(', '),
          notes: doses.notes.join(' '),
        });
      }
    });
    return rows;
  },
});

const monitored = monitoringTables.flatMap((table) => table.regimens) as [string, ...string[]];

/** Monitoring examinations and visits. */
export const tbMonitoringModel = defineModel({
  name: 'tb-monitoring',
  family: 'clinical',
  title: 'TB monitoring dates: visits, smears, cultures, X-rays',
  input: z.object({
    courses: listOf(
      z.object({
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

/** TB preventive treatment. */
export const tbPreventiveModel = defineModel({
  name: 'tb-preventive',
  family: 'clinical',
  title: 'TB preventive treatment: eligibility, regimens, doses',
  input: z.object({
    people: listOf(
      z.object({
        id: rowId,
        ageYears,
        weightKg: optional(weightKg, 'Weight, kg'),
        hiv: yesNo('Lives with HIV'),
        contact: yesNo('Household or close contact'),
        otherRisk: flag('Another risk group'),
        screening: oneOf('Screening', ['negative', 'positive', 'not-done']),
        diagnosis: optional(
          oneOf('Diagnosis', ['excluded', 'confirmed', 'pending']),
          'After a positive screen; left out, pending',
        ),
        infectionTest: optional(
          oneOf('Infection test', ['positive', 'negative', 'not-done']),
          'Skin test or IGRA; left out, not done',
        ),
        indexResistance: optional(
          z.array(oneOf('Resistance of the index case', indexResistanceTypes), 'Types of resistance are a list.'),
          'Every type known of the index case; left out, drug-susceptible',
        ),
        allergies: optional(
          z.array(oneOf('Allergy', preventiveAllergies), 'Allergies are a list.'),
          'Allergy to, or contraindication of',
        ),
      }),
      'People considered',
    ),
  }),
  example: {
    people: [
      { id: 'a', ageYears: 3, weightKg: 14, hiv: false, contact: true, screening: 'negative' },
      {
        id: 'b',
        ageYears: 40,
        weightKg: 62,
        hiv: false,
        contact: true,
        screening: 'negative',
        infectionTest: 'positive',
      },
    ],
  },
  columns: [
    idColumn,
    { name: 'decision', description: 'eligible, not-eligible, clinical-judgement, defer or not-indicated' },
    { name: 'reason', description: 'Code of what decided' },
    { name: 'rule', description: 'Rule of the kit' },
    { name: 'regimen', description: 'A regimen that may be given' },
    { name: 'doses', description: 'Number of doses' },
    { name: 'everyDays', description: 'Days between doses', unit: 'days' },
    { name: 'mg', description: 'Milligrams each time by drug; none where the table has none' },
    { name: 'notes', description: 'Codes' },
  ],
  *run({ people }) {
    const rows: TidyRow[] = [];
    yield* each(people, (person, i) => {
      const { decision, reason, rule, options, notes } = preventiveTreatment(person);
      const base = { id: labelOf(person, i), decision, reason, rule, notes: notes.join(' ') };
      if (options.length === 0) {
        rows.push({ ...base, regimen: null, doses: null, everyDays: null, mg: null });
      }
      for (const option of options) {
        rows.push({
          ...base,
          regimen: option.regimen,
          doses: option.course?.doses ?? null,
          everyDays: option.course?.everyDays ?? null,
          mg:
            option.doses
              ?.map(({ drug, mg, toMg }) => `${drug} ${mg === toMg ? '' : `${round(mg)}–`}${round(toMg)}`)
              .join(', ') ?? null,
        });
      }
    });
    return rows;
  },
});

const round = (mg: number) => Math.round(mg * 10) / 10;

/** Adherence and what a missed dose asks for. */
export const tbAdherenceModel = defineModel({
  name: 'tb-adherence',
  family: 'clinical',
  title: 'TB adherence: doses verified of doses due, and what missing asks for',
  input: z
    .object({
      courses: listOf(
        z
          .object({
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
          z.object({
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
    .object({
      cases: listOf(
        z.object({
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
          z.object({
            id: z.string('A result names its case.').describe('Label of the case'),
            date: isoDate('The specimen'),
            test: oneOf('Test', ['culture', 'smear']),
            result: oneOf('Result', ['positive', 'negative', 'contaminated', 'not-done']),
          }),
          'Results are a list.',
        )
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

export const tbModels = [
  tbRegimenModel,
  tbDosesModel,
  tbMonitoringModel,
  tbPreventiveModel,
  tbAdherenceModel,
  tbOutcomeModel,
] as const;
