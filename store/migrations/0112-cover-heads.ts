import type { Migration } from './migration.ts';

/** Rates that claims were judged at, and payments by head. */
export const migration: Migration = {
  id: '0112-cover-heads',
  sql: `
-- By foreign currency, each with its source and time: a claim judged again is judged at the same.
alter table cover_claim add column rates jsonb;

alter table cover_payment_run add column kind text not null default 'claims' check (kind in ('claims', 'capitation'));
-- A month is paid by head once, unless its run was taken back.
create unique index cover_payment_run_month on cover_payment_run (scheme_id, up_to)
  where kind = 'capitation' and state <> 'reversed';

-- Where a member is registered for care paid by head, from a day on, until the next registration in the scheme.
create table cover_registration (
  scheme_id text not null,
  member_id text collate "C" not null references cover_member,
  from_on date not null,
  -- Like a claim's; absent: registered nowhere from that day on.
  provider text,
  registered_by text not null,
  at timestamptz not null,
  primary key (scheme_id, member_id, from_on)
);

-- What a run pays a facility for the heads of one age band.
create table cover_capitation_line (
  run_id text collate "C" not null references cover_payment_run,
  provider text not null,
  tariff text not null,
  -- Absent bands are one, named by nothing.
  band text not null,
  members integer not null check (members > 0),
  rate_minor bigint not null check (rate_minor >= 0),
  amount_minor bigint not null,
  primary key (run_id, provider, tariff, band),
  check (amount_minor = members * rate_minor)
);
create index cover_capitation_line_provider on cover_capitation_line (provider, run_id);
`,
};
