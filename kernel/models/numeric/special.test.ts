import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as special from './special.ts';

type Rows = readonly (readonly number[])[];
const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../tests/vectors/numeric/special.json'), 'utf8'),
) as Record<string, Rows>;

function expectClose(actual: number, expected: number, relative: number, what: string): void {
  const error = Math.abs(actual - expected) / Math.abs(expected || 1);
  expect(error <= relative, `${what}: got ${actual}, expected ${expected}, relative error ${error}`).toBe(true);
}

const oneArgument: [string, (x: number) => number, number][] = [
  ['logGamma', special.logGamma, 2e-15],
  ['digamma', special.digamma, 4e-15],
  ['trigamma', special.trigamma, 2e-15],
  ['erf', special.erf, 4e-16],
  ['erfc', special.erfc, 4e-16],
  ['normalCdf', special.normalCdf, 3e-14],
  ['normalQuantile', special.normalQuantile, 1e-15],
];

for (const [name, f, tolerance] of oneArgument) {
  test(`${name} equals 40-digit arithmetic`, () => {
    for (const [x, expected] of reference[name]!) {
      // The digamma's positive root and normalQuantile's centre lose relative, not absolute, accuracy.
      const absolute = Math.abs(f(x!) - expected!) < 5e-16;
      if (!absolute) {
        expectClose(f(x!), expected!, tolerance, `${name}(${x})`);
      }
    }
  });
}

test('the incomplete gamma function equals 40-digit arithmetic in both tails', () => {
  for (const [a, x, lower, upper] of reference.gammaPQ!) {
    const both = special.incompleteGamma(a!, x!);
    expectClose(both.lower, lower!, 1e-12, `P(${a}, ${x})`);
    if (upper! > 1e-10) {
      expectClose(both.upper, upper!, 1e-11, `Q(${a}, ${x})`);
    }
  }
});

test('the incomplete beta function equals 40-digit arithmetic in both tails', () => {
  for (const [a, b, x, lower, upper] of reference.betaI!) {
    const both = special.incompleteBeta(a!, b!, x!);
    expectClose(both.lower, lower!, 1e-12, `I(${a}, ${b}, ${x})`);
    expectClose(both.upper, upper!, 1e-11, `1 − I(${a}, ${b}, ${x})`);
  }
});

test('the inverses invert', () => {
  const shape = fc.double({ min: 0.05, max: 2000, noNaN: true });
  const probability = fc.double({ min: 1e-8, max: 0.99999999, noNaN: true });
  fc.assert(
    fc.property(shape, shape, probability, (a, b, p) => {
      const tail = Math.min(p, 1 - p);
      const g = special.inverseGammaP(a, p);
      if (g > 1e-300) {
        expect(Math.abs(special.gammaP(a, g) - p) / tail).toBeLessThan(1e-8);
      }
      const x = special.inverseBetaI(a, b, p);
      // Close to 1 the nearest double may itself be a visible step of probability.
      if (x > 1e-300 && x < 0.999) {
        expect(Math.abs(special.betaI(a, b, x) - p) / tail).toBeLessThan(1e-7);
      }
    }),
    { numRuns: 300 },
  );
});

test('log-beta and log-choose agree with their definitions where those are safe', () => {
  expectClose(special.logBeta(2, 3), Math.log(1 / 12), 1e-14, 'B(2,3)');
  expectClose(special.logBeta(12, 15), -18.568172732389435, 1e-14, 'B(12,15)');
  expectClose(special.logBeta(0.5, 40), -1.2689498654972249, 1e-14, 'B(0.5,40)');
  expectClose(Math.exp(special.logChoose(10, 3)), 120, 1e-14, 'choose');
});

test('what is out of range is NaN, not a number', () => {
  expect(special.normalQuantile(1.1)).toBeNaN();
  expect(special.inverseGammaP(-1, 0.5)).toBeNaN();
  expect(special.gammaP(2, Number.NaN)).toBeNaN();
  expect(special.betaI(0, 1, 0.5)).toBeNaN();
});
