import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, isDay, yearsBetween } from './days.ts';
import {
  allocateMoney,
  amountText,
  convertMoney,
  divideRounded,
  money,
  multiplyMoney,
  parseMoney,
  parseRatio,
  percentOf,
  ratioOf,
  sumMoney,
} from './money.ts';

const currency = fc.constantFrom('THB', 'MMK', 'JPY', 'KWD', 'USD');

describe('money', () => {
  it('survives the wire, in every currency', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), currency, (minor, code) => {
        expect(parseMoney(amountText(money(minor, code)), code)).toEqual({ minor, currency: code });
      }),
    );
  });

  it.each([
    ['12.50', 'THB', 1250n],
    ['12.500', 'THB', 1250n],
    ['-0.05', 'USD', -5n],
    ['7', 'JPY', 7n],
    ['1.234', 'KWD', 1234n],
  ])('reads %s %s', (text, code, minor) => expect(parseMoney(text, code)?.minor).toBe(minor));

  it.each(['12.505', '1e3', '', ' 1', '1,000.00', '.5', 'NaN', '--1'])('does not read "%s" as baht', (text) =>
    expect(parseMoney(text, 'THB')).toBeUndefined(),
  );

  it('refuses to add two currencies', () => {
    expect(() => sumMoney([money(1n, 'THB'), money(1n, 'MMK')], 'THB')).toThrow(/two currencies/);
  });

  it('splits without losing a satang', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.array(fc.bigInt(0n, 1000n), { minLength: 1, maxLength: 12 }),
        (minor, weights) => {
          fc.pre(weights.some((weight) => weight > 0n));
          expect(sumMoney(allocateMoney(money(minor, 'THB'), weights), 'THB').minor).toBe(minor);
        },
      ),
    );
  });

  it('rounds as told', () => {
    expect(divideRounded(5n, 2n)).toBe(2n);
    expect(divideRounded(7n, 2n)).toBe(4n);
    expect(divideRounded(-5n, 2n, 'half-up')).toBe(-3n);
    expect(divideRounded(9n, 2n, 'down')).toBe(4n);
    expect(divideRounded(1n, 1000n, 'up')).toBe(1n);
  });

  it('takes a percentage exactly', () => {
    expect(percentOf(money(15_000_00n, 'THB'), 2.75).minor).toBe(412_50n);
    expect(ratioOf(1e-7)).toEqual({ numerator: 1n, denominator: 10_000_000n });
  });

  it('converts between currencies with different minor digits', () => {
    expect(convertMoney(money(1600_00n, 'THB'), parseRatio('0.03125')!, 'USD').minor).toBe(50_00n);
    expect(convertMoney(money(100n, 'USD'), parseRatio('150.5')!, 'JPY').minor).toBe(150n);
    expect(multiplyMoney(money(333n, 'THB'), parseRatio('1.5')!).minor).toBe(500n);
  });
});

describe('days', () => {
  it('counts months to the end of a shorter one', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  });

  it('knows which days exist', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2026-13-01')).toBe(false);
  });

  it('adds and subtracts days', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
        expect(daysBetween('2026-03-01', addDays('2026-03-01', days))).toBe(days);
      }),
    );
  });

  it('completes a year on the birthday', () => {
    expect(yearsBetween('2019-06-15', '2026-06-14')).toBe(6);
    expect(yearsBetween('2019-06-15', '2026-06-15')).toBe(7);
  });
});
