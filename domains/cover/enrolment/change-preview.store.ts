import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Relation, Standing } from '../cover.ts';
import { rehearse } from './bulk.store.ts';
import type { Change } from './changes.ts';
import { endPolicy, takeBackEnd } from './ending.store.ts';
import { undoing } from './enrol.store.ts';
import { joinMember, leaveMember, takeBackLeaving } from './family.store.ts';
import { type PolicyInFull, readPolicies } from './members.store.ts';
import { membersById, policiesById } from './policies.store.ts';
import { lastDay, owedMinor, standing } from './policy.ts';
import { takeBackTransfer, transferPolicy } from './transfer.store.ts';

/** What an act would come to: the act itself, done and taken back. Nothing of it stays. */

export interface MemberDays {
  readonly memberId: string;
  readonly name: string;
  readonly relation: Relation;
  readonly from: string;
  readonly to: string;
  /** Waiting periods count from here. */
  readonly continuousSince: string;
}

/** A policy at one moment: its days and its money. */
export interface PolicySide {
  readonly standing: Standing;
  readonly from: string;
  readonly until: string;
  readonly premium: MoneyText;
  readonly owed: MoneyText;
  readonly members: readonly MemberDays[];
}

export interface PolicyChange {
  readonly policyId: string;
  /** Absent for a policy the act would make. */
  readonly policyNumber?: string;
  readonly schemeId: string;
  readonly before?: PolicySide;
  readonly after: PolicySide;
}

export interface ChangePreview {
  /** Policies that would be otherwise, and those that would be made; in the order of their days. */
  readonly policies: readonly PolicyChange[];
  /** Credit of payments for these policies: what could be given back. Absent where the act moves none. */
  readonly credit?: { readonly before: MoneyText; readonly after: MoneyText };
}

export interface ChangeOf {
  readonly policyId: string;
  readonly on: string;
  readonly by: string;
  readonly channel: string;
}

/** Does a change of a policy. @returns the policy to look at afterwards. */
export async function doChange(
  tx: Transaction,
  options: CoverOptions,
  change: Change,
  of: ChangeOf,
): Promise<Result<{ policyId: string }>> {
  const { policyId, by } = of;
  switch (change.act) {
    case 'join': {
      const joined = await joinMember(tx, options, { ...change, on: change.on ?? of.on, policyId, by });
      return joined.ok ? ok({ policyId }) : joined;
    }
    case 'leave': {
      const left = await leaveMember(tx, options, { ...change, policyId, by });
      return left.ok ? ok({ policyId }) : left;
    }
    case 'end': {
      const ended = await endPolicy(tx, options, { ...change, policyId, by });
      return ended.ok ? ok({ policyId }) : ended;
    }
    case 'transfer': {
      const made = await transferPolicy(tx, options, { ...change, policyId, by, channel: of.channel });
      return made.ok ? ok({ policyId: made.value.policyId }) : made;
    }
    case 'take-back':
      return takeBack(tx, options, change, of);
  }
}

/** Takes back an end, a leaving or a transfer, by its reversal. */
export async function takeBack(
  tx: Transaction,
  options: CoverOptions,
  { what, memberId }: { readonly what: 'end' | 'leaving' | 'transfer'; readonly memberId?: string | undefined },
  { policyId, by }: Pick<ChangeOf, 'policyId' | 'by'>,
): Promise<Result<{ policyId: string }>> {
  if (what === 'end') {
    return takeBackEnd(tx, options, { policyId, by });
  }
  if (what === 'transfer') {
    return takeBackTransfer(tx, options, { policyId, by });
  }
  if (memberId === undefined) {
    return refuse('enrolment.unknown-member', undefined, 'memberId');
  }
  const back = await takeBackLeaving(tx, options, { policyId, memberId, by });
  return back.ok ? ok({ policyId }) : back;
}

/** What a change would do to days and money. Writes nothing. */
export function previewChange(
  store: RequestStore,
  options: CoverOptions,
  change: Change,
  of: ChangeOf,
): Promise<Result<ChangePreview>> {
  return undoing(
    rehearse<Result<ChangePreview>>(store, async (tx) => {
      const db = coverOf(tx);
      const [policy] = await policiesById(db, [of.policyId]);
      if (!policy) {
        return refuse('enrolment.unknown-policy', undefined, 'policyId');
      }
      const members = policy.members.map((each) => each.memberId);
      const before = await readPolicies(db, members);
      const creditBefore = await creditOf(db, before);
      const done = await doChange(tx, options, change, of);
      if (!done.ok) {
        return done;
      }
      const after = await readPolicies(db, [
        ...new Set([
          ...members,
          ...(await policiesById(db, [of.policyId])).flatMap(({ members: now }) => now.map((each) => each.memberId)),
        ]),
      ]);
      return ok(await compared(db, { before, after, on: of.on, creditBefore }));
    }),
  );
}

async function compared(
  db: CoverDatabase,
  of: {
    readonly before: readonly PolicyInFull[];
    readonly after: readonly PolicyInFull[];
    readonly on: string;
    readonly creditBefore: bigint;
  },
): Promise<ChangePreview> {
  const names = new Map(
    (
      await membersById(db, [...new Set(of.after.flatMap((policy) => policy.members.map((each) => each.memberId)))])
    ).map((member) => [member.memberId, member.name]),
  );
  const side = (policy: PolicyInFull) => sideOf(policy, of.on, names);
  const policies = of.after.flatMap((policy): PolicyChange[] => {
    const was = of.before.find((each) => each.policyId === policy.policyId);
    const after = side(policy);
    const before = was && side(was);
    return before && JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [
          {
            policyId: policy.policyId,
            ...(was && { policyNumber: policy.policyNumber }),
            schemeId: policy.schemeId,
            ...(before && { before }),
            after,
          },
        ];
  });
  const currency = of.after[0]?.premium.currency;
  const creditAfter = await creditOf(db, of.after);
  return {
    policies,
    ...(currency !== undefined &&
      creditAfter !== of.creditBefore && {
        credit: { before: moneyText(money(of.creditBefore, currency)), after: moneyText(money(creditAfter, currency)) },
      }),
  };
}

function sideOf(policy: PolicyInFull, on: string, names: ReadonlyMap<string, string>): PolicySide {
  return {
    standing: standing(policy, policy.instalments, on),
    from: policy.effectiveOn ?? policy.startsOn,
    until: lastDay(policy),
    premium: moneyText(policy.premium),
    owed: moneyText(
      money(
        policy.instalments.reduce((sum, each) => sum + owedMinor(each), 0n),
        policy.premium.currency,
      ),
    ),
    members: policy.members
      .filter((each) => each.to >= each.from)
      .map(({ memberId, relation, from, to, continuousSince }) => ({
        ...{ memberId, relation, from, to, continuousSince },
        name: names.get(memberId) ?? '',
      })),
  };
}

/** What is left of payments that were made for these policies or put to them, in minor units. */
async function creditOf(db: CoverDatabase, policies: readonly PolicyInFull[]): Promise<bigint> {
  const ids = policies.map((policy) => policy.policyId);
  if (ids.length === 0) {
    return 0n;
  }
  const rows = await db
    .selectFrom('cover_payment_credit')
    .select('credit_minor')
    .where('policy_id', 'in', ids)
    .execute();
  return rows.reduce((sum, row) => sum + BigInt(row.credit_minor), 0n);
}
