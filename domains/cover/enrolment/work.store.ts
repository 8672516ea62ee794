import { addDays, type Day } from '@serai/kernel/base/days.ts';
import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Reach } from './enrolment.access.ts';
import { nameKey } from './member.ts';
import { type ArrearsAge, arrearsAge, arrearsAges } from './payments.ts';
import { renewableDaysBefore } from './renewal.store.ts';

/** What waits for somebody: policies that end soon, and contributions that are owed. Access is decided before. */

export interface WorkQuestion {
  readonly search?: string | undefined;
  readonly groupId?: string | undefined;
  readonly cursor?: string | undefined;
}

export interface RenewalRow {
  readonly policyId: string;
  readonly policyNumber: string;
  readonly memberId: string;
  readonly memberNumber: string;
  readonly name: string;
  readonly phone?: string;
  readonly groupName?: string;
  readonly schemeId: string;
  readonly members: number;
  readonly expiresOn: string;
  readonly premium: MoneyText;
  readonly remindedOn?: string;
}

export interface ArrearsRow {
  readonly instalmentId: string;
  readonly policyId: string;
  readonly policyNumber: string;
  readonly memberId: string;
  readonly memberNumber: string;
  readonly name: string;
  readonly phone?: string;
  readonly groupName?: string;
  readonly due: string;
  readonly age: ArrearsAge;
  readonly owed: MoneyText;
  readonly remindedOn?: string;
}

export interface WorkPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly next?: string;
}

const pageSize = 100;

function narrowing(reach: Reach, question: WorkQuestion) {
  const groupId = reach.kind === 'group' ? reach.groupId : question.groupId;
  const search = nameKey(question.search ?? '');
  return sql`(${groupId ?? null}::text is null or p.group_id = ${groupId ?? null})
    and (${search} = '' or strpos(m.name_key, ${search}) > 0 or lower(p.policy_number) = ${search}
      or lower(m.member_number) = ${search})`;
}

const reminded = sql`(select max(e.at)::date::text from cover_policy_event e
  where e.policy_id = p.policy_id and e.event = 'reminded')`;

/** Policies in effect that end soon, or ended within grace, and are not renewed; the first to end first. */
export async function renewalsDue(
  db: CoverDatabase,
  reach: Reach,
  question: WorkQuestion,
  today: Day,
): Promise<WorkPage<RenewalRow>> {
  const offset = offsetOf(question);
  const { rows } = await sql<Joined & { members: number; expires_on: string; premium_minor: string; total: number }>`
    select p.policy_id, p.policy_number, p.scheme_id, p.expires_on, p.premium_minor, p.currency, m.member_id,
      m.member_number, m.name, m.phone, g.name as group_name, ${reminded} as reminded_on,
      (select count(*)::int from cover_policy_member each where each.policy_id = p.policy_id) as members,
      count(*) over ()::int as total
    from cover_policy p
      join cover_policy_member h on h.policy_id = p.policy_id and h.relation = 'holder'
      join cover_member m on m.member_id = h.member_id
      left join cover_group g on g.group_id = p.group_id
    where p.effective_on is not null and p.ended_on is null
      and p.expires_on between ${addDays(today, -renewableDaysBefore / 2)}::date and ${addDays(today, renewableDaysBefore)}::date
      and not exists (select from cover_policy next where next.renewal_of = p.policy_id)
      and ${narrowing(reach, question)}
    order by p.expires_on, p.policy_id limit ${pageSize} offset ${offset}`.execute(db);
  return {
    rows: rows.map((row) => ({
      ...who(row),
      schemeId: row.scheme_id,
      members: row.members,
      expiresOn: row.expires_on,
      premium: moneyText(money(BigInt(row.premium_minor), row.currency)),
    })),
    ...pageOf(rows, offset),
  };
}

/** Instalments owed whose day has come, the oldest first. */
export async function arrears(
  db: CoverDatabase,
  reach: Reach,
  question: WorkQuestion & { readonly notDueToo?: boolean | undefined },
  today: Day,
): Promise<WorkPage<ArrearsRow>> {
  const offset = offsetOf(question);
  const until = question.notDueToo ? '9999-12-31' : addDays(today, -1);
  const { rows } = await sql<
    Joined & { instalment_id: string; due: string; grace_until: string; owed_minor: string; total: number }
  >`
    select i.instalment_id, i.due, i.grace_until, i.currency,
      (i.amount_minor - i.paid_minor - i.written_off_minor)::text as owed_minor,
      p.policy_id, p.policy_number, p.scheme_id, m.member_id, m.member_number, m.name, m.phone, g.name as group_name,
      ${reminded} as reminded_on, count(*) over ()::int as total
    from cover_instalment i
      join cover_policy p on p.policy_id = i.policy_id
      join cover_policy_member h on h.policy_id = p.policy_id and h.relation = 'holder'
      join cover_member m on m.member_id = h.member_id
      left join cover_group g on g.group_id = p.group_id
    where i.paid_minor + i.written_off_minor < i.amount_minor and i.due <= ${until}::date
      and ${narrowing(reach, question)}
    order by i.due, i.instalment_id limit ${pageSize} offset ${offset}`.execute(db);
  return {
    rows: rows.map((row) => ({
      ...who(row),
      instalmentId: row.instalment_id,
      due: row.due,
      age: arrearsAge({ due: row.due, graceUntil: row.grace_until }, today),
      owed: moneyText(money(BigInt(row.owed_minor), row.currency)),
    })),
    ...pageOf(rows, offset),
  };
}

export interface ArrearsSum {
  readonly age: ArrearsAge;
  readonly instalments: number;
  readonly owed: MoneyText;
}

/** What is owed by age, the youngest first, in each currency. */
export async function arrearsByAge(db: CoverDatabase, reach: Reach, today: Day): Promise<ArrearsSum[]> {
  const groupId = reach.kind === 'group' ? reach.groupId : null;
  const { rows } = await sql<{ age: ArrearsAge; currency: string; instalments: number; owed: string }>`
    select case when i.due >= ${today}::date then 'not-due' when i.grace_until >= ${today}::date then 'in-grace'
        when ${today}::date - i.due <= 30 then 'to-30' when ${today}::date - i.due <= 60 then 'to-60'
        when ${today}::date - i.due <= 90 then 'to-90' else 'over-90' end as age,
      i.currency, count(*)::int as instalments, sum(i.amount_minor - i.paid_minor - i.written_off_minor)::text as owed
    from cover_instalment i join cover_policy p using (policy_id)
    where i.paid_minor + i.written_off_minor < i.amount_minor and (${groupId}::text is null or p.group_id = ${groupId})
    group by 1, 2 order by 1, 2`.execute(db);
  return rows
    .map((row) => ({
      age: row.age,
      instalments: row.instalments,
      owed: moneyText(money(BigInt(row.owed), row.currency)),
    }))
    .sort((a, b) => arrearsAges.indexOf(a.age) - arrearsAges.indexOf(b.age));
}

interface Joined {
  readonly policy_id: string;
  readonly policy_number: string;
  readonly scheme_id: string;
  readonly currency: string;
  readonly member_id: string;
  readonly member_number: string;
  readonly name: string;
  readonly phone: string | null;
  readonly group_name: string | null;
  readonly reminded_on: string | null;
}

function who(row: Joined) {
  return {
    policyId: row.policy_id,
    policyNumber: row.policy_number,
    memberId: row.member_id,
    memberNumber: row.member_number,
    name: row.name,
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.group_name !== null && { groupName: row.group_name }),
    ...(row.reminded_on !== null && { remindedOn: row.reminded_on }),
  };
}

function offsetOf(question: WorkQuestion): number {
  return Number.parseInt(question.cursor ?? '0', 10) || 0;
}

function pageOf(rows: readonly { readonly total: number }[], offset: number) {
  const total = rows[0]?.total ?? 0;
  return { total, ...(offset + rows.length < total && { next: String(offset + pageSize) }) };
}
