import { money } from '@serai/kernel/base/money.ts';
import type { Selectable } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CoveredMember, Instalment, Member, Policy } from '../cover.ts';
import type { MemberTables } from './enrolment.tables.ts';

/** Members and their policies as the rules read them. Access is decided before: `requireCover`. */

export type PolicyInFull = Policy & { readonly instalments: readonly Instalment[] };

type MemberRow = Selectable<MemberTables['cover_member']>;

export function memberOf(row: MemberRow): Member {
  return {
    memberId: row.member_id,
    memberNumber: row.member_number,
    ...(row.person_id !== null && { personId: row.person_id }),
    name: row.name,
    birthDate: row.birth_date,
    birthPrecision: row.birth_precision as Member['birthPrecision'],
    sex: row.sex as Member['sex'],
    entitlement: row.entitlement,
    residence: row.residence,
  };
}

export function readMember(db: CoverDatabase, memberId: string): Promise<Member | undefined> {
  return memberWhere(db, 'member_id', memberId);
}

export function readMemberByPerson(db: CoverDatabase, personId: string): Promise<Member | undefined> {
  return memberWhere(db, 'person_id', personId);
}

export function readMemberByNumber(db: CoverDatabase, memberNumber: string): Promise<Member | undefined> {
  return memberWhere(db, 'member_number', memberNumber);
}

async function memberWhere(
  db: CoverDatabase,
  column: 'member_id' | 'person_id' | 'member_number',
  value: string,
): Promise<Member | undefined> {
  const row = await db.selectFrom('cover_member').selectAll().where(column, '=', value).executeTakeFirst();
  return row && memberOf(row);
}

/** Every policy that covers or covered these members, oldest first, with what is owed on each. */
export async function readPolicies(
  db: CoverDatabase,
  memberIds: readonly string[],
  schemeId?: string,
): Promise<PolicyInFull[]> {
  if (memberIds.length === 0) {
    return [];
  }
  let policies = db
    .selectFrom('cover_policy')
    .selectAll('cover_policy')
    .where('policy_id', 'in', (of) =>
      of
        .selectFrom('cover_policy_member')
        .select('policy_id')
        .where('member_id', 'in', [...memberIds]),
    )
    .orderBy('starts_on')
    .orderBy('policy_id');
  if (schemeId !== undefined) {
    policies = policies.where('scheme_id', '=', schemeId);
  }
  const rows = await policies.execute();
  if (rows.length === 0) {
    return [];
  }
  const ids = rows.map((row) => row.policy_id);
  const [members, instalments] = await Promise.all([
    db.selectFrom('cover_policy_member').selectAll().where('policy_id', 'in', ids).orderBy('member_id').execute(),
    db.selectFrom('cover_instalment').selectAll().where('policy_id', 'in', ids).orderBy('number').execute(),
  ]);
  const membersOf = Map.groupBy(members, (row) => row.policy_id);
  const instalmentsOf = Map.groupBy(instalments, (row) => row.policy_id);
  return rows.map((row) => ({
    ...policyOf(row, membersOf.get(row.policy_id) ?? []),
    instalments: (instalmentsOf.get(row.policy_id) ?? []).map(instalmentOf),
  }));
}

export function policyOf(
  row: Selectable<MemberTables['cover_policy']>,
  members: readonly Selectable<MemberTables['cover_policy_member']>[],
): Policy {
  return {
    policyId: row.policy_id,
    policyNumber: row.policy_number,
    schemeId: row.scheme_id,
    schemeVersion: row.scheme_version,
    ...(row.group_id !== null && { groupId: row.group_id }),
    stage: row.stage as Policy['stage'],
    ...(row.renewal_of !== null && { renewalOf: row.renewal_of }),
    enrolledOn: row.enrolled_on,
    startsOn: row.starts_on,
    ...(row.effective_on !== null && { effectiveOn: row.effective_on }),
    expiresOn: row.expires_on,
    ...(row.ended_on !== null && { endedOn: row.ended_on }),
    ...(row.ended_because !== null && { endedBecause: row.ended_because }),
    premium: money(BigInt(row.premium_minor), row.currency),
    members: members.map(
      (member): CoveredMember => ({
        memberId: member.member_id,
        relation: member.relation as CoveredMember['relation'],
        from: member.covered_from,
        to: member.covered_to,
        continuousSince: member.continuous_since,
      }),
    ),
  };
}

export function instalmentOf(row: Selectable<MemberTables['cover_instalment']>): Instalment {
  const of = (minor: string) => money(BigInt(minor), row.currency);
  return {
    instalmentId: row.instalment_id,
    number: row.number,
    due: row.due,
    graceUntil: row.grace_until,
    amount: of(row.amount_minor),
    paid: of(row.paid_minor),
    writtenOff: of(row.written_off_minor),
    ...(row.waived_minor !== '0' && { waived: of(row.waived_minor) }),
    ...(row.covers_from !== null && { coversFrom: row.covers_from }),
    ...(row.covers_to !== null && { coversTo: row.covers_to }),
  };
}
