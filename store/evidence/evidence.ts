import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import { type LeafContent, leafBytes as leafBytesOf } from '@serai/kernel/trust/disclosure-log.ts';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { Database } from '../database.ts';
import { RefusedError } from '../faults.ts';
import { prepare } from '../sql.ts';
import type { EvidenceEntry } from '../types.ts';

/**
 * The evidence log. Entries are written in the transaction they testify to; a sequencer gives them their place in the
 * tree afterwards, in the order of change numbers, so that writing never waits for a global lock and the tree only grows.
 */

export interface EvidenceRecord {
  readonly entryId: string;
  readonly change: string;
  readonly at: string;
  readonly kind: EvidenceEntry['kind'];
  readonly public: EvidenceEntry['public'];
  /** null once erased. */
  readonly sealed: Readonly<Record<string, unknown>> | null;
  readonly personId: string | null;
  readonly commitmentHex: string;
  readonly leafIndex: number | null;
}

export interface EvidenceLeaf {
  readonly index: number;
  readonly entryId: string;
  /** What the tree hashes: canonical JSON of { kind, at, public, commitment }, the commitment in base64url. */
  readonly bytes: Uint8Array;
}

export interface PendingEvidence {
  readonly entryId: string;
  readonly entry: EvidenceEntry;
  readonly at: Date;
}

/** Writes entries in one statement, in whatever transaction `db` is. */
export async function insertEvidence(db: Kysely<Database>, pending: readonly PendingEvidence[]): Promise<void> {
  if (pending.length === 0) {
    return;
  }
  const rows = pending.map(({ entryId, entry, at }) => {
    const salt = randomBytes(32);
    const sealed = canonicalJson(entry.sealed);
    return {
      entryId,
      at: at.toISOString(),
      kind: entry.kind,
      public: canonicalJson(entry.public),
      salt: `\\x${salt.toString('hex')}`,
      sealed,
      commitment: `\\x${commit(salt, sealed).toString('hex')}`,
      personId: entry.personId ?? null,
    };
  });
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  await db.executeQuery(
    CompiledQuery.raw(INSERT, [
      column('entryId'),
      column('at'),
      column('kind'),
      column('public'),
      column('salt'),
      column('sealed'),
      column('commitment'),
      column('personId'),
    ]),
  );
}

const INSERT = prepare(`
  insert into evidence_entry (entry_id, change, at, kind, public, salt, sealed, commitment, person_id)
  select entry_id, change, at, kind, public::jsonb, salt::bytea, sealed::jsonb, commitment::bytea, person_id
  from (select current_change() as change) now_at,
    unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    as entry (entry_id, at, kind, public, salt, sealed, commitment, person_id)`);

/** SHA-256 of salt and the canonical JSON of what is sealed. */
export function commit(salt: Uint8Array, sealed: string): Buffer {
  return createHash('sha256').update(salt).update(sealed).digest();
}

export const pendingEvidence = (entry: EvidenceEntry, at: Date): PendingEvidence => ({
  entryId: randomUUID(),
  entry,
  at,
});

/** Inserts under way at once: while one waits for the disk, the next group is already on its way. */
const INSERTS_MAXIMUM = 2;
const GROUP_MAXIMUM = 500;

interface Waiting {
  readonly entries: readonly PendingEvidence[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes decisions of reads in groups: those that arrive while inserts are under way share the next. A read is answered
 * only once its entry is on disk.
 */
export class GroupWriter {
  readonly #db: Kysely<Database>;
  #waiting: Waiting[] = [];
  #inserting = 0;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @throws RefusedError `store.evidence-unavailable` when the log cannot be written. */
  async write(entries: readonly PendingEvidence[]): Promise<void> {
    if (entries.length === 0) {
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ entries, done: resolve, failed: reject });
    if (this.#waiting.length === 1) {
      // Those of the same turn go together.
      setImmediate(() => this.#flush());
    }
    await promise;
  }

  #flush(): void {
    if (this.#inserting >= INSERTS_MAXIMUM || this.#waiting.length === 0) {
      return;
    }
    const group = this.#waiting.splice(0, GROUP_MAXIMUM);
    this.#inserting++;
    insertEvidence(
      this.#db,
      group.flatMap(({ entries }) => entries),
    )
      .then(
        () => {
          for (const { done } of group) {
            done();
          }
        },
        (cause: unknown) => {
          for (const { failed } of group) {
            failed(new RefusedError('store.evidence-unavailable', { cause }));
          }
        },
      )
      .finally(() => {
        this.#inserting--;
        this.#flush();
      });
    this.#flush();
  }
}

/** Reading, sequencing and erasing the log: for the trust, operator and person pages. */
export class EvidenceLog {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Gives every finished entry its place, in the order of change numbers. Only one process does it at a time.
   *
   * @returns how many were placed, and the size of the tree.
   */
  async sequence(limit = 10_000): Promise<{ readonly placed: number; readonly size: number }> {
    return this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(7261002)`.execute(tx);
      const { numAffectedRows } = await sql`
        with start as (select coalesce(max(leaf_index) + 1, 0) as at from evidence_entry),
        finished as (
          select entry_id, row_number() over (order by change, entry_id) - 1 as place
          from evidence_entry where leaf_index is null and change < change_horizon()
          order by change, entry_id limit ${limit}
        )
        update evidence_entry e set leaf_index = start.at + finished.place
        from finished, start where e.entry_id = finished.entry_id`.execute(tx);
      const size = await sql<{
        size: string;
      }>`select coalesce(max(leaf_index) + 1, 0) as size from evidence_entry`.execute(tx);
      return { placed: Number(numAffectedRows ?? 0), size: Number(size.rows[0]!.size) };
    });
  }

  /** Leaves `from` (inclusive) to `to` (exclusive), in order. */
  async leaves(from: number, to: number): Promise<readonly EvidenceLeaf[]> {
    const rows = await this.#db
      .selectFrom('evidence_entry')
      .select(['entry_id', 'kind', 'at', 'public', 'commitment', 'leaf_index'])
      .where('leaf_index', '>=', String(from))
      .where('leaf_index', '<', String(to))
      .orderBy('leaf_index')
      .execute();
    return rows.map((row) => ({
      index: Number(row.leaf_index),
      entryId: row.entry_id,
      bytes: leafBytes(row.kind, row.at, row.public, row.commitment),
    }));
  }

  /** Newest first. `before` is the `entryId` of the last one seen. */
  async list(options: {
    readonly personId?: string;
    readonly kind?: EvidenceEntry['kind'];
    readonly before?: string;
    readonly limit?: number;
  }): Promise<readonly EvidenceRecord[]> {
    let query = this.#db
      .selectFrom('evidence_entry')
      .selectAll()
      .orderBy('change', 'desc')
      .orderBy('entry_id', 'desc')
      .limit(Math.min(options.limit ?? 50, 1000));
    if (options.personId !== undefined) {
      query = query.where('person_id', '=', options.personId);
    }
    if (options.kind !== undefined) {
      query = query.where('kind', '=', options.kind);
    }
    if (options.before !== undefined) {
      query = query.where(
        sql<boolean>`(change, entry_id) < (select change, entry_id from evidence_entry where entry_id = ${options.before}::uuid)`,
      );
    }
    return (await query.execute()).map((row) => ({
      entryId: row.entry_id,
      change: row.change,
      at: row.at.toISOString(),
      kind: row.kind as EvidenceEntry['kind'],
      public: row.public,
      sealed: row.sealed as EvidenceRecord['sealed'],
      personId: row.person_id,
      commitmentHex: row.commitment.toString('hex'),
      leafIndex: row.leaf_index === null ? null : Number(row.leaf_index),
    }));
  }

  /** Drops what was sealed and its salt; the commitment, and so the proof, stays. @returns whether there was one. */
  async erase(entryId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('evidence_entry')
      .set({ salt: null, sealed: null, person_id: null })
      .where('entry_id', '=', entryId)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

/** The leaf as the kernel reads it (`kernel/trust/disclosure-log.ts`), so that anyone can check it without us. */
export function leafBytes(kind: string, at: Date, publicPart: LeafContent['public'], commitment: Buffer): Uint8Array {
  return leafBytesOf({ kind, at: at.toISOString(), public: publicPart, commitment: commitment.toString('base64url') });
}
