import { createPrng } from '../../../kernel/base/prng.ts';
import { chainLadderModel, raaTriangle } from '../../../kernel/models/actuarial/chain-ladder.model.ts';
import { mackChainLadder, merzWuthrich, type SigmaMethod } from '../../../kernel/models/actuarial/chain-ladder.ts';
import { munichModel } from '../../../kernel/models/actuarial/munich.model.ts';
import { munichChainLadder } from '../../../kernel/models/actuarial/munich.ts';
import {
  bootstrapMack,
  bootstrapOverDispersedPoisson,
  overDispersedPoisson,
  overDispersedPoissonError,
} from '../../../kernel/models/actuarial/reserve-bootstrap.ts';
import { summarise } from '../../../kernel/models/actuarial/samples.ts';
import { triangleOf } from '../../../kernel/models/actuarial/triangle.ts';
import { runModel } from '../../../kernel/models/model.ts';
import { type Case, close } from '../suite.ts';
import { column, dataCase, readCsv, readTriangle } from './data.ts';

const TIGHT = 1e-10;

function* mackFigures(): Iterable<Case> {
  const sets: [string, string, SigmaMethod][] = [
    ['GenIns', 'estSigmaMack', 'mack'],
    ['GenIns', 'loglinear', 'log-linear'],
    ['RAA', 'estSigmaMack', 'mack'],
    ['RAA', 'loglinear', 'log-linear'],
    ['MW2008', 'estSigmaMack', 'mack'],
  ];
  for (const [data, file, sigmaMethod] of sets) {
    const triangleFile = `chainladder/${data}.csv`;
    const byOrigin = `chainladder/expected_Mack_${data}_${file}_byOrigin.csv`;
    const factors = `chainladder/expected_Mack_${data}_${file}_factors.csv`;
    const fitted = () => mackChainLadder(triangleOf(readTriangle(triangleFile)), { sigmaMethod });
    yield dataCase(`Mack ${data} ${file} by origin`, [triangleFile, byOrigin], () => {
      const result = fitted();
      for (const [i, row] of readCsv(byOrigin).entries()) {
        close(result.latest[i]!, Number(row.Latest), TIGHT, `latest ${i}`);
        close(result.ultimate[i]!, Number(row.Ultimate), TIGHT, `ultimate ${i}`);
        close(result.ibnr[i]!, Number(row.IBNR), 1e-9, `IBNR ${i}`, 1);
        close(result.se[i]!, Number(row['Mack.S.E']), TIGHT, `s.e. ${i}`, 1);
      }
    });
    yield dataCase(`Mack ${data} ${file} factors`, [triangleFile, factors], () => {
      const result = fitted();
      for (const [k, row] of readCsv(factors).entries()) {
        if (row.sigma !== 'NA') {
          close(result.factor[k]!, Number(row.f), TIGHT, `factor ${k}`);
          close(result.sigma[k]!, Number(row.sigma), 1e-9, `sigma ${k}`);
          close(result.factorSe[k]!, Number(row['f.se']), 1e-9, `factor s.e. ${k}`);
        }
      }
    });
  }
  for (const data of ['GenIns', 'RAA', 'MW2008']) {
    const triangleFile = `chainladder/${data}.csv`;
    const expected = `chainladder/expected_MerzWuthrich_CDR_${data}.csv`;
    yield dataCase(`Merz–Wüthrich ${data}`, [triangleFile, expected], () => {
      const triangle = triangleOf(readTriangle(triangleFile));
      const fit = mackChainLadder(triangle);
      const oneYear = merzWuthrich(triangle, fit);
      const rows = readCsv(expected);
      const ses = column(rows, 'CDR(1)S.E.');
      const mack = column(rows, 'Mack.S.E.');
      for (let i = 0; i < triangle.origins; i++) {
        close(oneYear.se[i]!, ses[i]!, TIGHT, `one-year s.e. ${i}`, 1);
      }
      close(oneYear.totalSe, ses.at(-1)!, TIGHT, 'one-year s.e., total');
      close(fit.totalSe, mack.at(-1)!, TIGHT, 'Mack s.e., total');
      close(fit.totalIbnr, column(rows, 'IBNR').at(-1)!, TIGHT, 'IBNR, total');
    });
  }
}

export function* reserving(): Iterable<Case> {
  yield* mackFigures();
  yield {
    name: 'RAA through the door (Mack 1994): 52,135.23 and 26,909.01; one year 25,181.95',
    check: () => {
      const total = runModel(chainLadderModel, { triangle: raaTriangle }).find((row) => row.kind === 'total')!;
      close(total.ibnr!, 52_135.2282612101, TIGHT, 'IBNR');
      close(total.mackSe!, 26_909.0111556436, TIGHT, 's.e.');
      close(total.oneYearSe!, 25_181.9509437995, TIGHT, 'one-year s.e.');
    },
  };
  yield {
    name: 'the house’s small triangle (DOMAIN F.6): factors 1.5, 1.09375, 1.030303, total 1,175.57',
    check: () => {
      const rows = [[1000, 1500, 1650, 1700], [1100, 1700, 1850], [1200, 1750], [1300]];
      const fit = mackChainLadder(triangleOf(rows));
      close(fit.factor[0]!, 1.5, 1e-12, 'factor 1');
      close(fit.factor[1]!, 1.09375, 1e-12, 'factor 2');
      close(fit.factor[2]!, 1.030303, 1e-6, 'factor 3');
      for (const [i, x] of [0, 56.06, 222.06, 897.44].entries()) {
        close(fit.ibnr[i]!, x, 0.005, `IBNR ${i}`, 1);
      }
      close(fit.totalIbnr, 1175.57, 5e-6, 'total');
    },
  };
  yield {
    name: 'Quarg–Mack 2004 section 3.3: both lambdas, both full squares',
    check: () => {
      const example = munichModel.example;
      const fit = munichChainLadder(triangleOf(example.paid), triangleOf(example.incurred), 0.1);
      close(fit.lambdaPaid, 0.636, 5e-4, 'λ paid');
      close(fit.lambdaIncurred, 0.4362, 1e-4, 'λ incurred');
      const paid = [2131, 2382.512, 4597.066, 6119.269, 4937.412, 4655.543, 7548.518];
      const incurred = [2174, 2443.52, 4628.803, 6175.985, 4950.33, 4665.171, 7649.759];
      for (let i = 0; i < 7; i++) {
        close(fit.ultimatePaid[i]!, paid[i]!, 5e-7, `paid ${i}`);
        close(fit.ultimateIncurred[i]!, incurred[i]!, 5e-7, `incurred ${i}`);
      }
      const row = [5658.75, 6944.326, 7176.571, 7329.68, 7485.196];
      for (const [k, x] of row.entries()) {
        close(fit.fullPaid[6 * 7 + k + 1]!, x, 5e-7, `paid, last origin, age ${k + 2}`);
      }
    },
  };
  const taylorAshe = 'chainladder/GenIns.csv';
  yield dataCase(
    'Taylor–Ashe over-dispersed Poisson (England–Verrall 1999): φ, prediction errors',
    [taylorAshe],
    () => {
      const triangle = triangleOf(readTriangle(taylorAshe));
      close(overDispersedPoisson(triangle).dispersion, 52_601, 1e-5, 'φ');
      const fit = overDispersedPoissonError(triangle);
      close(fit.totalReserve, 18_680_856, 1e-7, 'reserve');
      // The paper's analytic figures, printed in thousands and per cent.
      close(fit.totalSe, 2_945_659, 1e-5, 'prediction error');
      const errors = [110_100, 216_043, 260_872, 303_549, 375_013, 495_377, 789_960, 1_046_512, 1_980_101];
      for (const [i, x] of errors.entries()) {
        close(fit.se[i + 1]!, x, 1.2e-5, `prediction error ${i + 2}`);
      }
    },
  );
  yield dataCase('bootstraps of Taylor–Ashe agree with the analytic errors (5 %, seeded)', [taylorAshe], () => {
    const triangle = triangleOf(readTriangle(taylorAshe));
    const total = (run: ReturnType<typeof bootstrapMack>) => {
      let step = run.next();
      while (!step.done) {
        step = run.next();
      }
      const { reserves, replicates } = step.value;
      return summarise(
        Float64Array.from({ length: replicates }, (_, b) =>
          reserves.subarray(b * triangle.origins, (b + 1) * triangle.origins).reduce((x, y) => x + y, 0),
        ),
      );
    };
    const mack = total(bootstrapMack(triangle, 20_000, 'gamma', createPrng(1)));
    close(mack.mean, 18_680_856, 0.01, 'Mack bootstrap mean');
    close(mack.sd, 2_447_095, 0.03, 'Mack bootstrap s.e.');
    const poisson = total(bootstrapOverDispersedPoisson(triangle, 20_000, 'gamma', createPrng(1)));
    close(poisson.mean, 18_680_856, 0.02, 'Poisson bootstrap mean');
    close(poisson.sd, 2_945_646, 0.05, 'Poisson bootstrap s.e.');
  });
}
