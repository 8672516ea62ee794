import { describe, expect, test } from 'vitest';
import { claim, line } from '../../../tests/conformance/claims/case.ts';
import { schemeWith } from '../schemes/scheme.testing.ts';
import { isDrawn, rulesOf, type SelectionInput, selectForFeedback, selectForReview, variance } from './selection.ts';
import type { Suspicion } from './suspicion.ts';

const never = { randomPercent: 0, seed: 's' };
const given = (change: Partial<SelectionInput> = {}): SelectionInput => ({
  claim: claim(),
  adjudication: { status: 'valuated', category: 'visit', claimedMinor: 150_000n, paidMinor: 100_000n },
  ...change,
});
const suspicion = (number: number, weight: Suspicion['weight']): Suspicion => ({ number, name: 'x', weight, with: [] });

describe('at random', () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => `claim-${i}`);

  test.each([0, 1, 5, 50, 100])('%i %% of claims are drawn', (randomPercent) => {
    const drawn = ids.filter((id) => isDrawn(id, { seed: 'a', randomPercent })).length;
    // Five standard deviations of a fair draw.
    const spread = 5 * Math.sqrt(ids.length * (randomPercent / 100) * (1 - randomPercent / 100));
    expect(Math.abs(drawn - (ids.length * randomPercent) / 100)).toBeLessThanOrEqual(spread);
  });

  test('the same claim always, another seed others', () => {
    const a = ids.filter((id) => isDrawn(id, { seed: 'a', randomPercent: 5 }));
    expect(ids.filter((id) => isDrawn(id, { seed: 'a', randomPercent: 5 }))).toEqual(a);
    const both = a.filter((id) => isDrawn(id, { seed: 'b', randomPercent: 5 }));
    expect(both.length / a.length).toBeLessThan(0.08);
  });

  test('a greater share holds the smaller one', () => {
    const five = ids.filter((id) => isDrawn(id, { seed: 'a', randomPercent: 5 }));
    expect(five.every((id) => isDrawn(id, { seed: 'a', randomPercent: 6 }))).toBe(true);
  });

  test('reviews and feedback are drawn apart', () => {
    const drawn = (select: typeof selectForReview) =>
      ids.slice(0, 20_000).filter((claimId) => select(given({ claim: claim({ claimId }) })).length > 0);
    const reviewed = new Set(drawn(selectForReview));
    const asked = drawn(selectForFeedback);
    expect(reviewed.size).toBeGreaterThan(800);
    expect(asked.filter((id) => reviewed.has(id)).length / asked.length).toBeLessThan(0.1);
  });
});

describe('by value and variance', () => {
  test.each([
    ['below', 150_001n, []],
    ['at', 150_000n, ['value']],
    ['above', 149_999n, ['value']],
  ])('%s the value', (_, valueFromMinor, because) => {
    expect(selectForReview(given(), { ...never, valueFromMinor })).toEqual(because);
  });

  test.each([
    // (1,500 / 1,000 − 1) × 100 = 50
    ['at', 100_000n, ['variance']],
    ['just below', 100_001n, []],
    ['without an average', undefined, []],
    ['of an average of nothing', 0n, []],
  ])('%s fifty percent above the average', (_, averageMinor, because) => {
    expect(
      selectForReview(given(averageMinor === undefined ? {} : { averageMinor }), { ...never, variancePercent: 50 }),
    ).toEqual(because);
  });

  test('variance is (value / average − 1) × 100', () => {
    expect(variance(30_000n, 40_000n)).toBe(-25);
  });
});

describe('by suspicion', () => {
  const suspicions = [suspicion(217, 'possible'), suspicion(213, 'certain'), suspicion(213, 'certain')];

  test.each([
    ['possible', ['suspicion-213', 'suspicion-217']],
    ['likely', ['suspicion-213']],
    ['certain', ['suspicion-213']],
    [undefined, []],
  ] as const)('from %s on', (suspicionFrom, because) => {
    expect(selectForReview(given({ suspicions }), { ...never, ...(suspicionFrom && { suspicionFrom }) })).toEqual(
      because,
    );
  });

  test('a rejected claim is looked at for nothing else', () => {
    const rejected = { status: 'rejected', category: 'visit', claimedMinor: 150_000n, paidMinor: 0n } as const;
    const rules = {
      randomPercent: 100,
      seed: 's',
      valueFromMinor: 1n,
      suspicionFrom: 'certain',
      rules: [{ id: 'all' }],
    } as const;
    expect(selectForReview(given({ suspicions, adjudication: rejected }), rules)).toEqual(['suspicion-213']);
    expect(selectForFeedback(given({ adjudication: rejected }), rules)).toEqual([]);
  });
});

describe('by rules of the fund', () => {
  test.each([
    [
      'all that is named fits',
      {
        providers: ['TH:clinic'],
        categories: ['visit'],
        visits: ['other'],
        diagnoses: ['J06'],
        codes: ['visit'],
        valueFromMinor: 150_000n,
      },
      true,
    ],
    [
      'one of several',
      { diagnoses: ['A15', 'J06'], codes: ['surgery', 'visit'], providers: ['TH:hospital', 'TH:clinic'] },
      true,
    ],
    ['nothing named', {}, true],
    ['another facility', { providers: ['TH:hospital'] }, false],
    ['another category', { categories: ['surgery'] }, false],
    ['another visit', { visits: ['emergency'] }, false],
    ['another diagnosis', { diagnoses: ['A15'] }, false],
    ['another code', { codes: ['surgery'] }, false],
    ['a greater value', { valueFromMinor: 150_001n }, false],
  ] as const)('%s', (_, rule, selected) => {
    const rules = { ...never, rules: [{ id: 'r1', ...rule }] };
    expect(selectForReview(given(), rules)).toEqual(selected ? ['rule-r1'] : []);
    expect(selectForFeedback(given(), rules)).toEqual(selected ? ['rule-r1'] : []);
  });

  // Claimed on the tenth of March for care of that day.
  const day = { claim: claim({ from: '2026-03-10', to: '2026-03-10', claimedOn: '2026-03-10' }) };
  test.each([
    ['a facility of today', { newProviderDays: 1 }, { providerSince: '2026-03-10' }, true],
    ['of 29 days', { newProviderDays: 30 }, { providerSince: '2026-02-09' }, true],
    ['of 30 days', { newProviderDays: 30 }, { providerSince: '2026-02-08' }, false],
    ['nothing known of the facility', { newProviderDays: 30 }, {}, false],
    [
      'first claim on the thirtieth day',
      { firstClaimWithinDays: 30 },
      { isFirst: true, coveredSince: '2026-02-08' },
      true,
    ],
    ['on the next', { firstClaimWithinDays: 30 }, { isFirst: true, coveredSince: '2026-02-07' }, false],
    ['not the first', { firstClaimWithinDays: 30 }, { isFirst: false, coveredSince: '2026-03-01' }, false],
    ['not covered', { firstClaimWithinDays: 30 }, { isFirst: true }, false],
    [
      'early, but not of the value named with it',
      { firstClaimWithinDays: 30, valueFromMinor: 150_001n },
      { isFirst: true, coveredSince: '2026-03-01' },
      false,
    ],
  ] as const)('%s', (_, rule, known, selected) => {
    const rules = { ...never, rules: [{ id: 'r1', ...rule }] };
    expect(selectForReview(given({ ...day, ...known }), rules)).toEqual(selected ? ['rule-r1'] : []);
  });

  test('are read from the scheme, amounts in its minor units', () => {
    const title = { en: 'A rule' };
    const review = [
      { id: 'high', title, claimedFrom: '1500.00' },
      { id: 'malaria', title, diagnoses: ['B50', 'B51'] },
    ];
    const scheme = schemeWith({ review });
    expect(rulesOf(scheme)).toEqual([
      { id: 'high', valueFromMinor: 150_000n },
      { id: 'malaria', diagnoses: ['B50', 'B51'] },
    ]);
    expect(selectForReview(given(), { ...never, rules: rulesOf(scheme) })).toEqual(['rule-high']);
    expect(() => schemeWith({ review: [{ id: 'all', title }] })).toThrow(/review\[0\] must say which claims/);
    expect(() => schemeWith({ review: [{ id: 'x', title, codes: ['NONE'] }] })).toThrow(/review\[0\]\.codes\[0\]/);
    expect(() => schemeWith({ review: [{ id: 'x', title, claimedFrom: '1.005' }] })).toThrow(/claimedFrom/);
    expect(() => schemeWith({ review: [...review, ...review] })).toThrow(/review\[2\]\.id/);
  });

  test('a code in any of the lines', () => {
    const lines = [line({ code: 'bed' }), line({ line: 2, code: 'surgery' })];
    const rules = { ...never, rules: [{ id: 'r1', codes: ['surgery'] }] };
    expect(selectForReview(given({ claim: claim({ lines }) }), rules)).toEqual(['rule-r1']);
  });

  test('reasons are told in one order', () => {
    const rules = {
      randomPercent: 100,
      seed: 's',
      valueFromMinor: 1n,
      variancePercent: 1,
      suspicionFrom: 'likely',
      rules: [{ id: 'b' }, { id: 'a' }],
    } as const;
    expect(selectForReview(given({ averageMinor: 1n, suspicions: [suspicion(200, 'certain')] }), rules)).toEqual([
      'random',
      'value',
      'variance',
      'suspicion-200',
      'rule-b',
      'rule-a',
    ]);
  });
});

test('nothing was paid: nobody is asked', () => {
  const unpaid = { status: 'valuated', category: 'visit', claimedMinor: 150_000n, paidMinor: 0n } as const;
  expect(selectForFeedback(given({ adjudication: unpaid }), { randomPercent: 100, seed: 's' })).toEqual([]);
  expect(selectForFeedback(given(), { randomPercent: 100, seed: 's' })).toEqual(['random']);
});
