import { createHmac } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { AccessTables } from './access.tables.ts';
import { hashPassword, verifyPassword } from './passwords.store.ts';

export type Account = Selectable<AccessTables['account']>;

export interface NewAccount {
  readonly id: string;
  readonly kind: 'staff' | 'client';
  readonly username: string;
  readonly secret?: string;
  readonly jwks?: { readonly keys: readonly Record<string, unknown>[] };
  readonly name: string;
  readonly class: string;
  readonly roles: readonly string[];
  readonly facility?: string;
  readonly language: string;
  readonly personId?: string;
}

/** Adds an account, or brings an existing one to what is given. Returns whether it was new. */
export async function putAccount(database: Kysely<AccessTables>, account: NewAccount): Promise<boolean> {
  const row = {
    kind: account.kind,
    username: account.username,
    secret_hash: account.secret ? await hashPassword(account.secret) : null,
    jwks: account.jwks ? JSON.stringify(account.jwks) : (null as unknown as string),
    name: account.name,
    class: account.class,
    roles: JSON.stringify(account.roles),
    facility: account.facility ?? null,
    language: account.language,
    person_id: account.personId ?? null,
    active: true,
  };
  const known = await database.selectFrom('account').select('id').where('id', '=', account.id).executeTakeFirst();
  await database
    .insertInto('account')
    .values({ id: account.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  return !known;
}

export async function accountById(database: Kysely<AccessTables>, id: string): Promise<Account | undefined> {
  return database.selectFrom('account').selectAll().where('id', '=', id).where('active', '=', true).executeTakeFirst();
}

export type SignInResult =
  | { readonly outcome: 'signed-in'; readonly account: Account }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'wait'; readonly seconds: number };

/** Free tries before waiting begins; the wait then doubles from one second to five minutes. */
const freeTries = 4;
const longestWaitSeconds = 300;

/**
 * Checks a name and password. Wrong names and wrong passwords are answered alike, take alike, and are slowed alike:
 * the wait belongs to the name that was typed, whether or not somebody has it, and survives a restart.
 */
export async function signIn(
  database: Kysely<AccessTables>,
  username: string,
  password: string,
  nameKey: string,
  now: Date,
): Promise<SignInResult> {
  const typed = username.normalize('NFC').trim().toLowerCase();
  const nameHash = createHmac('sha256', nameKey).update(typed).digest('base64url');
  const failure = await database
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('name_hash', '=', nameHash)
    .executeTakeFirst();
  if (failure && failure.wait_until > now) {
    return { outcome: 'wait', seconds: Math.ceil((failure.wait_until.getTime() - now.getTime()) / 1000) };
  }

  const account = await database
    .selectFrom('account')
    .selectAll()
    .where('username', '=', typed)
    .where('kind', '=', 'staff')
    .where('active', '=', true)
    .executeTakeFirst();
  if (await verifyPassword(password, account?.secret_hash)) {
    await database.deleteFrom('sign_in_failure').where('name_hash', '=', nameHash).execute();
    return { outcome: 'signed-in', account: account as Account };
  }

  const failures = (failure?.failures ?? 0) + 1;
  const wait = failures <= freeTries ? 0 : Math.min(2 ** (failures - freeTries - 1), longestWaitSeconds);
  const row = { failures, wait_until: new Date(now.getTime() + wait * 1000) };
  await database
    .insertInto('sign_in_failure')
    .values({ name_hash: nameHash, ...row })
    .onConflict((conflict) => conflict.column('name_hash').doUpdateSet(row))
    .execute();
  return { outcome: 'wrong' };
}
