import type { CodeableConcept, QuestionnaireItem, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';

interface Band {
  /** Lowest score of the band; it ends where the next begins. */
  readonly from: number;
  readonly code: string;
  readonly display: string;
}

/** What a score or a measure means, by its LOINC code. */
const bands: Readonly<
  Record<
    string,
    {
      readonly source: string;
      /** Where the bands hold for some ages only: months, the second not included. */
      readonly ageMonths?: readonly [from: number, below: number];
      readonly bands: readonly Band[];
    }
  >
> = {
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
  '56072-2': {
    source: 'WHO and UNICEF 2009, WHO 2013: mid-upper-arm circumference below 11.5 cm severe, below 12.5 cm moderate',
    ageMonths: [6, 60],
    bands: [
      { from: 0, code: 'muac-severe', display: 'Severe acute malnutrition' },
      { from: 11.5, code: 'muac-moderate', display: 'Moderate acute malnutrition' },
      { from: 12.5, code: 'muac-not-wasted', display: 'Not wasted' },
    ],
  },
};

/** The band an answer falls in, where its code has bands for this age. */
export function interpretationOf(
  item: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
  ageMonths: number | undefined,
): { interpretation?: CodeableConcept[] } {
  const table = bands[item.code?.[0]?.code ?? ''];
  const value = answer.valueInteger ?? answer.valueQuantity?.value;
  if (!table || value === undefined) {
    return {};
  }
  const [from, below] = table.ageMonths ?? [];
  if (from !== undefined && !(ageMonths !== undefined && ageMonths >= from && ageMonths < below!)) {
    return {};
  }
  const band = table.bands.findLast((each) => value >= each.from);
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
