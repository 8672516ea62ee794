import type { Provenance } from '../provenance.ts';
import { lmsZScore, roundHundredth } from './growth.ts';
import { type Lms, lmsRow, type Sex } from './lms.ts';
import { encodedReference } from './reference.generated.ts';

export const referenceProvenance: Provenance = {
  source:
    'WHO Reference 2007 for school-age children and adolescents (de Onis et al., Bull World Health Organ 2007;85:660)',
  effectiveFrom: '2007-09-01',
  jurisdiction: 'WHO',
};

/** Ages a score exists for, months, both included: weight for age ends at ten years. */
export const referenceMonths = {
  'height-for-age': [60, 228],
  'weight-for-age': [60, 120],
  'bmi-for-age': [60, 228],
} as const;

export type ReferenceIndicator = keyof typeof referenceMonths;

export interface ReferenceInput {
  readonly sex: Sex;
  /** Age in months, with its fraction: days / 30.4375. */
  readonly ageMonths: number;
  readonly weightKg?: number | undefined;
  readonly heightCm?: number | undefined;
  /** Bilateral pitting oedema: weight then says nothing. */
  readonly oedema?: boolean | undefined;
}

export interface ReferenceScore {
  readonly indicator: ReferenceIndicator;
  readonly value: number | null;
  /** Rounded to two decimals. Null with a reason where there is none. */
  readonly z: number | null;
  /** Outside what the WHO takes as plausible: measure again. */
  readonly flagged: boolean;
  readonly reason: 'not-measured' | 'age-outside-table' | 'oedema' | null;
}

/** Beyond these z-scores a value is flagged. */
const flagLimits: Readonly<Record<ReferenceIndicator, readonly [low: number, high: number]>> = {
  'height-for-age': [-6, 6],
  'weight-for-age': [-6, 5],
  'bmi-for-age': [-5, 5],
};

/**
 * z-scores of one person from five to nineteen years by the WHO Reference 2007. L, M and S between two completed months
 * are interpolated linearly; beyond ±3 the restricted method holds, as under five.
 */
export function referenceScores(input: ReferenceInput): readonly ReferenceScore[] {
  const { heightCm, weightKg } = input;
  const bodyMassIndex = heightCm === undefined || weightKg === undefined ? undefined : weightKg / (heightCm / 100) ** 2;
  return [
    scoreOf(input, 'height-for-age', 'height', heightCm, false),
    scoreOf(input, 'weight-for-age', 'weight', weightKg, true),
    scoreOf(input, 'bmi-for-age', 'bmi', bodyMassIndex, true),
  ];
}

function scoreOf(
  { sex, ageMonths, oedema }: ReferenceInput,
  indicator: ReferenceIndicator,
  table: keyof typeof encodedReference,
  value: number | undefined,
  weighs: boolean,
): ReferenceScore {
  const none = (reason: ReferenceScore['reason']): ReferenceScore => ({
    indicator,
    value: value ?? null,
    z: null,
    flagged: false,
    reason,
  });
  if (value === undefined) {
    return none('not-measured');
  }
  if (weighs && oedema) {
    return none('oedema');
  }
  const [from, to] = referenceMonths[indicator];
  const lms = ageMonths >= from && ageMonths <= to ? lmsBetween(table, sex, ageMonths) : undefined;
  if (!lms) {
    return none('age-outside-table');
  }
  const z = roundHundredth(lmsZScore(value, lms));
  const [low, high] = flagLimits[indicator];
  return { indicator, value, z, flagged: z < low || z > high, reason: null };
}

/** L, M and S at an age between two completed months. */
function lmsBetween(table: keyof typeof encodedReference, sex: Sex, ageMonths: number): Lms | undefined {
  const month = Math.floor(ageMonths);
  const share = ageMonths - month;
  const a = lmsRow(encodedReference[table][sex], month);
  const b = share === 0 ? a : lmsRow(encodedReference[table][sex], month + 1);
  return a && b && { l: a.l + share * (b.l - a.l), m: a.m + share * (b.m - a.m), s: a.s + share * (b.s - a.s) };
}

/** How the body-mass index of a school-age child or adolescent is called (WHO 2007): overweight above +1, obesity above +2. */
export type WeightStatus = 'severe-thinness' | 'thinness' | 'normal' | 'overweight' | 'obesity' | 'not-assessed';

/** From the scores of one person. A flagged score is a measurement to repeat and decides nothing. */
export function weightStatus(scores: readonly ReferenceScore[]): WeightStatus {
  const { z, flagged } = scores.find((score) => score.indicator === 'bmi-for-age') ?? { z: null, flagged: false };
  if (z === null || flagged) {
    return 'not-assessed';
  }
  return z < -3 ? 'severe-thinness' : z < -2 ? 'thinness' : z > 2 ? 'obesity' : z > 1 ? 'overweight' : 'normal';
}
