import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';

const made: string[] = [];

/** Drops what this test file has made. */
export async function dropDatabases(): Promise<void> {
  for (const name of made.splice(0)) {
    // PostgreSQL waits some seconds for connections that are closing; cut off then, they would be errors nobody hears.
    await administer(inject('postgresUrl'), `drop database if exists ${name}`, 1).catch(() =>
      administer(inject('postgresUrl'), `drop database if exists ${name} with (force)`),
    );
  }
}

/** Clones the migrated template for this test file; it is dropped after the file's last hook. @returns its address. */
export async function freshDatabase(): Promise<string> {
  const adminUrl = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(adminUrl, `create database ${name} template serai_template`);
  made.push(name);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Waits until what is committed shows among the changes: they wait for every transaction of the whole PostgreSQL, those of
 * test files beside this one too.
 */
export async function commitsShown(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select change_base + pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next from node_meta',
    );
    for (;;) {
      const shown = await client.query('select change_horizon() >= $1::bigint as all', [rows[0].next]);
      if (shown.rows[0].all) {
        return;
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  } finally {
    await client.end();
  }
}

async function administer(adminUrl: string, statement: string, attempts = 50): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Two files cloning at once hold each other's template for a moment.
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        if (attempt >= attempts || (error as { code?: string }).code !== '55006') {
          throw error;
        }
        await new Promise((done) => setTimeout(done, 20 * attempt));
      }
    }
  } finally {
    await client.end();
  }
}

/** Connections to a database of one's own; ended by who asked. */
export async function freshPool(connections = 6): Promise<Pool> {
  return new Pool({ connectionString: await freshDatabase(), max: connections });
}
