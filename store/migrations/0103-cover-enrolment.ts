import type { Migration } from './migration.ts';

/** Members, groups, policies, what is owed for them and what was paid. */
export const migration: Migration = {
  id: '0103-cover-enrolment',
  sql: `
create extension if not exists btree_gist;

-- Numbers people read to each other; a check digit is added to them (domains/cover/enrolment/numbers.ts).
create sequence cover_member_number;
create sequence cover_policy_number;
create sequence cover_receipt_number;

create table cover_group (
  group_id text collate "C" primary key,
  kind text not null check (kind in ('employer', 'community', 'association', 'government', 'family')),
  name text not null,
  country text not null,
  industry text,
  -- How many people the employer says it employs: what enrolment is a share of.
  workers integer check (workers >= 0),
  created timestamptz not null
);

create table cover_member (
  member_id text collate "C" primary key,
  member_number text collate "C" not null unique,
  person_id text collate "C",
  name text not null,
  -- Name folded for search, and what a group calls the member (a works number): how a roster finds them again.
  name_key text not null,
  group_id text collate "C" references cover_group,
  group_reference text,
  birth_date date not null,
  birth_precision text not null check (birth_precision in ('day', 'month', 'year', 'estimated')),
  sex text not null check (sex in ('female', 'male', 'other', 'unknown')),
  entitlement text not null,
  residence text not null,
  phone text,
  wage_minor bigint,
  enrolled_by text,
  -- What finds members like this one in any script (kernel/linkage blocking keys).
  linkage_keys text[] not null default '{}',
  created timestamptz not null
);
create index cover_member_linkage on cover_member using gin (linkage_keys);
create index cover_member_group on cover_member (group_id) where group_id is not null;
create unique index cover_member_person on cover_member (person_id) where person_id is not null;
create unique index cover_member_roster on cover_member (group_id, group_reference) where group_reference is not null;
create index cover_member_name on cover_member (name_key text_pattern_ops);

create table cover_policy (
  policy_id text collate "C" primary key,
  policy_number text collate "C" not null unique,
  scheme_id text not null,
  scheme_version integer not null,
  group_id text collate "C" references cover_group,
  stage text not null check (stage in ('new', 'renewal')),
  renewal_of text collate "C" references cover_policy,
  enrolled_on date not null,
  starts_on date not null,
  effective_on date,
  expires_on date not null,
  ended_on date,
  ended_because text,
  premium_minor bigint not null check (premium_minor >= 0),
  -- Of the premium, what governments and donors bring: never asked of the member or the employer.
  subsidy_minor bigint not null default 0 check (subsidy_minor >= 0),
  currency text not null,
  channel text not null,
  campaign text,
  created timestamptz not null,
  -- A renewal within the days of grace begins where the policy before it ended.
  check ((starts_on >= enrolled_on or stage = 'renewal') and expires_on >= starts_on),
  check (effective_on is null or effective_on >= starts_on)
);
create index cover_policy_scheme on cover_policy (scheme_id, effective_on, expires_on);
create index cover_policy_group on cover_policy (group_id) where group_id is not null;
create unique index cover_policy_renewal on cover_policy (renewal_of) where renewal_of is not null;

create table cover_policy_member (
  policy_id text collate "C" not null references cover_policy,
  member_id text collate "C" not null references cover_member,
  scheme_id text not null,
  relation text not null check (relation in ('holder', 'spouse', 'child', 'parent', 'other')),
  covered_from date not null,
  covered_to date not null,
  continuous_since date not null,
  -- FHIR Coverage of a member who has a record here.
  coverage_id text collate "C",
  primary key (policy_id, member_id),
  -- One member is covered once at a time in a scheme: overlapping policies are refused by the database too.
  exclude using gist (scheme_id with =, member_id with =, daterange(covered_from, covered_to, '[]') with &&)
    where (covered_to >= covered_from)
);
create index cover_policy_member_member on cover_policy_member (member_id, covered_from);

create table cover_instalment (
  instalment_id text collate "C" primary key,
  policy_id text collate "C" not null references cover_policy,
  number integer not null,
  due date not null,
  grace_until date not null,
  -- Nothing, where the policy ended before the part was due.
  amount_minor bigint not null check (amount_minor >= 0),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  written_off_minor bigint not null default 0 check (written_off_minor >= 0),
  currency text not null,
  -- The days it pays for, where contributions are made month by month; absent: the whole policy.
  covers_from date,
  covers_to date,
  unique (policy_id, number),
  check (paid_minor + written_off_minor <= amount_minor)
);
create index cover_instalment_owed on cover_instalment (due) where paid_minor + written_off_minor < amount_minor;

create table cover_payment (
  payment_id text collate "C" primary key,
  receipt_number text collate "C" not null unique,
  channel text not null check (channel in ('cash', 'agent', 'mobile-money', 'payroll', 'bank', 'voucher', 'subsidy')),
  reference text not null,
  payer text not null,
  received_on date not null,
  amount_minor bigint not null check (amount_minor <> 0),
  currency text not null,
  reversal_of text collate "C" references cover_payment,
  -- What it is for; a refund and a reversal are payments below zero.
  kind text not null default 'contribution' check (kind in ('contribution', 'subsidy', 'refund', 'reversal')),
  scheme_id text,
  policy_id text collate "C" references cover_policy,
  group_id text collate "C" references cover_group,
  recorded_by text,
  recorded timestamptz not null,
  unique (channel, reference)
);
create index cover_payment_policy on cover_payment (policy_id) where policy_id is not null;
create index cover_payment_group on cover_payment (group_id, received_on) where group_id is not null;
create unique index cover_payment_reversal on cover_payment (reversal_of) where kind = 'reversal';

create table cover_payment_allocation (
  payment_id text collate "C" not null references cover_payment,
  instalment_id text collate "C" not null references cover_instalment,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (payment_id, instalment_id)
);
create index cover_allocation_instalment on cover_payment_allocation (instalment_id);

-- What happened to a policy, in order: nothing here is changed or removed.
create table cover_policy_event (
  policy_id text collate "C" not null references cover_policy,
  number integer not null,
  at timestamptz not null,
  actor text not null,
  event text not null,
  detail jsonb not null,
  primary key (policy_id, number)
);
`,
};
