import { monthAfter } from '../../../domains/cover/actuary/experience.ts';
import { estimateReserve, runOff } from '../../../domains/cover/actuary/reserve.ts';
import { createPrng } from '../../../kernel/base/prng.ts';
import { raaTriangle } from '../../../kernel/models/actuarial/chain-ladder.model.ts';
import { type Case, close } from '../suite.ts';

/** The actuary's desk on the RAA triangle, claims by month of care and report, against Mack 1993 and R's ChainLadder. */
export function* deskReserve(): Iterable<Case> {
  yield {
    name: 'the desk: RAA from single amounts, reserve 52,135.23 with standard error 26,909.01',
    check() {
      const first = '2026-01';
      const triangle = raaTriangle as readonly (readonly (number | null)[])[];
      const rows = triangle.flatMap((row, i) =>
        row.flatMap((cumulative, age) =>
          cumulative === null
            ? []
            : [
                {
                  care: monthAfter(first, i),
                  reported: monthAfter(first, i + age),
                  claims: 1,
                  amount: cumulative - (age > 0 ? row[age - 1]! : 0),
                  squares: (cumulative - (age > 0 ? row[age - 1]! : 0)) ** 2,
                  settled: 0,
                  enteredAmount: 0,
                },
              ],
        ),
      );
      const span = { from: first, to: monthAfter(first, triangle.length - 1) };
      const read = runOff(rows, span, 'incurred', 'month', { allowedShare: 1 });
      const { total } = estimateReserve(
        read,
        triangle.map(() => 1),
        19,
        createPrng(1),
      );
      close(total.ibnr, 52_135.228, 1e-6, 'reserve');
      close(total.se, 26_909.01, 1e-5, 'standard error');
    },
  };
}
