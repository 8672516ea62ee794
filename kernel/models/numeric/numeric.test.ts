import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { aliasTable, drawAlias, sideBySide } from './alias.ts';
import { BLOCK_SIZE, bitStream } from './bits.ts';
import { fourier, powerOfTwo } from './fft.ts';
import { findRoot, hessian, invertSmall, minimise } from './optimise.ts';

test('a Fourier transform equals its definition and is undone by its inverse', () => {
  const prng = createPrng(3);
  for (const n of [1, 2, 8, 64]) {
    const re = Float64Array.from({ length: n }, prng.normal);
    const im = Float64Array.from({ length: n }, prng.normal);
    const a = re.slice();
    const b = im.slice();
    fourier(a, b);
    for (let k = 0; k < n; k++) {
      let r = 0;
      let m = 0;
      for (let j = 0; j < n; j++) {
        const angle = (-2 * Math.PI * j * k) / n;
        r += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
        m += re[j]! * Math.sin(angle) + im[j]! * Math.cos(angle);
      }
      expect(a[k]).toBeCloseTo(r, 10);
      expect(b[k]).toBeCloseTo(m, 10);
    }
    fourier(a, b, true);
    for (let k = 0; k < n; k++) {
      expect(a[k]).toBeCloseTo(re[k]!, 12);
    }
  }
  expect(powerOfTwo(1000)).toBe(1024);
  expect(() => fourier(new Float64Array(3), new Float64Array(3))).toThrow('power of two');
});

test('an alias table carries exactly the probabilities it was given', () => {
  fc.assert(
    fc.property(
      // Never all zero by construction: a filter over generated doubles may reject for ever.
      fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 39 }).map((rest) => [0.5, ...rest]),
      (probabilities) => {
        const { stay, other, mask } = aliasTable(probabilities);
        const carried = new Float64Array(stay.length);
        for (let c = 0; c < stay.length; c++) {
          carried[c] = carried[c]! + stay[c]! / (mask + 1);
          carried[other[c]!] = carried[other[c]!]! + 1 - stay[c]! / (mask + 1);
        }
        const total = probabilities.reduce((a, b) => a + b, 0);
        for (let c = 0; c < stay.length; c++) {
          expect(Math.abs(carried[c]! / stay.length - (probabilities[c] ?? 0) / total)).toBeLessThan(1e-8);
        }
      },
    ),
  );
});

test('a block draw by the side-by-side values is the draw by the table', () => {
  const table = aliasTable([0.2, 0.5, 0.05, 0.25]);
  const values = sideBySide(table, [10, 20, 30, 40]);
  for (const seed of [1, 2, 3]) {
    const prng = createPrng(seed);
    const bits = createPrng(seed).uint32();
    const cell = bits >>> table.shift;
    const value = values[2 * cell + ((table.stay[cell]! - 1 - (bits & table.mask)) >>> 31)];
    expect(value).toBe([10, 20, 30, 40][drawAlias(table, prng)]);
  }
});

test('blocks of bits are seeded and uniform', () => {
  const first = bitStream(createPrng(9));
  const again = bitStream(createPrng(9));
  first.refill();
  again.refill();
  expect(first.block).toEqual(again.block);
  const cells = new Float64Array(16);
  const blocks = 200;
  for (let b = 0; b < blocks; b++) {
    first.refill();
    for (const x of first.block) {
      cells[x >>> 28]!++;
    }
  }
  const expected = (blocks * BLOCK_SIZE) / 16;
  const chi = cells.reduce((sum, x) => sum + (x - expected) ** 2 / expected, 0);
  // 0.99999 point of chi-squared on 15 degrees of freedom.
  expect(chi).toBeLessThan(49);
});

test('roots, minima, second derivatives and inverses are found', () => {
  expect(findRoot((x) => x * x * x - 2, 0, 2)).toBeCloseTo(2 ** (1 / 3), 14);
  expect(findRoot((x) => x * x + 1, 0, 2)).toBeNaN();
  const rosenbrock = ([x, y]: readonly number[]) => 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2;
  const { at } = minimise(rosenbrock, [-1.2, 1]);
  expect(at[0]).toBeCloseTo(1, 5);
  expect(at[1]).toBeCloseTo(1, 5);
  const second = hessian(([x, y]) => Math.exp(x!) * y! * y!, [0.5, 2]);
  expect(second[0]![0]).toBeCloseTo(4 * Math.exp(0.5), 5);
  expect(second[0]![1]).toBeCloseTo(4 * Math.exp(0.5), 5);
  expect(second[1]![1]).toBeCloseTo(2 * Math.exp(0.5), 5);
  expect(
    invertSmall([
      [4, 7],
      [2, 6],
    ])![0]![0],
  ).toBeCloseTo(0.6, 14);
  expect(
    invertSmall([
      [1, 1],
      [1, 1],
    ]),
  ).toBeUndefined();
});
