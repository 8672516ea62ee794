/**
 * Linkage schemas in the format of clkhash (https://data61.github.io/anonlink-client, versions 1 to 3): which columns
 * go into an encoding, how each is cut into tokens and how many bits it sets. Read once, with every fault told at once.
 */
export interface EncodingSchema {
  /** Bits of the finished encoding. */
  readonly length: number;
  readonly xorFolds: number;
  readonly keys: {
    readonly hash: 'SHA256' | 'SHA512';
    readonly salt?: Uint8Array;
    readonly info?: Uint8Array;
    readonly size: number;
  };
  readonly features: readonly Feature[];
}

/** A column; without `hashing` it is skipped, though it still takes its keys. */
export interface Feature {
  readonly identifier: string;
  readonly format?: ValueFormat;
  readonly hashing?: FeatureHashing;
}

export type ValueFormat =
  | {
      readonly type: 'string';
      readonly case?: 'upper' | 'lower' | 'mixed';
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: RegExp;
    }
  | { readonly type: 'integer'; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'date'; readonly format: string }
  | { readonly type: 'enum'; readonly values: readonly string[] };

export interface FeatureHashing {
  readonly hash: 'blakeHash' | 'doubleHash';
  readonly preventSingularity: boolean;
  readonly comparison:
    | { readonly type: 'ngram'; readonly n: number; readonly positional: boolean }
    | { readonly type: 'exact' }
    | {
        readonly type: 'numeric';
        readonly thresholdDistance: number;
        readonly resolution: number;
        readonly fractionalPrecision: number;
      };
  readonly bitsPerToken?: number;
  readonly bitsPerFeature?: number;
  readonly missing?: { readonly sentinel: string; readonly replaceWith: string };
}

/** The schema cannot be used; every fault, each with its path. */
export class SchemaError extends Error {
  override name = 'SchemaError';
  readonly issues: readonly string[];
  constructor(issues: readonly string[]) {
    super(issues.join('\n'));
    this.issues = issues;
  }
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a schema of any version. @throws SchemaError naming every fault. */
export function readSchema(json: unknown): EncodingSchema {
  const issues: string[] = [];
  if (!isObject(json)) {
    throw new SchemaError(['schema: it must be a JSON object with "version", "clkConfig" and "features".']);
  }
  const version = json.version;
  if (version !== 1 && version !== 2 && version !== 3) {
    throw new SchemaError(['version: it must be 1, 2 or 3.']);
  }
  const config = isObject(json.clkConfig) ? json.clkConfig : {};
  const length = config.l;
  if (!isWhole(length, 1)) {
    issues.push('clkConfig.l: it must be the number of bits, a whole number from 1, such as 1024.');
  }
  const xorFolds = config.xorFolds ?? config.xor_folds ?? 0;
  if (!isWhole(xorFolds, 0) || (xorFolds as number) > 16) {
    issues.push('clkConfig.xorFolds: it must be a whole number from 0 to 16.');
  }
  const kdf = isObject(config.kdf) ? config.kdf : {};
  if (kdf.type !== undefined && kdf.type !== 'HKDF') {
    issues.push('clkConfig.kdf.type: only "HKDF" is supported.');
  }
  const hash = kdf.hash ?? 'SHA256';
  if (hash !== 'SHA256' && hash !== 'SHA512') {
    issues.push('clkConfig.kdf.hash: it must be "SHA256" or "SHA512".');
  }
  const size = kdf.keySize ?? 64;
  if (!isWhole(size, 1)) {
    issues.push('clkConfig.kdf.keySize: it must be a whole number of bytes from 1.');
  }
  const bytes = (name: 'salt' | 'info'): Uint8Array | undefined => {
    const text = kdf[name];
    if (text === undefined || text === null) {
      return undefined;
    }
    const decoded = typeof text === 'string' ? fromBase64(text) : undefined;
    if (!decoded) {
      issues.push(`clkConfig.kdf.${name}: it must be base64 text.`);
    }
    return decoded;
  };
  const salt = bytes('salt');
  const info = bytes('info');
  const list = Array.isArray(json.features) ? (json.features as unknown[]) : [];
  if (list.length === 0) {
    issues.push('features: it must list the columns of the file, in order.');
  }
  const total = (length as number) * 2 ** (xorFolds as number);
  const features = list.map((entry, i) => readFeature(entry, i, version, config, total, issues));
  if (issues.length > 0) {
    throw new SchemaError(issues);
  }
  return {
    length: length as number,
    xorFolds: xorFolds as number,
    keys: { hash: hash as 'SHA256', size: size as number, ...(salt && { salt }), ...(info && { info }) },
    features,
  };
}

function readFeature(
  entry: unknown,
  at: number,
  version: 1 | 2 | 3,
  config: Json,
  total: number,
  issues: string[],
): Feature {
  const path = `features[${at}]`;
  if (!isObject(entry) || typeof entry.identifier !== 'string') {
    issues.push(`${path}.identifier: every feature needs the name of its column.`);
    return { identifier: '' };
  }
  const identifier = entry.identifier;
  if (entry.ignored === true) {
    return { identifier };
  }
  const hashing = entry.hashing;
  if (!isObject(hashing)) {
    issues.push(`${path}.hashing: say how the column is encoded, or set "ignored": true.`);
    return { identifier };
  }
  const weight = version === 1 ? Number(hashing.weight ?? 1) : 1;
  if (version === 1 && weight === 0) {
    return { identifier };
  }
  const comparison = readComparison(hashing, version, `${path}.hashing`, issues);
  const kind = version === 1 ? config.hash : hashing.hash;
  const type = isObject(kind) ? kind.type : 'blakeHash';
  if (type !== 'blakeHash' && type !== 'doubleHash') {
    issues.push(`${path}.hashing.hash.type: it must be "blakeHash" or "doubleHash".`);
  }
  if (type === 'blakeHash' && Number.isInteger(total) && (total & (total - 1)) !== 0) {
    issues.push(`${path}.hashing.hash.type: blakeHash needs a number of bits that is a power of two.`);
  }
  const prevent = isObject(kind) ? (kind.prevent_singularity ?? kind.preventSingularity) : undefined;
  const strategy = isObject(hashing.strategy) ? hashing.strategy : {};
  const perToken = version === 1 ? roundHalfEven(weight * Number(config.k)) : (strategy.bitsPerToken ?? strategy.k);
  const perFeature = strategy.bitsPerFeature ?? strategy.numBits;
  if (!isWhole(perToken, 0) && !isWhole(perFeature, 1)) {
    issues.push(`${path}.hashing.strategy: give bitsPerToken or bitsPerFeature, a whole number from 1.`);
  }
  const missing = isObject(hashing.missingValue) ? hashing.missingValue : undefined;
  const format = readFormat(entry.format, `${path}.format`, issues);
  return {
    identifier,
    ...(format && { format }),
    hashing: {
      hash: type as 'blakeHash',
      preventSingularity: prevent === true,
      comparison,
      ...(isWhole(perToken, 0) ? { bitsPerToken: perToken as number } : { bitsPerFeature: perFeature as number }),
      ...(missing && {
        missing: {
          sentinel: String(missing.sentinel ?? ''),
          replaceWith: String(missing.replaceWith ?? missing.sentinel ?? ''),
        },
      }),
    },
  };
}

function readComparison(
  hashing: Json,
  version: 1 | 2 | 3,
  path: string,
  issues: string[],
): FeatureHashing['comparison'] {
  const given = isObject(hashing.comparison) ? hashing.comparison : undefined;
  if (version < 3 || (!given && hashing.ngram !== undefined)) {
    if (!isWhole(hashing.ngram, 0)) {
      issues.push(`${path}.ngram: it must be a whole number.`);
    }
    return { type: 'ngram', n: Number(hashing.ngram), positional: hashing.positional === true };
  }
  switch (given?.type) {
    case 'ngram':
      if (!isWhole(given.n, 0)) {
        issues.push(`${path}.comparison.n: it must be a whole number.`);
      }
      return { type: 'ngram', n: Number(given.n), positional: given.positional === true };
    case 'exact':
      return { type: 'exact' };
    case 'numeric': {
      const thresholdDistance = Number(given.thresholdDistance);
      const resolution = Number(given.resolution);
      const fractionalPrecision = Number(given.fractional_precision ?? given.fractionalPrecision ?? 0);
      if (!(thresholdDistance > 0) || !isWhole(resolution, 1) || !isWhole(fractionalPrecision, 0)) {
        issues.push(`${path}.comparison: thresholdDistance must be above 0, resolution a whole number from 1.`);
      } else if (Math.round(thresholdDistance * 10 ** fractionalPrecision) === 0) {
        issues.push(`${path}.comparison: the fractional precision is too small to hold thresholdDistance.`);
      }
      return { type: 'numeric', thresholdDistance, resolution, fractionalPrecision };
    }
    default:
      issues.push(`${path}.comparison.type: it must be "ngram", "exact" or "numeric".`);
      return { type: 'exact' };
  }
}

function readFormat(value: unknown, path: string, issues: string[]): ValueFormat | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  if (value.encoding !== undefined && value.encoding !== 'utf-8' && value.encoding !== 'ascii') {
    issues.push(`${path}.encoding: only "utf-8" and "ascii" are supported.`);
  }
  switch (value.type) {
    case 'string': {
      let pattern: RegExp | undefined;
      if (typeof value.pattern === 'string') {
        try {
          pattern = new RegExp(`^(?:${value.pattern})$`, 'u');
        } catch {
          issues.push(`${path}.pattern: it is not a regular expression this program can read.`);
        }
      }
      return {
        type: 'string',
        ...(typeof value.case === 'string' && { case: value.case as 'upper' }),
        ...(typeof value.minLength === 'number' && { minLength: value.minLength }),
        ...(typeof value.maxLength === 'number' && { maxLength: value.maxLength }),
        ...(pattern && { pattern }),
      };
    }
    case 'integer':
      return {
        type: 'integer',
        ...(typeof value.minimum === 'number' && { minimum: value.minimum }),
        ...(typeof value.maximum === 'number' && { maximum: value.maximum }),
      };
    case 'date':
      if (typeof value.format !== 'string') {
        issues.push(`${path}.format: a date needs its format, such as "%Y-%m-%d".`);
        return undefined;
      }
      return { type: 'date', format: value.format };
    case 'enum':
      return { type: 'enum', values: Array.isArray(value.values) ? value.values.map(String) : [] };
    default:
      issues.push(`${path}.type: it must be "string", "integer", "date" or "enum".`);
      return undefined;
  }
}

function isWhole(value: unknown, from: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= from;
}

/** Python's round, which the schemas of version 1 were written for. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    text += String.fromCharCode(bytes[i]!);
  }
  return btoa(text);
}
