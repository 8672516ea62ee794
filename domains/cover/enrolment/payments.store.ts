import { addMonths } from '@serai/kernel/base/days.ts';
import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Channel, Policy } from '../cover.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { activatePolicies } from './activation.store.ts';
import { post } from './books.ts';
import type { PolicyInFull } from './members.store.ts';
import { type Allocation, allocate } from './payments.ts';
import { nextNumbers, policiesById, recordEvents, writeCoverages } from './policies.store.ts';
import { owedMinor, unpaidMinor } from './policy.ts';
import { recoverWrittenOff } from './recovery.store.ts';

/** Contributions coming in: taken once, put to the oldest debt, receipted, posted, in one transaction. */

export interface TakePayment {
  readonly channel: Channel;
  /** The channel's own reference: taken once. */
  readonly reference: string;
  readonly amount: Money;
  readonly receivedOn: string;
  /** For one policy, or for whatever a group owes, the oldest first. */
  readonly policyId?: string | undefined;
  readonly groupId?: string | undefined;
  /** Only these instalments, where a payroll says what it pays. */
  readonly instalmentIds?: readonly string[] | undefined;
  readonly payer: string;
  readonly by: string;
}

export interface Receipt {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly channel: Channel;
  readonly reference: string;
  readonly receivedOn: string;
  readonly amount: Money;
  readonly allocated: readonly { readonly policyId: string; readonly instalmentId: string; readonly amount: Money }[];
  /** Kept for what is owed next, or given back. */
  readonly credit: Money;
  /** Policies that came into effect by it. */
  readonly activated: readonly string[];
}

/** Refuses what is no payment, before anything is written. */
export async function mayTakePayment(
  db: CoverDatabase,
  options: Pick<CoverOptions, 'country' | 'clock'>,
  input: Pick<TakePayment, 'channel' | 'reference' | 'amount' | 'receivedOn'>,
  currency: string,
): Promise<Refusal | undefined> {
  if (input.amount.currency !== currency) {
    return refuse('enrolment.wrong-currency', { currency }, 'amount.currency');
  }
  if (input.amount.minor <= 0n) {
    return refuse('enrolment.amount-invalid', undefined, 'amount');
  }
  const today = localDay(options);
  if (input.receivedOn > today || input.receivedOn < addMonths(today, -60)) {
    return refuse('enrolment.day-invalid', undefined, 'receivedOn');
  }
  const before = await db
    .selectFrom('cover_payment')
    .select('receipt_number')
    .where('channel', '=', input.channel)
    .where('reference', '=', input.reference)
    .executeTakeFirst();
  return before && refuse('enrolment.payment-taken', { receipt: before.receipt_number }, 'reference');
}

/**
 * Takes a payment. Part of what is owed is taken as a part; more than is owed is kept as credit. A policy whose due
 * instalments are paid by it comes into effect.
 */
export async function takePayment(
  tx: Transaction,
  options: CoverOptions,
  input: TakePayment,
): Promise<Result<Receipt>> {
  const db = coverOf(tx);
  const policies = await payablePolicies(db, input);
  const [first] = policies;
  if (!first) {
    return input.policyId === undefined
      ? refuse('enrolment.nothing-owed', undefined, 'groupId')
      : refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  const { currency } = first.premium;
  const refused = await mayTakePayment(db, options, input, currency);
  if (refused) {
    return refused;
  }
  const wanted = input.instalmentIds && new Set(input.instalmentIds);
  const owed = policies
    .filter((policy) => policy.premium.currency === currency)
    .flatMap((policy) => policy.instalments.map((each) => ({ ...each, policyId: policy.policyId })))
    .filter((each) => wanted === undefined || wanted.has(each.instalmentId));
  // Who pays for one policy pays what nobody has paid of it, the oldest first, also what the fund had given up.
  const recovers = input.policyId !== undefined && wanted === undefined;
  const { allocations, left } = allocate(input.amount.minor, owed, recovers ? unpaidMinor : owedMinor);
  const kept = await keepPayment(tx, options, input, first);
  if (!kept.ok) {
    return kept;
  }
  const { paymentId, receiptNumber } = kept.value;
  if (recovers) {
    const { by, receivedOn: day } = input;
    await recoverWrittenOff(tx, options, { paymentId, policies, allocations, day, by });
  }
  await writeAllocations(db, paymentId, allocations);
  await postPaid(tx, options, { paymentId, input, policies, allocations, left });
  const touched = [...new Set(allocations.map((each) => each.policyId))];
  const activated = await settle(tx, options, touched, input, paymentId);
  return ok({
    paymentId,
    receiptNumber,
    channel: input.channel,
    reference: input.reference,
    receivedOn: input.receivedOn,
    amount: input.amount,
    allocated: allocations.map(({ policyId, instalmentId, minor }) => ({
      policyId,
      instalmentId,
      amount: money(minor, currency),
    })),
    credit: money(left, currency),
    activated,
  });
}

/** What follows from money put to policies: effect, events, and the Coverage the card reads. */
async function settle(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  input: Pick<TakePayment, 'receivedOn' | 'by'>,
  paymentId: string,
): Promise<string[]> {
  const now = options.clock();
  await recordEvents(coverOf(tx), policyIds, { at: now, actor: input.by, event: 'paid', detail: { paymentId } });
  const activated = await activatePolicies(tx, options, policyIds, input.receivedOn, input.by);
  await writeCoverages(tx, options, policyIds, localDayOf(now, options.country));
  return activated;
}

async function payablePolicies(db: CoverDatabase, input: TakePayment): Promise<PolicyInFull[]> {
  if (input.policyId !== undefined) {
    return policiesById(db, [input.policyId], { lock: true });
  }
  if (input.groupId === undefined) {
    return [];
  }
  const owing = await db
    .selectFrom('cover_policy as policy')
    .innerJoin('cover_instalment as instalment', 'instalment.policy_id', 'policy.policy_id')
    .select('policy.policy_id')
    .distinct()
    .where('policy.group_id', '=', input.groupId)
    .where(sql<boolean>`instalment.paid_minor + instalment.written_off_minor < instalment.amount_minor`)
    .execute();
  return policiesById(
    db,
    owing.map((row) => row.policy_id),
    { lock: true },
  );
}

async function keepPayment(
  tx: Transaction,
  options: CoverOptions,
  input: TakePayment,
  first: Policy,
): Promise<Result<{ paymentId: string; receiptNumber: string }>> {
  const db = coverOf(tx);
  const paymentId = options.newId();
  const [receiptNumber] = await nextNumbers(db, 'receipt', 1);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cover_payment')
    .values({
      payment_id: paymentId,
      receipt_number: receiptNumber!,
      channel: input.channel,
      reference: input.reference,
      payer: input.payer,
      received_on: input.receivedOn,
      amount_minor: input.amount.minor,
      currency: input.amount.currency,
      reversal_of: null,
      scheme_id: first.schemeId,
      policy_id: input.policyId ?? null,
      group_id: input.groupId ?? first.groupId ?? null,
      recorded_by: input.by,
      recorded: options.clock(),
    })
    .onConflict((conflict) => conflict.columns(['channel', 'reference']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n
    ? ok({ paymentId, receiptNumber: receiptNumber! })
    : refuse('enrolment.payment-taken', undefined, 'reference');
}

/** Puts money to instalments, or with amounts below zero takes it back from them. */
export async function writeAllocations(
  db: CoverDatabase,
  paymentId: string,
  allocations: readonly Allocation[],
): Promise<void> {
  if (allocations.length === 0) {
    return;
  }
  const ids = allocations.map((each) => each.instalmentId);
  const minors = allocations.map((each) => each.minor.toString());
  await sql`
    insert into cover_payment_allocation (payment_id, instalment_id, amount_minor)
    select ${paymentId}, instalment_id, minor
    from unnest(${ids}::text[], ${minors}::bigint[]) as those(instalment_id, minor)
    -- Part of it was taken off this very instalment and comes back to it.
    on conflict (payment_id, instalment_id)
      do update set amount_minor = cover_payment_allocation.amount_minor + excluded.amount_minor`.execute(db);
  await sql`
    update cover_instalment set paid_minor = paid_minor + those.minor
    from unnest(${ids}::text[], ${minors}::bigint[]) as those(instalment_id, minor)
    where cover_instalment.instalment_id = those.instalment_id`.execute(db);
}

/** One ledger entry for each scheme the money went to; what is left is credit of the first. */
async function postPaid(
  tx: Transaction,
  options: CoverOptions,
  paid: {
    readonly paymentId: string;
    readonly input: TakePayment;
    readonly policies: readonly Policy[];
    readonly allocations: readonly Allocation[];
    readonly left: bigint;
  },
): Promise<void> {
  const { paymentId, input, policies, allocations, left } = paid;
  const schemeOf = new Map(policies.map((policy) => [policy.policyId, policy.schemeId]));
  const bySchemes = new Map<string, bigint>([[policies[0]!.schemeId, left]]);
  for (const { policyId, minor } of allocations) {
    const schemeId = schemeOf.get(policyId)!;
    bySchemes.set(schemeId, (bySchemes.get(schemeId) ?? 0n) + minor);
  }
  for (const [schemeId, minor] of bySchemes) {
    await post(
      tx,
      {
        event: 'contribution-paid',
        id: `${paymentId}:${schemeId}`,
        schemeId,
        amount: money(minor, input.amount.currency),
        day: input.receivedOn,
        reference: `Payment/${paymentId}`,
      },
      options.clock(),
    );
  }
}
