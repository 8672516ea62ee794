import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeRun } from './payment-run.ts';

const owed = (claimId: string, provider: string, minor: bigint) => ({ claimId, provider, minor });

describe('a payment run', () => {
  it('pays each facility what is owed less what it owes', () => {
    const run = proposeRun([owed('1', 'b', 500n), owed('2', 'b', -200n), owed('3', 'a', 100n)]);
    expect(run.providers).toEqual([
      { provider: 'a', claims: 1, minor: 100n, takenBackMinor: 0n },
      { provider: 'b', claims: 2, minor: 300n, takenBackMinor: 200n },
    ]);
  });

  it('leaves out a facility that owes as much as it is owed or more', () => {
    expect(proposeRun([owed('1', 'a', 100n), owed('2', 'a', -100n), owed('3', 'b', -1n)])).toEqual({
      lines: [],
      providers: [],
    });
  });

  it('pays exactly its lines, and nobody less than nothing', () => {
    const line = fc.record({
      claimId: fc.uuid(),
      provider: fc.constantFrom('a', 'b', 'c'),
      minor: fc.bigInt({ min: -10_000n, max: 10_000n }),
    });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const run = proposeRun(lines);
        const total = (of: readonly { minor: bigint }[]) => of.reduce((sum, each) => sum + each.minor, 0n);
        expect(total(run.providers)).toBe(total(run.lines));
        expect(run.providers.every((each) => each.minor > 0n)).toBe(true);
        expect(run.lines.every((each) => each.minor !== 0n)).toBe(true);
      }),
    );
  });
});
