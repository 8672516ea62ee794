import type { Migration } from './migration.ts';

/** What finds a person in any script. Documented in `domains/registry/persons.store.ts`. */
export const migration: Migration = {
  id: '0101-registry',
  sql: `
create table person_key (
  person_id text collate "C" not null,
  key_hash text collate "C" not null,
  primary key (person_id, key_hash)
);
create index person_key_by_hash on person_key (key_hash, person_id);

-- How far each follower of the change numbers has got.
create table projection (
  name text collate "C" primary key,
  token text not null
);
`,
};
