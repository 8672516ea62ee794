import { createPrng } from '../../../kernel/base/prng.ts';
import { chainLadderModel, raaTriangle } from '../../../kernel/models/actuarial/chain-ladder.model.ts';
import { claimsDevelopment, mackChainLadder, type SigmaMethod } from '../../../kernel/models/actuarial/chain-ladder.ts';
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

/** Merz and Wüthrich 2014. */
const runOff2014 = [
  [
    13109, 20355, 21337, 22043, 22401, 22658, 22997, 23158, 23492, 23664, 23699, 23904, 23960, 23992, 23994, 24001,
    24002,
  ],
  [14457, 22038, 22627, 23114, 23238, 23312, 23440, 23490, 23964, 23976, 24048, 24111, 24252, 24538, 24540, 24550],
  [16075, 22672, 23753, 24052, 24206, 24757, 24786, 24807, 24823, 24888, 24986, 25401, 25681, 25705, 25732],
  [15682, 23464, 24465, 25052, 25529, 25708, 25752, 25770, 25835, 26075, 26082, 26146, 26150, 26167],
  [16551, 23706, 24627, 25573, 26046, 26115, 26283, 26481, 26701, 26718, 26724, 26728, 26735],
  [15439, 23796, 24866, 25317, 26139, 26154, 26175, 26205, 26764, 26818, 26836, 26959],
  [14629, 21645, 22826, 23599, 24992, 25434, 25476, 25549, 25604, 25709, 25723],
  [17585, 26288, 27623, 27939, 28335, 28638, 28715, 28759, 29525, 30302],
  [17419, 25941, 27066, 27761, 28043, 28477, 28721, 28878, 28948],
  [16665, 25370, 26909, 27611, 27729, 27861, 29830, 29844],
  [15471, 23745, 25117, 26378, 26971, 27396, 27480],
  [15103, 23393, 26809, 27691, 28061, 29183],
  [14540, 22642, 23571, 24127, 24210],
  [14590, 22336, 23440, 24029],
  [13967, 21515, 22603],
  [12930, 20111],
  [12539],
];

/** Mortgage guarantee business, Mack 1999. */
const mortgage = [
  [58046, 127970, 476599, 1027692, 1360489, 1647310, 1819179, 1906852, 1950105],
  [24492, 141767, 984288, 2142656, 2961978, 3683940, 4048898, 4115760],
  [32848, 274682, 1522637, 3203427, 4445927, 5158781, 5342585],
  [21439, 529828, 2900301, 4999019, 6460112, 6853904],
  [40397, 763394, 2920745, 4989572, 5648563],
  [90748, 951994, 4210640, 5866482],
  [62096, 868480, 1954797],
  [24983, 284441],
  [13121],
];

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
      const oneYear = claimsDevelopment(triangle, fit)[0]!;
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
  yield dataCase(
    'MW2008 run off year by year (Merz–Wüthrich 2014, the full picture)',
    ['chainladder/MW2008.csv'],
    () => {
      const triangle = triangleOf(readTriangle('chainladder/MW2008.csv'));
      const years = claimsDevelopment(triangle, mackChainLadder(triangle));
      const totals = [81_080.5468, 52_222.0516, 38_517.4943, 29_104.1066, 10_109.002, 3876.0093, 1281.3024, 399.4584];
      for (const [m, total] of totals.entries()) {
        close(years[m]!.totalSe, total, 1e-7, `total of year ${m + 1}`);
      }
      for (const [m, se] of [
        53_320.821, 27_782.3071, 20_193.6339, 26_778.3919, 9118.5624, 3598.2399, 1200.5081,
      ].entries()) {
        close(years[m]!.se[8]!, se, 1e-7, `youngest origin, year ${m + 1}`);
      }
    },
  );
  yield {
    name: 'MW2014 (17 × 17): one-year 1,842.8507, Mack 3,233.6807, IBNR 24,134.870',
    check: () => {
      const triangle = triangleOf(runOff2014);
      const fit = mackChainLadder(triangle);
      const [year] = claimsDevelopment(triangle, fit);
      close(fit.totalIbnr, 24_134.870088, 1e-10, 'IBNR');
      close(fit.totalSe, 3233.6807352, 1e-10, 'Mack s.e.');
      close(year!.totalSe, 1842.8507073, 1e-10, 'one-year s.e.');
      const ses = [0, 0.4083149, 2.5393857, 16.7232632, 156.4022713, 137.6522771, 171.1812092, 70.3161155, 271.6352221];
      for (const [i, se] of ses.entries()) {
        close(year!.se[i]!, se, 1e-6, `one-year s.e. ${i}`, 1);
      }
    },
  };
  yield {
    name: 'Mack 1999, mortgage guarantee with a tail of 1.05: 16,875,554.55 and 4,053,667.67; log-linear CV 26 %',
    check: () => {
      const triangle = triangleOf(mortgage);
      const fit = mackChainLadder(triangle, { tailFactor: 1.05, tailFactorSe: 0.02, tailSigma: 71 });
      close(fit.totalIbnr, 16_875_554.55, 1e-9, 'IBNR');
      close(fit.totalSe, 4_053_667.67, 1e-8, 's.e.');
      const ses = [106_544, 179_977, 249_708, 417_857, 670_156, 1_127_984, 1_377_496, 1_901_740, 2_293_437];
      for (const [i, se] of ses.entries()) {
        close(fit.se[i]!, se, 5e-6, `s.e. ${i}`);
      }
      const plain = mackChainLadder(triangle, { sigmaMethod: 'log-linear' });
      close(plain.totalSe / plain.totalIbnr, 0.26, 0.02, 'CV');
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
