import { blake2b, hkdf, hmac, md5, sha1 } from './hashes.ts';
import type { EncodingSchema, Feature, FeatureHashing } from './schema.ts';

/**
 * Cryptographic long-term keys: a record's identifying values as one Bloom filter under a shared secret (Schnell,
 * Bachteler and Reiher, 2009, 2011), bit for bit as clkhash makes them, so that two registries can find their common
 * people without showing each other a name. What this does and does not protect: docs/models/linkage-encoded.md.
 */
export interface Encoder {
  /** Bytes of one encoding. */
  readonly byteLength: number;
  /** Encodes values given in the order of the schema's features. @throws ValueError */
  encode(values: readonly string[]): Uint8Array;
}

/** A value does not have the format its schema states; names the feature, never the value. */
export class ValueError extends Error {
  override name = 'ValueError';
  readonly feature: string;
  constructor(feature: string, sentence: string) {
    super(`${feature}: ${sentence}`);
    this.feature = feature;
  }
}

/** Distinct tokens whose bits are kept; names and dates share most of theirs. */
const CACHED_TOKENS_MAX = 200_000;

/**
 * An encoder for a schema and a secret both parties hold. Keep the secret out of the files and away from whoever
 * matches the encodings.
 */
export function createEncoder(schema: EncodingSchema, secret: Uint8Array | string): Encoder {
  const bits = schema.length * 2 ** schema.xorFolds;
  const allKeys = deriveKeys(schema, secret);
  const fields = schema.features.map((feature, i) => {
    const keys = allKeys[i]!;
    return feature.hashing
      ? { feature, hashing: feature.hashing, indexer: createIndexer(feature.hashing, keys, bits) }
      : undefined;
  });
  const byteLength = Math.ceil(schema.length / 8);
  return {
    byteLength,
    encode: (values) => {
      const set = new Uint8Array(bits);
      fields.forEach((field, i) => {
        if (!field) {
          return;
        }
        const tokens = tokenise(formatValue(field.feature, values[i] ?? ''), field.hashing, field.feature.identifier);
        tokens.forEach((token, t) => {
          for (const bit of field.indexer(token, bitsOfToken(field.hashing, tokens.length, t))) {
            set[bit] = 1;
          }
        });
      });
      return packBits(foldXor(set, schema.xorFolds));
    },
  };
}

/** Two keys a feature, ignored features too, in the order HKDF gives them. */
export function deriveKeys(schema: EncodingSchema, secret: Uint8Array | string): (readonly [Uint8Array, Uint8Array])[] {
  const { hash, salt, info, size } = schema.keys;
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const material = hkdf(hash, bytes, 2 * size * schema.features.length, salt, info);
  return schema.features.map((_, i) => [
    material.slice(2 * i * size, (2 * i + 1) * size),
    material.slice((2 * i + 1) * size, (2 * i + 2) * size),
  ]);
}

/** How many bits the t-th of n tokens sets. */
export function bitsOfToken(hashing: FeatureHashing, n: number, t: number): number {
  if (hashing.bitsPerToken !== undefined) {
    return hashing.bitsPerToken;
  }
  const total = hashing.bitsPerFeature!;
  return Math.floor(total / n) + (t < total % n ? 1 : 0);
}

type Indexer = (token: string, count: number) => Uint32Array;

function createIndexer(hashing: FeatureHashing, keys: readonly [Uint8Array, Uint8Array], bits: number): Indexer {
  const utf8 = new TextEncoder();
  const cache = new Map<string, Uint32Array>();
  const first = hmac(sha1, keys[0]);
  const second = hmac(md5, keys[1]);
  const compute =
    hashing.hash === 'blakeHash'
      ? (token: string, count: number) => blakeIndexes(utf8.encode(token), count, keys[0], bits)
      : (token: string, count: number) => {
          const bytes = utf8.encode(token);
          const base = modulo(first(bytes), bits);
          let step = modulo(second(bytes), bits);
          for (let i = 0; hashing.preventSingularity && step === 0; i++) {
            step = modulo(second(Uint8Array.of(...bytes, ...utf8.encode(String.fromCodePoint(i)))), bits);
          }
          return Uint32Array.from({ length: count }, (_, i) => (base + i * step) % bits);
        };
  return (token, count) => {
    const known = cache.get(token);
    if (known && known.length >= count) {
      return known.subarray(0, count);
    }
    if (cache.size >= CACHED_TOKENS_MAX) {
      cache.clear();
    }
    const indexes = compute(token, count);
    cache.set(token, indexes);
    return indexes;
  };
}

/** Slices of 16 bits of BLAKE2b under a counter as salt: as many independent hash functions as asked for. */
function blakeIndexes(token: Uint8Array, count: number, key: Uint8Array, bits: number): Uint32Array {
  const out = new Uint32Array(count);
  const salt = new TextEncoder();
  for (let block = 0, at = 0; at < count; block++) {
    const digest = blake2b(token, key, salt.encode(String(block)));
    for (let i = 0; i < 64 && at < count; i += 2) {
      out[at++] = (digest[i]! | (digest[i + 1]! << 8)) % bits;
    }
  }
  return out;
}

/** A big-endian number modulo a small one. */
function modulo(bytes: Uint8Array, divisor: number): number {
  let rest = 0;
  for (const byte of bytes) {
    rest = (rest * 256 + byte) % divisor;
  }
  return rest;
}

/** Tokens of a value, by the feature's comparison; none for an empty value. */
export function tokenise(value: string, hashing: FeatureHashing, feature = 'value'): string[] {
  if (value === '') {
    return [];
  }
  const { comparison } = hashing;
  switch (comparison.type) {
    case 'exact':
      return [value];
    case 'ngram': {
      const { n, positional } = comparison;
      const pad = Array.from({ length: Math.max(0, n - 1) }, () => ' ');
      const letters = [...pad, ...value, ...pad];
      const grams: string[] = [];
      for (let i = 0; i + n <= letters.length; i++) {
        const gram = letters.slice(i, i + n).join('');
        grams.push(positional ? `${i + 1} ${gram}` : gram);
      }
      return grams;
    }
    case 'numeric':
      return numericTokens(value, comparison, feature);
  }
}

function numericTokens(
  text: string,
  comparison: Extract<FeatureHashing['comparison'], { type: 'numeric' }>,
  feature: string,
): string[] {
  const { thresholdDistance, resolution, fractionalPrecision } = comparison;
  const interval = BigInt(Math.round(thresholdDistance * 10 ** fractionalPrecision));
  let value: bigint;
  if (/^\s*[+-]?\d+\s*$/.test(text)) {
    value = BigInt(text.trim().replace(/^\+/, '')) * 10n ** BigInt(fractionalPrecision);
  } else {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) {
      throw new ValueError(feature, 'it must be a number.');
    }
    const scaled = number * 10 ** fractionalPrecision;
    const floor = Math.floor(scaled);
    const even = scaled - floor === 0.5 ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(scaled);
    value = BigInt(fractionalPrecision > 0 ? even : Math.trunc(number));
  }
  value *= 2n * BigInt(resolution);
  // Python's remainder is never negative.
  const residue = ((value % interval) + interval) % interval;
  if (residue !== 0n) {
    value += 2n * residue < interval ? -residue : interval - residue;
  }
  return Array.from({ length: 2 * resolution + 1 }, (_, i) => String(value + BigInt(i - resolution) * interval));
}

/** A value as it is hashed: checked against its format, numbers and dates in one spelling. @throws ValueError */
export function formatValue(feature: Feature, value: string): string {
  const { format, hashing, identifier } = feature;
  if (hashing?.missing && hashing.missing.sentinel === value) {
    return hashing.missing.replaceWith;
  }
  // An absent value sets no bits, whatever its format.
  if (!format || value === '') {
    return value;
  }
  const fail = (sentence: string): never => {
    throw new ValueError(identifier, sentence);
  };
  switch (format.type) {
    case 'string':
      if (format.case === 'lower' && value !== value.toLowerCase()) {
        fail('it must be in lower case.');
      }
      if (format.case === 'upper' && value !== value.toUpperCase()) {
        fail('it must be in upper case.');
      }
      if (format.minLength !== undefined && [...value].length < format.minLength) {
        fail(`it must have at least ${format.minLength} characters.`);
      }
      if (format.maxLength !== undefined && [...value].length > format.maxLength) {
        fail(`it must have at most ${format.maxLength} characters.`);
      }
      if (format.pattern && !format.pattern.test(value)) {
        fail('it does not have the pattern the schema states.');
      }
      return value;
    case 'integer': {
      const match = /^\s*([+-]?)(\d+)\s*$/.exec(value);
      if (!match) {
        return fail('it must be a whole number.');
      }
      const number = BigInt(match[2]!) * (match[1] === '-' ? -1n : 1n);
      if (
        (format.minimum !== undefined && number < BigInt(Math.ceil(format.minimum))) ||
        (format.maximum !== undefined && number > BigInt(Math.floor(format.maximum)))
      ) {
        fail('it is outside the range the schema states.');
      }
      return number.toString();
    }
    case 'date':
      return readDate(value, format.format) ?? fail(`it must be a date like ${format.format}.`);
    case 'enum':
      return format.values.includes(value) ? value : fail('it is not one of the values the schema lists.');
  }
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** A date by a strptime format (%Y %y %m %d %b %B %%) → YYYYMMDD. */
function readDate(text: string, format: string): string | undefined {
  let year = 1900;
  let month = 1;
  let day = 1;
  let at = 0;
  const digits = (most: number): number | undefined => {
    const match = /^\d+/.exec(text.slice(at, at + most));
    if (!match) {
      return undefined;
    }
    at += match[0].length;
    return Number(match[0]);
  };
  for (let i = 0; i < format.length; i++) {
    const letter = format[i]!;
    if (letter !== '%') {
      if (/\s/.test(letter)) {
        while (/\s/.test(text[at] ?? '')) {
          at++;
        }
        continue;
      }
      if (text[at] !== letter) {
        return undefined;
      }
      at++;
      continue;
    }
    const directive = format[++i];
    if (directive === 'Y') {
      const match = /^\d{4}/.exec(text.slice(at));
      if (!match) {
        return undefined;
      }
      year = Number(match[0]);
      at += 4;
    } else if (directive === 'y') {
      const two = digits(2);
      if (two === undefined) {
        return undefined;
      }
      year = two + (two >= 69 ? 1900 : 2000);
    } else if (directive === 'm' || directive === 'd') {
      const value = digits(2);
      if (value === undefined) {
        return undefined;
      }
      if (directive === 'm') {
        month = value;
      } else {
        day = value;
      }
    } else if (directive === 'b' || directive === 'B') {
      const match = /^[a-z]+/i.exec(text.slice(at));
      const name = match?.[0].toLowerCase() ?? '';
      const index = MONTHS.indexOf(directive === 'b' ? name : name.slice(0, 3));
      if (index < 0) {
        return undefined;
      }
      month = index + 1;
      at += name.length;
    } else if (directive === '%' && text[at] === '%') {
      at++;
    } else {
      return undefined;
    }
  }
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (at !== text.length || days === undefined || day < 1 || day > days || year < 1) {
    return undefined;
  }
  return `${String(year).padStart(4, '0')}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

/** Halves the filter `folds` times by XOR. */
export function foldXor(bits: Uint8Array, folds: number): Uint8Array {
  let folded = bits;
  for (let i = 0; i < folds; i++) {
    const half = folded.length / 2;
    folded = folded.slice(0, half).map((bit, j) => bit ^ folded[half + j]!);
  }
  return folded;
}

/** Bits to bytes, the first bit the highest of the first byte. */
export function packBits(bits: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bits.length; i++) {
    if (bits[i]) {
      bytes[i >> 3]! |= 0x80 >> (i & 7);
    }
  }
  return bytes;
}
