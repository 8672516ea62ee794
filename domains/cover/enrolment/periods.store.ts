import type { CoverDatabase } from '../cover.tables.ts';
import { readPolicies } from './members.store.ts';
import { daysOf, joined, monthsOf, type Period } from './periods.ts';
import { lastDay } from './policy.ts';

/** What a member has been covered for, or has contributed for: what another country totals under a clause. */
export interface PeriodsOfMember {
  /** Runs of days in each scheme, in order. */
  readonly schemes: readonly (Period & { readonly schemeId: string; readonly days: number; readonly months: number })[];
  /** Over all schemes, a day counted once however many covered it. */
  readonly days: number;
  readonly months: number;
}

/**
 * Days of cover in effect. Where a scheme is contributed to month by month, the months that were paid. Access is decided
 * before.
 * @param until no day after it is counted; absent: policies count to their end.
 */
export async function periodsOf(db: CoverDatabase, memberId: string, until?: string): Promise<PeriodsOfMember> {
  const policies = await readPolicies(db, [memberId]);
  const monthly = await paidMonths(
    db,
    policies.map((policy) => policy.policyId),
  );
  const bySchemes = new Map<string, Period[]>();
  for (const policy of policies) {
    const covered = policy.members.find((each) => each.memberId === memberId)!;
    if (policy.effectiveOn === undefined) {
      continue;
    }
    const from = latest(covered.from, policy.effectiveOn);
    const to = earliest(covered.to, lastDay(policy), until ?? '9999-12-31');
    const months = monthly.get(policy.policyId);
    const periods = months
      ? months.map((each) => ({ from: latest(each.from, from), to: earliest(each.to, to) }))
      : [{ from, to }];
    bySchemes.set(policy.schemeId, [...(bySchemes.get(policy.schemeId) ?? []), ...periods]);
  }
  const all = joined([...bySchemes.values()].flat());
  return {
    schemes: [...bySchemes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([schemeId, periods]) =>
        joined(periods).map((each) => ({ schemeId, ...each, days: daysOf([each]), months: monthsOf([each]) })),
      ),
    days: daysOf(all),
    months: monthsOf(all),
  };
}

/** Months contributed for and paid in full, of policies that are paid month by month. */
async function paidMonths(db: CoverDatabase, policyIds: readonly string[]): Promise<ReadonlyMap<string, Period[]>> {
  if (policyIds.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('cover_instalment')
    .select(['policy_id', 'covers_from', 'covers_to', 'amount_minor', 'paid_minor'])
    .where('policy_id', 'in', [...policyIds])
    .where('covers_from', 'is not', null)
    .execute();
  const found = new Map<string, Period[]>();
  for (const row of rows) {
    const before = found.get(row.policy_id) ?? [];
    const paid = BigInt(row.paid_minor) >= BigInt(row.amount_minor);
    found.set(row.policy_id, paid ? [...before, { from: row.covers_from!, to: row.covers_to! }] : before);
  }
  return found;
}

function latest(...days: readonly string[]): string {
  return days.reduce((a, b) => (a > b ? a : b));
}

function earliest(...days: readonly string[]): string {
  return days.reduce((a, b) => (a < b ? a : b));
}
