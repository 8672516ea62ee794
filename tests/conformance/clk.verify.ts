import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bitsOfToken, createEncoder, deriveKeys, formatValue, tokenise } from '../../kernel/linkage/clk/encode.ts';
import { readSchema, toBase64 } from '../../kernel/linkage/clk/schema.ts';
import { parseTable } from '../../kernel/linkage/csv.ts';
import type { Case, Suite } from './suite.ts';

const data = join(import.meta.dirname, '../../../shared/data');

interface Vectors {
  readonly source: string;
  readonly hash_type: 'blakeHash' | 'doubleHash';
  readonly secret: string;
  readonly l: number;
  readonly xor_folds: number;
  readonly fields: readonly { identifier: string; ignored: boolean }[];
  readonly derived_keys_hex: readonly string[][];
  readonly worked_records: readonly {
    record: string[];
    fields: { field: string; value: string; tokens: string[]; k_per_token: number[] }[];
    clk_base64: string;
    popcount: number;
  }[];
  readonly first500_febrl4a: readonly [string, string][];
}

/** clkhash's own schema for the FEBRL columns: digits as positional single characters, words as bigrams. */
function schemaOf(vectors: Vectors) {
  const digits = new Set(['street_number', 'postcode', 'date_of_birth']);
  const strong = new Set(['given_name', 'surname', 'date_of_birth']);
  return readSchema({
    version: 3,
    clkConfig: { l: vectors.l, xorFolds: vectors.xor_folds, kdf: { type: 'HKDF', hash: 'SHA256', keySize: 64 } },
    features: vectors.fields.map(({ identifier, ignored }) =>
      ignored
        ? { identifier, ignored: true }
        : {
            identifier,
            format: { type: identifier === 'postcode' || identifier === 'street_number' ? 'integer' : 'string' },
            hashing: {
              hash: { type: vectors.hash_type },
              comparison: { type: 'ngram', n: digits.has(identifier) ? 1 : 2, positional: digits.has(identifier) },
              strategy: { bitsPerFeature: strong.has(identifier) ? 200 : 100 },
            },
          },
    ),
  });
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: got ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  }
}

/** Encodings bit for bit as clkhash 0.18 makes them: derived keys, tokens, and 500 codes of each hash. */
export default {
  name: 'clk',
  cases: function* (): Iterable<Case> {
    for (const hash of ['blakeHash', 'doubleHash'] as const) {
      const file = join(data, `clkhash/clk_vectors_${hash}.json`);
      if (!existsSync(file)) {
        yield { name: hash, check: () => ({ skip: '../shared/data/clkhash is absent' }) };
        continue;
      }
      const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
      const schema = schemaOf(vectors);
      const encoder = createEncoder(schema, vectors.secret);
      yield {
        name: `${hash}: derived keys`,
        check: () => {
          const keys = deriveKeys(schema, vectors.secret).map((pair) =>
            pair.map((key) => Buffer.from(key).toString('hex')),
          );
          equal(keys, vectors.derived_keys_hex, 'keys');
        },
      };
      for (const worked of vectors.worked_records) {
        yield {
          name: `${hash}: worked record ${worked.record[0]}`,
          check: () => {
            for (const field of worked.fields) {
              const at = schema.features.findIndex((feature) => feature.identifier === field.field);
              const feature = schema.features[at]!;
              const tokens = tokenise(formatValue(feature, worked.record[at]!), feature.hashing!);
              equal(tokens, field.tokens, `tokens of ${field.field}`);
              equal(
                tokens.map((_, t) => bitsOfToken(feature.hashing!, tokens.length, t)),
                field.k_per_token,
                `bits of each token of ${field.field}`,
              );
            }
            equal(toBase64(encoder.encode(worked.record)), worked.clk_base64, 'encoding');
          },
        };
      }
      const febrl = join(data, 'febrl/dataset4a.csv');
      if (!existsSync(febrl)) {
        yield { name: `${hash}: 500 records`, check: () => ({ skip: '../shared/data/febrl is absent' }) };
        continue;
      }
      const records = new Map(parseTable(readFileSync(febrl, 'utf8')).rows.map((row) => [row[0], row]));
      yield {
        name: `${hash}: ${vectors.first500_febrl4a.length} records of FEBRL 4`,
        check: () => {
          const wrong = vectors.first500_febrl4a.filter(
            ([id, code]) => toBase64(encoder.encode(records.get(id)!)) !== code,
          );
          equal(wrong.length, 0, 'encodings that differ');
        },
      };
    }
  },
} satisfies Suite;
