import { gamma } from '../numeric/distributions.ts';

/** One day's count at a flow-monitoring point. */
export interface ObservedDay {
  /** Kind of day it stands for, as `weekday` or `market day`. */
  readonly stratum: string;
  /** Travellers counted. */
  readonly count: number;
  /** Share of the day's passages that fall into the hours observed. */
  readonly coverage: number;
}

export interface FlowPeriod {
  readonly days: readonly ObservedDay[];
  /** Days of each kind in the period estimated for. */
  readonly daysInPeriod: Readonly<Record<string, number>>;
  /** Mean size of the groups people travel in: a group is missed or counted together. */
  readonly groupSize: number;
}

export interface FlowEstimate {
  readonly total: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** Days observed over days in the period. */
  readonly daysCovered: number;
  /** Strata of the period without any observed day: their travellers are not in the total. */
  readonly unseenStrata: readonly string[];
}

/**
 * Total travellers of a period from counts over part of the hours of part of the days.
 *
 * Stratified expansion (Cochran 1977, Sampling Techniques, chapters 5 and 11): a day's total is its count over its
 * coverage; the period's total is days in stratum × mean daily total, summed. Variance: between days, with the finite
 * population correction, plus the binomial chance of who passes in the hours not observed, by groups. A stratum with a
 * single day borrows the coefficient of variation of the others (.5 where there are none). Interval: gamma with that
 * mean and variance, so that it never goes below zero.
 */
export function estimateFlow(period: FlowPeriod): FlowEstimate {
  const strata = new Map<string, { totals: number[]; unseen: number }>();
  for (const day of period.days) {
    const entry = strata.get(day.stratum) ?? { totals: [], unseen: 0 };
    entry.totals.push(day.count / day.coverage);
    // Thinned by coverage p, a total known as c/p has variance c (1 − p)/p² a group of one.
    entry.unseen += (period.groupSize * day.count * (1 - day.coverage)) / day.coverage ** 2;
    strata.set(day.stratum, entry);
  }
  const spread = pooledVariation([...strata.values()].map((entry) => entry.totals));
  let total = 0;
  let variance = 0;
  let observedDays = 0;
  let allDays = 0;
  const unseenStrata: string[] = [];
  for (const [stratum, days] of Object.entries(period.daysInPeriod)) {
    allDays += days;
    const entry = strata.get(stratum);
    if (!entry) {
      if (days > 0) {
        unseenStrata.push(stratum);
      }
      continue;
    }
    const n = entry.totals.length;
    const mean = entry.totals.reduce((a, b) => a + b, 0) / n;
    const betweenDays =
      n > 1 ? entry.totals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) : (spread * mean) ** 2;
    const unobserved = Math.max(0, 1 - n / Math.max(days, n));
    total += days * mean;
    // The spread between expanded days holds the chance of the hours already, for the days never observed.
    variance += days ** 2 * ((unobserved * betweenDays) / n) + (days / n) ** 2 * entry.unseen * (1 - unobserved);
    observedDays += Math.min(n, days);
  }
  const standardError = Math.sqrt(variance);
  if (total === 0 || variance === 0) {
    return { total, standardError, lower: total, upper: total, daysCovered: observedDays / allDays, unseenStrata };
  }
  const law = gamma(total ** 2 / variance, variance / total);
  return {
    total,
    standardError,
    lower: law.quantile(0.025),
    upper: law.quantile(0.975),
    daysCovered: observedDays / allDays,
    unseenStrata,
  };
}

/** Root mean square coefficient of variation over the strata that have two days or more. */
function pooledVariation(groups: readonly (readonly number[])[]): number {
  let squares = 0;
  let degrees = 0;
  for (const totals of groups) {
    const mean = totals.reduce((a, b) => a + b, 0) / totals.length;
    if (totals.length > 1 && mean > 0) {
      squares += totals.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0);
      degrees += totals.length - 1;
    }
  }
  return degrees > 0 ? Math.sqrt(squares / degrees) : 0.5;
}
