import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonSchema } from '@serai/kernel/models/schema.ts';
import { afterAll, expect, test } from 'vitest';
import { describeFields, putCsv } from './model-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'serai-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

const number: JsonSchema = { type: 'number' };
const orNull: JsonSchema = { anyOf: [number, { type: 'null' }] };
const schema: JsonSchema = {
  type: 'object',
  properties: {
    counts: { type: 'array', items: orNull, description: 'Counts' },
    amounts: { type: 'array', items: number },
    few: { type: 'array', items: number, maxItems: 3 },
    origins: { type: 'array', items: { type: 'string' } },
    triangle: { type: 'array', items: { type: 'array', items: orNull } },
    rows: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          n: { type: 'integer' },
          yes: { type: 'boolean' },
          tags: { type: 'array', items: { type: 'string' } },
          perhaps: orNull,
        },
        required: ['n'],
      },
    },
    steps: {
      type: 'array',
      items: {
        oneOf: [
          { type: 'object', properties: { kind: { type: 'string' }, rate: number } },
          { type: 'object', properties: { kind: { type: 'string' }, days: number } },
        ],
      },
    },
    deep: { type: 'object', properties: { list: { type: 'array', items: number } } },
    single: number,
  },
};

function put(field: string, csv: string, input: unknown = {}) {
  const file = join(folder, 'in.csv');
  writeFileSync(file, csv);
  const table = putCsv(input, `${field}=${file}`, schema);
  return { input: input as any, table };
}

test.each<[string, string, string, unknown]>([
  ['numbers, no header', 'amounts', '1\n2.5\n', [1, 2.5]],
  ['numbers under a header', 'amounts', 'amount\n1\n2\n', [1, 2]],
  ['the column called as the field', 'counts', 'week,counts\n1,5\n2,NA\n3,\n4,0\n', [5, null, null, 0]],
  ['missing values', 'counts', 'NA\n3\nnull\n', [null, 3, null]],
  ['what is no number stays text, for the model to refuse', 'amounts', '1\nx\nNA\n', [1, 'x', 'NA']],
  ['texts, no header', 'origins', '2019\n2020\n', ['2019', '2020']],
  ['texts under their name', 'origins', 'origins\na\nb\n', ['a', 'b']],
  [
    'a triangle',
    'triangle',
    '1,2,3\n4,5,\n6,,\n',
    [
      [1, 2, 3],
      [4, 5, null],
      [6, null, null],
    ],
  ],
  [
    'a triangle under a header',
    'triangle',
    'dev1,dev2\n1,2\n4,\n',
    [
      [1, 2],
      [4, null],
    ],
  ],
  [
    'objects',
    'rows',
    'n,yes,tags,perhaps\n1,yes,a|b,2\n2,0,-,NA\n3,,,\n',
    [{ n: 1, yes: true, tags: ['a', 'b'], perhaps: 2 }, { n: 2, yes: false, tags: [], perhaps: null }, { n: 3 }],
  ],
  [
    'objects of several kinds',
    'steps',
    'kind,rate,days\nx,.5,\ny,,3\n',
    [
      { kind: 'x', rate: 0.5 },
      { kind: 'y', days: 3 },
    ],
  ],
])('%s', (_, field, csv, expected) => {
  expect(put(field, csv).input[field]).toEqual(expected);
});

test('one column of several, or some, by name', () => {
  const file = join(folder, 'triangle.csv');
  writeFileSync(file, '"origin","1","2"\n"1981",5,6\n"1982",7,NA\n');
  const input = {};
  const triangle = putCsv(input, `triangle=${file}#1..2`, schema);
  putCsv(input, `origins=${file}#origin`, schema);
  putCsv(input, `amounts=${file}#1`, schema);
  expect(input).toEqual({
    triangle: [
      [5, 6],
      [7, null],
    ],
    origins: ['1981', '1982'],
    amounts: [5, 7],
  });
  expect(triangle.locate('triangle[1][1]')).toMatch(/triangle\.csv line 3, column 2$/);
  expect(() => putCsv({}, `counts=${file}#cases`, schema)).toThrow(
    'line 1: there is no column "cases"; the columns are origin, 1, 2.',
  );
});

test('a file is read to one row more than the list may have', () => {
  expect(put('few', 'few\n1\n2\n3\n').input).toEqual({ few: [1, 2, 3] });
  expect(put('few', 'few\n1\n2\n3\n4\n5\n6\n').input).toEqual({ few: [1, 2, 3, 4] });
});

test('a field inside a field, made where it is not there', () => {
  expect(put('deep.list', '1\n2\n').input).toEqual({ deep: { list: [1, 2] } });
});

test('a path is traced back to its line and column', () => {
  const { table } = put('rows', 'n,yes\n1,yes\n\n2,perhaps\n');
  expect(table.locate('rows[1].yes')).toMatch(/in\.csv line 4, column yes$/);
  expect(table.locate('rows[1]')).toMatch(/in\.csv line 4$/);
  expect(table.locate('other[1]')).toBeUndefined();
  expect(put('triangle', '1,2\n3,4\n').table.locate('triangle[1][0]')).toMatch(/line 2, column 1$/);
  expect(put('amounts', 'amount\n1\n').table.locate('amounts[0]')).toMatch(/line 2$/);
});

test.each([
  ['absent', '1\n', 'no list named "absent"'],
  ['single', '1\n', 'no list named "single"'],
  [
    'amounts',
    'a,b\n1,2\n',
    'line 2: 2 cells, but "amounts" is one column; call it "amounts" in the header, or choose one: --csv amounts=',
  ],
  ['rows', 'n,n\n1,2\n', 'column "n" is there twice'],
  ['rows', 'n,toString\n1,2\n', 'there is no column "toString"'],
])('%s with %j is refused', (field, csv, sentence) => {
  expect(() => put(field, csv)).toThrow(sentence);
});

test.each(['amounts', '=x.csv', 'amounts='])('%j is no assignment', (assignment) => {
  expect(() => putCsv({}, assignment, schema)).toThrow('--csv takes field=file.csv');
});

test('an input that is no object has nowhere to put a table', () => {
  expect(() => put('amounts', '1\n', [])).toThrow('nowhere to go');
});

test('fields are described to their leaves', () => {
  const paths = describeFields(schema).map(([path]) => path);
  expect(paths).toContain('rows[].tags[]');
  expect(paths).toContain('steps[].days');
  expect(paths).toContain('deep.list[]');
});
