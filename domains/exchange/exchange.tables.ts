import type { ColumnType, Kysely } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** The tables of the exchange (`store/migrations/0101-exchange.ts`). */
export type ExchangeTables = {
  /** A card given out: which person it stands for, and its place in the status list. Claims stay on the card. */
  card: {
    card_id: string;
    person_id: string;
    status_list: number;
    status_index: number;
    claims: ColumnType<Record<string, string | number>, string, string>;
    issued_at: Timestamp;
    expires_at: Timestamp;
    revoked_at: ColumnType<Date | null, Date | null, Date | null>;
    revoked_because: string | null;
  };
  /** What partners published, as fetched: verified again each time it is loaded. */
  trust_cache: { kind: 'trust-list' | 'key-set' | 'status-list'; subject: string; body: string; fetched_at: Timestamp };
  /** Message and presentation ids already seen, until no repeat could pass any more. */
  seen_message: { id: string; seen_by: string; until: Timestamp };
  /**
   * Records received from abroad, each as its home node signed it: not part of the record here, decided upon as if it
   * were, and gone when its time is over.
   */
  received_record: {
    id: string;
    request_id: string;
    actor_id: string;
    facility: string | null;
    from_country: string;
    received_at: Timestamp;
    purpose: string;
    agreement: string;
    clause: string;
    categories: string[];
    name: string;
    signed_by: string;
    key_id: string;
    signed_at: Timestamp;
    document_digest: string;
    retain_until: Timestamp;
    document_categories: string[];
    document_labels: string[];
    signed_answer: string;
  };
};

export type ExchangeDatabase = Kysely<ExchangeTables>;
