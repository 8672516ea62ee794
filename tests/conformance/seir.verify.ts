import { seirModel } from '../../kernel/models/epidemic/outbreak.model.ts';
import { finalSize, solveSeir } from '../../kernel/models/epidemic/seir.ts';
import { runModel } from '../../kernel/models/model.ts';
import { equal, numberIn, same, vectorRows } from './epidemic/data.ts';
import type { Suite } from './suite.ts';

const start = { susceptible: 999_990, exposed: 0, infectious: 10, recovered: 0 };
const parameters = { reproductionNumber: 2, latentDays: 3, infectiousDays: 5 };

const suite: Suite = {
  name: 'seir',
  cases: () => [
    {
      name: 'weekly states of deSolve, R0 2',
      check: () => {
        const expected = vectorRows('epi-ode/seir_R0_2_weekly.csv');
        const rows = runModel(seirModel, {
          ...parameters,
          population: 1_000_000,
          infectious: 10,
          days: 364,
          everyDays: 7,
        });
        equal(rows.length, expected.length, 'weeks');
        for (const [i, theirs] of expected.entries()) {
          for (const [mine, other] of [
            ['susceptible', 'S'],
            ['exposed', 'E'],
            ['infectious', 'I'],
            ['recovered', 'R'],
          ] as const) {
            // A thousandth of a person in a million.
            same(rows[i]![mine] / 1e6, numberIn(theirs, other) / 1e6, 1e-9, `${other} on day ${theirs.time}`);
          }
        }
      },
    },
    {
      name: 'peak 95,122.5 on day 107',
      check: () => {
        const states = solveSeir(
          start,
          parameters,
          Array.from({ length: 200 }, (_, day) => day),
        );
        const peak = states.reduce((best, state, day) => (state.infectious > states[best]!.infectious ? day : best), 0);
        equal(peak, 107, 'day of the peak');
        same(states[peak]!.infectious, 95_122.5, 1e-6, 'infectious at the peak');
      },
    },
    ...(
      [
        [1.3, 0.42297],
        [1.5, 0.582812],
        [2, 0.796812],
        [3, 0.94048],
      ] as const
    ).map(([reproductionNumber, share]) => ({
      name: `final size at R0 ${reproductionNumber}: ${share}, analytic and integrated`,
      check: () => {
        same(finalSize(reproductionNumber), share, 1e-6, 'analytic');
        const tiny = { susceptible: 1e9 - 1, exposed: 0, infectious: 1, recovered: 0 };
        const end = solveSeir(tiny, { ...parameters, reproductionNumber }, [0, 5000])[1]!;
        same(1 - end.susceptible / 1e9, share, 1e-6, 'integrated');
      },
    })),
  ],
};

export default suite;
