import { addDays } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { applyCredit } from './credit.store.ts';
import { overlapOf } from './enrol.store.ts';
import type { PolicyInFull } from './members.store.ts';
import { happened, policiesById } from './policies.store.ts';
import { lapse, type PlannedEnd, planEnd, unearned } from './policy.ts';
import { type CutAnswer, cutPremium, raisePremium } from './premium.store.ts';
import { versionOf } from './versions.ts';

/** Policies that end before their time, lapse, and are taken up again where that was a mistake. */

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

/** What an end changed, kept in its event: with it the end can be taken back. */
interface EndMemory {
  readonly expiresOn: string;
  readonly members: readonly { readonly memberId: string; readonly to: string }[];
  readonly cuts: readonly {
    readonly instalmentId: string;
    readonly minor: string;
    readonly uncollectable?: string;
    readonly waived?: string;
  }[];
  readonly paymentIds: readonly string[];
}

/** Writes an end: the policy's and its members' last days, what is not owed any more, and the Coverage. */
export async function writeEnd(
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
  const cut = await cutPremium(tx, options, policy, notOwed, { day: localDay(options) });
  const before: EndMemory = {
    expiresOn: policy.expiresOn,
    members: policy.members.map(({ memberId, to }) => ({ memberId, to })),
    cuts: cut.cuts.map(({ instalmentId, minor, uncollectable, waived }) => ({
      instalmentId,
      minor: minor.toString(),
      ...(uncollectable !== undefined && { uncollectable: uncollectable.toString() }),
      ...(waived !== undefined && { waived: waived.toString() }),
    })),
    paymentIds: [...new Set(cut.payments.map((each) => each.paymentId))],
  };
  await happened(tx, options, policy.policyId, by, event, {
    lastDay: end.memberTo,
    because: end.endedBecause,
    before,
  });
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

/**
 * Takes an end back: cover goes on as if it had not ended, what was cut is owed again and paid from the credit the end
 * left, as far as that is still there. Entries of the end stay; this adds their opposite.
 */
export async function takeBackEnd(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly policyId: string; readonly by: string },
): Promise<Result<{ policyId: string }>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  if (!policy) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  const before = await lastEnd(db, policy.policyId);
  if (!before || policy.endedBecause === undefined) {
    return refuse('enrolment.nothing-to-take-back');
  }
  const again = before.members.filter(
    ({ memberId, to }) => to > (policy.members.find((each) => each.memberId === memberId)?.to ?? to),
  );
  const first = again
    .map(({ memberId }) => addDays(policy.members.find((each) => each.memberId === memberId)!.to, 1))
    .sort()[0];
  const overlapping =
    first &&
    (await overlapOf(
      db,
      { scheme: { id: policy.schemeId }, plan: { members: again, startsOn: first, expiresOn: before.expiresOn } },
      policy.policyId,
    ));
  if (overlapping) {
    return overlapping;
  }
  await db
    .updateTable('cover_policy')
    .set({ expires_on: before.expiresOn, ended_on: null, ended_because: null })
    .where('policy_id', '=', policy.policyId)
    .execute();
  for (const { memberId, to } of before.members) {
    await db
      .updateTable('cover_policy_member')
      .set({ covered_to: to })
      .where('policy_id', '=', policy.policyId)
      .where('member_id', '=', memberId)
      .execute();
  }
  const cuts = before.cuts.map(({ instalmentId, minor, uncollectable = '0', waived = '0' }) => ({
    instalmentId,
    minor: BigInt(minor),
    uncollectable: BigInt(uncollectable),
    waived: BigInt(waived),
  }));
  await raisePremium(tx, options, policy, cuts, { day: localDay(options) });
  for (const paymentId of before.paymentIds) {
    await applyCredit(tx, options, { paymentId, policyId: policy.policyId, by: input.by });
  }
  await happened(tx, options, policy.policyId, input.by, 'end-taken-back', {});
  return ok({ policyId: policy.policyId });
}

/** What the last end of a policy changed, unless it was taken back since. */
async function lastEnd(db: CoverDatabase, policyId: string): Promise<EndMemory | undefined> {
  const row = await db
    .selectFrom('cover_policy_event')
    .select(['event', 'detail'])
    .where('policy_id', '=', policyId)
    .where('event', 'in', ['ended', 'lapsed', 'transferred', 'end-taken-back'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.detail.before as EndMemory | undefined;
}
