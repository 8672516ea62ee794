import type { Coverage } from '@medplum/fhirtypes';
import type { Transaction } from '@serai/store/types.ts';
import { type Insertable, sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Member } from '../cover.ts';
import { localDayOf } from '../local-day.ts';
import type { MemberTables } from './enrolment.tables.ts';
import { toCoverage } from './fhir.ts';
import { instalmentOf, memberOf, type PolicyInFull, policyOf } from './members.store.ts';
import { type NumberKind, readableNumber } from './numbers.ts';
import { standing } from './policy.ts';
import { versionOf } from './versions.ts';

/** Reading policies to decide on them, and what is written beside each change: its event and its FHIR. */

/** The next numbers of a kind, with their check digits. A number that is not used is never used again. */
export async function nextNumbers(db: CoverDatabase, kind: NumberKind, count: number): Promise<string[]> {
  if (count === 0) {
    return [];
  }
  const { rows } = await sql<{ next: string }>`
    select nextval(${`cover_${kind}_number`}::regclass) as next from generate_series(1, ${count}::int)`.execute(db);
  return rows.map((row) => readableNumber(kind, row.next));
}

/** Policies in full by id; `lock` keeps others from changing them until the transaction ends. */
export async function policiesById(
  db: CoverDatabase,
  ids: readonly string[],
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<PolicyInFull[]> {
  if (ids.length === 0) {
    return [];
  }
  const query = db
    .selectFrom('cover_policy')
    .selectAll()
    .where('policy_id', 'in', [...ids])
    .orderBy('policy_id');
  const rows = await (lock ? query.forUpdate() : query).execute();
  const found = rows.map((row) => row.policy_id);
  if (found.length === 0) {
    return [];
  }
  const members = await db
    .selectFrom('cover_policy_member')
    .selectAll()
    .where('policy_id', 'in', found)
    .orderBy('member_id')
    .execute();
  const instalments = await db
    .selectFrom('cover_instalment')
    .selectAll()
    .where('policy_id', 'in', found)
    .orderBy('number')
    .execute();
  const membersOf = Map.groupBy(members, (row) => row.policy_id);
  const instalmentsOf = Map.groupBy(instalments, (row) => row.policy_id);
  return rows.map((row) => ({
    ...policyOf(row, membersOf.get(row.policy_id) ?? []),
    instalments: (instalmentsOf.get(row.policy_id) ?? []).map(instalmentOf),
  }));
}

export async function membersById(db: CoverDatabase, ids: readonly string[]): Promise<Member[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('cover_member')
    .selectAll()
    .where('member_id', 'in', [...ids])
    .execute();
  return rows.map(memberOf);
}

export type PolicyEventName =
  | 'enrolled'
  | 'renewed'
  | 'activated'
  | 'paid'
  | 'payment-reversed'
  | 'refunded'
  | 'written-off'
  | 'write-off-reversed'
  | 'waived'
  | 'waiver-reversed'
  | 'member-joined'
  | 'member-left'
  | 'transferred'
  | 'ended'
  | 'lapsed'
  | 'end-taken-back'
  | 'leaving-taken-back'
  | 'reminded'
  | 'contribution-raised';

/** Adds to what happened to policies. Each is locked, or new, in this transaction. */
export async function recordEvents(
  db: CoverDatabase,
  policyIds: readonly string[],
  event: { readonly at: Date; readonly actor: string; readonly event: PolicyEventName; readonly detail?: object },
): Promise<void> {
  await sql`
    insert into cover_policy_event (policy_id, number, at, actor, event, detail)
    select policy_id, 1 + (select coalesce(max(number), 0) from cover_policy_event before where before.policy_id = those.policy_id),
           ${event.at.toISOString()}::timestamptz, ${event.actor}, ${event.event},
           ${JSON.stringify(event.detail ?? {})}::jsonb
    from unnest(${[...new Set(policyIds)]}::text[]) as those(policy_id)`.execute(db);
}

/** What happened to one policy just now: its event, and the Coverages that follow from it. */
export async function happened(
  tx: Transaction,
  options: CoverOptions,
  policyId: string,
  actor: string,
  event: PolicyEventName,
  detail: object,
): Promise<void> {
  const at = options.clock();
  await recordEvents(coverOf(tx), [policyId], { at, actor, event, detail });
  await writeCoverages(tx, options, [policyId], localDayOf(at, options.country));
}

/**
 * Writes the FHIR `Coverage` of every member of a policy who has a record here, as it stands on a day. A member who has
 * none gets none: enrolment makes no health record.
 */
export async function writeCoverages(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  on: string,
): Promise<void> {
  const db = coverOf(tx);
  if (policyIds.length === 0) {
    return;
  }
  const covered = await db
    .selectFrom('cover_policy_member as covered')
    .innerJoin('cover_member as member', 'member.member_id', 'covered.member_id')
    .select(['covered.policy_id', 'covered.member_id', 'covered.coverage_id'])
    .where('covered.policy_id', 'in', [...policyIds])
    .where('member.person_id', 'is not', null)
    .execute();
  const policies = await policiesById(db, [...new Set(covered.map((row) => row.policy_id))]);
  const members = await membersById(
    db,
    policies.flatMap((policy) => policy.members.map((each) => each.memberId)),
  );
  const groups = await groupNames(db, policies);
  for (const { policy_id, member_id, coverage_id } of covered) {
    const policy = policies.find((each) => each.policyId === policy_id)!;
    const member = members.find((each) => each.memberId === member_id)!;
    const holderId = policy.members.find((each) => each.relation === 'holder')?.memberId ?? member_id;
    const coverage = toCoverage({
      id: coverage_id ?? options.newId(),
      self: options.self,
      policy,
      covered: policy.members.find((each) => each.memberId === member_id)!,
      member: { ...member, personId: member.personId! },
      holder: members.find((each) => each.memberId === holderId) ?? member,
      scheme: versionOf(options.schemes, policy),
      standing: standing(policy, policy.instalments, on),
      ...(policy.groupId && { groupName: groups.get(policy.groupId) }),
    });
    await keepCoverage(tx, db, { policyId: policy_id, memberId: member_id, known: coverage_id !== null }, coverage);
  }
}

async function keepCoverage(
  tx: Transaction,
  db: CoverDatabase,
  of: { readonly policyId: string; readonly memberId: string; readonly known: boolean },
  coverage: Coverage,
): Promise<void> {
  if (of.known) {
    await tx.repo.updateResource(coverage);
    return;
  }
  await tx.repo.createResource(coverage, { assignedId: true });
  await db
    .updateTable('cover_policy_member')
    .set({ coverage_id: coverage.id! })
    .where('policy_id', '=', of.policyId)
    .where('member_id', '=', of.memberId)
    .execute();
}

async function groupNames(db: CoverDatabase, policies: readonly PolicyInFull[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(policies.flatMap((policy) => policy.groupId ?? []))];
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await db.selectFrom('cover_group').select(['group_id', 'name']).where('group_id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.group_id, row.name]));
}

/** Inserts in portions that stay below PostgreSQL's limit of parameters. */
export async function inserted<Table extends keyof MemberTables>(
  db: CoverDatabase,
  table: Table,
  rows: readonly Insertable<MemberTables[Table]>[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000) {
    await db
      .insertInto(table)
      .values(rows.slice(at, at + 1000) as never)
      .execute();
  }
}
