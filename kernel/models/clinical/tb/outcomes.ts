import { addMonths, formatDay, parseDay } from '../../calendar.ts';
import type { Provenance } from '../provenance.ts';

export const outcomeProvenance: Provenance = {
  source: 'WHO definitions 2021, in the TB Digital Adaptation Kit, TB.D24',
  effectiveFrom: '2021-11-15',
  jurisdiction: 'WHO',
};

/** Two results make a conversion or reversion only this far apart, in days. */
export const daysBetweenResults = 7;
/** An interruption of this many consecutive months is loss to follow-up. */
export const lostAfterMonths = 2;

export interface Bacteriology {
  /** ISO date the specimen was collected. */
  readonly date: string;
  readonly test: 'culture' | 'smear';
  readonly result: 'positive' | 'negative' | 'contaminated' | 'not-done';
}

export interface Response {
  /** Date of the first of the negatives, null when there is no conversion. */
  readonly conversionDate: string | null;
  /** Date of the first of the positives after the conversion, null when there is none. */
  readonly reversionDate: string | null;
  /** Converted, and not reverted since. */
  readonly converted: boolean;
}

/**
 * Bacteriological conversion and reversion: two consecutive negatives (positives) collected at least seven days apart,
 * dated by the first. Cultures count for every disease, smears only for drug-susceptible disease; each kind of test is
 * followed by itself, and the later verdict stands. Results that say nothing are passed over.
 *
 * @throws RangeError for a date that is not one.
 */
export function bacteriologicalResponse(results: readonly Bacteriology[], resistant: boolean): Response {
  const kinds = resistant ? (['culture'] as const) : (['culture', 'smear'] as const);
  const responses = kinds
    .map((kind) => follow(results.filter((row) => row.test === kind)))
    .filter((response) => response.conversionDate !== null);
  // Culture is the better test: where both say something, it speaks.
  return responses[0] ?? { conversionDate: null, reversionDate: null, converted: false };
}

function follow(results: readonly Bacteriology[]): Response {
  const telling = results
    .filter((row) => row.result === 'positive' || row.result === 'negative')
    .map((row) => ({ day: dayOf(row.date), negative: row.result === 'negative' }))
    .sort((a, b) => a.day - b.day);
  let conversion: number | null = null;
  let reversion: number | null = null;
  let runStart = 0;
  for (const [i, row] of telling.entries()) {
    if (i === 0 || telling[i - 1]!.negative !== row.negative) {
      runStart = row.day;
    }
    if (row.day - runStart < daysBetweenResults) {
      continue;
    }
    if (row.negative && (conversion === null || reversion !== null)) {
      conversion = runStart;
      reversion = null;
    } else if (!row.negative && conversion !== null && reversion === null) {
      reversion = runStart;
    }
  }
  return {
    conversionDate: conversion === null ? null : formatDay(conversion),
    reversionDate: reversion === null ? null : formatDay(reversion),
    converted: conversion !== null && reversion === null,
  };
}

export type TbOutcome =
  | 'cured'
  | 'treatment-completed'
  | 'treatment-failed'
  | 'died'
  | 'lost-to-follow-up'
  | 'not-evaluated'
  /** Still on treatment, or too early to say. */
  | 'none-yet'
  /** A duplicate, or not TB: leaves every count. */
  | 'de-notified';

export type FailureReason =
  | 'no-clinical-response'
  | 'no-bacteriological-response'
  | 'adverse-reaction'
  | 'added-resistance';

export interface OutcomeInput {
  /** The day the outcome is judged, ISO. */
  readonly asOf: string;
  readonly diagnosisDate: string;
  /** Null when treatment never started. */
  readonly startDate: string | null;
  /** Left out, nobody is lost for silence: only a last dose says when it began. */
  readonly lastDoseDate?: string | null | undefined;
  /** Times without medicine: from the first missed day to the day doses began again. */
  readonly interruptions?: readonly { readonly from: string; readonly to: string }[] | undefined;
  readonly resistant: boolean;
  readonly pulmonary: boolean;
  /** Bacteriologically confirmed at the start. */
  readonly confirmed: boolean;
  /** Completed as the national policy recommends: the day of the last planned dose. */
  readonly completedDate?: string | null | undefined;
  readonly diedDate?: string | null | undefined;
  /** The regimen was ended or changed for good to a new regimen or strategy, and why. */
  readonly failure?: { readonly date: string; readonly reason: FailureReason } | null | undefined;
  readonly bacteriology?: readonly Bacteriology[] | undefined;
  /** Handed to another facility whose answer is not known. */
  readonly transferredOut?: boolean | undefined;
  readonly deNotified?: boolean | undefined;
  /** The cohort's reporting has closed: whoever has no outcome is not evaluated. */
  readonly cohortClosed?: boolean | undefined;
}

export interface OutcomeResult {
  readonly outcome: TbOutcome;
  /** ISO date of the event that decided; null where none did. */
  readonly date: string | null;
  /** Why, as a code. */
  readonly reason: string;
  readonly success: boolean;
  readonly response: Response;
}

/**
 * Assigns the WHO 2021 treatment outcome: of the events up to `asOf` the earliest decides, on the same day the order is
 * died, failed, lost, completed. A completed treatment is a cure only for pulmonary disease that was
 * bacteriologically confirmed, with a bacteriological response and no reversion. A transfer without an answer is never a success.
 *
 * @throws RangeError for a date that is not one.
 */
export function assignOutcome(input: OutcomeInput): OutcomeResult {
  const response = bacteriologicalResponse(input.bacteriology ?? [], input.resistant);
  const answer = (outcome: TbOutcome, day: number | null, reason: string): OutcomeResult => ({
    outcome,
    date: day === null ? null : formatDay(day),
    reason,
    success: outcome === 'cured' || outcome === 'treatment-completed',
    response,
  });
  if (input.deNotified) {
    return answer('de-notified', null, 'not-tb-or-duplicate');
  }
  const asOf = dayOf(input.asOf);
  const died = optionalDay(input.diedDate);
  const failed = optionalDay(input.failure?.date);
  const completed = optionalDay(input.completedDate);
  const lost = lostOn(input, completed);

  const events = [
    {
      day: died,
      decide: () => answer('died', died, input.startDate === null ? 'before-treatment' : 'during-treatment'),
    },
    { day: failed, decide: () => answer('treatment-failed', failed, input.failure!.reason) },
    {
      day: lost,
      decide: () =>
        answer('lost-to-follow-up', lost, input.startDate === null ? 'did-not-start' : 'interrupted-two-months'),
    },
    { day: completed, decide: () => completedOutcome(input, response, completed!, answer) },
  ].filter((event): event is typeof event & { day: number } => event.day !== null && event.day <= asOf);
  // A stable sort keeps the order of precedence on the same day.
  const first = events.sort((a, b) => a.day - b.day)[0];
  if (first) {
    return first.decide();
  }
  if (input.transferredOut) {
    return answer('not-evaluated', null, 'transferred-out-outcome-unknown');
  }
  return input.cohortClosed
    ? answer('not-evaluated', null, 'no-outcome-assigned')
    : answer('none-yet', null, 'on-treatment');
}

/** The first day on which two months without medicine were complete; null when there was none. */
function lostOn(input: OutcomeInput, completed: number | null): number | null {
  const gaps = (input.interruptions ?? [])
    .map(({ from, to }) => ({ day: addMonths(dayOf(from), lostAfterMonths), to: dayOf(to) }))
    .filter(({ day, to }) => day <= to)
    .map(({ day }) => day);
  // Without a last dose on record nothing says when the silence began.
  const silentFrom = input.startDate === null ? dayOf(input.diagnosisDate) : optionalDay(input.lastDoseDate);
  const silence = silentFrom === null ? null : addMonths(silentFrom, lostAfterMonths);
  // Silence after a completed course or a handover is not a loss.
  if (silence !== null && !input.transferredOut && (completed === null || completed > silence)) {
    gaps.push(silence);
  }
  return gaps.length > 0 ? Math.min(...gaps) : null;
}

function completedOutcome(
  input: OutcomeInput,
  response: Response,
  day: number,
  answer: (outcome: TbOutcome, day: number | null, reason: string) => OutcomeResult,
): OutcomeResult {
  if (!input.pulmonary || !input.confirmed) {
    return answer('treatment-completed', day, input.pulmonary ? 'clinically-diagnosed' : 'extrapulmonary');
  }
  return response.converted
    ? answer('cured', day, 'bacteriological-response')
    : answer('treatment-completed', day, response.reversionDate ? 'reverted' : 'no-evidence-of-response');
}

const optionalDay = (iso: string | null | undefined) => (iso === null || iso === undefined ? null : dayOf(iso));

function dayOf(iso: string): number {
  const day = parseDay(iso);
  if (Number.isNaN(day)) {
    throw new RangeError('A date is not a calendar date (YYYY-MM-DD).');
  }
  return day;
}
