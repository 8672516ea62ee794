import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foreignSpelling, latinSpelling } from '../correspondence.ts';

/**
 * Learns how Latin spellings and another script's letters stand for each other, from pairs of names, and writes
 * `correspondence.generated.ts`. Run by hand: `node kernel/linkage/names/testing/learn-correspondence.ts <folder> [fold]`, where
 * the folder holds the tables of NETransliteration-COLING2018 (Wikidata, CC0): Latin, letters apart, count. With `fold`
 * every fifth pair, from that one, is left out and nothing is written but the recall on what was left out.
 *
 * The model is a joint sequence model of order zero (Bisani and Ney, 2008): a pair of names is a sequence of chunks, a
 * few Latin letters beside one or two foreign ones, drawn independently; expectation maximisation over all alignments,
 * with counts discounted so that long chunks must earn their place.
 */
const LATIN_MOST = 4;
const FOREIGN_MOST = 2;
const DISCOUNT = 0.2;
const ITERATIONS = 8;

export function allowedChunk(latin: number, foreign: number): boolean {
  return latin + foreign > 0 && !(foreign === 0 && latin > 1) && !(latin === 0 && foreign > 1) && latin + foreign < 6;
}

type Pair = readonly [string, string];
type Counts = Map<string, number>;

function chunks(a: string, b: string, i: number, j: number, use: (l: number, f: number, key: string) => void): void {
  for (let l = 0; l <= LATIN_MOST && i + l <= a.length; l++) {
    for (let f = 0; f <= FOREIGN_MOST && j + f <= b.length; f++) {
      if (allowedChunk(l, f)) {
        use(l, f, `${a.slice(i, i + l)}|${b.slice(j, j + f)}`);
      }
    }
  }
}

export function learn(pairs: readonly Pair[]): Counts {
  let q: Counts = new Map();
  for (const [a, b] of pairs) {
    for (let i = 0; i <= a.length; i++) {
      for (let j = 0; j <= b.length; j++) {
        if (Math.abs(i / a.length - j / b.length) < 0.35) {
          chunks(a, b, i, j, (_, __, key) => q.set(key, (q.get(key) ?? 0) + 0.03 ** (key.length - 1)));
        }
      }
    }
  }
  q = normalised(q, 0);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const counts: Counts = new Map();
    for (const pair of pairs) {
      accumulate(pair, q, counts);
    }
    for (const [key, count] of counts) {
      const size = key.length - 1;
      counts.set(key, Math.max(0, count - (size > 2 ? DISCOUNT * (size - 2) : 0.02)));
    }
    q = normalised(counts, 1e-6);
  }
  return q;
}

function normalised(counts: Counts, least: number): Counts {
  let total = 0;
  for (const count of counts.values()) {
    total += count;
  }
  return new Map([...counts].map(([key, count]) => [key, count / total] as const).filter(([, p]) => p > least));
}

/** Expected uses of each chunk over all alignments of a pair (forward–backward). */
function accumulate([a, b]: Pair, q: Counts, counts: Counts): void {
  const n = b.length + 1;
  const forward = new Float64Array((a.length + 1) * n);
  const backward = new Float64Array((a.length + 1) * n);
  forward[0] = 1;
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      const here = forward[i * n + j]!;
      if (here > 0) {
        chunks(a, b, i, j, (l, f, key) => {
          forward[(i + l) * n + j + f]! += here * (q.get(key) ?? 0);
        });
      }
    }
  }
  const total = forward[forward.length - 1]!;
  if (total <= 0) {
    return;
  }
  backward[backward.length - 1] = 1;
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      chunks(a, b, i, j, (l, f, key) => {
        const weight = (q.get(key) ?? 0) * backward[(i + l) * n + j + f]!;
        backward[i * n + j]! += weight;
        const expected = (forward[i * n + j]! * weight) / total;
        if (expected > 1e-6) {
          counts.set(key, (counts.get(key) ?? 0) + expected);
        }
      });
    }
  }
}

function letters(pairs: readonly Pair[], side: 0 | 1): Counts {
  const counts: Counts = new Map();
  for (const pair of pairs) {
    for (const letter of pair[side]) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
  }
  return normalised(counts, 1e-6);
}

export function readPairs(path: string, script: 'Cyrl' | 'Arab'): Pair[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([latin, letters]) => [latinSpelling(latin!), foreignSpelling(letters!.replaceAll(' ', ''), script)] as const)
    .filter(([a, b]) => a.length > 2 && b.length > 2);
}

const bits = (counts: Counts) =>
  [...counts]
    .sort((x, y) => y[1] - x[1])
    .map(([key, p]) => `${key}=${(-Math.log2(p)).toFixed(1)}`)
    .join(' ');

if (import.meta.main) {
  const [folder, fold] = process.argv.slice(2);
  if (!folder) {
    console.error('Name the folder that holds wd_russian_20.tsv and wd_arabic_20.tsv.');
    process.exit(2);
  }
  const tables = [
    { script: 'Cyrl', file: 'wd_russian_20.tsv' },
    { script: 'Arab', file: 'wd_arabic_20.tsv' },
  ] as const;
  const written = tables.map(({ script, file }) => {
    const all = readPairs(join(folder, file), script);
    const pairs = fold === undefined ? all : all.filter((_, i) => i % 5 !== Number(fold));
    const model = learn(pairs);
    console.error(`${script}: ${pairs.length} pairs, ${model.size} chunks`);
    return `  ${script}: {\n    chunks:\n      ${JSON.stringify(bits(model))},\n    latin: ${JSON.stringify(bits(letters(pairs, 0)))},\n    foreign:\n      ${JSON.stringify(bits(letters(pairs, 1)))},\n  },`;
  });
  writeFileSync(
    join(import.meta.dirname, '../correspondence.generated.ts'),
    `/**
 * How Latin chunks and letters of another script stand for each other: \`latin|foreign=bits\`, bits = −log2 probability;
 * ^ and $ are the ends of a name. Learned by testing/learn-correspondence.ts from name pairs of Wikidata (CC0) in the selection of
 * NETransliteration-COLING2018 (https://github.com/steveash/NETransliteration-COLING2018, commit 5d5f59e).
 */
export const CORRESPONDENCES = {
${written.join('\n')}
} as const;
`,
  );
}
