import { money, moneyText } from '@serai/kernel/base/money.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { BulkPreview } from './api.ts';
import { fourEyesFrom } from './four-eyes.ts';

type Act = 'select' | 'bypass' | 'reject' | 'adjudicate';

interface Row {
  readonly status: string;
  readonly review: string;
  readonly settled: bigint;
  readonly outstanding: bigint;
  readonly fourEyesFrom: bigint;
}

/** Why an act may not be done to a claim; undefined: it may. The same rules the act itself keeps. */
export function bulkRefusal(act: Act, row: Row): string | undefined {
  const inReview = row.status === 'checked' && row.review === 'selected';
  switch (act) {
    case 'adjudicate':
      return row.status === 'entered' ? undefined : 'claims.wrong-status';
    case 'select':
      return ['processed', 'valuated', 'rejected'].includes(row.status) && row.settled === 0n
        ? undefined
        : 'claims.wrong-status';
    case 'bypass':
      return !inReview ? 'claims.not-in-review' : row.outstanding >= row.fourEyesFrom ? 'claims.four-eyes' : undefined;
    case 'reject':
      return inReview ? undefined : 'claims.not-in-review';
  }
}

/** What a bulk act would come to, before anyone does it. */
export async function previewBulk(
  options: Pick<CoverOptions, 'database' | 'schemes'>,
  claimIds: readonly string[],
  act: Act,
): Promise<BulkPreview> {
  const rows = await options.database
    .selectFrom('cover_claim')
    .select([
      'scheme_id',
      'status',
      'review',
      'settled_minor',
      'outstanding_minor',
      'claimed_minor',
      'currency',
      'pays_currency',
    ])
    .where('claim_id', 'in', [...new Set(claimIds)])
    .execute();
  const because: Record<string, number> = {};
  const sums = new Map<string, bigint>();
  let may = 0;
  for (const row of rows) {
    const refusal = bulkRefusal(act, {
      status: row.status,
      review: row.review,
      settled: BigInt(row.settled_minor),
      outstanding: BigInt(row.outstanding_minor),
      fourEyesFrom: fourEyesFrom(options.schemes, row.scheme_id, row.pays_currency).minor,
    });
    if (refusal) {
      because[refusal] = (because[refusal] ?? 0) + 1;
    } else {
      may += 1;
      sums.set(row.currency, (sums.get(row.currency) ?? 0n) + BigInt(row.claimed_minor));
    }
  }
  return {
    claims: rows.length,
    may,
    because,
    claimed: [...sums].map(([currency, minor]) => moneyText(money(minor, currency))),
  };
}
