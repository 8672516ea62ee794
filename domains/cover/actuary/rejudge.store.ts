import { type Day, dayNumber } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { passedLines, readClaims } from '../claims/claims.store.ts';
import { type ClaimsOptions, facilityOf } from '../claims/submit.store.ts';
import { circumstances } from '../claims/together.store.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { earnedUpTo, firstDay, lastDayOf, type MonthSpan, monthAfter } from './experience.ts';
import type { ClaimOutcome, RejudgeCase } from './rejudge.ts';
import type { Household } from './simulator.ts';

/** The fund's own claims, household by household, with all they are judged by: no identity leaves this file. */

export interface RejudgeOf extends MonthSpan {
  readonly schemeId: string;
}

/** Members who share a policy, directly or by way of another: nothing that one side lets pass touches another household. */
export type MemberGroup = readonly string[];

export interface WeighedGroup {
  readonly members: MemberGroup;
  readonly claims: number;
}

/** Every household of the scheme, by its first member's id. */
export async function householdGroups(db: CoverDatabase, of: RejudgeOf): Promise<WeighedGroup[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<{ policies: string[]; member: string; claims: string }>`
    select array_agg(distinct pm.policy_id) as policies, pm.member_id as member, coalesce(max(c.claims), 0) as claims
    from cover_policy_member pm
      left join (
        select member_id, count(*) as claims from cover_claim
        where scheme_id = ${of.schemeId} and care_from between ${from}::date and ${to}::date group by 1
      ) c using (member_id)
    where pm.scheme_id = ${of.schemeId} group by 2 order by 2`.execute(db);
  const root = joined(rows);
  const groups = new Map<string, { members: string[]; claims: number }>();
  for (const { member, claims } of rows) {
    const group = groups.get(root(member)) ?? { members: [], claims: 0 };
    groups.set(root(member), group);
    group.members.push(member);
    group.claims += Number(claims);
  }
  return [...groups.values()];
}

/** Groups members who share a policy (union by the smaller name, halving paths). */
function joined(rows: readonly { readonly policies: readonly string[]; readonly member: string }[]) {
  const parent = new Map<string, string>();
  const root = (member: string): string => {
    let at = member;
    for (let above = parent.get(at); above !== undefined && above !== at; above = parent.get(at)) {
      parent.set(at, parent.get(above) ?? above);
      at = above;
    }
    return at;
  };
  const first = new Map<string, string>();
  for (const { policies, member } of rows) {
    for (const policy of policies) {
      const [a, b] = [root(first.get(policy) ?? member), root(member)];
      first.set(policy, first.get(policy) ?? member);
      parent.set(a < b ? b : a, a < b ? a : b);
    }
  }
  return root;
}

/**
 * The first member of each part of about so many claims: a part is told by where it begins, so that it stays the same one
 * whoever joins while the study is made. Four members weigh as much as a claim: a fund without claims is cut too.
 */
export function partStarts(groups: readonly WeighedGroup[], size: number): string[] {
  const starts: string[] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const { members, claims } of groups) {
    if (weight >= size) {
      starts.push(members[0]!);
      weight = 0;
    }
    weight += Math.max(claims, members.length / 4);
  }
  return starts;
}

/** The groups of one part. */
export function partOf(groups: readonly WeighedGroup[], starts: readonly string[], part: number): MemberGroup[] {
  const [from, below] = [starts[part]!, starts[part + 1]];
  return groups.flatMap(({ members }) =>
    members[0]! >= from && (below === undefined || members[0]! < below) ? [members] : [],
  );
}

/** Claims of these members with what they were judged by, in the order they were judged in; those still waiting are left out. */
export async function readCases(
  db: CoverDatabase,
  options: ClaimsOptions,
  of: RejudgeOf,
  memberIds: readonly string[],
): Promise<{ readonly cases: readonly RejudgeCase[]; readonly earlier: Awaited<ReturnType<typeof passedLines>> }> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<{ claim_id: string; booked: string }>`
    select c.claim_id, c.outstanding_minor + c.payable_minor as booked
    from cover_claim c cross join lateral (
      select turn from cover_adjudication a where a.claim_id = c.claim_id order by run desc limit 1
    ) last
    where c.member_id = any(${memberIds}::text[]) and c.scheme_id = ${of.schemeId} and c.status not in ('entered', 'reversed')
      and c.care_from between ${from}::date and ${to}::date and c.claimed_on <= ${to}::date
    order by last.turn`.execute(db);
  const claims = (
    await readClaims(
      db,
      rows.map((row) => row.claim_id),
    )
  ).map((row) => row.claim);
  const by = await circumstances(db, options, claims);
  const policyIds = [...new Set(claims.flatMap((claim) => by.policiesOf(claim).map(({ policyId }) => policyId)))];
  const before = await passedLines(db, { schemeId: of.schemeId, policyIds });
  return {
    earlier: before.filter((line) => line.from < from),
    cases: claims.map((claim, i): RejudgeCase => {
      const review = by.reviewOf(claim);
      return {
        claim,
        member: by.memberOf(claim),
        policies: by.withAbroad(claim),
        facility: facilityOf(claim, options),
        bookedMinor: BigInt(rows[i]!.booked),
        ...(review.length > 0 && { review }),
      };
    }),
  };
}

interface ExposedMember {
  readonly member: string;
  readonly dependant: boolean;
  readonly days: number;
  /** Of the policies this member holds. */
  readonly earnedMinor: number;
}

/** Days of cover of each member, and what the policies they hold earned, within the span. */
async function exposedMembers(
  db: CoverDatabase,
  of: RejudgeOf,
  memberIds: readonly string[],
): Promise<Map<string, ExposedMember>> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<{ member: string; relation: string; days: number } & Record<string, string>>`
    select pm.member_id as member, pm.relation, p.effective_on as from, p.expires_on as to, p.premium_minor as premium,
      least(p.expires_on, p.ended_on - 1) as held,
      greatest(0, least(pm.covered_to, p.expires_on, p.ended_on - 1, ${to}::date)
        - greatest(pm.covered_from, p.effective_on, ${from}::date) + 1) as days
    from cover_policy_member pm join cover_policy p using (policy_id)
    where pm.member_id = any(${memberIds}::text[]) and p.scheme_id = ${of.schemeId}
      and p.effective_on <= ${to}::date and p.expires_on >= ${from}::date`.execute(db);
  const before = lastDayOf(monthAfter(of.from, -1));
  const between = (a: Day, b: Day) => dayNumber(b) - dayNumber(a);
  const found = new Map<string, ExposedMember>();
  for (const row of rows) {
    const premium = { from: row.from, to: row.to, held: row.held, premiumMinor: BigInt(row.premium!), policies: 1 };
    const holds = row.relation === 'holder';
    const policy = premium as Parameters<typeof earnedUpTo>[0];
    const earned = holds ? earnedUpTo(policy, to, between) - earnedUpTo(policy, before, between) : 0n;
    const known = found.get(row.member);
    found.set(row.member, {
      member: row.member,
      dependant: (known?.dependant ?? true) && !holds,
      days: (known?.days ?? 0) + row.days,
      earnedMinor: (known?.earnedMinor ?? 0) + Number(earned),
    });
  }
  return found;
}

/** Households with their claims' outcomes; without cover in the span they are left out. */
export async function readHouseholds(
  db: CoverDatabase,
  of: RejudgeOf,
  groups: readonly MemberGroup[],
  outcomes: readonly ClaimOutcome[],
): Promise<Household[]> {
  const exposed = await exposedMembers(db, of, groups.flat());
  const ofMember = Map.groupBy(outcomes, (outcome) => outcome.memberId);
  return groups.flatMap((members): Household[] => {
    const zero = (): [number, number] => [0, 0];
    const sums = { paidToday: zero(), ownToday: zero(), paidChanged: zero(), ownChanged: zero() };
    let [holderDays, dependantDays, earnedMinor] = [0, 0, 0];
    for (const member of members) {
      const own = exposed.get(member);
      const part = own?.dependant ? 1 : 0;
      holderDays += part === 0 ? (own?.days ?? 0) : 0;
      dependantDays += part === 1 ? (own?.days ?? 0) : 0;
      earnedMinor += own?.earnedMinor ?? 0;
      for (const { today, changed } of ofMember.get(member) ?? []) {
        sums.paidToday[part] += today.paidMinor;
        sums.ownToday[part] += today.ownMinor;
        sums.paidChanged[part] += changed.paidMinor;
        sums.ownChanged[part] += changed.ownMinor;
      }
    }
    return holderDays + dependantDays > 0 ? [{ holderDays, dependantDays, earnedMinor, ...sums }] : [];
  });
}
