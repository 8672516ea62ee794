import type { Day } from '@serai/kernel/base/days.ts';
import { addMonths, daysBetween, yearsBetween } from '@serai/kernel/base/days.ts';
import {
  addMoney,
  allocateMoney,
  type Money,
  money,
  parseMoney,
  percentOf,
  sumMoney,
  zero,
} from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Relation } from '../cover.ts';
import type { Scheme } from './scheme.ts';
import type { SchemesRefusalCode } from './schemes.refusals.ts';
import { timePrice } from './time-price.ts';
import './schemes.refusals.ts';

/** Someone a contribution is asked for. */
export interface QuotedMember {
  readonly birthDate: Day;
  readonly relation: Relation;
  /** Monthly wage in minor units of the scheme's currency; with a payroll scheme, where members earn differently. */
  readonly wageMinor?: bigint;
}

export interface QuoteInput {
  readonly members: readonly QuotedMember[];
  /** Day of enrolment: ages are of this day. */
  readonly on: Day;
  /** Length bought; absent: the scheme's period. With a scheme sold by time, `days` may be said instead. */
  readonly months?: number;
  readonly days?: number;
  /** Monthly wage of every member without one of her own. */
  readonly wageMinor?: bigint;
  readonly stage?: 'new' | 'renewal';
  /** First day of cover, where it is known: enrolling early may be cheaper. */
  readonly startsOn?: Day;
  /** Last day of the policy that is renewed: an early renewal may be cheaper. */
  readonly previousExpiresOn?: Day;
  /** How many the group enrols together: a large group may be cheaper. */
  readonly groupMembers?: number;
}

export type Payer = 'member' | 'employer' | 'government' | 'donor';

/** One line of the calculation; the lines add up to the premium. */
export interface QuoteLine {
  readonly kind: 'rate' | 'lump-sum' | 'payroll' | 'time' | 'registration' | 'assembly' | 'check-up' | 'discount';
  /** Place in `members`; absent where the line is for the whole policy. */
  readonly member?: number;
  /** Path into the scheme that gave it: `contribution.rates[2]`. */
  readonly rule: string;
  readonly amount: Money;
}

export interface Quote {
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly months: number | undefined;
  readonly days: number | undefined;
  readonly lines: readonly QuoteLine[];
  readonly premium: Money;
  /** Who pays how much of it; adds up to the premium, those who pay nothing are left out. */
  readonly payers: readonly { readonly by: Payer; readonly amount: Money }[];
  readonly maximumInstalments: number;
}

type Share = { readonly by: Payer; readonly amount: Money };
type Priced = Result<{ readonly lines: QuoteLine[]; readonly shares?: Share[] }, SchemesRefusalCode>;

/**
 * What cover costs: the rates by person, family, wage or time, the fees of a first enrolment or a renewal, discounts, and who
 * pays how much. Percentages are rounded once a line, halves to even; nothing is cut off. DOMAIN F.1, F.2, F.3.
 */
export function quote(scheme: Scheme, input: QuoteInput): Result<Quote, SchemesRefusalCode> {
  const refused = mayQuote(scheme, input);
  if (refused) {
    return refused;
  }
  const priced = priceOf(scheme, input);
  if (!priced.ok) {
    return priced;
  }
  const discounts = discountLines(scheme, input, sumOf(scheme, priced.value.lines));
  const contributions = [...priced.value.lines, ...discounts];
  const lines = [...contributions, ...feeLines(scheme, input)];
  const premium = sumOf(scheme, lines);
  const shares = priced.value.shares ?? subsidyShares(scheme, sumOf(scheme, contributions));
  return ok({
    schemeId: scheme.id,
    schemeVersion: scheme.version,
    months: input.days === undefined ? (input.months ?? scheme.period.months) : undefined,
    days: input.days,
    lines,
    premium,
    payers: payersOf(shares, premium),
    maximumInstalments: scheme.contribution.maximumInstalments,
  });
}

/** Age in whole years on a day, and whether the scheme calls that a child. */
export function isChild(scheme: Scheme, birthDate: Day, on: Day): boolean {
  return yearsBetween(birthDate, on) < scheme.who.childBelowYears;
}

function mayQuote(scheme: Scheme, { members, on, days }: QuoteInput): Refusal<SchemesRefusalCode> | undefined {
  if (on < scheme.validFrom || (scheme.validTo !== undefined && on > scheme.validTo)) {
    return refuse('schemes.not-on-sale', { from: scheme.validFrom });
  }
  if (members.length === 0) {
    return refuse('schemes.no-members');
  }
  if (scheme.who.maximumMembers !== undefined && members.length > scheme.who.maximumMembers) {
    return refuse('schemes.too-many-members', { maximum: scheme.who.maximumMembers });
  }
  const unborn = members.findIndex((member) => member.birthDate > on);
  if (unborn >= 0) {
    return refuse('schemes.born-later', undefined, `members[${unborn}].birthDate`);
  }
  return days !== undefined && scheme.contribution.basis !== 'time' ? refuse('schemes.no-length', { days }) : undefined;
}

function priceOf(scheme: Scheme, input: QuoteInput): Priced {
  switch (scheme.contribution.basis) {
    case 'person':
      return ratedLines(scheme, input, new Set());
    case 'family':
      return familyLines(scheme, input);
    case 'payroll':
      return payrollLines(scheme, input);
    case 'time':
      return timeLines(scheme, input);
  }
}

/** One rate a member, of the length bought and her age; those the lump sum already covers are left out. */
function ratedLines(scheme: Scheme, input: QuoteInput, covered: ReadonlySet<number>): Priced {
  const months = input.months ?? scheme.period.months;
  const lines: QuoteLine[] = [];
  for (const [member, { birthDate }] of input.members.entries()) {
    if (covered.has(member)) {
      continue;
    }
    const age = yearsBetween(birthDate, input.on);
    const index = scheme.contribution.rates.findIndex(
      (rate) => rate.months === months && (!rate.ages || (age >= rate.ages.from && age < rate.ages.below)),
    );
    if (index < 0) {
      return scheme.contribution.rates.some((rate) => rate.months === months)
        ? refuse('schemes.no-rate', { age, months }, `members[${member}]`)
        : refuse('schemes.no-length', { months });
    }
    const rate = scheme.contribution.rates[index]!;
    lines.push({
      kind: 'rate',
      member,
      rule: `contribution.rates[${index}]`,
      amount: amountOf(scheme, rate.amount),
    });
  }
  return ok({ lines });
}

/** The lump sum covers adults before children (as openIMIS counts its threshold); who is beyond it is rated. */
function familyLines(scheme: Scheme, input: QuoteInput): Priced {
  const { lumpSum } = scheme.contribution;
  if (!lumpSum) {
    return ratedLines(scheme, input, new Set());
  }
  const months = input.months ?? scheme.period.months;
  if (months !== scheme.period.months) {
    return refuse('schemes.no-length', { months });
  }
  const order = input.members
    .map((member, i) => ({ i, child: isChild(scheme, member.birthDate, input.on) }))
    .sort((a, b) => Number(a.child) - Number(b.child) || a.i - b.i);
  const covered = new Set(order.slice(0, lumpSum.coversMembers).map(({ i }) => i));
  const beyond = ratedLines(scheme, input, covered);
  if (!beyond.ok) {
    return beyond;
  }
  const lump: QuoteLine = {
    kind: 'lump-sum',
    rule: 'contribution.lumpSum',
    amount: amountOf(scheme, lumpSum.amount),
  };
  return ok({ lines: [lump, ...beyond.value.lines] });
}

/** Shares of the wage between floor and ceiling, each rounded a month, times the months. */
function payrollLines(scheme: Scheme, input: QuoteInput): Priced {
  const payroll = scheme.contribution.payroll!;
  const months = input.months ?? scheme.period.months;
  if (months < 1 || months > scheme.period.months) {
    return refuse('schemes.no-length', { months });
  }
  const floor = amountOf(scheme, payroll.wageFloor).minor;
  const ceiling = amountOf(scheme, payroll.wageCeiling).minor;
  const shares = new Map<Payer, bigint>();
  const lines: QuoteLine[] = [];
  for (const [member, { wageMinor = input.wageMinor }] of input.members.entries()) {
    if (wageMinor === undefined || wageMinor < 0n) {
      return refuse('schemes.wage-needed', undefined, `members[${member}]`);
    }
    const counted = money(wageMinor < floor ? floor : wageMinor > ceiling ? ceiling : wageMinor, scheme.currency);
    let total = 0n;
    for (const [by, percent] of [
      ['member', payroll.employeePercent],
      ['employer', payroll.employerPercent],
      ['government', payroll.statePercent],
    ] as const) {
      const part = percentOf(counted, percent).minor * BigInt(months);
      shares.set(by, (shares.get(by) ?? 0n) + part);
      total += part;
    }
    lines.push({ kind: 'payroll', member, rule: 'contribution.payroll', amount: money(total, scheme.currency) });
  }
  return ok({ lines, shares: [...shares].map(([by, minor]) => ({ by, amount: money(minor, scheme.currency) })) });
}

function timeLines(scheme: Scheme, input: QuoteInput): Priced {
  const time = scheme.contribution.time!;
  const months = input.days === undefined ? (input.months ?? scheme.period.months) : 0;
  const days = input.days ?? daysBetween(input.on, addMonths(input.on, months));
  const longest = daysBetween(input.on, addMonths(input.on, scheme.period.months));
  if (!Number.isInteger(days) || days < Math.max(1, time.minimumDays) || days > longest) {
    return refuse('schemes.no-length', { days });
  }
  const minorOf = (text: string | undefined) => text && amountOf(scheme, text).minor;
  const perMember =
    months > 0 && time.month !== undefined
      ? amountOf(scheme, time.month).minor * BigInt(months)
      : timePrice(days, {
          day: minorOf(time.day) || undefined,
          week: minorOf(time.week) || undefined,
          month: minorOf(time.month) || undefined,
        });
  return ok({
    lines: input.members.map((_, member) => ({
      kind: 'time',
      member,
      rule: 'contribution.time',
      amount: money(perMember, scheme.currency),
    })),
  });
}

/** Discounts are shares of the contributions, added to each other, never of the fees. */
function discountLines(scheme: Scheme, input: QuoteInput, contributions: Money): QuoteLine[] {
  const { discounts } = scheme.contribution;
  if (!discounts) {
    return [];
  }
  const { stage = 'new', startsOn, previousExpiresOn, groupMembers = 0, on } = input;
  const ahead = (of: Day | undefined, days: number | undefined) =>
    of !== undefined && daysBetween(on, of) >= (days ?? 0);
  const given = {
    renewalPercent: stage === 'renewal' && ahead(previousExpiresOn, discounts.renewalDaysBefore),
    enrolmentPercent: stage === 'new' && ahead(startsOn, discounts.enrolmentDaysBefore),
    groupPercent: discounts.groupFromMembers !== undefined && groupMembers >= discounts.groupFromMembers,
  };
  return (['renewalPercent', 'enrolmentPercent', 'groupPercent'] as const).flatMap((field): QuoteLine[] => {
    const { minor } = percentOf(contributions, (given[field] && discounts[field]) || 0);
    return minor === 0n
      ? []
      : [{ kind: 'discount', rule: `contribution.discounts.${field}`, amount: money(-minor, scheme.currency) }];
  });
}

function feeLines(scheme: Scheme, input: QuoteInput): QuoteLine[] {
  const { registrationFee, assemblyFee, checkUpFee, checkUpAges, checkUpAtRenewal } = scheme.contribution;
  const first = (input.stage ?? 'new') === 'new';
  return input.members.flatMap(({ birthDate }, member) => {
    const age = yearsBetween(birthDate, input.on);
    const examined = !checkUpAges || (age >= checkUpAges.from && age < checkUpAges.below);
    const fees: [QuoteLine['kind'], string, string | undefined][] = [
      ['registration', 'registrationFee', first ? registrationFee : undefined],
      ['assembly', 'assemblyFee', assemblyFee],
      ['check-up', 'checkUpFee', examined && (first || checkUpAtRenewal) ? checkUpFee : undefined],
    ];
    return fees.flatMap(([kind, field, text]) =>
      text === undefined ? [] : [{ kind, member, rule: `contribution.${field}`, amount: amountOf(scheme, text) }],
    );
  });
}

/** Subsidies are shares of the contributions; the parts add up to them exactly. */
function subsidyShares(scheme: Scheme, contributions: Money): Share[] {
  const { subsidies } = scheme.contribution;
  if (subsidies.length === 0 || contributions.minor === 0n) {
    return [];
  }
  const weights = subsidies.map(({ percent }) => BigInt(Math.round(percent * 1_000_000)));
  const rest = 100_000_000n - weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = allocateMoney(contributions, [...weights, rest]);
  return subsidies.map(({ by }, i) => ({ by, amount: parts[i]! }));
}

/** What nobody else pays is the member's: fees always are. */
function payersOf(shares: readonly Share[], premium: Money): Share[] {
  const others = new Map<Payer, Money>();
  for (const { by, amount } of shares) {
    if (by !== 'member') {
      others.set(by, addMoney(others.get(by) ?? zero(premium.currency), amount));
    }
  }
  const member = premium.minor - [...others.values()].reduce((sum, { minor }) => sum + minor, 0n);
  return [
    { by: 'member' as const, amount: money(member, premium.currency) },
    ...[...others].map(([by, amount]) => ({ by, amount })),
  ].filter(({ amount }) => amount.minor !== 0n);
}

function sumOf(scheme: Scheme, lines: readonly QuoteLine[]): Money {
  return sumMoney(
    lines.map(({ amount }) => amount),
    scheme.currency,
  );
}

/** The schema has read it once already. */
function amountOf(scheme: Scheme, text: string): Money {
  return parseMoney(text, scheme.currency)!;
}
