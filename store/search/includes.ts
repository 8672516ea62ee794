import type { IncludeTarget, SearchRequest } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import { localReference } from '@serai/kernel/fhir/search-read.ts';
import { sql } from 'kysely';
import { typeIndex } from '../definitions.ts';
import { invalid } from '../faults.ts';
import { contentOf, fetchMany, rowColumns, type StoredRow, withFacts } from '../rows.ts';
import { type Reader, subjectIn } from './visible.ts';

const ROUNDS_MAXIMUM = 5;
const INCLUDED_MAXIMUM = 1000;

/**
 * Resources asked for beside the matches (`_include`, `_revinclude`, `:iterate`), each verified like any other row.
 *
 * @throws OperationOutcomeError naming a parameter that cannot be followed.
 */
export async function includedResources(
  reader: Reader,
  search: Pick<SearchRequest, 'include' | 'revInclude'>,
  matches: readonly Resource[],
  baseUrl: string,
): Promise<Resource[]> {
  const targets = [
    ...(search.include ?? []).map((target) => ({ target, reverse: false })),
    ...(search.revInclude ?? []).map((target) => ({ target, reverse: true })),
  ];
  for (const { target } of targets) {
    if (typeIndex(target.resourceType)?.parameters.get(target.searchParam)?.type !== 'reference') {
      throw invalid(
        `Invalid include parameter: ${target.resourceType.slice(0, 64)}:${target.searchParam.slice(0, 64)}`,
        '_include',
      );
    }
  }
  const seen = new Set(matches.map((resource) => `${resource.resourceType}/${resource.id}`));
  const included: Resource[] = [];
  let base = matches;
  for (let round = 0; round < ROUNDS_MAXIMUM && base.length > 0 && included.length < INCLUDED_MAXIMUM; round++) {
    const found: Resource[] = [];
    for (const { target, reverse } of targets) {
      if (round > 0 && target.modifier !== 'iterate') {
        continue;
      }
      const rows = reverse ? await pointingTo(reader, target, base) : await pointedTo(reader, target, base, baseUrl);
      for (const row of rows) {
        const name = `${row.resource_type}/${row.id}`;
        if (
          !seen.has(name) &&
          included.length + found.length < INCLUDED_MAXIMUM &&
          reader.decisions.type('search', row.resource_type) &&
          reader.decisions.row('search', await subjectIn(reader, row))
        ) {
          seen.add(name);
          found.push(contentOf(row));
        }
      }
    }
    included.push(...found);
    base = found;
  }
  return included;
}

async function pointedTo(
  reader: Reader,
  target: IncludeTarget,
  base: readonly Resource[],
  baseUrl: string,
): Promise<StoredRow[]> {
  const parameter = typeIndex(target.resourceType)?.compiled.find(
    (compiled) => compiled.definition.code === target.searchParam,
  );
  const values: unknown[] = [];
  for (const resource of base) {
    if (resource.resourceType === target.resourceType) {
      parameter?.read(resource, values);
    }
  }
  const keys = new Map<string, { resourceType: string; id: string }>();
  for (const value of values) {
    const reference = typeof value === 'string' ? value : (value as { reference?: unknown }).reference;
    const local = localReference(reference, baseUrl);
    if (local && (!target.targetType || local.targetType === target.targetType)) {
      keys.set(`${local.targetType}/${local.targetId}`, { resourceType: local.targetType, id: local.targetId });
    }
  }
  return fetchMany(reader.db, [...keys.values()]);
}

async function pointingTo(reader: Reader, target: IncludeTarget, base: readonly Resource[]): Promise<StoredRow[]> {
  const wanted = base.filter((resource) => !target.targetType || resource.resourceType === target.targetType);
  if (wanted.length === 0) {
    return [];
  }
  const { rows } = await sql<StoredRow>`
    select distinct on (r.resource_type, r.id) ${rowColumns}
    from unnest(${wanted.map((resource) => resource.resourceType)}::text[], ${wanted.map((resource) => resource.id ?? '')}::text[])
      as w (resource_type, id)
    join search_reference s on s.target_type = w.resource_type and s.target_id = w.id
      and s.resource_type = ${target.resourceType} and s.code = ${target.searchParam}
    join resource r on r.shard = s.shard and r.resource_type = s.resource_type and r.id = s.id
    ${withFacts} where not r.deleted order by r.resource_type, r.id limit ${INCLUDED_MAXIMUM}`.execute(reader.db);
  return rows;
}
