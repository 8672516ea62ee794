import type {
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { extensions } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';

type Answers = readonly QuestionnaireResponseItemAnswer[];

/** A key for an option or an answer, the same for both where they mean the same. */
export function choiceKey(choice: QuestionnaireItemAnswerOption | QuestionnaireResponseItemAnswer): string {
  const coding = choice.valueCoding;
  return coding
    ? `${coding.system ?? ''}|${coding.code}`
    : String(choice.valueString ?? choice.valueInteger ?? choice.valueDate ?? choice.valueTime ?? '');
}

export function answerOf(option: QuestionnaireItemAnswerOption): QuestionnaireResponseItemAnswer {
  if (option.valueCoding) {
    const { system, code, display } = option.valueCoding;
    return { valueCoding: { ...(system && { system }), ...(code && { code }), ...(display && { display }) } };
  }
  const { valueString, valueInteger, valueDate, valueTime } = option;
  return {
    ...(valueString !== undefined && { valueString }),
    ...(valueInteger !== undefined && { valueInteger }),
    ...(valueDate !== undefined && { valueDate }),
    ...(valueTime !== undefined && { valueTime }),
  };
}

function isExclusive(option: QuestionnaireItemAnswerOption | undefined): boolean {
  return (
    option?.extension?.some(({ url, valueBoolean }) => url === extensions.optionExclusive && valueBoolean === true) ??
    false
  );
}

/** Several answers with one option switched on or off. An option that excludes others leaves none beside it. */
export function toggled(
  item: QuestionnaireItem,
  answers: Answers,
  option: QuestionnaireItemAnswerOption,
  on: boolean,
): Answers {
  const key = choiceKey(option);
  const others = answers.filter((answer) => choiceKey(answer) !== key);
  if (!on) {
    return others;
  }
  if (isExclusive(option)) {
    return [answerOf(option)];
  }
  const byKey = new Map((item.answerOption ?? []).map((candidate) => [choiceKey(candidate), candidate]));
  return [...others.filter((answer) => !isExclusive(byKey.get(choiceKey(answer)))), answerOf(option)];
}

/** The words written where no option fits; undefined where an option was chosen. */
export function writtenAnswer(answers: Answers): string | undefined {
  return answers.find((answer) => answer.valueString !== undefined && !answer.valueCoding)?.valueString;
}

/** Answers with the written one replaced; empty words remove it. */
export function withWritten(answers: Answers, text: string, alone: boolean): Answers {
  const chosen = alone ? [] : answers.filter((answer) => answer.valueString === undefined);
  return text === '' ? chosen : [...chosen, { valueString: text }];
}
