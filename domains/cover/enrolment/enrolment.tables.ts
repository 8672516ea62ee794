import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** `bigint` arrives as decimal text: whole minor units, read by `BigInt`. */
type Minor = ColumnType<string, bigint | string, bigint | string>;
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
type MinorOrZero = ColumnType<string, bigint | string | undefined, bigint | string>;

export type MemberTables = {
  cover_group: {
    group_id: string;
    kind: string;
    name: string;
    country: string;
    industry: string | null;
    workers: Nullable<number>;
    created: Timestamp;
  };
  cover_member: {
    member_id: string;
    member_number: string;
    person_id: string | null;
    name: string;
    name_key: string;
    group_id: string | null;
    group_reference: string | null;
    birth_date: string;
    birth_precision: string;
    sex: string;
    entitlement: string;
    residence: string;
    phone: string | null;
    wage_minor: ColumnType<string | null, bigint | string | null, bigint | string | null>;
    enrolled_by: string | null;
    linkage_keys: ColumnType<string[], string[] | undefined, string[]>;
    language: Nullable<string>;
    created: Timestamp;
  };
  cover_policy: {
    policy_id: string;
    policy_number: string;
    scheme_id: string;
    scheme_version: number;
    group_id: string | null;
    stage: string;
    renewal_of: string | null;
    enrolled_on: string;
    starts_on: string;
    effective_on: string | null;
    expires_on: string;
    ended_on: string | null;
    ended_because: string | null;
    premium_minor: Minor;
    subsidy_minor: MinorOrZero;
    currency: string;
    channel: string;
    campaign: string | null;
    created: Timestamp;
  };
  cover_policy_member: {
    policy_id: string;
    member_id: string;
    scheme_id: string;
    relation: string;
    covered_from: string;
    covered_to: string;
    continuous_since: string;
    coverage_id: Nullable<string>;
  };
  cover_instalment: {
    instalment_id: string;
    policy_id: string;
    number: number;
    due: string;
    grace_until: string;
    amount_minor: Minor;
    paid_minor: MinorOrZero;
    written_off_minor: MinorOrZero;
    waived_minor: MinorOrZero;
    currency: string;
    covers_from: Nullable<string>;
    covers_to: Nullable<string>;
  };
  cover_payment: {
    payment_id: string;
    receipt_number: string;
    channel: string;
    reference: string;
    payer: string;
    received_on: string;
    amount_minor: Minor;
    currency: string;
    reversal_of: string | null;
    kind: ColumnType<PaymentKind, PaymentKind | undefined, PaymentKind>;
    scheme_id: Nullable<string>;
    policy_id: Nullable<string>;
    group_id: Nullable<string>;
    recorded_by: Nullable<string>;
    recorded: Timestamp;
  };
  cover_payment_allocation: { payment_id: string; instalment_id: string; amount_minor: Minor };
  cover_policy_event: {
    policy_id: string;
    number: number;
    at: Timestamp;
    actor: string;
    event: string;
    detail: ColumnType<Record<string, unknown>, string, string>;
  };
};

/** Tables of `0106-cover-contributions.ts`. */
export type ContributionTables = {
  cover_payment_credit: {
    payment_id: string;
    scheme_id: string;
    policy_id: string | null;
    group_id: string | null;
    channel: string;
    received_on: string;
    currency: string;
    credit_minor: string;
  };
  cover_write_off: {
    batch_id: string;
    instalment_id: string;
    policy_id: string;
    scheme_id: string;
    amount_minor: Minor;
    cut_minor: MinorOrZero;
    currency: string;
    because: string;
    kind: ColumnType<WriteOffKind, WriteOffKind | undefined, WriteOffKind>;
    written_off_by: string;
    written_off_at: Timestamp;
    reversed_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  cover_statement: {
    statement_id: string;
    channel: string;
    digest: string;
    lines: number;
    imported_by: string;
    imported: Timestamp;
  };
  cover_statement_line: {
    statement_id: string;
    line: number;
    channel: string;
    reference: string;
    received_on: string;
    amount_minor: Minor;
    currency: string;
    note: string;
    state: 'matched' | 'waiting' | 'allocated' | 'set-aside';
    because: Nullable<string>;
    payment_id: Nullable<string>;
    settled_by: Nullable<string>;
    settled: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  cover_roster: {
    roster_id: string;
    group_id: string;
    scheme_id: string;
    kind: 'members' | 'payroll';
    digest: string;
    counts: ColumnType<Record<string, number>, string, string>;
    taken_by: string;
    taken: Timestamp;
  };
  cover_campaign: {
    campaign_id: string;
    name: string;
    scheme_id: string;
    begins: string;
    ends: string;
    incentive_percent: string;
    made_by: string;
    made: Timestamp;
  };
  cover_reminder: {
    policy_id: string;
    stage: string;
    channel: 'sms' | 'page' | 'none';
    language: string;
    told: Timestamp;
    reached_how: Nullable<'call' | 'visit' | 'message' | 'not-found'>;
    reached_by: Nullable<string>;
    reached: ColumnType<Date | null, Date | null | undefined, Date | null>;
    reached_note: Nullable<string>;
  };
  cover_worker_refund: {
    scheme_id: string;
    month: string;
    member_id: string;
    policy_id: string;
    amount_minor: Minor;
    currency: string;
    refunded_by: string;
    refunded: Timestamp;
  };
  cover_field_kit: {
    kit_id: string;
    owner: string;
    private_jwk: ColumnType<object, string, never>;
    made: Timestamp;
  };
  cover_campaign_group: { campaign_id: string; group_id: string; arm: 'targeted' | 'control' };
};

export type WriteOffKind = 'written-off' | 'waived';
export type PaymentKind = 'contribution' | 'subsidy' | 'refund' | 'reversal';
