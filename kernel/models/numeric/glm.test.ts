import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { anscombeResiduals, fitGlm, glmHatValues, glmNullDeviance, glmStandardErrors, predictGlm } from './glm.ts';
import {
  factoriseCholesky,
  factoriseQr,
  invertCholesky,
  matrixFromColumns,
  matrixFromRows,
  multiplyVector,
  solveCholesky,
  solveLeastSquaresInPlace,
} from './linalg.ts';

// Dobson (1990), page 93: the worked randomised-trial example of R's help page `glm`.
const counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
const one = counts.map(() => 1);
const level = (index: readonly number[], wanted: number) => index.map((value) => (value === wanted ? 1 : 0));
const outcome = [1, 2, 3, 1, 2, 3, 1, 2, 3];
const treatment = [1, 1, 1, 2, 2, 2, 3, 3, 3];
const dobson = matrixFromColumns([one, level(outcome, 2), level(outcome, 3), level(treatment, 2), level(treatment, 3)]);

test('Poisson: Dobson’s trial gives the figures of R’s help page', () => {
  const fit = fitGlm({ design: dobson, response: counts, family: 'poisson' });
  const published = [3.044522, -0.4542553, -0.2929871, 0, 0];
  for (const [j, value] of published.entries()) {
    expect(fit.coefficients[j]).toBeCloseTo(value, 6);
  }
  const errors = [0.170899, 0.2021708, 0.1927423, 0.2, 0.2];
  for (const [j, value] of errors.entries()) {
    expect(glmStandardErrors(fit)[j]).toBeCloseTo(value, 5);
  }
  expect(fit.deviance).toBeCloseTo(5.1291, 4);
  expect(glmNullDeviance({ design: dobson, response: counts, family: 'poisson' })).toBeCloseTo(10.5814, 4);
  expect(fit.residualDegreesOfFreedom).toBe(4);
  expect(fit.dispersion).toBeCloseTo(5.1732 / 4, 4);
});

test('gamma with log link: McCullagh and Nelder’s clotting times, lot 1, agree with the score equations', () => {
  const u = [5, 10, 15, 20, 30, 40, 60, 80, 100];
  const lot = [118, 58, 42, 35, 27, 25, 21, 19, 18];
  const design = matrixFromColumns([u.map(() => 1), u.map(Math.log)]);
  const fit = fitGlm({ design, response: lot, family: 'gamma' });
  // At the maximum of the gamma likelihood with a log link Σ x (y − μ)/μ = 0.
  for (const column of [u.map(() => 1), u.map(Math.log)]) {
    const score = column.reduce((sum, x, i) => sum + (x * (lot[i]! - fit.fitted[i]!)) / fit.fitted[i]!, 0);
    expect(score).toBeCloseTo(0, 4);
  }
  expect(fit.converged).toBe(true);
});

test('a repeated column is dropped and the fit unchanged', () => {
  const twice = matrixFromColumns([one, level(outcome, 2), level(outcome, 2), level(outcome, 3)]);
  const fit = fitGlm({ design: twice, response: counts, family: 'poisson' });
  const once = fitGlm({
    design: matrixFromColumns([one, level(outcome, 2), level(outcome, 3)]),
    response: counts,
    family: 'poisson',
  });
  expect(fit.rank).toBe(3);
  expect(fit.coefficients[2]).toBeNaN();
  expect(fit.deviance).toBeCloseTo(once.deviance, 10);
});

test('a prior weight of two is two rows; a weight of zero is none', () => {
  const x = [0, 1, 2, 3];
  const y = [1, 3, 4, 9];
  const weighted = fitGlm({
    design: matrixFromColumns([[1, 1, 1, 1], x]),
    response: y,
    family: 'poisson',
    priorWeights: [2, 1, 0, 1],
  });
  const repeated = fitGlm({
    design: matrixFromColumns([
      [1, 1, 1, 1],
      [0, 0, 1, 3],
    ]),
    response: [1, 1, 3, 9],
    family: 'poisson',
  });
  expect(weighted.coefficients[1]).toBeCloseTo(repeated.coefficients[1]!, 8);
  expect(weighted.deviance).toBeCloseTo(repeated.deviance, 8);
  expect(weighted.residualDegreesOfFreedom).toBe(1);
});

test('an offset is exposure: doubling it halves the rate and nothing else', () => {
  const problem = (exposure: number) =>
    fitGlm({ design: dobson, response: counts, family: 'poisson', offset: counts.map(() => Math.log(exposure)) });
  expect(problem(2).coefficients[0]).toBeCloseTo(problem(1).coefficients[0]! - Math.LN2, 8);
  expect(problem(2).deviance).toBeCloseTo(problem(1).deviance, 8);
});

test('leverages sum to the rank; standardised Anscombe residuals are centred', () => {
  const fit = fitGlm({ design: dobson, response: counts, family: 'quasi-poisson' });
  const hat = glmHatValues(fit);
  expect(hat.reduce((a, b) => a + b, 0)).toBeCloseTo(5, 10);
  const residuals = anscombeResiduals(fit, 1);
  expect(Math.abs(residuals.reduce((a, b) => a + b, 0) / 9)).toBeLessThan(0.2);
});

test('prediction at a fitted row is the fitted value', () => {
  const fit = fitGlm({ design: dobson, response: counts, family: 'poisson' });
  const prediction = predictGlm(fit, [1, 1, 0, 1, 0]);
  expect(prediction.mean).toBeCloseTo(fit.fitted[4]!, 8);
  expect(prediction.meanSe).toBeGreaterThan(0);
});

test('planted coefficients are recovered within three standard errors', () => {
  const prng = createPrng(7);
  const n = 4000;
  const x = Array.from({ length: n }, () => prng.normal());
  const y = x.map((value) => {
    // Knuth's product method: enough for means below ten.
    const limit = Math.exp(-Math.exp(0.4 + 0.5 * value));
    let k = 0;
    for (let product = prng.uniform(); product > limit; product *= prng.uniform()) {
      k++;
    }
    return k;
  });
  const fit = fitGlm({ design: matrixFromColumns([x.map(() => 1), x]), response: y, family: 'poisson' });
  const errors = glmStandardErrors(fit);
  expect(Math.abs(fit.coefficients[0]! - 0.4)).toBeLessThan(3 * errors[0]!);
  expect(Math.abs(fit.coefficients[1]! - 0.5)).toBeLessThan(3 * errors[1]!);
});

test('all responses zero: the fit ends and its mean is near zero', () => {
  const fit = fitGlm({ design: dobson, response: counts.map(() => 0), family: 'quasi-poisson' });
  expect(Math.max(...fit.fitted)).toBeLessThan(1e-6);
});

test('QR and Cholesky solve what was planted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
        minLength: 4,
        maxLength: 12,
      }),
      (rows) => {
        const matrix = matrixFromRows(rows.map(([a, b], i) => [1, a + i * 10, b + i * i]));
        const planted = [2, -1, 0.5];
        const x = solveLeastSquaresInPlace(factoriseQr(matrix), multiplyVector(matrix, planted));
        for (const [j, value] of planted.entries()) {
          if (!Number.isNaN(x[j]!)) {
            expect(x[j]).toBeCloseTo(value, 5);
          }
        }
      },
    ),
  );
  const symmetric = matrixFromRows([
    [4, 2, 1],
    [2, 5, 3],
    [1, 3, 6],
  ]);
  const factor = factoriseCholesky(symmetric)!;
  expect([...solveCholesky(factor, multiplyVector(symmetric, [1, 2, 3]))].map((v) => +v.toFixed(10))).toEqual([
    1, 2, 3,
  ]);
  expect(multiplyVector(invertCholesky(factor), multiplyVector(symmetric, [3, 2, 1]))[0]).toBeCloseTo(3, 10);
  expect(
    factoriseCholesky(
      matrixFromRows([
        [1, 2],
        [2, 1],
      ]),
    ),
  ).toBeUndefined();
});
