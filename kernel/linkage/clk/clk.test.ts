import { createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { dice, emptyCodes, packCodes, population } from './codes.ts';
import { createEncoder, foldXor, formatValue, tokenise, ValueError } from './encode.ts';
import { balance, flipBits, flipProbabilityOf, foldCode } from './harden.ts';
import { blake2b, hkdf, hmac, md5, sha1, sha256, sha512 } from './hashes.ts';
import { readSchema, SchemaError } from './schema.ts';
import { bestOneToOne, searchPairs } from './search.ts';

const hex = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(bytes as Uint8Array).toString('hex');

test('hashes are those of the platform', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, fc.uint8Array({ minLength: 1, maxLength: 150 }), (message, key) => {
      for (const [name, digest] of Object.entries({ sha1, sha256, sha512, md5 })) {
        expect(hex(digest(message))).toBe(createHash(name).update(message).digest('hex'));
      }
      expect(hex(blake2b(message, new Uint8Array(0), new Uint8Array(0)))).toBe(
        createHash('blake2b512').update(message).digest('hex'),
      );
      expect(hex(hmac(sha1, key)(message))).toBe(createHmac('sha1', key).update(message).digest('hex'));
      expect(hex(hkdf('SHA256', key, 100, message, key))).toBe(hex(hkdfSync('sha256', key, message, key, 100)));
      expect(hex(hkdf('SHA512', key, 200, message, key))).toBe(hex(hkdfSync('sha512', key, message, key, 200)));
    }),
    { numRuns: 60 },
  );
});

const schema = (hash: 'blakeHash' | 'doubleHash', xorFolds = 0) =>
  readSchema({
    version: 3,
    clkConfig: { l: 1024, xorFolds, kdf: { type: 'HKDF', hash: 'SHA256' } },
    features: [
      { identifier: 'id', ignored: true },
      {
        identifier: 'name',
        format: { type: 'string' },
        hashing: { hash: { type: hash }, comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 200 } },
      },
    ],
  });

test.each(['blakeHash', 'doubleHash'] as const)(
  '%s: one key one code, another key another, alike names alike codes',
  (hash) => {
    const encoder = createEncoder(schema(hash), 'a long shared secret');
    const other = createEncoder(schema(hash), 'another shared secret');
    const codes = packCodes(
      ['katherine', 'catherine', 'mohammed', 'katherine'].map((name) => encoder.encode(['1', name])),
    );
    expect(dice(codes, 0, codes, 3)).toBe(1);
    expect(dice(codes, 0, codes, 1)).toBeGreaterThan(0.7);
    expect(dice(codes, 0, codes, 2)).toBeLessThan(0.5);
    expect(dice(codes, 0, packCodes([other.encode(['1', 'katherine'])]), 0)).toBeLessThan(0.5);
  },
);

test('folding in the schema halves a longer filter', () => {
  const code = createEncoder(schema('blakeHash', 1), 'secret').encode(['1', 'anna']);
  expect(code.length).toBe(128);
  expect([...foldXor(Uint8Array.of(1, 0, 1, 1, 1, 0, 0, 1), 1)]).toEqual([0, 0, 1, 0]);
});

test('tokens: padded bigrams, positions, neighbourhoods of numbers', () => {
  const hashing = schema('blakeHash').features[1]!.hashing!;
  expect(tokenise('ab', hashing)).toEqual([' a', 'ab', 'b ']);
  expect(tokenise('', hashing)).toEqual([]);
  const positional = { ...hashing, comparison: { type: 'ngram', n: 1, positional: true } as const };
  expect(tokenise('42', positional)).toEqual(['1 4', '2 2']);
  const numeric = {
    ...hashing,
    comparison: { type: 'numeric', thresholdDistance: 8, resolution: 2, fractionalPrecision: 0 } as const,
  };
  // clkhash's own example: 25 lies on the grid at 26.
  expect(tokenise('25', numeric)).toEqual(['88', '96', '104', '112', '120']);
});

test('values are checked against their format without being repeated in the message', () => {
  const feature = { identifier: 'born', format: { type: 'date', format: '%d/%m/%Y' } } as const;
  expect(formatValue(feature, '09/04/1985')).toBe('19850409');
  expect(() => formatValue(feature, '31/02/1985')).toThrow(ValueError);
  expect(() => formatValue(feature, 'nonsense')).toThrow(/^born: (?!.*nonsense)/);
  expect(formatValue({ identifier: 'n', format: { type: 'integer' } }, ' +0812 ')).toBe('812');
});

test('a schema’s faults are told together', () => {
  expect(() => readSchema({ version: 3, clkConfig: { l: 0, xorFolds: -1 }, features: [{ identifier: 'a' }] })).toThrow(
    SchemaError,
  );
  try {
    readSchema({ version: 3, clkConfig: { l: 0, xorFolds: -1 }, features: [{ identifier: 'a' }] });
  } catch (error) {
    expect((error as SchemaError).issues.length).toBeGreaterThanOrEqual(3);
  }
});

test('the SIMD search, the script search and every pair compared give the same pairs', () => {
  const prng = createPrng(4);
  const random = (count: number) => {
    const codes = Array.from({ length: count }, () => {
      const density = 1 + prng.below(3);
      return Uint8Array.from(
        { length: 128 },
        () => (density === 1 ? prng.uint32() & prng.uint32() : prng.uint32()) & 255,
      );
    });
    codes.push(new Uint8Array(128), new Uint8Array(128).fill(255));
    return packCodes(codes);
  };
  const left = random(20);
  const right = random(700);
  for (const threshold of [0.48, 0.5, 0.53, 0.9]) {
    const plain: string[] = [];
    for (let i = 0; i < left.count; i++) {
      for (let j = 0; j < right.count; j++) {
        if (dice(left, i, right, j) >= threshold) {
          plain.push(`${i} ${j}`);
        }
      }
    }
    const list = (scriptOnly: boolean) =>
      searchPairs(left, right, { threshold, scriptOnly })
        .map((pair) => `${pair.left} ${pair.right}`)
        .sort();
    expect(list(false)).toEqual(plain.sort());
    expect(list(true)).toEqual(plain);
  }
});

test('bits are counted', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), (word) => {
      expect(population(word)).toBe([...word.toString(2)].filter((bit) => bit === '1').length);
    }),
  );
});

test('best pairs use each code once', () => {
  const pairs = [
    { left: 0, right: 0, similarity: 0.9 },
    { left: 0, right: 1, similarity: 0.95 },
    { left: 1, right: 1, similarity: 0.99 },
  ];
  expect(bestOneToOne(pairs)).toEqual([pairs[2], pairs[0]]);
});

test('an empty file has no pairs', () => {
  expect(searchPairs(emptyCodes(0, 1024), emptyCodes(0, 1024), { threshold: 0.8 })).toEqual([]);
});

test('hardened codes: balance gives half the bits, noise is the same each time and as much as asked', () => {
  const key = new Uint8Array(32).fill(7);
  const code = Uint8Array.from({ length: 128 }, (_, i) => (i * 37) & 255);
  const ones = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum + population(byte), 0);
  expect(ones(balance(code, key))).toBe(1024);
  expect(foldCode(code).length).toBe(64);
  expect(flipBits(code, 0.1, key)).toEqual(flipBits(code, 0.1, key));
  const changed = ones(flipBits(code, 0.1, key).map((byte, i) => byte ^ code[i]!));
  expect(changed).toBeGreaterThan(60);
  expect(changed).toBeLessThan(150);
  expect(flipProbabilityOf(Math.log(3), 1)).toBeCloseTo(0.25, 12);
});
