import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrative address of the one PostgreSQL of this run; `freshDatabase` clones its template. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run, in a temporary folder, with a migrated template that test files clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'serai-test-'));
  // Tests may lose their last milliseconds to a power cut: no fsync, nothing else changed.
  const server = await startEmbedded(folder, { settings: { fsync: 'off', max_connections: '400' } });
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('create database serai_template');
  await admin.end();
  const url = new URL(server.url);
  url.pathname = '/serai_template';
  const pool = new Pool({ connectionString: url.href, max: 1 });
  await migrate(pool);
  await pool.end();
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
