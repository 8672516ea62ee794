import { z } from 'zod';
import { ageYears, each, labelOf, listOf, number, oneOf, optional, rowId, yesNo } from '../fields.ts';
import { defineModel, type TidyRow } from '../model.ts';
import { screeningAccuracy, screeningGroups, type TbSymptom, tbSymptoms } from './screening.table.ts';
import { screeningGroup, screenTb } from './screening.ts';
import { screeningYield } from './screening-yield.ts';

const algorithms = [...new Set(screeningGroups.flatMap((group) => group.algorithms.map((row) => row.id)))];

const person = z
  .strictObject({
    id: rowId,
    ageYears,
    hivStatus: oneOf('HIV status', ['positive', 'negative', 'unknown']),
    closeContact: optional(yesNo('Close contact of a person with TB'), 'Close contact of a person with TB'),
    ...(Object.fromEntries(
      tbSymptoms.map((symptom) => [
        symptom,
        optional(
          yesNo(symptom),
          `Current ${symptom.replaceAll('-', ' ')}; left out, not asked, which never counts as no`,
        ),
      ]),
    ) as Record<TbSymptom, ReturnType<typeof optional<z.ZodBoolean>>>),
    chestXray: optional(
      oneOf('Chest X-ray', ['normal', 'abnormal', 'suggestive', 'not-done']),
      'Chest X-ray; suggestive of TB counts as abnormal',
    ),
    crpMgPerL: optional(number('C-reactive protein', 'mg/L', 0, 1000), 'C-reactive protein, mg/L'),
    mwrd: optional(oneOf('mWRD', ['positive', 'negative', 'invalid', 'not-done']), 'Rapid molecular test'),
    inpatient: optional(yesNo('In-patient'), 'Admitted to a ward'),
    tbPrevalencePercent: optional(number('TB prevalence', '%', 0, 100), 'TB prevalence in the setting, percent'),
    algorithm: optional(
      z.enum(algorithms as [string, ...string[]], `Algorithm is one of: ${algorithms.join(', ')}.`),
      'Algorithm; left out, the preferred one of the group for the tests at hand',
    ),
  })
  .refine(
    (row) =>
      row.algorithm === undefined ||
      screeningGroup(row.ageYears, row.hivStatus).algorithms.some((allowed) => allowed.id === row.algorithm),
    { path: ['algorithm'], error: 'This algorithm is not allowed for this age and HIV status.' },
  );

/** TB symptom screening, a row for each person. */
export const tbScreeningModel = defineModel({
  name: 'tb-screening',
  family: 'clinical',
  title: 'TB screening by the WHO algorithms: symptoms, X-ray, CRP, rapid test',
  input: z.strictObject({ people: listOf(person, 'People screened') }),
  example: {
    people: [
      { id: 'a', ageYears: 34, hivStatus: 'negative', cough: true },
      {
        id: 'b',
        ageYears: 28,
        hivStatus: 'positive',
        cough: false,
        fever: false,
        'weight-loss': false,
        'night-sweats': false,
        crpMgPerL: 5,
      },
      { id: 'c', ageYears: 6, hivStatus: 'unknown', closeContact: true, cough: false, fever: false },
    ],
  },
  columns: [
    { name: 'id', description: "The person's label, or the row number" },
    { name: 'result', description: 'positive, negative, inconclusive or incomplete' },
    { name: 'group', description: 'Screening group' },
    { name: 'algorithm', description: 'Algorithm used' },
    { name: 'reasons', description: 'What decided, or what is unanswered; codes' },
    { name: 'nextStep', description: 'What to do next; a code' },
  ],
  *run({ people }) {
    const rows: TidyRow[] = [];
    yield* each(people, (person, i) => {
      const symptoms = Object.fromEntries(
        tbSymptoms.flatMap((symptom) => (person[symptom] === undefined ? [] : [[symptom, person[symptom]]])),
      );
      const { result, group, algorithm, reasons, nextStep } = screenTb({
        ...dropUndefined(person),
        symptoms,
      });
      rows.push({ id: labelOf(person, i), result, group, algorithm, reasons: reasons.join(' '), nextStep });
    });
    return rows;
  },
});

function dropUndefined<Row extends object>(row: Row): { [Key in keyof Row]: Exclude<Row[Key], undefined> } {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as never;
}

const testNames = screeningAccuracy.map((row) => row.test) as [string, ...string[]];
const testName = z.enum(testNames, `A test is one of: ${testNames.join(', ')}.`);

/** What screening algorithms can be expected to find. */
export const screeningYieldModel = defineModel({
  name: 'tb-screening-yield',
  family: 'clinical',
  title: 'TB screening yield: cases found and missed, people sent to diagnosis, by algorithm',
  input: z.strictObject({
    plans: listOf(
      z.strictObject({
        id: rowId,
        people: number('People to be screened', 'people', 0, 1e10),
        prevalencePer100000: number('TB prevalence', 'per 100,000', 0, 100_000),
        first: testName.describe('First test'),
        second: optional(testName, 'Second test'),
        combination: optional(
          oneOf('Combination', ['parallel', 'sequential-positive', 'sequential-negative']),
          'How two tests combine; left out, parallel',
        ),
      }),
      'Plans to compare',
      100_000,
    ),
  }),
  example: {
    plans: [
      { id: 'symptoms', people: 10_000, prevalencePer100000: 500, first: 'any-symptom' },
      {
        id: 'symptoms or X-ray',
        people: 10_000,
        prevalencePer100000: 500,
        first: 'any-symptom',
        second: 'cxr-any-abnormality',
        combination: 'parallel',
      },
      {
        id: 'cough, then X-ray',
        people: 10_000,
        prevalencePer100000: 500,
        first: 'cough',
        second: 'cxr-any-abnormality',
        combination: 'sequential-positive',
      },
    ],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'sensitivity', description: 'Share of people with TB the algorithm finds' },
    { name: 'specificity', description: 'Share of people without TB it clears' },
    { name: 'withTb', description: 'People with TB', unit: 'people' },
    { name: 'truePositive', description: 'Found', unit: 'people' },
    { name: 'missed', description: 'Not found', unit: 'people' },
    { name: 'screenPositive', description: 'Sent to diagnosis', unit: 'people' },
    { name: 'positivePredictiveValue', description: 'Share of those sent who have TB' },
    { name: 'diagnosedPerCase', description: 'Sent to diagnosis for one found', unit: 'people' },
    { name: 'secondTests', description: 'People who need the second test', unit: 'people' },
  ],
  *run({ plans }) {
    const rows: TidyRow[] = [];
    yield* each(plans, (plan, i) => {
      rows.push({ id: labelOf(plan, i), ...screeningYield(plan) });
    });
    return rows;
  },
});
