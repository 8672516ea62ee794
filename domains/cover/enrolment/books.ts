import type { Money } from '@serai/kernel/base/money.ts';
import type { LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { RefusedError } from '@serai/store/faults.ts';
import { postTransfers } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { accountOf } from '../fund/accounts.ts';
import { type FundEvent, postEvents } from '../fund/postings.ts';

/**
 * What contributions post (ADR 0034). A credit is a receivable below zero: money a fund has and nobody owes. Nothing
 * posted is changed; what turns out otherwise is posted the other way round.
 */

/** Posts what happened to contributions; nothing is posted for nothing. */
export async function post(tx: Transaction, event: FundEvent, at: Date): Promise<void> {
  await postEvents(tx, [event], at);
}

/** The opposite of an event, in part or in whole. With `reverses` it undoes one entry, to the last unit. */
export async function postOpposite(
  tx: Transaction,
  event: FundEvent & { readonly reverses?: string },
  at: Date,
): Promise<void> {
  const { reverses, ...plain } = event;
  await postEvents(tx, [{ ...plain, opposite: reverses === undefined ? {} : { reverses } }], at);
}

/** Credit given back: out of cash, and no longer owed to the payer. */
export async function postRefund(
  tx: Transaction,
  refund: {
    readonly id: string;
    readonly schemeId: string;
    readonly amount: Money;
    readonly day: string;
    readonly reference: string;
  },
  at: Date,
): Promise<void> {
  const of = { schemeId: refund.schemeId, currency: refund.amount.currency };
  const receivable = accountOf({ ...of, code: 'contributions-receivable' });
  const cash = accountOf({ ...of, code: 'cash' });
  await postAll(
    tx,
    [
      {
        id: `contribution-refunded:${refund.id}`,
        kind: 'post',
        debit: receivable.id,
        credit: cash.id,
        amount: refund.amount,
        event: 'contribution-refunded',
        valueDay: refund.day,
        reference: refund.reference,
      },
    ],
    [receivable, cash],
    at,
  );
}

async function postAll(
  tx: Transaction,
  transfers: readonly LedgerTransfer[],
  accounts: Parameters<typeof postTransfers>[3],
  at: Date,
): Promise<void> {
  const posted = await postTransfers(tx.sql, transfers, at, accounts);
  if (!posted.ok) {
    throw new RefusedError(posted);
  }
}
