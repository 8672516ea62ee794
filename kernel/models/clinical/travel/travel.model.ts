import { z } from 'zod';
import {
  ageYears,
  each,
  fewOf,
  isoDate,
  labelOf,
  listOf,
  number,
  oneOf,
  optional,
  rowId,
  yesNo,
} from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { preMigrationProgrammes, travelConditions } from './travel.table.ts';
import { fitnessToTravel, preMigrationAssessment } from './travel.ts';

const programmes = preMigrationProgrammes.map((row) => row.id) as [string, ...string[]];
const flag = (what: string) => optional(yesNo(what), what);

/** TB tests before migration. */
export const preMigrationModel = defineModel({
  name: 'pre-migration-tb',
  family: 'clinical',
  title: 'Pre-migration TB assessment: tests asked, validity of the certificate',
  input: z.strictObject({
    people: listOf(
      z.strictObject({
        id: rowId,
        programme: z.enum(programmes, `Programme is one of: ${programmes.join(', ')}.`).describe('Receiving programme'),
        ageYears,
        stayMonths: number('Stay', 'months', 0, 1200),
        incidencePer100000: number('TB incidence', 'per 100,000', 0, 100_000),
        pregnant: flag('Pregnant'),
        closeContact: flag('Close contact of a person with TB'),
        suspicion: flag('A symptom, finding, test or HIV makes TB possible'),
        clearedOn: optional(isoDate('The clear assessment'), 'Day of a clear assessment, YYYY-MM-DD'),
      }),
      'People',
    ),
  }),
  example: {
    people: [
      { id: 'a', programme: 'gb', ageYears: 9, stayMonths: 12, incidencePer100000: 120, clearedOn: '2024-05-01' },
    ],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'required', description: 'Whether an assessment is asked for' },
    { name: 'tests', description: 'Tests asked' },
    { name: 'instead', description: 'Choices in pregnancy instead of an X-ray' },
    { name: 'certificateUntil', description: 'Last day of the certificate' },
    { name: 'source', description: 'Where the rule comes from' },
  ],
  *run({ people }) {
    const rows: TidyRow[] = [];
    yield* each(people, (person, i) => {
      const { required, tests, instead, certificateUntil, source } = preMigrationAssessment(person);
      rows.push({
        id: labelOf(person, i),
        required,
        tests: tests.join(' '),
        instead: instead.join(' '),
        certificateUntil,
        source: source.source,
      });
    });
    return rows;
  },
});

/** Fitness to travel by air. */
export const travelModel = defineModel({
  name: 'fitness-to-travel',
  family: 'clinical',
  title: 'Fitness to travel by air: TB, pregnancy, needs, age of the check',
  input: z.strictObject({
    people: listOf(
      z.strictObject({
        id: rowId,
        infectiousTb: yesNo('Infectious TB'),
        resistant: flag('Resistant to rifampicin'),
        daysOfEffectiveTreatment: optional(
          number('Effective treatment', 'days', 0, 2000),
          'Days of effective treatment; left out, none',
        ),
        cultureConverted: flag('Culture converted'),
        pregnancyWeeks: optional(number('Pregnancy', 'weeks', 0, 45), 'Completed weeks of pregnancy'),
        multiplePregnancy: flag('More than one child'),
        unstable: flag('Unstable, no arrangement makes travel safe'),
        needs: optional(fewOf(oneOf('A need', travelConditions), 'Needs'), 'What the journey needs'),
        hoursSinceCheck: optional(number('Since the check', 'hours', 0, 10_000), 'Hours from the check to embarkation'),
      }),
      'People',
    ),
  }),
  example: {
    people: [
      { id: 'a', infectiousTb: true, daysOfEffectiveTreatment: 10 },
      { id: 'b', infectiousTb: false, pregnancyWeeks: 29, needs: ['wheelchair'], hoursSinceCheck: 20 },
    ],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'status', description: 'fit, fit-with-conditions, temporarily-unfit, unfit or check-again' },
    { name: 'reasons', description: 'Codes' },
    { name: 'conditions', description: 'What the journey needs' },
  ],
  *run({ people }) {
    const rows: TidyRow[] = [];
    yield* each(people, (person, i) => {
      const { status, reasons, conditions } = fitnessToTravel({
        ...person,
        tb: {
          infectious: person.infectiousTb,
          resistant: person.resistant ?? false,
          daysOfEffectiveTreatment: person.daysOfEffectiveTreatment ?? 0,
          cultureConverted: person.cultureConverted ?? false,
        },
      });
      rows.push({ id: labelOf(person, i), status, reasons: reasons.join(' '), conditions: conditions.join(' ') });
    });
    return rows;
  },
});
