import { z } from 'zod';
import { columns, significant, tableOf } from './figures.ts';
import { ofScheme, quantity, riskTerms, share } from './inputs.ts';
import { type Layer, layersOf, simulateWays, type Way, type WayResult } from './pooling.ts';
import { claimAmounts, isRefusal, readRisk } from './risk.store.ts';
import { type Risk, severityOf } from './risk.ts';
import { defineStudy } from './study.ts';
import { riskAssumptions, schemeCheck, termAssumptions } from './study-parts.ts';

const input = z.strictObject({
  ...ofScheme,
  commonShockSd: riskTerms.commonShockSd,
  costOfCapital: riskTerms.costOfCapital,
  /** In the scheme's currency; 0: three times the yearly cost of a member, and ten times the mean claim. */
  poolRetention: quantity('The pool retention', { atLeast: 0, atMost: 1e9 }, 'Of a member and year').default(0),
  claimRetention: quantity('The claim retention', { atLeast: 0, atMost: 1e9 }, 'Of a claim').default(0),
  quotaShare: quantity('The quota share', { above: 0, below: 1 }, 'Share of everything ceded').default(0.5),
  stopLossAt: quantity('The stop loss', { atLeast: 0.5, atMost: 3 }, 'Of the expected total').default(1.1),
  reinsurerLoading: share('The reinsurer’s loading', 'Beyond the expected').default(0.25),
  poolLoading: share('The shared pool’s loading', 'Beyond the expected').default(0.05),
});

interface Facts {
  readonly risk: Risk;
  readonly layers: Record<Way, Layer>;
  readonly poolRetention: number;
  readonly claimRetention: number;
  readonly national: {
    readonly id: string;
    readonly members: number;
    readonly costPerMember: number;
    readonly from: string;
  };
  readonly sizes: readonly number[];
}

const draws = 20_000;

/** National scheme and migrant pool, high-risk pool, reinsurance: capital and price before and after (S42). */
export const poolingStudy = defineStudy({
  kind: 'pooling',
  input,
  check: schemeCheck,
  read: async (options, db, asked) => {
    const found = await readRisk(options, db, asked);
    if (isRefusal(found)) {
      return found;
    }
    const { risk, provenance, scheme } = found;
    const severity = severityOf(await claimAmounts(db, asked), scheme.currency);
    const cost = risk.claimsPerMember * risk.severityMean;
    const poolRetention = asked.poolRetention || 3 * cost;
    const claimRetention = asked.claimRetention || 10 * severity.mean;
    // Claims that were worth nothing are not in the amounts: as many fewer, and the same cost.
    const layers = layersOf(
      { claimsPerMember: cost / severity.mean, severity },
      { ...asked, poolRetention, claimRetention },
    );
    const national = options.regional.nationalSchemes.find(({ currency }) => currency === scheme.currency);
    const own = Math.max(1, Math.round(risk.members));
    return {
      provenance,
      facts: {
        risk,
        layers,
        poolRetention,
        claimRetention,
        // Without a national scheme in this currency, the pool doubles with one like itself.
        national: national
          ? {
              id: national.id,
              members: national.members,
              costPerMember: Number(national.costPerMember),
              from: `${national.costSource.from} (${national.costSource.at}, ${national.costSource.mark})`,
            }
          : { id: 'like-itself', members: own, costPerMember: cost, from: 'assumed' },
        sizes: [...new Set([500, 2000, own, 20_000, 100_000])].sort((a, b) => a - b),
      } satisfies Facts,
    };
  },
  parts: (_, facts: Facts) => facts.sizes.length,
  work: ({ input: asked, facts, part, prng }) =>
    simulateWays(
      facts.sizes[part]!,
      facts.layers,
      {
        ...asked,
        poolRetention: facts.poolRetention,
        claimRetention: facts.claimRetention,
        expenseShare: facts.risk.expenseShare,
        draws,
      },
      facts.national,
      prng,
    ),
  report: (asked, facts, parts) => {
    const { currency, members } = facts.risk;
    const own = parts[facts.sizes.indexOf(Math.max(1, Math.round(members)))]!;
    const before = own.find(({ way }) => way === 'alone')!;
    const best = [...own].sort((a, b) => a.varCapital - b.varCapital)[0]!;
    const largest = parts.at(-1)!.find(({ way }) => way === 'alone')!;
    return {
      methods: ['compound', 'retention-split', 'ceding-simulation', 'capital-price'],
      limits: ['shock-judged', 'gamma-total', 'merged-alike', 'past-not-future'],
      assumptions: [
        ...riskAssumptions(facts.risk),
        ...termAssumptions({
          ...asked,
          poolRetention: significant(facts.poolRetention),
          claimRetention: significant(facts.claimRetention),
        }),
        { id: 'nationalMembers', value: facts.national.members, from: facts.national.from },
        { id: 'nationalCost', value: significant(facts.national.costPerMember), from: facts.national.from },
        { id: 'draws', value: draws, from: 'method' },
      ],
      findings: [
        {
          id: 'pooling.best',
          tone: 'good',
          values: {
            way: best.way,
            before: Math.round(before.varCapital),
            after: Math.round(best.varCapital),
            premium: Math.round(before.premium),
            premiumAfter: Math.round(best.premium),
          },
        },
        {
          id: 'pooling.shock',
          tone: 'warn',
          values: {
            members: facts.sizes.at(-1)!,
            chance: Math.round(largest.varChance),
            shocked: Math.round(largest.varCapital),
          },
        },
      ],
      tables: [wayTable('pooling.ways', own, currency), sizeTable(facts.sizes, parts, currency)],
    };
  },
});

function wayTable(id: string, rows: readonly WayResult[], currency: string) {
  const of = columns({
    way: 'word',
    kept: 'money',
    cededPrice: 'money',
    cv: 'share',
    varCapital: 'money',
    tailCapital: 'money',
    varChance: 'money',
    premium: 'money',
  });
  return tableOf(id, of, rows, { currency, picture: { kind: 'bar', x: 'way', y: ['varCapital', 'varChance'] } });
}

/** Capital for each member by size: alone without and with the shock, and with each way. */
function sizeTable(sizes: readonly number[], parts: readonly (readonly WayResult[])[], currency: string) {
  const rows = sizes.map((members, i) => {
    const of = (way: Way) => parts[i]!.find((row) => row.way === way)!;
    return {
      members,
      aloneChance: of('alone').varChance,
      aloneShock: of('alone').varCapital,
      highRiskPool: of('high-risk-pool').varCapital,
      quotaShareCapital: of('quota-share').varCapital,
      excessOfLoss: of('excess-of-loss').varCapital,
      stopLoss: of('stop-loss').varCapital,
      mergedCapital: of('merged').varCapital,
      premiumAlone: of('alone').premium,
      premiumMerged: of('merged').premium,
    };
  });
  const of = columns({
    members: 'number',
    aloneChance: 'money',
    aloneShock: 'money',
    highRiskPool: 'money',
    quotaShareCapital: 'money',
    excessOfLoss: 'money',
    stopLoss: 'money',
    mergedCapital: 'money',
    premiumAlone: 'money',
    premiumMerged: 'money',
  });
  return tableOf('pooling.sizes', of, rows, {
    currency,
    picture: {
      kind: 'line',
      x: 'members',
      y: ['aloneChance', 'aloneShock', 'highRiskPool', 'excessOfLoss', 'mergedCapital'],
    },
  });
}
