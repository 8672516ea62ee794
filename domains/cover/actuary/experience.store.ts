import type { Day } from '@serai/kernel/base/days.ts';
import { minorDigits } from '@serai/kernel/base/money.ts';
import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import {
  type ClaimRow,
  type ExposureRow,
  type FirstClaimRow,
  firstDay,
  lastDayOf,
  type MonthSpan,
  type PremiumRow,
  type RunOffRow,
} from './experience.ts';

/** Experience straight from the tables of cover, summed by the database: nothing of one person leaves it. */

export interface ExperienceOf extends MonthSpan {
  readonly schemeId: string;
  readonly currency: string;
}

/** Age at the end of the span, so that exposure and claims of one person fall in the same band. */
const band = (to: Day) => sql`case
  when m.birth_date > ${to}::date - interval '15 years' then '0-14'
  when m.birth_date > ${to}::date - interval '25 years' then '15-24'
  when m.birth_date > ${to}::date - interval '35 years' then '25-34'
  when m.birth_date > ${to}::date - interval '45 years' then '35-44'
  when m.birth_date > ${to}::date - interval '55 years' then '45-54' else '55+' end`;

const segment = (to: Day) => sql`${band(to)} as age, m.sex, coalesce(g.industry, 'none') as industry,
  case when g.kind is null or g.kind = 'family' then 'alone' else 'employer' end as joined`;

/** Days of cover a member had under a policy, within a span. */
const coveredFrom = (from: Day) => sql`greatest(pm.covered_from, p.effective_on, ${from}::date)`;
const coveredTo = (to: Day) => sql`least(pm.covered_to, p.expires_on, p.ended_on - 1, ${to}::date)`;

/** Claims that stand: neither refused nor taken back. */
const stands = sql`c.status not in ('rejected', 'reversed')`;
/** What a judged claim costs: outstanding in the ledger, or found payable. */
const judged = sql`(c.outstanding_minor + c.payable_minor)`;

export async function exposureRows(db: CoverDatabase, of: ExperienceOf): Promise<ExposureRow[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<ExposureRow & { memberDays: string }>`
    with covered as (
      select ${coveredFrom(from)} as f, ${coveredTo(to)} as t, ${segment(to)}
      from cover_policy p join cover_policy_member pm using (policy_id) join cover_member m using (member_id)
        left join cover_group g on g.group_id = p.group_id
      where p.scheme_id = ${of.schemeId} and p.effective_on <= ${to}::date and p.expires_on >= ${from}::date
    ), alike as (
      select f, t, age, sex, industry, joined, count(*) as members from covered where t >= f group by 1, 2, 3, 4, 5, 6
    )
    select to_char(month, 'YYYY-MM') as month, age, sex, industry, joined,
      sum(members * (least(t, (month + interval '1 month')::date - 1) - greatest(f, month::date) + 1)) as "memberDays"
    from alike cross join lateral generate_series(date_trunc('month', f::timestamp), t::timestamp, interval '1 month') as month
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(db);
  return rows.map((row) => ({ ...row, memberDays: Number(row.memberDays) }));
}

export async function claimRows(db: CoverDatabase, of: ExperienceOf): Promise<ClaimRow[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const unit = 10 ** minorDigits(of.currency);
  const { rows } = await sql<Record<keyof ClaimRow, string>>`
    select to_char(c.care_from, 'YYYY-MM') as month, ${segment(to)},
      count(*) as claims, sum(${judged}) as amount, sum(${judged}::float8 * ${judged}) as squares,
      coalesce(sum(c.claimed_minor) filter (where c.status <> 'entered' and c.currency = c.pays_currency), 0) as asked,
      count(*) filter (where c.status = 'entered') as entered,
      coalesce(sum(c.claimed_minor) filter (where c.status = 'entered' and c.currency = c.pays_currency), 0) as "enteredAmount"
    from cover_claim c join cover_member m using (member_id)
      left join cover_policy_member pm on pm.member_id = c.member_id and pm.scheme_id = c.scheme_id
        and c.care_from between pm.covered_from and pm.covered_to
      left join cover_policy p on p.policy_id = pm.policy_id
      left join cover_group g on g.group_id = p.group_id
    where c.scheme_id = ${of.schemeId} and c.care_from between ${from}::date and ${to}::date
      and c.claimed_on <= ${to}::date and ${stands}
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(db);
  return rows.map((row) => ({
    ...(row as unknown as ClaimRow),
    claims: Number(row.claims),
    amount: Number(row.amount) / unit,
    asked: Number(row.asked) / unit,
    entered: Number(row.entered),
    enteredAmount: Number(row.enteredAmount) / unit,
    squares: Number(row.squares) / unit ** 2,
  }));
}

export async function premiumRows(db: CoverDatabase, of: ExperienceOf): Promise<PremiumRow[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<{ from: Day; to: Day; held: Day; premium: string; policies: string }>`
    select p.effective_on as from, p.expires_on as to, least(p.expires_on, p.ended_on - 1) as held,
      p.premium_minor as premium, count(*) as policies
    from cover_policy p
    where p.scheme_id = ${of.schemeId} and p.currency = ${of.currency}
      and p.effective_on <= ${to}::date and p.expires_on >= ${from}::date
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db);
  return rows.map(({ premium, policies, ...days }) => ({
    ...days,
    premiumMinor: BigInt(premium),
    policies: Number(policies),
  }));
}

export async function runOffRows(db: CoverDatabase, of: ExperienceOf): Promise<RunOffRow[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const unit = 10 ** minorDigits(of.currency);
  const { rows } = await sql<Record<keyof RunOffRow, string | null>>`
    select to_char(c.care_from, 'YYYY-MM') as care, to_char(c.claimed_on, 'YYYY-MM') as reported,
      to_char(c.paid_on, 'YYYY-MM') as paid, count(*) as claims, sum(${judged}) as amount,
      sum(c.settled_minor) as settled,
      coalesce(sum(c.claimed_minor) filter (where c.status = 'entered' and c.currency = c.pays_currency), 0) as "enteredAmount"
    from cover_claim c
    where c.scheme_id = ${of.schemeId} and c.care_from between ${from}::date and ${to}::date
      and c.claimed_on <= ${to}::date and ${stands}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows.map((row) => ({
    care: row.care!,
    reported: row.reported!,
    ...(row.paid !== null && { paid: row.paid }),
    claims: Number(row.claims),
    amount: Number(row.amount) / unit,
    settled: Number(row.settled) / unit,
    enteredAmount: Number(row.enteredAmount) / unit,
  }));
}

/** Members who enrolled within the span, by how they joined: days from enrolment to the first claim, or to the end. */
export async function firstClaimRows(db: CoverDatabase, of: ExperienceOf): Promise<FirstClaimRow[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<{ joined: 'employer' | 'alone'; day: number; claimed: boolean; members: string }>`
    with one as (
      select member_id, min(enrolled) as enrolled, max(seen) as seen, bool_or(by_group) as by_group, min(claimed) as claimed
      from (
        -- One pass over both, so that no join of two sums is left to the planner's guess.
        select pm.member_id, ${coveredFrom('0001-01-01')} as enrolled, ${coveredTo(to)} as seen,
          g.kind is not null and g.kind <> 'family' as by_group, null::date as claimed
        from cover_policy p join cover_policy_member pm using (policy_id)
          left join cover_group g on g.group_id = p.group_id
        where p.scheme_id = ${of.schemeId} and p.effective_on <= ${to}::date
        union all
        select c.member_id, null, null, null, c.care_from from cover_claim c
        where c.scheme_id = ${of.schemeId} and c.care_from <= ${to}::date and ${stands}
      ) both_of group by member_id
    )
    select case when by_group then 'employer' else 'alone' end as joined,
      greatest(0, least(coalesce(claimed, seen), seen) - enrolled) as day, coalesce(claimed <= seen, false) as claimed,
      count(*) as members
    from one
    where enrolled between ${from}::date and ${to}::date and seen >= enrolled
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows.map((row) => ({ ...row, members: Number(row.members) }));
}

/** How many rows the desk's numbers rest on. */
export async function rowsBehind(db: CoverDatabase, of: ExperienceOf): Promise<{ policies: number; claims: number }> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const { rows } = await sql<{ policies: string; claims: string }>`
    select (select count(*) from cover_policy p where p.scheme_id = ${of.schemeId}
        and p.effective_on <= ${to}::date and p.expires_on >= ${from}::date) as policies,
      (select count(*) from cover_claim c where c.scheme_id = ${of.schemeId}
        and c.care_from between ${from}::date and ${to}::date and c.claimed_on <= ${to}::date) as claims`.execute(db);
  return { policies: Number(rows[0]!.policies), claims: Number(rows[0]!.claims) };
}
