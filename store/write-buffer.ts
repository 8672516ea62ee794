import type { SearchRows } from '@serai/kernel/fhir/search-index.ts';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';

/** A version to be written, with everything that finds it. */
export interface PendingVersion {
  readonly shard: string;
  /** Where the current row is now; undefined when there is none. */
  readonly previousShard: string | undefined;
  readonly resourceType: string;
  readonly id: string;
  readonly versionId: string;
  readonly version: number;
  readonly lastUpdated: string;
  readonly author: string;
  readonly deleted: boolean;
  readonly personId: string | undefined;
  readonly content: string | undefined;
  readonly categories: readonly string[];
  readonly labels: readonly string[];
  readonly rows: SearchRows;
}

/** Rows a transaction has yet to send: many resources become one statement. */
export class WriteBuffer {
  #pending = new Map<string, PendingVersion>();
  #bytes = 0;

  get(resourceType: string, id: string): PendingVersion | undefined {
    return this.#pending.get(`${resourceType}/${id}`);
  }

  get isFull(): boolean {
    return this.#pending.size >= 500 || this.#bytes > 4_000_000;
  }

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  add(version: PendingVersion): void {
    this.#pending.set(`${version.resourceType}/${version.id}`, version);
    this.#bytes += version.content?.length ?? 0;
  }

  clear(): void {
    this.#pending = new Map();
    this.#bytes = 0;
  }

  /** Sends everything in one statement: current rows, history and search rows together. */
  async flush(db: Kysely<Database>): Promise<void> {
    if (this.#pending.size === 0) {
      return;
    }
    const versions = [...this.#pending.values()];
    this.clear();
    await writeVersions(db, versions);
  }
}

const column = <T>(versions: readonly PendingVersion[], read: (version: PendingVersion) => T): T[] =>
  versions.map(read);

/** An array inside an array of columns travels as PostgreSQL's own array text. */
const arrayText = (values: Iterable<string>): string => `{${[...values].join(',')}}`;

const quotedArrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;

async function writeVersions(db: Kysely<Database>, versions: readonly PendingVersion[]): Promise<void> {
  const replaces = versions.some((version) => version.previousShard !== undefined);
  await sql`
    with input as materialized (
      select * from unnest(
        ${column(versions, (v) => v.shard)}::text[],
        ${column(versions, (v) => v.previousShard ?? null)}::text[],
        ${column(versions, (v) => v.resourceType)}::text[],
        ${column(versions, (v) => v.id)}::text[],
        ${column(versions, (v) => v.versionId)}::uuid[],
        ${column(versions, (v) => v.version)}::integer[],
        ${column(versions, (v) => v.lastUpdated)}::timestamptz[],
        ${column(versions, (v) => v.author)}::text[],
        ${column(versions, (v) => v.deleted)}::boolean[],
        ${column(versions, (v) => v.personId ?? null)}::text[],
        ${column(versions, (v) => v.content ?? null)}::text[],
        ${column(versions, (v) => arrayText(v.rows.tokens))}::text[],
        ${column(versions, (v) => quotedArrayText(v.categories))}::text[],
        ${column(versions, (v) => quotedArrayText(v.labels))}::text[]
      ) as t (shard, previous_shard, resource_type, id, version_id, version, last_updated, author, deleted, person_id,
        content, tokens, categories, labels)
    ), ${replaces ? removals() : sql``} now_at as (select current_change() as change),
    past as (
      insert into history (shard, resource_type, id, version_id, version, change, last_updated, author, deleted, person_id,
        content, categories, labels)
      select shard, resource_type, id, version_id, version, change, last_updated, author, deleted, person_id, content,
        categories::text[], labels::text[] from input, now_at
    )${searchRows(versions)}
    insert into resource (shard, resource_type, id, version_id, version, change, last_updated, author, deleted, person_id,
      content, tokens, categories, labels)
    select shard, resource_type, id, version_id, version, change, last_updated, author, deleted, person_id, content,
      tokens::bigint[], categories::text[], labels::text[] from input, now_at
    ${
      replaces
        ? sql`on conflict (shard, resource_type, id) do update set version_id = excluded.version_id,
            version = excluded.version, change = excluded.change, last_updated = excluded.last_updated,
            author = excluded.author, deleted = excluded.deleted, person_id = excluded.person_id,
            content = excluded.content, tokens = excluded.tokens, categories = excluded.categories, labels = excluded.labels
            where resource.version = excluded.version - 1`
        : sql``
    }`.execute(db);
}

/** Old search rows go, and the old current row where the resource moves to another person's shard. */
function removals() {
  const old = sql`i.previous_shard is not null and r.shard = i.previous_shard and r.resource_type = i.resource_type and r.id = i.id`;
  return sql`
    moved as (delete from resource r using input i where ${old} and i.previous_shard <> i.shard),
    old_text as (delete from search_text r using input i where ${old}),
    old_date as (delete from search_date r using input i where ${old}),
    old_quantity as (delete from search_quantity r using input i where ${old}),
    old_reference as (delete from search_reference r using input i where ${old}),`;
}

function searchRows(versions: readonly PendingVersion[]) {
  const rows = <T>(pick: (rows: SearchRows) => readonly T[]) =>
    versions.flatMap((version) => pick(version.rows).map((row) => ({ version, row })));
  const keys = (found: readonly { readonly version: PendingVersion }[]) => sql`
    ${found.map(({ version }) => version.shard)}::text[],
    ${found.map(({ version }) => version.resourceType)}::text[],
    ${found.map(({ version }) => version.id)}::text[]`;
  const pair = (row: { readonly pair?: readonly string[] }) => (row.pair ? arrayText(row.pair) : null);
  const texts = rows((r) => r.texts);
  const dates = rows((r) => r.dates);
  const quantities = rows((r) => r.quantities);
  const references = rows((r) => r.references);
  return sql`${
    texts.length === 0
      ? sql``
      : sql`, new_text as (
          insert into search_text (shard, resource_type, id, code, value, folded, pair)
          select shard, resource_type, id, code, value, folded, pair::bigint[] from unnest(${keys(texts)},
            ${texts.map(({ row }) => row.code)}::text[], ${texts.map(({ row }) => row.value)}::text[],
            ${texts.map(({ row }) => row.folded)}::text[], ${texts.map(({ row }) => pair(row))}::text[])
          as t (shard, resource_type, id, code, value, folded, pair))`
  }${
    dates.length === 0
      ? sql``
      : sql`, new_date as (
          insert into search_date (shard, resource_type, id, code, low, high, pair)
          select shard, resource_type, id, code, low, high, pair::bigint[] from unnest(${keys(dates)},
            ${dates.map(({ row }) => row.code)}::text[], ${dates.map(({ row }) => row.low.toString())}::bigint[],
            ${dates.map(({ row }) => row.high.toString())}::bigint[], ${dates.map(({ row }) => pair(row))}::text[])
          as t (shard, resource_type, id, code, low, high, pair))`
  }${
    quantities.length === 0
      ? sql``
      : sql`, new_quantity as (
          insert into search_quantity (shard, resource_type, id, code, low, high, system, unit_code, unit, pair)
          select shard, resource_type, id, code, low, high, system, unit_code, unit, pair::bigint[]
          from unnest(${keys(quantities)},
            ${quantities.map(({ row }) => row.code)}::text[], ${quantities.map(({ row }) => row.low)}::double precision[],
            ${quantities.map(({ row }) => row.high)}::double precision[],
            ${quantities.map(({ row }) => row.system ?? null)}::text[],
            ${quantities.map(({ row }) => row.unitCode ?? null)}::text[],
            ${quantities.map(({ row }) => row.unit ?? null)}::text[],
            ${quantities.map(({ row }) => pair(row))}::text[])
          as t (shard, resource_type, id, code, low, high, system, unit_code, unit, pair))`
  }${
    references.length === 0
      ? sql``
      : sql`, new_reference as (
          insert into search_reference (shard, resource_type, id, code, target_type, target_id)
          select * from unnest(${keys(references)}, ${references.map(({ row }) => row.code)}::text[],
            ${references.map(({ row }) => row.targetType)}::text[], ${references.map(({ row }) => row.targetId)}::text[]))`
  }`;
}
