import { expect, test } from 'vitest';
import { childTreatmentDecision, resistanceTypes, treatmentHistory } from './classification.ts';

const [S, R, U] = ['susceptible', 'resistant', 'unknown'] as const;
test.each([
  [{}, ['DS-TB']],
  [{ rifampicin: S, isoniazid: S }, ['DS-TB']],
  [{ rifampicin: R }, ['RR-TB']],
  [{ rifampicin: R, isoniazid: R }, ['RR-TB', 'MDR-TB']],
  [{ rifampicin: S, isoniazid: R }, ['Hr-TB']],
  // Isoniazid resistance alone, rifampicin not known, is no type of its own, and not susceptible either.
  [{ rifampicin: U, isoniazid: R }, []],
  [{ rifampicin: R, levofloxacin: R }, ['RR-TB', 'pre-XDR-TB']],
  [{ rifampicin: R, isoniazid: R, moxifloxacin: R }, ['RR-TB', 'MDR-TB', 'pre-XDR-TB']],
  [{ rifampicin: S, levofloxacin: R }, ['DS-TB']],
  [{ rifampicin: R, levofloxacin: R, bedaquiline: R }, ['RR-TB', 'pre-XDR-TB', 'XDR-TB']],
  [{ rifampicin: R, levofloxacin: R, linezolid: R }, ['RR-TB', 'pre-XDR-TB', 'XDR-TB']],
  [{ rifampicin: R, bedaquiline: R }, ['RR-TB']],
] as const)('%j is %j', (results, types) => {
  expect(resistanceTypes(results)).toEqual(types);
});

test.each([
  ['new', null],
  ['new', { notified: true, monthsTreated: 0.9, outcome: null }],
  ['recurrent', { notified: true, monthsTreated: 6, outcome: 'cured' }],
  ['recurrent', { notified: true, monthsTreated: 6, outcome: 'treatment-completed' }],
  ['re-registered', { notified: true, monthsTreated: 2, outcome: 'lost-to-follow-up' }],
  ['re-registered', { notified: true, monthsTreated: 1, outcome: null }],
  ['unknown', 'unknown'],
] as const)('%s: %j', (history, earlier) => {
  expect(treatmentHistory(earlier)).toBe(history);
});

const baby = {
  ageYears: 1,
  dangerSigns: false,
  bacteriologicallyConfirmed: false,
  recentContact: false,
  hiv: false,
  severeWasting: false,
  tested: true,
  totalScore: 10,
};
test.each([
  ['danger signs first', { dangerSigns: true, bacteriologicallyConfirmed: true }, 'stabilise-and-refer'],
  ['confirmed', { bacteriologicallyConfirmed: true, totalScore: 0 }, 'treat'],
  ['not tested', { tested: false, recentContact: true }, 'test-first'],
  ['contact', { recentContact: true, totalScore: 0 }, 'treat'],
  ['exactly ten', {}, 'review-in-1-to-2-weeks'],
  ['above ten', { totalScore: 11 }, 'treat'],
  ['not scored', { totalScore: null }, 'score-first'],
  ['not a score', { totalScore: Number.NaN }, 'score-first'],
  ['two years, no risk', { ageYears: 2, totalScore: 20 }, 'treat-likeliest-other-condition-and-review'],
  ['two years, HIV', { ageYears: 2, hiv: true, totalScore: 11 }, 'treat'],
  ['nine years, wasted', { ageYears: 9.9, severeWasting: true, totalScore: 11 }, 'treat'],
  ['ten years', { ageYears: 10, totalScore: 20 }, 'usual-diagnosis'],
  ['age not known', { ageYears: Number.NaN }, 'usual-diagnosis'],
])('child: %s', (_, changed, decision) => {
  expect(childTreatmentDecision({ ...baby, ...changed })).toBe(decision);
});
