import { z } from 'zod';
import { atMost, inParts } from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { acuteMalnutrition, growthScores } from './growth.ts';

const size = (what: string, unit: string, highest: number) =>
  z
    .number(`Give ${what} in ${unit}, or leave it out.`)
    .positive(`${what} must be above 0 ${unit}.`)
    .max(highest, `${what} above ${highest} ${unit} is no child's; check the unit.`)
    .nullish()
    .describe(`${what}, ${unit}`);

const child = z.strictObject({
  id: z.string().nullish().describe('A label to find the row again; not a name'),
  sex: z.enum(['male', 'female'], 'Sex is "male" or "female": the standards have no other curve.').describe('Sex'),
  ageDays: z
    .number('Give the age in days (months × 30.4375), or leave it out.')
    .min(0, 'Age in days cannot be below 0.')
    .max(45_000, 'Age in days above 45000 is over a hundred years; check the unit.')
    .nullish()
    .describe('Age, days'),
  weightKg: size('Weight', 'kg', 200),
  lengthHeightCm: size('Length or height', 'cm', 250),
  position: z
    .enum(['lying', 'standing'], 'Position is "lying" or "standing".')
    .nullish()
    .describe('How length or height was measured; left out, by age'),
  headCircumferenceCm: size('Head circumference', 'cm', 100),
  armCircumferenceCm: size('Mid-upper arm circumference', 'cm', 100),
  oedema: z.boolean('Oedema is true or false.').nullish().describe('Bilateral pitting oedema'),
});

/** Growth z-scores, a row for each child and indicator. */
export const whoGrowthModel = defineModel({
  name: 'who-growth',
  family: 'clinical',
  title: 'WHO child growth z-scores: length, weight, BMI, head and arm circumference under five',
  input: z.strictObject({
    children: z
      .array(child, 'Give the children as a list.')
      .min(1, 'Give at least one child.')
      .max(10_000_000, atMost(10_000_000, 'Children', inParts))
      .describe('Children under five, one a row'),
  }),
  example: {
    children: [
      { id: 'a', sex: 'male', ageDays: 987, lengthHeightCm: 72.86, position: 'lying' },
      { id: 'b', sex: 'female', ageDays: 1522, weightKg: 17 },
    ],
  },
  columns: [
    { name: 'id', description: "The child's label, or the row number" },
    { name: 'indicator', description: 'What is scored' },
    { name: 'value', description: 'The value scored, after the lying/standing correction', unit: 'kg, cm or kg/m²' },
    { name: 'z', description: 'z-score, two decimals', unit: 'SD' },
    { name: 'flagged', description: 'Biologically implausible: measure again' },
    { name: 'reason', description: 'Why there is no score' },
    { name: 'acuteMalnutrition', description: 'From weight-for-length/height, arm circumference and oedema' },
  ],
  *run({ children }) {
    const rows: TidyRow[] = [];
    for (const [i, { id, ...given }] of children.entries()) {
      const input = {
        sex: given.sex,
        ageDays: given.ageDays ?? undefined,
        weightKg: given.weightKg ?? undefined,
        lengthHeightCm: given.lengthHeightCm ?? undefined,
        position: given.position ?? undefined,
        headCircumferenceCm: given.headCircumferenceCm ?? undefined,
        armCircumferenceCm: given.armCircumferenceCm ?? undefined,
        oedema: given.oedema ?? undefined,
      };
      const result = growthScores(input);
      const malnutrition = acuteMalnutrition(input, result);
      for (const score of result.scores) {
        if (score.reason !== 'not-measured') {
          rows.push({ id: id ?? `${i + 1}`, ...score, acuteMalnutrition: malnutrition });
        }
      }
      if (i % 1000 === 999) {
        yield (i + 1) / children.length;
      }
    }
    return rows;
  },
});
