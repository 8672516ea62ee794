import { languages } from '@serai/kernel/i18n/i18n.ts';
import { describe, expect, it } from 'vitest';
import { formatFor } from './format.ts';

describe('what a reader reads', () => {
  it.each([
    ['en', '12 Apr 1988', 'April 1988'],
    ['th', '12 เม.ย. 1988', 'เมษายน 1988'],
    ['my', '1988 ဧပြီ 12', '1988 ဧပြီ'],
  ] as const)('writes dates of every precision in %s', (language, day, month) => {
    const format = formatFor(language);
    expect(format.date('1988')).toBe('1988');
    expect(format.date('1988-04')).toBe(month);
    expect(format.date('1988-04-12')).toBe(day);
    expect(format.date('1988-04-12T10:05:00')).toBe(`${day}, 10:05`);
    expect(format.day('1988-04-12T10:05:00')).toBe(day);
  });

  it('shows what is no date as it came', () => {
    expect(formatFor('en').date('about harvest time')).toBe('about harvest time');
  });

  it.each([
    [30, '30 seconds'],
    [120, '2 minutes'],
    [7200, '2 hours'],
    [259_200, '3 days'],
  ])('tells %i seconds as %s', (seconds, text) => {
    expect(formatFor('en').age(seconds)).toBe(text);
  });

  it('names countries and languages in every language, Burmese without the browser’s help', () => {
    expect(formatFor('my').country('TH')).toBe('ထိုင်း');
    expect(formatFor('my').language('my')).toBe('မြန်မာ');
    expect(formatFor('my').monthName(11)).toBe('နိုဝင်ဘာ');
    for (const language of languages) {
      const format = formatFor(language);
      for (const tag of ['ksw', 'kar', 'mnw', 'shn', 'kac', 'rhg', 'my', 'th', 'km', 'en']) {
        expect(format.language(tag)).not.toBe(tag);
      }
      expect(format.country('mm')).not.toMatch(/^mm$/i);
    }
  });

  it('shows a code it cannot name', () => {
    expect(formatFor('en').country('not a country')).toBe('NOT A COUNTRY');
    expect(formatFor('th').language('??')).toBe('??');
  });
});
