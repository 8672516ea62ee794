import { invariant } from '../base/invariant.ts';

/**
 * Blocking: only pairs that share a key of some pass are compared. Several passes on different columns, so that an
 * error in one column loses a pair only from the passes that use it; what all passes lose is estimated.
 */
export interface BlockingPass {
  readonly name: string;
  /** Columns the keys are made of; their agreement says nothing among the pass's pairs. */
  readonly columns: readonly string[];
  /** Key number of each record, −1 for none. */
  readonly keys: Int32Array;
}

export interface PassSummary {
  readonly name: string;
  readonly pairs: number;
  /** Pairs of blocks too large to compare, and how many such blocks. */
  readonly skippedPairs: number;
  readonly skippedBlocks: number;
}

export interface CandidatePairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Bit p set: pass p found the pair. */
  readonly passes: Uint16Array;
  readonly summary: readonly PassSummary[];
}

/** More candidates than asked for: the passes are too coarse for the file. */
export class TooManyPairsError extends Error {
  override name = 'TooManyPairsError';
}

/** Records over which pairs are sought: within one file, or from a left part (before `split`) to a right one. */
export interface PairSpace {
  readonly records: number;
  readonly split?: number;
}

export function possiblePairs({ records, split }: PairSpace): number {
  return split === undefined ? (records * (records - 1)) / 2 : split * (records - split);
}

/** Interns strings as key numbers; '' is no key. */
export function numberKeys(texts: Iterable<string>, count: number): Int32Array {
  const out = new Int32Array(count);
  const numbers = new Map<string, number>();
  let i = 0;
  for (const text of texts) {
    if (text === '') {
      out[i++] = -1;
    } else {
      let number = numbers.get(text);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(text, number);
      }
      out[i++] = number;
    }
  }
  return out;
}

/** Where the first number not below `bound` stands in an ascending run. */
function firstAtLeast(ascending: Int32Array, from: number, to: number, bound: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = ascending[middle]! < bound ? [middle + 1, high] : [low, middle];
  }
  return low;
}

/** Records in order of key, ascending within each, and where each key starts: a block is a run. */
function blocksOf(keys: Int32Array): { order: Int32Array; starts: Int32Array } {
  let highest = -1;
  for (const key of keys) {
    highest = Math.max(highest, key);
  }
  const starts = new Int32Array(highest + 2);
  for (const key of keys) {
    if (key >= 0) {
      starts[key + 1]!++;
    }
  }
  for (let k = 0; k <= highest; k++) {
    starts[k + 1]! += starts[k]!;
  }
  const next = starts.slice();
  const order = new Int32Array(starts[highest + 1] ?? 0);
  keys.forEach((key, record) => {
    if (key >= 0) {
      order[next[key]!++] = record;
    }
  });
  return { order, starts };
}

/** Pairs one pass proposes, were no block left out. */
export function countPairs(keys: Int32Array, space: PairSpace): number {
  const { order, starts } = blocksOf(keys);
  let pairs = 0;
  for (let k = 0; k + 1 < starts.length; k++) {
    pairs += pairsOfBlock(order, starts[k]!, starts[k + 1]!, space);
  }
  return pairs;
}

function pairsOfBlock(order: Int32Array, from: number, to: number, { split }: PairSpace): number {
  const size = to - from;
  if (split === undefined) {
    return (size * (size - 1)) / 2;
  }
  const left = firstAtLeast(order, from, to, split) - from;
  return left * (size - left);
}

/**
 * Candidate pairs of all passes, each once, left before right.
 * @param limits.blockPairsMax blocks proposing more are left out and counted.
 * @throws TooManyPairsError
 */
export function candidatePairs(
  passes: readonly BlockingPass[],
  space: PairSpace,
  limits: { readonly blockPairsMax: number; readonly pairsMax: number },
): CandidatePairs {
  invariant(passes.length <= 16, 'at most sixteen passes');
  invariant(space.records < 2 ** 24, 'at most sixteen million records in memory');
  const summary: PassSummary[] = [];
  // A pair and its pass in one number: pair · 16 + pass stays below 2^53.
  let codes = new Float64Array(1 << 16);
  let used = 0;
  const split = space.split;
  passes.forEach((pass, p) => {
    const { order, starts } = blocksOf(pass.keys);
    let pairs = 0;
    let skippedPairs = 0;
    let skippedBlocks = 0;
    for (let k = 0; k + 1 < starts.length; k++) {
      const from = starts[k]!;
      const to = starts[k + 1]!;
      const size = pairsOfBlock(order, from, to, space);
      if (size === 0) {
        continue;
      }
      if (size > limits.blockPairsMax) {
        skippedPairs += size;
        skippedBlocks++;
        continue;
      }
      pairs += size;
      if (used + size > codes.length) {
        if (used + size > limits.pairsMax * 4) {
          throw new TooManyPairsError(
            `Blocking proposes more than ${limits.pairsMax} pairs. Use passes of more columns, or a smaller file.`,
          );
        }
        const larger = new Float64Array(Math.max(codes.length * 2, used + size));
        larger.set(codes.subarray(0, used));
        codes = larger;
      }
      // A block's records ascend, so that those of the left file come first and each pair is met once, low before high.
      const middle = split === undefined ? to : firstAtLeast(order, from, to, split);
      for (let i = from; i < middle; i++) {
        const low = order[i]! * space.records;
        for (let j = split === undefined ? i + 1 : middle; j < to; j++) {
          codes[used++] = (low + order[j]!) * 16 + p;
        }
      }
    }
    summary.push({ name: pass.name, pairs, skippedPairs, skippedBlocks });
  });
  const sorted = codes.subarray(0, used).sort();
  let distinct = 0;
  for (let i = 0; i < used; i++) {
    if (i === 0 || Math.floor(sorted[i]! / 16) !== Math.floor(sorted[i - 1]! / 16)) {
      distinct++;
    }
  }
  if (distinct > limits.pairsMax) {
    throw new TooManyPairsError(
      `Blocking proposes ${distinct} pairs, more than ${limits.pairsMax}. Use passes of more columns, or a smaller file.`,
    );
  }
  const left = new Int32Array(distinct);
  const right = new Int32Array(distinct);
  const found = new Uint16Array(distinct);
  let at = -1;
  let before = -1;
  for (let i = 0; i < used; i++) {
    const pair = Math.floor(sorted[i]! / 16);
    if (pair !== before) {
      at++;
      before = pair;
      left[at] = Math.floor(pair / space.records);
      right[at] = pair % space.records;
    }
    found[at]! |= 1 << (sorted[i]! - pair * 16);
  }
  return { left, right, passes: found, summary };
}

/**
 * Matches that no pass found, by Chao's lower bound (1987): from how many matches exactly one pass and exactly two
 * passes found. Passes that fail on the same records make the true number larger.
 * @param weights probability that each pair is a match.
 */
export function estimateMissed(passes: Uint16Array, weights: Float64Array): { found: number; missed: number } {
  let once = 0;
  let twice = 0;
  let found = 0;
  for (let i = 0; i < passes.length; i++) {
    const weight = weights[i]!;
    let bits = passes[i]!;
    let count = 0;
    while (bits) {
      bits &= bits - 1;
      count++;
    }
    found += weight;
    if (count === 1) {
      once += weight;
    } else if (count === 2) {
      twice += weight;
    }
  }
  // Chao's bias-corrected form, which is also defined where nothing was found exactly twice.
  return { found, missed: (once * Math.max(0, once - 1)) / (2 * (twice + 1)) };
}
