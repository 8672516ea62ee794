import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { runModel } from '../model.ts';
import * as d from '../numeric/distributions.ts';
import {
  claimCost,
  compoundByFourier,
  discretise,
  panjer,
  stopLoss,
  summariseTotal,
  tailMeasures,
} from './aggregate.ts';
import { type CoverTerms, type SimulatedYears, simulateYears } from './claims-simulation.ts';
import { poolingGain, splitAtRetention } from './pooling.ts';
import { compoundMoments, normalStopLoss } from './premium.ts';
import { riskMeasuresModel } from './risk-measures.model.ts';
import {
  adjustmentCoefficient,
  erlang,
  exponentialRuin,
  mixtureOfExponentials,
  momentTransform,
  phaseTypeMean,
  phaseTypeRuin,
} from './ruin.ts';
import { ascendingOrder, quantileStandardError, sorted, summarise, tailValueAtRisk, valueAtRisk } from './samples.ts';

// Simulations on a busy machine may take longer than the default.
vi.setConfig({ testTimeout: 120_000 });

function finish<T>(run: Generator<number, T>): T {
  let step = run.next();
  while (!step.done) {
    step = run.next();
  }
  return step.value;
}

describe('aggregate loss', () => {
  const severities = [d.gamma(0.6, 300), d.lognormal(5, 1), d.weibull(1.4, 200), d.lomax(3.5, 400), d.exponential(250)];
  const counts = [
    d.poisson(4),
    d.negativeBinomial(0.7, 3),
    d.binomial(9, 0.4),
    d.zeroModified(d.poisson(3), 0.4),
    d.zeroModified(d.negativeBinomial(2, 3), 0.1),
  ];
  test.each(counts.map((c) => [c.name, c] as const))(
    '%s: Panjer and Fourier agree, and the mean is Wald’s',
    (_, count) => {
      for (const severity of severities) {
        const f = discretise(claimCost(severity), 12, 1024, 'unbiased');
        const one = panjer(count, f, 2048);
        const other = compoundByFourier(count, f, 2048);
        one.forEach((p, k) => {
          expect(Math.abs(p - other[k]!)).toBeLessThan(1e-10);
        });
        const cost = f.reduce((sum, p, k) => sum + p * k * 12, 0);
        const { mean, missing } = summariseTotal({ step: 12, probability: other });
        expect(Math.abs(mean / (count.mean * cost) - 1)).toBeLessThan(1e-3 + 1e4 * missing);
      }
    },
  );

  test('lower- and upper-bound discretisation enclose the truth', () => {
    const severity = d.gamma(2, 100);
    const cdf = (method: 'lower-bound' | 'upper-bound' | 'unbiased') => {
      const g = panjer(d.poisson(3), discretise(claimCost(severity), 20, 500, method), 500);
      let sum = 0;
      return g.map((p) => {
        sum += p;
        return sum;
      });
    };
    const [low, exact, high] = [cdf('upper-bound'), cdf('unbiased'), cdf('lower-bound')];
    for (const k of [5, 20, 40, 80]) {
      expect(low[k]!).toBeLessThan(exact[k]!);
      expect(exact[k]!).toBeLessThan(high[k]!);
    }
  });

  test('a portfolio of 20,000 expected claims does not underflow', () => {
    const total = panjer(d.poisson(20_000), Float64Array.from([0, 0.5, 0.3, 0.2]), 40_000);
    const { mean, sd, missing } = summariseTotal({ step: 1, probability: total });
    expect(Math.abs(missing)).toBeLessThan(1e-9);
    expect(mean).toBeCloseTo(34_000, 4);
    expect(sd).toBeCloseTo(Math.sqrt(20_000 * (0.5 + 1.2 + 1.8)), 4);
  });

  test('claim terms never pay more than the loss, nor less than nothing, and deductibles add up', () => {
    const severity = d.lognormal(5, 1.2);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 5000, noNaN: true }),
        (deductible, coinsurance, ceiling) => {
          const cost = claimCost(severity, { deductible, coinsurance, ceiling });
          const mean = cost.limitedMean(1e12);
          expect(mean).toBeGreaterThanOrEqual(-1e-9);
          expect(mean).toBeLessThanOrEqual(severity.mean + 1e-9);
          expect(mean).toBeLessThanOrEqual(ceiling + 1e-9);
          // A whole claim is what the insured keeps and what the scheme pays, without a ceiling.
          const open = claimCost(severity, { deductible, coinsurance }).limitedMean(1e12);
          const over = severity.mean - severity.limitedMean!(deductible);
          expect(open).toBeCloseTo((1 - coinsurance) * over, 6);
          expect(cost.cdf(ceiling)).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('VaR ≤ TVaR, both rise with the level; stop loss falls with the retention and is convex', () => {
    const total = {
      step: 10,
      probability: compoundByFourier(d.poisson(6), discretise(claimCost(d.gamma(1, 100)), 10, 1024, 'unbiased'), 1024),
    };
    let previous = tailMeasures(total, 0.5);
    for (const p of [0.6, 0.8, 0.9, 0.99, 0.999]) {
      const here = tailMeasures(total, p);
      expect(here.valueAtRisk).toBeGreaterThanOrEqual(previous.valueAtRisk);
      expect(here.tailValueAtRisk).toBeGreaterThan(previous.tailValueAtRisk);
      expect(here.tailValueAtRisk).toBeGreaterThanOrEqual(here.valueAtRisk);
      previous = here;
    }
    expect(stopLoss(total, 0)).toBeCloseTo(600, 3);
    expect(stopLoss(total, 300) + stopLoss(total, 900)).toBeGreaterThan(2 * stopLoss(total, 600));
    expect(stopLoss(total, 500, 200)).toBeCloseTo(stopLoss(total, 500) - stopLoss(total, 700), 9);
  });
});

describe('simulated years', () => {
  const cell = {
    policies: 700,
    personsPerPolicy: 2,
    counts: (factor: number) => d.negativeBinomial(1.5, 1.2 * factor),
    severity: d.lognormal(4.8, 1.1),
  };
  const terms: CoverTerms = {
    claim: { deductible: 30, coinsurance: 0.2, ceiling: 1500 },
    person: { ceiling: 2500 },
    policy: { ceiling: 3500 },
    quotaShare: 0.25,
    perLifeRetention: 1200,
    perLifeLimit: 500,
    stopLossRetention: 130_000,
    stopLossLimit: 20_000,
  };

  test('every amount is split without loss: gross = quota share + per life + stop loss + net', () => {
    const years = finish(simulateYears([cell], terms, 300, createPrng(6), { shockSd: 0.1 }));
    for (let y = 0; y < 300; y++) {
      const parts = years.cededQuotaShare[y]! + years.cededPerLife[y]! + years.cededStopLoss[y]! + years.net[y]!;
      expect(parts).toBeCloseTo(years.gross[y]!, 6);
      expect(years.gross[y]!).toBeLessThanOrEqual(years.billed[y]!);
      expect(years.cededStopLoss[y]!).toBeLessThanOrEqual(20_000);
    }
    expect(years.cededStopLoss.some((x) => x > 0)).toBe(true);
    expect(years.cededPerLife.every((x) => x > 0)).toBe(true);
  });

  test('drawing claims and drawing lives give the same distribution', () => {
    const claims = finish(simulateYears([cell], terms, 1500, createPrng(1), { unit: 'claim' }));
    const lives = finish(simulateYears([cell], terms, 1500, createPrng(2), { unit: 'life' }));
    for (const name of ['gross', 'cededPerLife', 'net'] as const satisfies (keyof SimulatedYears)[]) {
      const a = summarise(claims[name]);
      const b = summarise(lives[name]);
      expect(Math.abs(a.mean - b.mean)).toBeLessThan((4 * Math.hypot(a.sd, b.sd)) / Math.sqrt(1500));
      expect(Math.abs(Math.log(a.sd / b.sd))).toBeLessThan(0.12);
    }
  });

  test('a heavy tail under a low ceiling: the grid follows the ceiling, not the tail', () => {
    const heavy = { ...cell, policies: 1000, personsPerPolicy: 1, severity: d.lomax(1.5, 900) };
    const capped: CoverTerms = { person: { deductible: 100, ceiling: 2500 }, perLifeRetention: 1500 };
    const claims = finish(simulateYears([heavy], capped, 1500, createPrng(1), { unit: 'claim' }));
    const lives = finish(simulateYears([heavy], capped, 1500, createPrng(2), { unit: 'life' }));
    for (const name of ['gross', 'cededPerLife'] as const) {
      const a = summarise(claims[name]);
      const b = summarise(lives[name]);
      expect(Math.abs(a.mean - b.mean)).toBeLessThan((4 * Math.hypot(a.sd, b.sd)) / Math.sqrt(1500));
    }
  });

  test('without terms mean and spread are the compound’s own', () => {
    const years = finish(simulateYears([cell], {}, 4000, createPrng(3), { unit: 'claim' }));
    const sd = Math.sqrt(cell.severity.variance);
    const moments = compoundMoments({
      members: 1400,
      claimsPerMember: 1.2,
      severityMean: cell.severity.mean,
      severitySd: sd,
      size: 1.5,
    });
    const { mean, sd: spread } = summarise(years.gross);
    expect(years.gross).toEqual(
      years.billed.map((x, i) => (Math.abs(x - years.gross[i]!) < 1e-6 ? years.gross[i]! : Number.NaN)),
    );
    expect(Math.abs(mean - moments.mean)).toBeLessThan((4 * moments.sd) / Math.sqrt(4000));
    expect(Math.abs(spread / moments.sd - 1)).toBeLessThan(0.05);
  });

  test('a common shock does not diversify', () => {
    const years = finish(
      simulateYears([{ ...cell, policies: 1000 }], {}, 800, createPrng(3), { unit: 'claim', shockSd: 0.2 }),
    );
    const { mean, sd } = summarise(years.gross);
    expect(sd / mean).toBeGreaterThan(0.18);
    expect(sd / mean).toBeLessThan(0.24);
  });
});

describe('samples', () => {
  test('VaR and TVaR of a known sample', () => {
    const x = sorted([...Array(100).keys()].map((i) => 100 - i));
    expect(valueAtRisk(x, 0.95)).toBe(95);
    expect(tailValueAtRisk(x, 0.95)).toBeCloseTo(98, 12);
    expect(tailValueAtRisk(x, 0.955)).toBeCloseTo((100 + 99 + 98 + 97 + 96 * 0.5) / 4.5, 10);
    expect(summarise(x)).toMatchObject({ n: 100, mean: 50.5 });
    expect(quantileStandardError(x, 0.5)).toBeCloseTo(5, 12);
  });
});

test('the order of values, equals in their own order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constantFrom(0, -0, 1, 2))), (values) => {
      const expected = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
      expect([...ascendingOrder(Float64Array.from(values))]).toEqual(expected);
    }),
  );
});

describe('risk measures', () => {
  const measures = (losses: number[], bootstrapReplicates = 0) =>
    runModel(riskMeasuresModel, { losses, levels: [0.9], bootstrapReplicates });

  test('scaling and shifting losses scales and shifts every measure', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 1000, noNaN: true }), { minLength: 5, maxLength: 60 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (losses, scale) => {
          const one = measures(losses);
          const other = measures(losses.map((x) => 7 + scale * x));
          for (const [i, row] of one.entries()) {
            const expected = row.measure === 'sd' ? scale * row.value : 7 + scale * row.value;
            expect(other[i]!.value).toBeCloseTo(expected, 6);
          }
          const [valueAt, tail] = [one[2]!.value, one[3]!.value];
          expect(tail).toBeGreaterThanOrEqual(valueAt - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a large sample, the error of TVaR is its limit: exponential losses have it in closed form', () => {
    const prng = createPrng(8);
    const n = 120_000;
    const losses = Array.from({ length: n }, () => -Math.log(1 - prng.uniform()));
    const tail = measures(losses, 200).find((row) => row.measure === 'tvar')!;
    const rest = 0.1;
    expect(tail.value).toBeCloseTo(1 - Math.log(rest), 1);
    expect(tail.standardError! / (Math.sqrt((2 * rest - rest * rest) / n) / rest)).toBeCloseTo(1, 1);
    expect(measures(losses, 0).find((row) => row.measure === 'tvar')!.standardError).toBeNull();
  });

  test('the standard errors are those of repeated samples', () => {
    const prng = createPrng(44);
    const repeats = 400;
    const values = { var: new Float64Array(repeats), tvar: new Float64Array(repeats) };
    const errors = { var: 0, tvar: 0 };
    for (let r = 0; r < repeats; r++) {
      const rows = measures(
        Array.from({ length: 200 }, () => prng.normal()),
        40,
      );
      for (const name of ['var', 'tvar'] as const) {
        const row = rows.find((x) => x.measure === name)!;
        values[name][r] = row.value;
        errors[name] += row.standardError! / repeats;
      }
    }
    for (const name of ['var', 'tvar'] as const) {
      expect(Math.abs(Math.log(errors[name] / summarise(values[name]).sd))).toBeLessThan(0.2);
    }
  });
});

describe('pooling', () => {
  test('merging never needs more capital than staying apart', () => {
    const pool = fc.record({
      members: fc.integer({ min: 10, max: 100_000 }),
      claimsPerMember: fc.double({ min: 0.01, max: 5, noNaN: true }),
      severityMean: fc.double({ min: 1, max: 1000, noNaN: true }),
      severitySd: fc.double({ min: 0, max: 3000, noNaN: true }),
      commonShockSd: fc.double({ min: 0, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(pool, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pools, rho) => {
          const { apart, merged } = poolingGain(pools, 0.995, rho);
          const alone = apart.reduce((sum, p) => sum + p.capital, 0);
          expect(merged.capital).toBeLessThanOrEqual(alone * (1 + 1e-12));
          expect(merged.mean).toBeCloseTo(
            apart.reduce((sum, p) => sum + p.mean, 0),
            3,
          );
        },
      ),
    );
  });

  test('a split at a retention is what simulated members show', () => {
    const prng = createPrng(23);
    const count = d.negativeBinomial(1.2, 2.1);
    for (const severity of [d.gamma(0.5, 600), d.lomax(3.2, 900)]) {
      const split = splitAtRetention(count, severity, 2000);
      const n = 200_000;
      const kept = new Float64Array(n);
      const over = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let k = count.draw(prng); k > 0; k--) {
          sum += severity.draw(prng);
        }
        kept[i] = Math.min(2000, sum);
        over[i] = sum - kept[i]!;
      }
      const [a, b] = [summarise(kept), summarise(over)];
      expect(Math.abs(split.retainedMean - a.mean)).toBeLessThan((4 * a.sd) / Math.sqrt(n));
      expect(Math.abs(split.cededMean - b.mean)).toBeLessThan((4 * b.sd) / Math.sqrt(n));
      expect(Math.abs(Math.sqrt(split.retainedVariance) / a.sd - 1)).toBeLessThan(0.01);
      // The heavier tail's own spread is seen less surely in any sample.
      expect(Math.abs(Math.sqrt(split.cededVariance) / b.sd - 1)).toBeLessThan(severity.name === 'gamma' ? 0.03 : 0.25);
    }
  });

  test('the normal stop loss meets its limits', () => {
    expect(normalStopLoss({ mean: 100, sd: 10 }, 0)).toBeCloseTo(100, 6);
    expect(normalStopLoss({ mean: 100, sd: 10 }, 100)).toBeCloseTo(10 / Math.sqrt(2 * Math.PI), 12);
    expect(normalStopLoss({ mean: 100, sd: 0 }, 90)).toBe(10);
  });
});

describe('ruin', () => {
  test('phase-type equals the closed form, falls with the reserve and keeps Lundberg’s bound', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (mean, loading) => {
          const psi = phaseTypeRuin(
            mixtureOfExponentials([1], [1 / mean]),
            mixtureOfExponentials([1], [1]),
            (1 + loading) * mean,
          );
          const r = adjustmentCoefficient((s) => momentTransform(d.gamma(1, mean), s), mean, loading);
          expect(r).toBeCloseTo(loading / ((1 + loading) * mean), 9);
          let before = 1;
          for (const u of [0, 1, 3, 10]) {
            expect(Math.abs(psi(u) - exponentialRuin(u, mean, loading))).toBeLessThan(1e-10);
            expect(psi(u)).toBeLessThanOrEqual(before);
            expect(psi(u)).toBeLessThanOrEqual(Math.exp(-r * u) + 1e-12);
            before = psi(u);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('regular arrivals ruin less often than random ones (Sparre Andersen, exponential claims)', () => {
    const claims = mixtureOfExponentials([1], [5]);
    const waits = erlang(2, 6);
    expect(phaseTypeMean(waits)).toBeCloseTo(1 / 3, 14);
    const psi = phaseTypeRuin(claims, waits, 1);
    // ψ(u) = (1 − Rμ) e^−Ru with R the root of 5/(5 − R) · (6/(6 + R))² = 1.
    const r = 5 * (1 - psi(0));
    expect((5 / (5 - r)) * (6 / (6 + r)) ** 2).toBeCloseTo(1, 12);
    expect(psi(1)).toBeCloseTo(psi(0) * Math.exp(-r), 12);
    expect(psi(0)).toBeLessThan(0.6);
  });

  test('no loading, no hope; heavy tails, no coefficient', () => {
    expect(phaseTypeRuin(mixtureOfExponentials([1], [1]), mixtureOfExponentials([1], [1]), 1)(100)).toBe(1);
    expect(exponentialRuin(100, 1, 0)).toBe(1);
    expect(adjustmentCoefficient((s) => momentTransform(d.lognormal(0, 1), s), 1, 0.2)).toBeNaN();
    expect(momentTransform(d.weibull(0.7, 1), 0.1)).toBeNaN();
  });

  test('a Weibull’s transform is its integral', () => {
    // Shape 2: E[e^{rX}] has a closed form through erf; against a direct sum over quantiles.
    const w = d.weibull(2, 1.5);
    let sum = 0;
    for (let i = 0; i < 400_000; i++) {
      sum += Math.exp(0.8 * w.quantile((i + 0.5) / 400_000)) / 400_000;
    }
    expect(momentTransform(w, 0.8)).toBeCloseTo(sum, 4);
  });
});
