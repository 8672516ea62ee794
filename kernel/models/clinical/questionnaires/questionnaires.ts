import type { Provenance } from '../provenance.ts';
import { type QuestionnaireTable, questionnaireTables, safetyPath } from './questionnaires.table.ts';

export interface QuestionnaireAnswers {
  readonly questionnaire: string;
  /** One whole number an item, in order; null for an item not answered. Items left out at the end were not answered. */
  readonly answers: readonly (number | null)[];
  /** The extra scale, where the questionnaire has one. */
  readonly thermometer?: number | null | undefined;
  /** BCP-47 tag of the version that was used. */
  readonly language?: string | undefined;
  /** Whether the programme holds the utilisation agreement some questionnaires need. */
  readonly agreement?: boolean | undefined;
}

export interface QuestionnaireScore {
  /** `not-usable`: the licence or language rule is not met and nothing was scored. */
  readonly status: 'scored' | 'prorated' | 'incomplete' | 'not-usable';
  /** Raw score, whole; null where it cannot be given. */
  readonly score: number | null;
  /** As reported: WHO-5 in percent. */
  readonly reported: number | null;
  readonly band: string | null;
  /** A positive that missing answers cannot undo is given even when incomplete. */
  readonly screen: 'positive' | 'negative' | null;
  /** Items not answered, from 1. */
  readonly missing: readonly number[];
  /** `act-now` opens the safety path; `ask` means the safety question was not answered; null where there is none. */
  readonly safety: 'act-now' | 'ask' | 'clear' | null;
  /** The steps of the safety path, when it opens. */
  readonly safetySteps: readonly string[];
  readonly reasons: readonly string[];
  readonly source: Provenance;
}

/** The table of a questionnaire, if it is known. */
export function questionnaire(id: string): QuestionnaireTable | undefined {
  return questionnaireTables.find((table) => table.id === id);
}

/**
 * Scores a questionnaire by its table.
 *
 * Missing items within the allowance are filled with the mean of the others and the sum rounded, halves up; beyond it
 * there is no score. The safety question is never filled in: unanswered, it has to be asked, and its answer counts
 * whatever the licence or the other items say.
 *
 * @throws RangeError for an unknown questionnaire, too many answers, or an answer outside the item's range.
 */
export function scoreQuestionnaire(input: QuestionnaireAnswers): QuestionnaireScore {
  const table = questionnaire(input.questionnaire);
  if (!table) {
    throw new RangeError(`There is no questionnaire "${input.questionnaire}".`);
  }
  if (input.answers.length > table.items) {
    throw new RangeError(`${table.id} has ${table.items} items.`);
  }
  const items = Array.from({ length: table.items }, (_, i) => input.answers[i] ?? null);
  items.forEach((answer, i) => void checkAnswer(answer, table.itemHighest, `Item ${i + 1}`));
  const thermometer = input.thermometer ?? null;
  checkAnswer(thermometer, table.thermometer?.highest ?? 0, 'The thermometer');

  const missing = items.flatMap((answer, i) => (answer === null ? [i + 1] : []));
  const safety = safetyOf(table, items);
  const base = {
    missing,
    safety,
    safetySteps: safety === 'act-now' ? safetyPath : [],
    source: { source: table.source, effectiveFrom: table.effectiveFrom, jurisdiction: table.jurisdiction },
  };
  const barred = notUsable(table, input);
  if (barred.length > 0) {
    return { ...base, status: 'not-usable', score: null, reported: null, band: null, screen: null, reasons: barred };
  }

  const answered = items.filter((answer) => answer !== null);
  const sum = answered.reduce((total, answer) => total + answer, 0);
  const hot = table.thermometer && thermometer !== null && thermometer >= table.thermometer.positiveFrom;
  const reasons = [...missing.map((item) => `unanswered:${item}`), ...(hot ? ['thermometer'] : [])];
  if (missing.length > table.missingAllowed) {
    // The most and least the missing answers could add.
    const highest = sum + missing.length * table.itemHighest;
    const decided = hot || ('from' in table.positive ? sum >= table.positive.from : highest <= table.positive.to);
    return {
      ...base,
      status: 'incomplete',
      score: null,
      reported: null,
      band: null,
      screen: decided ? 'positive' : null,
      reasons,
    };
  }
  const score = missing.length === 0 ? sum : Math.floor((sum * table.items) / answered.length + 0.5);
  const over = 'from' in table.positive ? score >= table.positive.from : score <= table.positive.to;
  const thermometerOpen = table.thermometer !== undefined && thermometer === null;
  return {
    ...base,
    status: thermometerOpen ? 'incomplete' : missing.length > 0 ? 'prorated' : 'scored',
    score,
    reported: score * table.reportedTimes,
    band: table.bands.findLast((row) => score >= row.from)!.band,
    screen: over || hot ? 'positive' : thermometerOpen ? null : 'negative',
    reasons: [...reasons, ...(thermometerOpen ? ['unanswered:thermometer'] : []), ...(over ? ['score'] : [])],
  };
}

/** Whether a change between two reported scores means something; null where no limit is published. */
export function meaningfulChange(id: string, before: number, after: number): boolean | null {
  const limit = questionnaire(id)?.meaningfulChange;
  return limit === undefined ? null : Math.abs(after - before) >= limit;
}

function safetyOf(table: QuestionnaireTable, items: readonly (number | null)[]): QuestionnaireScore['safety'] {
  if (!table.safety) {
    return null;
  }
  const answer = items[table.safety.item - 1]!;
  return answer === null ? 'ask' : answer >= table.safety.from ? 'act-now' : 'clear';
}

function notUsable(table: QuestionnaireTable, input: QuestionnaireAnswers): string[] {
  const tag = input.language?.split('-')[0]?.toLowerCase();
  return [
    ...(table.needsAgreement && !input.agreement ? ['agreement-missing'] : []),
    ...(table.languages && !table.languages.includes(tag ?? '')
      ? [tag === 'en' ? 'english-alone' : 'language-not-validated']
      : []),
  ];
}

function checkAnswer(answer: number | null, highest: number, what: string): void {
  if (answer !== null && (!Number.isInteger(answer) || answer < 0 || answer > highest)) {
    throw new RangeError(`${what} is a whole number from 0 to ${highest}.`);
  }
}
