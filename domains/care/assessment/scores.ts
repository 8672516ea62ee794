import type { CodeableConcept, QuestionnaireItem, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';

interface Band {
  /** Lowest score of the band; it ends where the next begins. */
  readonly from: number;
  readonly code: string;
  readonly display: string;
}

/** What a score means, by the LOINC code of the score. */
const bands: Readonly<Record<string, { readonly source: string; readonly bands: readonly Band[] }>> = {
  '55758-7': {
    source: 'Kroenke, Spitzer, Williams 2003 (PHQ-2): 3 and above is a positive screen',
    bands: [
      { from: 0, code: 'phq2-negative', display: 'Screen negative' },
      { from: 3, code: 'phq2-positive', display: 'Screen positive' },
    ],
  },
  '44261-6': {
    source: 'Kroenke, Spitzer, Williams 2001 (PHQ-9): 5, 10, 15, 20',
    bands: [
      { from: 0, code: 'phq9-minimal', display: 'Minimal' },
      { from: 5, code: 'phq9-mild', display: 'Mild' },
      { from: 10, code: 'phq9-moderate', display: 'Moderate' },
      { from: 15, code: 'phq9-moderately-severe', display: 'Moderately severe' },
      { from: 20, code: 'phq9-severe', display: 'Severe' },
    ],
  },
};

/** The band a score falls in, for scores that have bands. */
export function interpretationOf(
  item: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
): { interpretation?: CodeableConcept[] } {
  const table = bands[item.code?.[0]?.code ?? ''];
  const band = table?.bands.findLast(({ from }) => answer.valueInteger !== undefined && answer.valueInteger >= from);
  if (!band) {
    return {};
  }
  const { code, display } = band;
  return {
    interpretation: [
      { coding: [{ system: 'https://serai.example/CodeSystem/assessment', code, display }], text: display },
    ],
  };
}
