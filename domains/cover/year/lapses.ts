import { addDays, addMonths, type Day } from '@serai/kernel/base/days.ts';
import { invariant } from '@serai/kernel/base/invariant.ts';
import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Instalment, Policy } from '../cover.ts';
import { cutInstalments } from '../enrolment/payments.ts';
import { lapse, lapsesOn, owedMinor, type PlannedEnd, unearned } from '../enrolment/policy.ts';
import { graceLastDays, renewalLastDays, renewalSoonDays } from '../enrolment/reminders.ts';
import type { Scheme } from '../schemes/scheme.ts';

/**
 * What time did to generated policies, day by day as `enrolment.daily` would have: holders were reminded, who stopped paying
 * lapsed by the scheme's rule, what fell due later is not asked for, and what nobody paid a year after was written off.
 */

export interface GeneratedLapse {
  readonly on: Day;
  readonly end: PlannedEnd;
  /** Of the premium, for days that are not covered: not owed any more. */
  readonly cut: Money;
  readonly cuts: readonly { readonly instalmentId: string; readonly minor: bigint }[];
  /** As the policy was before. */
  readonly members: Policy['members'];
}

export interface GeneratedWriteOff {
  readonly on: Day;
  readonly batchId: string;
  readonly instalmentId: string;
  readonly amount: Money;
}

export interface GeneratedReminder {
  readonly stage: string;
  readonly on: Day;
}

export interface TimePassed {
  readonly policy: Policy;
  readonly instalments: readonly Instalment[];
  readonly lapse?: GeneratedLapse;
  readonly writeOffs: readonly GeneratedWriteOff[];
  readonly reminders: readonly GeneratedReminder[];
}

/** Debts of a policy that lapsed are written off at the end of the month in which they are this old. */
const writtenOffAfterMonths = 12;
/** Renewals longer ago are not told of: they would fill the demonstration with what nobody looks at. */
const renewalsToldDays = 62;

interface Made {
  readonly policy: Policy;
  readonly instalments: readonly Instalment[];
  /** The day each part was paid, by its id; absent: it was not. */
  readonly paidOn: ReadonlyMap<string, Day>;
}

/** @param until the last day of the year: nothing later has happened. */
export function timePassed(made: Made, scheme: Scheme, until: Day, prefix: string): TimePassed {
  const lapsed = lapseOf(made, scheme, until);
  const reminders = remindersOf(made, until, lapsed);
  if (!lapsed) {
    return { policy: made.policy, instalments: made.instalments, writeOffs: [], reminders };
  }
  const { policy } = made;
  const cut = new Map(lapsed.cuts.map(({ instalmentId, minor }) => [instalmentId, minor]));
  const instalments = made.instalments.map((each) => less(each, cut.get(each.instalmentId) ?? 0n));
  const writeOffs = writeOffsOf(instalments, lapsed.on, until, prefix);
  return {
    policy: {
      ...policy,
      premium: money(policy.premium.minor - lapsed.cut.minor, policy.premium.currency),
      endedOn: lapsed.end.endedOn!,
      endedBecause: lapsed.end.endedBecause,
      members: policy.members.map((each) => ({
        ...each,
        to: each.to < lapsed.end.memberTo ? each.to : lapsed.end.memberTo,
      })),
    },
    instalments: instalments.map((each) => {
      const off = writeOffs.find((one) => one.instalmentId === each.instalmentId);
      return off ? { ...each, writtenOff: off.amount } : each;
    }),
    lapse: lapsed,
    writeOffs,
    reminders,
  };
}

function lapseOf({ policy, instalments }: Made, scheme: Scheme, until: Day): GeneratedLapse | undefined {
  const open = instalments.find((each) => owedMinor(each) > 0n);
  const on = open && lapsesOn(addDays(open.graceUntil, 1), scheme);
  const end = on !== undefined && on <= until ? lapse(policy, instalments, scheme, on) : undefined;
  if (on === undefined || !end) {
    return undefined;
  }
  const cut = unearned(policy, end.memberTo);
  const cuts = cutInstalments(cut.minor, instalments);
  invariant(
    cuts.every((each) => each.paid === 0n),
    'who stopped paying has paid for no day after',
  );
  return {
    on,
    end,
    cut,
    cuts: cuts.map(({ instalmentId, unpaid }) => ({ instalmentId, minor: unpaid })),
    members: policy.members,
  };
}

function less(instalment: Instalment, minor: bigint): Instalment {
  return { ...instalment, amount: money(instalment.amount.minor - minor, instalment.amount.currency) };
}

function writeOffsOf(
  instalments: readonly Instalment[],
  lapsedOn: Day,
  until: Day,
  prefix: string,
): GeneratedWriteOff[] {
  const on = addDays(addMonths(`${lapsedOn.slice(0, 7)}-01`, writtenOffAfterMonths + 1), -1);
  return on > until
    ? []
    : instalments
        .filter((each) => owedMinor(each) > 0n)
        .map((each) => ({
          on,
          batchId: `${prefix}-written-off-${on}`,
          instalmentId: each.instalmentId,
          amount: money(owedMinor(each), each.amount.currency),
        }));
}

/** Each stage on the day it was first reached; the first part that is open is the one that is spoken of. */
function remindersOf(
  { policy, instalments, paidOn }: Made,
  until: Day,
  lapsed: GeneratedLapse | undefined,
): GeneratedReminder[] {
  const last = lapsed ? addDays(lapsed.on, -1) : until;
  const told: GeneratedReminder[] = [];
  for (const { instalmentId, due, graceUntil } of instalments) {
    const paid = paidOn.get(instalmentId);
    const open = (on: Day) => on <= last && (paid === undefined || on < paid);
    const lastCall = addDays(graceUntil, -graceLastDays);
    for (const [kind, on] of [
      ['grace', addDays(due, 1)],
      ['grace-last', lastCall > due ? lastCall : addDays(due, 1)],
      ['suspended', addDays(graceUntil, 1)],
    ] as const) {
      // With few days of grace there is no time for the first word.
      if (open(on) && !(kind === 'grace' && on >= lastCall)) {
        told.push({ stage: `${kind}:${instalmentId}`, on });
      }
    }
    if (paid === undefined) {
      break;
    }
  }
  if (lapsed) {
    return [...told, { stage: `lapsed:${lapsed.end.endedOn}`, on: lapsed.on }];
  }
  return policy.effectiveOn === undefined ? told : [...told, ...renewalReminders(policy, until)];
}

function renewalReminders({ expiresOn }: Policy, until: Day): GeneratedReminder[] {
  if (expiresOn < addDays(until, -renewalsToldDays)) {
    return [];
  }
  return [
    { stage: 'renewal-soon', on: addDays(expiresOn, -renewalSoonDays) },
    { stage: 'renewal-last', on: addDays(expiresOn, -renewalLastDays) },
  ].filter(({ on }) => on <= until);
}
