import { daysBetween } from '@serai/kernel/base/days.ts';
import { type Ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { Policy } from '../cover.ts';
import { schemeAt } from '../schemes/scheme.ts';
import { applyCredit } from './credit.store.ts';
import { type EnrolAnswer, type EnrolInput, enrolMembers } from './enrol.store.ts';
import { mayBeOn } from './enrol.ts';
import { membersById, policiesById } from './policies.store.ts';
import { lastDay } from './policy.ts';

/** A policy renewed, and credit that goes on with it. */

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
export async function goOnWithCredit(
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
