import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, formatDay, monthsBetween, parseDay } from './calendar.ts';

test.each([
  ['1970-01-01', 0],
  ['2000-02-29', 11016],
  ['2024-12-31', 20088],
  ['1969-12-31', -1],
  ['0001-01-01', -719162],
])('%s is day %i', (iso, day) => {
  expect(parseDay(iso)).toBe(day);
  expect(formatDay(day)).toBe(iso);
});

test.each([
  '2023-02-29',
  '2023-13-01',
  '2023-00-10',
  '2023-04-31',
  '2023-4-1',
  '',
  'x',
  '2023-04-01T00:00',
  '1900-02-29',
])('%j is no day', (iso) => {
  expect(parseDay(iso)).toBeNaN();
});

test.each([
  ['2024-01-31', 1, '2024-02-29'],
  ['2023-01-31', 1, '2023-02-28'],
  ['2024-03-31', -1, '2024-02-29'],
  ['2023-11-15', 14, '2025-01-15'],
  ['2024-02-29', 12, '2025-02-28'],
])('%s and %i months: %s', (iso, months, expected) => {
  expect(formatDay(addMonths(parseDay(iso), months))).toBe(expected);
});

test('agrees with the platform calendar over eight centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -135_000, max: 160_000 }), (day) => {
      const iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
      expect(formatDay(day)).toBe(iso);
      expect(parseDay(iso)).toBe(day);
    }),
  );
});

test('months between are those that fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 20_000 }), (from, length) => {
      const months = monthsBetween(from, from + length);
      expect(addMonths(from, months)).toBeLessThanOrEqual(from + length);
      expect(addMonths(from, months + 1)).toBeGreaterThan(from + length);
    }),
  );
});
