import { addDays, type Day, daysBetween } from '@serai/kernel/base/days.ts';
import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { PolicyInFull } from './members.store.ts';
import { owedMinor, standing } from './policy.ts';

/** What a holder is reminded of on a day, pure: one stage at a time, the most pressing. */

export const reminderKinds = [
  'renewal-soon',
  'renewal-last',
  'renewal-grace',
  'grace',
  'grace-last',
  'suspended',
  'lapsed',
  'asked',
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

export interface Reminder {
  readonly kind: ReminderKind;
  /** The stage this is told for, once in the life of the policy. */
  readonly stage: string;
  /** The day it is about: the last to pay or renew, or the last that was covered. */
  readonly day: Day;
  /** What is owed by then; absent where it is about renewal. */
  readonly owed?: Money;
}

/** Days before the end at which a renewal is spoken of, and spoken of again. */
export const renewalSoonDays = 30;
export const renewalLastDays = 7;
/** Days before the end of grace at which it is said a last time. */
export const graceLastDays = 3;

/**
 * The reminder a policy is at on a day; none where nothing is owed and no renewal is due. Money that is owed comes before
 * a renewal: without it there is nothing to renew.
 * @param renewed a policy that follows this one is there already.
 */
export function reminderOf(policy: PolicyInFull, scheme: Scheme, on: Day, renewed: boolean): Reminder | undefined {
  const now = standing(policy, policy.instalments, on);
  if (now === 'ended') {
    return undefined;
  }
  return (
    (now === 'expired' ? undefined : contributionReminder(policy, on)) ?? renewalReminder(policy, scheme, on, renewed)
  );
}

function contributionReminder(policy: PolicyInFull, on: Day): Reminder | undefined {
  const overdue = policy.instalments.filter((each) => on > each.due && owedMinor(each) > 0n);
  const first = overdue.reduce<(typeof overdue)[number] | undefined>(
    (a, b) => (a && a.graceUntil <= b.graceUntil ? a : b),
    undefined,
  );
  if (!first) {
    return undefined;
  }
  const owed = money(
    overdue.reduce((sum, each) => sum + owedMinor(each), 0n),
    first.amount.currency,
  );
  const left = daysBetween(on, first.graceUntil);
  const kind = left < 0 ? 'suspended' : left <= graceLastDays ? 'grace-last' : 'grace';
  return { kind, stage: `${kind}:${first.instalmentId}`, day: first.graceUntil, owed };
}

function renewalReminder(policy: PolicyInFull, scheme: Scheme, on: Day, renewed: boolean): Reminder | undefined {
  if (renewed || policy.effectiveOn === undefined) {
    return undefined;
  }
  const left = daysBetween(on, policy.expiresOn);
  if (left > renewalSoonDays) {
    return undefined;
  }
  if (left >= 0) {
    const kind = left <= renewalLastDays ? 'renewal-last' : 'renewal-soon';
    return { kind, stage: kind, day: policy.expiresOn };
  }
  const until = addDays(policy.expiresOn, scheme.contribution.grace.renewalDays);
  return on <= until ? { kind: 'renewal-grace', stage: 'renewal-grace', day: until } : undefined;
}
