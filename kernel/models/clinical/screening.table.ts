import type { Provenance } from './provenance.ts';

/**
 * TB screening as data: who belongs to which group, which algorithms that group may use, what counts as positive in
 * each test, and how two tests combine. {@link screenTb} walks these rows and knows nothing else.
 */
export const screeningProvenance: Provenance = {
  source: 'WHO SMART Guidelines, TB Digital Adaptation Kit, TB.B4.DT and TB.B7.DT (WHO operational handbook, module 2)',
  effectiveFrom: '2025-04-23',
  jurisdiction: 'WHO',
};

export const tbSymptoms = [
  'cough',
  'haemoptysis',
  'sputum',
  'fever',
  'night-sweats',
  'weight-loss',
  'chest-pain',
  'shortness-of-breath',
  'fatigue',
  'poor-weight-gain',
  'lethargy',
] as const;
export type TbSymptom = (typeof tbSymptoms)[number];

/** Screening asks for cough of any length and fever of any height: the kit's "≥ 39 °C" is a label of a list, not a limit. */
export interface SymptomItem {
  /** Any one of these answered yes makes the item positive; one answered no answers it. */
  readonly anyOf: readonly (TbSymptom | 'close-contact')[];
  /** The item is asked only below this age, in years. */
  readonly ageBelowYears?: number;
}

const item = (...anyOf: SymptomItem['anyOf']): SymptomItem => ({ anyOf });

export type SymptomScreenId = 'cough' | 'w4ss' | 'any-symptom' | 'child' | 'child-hiv';

export const symptomScreens: Readonly<Record<SymptomScreenId, readonly SymptomItem[]>> = {
  cough: [item('cough')],
  w4ss: [item('cough'), item('fever'), item('weight-loss'), item('night-sweats')],
  'any-symptom': [
    item('cough'),
    item('haemoptysis'),
    item('sputum'),
    item('fever'),
    item('night-sweats'),
    item('weight-loss'),
    item('chest-pain'),
    item('shortness-of-breath'),
    item('fatigue'),
  ],
  child: [
    item('cough'),
    item('fever'),
    item('poor-weight-gain', 'weight-loss'),
    // "Young children" has no age in the source; five years is the programme's usual line.
    { anyOf: ['lethargy'], ageBelowYears: 5 },
  ],
  'child-hiv': [item('cough'), item('fever'), item('poor-weight-gain', 'weight-loss'), item('close-contact')],
};

export type ScreeningTest = SymptomScreenId | 'cxr' | 'crp' | 'mwrd';
export type Combination = 'single' | 'parallel' | 'sequential-positive' | 'sequential-negative';

export interface ScreeningAlgorithm {
  readonly id: string;
  readonly combination: Combination;
  readonly first: ScreeningTest;
  readonly second?: ScreeningTest;
}

const combined = (first: ScreeningTest, second: ScreeningTest): ScreeningAlgorithm[] =>
  (['parallel', 'sequential-positive', 'sequential-negative'] as const).map((combination) => ({
    id: `${first}+${second}-${combination}`,
    combination,
    first,
    second,
  }));
const single = (first: ScreeningTest): ScreeningAlgorithm => ({ id: first, combination: 'single', first });

export interface ScreeningGroup {
  readonly id: 'hiv-10-and-over' | 'hiv-under-10' | 'general-15-and-over' | 'general-under-15';
  readonly hiv: boolean;
  readonly ageFromYears: number;
  /** Exclusive. */
  readonly ageBelowYears: number;
  readonly algorithms: readonly ScreeningAlgorithm[];
  /**
   * Used when nobody chose an algorithm: the first whose second (or only) test was done, so that a result in hand is
   * never left out; the last is the fall-back.
   */
  readonly preferred: readonly string[];
  readonly note: string;
}

export const screeningGroups: readonly ScreeningGroup[] = [
  {
    id: 'hiv-10-and-over',
    hiv: true,
    ageFromYears: 10,
    ageBelowYears: Number.POSITIVE_INFINITY,
    algorithms: [
      single('w4ss'),
      single('cxr'),
      single('crp'),
      single('mwrd'),
      ...combined('w4ss', 'cxr'),
      ...combined('w4ss', 'crp'),
    ],
    preferred: ['w4ss+cxr-parallel', 'w4ss+crp-parallel', 'mwrd', 'w4ss'],
    note: 'mWRD is strongly recommended for in-patients where TB is common.',
  },
  {
    id: 'hiv-under-10',
    hiv: true,
    ageFromYears: 0,
    ageBelowYears: 10,
    algorithms: [single('child-hiv')],
    preferred: ['child-hiv'],
    note: 'At every encounter with a health worker.',
  },
  {
    id: 'general-15-and-over',
    hiv: false,
    ageFromYears: 15,
    ageBelowYears: Number.POSITIVE_INFINITY,
    algorithms: [
      single('cough'),
      single('any-symptom'),
      single('cxr'),
      single('mwrd'),
      ...combined('cough', 'cxr'),
      ...combined('any-symptom', 'cxr'),
    ],
    preferred: ['any-symptom+cxr-parallel', 'mwrd', 'any-symptom'],
    note: 'An algorithm with a chest X-ray is preferred where X-ray is available.',
  },
  {
    id: 'general-under-15',
    hiv: false,
    ageFromYears: 0,
    ageBelowYears: 15,
    algorithms: [single('child'), single('cxr'), ...combined('child', 'cxr')],
    preferred: ['child+cxr-parallel', 'child'],
    note: 'Recommended for close contacts; mWRD is not recommended for screening below 15 years.',
  },
];

export type TestState = 'positive' | 'negative' | 'inconclusive' | 'missing';

/** `*` stands for any state. The first row that fits decides. */
export type CombinationRow = readonly [first: TestState | '*', second: TestState | '*', result: TestState];

export const combinationRows: Readonly<Record<Combination, readonly CombinationRow[]>> = {
  single: [
    ['positive', '*', 'positive'],
    ['negative', '*', 'negative'],
    ['inconclusive', '*', 'inconclusive'],
    ['missing', '*', 'missing'],
  ],
  parallel: [
    ['positive', '*', 'positive'],
    ['*', 'positive', 'positive'],
    ['missing', '*', 'missing'],
    ['*', 'missing', 'missing'],
    ['inconclusive', '*', 'inconclusive'],
    ['*', 'inconclusive', 'inconclusive'],
    ['negative', 'negative', 'negative'],
  ],
  'sequential-positive': [
    // The second test is done only when the first is positive; done out of turn it decides nothing.
    ['negative', '*', 'negative'],
    ['missing', '*', 'missing'],
    ['inconclusive', '*', 'inconclusive'],
    ['positive', 'positive', 'positive'],
    ['positive', 'negative', 'negative'],
    ['positive', 'inconclusive', 'inconclusive'],
    ['positive', 'missing', 'missing'],
  ],
  'sequential-negative': [
    ['positive', '*', 'positive'],
    ['*', 'positive', 'positive'],
    ['missing', '*', 'missing'],
    ['*', 'missing', 'missing'],
    ['inconclusive', '*', 'inconclusive'],
    ['negative', 'inconclusive', 'inconclusive'],
    ['negative', 'negative', 'negative'],
  ],
};

/** C-reactive protein counts as positive strictly above this, in mg/L. */
export const crpPositiveAboveMgPerL = 5;

/** Above this TB prevalence (percent) a negative mWRD in an in-patient with HIV rules nothing out. */
export const inpatientPrevalencePercent = 10;

/** What each chest X-ray reading means for screening: any abnormality is positive. */
export const chestXrayStates = {
  normal: 'negative',
  abnormal: 'positive',
  suggestive: 'positive',
  'not-done': 'missing',
} as const satisfies Record<string, TestState>;
export type ChestXray = keyof typeof chestXrayStates;

export const mwrdStates = {
  positive: 'positive',
  negative: 'negative',
  /** Error, invalid or no result: repeat the test. */
  invalid: 'inconclusive',
  'not-done': 'missing',
} as const satisfies Record<string, TestState>;
export type Mwrd = keyof typeof mwrdStates;

/** Share of people with (sensitivity) and without (specificity) TB whom each test reads right, for planning yields. */
export const screeningAccuracy: readonly {
  readonly test: string;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly source: string;
}[] = [
  { test: 'cough-2-weeks', sensitivity: 0.42, specificity: 0.94, source: 'TB.B7.DT.01' },
  { test: 'cough', sensitivity: 0.51, specificity: 0.88, source: 'TB.B7.DT.01' },
  { test: 'any-symptom', sensitivity: 0.71, specificity: 0.64, source: 'WHO operational handbook, module 2' },
  { test: 'cxr-any-abnormality', sensitivity: 0.94, specificity: 0.89, source: 'WHO operational handbook, module 2' },
  { test: 'cxr-suggestive', sensitivity: 0.85, specificity: 0.96, source: 'WHO operational handbook, module 2' },
  { test: 'mwrd', sensitivity: 0.69, specificity: 0.99, source: 'WHO operational handbook, module 2' },
  { test: 'w4ss', sensitivity: 0.83, specificity: 0.38, source: 'WHO operational handbook, module 2 (HIV)' },
  { test: 'crp', sensitivity: 0.9, specificity: 0.5, source: 'WHO operational handbook, module 2 (HIV)' },
];
