import type { Money } from '../base/money.ts';
import type { LedgerCode } from './ledger.refusals.ts';

/**
 * The words of the ledger. Double entry by currency: a ledger transfer moves one amount from one account to another of the
 * same currency, so the trial balance is zero whatever is posted. What involves two currencies is two linked transfers
 * through an exchange account in each.
 */

/** Which side makes an account's balance grow. */
export type NormalSide = 'debit' | 'credit';

export interface Account {
  /** Caller-minted, readable: `fund:th-migrant:cash:THB`. */
  readonly id: string;
  readonly currency: string;
  /** What it is in the chart of accounts: `cash`, `contributions-receivable`, `claims-payable`, … */
  readonly code: string;
  readonly normal: NormalSide;
  /** A limit the account keeps: its posted and pending balance never goes below zero on its normal side. */
  readonly neverNegative?: boolean;
  /** Money that may be used for one purpose only: the donor's or programme's tag, kept by every transfer touching it. */
  readonly restrictedTo?: string;
}

/**
 * `post`: at once. `pending`: promised, holds room within limits, until it is posted (in full or in part), voided, or
 * expires. `post-pending` and `void-pending` name it in `pendingId`.
 */
export type TransferKind = 'post' | 'pending' | 'post-pending' | 'void-pending';

/** What stands in the journal: also the end of a hold whose time passed, which the ledger itself writes down. */
export type JournalKind = TransferKind | 'expire-pending';

export interface LedgerTransfer {
  /** Caller-minted: the same id with the same content is answered as before and moves nothing. */
  readonly id: string;
  readonly kind: TransferKind;
  readonly debit: string;
  readonly credit: string;
  readonly amount: Money;
  /** The event, like `policy-issued` or `claim-paid`: what the accounts are read by. */
  readonly event: string;
  /** The day it counts for; its period must be open. */
  readonly valueDay: string;
  /** What it stands for, like `Claim/123` or `settlement:…`. Never a person's name. */
  readonly reference: string;
  readonly pendingId?: string;
  /** For `pending`: the instant (ISO) after which it holds no more. */
  readonly expiresAt?: string;
  /** Kept or refused together with the next transfer of the batch. */
  readonly linked?: boolean;
  /** The restricted fund whose money this is. */
  readonly restrictedTo?: string;
  /** For a transfer that is one leg of an exchange: rate, source and time. */
  readonly rate?: {
    readonly value: string;
    readonly from: string;
    readonly to: string;
    readonly source: string;
    readonly at: string;
  };
  /** The transfer this one undoes: corrections are added, nothing is deleted. */
  readonly reverses?: string;
}

export interface Balance {
  readonly account: string;
  readonly currency: string;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
}

/** What became of one transfer of a batch. `replayed`: it stands already, word for word. */
export type TransferAnswer =
  | { readonly id: string; readonly answer: 'posted' | 'replayed' }
  | { readonly id: string; readonly answer: 'refused'; readonly code: LedgerCode };

/** A month whose books are closed. */
export interface ClosedPeriod {
  readonly firstDay: string;
  readonly lastDay: string;
}
