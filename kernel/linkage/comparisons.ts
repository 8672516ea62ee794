import { birthOfAge, DATE_LEVELS, type DateReading, dateLevel, type PartialDate, readDate } from './dates.ts';
import { asciiDigits } from './digits.ts';
import { MISSING } from './fellegi-sunter.ts';
import { comparePrepared, type PreparedName, prepareName } from './names/names.ts';
import { damerauLevenshtein, jaroWinkler } from './text-similarity.ts';

/** What a column holds, which decides how two of its values are compared. */
export type ComparisonKind = 'name' | 'text' | 'exact' | 'code' | 'date' | 'age' | 'phone' | 'identifier';

export interface ComparisonSpec {
  readonly column: string;
  readonly kind: ComparisonKind;
  /** Agreeing on a rare value counts for more. Default: yes for names and text. */
  readonly termFrequency?: boolean;
  /** Another column this one is sometimes swapped with, such as given name and surname. */
  readonly swappedWith?: string;
  /** For dates. */
  readonly reading?: DateReading;
  /** For estimated ages: the year they were judged in. */
  readonly judgedIn?: number;
}

/** A comparison ready for a column: values are read once, pairs of read values give a level. */
export interface Comparator {
  readonly levels: readonly string[];
  /** First guess of m and u, before training, level 0 first; what a small file has to go on. */
  readonly m: readonly number[];
  readonly u: readonly number[];
  /** The value as compared and counted, or undefined where it is absent or unreadable. */
  read(text: string): unknown;
  /** The spelling under which equal values are one; '' for absent. */
  key(text: string): string;
  compare(a: unknown, b: unknown): number;
}

interface ReadName {
  readonly text: string;
  readonly name: PreparedName;
}

const ABSENT = /^(?:n\/?a|null|none|nil|unknown|-+|\.+|\?+)?$/i;

/** Lower case, compatibility forms, one space between words; '' for what stands for nothing. */
export function plainText(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return ABSENT.test(plain) ? '' : plain;
}

const compact = (text: string) => asciiDigits(plainText(text)).replace(/[^\p{L}\p{N}]/gu, '');

export function comparatorOf(spec: ComparisonSpec): Comparator {
  switch (spec.kind) {
    case 'name':
      return {
        levels: ['different', 'partly alike', 'alike in sound', 'nearly equal', 'same'],
        m: [0.04, 0.04, 0.06, 0.1, 0.76],
        u: [0.964, 0.025, 0.006, 0.003, 0.002],
        key: plainText,
        read: (text) => (plainText(text) === '' ? undefined : { text: plainText(text), name: prepareName(text) }),
        compare: (a, b) => {
          const [x, y] = [a as ReadName, b as ReadName];
          // Typing slips change letters, transliteration changes spellings: the better of the two views counts.
          const typed = jaroWinkler(x.text, y.text);
          const heard = typed >= 0.94 ? 0 : comparePrepared(x.name, y.name);
          return heard >= 0.995
            ? 4
            : typed >= 0.94 || heard >= 0.92
              ? 3
              : typed >= 0.88 || heard >= 0.84
                ? 2
                : typed >= 0.78 || heard >= 0.72
                  ? 1
                  : 0;
        },
      };
    case 'text':
      return {
        levels: ['different', 'partly alike', 'alike', 'nearly equal', 'same'],
        m: [0.06, 0.04, 0.06, 0.14, 0.7],
        u: [0.96, 0.03, 0.006, 0.002, 0.002],
        key: plainText,
        read: (text) => plainText(text) || undefined,
        compare: (a, b) => {
          const similarity = jaroWinkler(a as string, b as string);
          return similarity >= 0.94 ? 3 : similarity >= 0.86 ? 2 : similarity >= 0.75 ? 1 : 0;
        },
      };
    case 'exact':
      return {
        levels: ['different', 'same'],
        m: [0.1, 0.9],
        u: [0.7, 0.3],
        key: plainText,
        read: (text) => plainText(text) || undefined,
        compare: () => 0,
      };
    case 'code':
    case 'identifier':
      return {
        levels: ['different', 'two characters differ', 'one character differs', 'same'],
        m: [0.08, 0.02, 0.1, 0.8],
        u: [0.9989, 0.0009, 0.0001, 0.0001],
        key: compact,
        read: (text) => compact(text) || undefined,
        compare: (a, b) => {
          const [x, y] = [a as string, b as string];
          const longest = Math.max(x.length, y.length);
          if (Math.abs(x.length - y.length) > 2) {
            return 0;
          }
          const distance = damerauLevenshtein(x, y);
          return distance <= 1 && longest >= 3 ? 2 : distance <= 2 && longest >= 6 ? 1 : 0;
        },
      };
    case 'phone':
      return {
        levels: ['different', 'one digit differs', 'same'],
        m: [0.2, 0.05, 0.75],
        u: [0.9996, 0.0003, 0.0001],
        key: (text) => asciiDigits(text).replace(/\D/g, '').slice(-8),
        read: (text) => asciiDigits(text).replace(/\D/g, '').slice(-8) || undefined,
        compare: (a, b) => (damerauLevenshtein(a as string, b as string) <= 1 ? 1 : 0),
      };
    case 'date':
    case 'age': {
      const read = (text: string): PartialDate | undefined =>
        spec.kind === 'age'
          ? text.trim() === ''
            ? undefined
            : birthOfAge(Number(asciiDigits(text)), spec.judgedIn ?? Number.NaN)
          : readDate(text, spec.reading);
      return {
        levels: DATE_LEVELS,
        m: [0.03, 0.02, 0.03, 0.03, 0.07, 0.02, 0.02, 0.78],
        u: [0.9, 0.08, 0.0155, 0.0012, 0.0012, 0.00005, 0.002, 0.00005],
        key: (text) => {
          const date = read(text);
          return date ? `${date.year}-${date.month}-${date.day}${date.spread ? `±${date.spread}` : ''}` : '';
        },
        read,
        compare: (a, b) => dateLevel(a as PartialDate, b as PartialDate),
      };
    }
  }
}

/** A column of a file, each distinct value read once. */
export interface ReadColumn {
  /** For each record, the number of its distinct value; −1 for absent. */
  readonly ids: Int32Array;
  readonly values: readonly unknown[];
  readonly keys: readonly string[];
  /** Share of the records that have each value. */
  readonly frequencies: Float64Array;
}

export function readColumn(comparator: Comparator, texts: readonly string[]): ReadColumn {
  const ids = new Int32Array(texts.length);
  const byText = new Map<string, number>();
  const byKey = new Map<string, number>();
  const values: unknown[] = [];
  const keys: string[] = [];
  const counts: number[] = [];
  let present = 0;
  texts.forEach((text, i) => {
    let id = byText.get(text);
    if (id === undefined) {
      const key = comparator.key(text);
      id = key === '' ? -1 : (byKey.get(key) ?? -2);
      if (id === -2) {
        const value = comparator.read(text);
        id = value === undefined ? -1 : values.length;
        if (id >= 0) {
          values.push(value);
          keys.push(key);
          counts.push(0);
        }
        byKey.set(key, id);
      }
      byText.set(text, id);
    }
    ids[i] = id;
    if (id >= 0) {
      counts[id]!++;
      present++;
    }
  });
  return { ids, values, keys, frequencies: Float64Array.from(counts, (count) => count / Math.max(1, present)) };
}

/** Levels of many pairs of one comparison; equal values are the top level, except where a date says less. */
export function compareColumn(
  comparator: Comparator,
  column: ReadColumn,
  left: Int32Array,
  right: Int32Array,
): Uint8Array {
  const top = comparator.levels.length - 1;
  const dates = comparator.levels === (DATE_LEVELS as readonly string[]);
  const out = new Uint8Array(left.length);
  // Pairs of distinct values come back often; a bounded memory of them saves most of the work.
  const known = new Map<number, number>();
  const span = column.values.length;
  for (let i = 0; i < left.length; i++) {
    const a = column.ids[left[i]!]!;
    const b = column.ids[right[i]!]!;
    if (a < 0 || b < 0) {
      out[i] = MISSING;
    } else if (a === b && !dates) {
      out[i] = top;
    } else {
      const pair = a < b ? a * span + b : b * span + a;
      let level = known.get(pair);
      if (level === undefined) {
        level = comparator.compare(column.values[a], column.values[b]);
        if (known.size < 2_000_000) {
          known.set(pair, level);
        }
      }
      out[i] = level;
    }
  }
  return out;
}
