import type { Transaction } from '@serai/store/types.ts';
import { type FundEvent, postEvent } from '../fund/postings.ts';

/** Posts what happened to contributions; nothing is posted for nothing. */
export async function post(tx: Transaction, event: FundEvent, at: Date): Promise<void> {
  if (event.amount.minor > 0n) {
    await postEvent(tx, event, at);
  }
}
