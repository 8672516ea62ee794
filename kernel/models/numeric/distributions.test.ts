import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import * as d from './distributions.ts';

const continuous: d.Distribution[] = [
  d.normal(3, 2),
  d.lognormal(0.5, 0.8),
  d.gamma(0.4, 3),
  d.gamma(7.5, 0.5),
  d.exponential(4),
  d.weibull(0.7, 2),
  d.weibull(2.5, 10),
  d.lomax(4.5, 6),
  d.pareto(5, 2),
  d.beta(0.6, 3),
  d.beta(4, 2),
  d.studentT(5),
  d.chiSquared(3),
];
const counts: d.CountDistribution[] = [
  d.poisson(0.3),
  d.poisson(4),
  d.poisson(250),
  d.negativeBinomial(0.4, 2),
  d.negativeBinomial(8, 30),
  d.binomial(12, 0.3),
  d.binomial(1000, 0.45),
  d.binomial(60, 0.9),
  d.zeroModified(d.poisson(2), 0.4),
  d.zeroModified(d.negativeBinomial(2, 1), 0),
];

test.each(continuous.map((x) => [x.name, x] as const))('%s: quantile inverts the cdf, tails add to one', (_, dist) => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
      const x = dist.quantile(p);
      expect(dist.cdf(x)).toBeCloseTo(p, 9);
      expect(dist.cdf(x) + dist.survival(x)).toBeCloseTo(1, 12);
      const h = (1e-4 * Math.min(p, 1 - p)) / dist.density(x);
      const slope = (dist.cdf(x + h) - dist.cdf(x - h)) / (2 * h);
      expect(Math.abs(slope / dist.density(x) - 1)).toBeLessThan(2e-3);
      expect(Math.abs(Math.exp(dist.logDensity(x)) / dist.density(x) - 1)).toBeLessThan(1e-9);
    }),
    { numRuns: 60 },
  );
});

test.each(continuous.filter((x) => x.limitedMean).map((x) => [x.name, x] as const))(
  '%s: the limited mean is the integral of the survival function',
  (_, dist) => {
    const limit = dist.quantile(0.9);
    let sum = 0;
    const steps = 20_000;
    for (let i = 0; i < steps; i++) {
      sum += (dist.survival(((i + 0.5) * limit) / steps) * limit) / steps;
    }
    expect(Math.abs(dist.limitedMean!(limit) / sum - 1)).toBeLessThan(1e-4);
    expect(Math.abs(dist.limitedMean!(Number.MAX_VALUE) / dist.mean - 1)).toBeLessThan(1e-9);
    expect(dist.limitedMean!(0)).toBe(0);
  },
);

test.each(counts.map((x) => [x.name, x] as const))(
  '%s: probabilities, cdf, moments, Panjer class and generating function agree',
  (_, dist) => {
    let sum = 0;
    let mean = 0;
    let second = 0;
    let generating = 0;
    const { a, b, zeroModified } = dist.panjer;
    for (let k = 0; k < 3000; k++) {
      const p = dist.density(k);
      sum += p;
      mean += k * p;
      second += k * k * p;
      generating += p * 0.7 ** k;
      expect(Math.abs(dist.cdf(k) - sum)).toBeLessThan(1e-10);
      if (k >= (zeroModified ? 2 : 1) && p > 1e-250 && Math.abs(a + b / k) > 1e-3) {
        expect(Math.abs(p / ((a + b / k) * dist.density(k - 1)) - 1)).toBeLessThan(1e-9);
      }
    }
    expect(mean).toBeCloseTo(dist.mean, 8);
    expect(second - mean * mean).toBeCloseTo(dist.variance, 6);
    expect(dist.generating(0.7, 0)[0]).toBeCloseTo(generating, 12);
    for (const k of [0, 1, 2, 5, 20, 250]) {
      if (dist.density(k) > 1e-12) {
        expect(dist.quantile(dist.cdf(k))).toBe(k);
        expect(dist.quantile(Math.min(1 - 1e-12, dist.cdf(k) + dist.density(k + 1) / 2))).toBe(k + 1);
      }
    }
  },
);

test.each([...continuous, ...counts].map((x) => [x.name, x] as const))(
  '%s: seeded draws follow the distribution (chi-squared over ten cells)',
  (_, dist) => {
    const prng = createPrng(20_260);
    const edges = Array.from({ length: 9 }, (_, i) => dist.quantile((i + 1) / 10));
    const unique = [...new Set(edges)];
    const expected = unique.map((edge, i) => dist.cdf(edge) - (i ? dist.cdf(unique[i - 1]!) : 0));
    expected.push(1 - dist.cdf(unique.at(-1)!));
    const seen = new Array(expected.length).fill(0);
    const n = 40_000;
    for (let i = 0; i < n; i++) {
      const x = dist.draw(prng);
      let cell = 0;
      while (cell < unique.length && x > unique[cell]!) {
        cell++;
      }
      seen[cell]++;
    }
    let chi = 0;
    for (const [i, p] of expected.entries()) {
      chi += (seen[i] - n * p) ** 2 / (n * p || 1);
    }
    // The 0.99999 point of chi-squared on the cells' degrees of freedom: a wrong sampler is far beyond it.
    expect(chi).toBeLessThan(d.chiSquared(Math.max(1, expected.length - 1)).quantile(0.99999));
  },
);

test('published values', () => {
  expect(d.studentT(10).quantile(0.975)).toBeCloseTo(2.228138851986275, 12);
  expect(d.chiSquared(3).quantile(0.95)).toBeCloseTo(7.814727903251179, 12);
  expect(d.gamma(2, 1).cdf(2)).toBeCloseTo(1 - 3 * Math.exp(-2), 14);
  expect(d.studentT(5).quantile(0.5 + 1e-9)).toBeCloseTo(1e-9 / 0.3796066898224945, 15);
});

test('count quantiles end where counts are further than 1 apart, and agree with their limits', () => {
  for (const mean of [1e15, 2 ** 53, 1e17, 1e30, 1e300]) {
    const z = d.normal(0, 1).quantile(0.99);
    expect(d.poisson(mean).quantile(0.99) / (mean + z * Math.sqrt(mean))).toBeCloseTo(1, 12);
    expect(d.zeroModified(d.poisson(mean), 0.5).quantile(0.9) / mean).toBeCloseTo(1, 6);
  }
  for (const trials of [2 ** 53, 1e20]) {
    expect(d.binomial(trials, 0.3).quantile(0.99) / (0.3 * trials)).toBeCloseTo(1, 6);
  }
  for (const mean of [1e8, 1e12, 1e15, 1e17, 1e50]) {
    expect(d.negativeBinomial(3, mean).quantile(0.99) / mean).toBeCloseTo(d.gamma(3, 1 / 3).quantile(0.99), 7);
  }
  const wide = d.negativeBinomial(2.5, 4e6);
  // Either side of where the far form takes over.
  expect(wide.cdf(2_500_000) - wide.cdf(2_499_999)).toBeCloseTo(wide.density(2_500_000), 10);
});
