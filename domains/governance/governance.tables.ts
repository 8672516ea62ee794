import type { ColumnType, Kysely } from 'kysely';

/** Proof material of the evidence log (`store/migrations/0102-exchange.ts`). Leaves themselves are the store's. */
export type GovernanceTables = {
  /** Signed checkpoints: this node's, with the cosignatures it collected, and partners', as witnessed here. */
  checkpoint: {
    origin: string;
    size: ColumnType<string, number | string, number | string>;
    note: string;
    at: ColumnType<Date, Date, Date>;
  };
  /** Roots of perfect subtrees: all that proofs are made of. */
  evidence_range: {
    start: ColumnType<string, number | string, never>;
    size: ColumnType<string, number | string, never>;
    root: Buffer;
  };
};

export type GovernanceDatabase = Kysely<GovernanceTables>;
