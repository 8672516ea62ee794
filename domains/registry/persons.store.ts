import { createHmac } from 'node:crypto';
import type { Patient } from '@medplum/fhirtypes';
import { blockingKeys, type PersonTraits } from '@serai/kernel/linkage/candidates.ts';
import { nameKeys } from '@serai/kernel/linkage/names/names.ts';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { traitsOf } from './person.ts';

/** Index of what finds a person, in every script: keyed hashes only, so the table alone names nobody. */
export type RegistryTables = {
  person_key: { person_id: string; key_hash: string };
  projection: { name: string; token: string };
};

export type RegistryDatabase = Kysely<RegistryTables>;

/** How many candidates one look-up weighs at most. */
const candidateLimit = 200;

/** Puts a person's keys in place of those before. */
export async function indexPerson(database: RegistryDatabase, secret: string, patient: Patient): Promise<void> {
  await database.deleteFrom('person_key').where('person_id', '=', patient.id!).execute();
  const rows = [...hashes(secret, traitsOf(patient))].map((key_hash) => ({ person_id: patient.id!, key_hash }));
  if (rows.length > 0) {
    await database.insertInto('person_key').values(rows).execute();
  }
}

export async function forgetPerson(database: RegistryDatabase, personId: string): Promise<void> {
  await database.deleteFrom('person_key').where('person_id', '=', personId).execute();
}

/** Ids of persons who share the most keys with these traits, the likeliest first. */
export async function candidateIds(
  database: RegistryDatabase,
  secret: string,
  traits: PersonTraits,
): Promise<string[]> {
  const keys = [...hashes(secret, traits)];
  if (keys.length === 0) {
    return [];
  }
  const rows = await database
    .selectFrom('person_key')
    .select(['person_id', sql<number>`count(*)::int`.as('shared')])
    .where('key_hash', 'in', keys)
    .groupBy('person_id')
    .orderBy('shared', 'desc')
    .orderBy('person_id')
    .limit(candidateLimit)
    .execute();
  return rows.map((row) => row.person_id);
}

/** Where a follower of the changes has got to; undefined before its first step. */
export async function projectedUpTo(database: RegistryDatabase, name: string): Promise<string | undefined> {
  const row = await database.selectFrom('projection').select('token').where('name', '=', name).executeTakeFirst();
  return row?.token;
}

export async function setProjectedUpTo(database: RegistryDatabase, name: string, token: string): Promise<void> {
  await database
    .insertInto('projection')
    .values({ name, token })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ token }))
    .execute();
}

function hashes(secret: string, traits: PersonTraits): Set<string> {
  // Names by themselves find a person at the desk; the passes of linkage find the same person registered twice.
  const keys = [
    ...blockingKeys(traits),
    ...traits.names.flatMap((name) => nameKeys(name).keys.map((key) => `w:${key}`)),
  ];
  return new Set(keys.map((key) => createHmac('sha256', secret).update(key).digest('base64url').slice(0, 16)));
}
