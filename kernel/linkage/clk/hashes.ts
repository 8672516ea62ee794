/**
 * SHA-1, SHA-256, SHA-512, MD5, BLAKE2b, HMAC and HKDF, synchronous and without a platform: an encoding calls them
 * thousands of times a record, where WebCrypto answers only by promise, lacks MD5 and BLAKE2, and is absent from some
 * workers. MD5 and SHA-1 are here for the double-hash encoding of clkhash alone; nothing else may use them.
 */
export type Digest = (message: Uint8Array) => Uint8Array;

const rotl = (x: number, n: number) => (x << n) | (x >>> (32 - n));
const rotr = (x: number, n: number) => (x >>> n) | (x << (32 - n));

/** Message + 0x80 + zeros + bit length, to a multiple of the block. */
function pad(message: Uint8Array, block: number, lengthBytes: number, bigEndian: boolean): DataView {
  const size = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
  const padded = new Uint8Array(size);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  const high = Math.floor(message.length / 0x20000000);
  const low = (message.length << 3) >>> 0;
  if (bigEndian) {
    view.setUint32(size - 8, high);
    view.setUint32(size - 4, low);
  } else {
    view.setUint32(size - 8, low, true);
    view.setUint32(size - 4, high, true);
  }
  return view;
}

/** The first `count` primes, from which the SHA-2 constants come. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((p) => n % p !== 0)) {
      found.push(n);
    }
  }
  return found;
}

/** Floor of the `root`-th root of n · 2^(64·root), by Newton in integers: 64 fractional bits of the root. */
function rootBits(n: number, root: bigint): bigint {
  const target = BigInt(n) << (64n * root);
  let x = 1n << BigInt(Math.ceil(target.toString(2).length / Number(root)) + 1);
  for (;;) {
    const next = ((root - 1n) * x + target / x ** (root - 1n)) / root;
    if (next >= x) {
      return x & 0xffff_ffff_ffff_ffffn;
    }
    x = next;
  }
}

const PRIMES = primes(80);
const CUBE = PRIMES.map((p) => rootBits(p, 3n));
const SQUARE = PRIMES.slice(0, 8).map((p) => rootBits(p, 2n));
const K256 = Int32Array.from(CUBE.slice(0, 64), (x) => Number(x >> 32n) | 0);
const H256 = Int32Array.from(SQUARE, (x) => Number(x >> 32n) | 0);
const w256 = new Int32Array(64);

export const sha256: Digest = (message) => {
  const view = pad(message, 64, 8, true);
  const h = Int32Array.from(H256);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) {
      w256[i] = view.getInt32(at + 4 * i);
    }
    for (let i = 16; i < 64; i++) {
      const x = w256[i - 15]!;
      const y = w256[i - 2]!;
      const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
      const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10);
      w256[i] = (w256[i - 16]! + s0 + w256[i - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, k] = h as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const t1 = (k + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + K256[i]! + w256[i]!) | 0;
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      k = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, k].forEach((value, i) => {
      h[i] = (h[i]! + value) | 0;
    });
  }
  return words(h, true);
};

/** Only for HKDF with SHA-512, a handful of calls a file: BigInt arithmetic is fast enough and easy to check. */
export const sha512: Digest = (message) => {
  const mask = 0xffff_ffff_ffff_ffffn;
  const turn = (x: bigint, n: bigint) => ((x >> n) | (x << (64n - n))) & mask;
  const view = pad(message, 128, 16, true);
  const h = [...SQUARE];
  const w = new Array<bigint>(80);
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 80; i++) {
      if (i < 16) {
        w[i] = view.getBigUint64(at + 8 * i);
      } else {
        const x = w[i - 15]!;
        const y = w[i - 2]!;
        w[i] =
          (w[i - 16]! +
            (turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n)) +
            w[i - 7]! +
            (turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n))) &
          mask;
      }
    }
    let [a, b, c, d, e, f, g, k] = h as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const t1 =
        (k + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (~e & mask & g)) + CUBE[i]! + w[i]!) & mask;
      const t2 = ((turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      k = g;
      g = f;
      f = e;
      e = (d + t1) & mask;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) & mask;
    }
    [a, b, c, d, e, f, g, k].forEach((value, i) => {
      h[i] = (h[i]! + value) & mask;
    });
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((value, i) => {
    out.setBigUint64(8 * i, value);
  });
  return new Uint8Array(out.buffer);
};

const w80 = new Int32Array(80);

export const sha1: Digest = (message) => {
  const view = pad(message, 64, 8, true);
  const h = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 80; i++) {
      w80[i] = i < 16 ? view.getInt32(at + 4 * i) : rotl(w80[i - 3]! ^ w80[i - 8]! ^ w80[i - 14]! ^ w80[i - 16]!, 1);
    }
    let [a, b, c, d, e] = h as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const t = (rotl(a, 5) + f + e + k + w80[i]!) | 0;
      e = d;
      d = c;
      c = rotl(b, 30);
      b = a;
      a = t;
    }
    [a, b, c, d, e].forEach((value, i) => {
      h[i] = (h[i]! + value) | 0;
    });
  }
  return words(h, true);
};

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_K = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 0x1_0000_0000) | 0);

export const md5: Digest = (message) => {
  const view = pad(message, 64, 8, false);
  const h = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = h as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const g = round === 0 ? i : round === 1 ? (5 * i + 1) & 15 : round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15;
      const t = (a + f + MD5_K[i]! + view.getInt32(at + 4 * g, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotl(t, MD5_SHIFTS[round * 4 + (i & 3)]!)) | 0;
    }
    [a, b, c, d].forEach((value, i) => {
      h[i] = (h[i]! + value) | 0;
    });
  }
  return words(h, false);
};

function words(h: Int32Array, bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(h.length * 4));
  h.forEach((word, i) => {
    view.setInt32(4 * i, word, !bigEndian);
  });
  return new Uint8Array(view.buffer);
}

/** HMAC with its key prepared once. The block is 64 bytes (128 for SHA-512). */
export function hmac(digest: Digest, key: Uint8Array, block = 64): Digest {
  const short = key.length > block ? digest(key) : key;
  const inner = new Uint8Array(block).fill(0x36);
  const outer = new Uint8Array(block).fill(0x5c);
  short.forEach((byte, i) => {
    inner[i]! ^= byte;
    outer[i]! ^= byte;
  });
  return (message) => digest(concat(outer, digest(concat(inner, message))));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** HKDF (RFC 5869): `length` bytes of key material from a secret. An absent salt is zeros of the hash's length. */
export function hkdf(
  hash: 'SHA256' | 'SHA512',
  secret: Uint8Array,
  length: number,
  salt?: Uint8Array,
  info: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const [digest, size, block] = hash === 'SHA256' ? [sha256, 32, 64] : [sha512, 64, 128];
  if (length > 255 * size) {
    throw new RangeError(`HKDF with ${hash} gives at most ${255 * size} bytes; ${length} were asked for.`);
  }
  const expand = hmac(digest, hmac(digest, salt ?? new Uint8Array(size), block)(secret), block);
  const out = new Uint8Array(length);
  let previous = new Uint8Array(0);
  for (let at = 0, i = 1; at < length; at += size, i++) {
    previous = Uint8Array.from(expand(concat(previous, info, Uint8Array.of(i))));
    out.set(previous.subarray(0, Math.min(size, length - at)), at);
  }
  return out;
}

// BLAKE2b (RFC 7693) on pairs of 32-bit halves, low first.
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const IV = Uint32Array.from(SQUARE.flatMap((x) => [Number(x & 0xffff_ffffn), Number(x >> 32n)]));
const v = new Uint32Array(32);
const msg = new Uint32Array(32);

function add(a: number, b: number): void {
  const low = v[a]! + v[b]!;
  v[a + 1] = v[a + 1]! + v[b + 1]! + (low >= 0x1_0000_0000 ? 1 : 0);
  v[a] = low;
}
function addMessage(a: number, m: number): void {
  const low = v[a]! + msg[m]!;
  v[a + 1] = v[a + 1]! + msg[m + 1]! + (low >= 0x1_0000_0000 ? 1 : 0);
  v[a] = low;
}
/** d ^= a, then rotated right by n. */
function xorTurn(d: number, a: number, n: number): void {
  const low = v[d]! ^ v[a]!;
  const high = v[d + 1]! ^ v[a + 1]!;
  if (n === 32) {
    v[d] = high;
    v[d + 1] = low;
  } else if (n === 63) {
    v[d] = (low << 1) | (high >>> 31);
    v[d + 1] = (high << 1) | (low >>> 31);
  } else {
    v[d] = (low >>> n) | (high << (32 - n));
    v[d + 1] = (high >>> n) | (low << (32 - n));
  }
}
function mix(a: number, b: number, c: number, d: number, x: number, y: number): void {
  add(a, b);
  addMessage(a, x);
  xorTurn(d, a, 32);
  add(c, d);
  xorTurn(b, c, 24);
  add(a, b);
  addMessage(a, y);
  xorTurn(d, a, 16);
  add(c, d);
  xorTurn(b, c, 63);
}
function compress(h: Uint32Array, block: DataView, counted: number, last: boolean): void {
  v.set(h);
  v.set(IV, 16);
  v[24]! ^= counted >>> 0;
  v[25]! ^= Math.floor(counted / 0x1_0000_0000);
  if (last) {
    v[28] = ~v[28]!;
    v[29] = ~v[29]!;
  }
  for (let i = 0; i < 32; i++) {
    msg[i] = block.getUint32(4 * i, true);
  }
  for (let round = 0; round < 12; round++) {
    const s = SIGMA[round % 10]!;
    mix(0, 8, 16, 24, 2 * s[0]!, 2 * s[1]!);
    mix(2, 10, 18, 26, 2 * s[2]!, 2 * s[3]!);
    mix(4, 12, 20, 28, 2 * s[4]!, 2 * s[5]!);
    mix(6, 14, 22, 30, 2 * s[6]!, 2 * s[7]!);
    mix(0, 10, 20, 30, 2 * s[8]!, 2 * s[9]!);
    mix(2, 12, 22, 24, 2 * s[10]!, 2 * s[11]!);
    mix(4, 14, 16, 26, 2 * s[12]!, 2 * s[13]!);
    mix(6, 8, 18, 28, 2 * s[14]!, 2 * s[15]!);
  }
  for (let i = 0; i < 16; i++) {
    h[i]! ^= v[i]! ^ v[i + 16]!;
  }
}

/**
 * BLAKE2b-512, keyed and salted (RFC 7693 with the parameter block of the BLAKE2 paper).
 * @param key at most 64 bytes. @param salt at most 16 bytes, padded with zeros.
 */
export function blake2b(message: Uint8Array, key: Uint8Array, salt: Uint8Array): Uint8Array {
  if (key.length > 64 || salt.length > 16) {
    throw new RangeError('A BLAKE2b key has at most 64 bytes and a salt at most 16.');
  }
  const h = Uint32Array.from(IV);
  h[0]! ^= 0x0101_0000 ^ (key.length << 8) ^ 64;
  const saltBlock = new Uint8Array(16);
  saltBlock.set(salt);
  const saltView = new DataView(saltBlock.buffer);
  for (let i = 0; i < 4; i++) {
    h[8 + i]! ^= saltView.getUint32(4 * i, true);
  }
  const input = new Uint8Array(Math.max(128, Math.ceil(((key.length > 0 ? 128 : 0) + message.length) / 128) * 128));
  input.set(key);
  const start = key.length > 0 ? 128 : 0;
  input.set(message, start);
  const total = start + message.length;
  for (let at = 0; at < input.length; at += 128) {
    const last = at + 128 >= input.length;
    compress(h, new DataView(input.buffer, at, 128), last ? total : at + 128, last);
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((word, i) => {
    out.setUint32(4 * i, word, true);
  });
  return new Uint8Array(out.buffer);
}
