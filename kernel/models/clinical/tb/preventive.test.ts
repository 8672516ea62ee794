import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexResistanceTypes, preventiveAllergies } from './preventive.table.ts';
import { type PreventiveInput, preventiveDose, preventiveRegimens, preventiveTreatment } from './preventive.ts';

const adult: PreventiveInput = {
  ageYears: 30,
  weightKg: 60,
  hiv: false,
  contact: true,
  screening: 'negative',
  infectionTest: 'positive',
};
const toddler: PreventiveInput = { ...adult, ageYears: 3, weightKg: 14, infectionTest: 'not-done' };
const hiv: PreventiveInput = { ...adult, hiv: true, contact: false, infectionTest: 'not-done' };
const dialysis: PreventiveInput = { ...adult, contact: false, otherRisk: true };

test.each<[string, PreventiveInput, string, string]>([
  ['contact, test positive', adult, 'eligible', 'contact'],
  [
    'contact of 5, test negative',
    { ...adult, ageYears: 5, infectionTest: 'negative' },
    'clinical-judgement',
    'infection-test-negative',
  ],
  ['contact, test not done', { ...adult, infectionTest: 'not-done' }, 'clinical-judgement', 'infection-test-not-done'],
  ['contact, test not stated', { ...adult, infectionTest: undefined }, 'clinical-judgement', 'infection-test-not-done'],
  ['contact below 5, no test', toddler, 'eligible', 'contact'],
  ['contact of 4.99, test negative', { ...toddler, ageYears: 4.99, infectionTest: 'negative' }, 'eligible', 'contact'],
  ['HIV, no test', hiv, 'eligible', 'hiv'],
  ['HIV, test negative', { ...hiv, infectionTest: 'negative' }, 'eligible', 'hiv'],
  ['infant with HIV, no contact', { ...hiv, ageYears: 0.9 }, 'not-eligible', 'infant-with-hiv-not-a-contact'],
  ['infant with HIV, contact', { ...hiv, ageYears: 0.9, contact: true }, 'eligible', 'contact'],
  ['child of one with HIV', { ...hiv, ageYears: 1 }, 'eligible', 'hiv'],
  ['other risk, positive', dialysis, 'eligible', 'other-risk-group'],
  ['other risk, negative', { ...dialysis, infectionTest: 'negative' }, 'clinical-judgement', 'infection-test-negative'],
  ['no risk', { ...adult, contact: false }, 'not-indicated', 'no-risk-group'],
  ['screen positive, not diagnosed', { ...adult, screening: 'positive' }, 'defer', 'diagnosis-pending'],
  ['screen positive, TB excluded', { ...adult, screening: 'positive', diagnosis: 'excluded' }, 'eligible', 'contact'],
  ['TB', { ...adult, screening: 'positive', diagnosis: 'confirmed' }, 'not-eligible', 'has-tb'],
  ['not screened', { ...adult, screening: 'not-done' }, 'defer', 'screen-first'],
  [
    'allergic to both',
    { ...adult, allergies: ['isoniazid', 'rifamycins'] },
    'not-eligible',
    'isoniazid-and-rifamycin-contraindicated',
  ],
  [
    'allergic to both, index MDR',
    { ...adult, allergies: ['isoniazid', 'rifamycins'], indexResistance: ['RR-TB', 'MDR-TB'] },
    'eligible',
    'contact',
  ],
  [
    'index Hr, allergic to rifamycins',
    { ...adult, indexResistance: ['Hr-TB'], allergies: ['rifamycins'] },
    'not-eligible',
    'rifamycin-contraindicated-index-hr-tb',
  ],
  [
    'index RR, allergic to isoniazid',
    { ...adult, indexResistance: ['RR-TB'], allergies: ['isoniazid'] },
    'not-eligible',
    'isoniazid-contraindicated-index-rr-tb',
  ],
])('%s', (_, input, decision, reason) => {
  const result = preventiveTreatment(input);
  expect(result).toMatchObject({ decision, reason });
  expect(result.options.length > 0).toBe(decision === 'eligible' || decision === 'clinical-judgement');
});

const all = ['3HP', '1HP', '3HR', '4R', '6H', '9H'];
test.each<[string, Partial<PreventiveInput>, string[]]>([
  ['adult', {}, all],
  ['13 years', { ageYears: 13 }, all],
  ['12 years: no 1HP', { ageYears: 12.5 }, ['3HP', '3HR', '4R', '6H', '9H']],
  ['2 years', { ageYears: 2 }, ['3HP', '3HR', '4R', '6H', '9H']],
  ['below 2: no 3HP', { ageYears: 1.9 }, ['3HR', '4R', '6H', '9H']],
  ['isoniazid allergy', { allergies: ['isoniazid'] }, ['4R']],
  ['rifamycin allergy', { allergies: ['rifamycins'] }, ['6H', '9H']],
  ['index Hr', { indexResistance: ['Hr-TB'] }, ['4R']],
  ['index Hr, isoniazid allergy', { indexResistance: ['Hr-TB'], allergies: ['isoniazid'] }, ['4R']],
  ['index RR, isoniazid susceptible', { indexResistance: ['RR-TB'] }, ['6H', '9H']],
  ['index MDR', { indexResistance: ['RR-TB', 'MDR-TB'] }, ['6Lfx']],
  [
    'index MDR, fluoroquinolone allergy',
    { indexResistance: ['MDR-TB'], allergies: ['fluoroquinolones'] },
    ['expert-advice'],
  ],
  ['index MDR and pre-XDR', { indexResistance: ['MDR-TB', 'pre-XDR-TB'] }, ['expert-advice']],
  ['index RR and pre-XDR, isoniazid susceptible', { indexResistance: ['RR-TB', 'pre-XDR-TB'] }, ['6H', '9H']],
  ['index RR and Hr is MDR', { indexResistance: ['RR-TB', 'Hr-TB'] }, ['6Lfx']],
  ['index known only as XDR', { indexResistance: ['XDR-TB'] }, ['expert-advice']],
  ['no contact: an index type is nobody’s', { contact: false, hiv: true, indexResistance: ['MDR-TB'] }, all],
])('regimens: %s', (_, changed, expected) => {
  expect(preventiveRegimens({ ...adult, ...changed })).toEqual(expected);
});

test.each<[string, number, number | undefined, [string, number, number][] | null]>([
  ['6H', 30, 50, [['isoniazid', 250, 250]]],
  ['6H', 30, 80, [['isoniazid', 300, 300]]],
  ['6H', 5, 18, [['isoniazid', 180, 180]]],
  ['4R', 30, 50, [['rifampicin', 500, 500]]],
  ['4R', 30, 90, [['rifampicin', 600, 600]]],
  ['4R', 9.9, 20, [['rifampicin', 300, 300]]],
  [
    '3HR',
    3,
    7.9,
    [
      ['isoniazid', 50, 50],
      ['rifampicin', 75, 75],
    ],
  ],
  [
    '3HR',
    3,
    8,
    [
      ['isoniazid', 100, 100],
      ['rifampicin', 150, 150],
    ],
  ],
  [
    '3HR',
    3,
    24.9,
    [
      ['isoniazid', 200, 200],
      ['rifampicin', 300, 300],
    ],
  ],
  [
    '3HR',
    9,
    25,
    [
      ['isoniazid', 250, 250],
      ['rifampicin', 375, 375],
    ],
  ],
  ['3HR', 0.5, 3.9, null],
  ['3HP', 8, 9.9, null],
  [
    '3HP',
    8,
    15.9,
    [
      ['isoniazid', 300, 300],
      ['rifapentine', 300, 300],
    ],
  ],
  [
    '3HP',
    8,
    23.9,
    [
      ['isoniazid', 500, 500],
      ['rifapentine', 450, 450],
    ],
  ],
  [
    '3HP',
    8,
    30.9,
    [
      ['isoniazid', 600, 600],
      ['rifapentine', 600, 600],
    ],
  ],
  [
    '3HP',
    14.9,
    31,
    [
      ['isoniazid', 700, 700],
      ['rifapentine', 750, 750],
    ],
  ],
  [
    '3HP',
    15,
    undefined,
    [
      ['isoniazid', 900, 900],
      ['rifapentine', 900, 900],
    ],
  ],
  [
    '1HP',
    13,
    undefined,
    [
      ['isoniazid', 300, 300],
      ['rifapentine', 600, 600],
    ],
  ],
  ['1HP', 12, 50, null],
  ['6Lfx', 30, 45, [['levofloxacin', 750, 750]]],
  ['6Lfx', 30, 45.1, [['levofloxacin', 1000, 1000]]],
  ['6Lfx', 8, 20, [['levofloxacin', 300, 400]]],
  ['6H', 30, undefined, null],
  ['6H', 30, Number.NaN, null],
  ['expert-advice', 30, 60, null],
])('%s at %s years, %s kg', (regimen, ageYears, weightKg, expected) => {
  const doses = preventiveDose(regimen as 'expert-advice', { ageYears, weightKg });
  expect(doses?.map((dose) => [dose.drug, dose.mg, dose.toMg]) ?? null).toEqual(expected);
});

test('nobody is given a drug they are allergic to, or one the index case resists', () => {
  const drugs = {
    '6H': ['isoniazid'],
    '9H': ['isoniazid'],
    '3HP': ['isoniazid', 'rifamycins'],
    '3HR': ['isoniazid', 'rifamycins'],
    '4R': ['rifamycins'],
    '1HP': ['isoniazid', 'rifamycins'],
    '6Lfx': ['fluoroquinolones'],
  } as Record<string, string[]>;
  const resists: Record<string, string[]> = {
    'Hr-TB': ['isoniazid'],
    'RR-TB': ['rifamycins'],
    'MDR-TB': ['isoniazid', 'rifamycins'],
    'pre-XDR-TB': ['rifamycins', 'fluoroquinolones'],
    'XDR-TB': ['rifamycins', 'fluoroquinolones'],
  };
  fc.assert(
    fc.property(
      fc.subarray([...preventiveAllergies]),
      fc.subarray(indexResistanceTypes.filter((type) => type !== 'DS-TB')),
      fc.double({ min: 0, max: 80, noNaN: true }),
      (allergies, indexResistance, ageYears) => {
        const { options } = preventiveTreatment({ ...adult, ageYears, allergies, indexResistance });
        const barred = new Set<string>([...allergies, ...indexResistance.flatMap((type) => resists[type]!)]);
        for (const { regimen } of options) {
          expect((drugs[regimen] ?? []).filter((drug) => barred.has(drug))).toEqual([]);
        }
      },
    ),
  );
});
