import { gone, OperationOutcomeError } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import { claimedBy, isClaimed } from '@serai/kernel/fhir/claimed-by.ts';
import type { PersonFacts } from '@serai/policy/types.ts';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Subject } from './decisions.ts';
import { prepare } from './sql.ts';

/** A stored version as reads fetch it: the row and its person's facts, in one statement. */
export interface StoredRow {
  readonly shard: string;
  readonly resource_type: string;
  readonly id: string;
  readonly version_id: string;
  readonly version: number;
  readonly change: string;
  readonly last_updated: Date;
  readonly deleted: boolean;
  readonly person_id: string | null;
  readonly content: string | null;
  readonly categories: string[];
  readonly labels: string[];
  readonly consents: unknown;
  readonly facilities: string[] | null;
}

const VERSION_COLUMNS = [
  'shard',
  'resource_type',
  'id',
  'version_id',
  'version',
  'change',
  'last_updated',
  'deleted',
  'person_id',
  'content',
  'categories',
  'labels',
];

type Alias = 'r' | 't1' | 'h';

function columnsOf(alias: Alias): string {
  return `${VERSION_COLUMNS.map((name) => `${alias}.${name}`).join(', ')}, f.consents, f.facilities`;
}

function factsOf(alias: Alias): string {
  return `left join person_facts f on f.person_id = ${alias}.person_id`;
}

/** The columns of {@link StoredRow}, from `alias` joined with `f`. */
export const rowColumnsOf = (alias: Alias) => sql.raw<StoredRow>(columnsOf(alias));

export const withFactsOf = (alias: Alias) => sql.raw(factsOf(alias));

export const rowColumns = rowColumnsOf('r');
export const withFacts = withFactsOf('r');

const CURRENT = prepare(
  `select ${columnsOf('r')} from resource r ${factsOf('r')} where r.resource_type = $1 and r.id = $2`,
);
const CURRENT_LOCKED = prepare(`${CURRENT} for update of r`);

/** The most frequent statement of all: its text is made once. */
export async function fetchCurrent(
  db: Kysely<Database>,
  resourceType: string,
  id: string,
  lock = false,
): Promise<StoredRow | undefined> {
  const query = CompiledQuery.raw(lock ? CURRENT_LOCKED : CURRENT, [resourceType, id]) as CompiledQuery<StoredRow>;
  const { rows } = await db.executeQuery(query);
  return rows[0];
}

export async function fetchMany(
  db: Kysely<Database>,
  keys: readonly { readonly resourceType: string; readonly id: string }[],
): Promise<StoredRow[]> {
  if (keys.length === 0) {
    return [];
  }
  const { rows } = await sql<StoredRow>`
    select ${rowColumns} from unnest(${keys.map((key) => key.resourceType)}::text[], ${keys.map((key) => key.id)}::text[])
      with ordinality as wanted (resource_type, id, place)
    join resource r on r.resource_type = wanted.resource_type and r.id = wanted.id ${withFacts}
    where not r.deleted order by wanted.place`.execute(db);
  return rows;
}

export function personFactsOf(row: StoredRow): PersonFacts | undefined {
  return row.facilities === null
    ? undefined
    : { consents: row.consents as PersonFacts['consents'], facilities: row.facilities };
}

export function subjectOf(row: StoredRow, person = personFactsOf(row)): Subject {
  return {
    resourceType: row.resource_type,
    id: row.id,
    personId: row.person_id ?? undefined,
    categories: row.categories,
    labels: row.labels,
    ...(isClaimed(row.resource_type) && row.content !== null && { claimedBy: claimedBy(JSON.parse(row.content)) }),
    person,
  };
}

/** @throws OperationOutcomeError 410 when the row says the resource was deleted. */
export function contentOf<T extends Resource>(row: StoredRow): T & { id: string } {
  if (row.content === null) {
    throw new OperationOutcomeError(gone);
  }
  return JSON.parse(row.content) as T & { id: string };
}
