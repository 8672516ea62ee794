import { expect, test } from 'vitest';
import { ModelInputError, runModel } from '../model.ts';
import { clinicalModels } from './index.ts';

/** What a door says of an input that is wrong in one place. */
function sentences(name: string, input: unknown): string[] {
  try {
    runModel(clinicalModels.find((model) => model.name === name)!, input as any);
  } catch (error) {
    if (error instanceof ModelInputError) {
      return error.issues.map((issue) => `${issue.path}: ${issue.sentence}`);
    }
    throw error;
  }
  return [];
}

const course = { id: 'a', startDate: '2024-01-01', asOf: '2024-01-10' };
const tbCase = {
  id: 'a',
  asOf: '2024-06-01',
  diagnosisDate: '2024-01-01',
  resistant: false,
  pulmonary: true,
  confirmed: true,
};
const person = { id: 'a', birthDate: '2023-01-01', asOf: '2024-01-01' };

test.each<[string, string, unknown, string]>([
  [
    'a dose of nobody',
    'tb-adherence',
    { courses: [course], doses: [{ id: 'b', date: '2024-01-01', status: 'observed' }] },
    'doses[0].id: None of the courses has this label.',
  ],
  [
    'two courses of one label',
    'tb-adherence',
    { courses: [course, course], doses: [] },
    'courses[1].id: This label is there twice.',
  ],
  [
    'counting before the start',
    'tb-adherence',
    { courses: [{ ...course, asOf: '2023-12-31' }], doses: [] },
    'courses[0].asOf: The day of counting is before the first dose.',
  ],
  [
    'a result of nobody',
    'tb-outcome',
    { cases: [tbCase], results: [{ id: 'b', date: '2024-01-01', test: 'culture', result: 'negative' }] },
    'results[0].id: None of the cases has this label.',
  ],
  [
    'no such day',
    'tb-outcome',
    { cases: [{ ...tbCase, diagnosisDate: '2024-02-30' }] },
    'cases[0].diagnosisDate: Diagnosis is a date of the calendar',
  ],
  [
    'a vaccine of nobody',
    'vaccination-catch-up',
    { people: [person], given: [{ id: 'b', antigen: 'opv', date: '2023-03-01' }] },
    'given[0].id: None of the people has this label.',
  ],
  [
    'born tomorrow',
    'vaccination-catch-up',
    { people: [{ ...person, birthDate: '2025-01-01' }] },
    'people[0].birthDate: Birth is after today.',
  ],
  [
    'an algorithm for others',
    'tb-screening',
    { people: [{ ageYears: 5, hivStatus: 'positive', algorithm: 'mwrd' }] },
    'people[0].algorithm: This algorithm is not allowed for this age and HIV status.',
  ],
  [
    'CRP below zero',
    'tb-screening',
    { people: [{ ageYears: 5, hivStatus: 'positive', crpMgPerL: -1 }] },
    'people[0].crpMgPerL: C-reactive protein is at least 0 mg/L.',
  ],
  [
    'an age in days',
    'tb-preventive',
    { people: [{ ageYears: 400, hiv: false, contact: true, screening: 'negative' }] },
    'people[0].ageYears: Age is at most 130 years; check the unit.',
  ],
  [
    'weight nought',
    'tb-doses',
    { people: [{ regimen: '2HRZE/4HR', weightKg: 0 }] },
    'people[0].weightKg: Weight is above 0 kg.',
  ],
  [
    'weight not a number',
    'tb-doses',
    { people: [{ regimen: '2HRZE/4HR', weightKg: Number.NaN }] },
    'people[0].weightKg: Weight is a number (kg).',
  ],
  [
    'a regimen without a schedule',
    'tb-monitoring',
    { courses: [{ regimen: 'longer', startDate: '2024-01-01', months: 18 }] },
    'courses[0].regimen: Regimen is one of:',
  ],
  [
    'an answer out of range',
    'questionnaire-score',
    { responses: [{ questionnaire: 'phq-9', item1: 4 }] },
    'responses[0].item1: Item 1 of phq-9 is a whole number from 0 to 3.',
  ],
  [
    'an item too many',
    'questionnaire-score',
    { responses: [{ questionnaire: 'phq-2', item3: 1 }] },
    'responses[0].item3: phq-2 has 2 items.',
  ],
  [
    'neither period nor scan',
    'pregnancy-dates',
    { pregnancies: [{ asOf: '2024-01-01' }] },
    'pregnancies[0].lastPeriod: Give the last period or an ultrasound.',
  ],
  [
    'half a scan',
    'pregnancy-dates',
    { pregnancies: [{ asOf: '2024-01-01', ultrasoundDate: '2024-01-01' }] },
    'pregnancies[0].ultrasoundWeeks: An ultrasound needs both',
  ],
  [
    'an answer that is none',
    'ihr-annex-2',
    { events: [{ disease: 'cholera', serious: 'maybe' }] },
    'events[0].serious: An answer is one of: yes, no, unknown.',
  ],
  [
    'a misspelt field',
    'tb-doses',
    { people: [{ regimen: '2HRZE/4HR', weightKg: 60, programm: 'in' }] },
    'people[0]: Unrecognized key: "programm"',
  ],
  ['nobody', 'tb-screening', { people: [] }, 'people: People screened: give at least one.'],
  ['nothing', 'tb-screening', {}, 'people: People screened: give a list.'],
])('%s', (_, name, input, sentence) => {
  const said = sentences(name, input);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(sentence);
});

test('empty cells are as good as fields left out', () => {
  expect(
    sentences('tb-screening', {
      people: [{ id: null, ageYears: 30, hivStatus: 'negative', cough: null, crpMgPerL: null }],
    }),
  ).toEqual([]);
});
