import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { afterAll, inject } from 'vitest';

const made: string[] = [];

// Registered before any hook of the importing file, so it runs after all of them: whatever they close is closed by then.
afterAll(async () => {
  for (const name of made.splice(0)) {
    // PostgreSQL waits some seconds for connections that are closing; cut off then, they would be errors nobody hears.
    await administer(inject('postgresUrl'), `drop database if exists ${name}`, 1).catch(() =>
      administer(inject('postgresUrl'), `drop database if exists ${name} with (force)`),
    );
  }
});

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
