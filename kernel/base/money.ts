import { invariant } from './invariant.ts';

/**
 * Money: whole minor units of a currency (satang, pyas, cents), never a float and never a silent rounding.
 * On the wire it is a decimal string with its currency: `{ "amount": "12.50", "currency": "THB" }`.
 */
export interface Money {
  readonly minor: bigint;
  /** ISO 4217, three capitals. */
  readonly currency: string;
}

/** Money as JSON: what APIs, files and signed statements hold. */
export interface MoneyText {
  readonly amount: string;
  readonly currency: string;
}

/** Digits after the point, where they are not two. Source: ISO 4217, list one. */
const digits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
};

export function minorDigits(currency: string): number {
  return digits[currency] ?? 2;
}

export function money(minor: bigint | number, currency: string): Money {
  invariant(typeof minor === 'bigint' || Number.isSafeInteger(minor), 'money is whole minor units');
  invariant(/^[A-Z]{3}$/.test(currency), 'a currency is three capital letters');
  return { minor: BigInt(minor), currency };
}

export function zero(currency: string): Money {
  return money(0n, currency);
}

/**
 * Reads a decimal string exactly.
 * @returns undefined when it is no decimal number, or has more digits after the point than the currency.
 */
export function parseMoney(amount: string, currency: string): Money | undefined {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,6}))?$/.exec(amount);
  const places = minorDigits(currency);
  if (!match || !/^[A-Z]{3}$/.test(currency) || (match[3] ?? '').replace(/0+$/, '').length > places) {
    return undefined;
  }
  const fraction = (match[3] ?? '').slice(0, places).padEnd(places, '0');
  const minor = BigInt(match[2]! + fraction);
  return { minor: match[1] ? -minor : minor, currency };
}

/** The decimal string of the wire: `12.50`. */
export function amountText({ minor, currency }: Money): string {
  const places = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const whole = (minor < 0n ? -minor : minor).toString().padStart(places + 1, '0');
  return places === 0 ? sign + whole : `${sign}${whole.slice(0, -places)}.${whole.slice(-places)}`;
}

export function moneyText(value: Money): MoneyText {
  return { amount: amountText(value), currency: value.currency };
}

function same(a: Money, b: Money): void {
  invariant(a.currency === b.currency, 'money of two currencies is not added or compared: convert it by a rate first');
}

export function addMoney(a: Money, b: Money): Money {
  same(a, b);
  return { minor: a.minor + b.minor, currency: a.currency };
}

export function subtractMoney(a: Money, b: Money): Money {
  same(a, b);
  return { minor: a.minor - b.minor, currency: a.currency };
}

export function sumMoney(values: readonly Money[], currency: string): Money {
  return values.reduce(addMoney, zero(currency));
}

export function lesserMoney(a: Money, b: Money): Money {
  same(a, b);
  return a.minor <= b.minor ? a : b;
}

export type Rounding = 'half-even' | 'half-up' | 'down' | 'up';

/** An exact fraction: a rate, a quantity, a percentage. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Reads a decimal string (`0.0285`, `31.5`) as an exact fraction; undefined when it is none. */
export function parseRatio(text: string): Ratio | undefined {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const fraction = match[3] ?? '';
  const numerator = BigInt(match[2]! + fraction);
  return { numerator: match[1] ? -numerator : numerator, denominator: 10n ** BigInt(fraction.length) };
}

/** The exact decimal of a finite number as JavaScript prints it: 0.1 is one tenth. For percentages in JSON files. */
export function ratioOf(value: number): Ratio {
  invariant(Number.isFinite(value), 'a ratio is a finite number');
  const [mantissa, exponent = '0'] = String(value).split('e');
  const shift = BigInt(Math.abs(Number(exponent)));
  const ratio = parseRatio(mantissa!)!;
  return Number(exponent) < 0
    ? { numerator: ratio.numerator, denominator: ratio.denominator * 10n ** shift }
    : { numerator: ratio.numerator * 10n ** shift, denominator: ratio.denominator };
}

/** `value × ratio`, rounded once, the way it is told. Halves go to the even neighbour unless told otherwise. */
export function multiplyMoney(value: Money, ratio: Ratio, rounding: Rounding = 'half-even'): Money {
  return { minor: divideRounded(value.minor * ratio.numerator, ratio.denominator, rounding), currency: value.currency };
}

/** `value × percent / 100`. */
export function percentOf(value: Money, percent: number, rounding: Rounding = 'half-even'): Money {
  const { numerator, denominator } = ratioOf(percent);
  return multiplyMoney(value, { numerator, denominator: denominator * 100n }, rounding);
}

/** Converts by a rate (units of `currency` for one unit of the value's), counting each currency's minor digits. */
export function convertMoney(value: Money, rate: Ratio, currency: string, rounding: Rounding = 'half-even'): Money {
  const up = 10n ** BigInt(minorDigits(currency));
  const down = 10n ** BigInt(minorDigits(value.currency));
  return {
    minor: divideRounded(value.minor * rate.numerator * up, rate.denominator * down, rounding),
    currency,
  };
}

/** Integer division with a named rounding. @throws InvariantError when the divisor is not positive. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding = 'half-even'): bigint {
  invariant(denominator > 0n, 'a divisor is above zero');
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  let quotient = size / denominator;
  const rest = size % denominator;
  const twice = rest * 2n;
  const away =
    rounding === 'up'
      ? rest > 0n
      : rounding === 'half-up'
        ? twice >= denominator
        : rounding === 'half-even' && (twice > denominator || (twice === denominator && quotient % 2n === 1n));
  if (away) {
    quotient += 1n;
  }
  return negative ? -quotient : quotient;
}

/**
 * Splits money by weights so that the parts add up to the whole: largest remainder, earlier parts first where equal.
 * @throws InvariantError when no weight is above zero, or one is below.
 */
export function allocateMoney(value: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  invariant(total > 0n && weights.every((weight) => weight >= 0n), 'money is split by weights of zero or more');
  const negative = value.minor < 0n;
  const size = negative ? -value.minor : value.minor;
  const parts = weights.map((weight) => (size * weight) / total);
  const remainders = weights.map((weight, i) => ({ i, rest: (size * weight) % total }));
  let left = size - parts.reduce((sum, part) => sum + part, 0n);
  remainders.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  for (const { i } of remainders) {
    if (left === 0n) {
      break;
    }
    parts[i]! += 1n;
    left -= 1n;
  }
  return parts.map((part) => ({ minor: negative ? -part : part, currency: value.currency }));
}
