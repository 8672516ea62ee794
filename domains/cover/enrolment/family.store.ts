import { addDays } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { Relation } from '../cover.ts';
import { localDay } from '../local-day.ts';
import { backdatedDays, overlapOf } from './enrol.store.ts';
import { mayBeOn } from './enrol.ts';
import { type NewMember, newMember } from './new-member.store.ts';
import { happened, inserted, membersById, nextNumbers, policiesById } from './policies.store.ts';
import { joinPolicy, lastDay } from './policy.ts';
import { versionOf } from './versions.ts';

/** Who is on a policy: members who join, leave, and come back. */

export interface JoinInput {
  readonly policyId: string;
  readonly on: string;
  readonly relation: Relation;
  readonly memberId?: string | undefined;
  readonly newMember?: NewMember | undefined;
  readonly by: string;
}

/** A newborn, a spouse who arrives: a member joins a running policy, with waiting periods of their own. */
export async function joinMember(
  tx: Transaction,
  options: CoverOptions,
  input: JoinInput,
): Promise<Result<{ memberId: string }>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  if (!policy) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  if (input.relation === 'holder') {
    return refuse('schemes.no-holder', undefined, 'relation');
  }
  if (input.on < addDays(localDay(options), -backdatedDays)) {
    return refuse('enrolment.day-invalid', undefined, 'on');
  }
  const scheme = versionOf(options.schemes, policy);
  const joining = await whoJoins(tx, options, input);
  if (!joining.ok) {
    return joining;
  }
  const { member, row } = joining.value;
  const before = policy.members.find((each) => each.memberId === member.memberId);
  if (before && before.to >= before.from) {
    // Their days on this policy stand: they come back by taking the leaving back, or under a policy of their own.
    return refuse('enrolment.left-before', { until: before.to }, 'memberId');
  }
  const refused = mayBeOn({ scheme, on: input.on }, { member, relation: input.relation }, 'member');
  if (refused) {
    return refused;
  }
  const { dependants, maximumMembers } = scheme.who;
  const now = policy.members.filter((each) => each.to >= input.on).length;
  const most = Math.min(maximumMembers ?? 1000, (dependants.maximum ?? 1000) + 1);
  if (now >= most) {
    return refuse('schemes.too-many-members', { maximum: most });
  }
  const joined = joinPolicy(policy, { memberId: member.memberId, relation: input.relation }, input.on);
  if (!joined.ok) {
    return joined;
  }
  const overlapping = await overlapOf(db, {
    scheme,
    plan: { members: [joined.value], startsOn: joined.value.from, expiresOn: joined.value.to },
  });
  if (overlapping) {
    return overlapping;
  }
  if (row) {
    const [number] = await nextNumbers(db, 'member', 1);
    await inserted(db, 'cover_member', [{ ...row, member_number: number! }]);
  }
  const days = {
    relation: input.relation,
    covered_from: joined.value.from,
    covered_to: joined.value.to,
    continuous_since: joined.value.continuousSince,
  };
  await db
    .insertInto('cover_policy_member')
    .values({ policy_id: policy.policyId, member_id: member.memberId, scheme_id: policy.schemeId, ...days })
    // Joined before and taken back the same day: no day of it stands.
    .onConflict((conflict) => conflict.columns(['policy_id', 'member_id']).doUpdateSet(days))
    .execute();
  await happened(tx, options, policy.policyId, input.by, 'member-joined', { memberId: member.memberId });
  return ok({ memberId: member.memberId });
}

async function whoJoins(tx: Transaction, options: CoverOptions, input: JoinInput) {
  if (input.memberId !== undefined) {
    const [member] = await membersById(coverOf(tx), [input.memberId]);
    return member ? ok({ member, row: undefined }) : refuse('enrolment.unknown-member', undefined, 'memberId');
  }
  return input.newMember
    ? newMember(tx, options, { ...input.newMember, by: input.by }, input.on, 'newMember')
    : refuse('enrolment.unknown-member', undefined, 'memberId');
}

/** A member leaves a policy that goes on for the others; the last day is still covered. */
export async function leaveMember(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly policyId: string; readonly memberId: string; readonly lastDay: string; readonly by: string },
): Promise<Result<{ memberId: string; to: string }>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  const covered = policy?.members.find((each) => each.memberId === input.memberId);
  if (!policy || !covered) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  if (covered.relation === 'holder') {
    return refuse('schemes.no-holder', undefined, 'memberId');
  }
  if (input.lastDay < addDays(covered.from, -1) || input.lastDay > covered.to) {
    return refuse('enrolment.not-covered-then', undefined, 'lastDay');
  }
  await db
    .updateTable('cover_policy_member')
    .set({ covered_to: input.lastDay })
    .where('policy_id', '=', policy.policyId)
    .where('member_id', '=', input.memberId)
    .execute();
  await happened(tx, options, policy.policyId, input.by, 'member-left', {
    memberId: input.memberId,
    to: input.lastDay,
    before: covered.to,
  });
  return ok({ memberId: input.memberId, to: input.lastDay });
}

/** Takes a leaving back: the member is covered as before it, if the policy still is and no other cover came between. */
export async function takeBackLeaving(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly policyId: string; readonly memberId: string; readonly by: string },
): Promise<Result<{ memberId: string; to: string }>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  const covered = policy?.members.find((each) => each.memberId === input.memberId);
  if (!policy || !covered) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  const left = await db
    .selectFrom('cover_policy_event')
    .select(['event', 'detail'])
    .where('policy_id', '=', policy.policyId)
    .where('event', 'in', ['member-left', 'leaving-taken-back'])
    .where(sql<string>`detail ->> 'memberId'`, '=', input.memberId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const before = left?.event === 'member-left' ? (left.detail.before as string | undefined) : undefined;
  const to = before !== undefined && before > lastDay(policy) ? lastDay(policy) : before;
  if (to === undefined || to <= covered.to) {
    return refuse('enrolment.nothing-to-take-back');
  }
  const overlapping = await overlapOf(
    db,
    {
      scheme: { id: policy.schemeId },
      plan: { members: [covered], startsOn: addDays(covered.to, 1), expiresOn: to },
    },
    policy.policyId,
  );
  if (overlapping) {
    return overlapping;
  }
  await db
    .updateTable('cover_policy_member')
    .set({ covered_to: to })
    .where('policy_id', '=', policy.policyId)
    .where('member_id', '=', input.memberId)
    .execute();
  await happened(tx, options, policy.policyId, input.by, 'leaving-taken-back', { memberId: input.memberId, to });
  return ok({ memberId: input.memberId, to });
}
