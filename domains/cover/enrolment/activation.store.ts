import { invariant } from '@serai/kernel/base/invariant.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { policiesById, recordEvents } from './policies.store.ts';
import { activate, dueIsPaid } from './policy.ts';
import { versionOf } from './versions.ts';

/**
 * Brings into effect those policies whose due instalments are paid, on the day that completed them. Waiting periods count
 * from then, or go on where cover continues without a gap.
 * @param forced by whom, where someone with the right to says so although something is owed.
 * @returns the policies that came into effect.
 */
export async function activatePolicies(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  on: string,
  by: string,
  forced = false,
): Promise<string[]> {
  const db = coverOf(tx);
  const waiting = (await policiesById(db, policyIds)).filter(
    (policy) =>
      policy.effectiveOn === undefined &&
      policy.endedOn === undefined &&
      on <= policy.expiresOn &&
      (forced || dueIsPaid(policy.instalments, on)),
  );
  if (waiting.length === 0) {
    return [];
  }
  const previous = await policiesById(
    db,
    waiting.flatMap((policy) => policy.renewalOf ?? []),
  );
  const effects = waiting.map((policy) => {
    const before = previous.find((each) => each.policyId === policy.renewalOf);
    return {
      policyId: policy.policyId,
      ...activate(policy, on, { scheme: versionOf(options.schemes, policy), ...(before && { previous: before }) }),
    };
  });
  await sql`
    update cover_policy set effective_on = those.day
    from unnest(${effects.map((each) => each.policyId)}::text[], ${effects.map((each) => each.effectiveOn)}::date[])
      as those(policy_id, day)
    where cover_policy.policy_id = those.policy_id`.execute(db);
  const members = effects.flatMap(({ policyId, members }) => members.map((member) => ({ policyId, ...member })));
  invariant(members.length > 0, 'a policy covers someone');
  await sql`
    update cover_policy_member set continuous_since = those.day
    from unnest(${members.map((each) => each.policyId)}::text[], ${members.map((each) => each.memberId)}::text[],
                ${members.map((each) => each.continuousSince)}::date[]) as those(policy_id, member_id, day)
    where cover_policy_member.policy_id = those.policy_id and cover_policy_member.member_id = those.member_id`.execute(
    db,
  );
  const ids = effects.map((each) => each.policyId);
  await recordEvents(db, ids, {
    at: options.clock(),
    actor: by,
    event: 'activated',
    detail: { on, ...(forced && { forced }) },
  });
  return ids;
}
