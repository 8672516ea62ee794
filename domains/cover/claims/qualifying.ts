import { addDays, addMonths, type Day, firstOfMonth } from '@serai/kernel/base/days.ts';
import { lastDay, unpaidMinor } from '../enrolment/policy.ts';
import type { Benefit, Scheme } from '../schemes/scheme.ts';
import type { AdjudicationInput } from './adjudication.ts';
import type { Placed } from './categories.ts';

type AnyPolicy = AdjudicationInput['policies'][number];

export interface Qualifying {
  /** Months that count, each once under whichever policy. */
  readonly months: number;
  readonly needed: number;
  readonly within: number;
  /** Of the months, those that only a certificate from abroad gives. */
  readonly monthsAbroad: number;
  /** Path into the scheme. */
  readonly rule: string;
}

/** A period insured elsewhere stands as a policy of no version: what it certifies was contributed for there. */
const isAbroad = (policy: AnyPolicy) => policy.schemeVersion === 0;

/**
 * How far a member is with the months of contributions a benefit asks for; undefined where it asks for none. Looked at are
 * the months before the month of the day. One counts when the member was covered in it and it was contributed for: under a
 * policy paid month by month, when that month was paid in full; under any other, when all that was due by its end was. A
 * scheme of payrolls counts nothing where no contribution was ever raised. Source: DOMAIN F.2 (Thai social security).
 */
export function qualifyingMonths(
  scheme: Scheme,
  benefit: Placed<Benefit> | undefined,
  policies: readonly AnyPolicy[],
  of: { readonly memberId: string; readonly day: Day },
): Qualifying | undefined {
  const own = benefit?.is.qualifying;
  const rule = own ?? scheme.period.qualifying;
  if (!rule) {
    return undefined;
  }
  let months = 0;
  let monthsAbroad = 0;
  for (let back = 1; back <= rule.within; back++) {
    const first = addMonths(firstOfMonth(of.day), -back);
    const counted = policies.filter((policy) => contributed(scheme, policy, of.memberId, first));
    months += counted.length > 0 ? 1 : 0;
    monthsAbroad += counted.length > 0 && counted.every(isAbroad) ? 1 : 0;
  }
  return {
    months,
    monthsAbroad,
    needed: rule.months,
    within: rule.within,
    rule: own ? `${benefit.path}.qualifying` : 'period.qualifying',
  };
}

function contributed(scheme: Scheme, policy: AnyPolicy, memberId: string, first: Day): boolean {
  const last = addDays(addMonths(first, 1), -1);
  const { effectiveOn, instalments, members } = policy;
  // A day of the month on which both the policy and the member's own cover stood.
  const covered =
    effectiveOn !== undefined &&
    members.some(
      (each) =>
        each.memberId === memberId && latest(first, effectiveOn, each.from) <= earliest(last, lastDay(policy), each.to),
    );
  if (!covered || isAbroad(policy)) {
    return covered;
  }
  const monthly = instalments.filter((each) => each.coversFrom !== undefined && each.coversTo !== undefined);
  if (monthly.length > 0) {
    const ofMonth = monthly.filter((each) => each.coversFrom! <= last && first <= each.coversTo!);
    return ofMonth.length > 0 && ofMonth.every((each) => each.amount.minor > 0n && unpaidMinor(each) <= 0n);
  }
  if (scheme.contribution.basis === 'payroll' && instalments.length === 0) {
    return false;
  }
  return instalments.every((each) => each.due > last || unpaidMinor(each) <= 0n);
}

const latest = (...days: Day[]) => days.reduce((a, b) => (a > b ? a : b));
const earliest = (...days: Day[]) => days.reduce((a, b) => (a < b ? a : b));
