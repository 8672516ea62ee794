import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTable, parseTableParts, TableError } from './csv.ts';

const cutAt = (text: string, cuts: readonly number[]) => {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, i) => text.slice(places[i], end));
};

const joined = (pieces: Iterable<string>) => {
  const parts = [...parseTableParts(pieces)];
  return {
    columns: parts.map((part) => part.columns),
    rows: parts.flatMap((part) => part.rows),
    lines: parts.flatMap((part) => [...part.lines]),
  };
};

test('a table in pieces is the table, wherever it is cut', () => {
  const value = fc.oneof(fc.stringMatching(/^[a-z ,;"\n\r]{0,6}$/), fc.constant('O"Neil'), fc.constant(' x '));
  const row = fc.tuple(value, value);
  const ends = fc.constantFrom('\n', '\r\n');
  const quoted = (text: string) =>
    /[,;"\n\r]/.test(text) && !text.startsWith('O') ? `"${text.replaceAll('"', '""')}"` : text;
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      ends,
      fc.constantFrom(';', '\t'),
      (rows, cuts, end, delimiter) => {
        const whole = [`first${delimiter}"a ""b"""`, ...rows.map((cells) => cells.map(quoted).join(delimiter))].join(
          end,
        );
        const table = parseTable(whole);
        const parts = joined(cutAt(whole, cuts));
        expect(parts.rows).toEqual(table.rows);
        expect(parts.lines).toEqual([...table.lines]);
        for (const columns of parts.columns) {
          expect(columns).toEqual(table.columns);
        }
      },
    ),
  );
});

test('a fault in a later part has its line in the whole text', () => {
  const text = `a,b\n1,2\n"3\n",4\n5\n6,7\n`;
  expect(() => parseTable(text)).toThrow('line 5: this row has 1 field');
  for (let cut = 1; cut < text.length; cut++) {
    expect(() => joined([text.slice(0, cut), text.slice(cut)])).toThrow('line 5: this row has 1 field');
  }
  expect(() => joined(['a,b\n1,2\n', '3,"4\n'])).toThrow(TableError);
  expect(() => joined(['a,b\n1,2\n', '3,"4\n'])).toThrow('line 3: a double quote is opened');
  expect(() => joined([])).toThrow('line 1: the file is empty');
});
