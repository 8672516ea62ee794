import { addDays } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { endPolicy, takeBackEnd, writeEnd } from './ending.store.ts';
import { backdatedDays, type EnrolAnswer, EnrolmentUndone, enrolMembers, groupFor } from './enrol.store.ts';
import { policiesById } from './policies.store.ts';
import { lastDay } from './policy.ts';
import type { CutAnswer } from './premium.store.ts';
import { goOnWithCredit } from './renewal.store.ts';

/** Members who go from one employer to another, or to none, and back. */

export interface TransferInput {
  readonly policyId: string;
  /** First day under the new group. */
  readonly on: string;
  /** The new employer; absent: the member goes on without one. */
  readonly groupId?: string | undefined;
  readonly by: string;
  readonly channel: string;
}

/**
 * A member changes employers: the policy ends the day before and a new one goes on from it, so that waiting periods keep
 * counting. What was paid for the days after is put to the new policy.
 */
export async function transferPolicy(
  tx: Transaction,
  options: CoverOptions,
  input: TransferInput,
): Promise<Result<EnrolAnswer>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  if (!policy) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  if (policy.endedOn !== undefined) {
    return refuse('enrolment.already-ended');
  }
  if (input.on < policy.startsOn || input.on > addDays(lastDay(policy), 1)) {
    return refuse('enrolment.not-covered-then', undefined, 'on');
  }
  const group = await groupFor(db, input.groupId);
  if (group && !group.ok) {
    return group;
  }
  const members = policy.members.filter((each) => each.to >= addDays(input.on, -1));
  const to = addDays(input.on, -1);
  let freed: CutAnswer['payments'] = [];
  if (to < lastDay(policy)) {
    const end = await writeEnd(
      tx,
      options,
      policy,
      { expiresOn: policy.expiresOn, endedOn: input.on, endedBecause: 'left-employer', memberTo: to },
      'transferred',
      input.by,
    );
    freed = end.payments;
  }
  const detail: TransferMemory = {
    from: policy.policyId,
    groups: await groupsOf(
      db,
      members.map((each) => each.memberId),
    ),
  };
  await db
    .updateTable('cover_member')
    .set({ group_id: input.groupId ?? null, group_reference: null })
    .where(
      'member_id',
      'in',
      members.map((each) => each.memberId),
    )
    .execute();
  const made = await enrolMembers(tx, options, {
    schemeId: policy.schemeId,
    on: input.on,
    members: members.map(({ memberId, relation }) => ({ memberId, relation })),
    groupId: input.groupId,
    previous: policy,
    transfer: true,
    detail: { ...detail },
    by: input.by,
    channel: input.channel,
  });
  // What an employer paid stays the employer's credit; what the member paid goes along.
  const own = freed.filter((each) => each.groupId === undefined).map((each) => each.paymentId);
  if (!made.ok) {
    throw new EnrolmentUndone(made);
  }
  return goOnWithCredit(tx, options, made, own, input.by);
}

/** What a transfer changed besides policies, kept in the event of the policy it made. */
interface TransferMemory {
  readonly from: string;
  readonly groups: readonly {
    readonly memberId: string;
    readonly groupId: string | null;
    readonly reference: string | null;
  }[];
}

async function groupsOf(db: CoverDatabase, memberIds: readonly string[]): Promise<TransferMemory['groups']> {
  const rows = await db
    .selectFrom('cover_member')
    .select(['member_id', 'group_id', 'group_reference'])
    .where('member_id', 'in', [...memberIds])
    .orderBy('member_id')
    .execute();
  return rows.map((row) => ({ memberId: row.member_id, groupId: row.group_id, reference: row.group_reference }));
}

/**
 * Takes a transfer back by its reversal: the policy it made ends before it began and owes nothing, the one before goes on,
 * paid from what had been put to the new one, and the members are of the group they were of.
 * @param input.policyId the policy the transfer made.
 */
export async function takeBackTransfer(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly policyId: string; readonly by: string },
): Promise<Result<{ policyId: string }>> {
  const db = coverOf(tx);
  const [made] = await policiesById(db, [input.policyId], { lock: true });
  const memory = made && (await transferMemory(db, made.policyId));
  if (!made || !memory) {
    return refuse('enrolment.nothing-to-take-back');
  }
  if (made.startsOn < addDays(localDay(options), -backdatedDays)) {
    return refuse('enrolment.day-invalid');
  }
  const ended = await endPolicy(tx, options, {
    policyId: made.policyId,
    lastDay: addDays(made.startsOn, -1),
    because: 'mistake',
    by: input.by,
  });
  if (!ended.ok) {
    return ended;
  }
  const [before] = await policiesById(db, [memory.from]);
  if (before?.endedBecause !== undefined) {
    const again = await takeBackEnd(tx, options, { policyId: memory.from, by: input.by });
    if (!again.ok) {
      throw new EnrolmentUndone(again);
    }
  }
  for (const each of memory.groups) {
    await db
      .updateTable('cover_member')
      .set({ group_id: each.groupId, group_reference: each.reference })
      .where('member_id', '=', each.memberId)
      .execute();
  }
  return ok({ policyId: memory.from });
}

async function transferMemory(db: CoverDatabase, policyId: string): Promise<TransferMemory | undefined> {
  const row = await db
    .selectFrom('cover_policy_event')
    .select('detail')
    .where('policy_id', '=', policyId)
    .where('event', '=', 'transferred')
    .where('number', '=', 1)
    .executeTakeFirst();
  return typeof row?.detail.from === 'string' ? (row.detail as unknown as TransferMemory) : undefined;
}
