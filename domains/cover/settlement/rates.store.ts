import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Rate, Statement } from './statement.ts';

/**
 * Exchange rates with their source and time. One that was entered wrongly is corrected, with evidence of both, as long as no
 * statement bears it under two signatures.
 */

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

/** Corrects a rate that no signed statement was converted by; evidence keeps what it was, and why it was not. */
export async function correctRate(
  store: RequestStore,
  input: Rate & { readonly requestId: string; readonly reason: string },
): Promise<Result<Rate>> {
  return store.once<Result<Rate>>(input.requestId, async (tx) => {
    const { from, to, day, source, value, at, reason } = input;
    const db = coverOf(tx);
    const row = await db
      .selectFrom('settlement_rate')
      .selectAll()
      .where('from_currency', '=', from)
      .where('to_currency', '=', to)
      .where('day', '=', day)
      .where('source', '=', source)
      .forUpdate()
      .executeTakeFirst();
    if (!row) {
      return refuse('settlement.rate-missing', { from, to, day });
    }
    if (await standsInStatement(db, { from, to, day, source })) {
      return refuse('settlement.rate-signed');
    }
    await db
      .updateTable('settlement_rate')
      .set({ value, taken_at: new Date(at), entered_by: store.context.actor.id })
      .where('from_currency', '=', from)
      .where('to_currency', '=', to)
      .where('day', '=', day)
      .where('source', '=', source)
      .execute();
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'settlement-rate-corrected', class: 'payer', from, to, day, source, value, was: row.value },
      sealed: { actor: store.context.actor.id, was: row.entered_by, reason },
    });
    return ok({ from, to, day, source, value, at });
  });
}

/** Whether a statement that waits for a signature or bears both was converted by it. */
async function standsInStatement(
  db: CoverDatabase,
  rate: Pick<Rate, 'from' | 'to' | 'day' | 'source'>,
): Promise<boolean> {
  const statements = await db
    .selectFrom('settlement_statement')
    .select('document')
    .where('currency', '=', rate.to)
    .where('state', 'in', ['proposed', 'signed', 'paid', 'settled'])
    .execute();
  return statements.some(({ document }) =>
    (JSON.parse(document) as Statement).gross.some(
      (gross) => gross.currency === rate.from && gross.rate?.day === rate.day && gross.rate.source === rate.source,
    ),
  );
}
