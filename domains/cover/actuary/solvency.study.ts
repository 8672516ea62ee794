import { z } from 'zod';
import { columns, type FigureTable, type Finding, significant, tableOf } from './figures.ts';
import { ofScheme, quantity, riskTerms, share } from './inputs.ts';
import { isRefusal, readBooks, readDonations, readRisk } from './risk.store.ts';
import type { Risk } from './risk.ts';
import {
  type RunwayStart,
  type RunwaySummary,
  requiredCapital,
  scenarios,
  simulateRunway,
  summariseRunway,
  thresholds,
} from './runway.ts';
import { defineStudy } from './study.ts';
import { riskAssumptions, schemeCheck, termAssumptions } from './study-parts.ts';

const amount = (what: string) =>
  quantity(what, { atLeast: -1e12, atMost: 1e12 }, 'In the scheme’s currency').optional();

const input = z.strictObject({
  ...ofScheme,
  months: quantity('The months', { atLeast: 6, atMost: 60, whole: true }, 'How far to look').default(36),
  paths: quantity('The paths', { atLeast: 100, atMost: 5000, whole: true }, 'Simulated futures').default(1000),
  commonShockSd: riskTerms.commonShockSd,
  shockAt: quantity('The shock’s month', { atLeast: 0, atMost: 59, whole: true }, 'When it begins').default(3),
  outbreakFactor: quantity('The outbreak', { atLeast: 1, atMost: 20 }, 'Factor on claims').default(2.5),
  outbreakMonths: quantity('The outbreak’s length', { atLeast: 1, atMost: 24, whole: true }, 'Months').default(3),
  foreignShare: share('The foreign share', 'Of costs').default(0.35),
  currencyFall: quantity('The fall of the currency', { atLeast: 0, atMost: 0.9 }, 'Share of its value').default(0.3),
  healthyLeave: quantity('The healthy who leave', { atLeast: 0, atMost: 0.5 }, 'Share a month').default(0.04),
  sickFactor: quantity('The cost of the sick', { atLeast: 1, atMost: 20 }, 'Times the others’').default(3),
  /** Instead of what the ledger says. */
  capital: amount('The capital'),
  cash: amount('The cash'),
});

interface Facts {
  readonly risk: Risk;
  /** Given to the scheme as such, for a member-year. */
  readonly donated: number;
  readonly start: RunwayStart;
  readonly required: number;
}

/** Months of solvency under shocks, from the scheme's own claims and books. */
export const solvencyStudy = defineStudy({
  kind: 'solvency',
  input,
  check: schemeCheck,
  read: async (options, db, asked) => {
    const found = await readRisk(options, db, asked);
    if (isRefusal(found)) {
      return found;
    }
    const { risk, scheme, provenance } = found;
    const books = await readBooks(db, scheme);
    const { claimsPerMember, severityMean, severitySd } = risk;
    const donated = Math.max(0, await readDonations(db, scheme, asked)) / risk.memberYears;
    const start = {
      members: risk.members,
      claimsPerMember,
      severityMean,
      severitySd,
      ...incomeWith(risk, donated),
      capital: asked.capital ?? books.capital,
      cash: asked.cash ?? books.cash,
    };
    return {
      provenance,
      facts: { risk, donated, start, required: requiredCapital(start, asked.commonShockSd) } satisfies Facts,
    };
  },
  parts: () => scenarios.length,
  work: ({ input: asked, facts, part, prng }) =>
    summariseRunway(simulateRunway(scenarios[part]!, facts.start, asked, prng), asked, facts.required),
  report: (asked, { risk, donated, start, required }: Facts, parts) => {
    return {
      methods: ['runway', 'required-capital', 'thresholds'],
      limits: [
        'shock-judged',
        'management-idle',
        'gamma-total',
        ...(donated > 0 ? ['donor-restricted'] : []),
        'past-not-future',
      ],
      assumptions: [
        ...riskAssumptions(risk),
        { id: 'donatedPerMember', value: significant(donated, 6), from: 'ledger' },
        { id: 'capital', value: significant(start.capital, 8), from: asked.capital === undefined ? 'ledger' : 'asked' },
        { id: 'cash', value: significant(start.cash, 8), from: asked.cash === undefined ? 'ledger' : 'asked' },
        { id: 'required', value: significant(required, 6), from: 'data' },
        ...termAssumptions({ ...asked, capital: undefined, cash: undefined }),
      ],
      findings: solvencyFindings(parts, start, { ratio: start.capital / required, months: asked.months }),
      tables: runwayTables(parts, risk.currency),
    };
  },
});

/** How the capital stands today, which single shock is worst, what all of them do, and whether a donor could leave. */
function solvencyFindings(
  parts: readonly RunwaySummary[],
  start: RunwayStart,
  { ratio, months }: { readonly ratio: number; readonly months: number },
): Finding[] {
  const all = parts.find(({ scenario }) => scenario === 'all')!;
  const worst = worstShock(parts);
  return [
    {
      id:
        ratio >= thresholds.target
          ? 'solvency.good'
          : ratio >= thresholds.act
            ? 'solvency.watch'
            : ratio >= thresholds.stop
              ? 'solvency.act'
              : 'solvency.stop',
      tone: ratio >= thresholds.target ? 'good' : ratio >= thresholds.act ? 'warn' : 'bad',
      values: { ratio: significant(100 * ratio, 3) },
    },
    {
      id: 'solvency.worst',
      tone: 'warn',
      values: {
        scenario: worst.scenario,
        ruined: significant(100 * worst.ruined, 3),
        months: months,
        left: Math.round(worst.bands.at(-1)!.median),
      },
    },
    {
      id: 'solvency.all',
      tone: 'warn',
      values: { ruined: significant(100 * all.ruined, 3), months: months },
    },
    start.subsidyShare > 0
      ? {
          id: 'solvency.donor',
          tone: 'note',
          values: { share: significant(100 * start.subsidyShare, 3) },
        }
      : { id: 'solvency.no-donor', tone: 'note' },
  ];
}

/** Contributions and gifts together; expenses stay what they were of the contributions. */
export function incomeWith(
  { premiumPerMember, subsidyShare, expenseShare }: Risk,
  donated: number,
): Pick<RunwayStart, 'premiumPerMember' | 'subsidyShare' | 'expenseShare'> {
  const income = premiumPerMember + donated;
  return {
    premiumPerMember: income,
    subsidyShare: income > 0 ? (premiumPerMember * subsidyShare + donated) / income : 0,
    expenseShare: income > 0 ? (premiumPerMember * expenseShare) / income : 0,
  };
}

/** Of the single shocks, the one that ruins most futures; where none does, that which leaves least. */
export function worstShock(parts: readonly RunwaySummary[]): RunwaySummary {
  const left = ({ bands }: RunwaySummary) => bands.at(-1)!.median;
  return parts
    .filter(({ scenario }) => scenario !== 'base' && scenario !== 'all')
    .reduce((a, b) => (b.ruined > a.ruined || (b.ruined === a.ruined && left(b) < left(a)) ? b : a));
}

function runwayTables(parts: readonly RunwaySummary[], currency: string): FigureTable[] {
  const bandColumns = columns({
    monthNumber: 'number',
    low: 'money',
    median: 'money',
    high: 'money',
    ratio: 'share',
    liquidity: 'decimal',
  });
  return [
    tableOf(
      'solvency.months',
      columns({
        scenario: 'word',
        belowTarget: 'number',
        belowAct: 'number',
        belowStop: 'number',
        empty: 'number',
        emptyLow: 'number',
        illiquid: 'number',
        ruined: 'share',
      }),
      parts,
    ),
    ...parts.map((part) =>
      tableOf(
        `solvency.${part.scenario}`,
        bandColumns,
        part.bands.map((band) => ({ ...band, monthNumber: band.month })),
        {
          currency,
          picture: { kind: 'line', x: 'monthNumber', y: ['median'], low: 'low', high: 'high' },
        },
      ),
    ),
  ];
}
