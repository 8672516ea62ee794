import { describe, expect, it } from 'vitest';
import { isUnbroken, sortRows, toCsv } from './table.ts';

describe('a table', () => {
  it('keeps days, numbers and short codes on one line, and lets names and sentences wrap', () => {
    for (const whole of [12, '2026-11-22', 'M-0000101-6', 'TH1-000967', '1988-04', 'claims.2']) {
      expect([whole, isUnbroken(whole)]).toEqual([whole, true]);
    }
    for (const wraps of [
      '',
      'Kaung Soe',
      'Mae Sot district hospital',
      'unpaid',
      '4e3b8f1c-aaaa-bbbb-cccc-121212121212',
      'မေ',
    ]) {
      expect([wraps, isUnbroken(wraps)]).toEqual([wraps, false]);
    }
  });

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
