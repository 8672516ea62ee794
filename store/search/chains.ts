import { type Filter, parseSearchRequest } from '@medplum/core';
import type { ResourceType } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { typeIndex } from '../definitions.ts';
import { invalid } from '../faults.ts';
import { type Alias, anyOf, type Condition, type FilterContext, filterCondition, nothing } from './filters.ts';

/** Chained parameters (`subject:Patient.name=…`) and reverse chains (`_has:Observation:subject:code=…`). */
export interface Chain {
  readonly direction: 'forward' | 'reverse';
  /** Reference parameter that links the two: of the asked type (forward) or of `targetTypes` (reverse). */
  readonly link: string;
  /** Types on the other side, any of which may match. */
  readonly targetTypes: readonly string[];
  /** What the other side must fulfil, as written: parsed for each of its types. */
  readonly rest: { readonly code: string; readonly value: string };
}

const NEXT: Record<Alias, Alias | undefined> = { r: 't1', t1: 't2', t2: 't3', t3: 't4', t4: undefined };

/** undefined when the filter is none of both. @throws OperationOutcomeError when it is one that cannot be followed. */
export function parseChain(resourceType: string, filter: Filter): Chain | undefined {
  const { code, value } = filter;
  if (code.startsWith('_has:')) {
    const [, type, link, ...rest] = code.split(':');
    if (!type || !link || rest.length === 0 || typeIndex(type)?.parameters.get(link)?.type !== 'reference') {
      throw invalid('_has takes the form _has:Type:reference-parameter:parameter', '_has');
    }
    return { direction: 'reverse', link, targetTypes: [type], rest: { code: rest.join(':'), value } };
  }
  const dot = code.indexOf('.');
  if (dot < 0) {
    return undefined;
  }
  const [link, type] = code.slice(0, dot).split(':') as [string, string | undefined];
  const definition = typeIndex(resourceType)?.parameters.get(link);
  const rest = code.slice(dot + 1);
  if (definition?.type !== 'reference' || rest === '') {
    throw invalid(`Unknown search parameter for ${resourceType}: ${link.slice(0, 64)}`, link.slice(0, 64));
  }
  const wanted = /^[^:.]+/.exec(rest)?.[0] ?? '';
  const targetTypes = (type ? [type] : (definition.target ?? [])).filter(
    (target) => wanted.startsWith('_') || typeIndex(target)?.parameters.has(wanted),
  );
  if (targetTypes.length === 0) {
    throw invalid(`Unknown search parameter in chain: ${code.slice(0, 128)}`, code.slice(0, 128));
  }
  return { direction: 'forward', link, targetTypes, rest: { code: rest, value } };
}

/** What the other side must fulfil, for one of its types. */
export function chainFilters(chain: Chain, targetType: string): readonly Filter[] {
  const { code, value } = chain.rest;
  return parseSearchRequest(targetType as ResourceType, { [code]: value }).filters ?? [];
}

/** Rows whose linked resources match. The linked rows are verified afterwards, like any other (see `visible-chains`). */
export function chainCondition(chain: Chain, alias: Alias, context: FilterContext): Condition {
  const next = NEXT[alias];
  if (!next) {
    throw invalid('A chain may have at most four links');
  }
  const options = chain.targetTypes.map((targetType) => {
    if (!context.mayChain(targetType)) {
      return nothing;
    }
    const filters = chainFilters(chain, targetType);
    if (filters.length === 0) {
      throw invalid(`Search parameter ${chain.rest.code.slice(0, 64)} cannot be chained`, chain.rest.code.slice(0, 64));
    }
    const conditions = filters.map((filter) => filterCondition(targetType, filter, next, context));
    return sql<boolean>`exists (select ${linked(chain, targetType, alias, next)} and ${sql.join(conditions, sql` and `)})`;
  });
  return anyOf(options);
}

/** `from … where …` of the rows on the other side of the link. */
export function linked(chain: Chain, targetType: string, alias: Alias, next: Alias) {
  const from = sql.raw(alias);
  const to = sql.raw(next);
  return chain.direction === 'forward'
    ? sql`from search_reference s join resource ${to} on ${to}.resource_type = s.target_type and ${to}.id = s.target_id
        where s.shard = ${from}.shard and s.resource_type = ${from}.resource_type and s.id = ${from}.id
        and s.code = ${chain.link} and s.target_type = ${targetType} and not ${to}.deleted`
    : sql`from search_reference s join resource ${to} on ${to}.shard = s.shard and ${to}.resource_type = s.resource_type
        and ${to}.id = s.id
        where s.target_type = ${from}.resource_type and s.target_id = ${from}.id and s.resource_type = ${targetType}
        and s.code = ${chain.link} and not ${to}.deleted`;
}
