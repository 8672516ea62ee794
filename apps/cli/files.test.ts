import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonLine, parseJson, readText } from './files.ts';

test('a text of more than 512 MB is refused unread, with the limit and what to do instead', () => {
  const folder = mkdtempSync(join(tmpdir(), 'serai-files-'));
  try {
    const file = join(folder, 'input.json');
    writeFileSync(file, '{}');
    expect(readText(file)).toBe('{}');
    // A hole in the file: as long as it says, and no byte of it written.
    truncateSync(file, 2 ** 29);
    expect(() => readText(file)).toThrow(/larger than 512 MB.*--csv name=file\.csv\.$/);
    truncateSync(file, 2 ** 33);
    expect(() => readText(file)).toThrow(/larger than 512 MB/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
