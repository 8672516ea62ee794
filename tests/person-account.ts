import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { putAccount } from '@serai/domains/access/accounts.store.ts';
import type { Kysely } from 'kysely';
import type { TestNode } from './corridor.ts';

/** Lets a person of the record sign in as themselves. */
export async function personAccount(
  node: TestNode,
  of: { readonly username: string; readonly personId: string; readonly secret: string; readonly language?: string },
): Promise<void> {
  const { username, personId, secret } = of;
  await putAccount(node.node.database as unknown as Kysely<AccessTables>, {
    id: `person-${username}`,
    kind: 'staff',
    username,
    secret,
    name: username,
    class: 'person',
    roles: [],
    language: of.language ?? 'en',
    personId,
  });
}
