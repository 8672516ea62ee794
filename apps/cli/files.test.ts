import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLine, parseCsv, parseJson } from './files.ts';

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

test.each([
  ['{\n  "a": 1,\n  "b": \n}', 'f.json line 4, column 1: this is not valid JSON.'],
  ['{\n "children": [\n}', 'f.json line 3, column 1:'],
  ['{"a": [1, 2', 'f.json line 1, column 12:'],
  ['{"name": "Anna"\n "age": 3}', 'f.json line 2, column 2: this is not valid JSON.'],
  ['{"a": 01}', 'f.json line 1, column 7:'],
  ['[1]\n[2]', 'f.json line 2, column 1:'],
  ['{"a": NaN}', 'f.json line 1, column 7:'],
  ['', 'f.json line 1, column 1: the file is empty.'],
])('bad JSON %j names its line and repeats nothing', (text, sentence) => {
  expect(() => parseJson(text, 'f.json')).toThrow(sentence);
});

test('the line of a path', () => {
  const text = `{
  "list": [
    { "sex": "male" },
    { "sex": "x, ]}\\"", "deep": {
      "er": [1,
        2] } }
  ],
  "last": null
}`;
  expect(
    ['', 'list', 'list[0].sex', 'list[1].sex', 'list[1].deep.er[1]', 'last', 'list[1].absent', 'absent'].map((path) =>
      jsonLine(text, path),
    ),
  ).toEqual([1, 2, 3, 4, 6, 8, 4, 1]);
});
