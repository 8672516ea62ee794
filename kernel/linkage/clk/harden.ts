import { invariant } from '../../base/invariant.ts';
import { createPrng } from '../../base/prng.ts';
import { hmac, sha256 } from './hashes.ts';

/**
 * Ways to make a Bloom filter tell less (Schnell and Borgs, 2016): each costs some accuracy, and none makes an encoding
 * anonymous. Measured in docs/models/linkage-encoded.md.
 */

/**
 * Balancing: the filter and its complement, their bits shuffled under a key, so that every code has exactly half its
 * bits set and long names do not show. Doubles the length.
 */
export function balance(code: Uint8Array, key: Uint8Array): Uint8Array {
  const n = code.length * 8;
  const order = permutation(2 * n, key);
  const out = new Uint8Array(code.length * 2);
  for (let i = 0; i < 2 * n; i++) {
    const source = order[i]!;
    const bit = source < n ? bitAt(code, source) : 1 - bitAt(code, source - n);
    if (bit === 1) {
      out[i >> 3]! |= 0x80 >> (i & 7);
    }
  }
  return out;
}

/** XOR folding: the first half against the second, half as long; which of two bits was set no longer shows. */
export function foldCode(code: Uint8Array): Uint8Array {
  invariant(code.length % 2 === 0, 'a code of an even number of bytes');
  const half = code.length / 2;
  return code.slice(0, half).map((byte, i) => byte ^ code[half + i]!);
}

/**
 * BLIP: each bit is turned over with probability 1/(1 + e^(ε/changes)), randomised response (Alaggan, Gambs and
 * Kermarrec, 2012). The noise is drawn from a key and the code itself, so that one record encoded twice by one party
 * gives one code, and averaging repeats removes nothing.
 *
 * @param flipProbability 0 to 0.5.
 */
export function flipBits(code: Uint8Array, flipProbability: number, key: Uint8Array): Uint8Array {
  invariant(flipProbability >= 0 && flipProbability <= 0.5, 'a probability from 0 to 0.5');
  const stream = keyedStream(key, code);
  const out = code.slice();
  for (let i = 0; i < code.length * 8; i++) {
    if (stream() < flipProbability) {
      out[i >> 3]! ^= 0x80 >> (i & 7);
    }
  }
  return out;
}

/** The flip probability of a budget: ε-differential privacy of a code against changing `bitsChanged` of its bits. */
export function flipProbabilityOf(epsilon: number, bitsChanged: number): number {
  invariant(epsilon > 0 && bitsChanged >= 1, 'a budget above 0 and at least one bit');
  return 1 / (1 + Math.exp(epsilon / bitsChanged));
}

function bitAt(code: Uint8Array, at: number): number {
  return (code[at >> 3]! >> (7 - (at & 7))) & 1;
}

/** Fisher–Yates under a key: the same for every record of a project. */
function permutation(size: number, key: Uint8Array): Uint32Array {
  const cached = permutations.get(key);
  if (cached?.length === size) {
    return cached;
  }
  const stream = keyedStream(key, new Uint8Array(0));
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(stream() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  permutations.set(key, order);
  return order;
}
const permutations = new WeakMap<Uint8Array, Uint32Array>();

/** Uniform numbers in [0, 1) seeded by HMAC-SHA-256 of a message under a key, 128 bits of it. */
function keyedStream(key: Uint8Array, message: Uint8Array): () => number {
  const digest = new DataView(hmac(sha256, key)(message).slice().buffer);
  const first = createPrng(digest.getUint32(0) * 0x100000 + (digest.getUint32(4) >>> 12));
  const second = createPrng(digest.getUint32(8) * 0x100000 + (digest.getUint32(12) >>> 12));
  return () => {
    const sum = first.uniform() + second.uniform();
    return sum >= 1 ? sum - 1 : sum;
  };
}
