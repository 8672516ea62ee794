import {
  type EligibilityRule,
  eligibilityRules,
  type IndexResistance,
  type PreventiveAllergy,
  type PreventiveCourse,
  type PreventiveDoseRow,
  type PreventiveRegimen,
  preventiveCourses,
  preventiveDoses,
  preventiveRegimenRules,
} from './preventive.table.ts';

export interface PreventiveInput {
  readonly ageYears: number;
  readonly weightKg?: number | undefined;
  readonly hiv: boolean;
  /** Household or close contact of a person with TB. */
  readonly contact: boolean;
  /** Another group the programme treats: dialysis, transplant, anti-TNF, silicosis, prison, recent immigrant … */
  readonly otherRisk?: boolean | undefined;
  /** The TB symptom or X-ray screen. */
  readonly screening: 'negative' | 'positive' | 'not-done';
  /** After a positive screen. */
  readonly diagnosis?: 'excluded' | 'confirmed' | 'pending' | undefined;
  readonly infectionTest?: 'positive' | 'negative' | 'not-done' | undefined;
  /** Every type that is known of the index case; empty or left out counts as drug-susceptible. */
  readonly indexResistance?: readonly IndexResistance[] | undefined;
  /** Allergy to, or contraindication of, a drug. */
  readonly allergies?: readonly PreventiveAllergy[] | undefined;
}

export interface PreventiveDose {
  readonly drug: PreventiveDoseRow['drug'];
  /** Milligrams each time, not yet rounded to tablets. */
  readonly mg: number;
  /** Upper end, where the source gives a range. */
  readonly toMg: number;
}

export interface PreventiveOption {
  readonly regimen: PreventiveRegimen;
  readonly course: PreventiveCourse | null;
  /** Null where age or weight is outside the table: ask an expert. */
  readonly doses: readonly PreventiveDose[] | null;
}

export interface PreventiveResult {
  readonly decision: EligibilityRule['decision'];
  readonly reason: string;
  /** The kit's rule that decided. */
  readonly rule: string;
  /** Empty unless eligible or left to clinical judgement. */
  readonly options: readonly PreventiveOption[];
  /** `prefer-3HR-below-25-kg`, `pyridoxine-if-pregnant-or-breastfeeding`, `contraception-and-antiretroviral-interactions`. */
  readonly notes: readonly string[];
}

/**
 * Eligibility for TB preventive treatment, regimens and doses (WHO TB Digital Adaptation Kit, TB.E4 to TB.E8).
 * A positive screen without a diagnosis defers; only a screen done and clear, or TB excluded, goes further.
 */
export function preventiveTreatment(input: PreventiveInput): PreventiveResult {
  const rule = eligibilityRules.find((row) => fits(row, input))!;
  const treats = rule.decision === 'eligible' || rule.decision === 'clinical-judgement';
  const regimens = treats ? preventiveRegimens(input) : [];
  const options = regimens.map((regimen) => ({
    regimen,
    course: regimen === 'expert-advice' ? null : preventiveCourses[regimen],
    doses: preventiveDose(regimen, input),
  }));
  return { decision: rule.decision, reason: rule.reason, rule: rule.rule, options, notes: notes(regimens, input) };
}

/** The regimens for an index case's resistance, the person's age and allergies, in the table's order. */
export function preventiveRegimens(
  input: Pick<PreventiveInput, 'ageYears' | 'indexResistance' | 'allergies' | 'contact'>,
): readonly PreventiveRegimen[] {
  const allergies = input.allergies ?? [];
  // Without contact there is no index case to follow.
  const index = indexTypes(input);
  return preventiveRegimenRules.find(
    (row) =>
      ageFits(row, input.ageYears) &&
      indexFits(row, index) &&
      (row.allergies ?? []).every((drug) => allergies.includes(drug)) &&
      !(row.noAllergies ?? []).some((drug) => allergies.includes(drug)),
  )!.regimens;
}

/** Milligrams each time; null where age or weight is unknown or outside the table, or there is no regimen. */
export function preventiveDose(
  regimen: PreventiveRegimen,
  { ageYears, weightKg }: Pick<PreventiveInput, 'ageYears' | 'weightKg'>,
): readonly PreventiveDose[] | null {
  const rows = preventiveDoses.filter((row) => row.regimen === regimen);
  const drugs = [...new Set(rows.map((row) => row.drug))];
  const doses = drugs.map((drug): PreventiveDose | null => {
    const row = rows.find(
      (candidate) => candidate.drug === drug && ageFits(candidate, ageYears) && weightFits(candidate, weightKg),
    );
    if (!row) {
      return null;
    }
    if (row.mg !== undefined) {
      return { drug, mg: row.mg, toMg: row.toMg ?? row.mg };
    }
    if (!(weightKg! > 0) || !Number.isFinite(weightKg)) {
      return null;
    }
    const mg = Math.min(row.mgPerKg! * weightKg!, row.maximumMg!);
    return { drug, mg, toMg: mg };
  });
  return doses.length > 0 && doses.every((dose) => dose !== null) ? doses : null;
}

function fits(rule: EligibilityRule, input: PreventiveInput): boolean {
  // A clear screen needs no diagnosis; a positive one without an answer is pending.
  const diagnosis = input.diagnosis ?? (input.screening === 'positive' ? 'pending' : 'excluded');
  const allergies = input.allergies ?? [];
  const is = <T>(allowed: readonly T[] | undefined, value: T) => allowed === undefined || allowed.includes(value);
  const same = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
  return (
    is(rule.screening, input.screening) &&
    is(rule.diagnosis, diagnosis) &&
    is(rule.infectionTest, input.infectionTest ?? 'not-done') &&
    same(rule.hiv, input.hiv) &&
    same(rule.contact, input.contact) &&
    same(rule.otherRisk, input.otherRisk ?? false) &&
    ageFits(rule, input.ageYears) &&
    indexFits(rule, indexTypes(input)) &&
    (rule.allergies ?? []).every((drug) => allergies.includes(drug))
  );
}

function ageFits(row: { readonly ageFromYears?: number; readonly ageBelowYears?: number }, ageYears: number): boolean {
  return (
    (row.ageFromYears === undefined || ageYears >= row.ageFromYears) &&
    (row.ageBelowYears === undefined || ageYears < row.ageBelowYears)
  );
}

function weightFits(row: PreventiveDoseRow, weightKg: number | undefined): boolean {
  return (
    (row.fromKg === undefined || (weightKg ?? Number.NaN) >= row.fromKg) &&
    (row.belowKg === undefined || (weightKg ?? Number.NaN) < row.belowKg)
  );
}

/** Resistance to rifampicin and to isoniazid is MDR-TB, however it was recorded. */
function indexTypes({
  contact,
  indexResistance = [],
}: Pick<PreventiveInput, 'contact' | 'indexResistance'>): readonly IndexResistance[] {
  if (!contact) {
    return [];
  }
  const both = indexResistance.includes('RR-TB') && indexResistance.includes('Hr-TB');
  return both ? [...indexResistance, 'MDR-TB'] : indexResistance;
}

function indexFits(
  row: { readonly indexIn?: readonly IndexResistance[]; readonly indexNotIn?: readonly IndexResistance[] },
  index: readonly IndexResistance[],
): boolean {
  return (
    (row.indexIn === undefined || row.indexIn.some((type) => index.includes(type))) &&
    !(row.indexNotIn ?? []).some((type) => index.includes(type))
  );
}

function notes(regimens: readonly PreventiveRegimen[], input: PreventiveInput): string[] {
  const has = (drug: string) => regimens.some((regimen) => regimen.includes(drug));
  return [
    ...(regimens.includes('3HR') && input.weightKg !== undefined && input.weightKg < 25
      ? ['prefer-3HR-below-25-kg']
      : []),
    ...(has('H') ? ['pyridoxine-if-pregnant-or-breastfeeding'] : []),
    ...(has('R') || has('HP') ? ['contraception-and-antiretroviral-interactions'] : []),
  ];
}
