import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { type AccountCode, accountOf } from '../fund/accounts.ts';
import { bookedMinor, type Line, type Side } from './lines.ts';
import { minorOf, type Statement } from './statement.ts';

/**
 * What settlement posts on a node's own ledger. The creditor's `due-from-partner` and the debtor's `due-to-partner` move by
 * the same amounts at the same events, so that once nothing is open they mirror each other, in every currency.
 */

/** Whose books: the scheme that settles for this country, and the partner country. */
export interface Books {
  readonly schemeId: string;
  readonly us: string;
  readonly partner: string;
}

export interface Booking {
  readonly transfers: readonly LedgerTransfer[];
  readonly accounts: readonly Account[];
}

interface Entry {
  readonly id: string;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  /** Below zero: the other way round. */
  readonly amount: Money;
  readonly event: string;
  readonly day: string;
  readonly reference: string;
  readonly rate?: LedgerTransfer['rate'];
}

/** Transfers of entries, and the accounts they need; entries of nothing move nothing. */
function booked({ schemeId, partner }: Books, entries: readonly Entry[]): Booking {
  const accounts = new Map<string, Account>();
  const transfers = entries
    .filter((entry) => entry.amount.minor !== 0n)
    .map(({ id, debit, credit, amount, event, day, reference, rate }): LedgerTransfer => {
      const back = amount.minor < 0n;
      const [from, to] = [back ? credit : debit, back ? debit : credit].map((code) =>
        accountOf({ schemeId, code, currency: amount.currency, partner }),
      ) as [Account, Account];
      accounts.set(from.id, from).set(to.id, to);
      return {
        id,
        kind: 'post',
        debit: from.id,
        credit: to.id,
        amount: back ? money(-amount.minor, amount.currency) : amount,
        event,
        valueDay: day,
        reference,
        ...(rate && { rate }),
      };
    });
  return { transfers, accounts: [...accounts.values()] };
}

/** What a line's move changes: the creditor's claim on the partner, or what the debtor owes. `before` is undefined at entry. */
export function bookLine(books: Books, side: Side, before: Line | undefined, after: Line, day: string): Booking {
  const change = bookedMinor(after, side) - (before ? bookedMinor(before, side) : 0n);
  const [debit, credit, event] =
    side === 'creditor'
      ? (['due-from-partner', 'claims-recovered', 'partner-recovery-due'] as const)
      : (['claims-abroad-expense', 'due-to-partner', 'partner-due'] as const);
  return booked(books, [
    {
      id: `settlement:${after.claimId}:${after.line}:${after.turn}:${side}`,
      ...{ debit, credit, event, day },
      amount: money(change, after.currency),
      reference: `settlement-claim/${after.claimId}`,
    },
  ]);
}

/**
 * A statement signed by both: what stands in other currencies is exchanged into the statement's at its rates, and what each
 * owes the other is set off, so that on one side the payment is left and on the other nothing.
 */
export function bookStatement(books: Books, statement: Statement): Booking {
  const reference = `settlement-statement/${statement.id}`;
  const id = (what: string) => `settlement:${statement.id}:${books.us}:${what}`;
  const common = { day: statement.drawnUpOn, reference };
  const entries: Entry[] = [];
  for (const [i, gross] of statement.gross.entries()) {
    entries.push(...exchanged(books, statement, gross, { id: (side) => id(`exchange-${i}-${side}`), ...common }));
  }
  entries.push({
    id: id('set-off'),
    debit: 'due-to-partner',
    credit: 'due-from-partner',
    amount: money(setOff(books.us, statement), statement.currency),
    event: 'partner-set-off',
    ...common,
  });
  return booked(books, entries);
}

/** One gross sum out of its own currency and into the statement's, through the exchange account of each. */
function exchanged(
  books: Books,
  statement: Statement,
  gross: Statement['gross'][number],
  of: { readonly id: (side: 'from' | 'to') => string; readonly day: string; readonly reference: string },
): Entry[] {
  if (!gross.rate) {
    return [];
  }
  const { value, source, at } = gross.rate;
  const rate = { value, from: gross.currency, to: statement.currency, source, at };
  const given = money(minorOf(gross.amount, gross.currency), gross.currency);
  const got = money(minorOf(gross.converted, statement.currency), statement.currency);
  const common = { event: 'partner-exchanged', day: of.day, reference: of.reference, rate };
  const due = gross.creditor === books.us ? 'due-from-partner' : 'due-to-partner';
  const [out, back] = [
    { debit: 'exchange', credit: due },
    { debit: due, credit: 'exchange' },
  ] as const;
  const [first, second] = due === 'due-from-partner' ? [out, back] : [back, out];
  return [
    { id: of.id('from'), ...first, amount: given, ...common },
    { id: of.id('to'), ...second, amount: got, ...common },
  ];
}

/** What is set off on our books: all of what we are owed that is not paid to us. */
function setOff(us: string, statement: Statement): bigint {
  const owed = minorOf(statement.totals.find((each) => each.creditor === us)!.amount, statement.currency);
  const paid = statement.payments
    .filter((payment) => payment.to === us)
    .reduce((sum, payment) => sum + minorOf(payment.amount, statement.currency), 0n);
  return owed - paid;
}

export interface PaymentOf {
  readonly statementId: string;
  readonly payer: string;
  readonly amount: Money;
}

/** Interest that has become due since it was last reckoned; below zero where it was reckoned beyond the day of payment. */
export function bookInterest(books: Books, payment: PaymentOf, change: Money, day: string, until: string): Booking {
  const pays = payment.payer === books.us;
  return booked(books, [
    {
      id: `settlement:${payment.statementId}:${books.us}:${payment.payer}:interest:${until}`,
      debit: pays ? 'interest-expense' : 'due-from-partner',
      credit: pays ? 'due-to-partner' : 'interest-income',
      amount: change,
      event: pays ? 'settlement-interest-due' : 'settlement-interest-earned',
      day,
      reference: `settlement-statement/${payment.statementId}`,
    },
  ]);
}

/** The money itself: out when we pay, in when we have received. */
export function bookPayment(books: Books, payment: PaymentOf, interest: Money, day: string): Booking {
  const pays = payment.payer === books.us;
  return booked(books, [
    {
      id: `settlement:${payment.statementId}:${books.us}:${payment.payer}:${pays ? 'paid' : 'received'}`,
      debit: pays ? 'due-to-partner' : 'cash',
      credit: pays ? 'cash' : 'due-from-partner',
      amount: money(payment.amount.minor + interest.minor, payment.amount.currency),
      event: pays ? 'partner-paid' : 'partner-received',
      day,
      reference: `settlement-statement/${payment.statementId}`,
    },
  ]);
}
