import type { Provenance } from './provenance.ts';
import {
  type ChestXray,
  chestXrayStates,
  combinationRows,
  crpPositiveAboveMgPerL,
  inpatientPrevalencePercent,
  type Mwrd,
  mwrdStates,
  type ScreeningAlgorithm,
  type ScreeningGroup,
  type ScreeningTest,
  type SymptomScreenId,
  screeningGroups,
  screeningProvenance,
  symptomScreens,
  type TbSymptom,
  type TestState,
} from './screening.table.ts';

export type { TbSymptom } from './screening.table.ts';

export interface TbScreeningInput {
  /** Age in years, fractions allowed. */
  readonly ageYears: number;
  /** `unknown` is screened as the general population and says so in the reasons. */
  readonly hivStatus: 'positive' | 'negative' | 'unknown';
  /** Close contact with a person with TB. */
  readonly closeContact?: boolean;
  /** What was asked and answered. A symptom left out was not asked; it never counts as a no. */
  readonly symptoms: Readonly<Partial<Record<TbSymptom, boolean>>>;
  readonly chestXray?: ChestXray;
  /** C-reactive protein, mg/L. */
  readonly crpMgPerL?: number;
  readonly mwrd?: Mwrd;
  /** Admitted to a hospital ward. */
  readonly inpatient?: boolean;
  /** TB prevalence among the people this setting serves, percent. */
  readonly tbPrevalencePercent?: number;
  /** One of {@link allowedAlgorithms}; left out, the group's preferred one for the tests at hand. */
  readonly algorithm?: string;
}

export type TbScreeningNextStep =
  /** Diagnostic evaluation including a rapid molecular test. */
  | 'diagnostic-evaluation'
  /** TB is not suspected: assess for preventive treatment. */
  | 'assess-preventive-treatment'
  /** A clinician looks for other explanations; preventive treatment only once TB is ruled out. */
  | 'clinical-evaluation'
  | 'repeat-mwrd'
  /** Ask or do what the reasons list as unanswered. */
  | 'complete-screening'
  | 'choose-allowed-algorithm';

export interface TbScreeningResult {
  readonly result: 'positive' | 'negative' | 'inconclusive' | 'incomplete';
  readonly group: ScreeningGroup['id'];
  readonly algorithm: string;
  /** Codes, `kind` or `kind:what`: `symptom:cough`, `unanswered:fever`, `cxr:abnormal`, `crp-above-limit`, `not-done:cxr` … */
  readonly reasons: readonly string[];
  readonly nextStep: TbScreeningNextStep;
  readonly source: Provenance;
}

/** The algorithms WHO allows for a group, in the table's order. Empty for a group that does not exist. */
export function allowedAlgorithms(group: string): readonly ScreeningAlgorithm[] {
  return screeningGroups.find((row) => row.id === group)?.algorithms ?? [];
}

/** The screening group of a person; an age that is not a number counts as the youngest, who need the most care. */
export function screeningGroup(ageYears: number, hivStatus: TbScreeningInput['hivStatus']): ScreeningGroup {
  const hiv = hivStatus === 'positive';
  const age = validAge(ageYears) ? ageYears : 0;
  return screeningGroups.find((row) => row.hiv === hiv && age >= row.ageFromYears && age < row.ageBelowYears)!;
}

/**
 * Screens one person for TB by the algorithm table (WHO TB Digital Adaptation Kit, TB.B4 and TB.B7).
 *
 * An unanswered question makes the result `incomplete` unless a positive already decides. A positive test outside the
 * chosen algorithm does not change the result but turns a negative's next step into a clinician's evaluation.
 */
export function screenTb(input: TbScreeningInput): TbScreeningResult {
  const group = screeningGroup(input.ageYears, input.hivStatus);
  const reasons: string[] = [];
  const answer = (
    result: TbScreeningResult['result'],
    algorithm: string,
    nextStep: TbScreeningNextStep,
  ): TbScreeningResult => ({ result, group: group.id, algorithm, reasons, nextStep, source: screeningProvenance });

  if (!validAge(input.ageYears)) {
    reasons.push('unanswered:age');
    return answer('incomplete', input.algorithm ?? '', 'complete-screening');
  }
  const algorithm = chooseAlgorithm(group, input);
  if (!algorithm) {
    reasons.push('algorithm-not-allowed');
    return answer('incomplete', input.algorithm ?? '', 'choose-allowed-algorithm');
  }
  if (input.hivStatus === 'unknown') {
    reasons.push('hiv-status-unknown');
  }
  if (group.id === 'general-under-15' && input.closeContact !== true) {
    reasons.push('recommended-for-contacts');
  }

  const first = readTest(algorithm.first, input);
  const second: TestReading = algorithm.second
    ? readTest(algorithm.second, input)
    : { state: 'missing', positive: [], open: [] };
  const [, , state] = combinationRows[algorithm.combination].find(
    ([a, b]) => (a === '*' || a === first.state) && (b === '*' || b === second.state),
  )!;

  const secondCounts =
    algorithm.second && !(algorithm.combination === 'sequential-positive' && first.state !== 'positive');
  reasons.push(...first.positive, ...(secondCounts ? second.positive : []));
  if (state === 'missing') {
    const secondNeeded =
      secondCounts && !(algorithm.combination === 'sequential-negative' && first.state === 'missing');
    reasons.push(...first.open, ...(secondNeeded ? second.open : []));
    return answer('incomplete', algorithm.id, 'complete-screening');
  }
  if (state === 'inconclusive') {
    reasons.push(...first.open, ...(secondCounts ? second.open : []));
    return answer('inconclusive', algorithm.id, input.mwrd === 'invalid' ? 'repeat-mwrd' : 'clinical-evaluation');
  }
  if (state === 'positive') {
    return answer('positive', algorithm.id, 'diagnostic-evaluation');
  }
  const outside = positivesOutside(algorithm, input);
  reasons.push(...outside.map((code) => `outside-algorithm:${code}`));
  // Symptoms with a clear second test still need explaining (TB.B7.DT.08, .43, .53).
  return answer(
    'negative',
    algorithm.id,
    outside.length > 0 || first.state === 'positive' ? 'clinical-evaluation' : 'assess-preventive-treatment',
  );
}

const validAge = (ageYears: number) => Number.isFinite(ageYears) && ageYears >= 0;

interface TestReading {
  readonly state: TestState;
  /** Reason codes of what was found. */
  readonly positive: readonly string[];
  /** Reason codes of what is not answered, or why it answers nothing. */
  readonly open: readonly string[];
}

function readTest(test: ScreeningTest, input: TbScreeningInput): TestReading {
  switch (test) {
    case 'cxr': {
      const reading = input.chestXray ?? 'not-done';
      return one(chestXrayStates[reading], `cxr:${reading}`, 'not-done:cxr');
    }
    case 'crp': {
      const measured = input.crpMgPerL;
      if (measured === undefined || !(measured >= 0)) {
        return one('missing', '', 'not-done:crp');
      }
      return one(measured > crpPositiveAboveMgPerL ? 'positive' : 'negative', 'crp-above-limit', '');
    }
    case 'mwrd': {
      const reading = input.mwrd ?? 'not-done';
      if (reading === 'negative' && input.hivStatus === 'positive' && input.inpatient) {
        // A prevalence nobody stated cannot be taken as low.
        if (!(input.tbPrevalencePercent! <= inpatientPrevalencePercent)) {
          return one('inconclusive', '', 'mwrd-negative-does-not-exclude');
        }
      }
      return one(mwrdStates[reading], 'mwrd:positive', reading === 'invalid' ? 'mwrd:invalid' : 'not-done:mwrd');
    }
    default:
      return readSymptoms(test, input);
  }
}

function one(state: TestState, positive: string, open: string): TestReading {
  return {
    state,
    positive: state === 'positive' ? [positive] : [],
    open: state === 'missing' || state === 'inconclusive' ? [open] : [],
  };
}

function readSymptoms(screen: SymptomScreenId, input: TbScreeningInput): TestReading {
  const positive: string[] = [];
  const open: string[] = [];
  for (const { anyOf, ageBelowYears } of symptomScreens[screen]) {
    if (ageBelowYears !== undefined && input.ageYears >= ageBelowYears) {
      continue;
    }
    const answers = anyOf.map((key) => (key === 'close-contact' ? input.closeContact : input.symptoms[key]));
    const yes = anyOf.filter((_, i) => answers[i] === true);
    if (yes.length > 0) {
      positive.push(...yes.map((key) => (key === 'close-contact' ? key : `symptom:${key}`)));
    } else if (!answers.includes(false)) {
      open.push(`unanswered:${anyOf[0]}`);
    }
  }
  return { state: positive.length > 0 ? 'positive' : open.length > 0 ? 'missing' : 'negative', positive, open };
}

function chooseAlgorithm(group: ScreeningGroup, input: TbScreeningInput): ScreeningAlgorithm | undefined {
  const byId = (id: string) => group.algorithms.find((algorithm) => algorithm.id === id);
  if (input.algorithm !== undefined) {
    return byId(input.algorithm);
  }
  const done = (id: string) => {
    const algorithm = byId(id)!;
    return readTest(algorithm.second ?? algorithm.first, input).state !== 'missing';
  };
  return byId(group.preferred.find(done) ?? group.preferred.at(-1)!);
}

/** Reason codes of everything found that the chosen algorithm does not look at. */
function positivesOutside(algorithm: ScreeningAlgorithm, input: TbScreeningInput): string[] {
  const tests: ScreeningTest[] = ['cxr', 'crp', 'mwrd'];
  const found = tests
    .filter((test) => test !== algorithm.first && test !== algorithm.second)
    .flatMap((test) => readTest(test, input).positive);
  const looked = new Set(
    [algorithm.first, algorithm.second].flatMap((test) =>
      test && test in symptomScreens ? symptomScreens[test as SymptomScreenId].flatMap((row) => row.anyOf) : [],
    ),
  );
  const symptoms = (Object.keys(input.symptoms) as TbSymptom[])
    .filter((symptom) => input.symptoms[symptom] === true && !looked.has(symptom))
    .map((symptom) => `symptom:${symptom}`);
  return [...found, ...symptoms];
}
