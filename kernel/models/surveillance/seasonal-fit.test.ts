import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { drawPoisson } from '../numeric/distributions.ts';
import { fitGlm, glmHatValues, predictGlm } from '../numeric/glm.ts';
import { matrixFromColumns } from '../numeric/linalg.ts';
import { fitSeasonal, predictorVariance, seasonalLeverage } from './seasonal-fit.ts';

test('the seasonal fit is the general regression on the same columns, in all that is read from it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      fc.boolean(),
      (seed, levels, trend, weighted) => {
        const prng = createPrng(seed);
        const n = 60;
        const times = Float64Array.from({ length: n }, (_, i) => i + 40);
        const level = Int32Array.from({ length: n }, (_, i) => (i < levels ? i : prng.below(levels)));
        const counts = times.map((t, i) => drawPoisson(prng, Math.exp(1 + 0.3 * level[i]! + 0.01 * t)));
        const offset = times.map(() => prng.normal() / 5);
        const priorWeights = weighted ? times.map(() => 0.2 + prng.uniform()) : undefined;
        const fast = fitSeasonal({
          counts,
          times,
          level,
          levels,
          trend,
          offset,
          ...(priorWeights && { priorWeights }),
        });
        const columns: number[][] = Array.from({ length: levels }, (_, l) =>
          Array.from(level, (value) => (value === l ? 1 : 0)),
        );
        const design = matrixFromColumns(trend ? [...columns, [...times]] : columns);
        const general = fitGlm({
          design,
          response: counts,
          family: 'quasi-poisson',
          offset,
          ...(priorWeights && { priorWeights }),
        });
        expect(fast.converged).toBe(general.converged);
        expect(fast.deviance).toBeCloseTo(general.deviance, 7);
        expect(fast.dispersion).toBeCloseTo(general.dispersion, 8);
        expect(fast.residualDegreesOfFreedom).toBe(general.residualDegreesOfFreedom);
        for (let l = 0; l < levels; l++) {
          expect(fast.intercepts[l]).toBeCloseTo(general.coefficients[l]!, 7);
        }
        if (trend) {
          expect(fast.slope).toBeCloseTo(general.coefficients[levels]!, 9);
        }
        const hat = glmHatValues(general);
        for (let i = 0; i < n; i += 7) {
          expect(seasonalLeverage({ counts, times, level, levels, trend }, fast, i)).toBeCloseTo(hat[i]!, 8);
        }
        const row = [...columns.map((_, l) => (l === 0 ? 1 : 0)), ...(trend ? [130] : [])];
        const prediction = predictGlm(general, row, { dispersion: 1 });
        expect(Math.sqrt(predictorVariance(fast, 0, 130))).toBeCloseTo(prediction.linearPredictorSe, 8);
      },
    ),
    { numRuns: 30 },
  );
});

test('a level that saw no case has a mean near zero and does not disturb the others', () => {
  const fit = fitSeasonal({
    counts: Float64Array.from([0, 0, 0, 4, 6, 5]),
    times: Float64Array.from([1, 2, 3, 4, 5, 6]),
    level: Int32Array.from([0, 0, 0, 1, 1, 1]),
    levels: 2,
    trend: false,
  });
  expect(fit.fitted[0]).toBeLessThan(1e-6);
  expect(fit.fitted[4]).toBeCloseTo(5, 8);
});

test('times that do not vary within levels give no trend', () => {
  const fit = fitSeasonal({
    counts: Float64Array.from([3, 5]),
    times: Float64Array.from([1, 2]),
    level: Int32Array.from([0, 1]),
    levels: 2,
    trend: true,
  });
  expect([fit.slope, fit.timeSpread]).toEqual([0, 0]);
});
