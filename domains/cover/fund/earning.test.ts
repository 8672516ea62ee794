import { addDays, isDay } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysByMonth, earnedBy, lastOfMonth } from './earning.ts';

test('a year of 1,600 baht from 15 January is earned by its days', () => {
  const earning = { from: '2026-01-15', to: '2027-01-14', contribution: money(160000, 'THB') };
  expect(daysByMonth(earning.from, earning.to).map(({ days }) => days)).toEqual([
    17, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 14,
  ]);
  expect(earnedBy(earning, '2025-12-31')).toBe(0n);
  // 160,000 × 17 / 365 = 7,452.05; × 45 / 365 = 19,726.03.
  expect(earnedBy(earning, '2026-01-31')).toBe(7452n);
  expect(earnedBy(earning, '2026-02-28')).toBe(19726n);
  expect(earnedBy(earning, '2027-01-31')).toBe(160000n);
});

test('cover that ended before it began is earned at once, whatever was kept of it', () => {
  expect(earnedBy({ from: '2026-03-10', to: '2026-03-09', contribution: money(500, 'THB') }, '2026-03-31')).toBe(500n);
});

test('months never fall, stay within the contribution and add up to it to the last satang', () => {
  const days = fc.integer({ min: 0, max: 900 });
  fc.assert(
    fc.property(days, days, fc.bigInt(0n, 10n ** 9n), (start, length, minor) => {
      const from = addDays('2025-01-01', start);
      const earning = { from, to: addDays(from, length), contribution: money(minor, 'THB') };
      let before = 0n;
      for (let month = lastOfMonth(from); ; month = lastOfMonth(addDays(month, 1))) {
        expect(isDay(month)).toBe(true);
        const earned = earnedBy(earning, month);
        expect(earned >= before && earned <= minor).toBe(true);
        before = earned;
        if (month >= earning.to) {
          expect(earned).toBe(minor);
          break;
        }
      }
    }),
    { numRuns: 200 },
  );
});
