import fc from 'fast-check';
import { expect, test } from 'vitest';
import { screeningAccuracy } from './screening.table.ts';
import { screeningYield } from './screening-yield.ts';

test('any symptom among 100,000 people with 500 cases, worked by hand', () => {
  const result = screeningYield({ people: 100_000, prevalencePer100000: 500, first: 'any-symptom' });
  expect(result).toMatchObject({ withTb: 500, secondTests: 0 });
  expect(result.truePositive).toBeCloseTo(355, 9);
  expect(result.missed).toBeCloseTo(145, 9);
  // 355 + 99,500 × .36
  expect(result.screenPositive).toBeCloseTo(36_175, 6);
  expect(result.positivePredictiveValue).toBeCloseTo(355 / 36_175, 12);
});

test('in parallel sensitivity rises and specificity falls; positive first the other way', () => {
  const base = { people: 1000, prevalencePer100000: 1000, first: 'cough', second: 'cxr-any-abnormality' };
  const parallel = screeningYield({ ...base, combination: 'parallel' });
  const serial = screeningYield({ ...base, combination: 'sequential-positive' });
  expect(parallel.sensitivity).toBeCloseTo(1 - 0.49 * 0.06, 12);
  expect(parallel.specificity).toBeCloseTo(0.88 * 0.89, 12);
  expect(serial.sensitivity).toBeCloseTo(0.51 * 0.94, 12);
  expect(serial.specificity).toBeCloseTo(1 - 0.12 * 0.11, 12);
  // Ten with TB: 5.1 cough; 990 without: 118.8.
  expect(serial.secondTests).toBeCloseTo(5.1 + 118.8, 9);
  expect(screeningYield({ ...base, combination: 'sequential-negative' }).secondTests).toBeCloseTo(1000 - 123.9, 9);
});

test('nobody screened, no TB', () => {
  expect(screeningYield({ people: 0, prevalencePer100000: 500, first: 'w4ss' })).toMatchObject({
    positivePredictiveValue: null,
  });
  expect(screeningYield({ people: 100, prevalencePer100000: 0, first: 'w4ss' })).toMatchObject({
    diagnosedPerCase: null,
    missed: 0,
  });
});

test.each([
  [{ people: Number.NaN, prevalencePer100000: 1, first: 'cough' }],
  [{ people: -1, prevalencePer100000: 1, first: 'cough' }],
  [{ people: 1, prevalencePer100000: 100_001, first: 'cough' }],
  [{ people: 1, prevalencePer100000: 1, first: 'stethoscope' }],
])('%j is refused', (input) => {
  expect(() => screeningYield(input)).toThrow(RangeError);
});

test('everybody is counted once, whatever the algorithm', () => {
  const names = screeningAccuracy.map((row) => row.test);
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.option(fc.constantFrom(...names), { nil: undefined }),
      fc.constantFrom('parallel', 'sequential-positive', 'sequential-negative'),
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 0, max: 100_000 }),
      (first, second, combination, people, prevalencePer100000) => {
        const result = screeningYield({
          people,
          prevalencePer100000,
          first,
          second,
          combination: combination as 'parallel',
        });
        expect(result.truePositive + result.missed).toBeCloseTo(result.withTb, 6);
        expect(result.screenPositive).toBeLessThanOrEqual(people + 1e-6);
        expect(result.secondTests).toBeGreaterThanOrEqual(0);
        expect(result.secondTests).toBeLessThanOrEqual(people + 1e-6);
      },
    ),
  );
});
