import { invariant } from '../../base/invariant.ts';
import type { Prng } from '../../base/prng.ts';

/**
 * Random numbers nobody can foresee without the key: the key stream of ChaCha20 (RFC 8439), counter from 0, nonce 0.
 * For noise that must stay secret; simulations use the faster {@link createPrng}.
 *
 * @param key 32 bytes from a cryptographic source, used for one stream only.
 */
export function createSecretPrng(key: Uint8Array): Pick<Prng, 'uint32' | 'uniform'> {
  invariant(key.length === 32, 'a ChaCha20 key has 32 bytes');
  const words = new Uint32Array(16);
  words.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  for (let i = 0; i < 8; i++) {
    words[4 + i] = view.getUint32(4 * i, true);
  }
  let block = new Uint32Array(0);
  let next = 0;
  const uint32 = () => {
    if (next === block.length) {
      block = chachaBlock(words);
      words[12]!++;
      if (words[12] === 0) {
        words[13]!++;
      }
      next = 0;
    }
    return block[next++]!;
  };
  return { uint32, uniform: () => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000 };
}

/** One block of the ChaCha20 key stream for a state of 16 words. */
export function chachaBlock(state: Uint32Array): Uint32Array<ArrayBuffer> {
  const x = new Uint32Array(state);
  const quarter = (a: number, b: number, c: number, d: number) => {
    const turn = (into: number, from: number, by: number, bits: number) => {
      x[from]! += x[by]!;
      const mixed = x[into]! ^ x[from]!;
      x[into] = (mixed << bits) | (mixed >>> (32 - bits));
    };
    turn(d, a, b, 16);
    turn(b, c, d, 12);
    turn(d, a, b, 8);
    turn(b, c, d, 7);
  };
  for (let round = 0; round < 10; round++) {
    quarter(0, 4, 8, 12);
    quarter(1, 5, 9, 13);
    quarter(2, 6, 10, 14);
    quarter(3, 7, 11, 15);
    quarter(0, 5, 10, 15);
    quarter(1, 6, 11, 12);
    quarter(2, 7, 8, 13);
    quarter(3, 4, 9, 14);
  }
  for (let i = 0; i < 16; i++) {
    x[i]! += state[i]!;
  }
  return x;
}
