import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import * as d from '../numeric/distributions.ts';
import { buhlmann, buhlmannStraub } from './credibility.ts';
import { type FrequencyFamily, fitFrequency } from './frequency.ts';
import { chiSquaredTest, kolmogorovSmirnovP } from './goodness-of-fit.ts';
import { fitTariff } from './pricing.ts';
import { bootstrapFit, fitSeverity, fitSpliced, type SeverityFamily } from './severity.ts';
import { fitSeverityThroughTerms } from './severity-terms.ts';
import { empirical, fitGeneralisedPareto, spliced } from './splicing.ts';

// Simulations on a busy machine may take longer than the default.
vi.setConfig({ testTimeout: 120_000 });

describe('severity', () => {
  const planted: [SeverityFamily, d.Distribution, Record<string, number>][] = [
    ['gamma', d.gamma(2.3, 140), { shape: 2.3, scale: 140 }],
    ['lognormal', d.lognormal(5, 1.1), { meanLog: 5, sdLog: 1.1 }],
    ['weibull', d.weibull(0.8, 300), { shape: 0.8, scale: 300 }],
    ['lomax', d.lomax(3, 900), { shape: 3, scale: 900 }],
    ['exponential', d.exponential(250), { mean: 250 }],
    ['pareto', d.pareto(2.2, 100), { shape: 2.2 }],
  ];

  test.each(planted)(
    '%s: planted parameters come back within four standard errors, and the fit passes',
    (family, truth, parameters) => {
      const prng = createPrng(404);
      const sample = Float64Array.from({ length: 6000 }, () => truth.draw(prng));
      const fit = fitSeverity(family, sample);
      expect(fit.converged).toBe(true);
      for (const p of fit.parameters) {
        if (p.name in parameters) {
          expect(Math.abs(p.estimate - parameters[p.name]!)).toBeLessThan(4 * p.standardError);
          expect(p.standardError / p.estimate).toBeLessThan(0.2);
        }
      }
      expect(fit.ksP).toBeGreaterThan(1e-3);
      expect(fit.chiSquared.p).toBeGreaterThan(1e-3);
      for (const other of ['exponential', 'gamma', 'lognormal', 'weibull'] as const) {
        // Nothing with fewer parameters may beat the family the data came from by more than chance.
        expect(fit.aic).toBeLessThan(fitSeverity(other, sample).aic + 10);
      }
    },
  );

  test('the estimate is a maximum: moving any parameter lowers the likelihood', () => {
    const prng = createPrng(5);
    const sample = Float64Array.from({ length: 400 }, () => d.gamma(1.7, 90).draw(prng));
    const build = { gamma: d.gamma, weibull: d.weibull, lognormal: d.lognormal, lomax: d.lomax } as const;
    for (const family of ['gamma', 'weibull', 'lognormal'] as const) {
      const fit = fitSeverity(family, sample);
      const [a, b] = fit.parameters.map((p) => p.estimate);
      const score = (x: number, y: number) => sample.reduce((sum, v) => sum + build[family](x, y).logDensity(v), 0);
      expect(score(a!, b!)).toBeCloseTo(fit.logLikelihood, 8);
      for (const [x, y] of [
        [1.001, 1],
        [0.999, 1],
        [1, 1.001],
        [1, 0.999],
      ]) {
        expect(score(a! * x!, b! * y!)).toBeLessThan(fit.logLikelihood);
      }
    }
  });

  test('scaling money scales the scale and leaves the shape', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.double({ min: 1, max: 1e4, noNaN: true }), { minLength: 8, maxLength: 60 })
          .map((sample) => sample.map((x, i) => x * (1 + 0.1 * (i % 7)))),
        fc.double({ min: 0.01, max: 1000, noNaN: true }),
        (sample, scale) => {
          for (const family of ['gamma', 'weibull'] as const) {
            const one = fitSeverity(family, sample).parameters;
            const other = fitSeverity(
              family,
              sample.map((x) => x * scale),
            ).parameters;
            expect(other[0]!.estimate / one[0]!.estimate).toBeCloseTo(1, 5);
            expect(other[1]!.estimate / (one[1]!.estimate * scale)).toBeCloseTo(1, 5);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a light tail is told, not fitted by an absurd Lomax', () => {
    const sample = Float64Array.from({ length: 200 }, (_, i) => 100 + i);
    const fit = fitSeverity('lomax', sample);
    expect(fit.converged).toBe(false);
    expect(fit.note).toContain('no heavier than exponential');
  });

  test('the bootstrap’s p-value is smaller than the one that ignores the fitting', () => {
    const prng = createPrng(8);
    const sample = Float64Array.from({ length: 80 }, () => d.lognormal(4, 1).draw(prng));
    const fit = fitSeverity('gamma', sample);
    const run = bootstrapFit('gamma', fit, 80, 99, prng);
    let step = run.next();
    while (!step.done) {
      step = run.next();
    }
    expect(step.value.ksP).toBeLessThan(fit.ksP);
  });
});

describe('severity through a deductible and a ceiling', () => {
  const through = (truth: d.Distribution, n: number, deductible: number, ceiling: number, seed: number) => {
    const prng = createPrng(seed);
    const seen: number[] = [];
    while (seen.length < n) {
      const x = truth.draw(prng);
      if (x > deductible) {
        seen.push(Math.min(x, ceiling));
      }
    }
    return seen;
  };
  const planted: [SeverityFamily, d.Distribution, Record<string, number>][] = [
    ['gamma', d.gamma(2.3, 140), { shape: 2.3, scale: 140 }],
    ['lognormal', d.lognormal(5, 1.1), { meanLog: 5, sdLog: 1.1 }],
    ['weibull', d.weibull(0.8, 300), { shape: 0.8, scale: 300 }],
    ['exponential', d.exponential(250), { mean: 250 }],
    ['pareto', d.pareto(1.7, 60), { shape: 1.7 }],
  ];
  test.each(planted)('%s: the parameters of the whole loss come back', (family, truth, parameters) => {
    const losses = through(truth, 4000, 60, 600, 17);
    const fit = fitSeverityThroughTerms(family, losses, { deductible: 60, ceiling: 600 });
    expect(fit.converged).toBe(true);
    for (const p of fit.parameters) {
      if (p.name in parameters) {
        expect(Math.abs(p.estimate - parameters[p.name]!)).toBeLessThan(4 * p.standardError);
      }
    }
    expect(fit.ksP).toBeGreaterThan(1e-3);
    // Fitted as if complete, the same losses mislead.
    if (family !== 'pareto') {
      expect(Math.abs(fitSeverity(family, losses).distribution.mean / truth.mean - 1)).toBeGreaterThan(
        Math.abs(fit.distribution.mean / truth.mean - 1),
      );
    }
  });

  test('the exponential has a closed form: time above the deductible over losses known in full', () => {
    const losses = through(d.exponential(250), 300, 60, 600, 3);
    const fit = fitSeverityThroughTerms('exponential', losses, { deductible: 60, ceiling: 600 });
    const full = losses.filter((x) => x < 600).length;
    const mean = losses.reduce((sum, x) => sum + x - 60, 0) / full;
    expect(fit.parameters[0]!.estimate / mean).toBeCloseTo(1, 6);
    expect(fit.parameters[0]!.standardError / (mean / Math.sqrt(full))).toBeCloseTo(1, 4);
  });

  test('without terms it is the plain fit', () => {
    const losses = through(d.gamma(2, 100), 500, 0, 1e9, 5);
    const plain = fitSeverity('gamma', losses);
    const fit = fitSeverityThroughTerms('gamma', losses, {});
    expect(fit.logLikelihood).toBeCloseTo(plain.logLikelihood, 6);
    expect(fit.parameters[1]!.standardError / plain.parameters[1]!.standardError).toBeCloseTo(1, 3);
  });
});

describe('tails', () => {
  test.each([-0.25, 0, 0.4, 0.9])('a generalised Pareto with ξ = %s is recovered', (xi) => {
    const prng = createPrng(71);
    const excesses = Float64Array.from({ length: 5000 }, () => {
      const s = 1 - prng.uniform();
      return xi === 0 ? -300 * Math.log(s) : (300 * (s ** -xi - 1)) / xi;
    });
    const fit = fitGeneralisedPareto(excesses);
    expect(Math.abs(fit.shape - xi)).toBeLessThan(4 * fit.shapeSe);
    expect(Math.abs(fit.scale - 300)).toBeLessThan(4 * fit.scaleSe);
  });

  test('a spliced distribution is one: cdf, quantile, density, mean and limited mean agree', () => {
    const tail = { shape: 0.3, scale: 400, shapeSe: 0, scaleSe: 0, exceedances: 1 };
    const dist = spliced(d.gamma(1.5, 200), 800, 0.12, tail);
    expect(dist.cdf(800)).toBeCloseTo(0.88, 12);
    for (const p of [0.01, 0.3, 0.87, 0.89, 0.99, 0.9999]) {
      const x = dist.quantile(p);
      expect(dist.cdf(x)).toBeCloseTo(p, 10);
      const slope = (dist.cdf(x * 1.0001) - dist.cdf(x * 0.9999)) / (x * 0.0002);
      expect(slope / dist.density(x)).toBeCloseTo(1, 4);
    }
    const limit = 3000;
    let sum = 0;
    for (let i = 0; i < 30_000; i++) {
      sum += (dist.survival(((i + 0.5) * limit) / 30_000) * limit) / 30_000;
    }
    expect(dist.limitedMean!(limit)).toBeCloseTo(sum, 3);
    expect(dist.limitedMean!(1e15)).toBeCloseTo(dist.mean, 4);
    const prng = createPrng(4);
    let draws = 0;
    for (let i = 0; i < 200_000; i++) {
      draws += dist.draw(prng) / 200_000;
    }
    expect(Math.abs(draws / dist.mean - 1)).toBeLessThan(0.01);
  });

  test('a spliced fit keeps the share above the threshold', () => {
    const prng = createPrng(12);
    const sample = Float64Array.from({ length: 3000 }, () => d.lomax(2.5, 500).draw(prng));
    const fit = fitSpliced('lognormal', sample, 900);
    const above = sample.filter((x) => x > 900).length / 3000;
    expect(fit.distribution.survival(900)).toBeCloseTo(above, 12);
  });

  test('an empirical distribution gives back its sample', () => {
    const dist = empirical([5, 1, 3, 3]);
    expect([dist.cdf(0), dist.cdf(1), dist.cdf(3), dist.cdf(9)]).toEqual([0, 0.25, 0.75, 1]);
    expect([dist.quantile(0.25), dist.quantile(0.26), dist.quantile(1)]).toEqual([1, 3, 5]);
    expect(dist.limitedMean!(3)).toBe((1 + 3 + 3 + 3) / 4);
    expect(dist.density(3)).toBe(0.5);
  });
});

describe('frequency', () => {
  const tabulate = (dist: d.CountDistribution, n: number, seed: number) => {
    const prng = createPrng(seed);
    const counts: number[] = [];
    for (let i = 0; i < n; i++) {
      const k = dist.draw(prng);
      while (counts.length <= k) {
        counts.push(0);
      }
      counts[k]!++;
    }
    return counts;
  };
  const planted: [FrequencyFamily, d.CountDistribution, Record<string, number>][] = [
    ['poisson', d.poisson(1.3), { mean: 1.3 }],
    ['negative-binomial', d.negativeBinomial(0.8, 1.4), { size: 0.8, mean: 1.4 }],
    ['binomial', d.binomial(6, 0.35), { probability: 0.35, trials: 6 }],
    ['zero-modified-poisson', d.zeroModified(d.poisson(2.2), 0.5), { zero: 0.5, mean: 2.2 }],
    [
      'zero-modified-negative-binomial',
      d.zeroModified(d.negativeBinomial(1.6, 3), 0.3),
      { zero: 0.3, size: 1.6, mean: 3 },
    ],
  ];
  test.each(planted)('%s: planted parameters come back within four standard errors', (family, truth, parameters) => {
    const counts = tabulate(truth, 20_000, 31);
    const fit = fitFrequency(family, counts);
    for (const p of fit.parameters) {
      const allowed = Number.isNaN(p.standardError) ? 0.01 : 4 * p.standardError;
      expect(Math.abs(p.estimate - parameters[p.name]!)).toBeLessThan(allowed);
    }
    expect(fit.chiSquared.p).toBeGreaterThan(1e-4);
    expect(fit.expected.reduce((a, b) => a + b, 0)).toBeCloseTo(20_000, 3);
  });

  test('under-dispersed counts have no negative binomial, and that is said', () => {
    const fit = fitFrequency('negative-binomial', [10, 80, 10]);
    expect(fit.converged).toBe(false);
    expect(fit.note).toContain('does not exceed the mean');
    expect(fitFrequency('binomial', [10, 80, 10]).converged).toBe(true);
  });

  test('cells of chi-squared are joined until each expects five', () => {
    expect(chiSquaredTest([50, 3, 1], [46, 6, 2], 0)).toMatchObject({ degreesOfFreedom: 1 });
    expect(chiSquaredTest([2], [2], 0).p).toBeNaN();
    expect(kolmogorovSmirnovP(1.3581 / Math.sqrt(1e6), 1e6)).toBeCloseTo(0.05, 3);
  });
});

describe('credibility', () => {
  test('equal groups are given the common mean; Z lies in [0, 1] and premiums between own and common', () => {
    expect(
      buhlmann([
        [1, 2, 3],
        [2, 3, 1],
      ]).credibility,
    ).toEqual(Float64Array.from([0, 0]));
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }), {
          minLength: 2,
          maxLength: 9,
        }),
        fc.array(fc.double({ min: 0.1, max: 50, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (groups, weights) => {
          const fit = buhlmannStraub(
            groups,
            groups.map(() => weights),
          );
          fit.credibility.forEach((z, i) => {
            expect(z).toBeGreaterThanOrEqual(0);
            expect(z).toBeLessThanOrEqual(1);
            const ends = [fit.groupMean[i]!, fit.collectiveMean];
            expect(fit.premium[i]!).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
            expect(fit.premium[i]!).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
          });
        },
      ),
    );
  });

  test('planted structure is recovered', () => {
    const prng = createPrng(15);
    const groups = Array.from({ length: 800 }, () => {
      const own = 500 + 40 * prng.normal();
      return Float64Array.from({ length: 6 }, () => own + 90 * prng.normal());
    });
    const fit = buhlmann(groups);
    expect(Math.abs(Math.sqrt(fit.withinVariance) - 90)).toBeLessThan(4);
    expect(Math.abs(Math.sqrt(fit.betweenVariance) - 40)).toBeLessThan(3);
  });
});

test('a tariff recovers planted relativities, and balances by level (Poisson with log link)', () => {
  const prng = createPrng(2);
  const rows = Array.from({ length: 4000 }, (_, i) => ({
    sector: ['fishing', 'farm', 'home'][i % 3]!,
    age: 20 + (i % 40),
    exposure: 0.5 + prng.uniform(),
  }));
  const claims = rows.map((r) => {
    const factor = { fishing: 1, farm: 0.7, home: 0.5 }[r.sector]!;
    return d.poisson(r.exposure * 0.8 * factor * Math.exp(0.01 * (r.age - 20))).draw(prng);
  });
  const { fit, terms, standardErrors } = fitTariff(
    [
      { name: 'sector', labels: rows.map((r) => r.sector), base: 'fishing' },
      { name: 'age', values: rows.map((r) => r.age - 20) },
    ],
    claims,
    'poisson',
    rows.map((r) => r.exposure),
  );
  expect(terms).toEqual(['(intercept)', 'sector: farm', 'sector: home', 'age']);
  const truth = [Math.log(0.8), Math.log(0.7), Math.log(0.5), 0.01];
  truth.forEach((b, j) => {
    expect(Math.abs(fit.coefficients[j]! - b)).toBeLessThan(4 * standardErrors[j]!);
  });
  for (const sector of ['fishing', 'farm', 'home']) {
    const sum = (of: ArrayLike<number>) => rows.reduce((s, r, i) => s + (r.sector === sector ? of[i]! : 0), 0);
    expect(sum(fit.fitted)).toBeCloseTo(sum(claims), 6);
  }
});

test('mean amounts by a gamma tariff: with one factor, the weighted means of the classes in closed form', () => {
  const prng = createPrng(6);
  const classes = ['inpatient', 'outpatient', 'delivery'];
  const rows = Array.from({ length: 60 }, (_, i) => ({
    kind: classes[i % 3]!,
    mean: d.gamma(4, 100 * (1 + (i % 3))).draw(prng),
    claims: 1 + prng.below(20),
  }));
  const { fit, standardErrors } = fitTariff(
    [{ name: 'kind', labels: rows.map((r) => r.kind) }],
    rows.map((r) => r.mean),
    'gamma',
    rows.map((r) => r.claims),
  );
  const of = (kind: string) => {
    const own = rows.filter((r) => r.kind === kind);
    const weight = own.reduce((s, r) => s + r.claims, 0);
    return { weight, mean: own.reduce((s, r) => s + r.claims * r.mean, 0) / weight };
  };
  const base = of('inpatient');
  expect(fit.coefficients[0]).toBeCloseTo(Math.log(base.mean), 9);
  expect(standardErrors[0]).toBeCloseTo(Math.sqrt(fit.dispersion / base.weight), 9);
  for (const [j, kind] of ['outpatient', 'delivery'].entries()) {
    const own = of(kind);
    expect(fit.coefficients[j + 1]).toBeCloseTo(Math.log(own.mean / base.mean), 9);
    expect(standardErrors[j + 1]).toBeCloseTo(Math.sqrt(fit.dispersion * (1 / base.weight + 1 / own.weight)), 9);
  }
});
