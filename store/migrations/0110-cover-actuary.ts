import type { Migration } from './migration.ts';

/** Studies of the actuary, kept as they were made, and what the desk sums. */
export const migration: Migration = {
  id: '0110-cover-actuary',
  sql: `
create table cover_study (
  study_id text collate "C" primary key,
  kind text not null check (kind in ('pooling', 'solvency', 'pool-size', 'gaps', 'premium')),
  scheme_id text,
  input jsonb not null,
  seed bigint not null,
  job_id text collate "C" not null,
  asked_by text not null,
  created timestamptz not null,
  -- The report word for word, once the work is done; never changed.
  report jsonb
);
create index cover_study_listed on cover_study (created desc, study_id desc);

-- Claims of a scheme by the day care began: what the desk sums by month.
create index cover_claim_care on cover_claim (scheme_id, care_from);
`,
};
