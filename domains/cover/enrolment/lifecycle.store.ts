import { addDays, dayOfInstant, daysBetween } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import { type Ok, ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { Policy, Relation } from '../cover.ts';
import { schemeAt } from '../schemes/scheme.ts';
import { applyCredit, type CutAnswer, cutPremium } from './adjust.store.ts';
import {
  backdatedDays,
  type EnrolAnswer,
  type EnrolInput,
  EnrolmentUndone,
  enrolMembers,
  overlapOf,
} from './enrol.store.ts';
import { mayBeOn } from './enrol.ts';
import type { PolicyInFull } from './members.store.ts';
import { type NewMember, newMember } from './new-member.store.ts';
import { inserted, membersById, nextNumbers, policiesById, recordEvents, writeCoverages } from './policies.store.ts';
import { joinPolicy, lapse, lastDay, type PlannedEnd, planEnd, unearned } from './policy.ts';
import { versionOf } from './versions.ts';

/** What becomes of a policy after it is made: renewed, joined, left, taken elsewhere, lapsed, ended. */

/** Renewals are taken this many days before the end. */
export const renewableDaysBefore = 60;

export interface RenewInput {
  readonly policyId: string;
  readonly on: string;
  readonly months?: number | undefined;
  readonly instalments?: number | undefined;
  readonly campaign?: string | undefined;
  readonly incentivePercent?: number | undefined;
  readonly by: string;
  readonly channel: string;
}

/**
 * Renews a policy with the members who are on it at its end. Early and within grace the new one follows on the next day and
 * waiting periods go on; later, it begins anew.
 */
export async function renewPolicy(
  tx: Transaction,
  options: CoverOptions,
  input: RenewInput,
): Promise<Result<EnrolAnswer>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  if (!policy) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  const renewed = await db
    .selectFrom('cover_policy')
    .select('policy_id')
    .where('renewal_of', '=', policy.policyId)
    .executeTakeFirst();
  if (renewed) {
    return refuse('enrolment.already-renewed');
  }
  if (policy.endedOn !== undefined) {
    return refuse('enrolment.already-ended');
  }
  if (policy.effectiveOn === undefined || daysBetween(input.on, policy.expiresOn) > renewableDaysBefore) {
    return refuse('enrolment.not-renewable', { days: renewableDaysBefore });
  }
  const scheme = schemeAt(options.schemes, policy.schemeId, input.on);
  if (!scheme) {
    return refuse('schemes.unknown');
  }
  const staying = await stillEligible(tx, policy, { scheme, on: input.on });
  const made = await enrolMembers(tx, options, {
    ...input,
    schemeId: policy.schemeId,
    members: staying,
    groupId: policy.groupId,
    previous: policy,
  });
  return made.ok ? goOnWithCredit(tx, options, made, await creditsOf(tx, policy.policyId), input.by) : made;
}

/** Payments made for a policy of which something is left. */
async function creditsOf(tx: Transaction, policyId: string): Promise<string[]> {
  const rows = await coverOf(tx)
    .selectFrom('cover_payment_credit')
    .select('payment_id')
    .where('policy_id', '=', policyId)
    .where('credit_minor', '>', '0')
    .orderBy('received_on')
    .execute();
  return rows.map((row) => row.payment_id);
}

/** Puts credit to the policy that goes on from the one it was paid for. */
async function goOnWithCredit(
  tx: Transaction,
  options: CoverOptions,
  made: Ok<EnrolAnswer>,
  paymentIds: readonly string[],
  by: string,
): Promise<Result<EnrolAnswer>> {
  for (const paymentId of paymentIds) {
    await applyCredit(tx, options, { paymentId, policyId: made.value.policyId, by });
  }
  return made;
}

/** Those on the policy to its end; a child who has grown out of the scheme is left out, and enrols for herself. */
async function stillEligible(
  tx: Transaction,
  policy: Policy,
  of: Parameters<typeof mayBeOn>[0],
): Promise<EnrolInput['members']> {
  const atEnd = policy.members.filter((each) => each.to >= lastDay(policy));
  const members = await membersById(
    coverOf(tx),
    atEnd.map((each) => each.memberId),
  );
  return atEnd.flatMap(({ memberId, relation }) => {
    const member = members.find((each) => each.memberId === memberId);
    const leaves = member && relation !== 'holder' && mayBeOn(of, { member, relation }, 'members');
    return member && !leaves ? { memberId, relation } : [];
  });
}

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
  if (input.on < addDays(dayOfInstant(options.clock()), -backdatedDays)) {
    return refuse('enrolment.day-invalid', undefined, 'on');
  }
  const scheme = versionOf(options.schemes, policy);
  const joining = await whoJoins(tx, options, input);
  if (!joining.ok) {
    return joining;
  }
  const { member, row } = joining.value;
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
  await inserted(db, 'cover_policy_member', [
    {
      policy_id: policy.policyId,
      member_id: member.memberId,
      scheme_id: policy.schemeId,
      relation: input.relation,
      covered_from: joined.value.from,
      covered_to: joined.value.to,
      continuous_since: joined.value.continuousSince,
    },
  ]);
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
  });
  return ok({ memberId: input.memberId, to: input.lastDay });
}

export interface EndInput {
  readonly policyId: string;
  readonly lastDay: string;
  readonly because: Parameters<typeof planEnd>[1]['because'];
  readonly by: string;
}

export interface EndAnswer {
  readonly policyId: string;
  readonly lastDay: string;
  /** Of the premium, for the days that are not covered any more: no longer owed, or credit to be given back. */
  readonly notOwed: Money;
  readonly credit: Money;
  readonly payments: CutAnswer['payments'];
}

/** Ends a policy before its time; what was paid for the days after is credit, to be refunded or used elsewhere. */
export async function endPolicy(tx: Transaction, options: CoverOptions, input: EndInput): Promise<Result<EndAnswer>> {
  const [policy] = await policiesById(coverOf(tx), [input.policyId], { lock: true });
  if (!policy) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  const end = planEnd(policy, {
    scheme: versionOf(options.schemes, policy),
    lastContributionDay: input.lastDay,
    because: input.because,
  });
  return end.ok ? ok(await writeEnd(tx, options, policy, end.value, 'ended', input.by)) : end;
}

/** Writes an end: the policy's and its members' last days, what is not owed any more, and the Coverage. */
async function writeEnd(
  tx: Transaction,
  options: CoverOptions,
  policy: PolicyInFull,
  end: PlannedEnd,
  event: 'ended' | 'lapsed' | 'transferred',
  by: string,
): Promise<EndAnswer> {
  const db = coverOf(tx);
  await db
    .updateTable('cover_policy')
    .set({ expires_on: end.expiresOn, ended_on: end.endedOn ?? null, ended_because: end.endedBecause })
    .where('policy_id', '=', policy.policyId)
    .execute();
  // Members who left before stay as they left; those to the end follow it, also beyond it where cover runs off.
  await sql`
    update cover_policy_member set covered_to =
      case when covered_to = ${policy.expiresOn}::date then ${end.memberTo}::date else least(covered_to, ${end.memberTo}::date) end
    where policy_id = ${policy.policyId}`.execute(db);
  const notOwed = unearned(policy, end.memberTo);
  const cut = await cutPremium(tx, options, policy, notOwed, { day: dayOfInstant(options.clock()) });
  await happened(tx, options, policy.policyId, by, event, { lastDay: end.memberTo, because: end.endedBecause });
  return {
    policyId: policy.policyId,
    lastDay: end.memberTo,
    notOwed: cut.cut,
    credit: cut.credit,
    payments: cut.payments,
  };
}

/** Ends those policies that were suspended for longer than grace allows, or never came into effect. */
export async function lapsePolicies(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  on: string,
  by: string,
): Promise<string[]> {
  const lapsed: string[] = [];
  for (const policy of await policiesById(coverOf(tx), policyIds, { lock: true })) {
    const end = lapse(policy, policy.instalments, versionOf(options.schemes, policy), on);
    if (end) {
      await writeEnd(tx, options, policy, end, 'lapsed', by);
      lapsed.push(policy.policyId);
    }
  }
  return lapsed;
}

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

async function happened(
  tx: Transaction,
  options: CoverOptions,
  policyId: string,
  actor: string,
  event: Parameters<typeof recordEvents>[2]['event'],
  detail: object,
): Promise<void> {
  const at = options.clock();
  await recordEvents(coverOf(tx), [policyId], { at, actor, event, detail });
  await writeCoverages(tx, options, [policyId], dayOfInstant(at));
}
