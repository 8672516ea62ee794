import { z } from 'zod';
import { atMost, each, inParts, labelOf, number, oneOf, optional, rowId, yesNo } from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { daysPerMonth } from './growth.ts';
import { referenceScores, weightStatus } from './reference.ts';

const person = z.strictObject({
  id: rowId,
  sex: oneOf('Sex', ['male', 'female']),
  ageDays: number('Age', 'days', 0, 45_000),
  weightKg: optional(number('Weight', 'kg', 0.1, 400), 'Weight, kg'),
  heightCm: optional(number('Height', 'cm', 10, 250), 'Standing height, cm'),
  oedema: optional(yesNo('Oedema'), 'Bilateral pitting oedema'),
});

/** Growth z-scores from five to nineteen years, a row for each person and indicator. */
export const whoGrowthReferenceModel = defineModel({
  name: 'who-growth-reference',
  family: 'clinical',
  title: 'WHO growth reference z-scores from 5 to 19 years: height, weight to ten years, BMI',
  input: z.strictObject({
    people: z
      .array(person, 'Give the people as a list.')
      .min(1, 'Give at least one person.')
      .max(3_000_000, atMost(3_000_000, 'People', inParts))
      .describe('Children and adolescents of 5 to 19 years, one a row'),
  }),
  example: {
    people: [
      { id: 'a', sex: 'female', ageDays: 1836, weightKg: 18.7, heightCm: 113.8 },
      { id: 'b', sex: 'male', ageDays: 5113, weightKg: 38, heightCm: 158 },
    ],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'indicator', description: 'height-for-age, weight-for-age or bmi-for-age' },
    { name: 'value', description: 'The value scored', unit: 'cm, kg or kg/m²' },
    { name: 'z', description: 'z-score, two decimals', unit: 'SD' },
    { name: 'flagged', description: 'Biologically implausible: measure again' },
    { name: 'reason', description: 'Why there is no score' },
    {
      name: 'weightStatus',
      description: 'From BMI for age: severe-thinness, thinness, normal, overweight, obesity or not-assessed',
    },
  ],
  *run({ people }) {
    const rows: TidyRow[] = [];
    yield* each(people, (given, i) => {
      const scores = referenceScores({ ...given, ageMonths: given.ageDays / daysPerMonth });
      const status = weightStatus(scores);
      for (const score of scores) {
        if (score.reason !== 'not-measured') {
          rows.push({ id: labelOf(given, i), ...score, weightStatus: status });
        }
      }
    });
    return rows;
  },
});
