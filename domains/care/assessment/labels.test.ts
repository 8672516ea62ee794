import { expect, test } from 'vitest';
import { sensitivityOf } from './labels.ts';
import { extract, observation, ofType } from './testing/extract.ts';
import { cases, required, type Said } from './testing/fill.ts';

const rows: [string, Said[], string, string[]][] = [
  ['HIV status', [['history.hiv-status', '260385009']], '55277-8', ['HIV']],
  ['pregnancy', [['history.pregnancy-status', '60001007']], '82810-3', ['PREGNANT']],
  [
    'violence',
    [
      ['history.violence-may-ask', 'ask-agreed'],
      ['history.violence-kinds', ['violence-sexual']],
    ],
    'violence-kinds',
    ['SDV', 'VIO'],
  ],
  ['alcohol', [['history.substance-alcohol', 'alcohol-daily']], 'substance-alcohol', ['SUD']],
  ['mood', [['mental-health.phq-1', 'LA6568-5']], '44250-9', ['MH']],
  ['a contact with tuberculosis', [['history.tb-contact', '373066001']], 'tb-contact', ['x-TB']],
  ['a syphilis test', [['tests.syphilis', '260385009']], '20507-0', ['STD']],
  ['a suggestive X-ray', [['tests.chest-xray', 'xray-suggestive']], '24648-8', ['x-TB']],
  ['a clear X-ray', [['tests.chest-xray', 'xray-normal']], '24648-8', []],
  ['a temperature', [['triage.temperature', 37]], '8310-5', []],
];
test.each(rows)('%s is labelled', (_name, said, code, labels) => {
  const resources = extract([...required, ...said]);
  expect(sensitivityOf(observation(resources, code)!)).toEqual(labels);
  // The response and the impression bear the labels of everything in them.
  for (const label of labels) {
    expect(sensitivityOf(resources[0]!)).toContain(label);
    expect(sensitivityOf(ofType(resources, 'ClinicalImpression')[0]!)).toContain(label);
  }
});

test('labels of a medicine and a diagnosis come from the option', () => {
  const resources = extract([
    ...required,
    ['history.medicine-any', '373066001'],
    ['history.medicine-name', 'J05AR27', [0]],
    ['findings.any', '373066001'],
    ['findings.diagnosis-what', '56717001', [0]],
    ['findings.diagnosis-certainty', 'confirmed', [0]],
  ]);
  expect(sensitivityOf(ofType(resources, 'MedicationStatement')[0]!)).toEqual(['HIV']);
  expect(sensitivityOf(ofType(resources, 'Condition')[0]!)).toEqual(['x-TB']);
});

test('a screening by an algorithm for people with HIV says so', () => {
  const symptoms = ['cough', 'fever', 'weight-loss', 'night-sweats'].map((each): Said => [`symptoms.${each}`, false]);
  const screened = observation(extract([...required, ['history.hiv-status', '10828004'], ...symptoms]), 'tb-screening');
  expect(sensitivityOf(screened!)).toEqual(['HIV', 'x-TB']);
  const unknown = observation(extract(cases['a man with signs of tuberculosis']!), 'tb-screening');
  expect(sensitivityOf(unknown!)).toEqual(['x-TB']);
  // That nothing is known of HIV is no code about HIV.
  expect(JSON.stringify(unknown)).not.toMatch(/"code":"hiv/);
});
