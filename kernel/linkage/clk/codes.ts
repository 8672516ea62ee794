import { invariant } from '../../base/invariant.ts';

/** Many encodings of one length, packed: `wordsPerCode` 32-bit words each, and how many bits each has set. */
export interface CodeSet {
  readonly bits: number;
  readonly wordsPerCode: number;
  readonly count: number;
  readonly words: Uint32Array;
  readonly populations: Uint16Array;
}

/** Bits set in a 32-bit word. */
export function population(word: number): number {
  let x = word;
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

/** Packs encodings (bytes, all of one length, a multiple of 4). */
export function packCodes(codes: readonly Uint8Array[]): CodeSet {
  const bytes = codes[0]?.length ?? 128;
  const set = emptyCodes(codes.length, bytes * 8);
  codes.forEach((code, i) => {
    invariant(code.length === bytes, 'codes of one set have one length');
    putCode(set, i, code);
  });
  return set;
}

/** A set of `count` codes of zeros, to be filled by {@link putCode}. */
export function emptyCodes(count: number, bits: number): CodeSet {
  invariant(bits % 32 === 0, 'a code is a whole number of 32-bit words');
  const wordsPerCode = bits / 32;
  return {
    bits,
    wordsPerCode,
    count,
    words: new Uint32Array(count * wordsPerCode),
    populations: new Uint16Array(count),
  };
}

export function putCode(set: CodeSet, at: number, code: Uint8Array): void {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  let sum = 0;
  for (let w = 0; w < set.wordsPerCode; w++) {
    const word = view.getUint32(4 * w, true);
    set.words[at * set.wordsPerCode + w] = word;
    sum += population(word);
  }
  set.populations[at] = sum;
}

/** Dice coefficient of two codes of two sets: 2·common / (bits of one + bits of the other); 1 where both are empty. */
export function dice(a: CodeSet, i: number, b: CodeSet, j: number): number {
  const total = a.populations[i]! + b.populations[j]!;
  if (total === 0) {
    return 1;
  }
  let common = 0;
  for (let w = 0; w < a.wordsPerCode; w++) {
    common += population(a.words[i * a.wordsPerCode + w]! & b.words[j * b.wordsPerCode + w]!);
  }
  return (2 * common) / total;
}
