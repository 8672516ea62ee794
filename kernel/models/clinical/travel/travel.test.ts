import { expect, test } from 'vitest';
import { fitnessToTravel, type PreMigrationInput, preMigrationAssessment, type TravelInput } from './travel.ts';

const uk: PreMigrationInput = { programme: 'gb', ageYears: 30, stayMonths: 12, incidencePer100000: 100 };
test.each<[string, Partial<PreMigrationInput>, boolean, string[]]>([
  ['adult', {}, true, ['symptom-screen', 'chest-x-ray']],
  ['a stay of six months', { stayMonths: 6 }, false, []],
  ['incidence of 39.9', { incidencePer100000: 39.9 }, false, []],
  ['incidence of 40', { incidencePer100000: 40 }, true, ['symptom-screen', 'chest-x-ray']],
  ['eleven years', { ageYears: 11 }, true, ['symptom-screen', 'chest-x-ray']],
  ['ten years', { ageYears: 10.9 }, true, ['symptom-screen', 'contact-history', 'examination']],
  [
    'ten years, something found',
    { ageYears: 10, suspicion: true },
    true,
    ['symptom-screen', 'contact-history', 'examination', 'chest-x-ray', 'sputum-three'],
  ],
  [
    'US, 14 years, incidence 20',
    { programme: 'us', ageYears: 14, incidencePer100000: 20 },
    true,
    ['symptom-screen', 'examination', 'igra'],
  ],
  [
    'US, 14 years, incidence 19',
    { programme: 'us', ageYears: 14, incidencePer100000: 19 },
    true,
    ['symptom-screen', 'examination'],
  ],
  ['US, 1 year', { programme: 'us', ageYears: 1 }, true, ['symptom-screen', 'examination']],
  [
    'US, 15 years, HIV',
    { programme: 'us', ageYears: 15, suspicion: true },
    true,
    ['symptom-screen', 'examination', 'chest-x-ray', 'sputum-three'],
  ],
  ['Australia, 11 years', { programme: 'au', ageYears: 11 }, true, ['examination', 'chest-x-ray']],
  [
    'Australia, 10 years, incidence 40',
    { programme: 'au', ageYears: 10, incidencePer100000: 40 },
    true,
    ['examination', 'igra'],
  ],
  [
    'Australia, 10 years, incidence 39',
    { programme: 'au', ageYears: 10, incidencePer100000: 39 },
    true,
    ['examination'],
  ],
  [
    'Australia, 2 years, a contact',
    { programme: 'au', ageYears: 2, closeContact: true },
    true,
    ['examination', 'igra', 'chest-x-ray', 'sputum-three'],
  ],
  ['Australia, 1 year', { programme: 'au', ageYears: 1 }, true, ['examination']],
  ['age not known', { ageYears: Number.NaN }, false, []],
])('%s', (_, changed, required, tests) => {
  expect(preMigrationAssessment({ ...uk, ...changed })).toMatchObject({ required, tests });
});

test('the certificate holds six months, three for a close contact', () => {
  expect(preMigrationAssessment({ ...uk, clearedOn: '2024-08-31' }).certificateUntil).toBe('2025-02-28');
  expect(preMigrationAssessment({ ...uk, clearedOn: '2024-08-31', closeContact: true }).certificateUntil).toBe(
    '2024-11-30',
  );
  expect(preMigrationAssessment({ ...uk, pregnant: true }).instead).toHaveLength(3);
  expect(() => preMigrationAssessment({ ...uk, clearedOn: 'x' })).toThrow('calendar date');
  expect(() => preMigrationAssessment({ ...uk, programme: 'xx' })).toThrow('no programme');
});

const tb = { infectious: true, resistant: false, daysOfEffectiveTreatment: 14, cultureConverted: false };
test.each<[string, Partial<TravelInput>, string, string[]]>([
  ['well', {}, 'fit', []],
  ['TB, fourteen days', { tb }, 'fit', []],
  [
    'TB, thirteen days',
    { tb: { ...tb, daysOfEffectiveTreatment: 13 } },
    'temporarily-unfit',
    ['tb-under-two-weeks-of-treatment'],
  ],
  [
    'TB, days not known',
    { tb: { ...tb, daysOfEffectiveTreatment: Number.NaN } },
    'temporarily-unfit',
    ['tb-under-two-weeks-of-treatment'],
  ],
  ['TB, not infectious', { tb: { ...tb, infectious: false, daysOfEffectiveTreatment: 0 } }, 'fit', []],
  [
    'resistant TB, a year of treatment',
    { tb: { ...tb, resistant: true, daysOfEffectiveTreatment: 365 } },
    'temporarily-unfit',
    ['resistant-tb-not-converted'],
  ],
  ['resistant TB, converted', { tb: { ...tb, resistant: true, cultureConverted: true } }, 'fit', []],
  ['27 weeks', { pregnancyWeeks: 27 }, 'fit', []],
  ['28 weeks', { pregnancyWeeks: 28 }, 'fit-with-conditions', []],
  ['36 weeks', { pregnancyWeeks: 36 }, 'temporarily-unfit', ['late-pregnancy']],
  ['32 weeks, twins', { pregnancyWeeks: 32, multiplePregnancy: true }, 'temporarily-unfit', ['late-pregnancy']],
  ['oxygen', { needs: ['oxygen'] }, 'fit-with-conditions', []],
  ['unstable', { unstable: true }, 'unfit', ['unstable']],
  ['checked 72 hours ago', { hoursSinceCheck: 72 }, 'fit', []],
  ['checked 73 hours ago', { hoursSinceCheck: 73 }, 'check-again', ['check-older-than-72-hours']],
])('travel: %s', (_, changed, status, reasons) => {
  expect(fitnessToTravel({ tb: null, ...changed })).toMatchObject({ status, reasons });
});
