import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runModel } from '../../model.ts';
import { whoGrowthModel } from './growth.model.ts';
import {
  acuteMalnutrition,
  type GrowthIndicator,
  type GrowthInput,
  growthScores,
  lmsValue,
  lmsZScore,
} from './growth.ts';
import { lmsAt, type Sex } from './lms.ts';

const score = (input: GrowthInput, indicator: GrowthIndicator) =>
  growthScores(input).scores.find((row) => row.indicator === indicator)!;

// Figures published with the WHO's own implementation.
test.each<[string, GrowthInput, GrowthIndicator, number | null, boolean]>([
  [
    'boy 987 d, 72.86 cm lying',
    { sex: 'male', ageDays: 987, lengthHeightCm: 72.86, position: 'lying' },
    'length-height-for-age',
    -6.09,
    true,
  ],
  ['girl 1522 d, 17 kg', { sex: 'female', ageDays: 1522, weightKg: 17 }, 'weight-for-age', 0.24, false],
  [
    'girl of 24 months, 77.5 cm',
    { sex: 'female', ageDays: 24 * 30.4375, lengthHeightCm: 77.5 },
    'length-height-for-age',
    -2.55,
    false,
  ],
  [
    'boy 8 months "standing" is lying',
    { sex: 'male', ageDays: 8 * 30.4375, lengthHeightCm: 60, position: 'standing' },
    'length-height-for-age',
    -4.81,
    false,
  ],
  [
    'boy 9 months standing',
    { sex: 'male', ageDays: 9 * 30.4375, lengthHeightCm: 60, position: 'standing' },
    'length-height-for-age',
    -5.02,
    false,
  ],
  [
    'newborn boy',
    { sex: 'male', ageDays: 0, weightKg: 3.2, lengthHeightCm: 50 },
    'weight-for-length-height',
    -0.44,
    false,
  ],
  [
    'boy 30 d, thin',
    { sex: 'male', ageDays: 30, weightKg: 3.46, lengthHeightCm: 59.4 },
    'weight-for-length-height',
    -6.01,
    true,
  ],
  [
    'boy 30 d, thin, BMI',
    { sex: 'male', ageDays: 30, weightKg: 3.46, lengthHeightCm: 59.4 },
    'bmi-for-age',
    -4.27,
    false,
  ],
  [
    'boy 1461 d arm',
    { sex: 'male', ageDays: 1461, armCircumferenceCm: 16.2 },
    'arm-circumference-for-age',
    0.04,
    false,
  ],
  ['girl 1 d head', { sex: 'female', ageDays: 1, headCircumferenceCm: 35 }, 'head-circumference-for-age', 0.87, false],
  [
    'taller than the table',
    { sex: 'male', ageDays: 1826, weightKg: 27.43, lengthHeightCm: 123.1 },
    'weight-for-length-height',
    null,
    false,
  ],
  // no score, and why
  ['five years', { sex: 'male', ageDays: 1827, weightKg: 18 }, 'weight-for-age', null, false],
  [
    'arm before 91 days',
    { sex: 'male', ageDays: 90, armCircumferenceCm: 12 },
    'arm-circumference-for-age',
    null,
    false,
  ],
  ['oedema', { sex: 'male', ageDays: 600, weightKg: 10, oedema: true }, 'weight-for-age', null, false],
  ['weight not a number', { sex: 'male', ageDays: 600, weightKg: Number.NaN }, 'weight-for-age', null, false],
  ['weight zero', { sex: 'male', ageDays: 600, weightKg: 0 }, 'weight-for-age', null, false],
  ['age below zero', { sex: 'male', ageDays: -1, weightKg: 3 }, 'weight-for-age', null, false],
  ['age without end', { sex: 'male', ageDays: Number.POSITIVE_INFINITY, weightKg: 3 }, 'weight-for-age', null, false],
])('%s', (_, input, indicator, z, flagged) => {
  expect(score(input, indicator)).toMatchObject({ z, flagged });
});

test('lying and standing differ by 0.7 cm, on the right side of 731 days', () => {
  const at = (ageDays: number, position: 'lying' | 'standing') =>
    growthScores({ sex: 'male', ageDays, lengthHeightCm: 100, position }).lengthHeightCm;
  expect([at(730, 'standing'), at(730, 'lying'), at(731, 'standing'), at(731, 'lying')]).toEqual([
    100.7, 100, 100, 99.3,
  ]);
});

test('without an age, weight for size is still scored, by position or by size', () => {
  const lying = score({ sex: 'male', weightKg: 8, lengthHeightCm: 70, position: 'lying' }, 'weight-for-length-height');
  const unstated = score({ sex: 'male', weightKg: 8, lengthHeightCm: 70 }, 'weight-for-length-height');
  const standing = score(
    { sex: 'male', weightKg: 8, lengthHeightCm: 70, position: 'standing' },
    'weight-for-length-height',
  );
  expect(unstated.z).toBe(lying.z);
  expect(standing.z).toBeLessThan(lying.z!);
});

test.each([
  ['oedema', { oedema: true }, 'severe-acute-malnutrition'],
  ['arm 11.4', { armCircumferenceCm: 11.4 }, 'severe-acute-malnutrition'],
  ['arm 11.5', { armCircumferenceCm: 11.5 }, 'moderate-acute-malnutrition'],
  ['arm 12.5', { armCircumferenceCm: 12.5 }, 'no-acute-malnutrition'],
  ['thin', { weightKg: 7, lengthHeightCm: 77 }, 'severe-acute-malnutrition'],
  ['nothing measured', {}, 'not-assessed'],
] as const)('acute malnutrition: %s', (_, measured, expected) => {
  const input: GrowthInput = { sex: 'female', ageDays: 500, ...measured };
  expect(acuteMalnutrition(input, growthScores(input))).toBe(expected);
});

test('a z-score grows with the value and comes back from its own value', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Sex>('male', 'female'),
      fc.constantFrom('weight', 'bmi', 'head-circumference', 'length-height'),
      fc.integer({ min: 91, max: 1826 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (sex, table, day, z) => {
        const lms = lmsAt(table, sex, day)!;
        const value = lmsValue(z, lms);
        expect(lmsZScore(value, lms)).toBeCloseTo(z, 9);
        expect(lmsZScore(value * 1.5, lms)).toBeGreaterThan(lmsZScore(value * 1.4, lms));
        expect(lmsZScore(value * 0.5, lms)).toBeLessThan(lmsZScore(value * 0.6, lms));
      },
    ),
  );
});

test('beyond three SD the score goes on in straight steps', () => {
  const lms = lmsAt('weight', 'male', 700)!;
  const step = lmsValue(3, lms) - lmsValue(2, lms);
  expect(lmsZScore(lmsValue(3, lms) + 2 * step, lms)).toBeCloseTo(5, 9);
});

const published = join(import.meta.dirname, '../../../../../shared/data/who-growth');
test.skipIf(!existsSync(published)).each([
  ['length-height', 'lenanthro', 1],
  ['weight', 'weianthro', 1],
  ['bmi', 'bmianthro', 1],
  ['head-circumference', 'hcanthro', 1],
  ['arm-circumference', 'acanthro', 1],
  ['weight-for-length', 'wflanthro', 10],
  ['weight-for-height', 'wfhanthro', 10],
] as const)('every published value of %s', (table, file, perUnit) => {
  const lines = readFileSync(join(published, `${file}.txt`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  expect(lines.length).toBeGreaterThan(1000);
  for (const line of lines) {
    const [sex, at, l, m, s] = line.split('\t').map(Number);
    expect(lmsAt(table, sex === 1 ? 'male' : 'female', Math.round(at! * perUnit))).toEqual({ l, m, s });
  }
  expect(lmsAt(table, 'male', 5000)).toBeUndefined();
});

test('the door answers in sentences', () => {
  expect(runModel(whoGrowthModel, whoGrowthModel.example).map((row) => row.z)).toEqual([-6.09, 0.24]);
  const run = (child: unknown) => () => runModel(whoGrowthModel, { children: [child] } as any);
  expect(run({ sex: 'x' })).toThrow('children[0].sex: Sex is "male" or "female"');
  expect(run({ sex: 'male', weightKg: '12' })).toThrow('Give Weight in kg');
  expect(run({ sex: 'male', weightKg: 12000 })).toThrow('check the unit');
  expect(run({ sex: 'male', ageDays: Number.NaN })).toThrow('Give the age in days');
  expect(() => runModel(whoGrowthModel, { children: [] })).toThrow('at least one child');
});
