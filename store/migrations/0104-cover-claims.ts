import type { Migration } from './migration.ts';

/** Claims, their lines, each time they were adjudicated, and how they are paid. */
export const migration: Migration = {
  id: '0104-cover-claims',
  sql: `
create table cover_claim (
  claim_id text collate "C" primary key,
  claim_number text collate "C" not null,
  scheme_id text not null,
  provider text not null,
  provider_level text not null,
  member_id text collate "C" not null references cover_member,
  policy_id text collate "C" references cover_policy,
  visit text not null check (visit in ('other', 'referral', 'emergency')),
  care text not null check (care in ('in-patient', 'out-patient')),
  care_from date not null,
  care_to date not null,
  claimed_on date not null,
  diagnoses text[] not null,
  category text,
  referral_from text,
  preauthorisation text,
  status text not null check (status in ('entered', 'rejected', 'checked', 'processed', 'valuated', 'paid', 'reversed')),
  -- What the claim states its prices in, and what the scheme pays in: all amounts but the claimed one are in the latter.
  currency text not null,
  pays_currency text not null,
  claimed_minor bigint not null,
  allowed_minor bigint not null default 0,
  adjusted_minor bigint not null default 0,
  paid_minor bigint not null default 0,
  -- Where the claim stands in the ledger: still outstanding, found payable, and paid so far. Payable less settled is owed.
  outstanding_minor bigint not null default 0 check (outstanding_minor >= 0),
  payable_minor bigint not null default 0 check (payable_minor >= 0),
  settled_minor bigint not null default 0 check (settled_minor >= 0),
  review text not null default 'not-selected' check (review in ('idle', 'not-selected', 'selected', 'delivered', 'bypassed')),
  review_because text[] not null default '{}',
  feedback text not null default 'not-selected' check (feedback in ('idle', 'not-selected', 'selected', 'delivered', 'bypassed')),
  run_id text collate "C",
  reversal_of text collate "C" references cover_claim,
  -- What the facility says beside the lines: its explanation, and its own guarantee or form number.
  explanation text,
  entered_by text not null default 'node',
  source text not null check (source in ('console', 'fhir', 'import', 'partner', 'generated')),
  entered timestamptz not null,
  processed_on date,
  valuated_on date,
  paid_on date,
  check (care_to >= care_from),
  unique (provider, claim_number)
);
create index cover_claim_member on cover_claim (member_id, care_from);
create index cover_claim_status on cover_claim (scheme_id, status, claimed_on, claim_id);
create index cover_claim_provider on cover_claim (provider, claimed_on);
create index cover_claim_listed on cover_claim (claimed_on desc, claim_id desc);
create index cover_claim_provider_listed on cover_claim (provider, claimed_on desc, claim_id desc);
create index cover_claim_review on cover_claim (claimed_on, claim_id) where review = 'selected';
create index cover_claim_feedback on cover_claim (claimed_on, claim_id) where feedback = 'selected';
create index cover_claim_entered on cover_claim (claimed_on, claim_id) where status = 'entered';
create index cover_claim_period on cover_claim (scheme_id, claimed_on, claim_id);
create index cover_claim_owed on cover_claim (scheme_id, provider) where payable_minor <> settled_minor;

create table cover_claim_line (
  claim_id text collate "C" not null references cover_claim,
  line integer not null,
  kind text not null check (kind in ('item', 'service')),
  code text not null,
  quantity numeric not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  claimed_minor bigint not null,
  allowed_minor bigint not null default 0,
  adjusted_minor bigint not null default 0,
  paid_minor bigint not null default 0,
  -- 0 accepted; −1 by a medical officer; else the numbered reason (docs/reference/claim-reasons.md).
  reason integer not null default 0,
  rule text,
  primary key (claim_id, line)
);

-- What a medical officer found of a line; the last of a line holds, the earlier ones stay.
create table cover_claim_decision (
  claim_id text collate "C" not null,
  line integer not null,
  number integer not null,
  decision text not null check (decision in ('accepted', 'rejected', 'adjusted')),
  quantity numeric check (quantity > 0),
  amount_minor bigint check (amount_minor >= 0),
  reason text not null,
  decided_by text not null,
  at timestamptz not null,
  primary key (claim_id, line, number),
  foreign key (claim_id, line) references cover_claim_line
);

create table cover_adjudication (
  claim_id text collate "C" not null references cover_claim,
  run integer not null,
  -- Orders all adjudications: what one saw of the history is what others had found before it.
  turn bigint generated always as identity unique,
  at timestamptz not null,
  scheme_version integer,
  -- What the answer was made from and the answer itself, word for word: a second run gives the same bytes.
  input_digest text not null,
  result text not null,
  primary key (claim_id, run)
);

create table cover_claim_event (
  claim_id text collate "C" not null references cover_claim,
  number integer not null,
  at timestamptz not null,
  actor text not null,
  event text not null,
  detail jsonb not null,
  primary key (claim_id, number)
);

-- What was promised before care was given: held in the ledger until a claim uses it or it expires.
create table cover_authorisation (
  authorisation_id text collate "C" primary key,
  reference text collate "C" not null unique,
  scheme_id text not null,
  member_id text collate "C" not null references cover_member,
  provider text not null,
  request_number text not null,
  held_minor bigint not null check (held_minor > 0),
  currency text not null,
  expires timestamptz not null,
  state text not null check (state in ('held', 'used', 'released')),
  claim_id text collate "C" references cover_claim,
  made_by text not null,
  created timestamptz not null,
  unique (provider, request_number)
);

-- What the insured says of the care that was claimed (DOMAIN F.3).
create table cover_feedback (
  claim_id text collate "C" primary key references cover_claim,
  care_rendered boolean not null,
  payment_asked boolean not null,
  drugs_prescribed boolean not null,
  drugs_received boolean not null,
  rating integer not null check (rating between 0 and 5),
  mismatches text[] not null,
  given_to text not null,
  at timestamptz not null
);

create table cover_appeal (
  appeal_id text collate "C" primary key,
  claim_id text collate "C" not null references cover_claim,
  made_by text not null,
  on_behalf_of text not null check (on_behalf_of in ('provider', 'member')),
  reason text not null,
  opened timestamptz not null,
  -- The adjudication appealed against, and the one the decision led to.
  run_before integer not null,
  run_after integer,
  state text not null check (state in ('open', 'upheld', 'granted')),
  decision text,
  decided_by text,
  decided timestamptz
);
create unique index cover_appeal_open on cover_appeal (claim_id) where state = 'open';
create index cover_appeal_listed on cover_appeal (opened, appeal_id) where state = 'open';

create table cover_payment_run (
  run_id text collate "C" primary key,
  scheme_id text not null,
  up_to date not null,
  currency text not null,
  state text not null check (state in ('proposed', 'approved', 'paid', 'reversed')),
  claims integer not null,
  amount_minor bigint not null,
  made_by text not null,
  approved_by text,
  created timestamptz not null,
  paid_on date
);
create index cover_payment_run_listed on cover_payment_run (created desc, run_id desc);

-- What a run pays of each claim; below zero where an earlier payment is taken back.
create table cover_payment_line (
  run_id text collate "C" not null references cover_payment_run,
  claim_id text collate "C" not null references cover_claim,
  provider text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (run_id, claim_id)
);
create index cover_payment_line_claim on cover_payment_line (claim_id);
create index cover_payment_line_provider on cover_payment_line (provider, run_id);
`,
};
