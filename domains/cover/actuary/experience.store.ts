import { type Day, daysBetween } from '@serai/kernel/base/days.ts';
import { minorDigits } from '@serai/kernel/base/money.ts';
import { type RawBuilder, sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import {
  type ClaimRow,
  type ExposureRow,
  type FirstClaimRow,
  firstDay,
  lastDayOf,
  type MonthSpan,
  monthAfter,
  monthsOf,
  type PremiumRow,
  type RunOffRow,
  type Segment,
} from './experience.ts';

/** Experience straight from the tables of cover, summed by the database: nothing of one person leaves it. */

export interface ExperienceOf extends MonthSpan {
  readonly schemeId: string;
  readonly currency: string;
}

/** Bands by age at the end of the span, so that exposure and claims of one person fall in the same band. */
const ages = ['0-14', '15-24', '25-34', '35-44', '45-54', '55+'];
const band = (to: Day) => sql`case
  when m.birth_date > ${to}::date - interval '15 years' then 0
  when m.birth_date > ${to}::date - interval '25 years' then 1
  when m.birth_date > ${to}::date - interval '35 years' then 2
  when m.birth_date > ${to}::date - interval '45 years' then 3
  when m.birth_date > ${to}::date - interval '55 years' then 4 else 5 end`;

/**
 * A segment as one number, told apart by the database in a few instructions and by one hash: texts and months as texts took
 * most of the time of a year's claims.
 */
interface SegmentCode {
  readonly of: (to: Day) => RawBuilder<unknown>;
  readonly read: (code: number) => Omit<Segment, 'month'>;
}

async function segmentCode(db: CoverDatabase): Promise<SegmentCode> {
  const { rows } = await sql<{ industry: string }>`
    select distinct industry from cover_group where industry is not null order by 1`.execute(db);
  const industries = ['none', ...rows.map(({ industry }) => industry).filter((industry) => industry !== 'none')];
  const sexes = ['female', 'male', 'other', 'unknown'];
  return {
    of: (to) => sql`(((coalesce(array_position(${industries}::text[], g.industry), 1) - 1) * 4
      + array_position(${sexes}::text[], m.sex) - 1) * 6 + ${band(to)}) * 2
      + case when g.kind is null or g.kind = 'family' then 0 else 1 end`,
    read: (code) => ({
      joined: code % 2 === 0 ? 'alone' : 'employer',
      age: ages[Math.floor(code / 2) % 6]!,
      sex: sexes[Math.floor(code / 12) % 4]!,
      industry: industries[Math.floor(code / 48)]!,
    }),
  };
}

/** First days of the months of a span and the one after it: `width_bucket` counts months by them from 1. */
const monthStarts = ({ from, to }: MonthSpan) => monthsOf({ from, to: monthAfter(to, 1) }).map(firstDay);

/** Days of cover a member had under a policy, within a span. */
const coveredFrom = (from: Day) => sql`greatest(pm.covered_from, p.effective_on, ${from}::date)`;
const coveredTo = (to: Day) => sql`least(pm.covered_to, p.expires_on, p.ended_on - 1, ${to}::date)`;

/** Claims that stand: neither refused nor taken back. */
const stands = sql`c.status not in ('rejected', 'reversed')`;
/** What a judged claim costs: outstanding in the ledger, or found payable. */
const judged = sql`(c.outstanding_minor + c.payable_minor)`;

export async function exposureRows(db: CoverDatabase, of: ExperienceOf): Promise<ExposureRow[]> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const code = await segmentCode(db);
  const { rows } = await sql<{ f: number; t: number; segment: number; members: string }>`
    select f, t, segment, count(*) as members from (
      select ${coveredFrom(from)} - ${from}::date as f, ${coveredTo(to)} - ${from}::date as t, ${code.of(to)} as segment
      from cover_policy p join cover_policy_member pm using (policy_id) join cover_member m using (member_id)
        left join cover_group g on g.group_id = p.group_id
      where p.scheme_id = ${of.schemeId} and p.effective_on <= ${to}::date and p.expires_on >= ${from}::date
    ) covered where t >= f group by 1, 2, 3`.execute(db);
  const months = monthsOf(of).map((month) => [daysBetween(from, firstDay(month)), daysBetween(from, lastDayOf(month))]);
  const days = new Map<number, Float64Array>();
  for (const { f, t, segment, members } of rows) {
    const own = days.get(segment) ?? new Float64Array(months.length);
    days.set(segment, own);
    for (const [i, [first, last]] of months.entries()) {
      own[i]! += Math.max(0, Math.min(t, last!) - Math.max(f, first!) + 1) * Number(members);
    }
  }
  return monthsOf(of).flatMap((month, i) =>
    [...days]
      .map(([segment, own]) => ({ month, ...code.read(segment), memberDays: own[i]! }))
      .filter(({ memberDays }) => memberDays > 0)
      .sort(bySegment),
  );
}

export interface ClaimExperience {
  readonly claims: readonly ClaimRow[];
  readonly runOff: readonly RunOffRow[];
}

/** Claims by month of care and segment, and by month of care, report and payment: one look at each claim for both. */
export async function claimRows(db: CoverDatabase, of: ExperienceOf): Promise<ClaimExperience> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const starts = monthStarts(of);
  const code = await segmentCode(db);
  const { rows } = await sql<Record<keyof StoredSums, string | null> & { place: number; months: number }>`
    select segment as place, months, count(*) as claims, sum(judged) as amount, sum(judged::float8 * judged) as squares,
      sum(settled_minor) as settled, sum(asked) filter (where not waits) as asked,
      count(*) filter (where waits) as entered, sum(asked) filter (where waits) as "enteredAmount"
    from (
      -- Each month a digit to the base of the months there are; 0 is not paid.
      select ${code.of(to)} as segment, (width_bucket(c.care_from, ${starts}::date[]) * ${starts.length + 1}
          + width_bucket(c.claimed_on, ${starts}::date[])) * ${starts.length + 1}
          + coalesce(width_bucket(c.paid_on, ${starts}::date[]), 0) as months,
        ${judged} as judged, c.settled_minor, c.status = 'entered' as waits,
        case when c.currency = c.pays_currency then c.claimed_minor end as asked
      from cover_claim c join cover_member m using (member_id)
        left join cover_policy_member pm on pm.member_id = c.member_id and pm.scheme_id = c.scheme_id
          and c.care_from between pm.covered_from and pm.covered_to
        left join cover_policy p on p.policy_id = pm.policy_id
        left join cover_group g on g.group_id = p.group_id
      where c.scheme_id = ${of.schemeId} and c.care_from between ${from}::date and ${to}::date
        and c.claimed_on <= ${to}::date and ${stands}
      offset 0
    ) one group by 1, 2`.execute(db);
  const unit = 10 ** minorDigits(of.currency);
  const sums = rows.map(({ place, months, ...row }) => ({ place, months: Number(months), ...storedSums(row, unit) }));
  return { claims: claimsOf(sums, of, code), runOff: runOffOf(sums, of) };
}

interface StoredSums {
  readonly claims: number;
  readonly amount: number;
  readonly squares: number;
  readonly settled: number;
  readonly asked: number;
  readonly entered: number;
  readonly enteredAmount: number;
}

type Summed = StoredSums & { readonly place: number; readonly months: number };

function storedSums(row: Record<keyof StoredSums, string | null>, unit: number): StoredSums {
  return {
    claims: Number(row.claims),
    amount: Number(row.amount) / unit,
    squares: Number(row.squares) / unit ** 2,
    settled: Number(row.settled) / unit,
    asked: Number(row.asked) / unit,
    entered: Number(row.entered),
    enteredAmount: Number(row.enteredAmount) / unit,
  };
}

function claimsOf(sums: readonly Summed[], of: ExperienceOf, code: SegmentCode): ClaimRow[] {
  const months = monthsOf(of);
  const width = months.length + 2;
  return summed(sums, ({ place, months: digits }) => `${Math.floor(digits / width ** 2)} ${place}`)
    .map(({ place, months: digits, settled: _, ...row }) => ({
      month: months[Math.floor(digits / width ** 2) - 1]!,
      ...code.read(place),
      ...row,
    }))
    .sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : bySegment(a, b)));
}

function runOffOf(sums: readonly Summed[], of: ExperienceOf): RunOffRow[] {
  const width = monthsOf(of).length + 2;
  const month = (digit: number) => monthAfter(of.from, digit - 1);
  return summed(sums, ({ months }) => String(months))
    .sort((a, b) => a.months - b.months)
    .map(({ months, claims, amount, squares, settled, enteredAmount }) => ({
      care: month(Math.floor(months / width ** 2)),
      reported: month(Math.floor(months / width) % width),
      ...(months % width > 0 && { paid: month(months % width) }),
      claims,
      amount,
      squares,
      settled,
      enteredAmount,
    }));
}

/** Rows of the same key as one. */
function summed(rows: readonly Summed[], keyOf: (row: Summed) => string): Summed[] {
  const found = new Map<string, { -readonly [Key in keyof Summed]: number }>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = found.get(key);
    if (!sum) {
      found.set(key, { ...row });
      continue;
    }
    for (const name of ['claims', 'amount', 'squares', 'settled', 'asked', 'entered', 'enteredAmount'] as const) {
      sum[name] += row[name];
    }
  }
  return [...found.values()];
}

function bySegment(a: Omit<Segment, 'month'>, b: Omit<Segment, 'month'>): number {
  const key = (of: Omit<Segment, 'month'>) => `${of.age} ${of.sex} ${of.industry} ${of.joined}`;
  return key(a) < key(b) ? -1 : 1;
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
