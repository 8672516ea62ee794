import { addDays, dayNumber, daysBetween, yearsBetween } from '@serai/kernel/base/days.ts';
import { parseRatio } from '@serai/kernel/base/money.ts';
import type { Claim, ClaimLine, Member } from '../cover.ts';
import type { ClaimCategory, Scheme } from '../schemes/scheme.ts';
import { entryOf, isUnder, nightsOf } from './categories.ts';
import { lineClaimed } from './submission.ts';
import { type SuspicionReason, suspicionOf } from './suspicion-reasons.ts';

/** What is looked at, beside the claim itself. The store gives what it has; what is absent is not suspected. */
export interface SuspicionInput {
  readonly claim: Claim;
  readonly scheme: Scheme;
  readonly member: (Member & { readonly diedOn?: string }) | undefined;
  /** Other claims of the same member, at whichever facility, that were not taken back. */
  readonly others: readonly Claim[];
  /** The facility on the first day of care. */
  readonly facility?: {
    /** Claims for that day, this one too, and how many people it can see. */
    readonly claimsOfDay?: number;
    readonly capacityOfDay?: number;
    /** ISO weekdays (1 is Monday) it is closed on, and single days. */
    readonly closedWeekdays?: readonly number[];
    readonly closedDays?: readonly string[];
  };
}

export interface Suspicion {
  readonly number: number;
  readonly name: string;
  readonly weight: SuspicionReason['weight'];
  /** The claims it rests on, in order; none where the claim speaks for itself. */
  readonly with: readonly string[];
  /** The line it is about, where it is about one. */
  readonly line?: number;
}

type Rule = (input: SuspicionInput) => readonly Omit<Suspicion, 'name' | 'weight'>[];

/**
 * What is wrong with a claim, as far as dates, codes and the member's other claims tell: duplicates, and care that cannot
 * have been. Pure; the order of `others` does not matter.
 */
export function suspicions(input: SuspicionInput): Suspicion[] {
  const others = input.others.filter(({ claimId }) => claimId !== input.claim.claimId).sort(byId);
  const given = { ...input, others };
  return rules
    .flatMap((rule) => rule(given))
    .map((found) => {
      const { name, weight } = suspicionOf(found.number)!;
      return { ...found, name, weight };
    });
}

const byId = (a: Claim, b: Claim) => (a.claimId < b.claimId ? -1 : 1);

// ---- Sent twice -----------------------------------------------------------------------------------------------------

const sentTwice: Rule = ({ claim, others }) => {
  const same = others.filter((other) => contents(other) === contents(claim));
  if (same.length > 0) {
    return [{ number: 200, with: ids(same) }];
  }
  return claim.lines.flatMap((line) => {
    const alike = others.filter(
      (other) =>
        other.provider === claim.provider &&
        other.from === claim.from &&
        other.lines.some(({ code, kind }) => code === line.code && kind === line.kind),
    );
    return alike.length > 0 ? [{ number: 201, with: ids(alike), line: line.line }] : [];
  });
};

/** Everything of a claim but its numbers. */
function contents(claim: Claim): string {
  const lines = claim.lines
    .map((line) => `${line.kind} ${line.code} ${quantityText(line)} ${line.unitPrice.minor}`)
    .sort()
    .join(',');
  return [claim.memberId, claim.provider, claim.from, claim.to, claim.currency, lines].join('|');
}

function quantityText({ quantity }: ClaimLine): string {
  return quantity.includes('.') ? quantity.replace(/\.?0+$/, '') : quantity;
}

const sameLineTwice: Rule = ({ claim }) =>
  claim.lines.flatMap((line, i) =>
    claim.lines
      .slice(0, i)
      .some((earlier) => earlier.code === line.code && earlier.unitPrice.minor === line.unitPrice.minor)
      ? [{ number: 202, with: [], line: line.line }]
      : [],
  );

const sameAmount: Rule = ({ claim, others }) => {
  const alike = others.filter(
    (other) =>
      contents(other) !== contents(claim) &&
      other.currency === claim.currency &&
      other.diagnoses[0] === claim.diagnoses[0] &&
      Math.abs(daysBetween(other.from, claim.from)) <= 14 &&
      amountOf(other) === amountOf(claim),
  );
  return alike.length > 0 ? [{ number: 203, with: ids(alike) }] : [];
};

function amountOf(claim: Claim): bigint {
  return claim.lines.reduce((sum, line) => sum + lineClaimed(line).minor, 0n);
}

function ids(claims: readonly Claim[]): string[] {
  return claims.map(({ claimId }) => claimId);
}

// ---- Cannot have been -----------------------------------------------------------------------------------------------

const outsideLife: Rule = ({ claim, member }) => {
  const firstPossible =
    member &&
    { day: member.birthDate, month: `${member.birthDate.slice(0, 7)}-01` }[member.birthPrecision as 'day' | 'month'];
  const birth = member && (firstPossible ?? `${member.birthDate.slice(0, 4)}-01-01`);
  return [
    ...(birth !== undefined && claim.from < birth ? [{ number: 210, with: [] }] : []),
    ...(member?.diedOn !== undefined && claim.to > member.diedOn ? [{ number: 211, with: [] }] : []),
  ];
};

/** Birth by what was done or by the diagnosis (ICD-10 O80–O84). */
function isDelivery(scheme: Scheme, claim: Claim): boolean {
  return (
    has(scheme, claim, 'delivery') ||
    claim.diagnoses.some((code) => ['O80', 'O81', 'O82', 'O83', 'O84'].some((prefix) => isUnder(code, prefix)))
  );
}

function has(scheme: Scheme, claim: Claim, category: ClaimCategory): boolean {
  return claim.lines.some(({ code }) => entryOf(scheme, code)?.is.category === category);
}

const birth: Rule = ({ claim, scheme, member, others }) => {
  const delivery = isDelivery(scheme, claim);
  const found: { number: number; with: string[] }[] = [];
  if (member?.sex === 'male' && (delivery || has(scheme, claim, 'antenatal'))) {
    found.push({ number: 212, with: [] });
  }
  if (!delivery) {
    return found;
  }
  // Two claims of one birth (the midwife's and the ward's) are near each other; another birth is not within five months.
  const near = others.filter((other) => {
    const days = Math.abs(daysBetween(other.from, claim.from));
    return isDelivery(scheme, other) && days > 7 && days < 150;
  });
  if (near.length > 0) {
    found.push({ number: 213, with: ids(near) });
  }
  const age = member && member.sex !== 'male' ? yearsBetween(member.birthDate, claim.from) : undefined;
  if (age !== undefined && (age < 10 || age > 55)) {
    found.push({ number: 214, with: [] });
  }
  return found;
};

const elsewhere: Rule = ({ claim, others }) => {
  const away = others.filter((other) => other.provider !== claim.provider);
  const stays = nightsOf(claim) > 0;
  // Leaving one hospital and entering another on one day is a transfer: nights are compared, not days.
  const sameNight = away.filter(
    (other) => stays && nightsOf(other) > 0 && other.from < claim.to && claim.from < other.to,
  );
  const between = away.filter((other) => isBetween(claim, other) || isBetween(other, claim));
  const abroad = away.filter(
    (other) =>
      countryOf(other) !== countryOf(claim) &&
      other.from <= claim.to &&
      claim.from <= other.to &&
      !sameNight.includes(other) &&
      !between.includes(other),
  );
  return [
    ...(sameNight.length > 0 ? [{ number: 215, with: ids(sameNight) }] : []),
    ...(between.length > 0 ? [{ number: 216, with: ids(between) }] : []),
    ...(abroad.length > 0 ? [{ number: 217, with: ids(abroad) }] : []),
  ];
};

/** An out-patient on a day that lies within a stay, neither its first nor its last. */
function isBetween(visit: Claim, stay: Claim): boolean {
  return nightsOf(visit) === 0 && stay.from < visit.from && visit.from < stay.to;
}

function countryOf({ provider }: Claim): string {
  return provider.slice(0, 2);
}

// ---- More than can be -----------------------------------------------------------------------------------------------

/** What one person can have of a thing in a day: hours of a service, and items counted one by one. */
const mostADay = { service: 24n, item: 20n } as const;
/** Items may be taken home for as many days. */
const takenHomeDays = 90n;

const tooMuch: Rule = ({ claim, scheme }) =>
  claim.lines.flatMap((line) => {
    const quantity = parseRatio(line.quantity);
    if (!quantity) {
      return [];
    }
    const days = BigInt(nightsOf(claim)) + 1n;
    const isBeyond = (most: bigint) => quantity.numerator > most * quantity.denominator;
    if (entryOf(scheme, line.code)?.is.category === 'hospitalisation' && isBeyond(days)) {
      return [{ number: 220, with: [], line: line.line }];
    }
    return isBeyond(mostADay[line.kind] * (line.kind === 'item' ? days + takenHomeDays : days))
      ? [{ number: 221, with: [], line: line.line }]
      : [];
  });

const facilityDay: Rule = ({ claim, facility }) => {
  const { claimsOfDay, capacityOfDay, closedWeekdays = [], closedDays = [] } = facility ?? {};
  // Day 0 of 1970 was a Thursday, the fourth day of an ISO week.
  const weekday = ((dayNumber(claim.from) + 3) % 7) + 1;
  const closed =
    claim.visit !== 'emergency' &&
    nightsOf(claim) === 0 &&
    (closedWeekdays.includes(weekday) || closedDays.includes(claim.from));
  return [
    ...(claimsOfDay !== undefined && capacityOfDay !== undefined && claimsOfDay > capacityOfDay
      ? [{ number: 230, with: [] }]
      : []),
    ...(closed ? [{ number: 231, with: [] }] : []),
  ];
};

const rules: readonly Rule[] = [
  sentTwice,
  sameLineTwice,
  sameAmount,
  outsideLife,
  birth,
  elsewhere,
  tooMuch,
  facilityDay,
];

/** From which day on to which the member's other claims are needed, so that nothing above is missed. */
export function suspicionWindow(claim: Pick<Claim, 'from' | 'to'>): { readonly from: string; readonly to: string } {
  return { from: addDays(claim.from, -366), to: addDays(claim.to, 366) };
}
