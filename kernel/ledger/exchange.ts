import { convertMoney, divideRounded, type Money, money, parseRatio, type Ratio } from '../base/money.ts';
import { ok, type Result, refuse } from '../base/refusal.ts';
import type { LedgerCode } from './ledger.refusals.ts';
import type { LedgerTransfer } from './types.ts';

/** What one unit of a currency was worth in another at an instant, and who says so. */
export interface Rate {
  readonly from: string;
  readonly to: string;
  /** Decimal text, exact. */
  readonly value: string;
  readonly source: string;
  /** ISO instant. */
  readonly at: string;
}

/** A rate read in the direction that is asked, as an exact fraction; the inverse of one the other way round. */
export interface DirectedRate {
  readonly rate: Rate;
  readonly ratio: Ratio;
}

/** @returns undefined where the rate is of two other currencies, or is no decimal number above zero. */
export function directed(rate: Rate, from: string, to: string): DirectedRate | undefined {
  const ratio = parseRatio(rate.value);
  if (!ratio || ratio.numerator <= 0n) {
    return undefined;
  }
  if (rate.from === from && rate.to === to) {
    return { rate, ratio };
  }
  return rate.from === to && rate.to === from
    ? { rate, ratio: { numerator: ratio.denominator, denominator: ratio.numerator } }
    : undefined;
}

export interface Exchange {
  /** The two transfers are `<id>:given` and `<id>:got`. */
  readonly id: string;
  readonly given: Money;
  /** The account the money leaves, the one it arrives at, and the exchange account of each currency. */
  readonly from: string;
  readonly to: string;
  readonly exchangeOfGiven: string;
  readonly exchangeOfGot: string;
  readonly currency: string;
  readonly rate: DirectedRate;
  readonly valueDay: string;
  readonly reference: string;
}

/** Money of one currency for money of another: two linked transfers, each within its own currency. */
export function exchangeTransfers(exchange: Exchange): readonly [LedgerTransfer, LedgerTransfer] {
  const { given, rate, valueDay, reference } = exchange;
  const got = convertMoney(given, rate.ratio, exchange.currency);
  const common = { kind: 'post', event: 'exchange', valueDay, reference, rate: rate.rate } as const;
  return [
    {
      ...common,
      id: `${exchange.id}:given`,
      debit: exchange.exchangeOfGiven,
      credit: exchange.from,
      amount: given,
      linked: true,
    },
    { ...common, id: `${exchange.id}:got`, debit: exchange.to, credit: exchange.exchangeOfGot, amount: got },
  ];
}

/** What is known of a foreign balance since it was last valued, on its account's normal side. */
export interface Exposure {
  readonly currency: string;
  readonly base: string;
  /** Balance and worth in the base currency when it was last valued; zero and zero before the first time. */
  readonly balanceBefore: bigint;
  readonly valueBefore: bigint;
  /** Net movement of each value day since. */
  readonly flows: readonly { readonly day: string; readonly minor: bigint }[];
}

export interface Valuation {
  readonly balance: bigint;
  readonly value: bigint;
  /** What the fund gained (above zero for an asset) or lost by rates alone. */
  readonly adjustment: bigint;
}

/**
 * Values a foreign balance: what moved is worth the rate of its day, what is there the rate of the closing day; the
 * difference is gain or loss by exchange alone. Source: IAS 21, paragraphs 21–23 and 28.
 *
 * @param rateOn the latest rate from the currency to the base on or before a day.
 * @returns `ledger.rate-missing` with the first day that has no rate.
 */
export function revalue(
  exposure: Exposure,
  day: string,
  rateOn: (day: string) => DirectedRate | undefined,
): Result<Valuation, LedgerCode> {
  const { currency, base } = exposure;
  let carried = exposure.valueBefore;
  let balance = exposure.balanceBefore;
  for (const flow of exposure.flows) {
    const rate = rateOn(flow.day);
    if (!rate) {
      return refuse('ledger.rate-missing', { from: currency, to: base, day: flow.day });
    }
    carried += convertMoney(money(flow.minor, currency), rate.ratio, base).minor;
    balance += flow.minor;
  }
  const closing = rateOn(day);
  if (!closing) {
    return refuse('ledger.rate-missing', { from: currency, to: base, day });
  }
  const value = convertMoney(money(balance, currency), closing.ratio, base).minor;
  return ok({ balance, value, adjustment: value - carried });
}

/** A fraction as decimal text of twelve places, for columns and screens; never for reckoning. */
export function ratioText({ numerator, denominator }: Ratio): string {
  const scaled = divideRounded(numerator * 10n ** 12n, denominator)
    .toString()
    .padStart(13, '0');
  return `${scaled.slice(0, -12)}.${scaled.slice(-12)}`.replace(/\.?0+$/, '');
}
