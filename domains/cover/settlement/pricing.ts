import { addMonths } from '@serai/kernel/base/days.ts';
import {
  addMoney,
  lesserMoney,
  type Money,
  money,
  multiplyMoney,
  parseMoney,
  parseRatio,
  percentOf,
  ratioOf,
  zero,
} from '@serai/kernel/base/money.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { AgeGroup, AgreedBenefit, Schedule } from '@serai/policy/agreement-cover.ts';
import type { CareSetting } from '../cover.ts';

/**
 * What care abroad is worth between two countries: the agreement's price list for the country of care, its caps, and what
 * the insured pays there. The country of care prices by it, the country of cover checks by the very same function.
 */

export interface CareAbroad {
  /** The country of care, and its facility as `TH:mae-sot-clinic`. */
  readonly country: string;
  readonly facility: string;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: CareSetting;
  readonly from: string;
  readonly to: string;
  readonly diagnoses: readonly string[];
  /** Benefits the other country's fund authorised, by id; undefined where there is no authorisation. */
  readonly authorised: readonly string[] | undefined;
  readonly lines: readonly ChargedLine[];
}

export interface ChargedLine {
  readonly line: number;
  readonly code: string;
  /** Decimal string; months for capitation and fixed amounts. */
  readonly quantity: string;
  readonly unitPrice: Money;
}

export type PriceReason =
  | 'accepted'
  | 'over-tariff'
  | 'insured-pays'
  | 'in-group'
  | 'over-cap'
  | 'not-covered'
  | 'no-authorisation'
  | 'waived';

export interface PricedLine {
  readonly line: number;
  readonly benefit: string | undefined;
  readonly amount: Money;
  readonly reason: PriceReason;
  /** What the care is worth by the agreement, before the insured's share and the caps. */
  readonly worth: Money;
}

/** The price list of a country that holds on a day. */
export function scheduleFor(agreement: Agreement, id: string, country: string, day: string): Schedule | undefined {
  return agreement.schedules?.find(
    (each) =>
      each.id === id &&
      each.country === country &&
      each.validFrom <= day &&
      (each.validTo === undefined || day <= each.validTo),
  );
}

/** The currency claims from a country are made in: that of its price list. */
export function currencyOf(agreement: Agreement, country: string): string | undefined {
  return agreement.schedules?.find((each) => each.country === country)?.currency;
}

/** The last day a claim for care that ended on `to` may be sent. */
export function claimDeadline(agreement: Agreement, to: string): string {
  return addMonths(to, agreement.settlement?.claimDeadlineMonths ?? 0);
}

/** Month's amount of a person of an age group: average annual cost ÷ 12 × (1 − X) (Reg. 987/2009 Art. 64, DOMAIN E.3). */
export function fixedMonth(annualCost: Money, reductionPercent: number): Money {
  const kept = ratioOf(100 - reductionPercent);
  return multiplyMoney(annualCost, { numerator: kept.numerator, denominator: kept.denominator * 1200n });
}

/** The benefit a line falls under: the first that covers its code, visit and facility. */
export function benefitFor(
  agreement: Agreement,
  care: Pick<CareAbroad, 'visit' | 'facility' | 'authorised'>,
  code: string,
): { readonly benefit: AgreedBenefit } | { readonly refused: 'not-covered' | 'no-authorisation' } {
  let unauthorised = false;
  for (const benefit of agreement.benefits ?? []) {
    const covers =
      (benefit.covers.includes('*') || benefit.covers.includes(code)) &&
      benefit.visits.includes(care.visit) &&
      pricesByCode(benefit) === !isMonths(code) &&
      benefit.facilities.some((group) => group === 'any' || agreement.facilityGroups[group]?.includes(care.facility));
    if (covers) {
      // Emergencies are treated first and asked about afterwards.
      if (benefit.priorAuthorisation && care.visit !== 'emergency' && !care.authorised?.includes(benefit.id)) {
        unauthorised = true;
      } else {
        return { benefit };
      }
    }
  }
  return { refused: unauthorised ? 'no-authorisation' : 'not-covered' };
}

/** `MONTHS-20-to-64`: person-months of an age group, for fixed amounts; `MONTHS` for capitation. */
export const isMonths = (code: string) => code === 'MONTHS' || code.startsWith('MONTHS-');

function pricesByCode(benefit: AgreedBenefit): boolean {
  return benefit.tariff.method !== 'fixed-amount' && benefit.tariff.method !== 'capitation';
}

/**
 * Prices every line.
 * @param usedThisYear what was already agreed for this person in this calendar year, by benefit, minor units.
 */
export function priceCare(
  agreement: Agreement,
  care: CareAbroad,
  usedThisYear: Readonly<Record<string, bigint>> = {},
): PricedLine[] {
  const currency = currencyOf(agreement, care.country) ?? care.lines[0]?.unitPrice.currency ?? 'XXX';
  const grouped = new Set<string>();
  const priced = care.lines.map((line): PricedLine => {
    const found = benefitFor(agreement, care, line.code);
    if ('refused' in found) {
      return {
        line: line.line,
        benefit: undefined,
        amount: zero(currency),
        reason: found.refused,
        worth: zero(currency),
      };
    }
    const { benefit } = found;
    const first = !grouped.has(benefit.id);
    grouped.add(benefit.id);
    const { amount, reason } = priceLine(agreement, benefit, care, line, first, currency);
    const share = percentOf(amount, 100 - benefit.insuredPaysPercent);
    return {
      line: line.line,
      benefit: benefit.id,
      amount: share,
      worth: amount,
      reason: reason === 'accepted' && share.minor < amount.minor ? 'insured-pays' : reason,
    };
  });
  return capped(agreement, care.country, priced, usedThisYear);
}

function priceLine(
  agreement: Agreement,
  benefit: AgreedBenefit,
  care: CareAbroad,
  line: ChargedLine,
  first: boolean,
  currency: string,
): { amount: Money; reason: PriceReason } {
  const quantity = parseRatio(line.quantity) ?? { numerator: 0n, denominator: 1n };
  const none = zero(currency);
  const { tariff } = benefit;
  switch (tariff.method) {
    case 'waiver':
      return { amount: none, reason: 'waived' };
    case 'actual-cost': {
      const listed = scheduleFor(agreement, tariff.schedule, care.country, care.from)?.services.find(
        (service) => service.code === line.code,
      );
      const price = listed && parseMoney(listed.price, currency);
      if (!price || line.unitPrice.currency !== currency) {
        return { amount: none, reason: 'not-covered' };
      }
      return {
        amount: multiplyMoney(lesserMoney(price, line.unitPrice), quantity),
        reason: line.unitPrice.minor > price.minor ? 'over-tariff' : 'accepted',
      };
    }
    case 'drg': {
      const group = scheduleFor(agreement, tariff.schedule, care.country, care.from)?.drg;
      const weight = group && longestMatch(group.weights, care.diagnoses[0] ?? '');
      const base = group && parseMoney(group.baseRate, currency);
      if (!base || weight === undefined) {
        return { amount: none, reason: 'not-covered' };
      }
      // One sum for the whole stay, carried by its first line.
      return first
        ? { amount: multiplyMoney(base, ratioOf(weight)), reason: 'accepted' }
        : { amount: none, reason: 'in-group' };
    }
    case 'capitation': {
      const month = scheduleFor(agreement, tariff.schedule, care.country, care.from)?.capitation?.perPersonMonth;
      const price = month && parseMoney(month, currency);
      return price
        ? { amount: multiplyMoney(price, quantity), reason: 'accepted' }
        : { amount: none, reason: 'not-covered' };
    }
    case 'fixed-amount': {
      const average = tariff.averages.find(
        (each) => each.country === care.country && each.year === Number(care.from.slice(0, 4)),
      );
      const annual = average?.annualCost[line.code.replace(/^MONTHS-/, '') as AgeGroup];
      const cost = annual && parseMoney(annual, currency);
      return cost
        ? { amount: multiplyMoney(fixedMonth(cost, tariff.reductionPercent), quantity), reason: 'accepted' }
        : { amount: none, reason: 'not-covered' };
    }
  }
}

function longestMatch(weights: Readonly<Record<string, number>>, diagnosis: string): number | undefined {
  const plain = diagnosis.replace('.', '');
  const prefix = Object.keys(weights)
    .filter((each) => plain.startsWith(each.replace('.', '')))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? undefined : weights[prefix];
}

/** Caps of each benefit, taken from the first line on: what goes beyond is not owed. */
function capped(
  agreement: Agreement,
  country: string,
  lines: readonly PricedLine[],
  usedThisYear: Readonly<Record<string, bigint>>,
): PricedLine[] {
  const room = new Map<string, bigint>();
  for (const benefit of agreement.benefits ?? []) {
    for (const cap of benefit.caps.filter((each) => each.country === country)) {
      const most = parseMoney(cap.amount, currencyOf(agreement, country) ?? 'XXX')?.minor ?? 0n;
      const left = cap.per === 'year' ? most - (usedThisYear[benefit.id] ?? 0n) : most;
      const known = room.get(benefit.id);
      room.set(benefit.id, known === undefined || left < known ? (left < 0n ? 0n : left) : known);
    }
  }
  return lines.map((line) => {
    const left = line.benefit === undefined ? undefined : room.get(line.benefit);
    if (left === undefined) {
      return line;
    }
    const amount = line.amount.minor <= left ? line.amount : money(left, line.amount.currency);
    room.set(line.benefit!, left - amount.minor);
    return amount.minor < line.amount.minor ? { ...line, amount, reason: 'over-cap' } : line;
  });
}

export function totalOf(lines: readonly PricedLine[]): Money | undefined {
  const [first, ...rest] = lines.map((line) => line.amount);
  return first && rest.reduce(addMoney, first);
}
