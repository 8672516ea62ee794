import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { post, postOpposite } from './books.ts';
import type { PolicyInFull } from './members.store.ts';
import { cutInstalments } from './payments.ts';

/** A premium that turns out less, and one that is owed again: each is an entry of its own. */

export interface CutAnswer {
  readonly cut: Money;
  /** What was taken off each part, so that it can be owed again. */
  readonly cuts: readonly { readonly instalmentId: string; readonly minor: bigint }[];
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
  return {
    cuts: cuts.map(({ instalmentId, unpaid, paid }) => ({ instalmentId, minor: unpaid + paid })),
    cut: of(cut),
    credit: of(payments.reduce((sum, each) => sum + each.minor, 0n)),
    payments,
  };
}

/** Owes again what was cut off the parts of a premium. */
export async function raisePremium(
  tx: Transaction,
  options: CoverOptions,
  policy: PolicyInFull,
  cuts: CutAnswer['cuts'],
  { day }: { readonly day: string },
): Promise<Money> {
  const db = coverOf(tx);
  const minor = cuts.reduce((sum, each) => sum + each.minor, 0n);
  for (const each of cuts) {
    await sql`
      update cover_instalment set amount_minor = amount_minor + ${each.minor.toString()}::bigint
      where instalment_id = ${each.instalmentId} and policy_id = ${policy.policyId}`.execute(db);
  }
  await sql`
    update cover_policy set premium_minor = premium_minor + ${minor.toString()}::bigint
    where policy_id = ${policy.policyId}`.execute(db);
  const amount = money(minor, policy.premium.currency);
  await post(
    tx,
    {
      event: 'policy-issued',
      id: `${policy.policyId}:${options.newId()}`,
      schemeId: policy.schemeId,
      amount,
      day,
      reference: `Policy/${policy.policyId}`,
    },
    options.clock(),
  );
  return amount;
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
