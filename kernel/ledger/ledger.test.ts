import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../base/money.ts';
import { ledgerRefusals } from './ledger.refusals.ts';
import { apply, expire, type LedgerState, openLedger, room, trialBalanceOf } from './ledger.ts';
import { accounts, closed, instant, runs } from './testing/batches.ts';
import type { LedgerTransfer } from './types.ts';

const begin = openLedger(accounts, closed);
const at = instant(0);

function transfer(
  id: string,
  debit: string,
  credit: string,
  minor: number | bigint,
  more: object = {},
): LedgerTransfer {
  return {
    id,
    kind: 'post',
    debit,
    credit,
    amount: money(minor, debit.startsWith('kyat') ? 'MMK' : 'THB'),
    event: 'test',
    valueDay: '2026-03-10',
    reference: 'Test/1',
    ...more,
  };
}

function post(state: LedgerState, ...batch: LedgerTransfer[]): LedgerState {
  const after = apply(state, batch, at);
  expect(after.answers.map(({ answer }) => answer)).toEqual(batch.map(() => 'posted'));
  return after.state;
}

const reached = new Set<string>();
function codesOf(state: LedgerState, batch: readonly LedgerTransfer[], when = at): string[] {
  const codes = apply(state, batch, when).answers.map((each) =>
    each.answer === 'refused' ? each.code.slice(7) : each.answer,
  );
  for (const code of codes) {
    reached.add(code);
  }
  return codes;
}

const funded = post(begin, transfer('in', 'cash', 'income', 100), transfer('gift', 'given', 'grant', 50, mothers()));
function mothers() {
  return { restrictedTo: 'mothers' };
}
const held = post(
  funded,
  transfer('hold', 'cost', 'cash', 60, { kind: 'pending', expiresAt: instant(30) }),
  transfer('open-hold', 'cost', 'payable', 10, { kind: 'pending' }),
);
const paid = post(held, transfer('pay', 'cost', 'cash', 60, { kind: 'post-pending', pendingId: 'hold' }));
const undone = post(paid, transfer('undo', 'income', 'cash', 40, { kind: 'post' }));
const settle = (more: object, minor = 60) => transfer('s', 'cost', 'cash', minor, { kind: 'post-pending', ...more });

describe('why a transfer is refused', () => {
  test.each<[string, LedgerState, LedgerTransfer, string?]>([
    ['id-malformed', funded, transfer('', 'cash', 'income', 1)],
    ['id-malformed', funded, transfer('x'.repeat(201), 'cash', 'income', 1)],
    ['replayed', funded, transfer('in', 'cash', 'income', 100)],
    ['id-reused', funded, transfer('in', 'cash', 'income', 101)],
    ['id-reused', funded, transfer('in', 'cash', 'income', -1)],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { event: '' })],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { reference: '' })],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { kind: 'post-pending' })],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { pendingId: 'hold' })],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { expiresAt: instant(9) })],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { kind: 'pending', expiresAt: 'soon' })],
    ['transfer-malformed', funded, transfer('x', 'cash', 'income', 1, { kind: 'pending', reverses: 'in' })],
    ['amount-not-positive', funded, transfer('x', 'cash', 'income', 0)],
    ['amount-not-positive', funded, transfer('x', 'cash', 'income', -5)],
    ['amount-not-positive', funded, transfer('x', 'cash', 'income', 2n ** 80n)],
    ['day-malformed', funded, transfer('x', 'cash', 'income', 1, { valueDay: '2026-02-29' })],
    ['day-malformed', funded, transfer('x', 'cash', 'income', 1, { valueDay: 'today' })],
    ['same-account', funded, transfer('x', 'cash', 'cash', 1)],
    ['account-unknown', funded, transfer('x', 'cash', 'nowhere', 1)],
    ['currency-mismatch', funded, transfer('x', 'cash', 'kyat-income', 1)],
    ['currency-mismatch', funded, transfer('x', 'cash', 'income', 1, { amount: money(1, 'MMK') })],
    ['fund-restricted', funded, transfer('x', 'cost', 'given', 1)],
    ['fund-restricted', funded, transfer('x', 'cost', 'given', 1, { restrictedTo: 'tb' })],
    ['fund-restricted', funded, transfer('x', 'other-gift', 'given', 1, mothers())],
    ['fund-restricted', funded, transfer('x', 'cost', 'cash', 1, mothers())],
    ['posted', funded, transfer('x', 'cost', 'given', 50, mothers())],
    ['period-closed', funded, transfer('x', 'cash', 'income', 1, { valueDay: '2026-01-31' })],
    ['posted', funded, transfer('x', 'cash', 'income', 1, { valueDay: '2026-02-01' })],
    ['expiry-past', funded, transfer('x', 'cost', 'cash', 1, { kind: 'pending', expiresAt: instant(0) })],
    ['pending-unknown', held, settle({ pendingId: 'nothing' })],
    ['pending-unknown', held, settle({ pendingId: 'in' })],
    ['pending-mismatch', held, settle({ pendingId: 'hold', debit: 'cash', credit: 'income' })],
    ['pending-mismatch', held, settle({ pendingId: 'hold', kind: 'void-pending' }, 59)],
    ['pending-settled', paid, settle({ pendingId: 'hold' })],
    ['pending-expired', held, settle({ pendingId: 'hold' }), instant(30)],
    ['pending-exceeded', held, settle({ pendingId: 'hold' }, 61)],
    ['posted', held, settle({ pendingId: 'hold' }, 1)],
    ['reversal-unknown', held, transfer('x', 'cash', 'cost', 60, { reverses: 'hold' })],
    ['reversal-unknown', held, transfer('x', 'cash', 'cost', 60, { reverses: 'nothing' })],
    ['reversal-mismatch', funded, transfer('x', 'income', 'cash', 99, { reverses: 'in' })],
    ['reversal-mismatch', funded, transfer('x', 'cash', 'income', 100, { reverses: 'in' })],
    ['posted', funded, transfer('x', 'income', 'cash', 100, { reverses: 'in' })],
    ['limit', funded, transfer('x', 'cost', 'cash', 101)],
    ['limit', held, transfer('x', 'cost', 'cash', 41)],
    ['posted', held, transfer('x', 'cost', 'cash', 41), instant(30)],
    ['limit', funded, transfer('x', 'payable', 'cash', 1)],
    ['limit', funded, transfer('x', 'cost', 'given', 51, mothers())],
    ['limit', undone, transfer('x', 'income', 'cash', 100, { reverses: 'in' })],
  ])('%s', (code, state, given, when = at) => {
    expect(codesOf(state, [given], when)).toEqual([code]);
  });

  test('a reversal is reversed by posting anew, and nothing is reversed twice', () => {
    const reversed = post(funded, transfer('r', 'income', 'cash', 100, { reverses: 'in' }));
    expect(codesOf(reversed, [transfer('rr', 'cash', 'income', 100, { reverses: 'r' })])).toEqual([
      'reversal-of-reversal',
    ]);
    expect(codesOf(reversed, [transfer('r2', 'income', 'cash', 100, { reverses: 'in' })])).toEqual([
      'already-reversed',
    ]);
  });

  test('linked transfers stand or fall together, and what stood before is still told so', () => {
    const link = { linked: true };
    const one = transfer('1', 'cash', 'income', 5, link);
    expect(codesOf(funded, [one, transfer('2', 'cost', 'cash', 999)])).toEqual(['linked-refused', 'limit']);
    expect(
      codesOf(funded, [{ ...transfer('in', 'cash', 'income', 100), ...link }, transfer('2', 'cost', 'cash', 999)]),
    ).toEqual(['replayed', 'limit']);
    expect(codesOf(funded, [one, { ...transfer('2', 'cost', 'cash', 9), ...link }])).toEqual([
      'linked-refused',
      'chain-open',
    ]);
    expect(codesOf(funded, [one, transfer('2', 'cost', 'cash', 105)])).toEqual(['posted', 'posted']);
  });

  test('each code of a transfer is reached above', () => {
    const declared = Object.keys(ledgerRefusals)
      .map((code) => code.slice(7))
      .filter((code) => !/^(account-differs|period-(?!closed)|rate-)/.test(code));
    expect(declared.filter((code) => !reached.has(code))).toEqual([]);
  });
});

describe('what is held', () => {
  test('holds room, is let go in full by a part, and ends by itself', () => {
    const cash = accounts[0]!;
    const roomOf = (state: LedgerState) => room(cash, state.balances.get('cash')!);
    expect(roomOf(held)).toBe(40n);
    const part = post(held, transfer('p', 'cost', 'cash', 25, { kind: 'post-pending', pendingId: 'hold' }));
    expect(roomOf(part)).toBe(75n);
    expect(roomOf(expire(held, instant(29)))).toBe(40n);
    expect(roomOf(expire(held, instant(30)))).toBe(100n);
    expect(expire(held, instant(30)).journal.get('expired:hold')).toMatchObject({ kind: 'expire-pending' });
  });
});

describe('whatever is sent, in whatever order', () => {
  test('debits equal credits in every currency, limits hold, and a second sending moves nothing', () => {
    fc.assert(
      fc.property(runs, (run) => {
        let state = begin;
        for (const { batch, minute } of run) {
          const before = state;
          const { state: after, answers } = apply(before, batch, instant(minute));
          state = after;
          for (const [currency, difference] of trialBalanceOf(state)) {
            expect(difference, currency).toBe(0n);
          }
          for (const account of accounts.filter((each) => each.neverNegative)) {
            expect(room(account, state.balances.get(account.id)!) >= 0n, account.id).toBe(true);
          }
          // Nothing that stood is gone or changed.
          for (const [id, entry] of before.journal) {
            expect(state.journal.get(id)).toBe(entry);
          }
          const posted = answers.filter(({ answer }) => answer === 'posted').length;
          const again = apply(state, batch, instant(minute));
          expect(again.answers.filter(({ answer }) => answer === 'replayed').length).toBeGreaterThanOrEqual(
            posted > 0 ? 1 : 0,
          );
          for (const [i, { answer }] of answers.entries()) {
            if (answer === 'posted') {
              expect(again.answers[i]!.answer).toBe('replayed');
            }
          }
        }
        expect(sumsOf(state)).toEqual(state.balances);
      }),
      { numRuns: 400 },
    );
  });

  test('batches that do not hang on each other give the same balances in any order', () => {
    const plain = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        pair: fc.constantFrom(['cost', 'income'], ['income', 'cost'], ['kyat', 'kyat-income']),
        minor: fc.bigInt(1n, 1000n),
        kind: fc.constantFrom('post', 'pending'),
      }),
      { selector: (each) => each.id, maxLength: 30 },
    );
    const shuffled = plain.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 7 }), ([first, second], size) => {
        const made = (each: (typeof first)[number]) =>
          transfer(each.id, each.pair[0]!, each.pair[1]!, each.minor, { kind: each.kind });
        const whole = apply(begin, first.map(made), at).state;
        let pieces = begin;
        for (let i = 0; i < second.length; i += size) {
          pieces = apply(pieces, second.slice(i, i + size).map(made), at).state;
        }
        expect(pieces.balances).toEqual(whole.balances);
      }),
      { numRuns: 100 },
    );
  });
});

/** Balances reckoned from the journal alone, with nothing of the ledger's own. */
function sumsOf(state: LedgerState): LedgerState['balances'] {
  const sums = new Map(openLedger(accounts).balances);
  for (const { kind, debit, credit, amount, pendingId } of state.journal.values()) {
    const posted = kind === 'post' || kind === 'post-pending' ? amount.minor : 0n;
    const released = pendingId === undefined ? 0n : state.journal.get(pendingId)!.amount.minor;
    const pending = (kind === 'pending' ? amount.minor : 0n) - released;
    const d = sums.get(debit)!;
    sums.set(debit, { ...d, debitsPosted: d.debitsPosted + posted, debitsPending: d.debitsPending + pending });
    const c = sums.get(credit)!;
    sums.set(credit, { ...c, creditsPosted: c.creditsPosted + posted, creditsPending: c.creditsPending + pending });
  }
  return sums;
}
