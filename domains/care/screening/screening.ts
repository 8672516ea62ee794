import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { getValue, outlineOf, pruneDisabled } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import type { Language } from '@serai/kernel/i18n/i18n.ts';
import { translate } from '@serai/kernel/i18n/i18n.ts';
import { screenTb, type TbScreeningInput, type TbSymptom } from '@serai/kernel/models/clinical/screening.ts';
import type { ScreeningResult } from '../api.ts';
import { careMessages } from '../care.messages.ts';

export interface ScreeningOptions {
  /** Used where the form has no age yet, in years. */
  readonly ageYears?: number;
  /** One of the algorithms allowed for the person's group; left out, the preferred one for the tests at hand. */
  readonly algorithm?: string;
  /** TB prevalence among the people this site serves, percent. */
  readonly tbPrevalencePercent?: number;
}

/** Which link of the form answers which symptom. */
const symptomLinks: Readonly<Record<TbSymptom, string>> = {
  cough: 'symptoms.cough',
  haemoptysis: 'symptoms.haemoptysis',
  sputum: 'symptoms.sputum',
  fever: 'symptoms.fever',
  'night-sweats': 'symptoms.night-sweats',
  'weight-loss': 'symptoms.weight-loss',
  'chest-pain': 'symptoms.chest-pain',
  'shortness-of-breath': 'symptoms.shortness-of-breath',
  fatigue: 'symptoms.fatigue',
  'poor-weight-gain': 'symptoms.poor-weight-gain',
  lethargy: 'symptoms.lethargy',
};

/** Codes of the form's answers and what they mean to the screening. */
const yesNo: Readonly<Record<string, boolean>> = { '373066001': true, '373067005': false };
const hivCodes: Readonly<Record<string, 'positive' | 'negative'>> = { '10828004': 'positive', '260385009': 'negative' };
const xrayCodes: Readonly<Record<string, TbScreeningInput['chestXray']>> = {
  'xray-normal': 'normal',
  'xray-abnormal': 'abnormal',
  'xray-suggestive': 'suggestive',
};
const rapidTestCodes: Readonly<Record<string, TbScreeningInput['mwrd']>> = {
  '10828004': 'positive',
  '260385009': 'negative',
  '82334004': 'invalid',
};

/**
 * What a health assessment, finished or half-filled, says to TB screening. An answer not given, or hidden by another
 * answer, is left out: it never counts as a no.
 */
export function screeningInput(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  options: ScreeningOptions = {},
): TbScreeningInput {
  const shown = pruneDisabled(questionnaire, response);
  const { byLinkId } = outlineOf(questionnaire);
  const read = (linkId: string) => (byLinkId.has(linkId) ? getValue(questionnaire, shown, linkId) : undefined);
  const number = (linkId: string) => {
    const value = read(linkId);
    return typeof value === 'number' ? value : undefined;
  };
  const boolean = (linkId: string) => {
    const value = read(linkId);
    return typeof value === 'boolean' ? value : undefined;
  };
  const code = (linkId: string) => (read(linkId) as { code?: string } | undefined)?.code ?? '';

  const symptoms: Partial<Record<TbSymptom, boolean>> = {};
  for (const [symptom, linkId] of Object.entries(symptomLinks) as [TbSymptom, string][]) {
    const answer = boolean(linkId);
    if (answer !== undefined) {
      symptoms[symptom] = answer;
    }
  }
  const years = number('identity.age-years');
  const months = number('identity.age-months');
  const crp = read('tests.crp') as { value?: number } | undefined;
  return {
    ageYears: years === 0 && months !== undefined ? months / 12 : (years ?? options.ageYears ?? Number.NaN),
    // A test done today outweighs what was told.
    hivStatus: hivCodes[code('tests.hiv-test')] ?? hivCodes[code('history.hiv-status')] ?? 'unknown',
    closeContact: yesNo[code('history.tb-contact')],
    symptoms,
    chestXray: xrayCodes[code('tests.chest-xray')],
    crpMgPerL: crp?.value,
    mwrd: rapidTestCodes[code('tests.tb-rapid-test')],
    inpatient: boolean('tests.inpatient'),
    tbPrevalencePercent: options.tbPrevalencePercent,
    algorithm: options.algorithm,
  };
}

/** TB screening of an assessment by the algorithm table; the same function on each keystroke and on the server. */
export function screenAssessment(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  options: ScreeningOptions = {},
): ScreeningResult {
  const { result, algorithm, group, reasons, nextStep, source } = screenTb(
    screeningInput(questionnaire, response, options),
  );
  return { result, algorithm, group, reasons, nextStep, source: `${source.source}, ${source.effectiveFrom}` };
}

export interface ScreeningTexts {
  readonly result: string;
  readonly group: string;
  readonly algorithm: string;
  readonly reasons: readonly string[];
  readonly nextStep: string;
}

type CareKey = keyof typeof careMessages;
const isKey = (key: string): key is CareKey => Object.hasOwn(careMessages, key);

/** A screening result in the reader's language. */
export function screeningTexts(result: ScreeningResult, language: Language): ScreeningTexts {
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string =>
    isKey(key) ? translate(careMessages, language, key, values) : key;
  return {
    result: say(`screening.result.${result.result}`),
    group: say(`screening.group.${result.group}`),
    algorithm: algorithmText(result.algorithm, say),
    reasons: result.reasons.map((reason) => reasonText(reason, say)),
    nextStep: say(`screening.next.${result.nextStep}`),
  };
}

type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

/** `first`, or `first+second-combination`. */
function algorithmText(algorithm: string, say: Say): string {
  const combined = /^(.+)\+(cxr|crp|mwrd)-(parallel|sequential-positive|sequential-negative)$/.exec(algorithm);
  if (!combined) {
    // An algorithm that does not exist is shown as it was asked for.
    return isKey(`screening.test.${algorithm}`) ? say(`screening.test.${algorithm}`) : algorithm;
  }
  const [, first, second, combination] = combined;
  return say(`screening.combination.${combination}`, {
    first: say(`screening.test.${first}`),
    second: say(`screening.test.${second}`),
  });
}

/** `kind` or `kind:what`, where `what` may itself be a reason. */
function reasonText(reason: string, say: Say): string {
  const [kind, ...rest] = reason.split(':');
  const what = rest.join(':');
  if (isKey(`screening.reason.${reason}`) || what === '') {
    return say(`screening.reason.${reason}`);
  }
  const inner =
    kind === 'outside-algorithm'
      ? reasonText(what, say)
      : isKey(`screening.symptom.${what}`)
        ? say(`screening.symptom.${what}`)
        : say(`screening.test.${what}`);
  return say(`screening.reason.${kind}`, { what: inner });
}
