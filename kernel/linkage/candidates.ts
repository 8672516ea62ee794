import { birthOfAge, DATE_LEVELS, dateLevel, isConventional, type PartialDate } from './dates.ts';
import { asciiDigits } from './digits.ts';
import { comparePrepared, joinedKeys, type PreparedName, prepareName } from './names/names.ts';

/**
 * Finding and weighing the records that may be the same person, with weights that need no training: what a registry
 * uses when someone stands at the desk. Weights are log2 likelihood ratios (Fellegi and Sunter, 1969): how much likelier
 * an agreement of that kind is between two records of one person (m) than between two of different persons (u).
 */
export interface PersonTraits {
  /** Every name the person is known by, any script. */
  readonly names: readonly string[];
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, Gregorian. */
  readonly birthDate?: string;
  /** An age someone judged, and the day (`YYYY-MM-DD`) they did. */
  readonly estimatedAge?: { readonly years: number; readonly on: string };
  readonly sex?: string;
  readonly phones?: readonly string[];
  /** Identifiers, each with its system in front where numbers of several systems may collide. */
  readonly identifiers?: readonly string[];
}

export type Trait = 'name' | 'birthDate' | 'sex' | 'phone' | 'identifier';

/** One comparison: which trait, at which level it agreed, and what that is worth in bits. Never holds the values. */
export interface TraitWeight {
  readonly trait: Trait;
  readonly level: string;
  readonly weight: number;
}

export interface PersonSimilarity {
  /** Sum of the weights and the prior, log2 odds. */
  readonly weight: number;
  /** 2^weight / (1 + 2^weight). */
  readonly probability: number;
  readonly explanation: readonly TraitWeight[];
}

interface Level {
  readonly m: number;
  readonly u: number;
}

/**
 * Default m and u by level; docs/models/linkage.md gives the reasons. The m of a trait sum to 1, and so do the u.
 * They assume populations where many birth dates are approximate and names are copied between scripts.
 */
export const DEFAULT_LEVELS = {
  name: {
    exact: { m: 0.42, u: 0.0006 },
    'nearly equal': { m: 0.3, u: 0.0012 },
    'alike in sound': { m: 0.16, u: 0.006 },
    'partly alike': { m: 0.07, u: 0.03 },
    different: { m: 0.05, u: 0.9622 },
  },
  birthDate: {
    'same day': { m: 0.72, u: 0.00005 },
    // 1 January (and the other conventional dates) stands for "only the year is known".
    'same conventional day': { m: 0.05, u: 0.003 },
    'day and month swapped': { m: 0.01, u: 0.00005 },
    'one part differs by a slip': { m: 0.05, u: 0.0012 },
    'same year and month': { m: 0.03, u: 0.0012 },
    'same year': { m: 0.06, u: 0.018 },
    'year within two': { m: 0.05, u: 0.09 },
    different: { m: 0.03, u: 0.8865 },
  },
  sex: { same: { m: 0.98, u: 0.5 }, different: { m: 0.02, u: 0.5 } },
  phone: { same: { m: 0.55, u: 0.0002 }, different: { m: 0.45, u: 0.9998 } },
  identifier: {
    same: { m: 0.9, u: 0.000001 },
    'one character differs': { m: 0.04, u: 0.00002 },
    different: { m: 0.06, u: 0.999979 },
  },
} as const satisfies Record<Trait, Record<string, Level>>;

/** Prior log2 odds that two records which share a blocking key are one person: about 1 in 1,000. */
export const DEFAULT_PRIOR_WEIGHT = -10;

/** A person read once, so that it can be compared many times. */
export interface PreparedPerson {
  readonly names: readonly PreparedName[];
  readonly texts: ReadonlySet<string>;
  readonly birth: PartialDate | undefined;
  readonly sex: string | undefined;
  readonly phones: readonly string[];
  readonly identifiers: readonly string[];
}

export function preparePerson(traits: PersonTraits): PreparedPerson {
  const sex = traits.sex?.trim().toLowerCase();
  return {
    names: traits.names.map(prepareName).filter((name) => name.tokens.length > 0),
    texts: new Set(traits.names.map(plain)),
    birth: birthOf(traits),
    sex: sex === undefined || sex === '' || sex === 'unknown' || sex === 'other' ? undefined : sex,
    phones: [...new Set((traits.phones ?? []).map(phoneKey).filter((phone) => phone.length >= 6))],
    identifiers: [
      ...new Set((traits.identifiers ?? []).map(identifierKey).filter((identifier) => identifier.length >= 4)),
    ],
  };
}

/** How alike two persons are: the weight in bits, the probability that they are one, and what each trait gave. */
export function personSimilarity(a: PersonTraits, b: PersonTraits): PersonSimilarity {
  return comparePersons(preparePerson(a), preparePerson(b));
}

/** {@link personSimilarity} of prepared persons. */
export function comparePersons(a: PreparedPerson, b: PreparedPerson): PersonSimilarity {
  const explanation: TraitWeight[] = [];
  let weight = DEFAULT_PRIOR_WEIGHT;
  const add = (trait: Trait, level: string, value: number) => {
    explanation.push({ trait, level, weight: value });
    weight += value;
  };
  if (a.names.length > 0 && b.names.length > 0) {
    const [level, value] = nameWeight(a, b);
    add('name', level, value);
  }
  if (a.birth && b.birth) {
    const level = DATE_LEVELS[dateLevel(a.birth, b.birth)]!;
    add('birthDate', level, bits(DEFAULT_LEVELS.birthDate[level]));
  }
  if (a.sex && b.sex) {
    const level = a.sex[0] === b.sex[0] ? 'same' : 'different';
    add('sex', level, bits(DEFAULT_LEVELS.sex[level]));
  }
  if (a.phones.length > 0 && b.phones.length > 0) {
    const level = a.phones.some((phone) => b.phones.includes(phone)) ? 'same' : 'different';
    add('phone', level, bits(DEFAULT_LEVELS.phone[level]));
  }
  const identifier = identifierLevel(a.identifiers, b.identifiers);
  if (identifier) {
    add('identifier', identifier, bits(DEFAULT_LEVELS.identifier[identifier]));
  }
  return { weight, probability: probabilityOf(weight), explanation };
}

/** log2 odds → probability, without overflow. */
export function probabilityOf(weight: number): number {
  return weight >= 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight);
}

function bits({ m, u }: Level): number {
  return Math.log2(m / u);
}

/** A name of one word says less than a name of three: its agreement is worth less. */
function nameWeight(a: PreparedPerson, b: PreparedPerson): [keyof typeof DEFAULT_LEVELS.name, number] {
  let best = 0;
  let words = 0;
  for (const x of a.names) {
    for (const y of b.names) {
      const similarity = comparePrepared(x, y);
      if (similarity > best) {
        best = similarity;
        words = Math.min(strongWords(x), strongWords(y));
      }
    }
  }
  const level =
    best >= 0.995
      ? 'exact'
      : best >= 0.92
        ? 'nearly equal'
        : best >= 0.82
          ? 'alike in sound'
          : best >= 0.7
            ? 'partly alike'
            : 'different';
  const value = bits(DEFAULT_LEVELS.name[level]);
  return [level, value > 0 && words <= 1 ? value * 0.6 : value];
}

function strongWords(name: PreparedName): number {
  return name.tokens.filter((token) => token.weight >= 0.5).length;
}

function birthOf(traits: PersonTraits): PartialDate | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(traits.birthDate ?? '');
  if (match) {
    return { year: Number(match[1]), month: Number(match[2] ?? 0), day: Number(match[3] ?? 0), spread: 0 };
  }
  const estimate = traits.estimatedAge;
  const on = /^\d{4}/.exec(estimate?.on ?? '');
  return estimate && on ? birthOfAge(estimate.years, Number(on[0])) : undefined;
}

function identifierLevel(
  a: readonly string[],
  b: readonly string[],
): keyof typeof DEFAULT_LEVELS.identifier | undefined {
  if (a.length === 0 || b.length === 0) {
    return undefined;
  }
  if (a.some((identifier) => b.includes(identifier))) {
    return 'same';
  }
  const near = a.some((x) =>
    b.some((y) => x.length === y.length && x.length >= 7 && [...x].filter((c, i) => c !== y[i]).length === 1),
  );
  if (near) {
    return 'one character differs';
  }
  // Different numbers contradict only within one system: the same length of text in front of the last colon.
  const system = (identifier: string) => identifier.slice(0, Math.max(0, identifier.lastIndexOf(':')));
  return a.some((x) => b.some((y) => system(x) === system(y))) ? 'different' : undefined;
}

/** Digits that survive trunk zeros and country codes: the last eight. */
function phoneKey(phone: string): string {
  return asciiDigits(phone)
    .replace(/[^0-9]/g, '')
    .slice(-8);
}

function identifierKey(identifier: string): string {
  const at = identifier.lastIndexOf(':');
  const value = asciiDigits(identifier.slice(at + 1))
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return value === '' ? '' : at > 0 ? `${identifier.slice(0, at).toLowerCase()}:${value}` : value;
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * Tokens for an index: two records of one person nearly always share one. Several passes, so that no single trait
 * need be right: two name words · the words run together · a name word and the birth year · the birth day · a phone ·
 * an identifier.
 * Stable between versions of the data but not of the code: rebuild an index after an upgrade that says so.
 */
export function blockingKeys(traits: PersonTraits): string[] {
  const keys = new Set<string>();
  const words = new Set<string>();
  for (const text of traits.names) {
    const name = prepareName(text);
    const strong = name.tokens.filter((token) => token.weight >= 0.3).slice(0, 6);
    const own = strong.map((token) => token.keys.slice(0, 4));
    for (const key of own.flat()) {
      words.add(key);
    }
    for (let i = 0; i < own.length; i++) {
      for (let j = i + 1; j < own.length; j++) {
        for (const a of own[i]!) {
          for (const b of own[j]!) {
            if (a.length + b.length >= 3) {
              keys.add(a < b ? `n:${a}.${b}` : `n:${b}.${a}`);
            }
          }
        }
      }
    }
    // The words run together, in either order: Aung San and Aungsan, Zhang Weiming and Wei Ming Zhang.
    for (const joined of joinedKeys(name)) {
      if (joined.length >= 4) {
        keys.add(`j:${joined}`);
      }
    }
    if (strong.length === 1) {
      for (const key of own[0]!) {
        keys.add(`w:${key}`);
      }
    }
  }
  const birth = birthOf(traits);
  if (birth) {
    const spread = birth.day > 0 && !isConventional(birth) ? 0 : Math.max(1, birth.spread);
    for (let year = birth.year - spread; year <= birth.year + spread; year++) {
      for (const word of words) {
        keys.add(`y:${word}.${year}`);
      }
    }
    if (birth.day > 0 && !isConventional(birth)) {
      // Sorted, so that day and month swapped meet.
      const [low, high] = birth.day < birth.month ? [birth.day, birth.month] : [birth.month, birth.day];
      for (const word of words) {
        keys.add(`d:${birth.year}.${low}.${high}.${word[0]}`);
      }
      if (words.size === 0) {
        keys.add(`d:${birth.year}.${low}.${high}`);
      }
    }
  }
  for (const phone of traits.phones ?? []) {
    const key = phoneKey(phone);
    if (key.length >= 6) {
      keys.add(`p:${key}`);
    }
  }
  for (const identifier of traits.identifiers ?? []) {
    const key = identifierKey(identifier);
    if (key.length >= 4) {
      keys.add(`i:${key}`);
    }
  }
  return [...keys];
}
