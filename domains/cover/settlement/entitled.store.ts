import { addDays, addMonths, daysBetween } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { withPeriodsAbroad } from '../claims/insured-abroad.ts';
import type { OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { readPolicies } from '../enrolment/members.store.ts';
import { lastDay, standing } from '../enrolment/policy.ts';
import type { Settling } from './agreed.ts';
import { certifiedPeriods } from './certificate.store.ts';

/** Whether this fund covers one of its members for care abroad on a day, and for which of the agreed benefits. */

export interface Entitlement {
  readonly covered: boolean;
  readonly because: 'covered' | 'not-covered' | 'waiting';
  readonly schemeId: string | undefined;
  /** Last day of cover. */
  readonly until: string | undefined;
  readonly benefits: readonly string[];
}

const none: Entitlement = {
  covered: false,
  because: 'not-covered',
  schemeId: undefined,
  until: undefined,
  benefits: [],
};

export async function entitlementOf(
  db: CoverDatabase,
  { schemes, agreements }: Pick<OwnCoverOptions, 'schemes' | 'agreements'>,
  agreement: Settling,
  {
    memberId,
    on,
    visit,
  }: { readonly memberId: string; readonly on: string; readonly visit: 'other' | 'referral' | 'emergency' },
): Promise<Entitlement> {
  const abroad = (await certifiedPeriods(db, agreements, [memberId])).get(memberId) ?? [];
  const policies = withPeriodsAbroad(schemes, await readPolicies(db, [memberId]), abroad, { memberId, day: on });
  const active = policies.flatMap((policy) => {
    const member = policy.members.find((each) => each.memberId === memberId);
    const covers =
      member && member.from <= on && on <= member.to && standing(policy, policy.instalments, on) === 'active';
    return covers ? [{ policy, member }] : [];
  });
  const first = active[0];
  if (!first) {
    return none;
  }
  const since = active.map(({ member }) => member.continuousSince).sort()[0]!;
  const last = (each: (typeof active)[number]) =>
    each.member.to < lastDay(each.policy) ? each.member.to : lastDay(each.policy);
  const until = active.map(last).sort().at(-1)!;
  const possible = (agreement.benefits ?? []).filter((benefit) => benefit.visits.includes(visit));
  const open = possible.filter((benefit) => daysBetween(since, on) >= benefit.waitingDays || visit === 'emergency');
  return {
    covered: open.length > 0,
    because: open.length > 0 ? 'covered' : 'waiting',
    schemeId: first.policy.schemeId,
    until,
    benefits: open.map((benefit) => benefit.id),
  };
}

/** What was claimed and not refused for a member's care abroad in a calendar year, by benefit, minor units. */
export async function usedInYear(
  db: CoverDatabase,
  of: { readonly memberId: string; readonly agreement: string; readonly partner: string; readonly year: string },
  except?: string,
): Promise<Record<string, bigint>> {
  const { rows } = await sql<{ benefit: string; used: string }>`
    select l.benefit, sum(case when l.state in ('accepted', 'adjusted') then l.amount_minor
      else coalesce(l.proposed_minor, 0) end)::text as used
    from settlement_line l join settlement_claim c using (claim_id)
    where c.side = 'debtor' and c.member_id = ${of.memberId} and c.agreement = ${of.agreement}
      and c.partner = ${of.partner} and c.care_from between ${`${of.year}-01-01`}::date and ${`${of.year}-12-31`}::date
      and l.benefit is not null and l.state <> 'withdrawn' and c.claim_id <> ${except ?? ''}
    group by l.benefit`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.benefit, BigInt(row.used)]));
}

/** How long an authorisation holds: three months, or as long as the cover. */
export function authorisedUntil(on: string, until: string): string {
  const most = addDays(addMonths(on, 3), -1);
  return most < until ? most : until;
}
