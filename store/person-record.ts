import type { Resource } from '@medplum/fhirtypes';
import type { DataCategory, PersonFacts } from '@serai/policy/types.ts';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { Decisions } from './decisions.ts';
import { contentOf, fetchMany, rowColumns, type StoredRow, subjectOf, withFacts } from './rows.ts';
import type { TransactionRunner } from './session.ts';
import type { RequestContext } from './types.ts';

/**
 * Everything of one person that this reader may have, and what it refers to that belongs to nobody (organisations,
 * medicines). One shard, two statements, however much there is; every row is decided upon, masked and logged.
 */
export async function personRecord(
  runner: TransactionRunner,
  context: RequestContext,
  personId: string,
): Promise<readonly Resource[]> {
  const decisions = new Decisions(context);
  const { rows } = await sql<StoredRow>`
    select ${rowColumns} from resource r ${withFacts}
    where r.shard = ${personId} and r.person_id = ${personId} and not r.deleted
    order by r.resource_type, r.id`.execute(runner.db);
  const record: Resource[] = [];
  const referred = new Map<string, { resourceType: string; id: string }>();
  for (const row of rows) {
    const subject = subjectOf(row);
    if (!decisions.row('read', subject)) {
      continue;
    }
    const resource = contentOf<Resource>(row);
    const may = (category: DataCategory) => decisions.silently('read', { ...subject, categories: [category] });
    record.push(runner.rules.mask ? runner.rules.mask(resource, may) : resource);
    for (const [, resourceType, id] of (row.content ?? '').matchAll(
      /"reference":"([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})"/g,
    )) {
      referred.set(`${resourceType}/${id}`, { resourceType: resourceType!, id: id! });
    }
  }
  for (const row of await fetchMany(runner.db, [...referred.values()])) {
    if (row.person_id === null && decisions.row('read', subjectOf(row))) {
      record.push(contentOf<Resource>(row));
    }
  }
  await runner.writer.write(decisions.takeEntries());
  return record;
}

/** What decisions about a person may rest on, as last written. */
export async function readPersonFacts(db: Kysely<Database>, personId: string): Promise<PersonFacts | undefined> {
  const row = await db
    .selectFrom('person_facts')
    .select(['consents', 'facilities'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { consents: row.consents as PersonFacts['consents'], facilities: row.facilities };
}
