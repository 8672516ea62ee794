import { type EnrolmentFit, enrolmentToFirstClaim } from '@serai/kernel/models/actuarial/adverse-selection.ts';
import type { FirstClaimRow } from './experience.ts';
import { columns, type FigureTable, type Finding, significant, tableOf } from './figures.ts';

/**
 * Do people enrol when they know that they will need care? First claims since enrolment against the scheme's own expectation,
 * for those who join alone beside those whom an employer enrols, who did not choose the day (PEERS 18; DOMAIN F.6).
 */

const edges = [0, 30, 60, 90, 180, 270, 366];
const earlyDays = 60;
/** Fewer first claims than this prove nothing either way. */
const least = 20;

export interface Selection {
  readonly alone?: EnrolmentFit;
  readonly employer?: EnrolmentFit;
  readonly finding: Finding;
}

/** @param claimsPerMemberYear what pricing assumed; the days before the first claim are then exponential. */
export function monitorSelection(rows: readonly FirstClaimRow[], claimsPerMemberYear: number): Selection {
  const of = (joined: FirstClaimRow['joined']) => {
    const members = rows
      .filter((row) => row.joined === joined)
      .flatMap(({ day, claimed, members: n }) => Array.from({ length: n }, () => ({ day, claimed })));
    const observed = members.reduce((sum, member) => sum + (member.claimed ? 1 : 0), 0);
    return observed >= least
      ? enrolmentToFirstClaim(members, { from: [0], rate: [claimsPerMemberYear / 365] }, edges, earlyDays)
      : undefined;
  };
  const [alone, employer] = [of('alone'), of('employer')];
  return { ...(alone && { alone }), ...(employer && { employer }), finding: findingOf(alone, employer) };
}

/**
 * The alarm: those who join alone claim early more than they do later, and more so than those an employer enrols. The
 * second is a Wald test on the ratio of the two spikes at 5 %; without employers the first must do.
 */
export function findingOf(alone: EnrolmentFit | undefined, employer: EnrolmentFit | undefined): Finding {
  if (!alone || !Number.isFinite(alone.spike)) {
    return { id: 'selection.thin', tone: 'note', values: { least } };
  }
  const values = {
    days: earlyDays,
    spike: significant(alone.spike, 3),
    low: significant(alone.spikeLow, 3),
    high: significant(alone.spikeHigh, 3),
  };
  if (!employer || !Number.isFinite(employer.spike)) {
    return alone.spikeLow > 1
      ? { id: 'selection.alarm-alone', tone: 'warn', values }
      : { id: 'selection.none', tone: 'good', values };
  }
  const more = alone.spike / employer.spike;
  const [lowest, highest] = ratioInterval(alone, employer);
  const both = { ...values, employer: significant(employer.spike, 3), more: significant(more, 3), lowest, highest };
  return alone.spikeLow > 1 && lowest > 1
    ? { id: 'selection.alarm', tone: 'bad', values: both }
    : { id: 'selection.none-beside', tone: 'good', values: both };
}

/** 95 % interval of the ratio of two independent spikes, on the log. */
function ratioInterval(one: EnrolmentFit, other: EnrolmentFit): [number, number] {
  const half = (fit: EnrolmentFit) => Math.log(fit.spikeHigh / fit.spikeLow) / 2;
  const width = Math.hypot(half(one), half(other));
  const middle = Math.log(one.spike / other.spike);
  return [significant(Math.exp(middle - width), 3), significant(Math.exp(middle + width), 3)];
}

/** The two curves beside the expected one, window by window. */
export function selectionTable({ alone, employer }: Selection): FigureTable | undefined {
  const any = alone ?? employer;
  if (!any) {
    return undefined;
  }
  const part = (fit: EnrolmentFit | undefined, w: number) => {
    const window = fit?.windows[w];
    return window && { share: 1 - window.survival, ratio: window.ratio, low: window.low, high: window.high };
  };
  const rows = any.windows.map((window, w) => {
    const [one, other] = [part(alone, w), part(employer, w)];
    return {
      days: window.to,
      expected: 1 - window.expectedSurvival,
      alone: one?.share,
      aloneRatio: one?.ratio,
      aloneLow: one?.low,
      aloneHigh: one?.high,
      employer: other?.share,
      employerRatio: other?.ratio,
      employerLow: other?.low,
      employerHigh: other?.high,
    };
  });
  const of = columns({
    days: 'number',
    expected: 'share',
    alone: 'share',
    aloneRatio: 'decimal',
    aloneLow: 'decimal',
    aloneHigh: 'decimal',
    employer: 'share',
    employerRatio: 'decimal',
    employerLow: 'decimal',
    employerHigh: 'decimal',
  });
  return tableOf('selection', of, rows, {
    picture: { kind: 'line', x: 'days', y: ['expected', 'alone', 'employer'] },
  });
}
