import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** What the fund's desk refuses before the ledger is asked, in order of precedence. */
export const fundRefusals = defineRefusals('fund', {
  'fund.scheme-unknown': { status: 422, sentence: 'This country has no scheme of that id.' },
  'fund.currency-same': { status: 422, sentence: 'An exchange is between two currencies.' },
  'fund.rate-in-future': { status: 422, sentence: 'A rate is entered at or after the instant it is of.' },
  'fund.transfer-unknown': { status: 422, sentence: 'There is no entry of that id in the books of this fund.' },
  'fund.not-manual': {
    status: 409,
    sentence:
      'Only entries made by hand are reversed here; what claims, payments and vouchers posted is reversed there.',
  },
  'fund.day-in-future': { status: 422, sentence: 'A value day is today or earlier.' },
  'fund.revalued-already': { status: 409, sentence: 'The balances of that day or a later one were revalued already.' },
  'fund.nothing-foreign': { status: 409, sentence: 'The fund holds nothing in another currency.' },
});

export type FundCode = keyof typeof fundRefusals;
