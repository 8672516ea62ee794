/**
 * Seeded pseudo-random numbers, so that every simulation and every failing test can be repeated from its seed.
 * Not for keys, salts or identifiers: those come from the platform's cryptographic source.
 */
export interface Prng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform unsigned 32-bit integer. */
  uint32(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** An independent stream, for parallel or nested work. */
  fork(): Prng;
}

/**
 * xoshiro128** (Blackman and Vigna, 2018) seeded through SplitMix32.
 * @param seed any finite number; the same seed gives the same stream on every platform.
 */
export function createPrng(seed: number): Prng {
  let state = (Math.floor(seed) ^ Math.floor(seed / 0x1_0000_0000)) >>> 0;
  const splitMix = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let a = splitMix();
  let b = splitMix();
  let c = splitMix();
  let d = splitMix();
  let spare = Number.NaN;

  const uint32 = () => {
    const r5 = Math.imul(b, 5);
    const result = Math.imul((r5 << 7) | (r5 >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000;
  return {
    uint32,
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal: () => {
      // Marsaglia's polar method gives two at a time; the second is kept.
      if (!Number.isNaN(spare)) {
        const kept = spare;
        spare = Number.NaN;
        return kept;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const f = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * f;
          return u * f;
        }
      }
    },
    fork: () => createPrng(uint32() * 0x100000 + (uint32() >>> 12)),
  };
}
