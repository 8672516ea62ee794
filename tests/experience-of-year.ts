import type { Experience } from '@serai/domains/cover/actuary/desk.ts';
import {
  type ClaimRow,
  type ExposureRow,
  type FirstClaimRow,
  firstDay,
  lastDayOf,
  type MonthSpan,
  monthsOf,
  type PremiumRow,
  type RunOffRow,
  type Segment,
} from '@serai/domains/cover/actuary/experience.ts';
import type { GeneratedClaim } from '@serai/domains/cover/year/claims.ts';
import type { GeneratedPolicy } from '@serai/domains/cover/year/enrolment.ts';
import type { GeneratedYear } from '@serai/domains/cover/year/year.store.ts';
import { addDays, addMonths, type Day, daysBetween } from '@serai/kernel/base/days.ts';

/**
 * What the actuary's desk would have read of a generated year on a day, member by member and day by day and without a database:
 * claims reported later are not there, and those judged later are still waiting.
 */
export function experienceOf(year: GeneratedYear, span: MonthSpan, asOf: Day = lastDayOf(span.to)): Experience {
  const known = year.claims.filter(
    ({ claim, adjudication, processedOn }) =>
      claim.claimedOn <= asOf &&
      (adjudication === undefined || processedOn! > asOf || adjudication.status !== 'rejected'),
  );
  return {
    span,
    currency: year.scheme.currency,
    exposure: exposureOf(year, span),
    claims: claimsOf(year, span, known, asOf),
    premiums: premiumsOf(year),
    runOff: runOffOf(span, known, asOf),
    firstClaims: firstClaimsOf(year, span, known),
  };
}

/** The segment each member is in at the end of a span. */
export function segmentsOf({ enrolled }: GeneratedYear, { to }: MonthSpan): Map<string, Omit<Segment, 'month'>> {
  const industries = new Map(enrolled.groups.map((group) => [group.groupId, group.industry ?? 'none']));
  const end = lastDayOf(to);
  return new Map(
    enrolled.members.map((member) => [
      member.memberId,
      {
        age: bandOf(member.birthDate, end),
        sex: member.sex,
        industry: member.groupId === undefined ? 'none' : industries.get(member.groupId)!,
        joined: member.alone ? ('alone' as const) : ('employer' as const),
      },
    ]),
  );
}

function bandOf(birthDate: Day, end: Day): string {
  const bands = [15, 25, 35, 45, 55].map((years) => birthDate > addMonths(end, -12 * years));
  return ['0-14', '15-24', '25-34', '35-44', '45-54'][bands.indexOf(true)] ?? '55+';
}

export interface CoveredDays {
  readonly memberId: string;
  readonly policy: GeneratedPolicy;
  readonly since: Day;
  readonly from: Day;
  readonly to: Day;
}

/** Days each member was covered within two days, policy by policy. */
export function coveredDays({ enrolled }: GeneratedYear, first: Day, last: Day): CoveredDays[] {
  return enrolled.policies.flatMap((policy) =>
    policy.members.flatMap(({ memberId, from, to, continuousSince }) => {
      const start = [from, policy.effectiveOn ?? '9999-12-31', first].sort().at(-1)!;
      const ends = [to, policy.expiresOn, last, policy.endedOn === undefined ? last : addDays(policy.endedOn, -1)];
      const end = ends.sort()[0]!;
      return start <= end ? [{ memberId, policy, since: continuousSince, from: start, to: end }] : [];
    }),
  );
}

function exposureOf(year: GeneratedYear, span: MonthSpan): ExposureRow[] {
  const segments = segmentsOf(year, span);
  return coveredDays(year, firstDay(span.from), lastDayOf(span.to)).flatMap(({ memberId, from, to }) =>
    monthsOf({ from: from.slice(0, 7), to: to.slice(0, 7) }).map((month) => {
      const [first, last] = [firstDay(month), lastDayOf(month)];
      const memberDays = daysBetween(first < from ? from : first, last < to ? last : to) + 1;
      return { month, memberDays, ...segments.get(memberId)! };
    }),
  );
}

const minorOf = ({ claim }: GeneratedClaim) =>
  claim.lines.reduce((sum, line) => sum + Number(line.unitPrice.minor) * Number(line.quantity), 0) / 100;

/** What a claim is worth in the books of a day: judged, or waiting and worth what it asks. */
export function worthOf(claim: GeneratedClaim, asOf: Day) {
  const waits = claim.adjudication === undefined || claim.processedOn! > asOf;
  const asked = minorOf(claim);
  return waits
    ? { amount: 0, asked: 0, entered: 1, enteredAmount: asked }
    : { amount: Number(claim.adjudication!.paidMinor) / 100, asked, entered: 0, enteredAmount: 0 };
}

function claimsOf(year: GeneratedYear, span: MonthSpan, known: readonly GeneratedClaim[], asOf: Day): ClaimRow[] {
  const segments = segmentsOf(year, span);
  return inSpan(known, span).map((each) => {
    const worth = worthOf(each, asOf);
    return {
      month: each.claim.from.slice(0, 7),
      claims: 1,
      squares: worth.amount ** 2,
      ...worth,
      ...segments.get(each.claim.memberId)!,
    };
  });
}

function inSpan(claims: readonly GeneratedClaim[], { from, to }: MonthSpan): GeneratedClaim[] {
  return claims.filter(({ claim }) => claim.from >= firstDay(from) && claim.from <= lastDayOf(to));
}

function runOffOf(span: MonthSpan, known: readonly GeneratedClaim[], asOf: Day): RunOffRow[] {
  return inSpan(known, span).map((each) => {
    const { amount, enteredAmount } = worthOf(each, asOf);
    const paid = each.paidOn !== undefined && each.paidOn <= asOf;
    return {
      care: each.claim.from.slice(0, 7),
      reported: each.claim.claimedOn.slice(0, 7),
      ...(paid && { paid: each.paidOn!.slice(0, 7) }),
      claims: 1,
      amount,
      squares: amount ** 2,
      enteredAmount,
      settled: paid ? amount : 0,
    };
  });
}

function premiumsOf({ enrolled }: GeneratedYear): PremiumRow[] {
  return enrolled.policies.flatMap(({ effectiveOn, expiresOn, endedOn, premium }) => {
    const held = endedOn === undefined || endedOn > expiresOn ? expiresOn : addDays(endedOn, -1);
    return effectiveOn === undefined
      ? []
      : [{ from: effectiveOn, to: expiresOn, held, premiumMinor: premium.minor, policies: 1 }];
  });
}

function firstClaimsOf(year: GeneratedYear, span: MonthSpan, known: readonly GeneratedClaim[]): FirstClaimRow[] {
  const [first, last] = [firstDay(span.from), lastDayOf(span.to)];
  const seen = new Map<string, { from: Day; to: Day }>();
  for (const { memberId, from, to } of coveredDays(year, '0001-01-01', last)) {
    const before = seen.get(memberId);
    seen.set(memberId, {
      from: before && before.from < from ? before.from : from,
      to: before && before.to > to ? before.to : to,
    });
  }
  const firstClaim = new Map<string, Day>();
  for (const { claim } of known) {
    const before = firstClaim.get(claim.memberId);
    if (claim.from <= last && (before === undefined || claim.from < before)) {
      firstClaim.set(claim.memberId, claim.from);
    }
  }
  return year.enrolled.members.flatMap(({ memberId, alone }): FirstClaimRow[] => {
    const days = seen.get(memberId);
    if (!days || days.from < first) {
      return [];
    }
    const claim = firstClaim.get(memberId);
    const claimed = claim !== undefined && claim <= days.to;
    const day = Math.max(0, daysBetween(days.from, claimed ? claim : days.to));
    return [{ joined: alone ? 'alone' : 'employer', day, claimed, members: 1 }];
  });
}
