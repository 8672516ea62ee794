import { describe, expect, test } from 'vitest';
import { consequenceOf, type DisputeTerms, disputeDeadline } from './disputes.ts';
import { moves, type Side } from './lines.ts';

const terms = (over: Partial<DisputeTerms> = {}): DisputeTerms => ({
  ...{ body: 'joint-commission', settleMonths: 36, after: 'body' },
  ...over,
});

describe('the end of a dispute', () => {
  test.each([
    ['2026-05-14', 36, '2029-05-14'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-05-14', 0, '2026-05-14'],
  ])('disputed on %s, %i months: until %s', (on, settleMonths, until) => {
    expect(disputeDeadline(terms({ settleMonths }), on)).toBe(until);
  });

  test.each([
    ['body', ['refer', 'refer', 'refer', 'refer']],
    ['lapses', ['withdrawn', undefined, undefined, 'disputed']],
    ['owed', ['contested', undefined, undefined, 'accepted']],
    ['against-silence', ['withdrawn', undefined, undefined, 'accepted']],
  ] as const)('%s', (after, expected) => {
    const asked = (['disputed', 'contested'] as const).flatMap((state) =>
      (['creditor', 'debtor'] as Side[]).map((side) => consequenceOf(after, state, side)),
    );
    expect(asked).toEqual(expected);
  });

  test('whatever follows is a move that is this side’s to make', () => {
    for (const after of ['lapses', 'owed', 'against-silence'] as const) {
      for (const state of ['disputed', 'contested'] as const) {
        for (const side of ['creditor', 'debtor'] as Side[]) {
          const to = consequenceOf(after, state, side);
          expect(to === undefined || (moves[state].by === side && moves[state].to.includes(to as never))).toBe(true);
        }
      }
    }
  });
});
