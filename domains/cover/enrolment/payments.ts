import { type Day, dayNumber } from '@serai/kernel/base/days.ts';
import type { Instalment } from '../cover.ts';
import { owedMinor } from './policy.ts';

/** Contributions and what they pay for, pure: which instalments a payment goes to, and how old what is owed is. */

export interface Allocation {
  readonly instalmentId: string;
  readonly policyId: string;
  readonly minor: bigint;
}

export type OwedInstalment = Instalment & { readonly policyId: string };

/**
 * The oldest debt first, then the order of policies; what is left is credit.
 * @param due what an instalment may take: what is owed of it, or with what was written off as uncollectable.
 */
export function allocate(
  minor: bigint,
  instalments: readonly OwedInstalment[],
  due: (instalment: OwedInstalment) => bigint = owedMinor,
): { readonly allocations: readonly Allocation[]; readonly left: bigint } {
  const inOrder = [...instalments].sort((a, b) =>
    a.due === b.due ? (a.instalmentId < b.instalmentId ? -1 : 1) : a.due < b.due ? -1 : 1,
  );
  const allocations: Allocation[] = [];
  let left = minor;
  for (const instalment of inOrder) {
    const owed = due(instalment);
    if (left > 0n && owed > 0n) {
      const part = owed < left ? owed : left;
      allocations.push({ instalmentId: instalment.instalmentId, policyId: instalment.policyId, minor: part });
      left -= part;
    }
  }
  return { allocations, left };
}

export interface Cut {
  readonly instalmentId: string;
  /** Taken off what was to be paid. */
  readonly unpaid: bigint;
  /** Taken off what was written off as uncollectable, and off what was waived: neither was anybody's money. */
  readonly uncollectable: bigint;
  readonly waived: bigint;
  /** Taken off what was paid already: it becomes credit. */
  readonly paid: bigint;
}

/** Takes an amount off instalments, the latest first, off what nobody has paid before what is paid. */
export function cutInstalments(minor: bigint, instalments: readonly Instalment[]): Cut[] {
  const latestFirst = [...instalments].sort((a, b) => b.number - a.number);
  const waivedOf = (each: Instalment) => each.waived?.minor ?? 0n;
  let left = minor;
  const taken = (most: (each: Instalment) => bigint) =>
    new Map(
      latestFirst.map((each) => {
        const part = most(each) < left ? most(each) : left;
        left -= part;
        return [each.instalmentId, part];
      }),
    );
  const unpaid = taken(owedMinor);
  const uncollectable = taken((each) => each.writtenOff.minor - waivedOf(each));
  const waived = taken(waivedOf);
  const paid = taken((each) => each.paid.minor);
  return latestFirst
    .map(({ instalmentId }) => ({
      instalmentId,
      unpaid: unpaid.get(instalmentId)!,
      uncollectable: uncollectable.get(instalmentId)!,
      waived: waived.get(instalmentId)!,
      paid: paid.get(instalmentId)!,
    }))
    .filter((cut) => cut.unpaid > 0n || cut.uncollectable > 0n || cut.waived > 0n || cut.paid > 0n);
}

/** How old a debt is on a day, as arrears are listed: not due yet, within grace, then by 30 days. */
export const arrearsAges = ['not-due', 'in-grace', 'to-30', 'to-60', 'to-90', 'over-90'] as const;
export type ArrearsAge = (typeof arrearsAges)[number];

export function arrearsAge(instalment: Pick<Instalment, 'due' | 'graceUntil'>, on: Day): ArrearsAge {
  const days = dayNumber(on) - dayNumber(instalment.due);
  if (days <= 0) {
    return 'not-due';
  }
  if (on <= instalment.graceUntil) {
    return 'in-grace';
  }
  return days <= 30 ? 'to-30' : days <= 60 ? 'to-60' : days <= 90 ? 'to-90' : 'over-90';
}
