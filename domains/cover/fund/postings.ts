import { invariant } from '@serai/kernel/base/invariant.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import { refuse } from '@serai/kernel/base/refusal.ts';
import '@serai/kernel/ledger/ledger.refusals.ts';
import type { Account, LedgerTransfer, TransferKind } from '@serai/kernel/ledger/types.ts';
import { RefusedError } from '@serai/store/faults.ts';
import { openFrom } from '@serai/store/ledger/books.ts';
import { postTransfers } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type AccountCode, accountOf, losesPurpose } from './accounts.ts';

/** What each event of a fund moves (DOMAIN F.5): debit, credit. */
const postings = {
  'policy-issued': ['contributions-receivable', 'unearned-contributions'],
  'contribution-paid': ['cash', 'contributions-receivable'],
  'contribution-earned': ['unearned-contributions', 'contribution-revenue'],
  // A contribution was taken back after more of it had been earned.
  'contribution-unearned': ['contribution-revenue', 'unearned-contributions'],
  'subsidy-received': ['cash', 'subsidy-revenue'],
  'contribution-written-off': ['bad-debt', 'contributions-receivable'],
  // Forgiven by the fund: earned like any other, and borne by it.
  'contribution-waived': ['contributions-waived', 'contributions-receivable'],
  'contribution-refunded': ['unearned-contributions', 'cash'],
  'claim-checked': ['claims-expense', 'outstanding-claims'],
  'claim-adjusted-down': ['outstanding-claims', 'claims-expense'],
  'claim-valuated': ['outstanding-claims', 'claims-payable'],
  'claim-paid': ['claims-payable', 'cash'],
  'claim-payment-returned': ['cash', 'claims-payable'],
  // Care paid by head is owed when its month's run is paid, and paid in the same breath.
  'capitation-due': ['claims-expense', 'claims-payable'],
  'capitation-returned': ['claims-payable', 'claims-expense'],
  // Where it was paid already, the facility owes: its payable stands on the other side until the next run nets it.
  'claim-reversed': ['claims-payable', 'claims-expense'],
  'ibnr-raised': ['claims-expense-ibnr', 'ibnr'],
  'ibnr-released': ['ibnr', 'claims-expense-ibnr'],
  'partner-recovery-due': ['due-from-partner', 'claims-recovered'],
  'partner-due': ['claims-abroad-expense', 'due-to-partner'],
  // An emergency of someone without cover that the country of care bears, or a donor's money it holds.
  'emergency-borne': ['emergency-expense', 'emergency-payable'],
  'emergency-paid': ['emergency-payable', 'cash'],
  'partner-received': ['cash', 'due-from-partner'],
  'partner-paid': ['due-to-partner', 'cash'],
  'settlement-interest-paid': ['interest-expense', 'cash'],
  'settlement-interest-received': ['cash', 'interest-income'],
  'reinsurance-premium': ['reinsurance-expense', 'cash'],
  'reinsurance-recovery-due': ['reinsurer-receivable', 'ceded-recoveries'],
  'reinsurance-recovery-received': ['cash', 'reinsurer-receivable'],
  'administration-paid': ['administration', 'cash'],
  'voucher-issued': ['voucher-expense', 'voucher-liability'],
  'voucher-redeemed': ['voucher-liability', 'voucher-payable'],
  'voucher-expired': ['voucher-liability', 'voucher-expense'],
  'voucher-paid': ['voucher-payable', 'cash'],
  // A redemption that does not stand: nothing is owed to the provider.
  'voucher-rejected': ['voucher-payable', 'voucher-expense'],
  // A hold: the expense that will be, if the care is given.
  'authorisation-held': ['claims-expense', 'outstanding-claims'],
  'authorisation-released': ['claims-expense', 'outstanding-claims'],
} as const satisfies Record<string, readonly [AccountCode, AccountCode]>;

export type FundEventName = keyof typeof postings;

export const fundEventNames = Object.keys(postings) as FundEventName[];

export interface FundEvent {
  readonly event: FundEventName;
  /** Of the event, new for each: the same event of the same id is posted once. */
  readonly id: string;
  readonly schemeId: string;
  readonly amount: Money;
  readonly day: string;
  readonly reference: string;
  /** The purpose the money was given for. */
  readonly restrictedTo?: string;
  /** Country or scheme of the partner, for what is owed between schemes. */
  readonly partner?: string;
  /** The `authorisation-held` (its event id) that a released authorisation ends. */
  readonly pendingId?: string;
  /** The other way round, as an event of its own; with `reverses` it undoes the entry of that id, to the last unit. */
  readonly opposite?: { readonly reverses?: string };
  /** Instant (ISO) until which an authorisation holds. */
  readonly expiresAt?: string;
}

/** The transfer an event is, and the accounts it needs. */
export function transferOf(event: FundEvent): {
  readonly transfer: LedgerTransfer;
  readonly accounts: readonly [Account, Account];
} {
  const [normalDebit, normalCredit] = postings[event.event];
  const { opposite } = event;
  const [debitCode, creditCode] = opposite ? [normalCredit, normalDebit] : [normalDebit, normalCredit];
  const side = (code: AccountCode) =>
    accountOf({
      schemeId: event.schemeId,
      code,
      currency: event.amount.currency,
      partner: event.partner,
      restrictedTo: event.restrictedTo,
    });
  const accounts = [side(debitCode), side(creditCode)] as const;
  const restrictedTo = accounts.find((account) => account.restrictedTo)?.restrictedTo;
  const kind: TransferKind =
    event.event === 'authorisation-held'
      ? 'pending'
      : event.event === 'authorisation-released'
        ? 'void-pending'
        : 'post';
  return {
    accounts,
    transfer: {
      id: `${event.event}${opposite ? '-undone' : ''}:${event.id}`,
      kind,
      debit: accounts[0]!.id,
      credit: accounts[1]!.id,
      amount: event.amount,
      event: event.event,
      valueDay: event.day,
      reference: event.reference,
      ...(restrictedTo && { restrictedTo }),
      ...(opposite?.reverses && { reverses: `${event.event}:${opposite.reverses}` }),
      ...(kind === 'void-pending' && { pendingId: `authorisation-held:${event.pendingId}` }),
      ...(kind === 'pending' && event.expiresAt && { expiresAt: event.expiresAt }),
    },
  };
}

/**
 * Posts what an event moves, in the transaction of the event. An event of a month that is closed counts for the first day
 * that is open. @throws RefusedError when the ledger refuses.
 */
export async function postEvent(tx: Transaction, event: FundEvent, at: Date): Promise<void> {
  await postEvents(tx, [event], at);
}

/**
 * Posts many events in one statement, all or none; an event of no amount moves nothing.
 * @param closed what becomes of an event of a closed month: it counts for the first open day, or is refused.
 * @returns how many transfers were new. @throws RefusedError when the ledger refuses one.
 */
export async function postEvents(
  tx: Transaction,
  events: readonly FundEvent[],
  at: Date,
  closed: 'next-open-day' | 'refused' = 'next-open-day',
): Promise<number> {
  const moving = events.filter((event) => event.amount.minor !== 0n);
  invariant(
    moving.every((event) => event.event !== 'authorisation-released' || event.pendingId),
    'a released authorisation names what was held',
  );
  const from = closed === 'refused' ? undefined : await openFrom(tx.sql, { days: moving.map(({ day }) => day), at });
  const made = moving.map((event) => transferOf(from && event.day < from ? { ...event, day: from } : event));
  const lost = made.find((each) => !each.transfer.reverses && losesPurpose(each.accounts));
  if (lost) {
    throw new RefusedError(refuse('ledger.fund-restricted', { transfer: lost.transfer.id }));
  }
  const accounts = new Map(made.flatMap((each) => each.accounts).map((account) => [account.id, account]));
  const result = await postTransfers(
    tx.sql,
    made.map(({ transfer }) => transfer),
    at,
    [...accounts.values()],
  );
  if (!result.ok) {
    throw new RefusedError(result);
  }
  return result.value.posted;
}
