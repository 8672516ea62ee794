import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertMoney, money } from '../base/money.ts';
import { type DirectedRate, directed, exchangeTransfers, type Rate, ratioText, revalue } from './exchange.ts';
import { apply, openLedger, trialBalanceOf } from './ledger.ts';
import type { Account } from './types.ts';

const rate = (value: string, day = '2026-03-01'): Rate => ({
  from: 'USD',
  to: 'THB',
  value,
  source: 'Bank of Thailand',
  at: `${day}T00:00:00.000Z`,
});
const asDirected = (value: string): DirectedRate => directed(rate(value), 'USD', 'THB')!;

describe('a rate', () => {
  test('is read either way round, exactly, and not between other currencies', () => {
    expect(directed(rate('36.5'), 'USD', 'THB')?.ratio).toEqual({ numerator: 365n, denominator: 10n });
    expect(directed(rate('36.5'), 'THB', 'USD')?.ratio).toEqual({ numerator: 10n, denominator: 365n });
    expect(directed(rate('36.5'), 'USD', 'MMK')).toBeUndefined();
    for (const value of ['0', '-1', 'many', '']) {
      expect(directed(rate(value), 'USD', 'THB'), value).toBeUndefined();
    }
    expect(ratioText({ numerator: 365n, denominator: 10n })).toBe('36.5');
    expect(ratioText({ numerator: 1n, denominator: 3n })).toBe('0.333333333333');
    expect(ratioText({ numerator: 100n, denominator: 1n })).toBe('100');
  });
});

test('an exchange is two linked transfers, each balanced in its own currency, or none', () => {
  const account = (id: string, currency: string, more: object = {}): Account => ({
    id,
    currency,
    code: 'cash',
    normal: 'debit',
    ...more,
  });
  const state = openLedger([
    account('usd', 'USD', { neverNegative: true }),
    account('thb', 'THB'),
    account('x-usd', 'USD'),
    account('x-thb', 'THB'),
    account('capital', 'USD'),
  ]);
  const of = (given: bigint) =>
    exchangeTransfers({
      id: 'e',
      given: money(given, 'USD'),
      from: 'usd',
      to: 'thb',
      exchangeOfGiven: 'x-usd',
      exchangeOfGot: 'x-thb',
      currency: 'THB',
      rate: asDirected('36.4567'),
      valueDay: '2026-03-01',
      reference: 'Bank/7',
    });
  const at = '2026-03-01T09:00:00Z';
  const poor = apply(state, of(1000n), at);
  expect(poor.answers.map((each) => each.answer)).toEqual(['refused', 'refused']);
  const paidIn = { ...of(1n)[0], id: 'in', debit: 'usd', credit: 'capital', amount: money(5000, 'USD'), linked: false };
  const rich = apply(apply(state, [paidIn], at).state, of(1000n), at);
  expect(rich.answers.map((each) => each.answer)).toEqual(['posted', 'posted']);
  // 10.00 dollars at 36.4567 are 364.567 baht: half to even at the last satang.
  expect(rich.state.balances.get('thb')?.debitsPosted).toBe(36457n);
  expect([...trialBalanceOf(rich.state).values()]).toEqual([0n, 0n]);
});

describe('revaluation', () => {
  const exposure = { currency: 'USD', base: 'THB', balanceBefore: 0n, valueBefore: 0n };

  test('of 100 dollars received at 36 and held while the rate went to 35 is a loss of 100 baht', () => {
    const rates = new Map([
      ['2026-03-01', '36'],
      ['2026-03-31', '35'],
    ]);
    const on = (day: string) => {
      const value = rates.get(day);
      return value === undefined ? undefined : asDirected(value);
    };
    const worth = revalue({ ...exposure, flows: [{ day: '2026-03-01', minor: 10_000n }] }, '2026-03-31', on);
    expect(worth).toEqual({ ok: true, value: { balance: 10_000n, value: 350_000n, adjustment: -10_000n } });
    expect(revalue({ ...exposure, flows: [{ day: '2026-02-01', minor: 1n }] }, '2026-03-31', on)).toMatchObject({
      code: 'ledger.rate-missing',
      details: { from: 'USD', to: 'THB', day: '2026-02-01' },
    });
    expect(revalue({ ...exposure, flows: [] }, '2026-04-30', on)).toMatchObject({ code: 'ledger.rate-missing' });
  });

  test('day by day or once at the end, gains and losses add up to the same, whatever moved', () => {
    const run = fc.array(
      fc.record({ minor: fc.bigInt(-(10n ** 7n), 10n ** 7n), rate: fc.integer({ min: 1, max: 90_000 }) }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(run, (days) => {
        const day = (i: number) => `2026-03-${String(i + 1).padStart(2, '0')}`;
        const on = (wanted: string) => asDirected((days[Number(wanted.slice(8)) - 1]!.rate / 1000).toFixed(3));
        let [balance, value, gains] = [0n, 0n, 0n];
        for (const [i, { minor }] of days.entries()) {
          const step = revalue(
            { ...exposure, balanceBefore: balance, valueBefore: value, flows: [{ day: day(i), minor }] },
            day(i),
            on,
          );
          if (!step.ok) {
            throw new Error(step.code);
          }
          balance = step.value.balance;
          value = step.value.value;
          gains += step.value.adjustment;
        }
        const last = day(days.length - 1);
        const once = revalue({ ...exposure, flows: days.map(({ minor }, i) => ({ day: day(i), minor })) }, last, on);
        expect(once.ok && once.value).toEqual({ balance, value, adjustment: gains });
        expect(value).toBe(convertMoney(money(balance, 'USD'), on(last).ratio, 'THB').minor);
      }),
    );
  });
});
