import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { candidatePairs, estimateMissed, numberKeys } from './blocking.ts';
import { type Calendar, fromGregorian, julianDay, toGregorian } from './calendars.ts';
import { clusterRecords } from './clusters.ts';
import { formatRow, parseTable, TableError } from './csv.ts';
import { DATE_LEVELS, dateLevel, readDate } from './dates.ts';
import { estimate, MISSING, tabulatePatterns } from './fellegi-sunter.ts';
import { LinkConfigError, link } from './link.ts';
import { createPersonIndex } from './person-index.ts';
import { planOf } from './plan.ts';
import { damerauLevenshtein, jaro, jaroWinkler, levenshtein } from './text-similarity.ts';

test('Jaro and Jaro–Winkler give Winkler’s published values', () => {
  expect(jaro('MARTHA', 'MARHTA')).toBeCloseTo(0.944444, 6);
  expect(jaroWinkler('MARTHA', 'MARHTA')).toBeCloseTo(0.961111, 6);
  expect(jaroWinkler('DIXON', 'DICKSONX')).toBeCloseTo(0.813333, 6);
  expect(jaroWinkler('DWAYNE', 'DUANE')).toBeCloseTo(0.84, 6);
});

test('edit distances are metrics, a swap is one edit or two', () => {
  expect(levenshtein('kitten', 'sitting')).toBe(3);
  expect(levenshtein('ab', 'ba')).toBe(2);
  expect(damerauLevenshtein('ab', 'ba')).toBe(1);
  const text = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(levenshtein(a, b)).toBe(levenshtein(b, a));
      expect(levenshtein(a, c)).toBeLessThanOrEqual(levenshtein(a, b) + levenshtein(b, c));
      expect(levenshtein(a, b) === 0).toBe(a === b);
      expect(damerauLevenshtein(a, b)).toBeLessThanOrEqual(levenshtein(a, b));
      expect(damerauLevenshtein(a, b)).toBe(damerauLevenshtein(b, a));
      expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(0);
      expect(jaroWinkler(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test('every day goes to each calendar and back, and agrees with the platform', () => {
  const platform = { hijri: 'islamic-civil', solarHijri: 'persian', ethiopian: 'ethiopic', buddhist: 'buddhist' };
  for (const [calendar, name] of Object.entries(platform) as [Calendar, string][]) {
    const format = new Intl.DateTimeFormat(`en-u-ca-${name}`, {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
    for (let at = Date.UTC(1900, 0, 1); at < Date.UTC(2060, 0, 1); at += 101 * 86_400_000) {
      const date = new Date(at);
      const gregorian = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      const there = fromGregorian(calendar, gregorian);
      const parts = Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
      expect(there).toEqual({
        year: Number(parts.year ?? parts.relatedYear),
        month: Number(parts.month),
        day: Number(parts.day),
      });
      expect(toGregorian(calendar, there)).toEqual(gregorian);
    }
  }
  expect(julianDay({ year: 2000, month: 1, day: 1 })).toBe(2451545);
  expect(toGregorian('solarHijri', { year: 1400, month: 1, day: 1 })).toEqual({ year: 2021, month: 3, day: 21 });
  expect(toGregorian('ethiopian', { year: 2013, month: 14, day: 1 })).toBeUndefined();
});

test('dates are read as registers write them', () => {
  const day = { year: 1985, month: 3, day: 12, spread: 0 };
  for (const text of [
    '1985-03-12',
    '19850312',
    '12/03/1985',
    '12.3.1985',
    '๒๕๒๘-๐๓-๑๒',
    '2528-03-12',
    '1985/03/12',
    '1985年3月12日',
  ]) {
    expect(readDate(text)).toEqual(day);
  }
  expect(readDate('03/12/1985', { order: 'mdy' })).toEqual(day);
  expect(readDate('1400-01-01', { calendar: 'solarHijri' })).toEqual({ year: 2021, month: 3, day: 21, spread: 0 });
  expect(readDate('1985-03')).toEqual({ ...day, day: 0 });
  expect(readDate('1985-00-00')).toEqual({ year: 1985, month: 0, day: 0, spread: 0 });
  for (const text of ['', 'x', '0000-00-00', '99999999', '1985-03-12-01']) {
    expect(readDate(text)).toBeUndefined();
  }
});

test('dates agree by what is known of them', () => {
  const level = (a: string, b: string) => DATE_LEVELS[dateLevel(readDate(a)!, readDate(b)!)];
  expect(level('1985-03-12', '1985-03-12')).toBe('same day');
  expect(level('1985-01-01', '1985-01-01')).toBe('same conventional day');
  expect(level('1985-03-12', '1985-12-03')).toBe('day and month swapped');
  expect(level('1985-03-12', '1986-03-12')).toBe('one part differs by a slip');
  expect(level('1985-03-12', '1985-03-29')).toBe('same year and month');
  expect(level('1985', '1985-03-12')).toBe('same year');
  expect(level('1985-01-01', '1986-05-05')).toBe('year within two');
  expect(level('1985-03-12', '1999-07-30')).toBe('different');
});

test('tables: quotes, breaks inside quotes, BOM, CRLF, semicolons; faults by line', () => {
  expect(parseTable('\ufeffa;b\r\n"x;\n""y""";2\r\n\r\n3; 4 \r\n')).toMatchObject({
    columns: ['a', 'b'],
    rows: [
      ['x;\n"y"', '2'],
      ['3', '4'],
    ],
  });
  expect([...parseTable('a,b\n"x\ny",2\n3,4').lines]).toEqual([2, 4]);
  expect(() => parseTable('a,b\n1,2\n3\n')).toThrow(/^line 3:/);
  expect(() => parseTable('a,b\n"1,2\n')).toThrow(/^line 2:.*never closed/);
  expect(() => parseTable('a,a\n')).toThrow(TableError);
  expect(() => parseTable('')).toThrow('empty');
  const cell = fc.string({ unit: 'grapheme', maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = ['first,second', ...rows.map((row) => formatRow(row))].join('\n');
      const read = parseTable(text, { trim: false, delimiter: ',' });
      expect(read.rows).toEqual(rows.map((row) => [...row]));
    }),
  );
});

test('planted parameters are recovered, and the likelihood never falls', () => {
  const prng = createPrng(12);
  const pairs = 60_000;
  const m = [0.1, 0.2, 0.7];
  const u = [0.85, 0.1, 0.05];
  const columns = Array.from({ length: 4 }, () => new Uint8Array(pairs));
  const draw = (p: readonly number[]) => {
    const x = prng.uniform();
    return x < p[0]! ? 0 : x < p[0]! + p[1]! ? 1 : 2;
  };
  for (let i = 0; i < pairs; i++) {
    const from = prng.uniform() < 0.2 ? m : u;
    for (const column of columns) {
      column[i] = prng.uniform() < 0.05 ? MISSING : draw(from);
    }
  }
  const result = estimate(tabulatePatterns(columns, [3, 3, 3, 3]), {
    matchProbability: 0.4,
    comparisons: columns.map((_, c) => ({
      name: `${c}`,
      levels: ['0', '1', '2'],
      m: [0.2, 0.3, 0.5],
      u: [0.5, 0.3, 0.2],
    })),
  });
  expect(result.converged).toBe(true);
  expect(result.model.matchProbability).toBeCloseTo(0.2, 1);
  for (const comparison of result.model.comparisons) {
    comparison.m.forEach((value, level) => {
      expect(Math.abs(value - m[level]!)).toBeLessThan(0.03);
    });
    comparison.u.forEach((value, level) => {
      expect(Math.abs(value - u[level]!)).toBeLessThan(0.03);
    });
  }
  result.logLikelihood.slice(1).forEach((value, i) => {
    expect(value).toBeGreaterThanOrEqual(result.logLikelihood[i]! - 1e-6 * Math.abs(value));
  });
});

test('blocking finds each pair once, says which passes did, and leaves large blocks out by count', () => {
  const a = numberKeys(['x', 'x', 'y', 'y', ''], 5);
  const b = numberKeys(['p', 'p', 'p', 'q', 'q'], 5);
  const pass = (name: string, keys: Int32Array) => ({ name, columns: [name], keys });
  const found = candidatePairs([pass('a', a), pass('b', b)], { records: 5 }, { blockPairsMax: 10, pairsMax: 100 });
  expect([...found.left].map((left, i) => [left, found.right[i], found.passes[i]])).toEqual([
    [0, 1, 3],
    [0, 2, 2],
    [1, 2, 2],
    [2, 3, 1],
    [3, 4, 2],
  ]);
  const small = candidatePairs([pass('b', b)], { records: 5 }, { blockPairsMax: 1, pairsMax: 100 });
  expect(small.summary[0]).toMatchObject({ pairs: 1, skippedPairs: 3, skippedBlocks: 1 });
  const across = candidatePairs([pass('b', b)], { records: 5, split: 2 }, { blockPairsMax: 10, pairsMax: 100 });
  expect([...across.left].map((left, i) => [left, across.right[i]])).toEqual([
    [0, 2],
    [1, 2],
  ]);
  expect(() => candidatePairs([pass('b', b)], { records: 5 }, { blockPairsMax: 10, pairsMax: 2 })).toThrow(
    'more than 2',
  );
});

test('what blocking loses is estimated from what one and two passes found', () => {
  // 1,000 matches, three independent passes that find each with probability 0.7: 27 are found by none.
  const prng = createPrng(8);
  const passes = Uint16Array.from({ length: 1000 }, () =>
    [0, 1, 2].reduce((bits, p) => bits | (prng.uniform() < 0.7 ? 1 << p : 0), 0),
  );
  const seen = passes.filter((bits) => bits > 0);
  const { missed } = estimateMissed(seen, new Float64Array(seen.length).fill(1));
  const truly = 1000 - seen.length;
  expect(missed).toBeGreaterThan(truly * 0.4);
  expect(missed).toBeLessThan(truly * 2.5 + 5);
});

test('a contradiction keeps two clusters apart', () => {
  const weightOf = (a: number, b: number) => (Math.min(a, b) === 0 && Math.max(a, b) === 3 ? -20 : 5);
  const pairs = { left: [0, 2, 1], right: [1, 3, 2], weights: [9, 8, 7] };
  const { clusterOf, conflicts } = clusterRecords(4, pairs, { weightOf });
  expect([...clusterOf]).toEqual([0, 0, 2, 2]);
  expect(conflicts).toEqual([{ left: 1, right: 2, contradictionLeft: 0, contradictionRight: 3, weight: -20 }]);
  expect([...clusterRecords(4, pairs, { weightOf: () => 5 }).clusterOf]).toEqual([0, 0, 0, 0]);
});

test('links carry a weight that is the sum of their explanation', () => {
  const prng = createPrng(3);
  const given = ['amina', 'boris', 'chen', 'dmitri', 'elena', 'farid', 'gulnara', 'hassan', 'irina', 'jamila'];
  const family = ['ivanov', 'karimova', 'lee', 'mahmud', 'nazarov', 'omarov', 'petrov', 'rahimi', 'saidov', 'thapa'];
  const rows: string[][] = [];
  for (let i = 0; i < 150; i++) {
    const row = [
      given[prng.below(10)]!,
      family[prng.below(10)]!,
      `19${50 + prng.below(50)}-${10 + prng.below(3)}-${10 + prng.below(18)}`,
      String(100000 + prng.below(900000)),
    ];
    rows.push(row, i % 3 === 0 ? [row[0]!, row[1]!, row[2]!, ''] : row);
  }
  const columns = new Map(
    ['given_name', 'surname', 'birth_date', 'phone'].map((name, c) => [name, rows.map((row) => row[c]!)]),
  );
  const plan = planOf([...columns.keys()], [...columns.values()]);
  expect(plan.comparisons.map((comparison) => comparison.kind)).toEqual(['name', 'name', 'date', 'phone']);
  const result = link({ columns, records: rows.length }, { comparisons: plan.comparisons });
  expect(result.left.length).toBeGreaterThan(130);
  result.left.forEach((left, i) => {
    const explained = result.explain(left, result.right[i]!);
    const sum = explained.parts.reduce((total, part) => total + part.weight, explained.prior);
    expect(result.weights[i]!).toBeCloseTo(sum, 9);
    expect(explained.weight).toBeCloseTo(sum, 9);
  });
  const again = link({ columns, records: rows.length }, { comparisons: plan.comparisons, model: result.model });
  expect([...again.left].sort()).toEqual([...result.left].sort());
});

test('hostile files: no records, one, all the same, all empty', () => {
  const files = [[], ['x'], Array.from({ length: 40 }, () => 'same name'), Array.from({ length: 40 }, () => '')];
  for (const values of files) {
    const result = link(
      { columns: new Map([['name', values]]), records: values.length },
      { comparisons: [{ column: 'name', kind: 'name' }] },
    );
    expect(result.summary.records).toBe(values.length);
    for (const weight of result.weights) {
      expect(Number.isFinite(weight)).toBe(true);
    }
  }
  expect(() =>
    link({ columns: new Map([['a', ['x']]]), records: 1 }, { comparisons: [{ column: 'b', kind: 'text' }] }),
  ).toThrow(LinkConfigError);
});

test('the index finds a person by other spellings, forgets the removed, replaces the changed', () => {
  const index = createPersonIndex(10);
  index.put('a', { names: ['Юлия Щербакова'], birthDate: '1985-03-12' });
  index.put('b', { names: ['محمد عبد الله'], birthDate: '1990-01-01' });
  for (let i = 0; i < 3000; i++) {
    index.put(`filler ${i}`, {
      names: [`Filler Person${i}`],
      birthDate: `19${50 + (i % 50)}-0${1 + (i % 9)}-1${i % 9}`,
    });
  }
  expect(index.search({ names: ['Shcherbakova Yulia'], birthDate: '1985-12-03' })[0]?.id).toBe('a');
  expect(index.search({ names: ['Mohamed Abdullah'], birthDate: '1990' })[0]?.id).toBe('b');
  expect(index.remove('a')).toBe(true);
  expect(index.remove('a')).toBe(false);
  expect(index.search({ names: ['Shcherbakova Yulia'], birthDate: '1985-12-03' }).some((c) => c.id === 'a')).toBe(
    false,
  );
  index.put('b', { names: ['Someone Else'] });
  expect(index.search({ names: ['Mohamed Abdullah'], birthDate: '1990' }).some((c) => c.id === 'b')).toBe(false);
  expect(index.search({ names: [] })).toEqual([]);
});
