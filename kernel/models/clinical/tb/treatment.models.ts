import { z } from 'zod';
import {
  ageYears,
  each,
  fewOf,
  labelOf,
  listOf,
  number,
  oneOf,
  optional,
  rowId,
  weightKg,
  yesNo,
} from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { dosedRegimens, tbDoses } from './doses.ts';
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
  input: z.strictObject({
    cases: listOf(
      z.strictObject({
        id: rowId,
        rifampicin: oneOf('Rifampicin', susceptibility),
        isoniazid: dst('Isoniazid'),
        fluoroquinolone: dst('Fluoroquinolones'),
        ageYears: optional(ageYears, 'Age, years; fractions allowed'),
        weightKg: optional(weightKg, 'Weight, kg'),
        sex: optional(oneOf('Sex', ['male', 'female', 'other']), 'Sex'),
        pulmonary: flag('Pulmonary disease'),
        extrapulmonaryForms: optional(
          fewOf(oneOf('Extrapulmonary form', extrapulmonaryForms), 'Extrapulmonary forms'),
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
      200_000,
    ),
    editions: fewOf(z.enum(['2022', '2025'], 'An edition is "2022" or "2025".'), 'Editions', 2)
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
  input: z.strictObject({
    people: listOf(
      z.strictObject({
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

/** TB preventive treatment. */
export const tbPreventiveModel = defineModel({
  name: 'tb-preventive',
  family: 'clinical',
  title: 'TB preventive treatment: eligibility, regimens, doses',
  input: z.strictObject({
    people: listOf(
      z.strictObject({
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
          fewOf(oneOf('Resistance of the index case', indexResistanceTypes), 'Types of resistance'),
          'Every type known of the index case; left out, drug-susceptible',
        ),
        allergies: optional(
          fewOf(oneOf('Allergy', preventiveAllergies), 'Allergies'),
          'Allergy to, or contraindication of',
        ),
      }),
      'People considered',
      500_000,
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
