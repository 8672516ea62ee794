import { expect, test } from 'vitest';
import { type CoverOnCard, coveredByCard, coverFact, readCoverFact } from './card-cover.ts';

const cover: CoverOnCard = {
  schemeId: 'sch:th:migrant-health-insurance',
  memberNumber: 'TH-4Q7K-22',
  from: '2026-01-10',
  to: '2027-01-09',
  dependants: 2,
};

test('cover is read from the card as it was put on it, in some seventy bytes of values', () => {
  expect(readCoverFact(coverFact(cover))).toEqual(cover);
  expect(readCoverFact(coverFact({ ...cover, dependants: 0 }))).toEqual({ ...cover, dependants: 0 });
  expect(Object.values(coverFact(cover)).join('').length).toBeLessThan(75);
});

test.each([
  ['a text', 'Insured'],
  ['nothing', undefined],
  ['no scheme', { n: 'x', f: '2026-01-01', t: '2026-01-02' }],
  ['a number for a number', { s: 'th:a', n: 5, f: '2026-01-01', t: '2026-01-02' }],
  ['no day', { s: 'th:a', n: 'x', f: '2026-13-01', t: '2026-01-02' }],
  ['days the wrong way about', { s: 'th:a', n: 'x', f: '2026-01-02', t: '2026-01-01' }],
  ['half a child', { s: 'th:a', n: 'x', f: '2026-01-01', t: '2026-01-02', d: 0.5 }],
  ['less than nobody', { s: 'th:a', n: 'x', f: '2026-01-01', t: '2026-01-02', d: -1 }],
])('%s is no cover', (_, fact) => {
  expect(readCoverFact(fact as never)).toBeUndefined();
});

test('the card covers from its first day to its last', () => {
  expect(['2026-01-09', '2026-01-10', '2027-01-09', '2027-01-10'].map((on) => coveredByCard(cover, on))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(coveredByCard(undefined, '2026-05-01')).toBe(false);
});
