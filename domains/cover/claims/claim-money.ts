import type { ClaimStatus } from '../cover.ts';

/**
 * Where a claim stands in the ledger, in minor units of its currency. `outstanding`: claimed, not judged. `payable`: all
 * that was ever found due. `settled`: all that was ever paid. What is owed now is `payable − settled`; below zero, the
 * provider owes it back and the next payment run takes it off.
 */
export interface ClaimPosition {
  readonly outstanding: bigint;
  readonly payable: bigint;
  readonly settled: bigint;
}

/** What the ledger is told (DOMAIN F.5), in order; amounts are above zero. */
export interface ClaimPosting {
  readonly event: 'claim-checked' | 'claim-adjusted-down' | 'claim-valuated' | 'claim-reversed';
  readonly minor: bigint;
}

/** Where a claim of a status should stand. */
export function targetPosition(
  status: ClaimStatus,
  amounts: { readonly claimed: bigint; readonly adjusted: bigint; readonly paid: bigint },
): Omit<ClaimPosition, 'settled'> {
  switch (status) {
    case 'checked':
      return { outstanding: amounts.claimed, payable: 0n };
    case 'processed':
      // A price is not known yet: what passed stays outstanding, as a whole, until the period's index is.
      return { outstanding: amounts.adjusted, payable: 0n };
    case 'valuated':
    case 'paid':
      return { outstanding: 0n, payable: amounts.paid };
    default:
      return { outstanding: 0n, payable: 0n };
  }
}

/**
 * The postings that bring a claim from where it stands to where it should. Whatever the path (first judged, judged again
 * after an appeal, taken back), the sub-ledger and the ledger move by the same amounts; opposite entries correct, nothing
 * is deleted.
 */
export function postingsBetween(
  before: Omit<ClaimPosition, 'settled'>,
  after: Omit<ClaimPosition, 'settled'>,
): ClaimPosting[] {
  const valuated = after.payable > before.payable ? after.payable - before.payable : 0n;
  const reversed = before.payable > after.payable ? before.payable - after.payable : 0n;
  const needed = after.outstanding + valuated;
  const postings: ClaimPosting[] = [
    { event: 'claim-checked', minor: needed - before.outstanding },
    { event: 'claim-adjusted-down', minor: before.outstanding - needed },
    { event: 'claim-valuated', minor: valuated },
    { event: 'claim-reversed', minor: reversed },
  ];
  return postings.filter((posting) => posting.minor > 0n);
}
