import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Channel } from '../cover.ts';
import { activatePolicies } from './activation.store.ts';
import { post, postOpposite, postRefund } from './books.ts';
import type { PolicyInFull } from './members.store.ts';
import { writeAllocations } from './payments.store.ts';
import { allocate, cutInstalments } from './payments.ts';
import { nextNumbers, policiesById, recordEvents, writeCoverages } from './policies.store.ts';
import { dueIsPaid, owedMinor } from './policy.ts';

/** Money that turns out otherwise: less owed, given back, taken back, written off. Each is an entry of its own. */

export interface CutAnswer {
  readonly cut: Money;
  /** Of it, what had been paid: credit of these payments now. */
  readonly credit: Money;
  readonly payments: readonly {
    readonly paymentId: string;
    readonly groupId: string | undefined;
    readonly minor: bigint;
  }[];
}

/** Takes off a policy's premium what is not owed any more; what was paid of it becomes credit of the payments. */
export async function cutPremium(
  tx: Transaction,
  options: CoverOptions,
  policy: PolicyInFull,
  notOwed: Money,
  { day }: { readonly day: string },
): Promise<CutAnswer> {
  const db = coverOf(tx);
  const cuts = cutInstalments(notOwed.minor, policy.instalments);
  const of = (minor: bigint) => money(minor, policy.premium.currency);
  const payments: { paymentId: string; groupId: string | undefined; minor: bigint }[] = [];
  let cut = 0n;
  for (const { instalmentId, unpaid, paid } of cuts) {
    cut += unpaid + paid;
    payments.push(...(await freeAllocations(db, instalmentId, paid)));
    await sql`
      update cover_instalment set amount_minor = amount_minor - ${(unpaid + paid).toString()}::bigint,
        paid_minor = paid_minor - ${paid.toString()}::bigint
      where instalment_id = ${instalmentId}`.execute(db);
  }
  await sql`
    update cover_policy set premium_minor = premium_minor - ${cut.toString()}::bigint
    where policy_id = ${policy.policyId}`.execute(db);
  await postOpposite(
    tx,
    {
      event: 'policy-issued',
      id: `${policy.policyId}:${options.newId()}`,
      schemeId: policy.schemeId,
      amount: of(cut),
      day,
      reference: `Policy/${policy.policyId}`,
    },
    options.clock(),
  );
  return { cut: of(cut), credit: of(payments.reduce((sum, each) => sum + each.minor, 0n)), payments };
}

/** Takes allocations off an instalment, the latest payment first. */
async function freeAllocations(db: CoverDatabase, instalmentId: string, minor: bigint): Promise<CutAnswer['payments']> {
  if (minor === 0n) {
    return [];
  }
  const rows = await db
    .selectFrom('cover_payment_allocation as allocation')
    .innerJoin('cover_payment as payment', 'payment.payment_id', 'allocation.payment_id')
    .select(['allocation.payment_id', 'allocation.amount_minor', 'payment.group_id'])
    .where('allocation.instalment_id', '=', instalmentId)
    .where('payment.kind', '=', 'contribution')
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('cover_payment as back')
            .select('back.payment_id')
            .whereRef('back.reversal_of', '=', 'payment.payment_id')
            .where('back.kind', '=', 'reversal'),
        ),
      ),
    )
    .orderBy('payment.recorded', 'desc')
    .orderBy('allocation.payment_id')
    .execute();
  const freed: { paymentId: string; groupId: string | undefined; minor: bigint }[] = [];
  let left = minor;
  for (const row of rows) {
    const part = BigInt(row.amount_minor) < left ? BigInt(row.amount_minor) : left;
    if (part > 0n) {
      await takeOff(db, row.payment_id, instalmentId, part, part === BigInt(row.amount_minor));
      freed.push({ paymentId: row.payment_id, groupId: row.group_id ?? undefined, minor: part });
      left -= part;
    }
  }
  return freed;
}

async function takeOff(
  db: CoverDatabase,
  paymentId: string,
  instalmentId: string,
  part: bigint,
  all: boolean,
): Promise<void> {
  if (all) {
    await db
      .deleteFrom('cover_payment_allocation')
      .where('payment_id', '=', paymentId)
      .where('instalment_id', '=', instalmentId)
      .execute();
    return;
  }
  await sql`
    update cover_payment_allocation set amount_minor = amount_minor - ${part.toString()}::bigint
    where payment_id = ${paymentId} and instalment_id = ${instalmentId}`.execute(db);
}

/** What is left of a payment; the payment is locked. */
export async function lockCredit(
  db: CoverDatabase,
  paymentId: string,
): Promise<{ credit: Money; schemeId: string; policyId: string | null; groupId: string | null } | undefined> {
  await db.selectFrom('cover_payment').select('payment_id').where('payment_id', '=', paymentId).forUpdate().execute();
  const row = await db
    .selectFrom('cover_payment_credit')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  return (
    row && {
      credit: money(BigInt(row.credit_minor), row.currency),
      schemeId: row.scheme_id,
      policyId: row.policy_id,
      groupId: row.group_id,
    }
  );
}

/** Puts what is left of a payment to what a policy of the same scheme owes. @returns how much was used. */
export async function applyCredit(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly paymentId: string; readonly policyId: string; readonly by: string },
): Promise<Result<{ used: Money }>> {
  const db = coverOf(tx);
  const [policy] = await policiesById(db, [input.policyId], { lock: true });
  const kept = await lockCredit(db, input.paymentId);
  if (!policy || !kept || kept.schemeId !== policy.schemeId) {
    return refuse('enrolment.unknown-policy', undefined, 'policyId');
  }
  const owed = policy.instalments.map((each) => ({ ...each, policyId: policy.policyId }));
  const { allocations, left } = allocate(kept.credit.minor, owed);
  await writeAllocations(db, input.paymentId, allocations);
  const used = money(kept.credit.minor - left, kept.credit.currency);
  if (used.minor > 0n) {
    const at = options.clock();
    const today = dayOfInstant(at);
    await recordEvents(db, [policy.policyId], {
      at,
      actor: input.by,
      event: 'paid',
      detail: { paymentId: input.paymentId, credit: true },
    });
    await activatePolicies(tx, options, [policy.policyId], today, input.by);
    await writeCoverages(tx, options, [policy.policyId], today);
  }
  return ok({ used });
}

export interface MoneyBack {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly amount: Money;
}

/** Gives credit back to who paid it. */
export async function refundCredit(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly paymentId: string; readonly amount: Money; readonly because: string; readonly by: string },
): Promise<Result<MoneyBack>> {
  const db = coverOf(tx);
  const kept = await lockCredit(db, input.paymentId);
  if (!kept) {
    return refuse('enrolment.not-reversible', undefined, 'paymentId');
  }
  if (input.amount.currency !== kept.credit.currency) {
    return refuse('enrolment.wrong-currency', { currency: kept.credit.currency }, 'amount.currency');
  }
  if (input.amount.minor <= 0n || input.amount.minor > kept.credit.minor) {
    return refuse('enrolment.amount-invalid', undefined, 'amount');
  }
  const back = await keepMoneyBack(tx, options, { ...input, kind: 'refund' });
  await postRefund(
    tx,
    {
      id: back.paymentId,
      schemeId: kept.schemeId,
      amount: input.amount,
      day: dayOfInstant(options.clock()),
      reference: `Payment/${input.paymentId}`,
    },
    options.clock(),
  );
  if (kept.policyId !== null) {
    await recordEvents(db, [kept.policyId], {
      at: options.clock(),
      actor: input.by,
      event: 'refunded',
      detail: { paymentId: back.paymentId },
    });
  }
  return ok(back);
}

/** The row of money going back: a payment below zero that names the one it answers. */
async function keepMoneyBack(
  tx: Transaction,
  options: CoverOptions,
  input: {
    readonly paymentId: string;
    readonly amount: Money;
    readonly by: string;
    readonly kind: 'refund' | 'reversal';
  },
): Promise<MoneyBack> {
  const db = coverOf(tx);
  const original = await db
    .selectFrom('cover_payment')
    .selectAll()
    .where('payment_id', '=', input.paymentId)
    .executeTakeFirstOrThrow();
  const paymentId = options.newId();
  const [receiptNumber] = await nextNumbers(db, 'receipt', 1);
  await db
    .insertInto('cover_payment')
    .values({
      payment_id: paymentId,
      receipt_number: receiptNumber!,
      channel: original.channel as Channel,
      reference: `${input.kind}:${paymentId}`,
      payer: original.payer,
      received_on: dayOfInstant(options.clock()),
      amount_minor: -input.amount.minor,
      currency: input.amount.currency,
      reversal_of: input.paymentId,
      kind: input.kind,
      scheme_id: original.scheme_id,
      policy_id: original.policy_id,
      group_id: original.group_id,
      recorded_by: input.by,
      recorded: options.clock(),
    })
    .execute();
  return { paymentId, receiptNumber: receiptNumber!, amount: money(-input.amount.minor, input.amount.currency) };
}

/**
 * Takes a payment back that bounced or was another's: an opposite payment, opposite allocations, an opposite ledger entry.
 * A policy that is not in effect yet goes back to waiting; one in effect is suspended once its grace has passed.
 */
export async function reversePayment(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly paymentId: string; readonly because: string; readonly by: string },
): Promise<Result<MoneyBack>> {
  const db = coverOf(tx);
  const payment = await db
    .selectFrom('cover_payment')
    .selectAll()
    .where('payment_id', '=', input.paymentId)
    .forUpdate()
    .executeTakeFirst();
  if (payment?.kind !== 'contribution') {
    return refuse('enrolment.not-reversible', undefined, 'paymentId');
  }
  const backs = await db
    .selectFrom('cover_payment')
    .select('kind')
    .where('reversal_of', '=', input.paymentId)
    .execute();
  if (backs.length > 0) {
    return refuse(
      backs.some((each) => each.kind === 'reversal') ? 'enrolment.already-reversed' : 'enrolment.not-reversible',
    );
  }
  const allocations = await db
    .selectFrom('cover_payment_allocation as allocation')
    .innerJoin('cover_instalment as instalment', 'instalment.instalment_id', 'allocation.instalment_id')
    .select(['allocation.instalment_id', 'allocation.amount_minor', 'instalment.policy_id'])
    .where('allocation.payment_id', '=', input.paymentId)
    .execute();
  const policyIds = [...new Set(allocations.map((row) => row.policy_id))];
  await policiesById(db, policyIds, { lock: true });
  const amount = money(BigInt(payment.amount_minor), payment.currency);
  const back = await keepMoneyBack(tx, options, { ...input, amount, kind: 'reversal' });
  await writeAllocations(
    db,
    back.paymentId,
    allocations.map((row) => ({
      instalmentId: row.instalment_id,
      policyId: row.policy_id,
      minor: -BigInt(row.amount_minor),
    })),
  );
  await undoPaid(tx, options, input.paymentId);
  await backToWaiting(tx, options, policyIds, { ...input, back: back.paymentId });
  return ok(back);
}

/** Every ledger entry of the payment, the other way round. */
async function undoPaid(tx: Transaction, options: CoverOptions, paymentId: string): Promise<void> {
  const { rows } = await sql<{ transfer_id: string; amount_minor: string; currency: string }>`
    select transfer_id, amount_minor, currency from ledger_transfer
    where transfer_id like ${`contribution-paid:${paymentId}:%`}
    order by transfer_id`.execute(coverOf(tx));
  for (const row of rows) {
    const id = row.transfer_id.slice('contribution-paid:'.length);
    await postOpposite(
      tx,
      {
        event: 'contribution-paid',
        id,
        reverses: id,
        schemeId: id.slice(paymentId.length + 1),
        amount: money(BigInt(row.amount_minor), row.currency),
        day: dayOfInstant(options.clock()),
        reference: `Payment/${paymentId}`,
      },
      options.clock(),
    );
  }
}

async function backToWaiting(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  of: { readonly because: string; readonly by: string; readonly back: string },
): Promise<void> {
  const db = coverOf(tx);
  const at = options.clock();
  const today = dayOfInstant(at);
  const waiting = (await policiesById(db, policyIds)).filter(
    (policy) => policy.effectiveOn !== undefined && policy.effectiveOn > today && !dueIsPaid(policy.instalments, today),
  );
  if (waiting.length > 0) {
    await db
      .updateTable('cover_policy')
      .set({ effective_on: null })
      .where(
        'policy_id',
        'in',
        waiting.map((policy) => policy.policyId),
      )
      .execute();
  }
  await recordEvents(db, policyIds, {
    at,
    actor: of.by,
    event: 'payment-reversed',
    detail: { paymentId: of.back, because: of.because },
  });
  await writeCoverages(tx, options, policyIds, today);
}

/** Writes off what is owed of instalments; a batch can be taken back as one. */
export async function writeOff(
  tx: Transaction,
  options: CoverOptions,
  input: {
    readonly batchId: string;
    readonly instalmentIds: readonly string[];
    readonly because: string;
    readonly by: string;
  },
): Promise<Result<{ batchId: string; instalments: number }>> {
  const db = coverOf(tx);
  const rows = await db
    .selectFrom('cover_instalment')
    .select(['instalment_id', 'policy_id'])
    .where('instalment_id', 'in', [...input.instalmentIds])
    .execute();
  const policies = await policiesById(
    db,
    rows.map((row) => row.policy_id),
    { lock: true },
  );
  const at = options.clock();
  const wanted = new Set(input.instalmentIds);
  const off = policies.flatMap((policy) =>
    policy.instalments
      .filter((each) => wanted.has(each.instalmentId) && owedMinor(each) > 0n)
      .map((each) => ({
        batch_id: input.batchId,
        instalment_id: each.instalmentId,
        policy_id: policy.policyId,
        scheme_id: policy.schemeId,
        amount_minor: owedMinor(each),
        currency: each.amount.currency,
        because: input.because,
        written_off_by: input.by,
        written_off_at: at,
      })),
  );
  if (off.length === 0) {
    return refuse('enrolment.nothing-owed', undefined, 'instalmentIds');
  }
  await db.insertInto('cover_write_off').values(off).execute();
  await moveWrittenOff(db, input.batchId, 1n);
  for (const each of off) {
    await post(tx, writtenOffEvent(input.batchId, each, dayOfInstant(at)), at);
  }
  await afterWriteOff(tx, options, [...new Set(off.map((each) => each.policy_id))], {
    ...input,
    event: 'written-off',
  });
  return ok({ batchId: input.batchId, instalments: off.length });
}

/** Takes a batch of write-offs back: it is owed again. */
export async function undoWriteOff(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly batchId: string; readonly by: string },
): Promise<Result<{ batchId: string; instalments: number }>> {
  const db = coverOf(tx);
  const rows = await db
    .selectFrom('cover_write_off')
    .selectAll()
    .where('batch_id', '=', input.batchId)
    .where('reversed_at', 'is', null)
    .forUpdate()
    .execute();
  if (rows.length === 0) {
    return refuse('enrolment.nothing-owed', undefined, 'batchId');
  }
  const policyIds = [...new Set(rows.map((row) => row.policy_id))];
  await policiesById(db, policyIds, { lock: true });
  const at = options.clock();
  await moveWrittenOff(db, input.batchId, -1n);
  await db.updateTable('cover_write_off').set({ reversed_at: at }).where('batch_id', '=', input.batchId).execute();
  for (const row of rows) {
    const event = writtenOffEvent(input.batchId, { ...row, amount_minor: BigInt(row.amount_minor) }, dayOfInstant(at));
    await postOpposite(tx, { ...event, reverses: event.id }, at);
  }
  await afterWriteOff(tx, options, policyIds, { ...input, event: 'write-off-reversed' });
  return ok({ batchId: input.batchId, instalments: rows.length });
}

async function moveWrittenOff(db: CoverDatabase, batchId: string, sign: bigint): Promise<void> {
  await sql`
    update cover_instalment set written_off_minor = written_off_minor + ${sign.toString()}::bigint * off.amount_minor
    from cover_write_off off
    where off.batch_id = ${batchId} and off.reversed_at is null and cover_instalment.instalment_id = off.instalment_id`.execute(
    db,
  );
}

function writtenOffEvent(
  batchId: string,
  off: { instalment_id: string; scheme_id: string; amount_minor: bigint; currency: string; policy_id: string },
  day: string,
) {
  return {
    event: 'contribution-written-off' as const,
    id: `${batchId}:${off.instalment_id}`,
    schemeId: off.scheme_id,
    amount: money(off.amount_minor, off.currency),
    day,
    reference: `Policy/${off.policy_id}`,
  };
}

async function afterWriteOff(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  of: { readonly batchId: string; readonly by: string; readonly event: 'written-off' | 'write-off-reversed' },
): Promise<void> {
  const at = options.clock();
  await recordEvents(coverOf(tx), policyIds, {
    at,
    actor: of.by,
    event: of.event,
    detail: { batchId: of.batchId },
  });
  await writeCoverages(tx, options, policyIds, dayOfInstant(at));
}
