import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { expect, inject } from 'vitest';
import type { Called, TestNode } from './corridor.ts';

/**
 * Cutting a node off in the middle: every connection to its database is killed at some moment of an act, which is what the
 * database sees of a node that dies.
 */
export interface Killer {
  /** A connection of its own, which stays. */
  readonly client: Client;
  /** Ends every connection but its own, and waits until all are gone and the node has noticed. */
  readonly kill: () => Promise<void>;
  /**
   * Sends a request while its connections are killed after a while, and again until it is answered.
   * @param between looks at what the database holds when the first try is over, before the next. @returns the answer.
   */
  readonly despite: (afterMs: number, send: () => Promise<Called>, between?: () => Promise<void>) => Promise<Called>;
  /** How often a request was hit. */
  readonly struck: () => number;
}

export async function killerOf(node: TestNode): Promise<Killer> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(node.node.database as never);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${rows[0]!.name}`;
  const client = new Client({ connectionString: url.href, application_name: 'killer' });
  await client.connect();
  let struck = 0;
  const kill = async () => {
    await client.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await sleep(50);
  };
  const despite: Killer['despite'] = async (afterMs, send, between) => {
    const sent = send().catch(() => undefined);
    await sleep(afterMs);
    await kill();
    const first = await sent;
    await between?.();
    if (first && first.status < 500) {
      return first;
    }
    struck += 1;
    for (let attempt = 0; ; attempt += 1) {
      const again = await send().catch(() => undefined);
      if (again && again.status < 500) {
        return again;
      }
      expect(attempt, again?.text).toBeLessThan(20);
      await sleep(50);
    }
  };
  return { client, kill, despite, struck: () => struck };
}
