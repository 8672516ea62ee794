import type { Migration } from './migration.ts';

/**
 * Acts with money that take two people: what one proposed waits here with all that was said of it, until another does it,
 * somebody sets it aside, or its time runs out.
 */
export const migration: Migration = {
  id: '0122-cover-approvals',
  sql: `
create table cover_approval (
  approval_id text collate "C" primary key,
  kind text not null check (kind in ('refund', 'reversal', 'write-off', 'waive', 'appeal')),
  -- What it is about: a payment, an appeal, or the proposal itself where it is about many.
  subject text collate "C" not null,
  scheme_id text,
  -- What was sent, to be done as it was sent.
  input jsonb not null,
  -- What it came to when it was proposed: [{amount, currency}].
  amounts jsonb not null,
  because text not null,
  proposed_by text not null,
  proposed timestamptz not null,
  expires timestamptz not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'declined', 'expired')),
  decided_by text,
  decided timestamptz,
  -- What was done, once it was.
  outcome jsonb,
  check (expires > proposed),
  check ((state in ('approved', 'declined')) = (decided_by is not null)),
  check ((decided_by is null) = (decided is null)),
  check ((state = 'approved') = (outcome is not null)),
  -- The second pair of eyes.
  check (state <> 'approved' or decided_by <> proposed_by)
);

create unique index cover_approval_once on cover_approval (kind, subject) where state = 'proposed';
create index cover_approval_open on cover_approval (proposed, approval_id) where state = 'proposed';
`,
};
