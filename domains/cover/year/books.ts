import { addDays, type Day } from '@serai/kernel/base/days.ts';
import { type Money, money, percentOf } from '@serai/kernel/base/money.ts';
import { periodOf } from '../claims/relative.ts';
import type { FundEvent } from '../fund/postings.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { type Enrolled, monthEnds } from './enrolment.ts';
import type { SchemePlan } from './plan.ts';

/** What a generated fund began with and what running it cost: from the scheme's assumptions. */

/** Capital put in before the first contribution, as a share of a year's contributions: what a regulator would ask. */
const capitalPercent = 25;

export function openingCapital(scheme: Scheme, enrolled: Enrolled, until: Day): { amount: Money; day: Day } {
  const year = addDays(until, -364);
  const written = enrolled.policies
    .filter((policy) => policy.enrolledOn >= year)
    .reduce((sum, policy) => sum + policy.issued.minor, 0n);
  const first = enrolled.policies.reduce((day, policy) => (policy.enrolledOn < day ? policy.enrolledOn : day), until);
  return { amount: percentOf(money(written, scheme.currency), capitalPercent), day: first };
}

/** Administration, paid at the end of each month out of what was taken in that month. */
export function administrationEvents(scheme: Scheme, enrolled: Enrolled, until: Day): FundEvent[] {
  const percent = scheme.assumptions?.expensePercent ?? 0;
  const first = enrolled.policies.reduce((day, policy) => (policy.enrolledOn < day ? policy.enrolledOn : day), until);
  const written = new Map<string, bigint>();
  for (const policy of enrolled.policies) {
    const month = policy.enrolledOn.slice(0, 7);
    written.set(month, (written.get(month) ?? 0n) + policy.issued.minor);
  }
  return monthEnds(first, until)
    .filter((day) => day < until)
    .map((day) => ({
      event: 'administration-paid' as const,
      id: `${scheme.id}:${day.slice(0, 7)}`,
      schemeId: scheme.id,
      amount: percentOf(money(written.get(day.slice(0, 7)) ?? 0n, scheme.currency), percent),
      day,
      reference: `Scheme/${scheme.id}`,
    }));
}

/** A donor's grant, received on the first day after each quarter whose contributions it adds to. */
export function grantEvents(
  scheme: Scheme,
  grant: SchemePlan['grant'],
  enrolled: Enrolled,
  until: Day,
): readonly FundEvent[] {
  if (!grant) {
    return [];
  }
  const quarterOf = (day: Day) => periodOf('quarter', day);
  const paid = new Map<Day, bigint>();
  for (const { amount, receivedOn } of enrolled.policies.flatMap((policy) => policy.payments)) {
    const { to } = quarterOf(receivedOn);
    paid.set(to, (paid.get(to) ?? 0n) + amount.minor);
  }
  return [...paid]
    .filter(([to]) => to < until)
    .map(([to, minor]) => ({
      event: 'subsidy-received' as const,
      id: `${scheme.id}:grant:${to}`,
      schemeId: scheme.id,
      amount: percentOf(money(minor, scheme.currency), grant.percent),
      day: addDays(to, 1),
      reference: grant.reference,
    }));
}
