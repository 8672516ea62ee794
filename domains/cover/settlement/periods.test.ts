import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthsInsured, totalised } from './periods.ts';

describe('insured periods of two countries', () => {
  const period = (country: string, from: string, to: string) => ({ country, schemeId: 's', from, to });
  test('a day insured in both counts once, for the country that counts', () => {
    expect(
      totalised('TH', [
        period('MM', '2026-01-01', '2026-03-31'),
        period('TH', '2026-03-01', '2026-05-31'),
        period('MM', '2026-05-15', '2026-06-30'),
      ]),
    ).toEqual([
      { country: 'MM', from: '2026-01-01', to: '2026-02-28' },
      { country: 'TH', from: '2026-03-01', to: '2026-05-31' },
      { country: 'MM', from: '2026-06-01', to: '2026-06-30' },
    ]);
  });
  test('nothing outside the days that are asked about', () => {
    const within = { from: '2026-02-01', to: '2026-02-28' };
    expect(totalised('TH', [period('MM', '2026-01-01', '2026-03-31')], within)).toEqual([{ country: 'MM', ...within }]);
  });
  test.each([
    // Three months of contributions in the fifteen before (DOMAIN F.2).
    ['2026-06-10', 15, 5],
    ['2026-06-10', 3, 2],
    ['2025-12-10', 15, 0],
  ])('months insured on %s within %s', (on, within, expected) => {
    expect(monthsInsured([{ from: '2026-01-15', to: '2026-05-02' }], on, within)).toBe(expected);
  });
  test('no day is counted twice and none is lost', () => {
    const at = fc.integer({ min: 0, max: 60 });
    const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('TH', 'MM', 'LA'), at, at)), (given) => {
        const periods = given.map(([country, a, b]) => period(country, day(Math.min(a, b)), day(Math.max(a, b))));
        const counted = totalised('TH', periods);
        for (let n = 0; n <= 60; n++) {
          const covers = (each: { from: string; to: string }) => each.from <= day(n) && day(n) <= each.to;
          expect(counted.filter(covers)).toHaveLength(periods.some(covers) ? 1 : 0);
        }
      }),
    );
  });
});
