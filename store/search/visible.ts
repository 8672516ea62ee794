import { type Kysely, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Decisions, Subject } from '../decisions.ts';
import { personFactsOf, rowColumnsOf, type StoredRow, subjectOf, withFactsOf } from '../rows.ts';
import type { Scope } from '../session.ts';
import { type Chain, chainFilters, linked, parseChain } from './chains.ts';
import { type FilterContext, filterCondition } from './filters.ts';

/** Where rows come from and who decides about them: an open transaction, or none. */
export interface Reader {
  readonly db: Kysely<Database>;
  readonly scope: Scope | undefined;
  readonly decisions: Decisions;
}

/** The subject of a row, with the facts an open transaction has changed. */
export async function subjectIn(reader: Reader, row: StoredRow): Promise<Subject> {
  const changed = row.person_id === null || !reader.scope ? undefined : await reader.scope.changedFacts(row.person_id);
  return subjectOf(row, changed ?? personFactsOf(row));
}

export interface RowKey {
  readonly resource_type: string;
  readonly id: string;
}

const nameOf = (row: RowKey): string => `${row.resource_type}/${row.id}`;

/**
 * Which of the rows are linked to a matching resource the actor may see. A chain that matched only through a resource
 * that is hidden must not show its end, or a search would tell what a read refuses.
 */
export async function visibleThroughChain(
  reader: Reader,
  rows: readonly RowKey[],
  chain: Chain,
  context: FilterContext,
): Promise<ReadonlySet<string>> {
  const visible = new Set<string>();
  for (const targetType of chain.targetTypes) {
    if (rows.length === 0 || !context.mayChain(targetType)) {
      continue;
    }
    const filters = chainFilters(chain, targetType);
    const conditions = filters.map((filter) => filterCondition(targetType, filter, 't1', context));
    const { rows: found } = await sql<StoredRow & { source_type: string; source_id: string }>`
      select w.resource_type as source_type, w.id as source_id, ${rowColumnsOf('t1')}
      from unnest(${rows.map((row) => row.resource_type)}::text[], ${rows.map((row) => row.id)}::text[]) as w (resource_type, id)
      join resource r on r.resource_type = w.resource_type and r.id = w.id
      cross join lateral (select t1.* ${linked(chain, targetType, 'r', 't1')} and ${sql.join(conditions, sql` and `)}) t1
      ${withFactsOf('t1')}`.execute(reader.db);
    let seen = found;
    const permitted: typeof found = [];
    for (const row of seen) {
      if (reader.decisions.row('search', await subjectIn(reader, row))) {
        permitted.push(row);
      }
    }
    seen = permitted;
    for (const filter of filters) {
      const further = parseChain(targetType, filter);
      if (further) {
        const reached = await visibleThroughChain(reader, seen, further, context);
        seen = seen.filter((row) => reached.has(nameOf(row)));
      }
    }
    for (const row of seen) {
      visible.add(`${row.source_type}/${row.source_id}`);
    }
  }
  return visible;
}
