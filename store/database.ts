import type { ColumnType } from 'kysely';

/** The tables, as Kysely sees them. Written with `migrations/`, in the same words. */
export interface Database {
  node_meta: NodeMetaTable;
  resource: ResourceTable;
  history: HistoryTable;
  search_text: SearchTextTable;
  search_date: SearchDateTable;
  search_quantity: SearchQuantityTable;
  search_reference: SearchReferenceTable;
  person_facts: PersonFactsTable;
  request: RequestTable;
  evidence_entry: EvidenceEntryTable;
  evidence_checkpoint: EvidenceCheckpointTable;
  outbox: OutboxTable;
  inbox: InboxTable;
}

/** 64-bit numbers travel as decimal text. */
type Bigint = ColumnType<string, string | number | bigint, string | number | bigint>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json<T = unknown> = ColumnType<T, string, string>;

export interface NodeMetaTable {
  only_row: boolean;
  /** Added to transaction ids to make change numbers; raised when a backup is restored into a younger database. */
  change_base: Bigint;
}

/** What every row that belongs to a resource begins with. */
interface ResourceKey {
  /** The person's id where the resource belongs to a person, else its own: where a cluster keeps the row. */
  shard: string;
  resource_type: string;
  id: string;
}

interface VersionColumns extends ResourceKey {
  version_id: string;
  /** 1, 2, 3, …: the order of versions, also of those one commit makes. */
  version: number;
  /** Change number of the commit that wrote it. */
  change: Bigint;
  last_updated: Timestamp;
  author: string;
  deleted: boolean;
  /** Whose record it is part of; null when nobody's. */
  person_id: string | null;
  /** The resource as JSON; null once deleted. */
  content: string | null;
  categories: string[];
  labels: string[];
}

/** Current state: one row for each resource, deleted ones too. */
export interface ResourceTable extends VersionColumns {
  /** Hashes of everything the resource is matched by exactly (`kernel/fhir/search-hash.ts`). */
  tokens: string[];
}

/** Every version, the current one too. */
export type HistoryTable = VersionColumns;

interface SearchRow extends ResourceKey {
  /** Search parameter. */
  code: string;
  /** Composite parameters: hashes of the other part. */
  pair: string[] | null;
}

export interface SearchTextTable extends SearchRow {
  value: string;
  /** Case and diacritics folded. */
  folded: string;
}

/** [low, high) in ticks of 100 ns since 1970. */
export interface SearchDateTable extends SearchRow {
  low: Bigint;
  high: Bigint;
}

export interface SearchQuantityTable extends SearchRow {
  low: number;
  high: number;
  system: string | null;
  unit_code: string | null;
  unit: string | null;
}

export interface SearchReferenceTable extends ResourceKey {
  code: string;
  target_type: string;
  target_id: string;
}

/** What decisions may rest on, kept in the transaction that changes it. */
export interface PersonFactsTable {
  person_id: string;
  consents: Json;
  facilities: string[];
  change: Bigint;
}

/** Answers already given, by the id the caller minted. */
export interface RequestTable {
  request_id: string;
  actor_id: string;
  fingerprint: string;
  answer: Json;
  created: Timestamp;
}

export interface EvidenceEntryTable {
  entry_id: string;
  change: Bigint;
  at: Timestamp;
  kind: string;
  public: Json<Record<string, string | number | boolean | readonly string[]>>;
  /** Null once erased. */
  salt: Buffer | null;
  /** Null once erased. */
  sealed: Json | null;
  /** SHA-256 of salt and sealed. */
  commitment: Buffer;
  person_id: string | null;
  /** Place in the Merkle tree; null until sequenced. */
  leaf_index: Bigint | null;
}

/** Signed statements of the tree's root at a size, and partners' signatures of them. */
export interface EvidenceCheckpointTable {
  size: Bigint;
  /** The signed note, as text. */
  note: string;
  /** Signature lines of partners. */
  cosigned: ColumnType<string[], string[] | undefined>;
  created: Timestamp;
}

export interface OutboxTable {
  message_id: string;
  topic: string;
  destination: string;
  payload: Json;
  state: ColumnType<'waiting' | 'delivered' | 'dead', 'waiting' | 'delivered' | 'dead' | undefined>;
  attempts: ColumnType<number, number | undefined>;
  due: Timestamp;
  created: Timestamp;
  delivered: ColumnType<Date | null, Date | undefined>;
  last_error: ColumnType<string | null, string | undefined>;
}

export interface InboxTable {
  message_id: string;
  received: Timestamp;
}
