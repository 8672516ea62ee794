import { parseDay } from '../calendar.ts';
import { type Proportion, proportion } from './proportion.ts';

/** One TB transfer across a border, without anything that names a person. Dates are ISO. */
export interface TransferRecord {
  readonly sent: string;
  /** The day the destination confirmed the person on treatment in its care. */
  readonly arrivedOnTreatment?: string | undefined;
  readonly lastDoseBefore?: string | undefined;
  readonly firstDoseAfter?: string | undefined;
  /** The outcome the destination reported. Without one it is not evaluated: never a success. */
  readonly outcome?:
    | 'cured'
    | 'treatment-completed'
    | 'treatment-failed'
    | 'died'
    | 'lost-to-follow-up'
    | 'not-evaluated'
    | undefined;
  /** The person did not move after all, or was sent in error. */
  readonly excluded?: boolean | undefined;
}

/** Days from sending to arrival that count as continued. */
export const continuityDays = 14;

export interface Continuity {
  readonly arrivedInTime: Proportion;
  readonly outcomeKnown: Proportion;
  readonly success: Proportion;
  /** Days without medicine between the two programmes, of those for whom both days are known. */
  readonly gapDaysMedian: number | null;
  readonly gapDaysKnown: number;
}

/** Cross-border continuity of TB treatment. @throws RangeError for a date that is not one. */
export function crossBorderContinuity(
  transfers: readonly TransferRecord[],
  { withinDays = continuityDays }: { readonly withinDays?: number } = {},
): Continuity {
  const rows = transfers.filter((row) => !row.excluded);
  const inTime = rows.filter(
    (row) => row.arrivedOnTreatment !== undefined && dayOf(row.arrivedOnTreatment) - dayOf(row.sent) <= withinDays,
  );
  const known = rows.filter((row) => row.outcome !== undefined && row.outcome !== 'not-evaluated');
  const success = known.filter((row) => row.outcome === 'cured' || row.outcome === 'treatment-completed');
  const gaps = rows
    .flatMap((row) =>
      row.lastDoseBefore === undefined || row.firstDoseAfter === undefined
        ? []
        : [Math.max(0, dayOf(row.firstDoseAfter) - dayOf(row.lastDoseBefore) - 1)],
    )
    .sort((a, b) => a - b);
  const middle = gaps.length >> 1;
  return {
    arrivedInTime: proportion(inTime.length, rows.length),
    outcomeKnown: proportion(known.length, rows.length),
    success: proportion(success.length, rows.length),
    gapDaysMedian: gaps.length === 0 ? null : gaps.length % 2 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2,
    gapDaysKnown: gaps.length,
  };
}

/** One household contact of a bacteriologically confirmed pulmonary case. */
export interface ContactRecord {
  readonly screened: boolean;
  readonly eligibleForPrevention: boolean;
  readonly startedPrevention: boolean;
  /** Started in the year before the period, and due to finish in it. */
  readonly dueToComplete: boolean;
  readonly completed: boolean;
}

/** TB.IND.49 (screened of listed), 50 (started of eligible) and 51 (completed of those who started the year before). */
export function contactIndicators(
  contacts: readonly ContactRecord[],
): Readonly<Record<'49' | '50' | '51', Proportion>> {
  const eligible = contacts.filter((row) => row.eligibleForPrevention);
  const due = contacts.filter((row) => row.dueToComplete);
  return {
    49: proportion(contacts.filter((row) => row.screened).length, contacts.length),
    50: proportion(eligible.filter((row) => row.startedPrevention).length, eligible.length),
    51: proportion(due.filter((row) => row.completed).length, due.length),
  };
}

function dayOf(iso: string): number {
  const day = parseDay(iso);
  if (Number.isNaN(day)) {
    throw new RangeError('A date is not a calendar date (YYYY-MM-DD).');
  }
  return day;
}
