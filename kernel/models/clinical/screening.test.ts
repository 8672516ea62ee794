import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { screeningGroups, symptomScreens, tbSymptoms } from './screening.table.ts';
import { allowedAlgorithms, screenTb, type TbScreeningInput, type TbSymptom } from './screening.ts';

const none = (screen: keyof typeof symptomScreens): Partial<Record<TbSymptom, boolean>> =>
  Object.fromEntries(
    symptomScreens[screen].flatMap((row) =>
      row.anyOf.filter((key) => key !== 'close-contact').map((key) => [key, false]),
    ),
  );
const w4ssClear = none('w4ss');
const w4ssCough = { ...w4ssClear, cough: true };
const adult = { ageYears: 30, hivStatus: 'negative', symptoms: none('any-symptom') } as const;
const hiv = { ageYears: 30, hivStatus: 'positive', symptoms: w4ssClear } as const;
const child = { ageYears: 7, hivStatus: 'negative', closeContact: true, symptoms: none('child') } as const;
const infantHiv = { ageYears: 4, hivStatus: 'positive', closeContact: false, symptoms: none('child-hiv') } as const;

type Case = [name: string, input: TbScreeningInput, result: string, nextStep: string];
const parallel = 'w4ss+cxr-parallel';
const positiveFirst = 'w4ss+cxr-sequential-positive';
const negativeFirst = 'w4ss+crp-sequential-negative';

test.each<Case>([
  // one symptom decides, even with the rest unasked
  ['one symptom, rest unasked', { ...adult, symptoms: { cough: true } }, 'positive', 'diagnostic-evaluation'],
  ['no symptom, all asked', adult, 'negative', 'assess-preventive-treatment'],
  ['nothing asked', { ...adult, symptoms: {} }, 'incomplete', 'complete-screening'],
  [
    'one question unasked',
    { ...adult, symptoms: { ...adult.symptoms, fatigue: undefined } },
    'incomplete',
    'complete-screening',
  ],
  [
    'cough alone',
    { ...adult, algorithm: 'cough', symptoms: { cough: false } },
    'negative',
    'assess-preventive-treatment',
  ],
  [
    'cough alone leaves fever unexplained',
    { ...adult, algorithm: 'cough', symptoms: { cough: false, fever: true } },
    'negative',
    'clinical-evaluation',
  ],
  // in parallel: either
  ['parallel − −', { ...hiv, algorithm: parallel, chestXray: 'normal' }, 'negative', 'assess-preventive-treatment'],
  [
    'parallel + −',
    { ...hiv, algorithm: parallel, symptoms: w4ssCough, chestXray: 'normal' },
    'positive',
    'diagnostic-evaluation',
  ],
  ['parallel − +', { ...hiv, algorithm: parallel, chestXray: 'abnormal' }, 'positive', 'diagnostic-evaluation'],
  [
    'parallel + +',
    { ...hiv, algorithm: parallel, symptoms: w4ssCough, chestXray: 'suggestive' },
    'positive',
    'diagnostic-evaluation',
  ],
  ['parallel − ?', { ...hiv, algorithm: parallel }, 'incomplete', 'complete-screening'],
  [
    'parallel ? +',
    { ...hiv, algorithm: parallel, symptoms: {}, chestXray: 'abnormal' },
    'positive',
    'diagnostic-evaluation',
  ],
  ['parallel + ?', { ...hiv, algorithm: parallel, symptoms: w4ssCough }, 'positive', 'diagnostic-evaluation'],
  // positive first: both
  ['sequential positive −', { ...hiv, algorithm: positiveFirst }, 'negative', 'assess-preventive-treatment'],
  [
    'sequential positive + −',
    { ...hiv, algorithm: positiveFirst, symptoms: w4ssCough, chestXray: 'normal' },
    'negative',
    'clinical-evaluation',
  ],
  [
    'sequential positive + +',
    { ...hiv, algorithm: positiveFirst, symptoms: w4ssCough, chestXray: 'abnormal' },
    'positive',
    'diagnostic-evaluation',
  ],
  [
    'sequential positive + ?',
    { ...hiv, algorithm: positiveFirst, symptoms: w4ssCough },
    'incomplete',
    'complete-screening',
  ],
  [
    'sequential positive ? −',
    { ...hiv, algorithm: positiveFirst, symptoms: {}, chestXray: 'normal' },
    'incomplete',
    'complete-screening',
  ],
  // negative first: either
  [
    'sequential negative +',
    { ...hiv, algorithm: negativeFirst, symptoms: w4ssCough },
    'positive',
    'diagnostic-evaluation',
  ],
  [
    'sequential negative − 5',
    { ...hiv, algorithm: negativeFirst, crpMgPerL: 5 },
    'negative',
    'assess-preventive-treatment',
  ],
  [
    'sequential negative − 5.1',
    { ...hiv, algorithm: negativeFirst, crpMgPerL: 5.1 },
    'positive',
    'diagnostic-evaluation',
  ],
  ['sequential negative − ?', { ...hiv, algorithm: negativeFirst }, 'incomplete', 'complete-screening'],
  // C-reactive protein
  ['CRP exactly 5', { ...hiv, algorithm: 'crp', crpMgPerL: 5 }, 'negative', 'assess-preventive-treatment'],
  ['CRP above 5', { ...hiv, algorithm: 'crp', crpMgPerL: 5.01 }, 'positive', 'diagnostic-evaluation'],
  ['CRP not a number', { ...hiv, algorithm: 'crp', crpMgPerL: Number.NaN }, 'incomplete', 'complete-screening'],
  ['CRP below zero', { ...hiv, algorithm: 'crp', crpMgPerL: -3 }, 'incomplete', 'complete-screening'],
  // mWRD, and its in-patient case
  ['mWRD positive', { ...hiv, algorithm: 'mwrd', mwrd: 'positive' }, 'positive', 'diagnostic-evaluation'],
  [
    'mWRD negative, out-patient',
    { ...hiv, algorithm: 'mwrd', mwrd: 'negative' },
    'negative',
    'assess-preventive-treatment',
  ],
  [
    'mWRD negative, in-patient, 12 %',
    { ...hiv, algorithm: 'mwrd', mwrd: 'negative', inpatient: true, tbPrevalencePercent: 12 },
    'inconclusive',
    'clinical-evaluation',
  ],
  [
    'mWRD negative, in-patient, exactly 10 %',
    { ...hiv, algorithm: 'mwrd', mwrd: 'negative', inpatient: true, tbPrevalencePercent: 10 },
    'negative',
    'assess-preventive-treatment',
  ],
  [
    'mWRD negative, in-patient, prevalence unknown',
    { ...hiv, algorithm: 'mwrd', mwrd: 'negative', inpatient: true },
    'inconclusive',
    'clinical-evaluation',
  ],
  [
    'mWRD positive, in-patient, 12 %',
    { ...hiv, algorithm: 'mwrd', mwrd: 'positive', inpatient: true, tbPrevalencePercent: 12 },
    'positive',
    'diagnostic-evaluation',
  ],
  [
    'mWRD negative, in-patient without HIV',
    { ...adult, algorithm: 'mwrd', mwrd: 'negative', inpatient: true, tbPrevalencePercent: 12 },
    'negative',
    'assess-preventive-treatment',
  ],
  ['mWRD invalid', { ...hiv, algorithm: 'mwrd', mwrd: 'invalid' }, 'inconclusive', 'repeat-mwrd'],
  ['mWRD not done', { ...hiv, algorithm: 'mwrd' }, 'incomplete', 'complete-screening'],
  [
    'mWRD positive outside the algorithm',
    { ...hiv, algorithm: 'w4ss', mwrd: 'positive' },
    'negative',
    'clinical-evaluation',
  ],
  // children
  ['child, clear', child, 'negative', 'assess-preventive-treatment'],
  [
    'child, poor weight gain',
    { ...child, symptoms: { ...child.symptoms, 'poor-weight-gain': true } },
    'positive',
    'diagnostic-evaluation',
  ],
  [
    'child of 3, lethargy unasked',
    { ...child, ageYears: 3, symptoms: { ...child.symptoms, lethargy: undefined } },
    'incomplete',
    'complete-screening',
  ],
  [
    'child of 5, lethargy not asked of them',
    { ...child, ageYears: 5, symptoms: { ...child.symptoms, lethargy: undefined } },
    'negative',
    'assess-preventive-treatment',
  ],
  [
    'child, mWRD not allowed',
    { ...child, algorithm: 'mwrd', mwrd: 'negative' },
    'incomplete',
    'choose-allowed-algorithm',
  ],
  ['child with HIV, clear', infantHiv, 'negative', 'assess-preventive-treatment'],
  ['child with HIV, contact', { ...infantHiv, closeContact: true }, 'positive', 'diagnostic-evaluation'],
  ['child with HIV, contact unasked', { ...infantHiv, closeContact: undefined }, 'incomplete', 'complete-screening'],
  [
    'child with HIV, X-ray not allowed',
    { ...infantHiv, algorithm: 'cxr', chestXray: 'normal' },
    'incomplete',
    'choose-allowed-algorithm',
  ],
  // hostile
  ['age not a number', { ...adult, ageYears: Number.NaN }, 'incomplete', 'complete-screening'],
  ['age without end', { ...adult, ageYears: Number.POSITIVE_INFINITY }, 'incomplete', 'complete-screening'],
  ['age below zero', { ...adult, ageYears: -1 }, 'incomplete', 'complete-screening'],
  ['algorithm nobody wrote', { ...adult, algorithm: 'toString' }, 'incomplete', 'choose-allowed-algorithm'],
])('%s', (_, input, result, nextStep) => {
  expect(screenTb(input)).toMatchObject({ result, nextStep });
});

test.each([
  [9.99, 'positive', 'hiv-under-10'],
  [10, 'positive', 'hiv-10-and-over'],
  [14.99, 'negative', 'general-under-15'],
  [15, 'negative', 'general-15-and-over'],
  [15, 'unknown', 'general-15-and-over'],
] as const)('%s years, HIV %s: %s', (ageYears, hivStatus, group) => {
  expect(screenTb({ ageYears, hivStatus, symptoms: {} }).group).toBe(group);
});

test('without a chosen algorithm the tests in hand are used', () => {
  expect(screenTb({ ...adult, chestXray: 'abnormal' })).toMatchObject({
    result: 'positive',
    algorithm: 'any-symptom+cxr-parallel',
    reasons: ['cxr:abnormal'],
  });
  expect(screenTb({ ...hiv, crpMgPerL: 20 })).toMatchObject({ result: 'positive', algorithm: 'w4ss+crp-parallel' });
});

test('says what is unanswered, and only what matters', () => {
  expect(screenTb({ ...hiv, algorithm: parallel, symptoms: { cough: false, fever: false } }).reasons).toEqual([
    'unanswered:weight-loss',
    'unanswered:night-sweats',
    'not-done:cxr',
  ]);
});

test('the number of algorithms a group may use', () => {
  expect(screeningGroups.map((group) => [group.id, allowedAlgorithms(group.id).length])).toEqual([
    ['hiv-10-and-over', 10],
    ['hiv-under-10', 1],
    ['general-15-and-over', 10],
    ['general-under-15', 5],
  ]);
  expect(allowedAlgorithms('constructor')).toEqual([]);
});

describe('whatever is answered', () => {
  const inputs = fc.record(
    {
      ageYears: fc.double({ min: 0, max: 99, noNaN: true }),
      hivStatus: fc.constantFrom('positive', 'negative', 'unknown'),
      closeContact: fc.option(fc.boolean(), { nil: undefined }),
      symptoms: fc.dictionary(fc.constantFrom(...tbSymptoms), fc.boolean()),
      chestXray: fc.constantFrom(undefined, 'normal', 'abnormal', 'suggestive', 'not-done'),
      crpMgPerL: fc.option(fc.double({ min: 0, max: 50, noNaN: true }), { nil: undefined }),
      mwrd: fc.constantFrom(undefined, 'positive', 'negative', 'invalid', 'not-done'),
      inpatient: fc.option(fc.boolean(), { nil: undefined }),
    },
    { requiredKeys: ['ageYears', 'hivStatus', 'symptoms'] },
  ) as fc.Arbitrary<TbScreeningInput>;

  test('a negative means every question of the symptom screen was answered no, or the second test cleared it', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const answer = screenTb(input);
        if (answer.result === 'negative' && answer.nextStep === 'assess-preventive-treatment') {
          expect(Object.values(input.symptoms)).not.toContain(true);
          expect(input.mwrd).not.toBe('positive');
        }
        if (answer.result === 'incomplete') {
          expect(answer.reasons.some((code) => /^(unanswered|not-done):/.test(code))).toBe(true);
        }
      }),
    );
  });

  test('answering yes to one more asked symptom never makes a positive negative', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...tbSymptoms), (input, symptom) => {
        const before = screenTb(input);
        const after = screenTb({
          ...input,
          algorithm: before.algorithm,
          symptoms: { ...input.symptoms, [symptom]: true },
        });
        if (before.result === 'positive') {
          expect(after.result).toBe('positive');
        }
      }),
    );
  });
});
