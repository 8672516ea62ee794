import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import type { ColumnType, Generated } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Minor = ColumnType<string, bigint | string, bigint | string>;
type MinorOrZero = ColumnType<string, bigint | string | undefined, bigint | string>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type ClaimTables = {
  cover_claim: {
    claim_id: string;
    claim_number: string;
    scheme_id: string;
    provider: string;
    provider_level: string;
    member_id: string;
    policy_id: string | null;
    visit: string;
    care: string;
    care_from: string;
    care_to: string;
    claimed_on: string;
    diagnoses: string[];
    category: string | null;
    referral_from: string | null;
    preauthorisation: string | null;
    status: string;
    currency: string;
    pays_currency: string;
    /** By foreign currency, once the claim was judged at any. */
    rates: ColumnType<Readonly<Record<string, Rate>> | null, string | null | undefined, string | null>;
    claimed_minor: Minor;
    allowed_minor: MinorOrZero;
    adjusted_minor: MinorOrZero;
    paid_minor: MinorOrZero;
    outstanding_minor: MinorOrZero;
    payable_minor: MinorOrZero;
    settled_minor: MinorOrZero;
    review: Defaulted<string>;
    review_because: Defaulted<string[]>;
    feedback: Defaulted<string>;
    run_id: string | null;
    reversal_of: string | null;
    explanation: string | null;
    entered_by: Defaulted<string>;
    source: string;
    entered: Timestamp;
    processed_on: string | null;
    valuated_on: string | null;
    paid_on: string | null;
  };
  cover_claim_line: {
    claim_id: string;
    line: number;
    kind: string;
    code: string;
    /** Decimal text. */
    quantity: string;
    unit_price_minor: Minor;
    claimed_minor: Minor;
    allowed_minor: MinorOrZero;
    adjusted_minor: MinorOrZero;
    paid_minor: MinorOrZero;
    reason: Defaulted<number>;
    rule: string | null;
  };
  cover_claim_decision: {
    claim_id: string;
    line: number;
    number: number;
    decision: string;
    quantity: string | null;
    amount_minor: ColumnType<string | null, bigint | string | null, bigint | string | null>;
    reason: string;
    decided_by: string;
    at: Timestamp;
  };
  cover_adjudication: {
    claim_id: string;
    run: number;
    /** Given by the database. */
    turn: Generated<string>;
    at: Timestamp;
    scheme_version: number | null;
    input_digest: string;
    result: string;
  };
  cover_claim_event: {
    claim_id: string;
    number: number;
    at: Timestamp;
    actor: string;
    event: string;
    detail: ColumnType<Record<string, unknown>, string, string>;
  };
  cover_authorisation: {
    authorisation_id: string;
    reference: string;
    scheme_id: string;
    member_id: string;
    provider: string;
    request_number: string;
    held_minor: Minor;
    currency: string;
    expires: Timestamp;
    state: string;
    claim_id: string | null;
    made_by: string;
    created: Timestamp;
  };
  cover_feedback: {
    claim_id: string;
    care_rendered: boolean;
    payment_asked: boolean;
    drugs_prescribed: boolean;
    drugs_received: boolean;
    rating: number;
    mismatches: string[];
    given_to: string;
    at: Timestamp;
  };
  cover_appeal: {
    appeal_id: string;
    claim_id: string;
    made_by: string;
    on_behalf_of: string;
    reason: string;
    opened: Timestamp;
    run_before: number;
    run_after: number | null;
    state: string;
    decision: string | null;
    decided_by: string | null;
    decided: ColumnType<Date | null, Date | string | null, Date | string | null>;
  };
  cover_payment_run: {
    run_id: string;
    scheme_id: string;
    up_to: string;
    currency: string;
    state: string;
    claims: number;
    amount_minor: Minor;
    made_by: string;
    approved_by: string | null;
    created: Timestamp;
    paid_on: string | null;
    /** `claims` or `capitation`. */
    kind: Defaulted<string>;
  };
  cover_registration: {
    scheme_id: string;
    member_id: string;
    from_on: string;
    provider: string | null;
    registered_by: string;
    at: Timestamp;
  };
  cover_capitation_line: {
    run_id: string;
    provider: string;
    tariff: string;
    band: string;
    members: number;
    rate_minor: Minor;
    amount_minor: Minor;
  };
  cover_payment_line: {
    run_id: string;
    claim_id: string;
    provider: string;
    amount_minor: Minor;
  };
};
