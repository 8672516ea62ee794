import { daysBetween } from '@serai/kernel/base/days.ts';
import { divideRounded, type Money, zero } from '@serai/kernel/base/money.ts';
import { type Proportion, proportion } from '@serai/kernel/models/indicators/proportion.ts';
import { voucherIndicators } from '@serai/kernel/models/indicators/vouchers.ts';
import { serviceOf, type VoucherProgramme, type VoucherService } from './programme.ts';
import type { VoucherState } from './voucher.ts';

/**
 * Indicators of a voucher programme (DOMAIN G). Shares are of people or vouchers, never of services; a ratio is called
 * one. The denominator of coverage is who is eligible, not who got a voucher (DOMAIN A.6).
 */

export interface CountedVoucher {
  readonly holderId: string;
  readonly group: string;
  readonly service: string;
  readonly state: VoucherState;
  readonly valueMinor: bigint;
  /** The day of service, where it was redeemed. */
  readonly on?: string;
  readonly deliveredOn?: string;
  readonly place?: 'facility' | 'home' | 'outreach';
  readonly paidOn?: string;
}

export interface CountedProgramme {
  readonly programme: VoucherProgramme;
  /** Registered people by group. */
  readonly registered: Readonly<Record<string, number>>;
  readonly vouchers: readonly CountedVoucher[];
  /** Redemptions presented in all, and those that were second takings or were rejected. */
  readonly presented: number;
  readonly leaked: number;
  /** Holders called, those who confirmed, those of them who said how content they were, and were (4 or 5 of 5). */
  readonly called: number;
  readonly confirmed: number;
  readonly answered: number;
  readonly content: number;
}

export const indicatorNames = [
  'issued-of-eligible',
  'served-of-eligible',
  'services-per-served',
  'services-per-eligible',
  'redeemed-of-issued',
  'anc1',
  'anc4',
  'skilled-birth',
  'institutional-birth',
  'pnc-48h',
  'paid-in-time',
  'payment-days',
  'leakage',
  'confirmed-by-phone',
  'satisfied',
  'cost-per-service',
] as const;
export type IndicatorName = (typeof indicatorNames)[number];

export interface IndicatorRow {
  readonly indicator: IndicatorName;
  /** Whose: a group of the programme, or everyone. */
  readonly group: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** For cost: the sum behind the value. */
  readonly money?: Money;
  /** Too few people to be shown. */
  readonly withheld: boolean;
}

const issuedStates: readonly VoucherState[] = ['generated', 'printed'];
const servedStates: readonly VoucherState[] = ['redeemed', 'validated', 'paid'];

/** Every indicator of a programme; small cells withheld. */
export function programmeIndicators(counted: CountedProgramme): IndicatorRow[] {
  const rows = [
    ...counted.programme.groups.flatMap((group) => groupRows(counted, group.id)),
    ...birthRows(counted),
    ...moneyRows(counted),
    shareRow('leakage', 'all', proportion(counted.leaked, counted.presented)),
    shareRow('confirmed-by-phone', 'all', proportion(counted.confirmed, counted.called)),
    shareRow('satisfied', 'all', proportion(counted.content, counted.answered)),
  ];
  return rows.map((row) => withhold(row, counted.programme.smallestCell));
}

function groupRows(counted: CountedProgramme, group: string): IndicatorRow[] {
  const { programme } = counted;
  const vouchers = counted.vouchers.filter((each) => each.group === group && !issuedStates.includes(each.state));
  const served = vouchers.filter((each) => servedStates.includes(each.state) && counts(programme, each));
  const people = (list: readonly CountedVoucher[]) => new Set(list.map((each) => each.holderId)).size;
  const registered = counted.registered[group] ?? 0;
  // Where more came than were counted beforehand, those who came are the denominator.
  const eligible = Math.max(programme.groups.find((each) => each.id === group)?.eligible ?? 0, registered);
  const model = voucherIndicators({
    eligible,
    issued: people(vouchers),
    served: people(served),
    services: served.length,
  });
  const rows: IndicatorRow[] = [
    shareRow('issued-of-eligible', group, model.issuedOfEligible!),
    shareRow('served-of-eligible', group, model.servedOfEligible!),
    ratioRow('services-per-served', group, served.length, people(served)),
    ratioRow('services-per-eligible', group, served.length, eligible),
    shareRow(
      'redeemed-of-issued',
      group,
      proportion(vouchers.filter((each) => servedStates.includes(each.state)).length, vouchers.length),
    ),
  ];
  const visits = served.filter((each) => measures(programme, each) === 'antenatal');
  if (vouchers.some((each) => measures(programme, each) === 'antenatal')) {
    const holders = people(vouchers);
    const atLeast = (least: number) =>
      [...Map.groupBy(visits, (each) => each.holderId).values()].filter((each) => each.length >= least).length;
    rows.push(shareRow('anc1', group, proportion(atLeast(1), holders)));
    rows.push(shareRow('anc4', group, proportion(atLeast(4), holders)));
  }
  return rows;
}

/** Births are those the programme knows: a birth voucher redeemed, or a day of birth told at care after it. */
function birthRows({ programme, vouchers }: CountedProgramme): IndicatorRow[] {
  const served = vouchers.filter((each) => servedStates.includes(each.state));
  const births = new Map<string, { day: string; skilled: boolean; institution: boolean }>();
  for (const each of served) {
    const service = serviceOf(programme, each.service);
    if (service?.measures === 'delivery' && each.on) {
      births.set(each.holderId, {
        day: each.deliveredOn ?? each.on,
        skilled: service.skilled,
        institution: each.place === 'facility',
      });
    }
  }
  for (const each of served) {
    if (each.deliveredOn && !births.has(each.holderId)) {
      births.set(each.holderId, { day: each.deliveredOn, skilled: false, institution: false });
    }
  }
  const early = new Set(
    served
      .filter((each) => {
        const birth = births.get(each.holderId);
        return measures(programme, each) === 'postnatal' && birth && each.on && daysBetween(birth.day, each.on) <= 2;
      })
      .map((each) => each.holderId),
  );
  const known = [...births.values()];
  return [
    shareRow('skilled-birth', 'all', proportion(known.filter((each) => each.skilled).length, known.length)),
    shareRow('institutional-birth', 'all', proportion(known.filter((each) => each.institution).length, known.length)),
    shareRow('pnc-48h', 'all', proportion(early.size, known.length)),
  ];
}

function moneyRows({ programme, vouchers }: CountedProgramme): IndicatorRow[] {
  const paid = vouchers.filter((each) => each.state === 'paid' && each.on && each.paidOn);
  const days = paid.map((each) => daysBetween(each.on!, each.paidOn!));
  const inTime = days.filter((each) => each <= programme.paymentDays).length;
  const total = paid.reduce(
    (sum, each) => ({ minor: sum.minor + each.valueMinor, currency: sum.currency }),
    zero(programme.currency),
  );
  const services = paid.filter((each) => counts(programme, each)).length;
  const each = services === 0 ? null : divideRounded(total.minor, BigInt(services));
  return [
    shareRow('paid-in-time', 'all', proportion(inTime, paid.length)),
    ratioRow(
      'payment-days',
      'all',
      days.reduce((sum, next) => sum + next, 0),
      paid.length,
    ),
    {
      ...ratioRow('cost-per-service', 'all', null, services),
      value: null,
      ...(each !== null && { money: { minor: each, currency: programme.currency } }),
    },
  ];
}

function measures(programme: VoucherProgramme, voucher: CountedVoucher): VoucherService['measures'] | undefined {
  return serviceOf(programme, voucher.service)?.measures;
}

function counts(programme: VoucherProgramme, voucher: CountedVoucher): boolean {
  return serviceOf(programme, voucher.service)?.counts ?? false;
}

function shareRow(indicator: IndicatorName, group: string, share: Proportion): IndicatorRow {
  return { indicator, group, ...share, withheld: false };
}

function ratioRow(
  indicator: IndicatorName,
  group: string,
  numerator: number | null,
  denominator: number,
): IndicatorRow {
  const value = numerator === null || denominator === 0 ? null : numerator / denominator;
  return { indicator, group, numerator, denominator, value, low: null, high: null, withheld: false };
}

/** A count of one to four, or one that leaves one to four over, points at people: none of the row is shown. */
function withhold(row: IndicatorRow, smallest: number): IndicatorRow {
  const small = (count: number | null) => count !== null && count > 0 && count < smallest;
  const isShare = row.low !== null;
  const rest = isShare && row.numerator !== null && row.denominator !== null ? row.denominator - row.numerator : null;
  if (!(small(row.denominator) || (isShare && (small(row.numerator) || small(rest))))) {
    return row;
  }
  const { money: _, ...shown } = row;
  return { ...shown, numerator: null, denominator: null, value: null, low: null, high: null, withheld: true };
}
