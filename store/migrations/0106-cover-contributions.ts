import type { Migration } from './migration.ts';

/** Statements of payment channels, write-offs, rosters taken, campaigns, and what is left of each payment. */
export const migration: Migration = {
  id: '0106-cover-contributions',
  sql: `
-- What is left of a payment: neither put to an instalment nor given back.
create view cover_payment_credit as
select p.payment_id, p.scheme_id, p.policy_id, p.group_id, p.channel, p.received_on, p.currency,
  (p.amount_minor
    + coalesce((select sum(back.amount_minor) from cover_payment back where back.reversal_of = p.payment_id), 0)
    - coalesce((select sum(a.amount_minor) from cover_payment_allocation a
        where a.payment_id = p.payment_id
           or a.payment_id in (select back.payment_id from cover_payment back where back.reversal_of = p.payment_id)), 0)
  )::bigint as credit_minor
from cover_payment p
where p.kind = 'contribution';
create index cover_payment_back on cover_payment (reversal_of) where reversal_of is not null;

create table cover_write_off (
  batch_id text collate "C" not null,
  instalment_id text collate "C" not null references cover_instalment,
  policy_id text collate "C" not null references cover_policy,
  scheme_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  because text not null,
  written_off_by text not null,
  written_off_at timestamptz not null,
  reversed_at timestamptz,
  primary key (batch_id, instalment_id)
);

-- A file of a payment channel as it was taken, and what became of each line of it.
create table cover_statement (
  statement_id text collate "C" primary key,
  channel text not null,
  digest text not null,
  lines integer not null,
  imported_by text not null,
  imported timestamptz not null
);

create table cover_statement_line (
  statement_id text collate "C" not null references cover_statement,
  line integer not null,
  channel text not null,
  -- The channel's own reference: a line that comes again, in this file or another, is taken once.
  reference text not null,
  received_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  -- What the payer typed to say what it is for.
  note text not null,
  state text not null check (state in ('matched', 'waiting', 'allocated', 'set-aside')),
  because text,
  payment_id text collate "C" references cover_payment,
  settled_by text,
  settled timestamptz,
  primary key (statement_id, line),
  unique (channel, reference)
);
create index cover_statement_waiting on cover_statement_line (received_on, statement_id, line) where state = 'waiting';

create table cover_roster (
  roster_id text collate "C" primary key,
  group_id text collate "C" not null references cover_group,
  scheme_id text not null,
  kind text not null check (kind in ('members', 'payroll')),
  digest text not null,
  counts jsonb not null,
  taken_by text not null,
  taken timestamptz not null
);
create index cover_roster_group on cover_roster (group_id, taken desc);

create table cover_campaign (
  campaign_id text collate "C" primary key,
  name text not null,
  scheme_id text not null,
  begins date not null,
  ends date not null,
  -- Percent of the contribution taken off for those enrolled under it; 0 for a campaign of words.
  incentive_percent numeric(5, 2) not null check (incentive_percent between 0 and 100),
  made_by text not null,
  made timestamptz not null,
  check (ends >= begins)
);

create table cover_campaign_group (
  campaign_id text collate "C" not null references cover_campaign,
  group_id text collate "C" not null references cover_group,
  arm text not null check (arm in ('targeted', 'control')),
  primary key (campaign_id, group_id)
);
create index cover_campaign_of_group on cover_campaign_group (group_id);
`,
};
