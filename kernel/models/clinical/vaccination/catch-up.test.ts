import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDay, parseDay } from '../../calendar.ts';
import { type CatchUpInput, type GivenDose, vaccinationCatchUp } from './catch-up.ts';
import { schedules } from './schedule.table.ts';

const birthDate = '2023-01-01';
const day = (age: number) => formatDay(parseDay(birthDate) + age);
const given = (antigen: string, ...ages: number[]): GivenDose[] =>
  ages.map((age) => ({ antigen, date: day(age), documented: true }));
const rows = (input: Partial<CatchUpInput>) => vaccinationCatchUp({ birthDate, asOf: day(365), given: [], ...input });
const of = (antigen: string, input: Partial<CatchUpInput>) =>
  rows({ antigens: [antigen], ...input }).map(({ dose, status, date, reason }) => [dose, status, date, reason]);

test('an unvaccinated child of one: what may be given today, and what follows four weeks later', () => {
  expect(of('dtp-hepb-hib', {})).toEqual([
    [1, 'overdue', day(365), null],
    [2, 'later', day(393), null],
    [3, 'later', day(421), null],
  ]);
  expect(
    rows({})
      .filter((row) => row.status === 'due' || row.status === 'overdue')
      .map((row) => row.antigen),
  ).toEqual(['bcg', 'dtp-hepb-hib', 'opv', 'ipv', 'pcv', 'rotavirus', 'measles-rubella', 'yellow-fever']);
  expect(of('hepb-birth', {})).toEqual([[1, 'too-old', null, 'too-old']]);
});

test('a series is continued, never begun again', () => {
  expect(of('dtp-hepb-hib', { given: given('dtp-hepb-hib', 42) })).toEqual([
    [1, 'given', day(42), null],
    [2, 'overdue', day(365), null],
    [3, 'later', day(393), null],
  ]);
});

test.each<[string, GivenDose[], string | null]>([
  ['in time', given('dtp-hepb-hib', 42, 70), null],
  ['27 days after the first', given('dtp-hepb-hib', 45, 72), 'interval'],
  ['before six weeks', given('dtp-hepb-hib', 41), 'too-young'],
  ['before birth', given('dtp-hepb-hib', -5), 'before-birth'],
  ['tomorrow', given('dtp-hepb-hib', 366), 'in-the-future'],
  ['a fourth', given('dtp-hepb-hib', 42, 70, 98, 200), 'series-complete'],
  ['without proof', [{ antigen: 'dtp-hepb-hib', date: day(42), documented: false }], 'not-documented'],
])('a dose %s', (_, doses, reason) => {
  const found = rows({ given: doses, antigens: ['dtp-hepb-hib'] }).filter((row) => row.status === 'not-counted');
  expect(found.map((row) => row.reason)).toEqual(reason === null ? [] : [reason]);
});

test('a vaccine the schedule does not know is listed, not lost', () => {
  expect(rows({ given: given('smallpox', 30) })[0]).toMatchObject({
    antigen: 'smallpox',
    status: 'not-counted',
    reason: 'unknown-antigen',
  });
});

test.each([
  [270 + 4, 270 + 4, true],
  [274, 275, false],
  [274, 301, false],
  [274, 302, true],
])('measles on day %i, yellow fever on day %i: counts %s', (measles, yellow, counts) => {
  const found = rows({
    asOf: day(800),
    given: [...given('measles-rubella', measles), ...given('yellow-fever', yellow)],
  });
  const yellowFever = found.find((row) => row.antigen === 'yellow-fever' && row.date === day(yellow));
  expect(yellowFever).toMatchObject(counts ? { status: 'given' } : { status: 'not-counted', reason: 'live-interval' });
});

test('a live vaccine waits 28 days after another given ten days ago, or goes in the same day', () => {
  expect(of('yellow-fever', { given: given('measles-rubella', 355) })).toEqual([[1, 'later', day(383), null]]);
  expect(of('yellow-fever', { given: given('measles-rubella', 365) })).toEqual([[1, 'overdue', day(365), null]]);
});

test('live vaccines are not given where they are contraindicated; others are', () => {
  expect(of('measles-rubella', { noLiveVaccines: true })).toEqual([[1, 'contraindicated', null, 'live-vaccine']]);
  expect(of('opv', { noLiveVaccines: true })[0]).toEqual([1, 'overdue', day(365), null]);
});

test('a newborn: today or at the recommended age', () => {
  expect(of('dtp-hepb-hib', { asOf: day(0) })).toEqual([
    [1, 'later', day(42), null],
    [2, 'later', day(70), null],
    [3, 'later', day(98), null],
  ]);
  expect(of('bcg', { asOf: day(0) })).toEqual([[1, 'due', day(0), null]]);
  expect(of('measles-rubella', { asOf: day(0) })).toEqual([
    [1, 'later', day(274), null],
    [2, 'later', day(457), null],
  ]);
});

test('a dose that may be given early waits for its recommended age, and counts when it was early', () => {
  expect(of('measles-rubella', { asOf: day(330), given: given('measles-rubella', 274) })).toEqual([
    [1, 'given', day(274), null],
    [2, 'later', day(457), null],
  ]);
  expect(of('measles-rubella', { asOf: day(330), given: given('measles-rubella', 274, 310) })).toEqual([
    [1, 'given', day(274), null],
    [2, 'given', day(310), null],
  ]);
});

test('an adult: tetanus and diphtheria instead of the infant combination; two of measles and rubella', () => {
  const adult = { asOf: day(30 * 365) };
  expect(of('dtp-hepb-hib', adult)).toEqual([[1, 'too-old', null, 'too-old']]);
  expect(of('td', adult).map((row) => row[1])).toEqual(['overdue', 'later', 'later']);
  expect(of('measles-rubella', adult).map((row) => row[1])).toEqual(['overdue', 'later']);
  // Three infant doses a month apart count for two; the third has to be six months later.
  expect(of('td', { ...adult, given: given('dtp-hepb-hib', 42, 70, 98) })).toEqual([
    [3, 'overdue', day(30 * 365), null],
  ]);
  expect(of('td', { ...adult, given: given('dtp-hepb-hib', 42, 70, 300) })).toEqual([]);
  expect(of('td', { asOf: day(365) })).toEqual([]);
});

test('fewer doses of pneumococcal vaccine for those who begin late', () => {
  const doses = (age: number) => rows({ asOf: day(age), antigens: ['pcv'] }).length;
  expect([doses(100), doses(364), doses(365), doses(730), doses(5 * 365)]).toEqual([3, 3, 2, 1, 1]);
  expect(of('pcv', { asOf: day(5 * 365) })).toEqual([[1, 'too-old', null, 'too-old']]);
});

test.each([
  [{ birthDate: '2023-02-30' }, 'birthDate is not a calendar date'],
  [{ asOf: 'today' }, 'asOf is not a calendar date'],
  [{ schedule: 'mars' }, 'no schedule "mars"'],
])('%j is refused', (changed, sentence) => {
  expect(() => rows(changed)).toThrow(sentence);
});

test('doing what is due, when it is due, leaves nothing to object to', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), (age) => {
      let done: GivenDose[] = [];
      for (let visit = 0; visit < 14; visit++) {
        const plan = rows({ asOf: day(age), given: done });
        expect(plan.filter((row) => row.status === 'not-counted')).toEqual([]);
        done = done.concat(
          plan
            .filter((row) => row.status === 'due' || row.status === 'overdue')
            .map((row) => ({ antigen: row.antigen, date: row.date!, documented: true })),
        );
        age += 200;
      }
      const open = rows({ asOf: day(age), given: done }).filter(
        (row) => row.status === 'due' || row.status === 'overdue',
      );
      expect(open).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('schedules are in order: ages rise within a series', () => {
  for (const { series } of schedules) {
    for (const { doses } of series) {
      doses.slice(1).forEach((dose, i) => {
        expect(dose.minimumAgeDays).toBeGreaterThanOrEqual(doses[i]!.minimumAgeDays);
      });
    }
  }
});
