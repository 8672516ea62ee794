import { createHash } from 'node:crypto';
import type { Client, Pool, PoolClient } from 'pg';
import { migrations as all } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** Any number both of two starting processes know; taken for the length of the migration. */
const LOCK = 7_261_001;

/**
 * Brings the tables up to date, all of it or none. Two processes starting at once wait for each other.
 *
 * @returns ids of the migrations run now.
 * @throws Error when a migration already run has been edited since, or the database is ahead of this program.
 */
export async function migrate(pool: Pool, migrations: readonly Migration[] = all): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    return await migrateWith(client, migrations);
  } finally {
    client.release();
  }
}

export async function migrateWith(
  client: Client | PoolClient,
  migrations: readonly Migration[] = all,
): Promise<readonly string[]> {
  await client.query('begin');
  try {
    // A migration may take its time.
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migration (id text primary key, hash text not null, run timestamptz not null default now())',
    );
    const { rows } = await client.query<{ id: string; hash: string }>('select id, hash from migration');
    const done = new Map(rows.map((row) => [row.id, row.hash]));
    const unknown = rows.find((row) => !migrations.some((migration) => migration.id === row.id));
    if (unknown) {
      throw new Error(
        `The database holds migration ${unknown.id}, which this version of Serai does not know: run a newer version.`,
      );
    }
    const run: string[] = [];
    for (const migration of migrations) {
      const hash = createHash('sha256').update(migration.sql).digest('hex');
      const before = done.get(migration.id);
      if (before === undefined) {
        await client.query(migration.sql);
        await client.query('insert into migration (id, hash) values ($1, $2)', [migration.id, hash]);
        run.push(migration.id);
      } else if (before !== hash) {
        throw new Error(`Migration ${migration.id} was edited after it ran here: add a new migration instead.`);
      }
    }
    await client.query('commit');
    return run;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
