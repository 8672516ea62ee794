import type { Provenance } from '../provenance.ts';
import type { IndexResistance } from './preventive.table.ts';
import type { Susceptibility } from './regimens.ts';

export const classificationProvenance: Provenance = {
  source: 'WHO definitions 2021, in the TB Digital Adaptation Kit, core data dictionary',
  effectiveFrom: '2021-01-27',
  jurisdiction: 'WHO',
};

/** Results of drug-susceptibility testing; a drug left out was not tested, indeterminate is unknown. */
export interface SusceptibilityResults {
  readonly rifampicin?: Susceptibility | undefined;
  readonly isoniazid?: Susceptibility | undefined;
  readonly levofloxacin?: Susceptibility | undefined;
  readonly moxifloxacin?: Susceptibility | undefined;
  readonly bedaquiline?: Susceptibility | undefined;
  readonly linezolid?: Susceptibility | undefined;
}

/**
 * Every resistance type that holds, the gravest last: RR (rifampicin), MDR (and isoniazid), Hr (isoniazid, with
 * rifampicin shown susceptible), pre-XDR (RR or MDR and a fluoroquinolone), XDR (and bedaquiline or linezolid).
 * Without documented resistance, drug-susceptible.
 */
export function resistanceTypes(results: SusceptibilityResults): readonly IndexResistance[] {
  const resists = (drug: keyof SusceptibilityResults) => results[drug] === 'resistant';
  const rifampicin = resists('rifampicin');
  const fluoroquinolone = rifampicin && (resists('levofloxacin') || resists('moxifloxacin'));
  const types: IndexResistance[] = [
    ...(rifampicin ? (['RR-TB'] as const) : []),
    ...(rifampicin && resists('isoniazid') ? (['MDR-TB'] as const) : []),
    ...(resists('isoniazid') && results.rifampicin === 'susceptible' ? (['Hr-TB'] as const) : []),
    ...(fluoroquinolone ? (['pre-XDR-TB'] as const) : []),
    ...(fluoroquinolone && (resists('bedaquiline') || resists('linezolid')) ? (['XDR-TB'] as const) : []),
  ];
  return types.length > 0 || resists('isoniazid') ? types : ['DS-TB'];
}

/** Whether the person was treated before, from the outcome of the last episode. */
export function treatmentHistory(
  earlier:
    | { readonly notified: boolean; readonly monthsTreated: number; readonly outcome: string | null }
    | null
    | 'unknown',
): 'new' | 'recurrent' | 're-registered' | 'unknown' {
  if (earlier === 'unknown') {
    return 'unknown';
  }
  if (earlier === null || earlier.monthsTreated < 1) {
    return 'new';
  }
  return earlier.outcome === 'cured' || earlier.outcome === 'treatment-completed' ? 'recurrent' : 're-registered';
}

export interface ChildDecisionInput {
  readonly ageYears: number;
  readonly dangerSigns: boolean;
  readonly bacteriologicallyConfirmed: boolean;
  /** Close contact with a person with TB in the last twelve months. */
  readonly recentContact: boolean;
  readonly hiv: boolean;
  readonly severeWasting: boolean;
  /** Respiratory, stool or urine samples were tested. */
  readonly tested: boolean;
  /** Sum of the scores of signs, symptoms and X-ray; null when not scored. */
  readonly totalScore: number | null;
}

export type ChildDecision =
  | 'stabilise-and-refer'
  | 'test-first'
  | 'treat'
  | 'score-first'
  | 'review-in-1-to-2-weeks'
  /** Ten years and over, or no risk: the ordinary way. */
  | 'usual-diagnosis'
  | 'treat-likeliest-other-condition-and-review';

/** A child is treated above this total. */
export const childTreatAboveScore = 10;

/**
 * The treatment decision for a child below ten with signs of pulmonary TB (TB.C24.DT). Young (below two), HIV or
 * severe wasting make it urgent; without any of them a likelier condition is treated first.
 */
export function childTreatmentDecision(input: ChildDecisionInput): ChildDecision {
  if (!(input.ageYears < 10)) {
    return 'usual-diagnosis';
  }
  if (input.dangerSigns) {
    return 'stabilise-and-refer';
  }
  if (input.bacteriologicallyConfirmed) {
    return 'treat';
  }
  if (input.ageYears >= 2 && !input.hiv && !input.severeWasting) {
    return 'treat-likeliest-other-condition-and-review';
  }
  if (!input.tested) {
    return 'test-first';
  }
  if (input.recentContact) {
    return 'treat';
  }
  if (input.totalScore === null || Number.isNaN(input.totalScore)) {
    return 'score-first';
  }
  return input.totalScore > childTreatAboveScore ? 'treat' : 'review-in-1-to-2-weeks';
}
