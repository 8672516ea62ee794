import { languages } from '@serai/kernel/i18n/i18n.ts';
import { screeningGroups, tbSymptoms } from '@serai/kernel/models/clinical/screening.table.ts';
import { allowedAlgorithms, screenTb, type TbScreeningInput } from '@serai/kernel/models/clinical/screening.ts';
import { describe, expect, test } from 'vitest';
import { assessmentForm, cases, fill, required, type Said } from '../assessment/testing/fill.ts';
import { screenAssessment, screeningInput, screeningTexts } from './screening.ts';

const yes = '373066001';
const no = '373067005';
const deny = (...symptoms: string[]) => symptoms.map((symptom): Said => [`symptoms.${symptom}`, false]);
const adultSymptoms = tbSymptoms.filter((symptom) => symptom !== 'poor-weight-gain' && symptom !== 'lethargy');
const adult = (years: number, ...more: Said[]): Said[] => [
  ['identity.age-years', years],
  ['consent.assessment', true],
  ...more,
];

const rows: [string, Said[], object][] = [
  ['nobody yet', [], { result: 'incomplete', reasons: ['unanswered:age'], nextStep: 'complete-screening' }],
  ['an adult not asked', adult(30), { result: 'incomplete', group: 'general-15-and-over' }],
  [
    'an adult without symptoms',
    adult(30, ...deny(...adultSymptoms)),
    { result: 'negative', algorithm: 'any-symptom', nextStep: 'assess-preventive-treatment' },
  ],
  ['an adult asked all but one', adult(30, ...deny(...adultSymptoms.slice(1))), { result: 'incomplete' }],
  [
    'an adult with one symptom, the rest not asked',
    adult(30, ['symptoms.fatigue', true]),
    { result: 'positive', nextStep: 'diagnostic-evaluation' },
  ],
  [
    'an X-ray that finds what nobody felt',
    adult(30, ...deny(...adultSymptoms), ['tests.chest-xray', 'xray-abnormal']),
    { result: 'positive', algorithm: 'any-symptom+cxr-parallel' },
  ],
  [
    'a clear X-ray and no symptoms',
    adult(30, ...deny(...adultSymptoms), ['tests.chest-xray', 'xray-normal']),
    { result: 'negative' },
  ],
  ['a rapid test alone', adult(30, ['tests.tb-rapid-test', '10828004']), { result: 'positive', algorithm: 'mwrd' }],
  [
    'a rapid test without result',
    adult(30, ['tests.tb-rapid-test', '82334004']),
    { result: 'inconclusive', nextStep: 'repeat-mwrd' },
  ],
  [
    'living with HIV, four symptoms denied',
    adult(30, ['history.hiv-status', '10828004'], ...deny('cough', 'fever', 'weight-loss', 'night-sweats')),
    { result: 'negative', group: 'hiv-10-and-over', algorithm: 'w4ss' },
  ],
  [
    'living with HIV, raised CRP',
    adult(30, ['history.hiv-status', '10828004'], ...deny('cough', 'fever', 'weight-loss', 'night-sweats'), [
      'tests.crp',
      5.1,
    ]),
    { result: 'positive', algorithm: 'w4ss+crp-parallel' },
  ],
  [
    'CRP at the limit',
    adult(30, ['history.hiv-status', '10828004'], ...deny('cough', 'fever', 'weight-loss', 'night-sweats'), [
      'tests.crp',
      5,
    ]),
    { result: 'negative' },
  ],
  [
    'told negative, tested positive today',
    adult(
      30,
      ['history.hiv-status', '260385009'],
      ['tests.hiv-consent', true],
      ['tests.hiv-test', '10828004'],
      ['symptoms.cough', true],
    ),
    { group: 'hiv-10-and-over' },
  ],
  ['a child not asked', adult(4, ['history.tb-contact', yes]), { result: 'incomplete', group: 'general-under-15' }],
  [
    'a contact child who does not gain weight',
    adult(4, ['history.tb-contact', yes], ['symptoms.poor-weight-gain', true]),
    { result: 'positive', algorithm: 'child' },
  ],
  [
    'a child with HIV and contact',
    adult(4, ['history.hiv-status', '10828004'], ['history.tb-contact', yes]),
    { result: 'positive', group: 'hiv-under-10', reasons: ['close-contact'] },
  ],
  [
    'a child with HIV, contact denied, symptoms denied',
    adult(
      4,
      ['history.hiv-status', '10828004'],
      ['history.tb-contact', no],
      ...deny('cough', 'fever', 'poor-weight-gain', 'weight-loss'),
    ),
    { result: 'negative' },
  ],
  [
    'answers hidden since consent was withdrawn',
    [...adult(30, ['symptoms.cough', true]), ['consent.assessment', false]],
    { result: 'incomplete' },
  ],
];

test.each(rows)('%s', (_name, said, expected) => {
  expect(screenAssessment(assessmentForm, fill(said))).toMatchObject(expected);
});

test('is the screening of the table, nothing else', () => {
  const response = fill(cases['a man with signs of tuberculosis']!);
  const { source: _, ...result } = screenTb(screeningInput(assessmentForm, response));
  expect(screenAssessment(assessmentForm, response)).toMatchObject(result);
});

test('age comes in months for a baby, from the record where the form has none', () => {
  const baby = fill([
    ['identity.age-years', 0],
    ['identity.age-months', 6],
  ]);
  expect(screeningInput(assessmentForm, baby).ageYears).toBe(0.5);
  expect(screeningInput(assessmentForm, fill([]), { ageYears: 17 }).ageYears).toBe(17);
  expect(screeningInput(assessmentForm, fill([['identity.age-years', 40]]), { ageYears: 17 }).ageYears).toBe(40);
});

test('every symptom of the table can be answered in the form', () => {
  for (const symptom of tbSymptoms) {
    for (const answer of [true, false]) {
      const response = fill([...required, ['identity.age-years', 5], [`symptoms.${symptom}`, answer]]);
      expect(screeningInput(assessmentForm, response).symptoms).toEqual({ [symptom]: answer });
    }
  }
});

describe('texts', () => {
  test('say every group, algorithm, result, reason and step the table can give, in each language', () => {
    const states = [undefined, true, false];
    let said = 0;
    const tried = new Set<string>();
    const check = (input: TbScreeningInput) => {
      const { source, ...result } = screenTb(input);
      const key = JSON.stringify(result);
      if (tried.has(key)) {
        return;
      }
      tried.add(key);
      for (const language of languages) {
        const { reasons, ...texts } = screeningTexts({ ...result, source: source.source }, language);
        for (const text of [...Object.values(texts), ...reasons]) {
          // A key that found no text would show as itself, a value not filled in as its braces.
          expect(text, key).not.toMatch(/screening\.|[{}]/);
          said++;
        }
        expect(reasons).toHaveLength(result.reasons.length);
      }
    };
    for (const group of screeningGroups) {
      for (const algorithm of [undefined, 'no-such', ...allowedAlgorithms(group.id).map(({ id }) => id)]) {
        for (const symptom of states) {
          for (const chestXray of [undefined, 'normal', 'abnormal', 'suggestive'] as const) {
            for (const mwrd of [undefined, 'positive', 'negative', 'invalid'] as const) {
              for (const crpMgPerL of [undefined, 3, 9]) {
                check({
                  ageYears: group.ageFromYears + 1,
                  hivStatus: group.hiv ? 'positive' : 'unknown',
                  symptoms: symptom === undefined ? {} : Object.fromEntries(tbSymptoms.map((each) => [each, symptom])),
                  inpatient: true,
                  ...(symptom !== undefined && { closeContact: symptom }),
                  ...(chestXray && { chestXray }),
                  ...(mwrd && { mwrd }),
                  ...(crpMgPerL && { crpMgPerL }),
                  ...(algorithm && { algorithm }),
                });
              }
            }
          }
        }
      }
    }
    check({ ageYears: Number.NaN, hivStatus: 'unknown', symptoms: {} });
    expect(tried.size).toBeGreaterThan(100);
    expect(said).toBeGreaterThan(1000);
  });

  test('read like this', () => {
    const result = screenAssessment(
      assessmentForm,
      fill(
        adult(
          30,
          ...deny(...adultSymptoms.slice(1)),
          ['symptoms.cough', true],
          ['tests.chest-xray', 'xray-suggestive'],
        ),
      ),
    );
    expect(screeningTexts(result, 'en')).toEqual({
      result: 'TB screen positive',
      group: 'General, 15 years and over',
      algorithm: 'any TB symptom and chest X-ray together: either positive counts',
      reasons: [
        'HIV status not known: screened as the general population',
        'Has cough',
        'Chest X-ray suggests tuberculosis',
      ],
      nextStep: 'Diagnostic evaluation for tuberculosis, with a rapid molecular test',
    });
    expect(screeningTexts(result, 'my').result).toBe('တီဘီ စိစစ်မှု အပေါင်း');
    expect(screeningTexts(result, 'th').reasons[1]).toBe('มีอาการ: ไอ');
  });
});
