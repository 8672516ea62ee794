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
  currency text not null,
  claimed_minor bigint not null,
  allowed_minor bigint not null default 0,
  adjusted_minor bigint not null default 0,
  paid_minor bigint not null default 0,
  review text not null default 'not-selected' check (review in ('idle', 'not-selected', 'selected', 'delivered', 'bypassed')),
  review_because text[] not null default '{}',
  feedback text not null default 'not-selected' check (feedback in ('idle', 'not-selected', 'selected', 'delivered', 'bypassed')),
  run_id text collate "C",
  reversal_of text collate "C" references cover_claim,
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
create index cover_claim_review on cover_claim (claimed_on, claim_id) where review = 'selected';

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

create table cover_adjudication (
  claim_id text collate "C" not null references cover_claim,
  run integer not null,
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
`,
};
