import { describe, expect, test } from 'vitest';
import { applyMove, bookedMinor, type Line, lineStates, type Move, moves, type Side } from './lines.ts';

const lineOf = (over: Partial<Line> = {}): Line => ({
  ...{
    claimId: 'c',
    line: 1,
    state: 'claimed',
    turn: 0,
    currency: 'THB',
    claimedMinor: 100n,
    amountMinor: 0n,
    reason: '',
  },
  statement: undefined,
  ...over,
});
const moveOf = (over: Partial<Move> = {}): Move => ({
  ...{ claimId: 'c', line: 1, turn: 1, state: 'accepted', amountMinor: 100n, reason: '' },
  ...over,
});

describe('whose move a line is', () => {
  test('in every state one side at most, and only where the table says', () => {
    for (const state of lineStates) {
      for (const by of ['creditor', 'debtor'] as Side[]) {
        for (const to of lineStates) {
          const amountMinor = to === 'accepted' ? 100n : to === 'adjusted' ? 50n : 0n;
          const line = lineOf({ state, amountMinor: state === 'accepted' ? 100n : 0n });
          const moved = applyMove(line, moveOf({ state: to, amountMinor }), by, true);
          expect(moved.ok).toBe(moves[state].by === by && moves[state].to.includes(to));
        }
      }
    }
  });

  test.each([
    ['a repeat changes nothing', lineOf({ state: 'accepted', turn: 1, amountMinor: 100n }), moveOf(), undefined],
    ['an old move changes nothing', lineOf({ state: 'disputed', turn: 3 }), moveOf({ turn: 2 }), undefined],
    ['the same number, another answer', lineOf({ state: 'disputed', turn: 1 }), moveOf(), 'settlement.contradiction'],
    ['a move before the one it follows', lineOf(), moveOf({ turn: 2 }), 'settlement.out-of-order'],
    ['accepting less than all', lineOf(), moveOf({ amountMinor: 99n }), 'settlement.amount-not-allowed'],
    ['adjusting to more', lineOf(), moveOf({ state: 'adjusted', amountMinor: 101n }), 'settlement.amount-not-allowed'],
    [
      'adjusting below nothing',
      lineOf(),
      moveOf({ state: 'adjusted', amountMinor: -1n }),
      'settlement.amount-not-allowed',
    ],
    [
      'disputing and yet paying',
      lineOf(),
      moveOf({ state: 'disputed', amountMinor: 1n }),
      'settlement.amount-not-allowed',
    ],
    [
      'in a statement',
      lineOf({ statement: { id: 's', signedByBoth: true } }),
      moveOf(),
      'settlement.line-in-statement',
    ],
  ])('%s', (_, line, move, code) => {
    const moved = applyMove(line, move, 'debtor', false);
    expect(moved.ok ? undefined : moved.code).toBe(code);
    if (moved.ok) {
      expect(moved.value).toEqual({ line, applied: false });
    }
  });

  test('the creditor books what it claims, the debtor what it agreed to', () => {
    const booked = (state: Line['state'], amountMinor: bigint) => {
      const line = lineOf({ state, amountMinor });
      return [bookedMinor(line, 'creditor'), bookedMinor(line, 'debtor')];
    };
    expect(booked('claimed', 0n)).toEqual([100n, 0n]);
    expect(booked('disputed', 0n)).toEqual([100n, 0n]);
    expect(booked('adjusted', 40n)).toEqual([40n, 40n]);
    expect(booked('accepted', 100n)).toEqual([100n, 100n]);
    expect(booked('withdrawn', 0n)).toEqual([0n, 0n]);
  });
});
