import { money, moneyText } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import type { ClaimsOptions } from './submit.store.ts';
import { adjudicateTogether } from './together.store.ts';

export interface BatchInput {
  /** One scheme; absent: all. */
  readonly schemeId?: string | undefined;
}

interface Cursor {
  readonly claimedOn: string;
  readonly claimId: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly paid: Readonly<Record<string, string>>;
}

export interface BatchResult {
  readonly judged: number;
  /** Claims by what became of them. */
  readonly byStatus: Readonly<Record<string, number>>;
  readonly paid: readonly { readonly amount: string; readonly currency: string }[];
}

/** Claims a step takes: less than some seconds of work, lost at most when a process is killed. */
const claimsAtOnce = 500;

/**
 * Judges every claim that waits, oldest first. A step is one transaction: what a killed process had begun is undone as a
 * whole, what it had finished is no longer waiting, so no claim is judged twice.
 */
export function adjudicateBatch(
  options: ClaimsOptions,
  claimsPerStep = claimsAtOnce,
): JobHandler<BatchInput, Cursor, BatchResult> {
  return {
    kind: 'claims.adjudicate',
    total: async (input, tx) => {
      let query = coverOf(tx)
        .selectFrom('cover_claim')
        .select((of) => of.fn.countAll<string>().as('count'))
        .where('status', '=', 'entered');
      if (input.schemeId !== undefined) {
        query = query.where('scheme_id', '=', input.schemeId);
      }
      return Number((await query.executeTakeFirstOrThrow()).count);
    },
    step: async ({ input, cursor, tx, askedBy }) => {
      const rows = await waiting(tx, input, cursor, claimsPerStep);
      const counts: Record<string, number> = { ...cursor?.counts };
      const paid: Record<string, string> = { ...cursor?.paid };
      const claimIds = rows.map((row) => row.claim_id);
      for (const judged of await adjudicateTogether(tx, options, claimIds, options.clock(), askedBy)) {
        counts[judged.status] = (counts[judged.status] ?? 0) + 1;
        const { currency, paidMinor } = judged.adjudication;
        paid[currency] = (BigInt(paid[currency] ?? '0') + paidMinor).toString();
      }
      const last = rows.at(-1);
      if (last && rows.length === claimsPerStep) {
        return { next: { claimedOn: last.claimed_on, claimId: last.claim_id, counts, paid }, did: rows.length };
      }
      return {
        finished: {
          judged: Object.values(counts).reduce((sum, each) => sum + each, 0),
          byStatus: counts,
          paid: Object.entries(paid).map(([currency, minor]) => moneyText(money(BigInt(minor), currency))),
        },
        did: rows.length,
      };
    },
  };
}

/** The next claims that wait; what another process holds at the moment is left to it. */
function waiting(tx: Transaction, input: BatchInput, cursor: Cursor | undefined, most: number) {
  let query = coverOf(tx)
    .selectFrom('cover_claim')
    .select(['claim_id', 'claimed_on'])
    .where('status', '=', 'entered')
    .orderBy('claimed_on')
    .orderBy('claim_id')
    .limit(most)
    .forUpdate()
    .skipLocked();
  if (input.schemeId !== undefined) {
    query = query.where('scheme_id', '=', input.schemeId);
  }
  if (cursor) {
    query = query.where(sql<boolean>`(claimed_on, claim_id) > (${cursor.claimedOn}::date, ${cursor.claimId})`);
  }
  return query.execute();
}
