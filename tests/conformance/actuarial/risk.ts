import { createPrng } from '../../../kernel/base/prng.ts';
import {
  claimCost,
  compoundByConvolution,
  compoundByFourier,
  discretise,
  panjer,
  summariseTotal,
  tailMeasures,
} from '../../../kernel/models/actuarial/aggregate.ts';
import { buhlmann, buhlmannStraub } from '../../../kernel/models/actuarial/credibility.ts';
import { frequencyFitModel } from '../../../kernel/models/actuarial/frequency.model.ts';
import { fitFrequency } from '../../../kernel/models/actuarial/frequency.ts';
import { lifeValues, makeham } from '../../../kernel/models/actuarial/life.ts';
import { valueMultiState } from '../../../kernel/models/actuarial/multi-state.ts';
import { poolingGain } from '../../../kernel/models/actuarial/pooling.ts';
import {
  compoundMoments,
  grossPremium,
  loadedPremium,
  normalStopLoss,
  normalTailValueAtRisk,
  normalValueAtRisk,
} from '../../../kernel/models/actuarial/premium.ts';
import { fitTariff } from '../../../kernel/models/actuarial/pricing.ts';
import {
  adjustmentCoefficient,
  exponentialRuin,
  mixtureOfExponentials,
  phaseTypeRuin,
  phaseTypeTransform,
  simulateRuin,
} from '../../../kernel/models/actuarial/ruin.ts';
import { fitSeverity } from '../../../kernel/models/actuarial/severity.ts';
import { empirical } from '../../../kernel/models/actuarial/splicing.ts';
import { binomial, exponential, gamma, poisson } from '../../../kernel/models/numeric/distributions.ts';
import { normalQuantile } from '../../../kernel/models/numeric/special.ts';
import { type Case, close } from '../suite.ts';
import { column, dataCase, readCsv } from './data.ts';

/** The cumulative column of a file against a computed probability function. */
function sameCdf(file: string, probability: Float64Array): void {
  let sum = 0;
  for (const [k, row] of readCsv(file).entries()) {
    sum += probability[k]!;
    const expected = Number(row.F);
    // The reference stops at a cumulative probability of 1 − 1e-6 and prints 1 from there on.
    if (expected < 1 || sum > 1 - 1e-12) {
      close(sum, expected, 1e-12, `F(${row.x})`, 1);
    } else if (sum < 1 - 1e-6) {
      throw new Error(`F(${row.x}): got ${sum}, expected 1 to within 1e-6`);
    }
  }
}

/** Loss Models, dental example: one claim's cost in steps. */
const dentalSeverity = Float64Array.from([0, 0.15, 0.2, 0.25, 0.125, 0.075, 0.05, 0.05, 0.05, 0.025, 0.025]);

function* aggregates(): Iterable<Case> {
  const folder = 'r-actuar';
  const unbiased = () => discretise(claimCost(gamma(2, 1)), 0.5, 45, 'unbiased');
  const grid = `${folder}/discretize_gamma2_1_unbiased_step0.5.csv`;
  yield dataCase('unbiased discretisation of Gamma(2, 1)', [grid], () => {
    const f = unbiased();
    for (const [k, row] of readCsv(grid).entries()) {
      close(f[k]!, Number(row.f), 1e-12, `f(${row.x})`, 1e-3);
    }
  });
  const vignette = `${folder}/agg_panjer_vignette_pois10_gamma2_1_step0.5.csv`;
  yield dataCase('Poisson(10) × Gamma(2, 1) by Panjer and by Fourier', [vignette], () => {
    sameCdf(vignette, panjer(poisson(10), unbiased(), 200));
    sameCdf(vignette, compoundByFourier(poisson(10), unbiased(), 200));
  });
  yield {
    name: 'Poisson(10) × Gamma(2, 1): VaR 30.5, 34, 41; TVaR 35.4187, 38.5492, 45.0107; mean 19.99993673',
    check: () => {
      const all = panjer(poisson(10), unbiased(), 400);
      // The reference ends its grid where the cumulative probability passes 1 − 1e-6.
      let sum = 0;
      let end = 0;
      while (sum < 1 - 1e-6) {
        sum += all[end]!;
        end++;
      }
      const total = { step: 0.5, probability: all.slice(0, end) };
      close(summariseTotal(total).mean, 19.99993673, 5e-10, 'mean');
      for (const [p, valueAtRisk, tail] of [
        [0.9, 30.5, 35.4187],
        [0.95, 34, 38.5492],
        [0.99, 41, 45.0107],
      ] as const) {
        close(tailMeasures(total, p).valueAtRisk, valueAtRisk, 0, `VaR ${p}`);
        close(tailMeasures(total, p).meanBeyond, tail, 2e-6, `TVaR ${p}`);
      }
    },
  };
  const byPoisson = `${folder}/agg_panjer_poisson10_dental.csv`;
  yield dataCase('Poisson(10) × dental', [byPoisson], () => {
    sameCdf(byPoisson, panjer(poisson(10), dentalSeverity, 200));
  });
  const byBinomial = `${folder}/agg_panjer_binom12_0.3_dental.csv`;
  yield dataCase('Binomial(12, .3) × dental', [byBinomial], () => {
    sameCdf(byBinomial, panjer(binomial(12, 0.3), dentalSeverity, 200));
  });
  const byConvolution = `${folder}/agg_convolution_LossModels_ex9.3_dental.csv`;
  yield dataCase('Loss Models example 9.3 by convolution: mean 12.58, sd 7.6646', [byConvolution], () => {
    const counts = [0.05, 0.1, 0.15, 0.2, 0.25, 0.15, 0.06, 0.03, 0.01];
    const total = compoundByConvolution(counts, dentalSeverity, 82);
    sameCdf(byConvolution, total);
    const { mean, sd } = summariseTotal({ step: 1, probability: total });
    close(mean, 12.58, 1e-12, 'mean');
    close(sd, 7.6646, 1e-5, 'sd');
  });
}

function* credibility(): Iterable<Case> {
  const data = 'r-actuar/hachemeister.csv';
  const expected = 'r-actuar/hachemeister_buhlmann_straub_expected.csv';
  yield dataCase('Hachemeister by Bühlmann–Straub', [data, expected], () => {
    const rows = readCsv(data);
    const table = (kind: string) =>
      rows.map((row) => Array.from({ length: 12 }, (_, t) => Number(row[`${kind}.${t + 1}`])));
    const fit = buhlmannStraub(table('ratio'), table('weight'));
    close(fit.collectiveMean, 1683.713, 1e-6, 'collective mean');
    close(fit.withinVariance, 139_120_026, 1e-8, 'within variance');
    close(fit.betweenVariance, 89_638.73, 1e-7, 'between variance');
    for (const [i, row] of readCsv(expected).entries()) {
      close(fit.groupWeight[i]!, Number(row.weight), 0, `weight ${i}`);
      close(fit.groupMean[i]!, Number(row.indiv_mean), 1e-12, `mean ${i}`);
      close(fit.credibility[i]!, Number(row.cred), 1e-12, `credibility ${i}`);
      close(fit.premium[i]!, Number(row.premium), 1e-12, `premium ${i}`);
    }
  });
  yield {
    name: 'Bühlmann of DOMAIN F.6: μ 566.667, EPV 2,666.667, VHM 17,766.667, K .150094, Z .963834',
    check: () => {
      const fit = buhlmann([
        [520, 480, 610, 590],
        [700, 760, 640, 740],
        [430, 390, 460, 480],
      ]);
      close(fit.collectiveMean, 566.667, 1e-6, 'μ');
      close(fit.withinVariance, 2666.667, 1e-6, 'EPV');
      close(fit.betweenVariance, 17_766.667, 1e-6, 'VHM');
      close(fit.k, 0.150094, 2e-6, 'K');
      close(fit.credibility[0]!, 0.963834, 1e-6, 'Z');
      for (const [i, premium] of [550.603, 704.816, 444.581].entries()) {
        close(fit.premium[i]!, premium, 1e-6, `premium ${i}`);
      }
    },
  };
}

function* premiums(): Iterable<Case> {
  const assumptions = { members: 5000, claimsPerMember: 2.1, severityMean: 310, severitySd: 620 };
  yield {
    name: 'premium of DOMAIN F.6: pure 651, sd 71,029.9, VaR99.5 3,437,961, TVaR99 3,444,310, gross 804.18, stop loss',
    check: () => {
      const moments = compoundMoments(assumptions);
      close(moments.mean / 5000, 651, 1e-12, 'pure');
      close(moments.sd, 71_029.9, 1e-6, 'sd');
      close(moments.cv, 0.0218, 1e-3, 'CV');
      close(normalValueAtRisk(moments, 0.995), 3_437_961, 2e-7, 'VaR');
      close(normalTailValueAtRisk(moments, 0.99), 3_444_310, 2e-7, 'TVaR');
      const gross = grossPremium(loadedPremium(moments, { expectedValue: 0.05 }), 0.12, 0.03);
      close(gross / 5000, 804.18, 1e-5, 'gross');
      close(normalStopLoss(moments, 1.02 * moments.mean), 6920, 1e-4, 'stop loss at 1.02 E');
      close(normalStopLoss(moments, 1.1 * moments.mean), 0.03, 0.2, 'stop loss at 1.10 E');
    },
  };
  yield {
    name: 'pooling gain of DOMAIN F.6: CV 15.43 %, 4.88 %, 2.18 %, 1.09 %',
    check: () => {
      const pools = [100, 1000, 5000, 20_000].map((members) => ({ ...assumptions, members }));
      const { apart, merged } = poolingGain(pools, 0.995);
      for (const [i, cv] of [0.1543, 0.0488, 0.0218, 0.0109].entries()) {
        close(apart[i]!.cv, cv, 6e-3, `CV ${i}`);
      }
      // Merging n equal risks divides capital per head by √n.
      const four = poolingGain([pools[1]!, pools[1]!, pools[1]!, pools[1]!], 0.995);
      close(four.merged.capitalPerMember * 2, four.apart[0]!.capitalPerMember, 1e-12, 'capital per head');
      close(
        merged.mean,
        apart.reduce((sum, pool) => sum + pool.mean, 0),
        1e-12,
        'mean',
      );
    },
  };
  const data = 'r-actuar/MASS_Insurance.csv';
  const expected = 'r-actuar/expected_MASS_Insurance_poisson_glm.csv';
  yield dataCase('motor claims by Poisson GLM with offset: deviance 51.42003, AIC 388.74155', [data, expected], () => {
    const rows = readCsv(data);
    // The reference codes Group and Age as ordered levels 1 to 4.
    const level = (name: string, order: readonly string[]) => rows.map((row) => String(order.indexOf(row[name]!) + 1));
    const ages = ['<25', '25-29', '30-35', '>35'];
    const groups = ['<1l', '1-1.5l', '1.5-2l', '>2l'];
    const { fit, terms, standardErrors, aic } = fitTariff(
      [
        { name: 'District', labels: rows.map((row) => row.District!) },
        { name: 'Group', labels: level('Group', groups) },
        { name: 'Age', labels: level('Age', ages) },
      ],
      column(rows, 'Claims'),
      'poisson',
      column(rows, 'Holders'),
    );
    close(fit.deviance, 51.42003, 1e-7, 'deviance');
    close(aic, 388.74155, 2e-8, 'AIC');
    for (const row of readCsv(expected)) {
      const term = row.term === '(Intercept)' ? '(intercept)' : row.term!.replace(/(\d)$/, ': $1');
      const j = terms.indexOf(term);
      close(fit.coefficients[j]!, Number(row.est), 1e-8, term);
      close(standardErrors[j]!, Number(row.se), 1e-6, `${term} s.e.`);
    }
  });
}

function* ruin(): Iterable<Case> {
  const file = 'r-actuar/ruin_exp5_exp3.csv';
  yield dataCase('ψ(u) = .6 e^(−2u) as phase-type', [file], () => {
    const psi = phaseTypeRuin(mixtureOfExponentials([1], [5]), mixtureOfExponentials([1], [3]), 1);
    for (const row of readCsv(file)) {
      close(psi(Number(row.u)), Number(row.psi), 1e-12, `ψ(${row.u})`);
    }
  });
  yield {
    name: 'mixture of Exp(3) and Exp(7): ψ(0) .714286, ψ(1) .252331, = 24/35 e^−u + 1/35 e^−6u',
    check: () => {
      const claims = mixtureOfExponentials([0.5, 0.5], [3, 7]);
      const psi = phaseTypeRuin(claims, mixtureOfExponentials([1], [3]), 1);
      close(psi(0), 0.714286, 1e-6, 'ψ(0)');
      close(psi(1), 0.252331, 2e-6, 'ψ(1)');
      for (const u of [0.3, 2, 7]) {
        close(psi(u), (24 / 35) * Math.exp(-u) + (1 / 35) * Math.exp(-6 * u), 1e-12, `ψ(${u})`);
      }
      const mean = (1 / 3 + 1 / 7) / 2;
      const r = adjustmentCoefficient((s) => phaseTypeTransform(claims, s), mean, 1 / (3 * mean) - 1);
      close(r, 1, 1e-12, 'adjustment coefficient');
    },
  };
  yield {
    name: 'ruin of DOMAIN F.6: ψ(0) .8333, ψ(1,000) .4868, ψ(5,000) .0567, ψ(10,000) .00385',
    check: () => {
      for (const [u, psi] of [
        [0, 0.8333],
        [1000, 0.4868],
        [5000, 0.0567],
        [10_000, 0.00385],
      ] as const) {
        close(exponentialRuin(u, 310, 0.2), psi, 1.1e-3, `ψ(${u})`);
      }
    },
  };
  yield {
    name: 'simulated ruin over a long horizon meets the closed form (four standard errors)',
    check: () => {
      const run = simulateRuin(
        { reserve: 1, claimRate: 3, premiumRate: 1, severity: exponential(0.2), horizon: 60, paths: 20_000 },
        createPrng(11),
      );
      let step = run.next();
      while (!step.done) {
        step = run.next();
      }
      const gap = Math.abs(step.value.probability - 0.6 * Math.exp(-2));
      if (gap > 4 * step.value.standardError) {
        throw new Error(`simulated ${step.value.probability}, closed form ${0.6 * Math.exp(-2)}`);
      }
    },
  };
}

function* fits(): Iterable<Case> {
  yield {
    name: 'Thyrion’s motor claims (Loss Models): log-likelihoods −5,490.78 and −5,348.04, r .7015, β .3056',
    check: () => {
      const counts = frequencyFitModel.example.policiesByClaims;
      const one = fitFrequency('poisson', counts);
      close(one.logLikelihood, -5490.78, 1e-6, 'Poisson log-likelihood');
      const two = fitFrequency('negative-binomial', counts);
      close(two.logLikelihood, -5348.04, 1e-6, 'negative binomial log-likelihood');
      const [size, mean] = two.parameters.map((p) => p.estimate);
      close(size!, 0.7015, 1e-4, 'r');
      close(mean! / size!, 0.3056, 2e-4, 'β');
    },
  };
  yield {
    name: 'Danish fire losses: a sample with their log moments (n 2,167) has AIC 8,119.79',
    check: () => {
      // The published fit is a function of n and two moments of the logs alone; any sample with them must give it.
      const n = 2167;
      const z = Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));
      const spread = Math.sqrt(z.reduce((sum, x) => sum + x * x, 0) / n);
      const fit = fitSeverity(
        'lognormal',
        z.map((x) => Math.exp(0.78695 + (0.71655 * x) / spread)),
      );
      close(fit.parameters[0]!.estimate, 0.78695, 1e-9, 'meanlog');
      close(fit.parameters[1]!.estimate, 0.71655, 1e-9, 'sdlog');
      close(fit.aic, 8119.79, 4e-6, 'AIC');
    },
  };
  const dental = 'r-actuar/dental.csv';
  yield dataCase('dental amounts: empirical mean 335.5, second moment 293,068.3', [dental], () => {
    const d = empirical(column(readCsv(dental), 'x'));
    close(d.mean, 335.5, 1e-12, 'mean');
    close(d.variance + d.mean ** 2, 293_068.3, 1e-12, 'second moment');
  });
}

function* lives(): Iterable<Case> {
  yield {
    name: 'Standard Ultimate Survival Model, 5 % (Dickson, Hardy and Waters, table D.3): A and ä at 20, 40, 60',
    check: () => {
      const survival = makeham(0.00022, 2.7e-6, 1.124);
      for (const [x, a, annuity] of [
        [20, 0.04922, 19.9664],
        [40, 0.12106, 18.4578],
        [60, 0.29028, 14.9041],
      ] as const) {
        const values = lifeValues(survival, x, 0.05);
        close(values.insuranceYearEnd, a, 1.1e-4, `A at ${x}`);
        close(values.annuityDue, annuity, 3e-6, `ä at ${x}`);
      }
    },
  };
  yield {
    name: 'permanent disability model (Dickson, Hardy and Waters, example 8.4): .58395 healthy, .20577 disabled',
    check: () => {
      const disable = (x: number) => 4e-4 + 3.4674e-6 * Math.exp(0.138155 * x);
      const die = (x: number) => 5e-4 + 7.5858e-5 * Math.exp(0.087498 * x);
      const move = (from: number, to: number, intensity: (x: number) => number) => ({
        from,
        to,
        intensity,
        lumpSum: 0,
      });
      const value = valueMultiState(
        { states: 3, transitions: [move(0, 1, disable), move(0, 2, die), move(1, 2, die)], payments: [] },
        60,
        0,
        10,
        0.05,
      );
      close(value.years[9]!.occupancy[0]!, 0.58395, 1e-5, 'healthy');
      close(value.years[9]!.occupancy[1]!, 0.20577, 3e-5, 'disabled');
    },
  };
}

export function* risk(): Iterable<Case> {
  yield* aggregates();
  yield* credibility();
  yield* premiums();
  yield* ruin();
  yield* fits();
  yield* lives();
}
