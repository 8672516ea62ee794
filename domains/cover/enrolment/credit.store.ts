import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { activatePolicies } from './activation.store.ts';
import { writeAllocations } from './payments.store.ts';
import { allocate } from './payments.ts';
import { policiesById, recordEvents, writeCoverages } from './policies.store.ts';

/** What is left of payments, and putting it to what is owed. */

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
    const today = localDayOf(at, options.country);
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
