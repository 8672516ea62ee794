import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import type { Database } from './database.ts';

/** The one way to PostgreSQL: a pool, Kysely over it, and what to do when it says "again". */

/** 64-bit integers stay decimal text: a change number or a hash does not fit a double. */
/** A day stays a day: as a Date it would be midnight of wherever this process happens to run. */
const DATE = 1082;
types.setTypeParser(DATE as number as never, (value) => value);
const BIGINT_ARRAY = 1016;
types.setTypeParser(BIGINT_ARRAY as number as never, (value) => (value === '{}' ? [] : value.slice(1, -1).split(',')));

export interface Connection {
  readonly pool: Pool;
  readonly db: Kysely<Database>;
}

export function connect(url: string, connections = 10): Connection {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'serai',
    // Nobody waits for ever: not for a connection, not for one statement, not for a transaction left open.
    connectionTimeoutMillis: 20_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 120_000,
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  return fromPool(pool);
}

export function fromPool(pool: Pool): Connection {
  return { pool, db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: preparing(pool) }) }) };
}

const prepared = new Map<string, string>();

/**
 * Registers a statement to be planned once a connection and not once a call. For texts that are always the same and whose
 * plan does not hang on their values; a search is planned with the values it asks for.
 */
export function prepare(text: string): string {
  prepared.set(text, createHash('sha1').update(text).digest('hex'));
  return text;
}

/** What Kysely asks of a pool, with registered statements named. */
function preparing(pool: Pool): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const wrap = (client: PoolClient): PostgresPoolClient => {
    const query = (text: string, values: unknown[] = []) => {
      const name = prepared.get(text);
      return client.query(name === undefined ? { text, values } : { name, text, values });
    };
    return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
  };
  return {
    connect: async () => {
      const client = await pool.connect();
      let wrapped = clients.get(client);
      if (!wrapped) {
        wrapped = wrap(client);
        clients.set(client, wrapped);
      }
      return wrapped;
    },
    end: () => pool.end(),
    options: {},
  };
}

const AGAIN = new Set(['40001', '40P01']);

/** Serialization failure or deadlock: the same transaction can succeed when run again. */
export function mayRunAgain(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && AGAIN.has(code)) {
      return true;
    }
  }
  return false;
}

/** The database is away, full or going down: the same request can succeed later. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' && /^(08|53|57P|58)|^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code)) ||
    (error instanceof Error && /^(timeout exceeded when trying to connect|Connection terminated)/.test(String(message)))
  );
}

/** Whether an error came from PostgreSQL or the way to it, and so is not for the caller's eyes. */
export function isDatabaseError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof Error && typeof code === 'string' && /^[0-9A-Z]{5}$|^E[A-Z]+$/.test(code);
}
