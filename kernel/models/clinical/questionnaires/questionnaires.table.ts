import type { Provenance } from '../provenance.ts';

/** Short mental-health questionnaires as data. The questions themselves belong to forms, in each language's validated wording. */
export interface QuestionnaireTable extends Provenance {
  readonly id: string;
  readonly title: string;
  readonly items: number;
  readonly itemHighest: number;
  /** The raw score is multiplied by this to be reported (WHO-5: percent). */
  readonly reportedTimes: number;
  /** Bands of the raw score, each from its lowest score up. */
  readonly bands: readonly { readonly from: number; readonly band: string }[];
  readonly positive: { readonly from: number } | { readonly to: number };
  /** Up to so many items may be missing; the rest are scaled up. */
  readonly missingAllowed: number;
  /** An extra scale that is positive on its own: RHS-15's distress thermometer. */
  readonly thermometer?: { readonly highest: number; readonly positiveFrom: number };
  /** Any answer from here on opens the safety path, whatever the score. */
  readonly safety?: { readonly item: number; readonly from: number };
  readonly licence: string;
  /** Only with a utilisation agreement of the holder. */
  readonly needsAgreement?: boolean;
  /** Only in a bilingual, validated version: BCP-47 primary tags. */
  readonly languages?: readonly string[];
  /** A change of the reported score by this much means something. */
  readonly meaningfulChange?: number;
}

const severity = [
  { from: 0, band: 'minimal' },
  { from: 5, band: 'mild' },
  { from: 10, band: 'moderate' },
];

export const questionnaireTables: readonly QuestionnaireTable[] = [
  {
    id: 'phq-9',
    title: 'Patient Health Questionnaire, nine items: depression',
    items: 9,
    itemHighest: 3,
    reportedTimes: 1,
    bands: [...severity, { from: 15, band: 'moderately-severe' }, { from: 20, band: 'severe' }],
    positive: { from: 10 },
    missingAllowed: 2,
    safety: { item: 9, from: 1 },
    licence: 'Free to use, no permission needed (Pfizer)',
    source: 'Kroenke, Spitzer, Williams (2001), J Gen Intern Med 16:606–613',
    effectiveFrom: '2001-09-01',
    jurisdiction: 'WHO',
  },
  {
    id: 'phq-2',
    title: 'Patient Health Questionnaire, two items: depression, first step',
    items: 2,
    itemHighest: 3,
    reportedTimes: 1,
    bands: [
      { from: 0, band: 'below-cut-off' },
      { from: 3, band: 'at-or-above-cut-off' },
    ],
    positive: { from: 3 },
    missingAllowed: 0,
    licence: 'Free to use, no permission needed (Pfizer)',
    source: 'Kroenke, Spitzer, Williams (2003), Med Care 41:1284–1292',
    effectiveFrom: '2003-11-01',
    jurisdiction: 'WHO',
  },
  {
    id: 'gad-7',
    title: 'Generalised Anxiety Disorder, seven items',
    items: 7,
    itemHighest: 3,
    reportedTimes: 1,
    bands: [...severity, { from: 15, band: 'severe' }],
    positive: { from: 10 },
    missingAllowed: 2,
    licence: 'Free to use, no permission needed (Pfizer)',
    source: 'Spitzer, Kroenke, Williams, Löwe (2006), Arch Intern Med 166:1092–1097',
    effectiveFrom: '2006-05-22',
    jurisdiction: 'WHO',
    note: 'A cut-off of 8 is more sensitive.',
  },
  {
    id: 'k6',
    title: 'Kessler psychological distress, six items',
    items: 6,
    itemHighest: 4,
    reportedTimes: 1,
    bands: [
      { from: 0, band: 'low' },
      { from: 5, band: 'moderate' },
      { from: 13, band: 'serious' },
    ],
    positive: { from: 13 },
    missingAllowed: 1,
    licence: 'Free to use with citation',
    source: 'Kessler et al. (2002), Psychol Med 32:959–976; moderate band Prochaska et al. (2012)',
    effectiveFrom: '2002-08-01',
    jurisdiction: 'WHO',
  },
  {
    id: 'who-5',
    title: 'WHO-5 well-being index',
    items: 5,
    itemHighest: 5,
    reportedTimes: 4,
    // Raw 7 is 28 %, raw 12 is 48 %.
    bands: [
      { from: 0, band: 'likely-depression' },
      { from: 8, band: 'poor-well-being' },
      { from: 13, band: 'adequate-well-being' },
    ],
    positive: { to: 12 },
    missingAllowed: 0,
    licence: 'WHO, CC BY-NC-SA 3.0 IGO: non-commercial use',
    source: 'WHO Regional Office for Europe (1998); Topp et al. (2015), Psychother Psychosom 84:167–176',
    effectiveFrom: '1998-01-01',
    jurisdiction: 'WHO',
    meaningfulChange: 10,
  },
  {
    id: 'rhs-15',
    title: 'Refugee Health Screener, fourteen items and a distress thermometer',
    items: 14,
    itemHighest: 4,
    reportedTimes: 1,
    bands: [
      { from: 0, band: 'below-cut-off' },
      { from: 12, band: 'at-or-above-cut-off' },
    ],
    positive: { from: 12 },
    missingAllowed: 0,
    thermometer: { highest: 10, positiveFrom: 5 },
    licence: "On request to the holder; only in the holder's bilingual versions",
    needsAgreement: true,
    languages: ['ar', 'my', 'ksw', 'ru', 'ne', 'so', 'am', 'fa', 'fr', 'es', 'sw', 'ti', 'bs', 'kmr', 'ckb', 'rw'],
    source: 'Hollifield et al. (2013), Gen Hosp Psychiatry 35:202–209',
    effectiveFrom: '2013-03-01',
    jurisdiction: 'example',
    note: 'The list of languages is to be confirmed with the holder; English alone voids the sensitivity.',
  },
  {
    id: 'rhs-13',
    title: 'Refugee Health Screener, thirteen items',
    items: 13,
    itemHighest: 4,
    reportedTimes: 1,
    bands: [
      { from: 0, band: 'below-cut-off' },
      { from: 11, band: 'at-or-above-cut-off' },
    ],
    positive: { from: 11 },
    missingAllowed: 0,
    licence: "On request to the holder; only in the holder's bilingual versions",
    needsAgreement: true,
    languages: ['ar', 'my', 'ksw', 'ru', 'ne', 'so', 'am', 'fa', 'fr', 'es', 'sw', 'ti', 'bs', 'kmr', 'ckb', 'rw'],
    source: 'Hollifield et al. (2016), J Nerv Ment Dis 204:247–253',
    effectiveFrom: '2016-04-01',
    jurisdiction: 'example',
    note: 'The list of languages is to be confirmed with the holder; English alone voids the sensitivity.',
  },
];

/** What the safety path asks for, in order, the same visit. None of it waits for a connection. */
export const safetyPath = [
  'human-contact-same-visit',
  'suicide-severity-screen',
  'do-not-leave-alone-if-intent',
  'safety-plan',
  'supervisor-alert',
  'contact-within-24-hours',
] as const;
