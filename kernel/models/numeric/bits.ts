import type { Prng } from '../../base/prng.ts';

/** How many 32-bit draws a block holds: 16 KiB, so that it stays in the first-level cache. */
export const BLOCK_SIZE = 4096;

/** Random bits by the block, for loops that draw hundreds of millions of numbers. */
export interface BitStream {
  /** Always the same array; `refill` renews it. */
  readonly block: Uint32Array;
  refill(): void;
}

/**
 * xoshiro128** (Blackman and Vigna 2018), seeded from `prng`. Writing blocks keeps its state in registers, where a
 * generator called once a number spends its time on the call.
 */
export function bitStream(prng: Prng): BitStream {
  const block = new Uint32Array(BLOCK_SIZE);
  const state = Int32Array.from({ length: 4 }, () => prng.uint32() | 0);
  // The all-zero state would stay zero.
  state[0] = state[0]! | 1;
  return {
    block,
    refill: () => {
      let a = state[0]! | 0;
      let b = state[1]! | 0;
      let c = state[2]! | 0;
      let d = state[3]! | 0;
      for (let i = 0; i < BLOCK_SIZE; i++) {
        const r = Math.imul(b, 5);
        block[i] = Math.imul((r << 7) | (r >>> 25), 9);
        const t = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = (d << 11) | (d >>> 21);
      }
      state[0] = a;
      state[1] = b;
      state[2] = c;
      state[3] = d;
    },
  };
}
