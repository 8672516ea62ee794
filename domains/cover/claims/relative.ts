import { addDays, addMonths, type Day, daysBetween, firstOfMonth } from '@serai/kernel/base/days.ts';
import { invariant } from '@serai/kernel/base/invariant.ts';
import { allocateMoney, divideRounded, type Ratio, ratioOf } from '@serai/kernel/base/money.ts';
import type { Adjudication } from './adjudication.ts';
import { plus } from './pricing.ts';

/**
 * Relative prices: what a period's lines are worth is known when the period is over, because together they may not cost
 * more than the share of the premium that was earned in it. index = fund ÷ nominal value, at most one; every line is paid
 * nominal × index, and the parts add up to the fund exactly. Source: openIMIS batch run (DOMAIN F.3: a fund of 120,000 and
 * claims worth 160,000 make 0.75).
 */
export interface Period {
  readonly from: Day;
  /** Last day. */
  readonly to: Day;
}

/** The month, quarter or year a day lies in. */
export function periodOf(length: 'month' | 'quarter' | 'year', day: Day): Period {
  const month = Number(day.slice(5, 7));
  const months = { month: 1, quarter: 3, year: 12 }[length];
  const from = addMonths(firstOfMonth(day), -((month - 1) % months));
  return { from, to: addDays(addMonths(from, months), -1) };
}

/** A premium and the days it is for. */
export interface EarningPolicy {
  readonly premiumMinor: bigint;
  readonly from: Day;
  /** Last day. */
  readonly to: Day;
}

/**
 * The premium earned in a period: of each policy, its premium times its days in the period over its days, added exactly
 * and rounded down once, so that what is handed out never exceeds what was earned.
 */
export function earnedPremium(policies: Iterable<EarningPolicy>, period: Period): bigint {
  // Policies of one length are added first: a fraction for each length, not for each policy.
  const byLength = new Map<number, bigint>();
  for (const { premiumMinor, from, to } of policies) {
    const length = daysBetween(from, to) + 1;
    const first = from > period.from ? from : period.from;
    const last = to < period.to ? to : period.to;
    if (length > 0 && first <= last) {
      byLength.set(length, (byLength.get(length) ?? 0n) + premiumMinor * BigInt(daysBetween(first, last) + 1));
    }
  }
  let sum: Ratio = { numerator: 0n, denominator: 1n };
  for (const [length, numerator] of byLength) {
    sum = plus(sum, { numerator, denominator: BigInt(length) });
  }
  return divideRounded(sum.numerator, sum.denominator, 'down');
}

export interface RelativeLine {
  readonly claimId: string;
  readonly line: number;
  /** What the adjudication found at an index of one. */
  readonly nominalMinor: bigint;
}

export interface RelativePrices {
  readonly fundMinor: bigint;
  readonly nominalMinor: bigint;
  /** Decimal text, rounded down to nine digits; `1` where the fund suffices. */
  readonly index: string;
  readonly lines: readonly (RelativeLine & { readonly paidMinor: bigint })[];
}

/**
 * Sets the index of a period and prices its lines. Lines are taken in the order of claim and line whatever order they come
 * in, so that the same lines get the same satang.
 *
 * @param of.earnedMinor premium earned in the period.
 * @param of.sharePercent what share of it may be spent on these lines.
 */
export function relativePrices(of: {
  readonly earnedMinor: bigint;
  readonly sharePercent: number;
  readonly currency: string;
  readonly lines: readonly RelativeLine[];
}): RelativePrices {
  invariant(
    of.earnedMinor >= 0n && of.lines.every((line) => line.nominalMinor >= 0n),
    'premiums and prices are not below zero',
  );
  const { numerator, denominator } = ratioOf(of.sharePercent);
  const fundMinor = divideRounded(of.earnedMinor * numerator, denominator * 100n, 'down');
  const lines = [...of.lines].sort((a, b) =>
    a.claimId === b.claimId ? a.line - b.line : a.claimId < b.claimId ? -1 : 1,
  );
  const nominalMinor = lines.reduce((sum, line) => sum + line.nominalMinor, 0n);
  if (nominalMinor <= fundMinor) {
    return {
      fundMinor,
      nominalMinor,
      index: '1',
      lines: lines.map((line) => ({ ...line, paidMinor: line.nominalMinor })),
    };
  }
  const parts = allocateMoney(
    { minor: fundMinor, currency: of.currency },
    lines.map((line) => line.nominalMinor),
  );
  return {
    fundMinor,
    nominalMinor,
    index: decimal(fundMinor, nominalMinor),
    lines: lines.map((line, i) => ({ ...line, paidMinor: parts[i]!.minor })),
  };
}

function decimal(numerator: bigint, denominator: bigint): string {
  const text = divideRounded(numerator * 1_000_000_000n, denominator, 'down')
    .toString()
    .padStart(10, '0');
  return `${text.slice(0, -9)}.${text.slice(-9)}`.replace(/\.?0+$/, '') || '0';
}

/**
 * An adjudication with its relative lines priced: it can be paid. What the index takes off is not the member's; the
 * adjusted amount falls with it, so that paid + deducted + member pays is the adjusted amount still.
 *
 * @param paid what each relative line is paid, by line number.
 */
export function valuated(adjudication: Adjudication, paid: ReadonlyMap<number, bigint>): Adjudication {
  const lines = adjudication.lines.map((line) => {
    const priced = line.relative && line.reason === 0 ? paid.get(line.line) : undefined;
    invariant(
      !line.relative || line.reason !== 0 || (priced !== undefined && priced <= line.paidMinor),
      'every relative line has its price, at most the nominal one',
    );
    return priced === undefined
      ? line
      : { ...line, paidMinor: priced, adjustedMinor: line.adjustedMinor - line.paidMinor + priced };
  });
  const sum = (of: 'paidMinor' | 'adjustedMinor') => lines.reduce((total, line) => total + line[of], 0n);
  return {
    ...adjudication,
    status: adjudication.status === 'rejected' ? 'rejected' : 'valuated',
    adjustedMinor: sum('adjustedMinor'),
    paidMinor: sum('paidMinor'),
    lines,
  };
}
