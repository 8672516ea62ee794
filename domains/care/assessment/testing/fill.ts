import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import {
  outlineOf,
  type Place,
  setAnswer,
  startResponse,
  unitsOf,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';

/** For tests: the form as shipped, and answers written as plainly as they are said. */

export const assessmentForm = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../countries/forms/health-assessment.questionnaire.json'), 'utf8'),
) as Questionnaire;

export type Plain = boolean | number | string | readonly string[];
export type Said = readonly [linkId: string, answer: Plain, at?: Place];

/** A response with these answers; options are named by their code, a quantity is in the item's first unit. */
export function fill(
  said: readonly Said[],
  from: QuestionnaireResponse = startResponse(assessmentForm),
): QuestionnaireResponse {
  let response = from;
  for (const [linkId, plain, at] of said) {
    const entry = outlineOf(assessmentForm).byLinkId.get(linkId);
    if (!entry) {
      throw new Error(`the form has no ${linkId}`);
    }
    const answers = (Array.isArray(plain) ? plain : [plain]).map((each) => answerOf(entry.item, each));
    response = setAnswer(assessmentForm, response, linkId, answers, at);
  }
  return response;
}

export function answerOf(item: QuestionnaireItem, plain: boolean | number | string): QuestionnaireResponseItemAnswer {
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: plain as boolean };
    case 'integer':
      return { valueInteger: plain as number };
    case 'decimal':
      return { valueDecimal: plain as number };
    case 'date':
      return { valueDate: plain as string };
    case 'quantity': {
      const [unit] = unitsOf(item);
      return { valueQuantity: { value: plain as number, unit: unit!.display, system: unit!.system, code: unit!.code } };
    }
    case 'choice':
    case 'open-choice': {
      const option = item.answerOption?.find(({ valueCoding }) => valueCoding?.code === plain);
      if (option) {
        const { system, code, display } = option.valueCoding!;
        return { valueCoding: { system, code, display } };
      }
      if (item.type === 'open-choice') {
        return { valueString: plain as string };
      }
      throw new Error(`${item.linkId} has no option ${plain}`);
    }
    default:
      return { valueString: plain as string };
  }
}

const yes = '373066001';
const no = '373067005';

/** What every assessment needs to be complete. */
export const required: readonly Said[] = [
  ['identity.name-confirmed', true],
  ['identity.sex', 'female'],
  ['identity.age-years', 34],
  ['identity.language', 'my'],
  ['consent.explained', true],
  ['consent.assessment', true],
  ['consent.sharing', true],
  ['consent.research', false],
  ['consent.given-by', 'self'],
  ['triage.danger-signs', ['danger-none']],
  ['triage.category', 'queue'],
  ['history.allergy-any', no],
  ['history.medicine-any', no],
  ['referral.needed', false],
  ['closing.date', '2026-11-21'],
  ['closing.site', 'Mae Sot reception clinic'],
  ['closing.examiner', 'Nurse on duty'],
  ['closing.signed', true],
];

const noSymptoms: readonly Said[] = [
  'cough',
  'haemoptysis',
  'sputum',
  'fever',
  'night-sweats',
  'weight-loss',
  'chest-pain',
  'shortness-of-breath',
  'fatigue',
].map((symptom) => [`symptoms.${symptom}`, false]);

/** The golden cases. */
export const cases: Readonly<Record<string, readonly Said[]>> = {
  'nothing optional': required,
  'a well woman': [
    ...required,
    ['history.chronic-any', no],
    ['history.surgery-any', no],
    ['history.tb-contact', no],
    ['history.hiv-status', '260385009'],
    ['history.pregnancy-status', '60001007'],
    ['history.tobacco', '266919005'],
    ...noSymptoms,
    ['triage.temperature', 36.7],
    ['triage.systolic', 118],
    ['triage.diastolic', 76],
    ['examination.weight', 52],
    ['examination.height', 154],
    ['vaccination.given-any', yes],
    ['vaccination.given-vaccine', '09', [0]],
    ['vaccination.given-date', '2024', [0]],
    ['vaccination.given-evidence', 'record', [0]],
    ['mental-health.phq-1', 'LA6568-5'],
    ['mental-health.phq-2', 'LA6569-3'],
  ],
  'a man with signs of tuberculosis': [
    ...required,
    ['identity.sex', 'male'],
    ['identity.age-years', 41],
    ...noSymptoms,
    ['symptoms.cough', true],
    ['symptoms.cough-weeks', 4],
    ['symptoms.night-sweats', true],
    ['history.tb-contact', yes],
    ['history.tb-contact-kind', 'contact-work'],
    ['tests.chest-xray', 'xray-suggestive'],
    ['findings.any', yes],
    ['findings.diagnosis-what', '56717001', [0]],
    ['findings.diagnosis-certainty', 'provisional', [0]],
    ['findings.summary', 'Cough for four weeks, X-ray suggestive.'],
    ['referral.needed', true],
    ['referral.service', 'refer-tb', [0]],
    ['referral.urgency', 'urgent', [0]],
  ],
  'a pregnant woman': [
    ...required,
    ['history.pregnancy-status', '77386006'],
    ['history.pregnancy-last-period', '2026-05-01'],
    ['history.pregnancy-number', 2],
    ['history.medicine-any', yes],
    ['history.medicine-name', 'B03AD03', [0]],
    ['history.medicine-dose', 'one tablet a day', [0]],
    ['history.medicine-name', 'herbal tonic', [1]],
    ['history.medicine-since', '2026-09', [1]],
    ['history.allergy-any', yes],
    ['history.allergy-substance', '764146007', [0]],
    ['history.allergy-kind', 'medication', [0]],
    ['history.allergy-reaction', ['271807003', '267036007'], [0]],
    ['history.allergy-severe', true, [0]],
    ['examination.muac', 24.5],
    ['tests.haemoglobin', 10.4],
  ],
  'a child with a small arm': [
    ...required,
    ['identity.age-years', 1],
    ['identity.age-months', 18],
    ['consent.given-by', 'parent'],
    ['examination.muac', 11.2],
    ['examination.bilateral-oedema', false],
    ['examination.weight', 7.8],
    ['examination.height', 74],
    ['symptoms.cough', false],
    ['symptoms.fever', true],
    ['symptoms.poor-weight-gain', true],
    ['symptoms.lethargy', false],
    ['treatment.vaccine-given-name', '04', [0]],
    ['treatment.vaccine-given-dose', 1, [0]],
    ['treatment.vaccine-given-lot', 'MR-77', [0]],
    ['treatment.education', ['education-nutrition']],
  ],
  'someone at risk': [
    ...required,
    ['mental-health.phq-1', 'LA6571-9'],
    ['mental-health.phq-2', 'LA6570-1'],
    ...['phq-3', 'phq-4', 'phq-5', 'phq-6', 'phq-7', 'phq-8', 'phq-9'].map(
      (id): Said => [`mental-health.${id}`, 'LA6569-3'],
    ),
    ['mental-health.self-harm-plan-or-intent', false],
    ['mental-health.self-harm-supervisor-told', true],
    ['mental-health.self-harm-contact-24-hours', true],
    ['history.violence-may-ask', 'ask-agreed'],
    ['history.violence-kinds', ['violence-physical', 'violence-sexual']],
    ['history.violence-recent', true],
    ['history.violence-safe-now', false],
  ],
  'no consent': required
    .filter(([linkId]) => !linkId.startsWith('history.'))
    .map(([linkId, answer]) => [linkId, linkId === 'consent.assessment' ? false : answer]),
};

/** Ids that tell where they stand in the list, the same on every run. */
export function countedIds(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}
