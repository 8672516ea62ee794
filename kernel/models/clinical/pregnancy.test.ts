import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDay, parseDay } from '../calendar.ts';
import { datePregnancy, type PregnancyInput, postnatalSchedule } from './pregnancy.ts';

const scan = (date: string, weeks: number, days = 0) => ({ date, weeks, days });
const base: PregnancyInput = { lastPeriod: '2024-01-01', asOf: '2024-06-01' };

test.each<[string, PregnancyInput, string, string, string]>([
  ['last period', base, 'last-period', '2024-10-07', '21+5'],
  [
    'Naegele in a year without a leap day',
    { ...base, lastPeriod: '2023-01-01', asOf: '2023-06-01', rule: 'naegele' },
    'last-period',
    '2023-10-08',
    '21+4',
  ],
  ['a cycle of 35 days', { ...base, cycleDays: 35 }, 'last-period', '2024-10-14', '20+5'],
  ['ultrasound alone', { asOf: '2024-06-01', ultrasound: scan('2024-03-25', 12) }, 'ultrasound', '2024-10-07', '21+5'],
  [
    'ultrasound within seven days at 12 weeks',
    { ...base, ultrasound: scan('2024-03-25', 13) },
    'last-period',
    '2024-10-07',
    '21+5',
  ],
  [
    'ultrasound eight days off at 12 weeks',
    { ...base, ultrasound: scan('2024-03-25', 13, 1) },
    'ultrasound',
    '2024-09-29',
    '22+6',
  ],
  ['five days at 8 weeks', { ...base, ultrasound: scan('2024-02-26', 8, 5) }, 'last-period', '2024-10-07', '21+5'],
  ['six days at 8 weeks', { ...base, ultrasound: scan('2024-02-26', 8, 6) }, 'ultrasound', '2024-10-01', '22+4'],
  ['ten days at 20 weeks', { ...base, ultrasound: scan('2024-05-20', 18, 4) }, 'last-period', '2024-10-07', '21+5'],
  ['eleven days at 20 weeks', { ...base, ultrasound: scan('2024-05-20', 18, 3) }, 'ultrasound', '2024-10-18', '20+1'],
])('%s', (_, input, method, expectedBirth, gestation) => {
  expect(datePregnancy(input)).toMatchObject({ method, expectedBirth, gestation, implausible: false });
});

test.each<[string, Partial<PregnancyInput>, string, number | null]>([
  ['13+6', { asOf: '2024-04-07' }, 'no-restriction', 1],
  ['14+0', { asOf: '2024-04-08' }, 'no-restriction', 2],
  ['27+6', { asOf: '2024-07-14' }, 'no-restriction', 2],
  ['28+0', { asOf: '2024-07-15' }, 'letter', 3],
  ['32+0', { asOf: '2024-08-12' }, 'letter', 3],
  ['32+0', { asOf: '2024-08-12', multiple: true }, 'not-advised', 3],
  ['36+0', { asOf: '2024-09-09' }, 'not-advised', 3],
  ['44+1', { asOf: '2024-11-05' }, 'not-advised', null],
  ['-0+1', { asOf: '2023-12-31' }, 'no-restriction', null],
])('%s with %j: %s, trimester %s', (gestation, changed, airTravel, trimester) => {
  expect(datePregnancy({ ...base, ...changed })).toMatchObject({
    gestation,
    airTravel,
    trimester,
    implausible: trimester === null,
  });
});

test('antenatal contacts at 12 to 40 weeks', () => {
  const { contacts } = datePregnancy(base);
  expect(contacts.map((row) => row.week)).toEqual([12, 20, 26, 30, 34, 36, 38, 40]);
  expect(contacts[0]).toEqual({ week: 12, date: '2024-03-25', past: true });
  expect(contacts.at(-1)).toEqual({ week: 40, date: '2024-10-07', past: false });
});

test('contacts after birth', () => {
  expect(postnatalSchedule('2024-02-28').map((row) => [row.from, row.to])).toEqual([
    ['2024-02-28', '2024-02-29'],
    ['2024-03-01', '2024-03-02'],
    ['2024-03-06', '2024-03-13'],
    ['2024-04-10', '2024-04-10'],
  ]);
});

test.each<[string, Partial<PregnancyInput>, string]>([
  ['neither method', { lastPeriod: undefined }, 'last period or an ultrasound'],
  ['no such day', { lastPeriod: '2024-02-30' }, 'lastPeriod is not a calendar date'],
  ['a cycle of a year', { cycleDays: 365 }, '20 to 45 days'],
  ['a cycle that is no number', { cycleDays: Number.NaN }, '20 to 45 days'],
  ['an ultrasound of 60 weeks', { ultrasound: scan('2024-03-01', 60) }, '4 to 42 weeks'],
])('%s is refused', (_, changed, sentence) => {
  expect(() => datePregnancy({ ...base, ...changed })).toThrow(sentence);
});

test('a scan that agrees changes nothing, and a day later is a day older', () => {
  fc.assert(
    fc.property(fc.integer({ min: 15_000, max: 25_000 }), fc.integer({ min: 28, max: 280 }), (start, age) => {
      const lastPeriod = formatDay(start);
      const asOf = formatDay(start + age);
      const ultrasound = scan(asOf, Math.floor(age / 7), age % 7);
      const both = datePregnancy({ lastPeriod, asOf, ultrasound });
      expect(both).toMatchObject({ method: 'last-period', differenceDays: 0, gestationDays: age });
      expect(datePregnancy({ asOf, ultrasound }).expectedBirth).toBe(both.expectedBirth);
      expect(datePregnancy({ lastPeriod, asOf: formatDay(parseDay(asOf) + 1) }).gestationDays).toBe(age + 1);
    }),
  );
});
