import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { runModel } from '../model.ts';
import { privateCountsModel, roundingModel, suppressionModel } from './disclosure.model.ts';
import { discreteLaplace, noiseMargin, releasePrivately } from './privacy.ts';
import { roundToTotal } from './rounding.ts';
import { chachaBlock, createSecretPrng } from './secret-noise.ts';
import { type CountTable, suppressTable } from './suppression.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

test('rounding: the parts of the seeds add up', () => {
  expect(roundToTotal([32_938.52, 11_165.6, 11_723.88])).toEqual([32_938, 11_166, 11_724]);
  expect(roundToTotal([59, 20, 21], 0, 55_828)).toEqual([32_938, 11_166, 11_724]);
  expect(roundToTotal([57, 43], 0, 8092)).toEqual([4612, 3480]);
  expect(roundToTotal([1, 1, 1], 0, 100)).toEqual([34, 33, 33]);
  expect(roundToTotal([1, 1, 1], 1, 100)).toEqual([33.4, 33.3, 33.3]);
  expect(roundToTotal([0, 0])).toEqual([0, 0]);
});

test('rounding: every part is within one unit, and the sum is the rounded sum', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }), (parts) => {
      const rounded = roundToTotal(parts);
      expect(sum(rounded)).toBe(Math.round(sum(parts)));
      for (const [i, value] of rounded.entries()) {
        expect(Math.abs(value - parts[i]!)).toBeLessThanOrEqual(1 + 1e-6);
      }
    }),
  );
  expect(() => runModel(roundingModel, { parts: [{ name: 'a', value: -1 }] })).toThrow('negative');
  expect(() => runModel(roundingModel, { parts: [{ name: 'a', value: 0 }], total: 5 })).toThrow('All parts are zero');
});

/** What a reader can work out, by trying every table that agrees with what is published (cells up to `most`). */
function workedOut(
  table: CountTable,
  hidden: ReadonlySet<number>,
  most: number,
): Map<number, { least: number; most: number }> {
  const { rows, columns, counts } = table;
  const cells = [...counts.keys()].filter((cell) =>
    hidden.has(Math.floor(cell / columns) * (columns + 1) + (cell % columns)),
  );
  const rowHidden = (r: number) => hidden.has(r * (columns + 1) + columns);
  const columnHidden = (c: number) => hidden.has(rows * (columns + 1) + c);
  const totalHidden = hidden.has(rows * (columns + 1) + columns);
  const found = new Map<number, { least: number; most: number }>();
  const trial = counts.slice();
  const line = (of: Float64Array, r: number) => sum(of.subarray(r * columns, (r + 1) * columns));
  const down = (of: Float64Array, c: number) =>
    Array.from({ length: rows }, (_, r) => of[r * columns + c]!).reduce((a, b) => a + b, 0);
  const attempt = (k: number): void => {
    if (k < cells.length) {
      for (let value = 0; value <= most; value++) {
        trial[cells[k]!] = value;
        attempt(k + 1);
      }
      return;
    }
    for (let r = 0; r < rows; r++) {
      if (!rowHidden(r) && line(trial, r) !== line(counts, r)) {
        return;
      }
    }
    for (let c = 0; c < columns; c++) {
      if (!columnHidden(c) && down(trial, c) !== down(counts, c)) {
        return;
      }
    }
    if (!totalHidden && sum(trial) !== sum(counts)) {
      return;
    }
    for (const cell of cells) {
      const range = found.get(cell) ?? { least: most, most: 0 };
      found.set(cell, { least: Math.min(range.least, trial[cell]!), most: Math.max(range.most, trial[cell]!) });
    }
  };
  attempt(0);
  return found;
}

test('suppression: what a reader can work out is what trying every table finds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }), (list) => {
      const table = { counts: Float64Array.from(list), rows: 2, columns: 3 };
      const cells = suppressTable(table, { threshold: 3, suppressZero: false });
      const hidden = new Set(cells.flatMap((cell, i) => (cell.status === 'published' ? [] : [i])));
      const inner = [...hidden].filter((i) => i % 4 < 3 && i < 8).length;
      fc.pre(inner > 0 && inner <= 4 && cells.every((cell) => cell.most <= 9));
      for (const [cell, range] of workedOut(table, hidden, 9)) {
        const ours = cells[Math.floor(cell / 3) * 4 + (cell % 3)]!;
        expect({ least: ours.least, most: ours.most }).toEqual(range);
      }
    }),
    { numRuns: 25 },
  );
});

test('suppression: no small cell can be narrowed below the threshold, in any table', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 2, max: 6 }),
      fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 36, maxLength: 36 }),
      (rows, columns, list) => {
        const table = { counts: Float64Array.from(list.slice(0, rows * columns)), rows, columns };
        const cells = suppressTable(table, { threshold: 5, suppressZero: false });
        for (const cell of cells) {
          expect(cell.least).toBeLessThanOrEqual(cell.value);
          expect(cell.most).toBeGreaterThanOrEqual(cell.value);
          if (cell.value > 0 && cell.value < 5) {
            expect(cell.status).toBe('small');
          }
          const everythingHidden = cells.every((other) => other.status !== 'published');
          if (cell.status === 'small' && !everythingHidden) {
            expect(cell.most - cell.least).toBeGreaterThanOrEqual(5);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('suppression: a table without small cells is published whole, a lone small cell takes three others', () => {
  const whole = suppressTable(
    { counts: Float64Array.from([9, 12, 30, 7]), rows: 2, columns: 2 },
    { threshold: 5, suppressZero: false },
  );
  expect(whole.every((cell) => cell.status === 'published')).toBe(true);
  const rows = runModel(suppressionModel, {
    cells: [
      { row: 'N', column: 'a', count: 12 },
      { row: 'N', column: 'b', count: 3 },
      { row: 'N', column: 'c', count: 40 },
      { row: 'S', column: 'a', count: 22 },
      { row: 'S', column: 'b', count: 41 },
      { row: 'S', column: 'c', count: 50 },
    ],
  });
  const status = (row: string | null, column: string | null) =>
    rows.find((one) => one.row === row && one.column === column)!.status;
  expect(status('N', 'b')).toBe('small');
  expect([status('N', 'a'), status('S', 'a'), status('S', 'b')]).toEqual([
    'complementary',
    'complementary',
    'complementary',
  ]);
  expect(rows.filter((one) => one.status !== 'published').length).toBe(4);
  expect(rows.find((one) => one.status === 'small')!.published).toBeNull();
});

test('suppression: zero is small only when asked', () => {
  const cells = [0, 20, 30, 40].map((count, i) => ({ row: i < 2 ? 'N' : 'S', column: i % 2 ? 'b' : 'a', count }));
  expect(runModel(suppressionModel, { cells }).every((row) => row.status === 'published')).toBe(true);
  expect(runModel(suppressionModel, { cells, suppressZero: true })[0]!.status).toBe('small');
  expect(() => runModel(suppressionModel, { cells: [...cells, cells[0]!] })).toThrow('twice');
  expect(() => runModel(suppressionModel, { cells: [{ row: 'N', column: 'a', count: 1.5 }] })).toThrow('whole number');
});

test('private counts: the noise has the law it claims', () => {
  const prng = createPrng(6);
  const scale = 2;
  const q = Math.exp(-1 / scale);
  const seen = new Map<number, number>();
  const n = 200_000;
  for (let i = 0; i < n; i++) {
    const noise = discreteLaplace(scale, prng);
    seen.set(noise, (seen.get(noise) ?? 0) + 1);
  }
  for (const k of [-3, -1, 0, 1, 2, 5]) {
    const probability = ((1 - q) / (1 + q)) * q ** Math.abs(k);
    expect(Math.abs((seen.get(k) ?? 0) / n - probability)).toBeLessThan(4 * Math.sqrt(probability / n));
  }
});

test('private counts: one person more or less changes the odds of any release by no more than e^ε', () => {
  // The probabilities of a count k and k + 1 giving the same release differ by exactly e^(1/scale) at most.
  const probability = (noise: number, scale: number) => Math.exp(-Math.abs(noise) / scale);
  for (const epsilon of [0.1, 1, 3]) {
    for (let release = -30; release <= 30; release++) {
      const ratio = probability(release - 7, 1 / epsilon) / probability(release - 8, 1 / epsilon);
      expect(ratio).toBeLessThanOrEqual(Math.exp(epsilon) * (1 + 1e-12));
      expect(ratio).toBeGreaterThanOrEqual(Math.exp(-epsilon) * (1 - 1e-12));
    }
  }
});

test('private counts: the margin holds 95 %, shrinks with the budget and repeats by seed', () => {
  const budget = { epsilon: 0.5, cellsPerPerson: 2, contributionPerCell: 1 };
  const counts = Array(20_000).fill(100);
  const released = releasePrivately(counts, budget, false, createPrng(4));
  const held = released.filter((one) => Math.abs(one.value - 100) <= one.margin).length / counts.length;
  expect(held).toBeGreaterThanOrEqual(0.945);
  expect(noiseMargin(4, 0.95)).toBeGreaterThan(noiseMargin(1, 0.95));
  expect(Number.isInteger(released[0]!.value)).toBe(true);
  const door = (secret: string, seed: number) =>
    runModel(privateCountsModel, { counts: [{ name: 'a', count: 30 }], epsilon: 0.1, secret }, { seed });
  const [one, other] = ['1f'.repeat(32), '2e'.repeat(32)];
  expect(door(one, 5)).toEqual(door(one, 6));
  expect(door(one, 5)).not.toEqual(door(other, 5));
  expect(() => door('1234', 1)).toThrow('64 hexadecimal digits');
  expect(() => runModel(privateCountsModel, { counts: [{ name: 'a', count: 3 }] } as never)).toThrow('secret');
});

test('secret noise is the key stream of RFC 8439, section 2.3.2', () => {
  const state = Uint32Array.from([
    0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, 0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0x13121110,
    0x17161514, 0x1b1a1918, 0x1f1e1d1c, 0x00000001, 0x09000000, 0x4a000000, 0x00000000,
  ]);
  expect([...chachaBlock(state)]).toEqual([
    0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3, 0xc7f4d1c7, 0x0368c033, 0x9aaa2204, 0x4e6cd4c3, 0x466482d2,
    0x09aa9f07, 0x05d7c214, 0xa2028bd9, 0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2,
  ]);
  const stream = createSecretPrng(Uint8Array.from({ length: 32 }, (_, i) => i));
  const values = Array.from({ length: 100 }, stream.uniform);
  expect(new Set(values).size).toBe(100);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
});
