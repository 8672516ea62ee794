import { type BlockingPass, countPairs, numberKeys, type PairSpace } from './blocking.ts';
import { type ComparisonKind, type ComparisonSpec, comparatorOf, plainText } from './comparisons.ts';
import { readDate } from './dates.ts';
import { nameKeys } from './names/names.ts';

/** How to link a file when nobody has said: kinds from the columns' names and values, passes from how they divide it. */
export interface LinkPlan {
  readonly id?: string;
  readonly comparisons: readonly ComparisonSpec[];
}

const BY_NAME: readonly (readonly [RegExp, ComparisonKind])[] = [
  [/(?:^|_)(?:dob|birth|birthday|born)|birth_?date|date_of_birth|naissance|geburt|рожд/i, 'date'],
  [/^(?:estimated_)?age(?:_years)?$/i, 'age'],
  [/phone|mobile|(?:^|_)tel(?:$|_)|msisdn|whatsapp|телефон/i, 'phone'],
  [
    /soc_?sec|(?:^|_)ssn|passport|national_?id|(?:^|_)(?:nin|inn|iin|cnic|nhs|mrn|pid)(?:$|_)|identifier|insurance|card_?n/i,
    'identifier',
  ],
  [/post_?code|zip|postal|street_?n|house_?n|(?:^|_)number$/i, 'code'],
  [/(?:^|_)(?:sex|gender)(?:$|_)|^state$|country|province|district|region|language/i, 'exact'],
  [/name|surname|forename|(?:^|_)(?:given|family|first|last|father|mother|patronym)|фамили|имя|отчеств|الاسم/i, 'name'],
];
const IGNORED = /^(?:cluster|group|label|truth|match|source|file|comment|notes?|created|updated)(?:$|_)/i;
const IDENTITY = /^(?:id|rec_?id|record_?id|unique_?id|person_?id|row_?id|uuid)$/i;

/** A plan from a header and its values (column by column). */
export function planOf(columns: readonly string[], values: readonly (readonly string[])[]): LinkPlan {
  const id = columns.find((column) => IDENTITY.test(column));
  const comparisons: ComparisonSpec[] = [];
  columns.forEach((column, c) => {
    if (column === id || IGNORED.test(column)) {
      return;
    }
    const present = values[c]!.filter((value) => plainText(value) !== '');
    if (present.length < values[c]!.length * 0.02) {
      return;
    }
    const named = BY_NAME.find(([pattern]) => pattern.test(column))?.[1];
    const distinct = new Set(present.slice(0, 5000)).size;
    const dated = present.slice(0, 200).filter((value) => readDate(value)).length > 0.9 * Math.min(200, present.length);
    const kind: ComparisonKind = named ?? (dated ? 'date' : distinct <= 20 ? 'exact' : 'text');
    if (kind !== 'age') {
      comparisons.push({ column, kind });
    }
  });
  return { ...(id !== undefined && { id }), comparisons: withSwaps(comparisons) };
}

/** Given name and surname are often typed into each other's column. */
function withSwaps(comparisons: readonly ComparisonSpec[]): ComparisonSpec[] {
  const given = comparisons.find((c) => c.kind === 'name' && /given|first|forename|имя/i.test(c.column));
  const family = comparisons.find((c) => c.kind === 'name' && /surname|last|family|фамили/i.test(c.column));
  return comparisons.map((comparison) =>
    given && family && comparison === given ? { ...comparison, swappedWith: family.column } : comparison,
  );
}

/** One way to turn a column into blocking keys: `surname:sound`, `date_of_birth:year`. */
export interface KeyRule {
  readonly column: string;
  readonly how: 'same' | 'sound' | 'start' | 'day' | 'year';
}

export function keyText(rule: KeyRule, kind: ComparisonKind, text: string): string {
  switch (rule.how) {
    case 'same':
      return comparatorOf({ column: rule.column, kind }).key(text);
    case 'sound':
      return nameKeys(text).keys[0] ?? '';
    case 'start':
      return plainText(text)
        .replace(/[^\p{L}\p{N}]/gu, '')
        .slice(0, 6);
    case 'day': {
      const date = readDate(text);
      // Sorted, so that day and month swapped share the key.
      return date && date.day > 0
        ? `${date.year}.${Math.min(date.month, date.day)}.${Math.max(date.month, date.day)}`
        : '';
    }
    case 'year': {
      const date = readDate(text);
      return date ? String(date.year) : '';
    }
  }
}

/** Reads `column` or `column:how`. */
export function parseKeyRule(text: string, columns: readonly string[]): KeyRule | undefined {
  const at = text.lastIndexOf(':');
  const how = at > 0 ? text.slice(at + 1) : 'same';
  const column = at > 0 && HOWS.has(how) ? text.slice(0, at) : text;
  return columns.includes(column) ? { column, how: (HOWS.has(how) ? how : 'same') as KeyRule['how'] } : undefined;
}
const HOWS = new Set(['same', 'sound', 'start', 'day', 'year']);

/** Numbers the keys of a pass of one or more rules; a record without one of them has no key. */
export function makePass(
  rules: readonly KeyRule[],
  kinds: ReadonlyMap<string, ComparisonKind>,
  valuesOf: (column: string) => readonly string[],
): BlockingPass {
  const parts = rules.map((rule) => keysOfRule(rule, kinds, valuesOf));
  return joinPasses(
    rules.map((rule, i) => ({ name: `${rule.column}:${rule.how}`, columns: [rule.column], keys: parts[i]! })),
  );
}

function keysOfRule(
  rule: KeyRule,
  kinds: ReadonlyMap<string, ComparisonKind>,
  valuesOf: (column: string) => readonly string[],
): Int32Array {
  const values = valuesOf(rule.column);
  const known = new Map<string, string>();
  const kind = kinds.get(rule.column) ?? 'text';
  return numberKeys(
    values.map((value) => {
      let key = known.get(value);
      if (key === undefined) {
        key = plainText(value) === '' ? '' : keyText(rule, kind, value);
        known.set(value, key);
      }
      return key;
    }),
    values.length,
  );
}

function joinPasses(parts: readonly BlockingPass[]): BlockingPass {
  if (parts.length === 1) {
    return parts[0]!;
  }
  const count = parts[0]!.keys.length;
  const texts = Array.from({ length: count }, (_, i) =>
    parts.some((part) => part.keys[i]! < 0) ? '' : parts.map((part) => part.keys[i]).join('.'),
  );
  return {
    name: parts.map((part) => part.name).join(' + '),
    columns: parts.flatMap((part) => part.columns),
    keys: numberKeys(texts, count),
  };
}

/** Passes for a file nobody has described: each column alone where it divides the file finely, and pairs of columns. */
export function planPasses(
  comparisons: readonly ComparisonSpec[],
  valuesOf: (column: string) => readonly string[],
  space: PairSpace,
): BlockingPass[] {
  const kinds = new Map(comparisons.map((comparison) => [comparison.column, comparison.kind]));
  const hows: Readonly<Record<ComparisonKind, readonly KeyRule['how'][]>> = {
    name: ['sound'],
    text: ['start'],
    exact: [],
    code: ['same'],
    date: ['day', 'year'],
    age: [],
    phone: ['same'],
    identifier: ['same'],
  };
  const single = comparisons.flatMap(({ column, kind }) =>
    hows[kind].map((how) => makePass([{ column, how }], kinds, valuesOf)),
  );
  const budget = Math.max(30_000, 12 * space.records);
  const sized = (passes: readonly BlockingPass[]) =>
    passes
      .map((pass) => ({ pass, pairs: countPairs(pass.keys, space) }))
      .filter(({ pairs }) => pairs > 0 && pairs <= budget)
      .sort((a, b) => b.pairs - a.pairs);
  const alone = sized(single);
  const chosen = alone.map(({ pass }) => pass).slice(0, 8);
  const aloneNames = new Set(alone.map(({ pass }) => pass.name));
  const rest = single.filter((pass) => !aloneNames.has(pass.name));
  const joined: BlockingPass[] = [];
  rest.forEach((a, i) => {
    rest.slice(i + 1).forEach((b) => {
      if (a.columns[0] !== b.columns[0]) {
        joined.push(joinPasses([a, b]));
      }
    });
  });
  const uses = new Map<string, number>();
  for (const { pass } of sized(joined)) {
    if (chosen.length >= 14) {
      break;
    }
    // No column in too many passes: an error in it must not be fatal.
    if (pass.columns.every((column) => (uses.get(column) ?? 0) < 4)) {
      for (const column of pass.columns) {
        uses.set(column, (uses.get(column) ?? 0) + 1);
      }
      chosen.push(pass);
    }
  }
  if (chosen.length === 0) {
    // A small file of coarse columns: every pair that shares anything.
    return single.slice(0, 14);
  }
  return chosen;
}
