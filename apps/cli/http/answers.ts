import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { getAnswers, pruneDisabled, setAnswer } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';

export type Answer = string | number | boolean | readonly string[] | readonly Answers[];
export interface Answers {
  readonly [linkId: string]: Answer;
}

/**
 * A `QuestionnaireResponse` from answers by link id: `{ 'symptoms.cough': true }`. Choices by their code, quantities by
 * number in the form's unit, repeating groups as a list of answers.
 * @throws Error when an answer belongs to no question, or a code to no option.
 */
export function respond(questionnaire: Questionnaire, subject: string, answers: Answers): QuestionnaireResponse {
  const used = new Set<string>();
  const item = fill(questionnaire.item ?? [], answers, used);
  const lost = Object.keys(answers).find((linkId) => !used.has(linkId));
  if (lost) {
    throw new Error(`the form has no question ${lost}`);
  }
  const response: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    questionnaire: questionnaire.version ? `${questionnaire.url}|${questionnaire.version}` : questionnaire.url!,
    status: 'completed',
    subject: { reference: subject },
    item,
  };
  // Setting an answer once more brings what is calculated from it up to date.
  const single = Object.entries(answers).filter(([, answer]) => typeof answer !== 'object');
  const calculated = single.reduce(
    (filled, [linkId]) => setAnswer(questionnaire, filled, linkId, getAnswers(questionnaire, filled, linkId, []), []),
    response,
  );
  return pruneDisabled(questionnaire, calculated);
}

function fill(items: readonly QuestionnaireItem[], answers: Answers, used: Set<string>): QuestionnaireResponseItem[] {
  return items.flatMap((item): QuestionnaireResponseItem[] => {
    const given = answers[item.linkId];
    if (given !== undefined) {
      used.add(item.linkId);
    }
    if (item.type === 'display') {
      return [];
    }
    if (item.type === 'group') {
      if (Array.isArray(given)) {
        return (given as readonly Answers[]).map((each) => ({
          linkId: item.linkId,
          item: fill(item.item ?? [], each, new Set()),
        }));
      }
      const inner = fill(item.item ?? [], answers, used);
      return inner.length > 0 ? [{ linkId: item.linkId, item: inner }] : [];
    }
    if (given === undefined) {
      return [];
    }
    return [
      { linkId: item.linkId, answer: [given].flat().map((each) => answerOf(item, each as string | number | boolean)) },
    ];
  });
}

function answerOf(item: QuestionnaireItem, value: string | number | boolean): QuestionnaireResponseItemAnswer {
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: value as boolean };
    case 'integer':
      return { valueInteger: value as number };
    case 'decimal':
      return { valueDecimal: value as number };
    case 'date':
      return { valueDate: value as string };
    case 'quantity': {
      const unit = item.extension?.find((each) => /questionnaire-unit(Option)?$/.test(each.url))?.valueCoding;
      return {
        valueQuantity: {
          value: value as number,
          ...(unit && { unit: unit.display ?? unit.code!, system: unit.system!, code: unit.code! }),
        },
      };
    }
    case 'choice':
    case 'open-choice': {
      const coding = item.answerOption?.find((option) => option.valueCoding?.code === value)?.valueCoding;
      if (coding) {
        return { valueCoding: coding };
      }
      if (item.type === 'open-choice') {
        return { valueString: value as string };
      }
      throw new Error(`the question ${item.linkId} has no answer ${value}`);
    }
    default:
      return { valueString: value as string };
  }
}
