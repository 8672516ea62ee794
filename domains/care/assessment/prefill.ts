import type { Questionnaire, QuestionnaireResponse, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';
import { outlineOf, setAnswer, startResponse } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';

/** What the record and the session already know; nobody is asked twice. */
export interface KnownForAssessment {
  readonly sex?: string;
  /** `1988`, `1988-04` or `1988-04-12`. */
  readonly birth?: string;
  readonly birthIsEstimated?: boolean;
  /** BCP 47. */
  readonly language?: string;
  /** Its name in the reader's language, for a language the form does not list. */
  readonly languageName?: string;
  readonly interpreterNeeded?: boolean;
  readonly site?: string;
  readonly examiner?: string;
  /** `YYYY-MM-DD` where the examiner is. */
  readonly today: string;
}

/** A new draft with what is known filled in. Links the form does not have are passed over. */
export function startAssessment(questionnaire: Questionnaire, known: KnownForAssessment): QuestionnaireResponse {
  const { byLinkId } = outlineOf(questionnaire);
  let response = startResponse(questionnaire);
  const fill = (linkId: string, answer: QuestionnaireResponseItemAnswer | undefined) => {
    if (answer && byLinkId.has(linkId)) {
      response = setAnswer(questionnaire, response, linkId, [answer]);
    }
  };
  const option = (linkId: string, code: string | undefined): QuestionnaireResponseItemAnswer | undefined => {
    const found = byLinkId
      .get(linkId)
      ?.item.answerOption?.find(({ valueCoding }) => valueCoding?.code === code)?.valueCoding;
    return found && { valueCoding: { system: found.system, code: found.code, display: found.display } };
  };
  const age = known.birth ? ageOn(known.birth, known.today) : undefined;
  fill('identity.sex', option('identity.sex', known.sex));
  fill('identity.age-years', age && { valueInteger: age.years });
  if (age && age.years < 5) {
    fill('identity.age-months', age.exact ? { valueInteger: age.months } : undefined);
  }
  if (age) {
    fill('identity.age-estimated', { valueBoolean: known.birthIsEstimated === true || !age.exact });
  }
  fill(
    'identity.language',
    option('identity.language', known.language) ??
      (known.languageName ? { valueString: known.languageName } : undefined),
  );
  if (known.interpreterNeeded !== undefined) {
    fill('identity.interpreter-needed', { valueBoolean: known.interpreterNeeded });
  }
  fill('closing.date', { valueDate: known.today });
  fill('closing.site', known.site ? { valueString: known.site } : undefined);
  fill('closing.examiner', known.examiner ? { valueString: known.examiner } : undefined);
  return response;
}

/**
 * Completed age. A birth known only to the year or month counts from its middle, and is not exact.
 *
 * @throws nothing: undefined for a birth in the future or one that is no date
 */
export function ageOn(
  birth: string,
  today: string,
): { readonly years: number; readonly months: number; readonly exact: boolean } | undefined {
  const exact = birth.length === 10;
  const day = birth.length === 4 ? `${birth}-07-01` : birth.length === 7 ? `${birth}-15` : birth;
  const [by, bm, bd] = day.split('-').map(Number) as [number, number, number];
  const [ty, tm, td] = today.split('-').map(Number) as [number, number, number];
  const months = (ty - by) * 12 + (tm - bm) - (td < bd ? 1 : 0);
  if (!Number.isFinite(months)) {
    return undefined;
  }
  // The middle of this year may lie ahead although the birth does not.
  const lived = !exact && months < 0 && birth <= today.slice(0, birth.length) ? 0 : months;
  return lived < 0 ? undefined : { years: Math.floor(lived / 12), months: lived, exact };
}
