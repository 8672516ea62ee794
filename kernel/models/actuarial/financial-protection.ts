import { ascendingOrder } from './samples.ts';

/**
 * Financial protection in health: who pays too much out of pocket. SDG indicator 3.8.2 as it was (shares of consumption)
 * and as adopted in March 2025 (share of discretionary budget above the societal poverty line).
 */

export interface Household {
  /** Total consumption per head and day, out-of-pocket health spending included; PPP dollars of the line's year. */
  readonly consumption: number;
  /** Out-of-pocket health spending per head and day, in the same money. */
  readonly outOfPocket: number;
  readonly members: number;
  /** Sampling weight of the household. */
  readonly weight: number;
}

export interface PovertyLineRule {
  readonly floor: number;
  readonly base: number;
  /** Share of the median consumption. */
  readonly slope: number;
}

/** Societal poverty lines per head and day: 2017 PPP (adopted with the indicator) and 2021 PPP. */
export const povertyLineRules = {
  '2017': { floor: 2.15, base: 1.15, slope: 0.5 },
  '2021': { floor: 3, base: 1.3, slope: 0.5 },
} as const satisfies Record<string, PovertyLineRule>;

/** max(floor, base + slope × median daily consumption per head). */
export function societalPovertyLine(
  medianConsumption: number,
  rule: PovertyLineRule = povertyLineRules['2017'],
): number {
  return Math.max(rule.floor, rule.base + rule.slope * medianConsumption);
}

export type Hardship = 'none' | 'large' | 'impoverishing';

/**
 * The 2025 indicator of one household. Discretionary budget = consumption − line. Positive spending beyond all of it is
 * impoverishing (so is any spending where there is none), beyond 40 % of it large.
 */
export function financialHardship(consumption: number, outOfPocket: number, line: number): Hardship {
  if (!(outOfPocket > 0)) {
    return 'none';
  }
  const discretionary = consumption - line;
  if (discretionary <= 0 || outOfPocket > discretionary) {
    return 'impoverishing';
  }
  return outOfPocket > 0.4 * discretionary ? 'large' : 'none';
}

/** The former indicator: more than the share (0.1 or 0.25) of total consumption, strictly. */
export function exceedsShare(consumption: number, outOfPocket: number, share: number): boolean {
  return outOfPocket > share * consumption;
}

/** Above the line with health spending counted, below it without: pushed under the poverty line by paying. */
export function pushedBelow(consumption: number, outOfPocket: number, line: number): boolean {
  return outOfPocket > 0 && consumption >= line && consumption - outOfPocket < line;
}

/** WHO's capacity to pay: at least 40 % of spending beyond subsistence; where that is not positive, any spending. */
export function exceedsCapacityToPay(consumption: number, outOfPocket: number, subsistence: number): boolean {
  const capacity = consumption - subsistence;
  return outOfPocket > 0 && (capacity <= 0 || outOfPocket >= 0.4 * capacity);
}

/** TB patient costs beyond 20 % of the household's yearly income. */
export function isTbCatastrophic(totalCost: number, householdIncome: number, threshold = 0.2): boolean {
  return totalCost > threshold * householdIncome;
}

/** Numbers of the households, poorest first. */
export const byConsumption = (households: readonly Household[]): Uint32Array =>
  ascendingOrder(Float64Array.from(households, (h) => h.consumption));

/** Weighted median of consumption per head, each household counted by weight × members. */
export function medianConsumption(households: readonly Household[]): number {
  const total = households.reduce((sum, h) => sum + h.weight * h.members, 0);
  let below = 0;
  for (const i of byConsumption(households)) {
    const h = households[i]!;
    below += h.weight * h.members;
    if (below >= total / 2) {
      return h.consumption;
    }
  }
  return Number.NaN;
}

export interface WeightedShare {
  readonly share: number;
  /** Linearised standard error of the ratio, households as independent clusters. */
  readonly standardError: number;
  /** Persons the share stands for, Σ weight × members of those counted. */
  readonly persons: number;
}

/** Share of the population in households that a rule counts. */
export function populationShare(
  households: readonly Household[],
  counts: (household: Household) => boolean,
): WeightedShare {
  let total = 0;
  let counted = 0;
  let squares = 0;
  let squaresCounted = 0;
  for (const h of households) {
    const persons = h.weight * h.members;
    total += persons;
    squares += persons * persons;
    if (counts(h)) {
      counted += persons;
      squaresCounted += persons * persons;
    }
  }
  const share = counted / total;
  // Σ (persons × (in or out − share))², the same for all who are in and all who are out.
  const deviations = squaresCounted * (1 - share) ** 2 + (squares - squaresCounted) * share ** 2;
  const n = households.length;
  return {
    share,
    standardError: n > 1 ? Math.sqrt((deviations * n) / (n - 1)) / total : Number.NaN,
    persons: counted,
  };
}
