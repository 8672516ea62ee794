import { dayOf } from '@serai/kernel/base/days.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benefits, decide, line } from '../../../tests/conformance/claims/case.ts';
import { sum } from '../../../tests/conformance/claims/oracle-numbers.ts';
import { days } from '../../../tests/conformance/claims/oracle-time.ts';
import { earnedPremium, periodOf, relativePrices, valuated } from './relative.ts';

const june = { from: '2026-06-01', to: '2026-06-30' };

describe('the index', () => {
  const lines = [
    { claimId: 'a', line: 1, nominalMinor: 10_000_000n },
    { claimId: 'b', line: 1, nominalMinor: 6_000_000n },
  ];

  test('a fund of 120,000 and claims worth 160,000 make 0.75', () => {
    const prices = relativePrices({ earnedMinor: 12_000_000n, sharePercent: 100, currency: 'THB', lines });
    expect(prices).toMatchObject({ fundMinor: 12_000_000n, nominalMinor: 16_000_000n, index: '0.75' });
    expect(prices.lines.map((each) => each.paidMinor)).toEqual([7_500_000n, 4_500_000n]);
  });

  test.each([
    ['the share of what was earned', 15_000_000n, 80, '0.75'],
    ['as much as is needed', 16_000_000n, 100, '1'],
    ['more than is needed: never above one', 99_000_000n, 100, '1'],
    ['nothing earned', 0n, 80, '0'],
    ['a third', 16_000_000n, 33.3, '0.333'],
  ])('%s', (_, earnedMinor, sharePercent, index) => {
    expect(relativePrices({ earnedMinor, sharePercent, currency: 'THB', lines }).index).toBe(index);
  });

  test('the odd satang goes to the first claim and line, whatever order they come in', () => {
    const equal = [
      { claimId: 'b', line: 1, nominalMinor: 10n },
      { claimId: 'a', line: 10, nominalMinor: 10n },
      { claimId: 'a', line: 2, nominalMinor: 10n },
    ];
    const { lines: priced } = relativePrices({ earnedMinor: 20n, sharePercent: 100, currency: 'THB', lines: equal });
    expect(priced.map((each) => [each.claimId, each.line, each.paidMinor])).toEqual([
      ['a', 2, 7n],
      ['a', 10, 7n],
      ['b', 1, 6n],
    ]);
  });

  test('a fund or a price below zero is nobody’s', () => {
    const of = { sharePercent: 100, currency: 'THB' };
    expect(() => relativePrices({ ...of, earnedMinor: -1n, lines })).toThrow('not below zero');
    const below = [...lines, { claimId: 'c', line: 1, nominalMinor: -1n }];
    expect(() => relativePrices({ ...of, earnedMinor: 1n, lines: below })).toThrow('not below zero');
  });

  test('what is paid never exceeds the fund, nor a line its nominal value; a short fund is handed out to the last satang', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 1000 }),
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 7n }), { minLength: 1, maxLength: 40 }),
        (earnedMinor, tenths, nominals) => {
          const given = nominals.map((nominalMinor, i) => ({ claimId: `c${i % 7}`, line: i, nominalMinor }));
          const of = { earnedMinor, sharePercent: tenths / 10, currency: 'THB' };
          const prices = relativePrices({ ...of, lines: given });
          const paid = prices.lines.reduce((sum, each) => sum + each.paidMinor, 0n);
          expect(prices.fundMinor * 1000n <= earnedMinor * BigInt(tenths)).toBe(true);
          expect(paid).toBe(prices.nominalMinor < prices.fundMinor ? prices.nominalMinor : prices.fundMinor);
          expect(prices.lines.every((each) => each.paidMinor <= each.nominalMinor)).toBe(true);
          expect(relativePrices({ ...of, lines: given.toReversed() })).toEqual(prices);
        },
      ),
    );
  });
});

describe('earned premium', () => {
  test.each([
    ['a year, one month of it', '2026-01-01', '2026-12-31', 36500n, 3000n],
    ['from the middle of the month', '2026-06-16', '2027-06-15', 36500n, 1500n],
    ['to its middle', '2025-06-16', '2026-06-15', 36500n, 1500n],
    ['within the month', '2026-06-10', '2026-06-12', 900n, 900n],
    ['before it', '2025-01-01', '2026-05-31', 900n, 0n],
    ['after it', '2026-07-01', '2026-12-31', 900n, 0n],
    ['rounded down', '2026-06-30', '2026-07-02', 100n, 33n],
  ])('%s', (_, from, to, premiumMinor, expected) => {
    expect(earnedPremium([{ premiumMinor, from, to }], june)).toBe(expected);
  });

  test('is added before it is rounded', () => {
    const third = { premiumMinor: 100n, from: '2026-06-30', to: '2026-07-02' };
    expect(earnedPremium([third, third, third], june)).toBe(100n);
  });

  test('is what counting day by day comes to, of many policies, never a satang more', () => {
    const policies = fc.array(
      fc.record({ premium: fc.nat(10_000_000), first: fc.integer({ min: 0, max: 400 }), length: fc.nat(400) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(policies, (drawn) => {
        const start = days('2025-05-20');
        const dated = drawn.map(({ premium, first, length }) => ({
          premiumMinor: BigInt(premium),
          from: dayOf(start + first),
          to: dayOf(start + first + length),
        }));
        const parts = dated.map(({ premiumMinor, from, to }) => {
          let inJune = 0n;
          for (let at = days(from); at <= days(to); at++) {
            inJune += dayOf(at).startsWith('2026-06') ? 1n : 0n;
          }
          return { over: premiumMinor * inJune, under: BigInt(days(to) - days(from) + 1) };
        });
        const exact = sum(parts);
        expect(earnedPremium(dated, june)).toBe(exact.over / exact.under);
      }),
    );
  });

  test('over all periods is the premium', () => {
    const policy = { premiumMinor: 160_000n, from: '2026-03-15', to: '2027-03-14' };
    const months = Array.from({ length: 14 }, (_, i) =>
      periodOf('month', `${2026 + Math.floor((i + 2) / 12)}-${String(((i + 2) % 12) + 1).padStart(2, '0')}-15`),
    );
    const sum = months.reduce((total, month) => total + earnedPremium([policy], month), 0n);
    expect(sum <= 160_000n && sum > 160_000n - 14n).toBe(true);
  });
});

test.each([
  ['month', '2026-02-14', '2026-02-01', '2026-02-28'],
  ['quarter', '2026-01-01', '2026-01-01', '2026-03-31'],
  ['quarter', '2026-06-30', '2026-04-01', '2026-06-30'],
  ['quarter', '2026-12-31', '2026-10-01', '2026-12-31'],
  ['year', '2028-02-29', '2028-01-01', '2028-12-31'],
] as const)('the %s of %s', (length, day, from, to) => {
  expect(periodOf(length, day)).toEqual({ from, to });
});

describe('a claim with relative lines', () => {
  const rules = {
    benefits: [...benefits({ covers: ['drug'], price: 'relative' }), { ...benefits({})[0]!, id: 'rest' }],
    relative: { period: 'month' as const, sharePercent: 80 },
  };
  const decided = decide({ scheme: rules, claim: { lines: [line(), line({ line: 2, kind: 'item', code: 'drug' })] } });

  test('is valuated with the index, and the member pays no more for it', () => {
    const done = valuated(decided, new Map([[2, 7500n]]));
    expect(done).toMatchObject({ status: 'valuated', adjustedMinor: 17500n, paidMinor: 17500n, allowedMinor: 20000n });
    expect(done.lines[1]).toMatchObject({ paidMinor: 7500n, adjustedMinor: 7500n, memberPaysMinor: 0n });
  });

  test('may be paid its nominal value', () => {
    expect(valuated(decided, new Map([[2, 10000n]]))).toEqual({ ...decided, status: 'valuated' });
  });

  test('a line that is not relative keeps its own price, a rejected claim its state', () => {
    const prices = new Map([
      [1, 1n],
      [2, 7500n],
    ]);
    expect(valuated(decided, prices).lines[0]!.paidMinor).toBe(10000n);
    const lines = [line({ kind: 'item', code: 'drug' })];
    const rejected = decide({ scheme: rules, claim: { lines }, review: [{ line: 1, rejected: true }] });
    expect(valuated(rejected, new Map())).toEqual(rejected);
  });

  test('is not without a price for each, nor above the nominal', () => {
    expect(() => valuated(decided, new Map())).toThrow('every relative line has its price');
    expect(() => valuated(decided, new Map([[2, 10001n]]))).toThrow('every relative line has its price');
  });
});
