import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Rate } from './statement.ts';

/** Exchange rates with their source and time; added, never overwritten. */

export async function readRates(db: CoverDatabase, to: string, source: string): Promise<Rate[]> {
  const rows = await db
    .selectFrom('settlement_rate')
    .selectAll()
    .where('to_currency', '=', to)
    .where('source', '=', source)
    .execute();
  return rows.map((row) => ({
    from: row.from_currency,
    to: row.to_currency,
    day: row.day,
    source: row.source,
    value: row.value,
    at: row.taken_at.toISOString(),
  }));
}

/** Enters a rate; the same again is nothing new, another for the same day and source is refused. */
export async function enterRate(
  store: RequestStore,
  input: Rate & { readonly requestId: string },
): Promise<Result<Rate>> {
  return store.once<Result<Rate>>(input.requestId, async (tx) => {
    const { from, to, day, source, value, at } = input;
    const kept = await coverOf(tx)
      .insertInto('settlement_rate')
      .values({
        from_currency: from,
        to_currency: to,
        day,
        source,
        value,
        taken_at: new Date(at),
        entered_by: store.context.actor.id,
      })
      .onConflict((conflict) => conflict.columns(['from_currency', 'to_currency', 'day', 'source']).doNothing())
      .executeTakeFirst();
    if ((kept.numInsertedOrUpdatedRows ?? 0n) === 0n) {
      const known = (await readRates(coverOf(tx), to, source)).find((each) => each.from === from && each.day === day);
      return known?.value === value ? ok(known) : refuse('settlement.rate-differs', { known: known?.value ?? '' });
    }
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'settlement-rate', class: 'payer', from, to, day, source, value },
      sealed: { actor: store.context.actor.id },
    });
    return ok({ from, to, day, source, value, at });
  });
}
