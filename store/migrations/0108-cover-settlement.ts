import type { Migration } from './migration.ts';

/** What two countries' funds ask, claim, answer, sign and pay each other. Documented in `domains/cover/settlement/`. */
export const migration: Migration = {
  id: '0108-cover-settlement',
  sql: `
-- Asked abroad from here: is the holder of this card covered at home?
create table settlement_eligibility (
  request_id text collate "C" primary key,
  actor_id text not null,
  facility text not null,
  partner text not null,
  agreement text not null,
  clause text not null,
  card_id text not null,
  locator text not null,
  care_on date not null,
  visit text not null,
  covered boolean not null,
  answer jsonb not null,
  signed_answer text not null,
  authorisation text,
  valid_until date,
  asked_at timestamptz not null,
  retain_until timestamptz not null
);
create index settlement_eligibility_facility on settlement_eligibility (facility, asked_at desc);

-- Given to a partner by this fund: what a claim from abroad may rest on.
create table settlement_authorisation (
  reference text collate "C" primary key,
  request_id text not null,
  partner text not null,
  facility text not null,
  member_id text collate "C" not null references cover_member,
  scheme_id text not null,
  agreement text not null,
  benefits text[] not null,
  valid_from date not null,
  valid_until date not null,
  given timestamptz not null,
  unique (partner, request_id)
);
create index settlement_authorisation_member on settlement_authorisation (member_id, given);

create table settlement_claim (
  claim_id text collate "C" primary key,
  -- What this node is to the claim: the creditor gave the care, the debtor covers the person.
  side text not null check (side in ('creditor', 'debtor')),
  partner text not null,
  agreement text not null,
  provider text not null,
  claim_number text not null,
  locator text,
  card_id text,
  authorisation text,
  uninsured boolean not null default false,
  member_id text collate "C" references cover_member,
  visit text not null check (visit in ('other', 'referral', 'emergency')),
  care text not null check (care in ('in-patient', 'out-patient')),
  care_from date not null,
  care_to date not null,
  diagnoses text[] not null,
  currency text not null,
  -- The day it was sent; null while it waits here.
  sent_on date,
  reverses text collate "C" references settlement_claim,
  entered_by text not null,
  entered timestamptz not null,
  check (care_to >= care_from)
);
create unique index settlement_claim_number on settlement_claim (side, partner, provider, claim_number);
create unique index settlement_claim_reversed on settlement_claim (reverses) where reverses is not null;
create index settlement_claim_partner on settlement_claim (partner, agreement, sent_on);
create index settlement_claim_provider on settlement_claim (provider, entered desc);
create index settlement_claim_member on settlement_claim (member_id, care_from) where member_id is not null;

create table settlement_statement (
  statement_id text collate "C" primary key,
  partner text not null,
  agreement text not null,
  period text not null,
  round integer not null,
  drawn_up_by text not null,
  drawn_up_on date not null,
  due_by date not null,
  currency text not null,
  state text not null check (state in ('proposed', 'differs', 'superseded', 'signed', 'paid', 'settled')),
  -- Canonical JSON: what both signatures are over.
  document text not null,
  signed_by_us text,
  signed_by_them text,
  signed_at timestamptz,
  differences jsonb not null default '[]',
  created timestamptz not null,
  check (state not in ('signed', 'paid', 'settled') or (signed_by_us is not null and signed_by_them is not null))
);
-- One of ours at a time waits for the other's signature.
create unique index settlement_statement_open on settlement_statement (partner, agreement, period) where state = 'proposed';
create index settlement_statement_listed on settlement_statement (partner, created desc);

create table settlement_payment (
  statement_id text collate "C" not null references settlement_statement,
  payer text not null,
  receiver text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- Interest posted so far, and until which day it is reckoned.
  interest_minor bigint not null default 0 check (interest_minor >= 0),
  interest_until date,
  paid_on date,
  reference text,
  received_on date,
  primary key (statement_id, payer)
);
create index settlement_payment_unpaid on settlement_payment (statement_id) where paid_on is null;

create table settlement_line (
  claim_id text collate "C" not null references settlement_claim,
  line integer not null,
  code text not null,
  quantity text not null,
  -- What the provider charges for one; what the agreement makes of the line; what is agreed of that.
  unit_price_minor bigint not null,
  claimed_minor bigint not null,
  amount_minor bigint not null default 0,
  benefit text,
  priced_because text not null,
  state text not null check (state in ('claimed', 'accepted', 'adjusted', 'disputed', 'contested', 'withdrawn')),
  turn integer not null default 0,
  reason text not null default '',
  note text,
  -- The last move the partner has certainly seen: its own, or ours it acknowledged.
  known_turn integer not null default -1,
  -- What adjudication here proposes; decided on by a claims officer.
  proposed_state text,
  proposed_minor bigint,
  proposed_reason text,
  statement_id text collate "C" references settlement_statement,
  primary key (claim_id, line),
  check (state not in ('claimed', 'disputed', 'contested', 'withdrawn') or amount_minor = 0),
  check (state <> 'accepted' or amount_minor = claimed_minor)
);
create index settlement_line_statement on settlement_line (statement_id) where statement_id is not null;
create index settlement_line_open on settlement_line (claim_id) where statement_id is null;

create table settlement_move (
  claim_id text collate "C" not null,
  line integer not null,
  turn integer not null,
  by_country text not null,
  state text not null,
  amount_minor bigint not null,
  reason text not null,
  note text,
  at timestamptz not null,
  primary key (claim_id, line, turn),
  foreign key (claim_id, line) references settlement_line
);

-- What leaves for a partner, word for word; the outbox carries its id alone.
create table settlement_message (
  message_id text collate "C" primary key,
  partner text not null,
  kind text not null,
  body text not null,
  created timestamptz not null,
  delivered timestamptz
);
create index settlement_message_waiting on settlement_message (partner, created) where delivered is null;

-- Rates are added, never overwritten.
create table settlement_rate (
  from_currency text not null,
  to_currency text not null,
  day date not null,
  source text not null,
  value text not null,
  taken_at timestamptz not null,
  entered_by text not null,
  primary key (from_currency, to_currency, day, source)
);

-- Signed certificates of insured periods, given and received, and the periods they certify.
create table settlement_certificate (
  certificate_id text collate "C" primary key,
  given boolean not null,
  partner text not null,
  agreement text not null,
  member_id text collate "C" not null references cover_member,
  document text not null,
  signature text not null,
  recorded timestamptz not null
);
create index settlement_certificate_member on settlement_certificate (member_id);
create table settlement_certified_period (
  certificate_id text collate "C" not null references settlement_certificate,
  number integer not null,
  country text not null,
  scheme_id text not null,
  period_from date not null,
  period_to date not null,
  primary key (certificate_id, number),
  check (period_to >= period_from)
);
`,
};
