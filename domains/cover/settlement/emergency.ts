import {
  lesserMoney,
  type Money,
  money,
  multiplyMoney,
  parseMoney,
  parseRatio,
  percentOf,
} from '@serai/kernel/base/money.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { EmergencyTerms } from '@serai/policy/agreement-cover.ts';
import { type CareAbroad, currencyOf, type PricedLine, priceCare } from './pricing.ts';

/**
 * Who owes whom for an emergency of someone without cover: the clause of the agreement says, nobody is asked why there is no
 * cover. Both countries reckon it by this one function.
 */

/** Whose money is spent: of the fund at home, of the fund where care was given, or a donor's that the latter holds. */
export type Bearer = 'home' | 'host' | 'donor';

export interface Bearing {
  readonly owes: EmergencyTerms['owes'];
  /** Percent that the fund at home bears, the rest being borne where care was given; 0 where it bears nothing. */
  readonly homePercent: number;
  /** Who bears the rest; undefined where nothing is left, or each bears what it gives and nothing is booked. */
  readonly rest: 'host' | 'donor' | undefined;
  /** The purpose a donor's money is tied to. */
  readonly restrictedTo: string | undefined;
}

export function bearingOf(terms: EmergencyTerms | undefined): Bearing | undefined {
  if (!terms) {
    return undefined;
  }
  const { owes } = terms;
  const of = { owes, restrictedTo: undefined };
  switch (owes) {
    case 'home-fund':
      return { ...of, homePercent: 100, rest: undefined };
    case 'host':
      return { ...of, homePercent: 0, rest: 'host' };
    case 'shared':
      return { ...of, homePercent: terms.homePercent!, rest: terms.homePercent! < 100 ? 'host' : undefined };
    case 'donor-fund':
      return { owes, homePercent: 0, rest: 'donor', restrictedTo: terms.donorPurpose! };
    case 'waiver':
      return { ...of, homePercent: 0, rest: undefined };
  }
}

/** A line of emergency care: what it is worth up to the cap of the clause, and what of that each side bears. */
export interface EmergencyLine {
  readonly line: number;
  readonly worth: Money;
  readonly home: Money;
  readonly here: Money;
  readonly benefit: string | undefined;
  readonly reason: PricedLine['reason'];
}

/**
 * Prices emergency care and divides it. Where the fund at home owes any of it the agreement's prices count; where it owes
 * nothing and no benefit for emergencies is agreed, what the facility charges counts, because it is no matter of the other's.
 */
export function priceEmergency(agreement: Agreement, care: CareAbroad): EmergencyLine[] {
  const terms = agreement.emergencyUninsured;
  const bearing = bearingOf(terms);
  if (!terms || !bearing) {
    return [];
  }
  const currency = currencyOf(agreement, care.country) ?? care.lines[0]?.unitPrice.currency ?? 'XXX';
  const agreed = agreement.benefits?.some((benefit) => benefit.visits.includes('emergency'));
  const priced =
    agreed || bearing.homePercent > 0
      ? priceCare(agreement, { ...care, authorised: undefined })
      : care.lines.map((line): PricedLine => {
          const worth = multiplyMoney(line.unitPrice, parseRatio(line.quantity)!);
          return { line: line.line, benefit: undefined, amount: worth, worth, reason: 'accepted' };
        });
  const cap = terms.caps.find((each) => each.country === care.country);
  let left = cap && parseMoney(cap.amount, currency);
  return priced.map((line): EmergencyLine => {
    const worth = left ? lesserMoney(line.amount, left) : line.amount;
    left = left && money(left.minor - worth.minor, currency);
    const home = percentOf(worth, bearing.homePercent);
    return {
      line: line.line,
      worth,
      home,
      here: bearing.rest ? money(worth.minor - home.minor, worth.currency) : money(0n, worth.currency),
      benefit: line.benefit,
      reason: worth.minor < line.amount.minor ? 'over-cap' : line.reason,
    };
  });
}

/** Who owes whom of one claim, in words a screen can say: by which clause, and each part with its debtor and creditor. */
export interface Owing {
  readonly agreement: string;
  readonly clause: string;
  /** As the treaty numbers it. */
  readonly ref: string;
  readonly owes: EmergencyTerms['owes'];
  readonly parts: readonly {
    readonly bearer: Bearer;
    /** Country whose fund pays. */
    readonly from: string;
    /** The other country's fund, or the facility that gave the care. */
    readonly to: { readonly fund: string } | { readonly facility: string };
    readonly amount: Money;
    readonly restrictedTo?: string;
    readonly paidOn?: string;
  }[];
}
