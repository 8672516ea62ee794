import { money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { activatePolicies } from './activation.store.ts';
import { post, postOpposite } from './books.ts';
import type { WriteOffKind } from './enrolment.tables.ts';
import { policiesById, recordEvents, writeCoverages } from './policies.store.ts';
import { owedMinor } from './policy.ts';

/**
 * What is owed and no longer asked for, in a batch that can be taken back. Written off is what will not come: the debt
 * leaves the books, cover stays as it was. Waived is what the fund forgives: it counts as paid for cover.
 */

export interface WriteOffInput {
  readonly batchId: string;
  readonly kind?: WriteOffKind;
  readonly instalmentIds: readonly string[];
  readonly because: string;
  readonly by: string;
}

/** What is owed of these instalments; their policies are locked. */
export async function owedOf(db: CoverDatabase, instalmentIds: readonly string[]) {
  const rows = await db
    .selectFrom('cover_instalment')
    .select(['instalment_id', 'policy_id'])
    .where('instalment_id', 'in', [...instalmentIds])
    .execute();
  const policies = await policiesById(
    db,
    rows.map((row) => row.policy_id),
    { lock: true },
  );
  const wanted = new Set(instalmentIds);
  return policies.flatMap((policy) =>
    policy.instalments
      .filter((each) => wanted.has(each.instalmentId) && owedMinor(each) > 0n)
      .map((each) => ({
        instalment_id: each.instalmentId,
        policy_id: policy.policyId,
        scheme_id: policy.schemeId,
        amount_minor: owedMinor(each),
        currency: each.amount.currency,
      })),
  );
}

/** Writes off, or waives, what is owed of instalments; a batch can be taken back as one. */
export async function writeOff(
  tx: Transaction,
  options: CoverOptions,
  input: WriteOffInput,
): Promise<Result<{ batchId: string; instalments: number }>> {
  const db = coverOf(tx);
  const kind = input.kind ?? 'written-off';
  const at = options.clock();
  const of = { batch_id: input.batchId, because: input.because, kind, written_off_by: input.by, written_off_at: at };
  const off = (await owedOf(db, input.instalmentIds)).map((each) => ({ ...each, ...of }));
  if (off.length === 0) {
    return refuse('enrolment.nothing-owed', undefined, 'instalmentIds');
  }
  await db.insertInto('cover_write_off').values(off).execute();
  await moveWrittenOff(db, input.batchId, 1n);
  for (const each of off) {
    await post(tx, eventOf(input.batchId, each, localDayOf(at, options.country)), at);
  }
  const policyIds = [...new Set(off.map((each) => each.policy_id))];
  if (kind === 'waived') {
    await activatePolicies(tx, options, policyIds, localDayOf(at, options.country), input.by);
  }
  await after(tx, options, policyIds, { ...input, event: kind });
  return ok({ batchId: input.batchId, instalments: off.length });
}

/** Takes a batch of write-offs or waivers back: it is owed again. */
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
    .whereRef('cut_minor', '<', 'amount_minor')
    .forUpdate()
    .execute();
  const [first] = rows;
  if (!first) {
    return refuse('enrolment.nothing-owed', undefined, 'batchId');
  }
  const policyIds = [...new Set(rows.map((row) => row.policy_id))];
  await policiesById(db, policyIds, { lock: true });
  const at = options.clock();
  await moveWrittenOff(db, input.batchId, -1n);
  await db
    .updateTable('cover_write_off')
    .set({ reversed_at: at })
    .where('batch_id', '=', input.batchId)
    .where('reversed_at', 'is', null)
    .execute();
  for (const row of rows) {
    const cut = BigInt(row.cut_minor);
    const left = { ...row, amount_minor: BigInt(row.amount_minor) - cut };
    const event = eventOf(input.batchId, left, localDayOf(at, options.country));
    // Where an end took a part of it, what is left is no longer the entry that was made.
    await postOpposite(tx, { ...event, ...(cut === 0n && { reverses: event.id }) }, at);
  }
  const event = first.kind === 'waived' ? 'waiver-reversed' : 'write-off-reversed';
  await after(tx, options, policyIds, { ...input, event });
  return ok({ batchId: input.batchId, instalments: rows.length });
}

async function moveWrittenOff(db: CoverDatabase, batchId: string, sign: bigint): Promise<void> {
  const moved = sql`${sign.toString()}::bigint * (off.amount_minor - off.cut_minor)`;
  await sql`
    update cover_instalment set written_off_minor = written_off_minor + ${moved},
      waived_minor = waived_minor + case off.kind when 'waived' then ${moved} else 0 end
    from cover_write_off off
    where off.batch_id = ${batchId} and off.reversed_at is null and cover_instalment.instalment_id = off.instalment_id`.execute(
    db,
  );
}

export interface WriteOffCut {
  readonly instalmentId: string;
  readonly kind: WriteOffKind;
  readonly minor: bigint;
}

/**
 * Takes off write-offs what is not owed any more anyway, the latest first; or, below zero, puts it back to those that were
 * not taken back since. The instalment itself is the caller's.
 * @returns how much was moved.
 */
export async function cutWriteOffs(db: CoverDatabase, { instalmentId, kind, minor }: WriteOffCut): Promise<bigint> {
  const rows = await db
    .selectFrom('cover_write_off')
    .select(['batch_id', 'amount_minor', 'cut_minor'])
    .where('instalment_id', '=', instalmentId)
    .where('kind', '=', kind)
    .where('reversed_at', 'is', null)
    .orderBy('written_off_at', 'desc')
    .orderBy('batch_id')
    .forUpdate()
    .execute();
  let left = minor;
  for (const row of rows) {
    const cut = BigInt(row.cut_minor);
    const room = minor > 0n ? BigInt(row.amount_minor) - cut : -cut;
    const part = minor > 0n ? (room < left ? room : left) : room > left ? room : left;
    if (part !== 0n) {
      await db
        .updateTable('cover_write_off')
        .set({ cut_minor: cut + part })
        .where('batch_id', '=', row.batch_id)
        .where('instalment_id', '=', instalmentId)
        .execute();
      left -= part;
    }
  }
  return minor - left;
}

const eventOfKind = { 'written-off': 'contribution-written-off', waived: 'contribution-waived' } as const;

/** What a write-off or a waiver posts, under an id of its own. */
export function writeOffEvent(
  of: { readonly id: string; readonly kind: WriteOffKind; readonly schemeId: string; readonly policyId: string },
  amount: ReturnType<typeof money>,
  day: string,
) {
  return {
    event: eventOfKind[of.kind],
    id: of.id,
    schemeId: of.schemeId,
    amount,
    day,
    reference: `Policy/${of.policyId}`,
  };
}

function eventOf(
  batchId: string,
  off: {
    instalment_id: string;
    kind: WriteOffKind;
    scheme_id: string;
    amount_minor: bigint;
    currency: string;
    policy_id: string;
  },
  day: string,
) {
  const id = `${batchId}:${off.instalment_id}`;
  return writeOffEvent(
    { id, kind: off.kind, schemeId: off.scheme_id, policyId: off.policy_id },
    money(off.amount_minor, off.currency),
    day,
  );
}

async function after(
  tx: Transaction,
  options: CoverOptions,
  policyIds: readonly string[],
  of: {
    readonly batchId: string;
    readonly by: string;
    readonly event: WriteOffKind | 'write-off-reversed' | 'waiver-reversed';
  },
): Promise<void> {
  const at = options.clock();
  await recordEvents(coverOf(tx), policyIds, {
    at,
    actor: of.by,
    event: of.event,
    detail: { batchId: of.batchId },
  });
  await writeCoverages(tx, options, policyIds, localDayOf(at, options.country));
}
