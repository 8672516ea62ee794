import type { Provenance } from '../provenance.ts';

/** TB preventive treatment as data: who is eligible, which regimens, which doses. */
const kit = (rules: string): Provenance => ({
  source: `WHO SMART Guidelines, TB Digital Adaptation Kit, ${rules}`,
  effectiveFrom: '2025-04-23',
  jurisdiction: 'WHO',
});
export const eligibilityProvenance = kit('TB.E4.7.DT');
export const preventiveRegimenProvenance = kit('TB.E6.DT');
export const preventiveDoseProvenance = kit('TB.E8.DT');

export const indexResistanceTypes = ['DS-TB', 'Hr-TB', 'RR-TB', 'MDR-TB', 'pre-XDR-TB', 'XDR-TB'] as const;
export type IndexResistance = (typeof indexResistanceTypes)[number];
export const preventiveAllergies = ['isoniazid', 'rifamycins', 'fluoroquinolones'] as const;
export type PreventiveAllergy = (typeof preventiveAllergies)[number];

export interface EligibilityRule {
  readonly decision: 'eligible' | 'not-eligible' | 'clinical-judgement' | 'defer' | 'not-indicated';
  readonly reason: string;
  readonly rule: string;
  readonly screening?: readonly ('negative' | 'positive' | 'not-done')[];
  readonly diagnosis?: readonly ('excluded' | 'confirmed' | 'pending')[];
  readonly hiv?: boolean;
  readonly contact?: boolean;
  readonly otherRisk?: boolean;
  readonly infectionTest?: readonly ('positive' | 'negative' | 'not-done')[];
  readonly ageFromYears?: number;
  readonly ageBelowYears?: number;
  /** Any of these types of the index case. */
  readonly indexIn?: readonly IndexResistance[];
  readonly indexNotIn?: readonly IndexResistance[];
  /** All of these. */
  readonly allergies?: readonly PreventiveAllergy[];
}

/** The first rule that fits decides. */
export const eligibilityRules: readonly EligibilityRule[] = [
  { decision: 'not-eligible', reason: 'has-tb', rule: 'C.24', diagnosis: ['confirmed'] },
  { decision: 'defer', reason: 'screen-first', rule: 'TB.E3', screening: ['not-done'] },
  {
    decision: 'defer',
    reason: 'diagnosis-pending',
    rule: 'TB.E4.7.DT.24',
    screening: ['positive'],
    diagnosis: ['pending'],
  },
  {
    decision: 'not-eligible',
    reason: 'infant-with-hiv-not-a-contact',
    rule: 'TB.E4.7.DT.04',
    hiv: true,
    contact: false,
    ageBelowYears: 1,
  },
  {
    decision: 'not-eligible',
    reason: 'isoniazid-and-rifamycin-contraindicated',
    rule: 'TB.E4.7.DT.01, .05, .10, .13',
    indexNotIn: ['MDR-TB'],
    allergies: ['isoniazid', 'rifamycins'],
  },
  {
    decision: 'not-eligible',
    reason: 'rifamycin-contraindicated-index-hr-tb',
    rule: 'TB.E4.7.DT.02, .06, .11',
    contact: true,
    indexIn: ['Hr-TB'],
    allergies: ['rifamycins'],
  },
  {
    decision: 'not-eligible',
    reason: 'isoniazid-contraindicated-index-rr-tb',
    rule: 'TB.E4.7.DT.03, .07, .12',
    contact: true,
    indexIn: ['RR-TB', 'pre-XDR-TB', 'XDR-TB'],
    indexNotIn: ['MDR-TB'],
    allergies: ['isoniazid'],
  },
  {
    decision: 'clinical-judgement',
    reason: 'infection-test-negative',
    rule: 'TB.E4.7.DT.08',
    screening: ['negative'],
    contact: true,
    hiv: false,
    ageFromYears: 5,
    infectionTest: ['negative'],
  },
  {
    decision: 'clinical-judgement',
    reason: 'infection-test-not-done',
    rule: 'TB.E4.7.DT.09',
    screening: ['negative'],
    contact: true,
    hiv: false,
    ageFromYears: 5,
    infectionTest: ['not-done'],
  },
  {
    decision: 'clinical-judgement',
    reason: 'infection-test-negative',
    rule: 'TB.E4.7.DT.14',
    screening: ['negative'],
    otherRisk: true,
    contact: false,
    hiv: false,
    infectionTest: ['negative'],
  },
  {
    decision: 'clinical-judgement',
    reason: 'infection-test-not-done',
    rule: 'TB.E4.7.DT.15',
    screening: ['negative'],
    otherRisk: true,
    contact: false,
    hiv: false,
    infectionTest: ['not-done'],
  },
  { decision: 'eligible', reason: 'contact', rule: 'TB.E4.7.DT.25', contact: true },
  { decision: 'eligible', reason: 'hiv', rule: 'TB.E4.7.DT.26', hiv: true },
  { decision: 'eligible', reason: 'other-risk-group', rule: 'TB.E4.7.DT.26', otherRisk: true },
  { decision: 'not-indicated', reason: 'no-risk-group', rule: 'TB.E4.7.DT' },
];

export type PreventiveRegimen = '6H' | '9H' | '3HP' | '3HR' | '4R' | '1HP' | '6Lfx' | 'expert-advice';

export interface PreventiveRegimenRule {
  readonly regimens: readonly PreventiveRegimen[];
  readonly rule: string;
  readonly indexIn?: readonly IndexResistance[];
  readonly indexNotIn?: readonly IndexResistance[];
  readonly ageFromYears?: number;
  readonly ageBelowYears?: number;
  readonly allergies?: readonly PreventiveAllergy[];
  readonly noAllergies?: readonly PreventiveAllergy[];
}

const anyResistance = indexResistanceTypes.filter((type) => type !== 'DS-TB');
const whole = { noAllergies: ['isoniazid', 'rifamycins'], indexNotIn: anyResistance } as const;

/** The first rule that fits names the regimens. An index case whose type is not known counts as drug-susceptible. */
export const preventiveRegimenRules: readonly PreventiveRegimenRule[] = [
  {
    regimens: ['expert-advice'],
    rule: 'TB.E6.DT.10',
    indexIn: ['pre-XDR-TB', 'XDR-TB'],
    // Recorded without RR-TB or MDR-TB, nothing says that isoniazid still protects.
    indexNotIn: ['RR-TB', 'MDR-TB'],
  },
  { regimens: ['expert-advice'], rule: 'TB.E6.DT.09', indexIn: ['MDR-TB'], allergies: ['fluoroquinolones'] },
  { regimens: ['6Lfx'], rule: 'TB.E6.DT.08', indexIn: ['MDR-TB'], indexNotIn: ['pre-XDR-TB', 'XDR-TB'] },
  { regimens: ['expert-advice'], rule: 'TB.E6.DT.10', indexIn: ['MDR-TB'] },
  {
    regimens: ['6H', '9H'],
    rule: 'TB.E6.DT.07',
    indexIn: ['RR-TB'],
    noAllergies: ['isoniazid'],
  },
  { regimens: ['4R'], rule: 'TB.E6.DT.06', indexIn: ['Hr-TB'], indexNotIn: ['RR-TB'], noAllergies: ['rifamycins'] },
  // The kit leaves exactly twelve years between two rules; 1HP is for those older than twelve.
  { regimens: ['3HP', '1HP', '3HR', '4R', '6H', '9H'], rule: 'TB.E6.DT.01', ageFromYears: 13, ...whole },
  { regimens: ['3HP', '3HR', '4R', '6H', '9H'], rule: 'TB.E6.DT.02', ageFromYears: 2, ageBelowYears: 13, ...whole },
  { regimens: ['3HR', '4R', '6H', '9H'], rule: 'TB.E6.DT.03', ageBelowYears: 2, ...whole },
  {
    regimens: ['4R'],
    rule: 'TB.E6.DT.04',
    allergies: ['isoniazid'],
    noAllergies: ['rifamycins'],
    indexNotIn: anyResistance,
  },
  {
    regimens: ['6H', '9H'],
    rule: 'TB.E6.DT.05',
    allergies: ['rifamycins'],
    noAllergies: ['isoniazid'],
    indexNotIn: anyResistance,
  },
  { regimens: ['expert-advice'], rule: 'TB.E6.DT' },
];

export interface PreventiveCourse {
  readonly months: number;
  readonly doses: number;
  readonly everyDays: 1 | 7;
}

export const preventiveCourses: Readonly<Record<Exclude<PreventiveRegimen, 'expert-advice'>, PreventiveCourse>> = {
  '6H': { months: 6, doses: 180, everyDays: 1 },
  '9H': { months: 9, doses: 270, everyDays: 1 },
  '3HP': { months: 3, doses: 12, everyDays: 7 },
  '3HR': { months: 3, doses: 90, everyDays: 1 },
  '4R': { months: 4, doses: 120, everyDays: 1 },
  '1HP': { months: 1, doses: 28, everyDays: 1 },
  '6Lfx': { months: 6, doses: 180, everyDays: 1 },
};

export interface PreventiveDoseRow {
  readonly regimen: PreventiveRegimen;
  readonly drug: 'isoniazid' | 'rifampicin' | 'rifapentine' | 'levofloxacin';
  readonly ageFromYears?: number;
  readonly ageBelowYears?: number;
  readonly fromKg?: number;
  readonly belowKg?: number;
  /** By weight: the aim and the most, in mg; or a fixed dose. */
  readonly mgPerKg?: number;
  readonly maximumMg?: number;
  readonly mg?: number;
  /** Highest mg of a range the source leaves to the prescriber. */
  readonly toMg?: number;
}

const byWeight = (
  regimen: PreventiveRegimen,
  drug: 'isoniazid' | 'rifampicin',
  older: number,
  younger: number,
  maximumMg: number,
): PreventiveDoseRow[] => [
  { regimen, drug, ageFromYears: 10, mgPerKg: older, maximumMg },
  { regimen, drug, ageBelowYears: 10, mgPerKg: younger, maximumMg },
];
/** `[fromKg, mg]`, each band ending where the next begins. */
const banded = (
  base: Pick<PreventiveDoseRow, 'regimen' | 'drug' | 'ageFromYears' | 'ageBelowYears'>,
  pairs: readonly (readonly [fromKg: number, mg: number, toMg?: number])[],
  endKg = Number.POSITIVE_INFINITY,
): PreventiveDoseRow[] =>
  pairs.map(([fromKg, mg, toMg], i) => ({
    ...base,
    fromKg,
    belowKg: pairs[i + 1]?.[0] ?? endKg,
    mg,
    ...(toMg && { toMg }),
  }));

const under15 = { ageFromYears: 2, ageBelowYears: 15 } as const;
const from15 = { ageFromYears: 15 } as const;
const infantFdc = { regimen: '3HR', ageBelowYears: 10 } as const;

/** Highest doses (300 mg isoniazid, 600 mg rifampicin) are the usual daily ones of treatment. */
export const preventiveDoses: readonly PreventiveDoseRow[] = [
  ...byWeight('6H', 'isoniazid', 5, 10, 300),
  ...byWeight('9H', 'isoniazid', 5, 10, 300),
  ...byWeight('4R', 'rifampicin', 10, 15, 600),
  { regimen: '3HR', drug: 'isoniazid', ageFromYears: 10, mgPerKg: 5, maximumMg: 300 },
  { regimen: '3HR', drug: 'rifampicin', ageFromYears: 10, mgPerKg: 10, maximumMg: 600 },
  // Tablets of rifampicin 75 and isoniazid 50 mg: one to four.
  ...banded(
    { ...infantFdc, drug: 'isoniazid' },
    [
      [4, 50],
      [8, 100],
      [12, 150],
      [16, 200],
    ],
    25,
  ),
  ...banded(
    { ...infantFdc, drug: 'rifampicin' },
    [
      [4, 75],
      [8, 150],
      [12, 225],
      [16, 300],
    ],
    25,
  ),
  // From 25 kg adult formulations, still by the child's mg/kg.
  { ...infantFdc, drug: 'isoniazid', fromKg: 25, mgPerKg: 10, maximumMg: 300 },
  { ...infantFdc, drug: 'rifampicin', fromKg: 25, mgPerKg: 15, maximumMg: 600 },
  ...banded({ regimen: '3HP', drug: 'isoniazid', ...under15 }, [
    [10, 300],
    [16, 500],
    [24, 600],
    [31, 700],
  ]),
  ...banded({ regimen: '3HP', drug: 'rifapentine', ...under15 }, [
    [10, 300],
    [16, 450],
    [24, 600],
    [31, 750],
  ]),
  { regimen: '3HP', drug: 'isoniazid', ...from15, mg: 900 },
  { regimen: '3HP', drug: 'rifapentine', ...from15, mg: 900 },
  { regimen: '1HP', drug: 'isoniazid', ageFromYears: 13, mg: 300 },
  { regimen: '1HP', drug: 'rifapentine', ageFromYears: 13, mg: 600 },
  // "45 kg or less" and "above 45 kg".
  { regimen: '6Lfx', drug: 'levofloxacin', ...from15, belowKg: 45.000001, mg: 750 },
  { regimen: '6Lfx', drug: 'levofloxacin', ...from15, fromKg: 45.000001, mg: 1000 },
  ...banded(
    { regimen: '6Lfx', drug: 'levofloxacin', ageBelowYears: 15 },
    [
      [5, 150],
      [10, 200, 300],
      [16, 300, 400],
      [24, 500, 750],
    ],
    35,
  ),
];
