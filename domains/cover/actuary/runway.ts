import type { Prng } from '@serai/kernel/base/prng.ts';
import { compoundMoments } from '@serai/kernel/models/actuarial/premium.ts';
import { sorted, valueAtRisk } from '@serai/kernel/models/actuarial/samples.ts';
import { drawGamma, drawPoisson } from '@serai/kernel/models/numeric/draws.ts';
import { normalQuantile } from '@serai/kernel/models/numeric/special.ts';

/** How long the money lasts, month by month, when something goes wrong (DOMAIN F.6: act under 120 %, stop under 100 %). */

export const scenarios = ['base', 'outbreak', 'currency', 'sick-only', 'donor-leaves', 'all'] as const;
export type Scenario = (typeof scenarios)[number];

export interface RunwayStart {
  readonly members: number;
  readonly claimsPerMember: number;
  readonly severityMean: number;
  readonly severitySd: number;
  /** For a member-year, subsidies included. */
  readonly premiumPerMember: number;
  readonly subsidyShare: number;
  readonly expenseShare: number;
  readonly capital: number;
  readonly cash: number;
}

export interface RunwayTerms {
  readonly months: number;
  readonly paths: number;
  readonly commonShockSd: number;
  /** Months into the projection at which the shock begins. */
  readonly shockAt: number;
  /** Factor on claims while an outbreak lasts, and for how many months. */
  readonly outbreakFactor: number;
  readonly outbreakMonths: number;
  /** Share of costs in foreign money, and how much of its value ours loses. */
  readonly foreignShare: number;
  readonly currencyFall: number;
  /** Share of the healthy who leave each month while only the sick enrol, and how much more the sick cost. */
  readonly healthyLeave: number;
  readonly sickFactor: number;
}

export interface RunwayPaths {
  readonly scenario: Scenario;
  /** `months × paths`, innermost paths. */
  readonly capital: Float64Array;
  readonly claims: Float64Array;
  readonly cash: Float64Array;
  /** Members at each month's end. */
  readonly members: readonly number[];
}

const has = (scenario: Scenario, shock: Scenario) => scenario === shock || scenario === 'all';

/**
 * Claims of a month are a compound total: a Poisson number times a factor of the year common to everyone, amounts summed as a
 * gamma with their mean and variance (as in the kernel's solvency projection, which the base scenario agrees with by year).
 */
export function simulateRunway(scenario: Scenario, start: RunwayStart, terms: RunwayTerms, prng: Prng): RunwayPaths {
  const { months, paths } = terms;
  const cells = months * paths;
  const out = { capital: new Float64Array(cells), claims: new Float64Array(cells), cash: new Float64Array(cells) };
  const course = courseOf(scenario, start, terms);
  const cv2 = (start.severitySd / start.severityMean) ** 2;
  const sigma = Math.sqrt(Math.log1p(terms.commonShockSd ** 2));
  for (let path = 0; path < paths; path++) {
    let { capital, cash } = start;
    let common = 1;
    for (let month = 0; month < months; month++) {
      if (month % 12 === 0) {
        common = sigma > 0 ? Math.exp(sigma * prng.normal() - (sigma * sigma) / 2) : 1;
      }
      const { income, expected, price } = course[month]!;
      const count = drawPoisson(prng, expected * common);
      const cost =
        count === 0
          ? 0
          : price * (cv2 > 1e-12 ? drawGamma(prng, count / cv2, start.severityMean * cv2) : count * start.severityMean);
      capital += income - cost;
      cash += income - cost;
      const at = month * paths + path;
      out.capital[at] = capital;
      out.cash[at] = cash;
      out.claims[at] = cost;
    }
  }
  return { scenario, ...out, members: course.map(({ members }) => members) };
}

interface Month {
  readonly members: number;
  /** After expenses. */
  readonly income: number;
  /** Claims. */
  readonly expected: number;
  /** Of a claim, over today's. */
  readonly price: number;
}

/** What each month brings before chance has its say. */
export function courseOf(scenario: Scenario, start: RunwayStart, terms: RunwayTerms): Month[] {
  let healthy = start.members;
  let sick = 0;
  return Array.from({ length: terms.months }, (_, month) => {
    const shocked = month >= terms.shockAt;
    if (shocked && has(scenario, 'sick-only')) {
      // Who leaves is healthy; who comes in their place knows why.
      const leaving = healthy * terms.healthyLeave;
      healthy -= leaving;
      sick += leaving / 2;
    }
    const members = healthy + sick;
    const subsidy = shocked && has(scenario, 'donor-leaves') ? 0 : start.subsidyShare;
    const premium = (members * start.premiumPerMember) / 12;
    const outbreak =
      shocked && has(scenario, 'outbreak') && month < terms.shockAt + terms.outbreakMonths ? terms.outbreakFactor : 1;
    return {
      members,
      // Expenses go on as they were planned when a donor leaves.
      income: premium * (1 - start.subsidyShare + subsidy) - premium * start.expenseShare,
      expected: ((healthy + sick * terms.sickFactor) * start.claimsPerMember * outbreak) / 12,
      price:
        shocked && has(scenario, 'currency')
          ? 1 - terms.foreignShare + terms.foreignShare / (1 - terms.currencyFall)
          : 1,
    };
  });
}

/** One-year 99.5 % capital of the scheme as it is: what the ratio is taken of. */
export function requiredCapital(start: RunwayStart, commonShockSd: number): number {
  const { sd } = compoundMoments({ ...start, commonShockSd });
  return normalQuantile(0.995) * sd;
}

export const thresholds = { target: 1.5, act: 1.2, stop: 1, liquidityMonths: 3 } as const;

export interface RunwayMonth {
  readonly month: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Median capital over the required. */
  readonly ratio: number;
  /** Median cash in months of claims. */
  readonly liquidity: number;
}

export interface RunwaySummary {
  readonly scenario: Scenario;
  /** Months until the median, and until one path in twenty, falls below; null: not within the projection. */
  readonly belowTarget: number | null;
  readonly belowAct: number | null;
  readonly belowStop: number | null;
  readonly empty: number | null;
  readonly emptyLow: number | null;
  readonly illiquid: number | null;
  /** Share of paths without money at some time. */
  readonly ruined: number;
  readonly bands: readonly RunwayMonth[];
}

export function summariseRunway(of: RunwayPaths, terms: RunwayTerms, required: number): RunwaySummary {
  const { paths, months } = terms;
  const column = (values: Float64Array, month: number) => sorted(values.subarray(month * paths, (month + 1) * paths));
  const bands = Array.from({ length: months }, (_, month): RunwayMonth => {
    const capital = column(of.capital, month);
    const median = valueAtRisk(capital, 0.5);
    const claims = column(of.claims, month);
    return {
      month: month + 1,
      low: valueAtRisk(capital, 0.05),
      median,
      high: valueAtRisk(capital, 0.95),
      ratio: median / required,
      liquidity: valueAtRisk(column(of.cash, month), 0.5) / Math.max(1e-9, valueAtRisk(claims, 0.5)),
    };
  });
  const first = (holds: (band: RunwayMonth) => boolean) => bands.find(holds)?.month ?? null;
  let ruined = 0;
  for (let path = 0; path < paths; path++) {
    for (let month = 0; month < months; month++) {
      if (of.capital[month * paths + path]! < 0) {
        ruined++;
        break;
      }
    }
  }
  return {
    scenario: of.scenario,
    belowTarget: first(({ ratio }) => ratio < thresholds.target),
    belowAct: first(({ ratio }) => ratio < thresholds.act),
    belowStop: first(({ ratio }) => ratio < thresholds.stop),
    empty: first(({ median }) => median < 0),
    emptyLow: first(({ low }) => low < 0),
    illiquid: first(({ liquidity }) => liquidity < thresholds.liquidityMonths),
    ruined: ruined / paths,
    bands,
  };
}
