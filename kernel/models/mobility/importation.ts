import type { Prng } from '../../base/prng.ts';
import { gamma, lognormal, normal } from '../numeric/distributions.ts';
import { quantileOf } from '../numeric/quantile.ts';

/** A place with an outbreak. */
export interface OutbreakOrigin {
  /** Cases over the time window. */
  readonly cases: number;
  readonly population: number;
  /** Days from the first to the last case: their difference, not counting both ends. */
  readonly windowDays: number;
}

export interface TravelLink {
  /** Residents of the origin travelling to the destination in the window. */
  readonly travellersOut: number;
  /** Residents of the destination who visited the origin in the window. */
  readonly travellersIn: number;
  /** Mean days those visitors stay at the origin. */
  readonly stayDays: number;
}

/** How long something lasts, in days. */
export type Duration =
  | { readonly distribution: 'fixed'; readonly days: number }
  | { readonly distribution: 'lognormal'; readonly meanLog: number; readonly sdLog: number }
  | { readonly distribution: 'normal'; readonly meanDays: number; readonly sdDays: number }
  | { readonly distribution: 'gamma'; readonly shape: number; readonly scaleDays: number };

export interface Importation {
  /** Infected residents of the origin who travel out while incubating or infectious. */
  readonly exported: number;
  /** Visitors infected during their stay who return while incubating or infectious. */
  readonly returning: number;
}

/**
 * Expected cases carried from an outbreak to a destination for one incubation and one infectious period
 * (Dorigatti and others 2017, Euro Surveill 22(28):30572; R package epiflows).
 */
export function expectedImportation(
  origin: OutbreakOrigin,
  link: TravelLink,
  incubationDays: number,
  infectiousDays: number,
): Importation {
  const carrying = incubationDays + infectiousDays;
  const { cases, population, windowDays } = origin;
  return {
    exported: cases * (link.travellersOut / population) * Math.min(1, carrying / windowDays),
    returning:
      link.travellersIn * ((cases * link.stayDays) / (population * windowDays)) * Math.min(1, carrying / link.stayDays),
  };
}

export interface ImportationEstimate {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly meanExported: number;
  readonly meanReturning: number;
  /** Chance of at least one imported case, cases arriving independently. */
  readonly probabilityOfAny: number;
}

/**
 * {@link expectedImportation} over the uncertainty of the two periods: mean and the 2.5 % and 97.5 % quantiles over
 * draws. Both periods are drawn in equal strata paired at random (Latin hypercube), which makes the mean far steadier
 * than as many independent draws.
 */
export function* estimateImportation(
  origin: OutbreakOrigin,
  links: readonly TravelLink[],
  incubation: Duration,
  infectious: Duration,
  draws: number,
  prng: Prng,
): Generator<number, ImportationEstimate[]> {
  const incubationDays = drawDurations(incubation, draws, prng);
  const infectiousDays = drawDurations(infectious, draws, prng);
  shuffle(infectiousDays, prng);
  const results: ImportationEstimate[] = [];
  const totals = new Float64Array(draws);
  for (const [i, link] of links.entries()) {
    let exported = 0;
    let returning = 0;
    let none = 0;
    for (let draw = 0; draw < draws; draw++) {
      const one = expectedImportation(origin, link, incubationDays[draw]!, infectiousDays[draw]!);
      exported += one.exported;
      returning += one.returning;
      totals[draw] = one.exported + one.returning;
      none += Math.exp(-totals[draw]!);
    }
    totals.sort();
    results.push({
      mean: (exported + returning) / draws,
      lower: quantileOf(totals, 0.025),
      upper: quantileOf(totals, 0.975),
      meanExported: exported / draws,
      meanReturning: returning / draws,
      probabilityOfAny: 1 - none / draws,
    });
    yield (i + 1) / links.length;
  }
  return results;
}

function drawDurations(duration: Duration, draws: number, prng: Prng): Float64Array {
  if (duration.distribution === 'fixed') {
    return new Float64Array(draws).fill(duration.days);
  }
  const law =
    duration.distribution === 'lognormal'
      ? lognormal(duration.meanLog, duration.sdLog)
      : duration.distribution === 'normal'
        ? normal(duration.meanDays, duration.sdDays)
        : gamma(duration.shape, duration.scaleDays);
  // A period below zero, which a normal law allows, is no period at all.
  return Float64Array.from({ length: draws }, (_, i) =>
    Math.max(0, law.quantile((i + Math.max(prng.uniform(), 1e-9)) / draws)),
  );
}

function shuffle(values: Float64Array, prng: Prng): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}
