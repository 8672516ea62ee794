import type { Prng } from '@serai/kernel/base/prng.ts';
import { sorted, valueAtRisk } from '@serai/kernel/models/actuarial/samples.ts';

/** What a scheme would have to charge if it were another: its own members, drawn again with replacement (bootstrap). */

/** Members as columns: days covered, whether a dependant, what they cost, and what of it after the new waiting time. */
export interface MemberCosts {
  readonly days: readonly number[];
  readonly dependant: readonly number[];
  readonly cost: readonly number[];
  readonly afterWaiting: readonly number[];
}

export interface SchemeChange {
  /** Further share of each cost that the insured pay, and how much less care they then use for each share. */
  readonly coPayment: number;
  readonly demandElasticity: number;
  /** Most that a member-year costs the scheme; 0: as today. */
  readonly ceiling: number;
  /** Dependants for each one there is now. */
  readonly dependants: number;
  /** New contribution over today's, and how much take-up answers to it. */
  readonly contributionFactor: number;
  readonly takeUpElasticity: number;
  readonly loading: number;
  readonly expenseShare: number;
  /** Ultimate over reported. */
  readonly unreported: number;
}

export interface PricePair {
  readonly today: number;
  readonly changed: number;
}

/** Cost of a member-year today and under the change, of one draw of as many members as there are. */
export function drawCost(members: MemberCosts, change: SchemeChange, prng: Prng): PricePair {
  const n = members.days.length;
  let [years, cost, changedYears, changedCost] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const i = prng.below(n);
    const own = members.days[i]! / 365.25;
    const weight = members.dependant[i] ? change.dependants : 1;
    years += own;
    cost += members.cost[i]!;
    changedYears += weight * own;
    changedCost += weight * changedCostOf(members, i, own, change);
  }
  return { today: cost / years, changed: changedYears > 0 ? changedCost / changedYears : 0 };
}

function changedCostOf({ afterWaiting }: MemberCosts, i: number, years: number, change: SchemeChange): number {
  const kept = afterWaiting[i]! * (1 - change.coPayment) * Math.max(0, 1 - change.demandElasticity * change.coPayment);
  return change.ceiling > 0 ? Math.min(kept, change.ceiling * Math.max(years, 1 / 12)) : kept;
}

/** Contribution that pays for a cost with its loading and expenses. */
export function neededPremium(cost: number, { loading, expenseShare, unreported }: SchemeChange): number {
  return (cost * unreported * (1 + loading)) / (1 - expenseShare);
}

/** Members who stay or join at the new contribution, over today's. */
export function takeUp({ contributionFactor, takeUpElasticity }: SchemeChange): number {
  return contributionFactor ** -takeUpElasticity;
}

export function interval(values: readonly number[]): {
  readonly low: number;
  readonly median: number;
  readonly high: number;
} {
  const ascending = sorted(values);
  return {
    low: valueAtRisk(ascending, 0.025),
    median: valueAtRisk(ascending, 0.5),
    high: valueAtRisk(ascending, 0.975),
  };
}
