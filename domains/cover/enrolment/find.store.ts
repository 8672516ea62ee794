import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { nameKeys } from '@serai/kernel/linkage/names/names.ts';
import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Standing } from '../cover.ts';
import type { Reach } from './enrolment.access.ts';
import { nameKey } from './member.ts';
import type { FoundMembers, PolicyEventView } from './members.routes.ts';
import { memberOf, readPolicies } from './members.store.ts';
import { readNumber } from './numbers.ts';
import { standing } from './policy.ts';
import type { MemberView } from './views.ts';

/** Looking members up. Access is decided before; `reach` narrows. */

export interface FoundMember {
  readonly memberId: string;
  readonly memberNumber: string;
  readonly name: string;
  readonly birthDate: string;
  readonly birthPrecision: string;
  readonly sex: string;
  readonly groupName?: string;
  readonly groupReference?: string;
  /** Of the latest policy. */
  readonly policyNumber?: string;
  readonly standing?: Standing;
  readonly expiresOn?: string;
}

const pageSize = 50;

/** Names that hold the text or sound like it; a works number or telephone that is it. */
function soughtBy(text: string) {
  const sounds = nameKeys(text).keys.map((each) => `w:${each}`);
  return sql<boolean>`(member.name_key like ${`%${escapeLike(nameKey(text))}%`} or member.group_reference = ${text}
    or member.phone = ${text} or member.linkage_keys && ${sounds}::text[])`;
}

/** By number where it is one; else names that begin so or sound so, the written ones first. Empty text: the newest. */
export async function findMembers(
  db: CoverDatabase,
  reach: Reach,
  input: { readonly text: string; readonly groupId?: string | undefined; readonly cursor?: string | undefined },
  on: string,
): Promise<FoundMembers> {
  const wanted = input.text.trim();
  const number = readNumber('member', wanted);
  const offset = Number.parseInt(input.cursor ?? '0', 10) || 0;
  const key = nameKey(wanted);
  let query = db
    .selectFrom('cover_member as member')
    .leftJoin('cover_group as of_group', 'of_group.group_id', 'member.group_id')
    .selectAll('member')
    .select('of_group.name as group_name');
  if (reach.kind === 'group') {
    query = query.where('member.group_id', '=', reach.groupId);
  } else if (reach.kind === 'person') {
    query = query.where('member.person_id', '=', reach.personId);
  }
  if (input.groupId !== undefined) {
    query = query.where('member.group_id', '=', input.groupId);
  }
  const sought = number === undefined ? wanted : '';
  if (number !== undefined) {
    query = query.where('member.member_number', '=', number);
  }
  if (sought !== '') {
    query = query.where(soughtBy(sought));
  }
  const rows = await query
    .orderBy(sql`(member.name_key like ${`${escapeLike(key)}%`}) desc`)
    .orderBy('member.created', 'desc')
    .orderBy('member.member_id')
    .limit(pageSize + 1)
    .offset(offset)
    .execute();
  const page = rows.slice(0, pageSize);
  const policies = await readPolicies(
    db,
    page.map((row) => row.member_id),
  );
  return {
    members: page.map((row): FoundMember => {
      const member = memberOf(row);
      const latest = policies.findLast((policy) => policy.members.some((each) => each.memberId === member.memberId));
      return {
        memberId: member.memberId,
        memberNumber: member.memberNumber,
        name: member.name,
        birthDate: member.birthDate,
        birthPrecision: member.birthPrecision,
        sex: member.sex,
        ...(row.group_name !== null && { groupName: row.group_name }),
        ...(row.group_reference !== null && { groupReference: row.group_reference }),
        ...(latest && {
          policyNumber: latest.policyNumber,
          standing: standing(latest, latest.instalments, on),
          expiresOn: latest.expiresOn,
        }),
      };
    }),
    ...(rows.length > pageSize && { next: String(offset + pageSize) }),
  };
}

export async function readMemberView(db: CoverDatabase, memberId: string): Promise<MemberView | undefined> {
  const row = await db
    .selectFrom('cover_member as member')
    .leftJoin('cover_group as of_group', 'of_group.group_id', 'member.group_id')
    .selectAll('member')
    .select('of_group.name as group_name')
    .where('member.member_id', '=', memberId)
    .executeTakeFirst();
  return (
    row && {
      ...memberOf(row),
      ...(row.phone !== null && { phone: row.phone }),
      ...(row.group_id !== null && { groupId: row.group_id }),
      ...(row.group_name !== null && { groupName: row.group_name }),
      ...(row.group_reference !== null && { groupReference: row.group_reference }),
    }
  );
}

export async function eventsOf(db: CoverDatabase, policyIds: readonly string[]): Promise<PolicyEventView[]> {
  if (policyIds.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('cover_policy_event')
    .selectAll()
    .where('policy_id', 'in', [...policyIds])
    .orderBy('at', 'desc')
    .orderBy('number', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    policyId: row.policy_id,
    at: row.at.toISOString(),
    actor: row.actor,
    event: row.event,
    detail: row.detail,
  }));
}

/** Payments made for these policies of which something is left. */
export async function creditsOfMember(
  db: CoverDatabase,
  policyIds: readonly string[],
): Promise<{ paymentId: string; credit: MoneyText }[]> {
  if (policyIds.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('cover_payment_credit')
    .select(['payment_id', 'credit_minor', 'currency'])
    .where('policy_id', 'in', [...policyIds])
    .where('credit_minor', '>', '0')
    .execute();
  return rows.map((row) => ({
    paymentId: row.payment_id,
    credit: moneyText(money(BigInt(row.credit_minor), row.currency)),
  }));
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
