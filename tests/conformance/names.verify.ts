import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrng } from '../../kernel/base/prng.ts';
import { parseTable } from '../../kernel/linkage/csv.ts';
import { compareNames, comparePrepared, nameKeys, prepareName } from '../../kernel/linkage/names/names.ts';
import { detectScript } from '../../kernel/linkage/names/script.ts';
import type { Case, Suite } from './suite.ts';

const vectors = join(import.meta.dirname, '../vectors/names');
const RANDOM_PAIRS = 300_000;

/** What ICU's romanisation and Jaro–Winkler ≥ 0.85 reach, and what is asked of us at the same false-positive rate. */
const TABLES = [
  { name: 'Russian', file: 'wd_russian_20.tsv', rate: 0.0003, baseline: 0.779, least: 0.93 },
  { name: 'Arabic', file: 'wd_arabic_20.tsv', rate: 0.00008, baseline: 0.242, least: 0.8 },
] as const;

function transliterations(file: string, rate: number, baseline: number, least: number): void {
  const rows = readFileSync(join(vectors, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const latin = rows.map((row) => prepareName(row[0]!));
  const foreign = rows.map((row) => prepareName(row[1]!.replaceAll(' ', '')));
  const prng = createPrng(2026);
  const apart = new Float64Array(RANDOM_PAIRS);
  for (let k = 0; k < RANDOM_PAIRS; k++) {
    const i = prng.below(rows.length);
    const j = (i + 1 + prng.below(rows.length - 1)) % rows.length;
    apart[k] = comparePrepared(latin[i]!, foreign[j]!);
  }
  apart.sort();
  const threshold = apart[RANDOM_PAIRS - 1 - Math.floor(rate * RANDOM_PAIRS)]!;
  let found = 0;
  rows.forEach((_, i) => {
    found += comparePrepared(latin[i]!, foreign[i]!) > threshold ? 1 : 0;
  });
  const recall = found / rows.length;
  if (!(recall >= least)) {
    throw new Error(
      `recall ${recall.toFixed(3)} above ${threshold.toFixed(3)} at a random-pair rate of ${rate}; expected ${least} (baseline ${baseline})`,
    );
  }
}

/** Share of a country's common names that are alike (≥ 0.8) to the spelling in the table, and that share a key. */
function commonNames(): Map<string, { alike: number; keyed: number; count: number }> {
  const found = new Map<string, { alike: number; keyed: number; count: number }>();
  for (const file of ['common-forenames-by-country.csv', 'common-surnames-by-country.csv']) {
    const table = parseTable(readFileSync(join(vectors, file), 'utf8'));
    const [country, localized, romanized] = ['Country', 'Localized Name', 'Romanized Name'].map((name) =>
      table.columns.indexOf(name),
    ) as [number, number, number];
    for (const row of table.rows) {
      const script = detectScript(row[localized]!);
      if (script === 'Latn' || script === 'Zzzz' || row[romanized] === '') {
        continue;
      }
      const key = `${script} ${row[country]}`;
      const own = found.get(key) ?? { alike: 0, keyed: 0, count: 0 };
      found.set(key, own);
      const spellings = row[romanized]!.split('/');
      const keys = nameKeys(row[localized]!).keys;
      own.count++;
      own.alike += spellings.some((spelling) => compareNames(row[localized]!, spelling) >= 0.8) ? 1 : 0;
      own.keyed += spellings.some((spelling) => nameKeys(spelling).keys.some((k) => keys.includes(k))) ? 1 : 0;
    }
  }
  return found;
}

/** Least shares by script and country; the tables hold some translations and nicknames that no spelling explains. */
const COUNTRIES: readonly (readonly [string, number])[] = [
  ['Cyrl RU', 0.97],
  ['Cyrl KZ', 0.97],
  ['Cyrl KG', 0.97],
  ['Cyrl BG', 0.95],
  ['Cyrl RS', 0.95],
  ['Cyrl MK', 0.95],
  ['Arab AE', 0.95],
  ['Hani CN', 0.95],
  ['Hani TW', 0.95],
  ['Deva IN', 0.9],
  ['Deva NP', 0.9],
  ['Beng BD', 0.9],
  ['Khmr KH', 0.8],
  ['Grek GR', 0.9],
  ['Grek CY', 0.95],
  ['Armn AM', 0.95],
  ['Geor GE', 0.95],
  ['Hang KR', 0.7],
  ['Hebr IL', 0.7],
];

/** Names across scripts: recall on Wikidata's pairs at the baseline's false-positive rate, and common names by country. */
export default {
  name: 'names',
  cases: function* (): Iterable<Case> {
    for (const { name, file, rate, baseline, least } of TABLES) {
      yield {
        name: `${name}: recall ≥ ${least} at a random-pair rate of ${rate} (ICU + Jaro–Winkler: ${baseline})`,
        check: () =>
          existsSync(join(vectors, file))
            ? transliterations(file, rate, baseline, least)
            : { skip: `tests/vectors/names/${file} is absent` },
      };
    }
    let shares: ReturnType<typeof commonNames> | undefined;
    for (const [key, least] of COUNTRIES) {
      yield {
        name: `common names ${key}: at least ${least} alike to their Latin spelling`,
        check: () => {
          shares ??= commonNames();
          const own = shares.get(key);
          if (!own || !(own.alike / own.count >= least)) {
            throw new Error(`${own?.alike} of ${own?.count} are alike, expected ${least}`);
          }
        },
      };
    }
  },
} satisfies Suite;
