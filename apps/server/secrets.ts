import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import type { NodeClass } from '@serai/kernel/trust/keys.ts';
import type { Kysely } from 'kysely';

/** The classes a country node speaks as; there is none for enforcement. */
export const nodeClasses: readonly NodeClass[] = ['care', 'public-health', 'payer', 'programme', 'system'];

/**
 * Secrets a node makes for itself (signing keys, cookie keys, the pseudonym secret), kept in its database sealed with
 * AES-256-GCM under a key from the environment: a copy of the database alone signs nothing and names nobody.
 */
export interface Secrets {
  /** The secret of this name; made by `create` the first time, by whichever process comes first. */
  get<T>(name: string, create: () => T | Promise<T>): Promise<T>;
  put(name: string, value: unknown): Promise<void>;
}

/** The key in the environment opens nothing here. */
export class SecretsError extends Error {
  override name = 'SecretsError';
}

export function openSecrets(database: Kysely<AccessTables>, nodeSecret: string, clock: () => Date): Secrets {
  const key = Buffer.from(hkdfSync('sha256', nodeSecret, '', 'serai node secrets v1', 32));

  const seal = (name: string, value: unknown) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return JSON.stringify({ sealed: Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64') });
  };
  const open = (name: string, row: unknown) => {
    const bytes = Buffer.from((row as { sealed: string }).sealed, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(name));
      decipher.setAuthTag(bytes.subarray(-16));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8'));
    } catch {
      throw new SecretsError(
        'SERAI_NODE_SECRET does not open the secrets of this database: it was made with another one. Give the right one; a new one would lose the keys of every card.',
      );
    }
  };

  const find = async (name: string) =>
    database.selectFrom('node_secret').select('value').where('name', '=', name).executeTakeFirst();

  return {
    async get(name, create) {
      const known = await find(name);
      if (known) {
        return open(name, known.value);
      }
      await database
        .insertInto('node_secret')
        .values({ name, value: seal(name, await create()), created_at: clock() })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      return open(name, (await find(name))!.value);
    },
    async put(name, value) {
      const sealed = seal(name, value);
      await database
        .insertInto('node_secret')
        .values({ name, value: sealed, created_at: clock() })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sealed }))
        .execute();
    },
  };
}
