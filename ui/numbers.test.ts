import { describe, expect, it } from 'vitest';
import { parseFigure, partialDate } from './numbers.ts';

describe('figures as typed', () => {
  it.each([
    ['37.5', 37.5],
    ['37,5', 37.5],
    [' ๓๗.๕ ', 37.5],
    ['၁၂၀', 120],
    ['-2', -2],
    ['', undefined],
    ['12a', undefined],
    ['1e9', undefined],
    ['1.2.3', undefined],
    ['Infinity', undefined],
  ])('reads %o as %o', (text, value) => {
    expect(parseFigure(text, false)).toBe(value);
  });

  it('takes no decimals where a whole number is wanted', () => {
    expect(parseFigure('1.5', true)).toBeUndefined();
    expect(parseFigure('15', true)).toBe(15);
  });

  it.each([
    ['2019', '', '', '2019'],
    ['2019', '05', '', '2019-05'],
    ['၂၀၁၉', '05', '3', '2019-05-03'],
    ['2019', '', '3', undefined],
    ['19', '05', '3', undefined],
    ['', '05', '', undefined],
  ])('makes %s %s %s a date: %s', (year, month, day, date) => {
    expect(partialDate(year, month, day)).toBe(date);
  });
});
