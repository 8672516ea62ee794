import type { Migration } from './migration.ts';

/** The record, what finds it, what proves it, and what leaves it. Documented in `../database.ts`, in the same words. */
export const migration: Migration = {
  id: '0001-record',
  sql: `
create table node_meta (
  only_row boolean primary key default true check (only_row),
  change_base bigint not null default 0
);
insert into node_meta default values;

-- Every commit's change number: the node's base plus the id of the writing transaction.
create function current_change() returns bigint language sql stable as
  'select change_base + pg_current_xact_id()::text::bigint from node_meta';
-- Below it every transaction is finished, so nothing can still appear there.
create function change_horizon() returns bigint language sql stable as
  'select change_base + pg_snapshot_xmin(pg_current_snapshot())::text::bigint from node_meta';

create table resource (
  shard text collate "C" not null,
  resource_type text collate "C" not null,
  id text collate "C" not null,
  version_id uuid not null,
  version integer not null,
  change bigint not null,
  last_updated timestamptz not null,
  author text not null,
  deleted boolean not null,
  person_id text collate "C",
  content text,
  tokens bigint[] not null,
  categories text[] not null,
  labels text[] not null,
  primary key (shard, resource_type, id)
);
create index resource_by_id on resource (resource_type, id);
create index resource_by_time on resource (resource_type, last_updated, id);
create index resource_by_change on resource (change);
create index resource_by_token on resource using gin (tokens);

create table history (
  shard text collate "C" not null,
  resource_type text collate "C" not null,
  id text collate "C" not null,
  version_id uuid not null,
  version integer not null,
  change bigint not null,
  last_updated timestamptz not null,
  author text not null,
  deleted boolean not null,
  person_id text collate "C",
  content text,
  categories text[] not null,
  labels text[] not null,
  primary key (shard, resource_type, id, version_id)
);
create index history_by_id on history (resource_type, id, version);

create table search_text (
  shard text collate "C" not null,
  resource_type text collate "C" not null,
  id text collate "C" not null,
  code text collate "C" not null,
  value text collate "C" not null,
  folded text collate "C" not null,
  pair bigint[]
);
create index search_text_of on search_text (shard, resource_type, id);
create index search_text_by_prefix on search_text (resource_type, code, left(folded, 64));

create table search_date (
  shard text collate "C" not null,
  resource_type text collate "C" not null,
  id text collate "C" not null,
  code text collate "C" not null,
  low bigint not null,
  high bigint not null,
  pair bigint[]
);
create index search_date_of on search_date (shard, resource_type, id);
create index search_date_by_low on search_date (resource_type, code, low, high);

create table search_quantity (
  shard text collate "C" not null,
  resource_type text collate "C" not null,
  id text collate "C" not null,
  code text collate "C" not null,
  low double precision not null,
  high double precision not null,
  system text collate "C",
  unit_code text collate "C",
  unit text collate "C",
  pair bigint[]
);
create index search_quantity_of on search_quantity (shard, resource_type, id);
create index search_quantity_by_low on search_quantity (resource_type, code, low);

create table search_reference (
  shard text collate "C" not null,
  resource_type text collate "C" not null,
  id text collate "C" not null,
  code text collate "C" not null,
  target_type text collate "C" not null,
  target_id text collate "C" not null
);
create index search_reference_of on search_reference (shard, resource_type, id);
create index search_reference_by_target on search_reference (target_type, target_id, resource_type, code);

create table person_facts (
  person_id text collate "C" primary key,
  consents jsonb not null,
  facilities text[] not null,
  change bigint not null
);

create table request (
  request_id text collate "C" primary key,
  actor_id text not null,
  fingerprint text not null,
  answer jsonb,
  created timestamptz not null
);

create table evidence_entry (
  entry_id uuid primary key,
  change bigint not null,
  at timestamptz not null,
  kind text not null,
  public jsonb not null,
  salt bytea,
  sealed jsonb,
  commitment bytea not null,
  person_id text collate "C",
  leaf_index bigint
);
create index evidence_by_person on evidence_entry (person_id, change, entry_id) where person_id is not null;
create index evidence_unsequenced on evidence_entry (change, entry_id) where leaf_index is null;
create unique index evidence_by_leaf on evidence_entry (leaf_index) where leaf_index is not null;

create table evidence_checkpoint (
  size bigint primary key,
  note text not null,
  cosigned text[] not null default '{}',
  created timestamptz not null
);

create table outbox (
  message_id text collate "C" primary key,
  topic text not null,
  destination text not null,
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null default 0,
  due timestamptz not null,
  created timestamptz not null,
  delivered timestamptz,
  last_error text
);
create index outbox_due on outbox (due) where state = 'waiting';

create table inbox (
  message_id text collate "C" primary key,
  received timestamptz not null
);
`,
};
