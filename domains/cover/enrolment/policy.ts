import { addDays, addMonths, type Day, daysBetween } from '@serai/kernel/base/days.ts';
import { allocateMoney, type Money, money, multiplyMoney, zero } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { CoveredMember, Instalment, Policy, Relation, Standing } from '../cover.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { PolicyRefusalCode } from './policy.refusals.ts';
import './policy.refusals.ts';

/**
 * The life of a policy, as days: planned, effective, suspended, renewed, transferred, lapsed, ended. Pure: the store writes
 * what is decided here. Rules of openIMIS (DOMAIN F.3): start = enrolment + administration months, or the next cycle;
 * effective = max(start, the contribution that completed what was due, or forced activation); expiry = start + period − 1 day.
 */

type Dates = Pick<Policy, 'startsOn' | 'effectiveOn' | 'expiresOn' | 'endedOn'>;
type Owed = Pick<Instalment, 'due' | 'graceUntil' | 'amount' | 'paid' | 'writtenOff' | 'waived'>;

/** Where a policy stands on a day, by what has been paid until now. */
export function standing(policy: Dates, instalments: readonly Owed[], on: Day): Standing {
  if (policy.endedOn !== undefined && on >= policy.endedOn) {
    return 'ended';
  }
  if (on > policy.expiresOn) {
    return 'expired';
  }
  if (policy.effectiveOn === undefined) {
    return 'idle';
  }
  if (on < policy.effectiveOn) {
    return 'ready';
  }
  return instalments.some((each) => on > each.graceUntil && unpaidMinor(each) > 0n) ? 'suspended' : 'active';
}

/** What is still owed of an instalment. */
export function owedMinor(instalment: Pick<Instalment, 'amount' | 'paid' | 'writtenOff'>): bigint {
  return instalment.amount.minor - instalment.paid.minor - instalment.writtenOff.minor;
}

/** What nobody has paid or forgiven of an instalment: cover waits for it, also where the fund no longer asks for it. */
export function unpaidMinor(instalment: Pick<Instalment, 'amount' | 'paid' | 'waived'>): bigint {
  return instalment.amount.minor - instalment.paid.minor - (instalment.waived?.minor ?? 0n);
}

/** Last day of cover, were nothing more to happen. */
export function lastDay(policy: Pick<Policy, 'expiresOn' | 'endedOn'>): Day {
  const ended = policy.endedOn && addDays(policy.endedOn, -1);
  return ended !== undefined && ended < policy.expiresOn ? ended : policy.expiresOn;
}

export interface PolicyPlanInput {
  readonly policyId: string;
  readonly scheme: Scheme;
  readonly enrolledOn: Day;
  readonly premium: Money;
  readonly members: readonly { readonly memberId: string; readonly relation: Relation }[];
  /** Length bought; absent: the scheme's period. */
  readonly months?: number;
  readonly days?: number;
  /** Asked to start later than the scheme would. */
  readonly startsOn?: Day;
  readonly instalments?: number;
  /** The policy this one renews, or, with `transfer`, takes over from under another employer. */
  readonly previous?: Policy;
  readonly transfer?: boolean;
}

export interface PlannedPolicy {
  readonly startsOn: Day;
  readonly expiresOn: Day;
  readonly stage: 'new' | 'renewal';
  readonly renewalOf: string | undefined;
  readonly premium: Money;
  readonly members: readonly CoveredMember[];
  readonly instalments: readonly Instalment[];
  /** The former policy is cut to this last day, so that nobody is covered twice on one day. */
  readonly cutsPrevious: { readonly policyId: string; readonly endedOn: Day; readonly memberTo: Day } | undefined;
}

/** A policy as it will be when nothing but its own days and contributions is known. */
export function planPolicy(input: PolicyPlanInput): Result<PlannedPolicy, PolicyRefusalCode> {
  const { scheme, previous, transfer = false } = input;
  const startsOn = startOf(input);
  const expiresOn = endOfPeriod(scheme, startsOn, input);
  const count = input.instalments ?? 1;
  const refused = mayPlan(input, startsOn, expiresOn, count);
  if (refused) {
    return refused;
  }
  return ok({
    startsOn,
    expiresOn,
    stage: previous && !transfer ? 'renewal' : 'new',
    renewalOf: previous && !transfer ? previous.policyId : undefined,
    premium: input.premium,
    members: input.members.map(({ memberId, relation }) => ({
      memberId,
      relation,
      from: startsOn,
      to: expiresOn,
      continuousSince: continuedSince(scheme, previous, memberId, startsOn),
    })),
    instalments: planInstalments({ ...input, startsOn, expiresOn, count }),
    cutsPrevious:
      previous && transfer && lastDay(previous) >= startsOn
        ? { policyId: previous.policyId, endedOn: startsOn, memberTo: addDays(startsOn, -1) }
        : undefined,
  });
}

function mayPlan(
  { scheme, enrolledOn, startsOn: asked }: PolicyPlanInput,
  startsOn: Day,
  expiresOn: Day,
  count: number,
): Refusal<PolicyRefusalCode> | undefined {
  if ((asked !== undefined && asked < enrolledOn) || startsOn < enrolledOn) {
    return refuse('policy.starts-before-enrolment');
  }
  if (startsOn > addMonths(enrolledOn, 12 + scheme.period.administrationMonths)) {
    return refuse('policy.too-far-ahead');
  }
  if (expiresOn < startsOn || expiresOn >= addMonths(startsOn, Math.max(scheme.period.months, longestRate(scheme)))) {
    return refuse('policy.no-length');
  }
  return !Number.isInteger(count) || count < 1 || count > scheme.contribution.maximumInstalments
    ? refuse('policy.too-many-instalments', { maximum: scheme.contribution.maximumInstalments })
    : undefined;
}

/** Some schemes sell longer than their usual period. */
function longestRate(scheme: Scheme): number {
  return Math.max(0, ...scheme.contribution.rates.map(({ months }) => months));
}

/** Renewals and transfers follow on from the day after, without administration months; the rest waits for its cycle. */
function startOf({ scheme, enrolledOn, startsOn, previous, transfer = false }: PolicyPlanInput): Day {
  if (transfer) {
    return later(enrolledOn, startsOn ?? enrolledOn);
  }
  const follows = previous && addDays(lastDay(previous), 1);
  if (follows !== undefined && daysBetween(follows, enrolledOn) <= scheme.contribution.grace.renewalDays) {
    return later(follows, later(enrolledOn, startsOn ?? enrolledOn));
  }
  const ready = later(addMonths(enrolledOn, scheme.period.administrationMonths), startsOn ?? enrolledOn);
  return nextCycle(scheme, ready);
}

/** The first of the scheme's cycle days on or after a day; the day itself where the scheme has no cycle. */
export function nextCycle(scheme: Scheme, from: Day): Day {
  const year = Number(from.slice(0, 4));
  const starts = scheme.period.cycleStarts.flatMap((day) => [`${year}-${day}`, `${year + 1}-${day}`]).sort();
  return starts.find((day) => day >= from) ?? from;
}

function endOfPeriod(scheme: Scheme, startsOn: Day, { months, days }: Pick<PolicyPlanInput, 'months' | 'days'>): Day {
  return days === undefined
    ? addDays(addMonths(startsOn, months ?? scheme.period.months), -1)
    : addDays(startsOn, days - 1);
}

/** Waiting periods go on counting where the gap is within the grace for renewals (a transfer within it too). */
function continuedSince(scheme: Scheme, previous: Policy | undefined, memberId: string, startsOn: Day): Day {
  const before =
    previous?.effectiveOn === undefined ? undefined : previous.members.find((each) => each.memberId === memberId);
  const until = before && (before.to < lastDay(previous!) ? before.to : lastDay(previous!));
  return until !== undefined && daysBetween(addDays(until, 1), startsOn) <= scheme.contribution.grace.renewalDays
    ? before!.continuousSince
    : startsOn;
}

/**
 * Parts of the premium that add up to it exactly: the first is due at enrolment, the others at even distances in the period.
 * A premium of nothing has none.
 */
function planInstalments(input: {
  readonly policyId: string;
  readonly scheme: Scheme;
  readonly enrolledOn: Day;
  readonly startsOn: Day;
  readonly expiresOn: Day;
  readonly premium: Money;
  readonly count: number;
}): Instalment[] {
  const { premium, scheme, startsOn, expiresOn } = input;
  const count = Math.min(input.count, Number(premium.minor > 1000n ? 1000n : premium.minor));
  if (count === 0) {
    return [];
  }
  const length = daysBetween(startsOn, expiresOn) + 1;
  return allocateMoney(
    premium,
    Array.from({ length: count }, () => 1n),
  ).map((amount, i) => {
    const due = i === 0 ? input.enrolledOn : addDays(startsOn, Math.floor((length * i) / count));
    return {
      instalmentId: `${input.policyId}.${i + 1}`,
      number: i + 1,
      due,
      graceUntil: addDays(i === 0 ? later(due, startsOn) : due, scheme.contribution.grace.paymentDays),
      amount,
      paid: zero(premium.currency),
      writtenOff: zero(premium.currency),
    };
  });
}

/** Whether everything due until a day has been paid or waived, so that the policy may come into effect. */
export function dueIsPaid(instalments: readonly Owed[], on: Day): boolean {
  return instalments.every((each, i) => (i > 0 && each.due > on) || unpaidMinor(each) <= 0n);
}

/**
 * The policy comes into effect: on the day of the contribution that completed what was due (or of a forced activation), not
 * before its start. A first cover counts its waiting periods from then; a continued one keeps them, unless it came too late.
 */
export function activate(
  policy: Pick<Policy, 'startsOn' | 'members'>,
  completedOn: Day,
  { scheme, previous }: { readonly scheme: Scheme; readonly previous?: Policy },
): { readonly effectiveOn: Day; readonly members: readonly CoveredMember[] } {
  const effectiveOn = later(policy.startsOn, completedOn);
  return {
    effectiveOn,
    members: policy.members.map((member) => ({
      ...member,
      continuousSince:
        member.continuousSince < policy.startsOn
          ? previous
            ? continuedSince(scheme, previous, member.memberId, effectiveOn)
            : member.continuousSince
          : later(member.from, effectiveOn),
    })),
  };
}

/** A member who joins a running policy: her own waiting periods begin that day. */
export function joinPolicy(
  policy: Pick<Policy, 'startsOn' | 'expiresOn' | 'endedOn'>,
  member: { readonly memberId: string; readonly relation: Relation },
  on: Day,
): Result<CoveredMember, PolicyRefusalCode> {
  const from = later(on, policy.startsOn);
  return from > lastDay(policy)
    ? refuse('policy.ended')
    : ok({ ...member, from, to: policy.expiresOn, continuousSince: from });
}

export type EndReason = 'left-employer' | 'left-country' | 'died' | 'asked' | 'lapsed' | 'never-paid' | 'mistake';

export interface PlannedEnd {
  /** New last day of the policy where run-off carries it beyond its period. */
  readonly expiresOn: Day;
  /** First day that is not covered any more; absent where cover runs to `expiresOn`. */
  readonly endedOn: Day | undefined;
  readonly endedBecause: EndReason;
  readonly memberTo: Day;
}

/**
 * Ends a policy before its time. `lastContributionDay` is the last day of work or contribution: after leaving an employer or
 * the country the scheme's run-off months are covered still (social security: six months).
 */
export function planEnd(
  policy: Dates,
  {
    scheme,
    lastContributionDay,
    because,
  }: { readonly scheme: Scheme; readonly lastContributionDay: Day; readonly because: EndReason },
): Result<PlannedEnd, PolicyRefusalCode> {
  if (policy.endedOn !== undefined) {
    return refuse('policy.ended');
  }
  if (lastContributionDay < addDays(policy.startsOn, -1) || lastContributionDay > policy.expiresOn) {
    return refuse('policy.ends-outside');
  }
  const runsOff =
    (because === 'left-employer' || because === 'left-country') &&
    policy.effectiveOn !== undefined &&
    policy.effectiveOn <= lastContributionDay;
  const memberTo = runsOff ? addMonths(lastContributionDay, scheme.period.runOffMonths) : lastContributionDay;
  return ok({
    expiresOn: later(policy.expiresOn, memberTo),
    endedOn: memberTo < policy.expiresOn ? addDays(memberTo, 1) : undefined,
    endedBecause: because,
    memberTo,
  });
}

/**
 * A policy that was suspended for longer than the grace for renewals lapses: it ends with the first day it was suspended,
 * also where its time has run out since. One that never came into effect ends as if it had not been; one that was covered
 * to its last day owes what it owes.
 */
export function lapse(policy: Dates, instalments: readonly Owed[], scheme: Scheme, on: Day): PlannedEnd | undefined {
  const now = standing(policy, instalments, on);
  const suspendedFrom = suspendedSince(instalments, on);
  if (suspendedFrom === undefined || now === 'ended' || now === 'ready') {
    return undefined;
  }
  const never = policy.effectiveOn === undefined;
  if (on < lapsesOn(suspendedFrom, scheme) || (!never && suspendedFrom > policy.expiresOn)) {
    return undefined;
  }
  const endedOn = never ? policy.startsOn : later(suspendedFrom, policy.startsOn);
  return {
    expiresOn: policy.expiresOn,
    endedOn,
    endedBecause: never ? 'never-paid' : 'lapsed',
    memberTo: addDays(endedOn, -1),
  };
}

/** The day after the first grace that passed unpaid, by what has been paid until now. */
function suspendedSince(instalments: readonly Owed[], on: Day): Day | undefined {
  const passed = instalments
    .filter((each) => on > each.graceUntil && unpaidMinor(each) > 0n)
    .map((each) => each.graceUntil)
    .sort();
  return passed[0] && addDays(passed[0], 1);
}

/** The day on which a policy that is suspended since a day, and still owed for, lapses. */
export function lapsesOn(suspendedFrom: Day, scheme: Scheme): Day {
  return addDays(suspendedFrom, scheme.contribution.grace.renewalDays);
}

/** The part of the premium for the days after the last covered one, by days: what may be given back. */
export function unearned(policy: Pick<Policy, 'startsOn' | 'expiresOn' | 'premium'>, lastCoveredDay: Day): Money {
  const length = daysBetween(policy.startsOn, policy.expiresOn) + 1;
  const left = Math.min(length, Math.max(0, daysBetween(lastCoveredDay, policy.expiresOn)));
  return left === 0
    ? money(0n, policy.premium.currency)
    : multiplyMoney(policy.premium, { numerator: BigInt(left), denominator: BigInt(length) });
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
