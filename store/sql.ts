import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import type { Database } from './database.ts';

/** The one way to PostgreSQL: a pool, Kysely over it, and what to do when it says "again". */

/** 64-bit integers stay decimal text: a change number or a hash does not fit a double. */
const BIGINT_ARRAY = 1016;
types.setTypeParser(BIGINT_ARRAY as number as never, (value) => (value === '{}' ? [] : value.slice(1, -1).split(',')));

export interface Connection {
  readonly pool: Pool;
  readonly db: Kysely<Database>;
}

export function connect(url: string, connections = 10): Connection {
  const pool = new Pool({ connectionString: url, max: connections, application_name: 'serai' });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  return fromPool(pool);
}

export function fromPool(pool: Pool): Connection {
  return { pool, db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: preparing(pool) }) }) };
}

interface Queryable {
  query(text: string, values?: readonly unknown[]): Promise<unknown>;
}

/**
 * Names each statement by its text, so that PostgreSQL plans it once a connection. The texts are few: values always
 * travel as parameters.
 */
function preparing(pool: Pool): Pool {
  const names = new Map<string, string>();
  const wrapped = new WeakMap<PoolClient, PoolClient>();
  const wrap = (client: PoolClient): PoolClient => {
    let proxy = wrapped.get(client);
    if (!proxy) {
      const query = (text: unknown, values?: readonly unknown[]) => {
        if (typeof text !== 'string' || !values || values.length === 0) {
          return (client as unknown as Queryable).query(text as string, values);
        }
        let name = names.get(text);
        if (name === undefined && names.size < 500) {
          name = createHash('sha1').update(text).digest('hex');
          names.set(text, name);
        }
        return name === undefined
          ? (client as unknown as Queryable).query(text, values)
          : client.query({ name, text, values: values as unknown[] });
      };
      proxy = new Proxy(client, {
        get: (target, key) => {
          if (key === 'query') {
            return query;
          }
          const value = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      wrapped.set(client, proxy);
    }
    return proxy;
  };
  return new Proxy(pool, {
    get: (target, key) => {
      if (key === 'connect') {
        return async () => wrap(await target.connect());
      }
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
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

/** Whether an error came from PostgreSQL or the way to it, and so is not for the caller's eyes. */
export function isDatabaseError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof Error && typeof code === 'string' && /^[0-9A-Z]{5}$|^E[A-Z]+$/.test(code);
}
