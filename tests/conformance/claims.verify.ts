import { moneyRows } from './claims/amounts.ts';
import { decide } from './claims/case.ts';
import { reasonRows } from './claims/reasons.ts';
import type { Case, Suite } from './suite.ts';

/** openIMIS's documented rules and ours, as tables; worked examples of prices, limits, deductibles and ceilings. */
function equal(actual: unknown, expected: unknown, what: string): void {
  const text = (value: unknown) => JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each));
  if (text(actual) !== text(expected)) {
    throw new Error(`${what}: got ${text(actual)}, expected ${text(expected)}`);
  }
}

const suite: Suite = {
  name: 'claims',
  *cases(): Generator<Case> {
    for (const row of reasonRows) {
      yield {
        name: `reason ${row.reason}: ${row.what}`,
        check() {
          const decided = decide(row.change);
          equal(
            decided.lines.map((line) => line.reason),
            row.lines,
            'reasons of the lines',
          );
          equal(decided.reason, row.claimReason, 'reason of the claim');
          equal(decided.status === 'rejected', row.claimReason !== 0, 'rejected');
          if (row.rule !== undefined) {
            equal(decided.lines.find((line) => line.reason !== 0)?.rule, row.rule, 'rule');
          }
        },
      };
    }
    for (const row of moneyRows) {
      yield {
        name: `amounts: ${row.what}`,
        check() {
          const lines = decide(row.change).lines.map((line) =>
            [line.allowedMinor, line.deductedMinor, line.paidMinor, line.memberPaysMinor].map(Number),
          );
          equal(lines, row.lines, 'allowed, deducted, paid, member pays');
        },
      };
    }
  },
};

export default suite;
