import { invariant } from '../../base/invariant.ts';
import type { Prng } from '../../base/prng.ts';

/**
 * Walker's alias table (1977; Vose's construction, 1991): a draw from any finite distribution in constant time.
 * The table is padded to a power of two, so that one 32-bit integer gives the cell by its high bits and the choice
 * within the cell by its low bits. With c cells each probability is honoured to within 2⁻³² of itself per cell.
 */
export interface AliasTable {
  readonly shift: number;
  readonly mask: number;
  /** Draw below this (on the low bits) stays in the cell. */
  readonly stay: Float64Array;
  readonly other: Uint32Array;
}

/** @param probabilities non-negative; scaled to sum to one. At most 65,536 of them. */
export function aliasTable(probabilities: ArrayLike<number>): AliasTable {
  const n = probabilities.length;
  invariant(n > 0 && n <= 65_536, 'an alias table has 1 to 65,536 entries');
  let bits = 0;
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
  const stay = new Float64Array(size).fill(span);
  const other = new Uint32Array(size).map((_, i) => i);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.at(-1)!;
    stay[low] = share[low]! * span;
    other[low] = high;
    share[high] = share[high]! - (1 - share[low]!);
    if (share[high]! < 1) {
      large.pop();
      small.push(high);
    }
  }
  return { shift: 32 - bits, mask: bits === 0 ? 0xffffffff : (span - 1) >>> 0, stay, other };
}

/** One draw: the index of an entry. */
export function drawAlias(table: AliasTable, prng: Prng): number {
  const bits = prng.uint32();
  const cell = table.shift === 32 ? 0 : bits >>> table.shift;
  return (bits & table.mask) >>> 0 < table.stay[cell]! ? cell : table.other[cell]!;
}
