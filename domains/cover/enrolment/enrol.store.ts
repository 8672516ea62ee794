import { addDays } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { Insertable } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Channel, Member, Policy, Relation } from '../cover.ts';
import { localDayOf } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { type EnrolmentQuestion, planEnrolment } from './enrol.ts';
import type { MemberTables } from './enrolment.tables.ts';
import { writeEnrolments } from './enrolments.store.ts';
import { type NewMember, newMember } from './new-member.store.ts';
import { mayTakePayment, takePayment } from './payments.store.ts';
import { membersById } from './policies.store.ts';
import type { PlannedPolicy } from './policy.ts';

export type EnrolMember = { readonly relation: Relation } & (
  | { readonly memberId: string }
  | { readonly newMember: NewMember }
);

/** A form filled in the field is entered within so many days of it. */
export const backdatedDays = 60;

export interface EnrolInput {
  readonly schemeId: string;
  /** Day of enrolment. */
  readonly on: string;
  readonly startsOn?: string | undefined;
  readonly months?: number | undefined;
  readonly days?: number | undefined;
  readonly instalments?: number | undefined;
  readonly members: readonly EnrolMember[];
  readonly groupId?: string | undefined;
  readonly campaign?: string | undefined;
  readonly incentivePercent?: number | undefined;
  /** How it came in: `desk`, `volunteer`, `roster`, `agent`. */
  readonly channel: string;
  /** Who enrols: an actor's id. */
  readonly by: string;
  /** Renews this policy, or with `transfer` goes on from it under another employer or none. */
  readonly previous?: Policy | undefined;
  readonly transfer?: boolean | undefined;
  /** Kept with the event of the enrolment. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
  readonly payment?: { readonly channel: Channel; readonly reference: string; readonly amount: Money } | undefined;
}

export interface EnrolAnswer {
  readonly policyId: string;
  readonly policyNumber: string;
  readonly memberIds: readonly string[];
  readonly receipt?: string;
}

/** Members of a policy, checked and with ids, and the rows of those who are new. */
export interface ResolvedMembers {
  readonly members: EnrolmentQuestion['members'];
  readonly fresh: readonly Insertable<MemberTables['cover_member']>[];
}

/**
 * Enrols a member, or a family, under a scheme: members, policy, instalments, the ledger's `policy-issued`, and FHIR
 * `Coverage` of those who have a record here. Refused, it writes nothing.
 */
export async function enrolMembers(
  tx: Transaction,
  options: CoverOptions,
  input: EnrolInput,
): Promise<Result<EnrolAnswer>> {
  const db = coverOf(tx);
  const scheme = schemeAt(options.schemes, input.schemeId, input.on);
  if (!scheme) {
    return refuse('schemes.unknown', undefined, 'schemeId');
  }
  const now = options.clock();
  const latest = localDayOf(now, options.country);
  if (input.on > latest || input.on < addDays(localDayOf(now, options.country), -backdatedDays)) {
    return refuse('enrolment.day-invalid', undefined, 'on');
  }
  const group = await groupFor(db, input.groupId);
  if (group && !group.ok) {
    return group;
  }
  const resolved = await resolveMembers(tx, options, input);
  if (!resolved.ok) {
    return resolved;
  }
  const planned = planEnrolment({
    ...input,
    policyId: options.newId(),
    scheme,
    members: resolved.value.members,
    ...(group?.value.industry && { industry: group.value.industry }),
  });
  if (!planned.ok) {
    return planned;
  }
  const overlapping = await overlapOf(db, planned.value, input.transfer ? input.previous?.policyId : undefined);
  if (overlapping) {
    return overlapping;
  }
  const unpayable =
    input.payment && (await mayTakePayment(db, options, { ...input.payment, receivedOn: input.on }, scheme.currency));
  if (unpayable) {
    return unpayable;
  }
  const [written] = await writeEnrolments(tx, options, [
    { ...input, planned: planned.value, fresh: resolved.value.fresh },
  ]);
  if (!input.payment) {
    return ok(written!);
  }
  const paid = await takePayment(tx, options, {
    ...input.payment,
    receivedOn: input.on,
    policyId: written!.policyId,
    payer: 'member',
    by: input.by,
  });
  // Taken by someone else in this very moment: what was written before goes too.
  if (!paid.ok) {
    throw new EnrolmentUndone(paid);
  }
  return ok({ ...written!, receipt: paid.value.receiptNumber });
}

/** Takes a transaction back for a refusal found after something was written. Caught by {@link undoing}. */
export class EnrolmentUndone extends Error {
  override name = 'EnrolmentUndone';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The refusal a transaction was taken back for, as its answer. */
export async function undoing<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EnrolmentUndone) {
      return error.refusal;
    }
    throw error;
  }
}

export async function groupFor(
  db: CoverDatabase,
  groupId: string | undefined,
): Promise<Result<{ groupId: string; name: string; industry: string | undefined }> | undefined> {
  if (groupId === undefined) {
    return undefined;
  }
  const row = await db.selectFrom('cover_group').selectAll().where('group_id', '=', groupId).executeTakeFirst();
  return row
    ? ok({ groupId, name: row.name, industry: row.industry ?? undefined })
    : refuse('enrolment.unknown-group', undefined, 'groupId');
}

async function resolveMembers(
  tx: Transaction,
  options: CoverOptions,
  input: EnrolInput,
): Promise<Result<ResolvedMembers>> {
  const db = coverOf(tx);
  const known = input.members.flatMap((each) => ('memberId' in each ? each.memberId : []));
  if (new Set(known).size < known.length) {
    return refuse('enrolment.overlap', undefined, 'members');
  }
  // Locked in one order, so that two enrolments of one member wait for each other and the second is refused.
  const locked = await lockMembers(db, known);
  const members: EnrolmentQuestion['members'][number][] = [];
  const fresh: Insertable<MemberTables['cover_member']>[] = [];
  for (const [i, each] of input.members.entries()) {
    if ('memberId' in each) {
      const member = locked.find((row) => row.memberId === each.memberId);
      if (!member) {
        return refuse('enrolment.unknown-member', undefined, `members[${i}]`);
      }
      members.push({ member, relation: each.relation });
      continue;
    }
    const made = await newMember(
      tx,
      options,
      { ...each.newMember, groupId: input.groupId, by: input.by },
      input.on,
      `members[${i}]`,
    );
    if (!made.ok) {
      return made;
    }
    fresh.push(made.value.row);
    members.push({ member: made.value.member, relation: each.relation, wage: each.newMember.wage });
  }
  return ok({ members, fresh });
}

async function lockMembers(db: CoverDatabase, ids: readonly string[]): Promise<Member[]> {
  if (ids.length > 0) {
    await db
      .selectFrom('cover_member')
      .select('member_id')
      .where('member_id', 'in', [...ids])
      .orderBy('member_id')
      .forUpdate()
      .execute();
  }
  return membersById(db, ids);
}

/** The refusal where a member is covered in the scheme on one of these days already. */
export async function overlapOf(
  db: CoverDatabase,
  {
    scheme,
    plan,
  }: {
    readonly scheme: Pick<Scheme, 'id'>;
    readonly plan: Pick<PlannedPolicy, 'startsOn' | 'expiresOn'> & {
      readonly members: readonly { readonly memberId: string }[];
    };
  },
  except?: string,
): Promise<Refusal | undefined> {
  const row = await db
    .selectFrom('cover_policy_member')
    .select('covered_to')
    .where(
      'member_id',
      'in',
      plan.members.map((each) => each.memberId),
    )
    .where('scheme_id', '=', scheme.id)
    .where('covered_from', '<=', plan.expiresOn)
    .where('covered_to', '>=', plan.startsOn)
    .whereRef('covered_to', '>=', 'covered_from')
    .where('policy_id', '!=', except ?? '')
    .orderBy('covered_to', 'desc')
    .executeTakeFirst();
  return row && refuse('enrolment.overlap', { until: row.covered_to }, 'members');
}
