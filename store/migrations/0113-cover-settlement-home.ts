import type { Migration } from './migration.ts';

/** Claims from abroad judged by the scheme at home, emergencies borne where care was given, and disputes with an end. */
export const migration: Migration = {
  id: '0113-cover-settlement-home',
  sql: `
-- 'host': borne where care was given, by the fund there or a donor's money it holds; nothing crosses.
alter table settlement_claim drop constraint settlement_claim_side_check;
alter table settlement_claim add constraint settlement_claim_side_check check (side in ('creditor', 'debtor', 'host'));
-- As the country of care names its facility; absent from nodes that do not say.
alter table settlement_claim add column provider_name text, add column provider_level text;
-- Where the claim was judged by the scheme at home: which, by which version, with the reason of the whole claim.
alter table settlement_claim add column judged jsonb;
-- What the scheme at home made of a line: number of the reason, rule, allowed, adjusted, paid.
alter table settlement_line add column judged jsonb;
-- When it was first disputed; when its time was over and it went before the body the agreement names.
alter table settlement_line add column disputed_on date, add column referred_on date;
create index settlement_line_disputed on settlement_line (disputed_on) where state in ('disputed', 'contested');

-- What care abroad used of a policy, in the terms of the scheme at home. Rows are added, never changed: the last of a line
-- counts. They take their turn among adjudications, so that what was known at any of them can be told again.
create table settlement_usage (
  turn bigint primary key default nextval('cover_adjudication_turn_seq'),
  claim_id text collate "C" not null references settlement_claim,
  line integer not null,
  scheme_id text not null,
  policy_id text collate "C" not null,
  member_id text collate "C" not null,
  kind text not null,
  code text not null,
  category text,
  care text not null,
  care_from date not null,
  care_to date not null,
  quantity text not null,
  counts boolean not null,
  deducted_minor bigint not null,
  paid_minor bigint not null
);
create index settlement_usage_policy on settlement_usage (policy_id, scheme_id);
create index settlement_usage_line on settlement_usage (claim_id, line, turn desc);

-- What the country of care bears itself of an emergency of someone without cover, by the clause of an agreement.
create table settlement_borne (
  claim_id text collate "C" primary key references settlement_claim,
  bearer text not null check (bearer in ('host', 'donor')),
  clause text not null,
  restricted_to text,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  paid_on date,
  reference text,
  check ((bearer = 'donor') = (restricted_to is not null)),
  check ((paid_on is null) = (reference is null))
);
create index settlement_borne_unpaid on settlement_borne (currency) where paid_on is null;
create table settlement_borne_line (
  claim_id text collate "C" not null references settlement_borne,
  line integer not null,
  code text not null,
  quantity text not null,
  unit_price_minor bigint not null,
  -- What the care is worth; what of it is borne here.
  worth_minor bigint not null,
  borne_minor bigint not null,
  priced_because text not null,
  primary key (claim_id, line)
);

-- The fund's overview: read from indexes alone, not from claims of a whole year.
create index cover_claim_by_status on cover_claim (status, currency, scheme_id) include (claimed_minor);
create index cover_claim_outstanding on cover_claim (pays_currency) include (outstanding_minor) where outstanding_minor <> 0;
create index cover_claim_unpaid on cover_claim (pays_currency) include (payable_minor, settled_minor) where payable_minor <> settled_minor;
create index cover_instalment_open on cover_instalment (currency) include (amount_minor, paid_minor, written_off_minor)
  where paid_minor + written_off_minor < amount_minor;
create index cover_policy_member_days on cover_policy_member (policy_id) include (member_id, covered_from, covered_to);
`,
};
