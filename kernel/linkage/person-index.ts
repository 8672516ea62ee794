import {
  blockingKeys,
  comparePersons,
  type PersonSimilarity,
  type PersonTraits,
  type PreparedPerson,
  preparePerson,
} from './candidates.ts';

/**
 * Candidates for one person among millions, in memory: an inverted index of blocking keys, the rarest keys counting
 * most, and the exact weight for the hundred or so records that share the most.
 */
export interface PersonIndex {
  readonly size: number;
  /** Adds a person or replaces the one with that id. */
  put(id: string, traits: PersonTraits): void;
  remove(id: string): boolean;
  /** The likeliest first; only those at least as probable as asked. */
  search(traits: PersonTraits, options?: PersonSearchOptions): PersonCandidate[];
}

export interface PersonSearchOptions {
  /** Default 10. */
  readonly limit?: number;
  /** Default 0.01. */
  readonly probabilityMin?: number;
  /** Records weighed exactly. Default 80. */
  readonly weighedMax?: number;
}

export interface PersonCandidate {
  readonly id: string;
  readonly similarity: PersonSimilarity;
}

/** Keys that so many records share are only followed when nothing rarer is at hand. */
const COMMON = 1500;
const FOLLOWED_MAX = 10_000;
const PREPARED_MAX = 50_000;

/** @param expected about how many persons; the index grows beyond it. */
export function createPersonIndex(expected = 1000): PersonIndex {
  const bucketBits = Math.max(10, Math.min(24, Math.ceil(Math.log2(Math.max(1, expected) * 8))));
  const mask = 2 ** bucketBits - 1;
  // Chained hash table: a bucket's first entry and its size; each entry its tag, its person, the next.
  const heads = new Int32Array(mask + 1).fill(-1);
  const sizes = new Int32Array(mask + 1);
  let tags = new Uint32Array(Math.max(1024, expected * 12));
  let persons = new Int32Array(tags.length);
  let nexts = new Int32Array(tags.length);
  let entries = 0;
  const ids: (string | undefined)[] = [];
  const traitsOf: (PersonTraits | undefined)[] = [];
  const placeOf = new Map<string, number>();
  let scores = new Float32Array(Math.max(1024, expected));
  const prepared = new Map<number, PreparedPerson>();

  const grow = <T extends Uint32Array | Int32Array | Float32Array>(array: T, length: number): T => {
    const larger = new (array.constructor as new (length: number) => T)(length);
    larger.set(array as never);
    return larger;
  };

  const remove = (id: string): boolean => {
    const place = placeOf.get(id);
    if (place === undefined) {
      return false;
    }
    // Entries of a removed person stay in their chains and are passed over.
    placeOf.delete(id);
    ids[place] = undefined;
    traitsOf[place] = undefined;
    prepared.delete(place);
    return true;
  };

  const preparedAt = (place: number): PreparedPerson => {
    let person = prepared.get(place);
    if (!person) {
      person = preparePerson(traitsOf[place]!);
      if (prepared.size >= PREPARED_MAX) {
        prepared.clear();
      }
      prepared.set(place, person);
    }
    return person;
  };

  return {
    get size() {
      return placeOf.size;
    },
    put(id, traits) {
      remove(id);
      const place = ids.length;
      ids.push(id);
      traitsOf.push(traits);
      placeOf.set(id, place);
      if (place >= scores.length) {
        scores = grow(scores, scores.length * 2);
      }
      for (const key of blockingKeys(traits)) {
        if (entries === tags.length) {
          tags = grow(tags, entries * 2);
          persons = grow(persons, entries * 2);
          nexts = grow(nexts, entries * 2);
        }
        const tag = hash(key);
        const bucket = tag & mask;
        tags[entries] = tag;
        persons[entries] = place;
        nexts[entries] = heads[bucket]!;
        heads[bucket] = entries++;
        sizes[bucket]!++;
      }
    },
    remove,
    search(traits, options = {}) {
      const { limit = 10, probabilityMin = 0.01, weighedMax = 80 } = options;
      const keys = blockingKeys(traits)
        .map((key) => {
          const tag = hash(key);
          return { tag, size: sizes[tag & mask]! };
        })
        .filter((key) => key.size > 0)
        .sort((a, b) => a.size - b.size);
      const touched: number[] = [];
      let followed = 0;
      for (const { tag, size } of keys) {
        if (followed > 0 && (size > COMMON || followed + size > FOLLOWED_MAX) && touched.length > 0) {
          continue;
        }
        followed += size;
        const worth = Math.log2((ids.length + 1) / size) + 0.1;
        let left = FOLLOWED_MAX;
        for (let at = heads[tag & mask]!; at >= 0 && left > 0; at = nexts[at]!, left--) {
          const place = persons[at]!;
          if (tags[at] === tag && ids[place] !== undefined) {
            if (scores[place] === 0) {
              touched.push(place);
            }
            scores[place]! += worth;
          }
        }
      }
      const best = strongest(touched, scores, weighedMax);
      const query = preparePerson(traits);
      const found: PersonCandidate[] = [];
      for (const place of best) {
        const similarity = comparePersons(query, preparedAt(place));
        if (similarity.probability >= probabilityMin) {
          found.push({ id: ids[place]!, similarity });
        }
      }
      for (const place of touched) {
        scores[place] = 0;
      }
      found.sort((a, b) => b.similarity.weight - a.similarity.weight || (a.id < b.id ? -1 : 1));
      return found.slice(0, limit);
    },
  };
}

/** The `most` places of the highest scores, in no order; by counting scores, since there may be tens of thousands. */
function strongest(places: readonly number[], scores: Float32Array, most: number): readonly number[] {
  if (places.length <= most) {
    return places;
  }
  let highest = 0;
  for (const place of places) {
    highest = Math.max(highest, scores[place]!);
  }
  const bins = 1024;
  const counts = new Int32Array(bins);
  const binOf = (place: number) => Math.min(bins - 1, Math.floor((scores[place]! / highest) * bins));
  for (const place of places) {
    counts[binOf(place)]!++;
  }
  let least = bins - 1;
  for (let above = counts[least]!; above < most && least > 0; ) {
    above += counts[--least]!;
  }
  const out = places.filter((place) => binOf(place) > least);
  for (const place of places) {
    if (out.length >= most) {
      break;
    }
    if (binOf(place) === least) {
      out.push(place);
    }
  }
  return out;
}

/** FNV-1a with a final mix, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
