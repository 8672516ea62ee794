import type { Migration } from './migration.ts';

/** Devices on which somebody enrols without a network: what is kept there is sealed to a key that stays with the node. */
export const migration: Migration = {
  id: '0127-field-kits',
  sql: `
create table cover_field_kit (
  kit_id text collate "C" primary key,
  -- Whose account set it up: what the device kept opens for nobody else.
  owner text collate "C" not null,
  private_jwk jsonb not null,
  made timestamptz not null
);
`,
};
