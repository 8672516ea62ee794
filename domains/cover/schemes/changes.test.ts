import { expect, test } from 'vitest';
import { changesBetween } from './changes.ts';
import { theSchemes } from './scheme.testing.ts';

test('what changed is told field by field, entries by their name and not by their place', () => {
  const before = {
    version: 1,
    sources: [1],
    rates: [
      { id: 'year', amount: '1' },
      { id: 'half', amount: '2' },
    ],
    levels: ['a'],
  };
  const after = {
    version: 2,
    sources: [2],
    rates: [
      { id: 'child', amount: '0' },
      { id: 'year', amount: '1' },
      { id: 'half', amount: '3' },
    ],
    levels: ['a', 'b'],
  };
  expect(changesBetween(before, after)).toEqual([
    { path: 'rates.half.amount', before: '2', after: '3' },
    { path: 'levels', before: 'a', after: 'a, b' },
    { path: 'rates.child.id', before: undefined, after: 'child' },
    { path: 'rates.child.amount', before: undefined, after: '0' },
  ]);
  expect(changesBetween(before, before)).toEqual([]);
});

test('social security of 2026 is that of before but for the ceiling', () => {
  const [before, after] = theSchemes('sch:th:social-security');
  expect(changesBetween(before!, after!).map(({ path, before: was, after: is }) => [path, was, is])).toEqual([
    ['validFrom', '2015-01-01', '2026-01-01'],
    ['validTo', '2025-12-31', undefined],
    ['contribution.payroll.wageCeiling', '15000.00', '17500.00'],
  ]);
});
