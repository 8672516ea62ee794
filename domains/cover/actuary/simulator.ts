import type { Prng } from '@serai/kernel/base/prng.ts';
import { sorted, valueAtRisk } from '@serai/kernel/models/actuarial/samples.ts';
import { drawPoisson } from '@serai/kernel/models/numeric/draws.ts';

/**
 * What a scheme would pay and have to charge under other rules: its households with their claims judged again, summed as they
 * are and as often as a bootstrap draws them. Sums add up, so that a fund of any size goes through in parts.
 */

/** Those who share policies: cover, contributions and claims of holders and of dependants, in days and minor units. */
export interface Household {
  readonly holderDays: number;
  readonly dependantDays: number;
  readonly earnedMinor: number;
  /** `[holders, dependants]` of each. */
  readonly paidToday: readonly [number, number];
  readonly ownToday: readonly [number, number];
  readonly paidChanged: readonly [number, number];
  readonly ownChanged: readonly [number, number];
}

/** Days, changed days, earned, paid and own today, paid and own under the change. */
export const sumNames = ['days', 'changedDays', 'earned', 'paid', 'own', 'changedPaid', 'changedOwn'] as const;
export type Sums = Readonly<Record<(typeof sumNames)[number], number>>;

export interface Simulated {
  readonly sums: Sums;
  /** Flat: `replicates × sumNames`. */
  readonly replicates: readonly number[];
}

/**
 * Every replicate counts each household a Poisson number of times with a mean of one: the bootstrap whose draws need not know
 * of each other (Hanley and MacGibbon 2006, doi:10.1016/j.cmpb.2006.04.006).
 *
 * @param dependants how many dependants stand for each one there is.
 */
export function simulate(
  households: readonly Household[],
  of: { readonly dependants: number; readonly replicates: number },
  prng: Prng,
): Simulated {
  const width = sumNames.length;
  const sums = new Float64Array(width);
  const replicates = new Float64Array(of.replicates * width);
  for (const household of households) {
    const row = rowOf(household, of.dependants);
    for (let k = 0; k < width; k++) {
      sums[k]! += row[k]!;
    }
    for (let b = 0; b < of.replicates; b++) {
      const times = drawPoisson(prng, 1);
      for (let k = 0; times > 0 && k < width; k++) {
        replicates[b * width + k]! += times * row[k]!;
      }
    }
  }
  return { sums: namedSums(sums, 0), replicates: Array.from(replicates) };
}

function rowOf(of: Household, dependants: number): readonly number[] {
  const both = ([holder, dependant]: readonly [number, number]) => holder + dependant;
  const weighed = ([holder, dependant]: readonly [number, number]) => holder + dependants * dependant;
  return [
    of.holderDays + of.dependantDays,
    of.holderDays + dependants * of.dependantDays,
    of.earnedMinor,
    both(of.paidToday),
    both(of.ownToday),
    weighed(of.paidChanged),
    weighed(of.ownChanged),
  ];
}

export function namedSums(values: ArrayLike<number>, from: number): Sums {
  return Object.fromEntries(sumNames.map((name, k) => [name, values[from + k]!])) as unknown as Sums;
}

/** Two parts as one. */
export function addSimulated(a: Simulated, b: Simulated): Simulated {
  return {
    sums: namedSums(
      sumNames.map((name) => a.sums[name] + b.sums[name]),
      0,
    ),
    replicates: a.replicates.map((x, i) => x + b.replicates[i]!),
  };
}

export interface PriceTerms {
  /** Minor units in one unit of the currency. */
  readonly unit: number;
  /** Ultimate cost over what is judged: claims not yet judged and not yet reported. */
  readonly toCome: number;
  readonly loading: number;
  readonly expenseShare: number;
  /** New contribution over today's. */
  readonly contributionFactor: number;
  /** Less care for each further share of its cost that the insured bear. */
  readonly demandElasticity: number;
}

/** A member-year under one set of rules. */
export interface Price {
  readonly cost: number;
  readonly own: number;
  /** Of the care accepted, the share that the insured bear. */
  readonly ownShare: number;
  readonly needed: number;
  readonly contribution: number;
  readonly margin: number;
  readonly lossRatio: number;
}

const daysOfYear = 365.25;

/** Prices of both sets of rules from sums, as they are or of one draw. */
export function pricesOf(sums: Sums, terms: PriceTerms): { readonly today: Price; readonly changed: Price } {
  const years = sums.days / daysOfYear;
  const contribution = sums.earned / terms.unit / years;
  const ownShare = { today: shareOf(sums.own, sums.paid), changed: shareOf(sums.changedOwn, sums.changedPaid) };
  const use = Math.max(0, 1 - terms.demandElasticity * Math.max(0, ownShare.changed - ownShare.today));
  const per = (minor: number, days: number) =>
    days > 0 ? (minor * terms.toCome) / terms.unit / (days / daysOfYear) : 0;
  const price = (cost: number, own: number, share: number, asked: number): Price => {
    const needed = neededPremium(cost, terms);
    return { cost, own, ownShare: share, needed, contribution: asked, margin: asked - needed, lossRatio: cost / asked };
  };
  return {
    today: price(per(sums.paid, sums.days), per(sums.own, sums.days), ownShare.today, contribution),
    changed: price(
      use * per(sums.changedPaid, sums.changedDays),
      use * per(sums.changedOwn, sums.changedDays),
      ownShare.changed,
      contribution * terms.contributionFactor,
    ),
  };
}

const shareOf = (own: number, paid: number) => (own + paid > 0 ? own / (own + paid) : 0);

/** Contribution that pays for a cost with its loading and expenses. */
export function neededPremium(
  cost: number,
  { loading, expenseShare }: Pick<PriceTerms, 'loading' | 'expenseShare'>,
): number {
  return (cost * (1 + loading)) / (1 - expenseShare);
}

/** Members who stay or join at the new contribution, over today's. */
export function takeUp(contributionFactor: number, elasticity: number): number {
  return contributionFactor ** -elasticity;
}

/** Of each replicate both prices. */
export function replicatePrices({ replicates }: Simulated, terms: PriceTerms) {
  const width = sumNames.length;
  return Array.from({ length: replicates.length / width }, (_, b) => pricesOf(namedSums(replicates, b * width), terms));
}

/** The 2.5 and 97.5 percentiles. */
export function interval(values: readonly number[]): { readonly low: number; readonly high: number } {
  const ascending = sorted(values);
  return { low: valueAtRisk(ascending, 0.025), high: valueAtRisk(ascending, 0.975) };
}
