import { randomUUID } from 'node:crypto';
import type { WithId } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import { indexResource, type SearchRows } from '@serai/kernel/fhir/search-index.ts';
import { typeIndex } from './definitions.ts';
import { absent, invalid } from './faults.ts';
import { checkResource } from './input.ts';
import type { Classification, StoreRules } from './options.ts';
import { personOf } from './person.ts';
import type { StoredRow } from './rows.ts';
import type { PendingVersion } from './write-buffer.ts';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const NO_ROWS: SearchRows = { tokens: new Set(), texts: [], dates: [], quantities: [], references: [] };

/** A resource made ready to be kept: checked, stamped, classified; not yet decided upon. */
export interface Prepared<T extends Resource> {
  readonly resource: WithId<T>;
  readonly personId: string | undefined;
  readonly classification: Classification;
}

/** @throws OperationOutcomeError with the path of what is wrong with the resource. */
export function prepare<T extends Resource>(
  given: T,
  id: string,
  now: Date,
  previous: StoredRow | undefined,
  rules: StoreRules,
): Prepared<T> {
  if (!ID.test(id)) {
    throw invalid('An id is 1 to 64 letters, digits, "-" or "."', `${given.resourceType}.id`);
  }
  // The clock may step back; a resource's own time never does.
  const at = previous && previous.last_updated > now ? previous.last_updated : now;
  const { resourceType, id: _given, meta, ...rest } = given as T & { id?: string };
  if (meta !== undefined && (typeof meta !== 'object' || meta === null || Array.isArray(meta))) {
    throw invalid('Expected a single object', `${resourceType}.meta`);
  }
  const resource = {
    resourceType,
    id,
    meta: { ...meta, versionId: randomUUID(), lastUpdated: at.toISOString() },
    ...rest,
  } as unknown as WithId<T>;
  checkResource(resource);
  return {
    resource,
    personId: personOf(resource, rules.baseUrl),
    classification: rules.classify(resource),
  };
}

/** The row of a prepared resource, with everything that finds it. */
export function versionOf<T extends Resource>(
  prepared: Prepared<T>,
  previous: StoredRow | undefined,
  author: string,
  rules: StoreRules,
): PendingVersion {
  const { resource, personId, classification } = prepared;
  const index = typeIndex(resource.resourceType);
  if (!index) {
    throw absent();
  }
  return {
    shard: personId ?? resource.id,
    previousShard: previous?.shard,
    resourceType: resource.resourceType,
    id: resource.id,
    versionId: resource.meta!.versionId!,
    version: (previous?.version ?? 0) + 1,
    lastUpdated: resource.meta!.lastUpdated!,
    author,
    deleted: false,
    personId,
    content: JSON.stringify(resource),
    categories: classification.categories,
    labels: classification.labels,
    rows: indexResource(index, resource, rules.baseUrl),
  };
}

/** The row that says a resource was deleted; it stays with its person, so that it can still be decided upon. */
export function deletionOf(previous: StoredRow, now: Date, author: string): PendingVersion {
  return {
    shard: previous.shard,
    previousShard: previous.shard,
    resourceType: previous.resource_type,
    id: previous.id,
    versionId: randomUUID(),
    version: previous.version + 1,
    lastUpdated: (previous.last_updated > now ? previous.last_updated : now).toISOString(),
    author,
    deleted: true,
    personId: previous.person_id ?? undefined,
    content: undefined,
    categories: previous.categories,
    labels: previous.labels,
    rows: NO_ROWS,
  };
}
