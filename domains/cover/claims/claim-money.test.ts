import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClaimPosting, postingsBetween, targetPosition } from './claim-money.ts';

/** Outstanding and payable as the accounts move with each event (DOMAIN F.5): an independent reading of the chart. */
function follow(start: { outstanding: bigint; payable: bigint }, postings: readonly ClaimPosting[]) {
  let { outstanding, payable } = start;
  let expense = 0n;
  for (const { event, minor } of postings) {
    if (event === 'claim-checked') {
      outstanding += minor;
      expense += minor;
    } else if (event === 'claim-adjusted-down') {
      outstanding -= minor;
      expense -= minor;
    } else if (event === 'claim-valuated') {
      outstanding -= minor;
      payable += minor;
    } else {
      payable -= minor;
      expense -= minor;
    }
    expect(outstanding).toBeGreaterThanOrEqual(0n);
  }
  return { outstanding, payable, expense };
}

const amount = fc.bigInt({ min: 0n, max: 10_000_000n });

describe('what a claim posts', () => {
  it('is checked in full, adjusted down, then valuated', () => {
    const checked = targetPosition('checked', { claimed: 1000n, adjusted: 0n, paid: 0n });
    expect(postingsBetween({ outstanding: 0n, payable: 0n }, checked)).toEqual([
      { event: 'claim-checked', minor: 1000n },
    ]);
    expect(
      postingsBetween(checked, targetPosition('valuated', { claimed: 1000n, adjusted: 900n, paid: 800n })),
    ).toEqual([
      { event: 'claim-adjusted-down', minor: 200n },
      { event: 'claim-valuated', minor: 800n },
    ]);
  });

  it('is reversed by what was payable, whatever was paid of it', () => {
    expect(
      postingsBetween(
        { outstanding: 0n, payable: 800n },
        targetPosition('reversed', { claimed: 1n, adjusted: 1n, paid: 1n }),
      ),
    ).toEqual([{ event: 'claim-reversed', minor: 800n }]);
  });

  it('brings any position to any other, and the expense is what stands outstanding or payable', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (o1, p1, o2, p2) => {
        const end = follow(
          { outstanding: o1, payable: p1 },
          postingsBetween({ outstanding: o1, payable: p1 }, { outstanding: o2, payable: p2 }),
        );
        expect(end).toEqual({ outstanding: o2, payable: p2, expense: o2 + p2 - o1 - p1 });
      }),
    );
  });
});
