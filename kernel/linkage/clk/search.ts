import { invariant } from '../../base/invariant.ts';
import { type CodeSet, population } from './codes.ts';
import { assemblePopcountSearch } from './popcount-wasm.ts';

/** Two encodings at least as alike as asked. */
export interface CodePair {
  readonly left: number;
  readonly right: number;
  /** Dice coefficient, 0..1. */
  readonly similarity: number;
}

export interface SearchOptions {
  /** Least Dice coefficient, above 0 to 1. */
  readonly threshold: number;
  /** Called with the fraction done, now and then. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Leaves WebAssembly unused; for hosts that forbid it, and for tests. */
  readonly scriptOnly?: boolean;
  /** Stops with a RangeError beyond so many pairs. Default 50 million. */
  readonly pairsMax?: number;
}

/** Codes a WebAssembly call looks at: the run and its hits stay in the processor's cache. */
const RUN = 2048;

/**
 * All pairs of a left and a right code whose Dice coefficient reaches the threshold. Exact: codes whose bit counts alone
 * rule the threshold out are skipped, every other pair is compared.
 */
export function searchPairs(left: CodeSet, right: CodeSet, options: SearchOptions): CodePair[] {
  const { threshold, onProgress, signal, scriptOnly = false, pairsMax = 50_000_000 } = options;
  invariant(left.bits === right.bits, 'codes of one length');
  invariant(threshold > 0 && threshold <= 1, 'a threshold above 0, at most 1');
  const pairs: CodePair[] = [];
  const order = byPopulation(right);
  const width = right.wordsPerCode;
  const engine = scriptOnly || left.bits % 128 !== 0 ? undefined : createEngine(left.bits, right, order.places);
  const add = (i: number, place: number, common: number) => {
    const j = order.places[place]!;
    const total = left.populations[i]! + right.populations[j]!;
    pairs.push({ left: i, right: j, similarity: total === 0 ? 1 : (2 * common) / total });
    if (pairs.length > pairsMax) {
      throw new RangeError(`More than ${pairsMax} pairs reach the threshold. Raise the threshold.`);
    }
  };
  for (let i = 0; i < left.count; i++) {
    if ((i & 255) === 0) {
      signal?.throwIfAborted();
      onProgress?.(i / Math.max(1, left.count));
    }
    const own = left.populations[i]!;
    // 2·min(a, b)/(a + b) ≥ t bounds the other's bits on both sides.
    const low = Math.ceil((threshold * own) / (2 - threshold) - 1e-9);
    const high = Math.min(right.bits, Math.floor(((2 - threshold) * own) / threshold + 1e-9));
    if (engine) {
      engine.load(left.words.subarray(i * width, (i + 1) * width));
    }
    for (let bits = low; bits <= high; bits++) {
      const from = order.starts[bits]!;
      const to = order.starts[bits + 1]!;
      if (from === to) {
        continue;
      }
      const minimum = Math.ceil((threshold * (own + bits)) / 2 - 1e-9);
      if (engine) {
        engine.search(from, to, minimum, (place, common) => add(i, place, common));
        continue;
      }
      for (let place = from; place < to; place++) {
        const base = order.places[place]! * width;
        let common = 0;
        for (let w = 0; w < width; w++) {
          common += population(left.words[i * width + w]! & right.words[base + w]!);
        }
        if (common >= minimum) {
          add(i, place, common);
        }
      }
    }
  }
  onProgress?.(1);
  return pairs;
}

/** Places of a set's codes in order of their bits, and where each count of bits begins. */
function byPopulation(set: CodeSet): { places: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(set.bits + 2);
  for (let i = 0; i < set.count; i++) {
    starts[set.populations[i]! + 1]!++;
  }
  for (let bits = 0; bits <= set.bits; bits++) {
    starts[bits + 1]! += starts[bits]!;
  }
  const next = starts.slice();
  const places = new Uint32Array(set.count);
  for (let i = 0; i < set.count; i++) {
    places[next[set.populations[i]!]!++] = i;
  }
  return { places, starts };
}

interface Engine {
  load(query: Uint32Array): void;
  search(from: number, to: number, minimum: number, hit: (place: number, common: number) => void): void;
}

/** The right-hand codes in the order of their bits, inside WebAssembly memory, behind the query and the hits. */
function createEngine(bits: number, right: CodeSet, places: Uint32Array): Engine | undefined {
  const bytes = bits / 8;
  const hitsAt = bytes;
  const codesAt = Math.ceil((hitsAt + RUN * 8) / 16) * 16;
  const pages = Math.ceil((codesAt + right.count * bytes) / 65536);
  if (pages > 65536) {
    return undefined;
  }
  const instance = assemblePopcountSearch(bits / 128, pages);
  if (!instance) {
    return undefined;
  }
  const memory = new Uint32Array(instance.memory.buffer);
  const width = right.wordsPerCode;
  places.forEach((code, place) => {
    memory.set(right.words.subarray(code * width, (code + 1) * width), codesAt / 4 + place * width);
  });
  const hits = memory.subarray(hitsAt / 4, codesAt / 4);
  return {
    load: (query) => memory.set(query, 0),
    search: (from, to, minimum, hit) => {
      for (let at = from; at < to; at += RUN) {
        const found = instance.search(0, codesAt + at * bytes, Math.min(RUN, to - at), minimum, hitsAt);
        for (let h = 0; h < found; h++) {
          hit(at + hits[2 * h]!, hits[2 * h + 1]!);
        }
      }
    },
  };
}

/**
 * Pairs each code with at most one other, the most alike first, as when a person is in each file once. Ties are taken
 * in the order of the files.
 */
export function bestOneToOne(pairs: readonly CodePair[]): CodePair[] {
  const sorted = [...pairs].sort((a, b) => b.similarity - a.similarity || a.left - b.left || a.right - b.right);
  const left = new Set<number>();
  const right = new Set<number>();
  return sorted.filter((pair) => {
    if (left.has(pair.left) || right.has(pair.right)) {
      return false;
    }
    left.add(pair.left);
    right.add(pair.right);
    return true;
  });
}
