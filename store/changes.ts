import type { Resource } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { Decisions } from './decisions.ts';
import { typeIndex } from './definitions.ts';
import { absent, invalid } from './faults.ts';
import { rowColumns, type StoredRow, withFacts } from './rows.ts';
import { allOf } from './search/filters.ts';
import { narrowing } from './search/search.ts';
import { type Reader, subjectIn } from './search/visible.ts';
import type { TransactionRunner } from './session.ts';
import type { Change, ChangePage, RequestContext } from './types.ts';

const PAGE_MAXIMUM = 1000;

export interface HistoryOptions {
  readonly before?: string | undefined;
  readonly since?: Date | undefined;
  readonly limit?: number | undefined;
}

/** See `RequestStore.changes`. */
export async function changes(
  runner: TransactionRunner,
  context: RequestContext,
  after: string | undefined,
  limit: number,
): Promise<ChangePage> {
  const [change, type, id] = after === undefined ? ['0', '', ''] : readToken(after, 3);
  const decisions = new Decisions(context);
  const count = Math.max(1, Math.min(limit, PAGE_MAXIMUM));
  const { rows } = await sql<StoredRow>`
    select ${rowColumns} from resource r ${withFacts}
    where (r.change, r.resource_type, r.id) > (${change}::bigint, ${type}, ${id}) and r.change < change_horizon()
      and ${allOf(narrowing(context))}
    order by r.change, r.resource_type, r.id limit ${count}`.execute(runner.db);
  const page = await visible({ db: runner.db, scope: undefined, decisions }, rows);
  await runner.writer.write(decisions.takeEntries());
  const last = rows.at(-1);
  // The token moves past what was hidden too; it holds no id that a caller could read anything by.
  return { changes: page, next: last ? writeToken([last.change, last.resource_type, last.id]) : after };
}

/** See `RequestStore.typeHistory`. */
export async function typeHistory(
  runner: TransactionRunner,
  context: RequestContext,
  resourceType: string,
  options: HistoryOptions = {},
): Promise<ChangePage> {
  const decisions = new Decisions(context);
  if (!typeIndex(resourceType) || !decisions.type('history', resourceType)) {
    await runner.writer.write(decisions.takeEntries());
    throw absent();
  }
  const [change, id, version] =
    options.before === undefined ? ['9223372036854775807', '', '0'] : readToken(options.before, 3);
  const count = Math.max(1, Math.min(options.limit ?? 100, PAGE_MAXIMUM));
  const { rows } = await sql<StoredRow>`
    select h.shard, h.resource_type, h.id, h.version_id, h.version, h.change, h.last_updated, h.deleted, h.person_id,
      h.content, h.categories, h.labels, f.consents, f.facilities
    from history h left join person_facts f on f.person_id = h.person_id
    where h.resource_type = ${resourceType} and (h.change, h.id, h.version) < (${change}::bigint, ${id}, ${version}::integer)
      and (${options.since?.toISOString() ?? null}::timestamptz is null or h.last_updated >= ${options.since?.toISOString() ?? null}::timestamptz)
    order by h.change desc, h.id desc, h.version desc limit ${count}`.execute(runner.db);
  const page = await visible({ db: runner.db, scope: undefined, decisions }, rows, 'history');
  await runner.writer.write(decisions.takeEntries());
  const last = rows.at(-1);
  return {
    changes: page,
    next: last && rows.length === count ? writeToken([last.change, last.id, String(last.version)]) : undefined,
  };
}

async function visible(
  reader: Reader,
  rows: readonly StoredRow[],
  action: 'read' | 'history' = 'read',
): Promise<Change[]> {
  const seen: Change[] = [];
  for (const row of rows) {
    if (
      reader.decisions.type(action, row.resource_type) &&
      reader.decisions.row(action, await subjectIn(reader, row))
    ) {
      seen.push({
        change: row.change,
        resourceType: row.resource_type,
        id: row.id,
        versionId: row.version_id,
        lastUpdated: row.last_updated.toISOString(),
        resource: row.content === null ? undefined : (JSON.parse(row.content) as Resource),
      });
    }
  }
  return seen;
}

const writeToken = (parts: readonly string[]): string => Buffer.from(parts.join('\n')).toString('base64url');

function readToken(token: string, length: number): readonly [string, string, string] {
  const parts = Buffer.from(token, 'base64url').toString('utf8').split('\n');
  if (parts.length !== length || !/^\d{1,19}$/.test(parts[0]!) || parts.some((part) => !/^[\w\-.]{0,64}$/.test(part))) {
    throw invalid('The token is not one of this list');
  }
  return parts as [string, string, string];
}
