import type { Migration } from './migration.ts';

/** Long work: what was asked, how far it is, and what came out. Documented in `domains/cover/jobs/jobs.ts`. */
export const migration: Migration = {
  id: '0105-jobs',
  sql: `
create table job (
  job_id text collate "C" primary key,
  kind text not null,
  input jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done integer not null default 0,
  total integer,
  cursor jsonb,
  result jsonb,
  sentence text,
  cancel boolean not null default false,
  asked_by text not null,
  attempts integer not null default 0,
  leased_until timestamptz,
  created timestamptz not null,
  finished timestamptz
);
create index job_waiting on job (created) where state in ('waiting', 'running');
create index job_listed on job (kind, created desc);
`,
};
