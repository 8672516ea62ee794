import type { Prng } from '../../base/prng.ts';
import { chanceOf, drawWithChance } from './chance.ts';
import type { Window } from './reproduction.ts';

export interface CohortReproduction {
  readonly window: Window;
  /** Mean number of later cases that each case of the window infected. */
  readonly mean: number;
}

/**
 * Case (cohort) reproduction number of each day of onset: the expected number of later cases whose infector fell ill
 * that day (Wallinga and Teunis 2004, Am J Epidemiol 160:509). Depends on cases still to come, so the last days are
 * always too low.
 */
export function cohortReproductionByDay(cases: ArrayLike<number>, interval: ArrayLike<number>): Float64Array {
  const days = cases.length;
  const result = new Float64Array(days);
  for (let t = 0; t < days; t++) {
    let total = 0;
    const deepest = Math.min(t, interval.length - 1);
    for (let s = 0; s <= deepest; s++) {
      total += interval[s]! * cases[t - s]!;
    }
    if (total > 0) {
      for (let s = 0; s <= deepest; s++) {
        result[t - s]! += (interval[s]! / total) * cases[t]!;
      }
    }
  }
  return result;
}

/** Averages over the cases of each window; windows without cases are left out. */
export function cohortReproduction(
  cases: ArrayLike<number>,
  interval: ArrayLike<number>,
  windows: readonly Window[],
): CohortReproduction[] {
  const byDay = cohortReproductionByDay(cases, interval);
  const results: CohortReproduction[] = [];
  for (const window of windows) {
    let sum = 0;
    let count = 0;
    for (let day = window.start; day <= window.end; day++) {
      sum += byDay[day - 1]! * cases[day - 1]!;
      count += cases[day - 1]!;
    }
    if (count > 0) {
      results.push({ window, mean: sum / count });
    }
  }
  return results;
}

/**
 * One random transmission tree: for each day, how many later cases are traced to the cases of that day.
 * Cases without a possible infector are traced to none.
 */
export function drawOffspringByDay(cases: ArrayLike<number>, interval: ArrayLike<number>, prng: Prng): Float64Array {
  const offspring = new Float64Array(cases.length);
  const cumulative = new Float64Array(cases.length + 1);
  for (let t = 0; t < cases.length; t++) {
    const deepest = Math.min(t, interval.length - 1);
    for (let s = 0; s <= deepest; s++) {
      cumulative[s + 1] = cumulative[s]! + interval[s]! * cases[t - s]!;
    }
    const total = cumulative[deepest + 1]!;
    if (!(total > 0)) {
      continue;
    }
    // A multinomial draw, day of infector by day, each a binomial of those not yet traced.
    let left = cases[t]!;
    let remaining = total;
    for (let s = 0; s <= deepest && left > 0; s++) {
      const share = cumulative[s + 1]! - cumulative[s]!;
      if (share > 0) {
        const traced = s === deepest ? left : drawWithChance(prng, left, chanceOf(Math.min(1, share / remaining)));
        offspring[t - s]! += traced;
        left -= traced;
        remaining -= share;
      }
    }
  }
  return offspring;
}
