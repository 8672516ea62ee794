import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { AccessTables } from './access.tables.ts';

/** oidc-provider's storage on PostgreSQL: one table, one row a session, grant, code or token. */
export function oidcAdapter(
  database: Kysely<AccessTables>,
  clients: (clientId: string) => Promise<AdapterPayload | undefined>,
  clock: () => Date,
) {
  return class PostgresAdapter implements Adapter {
    readonly kind: string;
    constructor(kind: string) {
      this.kind = kind;
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      const row = {
        payload: JSON.stringify(payload),
        uid: payload.uid ?? null,
        grant_id: payload.grantId ?? null,
        expires_at: expiresIn ? new Date(clock().getTime() + expiresIn * 1000) : null,
      };
      await database
        .insertInto('oidc_record')
        .values({ kind: this.kind, id, consumed_at: null, ...row })
        .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(row))
        .execute();
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return this.kind === 'Client' ? clients(id) : this.#one('id', id);
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return this.#one('uid', uid);
    }

    async findByUserCode(): Promise<undefined> {
      return undefined;
    }

    async consume(id: string): Promise<void> {
      await database
        .updateTable('oidc_record')
        .set({ consumed_at: clock() })
        .where('kind', '=', this.kind)
        .where('id', '=', id)
        .execute();
    }

    async destroy(id: string): Promise<void> {
      await database.deleteFrom('oidc_record').where('kind', '=', this.kind).where('id', '=', id).execute();
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      await database.deleteFrom('oidc_record').where('grant_id', '=', grantId).execute();
    }

    async #one(column: 'id' | 'uid', value: string): Promise<AdapterPayload | undefined> {
      const row = await database
        .selectFrom('oidc_record')
        .select(['payload', 'expires_at', 'consumed_at'])
        .where('kind', '=', this.kind)
        .where(column, '=', value)
        .executeTakeFirst();
      if (!row || (row.expires_at && row.expires_at <= clock())) {
        return undefined;
      }
      return { ...row.payload, ...(row.consumed_at && { consumed: true }) };
    }
  };
}

/** Rows past their time are of no use to anyone. */
export async function dropExpired(database: Kysely<AccessTables>, now: Date): Promise<void> {
  await database.deleteFrom('oidc_record').where('expires_at', '<', now).execute();
  await database
    .deleteFrom('sign_in_failure')
    .where('wait_until', '<', sql<Date>`${now}::timestamptz - interval '1 day'`)
    .execute();
}
