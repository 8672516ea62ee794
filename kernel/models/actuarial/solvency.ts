import type { Prng } from '../../base/prng.ts';
import { drawGamma, drawPoisson } from '../numeric/draws.ts';
import { factoriseCholesky, matrixFromRows } from '../numeric/linalg.ts';
import { normalCdf } from '../numeric/special.ts';

/** One scheme's assumptions. Rates are for a year unless they say otherwise. */
export interface SolvencyScheme {
  readonly members: number;
  /** New members in a year over those at its start. */
  readonly growth: number;
  /** Share of members that leave in a year. */
  readonly lapse: number;
  readonly premiumPerMember: number;
  readonly claimsPerMember: number;
  readonly severityMean: number;
  readonly severitySd: number;
  /** Negative-binomial size of the pool's monthly count; infinite for Poisson. */
  readonly size: number;
  readonly expenseShare: number;
  readonly fixedExpenses: number;
  readonly subsidy: number;
  readonly openingCapital: number;
  readonly premiumIndexation: number;
  readonly claimsInflation: number;
  /** Twelve factors on claims, mean 1. */
  readonly seasonality: readonly number[];
  /** Share of claims that is paid in foreign currency. */
  readonly foreignShare: number;
  readonly interest: number;
}

export interface SolvencyShocks {
  /** Yearly standard deviation of the log exchange rate (price of foreign money). */
  readonly currencyVolatility: number;
  /** Chance in a year of a devaluation, and its size: 0.3 makes foreign money 1 / (1 − 0.3) times dearer. */
  readonly devaluationProbability: number;
  readonly devaluationSize: number;
  /** Chance in a year of a catastrophe (an outbreak), for each scheme; how many extra claims per member it brings. */
  readonly catastropheProbability: number;
  readonly catastropheClaimsPerMember: number;
  readonly catastropheMonths: number;
  /** Correlation between schemes of having a catastrophe in the same year (of the normals behind it). */
  readonly catastropheCorrelation: number;
}

export interface SolvencyPaths {
  readonly years: number;
  readonly paths: number;
  /** `schemes × years × paths`, innermost paths: capital at the end of each year. */
  readonly capital: Float64Array;
  readonly premium: Float64Array;
  readonly claims: Float64Array;
  readonly members: Float64Array;
  /** Lowest month-end capital reached up to the year: below 0 the fund ran dry, whatever came after. */
  readonly lowest: Float64Array;
}

/**
 * Projects schemes month by month: members by growth and lapse, premiums, claims as a compound total (counts Poisson or
 * negative binomial, the sum of n amounts gamma with their mean and variance: exact for gamma amounts, the usual
 * approximation for others), expenses, subsidy, interest, exchange rates and catastrophes shared by all schemes.
 * Yields after each hundred paths.
 */
export function* projectSolvency(
  schemes: readonly SolvencyScheme[],
  shocks: SolvencyShocks,
  years: number,
  paths: number,
  prng: Prng,
): Generator<number, SolvencyPaths> {
  const size = schemes.length * years * paths;
  const result = {
    years,
    paths,
    capital: new Float64Array(size),
    premium: new Float64Array(size),
    claims: new Float64Array(size),
    members: new Float64Array(size),
    lowest: new Float64Array(size),
  };
  const n = schemes.length;
  const rho = shocks.catastropheCorrelation;
  const mixing = factoriseCholesky(
    matrixFromRows(schemes.map((_, i) => schemes.map((_, j) => (i === j ? 1 : Math.min(rho, 1 - 1e-12))))),
  )!;
  const strikes = new Int8Array(n);
  const start = new Int8Array(n);
  const normals = new Float64Array(n);
  for (let path = 0; path < paths; path++) {
    let rate = 1;
    const members = Float64Array.from(schemes, (s) => s.members);
    const capital = Float64Array.from(schemes, (s) => s.openingCapital);
    const lowest = capital.slice();
    for (let year = 0; year < years; year++) {
      for (let i = 0; i < n; i++) {
        normals[i] = prng.normal();
      }
      for (let i = 0; i < n; i++) {
        let z = 0;
        for (let k = 0; k <= i; k++) {
          z += mixing.values[k * n + i]! * normals[k]!;
        }
        strikes[i] = normalCdf(z) < shocks.catastropheProbability ? 1 : 0;
      }
      // An outbreak that strikes several schemes strikes them in the same months.
      start.fill(Math.floor(prng.uniform() * Math.max(1, 13 - shocks.catastropheMonths)));
      const devaluation = prng.uniform() < shocks.devaluationProbability ? Math.floor(prng.uniform() * 12) : -1;
      const premium = new Float64Array(n);
      const claims = new Float64Array(n);
      for (let month = 0; month < 12; month++) {
        const monthly = shocks.currencyVolatility / Math.sqrt(12);
        rate *= Math.exp(monthly * prng.normal() - (monthly * monthly) / 2);
        if (month === devaluation) {
          rate /= 1 - shocks.devaluationSize;
        }
        for (let i = 0; i < n; i++) {
          const s = schemes[i]!;
          const elapsed = year + (month + 0.5) / 12;
          const outbreak =
            strikes[i] && month >= start[i]! && month < start[i]! + shocks.catastropheMonths
              ? shocks.catastropheClaimsPerMember / shocks.catastropheMonths
              : 0;
          const expected = members[i]! * ((s.claimsPerMember * s.seasonality[month]!) / 12 + outbreak);
          const mean = Number.isFinite(s.size) ? drawGamma(prng, s.size, expected / s.size) : expected;
          const count = drawPoisson(prng, mean);
          const price = (1 + s.claimsInflation) ** elapsed * (1 - s.foreignShare + s.foreignShare * rate);
          const cv = s.severitySd / s.severityMean;
          const cost =
            count === 0
              ? 0
              : price *
                (cv > 1e-6 ? drawGamma(prng, count / (cv * cv), s.severityMean * cv * cv) : count * s.severityMean);
          const income = (members[i]! * s.premiumPerMember * (1 + s.premiumIndexation) ** year) / 12;
          const before = capital[i]!;
          capital[i] =
            before +
            (before > 0 ? (before * s.interest) / 12 : 0) +
            income * (1 - s.expenseShare) +
            (s.subsidy - s.fixedExpenses) / 12 -
            cost;
          premium[i] = premium[i]! + income;
          claims[i] = claims[i]! + cost;
          lowest[i] = Math.min(lowest[i]!, capital[i]!);
          members[i] = members[i]! * Math.max(0, 1 + s.growth - s.lapse) ** (1 / 12);
        }
      }
      for (let i = 0; i < n; i++) {
        const at = (i * years + year) * paths + path;
        result.capital[at] = capital[i]!;
        result.premium[at] = premium[i]!;
        result.claims[at] = claims[i]!;
        result.members[at] = members[i]!;
        result.lowest[at] = lowest[i]!;
      }
    }
    if ((path + 1) % 100 === 0) {
      yield (path + 1) / paths;
    }
  }
  return result;
}
