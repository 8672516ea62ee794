import { type Day, daysBetween, yearsBetween } from '@serai/kernel/base/days.ts';
import { type Money, type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Member, Policy, Relation } from '../cover.ts';
import { type Quote, type QuoteLine, quote } from '../schemes/premium.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { type PlannedPolicy, planPolicy } from './policy.ts';

/**
 * What an enrolment comes to, pure: who may be on the policy, what it costs, when it runs and what is owed when. The store
 * writes what is decided here; a preview shows it.
 */

export interface Enrolled {
  readonly member: Pick<Member, 'memberId' | 'birthDate' | 'entitlement' | 'residence'>;
  readonly relation: Relation;
  readonly wage?: Money | undefined;
}

export interface EnrolmentQuestion {
  readonly policyId: string;
  readonly scheme: Scheme;
  readonly on: Day;
  readonly members: readonly Enrolled[];
  readonly startsOn?: Day | undefined;
  readonly months?: number | undefined;
  readonly days?: number | undefined;
  readonly instalments?: number | undefined;
  /** How many the group enrols together. */
  readonly groupMembers?: number | undefined;
  readonly industry?: string | undefined;
  /** Percent of the contribution an incentive takes off, of a campaign. */
  readonly incentivePercent?: number | undefined;
  readonly previous?: Policy | undefined;
  readonly transfer?: boolean | undefined;
}

export interface PlannedEnrolment {
  readonly policyId: string;
  readonly scheme: Scheme;
  readonly plan: PlannedPolicy;
  readonly quote: Quote;
  /** What members and employers owe: the sum of the instalments, and what the ledger hears of. */
  readonly owed: Money;
  /** What governments and donors bring beside it. */
  readonly subsidy: Money;
}

/** A policy as it would be, or why not. */
export function planEnrolment(question: EnrolmentQuestion): Result<PlannedEnrolment> {
  const { scheme } = question;
  const refused = mayEnrol(question);
  if (refused) {
    return refused;
  }
  const price = priceOf(question);
  if (!price.ok) {
    return price;
  }
  const { owed, subsidy } = price.value;
  const plan = planPolicy({
    policyId: question.policyId,
    scheme,
    enrolledOn: question.on,
    premium: owed,
    members: question.members.map(({ member, relation }) => ({ memberId: member.memberId, relation })),
    ...(question.months !== undefined && { months: question.months }),
    ...(question.days !== undefined && { days: question.days }),
    ...(question.startsOn !== undefined && { startsOn: question.startsOn }),
    ...(question.instalments !== undefined && { instalments: question.instalments }),
    ...(question.previous && { previous: question.previous }),
    ...(question.transfer && { transfer: true }),
  });
  return plan.ok
    ? ok({ policyId: question.policyId, scheme, plan: plan.value, quote: price.value.quote, owed, subsidy })
    : plan;
}

/** An enrolment as it is shown before it is made. */
export interface EnrolmentPreview {
  readonly startsOn: string;
  readonly expiresOn: string;
  readonly lines: readonly { readonly kind: QuoteLine['kind']; readonly member?: number; readonly amount: MoneyText }[];
  readonly owed: MoneyText;
  readonly subsidy: MoneyText;
  readonly instalments: readonly { readonly due: string; readonly amount: MoneyText }[];
  readonly maximumInstalments: number;
}

export function previewOf({ plan, quote, owed, subsidy }: PlannedEnrolment): EnrolmentPreview {
  return {
    startsOn: plan.startsOn,
    expiresOn: plan.expiresOn,
    lines: quote.lines.map(({ kind, member, amount }) => ({
      kind,
      ...(member !== undefined && { member }),
      amount: moneyText(amount),
    })),
    owed: moneyText(owed),
    subsidy: moneyText(subsidy),
    instalments: plan.instalments.map(({ due, amount }) => ({ due, amount: moneyText(amount) })),
    maximumInstalments: quote.maximumInstalments,
  };
}

/** Contributions of wages are owed month by month as wages are paid; nothing is owed at enrolment. */
function priceOf(question: EnrolmentQuestion): Result<{ quote: Quote; owed: Money; subsidy: Money }> {
  const { scheme, previous, transfer, incentivePercent = 0 } = question;
  const { currency } = scheme;
  if (scheme.contribution.basis === 'payroll') {
    return ok({ quote: emptyQuote(scheme), owed: money(0n, currency), subsidy: money(0n, currency) });
  }
  const price = quote(scheme, {
    members: question.members.map(({ member, relation, wage }) => ({
      birthDate: member.birthDate,
      relation,
      ...(wage && { wageMinor: wage.minor }),
    })),
    on: question.on,
    ...(question.months !== undefined && { months: question.months }),
    ...(question.days !== undefined && { days: question.days }),
    stage: previous && !transfer ? 'renewal' : 'new',
    ...(previous && { previousExpiresOn: previous.expiresOn }),
    ...(question.groupMembers !== undefined && { groupMembers: question.groupMembers }),
  });
  if (!price.ok) {
    return price;
  }
  const of = (...payers: string[]) =>
    price.value.payers.filter(({ by }) => payers.includes(by)).reduce((sum, { amount }) => sum + amount.minor, 0n);
  const asked = of('member', 'employer');
  // Whole minor units, rounded down: an incentive never takes off more than it says.
  const off = (asked * BigInt(Math.round(incentivePercent * 100))) / 10_000n;
  return ok({
    quote: price.value,
    owed: money(asked - off, currency),
    subsidy: money(of('government', 'donor'), currency),
  });
}

function emptyQuote(scheme: Scheme): Quote {
  return {
    schemeId: scheme.id,
    schemeVersion: scheme.version,
    months: scheme.period.months,
    days: undefined,
    lines: [],
    premium: money(0n, scheme.currency),
    payers: [],
    maximumInstalments: scheme.contribution.maximumInstalments,
  };
}

/** Who may be on the policy; each refusal names the member by place, never by name. */
export function mayEnrol(question: EnrolmentQuestion): Refusal | undefined {
  const { scheme, members, industry } = question;
  const { who } = scheme;
  if (members.filter(({ relation }) => relation === 'holder').length !== 1) {
    return refuse('schemes.no-holder', undefined, 'members');
  }
  if (who.maximumMembers !== undefined && members.length > who.maximumMembers) {
    return refuse('schemes.too-many-members', { maximum: who.maximumMembers }, 'members');
  }
  if (who.dependants.maximum !== undefined && members.length - 1 > who.dependants.maximum) {
    return refuse('schemes.too-many-dependants', { maximum: who.dependants.maximum }, 'members');
  }
  if (who.industries && industry !== undefined && !who.industries.includes(industry)) {
    return refuse('schemes.industry', undefined, 'groupId');
  }
  for (const [i, each] of members.entries()) {
    const refused = mayBeOn(question, each, `members[${i}]`);
    if (refused) {
      return refused;
    }
  }
  return undefined;
}

/** Whether one member may be on a policy of the scheme, as holder or family. */
export function mayBeOn(
  { scheme, on }: Pick<EnrolmentQuestion, 'scheme' | 'on'>,
  { member, relation }: Enrolled,
  at: string,
): Refusal | undefined {
  const { who } = scheme;
  const age = yearsBetween(member.birthDate, on);
  if (member.birthDate > on || daysBetween(member.birthDate, on) > 126 * 366) {
    return refuse('enrolment.birth-invalid', undefined, `${at}.birth`);
  }
  if (relation === 'holder') {
    if (!who.entitlements.includes('any') && !who.entitlements.includes(member.entitlement)) {
      return refuse('schemes.not-entitled', undefined, `${at}.entitlement`);
    }
    return who.ages && (age < who.ages.from || age >= who.ages.below)
      ? refuse('schemes.age', { from: who.ages.from, below: who.ages.below }, `${at}.birth`)
      : undefined;
  }
  const { relations, childBelowYears, leftBehind } = who.dependants;
  if (!relations.includes(relation) || (relation === 'child' && age >= (childBelowYears ?? who.childBelowYears))) {
    return refuse('schemes.relation', undefined, `${at}.relation`);
  }
  return !leftBehind && member.residence !== scheme.country
    ? refuse('schemes.left-behind', undefined, `${at}.residence`)
    : undefined;
}
