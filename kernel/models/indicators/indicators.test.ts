import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contactIndicators, crossBorderContinuity } from './continuity.ts';
import { endTbProgress } from './end-tb.ts';
import { mipexHealth } from './mipex.ts';
import { proportion, ratePer } from './proportion.ts';
import { cascadeShares, followThrough, type ReferralRecord } from './referrals.ts';
import { seedFigures } from './seed-figures.table.ts';
import { tbIndicatorRows } from './tb.table.ts';
import { ageGroup, type TbCaseRecord, type TbIndicatorInput, tbIndicators } from './tb.ts';
import { geometricMean, uhcIndex, uhcServiceCoverage } from './uhc.ts';
import { voucherIndicators } from './vouchers.ts';

describe('shares', () => {
  // Intervals worked out apart from this code, from Wilson's formula in another language.
  test.each([
    [0, 10, 0, 0, 0.2775328],
    [10, 10, 1, 0.7224672, 1],
    [5, 10, 0.5, 0.2365931, 0.7634069],
    [646, 775, 0.8335484, 0.8056918, 0.8581146],
  ])('%i of %i', (numerator, denominator, value, low, high) => {
    const share = proportion(numerator, denominator);
    expect(share.value).toBeCloseTo(value, 6);
    expect(share.low).toBeCloseTo(low, 5);
    expect(share.high).toBeCloseTo(high, 5);
  });

  test('none of none is not nought', () => {
    expect(proportion(0, 0)).toEqual({ numerator: 0, denominator: 0, value: null, low: null, high: null });
    expect(ratePer(0, 0)).toBeNull();
    expect(ratePer(25, 50_000)).toBe(50);
  });

  test.each([
    [478, 132],
    [-1, 5],
    [1.5, 5],
    [Number.NaN, 5],
    [1, Number.POSITIVE_INFINITY],
  ])('%s of %s is no share', (numerator, denominator) => {
    expect(() => proportion(numerator, denominator)).toThrow(RangeError);
  });

  test('the interval holds the value, inside 0 and 1, and narrows with more people', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, n) => {
        const k = Math.min(a, n);
        const share = proportion(k, n);
        expect(share.low).toBeLessThanOrEqual(share.value!);
        expect(share.high).toBeGreaterThanOrEqual(share.value!);
        expect(share.low).toBeGreaterThanOrEqual(0);
        expect(share.high).toBeLessThanOrEqual(1);
        const tenfold = proportion(k * 10, n * 10);
        expect(tenfold.high! - tenfold.low!).toBeLessThan(share.high! - share.low!);
      }),
    );
  });
});

describe('vouchers: the published scheme', () => {
  test('children: 646 of 775 issued', () => {
    const { issuedOfEligible, impliedPopulation } = voucherIndicators({
      eligible: 775,
      issued: 646,
      eligibleShareOfPopulation: 0.125,
    });
    expect(issuedOfEligible!.value).toBeCloseTo(0.8335, 4);
    expect(impliedPopulation).toBe(6200);
  });

  test('women: 132 of 167 served, 478 services are a ratio', () => {
    const women = voucherIndicators({ eligible: 167, served: 132, services: 478, eligibleShareOfPopulation: 0.027 });
    expect(women.servedOfEligible!.value).toBeCloseTo(0.7904, 4);
    expect(women.servicesPerServed).toBeCloseTo(3.62, 2);
    expect(women.servicesPerEligible).toBeCloseTo(2.86, 2);
    expect(women.impliedPopulation).toBeCloseTo(6185, 0);
  });

  test('more served than eligible is refused, nobody served has no ratio', () => {
    expect(() => voucherIndicators({ eligible: 132, served: 478 })).toThrow('not a share');
    expect(voucherIndicators({ eligible: 10, served: 0, services: 0 }).servicesPerServed).toBeNull();
    expect(() => voucherIndicators({ eligible: 10, eligibleShareOfPopulation: 0 })).toThrow('above 0');
  });
});

describe('service coverage', () => {
  const areas = [
    [60, 70, 85, 55],
    [62, 58, 75],
    [48, 65, 78],
    [72, 40, 66],
  ];

  test('the worked check: 66.567, 64.609, 62.433, 57.497 → 62.684', () => {
    const means = areas.map((area) => geometricMean(area));
    expect(means.map((value) => Number(value!.toFixed(3)))).toEqual([66.567, 64.609, 62.433, 57.497]);
    expect(uhcIndex(means)).toBeCloseTo(62.684, 3);
  });

  const values = {
    'family-planning': 60,
    'antenatal-4': 70,
    'dtp-3': 85,
    'ari-care': 55,
    tb: 62,
    art: 58,
    sanitation: 75,
    hypertension: 48,
    glucose: 5.8,
    tobacco: 89,
    beds: 12.96,
    'health-workers': 40,
    'health-security': 66,
  };

  test('the same from raw values: glucose, tobacco and beds are rescaled, nets left out where malaria is rare', () => {
    const result = uhcServiceCoverage(values, { highMalaria: false });
    expect(result.index).toBeCloseTo(62.684, 3);
    expect(result.missing).toEqual([]);
    expect(uhcServiceCoverage(values, { highMalaria: true }).missing).toEqual(['bed-nets']);
    expect(uhcServiceCoverage({ ...values, 'bed-nets': 10 }, { highMalaria: false }).index).toBe(result.index);
    expect(uhcServiceCoverage({ ...values, 'bed-nets': 10 }, { highMalaria: true }).index).toBeLessThan(result.index!);
  });

  test('a zero counts as one, more than all as all', () => {
    expect(geometricMean([0, 100])).toBeCloseTo(10, 12);
    const full = { ...values, beds: 40 };
    expect(uhcServiceCoverage(full, { highMalaria: false }).areas[3]!.value).toBeCloseTo((100 * 40 * 66) ** (1 / 3), 9);
  });

  test('an area without a tracer has no index; nonsense is refused', () => {
    expect(uhcServiceCoverage({ tb: 62 }, { highMalaria: false })).toMatchObject({ index: null });
    expect(() => uhcServiceCoverage({ tbx: 62 }, { highMalaria: false })).toThrow('no tracer');
    expect(() => uhcServiceCoverage({ tb: Number.NaN }, { highMalaria: false })).toThrow('not a number');
  });

  test('a better tracer never lowers the index', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('family-planning', 'tb', 'hypertension', 'health-workers'),
        fc.nat(60),
        (tracer, more) => {
          const better = { ...values, [tracer]: values[tracer as 'tb'] + more };
          expect(uhcServiceCoverage(better, { highMalaria: false }).index).toBeGreaterThanOrEqual(
            uhcServiceCoverage(values, { highMalaria: false }).index!,
          );
        },
      ),
    );
  });
});

describe('follow-through', () => {
  const referral = (more: Partial<ReferralRecord> = {}): ReferralRecord => ({
    issued: '2024-01-10',
    kind: 'community',
    ...more,
  });
  const served = (date: string, more: Partial<ReferralRecord> = {}) =>
    referral({ served: date, confirmedBy: 'facility', ...more });
  const rate = (referrals: ReferralRecord[], more = {}) =>
    followThrough({ referrals, from: '2024-01-01', to: '2024-01-31', ...more })[0];

  test.each<[string, ReferralRecord, number]>([
    ['the same day', served('2024-01-10'), 1],
    ['day 14', served('2024-01-24'), 1],
    ['day 15', served('2024-01-25'), 0],
    ['across a border, day 30', served('2024-02-09', { kind: 'cross-border' }), 1],
    ['across a border, day 31', served('2024-02-10', { kind: 'cross-border' }), 0],
    ['immediate danger, day 2', served('2024-01-12', { kind: 'immediate' }), 0],
    ['served, not confirmed', referral({ served: '2024-01-12' }), 0],
    ['not served', referral(), 0],
  ])('%s', (_, row, numerator) => {
    expect(rate([row])).toMatchObject({ numerator, denominator: 1 });
  });

  test('those who died, declined before issue or were entered in error leave the denominator; other periods too', () => {
    const rows = (['died', 'declined-before-issue', 'entered-in-error'] as const).map((excluded) =>
      referral({ excluded }),
    );
    expect(
      rate([...rows, served('2024-01-12'), referral({ issued: '2024-02-01' }), referral({ issued: '2023-12-31' })]),
    ).toMatchObject({
      numerator: 1,
      denominator: 1,
      aboveBenchmark: true,
      medianDays: 2,
    });
  });

  test('exactly 60 % is not above 60 %', () => {
    const rows = [served('2024-01-12'), served('2024-01-12'), served('2024-01-12'), referral(), referral()];
    expect(rate(rows)).toMatchObject({ value: 0.6, aboveBenchmark: false });
  });

  test('what is still open is said', () => {
    expect(rate([referral(), served('2024-01-12')], { asOf: '2024-01-20' })).toMatchObject({
      stillOpen: 1,
      denominator: 2,
    });
    expect(rate([referral()], { asOf: '2024-01-24' })).toMatchObject({ stillOpen: 0 });
  });

  test('by group, with the cascade and the source of confirmation', () => {
    const [a] = followThrough({
      referrals: [
        served('2024-01-12', { group: 'a', fedBack: '2024-01-20' }),
        referral({ group: 'a', accepted: '2024-01-11', attended: '2024-01-12' }),
        referral({ group: 'a', served: '2024-01-13', confirmedBy: 'self-report' }),
        referral({ group: 'b' }),
      ],
      from: '2024-01-01',
      to: '2024-01-31',
      byGroup: true,
    });
    expect(a).toMatchObject({
      group: 'a',
      numerator: 2,
      denominator: 3,
      byConfirmation: { facility: 1, phone: 0, 'self-report': 1, 'not-confirmed': 0 },
    });
    expect(a!.cascade.map((row) => row.count)).toEqual([3, 3, 3, 2, 1]);
  });

  test('a published cascade: 80.5 % of the accepted, 29.3 % of the eligible', () => {
    const steps = cascadeShares([
      { step: 'identified', count: 5104 },
      { step: 'accepted', count: 1856 },
      { step: 'completed', count: 1495 },
    ]);
    expect(steps[2]!.ofPrevious).toBeCloseTo(0.805, 3);
    expect(steps[2]!.ofFirst).toBeCloseTo(0.293, 3);
  });

  test('a service before its referral, or a date that is none, is refused', () => {
    expect(() => rate([served('2024-01-09')])).toThrow('before its referral');
    expect(() => rate([served('2024-13-09')])).toThrow('calendar date');
  });

  test('no referral at all: no group, no rate', () => {
    expect(rate([])).toMatchObject({ value: null, denominator: 0, aboveBenchmark: null });
  });
});

describe('TB indicators', () => {
  const tb = (more: Partial<TbCaseRecord> = {}): TbCaseRecord => ({
    diagnosisDate: '2024-02-15',
    history: 'new',
    site: 'pulmonary',
    method: 'bacteriologically-confirmed',
    started: true,
    ...more,
  });
  const year = { from: '2024-01-01', to: '2024-12-31' };
  const get = (id: string, cases: TbCaseRecord[], more: Partial<TbIndicatorInput> = {}) =>
    tbIndicators({ cases, ...year, ids: [`TB.IND.${id}`], ...more })[0]!;

  test.each<[string, string, TbCaseRecord[], number, number | null]>([
    [
      'new, recurrent and unknown are notified, re-registered are not',
      '8',
      [tb(), tb({ history: 'recurrent' }), tb({ history: 'unknown' }), tb({ history: 're-registered' })],
      3,
      null,
    ],
    [
      'transferred in are notified elsewhere',
      '8',
      [tb(), tb({ transferred: 'in' }), tb({ transferred: 'out' })],
      2,
      null,
    ],
    ['de-notified leave every count', '8', [tb(), tb({ deNotified: true })], 1, null],
    [
      'other years do not count',
      '8',
      [tb(), tb({ diagnosisDate: '2023-12-31' }), tb({ diagnosisDate: '2025-01-01' })],
      1,
      null,
    ],
    ['re-registered', '10', [tb(), tb({ history: 're-registered' })], 1, null],
    [
      'confirmed of pulmonary',
      '11',
      [tb(), tb({ method: 'clinically-diagnosed' }), tb({ site: 'extrapulmonary' }), tb({ site: 'both' })],
      2,
      3,
    ],
    ['rapid test first', '12', [tb({ rapidTestFirst: true }), tb()], 1, 2],
    ['HIV known', '15', [tb({ hiv: 'negative' }), tb({ hiv: 'positive' }), tb({ hiv: 'unknown' }), tb()], 2, 4],
    [
      'on antiretrovirals',
      '17',
      [tb({ hiv: 'positive', onAntiretrovirals: true }), tb({ hiv: 'positive' }), tb({ onAntiretrovirals: true })],
      1,
      2,
    ],
    [
      'rifampicin tested',
      '18',
      [
        tb({ rifampicin: 'susceptible' }),
        tb({ rifampicin: 'unknown' }),
        tb({ rifampicin: 'resistant', history: 're-registered' }),
      ],
      2,
      3,
    ],
    [
      'isoniazid tested too',
      '19',
      [
        tb({ rifampicin: 'susceptible', isoniazid: 'resistant' }),
        tb({ rifampicin: 'resistant' }),
        tb({ isoniazid: 'resistant' }),
      ],
      1,
      2,
    ],
    [
      'fluoroquinolones tested',
      '21',
      [tb({ rifampicin: 'resistant', fluoroquinolone: 'susceptible' }), tb({ rifampicin: 'resistant' })],
      1,
      2,
    ],
    [
      'rifampicin-resistant of tested',
      '27',
      [tb({ rifampicin: 'resistant' }), tb({ rifampicin: 'susceptible' }), tb()],
      1,
      2,
    ],
    [
      'multidrug-resistant',
      '28',
      [
        tb({ rifampicin: 'resistant', isoniazid: 'resistant' }),
        tb({ rifampicin: 'resistant', isoniazid: 'susceptible' }),
        tb({ rifampicin: 'resistant' }),
      ],
      1,
      2,
    ],
  ])('%s', (_, id, cases, numerator, denominator) => {
    const result = get(id, cases);
    expect(result.numerator).toBe(numerator);
    if (denominator !== null) {
      expect(result.denominator).toBe(denominator);
    }
  });

  test('the rate per 100,000 needs a population', () => {
    expect(get('9', [tb(), tb()], { population: 50_000 }).rate).toBe(4);
    expect(get('9', [tb(), tb()]).rate).toBeNull();
  });

  const lastYear = (outcome: TbCaseRecord['outcome'], more: Partial<TbCaseRecord> = {}) =>
    tb({ diagnosisDate: '2023-06-01', outcome, ...more });

  test('outcomes are those of twelve months earlier', () => {
    const cases = [lastYear('cured'), lastYear('treatment-completed'), lastYear('died'), tb({ outcome: 'cured' })];
    expect(get('37', cases)).toMatchObject({ numerator: 2, denominator: 3 });
    expect(get('35', cases)).toMatchObject({ numerator: 1, denominator: 3 });
  });

  test('no answer is not evaluated, never success; nobody is lost between the outcomes', () => {
    const cases = [
      lastYear('cured'),
      lastYear(undefined),
      lastYear('none-yet'),
      lastYear('not-evaluated'),
      lastYear('lost-to-follow-up'),
    ];
    expect(get('37', cases)).toMatchObject({ numerator: 1, denominator: 5 });
    expect(get('41', cases)).toMatchObject({ numerator: 3, denominator: 5 });
  });

  test('two families: of those who started, and of all registered', () => {
    const cases = [
      lastYear('cured'),
      lastYear('died', { started: false }),
      lastYear('lost-to-follow-up', { started: false }),
    ];
    expect(get('39', cases)).toMatchObject({ numerator: 0, denominator: 1 });
    expect(get('46', cases)).toMatchObject({ numerator: 1, denominator: 3 });
    expect(get('47', cases)).toMatchObject({ numerator: 1, denominator: 3 });
  });

  test('transferred in are added to the treated, transferred out taken off', () => {
    const cases = [
      lastYear('cured'),
      lastYear('cured', { transferred: 'in' }),
      lastYear('cured', { transferred: 'out' }),
    ];
    expect(get('37', cases)).toMatchObject({ numerator: 2, denominator: 2 });
  });

  test('a "cure" of a clinically diagnosed case is not counted as one', () => {
    expect(get('35', [lastYear('cured', { method: 'clinically-diagnosed' })])).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
  });

  test('a quarter looks at the same quarter a year before, to its last day', () => {
    const quarter = { from: '2024-01-01', to: '2024-03-31' };
    const cases = ['2022-12-31', '2023-01-01', '2023-03-31', '2023-04-01'].map((diagnosisDate) =>
      tb({ diagnosisDate, outcome: 'cured' }),
    );
    expect(get('37', cases, quarter).denominator).toBe(2);
    const leap = { from: '2024-02-01', to: '2024-02-29' };
    expect(
      get(
        '37',
        [tb({ diagnosisDate: '2023-02-28', outcome: 'cured' }), tb({ diagnosisDate: '2023-03-01', outcome: 'cured' })],
        leap,
      ).denominator,
    ).toBe(1);
  });

  test.each([
    [0, '0–4'],
    [4.9, '0–4'],
    [5, '5–9'],
    [14, '10–14'],
    [15, '15–19'],
    [24.99, '20–24'],
    [25, '25–34'],
    [64, '55–64'],
    [65, '65+'],
    [120, '65+'],
    [undefined, 'unknown'],
    [Number.NaN, 'unknown'],
    [-1, 'unknown'],
  ])('age %s is %s', (age, group) => {
    expect(ageGroup(age)).toBe(group);
  });

  test('by sex, age and area; the parts add up to the whole', () => {
    const person = fc.record({
      sex: fc.constantFrom('male', 'female', 'intersex', 'unknown', undefined),
      ageYears: fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
      area: fc.constantFrom('a', 'b', undefined),
      history: fc.constantFrom('new', 'recurrent', 're-registered', 'unknown'),
      hiv: fc.constantFrom('positive', 'negative', 'unknown', undefined),
      diagnosisDate: fc.constantFrom('2023-05-01', '2024-05-01'),
      outcome: fc.constantFrom('cured', 'died', 'not-evaluated', undefined),
    }) as fc.Arbitrary<Partial<TbCaseRecord>>;
    fc.assert(
      fc.property(fc.array(person), fc.constantFrom('sex', 'age-group', 'area'), (people, by) => {
        const cases = people.map((row) => tb(row));
        const whole = tbIndicators({ cases, ...year });
        const parts = tbIndicators({ cases, ...year, by: by as 'sex' });
        for (const row of whole) {
          const mine = parts.filter((part) => part.id === row.id);
          expect(mine.reduce((sum, part) => sum + part.numerator, 0)).toBe(row.numerator);
          if (row.kind === 'share') {
            expect(mine.reduce((sum, part) => sum + part.denominator!, 0)).toBe(row.denominator);
          }
        }
        const outcomes = whole.filter((row) => ['35', '36', '38', '39', '40', '41'].includes(row.id.slice(7)));
        expect(outcomes.reduce((sum, row) => sum + row.numerator, 0)).toBe(outcomes[0]!.denominator);
      }),
      { numRuns: 50 },
    );
  });

  test('every row of the table has its own number and names its source', () => {
    expect(new Set(tbIndicatorRows.map((row) => row.id)).size).toBe(tbIndicatorRows.length);
    expect(tbIndicatorRows).toHaveLength(26);
  });

  test('a period that ends before it begins, or a date that is none, is refused', () => {
    expect(() => tbIndicators({ cases: [], from: '2024-02-01', to: '2024-01-01' })).toThrow('ends before');
    expect(() => tbIndicators({ cases: [tb({ diagnosisDate: 'x' })], ...year })).toThrow('calendar date');
  });
});

test('continuity: an arrival on day 14 counts, a silent destination is no success', () => {
  const sent = '2024-01-01';
  const result = crossBorderContinuity([
    {
      sent,
      arrivedOnTreatment: '2024-01-15',
      lastDoseBefore: '2024-01-01',
      firstDoseAfter: '2024-01-04',
      outcome: 'cured',
    },
    {
      sent,
      arrivedOnTreatment: '2024-01-16',
      lastDoseBefore: '2024-01-01',
      firstDoseAfter: '2024-01-02',
      outcome: 'died',
    },
    { sent },
    { sent, outcome: 'not-evaluated' },
    { sent, excluded: true, outcome: 'cured' },
  ]);
  expect(result.arrivedInTime).toMatchObject({ numerator: 1, denominator: 4 });
  expect(result.outcomeKnown).toMatchObject({ numerator: 2, denominator: 4 });
  expect(result.success).toMatchObject({ numerator: 1, denominator: 4 });
  expect(result).toMatchObject({ gapDaysMedian: 1, gapDaysKnown: 2 });
});

test('contacts: screened of listed, started of eligible, completed of those due', () => {
  const contact = {
    screened: true,
    eligibleForPrevention: false,
    startedPrevention: false,
    dueToComplete: false,
    completed: false,
  };
  const result = contactIndicators([
    contact,
    { ...contact, eligibleForPrevention: true, startedPrevention: true },
    { ...contact, eligibleForPrevention: true },
    { ...contact, screened: false, dueToComplete: true, completed: true, startedPrevention: true },
  ]);
  expect([result[49], result[50], result[51]].map((row) => [row.numerator, row.denominator])).toEqual([
    [3, 4],
    [1, 2],
    [1, 1],
  ]);
});

test('MIPEX health: access and quality apart', () => {
  const scores = { entitlement: [100, 50], accessibility: [50], responsiveness: [0, 0], change: [100] };
  expect(mipexHealth(scores)).toEqual({
    scales: { entitlement: 75, accessibility: 50, responsiveness: 0, change: 100 },
    access: 62.5,
    quality: 50,
    total: 56.25,
    indicators: 6,
  });
  expect(mipexHealth({ entitlement: [100] })).toMatchObject({ access: null, total: null });
  expect(() => mipexHealth({ entitlement: [75] })).toThrow('0, 50 or 100');
});

describe('published figures', () => {
  const of = (id: string) => seedFigures.find((row) => row.id === id)!;

  test('shares', () => {
    const value = (id: string) => {
      const figure = of(id);
      return figure.kind === 'share' ? proportion(figure.numerator, figure.denominator).value : null;
    };
    expect(value('voucher-children-issued')).toBeCloseTo(0.8335, 4);
    expect(value('voucher-women-served')).toBeCloseTo(0.7904, 4);
  });

  test.each(seedFigures.filter((row) => row.kind === 'split'))(
    '$id adds up, each part as near as whole numbers come',
    (figure) => {
      const { total, percents, counts } = figure;
      expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
      expect(percents.reduce((a, b) => a + b, 0)).toBe(100);
      const exact = percents.map((percent) => (percent * total) / 100);
      counts.forEach((count, i) => {
        expect(Math.abs(count - exact[i]!)).toBeLessThan(1);
      });
      // Whoever was rounded up has a larger remainder than whoever was rounded down.
      const up = exact.filter((value, i) => counts[i]! > value).map((value) => value % 1);
      const down = exact.filter((value, i) => counts[i]! <= value).map((value) => value % 1);
      expect(Math.min(...up)).toBeGreaterThan(Math.max(...down));
    },
  );

  test('shifts are shares, and a bound is no value', () => {
    for (const figure of seedFigures) {
      if (figure.kind === 'shift') {
        expect(figure.before.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        expect(figure.after).toEqual([...figure.before].reverse());
      }
    }
    expect(of('referral-follow-through')).not.toHaveProperty('value');
  });
});

describe('End TB', () => {
  test.each([
    ['incidence', 2020, 80, 2020, true],
    ['incidence', 2020, 80.1, 2020, false],
    ['deaths', 2020, 65, 2020, true],
    ['incidence', 2021, 80, 2025, false],
    ['incidence', 2025, 50, 2025, true],
    ['deaths', 2030, 10, 2030, true],
    ['incidence', 2035, 10, 2035, true],
    ['incidence', 2036, 10, null, null],
    ['incidence', 2018, 120, 2020, false],
  ] as const)('%s of 100 in 2015, in %i %s: milestone %s', (measure, year, value, milestone, reached) => {
    expect(endTbProgress(measure, 100, year, value)).toMatchObject({ milestone, reached });
  });

  test('the yearly fall, kept up, arrives', () => {
    const { yearlyFallNeeded } = endTbProgress('incidence', 100, 2022, 85);
    expect(85 * (1 - yearlyFallNeeded!) ** 3).toBeCloseTo(50, 9);
    expect(endTbProgress('incidence', 0, 2022, 5)).toMatchObject({ reduction: null, reached: null });
    expect(() => endTbProgress('incidence', 100, 2014, 5)).toThrow('from 2015');
    expect(() => endTbProgress('incidence', 100, 2020, Number.NaN)).toThrow('not below zero');
  });
});
