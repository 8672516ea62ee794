import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseRegimens, type TbCase } from './regimens.ts';

const eligible = (tbCase: TbCase, editions?: ('2022' | '2025')[]) =>
  chooseRegimens(tbCase, editions)
    .filter((option) => option.status === 'eligible')
    .map((option) => option.regimen);
const option = (tbCase: TbCase, regimen: string) => chooseRegimens(tbCase).find((row) => row.regimen === regimen)!;

const woman: TbCase = {
  rifampicin: 'susceptible',
  isoniazid: 'susceptible',
  fluoroquinolone: 'unknown',
  ageYears: 30,
  weightKg: 55,
  sex: 'female',
  pulmonary: true,
  extrapulmonaryForms: [],
  severe: false,
  extensive: false,
  hivStatus: 'negative',
  pregnant: false,
  breastfeeding: false,
  postpartum: false,
  usesContraception: true,
  severeWasting: false,
  severeAcutePneumonia: false,
  yearsSinceTreatment: null,
  highIsoniazidResistanceOrHivSetting: true,
};
const man: TbCase = {
  ...woman,
  sex: 'male',
  pregnant: undefined,
  breastfeeding: undefined,
  postpartum: undefined,
  usesContraception: undefined,
};
const child: TbCase = { ...man, ageYears: 6, weightKg: 18 };
const resistant: TbCase = { ...man, rifampicin: 'resistant', fluoroquinolone: 'susceptible' };
const six = ['2HRZE/4HR'];
const fourOrSix = ['2HPMZ/2HPM', '2HRZE/4HR'];

// Rule numbers are those of the WHO kit's tables TB.D9 and TB.D10.
test.each<[string, TbCase, string[]]>([
  ['adult man, D9.84', man, fourOrSix],
  ['adult woman, D9.83', woman, fourOrSix],
  ['pregnant, D9.76', { ...woman, pregnant: true }, six],
  ['breastfeeding, D9.77', { ...woman, breastfeeding: true }, six],
  ['after birth, D9.80', { ...woman, postpartum: true }, six],
  ['HIV, CD4 below 100, D9.75', { ...man, hivStatus: 'positive', cd4PerMicrolitre: 99 }, six],
  ['HIV, CD4 100, D9.81', { ...man, hivStatus: 'positive', cd4PerMicrolitre: 100 }, fourOrSix],
  ['HIV, CD4 unknown, D9.82', { ...man, hivStatus: 'positive' }, fourOrSix],
  ['under 40 kg, D9.85', { ...man, weightKg: 39.9 }, six],
  ['exactly 40 kg', { ...man, weightKg: 40 }, fourOrSix],
  ['adult, meningitis, D9.91', { ...man, pulmonary: false, extrapulmonaryForms: ['meningitis'] }, six],
  ['infant under 3 months, D9.01', { ...child, ageYears: 0.2, weightKg: 5 }, six],
  ['child, not severe, D9.06', child, ['2HRZE/2HR']],
  [
    'child, not severe, resistance rare',
    { ...child, highIsoniazidResistanceOrHivSetting: false },
    ['2HRZE/2HR', '2HRZ/2HR'],
  ],
  ['child, severe pneumonia, D9.03', { ...child, severeAcutePneumonia: true }, six],
  ['child, treated a year ago, D9.05', { ...child, yearsSinceTreatment: 1 }, six],
  ['child, treated exactly two years ago, D9.05', { ...child, yearsSinceTreatment: 2 }, six],
  ['child, treated three years ago, D9.04', { ...child, yearsSinceTreatment: 3 }, ['2HRZE/2HR']],
  [
    'child, wasted, resistance rare, D9.07',
    { ...child, severeWasting: true, highIsoniazidResistanceOrHivSetting: false },
    ['2HRZE/4HR', '2HRZ/4HR'],
  ],
  ['infant of 3 kg, D9.08', { ...child, ageYears: 0.4, weightKg: 3 }, six],
  ['child, severe, D9.09', { ...child, severe: true }, six],
  [
    'child, peripheral nodes, D9.13',
    { ...child, pulmonary: false, extrapulmonaryForms: ['peripheral-lymph-node'] },
    ['2HRZE/2HR'],
  ],
  [
    'child, meningitis, D9.87',
    { ...child, severe: true, extrapulmonaryForms: ['meningitis'] },
    ['2HRZE/10HR', '6HRZEto'],
  ],
  ['child, bone, D9.89', { ...child, severe: true, extrapulmonaryForms: ['osteoarticular'] }, ['2HRZE/10HR']],
  ['child, other form, D9.90', { ...child, severe: true, extrapulmonaryForms: ['other'] }, six],
  [
    'aged 19, meningitis',
    { ...man, ageYears: 19.9, severe: true, extrapulmonaryForms: ['meningitis'] },
    ['2HRZE/10HR', '6HRZEto'],
  ],
  ['aged 14, not severe, 45 kg', { ...child, ageYears: 14, weightKg: 45 }, ['2HRZE/2HR', '2HPMZ/2HPM']],
  ['isoniazid-resistant, D9.94', { ...man, isoniazid: 'resistant' }, ['6(H)REZ-Lfx']],
  [
    'isoniazid- and fluoroquinolone-resistant, D9.92',
    { ...man, isoniazid: 'resistant', fluoroquinolone: 'resistant' },
    ['6(H)REZ'],
  ],
  [
    'isoniazid-resistant, intolerant, D9.93',
    { ...man, isoniazid: 'resistant', fluoroquinoloneIntolerant: true },
    ['6(H)REZ'],
  ],
  ['resistant to rifampicin, D10.19', resistant, ['BPaLM', '9-month-Lzd', 'longer']],
  ['… fluoroquinolone unknown, D10.40', { ...resistant, fluoroquinolone: 'unknown' }, ['BPaLM', 'longer']],
  ['… and fluoroquinolones, D10.38', { ...resistant, fluoroquinolone: 'resistant' }, ['BPaL', 'longer']],
  ['… aged 13, D10.01', { ...resistant, ageYears: 13.9 }, ['9-month-Eto', '9-month-Lzd', 'longer']],
  ['… aged 13, severe, D10.05', { ...resistant, ageYears: 13.9, severe: true }, ['longer']],
  [
    '… aged 13, fluoroquinolone unknown, D10.06',
    { ...resistant, ageYears: 13.9, fluoroquinolone: 'unknown' },
    ['longer'],
  ],
  [
    '… allergic to pretomanid, D10.07',
    { ...resistant, bpalDrugResistanceOrAllergy: true },
    ['9-month-Eto', '9-month-Lzd', 'longer'],
  ],
  ['… allergic, extensive, D10.08', { ...resistant, bpalDrugResistanceOrAllergy: true, extensive: true }, ['longer']],
  [
    '… breastfeeding, D10.11',
    { ...resistant, ...{ sex: 'female', pregnant: false, breastfeeding: true, usesContraception: true } },
    ['9-month-Eto', '9-month-Lzd', 'longer'],
  ],
  [
    '… pregnant, D10.33',
    { ...resistant, sex: 'female', pregnant: true, breastfeeding: false },
    ['9-month-Lzd', 'longer'],
  ],
  [
    '… no contraception wanted, D10.15',
    { ...resistant, sex: 'female', pregnant: false, breastfeeding: false, usesContraception: false },
    ['9-month-Eto', '9-month-Lzd', 'longer'],
  ],
  ['… pericardial, D10.28', { ...resistant, extrapulmonaryForms: ['pericardial'] }, ['BPaLM', 'longer']],
  ['… meningitis', { ...resistant, extrapulmonaryForms: ['meningitis'], severe: true }, ['longer']],
])('%s', (_, tbCase, expected) => {
  expect(eligible(tbCase)).toEqual(expected);
});

test('what is not known is asked, not assumed', () => {
  const barely: TbCase = { rifampicin: 'susceptible' };
  expect(option(barely, '2HPMZ/2HPM')).toMatchObject({ status: 'ask-first' });
  expect(option(barely, '2HPMZ/2HPM').because).toEqual(expect.arrayContaining(['ageYears', 'weightKg', 'pregnant']));
  expect(option({ ...man, ageYears: Number.NaN }, '2HPMZ/2HPM').because).toEqual(['ageYears']);
  expect(option({ ...woman, pregnant: undefined }, '2HPMZ/2HPM')).toMatchObject({
    status: 'ask-first',
    because: ['pregnant'],
  });
  expect(option(man, 'BPaLM').because).toContain('rifampicin-not-resistant');
});

test('a better regimen stands in for the one it supersedes, and is named', () => {
  expect(option(child, '2HRZE/4HR')).toMatchObject({ status: 'superseded', because: ['2HRZE/2HR'] });
});

test('the 2025 additions come only when asked for', () => {
  expect(eligible(resistant, ['2022', '2025'])).toEqual(['BPaLM', 'BDLLfxC', '9-month-Lzd', 'BLMZ', 'longer']);
});

test('no drug-resistant regimen for susceptible disease and none the other way round, whatever else is known', () => {
  const second = new Set(['BPaLM', 'BPaL', '9-month-Eto', '9-month-Lzd', 'longer']);
  const flag = fc.option(fc.boolean(), { nil: undefined });
  fc.assert(
    fc.property(
      fc.constantFrom('susceptible', 'resistant') as fc.Arbitrary<'susceptible' | 'resistant'>,
      fc.double({ min: 0, max: 90, noNaN: true }),
      fc.double({ min: 2, max: 120, noNaN: true }),
      flag,
      flag,
      (rifampicin, ageYears, weightKg, severe, pregnant) => {
        for (const regimen of eligible({ ...woman, rifampicin, ageYears, weightKg, severe, pregnant })) {
          expect(second.has(regimen)).toBe(rifampicin === 'resistant');
        }
      },
    ),
  );
});
