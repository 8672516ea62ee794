import { isDay } from '../base/days.ts';
import type { LedgerCode } from './ledger.refusals.ts';
import type { LedgerTransfer } from './types.ts';

/** Sums of a million of these still fit 64 bits. */
export const amountMaximumMinor = 10_000_000_000_000n;

/** What is wrong with a transfer whatever the state of the books: the first reason, or undefined. */
export function shapeRefusal(transfer: LedgerTransfer): LedgerCode | undefined {
  if (transfer.id.length < 1 || transfer.id.length > 200) {
    return 'ledger.id-malformed';
  }
  if (!wellFormed(transfer)) {
    return 'ledger.transfer-malformed';
  }
  if (transfer.amount.minor <= 0n || transfer.amount.minor > amountMaximumMinor) {
    return 'ledger.amount-not-positive';
  }
  if (!isDay(transfer.valueDay)) {
    return 'ledger.day-malformed';
  }
  return transfer.debit === transfer.credit ? 'ledger.same-account' : undefined;
}

function wellFormed({ kind, event, reference, pendingId, expiresAt, reverses }: LedgerTransfer): boolean {
  const settles = kind === 'post-pending' || kind === 'void-pending';
  return (
    event.length >= 1 &&
    event.length <= 100 &&
    reference.length >= 1 &&
    reference.length <= 200 &&
    settles === (pendingId !== undefined) &&
    (expiresAt === undefined || (kind === 'pending' && !Number.isNaN(Date.parse(expiresAt)))) &&
    (reverses === undefined || kind === 'post')
  );
}
