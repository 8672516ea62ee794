import { describe, expect, it } from 'vitest';
import { sortRows, toCsv } from './table.ts';

describe('a table', () => {
  it('sorts numbers by value and texts by the language', () => {
    expect(sortRows([10, 9, 100], (row) => row, 'ascending', 'en')).toEqual([9, 10, 100]);
    expect(sortRows(['ข', 'ก', 'ค'], (row) => row, 'descending', 'th')).toEqual(['ค', 'ข', 'ก']);
  });

  it('exports cells that hold quotes, commas and line breaks', () => {
    const columns = [{ title: 'Name', value: (row: string) => row }];
    expect(toCsv(columns, ['a"b', 'c,d', 'e\nf'])).toBe('Name\r\n"a""b"\r\n"c,d"\r\n"e\nf"\r\n');
  });

  it('does not let a name become a spreadsheet formula', () => {
    const columns = [{ title: 'Name', value: (row: string) => row }];
    for (const attack of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1']) {
      expect(toCsv(columns, [attack]).split('\r\n')[1]).toMatch(/^"?'/);
    }
  });
});
