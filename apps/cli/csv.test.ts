import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type CsvRecord, parseCsv, readCsv } from './csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'serai-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [
    'plain',
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'Windows line ends and an empty line',
    'a,b\r\n\r\n1,2\r\n',
    [
      [1, 'a', 'b'],
      [3, '1', '2'],
    ],
  ],
  [
    'quotes, a doubled quote, a line break inside',
    'a,b\n"x ""y""","1\n2"\n3,4',
    [
      [1, 'a', 'b'],
      [2, 'x "y"', '1\n2'],
      [4, '3', '4'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1,5;2',
    [
      [1, 'a', 'b'],
      [2, '1,5', '2'],
    ],
  ],
  [
    'tabs',
    'a\tb\n1\t2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'an empty last cell',
    'a,b\n1,',
    [
      [1, 'a', 'b'],
      [2, '1', ''],
    ],
  ],
  ['nothing', '', []],
])('CSV: %s', (_, text, expected) => {
  expect(parseCsv(text, 'f.csv').map(({ line, cells }) => [line, ...cells])).toEqual(expected);
});

test('a quote that never closes is named by its line', () => {
  expect(() => parseCsv('a,b\n1,2\n"3,4\n5,6', 'f.csv')).toThrow('f.csv line 3: a quotation mark');
});

test('what is written as CSV is read back', () => {
  const cell = fc.stringMatching(/^[a-z0-9 ,;"\n]{1,8}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = [['a', 'b'], ...rows]
        .map((row) => row.map((t) => `"${t.replaceAll('"', '""')}"`).join(','))
        .join('\n');
      expect(parseCsv(text, 'f').map((record) => record.cells)).toEqual([['a', 'b'], ...rows]);
    }),
  );
});

test('a file longer than a piece reads as its text does, wherever a piece ends', () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},"ထ ""x""\n${'y'.repeat(i % 17)}",é${i}\r`);
  const text = `\uFEFFn,text,more\r\n${rows.join('\n')}`;
  const file = join(folder, 'long.csv');
  writeFileSync(file, text);
  expect(Buffer.byteLength(text)).toBeGreaterThan(2 ** 21);
  const read: CsvRecord[] = [];
  readCsv(file, (record) => {
    read.push(record);
    return true;
  });
  expect(read.length).toBe(60_001);
  expect(read).toEqual(parseCsv(text, file));
  expect(read.at(-1)).toEqual({ line: 120_000, cells: ['59999', `ထ "x"\n${'y'.repeat(59_999 % 17)}`, 'é59999'] });
});

test('whoever has heard enough is told no more, and the rest of the file is not read', () => {
  const file = join(folder, 'enough.csv');
  // A quotation mark that never closes, far behind: to read it would be a refusal.
  writeFileSync(file, `n\n${'1\n'.repeat(2 ** 21)}"`);
  let heard = 0;
  readCsv(file, () => ++heard < 3);
  expect(heard).toBe(3);
});

test.each([
  ['absent.csv', 'there is no such file'],
  ['.', 'it is a folder'],
])('%s: %s', (name, sentence) => {
  expect(() => readCsv(join(folder, name), () => true)).toThrow(sentence);
});
