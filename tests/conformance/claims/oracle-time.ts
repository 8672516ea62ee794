import type { AdjudicationInput } from '../../../domains/cover/claims/adjudication.ts';
import type { Scheme } from '../../../domains/cover/schemes/scheme.ts';

/** Days and months for the second opinion on claims, counted one by one. */
export function days(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

export function age(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

const text = (date: Date) => date.toISOString().slice(0, 10);

/** The same date so many months on; the month's last day where it has no such date. */
export function monthsLater(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  for (let on = date; ; on--) {
    const found = new Date(Date.UTC(year, month - 1 + months, on));
    if (found.getUTCDate() === on) {
      return text(found);
    }
  }
}

function daysOfMonth(first: string): string[] {
  const found: string[] = [];
  for (
    let at = days(first);
    found.length === 0 || text(new Date(at * 86_400_000)).startsWith(first.slice(0, 7));
    at++
  ) {
    found.push(text(new Date(at * 86_400_000)));
  }
  return found;
}

/** Of the months before the month of care, those with a day of cover that were contributed for. */
export function qualifyingMonths(input: AdjudicationInput, scheme: Scheme, within: number): number {
  let months = 0;
  for (let back = 1; back <= within; back++) {
    const month = daysOfMonth(monthsLater(`${input.claim.from.slice(0, 7)}-01`, -back));
    months += input.policies.some((policy) => isContributed(policy, scheme, input.claim.memberId, month)) ? 1 : 0;
  }
  return months;
}

type AnyPolicy = AdjudicationInput['policies'][number];

function isContributed(policy: AnyPolicy, scheme: Scheme, memberId: string, month: readonly string[]): boolean {
  const isCovered = month.some(
    (day) =>
      policy.effectiveOn !== undefined &&
      policy.effectiveOn <= day &&
      day <= policy.expiresOn &&
      (policy.endedOn === undefined || day < policy.endedOn) &&
      policy.members.some((each) => each.memberId === memberId && each.from <= day && day <= each.to),
  );
  const isPaid = (each: AnyPolicy['instalments'][number]) =>
    each.paid.minor + (each.waived?.minor ?? 0n) >= each.amount.minor;
  if (!isCovered || policy.schemeVersion === 0) {
    return isCovered;
  }
  const { instalments } = policy;
  const monthly = instalments.filter((each) => each.coversFrom !== undefined && each.coversTo !== undefined);
  if (monthly.length > 0) {
    const ofMonth = monthly.filter((each) => month.some((day) => each.coversFrom! <= day && day <= each.coversTo!));
    return ofMonth.length > 0 && ofMonth.every((each) => each.amount.minor > 0n && isPaid(each));
  }
  if (scheme.contribution.basis === 'payroll' && instalments.length === 0) {
    return false;
  }
  return instalments.every((each) => each.due > month.at(-1)! || isPaid(each));
}
