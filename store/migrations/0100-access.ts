import type { Migration } from './migration.ts';

/** Sign-in and the node's own secrets. Documented in `domains/access/access.tables.ts`, in the same words. */
export const migration: Migration = {
  id: '0100-access',
  sql: `
create table account (
  id text collate "C" primary key,
  kind text not null check (kind in ('staff', 'client')),
  username text collate "C" not null unique,
  secret_hash text,
  jwks jsonb,
  name text not null,
  class text not null,
  roles jsonb not null,
  facility text,
  language text not null,
  person_id text,
  active boolean not null default true
);

create table oidc_record (
  kind text collate "C" not null,
  id text collate "C" not null,
  payload jsonb not null,
  uid text collate "C",
  grant_id text collate "C",
  expires_at timestamptz,
  consumed_at timestamptz,
  primary key (kind, id)
);
create index oidc_record_by_uid on oidc_record (kind, uid) where uid is not null;
create index oidc_record_by_grant on oidc_record (grant_id) where grant_id is not null;
create index oidc_record_by_expiry on oidc_record (expires_at);

create table sign_in_failure (
  name_hash text collate "C" primary key,
  failures integer not null,
  wait_until timestamptz not null
);

create table node_secret (
  name text collate "C" primary key,
  value jsonb not null,
  created_at timestamptz not null
);
`,
};
