import { chiSquared } from '../numeric/distributions.ts';
import { inverseGammaP } from '../numeric/special.ts';

/** Time from enrolment to a member's first claim, or to where observation ended without one. */
export interface FirstClaim {
  /** Days from enrolment (or from the end of a waiting period), at least 0. */
  readonly day: number;
  readonly claimed: boolean;
}

export interface EnrolmentWindow {
  readonly from: number;
  readonly to: number;
  readonly memberDays: number;
  readonly observed: number;
  readonly expected: number;
  readonly ratio: number;
  /** Exact Poisson interval of the ratio. */
  readonly low: number;
  readonly high: number;
  /** Kaplan–Meier share without a claim at the window's end, and Greenwood's standard error. */
  readonly survival: number;
  readonly survivalSe: number;
  /** What the expectation says it should be. */
  readonly expectedSurvival: number;
}

export interface EnrolmentFit {
  readonly windows: readonly EnrolmentWindow[];
  /** One-sample log-rank test of all windows together: Σ(O − E)²/ΣE on one degree of freedom. */
  readonly logRank: number;
  readonly logRankP: number;
  readonly earlyObserved: number;
  readonly earlyExpected: number;
  readonly lateObserved: number;
  readonly lateExpected: number;
  /** Early ratio over late ratio: above 1, people enrol when they know they will need care. */
  readonly spike: number;
  readonly spikeLow: number;
  readonly spikeHigh: number;
  /** Two-sided p of no spike, by Wald on the log of the ratio. */
  readonly spikeP: number;
}

/** Expected first claims per member and day since enrolment: a step function, the last rate going on for ever. */
export interface ExpectedHazard {
  readonly from: readonly number[];
  readonly rate: readonly number[];
}

/** ∫₀^day of the expected hazard. */
export function cumulativeHazard({ from, rate }: ExpectedHazard, day: number): number {
  let sum = 0;
  for (let i = 0; i < from.length && from[i]! < day; i++) {
    sum += rate[i]! * (Math.min(day, from[i + 1] ?? Number.POSITIVE_INFINITY) - from[i]!);
  }
  return sum;
}

/** Exact Poisson limits of a count's mean (Garwood 1936). */
export function poissonLimits(count: number, confidence: number): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  return [count === 0 ? 0 : inverseGammaP(count, tail), inverseGammaP(count + 1, 1 - tail)];
}

/**
 * Compares when members first claim with when they should: observed over expected by window since enrolment, Kaplan and
 * Meier's curve beside the expected one, and the early spike that tells adverse selection from a costly membership.
 *
 * @param edges ascending window edges in days, the first 0. @param earlyDays end of the early part, one of the edges.
 */
export function enrolmentToFirstClaim(
  members: readonly FirstClaim[],
  hazard: ExpectedHazard,
  edges: readonly number[],
  earlyDays: number,
  confidence = 0.95,
): EnrolmentFit {
  const order = [...members].sort((a, b) => a.day - b.day);
  const windows = edges.length - 1;
  const memberDays = new Float64Array(windows);
  const observed = new Float64Array(windows);
  const expected = new Float64Array(windows);
  const cumulative = edges.map((edge) => cumulativeHazard(hazard, edge));
  for (const { day, claimed } of order) {
    for (let w = 0; w < windows && edges[w]! < day; w++) {
      memberDays[w] = memberDays[w]! + Math.min(day, edges[w + 1]!) - edges[w]!;
      expected[w] =
        expected[w]! + (day >= edges[w + 1]! ? cumulative[w + 1]! : cumulativeHazard(hazard, day)) - cumulative[w]!;
    }
    if (claimed) {
      // A claim on an edge ends the window before it; one on day 0 opens the first.
      let w = 0;
      while (w < windows - 1 && day > edges[w + 1]!) {
        w++;
      }
      if (day <= edges[windows]!) {
        observed[w] = observed[w]! + 1;
      }
    }
  }
  const rows: EnrolmentWindow[] = [];
  let survival = 1;
  let greenwood = 0;
  let at = 0;
  let risk = order.length;
  for (let w = 0; w < windows; w++) {
    while (at < order.length && order[at]!.day <= edges[w + 1]!) {
      const { day } = order[at]!;
      let claims = 0;
      let leaving = 0;
      while (at < order.length && order[at]!.day === day) {
        claims += order[at]!.claimed ? 1 : 0;
        leaving++;
        at++;
      }
      if (claims > 0) {
        survival *= 1 - claims / risk;
        greenwood += risk > claims ? claims / (risk * (risk - claims)) : 0;
      }
      risk -= leaving;
    }
    const [low, high] = poissonLimits(observed[w]!, confidence);
    rows.push({
      from: edges[w]!,
      to: edges[w + 1]!,
      memberDays: memberDays[w]!,
      observed: observed[w]!,
      expected: expected[w]!,
      ratio: observed[w]! / expected[w]!,
      low: low / expected[w]!,
      high: high / expected[w]!,
      survival,
      survivalSe: survival * Math.sqrt(greenwood),
      expectedSurvival: Math.exp(-cumulative[w + 1]!),
    });
  }
  const part = (early: boolean, of: Float64Array) =>
    of.reduce((sum, x, w) => sum + (edges[w + 1]! <= earlyDays === early ? x : 0), 0);
  const earlyObserved = part(true, observed);
  const earlyExpected = part(true, expected);
  const lateObserved = part(false, observed);
  const lateExpected = part(false, expected);
  const all = earlyObserved + lateObserved;
  const allExpected = earlyExpected + lateExpected;
  const logRank = allExpected > 0 ? (all - allExpected) ** 2 / allExpected : Number.NaN;
  const spike = earlyObserved / earlyExpected / (lateObserved / lateExpected);
  // Wald interval on the log of a ratio of two Poisson rates, with half a claim added where one is empty.
  const half = lateObserved === 0 || earlyObserved === 0 ? 0.5 : 0;
  const logSpike = Math.log(((earlyObserved + half) / earlyExpected) * (lateExpected / (lateObserved + half)));
  const se = Math.sqrt(1 / (earlyObserved + half) + 1 / (lateObserved + half));
  const z = Math.sqrt(chiSquared(1).quantile(confidence));
  return {
    windows: rows,
    logRank,
    logRankP: chiSquared(1).survival(logRank),
    earlyObserved,
    earlyExpected,
    lateObserved,
    lateExpected,
    spike,
    spikeLow: Math.exp(logSpike - z * se),
    spikeHigh: Math.exp(logSpike + z * se),
    spikeP: chiSquared(1).survival((logSpike / se) ** 2),
  };
}
