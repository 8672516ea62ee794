import type { Migration } from './migration.ts';

/** Cards, trust, and what comes from abroad. Documented in `domains/exchange/exchange.tables.ts`, in the same words. */
export const migration: Migration = {
  id: '0102-exchange',
  sql: `
create table card (
  card_id text collate "C" primary key,
  person_id text collate "C" not null,
  status_list integer not null,
  status_index integer not null,
  claims jsonb not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text,
  unique (status_list, status_index)
);
create index card_by_person on card (person_id, issued_at desc);

create table trust_cache (
  kind text collate "C" not null,
  subject text collate "C" not null,
  body text not null,
  fetched_at timestamptz not null,
  primary key (kind, subject)
);

create table seen_message (
  id text collate "C" primary key,
  seen_by text not null,
  until timestamptz not null
);
create index seen_message_until on seen_message (until);

create table received_record (
  id text collate "C" primary key,
  request_id text collate "C" not null,
  actor_id text collate "C" not null,
  facility text,
  from_country text not null,
  received_at timestamptz not null,
  purpose text not null,
  agreement text not null,
  clause text not null,
  categories text[] not null,
  name text not null,
  signed_by text not null,
  key_id text not null,
  signed_at timestamptz not null,
  document_digest text not null,
  retain_until timestamptz not null,
  -- What classes it for decisions, and the answer exactly as the home node signed it.
  document_categories text[] not null,
  document_labels text[] not null,
  signed_answer text not null,
  unique (actor_id, request_id)
);
create index received_record_by_facility on received_record (facility, received_at desc);
create index received_record_by_retention on received_record (retain_until);

-- Checkpoints of the evidence log, own and partners', and roots of the perfect subtrees that proofs are made of.
create table checkpoint (
  origin text collate "C" not null,
  size bigint not null,
  note text not null,
  at timestamptz not null,
  primary key (origin, size)
);
create table evidence_range (
  start bigint not null,
  size bigint not null,
  root bytea not null,
  primary key (start, size)
);

-- What the public counters count.
create index evidence_disclosures on evidence_entry ((public->>'class')) where kind = 'disclosure';
create index evidence_enforcement on evidence_entry (at) where public->>'class' = 'enforcement';
`,
};
