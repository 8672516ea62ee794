import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Channel } from '../cover.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { postOpposite, postRefund } from './books.ts';
import { lockCredit } from './credit.store.ts';
import { writeAllocations } from './payments.store.ts';
import { nextNumbers, policiesById, recordEvents, writeCoverages } from './policies.store.ts';
import { dueIsPaid } from './policy.ts';

/** Money that goes back: credit given back to who paid it, and payments taken back by their opposite. */

export interface MoneyBack {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly amount: Money;
}

/** The credit something may be given back out of; its payment is locked. */
export async function refundable(
  db: CoverDatabase,
  input: { readonly paymentId: string; readonly amount: Money },
): Promise<Result<NonNullable<Awaited<ReturnType<typeof lockCredit>>>>> {
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
  return ok(kept);
}

/** Gives credit back to who paid it. */
export async function refundCredit(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly paymentId: string; readonly amount: Money; readonly because: string; readonly by: string },
): Promise<Result<MoneyBack>> {
  const db = coverOf(tx);
  const found = await refundable(db, input);
  if (!found.ok) {
    return found;
  }
  const kept = found.value;
  const back = await keepMoneyBack(tx, options, { ...input, kind: 'refund' });
  await postRefund(
    tx,
    {
      id: back.paymentId,
      schemeId: kept.schemeId,
      amount: input.amount,
      day: localDay(options),
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
      received_on: localDay(options),
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

/** A payment that may be taken back as a whole, locked. */
export async function reversible(
  db: CoverDatabase,
  paymentId: string,
): Promise<Result<{ schemeId: string | null; amount: Money }>> {
  const payment = await db
    .selectFrom('cover_payment')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .forUpdate()
    .executeTakeFirst();
  if (payment?.kind !== 'contribution') {
    return refuse('enrolment.not-reversible', undefined, 'paymentId');
  }
  const backs = await db.selectFrom('cover_payment').select('kind').where('reversal_of', '=', paymentId).execute();
  if (backs.length > 0) {
    return refuse(
      backs.some((each) => each.kind === 'reversal') ? 'enrolment.already-reversed' : 'enrolment.not-reversible',
    );
  }
  return ok({ schemeId: payment.scheme_id, amount: money(BigInt(payment.amount_minor), payment.currency) });
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
  const found = await reversible(db, input.paymentId);
  if (!found.ok) {
    return found;
  }
  const { amount } = found.value;
  // A policy may just be ending, and free what was put to it: what it leaves is read once it is locked.
  const policyIds = [...new Set((await allocationsOf(db, input.paymentId)).map((row) => row.policy_id))];
  await policiesById(db, policyIds, { lock: true });
  const allocations = await allocationsOf(db, input.paymentId);
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

function allocationsOf(db: CoverDatabase, paymentId: string) {
  return db
    .selectFrom('cover_payment_allocation as allocation')
    .innerJoin('cover_instalment as instalment', 'instalment.instalment_id', 'allocation.instalment_id')
    .select(['allocation.instalment_id', 'allocation.amount_minor', 'instalment.policy_id'])
    .where('allocation.payment_id', '=', paymentId)
    .execute();
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
        day: localDay(options),
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
  const today = localDayOf(at, options.country);
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
