import type { ColumnType, JSONColumnType } from 'kysely';

/** The tables of sign-in (`store/migrations/0100-access.ts`). Passwords are kept as argon2id strings only. */
export interface AccessTables {
  account: {
    id: string;
    kind: 'staff' | 'client';
    username: string;
    /** argon2id in PHC form: of a password, or of a client's secret; null where a client signs with its own key. */
    secret_hash: string | null;
    /** Public keys of a client that authenticates with `private_key_jwt`. */
    jwks: JSONColumnType<{ keys: readonly Record<string, unknown>[] } | null>;
    name: string;
    class: string;
    roles: JSONColumnType<readonly string[]>;
    /** `Organization/…` the account acts for. */
    facility: string | null;
    language: string;
    person_id: string | null;
    active: boolean;
  };
  oidc_record: {
    kind: string;
    id: string;
    payload: JSONColumnType<Record<string, unknown>>;
    uid: string | null;
    grant_id: string | null;
    expires_at: ColumnType<Date | null, Date | null, Date | null>;
    consumed_at: ColumnType<Date | null, Date | null, Date | null>;
  };
  sign_in_failure: {
    /** Keyed hash of the name that was typed, whether or not it exists. */
    name_hash: string;
    failures: number;
    wait_until: ColumnType<Date, Date, Date>;
  };
  /** Secrets a node makes for itself on first start: signing keys, cookie keys, pseudonym secret. */
  node_secret: {
    name: string;
    value: JSONColumnType<Record<string, unknown>>;
    created_at: ColumnType<Date, Date, never>;
  };
}
