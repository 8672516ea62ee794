import { invariant } from '../../base/invariant.ts';
import type { Prng } from '../../base/prng.ts';

/**
 * Walker's alias table (1977; Vose's construction, 1991): a draw from any finite distribution in constant time.
 * The table is padded to a power of two, so that one 32-bit integer gives the cell by its high bits and the choice
 * within the cell by its low bits. With 2^b cells each probability is honoured to within 2⁻³².
 */
export interface AliasTable {
  /** 32 − b: a draw shifted right by it is the cell. */
  readonly shift: number;
  /** The low bits of a draw, which choose between a cell's own entry and its alias. */
  readonly mask: number;
  /** Low bits below this stay with the cell's own entry. */
  readonly stay: Int32Array;
  readonly other: Uint32Array;
}

/** @param probabilities non-negative; scaled to sum to one. At most 65,536 of them. */
export function aliasTable(probabilities: ArrayLike<number>): AliasTable {
  const n = probabilities.length;
  invariant(n > 0 && n <= 65_536, 'an alias table has 1 to 65,536 entries');
  // At least two cells, so that the low bits fit a signed 32-bit integer.
  let bits = 1;
  while (1 << bits < n) {
    bits++;
  }
  const size = 1 << bits;
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += probabilities[i]!;
  }
  invariant(total > 0 && Number.isFinite(total), 'the probabilities of an alias table sum to something positive');
  const share = new Float64Array(size);
  for (let i = 0; i < n; i++) {
    share[i] = (probabilities[i]! / total) * size;
  }
  const small: number[] = [];
  const large: number[] = [];
  for (let i = size - 1; i >= 0; i--) {
    (share[i]! < 1 ? small : large).push(i);
  }
  const span = 2 ** (32 - bits);
  const stay = new Int32Array(size);
  const other = new Uint32Array(size).map((_, i) => i);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.at(-1)!;
    stay[low] = Math.round(share[low]! * span);
    other[low] = high;
    share[high] = share[high]! - (1 - share[low]!);
    if (share[high]! < 1) {
      large.pop();
      small.push(high);
    }
  }
  // What rounding leaves over stands alone: its alias is itself, so where it stays does not matter.
  return { shift: 32 - bits, mask: span - 1, stay, other };
}

/** One draw: the index of an entry. */
export function drawAlias(table: AliasTable, prng: Prng): number {
  const bits = prng.uint32();
  const cell = bits >>> table.shift;
  return (bits & table.mask) < table.stay[cell]! ? cell : table.other[cell]!;
}

/**
 * Values of a table's entries laid side by side: cell c's own at 2c, its alias's at 2c + 1. A hot loop then reads
 * `values[2 * cell + ((stay[cell] - 1 - low) >>> 31)]`: no branch to mispredict.
 */
export function sideBySide(table: AliasTable, value: ArrayLike<number>): Float64Array {
  const pairs = new Float64Array(2 * table.stay.length);
  for (let c = 0; c < table.stay.length; c++) {
    pairs[2 * c] = value[c] ?? 0;
    pairs[2 * c + 1] = value[table.other[c]!] ?? 0;
  }
  return pairs;
}
