import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growthScores } from './growth.ts';
import { lmsRow } from './lms.ts';
import { encodedReference } from './reference.generated.ts';
import { type ReferenceInput, referenceScores, weightStatus } from './reference.ts';

const zOf = (input: ReferenceInput) => referenceScores(input).map(({ z }) => z);

// Figures of the tests of the WHO's own implementation (anthroplus), at ages between two months.
test.each<[number, number, number, (number | null)[]]>([
  [60.32, 113.8, 18.7, [0.96, 0.21, -0.58]],
  [60.911701, 113.6, 20.5, [0.85, 0.79, 0.42]],
])('girl of %f months, %f cm, %f kg', (ageMonths, heightCm, weightKg, z) => {
  expect(zOf({ sex: 'female', ageMonths, heightCm, weightKg })).toEqual(z);
});

test('the ends of the tables are the published rows', () => {
  const row = (table: keyof typeof encodedReference, sex: 'male' | 'female', month: number) =>
    lmsRow(encodedReference[table][sex], month);
  expect(row('height', 'male', 60)).toEqual({ l: 1, m: 109.7265, s: 0.04156 });
  expect(row('height', 'female', 229)).toEqual({ l: 1, m: 163.1548, s: 0.04009 });
  expect(row('weight', 'male', 121)).toEqual({ l: -0.6764, m: 31.1586, s: 0.16305 });
  expect(row('weight', 'female', 60)).toEqual({ l: -0.465, m: 18.0823, s: 0.1424 });
  expect(row('bmi', 'male', 61)).toEqual({ l: -0.7387, m: 15.2641, s: 0.0839 });
  expect(row('bmi', 'female', 229)).toEqual({ l: -0.7496, m: 21.4269, s: 0.14441 });
  expect(row('bmi', 'female', 230)).toBeUndefined();
  expect(row('weight', 'female', 59)).toBeUndefined();
});

test('ages have their ends, both included: ten years for weight, nineteen for the others', () => {
  const known = (ageMonths: number) =>
    referenceScores({ sex: 'male', ageMonths, heightCm: 140, weightKg: 30 }).map(({ reason }) => reason === null);
  expect([59.99, 60, 120, 120.1, 228, 228.1].map(known)).toEqual([
    [false, false, false],
    [true, true, true],
    [true, true, true],
    [true, false, true],
    [true, false, true],
    [false, false, false],
  ]);
});

test('with oedema only height is scored; what was not measured is said', () => {
  const { sex, ageMonths } = { sex: 'male', ageMonths: 100 } as const;
  expect(referenceScores({ sex, ageMonths, heightCm: 130, weightKg: 30, oedema: true }).map((s) => s.reason)).toEqual([
    null,
    'oedema',
    'oedema',
  ]);
  expect(referenceScores({ sex, ageMonths, weightKg: 30 }).map((s) => s.reason)).toEqual([
    'not-measured',
    null,
    'not-measured',
  ]);
});

test('the medians score nothing, more is more, at any age between', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('male' as const, 'female' as const),
      fc.double({ min: 60, max: 228, noNaN: true }),
      fc.double({ min: 60, max: 220, noNaN: true }),
      (sex, ageMonths, heightCm) => {
        const z = (size: number) => zOf({ sex, ageMonths, heightCm: size })[0]!;
        expect(z(heightCm + 1)).toBeGreaterThan(z(heightCm));
      },
    ),
  );
  const median = lmsRow(encodedReference.bmi.female, 150)!.m;
  expect(zOf({ sex: 'female', ageMonths: 150, heightCm: 150, weightKg: median * 2.25 })[2]).toBe(0);
});

test('at five years it goes on where the standards for the first five years end', () => {
  for (const sex of ['male', 'female'] as const) {
    const young = growthScores({ sex, ageDays: 1825, lengthHeightCm: 105, weightKg: 17, position: 'standing' }).scores;
    const [height, weight, bmi] = zOf({ sex, ageMonths: 60, heightCm: 105, weightKg: 17 });
    const z = (indicator: string) => young.find((score) => score.indicator === indicator)!.z!;
    expect(Math.abs(height! - z('length-height-for-age'))).toBeLessThan(0.15);
    expect(Math.abs(weight! - z('weight-for-age'))).toBeLessThan(0.15);
    expect(Math.abs(bmi! - z('bmi-for-age'))).toBeLessThan(0.15);
  }
});

test.each([
  [-3.01, 'severe-thinness'],
  [-3, 'thinness'],
  [-2, 'normal'],
  [1, 'normal'],
  [1.01, 'overweight'],
  [2, 'overweight'],
  [2.01, 'obesity'],
  [5.01, 'not-assessed'],
  [null, 'not-assessed'],
] as const)('a BMI score of %s is %s', (z, status) => {
  const flagged = z !== null && z > 5;
  expect(weightStatus([{ indicator: 'bmi-for-age', value: 20, z, flagged, reason: null }])).toBe(status);
});
