import type { SearchRequest } from '@medplum/core';
import { type RawBuilder, sql } from 'kysely';
import { typeIndex } from '../definitions.ts';
import { invalid } from '../faults.ts';
import { rowColumns, type StoredRow, withFacts } from '../rows.ts';
import { allOf, anyOf, type Condition, type FilterContext, filtersCondition } from './filters.ts';

/** A search as one statement: the condition, the order, and where to go on. */

export interface SortKey {
  readonly expression: RawBuilder<unknown>;
  readonly cast: 'text' | 'bigint' | 'double precision' | 'timestamptz';
  readonly descending: boolean;
}

/** A row with the values it is sorted by, as text. */
export type FoundRow = StoredRow & { readonly keys: string[] };

export interface Selection {
  readonly condition: Condition;
  readonly sort: readonly SortKey[];
}

/** @throws OperationOutcomeError naming the parameter that cannot be used. */
export function selectionOf(
  types: readonly string[],
  search: Pick<SearchRequest, 'filters' | 'sortRules'>,
  context: FilterContext,
  narrow: readonly Condition[],
): Selection {
  const perType = types.map(
    (type) =>
      sql<boolean>`(r.resource_type = ${type} and ${filtersCondition(type, search.filters ?? [], 'r', context)})`,
  );
  return {
    condition: allOf([anyOf(perType), sql<boolean>`not r.deleted`, ...narrow]),
    sort: (search.sortRules ?? []).map((rule) => sortKey(types[0]!, rule.code, rule.descending === true)),
  };
}

const LAST_TEXT = '\u{10ffff}';
const LAST_TICKS = '9223372036854775807';

/** Resources without a value come last, either way round. */
function sortKey(resourceType: string, code: string, descending: boolean): SortKey {
  if (code === '_lastUpdated') {
    return { expression: sql`r.last_updated`, cast: 'timestamptz', descending };
  }
  if (code === '_id') {
    return { expression: sql`r.id`, cast: 'text', descending };
  }
  const definition = typeIndex(resourceType)?.parameters.get(code);
  const of = (aggregate: string, table: string, last: string) =>
    sql`coalesce((select ${sql.raw(aggregate)} from ${sql.table(table)} s where s.shard = r.shard
      and s.resource_type = r.resource_type and s.id = r.id and s.code = ${code}), ${sql.lit(last)})`;
  switch (definition?.type) {
    case 'date':
      return descending
        ? { expression: of('max(s.high)', 'search_date', `-${LAST_TICKS}`), cast: 'bigint', descending }
        : { expression: of('min(s.low)', 'search_date', LAST_TICKS), cast: 'bigint', descending };
    case 'number':
    case 'quantity':
      return descending
        ? { expression: of('max(s.high)', 'search_quantity', '-Infinity'), cast: 'double precision', descending }
        : { expression: of('min(s.low)', 'search_quantity', 'Infinity'), cast: 'double precision', descending };
    case 'string':
    case 'uri':
      return descending
        ? { expression: of('max(s.folded)', 'search_text', ''), cast: 'text', descending }
        : { expression: of('min(s.folded)', 'search_text', LAST_TEXT), cast: 'text', descending };
    default:
      throw invalid(`Results cannot be sorted by ${code.slice(0, 64)}`, '_sort');
  }
}

/** Where a page ended: the sort values of its last row, then its type and id. */
export type Position = readonly string[];

export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws OperationOutcomeError when the text is no cursor of this search. */
export function decodeCursor(cursor: string, sort: readonly SortKey[]): Position {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(position) &&
      position.length === sort.length + 2 &&
      position.every((part) => typeof part === 'string' && part.isWellFormed() && !part.includes('\u0000')) &&
      sort.every((key, i) => VALID[key.cast].test(position[i]))
    ) {
      return position as string[];
    }
  } catch {
    // Answered below: what is no cursor is a client's mistake.
  }
  throw invalid('The page cursor is not one of this search', '_cursor');
}

const VALID: Readonly<Record<SortKey['cast'], RegExp>> = {
  text: /^/,
  bigint: /^-?\d{1,19}$/,
  'double precision': /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/,
  timestamptz: /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
};

/** The next rows after a position, in order. */
export function page(selection: Selection, after: Position | undefined, limit: number): RawBuilder<FoundRow> {
  const { sort, condition } = selection;
  const keys = sort.map((key, i) => sql`${key.expression} as ${sql.ref(`k${i}`)}`);
  const order = [
    ...sort.map((key, i) => sql`${sql.ref(`k${i}`)} ${sql.raw(key.descending ? 'desc' : 'asc')}`),
    sql`resource_type`,
    sql`id`,
  ];
  return sql<FoundRow>`
    select q.*, array[${sql.join([...sort.map((_, i) => sql`${sql.ref(`k${i}`)}::text`), sql`resource_type`, sql`id`])}]::text[] as keys
    from (select ${rowColumns}${keys.length > 0 ? sql`, ${sql.join(keys)}` : sql``}
      from resource r ${withFacts} where ${condition}) q
    where ${after ? beyond(sort, after) : sql`true`}
    order by ${sql.join(order)} limit ${limit}`;
}

/** Lexicographically after the position, each key in its own direction. */
function beyond(sort: readonly SortKey[], after: Position): Condition {
  const columns = [
    ...sort.map((key, i) => ({ ref: sql.ref(`k${i}`), cast: key.cast as string, descending: key.descending })),
    { ref: sql.ref('resource_type'), cast: 'text', descending: false },
    { ref: sql.ref('id'), cast: 'text', descending: false },
  ];
  const value = (i: number) => sql`cast(${after[i]!} as ${sql.raw(columns[i]!.cast)})`;
  return anyOf(
    columns.map((column, i) => {
      const equal = columns.slice(0, i).map((before, j) => sql<boolean>`${before.ref} = ${value(j)}`);
      const past = column.descending
        ? sql<boolean>`${column.ref} < ${value(i)}`
        : sql<boolean>`${column.ref} > ${value(i)}`;
      return allOf([...equal, past]);
    }),
  );
}

/** How many rows there are of each kind a decision can tell apart. */
export function countByKind(selection: Selection) {
  return sql<Omit<StoredRow, 'id' | 'content'> & { readonly count: string }>`
    select r.resource_type, r.person_id, r.categories, r.labels, f.consents, f.facilities, count(*) as count
    from resource r ${withFacts} where ${selection.condition}
    group by r.resource_type, r.person_id, r.categories, r.labels, f.consents, f.facilities`;
}
