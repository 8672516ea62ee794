import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { createKeySet, type KeySet } from '@serai/kernel/trust/keys.ts';
import type { TrustedNode } from '@serai/kernel/trust/trust-list.ts';
import { migrate } from '@serai/store/migrate.ts';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { nodeClasses, openSecrets } from './secrets.ts';

/**
 * Brings a node's database to where its identity exists, and gives what the corridor authority puts into the trust list.
 * The node itself opens with the same keys afterwards.
 */
export async function enrolNode(options: {
  readonly country: string;
  readonly name: string;
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly nodeSecret: string;
  readonly clock: () => Date;
}): Promise<TrustedNode> {
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 1 });
  try {
    await migrate(pool);
    const database = new Kysely<AccessTables>({ dialect: new PostgresDialect({ pool }) });
    const secrets = openSecrets(database, options.nodeSecret, options.clock);
    const keys = await secrets.get<KeySet>('node-keys', () =>
      createKeySet({
        country: options.country,
        node: options.publicUrl,
        classes: nodeClasses,
        now: Math.floor(options.clock().getTime() / 1000),
      }),
    );
    return {
      country: options.country,
      name: options.name,
      baseUrl: options.publicUrl,
      identityKey: keys.identity.publicJwk,
      classes: [...nodeClasses],
      status: 'active',
    };
  } finally {
    await pool.end();
  }
}
