import type { Provenance } from '../provenance.ts';
import { type GrowthTable, type Lms, lmsAt, type Sex } from './lms.ts';

export type { Sex } from './lms.ts';

export const growthProvenance: Provenance = {
  source: 'WHO Child Growth Standards, methods and development (2006; head and arm circumference 2007)',
  effectiveFrom: '2006-04-27',
  jurisdiction: 'WHO',
};

/** Days in a mean month, as the standards convert. */
export const daysPerMonth = 30.4375;
/** The standards change from lying length to standing height at this age, in days. */
export const standingFromDays = 731;
/** A standing height is this much less than a lying length, in cm. */
export const standingCorrectionCm = 0.7;
/** Below this age (in months) a "standing" height is not believed. */
export const standingImplausibleBelowMonths = 9;
/** Scores exist strictly below this age, in months. */
export const ageLimitMonths = 60;
/** Without age or position, a child measuring less than this (cm) counts as lying. */
export const lyingBelowCm = 87;

export interface GrowthInput {
  readonly sex: Sex;
  /** Age in days. Where age is known in months, multiply by {@link daysPerMonth}. */
  readonly ageDays?: number | undefined;
  readonly weightKg?: number | undefined;
  readonly lengthHeightCm?: number | undefined;
  /** How length or height was measured; left out, by age (lying below 731 days) or by size (lying below 87 cm). */
  readonly position?: 'lying' | 'standing' | undefined;
  readonly headCircumferenceCm?: number | undefined;
  /** Mid-upper arm circumference, cm. */
  readonly armCircumferenceCm?: number | undefined;
  /** Bilateral pitting oedema: weight then says nothing, and the child is severely malnourished. */
  readonly oedema?: boolean | undefined;
}

export type GrowthIndicator =
  | 'length-height-for-age'
  | 'weight-for-age'
  | 'weight-for-length-height'
  | 'bmi-for-age'
  | 'head-circumference-for-age'
  | 'arm-circumference-for-age';

export type NoScoreReason = 'not-measured' | 'age-unknown' | 'age-outside-table' | 'size-outside-table' | 'oedema';

export interface GrowthScore {
  readonly indicator: GrowthIndicator;
  /** The value scored, in its unit, after the lying/standing correction. Null where it is not known. */
  readonly value: number | null;
  /** Rounded to two decimals, as the standards publish. Null with a reason where there is none. */
  readonly z: number | null;
  /** Outside the range the WHO takes as biologically plausible: check the measurement before believing it. */
  readonly flagged: boolean;
  readonly reason: NoScoreReason | null;
}

export interface GrowthResult {
  /** Length below 731 days, height from there, in cm; null where not measured. */
  readonly lengthHeightCm: number | null;
  /** The stated position could not be so (standing below nine months) and was set aside. */
  readonly positionImplausible: boolean;
  readonly bodyMassIndex: number | null;
  readonly scores: readonly GrowthScore[];
}

/** Beyond these z-scores a value is flagged: [lowest, highest]. */
export const flagLimits: Readonly<Record<GrowthIndicator, readonly [low: number, high: number]>> = {
  'length-height-for-age': [-6, 6],
  'weight-for-age': [-6, 5],
  'weight-for-length-height': [-5, 5],
  'bmi-for-age': [-5, 5],
  'head-circumference-for-age': [-5, 5],
  'arm-circumference-for-age': [-5, 5],
};

/**
 * WHO growth z-scores of one child under five.
 *
 * Age counts in whole days, halves up. The restricted LMS method keeps the distance between ±2 and ±3 SD beyond ±3, so
 * that extremes of skewed measures do not run away. A value that is not a positive number counts as not measured.
 */
export function growthScores(input: GrowthInput): GrowthResult {
  const ageDays = known(input.ageDays) && input.ageDays >= 0 ? Math.floor(input.ageDays + 0.5) : undefined;
  const ageMonths = known(input.ageDays) ? input.ageDays / daysPerMonth : undefined;
  const measured = positive(input.lengthHeightCm);
  const weight = positive(input.weightKg);

  const positionImplausible =
    input.position === 'standing' && ageMonths !== undefined && ageMonths < standingImplausibleBelowMonths;
  const position = positionImplausible ? undefined : input.position;
  const lengthHeight = standardise(measured, position, ageDays);
  const usesLength =
    ageDays !== undefined
      ? ageDays < standingFromDays
      : position !== undefined
        ? position === 'lying'
        : lengthHeight !== undefined && lengthHeight < lyingBelowCm;
  const bodyMassIndex =
    weight !== undefined && lengthHeight !== undefined ? weight / (lengthHeight / 100) ** 2 : undefined;

  const byAge = (
    indicator: GrowthIndicator,
    table: GrowthTable,
    value: number | undefined,
    weighs: boolean,
  ): GrowthScore => {
    const reason: NoScoreReason | undefined =
      value === undefined
        ? 'not-measured'
        : weighs && input.oedema
          ? 'oedema'
          : ageDays === undefined
            ? 'age-unknown'
            : !(ageMonths! < ageLimitMonths)
              ? 'age-outside-table'
              : undefined;
    if (reason) {
      return none(indicator, value, reason);
    }
    const lms = lmsAt(table, input.sex, ageDays!);
    return lms ? scored(indicator, value!, lms) : none(indicator, value, 'age-outside-table');
  };

  const forSize = (): GrowthScore => {
    const indicator = 'weight-for-length-height';
    if (weight === undefined || lengthHeight === undefined) {
      return none(indicator, weight, 'not-measured');
    }
    if (input.oedema) {
      return none(indicator, weight, 'oedema');
    }
    if (ageMonths !== undefined && !(ageMonths < ageLimitMonths)) {
      return none(indicator, weight, 'age-outside-table');
    }
    const lms = lmsAtSize(usesLength ? 'weight-for-length' : 'weight-for-height', input.sex, lengthHeight);
    return lms ? scored(indicator, weight, lms) : none(indicator, weight, 'size-outside-table');
  };

  return {
    lengthHeightCm: lengthHeight ?? null,
    positionImplausible,
    bodyMassIndex: bodyMassIndex ?? null,
    scores: [
      byAge('length-height-for-age', 'length-height', lengthHeight, false),
      byAge('weight-for-age', 'weight', weight, true),
      forSize(),
      byAge('bmi-for-age', 'bmi', bodyMassIndex, true),
      byAge('head-circumference-for-age', 'head-circumference', positive(input.headCircumferenceCm), false),
      byAge('arm-circumference-for-age', 'arm-circumference', positive(input.armCircumferenceCm), false),
    ],
  };
}

/** The LMS z-score, restricted beyond ±3 SD. */
export function lmsZScore(value: number, { l, m, s }: Lms): number {
  const z = l === 0 ? Math.log(value / m) / s : ((value / m) ** l - 1) / (l * s);
  if (Math.abs(z) <= 3) {
    return z;
  }
  const side = Math.sign(z);
  const third = lmsValue(3 * side, { l, m, s });
  const second = lmsValue(2 * side, { l, m, s });
  return side * (3 + (value - third) / (third - second));
}

/** The value at a z-score within ±3: the inverse of {@link lmsZScore}. */
export function lmsValue(z: number, { l, m, s }: Lms): number {
  return l === 0 ? m * Math.exp(s * z) : m * (1 + l * s * z) ** (1 / l);
}

/** L, M and S between two tenths of a centimetre are interpolated linearly. */
function lmsAtSize(table: 'weight-for-length' | 'weight-for-height', sex: Sex, sizeCm: number): Lms | undefined {
  const tenths = sizeCm * 10;
  // 64.1 × 10 is 640.9999999999999: a hair below a row is that row.
  const nearest = Math.round(tenths);
  const lower = Math.abs(tenths - nearest) < 1e-6 ? nearest : Math.floor(tenths);
  const share = lower === nearest && Math.abs(tenths - nearest) < 1e-6 ? 0 : tenths - lower;
  const a = lmsAt(table, sex, lower);
  if (!a || share === 0) {
    return a;
  }
  const b = lmsAt(table, sex, lower + 1);
  return b && { l: a.l + share * (b.l - a.l), m: a.m + share * (b.m - a.m), s: a.s + share * (b.s - a.s) };
}

function standardise(
  measured: number | undefined,
  position: GrowthInput['position'],
  ageDays: number | undefined,
): number | undefined {
  if (measured === undefined || ageDays === undefined || position === undefined) {
    return measured;
  }
  if (ageDays < standingFromDays) {
    return position === 'standing' ? measured + standingCorrectionCm : measured;
  }
  return position === 'lying' ? measured - standingCorrectionCm : measured;
}

function scored(indicator: GrowthIndicator, value: number, lms: Lms): GrowthScore {
  const z = roundHundredth(lmsZScore(value, lms));
  const [low, high] = flagLimits[indicator];
  return { indicator, value, z, flagged: z < low || z > high, reason: null };
}

function none(indicator: GrowthIndicator, value: number | undefined, reason: NoScoreReason): GrowthScore {
  return { indicator, value: value ?? null, z: null, flagged: false, reason };
}

/** Halves away from zero, so that boys and girls above and below the median are treated alike. */
export function roundHundredth(z: number): number {
  const rounded = (Math.sign(z) * Math.round(Math.abs(z) * 100)) / 100;
  return rounded === 0 ? 0 : rounded;
}

const known = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);
const positive = (value: number | undefined) => (known(value) && value > 0 ? value : undefined);

export type Nutrition =
  | 'severe-acute-malnutrition'
  | 'moderate-acute-malnutrition'
  | 'no-acute-malnutrition'
  | 'not-assessed';

/**
 * Acute malnutrition at 6 to 59 months: oedema, weight-for-length/height below −3, or arm below 11.5 cm is severe;
 * below −2 or below 12.5 cm moderate (WHO 2013). A flagged score is a measurement to repeat and decides nothing.
 */
export function acuteMalnutrition(input: GrowthInput, result: GrowthResult): Nutrition {
  const score = result.scores.find((row) => row.indicator === 'weight-for-length-height');
  const z = score && !score.flagged ? score.z : null;
  const months = known(input.ageDays) ? input.ageDays / daysPerMonth : undefined;
  // Arm limits are for 6 to 59 months only.
  const arm =
    months !== undefined && months >= 6 && months < ageLimitMonths ? positive(input.armCircumferenceCm) : undefined;
  if (input.oedema || (z !== null && z < -3) || (arm !== undefined && arm < 11.5)) {
    return 'severe-acute-malnutrition';
  }
  if (z === null && arm === undefined) {
    return 'not-assessed';
  }
  return (z !== null && z < -2) || (arm !== undefined && arm < 12.5)
    ? 'moderate-acute-malnutrition'
    : 'no-acute-malnutrition';
}
