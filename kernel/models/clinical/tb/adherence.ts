import { addMonths, formatDay, parseDay } from '../../calendar.ts';
import type { Provenance } from '../provenance.ts';

/** What happened on a day a dose was due. */
export interface DoseRecord {
  /** ISO date. */
  readonly date: string;
  /** `video-accepted` counts; a submitted, rejected or unreadable video does not. */
  readonly status: 'observed' | 'video-accepted' | 'video-pending' | 'video-rejected' | 'self-reported' | 'missed';
}

export const adherenceBands = [
  { band: 'good', fromShare: 0.9 },
  { band: 'moderate', fromShare: 0.8 },
  { band: 'poor', fromShare: 0 },
] as const;

export interface MissedDoseRule {
  readonly action: 'message' | 'call' | 'visit' | 'clinical-review' | 'lost-to-follow-up';
  readonly consecutiveDays?: number;
  readonly consecutiveMonths?: number;
  /** More than this share of the doses due in the last 28 days. */
  readonly shareOfFourWeeksAbove?: number;
}

/** Gravest first: the first that holds is the action. */
export const missedDoseRules: readonly MissedDoseRule[] = [
  { action: 'lost-to-follow-up', consecutiveMonths: 2 },
  { action: 'clinical-review', consecutiveDays: 14 },
  { action: 'visit', consecutiveDays: 3 },
  { action: 'visit', shareOfFourWeeksAbove: 0.1 },
  { action: 'call', consecutiveDays: 2 },
  { action: 'message', consecutiveDays: 1 },
];

export const adherenceProvenance: Provenance = {
  source: 'Common programme practice; loss to follow-up at two months as in the WHO TB Digital Adaptation Kit',
  effectiveFrom: '2025-04-23',
  jurisdiction: 'WHO',
  note: 'The bands are customary, not an outcome rule of the WHO.',
};

const windowDays = 28;

export interface AdherenceResult {
  readonly prescribed: number;
  readonly verified: number;
  readonly selfReported: number;
  /** Verified ÷ prescribed to date; null when nothing was due. */
  readonly adherence: number | null;
  readonly band: (typeof adherenceBands)[number]['band'] | null;
  /** Verified and self-reported together, reported apart. */
  readonly adherenceWithSelfReports: number | null;
  /** Due days without a dose up to `asOf`, counted back from it. */
  readonly missedInARow: number;
  readonly action: MissedDoseRule['action'] | null;
}

/**
 * Adherence over the doses due from `startDate` to `asOf`, both included, and what missing asks for.
 *
 * A due day without a record, or with a video not accepted, is not verified; it is *missed* when nothing at all says it
 * was taken. Two records of one day count once, the best of them.
 *
 * @param everyDays days between doses: 1 daily, 7 weekly.
 * @throws RangeError for a date that is not one.
 */
export function doseAdherence(
  records: readonly DoseRecord[],
  startDate: string,
  asOf: string,
  everyDays = 1,
): AdherenceResult {
  const start = dayOf(startDate);
  const end = dayOf(asOf);
  const status = new Map<number, 'verified' | 'self-reported' | 'pending'>();
  for (const record of records) {
    const day = dayOf(record.date);
    if (record.status === 'observed' || record.status === 'video-accepted') {
      status.set(day, 'verified');
    } else if (record.status === 'self-reported' && status.get(day) !== 'verified') {
      status.set(day, 'self-reported');
    } else if (record.status === 'video-pending' && !status.has(day)) {
      status.set(day, 'pending');
    }
  }
  let prescribed = 0;
  let verified = 0;
  let selfReported = 0;
  let missedInARow = 0;
  let firstMissed: number | null = null;
  let dueLately = 0;
  let missedLately = 0;
  for (let day = start; day <= end; day += everyDays) {
    prescribed++;
    const taken = status.get(day);
    verified += taken === 'verified' ? 1 : 0;
    selfReported += taken === 'self-reported' ? 1 : 0;
    firstMissed = taken ? null : (firstMissed ?? day);
    missedInARow = taken ? 0 : missedInARow + 1;
    if (day > end - windowDays) {
      dueLately++;
      missedLately += taken ? 0 : 1;
    }
  }
  const adherence = prescribed > 0 ? verified / prescribed : null;
  // A weekly dose missed once is a week without medicine.
  const daysWithout = firstMissed === null ? 0 : end - firstMissed + 1;
  const holds = (rule: MissedDoseRule) =>
    (rule.consecutiveDays !== undefined && daysWithout >= rule.consecutiveDays) ||
    (rule.consecutiveMonths !== undefined &&
      firstMissed !== null &&
      addMonths(firstMissed, rule.consecutiveMonths) <= end + 1) ||
    (rule.shareOfFourWeeksAbove !== undefined &&
      dueLately >= windowDays / everyDays &&
      missedLately / dueLately > rule.shareOfFourWeeksAbove);
  return {
    prescribed,
    verified,
    selfReported,
    adherence,
    band: adherence === null ? null : adherenceBands.find((row) => adherence >= row.fromShare)!.band,
    adherenceWithSelfReports: prescribed > 0 ? (verified + selfReported) / prescribed : null,
    missedInARow,
    action: missedDoseRules.find(holds)?.action ?? null,
  };
}

/**
 * The day treatment is expected to end: `doses` doses from `startDate`, each missed dose made up at the end.
 *
 * @throws RangeError for a date that is not one.
 */
export function expectedEndDate(startDate: string, doses: number, missedDoses: number, everyDays = 1): string {
  return formatDay(dayOf(startDate) + Math.max(0, doses + missedDoses - 1) * everyDays);
}

function dayOf(iso: string): number {
  const day = parseDay(iso);
  if (Number.isNaN(day)) {
    throw new RangeError('A date is not a calendar date (YYYY-MM-DD).');
  }
  return day;
}
