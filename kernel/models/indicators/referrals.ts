import { parseDay } from '../calendar.ts';
import { type Proportion, proportion } from './proportion.ts';

/** One referral, without anything that names a person. Dates are ISO. */
export interface ReferralRecord {
  readonly issued: string;
  readonly accepted?: string | undefined;
  readonly attended?: string | undefined;
  /** The first requested service that was given, and how that is known. */
  readonly served?: string | undefined;
  readonly confirmedBy?: 'facility' | 'phone' | 'self-report' | undefined;
  readonly fedBack?: string | undefined;
  /** `immediate` has one day, `community` fourteen, `cross-border` thirty. */
  readonly kind: 'immediate' | 'community' | 'cross-border';
  /** Leaves the denominator. */
  readonly excluded?: 'entered-in-error' | 'died' | 'declined-before-issue' | undefined;
  /** What to report by: agent, facility, sex, service … */
  readonly group?: string | undefined;
}

/** Days within which a service counts, by kind of referral. */
export const followThroughDays: Readonly<Record<ReferralRecord['kind'], number>> = {
  immediate: 1,
  community: 14,
  'cross-border': 30,
};

/** A programme's published benchmark is a bound, not a value: "above 60 %". */
export const followThroughBenchmark = { above: 0.6, source: 'IOM handbook chapter' } as const;

export interface FollowThrough extends Proportion {
  readonly group: string;
  readonly medianDays: number | null;
  readonly aboveBenchmark: boolean | null;
  readonly byConfirmation: Readonly<Record<'facility' | 'phone' | 'self-report' | 'not-confirmed', number>>;
  /** Referrals whose window has not closed by `to`: counted, and so far without a service. */
  readonly stillOpen: number;
  /** identified → accepted → attended → served → fed back. */
  readonly cascade: readonly { readonly step: string; readonly count: number }[];
}

export interface FollowThroughInput {
  readonly referrals: readonly ReferralRecord[];
  /** Referrals issued in this period count, both days included. */
  readonly from: string;
  readonly to: string;
  /** The day the data were drawn, for windows not closed yet; left out, nothing is open. */
  readonly asOf?: string | undefined;
  /** Overrides the days by kind. */
  readonly windowDays?: number | undefined;
  readonly byGroup?: boolean | undefined;
}

/**
 * Referral follow-through: referrals with at least one confirmed requested service within the window ÷ referrals
 * issued in the period. Services without a confirmation are in the cascade and not in the rate.
 *
 * @throws RangeError for a date that is not one, or a service dated before its referral.
 */
export function followThrough(input: FollowThroughInput): readonly FollowThrough[] {
  const from = dayOf(input.from);
  const to = dayOf(input.to);
  const asOf = input.asOf === undefined ? Number.POSITIVE_INFINITY : dayOf(input.asOf);
  const counted = input.referrals
    .map((row) => ({ ...row, day: dayOf(row.issued), delay: delayOf(row) }))
    .filter((row) => row.day >= from && row.day <= to && !row.excluded);
  const groups = input.byGroup ? Map.groupBy(counted, (row) => row.group ?? 'unknown') : new Map([['all', counted]]);
  return [...groups].map(([group, rows]) => {
    const window = (row: ReferralRecord) => input.windowDays ?? followThroughDays[row.kind];
    const inTime = rows.filter((row) => row.delay !== null && row.confirmedBy && row.delay <= window(row));
    const share = proportion(inTime.length, rows.length);
    const by = (kind: ReferralRecord['confirmedBy']) =>
      rows.filter((row) => row.served !== undefined && row.confirmedBy === kind).length;
    return {
      group,
      ...share,
      medianDays: median(inTime.map((row) => row.delay!)),
      aboveBenchmark: share.value === null ? null : share.value > followThroughBenchmark.above,
      byConfirmation: {
        facility: by('facility'),
        phone: by('phone'),
        'self-report': by('self-report'),
        'not-confirmed': by(undefined),
      },
      stillOpen: rows.filter((row) => row.served === undefined && row.day + window(row) > asOf).length,
      cascade: cascade(rows),
    };
  });
}

/** Each step counts those who reached it or a later one: a served person attended, recorded or not. */
function cascade(rows: readonly ReferralRecord[]): { step: string; count: number }[] {
  const steps = ['accepted', 'attended', 'served', 'fedBack'] as const;
  return [
    { step: 'issued', count: rows.length },
    ...steps.map((step, i) => ({
      step: step === 'fedBack' ? 'fed-back' : step,
      count: rows.filter((row) => steps.slice(i).some((later) => row[later] !== undefined)).length,
    })),
  ];
}

/** Shares of a published cascade, each step of the one before and of the first. */
export function cascadeShares(
  steps: readonly { readonly step: string; readonly count: number }[],
): readonly { step: string; count: number; ofPrevious: number | null; ofFirst: number | null }[] {
  return steps.map(({ step, count }, i) => ({
    step,
    count,
    ofPrevious: i === 0 ? null : proportion(count, steps[i - 1]!.count).value,
    ofFirst: proportion(count, steps[0]!.count).value,
  }));
}

function delayOf(row: ReferralRecord): number | null {
  if (row.served === undefined) {
    return null;
  }
  const delay = dayOf(row.served) - dayOf(row.issued);
  if (delay < 0) {
    throw new RangeError('A service is dated before its referral was issued.');
  }
  return delay;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? null : sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function dayOf(iso: string): number {
  const day = parseDay(iso);
  if (Number.isNaN(day)) {
    throw new RangeError('A date is not a calendar date (YYYY-MM-DD).');
  }
  return day;
}
