import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type BirthFault, type DayOrder, dayOrderOf, readBirth } from './roster-birth.ts';

const today = '2026-03-01';
const read = (text: string, order: DayOrder = 'dmy') => {
  const found = readBirth(text, today, order);
  return typeof found === 'string' ? found : [found.birth.birthDate, found.birth.birthPrecision, ...found.notes];
};

describe('a birth of a list', () => {
  it.each([
    ['1990-04-05', ['1990-04-05', 'day']],
    ['5/4/1990', ['1990-04-05', 'day']],
    ['25.4.1990', ['1990-04-25', 'day']],
    ['4/25/1990', ['1990-04-25', 'day']],
    ['၅/၄/၁၉၉၀', ['1990-04-05', 'day']],
    ['၁၉၈၅', ['1985-07-01', 'year']],
    ['36', ['1990-07-01', 'estimated']],
    ['1990-04', ['1990-04-15', 'month']],
    ['1990-00-00', ['1990-07-01', 'year']],
    ['1990-04-XX', ['1990-04-15', 'month']],
    ['5 April 1990', ['1990-04-05', 'day']],
    ['5 Apr 1990', ['1990-04-05', 'day']],
    // A day of a sheet that was not formatted as one.
    ['32968', ['1990-04-05', 'day', 'sheet-number']],
    ['32968.0', ['1990-04-05', 'day', 'sheet-number']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['2533-05-06', ['1990-05-06', 'day', 'buddhist-year']],
    ['๖/๕/๒๕๓๓', ['1990-05-06', 'day', 'buddhist-year']],
    ['06/05/2533', ['1990-05-06', 'day', 'buddhist-year']],
    ['2533', ['1990-07-01', 'year', 'buddhist-year']],
    ['พ.ศ. 2533', ['1990-07-01', 'year', 'buddhist-year']],
    ['6 พ.ค. 2533', ['1990-05-06', 'day', 'buddhist-year']],
    ['6 พฤษภาคม พ.ศ. 2533', ['1990-05-06', 'day', 'buddhist-year']],
    ['๖ มี.ค. ๒๕๓๓', ['1990-03-06', 'day', 'buddhist-year']],
    ['29/2/2531', ['1988-02-29', 'day', 'buddhist-year']],
  ])('%s is of the Buddhist era, and says so', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, BirthFault]>([
    ['', 'birth-missing'],
    ['tomorrow', 'birth-unreadable'],
    ['6/5/33', 'birth-unreadable'],
    ['30/02/1990', 'birth-unreadable'],
    ['1990-02-30', 'birth-unreadable'],
    ['29/2/2532', 'birth-unreadable'],
    ['1990-45-67', 'birth-unreadable'],
    ['NaN', 'birth-unreadable'],
    ['-5', 'birth-unreadable'],
    ['1e3', 'birth-unreadable'],
    ['2027-01-01', 'birth-impossible'],
    ['2569-03-02', 'birth-impossible'],
    ['2026-03-02', 'birth-impossible'],
    ['1850', 'birth-impossible'],
    ['200', 'birth-impossible'],
    ['99999', 'birth-impossible'],
  ])('%j is refused: %s', (text, fault) => {
    expect(read(text)).toBe(fault);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom<DayOrder>('dmy', 'mdy', 'mixed'), (text, order) => {
        expect(['string', 'object']).toContain(typeof readBirth(text, today, order));
      }),
    );
  });
});

describe('day and month', () => {
  test.each<[string[], DayOrder]>([
    [['5/4/1990', '1/2/1980'], 'dmy'],
    [['25/4/1990', '1/2/1980'], 'dmy'],
    [['4/25/1990', '1/2/1980'], 'mdy'],
    [['๔/๒๕/๒๕๓๓'], 'mdy'],
    [['4/25/1990', '25/4/1990'], 'mixed'],
    [['1990-04-25', '1990', ''], 'dmy'],
  ])('%j: %s', (texts, order) => {
    expect(dayOrderOf(texts)).toBe(order);
  });

  test.each<[string, DayOrder, unknown]>([
    ['5/4/1990', 'mdy', ['1990-05-04', 'day', 'month-first']],
    ['4/25/1990', 'mdy', ['1990-04-25', 'day', 'month-first']],
    ['1990-04-05', 'mdy', ['1990-04-05', 'day']],
    ['5/4/1990', 'mixed', 'birth-order'],
    ['5/5/1990', 'mixed', ['1990-05-05', 'day']],
    ['25/4/1990', 'mixed', ['1990-04-25', 'day']],
    ['4/25/1990', 'mixed', ['1990-04-25', 'day']],
    ['1990-04-05', 'mixed', ['1990-04-05', 'day']],
  ])('%s in a list that is %s', (text, order, expected) => {
    expect(read(text, order)).toEqual(expected);
  });
});
