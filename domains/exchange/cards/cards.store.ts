import { type Selectable, sql } from 'kysely';
import type { ExchangeDatabase, ExchangeTables } from '../exchange.tables.ts';

export type CardRow = Selectable<ExchangeTables['card']>;

/** The list new cards go into. One list holds 131,072 cards. */
export const currentStatusList = 1;

export async function cardsOf(database: ExchangeDatabase, personId: string): Promise<CardRow[]> {
  return database
    .selectFrom('card')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('issued_at', 'desc')
    .execute();
}

export async function cardById(database: ExchangeDatabase, cardId: string): Promise<CardRow | undefined> {
  return database.selectFrom('card').selectAll().where('card_id', '=', cardId).executeTakeFirst();
}

export async function isTaken(database: ExchangeDatabase, index: number): Promise<boolean> {
  const row = await database
    .selectFrom('card')
    .select('card_id')
    .where('status_list', '=', currentStatusList)
    .where('status_index', '=', index)
    .executeTakeFirst();
  return row !== undefined;
}

export async function revokedIndexes(database: ExchangeDatabase, list: number): Promise<number[]> {
  const rows = await database
    .selectFrom('card')
    .select('status_index')
    .where('status_list', '=', list)
    .where('revoked_at', 'is not', null)
    .execute();
  return rows.map((row) => row.status_index);
}

/**
 * Remembers an id; true when it was known. Not waited for until it is on disk: a power cut may forget the ids of the last
 * moment, and what is then repeated is caught by its request id.
 */
export async function seenBefore(
  database: ExchangeDatabase,
  id: string,
  now: Date,
  forSeconds: number,
): Promise<boolean> {
  const kept = await database.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx);
    return tx
      .insertInto('seen_message')
      .values({ id, seen_by: '', until: new Date(now.getTime() + forSeconds * 1000) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
  });
  return (kept.numInsertedOrUpdatedRows ?? 0n) === 0n;
}

/** Remembers who was shown something first; true when it was someone else. */
export async function seenByAnother(
  database: ExchangeDatabase,
  id: string,
  by: string,
  now: Date,
  forSeconds: number,
): Promise<boolean> {
  await database
    .insertInto('seen_message')
    .values({ id, seen_by: by, until: new Date(now.getTime() + forSeconds * 1000) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const first = await database.selectFrom('seen_message').select('seen_by').where('id', '=', id).executeTakeFirst();
  return first !== undefined && first.seen_by !== by;
}

export async function forgetSeen(database: ExchangeDatabase, now: Date): Promise<void> {
  await database.deleteFrom('seen_message').where('until', '<', now).execute();
}
