import { relativePrices } from '../../domains/cover/claims/relative.ts';
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
    yield {
      name: 'relative price: a fund of 120,000 and claims worth 160,000 make 0.75',
      check() {
        const lines = [10_000_000n, 5_999_999n, 1n].map((nominalMinor, i) => ({ claimId: 'c', line: i, nominalMinor }));
        const prices = relativePrices({ earnedMinor: 15_000_000n, sharePercent: 80, currency: 'THB', lines });
        equal(prices.index, '0.75', 'index');
        equal(
          prices.lines.map((line) => line.paidMinor),
          [7_500_000n, 4_499_999n, 1n],
          'paid, to the last satang of the fund',
        );
      },
    };
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
