import { DEFAULT_MAX_SEARCH_COUNT, DEFAULT_SEARCH_COUNT, formatSearchQuery, type SearchRequest } from '@medplum/core';
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import { isClaimed } from '@serai/kernel/fhir/claimed-by.ts';
import { sql } from 'kysely';
import { typeIndex } from '../definitions.ts';
import { absent, invalid } from '../faults.ts';
import { contentOf, personFactsOf } from '../rows.ts';
import type { RequestContext } from '../types.ts';
import { parseChain } from './chains.ts';
import type { Condition, FilterContext } from './filters.ts';
import { includedResources } from './includes.ts';
import {
  countByKind,
  decodeCursor,
  encodeCursor,
  type FoundRow,
  type Position,
  page,
  type Selection,
  selectionOf,
} from './select.ts';
import { subset } from './subset.ts';
import { type Reader, subjectIn, visibleThroughChain } from './visible.ts';

/** Rows looked at for one page before giving up: only a reader who may see almost nothing meets it. */
const SCANNED_MAXIMUM = 20_000;

/**
 * Searches as the actor may see: types narrowed first, rows verified one by one, pages filled with what is visible only,
 * so that neither their length, nor the links, nor a total tells of a row that was dropped.
 */
export async function runSearch<T extends Resource>(
  reader: Reader,
  search: SearchRequest<T>,
  request: RequestContext,
  baseUrl: string,
): Promise<Bundle> {
  const types = visibleTypes(reader, search);
  const context: FilterContext = {
    baseUrl,
    now: request.clock(),
    mayChain: (type) => typeIndex(type) !== undefined && reader.decisions.type('search', type),
  };
  const selection = selectionOf(types, search, context, narrowing(request));
  const count = pageLength(search.count);
  const offset = nonNegative(search.offset, '_offset') ?? 0;
  const start = search.cursor === undefined ? undefined : decodeCursor(search.cursor, selection.sort);
  const found = count === 0 ? [] : await visibleRows(reader, selection, search, context, start, offset, count + 1);
  const rows = found.slice(0, count);
  const resources = rows.map((row) => contentOf<T>(row));
  const included =
    search.include || search.revInclude ? await includedResources(reader, search, resources, baseUrl) : [];
  const entry = (resource: Resource, mode: 'match' | 'include'): BundleEntry => ({
    fullUrl: `${baseUrl}${resource.resourceType}/${resource.id}`,
    search: { mode },
    resource: mode === 'match' ? subset(resource, search) : resource,
  });
  const address = (query: SearchRequest) =>
    `${baseUrl}${search.resourceType === ('MultipleTypes' as string) ? '' : search.resourceType}${formatSearchQuery(query)}`;
  const last = rows.at(-1);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(wantsTotal(search) && { total: await countVisible(reader, selection, search, context) }),
    link: [
      { relation: 'self', url: address(search) },
      ...(found.length > count && last
        ? [{ relation: 'next', url: address({ ...search, offset: 0, cursor: encodeCursor(last.keys) }) }]
        : []),
    ],
    ...(resources.length > 0 && {
      entry: [
        ...resources.map((resource) => entry(resource, 'match')),
        ...included.map((resource) => entry(resource, 'include')),
      ],
    }),
  };
}

function visibleTypes(reader: Reader, search: SearchRequest): string[] {
  const asked: readonly string[] = search.types ?? [search.resourceType];
  const types = asked.filter((type) => typeIndex(type) && reader.decisions.type('search', type));
  if (types.length === 0) {
    throw absent();
  }
  return types;
}

/** What the database need not even fetch. Verification still sees every row. */
export function narrowing({ actor }: RequestContext): Condition[] {
  return actor.class === 'person' ? [sql<boolean>`(r.person_id is null or r.person_id = ${actor.personId ?? ''})`] : [];
}

function pageLength(count: number | undefined): number {
  return Math.min(nonNegative(count, '_count') ?? DEFAULT_SEARCH_COUNT, DEFAULT_MAX_SEARCH_COUNT);
}

function nonNegative(value: number | undefined, name: string): number | undefined {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
    throw invalid(`${name} takes a whole number of zero or more`, name);
  }
  return value;
}

async function visibleRows(
  reader: Reader,
  selection: Selection,
  search: SearchRequest,
  context: FilterContext,
  start: Position | undefined,
  skip: number,
  wanted: number,
): Promise<FoundRow[]> {
  const visible: FoundRow[] = [];
  let after = start;
  let toSkip = skip;
  for (let scanned = 0; visible.length < wanted && scanned < SCANNED_MAXIMUM; ) {
    const limit = Math.min(Math.max(wanted + toSkip, 10) * (scanned === 0 ? 1 : 4), 2000);
    const { rows } = await page(selection, after, limit).execute(reader.db);
    const kept = await verify(reader, rows, search, context);
    visible.push(...kept.slice(toSkip));
    toSkip = Math.max(0, toSkip - kept.length);
    scanned += rows.length;
    if (rows.length < limit) {
      break;
    }
    after = rows.at(-1)!.keys;
  }
  return visible.slice(0, wanted);
}

async function verify(
  reader: Reader,
  rows: readonly FoundRow[],
  search: SearchRequest,
  context: FilterContext,
): Promise<FoundRow[]> {
  let kept: FoundRow[] = [];
  for (const row of rows) {
    if (reader.decisions.row('search', await subjectIn(reader, row))) {
      kept.push(row);
    }
  }
  for (const filter of search.filters ?? []) {
    const chain = kept.length > 0 ? parseChain(kept[0]!.resource_type, filter) : undefined;
    if (chain) {
      const reached = await visibleThroughChain(reader, kept, chain, context);
      kept = kept.filter((row) => reached.has(`${row.resource_type}/${row.id}`));
    }
  }
  return kept;
}

const wantsTotal = (search: SearchRequest) => search.total === 'accurate' || search.total === 'estimate';

/** Exact, of what is visible. Chains have to be followed row by row, and claims where it matters whose they are. */
async function countVisible(
  reader: Reader,
  selection: Selection,
  search: SearchRequest,
  context: FilterContext,
): Promise<number> {
  const rowByRow = async () =>
    (await visibleRows(reader, { ...selection, sort: [] }, search, context, undefined, 0, SCANNED_MAXIMUM)).length;
  if (search.filters?.some((filter) => parseChain(search.resourceType, filter))) {
    return rowByRow();
  }
  const { rows } = await countByKind(selection).execute(reader.db);
  let total = 0;
  for (const row of rows) {
    const changed = row.person_id === null ? undefined : await reader.scope?.changedFacts(row.person_id);
    const kind = {
      resourceType: row.resource_type,
      personId: row.person_id ?? undefined,
      categories: row.categories,
      labels: row.labels,
      person: changed ?? personFactsOf({ ...row, id: '', content: null }),
    };
    const permitted = reader.decisions.silently('search', kind);
    if (
      isClaimed(row.resource_type) &&
      reader.decisions.silently('search', { ...kind, claimedBy: reader.decisions.facility }) !== permitted
    ) {
      return rowByRow();
    }
    total += permitted ? Number(row.count) : 0;
  }
  return total;
}
