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
const RUN = 1024;
/** Left-hand codes that meet a run together. */
const BATCH = 64;

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
  for (let first = 0; first < left.count; first += BATCH) {
    signal?.throwIfAborted();
    onProgress?.(first / left.count);
    const batch = Array.from({ length: Math.min(BATCH, left.count - first) }, (_, slot) => {
      const own = left.populations[first + slot]!;
      // 2·min(a, b)/(a + b) ≥ t bounds the other's bits on both sides.
      return {
        own,
        low: Math.ceil((threshold * own) / (2 - threshold) - 1e-9),
        high: Math.min(right.bits, Math.floor(((2 - threshold) * own) / threshold + 1e-9)),
      };
    });
    engine?.load(left.words.subarray(first * width, (first + batch.length) * width));
    const lowest = Math.min(...batch.map(({ low }) => low));
    const highest = Math.max(...batch.map(({ high }) => high));
    for (let bits = lowest; bits <= highest; bits++) {
      // A run of codes is compared with the whole batch while the processor's cache holds it.
      for (let from = order.starts[bits]!; from < order.starts[bits + 1]!; from += RUN) {
        const to = Math.min(from + RUN, order.starts[bits + 1]!);
        batch.forEach(({ own, low, high }, slot) => {
          if (bits < low || bits > high) {
            return;
          }
          const minimum = Math.ceil((threshold * (own + bits)) / 2 - 1e-9);
          if (engine) {
            engine.search(slot, from, to, minimum, (place, common) => add(first + slot, place, common));
          } else {
            scan(first + slot, from, to, minimum);
          }
        });
      }
    }
  }
  onProgress?.(1);
  return pairs.sort((a, b) => a.left - b.left || a.right - b.right);

  /** The same run in JavaScript. */
  function scan(i: number, from: number, to: number, minimum: number): void {
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
  /** Up to a batch of left-hand codes. */
  load(queries: Uint32Array): void;
  search(slot: number, from: number, to: number, minimum: number, hit: (place: number, common: number) => void): void;
}

/** The right-hand codes in the order of their bits, inside WebAssembly memory, behind the query and the hits. */
function createEngine(bits: number, right: CodeSet, places: Uint32Array): Engine | undefined {
  const bytes = bits / 8;
  const hitsAt = bytes * BATCH;
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
    load: (queries) => memory.set(queries, 0),
    search: (slot, from, to, minimum, hit) => {
      const found = instance.search(slot * bytes, codesAt + from * bytes, to - from, minimum, hitsAt);
      for (let h = 0; h < found; h++) {
        hit(from + hits[2 * h]!, hits[2 * h + 1]!);
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
