import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { FundEvent } from '../fund/postings.ts';
import { post, postOpposite } from './books.ts';
import type { PolicyInFull } from './members.store.ts';
import { cutInstalments } from './payments.ts';
import { cutWriteOffs, writeOffEvent } from './write-off.store.ts';

/** A premium that turns out less, and one that is owed again: each is an entry of its own. */

/** What was taken off one part of a premium: all of it, and what of that had been written off or waived. */
export interface PartCut {
  readonly instalmentId: string;
  readonly minor: bigint;
  readonly uncollectable?: bigint;
  readonly waived?: bigint;
}

export interface CutAnswer {
  readonly cut: Money;
  /** What was taken off each part, so that it can be owed again. */
  readonly cuts: readonly PartCut[];
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
  const of = (minor: bigint) => money(minor, policy.premium.currency);
  const payments: { paymentId: string; groupId: string | undefined; minor: bigint }[] = [];
  const cuts: PartCut[] = [];
  for (const { instalmentId, unpaid, uncollectable, waived, paid } of cutInstalments(
    notOwed.minor,
    policy.instalments,
  )) {
    const minor = unpaid + uncollectable + waived + paid;
    payments.push(...(await freeAllocations(db, instalmentId, paid)));
    await movePart(db, { instalmentId, minor: -minor, uncollectable: -uncollectable, waived: -waived, paid: -paid });
    await cutWriteOffs(db, { instalmentId, kind: 'written-off', minor: uncollectable });
    await cutWriteOffs(db, { instalmentId, kind: 'waived', minor: waived });
    cuts.push({ instalmentId, minor, ...(uncollectable > 0n && { uncollectable }), ...(waived > 0n && { waived }) });
  }
  const cut = cuts.reduce((sum, each) => sum + each.minor, 0n);
  await sql`
    update cover_policy set premium_minor = premium_minor - ${cut.toString()}::bigint
    where policy_id = ${policy.policyId}`.execute(db);
  for (const event of eventsOf(options, policy, cuts, day)) {
    await postOpposite(tx, event, options.clock());
  }
  return {
    cuts,
    cut: of(cut),
    credit: of(payments.reduce((sum, each) => sum + each.minor, 0n)),
    payments,
  };
}

/** Owes again what was cut off the parts of a premium; what had been written off or waived of it is so again. */
export async function raisePremium(
  tx: Transaction,
  options: CoverOptions,
  policy: PolicyInFull,
  cuts: CutAnswer['cuts'],
  { day }: { readonly day: string },
): Promise<Money> {
  const db = coverOf(tx);
  const raised: PartCut[] = [];
  for (const { instalmentId, minor, uncollectable = 0n, waived = 0n } of cuts) {
    // Below zero: put back, as far as nobody took the write-off itself back meanwhile.
    const off = -(await cutWriteOffs(db, { instalmentId, kind: 'written-off', minor: -uncollectable }));
    const forgiven = -(await cutWriteOffs(db, { instalmentId, kind: 'waived', minor: -waived }));
    await movePart(db, { instalmentId, minor, uncollectable: off, waived: forgiven, paid: 0n });
    raised.push({ instalmentId, minor, uncollectable: off, waived: forgiven });
  }
  const minor = raised.reduce((sum, each) => sum + each.minor, 0n);
  await sql`
    update cover_policy set premium_minor = premium_minor + ${minor.toString()}::bigint
    where policy_id = ${policy.policyId}`.execute(db);
  for (const event of eventsOf(options, policy, raised, day)) {
    await post(tx, event, options.clock());
  }
  return money(minor, policy.premium.currency);
}

/** The entries of a premium that is cut (the other way round) or raised, each with an id of its own. */
function eventsOf(options: CoverOptions, policy: PolicyInFull, cuts: readonly PartCut[], day: string): FundEvent[] {
  const { policyId, schemeId } = policy;
  const id = `${policyId}:${options.newId()}`;
  const sum = (part: (cut: PartCut) => bigint | undefined) =>
    money(
      cuts.reduce((total, each) => total + (part(each) ?? 0n), 0n),
      policy.premium.currency,
    );
  return [
    { event: 'policy-issued', id, schemeId, amount: sum((each) => each.minor), day, reference: `Policy/${policyId}` },
    writeOffEvent(
      { id, kind: 'written-off', schemeId, policyId },
      sum((each) => each.uncollectable),
      day,
    ),
    writeOffEvent(
      { id, kind: 'waived', schemeId, policyId },
      sum((each) => each.waived),
      day,
    ),
  ];
}

/** Moves the amounts of one part; below zero takes off. */
async function movePart(
  db: CoverDatabase,
  by: {
    readonly instalmentId: string;
    readonly minor: bigint;
    readonly uncollectable: bigint;
    readonly waived: bigint;
    readonly paid: bigint;
  },
): Promise<void> {
  await sql`
    update cover_instalment set amount_minor = amount_minor + ${by.minor.toString()}::bigint,
      paid_minor = paid_minor + ${by.paid.toString()}::bigint,
      written_off_minor = written_off_minor + ${(by.uncollectable + by.waived).toString()}::bigint,
      waived_minor = waived_minor + ${by.waived.toString()}::bigint
    where instalment_id = ${by.instalmentId}`.execute(db);
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
