import type { DisclosureCounters } from '@serai/domains/governance/evidence/evidence.routes.ts';
import { type Kysely, sql } from 'kysely';

/**
 * Disclosures by class of recipient, over the whole log. `enforcement` is always in the answer, so that its zero is
 * something said and not something left out; it counts every permit of any kind to an enforcement principal.
 */
export async function disclosureCounters<T>(database: Kysely<T>): Promise<DisclosureCounters> {
  const { rows } = await sql<{ class: string; count: number }>`
    select public->>'class' as class, count(*)::int as count from evidence_entry
    where kind = 'disclosure' and public->>'outcome' = 'permitted' group by 1`.execute(database);
  const enforcement = await sql<{ permitted: number; refused: number }>`
    select count(*) filter (where public->>'outcome' in ('permit', 'permitted'))::int as permitted,
           count(*) filter (where public->>'outcome' in ('refuse', 'refused'))::int as refused
    from evidence_entry where public->>'class' = 'enforcement'`.execute(database);
  const { permitted, refused } = enforcement.rows[0]!;
  return {
    disclosed: { ...Object.fromEntries(rows.map((row) => [row.class, row.count])), enforcement: permitted },
    enforcementRefused: refused,
  };
}

/** Whose record a partner's request was about, from this node's own log. */
export async function personOfDisclosure<T>(
  database: Kysely<T>,
  country: string,
  requestId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ person_id: string | null }>`
    select person_id from evidence_entry
    where kind = 'disclosure' and public->>'country' = ${country} and sealed->>'requestId' = ${requestId}
    limit 1`.execute(database);
  return rows[0]?.person_id ?? undefined;
}
