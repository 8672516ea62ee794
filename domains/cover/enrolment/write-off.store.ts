import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { post, postOpposite } from './books.ts';
import { policiesById, recordEvents, writeCoverages } from './policies.store.ts';
import { owedMinor } from './policy.ts';

/** What is owed and will not come: written off in a batch, and owed again where the batch is taken back. */

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
