import { divideRounded, minorDigits, parseMoney, parseRatio, type Ratio, ratioOf } from '@serai/kernel/base/money.ts';
import { directed, type Rate } from '@serai/kernel/ledger/exchange.ts';
import type { Benefit, Scheme, Tariff } from '../schemes/scheme.ts';
import { isUnder, type Placed } from './categories.ts';

/**
 * What a line is worth before limits. Prices are exact fractions of the scheme's minor units until quantity times price
 * is rounded, once, half to even: half a strip at 33.33 is 16.66 (16.665), and nothing is cut off.
 */
export interface Price {
  /** One unit, in minor units of the scheme's currency. */
  readonly unit: Ratio;
  /** The rule that set it. */
  readonly rule: string;
  /** A case payment stands for the whole claim, whatever the quantity; its further lines are worth nothing. */
  readonly perClaim: boolean;
  /** The currency of the price list it was exchanged from, where that is not the scheme's. */
  readonly exchangedFrom?: string;
}

const one: Ratio = { numerator: 1n, denominator: 1n };

/**
 * What one minor unit of `from` is in minor units of the scheme's currency.
 * @param rates between the scheme's currency and others, whichever way round they are quoted; read exactly.
 * @returns undefined where there is no rate.
 */
export function exchange(
  scheme: Scheme,
  from: string,
  rates: Readonly<Record<string, Rate>> | undefined,
): Ratio | undefined {
  if (from === scheme.currency) {
    return one;
  }
  const known = rates && Object.hasOwn(rates, from) ? rates[from] : undefined;
  const found = known && directed(known, from, scheme.currency);
  if (!found) {
    return undefined;
  }
  return {
    numerator: found.ratio.numerator * 10n ** BigInt(minorDigits(scheme.currency)),
    denominator: found.ratio.denominator * 10n ** BigInt(minorDigits(from)),
  };
}

export function times(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  return a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      };
}

export function lesser(a: Ratio, b: Ratio): Ratio {
  return a.numerator * b.denominator <= b.numerator * a.denominator ? a : b;
}

/** Rounded once, half to even. */
export function rounded(value: Ratio): bigint {
  return divideRounded(value.numerator, value.denominator, 'half-even');
}

/** Minor units of an amount of a scheme; the schema has made sure that it is one. */
export function minorOf(amount: string, currency: string): bigint {
  return parseMoney(amount, currency)!.minor;
}

/** The tariffs that hold on a day for facilities of a country and level; of two, what stands later in the file first. */
export function tariffsAt(
  scheme: Scheme,
  at: { readonly day: string; readonly country: string; readonly level: string },
): readonly Placed<Tariff>[] {
  const holding: Placed<Tariff>[] = [];
  for (const [i, tariff] of scheme.tariffs.entries()) {
    if (
      tariff.country === at.country &&
      tariff.validFrom <= at.day &&
      (tariff.validTo === undefined || at.day <= tariff.validTo) &&
      (tariff.levels === undefined || tariff.levels.includes(at.level))
    ) {
      holding.unshift({ is: tariff, path: `tariffs[${i}]` });
    }
  }
  return holding;
}

export interface PriceQuestion {
  readonly scheme: Scheme;
  readonly code: string;
  /** undefined where no benefit covers the code: only whether the price list has it is of interest then. */
  readonly benefit: Placed<Benefit> | undefined;
  /** What was claimed for one unit, in the claim's currency and minor units, and what one of these is in the scheme's. */
  readonly claimedUnitMinor: bigint;
  readonly claimedRate: Ratio;
  readonly day: string;
  readonly country: string;
  readonly level: string;
  readonly diagnoses: readonly string[];
  readonly rates: Readonly<Record<string, Rate>> | undefined;
}

/** The price of one unit, or which reason says why there is none. */
export function priceOf(question: PriceQuestion): Price | { readonly reason: number; readonly rule: string } {
  const { scheme, benefit } = question;
  const origin = benefit?.is.price ?? 'list';
  const path = `${benefit?.path}.price`;
  switch (origin) {
    case 'claimed':
      return { unit: claimedUnit(question), rule: path, perClaim: false };
    case 'fixed': {
      const fixed = minorOf(benefit!.is.fixedPrice!, scheme.currency);
      return { unit: { numerator: fixed, denominator: 1n }, rule: `${benefit!.path}.fixedPrice`, perClaim: false };
    }
    case 'drg':
      return groupPrice(question);
    case 'capitation':
      return { unit: { numerator: 0n, denominator: 1n }, rule: path, perClaim: false };
    default:
      return listPrice(question);
  }
}

function claimedUnit(question: PriceQuestion): Ratio {
  return times({ numerator: question.claimedUnitMinor, denominator: 1n }, question.claimedRate);
}

/** The list's price, and never more than was claimed. */
function listPrice(question: PriceQuestion): Price | { readonly reason: number; readonly rule: string } {
  for (const { is: tariff, path } of tariffsAt(question.scheme, question)) {
    const listed = Object.hasOwn(tariff.prices, question.code) ? parseRatio(tariff.prices[question.code]!) : undefined;
    if (listed) {
      const rate = exchange(question.scheme, tariff.currency, question.rates);
      const rule = `${path}.prices.${question.code}`;
      return rate
        ? {
            unit: lesser(times(minorRatio(listed, tariff.currency), rate), claimedUnit(question)),
            rule,
            perClaim: false,
            ...exchangedFrom(question.scheme, tariff),
          }
        : { reason: 112, rule: `${path}.currency` };
    }
  }
  return { reason: 2, rule: 'tariffs' };
}

/** Base rate times the weight of the main diagnosis's group, the longest prefix that fits. */
function groupPrice(question: PriceQuestion): Price | { readonly reason: number; readonly rule: string } {
  const main = question.diagnoses[0] ?? '';
  for (const { is: tariff, path } of tariffsAt(question.scheme, question)) {
    const prefix = Object.keys(tariff.drg?.weights ?? {})
      .filter((each) => isUnder(main, each))
      .reduce<string | undefined>(
        (best, each) => (best === undefined || each.length > best.length ? each : best),
        undefined,
      );
    if (tariff.drg && prefix !== undefined) {
      const rate = exchange(question.scheme, tariff.currency, question.rates);
      const price = times(
        minorRatio(parseRatio(tariff.drg.baseRate)!, tariff.currency),
        ratioOf(tariff.drg.weights[prefix]!),
      );
      return rate
        ? {
            unit: times(price, rate),
            rule: `${path}.drg.weights.${prefix}`,
            perClaim: true,
            ...exchangedFrom(question.scheme, tariff),
          }
        : { reason: 112, rule: `${path}.currency` };
    }
  }
  return { reason: 2, rule: 'tariffs' };
}

function exchangedFrom(scheme: Scheme, tariff: Tariff): Pick<Price, 'exchangedFrom'> {
  return tariff.currency === scheme.currency ? {} : { exchangedFrom: tariff.currency };
}

function minorRatio(units: Ratio, currency: string): Ratio {
  return { numerator: units.numerator * 10n ** BigInt(minorDigits(currency)), denominator: units.denominator };
}
