import { defineRefusals } from '../base/refusal.ts';

/** Why a transfer is not posted, in order of precedence; below them, why the books are not closed or converted. */
export const ledgerRefusals = defineRefusals('ledger', {
  'ledger.id-malformed': {
    status: 422,
    sentence: 'A transfer has an id of 1 to 200 characters, made by the caller.',
  },
  'ledger.id-reused': {
    status: 409,
    sentence: 'This id already stands for another transfer: mint a new one.',
  },
  'ledger.transfer-malformed': {
    status: 422,
    sentence:
      'A transfer has an event and a reference; one that settles names what it settles; only a pending one expires; only a plain one reverses.',
  },
  'ledger.amount-not-positive': {
    status: 422,
    sentence: 'An amount is above zero and at most 10 000 billion minor units. To go back, swap debit and credit.',
  },
  'ledger.day-malformed': { status: 422, sentence: 'A value day is a day that exists, like 2026-03-01.' },
  'ledger.same-account': { status: 422, sentence: 'Debit and credit are two different accounts.' },
  'ledger.account-unknown': { status: 422, sentence: 'The account is not open: open it first, or check its name.' },
  'ledger.currency-mismatch': {
    status: 422,
    sentence:
      'A transfer and both of its accounts have one currency. Between currencies, exchange by two linked transfers.',
  },
  'ledger.fund-restricted': {
    status: 422,
    sentence: 'This money is given for one purpose: its accounts and its transfers carry the same purpose.',
  },
  'ledger.period-closed': {
    status: 409,
    sentence: 'The books of that day are closed: use a value day in an open period.',
  },
  'ledger.expiry-past': { status: 422, sentence: 'A hold expires after it begins.' },
  'ledger.pending-unknown': { status: 422, sentence: 'There is no pending transfer of that id.' },
  'ledger.pending-mismatch': {
    status: 422,
    sentence:
      'What settles a pending transfer has its accounts, currency and purpose; what voids it, its whole amount too.',
  },
  'ledger.pending-expired': { status: 409, sentence: 'The hold has expired: post anew.' },
  'ledger.pending-settled': { status: 409, sentence: 'The pending transfer was posted or voided already.' },
  'ledger.pending-exceeded': { status: 422, sentence: 'No more can be posted than is held.' },
  'ledger.reversal-unknown': { status: 422, sentence: 'There is no posted transfer of that id to reverse.' },
  'ledger.reversal-of-reversal': {
    status: 422,
    sentence: 'A reversal is not reversed: post the transfer anew under a new id.',
  },
  'ledger.reversal-mismatch': {
    status: 422,
    sentence: 'A reversal moves the same amount and purpose the other way.',
  },
  'ledger.already-reversed': { status: 409, sentence: 'The transfer was reversed already.' },
  'ledger.limit': { status: 409, sentence: 'The account does not hold enough: it may not go below zero.' },
  'ledger.linked-refused': { status: 409, sentence: 'Another transfer linked to this one was refused.' },
  'ledger.chain-open': { status: 422, sentence: 'The last transfer of a batch is linked to nothing.' },
  'ledger.account-differs': {
    status: 409,
    sentence: 'An account of this id is open with another currency, side, limit or purpose.',
  },
  'ledger.period-not-over': { status: 409, sentence: 'The period is not over yet: close it after its last day.' },
  'ledger.period-already-closed': { status: 409, sentence: 'The period is closed already.' },
  'ledger.period-earlier-open': {
    status: 409,
    sentence: 'Earlier entries stand in a period that is still open: close that one first.',
  },
  'ledger.period-pending-due': {
    status: 409,
    sentence: 'Pending transfers of the period are not settled: post or void them first.',
  },
  'ledger.rate-missing': {
    status: 409,
    sentence: 'No rate from {from} to {to} is known for {day}: enter one with its source.',
  },
});

export type LedgerCode = keyof typeof ledgerRefusals;
