import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrng } from '../../../base/prng.ts';
import { parseTable } from '../../csv.ts';
import { packCodes } from '../codes.ts';
import { createEncoder, tokenise } from '../encode.ts';
import { balance, flipBits, flipProbabilityOf, foldCode } from '../harden.ts';
import { readSchema } from '../schema.ts';
import { searchPairs } from '../search.ts';

/**
 * What encodings give away, and what hardening costs; the table of docs/models/linkage-encoded.md. Run by hand:
 * `node kernel/linkage/clk/testing/reidentify.ts <folder of febrl>`.
 *
 * The attacker has the codes, not the secret; knows the schema; holds a public register with everyone in it (a voter
 * roll, a leaked list: here the true 5,000 of FEBRL 4), and knows who 100 of the codes are (staff who looked
 * themselves up). For each token of each column they keep the bits that every known code with it has set (and, for
 * folded codes, nothing better), then name each unknown code as the person whose tokens' bits it holds best.
 */
const folder = process.argv[2];
if (!folder) {
  console.error('Name the folder that holds dataset1.csv and dataset4a.csv of FEBRL.');
  process.exit(2);
}
const read = (file: string) => parseTable(readFileSync(join(folder, file), 'utf8'));
const population = read('dataset4a.csv');
const duplicated = read('dataset1.csv');
const KNOWN = 100;
const TARGETS = 300;

const used = ['given_name', 'surname', 'suburb', 'date_of_birth'];
const schemaOf = (perToken: boolean) =>
  readSchema({
    version: 3,
    clkConfig: { l: 1024, kdf: { type: 'HKDF' } },
    features: population.columns.map((identifier) =>
      used.includes(identifier)
        ? {
            identifier,
            format: { type: 'string' },
            hashing: {
              comparison: {
                type: 'ngram',
                n: identifier === 'date_of_birth' ? 1 : 2,
                positional: identifier === 'date_of_birth',
              },
              strategy: perToken ? { bitsPerToken: 15 } : { bitsPerFeature: 120 },
            },
          }
        : { identifier, ignored: true },
    ),
  });

const key = new Uint8Array(32).fill(9);
const variants: readonly { name: string; perToken?: boolean; harden: (code: Uint8Array) => Uint8Array }[] = [
  { name: 'as clkhash, bits per token', perToken: true, harden: (code) => code },
  { name: 'as clkhash, bits per feature', harden: (code) => code },
  { name: 'balanced', harden: (code) => balance(code, key) },
  { name: 'XOR-folded once', harden: foldCode },
  { name: 'BLIP, ε = 240 a feature', harden: (code) => flipBits(code, flipProbabilityOf(240, 120), key) },
  { name: 'XOR-folded, BLIP ε = 360', harden: (code) => flipBits(foldCode(code), flipProbabilityOf(360, 120), key) },
];

const bitSet = (code: Uint8Array): Uint8Array => {
  const bits = new Uint8Array(code.length * 8);
  for (let i = 0; i < bits.length; i++) {
    bits[i] = (code[i >> 3]! >> (7 - (i & 7))) & 1;
  }
  return bits;
};

const places = used.map((column) => population.columns.indexOf(column));
console.log('variant | lengths told apart (r²) | named at first guess | named within ten | matching F1');
for (const { name, perToken = false, harden } of variants) {
  const schema = schemaOf(perToken);
  const encoder = createEncoder(schema, 'what the attacker does not know');
  const codes = population.rows.map((row) => harden(encoder.encode(row)));
  const tokensOf = population.rows.map((row) =>
    places.flatMap((at) => tokenise(row[at]!, schema.features[at]!.hashing!).map((token) => `${at} ${token}`)),
  );
  const order = createPrng(1);
  const shuffled = population.rows.map((_, i) => i);
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = order.below(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  const known = shuffled.slice(0, KNOWN);
  const targets = shuffled.slice(KNOWN, KNOWN + TARGETS);
  const bits = new Map([...known, ...targets].map((i) => [i, bitSet(codes[i]!)]));
  // How often each bit is set beside a token, against how often at all: log odds, smoothed.
  const length = codes[0]!.length * 8;
  const overall = new Float64Array(length).fill(1);
  for (const i of known) {
    bits.get(i)!.forEach((bit, b) => {
      overall[b]! += bit;
    });
  }
  const holders = new Map<string, number[]>();
  for (const i of known) {
    for (const token of new Set(tokensOf[i]!)) {
      holders.set(token, [...(holders.get(token) ?? []), i]);
    }
  }
  const evidence = new Map<string, Float64Array>();
  for (const [token, list] of holders) {
    if (list.length < 2) {
      continue;
    }
    const table = new Float64Array(length);
    for (let b = 0; b < length; b++) {
      const beside = list.reduce((sum, i) => sum + bits.get(i)![b]!, 0);
      const expected = overall[b]! / (KNOWN + 2);
      const p = (beside + 2 * expected) / (list.length + 2);
      table[b] = Math.log((p * (1 - expected)) / ((1 - p) * expected));
    }
    evidence.set(token, table);
  }
  let first = 0;
  let ten = 0;
  for (const target of targets) {
    const own = bits.get(target)!;
    const value = new Map<string, number>();
    for (const [token, table] of evidence) {
      let sum = 0;
      for (let b = 0; b < length; b++) {
        sum += (own[b]! - overall[b]! / (KNOWN + 2)) * table[b]!;
      }
      value.set(token, sum);
    }
    const score = (person: number) => {
      const list = tokensOf[person]!;
      return list.reduce((sum, token) => sum + (value.get(token) ?? 0), 0) / Math.sqrt(list.length + 1);
    };
    const truth = score(target);
    const better = population.rows.reduce((sum, _, person) => sum + (score(person) > truth ? 1 : 0), 0);
    first += better === 0 ? 1 : 0;
    ten += better < 10 ? 1 : 0;
  }
  // How well the number of set bits tells the number of letters.
  const counts = codes.map((code) => bitSet(code).reduce((sum, bit) => sum + bit, 0));
  const letters = tokensOf.map((tokens) => tokens.length);
  const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  const [mx, my] = [mean(counts), mean(letters)];
  const sums = counts.reduce(
    (s, x, i) => ({
      xy: s.xy + (x - mx) * (letters[i]! - my),
      xx: s.xx + (x - mx) ** 2,
      yy: s.yy + (letters[i]! - my) ** 2,
    }),
    { xy: 0, xx: 0, yy: 0 },
  );
  const r2 = sums.xx === 0 ? 0 : sums.xy ** 2 / (sums.xx * sums.yy);
  // Cost: best F1 of matching the 500 originals of FEBRL 1 with their damaged copies.
  const originals = duplicated.rows.filter((row) => row[0]!.endsWith('org'));
  const copies = duplicated.rows.filter((row) => !row[0]!.endsWith('org'));
  const person = (row: readonly string[]) => row[0]!.split('-')[1]!;
  const pairs = searchPairs(
    packCodes(originals.map((row) => harden(encoder.encode(row)))),
    packCodes(copies.map((row) => harden(encoder.encode(row)))),
    { threshold: 0.4 },
  ).sort((a, b) => b.similarity - a.similarity);
  let right = 0;
  let best = 0;
  pairs.forEach((pair, i) => {
    right += person(originals[pair.left]!) === person(copies[pair.right]!) ? 1 : 0;
    best = Math.max(best, (2 * right) / (i + 1 + 500));
  });
  console.log(
    `${name} | ${r2.toFixed(2)} | ${((100 * first) / TARGETS).toFixed(0)} % | ${((100 * ten) / TARGETS).toFixed(0)} % | ${best.toFixed(3)}`,
  );
}
