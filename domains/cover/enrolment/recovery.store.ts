import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { postOpposite } from './books.ts';
import type { PolicyInFull } from './members.store.ts';
import type { Allocation } from './payments.ts';
import { recordEvents } from './policies.store.ts';
import { owedMinor } from './policy.ts';
import { cutWriteOffs, writeOffEvent } from './write-off.store.ts';

/**
 * A debt that was written off and is paid after all: it leaves the write-off and is a debt again, in the books and in the
 * rows, at the moment it is paid. Cover follows as from any contribution: while the policy is suspended it goes on, once
 * it has lapsed by its scheme's rule it does not.
 */
export async function recoverWrittenOff(
  tx: Transaction,
  options: CoverOptions,
  of: {
    readonly paymentId: string;
    readonly policies: readonly PolicyInFull[];
    readonly allocations: readonly Allocation[];
    readonly day: string;
    readonly by: string;
  },
): Promise<void> {
  const db = coverOf(tx);
  for (const policy of of.policies) {
    let recovered = 0n;
    for (const instalment of policy.instalments) {
      const { instalmentId, amount } = instalment;
      const paid = of.allocations.find((each) => each.instalmentId === instalmentId)?.minor ?? 0n;
      const minor = paid - owedMinor(instalment);
      if (paid > 0n && minor > 0n) {
        await cutWriteOffs(db, { instalmentId, kind: 'written-off', minor });
        await sql`update cover_instalment set written_off_minor = written_off_minor - ${minor.toString()}::bigint
          where instalment_id = ${instalmentId}`.execute(db);
        await postRecovery(
          tx,
          options,
          policy,
          `${of.paymentId}:${instalmentId}`,
          money(minor, amount.currency),
          of.day,
        );
        recovered += minor;
      }
    }
    if (recovered > 0n) {
      const detail = { paymentId: of.paymentId };
      const at = options.clock();
      await recordEvents(db, [policy.policyId], { at, actor: of.by, event: 'write-off-reversed', detail });
    }
  }
}

async function postRecovery(
  tx: Transaction,
  options: CoverOptions,
  { schemeId, policyId }: PolicyInFull,
  id: string,
  amount: Money,
  day: string,
): Promise<void> {
  const event = writeOffEvent({ id: `recovered:${id}`, kind: 'written-off', schemeId, policyId }, amount, day);
  await postOpposite(tx, event, options.clock());
}
