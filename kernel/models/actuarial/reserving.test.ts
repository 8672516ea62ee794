import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { ModelInputError, runModel } from '../model.ts';
import { bornhuetterFerguson } from './bornhuetter-ferguson.ts';
import { chainLadderModel, raaTriangle } from './chain-ladder.model.ts';
import { claimsDevelopment, mackChainLadder, reserveQuantile } from './chain-ladder.ts';
import { munichChainLadder } from './munich.ts';
import { reserveBootstrapModel } from './reserve-bootstrap.model.ts';
import { bootstrapMack, bootstrapOverDispersedPoisson, overDispersedPoissonError } from './reserve-bootstrap.ts';
import { summarise } from './samples.ts';
import { triangleOf } from './triangle.ts';

// Simulations on a busy machine may take longer than the default.
vi.setConfig({ testTimeout: 120_000 });

/** Triangles with positive increments: n origins, n ages. */
const triangles = fc
  .integer({ min: 3, max: 8 })
  .chain((n) =>
    fc.array(fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    }),
  )
  .map((increments) =>
    increments.map((row, i) => {
      let sum = 0;
      return row.slice(0, increments.length - i).map((x) => {
        sum += x;
        return sum;
      });
    }),
  );

describe('chain ladder', () => {
  test('scaling money scales reserves and errors; factors stay', () => {
    fc.assert(
      fc.property(triangles, fc.double({ min: 0.01, max: 100, noNaN: true }), (rows, scale) => {
        const one = mackChainLadder(triangleOf(rows));
        const other = mackChainLadder(triangleOf(rows.map((row) => row.map((x) => x * scale))));
        for (let k = 0; k < one.steps; k++) {
          expect(other.factor[k]! / one.factor[k]!).toBeCloseTo(1, 10);
        }
        expect(other.totalIbnr / (one.totalIbnr * scale)).toBeCloseTo(1, 8);
        // Where a triangle develops without chance the error is rounding: compare with the reserve, not with itself.
        expect(Math.abs(other.totalSe - one.totalSe * scale)).toBeLessThan(1e-6 * one.totalIbnr * scale);
      }),
      { numRuns: 50 },
    );
  });

  test('the one-year error is at most the error to ultimate, and the total error within its parts', () => {
    fc.assert(
      fc.property(triangles, (rows) => {
        const triangle = triangleOf(rows);
        const fit = mackChainLadder(triangle);
        const year = claimsDevelopment(triangle, fit)[0]!;
        // The linear approximation of the one-year formula and the recursion to ultimate agree to first order.
        expect(year.totalSe).toBeLessThanOrEqual(fit.totalSe * 1.0001 + 1e-6 * fit.totalIbnr);
        for (let i = 0; i < triangle.origins; i++) {
          expect(year.se[i]!).toBeLessThanOrEqual(fit.se[i]! * 1.0001 + 1e-6 * fit.ultimate[i]!);
          const parts = fit.processSe[i]! ** 2 + fit.parameterSe[i]! ** 2;
          expect(Math.abs(fit.se[i]! ** 2 - parts)).toBeLessThanOrEqual(1e-12 * parts);
        }
        expect(fit.totalSe).toBeLessThanOrEqual(fit.se.reduce((a, b) => a + b, 0) * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });

  test('the years of the run-off add up to the error to ultimate', () => {
    fc.assert(
      fc.property(triangles, (rows) => {
        const triangle = triangleOf(rows);
        const fit = mackChainLadder(triangle);
        const years = claimsDevelopment(triangle, fit);
        const sum = (of: (year: (typeof years)[number]) => number) =>
          Math.sqrt(years.reduce((s, y) => s + of(y) ** 2, 0));
        expect(Math.abs(sum((y) => y.totalSe) - fit.totalSe)).toBeLessThan(1e-6 * (fit.totalSe + fit.totalIbnr));
        for (let i = 1; i < triangle.origins; i++) {
          expect(Math.abs(sum((y) => y.se[i]!) - fit.se[i]!)).toBeLessThan(1e-6 * (fit.se[i]! + fit.ultimate[i]!));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a triangle that develops without chance has no error', () => {
    const factors = [2, 1.5, 1.1];
    const rows = [100, 130, 90, 170].map((start, i) => {
      const row = [start];
      for (const f of factors.slice(0, 3 - i)) {
        row.push(row.at(-1)! * f);
      }
      return row;
    });
    const fit = mackChainLadder(triangleOf(rows));
    expect(fit.totalSe).toBeLessThan(1e-9);
    expect(fit.ultimate[3]).toBeCloseTo(170 * 3.3, 9);
  });

  test('a tail factor multiplies ultimates and adds its own error', () => {
    const plain = mackChainLadder(triangleOf(raaTriangle));
    const tail = mackChainLadder(triangleOf(raaTriangle), { tailFactor: 1.05, tailFactorSe: 0.02, tailSigma: 10 });
    for (let i = 0; i < 10; i++) {
      expect(tail.ultimate[i]! / plain.ultimate[i]!).toBeCloseTo(1.05, 12);
      expect(tail.se[i]!).toBeGreaterThan(plain.se[i]!);
    }
    const first = Math.hypot(18_834 * 0.02, 10 * Math.sqrt(18_834));
    expect(tail.se[0]).toBeCloseTo(first, 9);
  });

  test('a trapezoid with more origins than ages is read as one', () => {
    const fit = mackChainLadder(triangleOf([[10, 20], [12, 26], [11, 21], [13]]));
    expect(fit.factor[0]).toBeCloseTo(67 / 33, 14);
    expect(fit.ibnr[3]).toBeCloseTo(13 * (67 / 33 - 1), 12);
  });

  test('the lognormal quantile of a reserve keeps its mean’s side and its limits', () => {
    expect(reserveQuantile(100, 0, 0.99)).toBe(100);
    expect(reserveQuantile(100, 30, 0.995)).toBeGreaterThan(100 + 2.5 * 30);
    expect(reserveQuantile(-5, 3, 0.5)).toBe(-5);
  });

  test('holes, zeros and short triangles are refused by sentences', () => {
    const refused = (triangle: unknown) => {
      try {
        runModel(chainLadderModel, { triangle } as never);
      } catch (error) {
        return error instanceof ModelInputError ? error.message : String(error);
      }
      return 'answered';
    };
    expect(
      refused([
        [1, null, 3],
        [2, 3],
      ]),
    ).toContain('after an unknown cell');
    expect(refused([[0, 2], [1]])).toContain('above zero');
    expect(refused([[5, 6]])).toContain('at least two origin periods');
    expect(refused([[5], [6]])).toContain('at least two ages');
    expect(refused([])).toContain('at least two origin periods');
  });
});

test('Bornhuetter–Ferguson lies between prior and chain ladder, and Cape Cod reproduces the total', () => {
  const triangle = triangleOf(raaTriangle);
  const premium = new Float64Array(10).fill(30_000);
  const fit = bornhuetterFerguson(triangle, premium, new Float64Array(10).fill(0.7));
  for (let i = 0; i < 10; i++) {
    const low = Math.min(fit.priorUltimate[i]!, fit.chainLadderUltimate[i]!);
    const high = Math.max(fit.priorUltimate[i]!, fit.chainLadderUltimate[i]!);
    expect(fit.ultimate[i]!).toBeGreaterThanOrEqual(low - 1e-9);
    expect(fit.ultimate[i]!).toBeLessThanOrEqual(high + 1e-9);
  }
  const cape = bornhuetterFerguson(triangle, premium);
  const used = cape.developed.reduce((sum, d) => sum + d * 30_000, 0);
  expect(cape.lossRatio[0]).toBeCloseTo(cape.latest.reduce((a, b) => a + b, 0) / used, 12);
  // A prior equal to the chain ladder’s own ultimates changes nothing.
  const same = bornhuetterFerguson(
    triangle,
    premium,
    fit.chainLadderUltimate.map((x) => x / 30_000),
  );
  same.ultimate.forEach((x, i) => {
    expect(x).toBeCloseTo(fit.chainLadderUltimate[i]!, 6);
  });
});

test('Munich with paid equal to incurred is the chain ladder', () => {
  const triangle = triangleOf(raaTriangle);
  const fit = munichChainLadder(triangle, triangle);
  const alone = mackChainLadder(triangle, { sigmaMethod: 'log-linear' });
  fit.ultimatePaid.forEach((x, i) => {
    expect(x).toBeCloseTo(alone.ultimate[i]!, 6);
  });
});

describe('bootstrap', () => {
  const total = (run: ReturnType<typeof bootstrapMack>, origins: number) => {
    let step = run.next();
    while (!step.done) {
      step = run.next();
    }
    const { reserves, estimates, replicates } = step.value;
    const sums = (of: Float64Array) =>
      Float64Array.from({ length: replicates }, (_, b) =>
        of.subarray(b * origins, (b + 1) * origins).reduce((x, y) => x + y, 0),
      );
    return { reserves: sums(reserves), estimates: sums(estimates) };
  };

  test('its mean is the chain ladder’s and its spread Mack’s', () => {
    const triangle = triangleOf(raaTriangle);
    const fit = mackChainLadder(triangle);
    const { reserves, estimates } = total(bootstrapMack(triangle, 8000, 'gamma', createPrng(2)), 10);
    expect(Math.abs(summarise(reserves).mean / fit.totalIbnr - 1)).toBeLessThan(0.03);
    expect(Math.abs(summarise(reserves).sd / fit.totalSe - 1)).toBeLessThan(0.05);
    expect(Math.abs(summarise(estimates).sd / fit.totalParameterSe - 1)).toBeLessThan(0.08);
  });

  test('without process noise nothing but estimation is left', () => {
    const triangle = triangleOf([[100, 200, 240, 250], [110, 230, 260], [90, 190], [120]]);
    const { reserves, estimates } = total(bootstrapOverDispersedPoisson(triangle, 500, 'none', createPrng(2)), 4);
    expect(reserves).toEqual(estimates);
    expect(overDispersedPoissonError(triangle).totalReserve).toBeCloseTo(mackChainLadder(triangle).totalIbnr, 6);
  });

  test('it can be stopped while it runs', () => {
    const controller = new AbortController();
    const run = () =>
      runModel(
        reserveBootstrapModel,
        { triangle: raaTriangle, replicates: 1_000_000 },
        { signal: controller.signal, onProgress: () => controller.abort() },
      );
    expect(run).toThrow('aborted');
  });
});
