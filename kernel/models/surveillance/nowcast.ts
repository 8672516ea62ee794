import type { Prng } from '../../base/prng.ts';
import { drawBeta, drawNegativeBinomial, drawPoisson } from '../numeric/distributions.ts';

/** Cases by period of onset and delay of report. */
export interface ReportingTriangle {
  /** Periods of onset, the last being the present one. */
  readonly periods: number;
  /** Longest delay told apart; later reports count as this late. */
  readonly maximumDelay: number;
  /** `periods × (maximumDelay + 1)`, row-major; cells still to come hold 0 and are not read. */
  readonly counts: Float64Array;
}

export interface Report {
  /** Period of onset, 0-based. */
  readonly onset: number;
  /** Period of report, 0-based, not before the onset. */
  readonly report: number;
  readonly cases: number;
}

/** Sorts reports into a triangle as known at the end of period `present`; later reports are left out. */
export function reportingTriangle(
  reports: readonly Report[],
  present: number,
  maximumDelay: number,
): ReportingTriangle {
  const periods = present + 1;
  const counts = new Float64Array(periods * (maximumDelay + 1));
  for (const { onset, report, cases } of reports) {
    if (report <= present && onset >= 0 && onset <= report) {
      counts[onset * (maximumDelay + 1) + Math.min(report - onset, maximumDelay)]! += cases;
    }
  }
  return { periods, maximumDelay, counts };
}

export interface NowcastOptions {
  /** Latest periods of onset whose delays are trusted to be like those of now. */
  readonly delayWindow: number;
  readonly draws: number;
  /** Levels of the quantiles wanted. */
  readonly quantiles: readonly number[];
}

export interface NowcastPeriod {
  readonly period: number;
  readonly reported: number;
  /** Share of the period's cases expected to be reported by now. */
  readonly reportedShare: number;
  /** Reported so far over that share; NaN where nothing is known of the delays. */
  readonly estimate: number;
  readonly quantiles: readonly number[];
}

export interface Nowcast {
  /** Probability of each delay, 0 to the longest. */
  readonly delay: Float64Array;
  /** Extra-Poisson variation of the reports, at least 1. */
  readonly dispersion: number;
  readonly periods: readonly NowcastPeriod[];
}

/**
 * Nowcast from right-truncated reports by reverse-time hazards (Kalbfleisch and Lawless 1989, JASA 84:360;
 * Lawless 1994, Can J Stat 22:15): h_d is the share of the cases reported within d that came at exactly d, and the
 * share reported by age a is Π_{d>a}(1 − h_d).
 * Intervals draw the hazards from their beta posterior and the cases to come from a negative binomial, both widened by
 * the dispersion that the triangle shows.
 */
export function* nowcast(triangle: ReportingTriangle, options: NowcastOptions, prng: Prng): Generator<number, Nowcast> {
  const { periods, maximumDelay } = triangle;
  const hazards = reverseHazards(triangle, options.delayWindow);
  const reportedBy = cumulativeShares(hazards.hazard);
  const dispersion = reportDispersion(triangle, hazards.hazard, options.delayWindow);
  const reported = new Float64Array(periods);
  for (let t = 0; t < periods; t++) {
    for (let d = 0; d <= Math.min(maximumDelay, periods - 1 - t); d++) {
      reported[t]! += triangle.counts[t * (maximumDelay + 1) + d]!;
    }
  }
  const youngest = Math.max(0, periods - maximumDelay);
  const draws = Array.from({ length: periods - youngest }, () => new Float64Array(options.draws));
  const drawn = new Float64Array(maximumDelay + 1);
  for (let draw = 0; draw < options.draws; draw++) {
    for (let d = 1; d <= maximumDelay; d++) {
      const late = hazards.atDelay[d]! / dispersion;
      const before = (hazards.within[d]! - hazards.atDelay[d]!) / dispersion;
      drawn[d] = drawBeta(prng, late + 0.5, before + 0.5);
    }
    const share = cumulativeShares(drawn);
    for (let t = youngest; t < periods; t++) {
      const known = share[Math.min(maximumDelay, periods - 1 - t)]!;
      draws[t - youngest]![draw] = reported[t]! + drawUnreported(reported[t]!, known, dispersion, prng);
    }
    if (draw % 500 === 499) {
      yield (draw + 1) / options.draws;
    }
  }
  const delay = new Float64Array(maximumDelay + 1);
  for (let d = 0; d <= maximumDelay; d++) {
    delay[d] = reportedBy[d]! - (d > 0 ? reportedBy[d - 1]! : 0);
  }
  const rows: NowcastPeriod[] = [];
  for (let t = 0; t < periods; t++) {
    const share = reportedBy[Math.min(maximumDelay, periods - 1 - t)]!;
    const sample = t >= youngest ? draws[t - youngest]!.sort() : undefined;
    rows.push({
      period: t,
      reported: reported[t]!,
      reportedShare: share,
      estimate: share > 0 ? reported[t]! / share : Number.NaN,
      quantiles: options.quantiles.map((p) =>
        sample ? sample[Math.min(sample.length - 1, Math.floor(p * sample.length))]! : reported[t]!,
      ),
    });
  }
  return { delay, dispersion, periods: rows };
}

interface Hazards {
  readonly hazard: Float64Array;
  /** Cases reported at exactly each delay, over the periods that could show it. */
  readonly atDelay: Float64Array;
  /** Cases reported within it, over the same periods. */
  readonly within: Float64Array;
}

function reverseHazards(triangle: ReportingTriangle, delayWindow: number): Hazards {
  const { periods, maximumDelay, counts } = triangle;
  const size = maximumDelay + 1;
  const atDelay = new Float64Array(size);
  const within = new Float64Array(size);
  for (let t = Math.max(0, periods - delayWindow - maximumDelay); t < periods; t++) {
    let sum = counts[t * size]!;
    for (let d = 1; d <= Math.min(maximumDelay, periods - 1 - t); d++) {
      sum += counts[t * size + d]!;
      // Each delay is learnt from the latest `delayWindow` periods that have reached it.
      if (t >= periods - delayWindow - d) {
        atDelay[d]! += counts[t * size + d]!;
        within[d]! += sum;
      }
    }
  }
  return { hazard: atDelay.map((count, d) => (within[d]! > 0 ? count / within[d]! : 0)), atDelay, within };
}

/** Share reported by each age, from reverse-time hazards. */
function cumulativeShares(hazard: Float64Array): Float64Array {
  const share = new Float64Array(hazard.length);
  share[hazard.length - 1] = 1;
  for (let d = hazard.length - 1; d > 0; d--) {
    share[d - 1] = share[d]! * (1 - hazard[d]!);
  }
  return share;
}

/** Mean squared Pearson residual of each new diagonal given those before, at least 1. */
function reportDispersion(triangle: ReportingTriangle, hazard: Float64Array, delayWindow: number): number {
  const { periods, maximumDelay, counts } = triangle;
  const size = maximumDelay + 1;
  let squares = 0;
  let cells = 0;
  for (let d = 1; d <= maximumDelay; d++) {
    const h = hazard[d]!;
    if (!(h > 0 && h < 1)) {
      continue;
    }
    cells--;
    for (let t = Math.max(0, periods - delayWindow - d); t < periods - d; t++) {
      let before = 0;
      for (let k = 0; k < d; k++) {
        before += counts[t * size + k]!;
      }
      if (before > 0) {
        const expected = (before * h) / (1 - h);
        squares += (counts[t * size + d]! - expected) ** 2 / (expected / (1 - h));
        cells++;
      }
    }
  }
  return cells > 0 ? Math.max(1, squares / cells) : 1;
}

function drawUnreported(reported: number, share: number, dispersion: number, prng: Prng): number {
  if (share >= 1) {
    return 0;
  }
  const mean = ((reported + 0.5) * (1 - share)) / Math.max(share, 1e-6);
  const excess = dispersion / Math.max(share, 1e-6) - 1;
  return excess > 0 ? drawNegativeBinomial(prng, mean / excess, mean) : drawPoisson(prng, mean);
}
