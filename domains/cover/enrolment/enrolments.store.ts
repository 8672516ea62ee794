import { addMoney, type Money, zero } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { Insertable } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { localDayOf } from '../local-day.ts';
import { post } from './books.ts';
import type { EnrolAnswer } from './enrol.store.ts';
import type { PlannedEnrolment } from './enrol.ts';
import type { MemberTables } from './enrolment.tables.ts';
import { inserted, nextNumbers, writeCoverages } from './policies.store.ts';

/** Enrolments as rows: one or thousands, in as many statements as there are tables. */

export interface EnrolmentToWrite {
  readonly planned: PlannedEnrolment;
  readonly fresh: readonly Insertable<MemberTables['cover_member']>[];
  readonly on: string;
  readonly groupId?: string | undefined;
  readonly campaign?: string | undefined;
  readonly channel: string;
  readonly by: string;
  readonly transfer?: boolean | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Writes planned enrolments, few or thousands, in as many statements as there are tables.
 * @param ledgerId one ledger entry for all of them, under this id and reference; absent: one each.
 */
export async function writeEnrolments(
  tx: Transaction,
  options: CoverOptions,
  enrolments: readonly EnrolmentToWrite[],
  ledgerId?: string,
): Promise<EnrolAnswer[]> {
  const db = coverOf(tx);
  const now = options.clock();
  const fresh = enrolments.flatMap((each) => each.fresh);
  const memberNumbers = await nextNumbers(db, 'member', fresh.length);
  const policyNumbers = await nextNumbers(db, 'policy', enrolments.length);
  const answers = enrolments.map(({ planned }, i) => ({
    policyId: planned.policyId,
    policyNumber: policyNumbers[i]!,
    memberIds: planned.plan.members.map((each) => each.memberId),
  }));
  await inserted(
    db,
    'cover_member',
    fresh.map((row, i) => ({ ...row, member_number: memberNumbers[i]! })),
  );
  await inserted(
    db,
    'cover_policy',
    enrolments.map((each, i) => policyRow(each, policyNumbers[i]!, now)),
  );
  await inserted(db, 'cover_policy_member', enrolments.flatMap(memberRows));
  await inserted(db, 'cover_instalment', enrolments.flatMap(instalmentRows));
  await inserted(
    db,
    'cover_policy_event',
    enrolments.map(({ planned, transfer, by, channel, detail }) => ({
      policy_id: planned.policyId,
      number: 1,
      at: now,
      actor: by,
      event: transfer ? 'transferred' : planned.plan.stage === 'renewal' ? 'renewed' : 'enrolled',
      detail: JSON.stringify({ channel, ...detail }),
    })),
  );
  await postIssued(tx, enrolments, now, ledgerId);
  await writeCoverages(
    tx,
    options,
    answers.map((each) => each.policyId),
    localDayOf(now, options.country),
  );
  return answers;
}

async function postIssued(
  tx: Transaction,
  enrolments: readonly EnrolmentToWrite[],
  now: Date,
  ledgerId: string | undefined,
): Promise<void> {
  if (ledgerId === undefined) {
    for (const { planned, on } of enrolments) {
      await issue(
        tx,
        {
          id: planned.policyId,
          schemeId: planned.scheme.id,
          amount: planned.owed,
          on,
          of: `Policy/${planned.policyId}`,
        },
        now,
      );
    }
    return;
  }
  for (const [schemeId, those] of Map.groupBy(enrolments, ({ planned }) => planned.scheme.id)) {
    const amount = those.reduce(
      (sum, { planned }) => addMoney(sum, planned.owed),
      zero(those[0]!.planned.owed.currency),
    );
    await issue(tx, { id: `${ledgerId}:${schemeId}`, schemeId, amount, on: those[0]!.on, of: ledgerId }, now);
  }
}

async function issue(
  tx: Transaction,
  of: {
    readonly id: string;
    readonly schemeId: string;
    readonly amount: Money;
    readonly on: string;
    readonly of: string;
  },
  now: Date,
): Promise<void> {
  await post(
    tx,
    {
      event: 'policy-issued',
      id: of.id,
      schemeId: of.schemeId,
      amount: of.amount,
      day: of.on,
      reference: of.of,
    },
    now,
  );
}

function policyRow(
  { planned, on, groupId, campaign, channel }: EnrolmentToWrite,
  policyNumber: string,
  now: Date,
): Insertable<MemberTables['cover_policy']> {
  const { plan, scheme, owed, subsidy } = planned;
  return {
    policy_id: planned.policyId,
    policy_number: policyNumber,
    scheme_id: scheme.id,
    scheme_version: scheme.version,
    group_id: groupId ?? null,
    stage: plan.stage,
    renewal_of: plan.renewalOf ?? null,
    enrolled_on: on,
    starts_on: plan.startsOn,
    // Nothing owed: nothing to wait for.
    effective_on: plan.instalments.length === 0 ? plan.startsOn : null,
    expires_on: plan.expiresOn,
    ended_on: null,
    ended_because: null,
    premium_minor: owed.minor,
    subsidy_minor: subsidy.minor,
    currency: scheme.currency,
    channel,
    campaign: campaign ?? null,
    created: now,
  };
}

function memberRows({ planned }: EnrolmentToWrite): Insertable<MemberTables['cover_policy_member']>[] {
  return planned.plan.members.map((each) => ({
    policy_id: planned.policyId,
    member_id: each.memberId,
    scheme_id: planned.scheme.id,
    relation: each.relation,
    covered_from: each.from,
    covered_to: each.to,
    continuous_since: each.continuousSince,
  }));
}

function instalmentRows({ planned }: EnrolmentToWrite): Insertable<MemberTables['cover_instalment']>[] {
  return planned.plan.instalments.map((each) => ({
    instalment_id: each.instalmentId,
    policy_id: planned.policyId,
    number: each.number,
    due: each.due,
    grace_until: each.graceUntil,
    amount_minor: each.amount.minor,
    currency: each.amount.currency,
  }));
}
