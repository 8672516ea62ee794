import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { invariant } from '../../base/invariant.ts';
import { getAnswers, replaceAnswers } from './answers.ts';
import { addDays, isCalendarDate } from './dates.ts';
import { answerValue, extensions, type ItemOutline, outlineOf, type Place } from './outline.ts';

export interface Calculation {
  readonly method: string;
  readonly inputs: readonly string[];
}

/** How a read-only item follows from others, where it does. */
export function calculationOf(item: QuestionnaireItem): Calculation | undefined {
  const extension = item.extension?.find(({ url }) => url === extensions.calculation);
  if (!extension) {
    return undefined;
  }
  const parts = extension.extension ?? [];
  const method = parts.find(({ url }) => url === 'method')?.valueCode;
  invariant(method && method in methods, `${item.linkId} names a known calculation`);
  return { method, inputs: parts.filter(({ url }) => url === 'input').map(({ valueString }) => valueString!) };
}

type Method = (
  inputs: readonly (readonly QuestionnaireResponseItemAnswer[])[],
  items: readonly QuestionnaireItem[],
) => QuestionnaireResponseItemAnswer | undefined;

const methods: Readonly<Record<string, Method>> = {
  /** Sum of the answers' scores; nothing until every input is answered, because a part of a score misleads. */
  sum: (inputs, items) => {
    let total = 0;
    for (const [index, answers] of inputs.entries()) {
      const score = answers[0] && scoreOf(items[index]!, answers[0]);
      if (score === undefined) {
        return undefined;
      }
      total += score;
    }
    return { valueInteger: total };
  },
  /** Weight in kg over height in m squared, one decimal; inputs in that order, height in cm. */
  'body-mass-index': ([weight, height]) => {
    const kg = numberOf(weight?.[0]);
    const cm = numberOf(height?.[0]);
    return kg && cm ? { valueDecimal: Math.round((kg / (cm / 100) ** 2) * 10) / 10 } : undefined;
  },
  /** Naegele's rule: 280 days after the first day of the last menstrual period. */
  'due-date': ([lastPeriod]) => {
    const date = lastPeriod?.[0]?.valueDate;
    return date?.length === 10 && isCalendarDate(date) ? { valueDate: addDays(date, 280) } : undefined;
  },
};

/** An answer's score: the number itself, or the ordinal value of the option chosen. */
export function scoreOf(item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): number | undefined {
  const number = numberOf(answer);
  if (number !== undefined || !answer.valueCoding) {
    return number;
  }
  const { code, system } = answer.valueCoding;
  const option = item.answerOption?.find(({ valueCoding: c }) => c?.code === code && (!system || c?.system === system));
  return [...(option?.extension ?? []), ...(option?.valueCoding?.extension ?? [])].find(
    ({ url }) => url === extensions.ordinalValue,
  )?.valueDecimal;
}

function numberOf(answer: QuestionnaireResponseItemAnswer | undefined): number | undefined {
  const value = answer && answerValue(answer);
  if (typeof value === 'number') {
    return value;
  }
  return answer?.valueQuantity?.value;
}

/** What a calculated item's answer must be, from the answers beside it. */
export function calculated(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  target: ItemOutline,
  at: Place,
): QuestionnaireResponseItemAnswer | undefined {
  const calculation = calculationOf(target.item)!;
  const { byLinkId } = outlineOf(questionnaire);
  const inputs = calculation.inputs.map((linkId) => byLinkId.get(linkId)!);
  return methods[calculation.method]!(
    inputs.map(({ linkId, repeating }) => getAnswers(questionnaire, response, linkId, at.slice(0, repeating.length))),
    inputs.map(({ item }) => item),
  );
}

const dependants = new WeakMap<Questionnaire, ReadonlyMap<string, readonly ItemOutline[]>>();

/** Every calculated item of a questionnaire by the link id of its inputs. */
function dependantsOf(questionnaire: Questionnaire): ReadonlyMap<string, readonly ItemOutline[]> {
  const known = dependants.get(questionnaire);
  if (known) {
    return known;
  }
  const byInput = new Map<string, ItemOutline[]>();
  for (const entry of outlineOf(questionnaire).byLinkId.values()) {
    for (const input of calculationOf(entry.item)?.inputs ?? []) {
      byInput.set(input, [...(byInput.get(input) ?? []), entry]);
    }
  }
  dependants.set(questionnaire, byInput);
  return byInput;
}

/** Brings the items calculated from `changed` up to date, and those calculated from them. */
export function calculate(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  changed: string,
  at: Place,
): QuestionnaireResponse {
  let next = response;
  for (const target of dependantsOf(questionnaire).get(changed) ?? []) {
    const place = at.slice(0, target.repeating.length);
    const answer = calculated(questionnaire, next, target, place);
    next = replaceAnswers(questionnaire, next, target.linkId, answer ? [answer] : [], place);
    next = calculate(questionnaire, next, target.linkId, place);
  }
  return next;
}
