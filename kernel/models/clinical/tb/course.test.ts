import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from '../../calendar.ts';
import { type DoseRecord, doseAdherence, expectedEndDate } from './adherence.ts';
import { monitoringSchedule, susceptibilityTestDue } from './monitoring.ts';
import { assignOutcome, type Bacteriology, bacteriologicalResponse, type OutcomeInput } from './outcomes.ts';

describe('monitoring', () => {
  const dates = (regimen: string, exam: string, months: number, outcomeDate?: string) =>
    monitoringSchedule({ regimen, startDate: '2024-01-10', months, outcomeDate })
      .filter((row) => row.exam === exam)
      .map((row) => row.dueDate);

  test('drug-susceptible: smear and culture in month 2 and at the end', () => {
    expect(dates('2HRZE/4HR', 'smear', 6)).toEqual(['2024-03-17', '2024-07-17']);
    expect(dates('2HRZE/4HR', 'culture', 6)).toEqual(['2024-03-17', '2024-07-17']);
    expect(dates('2HRZE/4HR', 'chest-x-ray', 6)).toEqual(['2024-01-10', '2024-03-17', '2024-07-17']);
  });

  test('visits weekly in the first month, then monthly', () => {
    expect(dates('2HRZE/4HR', 'visit', 6)).toEqual([
      '2024-01-17',
      '2024-01-24',
      '2024-01-31',
      '2024-02-07',
      '2024-02-10',
      '2024-03-10',
      '2024-04-10',
      '2024-05-10',
      '2024-06-10',
    ]);
  });

  test('BPaLM: monthly from three weeks, and six and twelve months after', () => {
    expect(dates('BPaLM', 'culture', 6, '2024-07-20')).toEqual([
      '2024-02-07',
      '2024-03-07',
      '2024-04-07',
      '2024-05-07',
      '2024-06-07',
      '2024-07-07',
      '2024-07-27',
      '2025-01-17',
      '2025-07-18',
    ]);
  });

  test('each date of one examination', () => {
    const [first] = monitoringSchedule({ regimen: '9-month-Lzd', startDate: '2024-01-10', months: 9 }).filter(
      (row) => row.exam === 'smear',
    );
    expect(first).toEqual({
      exam: 'smear',
      why: 'monthly',
      triggerDate: '2024-01-31',
      dueDate: '2024-02-07',
      overdueFrom: '2024-02-08',
      expiresOn: '2024-02-14',
      windowFrom: '2024-01-31',
      windowTo: '2024-02-14',
      planned: false,
    });
  });

  test('a start on the 31st does not creep', () => {
    const due = monitoringSchedule({ regimen: 'BPaL', startDate: '2024-01-10', months: 6 }).filter(
      (row) => row.why === 'monthly' && row.exam === 'smear',
    );
    expect(due.map((row) => row.triggerDate)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-05-31',
      '2024-06-30',
    ]);
  });

  test.each([
    ['2HRZE/4HR', '2024-03-07', false],
    ['2HRZE/4HR', '2024-03-10', true],
    ['BPaLM', '2024-05-09', false],
    ['BPaLM', '2024-05-10', true],
    ['9-month-Eto', '2024-07-10', true],
    ['longer', '2024-07-10', undefined],
  ])('%s positive on %s: susceptibility test %s', (regimen, positive, expected) => {
    expect(susceptibilityTestDue(regimen, '2024-01-10', positive)).toBe(expected);
  });

  test('no schedule, no dates', () => {
    expect(monitoringSchedule({ regimen: 'longer', startDate: '2024-01-10', months: 18 })).toEqual([]);
    expect(() => monitoringSchedule({ regimen: 'BPaL', startDate: '2024-02-30', months: 6 })).toThrow('calendar date');
  });
});

const culture = (date: string, result: Bacteriology['result']): Bacteriology => ({ date, test: 'culture', result });
const smear = (date: string, result: Bacteriology['result']): Bacteriology => ({ date, test: 'smear', result });

describe('bacteriological response', () => {
  test.each<[string, Bacteriology[], boolean, string | null, string | null]>([
    [
      'two negatives 7 days apart',
      [culture('2024-02-01', 'negative'), culture('2024-02-08', 'negative')],
      true,
      '2024-02-01',
      null,
    ],
    ['6 days apart', [culture('2024-02-01', 'negative'), culture('2024-02-07', 'negative')], true, null, null],
    [
      '6 days, then one more',
      [culture('2024-02-01', 'negative'), culture('2024-02-07', 'negative'), culture('2024-02-09', 'negative')],
      true,
      '2024-02-01',
      null,
    ],
    [
      'a positive between',
      [culture('2024-02-01', 'negative'), culture('2024-02-10', 'positive'), culture('2024-02-20', 'negative')],
      true,
      null,
      null,
    ],
    [
      'a contaminated one between',
      [culture('2024-02-01', 'negative'), culture('2024-02-10', 'contaminated'), culture('2024-02-20', 'negative')],
      true,
      '2024-02-01',
      null,
    ],
    [
      'in any order',
      [culture('2024-03-01', 'negative'), culture('2024-01-05', 'positive'), culture('2024-02-01', 'negative')],
      true,
      '2024-02-01',
      null,
    ],
    [
      'smears, susceptible',
      [smear('2024-02-01', 'negative'), smear('2024-03-01', 'negative')],
      false,
      '2024-02-01',
      null,
    ],
    ['smears, resistant', [smear('2024-02-01', 'negative'), smear('2024-03-01', 'negative')], true, null, null],
    [
      'reversion',
      [
        culture('2024-02-01', 'negative'),
        culture('2024-03-01', 'negative'),
        culture('2024-04-01', 'positive'),
        culture('2024-05-01', 'positive'),
      ],
      true,
      '2024-02-01',
      '2024-04-01',
    ],
    [
      'one positive is no reversion',
      [culture('2024-02-01', 'negative'), culture('2024-03-01', 'negative'), culture('2024-04-01', 'positive')],
      true,
      '2024-02-01',
      null,
    ],
    [
      'converted again',
      [
        culture('2024-02-01', 'negative'),
        culture('2024-03-01', 'negative'),
        culture('2024-04-01', 'positive'),
        culture('2024-05-01', 'positive'),
        culture('2024-06-01', 'negative'),
        culture('2024-07-01', 'negative'),
      ],
      true,
      '2024-06-01',
      null,
    ],
    ['nothing', [], true, null, null],
  ])('%s', (_, results, resistant, conversionDate, reversionDate) => {
    expect(bacteriologicalResponse(results, resistant)).toEqual({
      conversionDate,
      reversionDate,
      converted: conversionDate !== null && reversionDate === null,
    });
  });

  test('the order in which results arrive does not matter', () => {
    const results = fc.array(
      fc.record({
        date: fc.integer({ min: 19_000, max: 19_300 }).map(formatDay),
        test: fc.constantFrom('culture', 'smear'),
        result: fc.constantFrom('positive', 'negative'),
      }) as fc.Arbitrary<Bacteriology>,
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 19_000, max: 19_300 }), { maxLength: 8 }),
        results,
        (days, drawn) => {
          const list = days.map((day, i) => ({ ...(drawn[i] ?? culture('', 'negative')), date: formatDay(day) }));
          expect(bacteriologicalResponse([...list].reverse(), false)).toEqual(bacteriologicalResponse(list, false));
        },
      ),
    );
  });
});

const converted = [culture('2024-03-01', 'negative'), culture('2024-04-01', 'negative')];
const finished: OutcomeInput = {
  asOf: '2025-01-31',
  diagnosisDate: '2024-01-01',
  startDate: '2024-01-05',
  lastDoseDate: '2024-07-05',
  completedDate: '2024-07-05',
  resistant: false,
  pulmonary: true,
  confirmed: true,
  bacteriology: converted,
};
const running: OutcomeInput = { ...finished, asOf: '2024-05-31', lastDoseDate: '2024-05-20', completedDate: null };

test.each<[string, OutcomeInput, string, string]>([
  ['cured', finished, 'cured', 'bacteriological-response'],
  ['completed without cultures', { ...finished, bacteriology: [] }, 'treatment-completed', 'no-evidence-of-response'],
  [
    'clinically diagnosed is never cured',
    { ...finished, confirmed: false },
    'treatment-completed',
    'clinically-diagnosed',
  ],
  ['extrapulmonary is never cured', { ...finished, pulmonary: false }, 'treatment-completed', 'extrapulmonary'],
  [
    'reverted is not cured',
    { ...finished, bacteriology: [...converted, culture('2024-05-01', 'positive'), culture('2024-06-01', 'positive')] },
    'treatment-completed',
    'reverted',
  ],
  [
    'failed',
    { ...finished, failure: { date: '2024-05-01', reason: 'added-resistance' } },
    'treatment-failed',
    'added-resistance',
  ],
  [
    'failed for an adverse reaction',
    { ...finished, failure: { date: '2024-05-01', reason: 'adverse-reaction' } },
    'treatment-failed',
    'adverse-reaction',
  ],
  ['died on treatment', { ...running, diedDate: '2024-05-25' }, 'died', 'during-treatment'],
  [
    'died before treatment',
    { ...running, startDate: null, lastDoseDate: null, diedDate: '2024-01-20' },
    'died',
    'before-treatment',
  ],
  [
    'died after failing: failed',
    { ...running, failure: { date: '2024-05-01', reason: 'no-clinical-response' }, diedDate: '2024-05-25' },
    'treatment-failed',
    'no-clinical-response',
  ],
  [
    'died the day it failed: died',
    { ...running, failure: { date: '2024-05-25', reason: 'no-clinical-response' }, diedDate: '2024-05-25' },
    'died',
    'during-treatment',
  ],
  ['died after completing: cured', { ...finished, diedDate: '2024-12-01' }, 'cured', 'bacteriological-response'],
  ['interrupted two months', { ...running, asOf: '2024-07-20' }, 'lost-to-follow-up', 'interrupted-two-months'],
  ['a day short of two months', { ...running, asOf: '2024-07-19' }, 'none-yet', 'on-treatment'],
  [
    'never started, two months',
    { ...running, startDate: null, lastDoseDate: null, asOf: '2024-03-01' },
    'lost-to-follow-up',
    'did-not-start',
  ],
  [
    'transferred, no answer',
    { ...running, transferredOut: true, asOf: '2025-01-31' },
    'not-evaluated',
    'transferred-out-outcome-unknown',
  ],
  ['transferred, answered', { ...finished, transferredOut: true }, 'cured', 'bacteriological-response'],
  ['cohort closed', { ...running, cohortClosed: true }, 'not-evaluated', 'no-outcome-assigned'],
  ['on treatment', running, 'none-yet', 'on-treatment'],
  ['a duplicate', { ...finished, deNotified: true }, 'de-notified', 'not-tb-or-duplicate'],
  [
    'judged before it ended',
    { ...finished, asOf: '2024-06-30', lastDoseDate: '2024-06-29' },
    'none-yet',
    'on-treatment',
  ],
])('outcome: %s', (_, input, outcome, reason) => {
  const result = assignOutcome(input);
  expect(result).toMatchObject({ outcome, reason, success: outcome === 'cured' || outcome === 'treatment-completed' });
});

describe('adherence', () => {
  const days = (from: string, count: number, status: DoseRecord['status']): DoseRecord[] =>
    Array.from({ length: count }, (_, i) => ({ date: formatDay(parseDay(from) + i), status }));

  test.each<[string, DoseRecord[], string, number, string, string | null]>([
    ['all taken', days('2024-01-01', 10, 'observed'), '2024-01-10', 1, 'good', null],
    ['exactly 90 %', days('2024-01-01', 9, 'observed'), '2024-01-10', 0.9, 'good', 'message'],
    ['two days', days('2024-01-01', 8, 'observed'), '2024-01-10', 0.8, 'moderate', 'call'],
    ['three days', days('2024-01-01', 7, 'observed'), '2024-01-10', 0.7, 'poor', 'visit'],
    ['fourteen days', days('2024-01-01', 7, 'observed'), '2024-01-21', 7 / 21, 'poor', 'clinical-review'],
    ['two months', days('2024-01-01', 31, 'observed'), '2024-03-31', 31 / 91, 'poor', 'lost-to-follow-up'],
    ['a day short of two months', days('2024-01-01', 31, 'observed'), '2024-03-30', 31 / 90, 'poor', 'clinical-review'],
    ['videos accepted count', days('2024-01-01', 10, 'video-accepted'), '2024-01-10', 1, 'good', null],
    [
      'a pending video is not verified, nor missed',
      days('2024-01-01', 10, 'video-pending'),
      '2024-01-10',
      0,
      'poor',
      null,
    ],
    ['a rejected video is missed', days('2024-01-01', 10, 'video-rejected'), '2024-01-10', 0, 'poor', 'visit'],
    ['self-reports are counted apart', days('2024-01-01', 10, 'self-reported'), '2024-01-10', 0, 'poor', null],
  ])('%s', (_, records, asOf, adherence, band, action) => {
    const result = doseAdherence(records, '2024-01-01', asOf);
    expect(result).toMatchObject({ band, action });
    expect(result.adherence).toBeCloseTo(adherence, 12);
  });

  test('more than a tenth of four weeks asks for a visit, though none missed in a row today', () => {
    const records = days('2024-01-01', 28, 'observed').filter((_, i) => ![3, 9, 15].includes(i));
    expect(doseAdherence(records, '2024-01-01', '2024-01-28')).toMatchObject({ missedInARow: 0, action: 'visit' });
    expect(
      doseAdherence(records.concat(days('2024-01-04', 1, 'observed')), '2024-01-01', '2024-01-28').action,
    ).toBeNull();
  });

  test('two records of a day count once, doses before the start and after today not at all', () => {
    const twice = [
      ...days('2024-01-01', 5, 'observed'),
      ...days('2024-01-01', 5, 'self-reported'),
      ...days('2023-12-01', 5, 'observed'),
      ...days('2024-02-01', 5, 'observed'),
    ];
    expect(doseAdherence(twice, '2024-01-01', '2024-01-05')).toMatchObject({
      prescribed: 5,
      verified: 5,
      selfReported: 0,
      adherence: 1,
    });
  });

  test('nothing due yet', () => {
    expect(doseAdherence([], '2024-01-02', '2024-01-01')).toMatchObject({
      prescribed: 0,
      adherence: null,
      band: null,
      action: null,
    });
  });

  test('weekly doses', () => {
    expect(doseAdherence([{ date: '2024-01-01', status: 'observed' }], '2024-01-01', '2024-01-14', 7)).toMatchObject({
      prescribed: 2,
      verified: 1,
      missedInARow: 1,
      action: 'visit',
    });
  });

  test('each missed dose moves the end', () => {
    expect(expectedEndDate('2024-01-01', 168, 0)).toBe('2024-06-16');
    expect(expectedEndDate('2024-01-01', 168, 10)).toBe('2024-06-26');
  });

  test('never above 1, never below 0, whatever is recorded', () => {
    const record = fc.record({
      date: fc.integer({ min: 19_700, max: 19_800 }).map(formatDay),
      status: fc.constantFrom(
        'observed',
        'video-accepted',
        'video-pending',
        'video-rejected',
        'self-reported',
        'missed',
      ),
    }) as fc.Arbitrary<DoseRecord>;
    fc.assert(
      fc.property(fc.array(record), fc.integer({ min: 1, max: 7 }), (records, every) => {
        const result = doseAdherence(records, formatDay(19_720), formatDay(19_780), every);
        expect(result.adherence).toBeGreaterThanOrEqual(0);
        expect(result.adherenceWithSelfReports).toBeLessThanOrEqual(1);
        expect(result.verified + result.selfReported + result.missedInARow).toBeLessThanOrEqual(result.prescribed);
      }),
    );
  });
});
