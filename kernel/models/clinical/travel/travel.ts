import { addMonths, formatDay, parseDay } from '../../calendar.ts';
import { travel as pregnancyTravel } from '../pregnancy.table.ts';
import type { Provenance } from '../provenance.ts';
import {
  fitness,
  type PreMigrationProgramme,
  type PreMigrationTest,
  preMigrationProgrammes,
  type TravelCondition,
} from './travel.table.ts';

export interface PreMigrationInput {
  readonly programme: string;
  readonly ageYears: number;
  readonly stayMonths: number;
  /** TB incidence in the country of departure, per 100,000. */
  readonly incidencePer100000: number;
  readonly pregnant?: boolean | undefined;
  readonly closeContact?: boolean | undefined;
  /** A symptom, finding, test or HIV makes TB possible. */
  readonly suspicion?: boolean | undefined;
  /** ISO date of a clear assessment, for the certificate. */
  readonly clearedOn?: string | undefined;
}

export interface PreMigrationResult {
  readonly required: boolean;
  readonly tests: readonly PreMigrationTest[];
  /** Choices in pregnancy, where an X-ray is asked for. */
  readonly instead: readonly string[];
  /** Last day of the certificate; null without a clear assessment. */
  readonly certificateUntil: string | null;
  readonly source: Provenance;
}

/**
 * Which TB tests a receiving country asks of a person before departure, and how long the certificate holds.
 *
 * @throws RangeError for a programme nobody wrote or a date that is not one.
 */
export function preMigrationAssessment(input: PreMigrationInput): PreMigrationResult {
  const programme = preMigrationProgrammes.find((row) => row.id === input.programme);
  if (!programme) {
    throw new RangeError(`There is no programme "${input.programme}".`);
  }
  const { source, effectiveFrom, jurisdiction } = programme;
  const rule = programme.rules.find(
    (row) =>
      input.ageYears >= row.ageFromYears &&
      input.ageYears < row.ageBelowYears &&
      input.incidencePer100000 >= (row.incidenceFrom ?? 0),
  );
  const required =
    rule !== undefined &&
    !(input.stayMonths <= (programme.stayAboveMonths ?? -1)) &&
    !(input.incidencePer100000 < (programme.incidenceFrom ?? 0));
  const tests = required ? [...rule.tests, ...(input.suspicion || input.closeContact ? rule.ifPositive : [])] : [];
  return {
    required,
    tests: [...new Set(tests)],
    instead: input.pregnant && tests.includes('chest-x-ray') ? (programme.pregnancy ?? []) : [],
    certificateUntil: input.clearedOn === undefined ? null : certificateUntil(programme, input),
    source: { source, effectiveFrom, jurisdiction },
  };
}

export interface TravelInput {
  /** Null when the person has no active TB. */
  readonly tb: {
    readonly infectious: boolean;
    readonly resistant: boolean;
    readonly daysOfEffectiveTreatment: number;
    readonly cultureConverted: boolean;
  } | null;
  readonly pregnancyWeeks?: number | undefined;
  readonly multiplePregnancy?: boolean | undefined;
  /** Unstable, so that no arrangement makes travel safe. */
  readonly unstable?: boolean | undefined;
  /** What the journey needs. */
  readonly needs?: readonly TravelCondition[] | undefined;
  /** Hours between the last check and embarkation. */
  readonly hoursSinceCheck?: number | undefined;
}

export interface TravelResult {
  readonly status: 'fit' | 'fit-with-conditions' | 'temporarily-unfit' | 'unfit' | 'check-again';
  readonly reasons: readonly string[];
  readonly conditions: readonly (TravelCondition | 'pregnancy-letter')[];
}

/**
 * Fitness to travel by air. Infectious TB waits for two weeks of effective treatment (drug-susceptible) or culture
 * conversion (resistant); late pregnancy does not fly; a check older than 72 hours is made again.
 */
export function fitnessToTravel(input: TravelInput): TravelResult {
  const { tb } = input;
  const reasons: string[] = [];
  if (tb?.infectious) {
    if (tb.resistant && !tb.cultureConverted) {
      reasons.push('resistant-tb-not-converted');
    } else if (!tb.resistant && !(tb.daysOfEffectiveTreatment >= fitness.susceptibleTreatmentDays)) {
      reasons.push('tb-under-two-weeks-of-treatment');
    }
  }
  const weeks = input.pregnancyWeeks ?? 0;
  if (weeks >= (input.multiplePregnancy ? pregnancyTravel.limitWeeksMultiple : pregnancyTravel.limitWeeks)) {
    reasons.push('late-pregnancy');
  }
  if (input.unstable) {
    return { status: 'unfit', reasons: ['unstable', ...reasons], conditions: [] };
  }
  if (reasons.length > 0) {
    return { status: 'temporarily-unfit', reasons, conditions: [] };
  }
  if (input.hoursSinceCheck !== undefined && !(input.hoursSinceCheck <= fitness.preEmbarkationHours)) {
    return { status: 'check-again', reasons: ['check-older-than-72-hours'], conditions: [] };
  }
  const conditions = [
    ...(input.needs ?? []),
    ...(weeks >= pregnancyTravel.letterFromWeeks ? (['pregnancy-letter'] as const) : []),
  ];
  return { status: conditions.length > 0 ? 'fit-with-conditions' : 'fit', reasons, conditions };
}

function certificateUntil(programme: PreMigrationProgramme, input: PreMigrationInput): string {
  const day = parseDay(input.clearedOn!);
  if (Number.isNaN(day)) {
    throw new RangeError('clearedOn is not a calendar date (YYYY-MM-DD).');
  }
  const { usual, closeContact } = programme.certificateMonths;
  return formatDay(addMonths(day, input.closeContact ? closeContact : usual));
}
