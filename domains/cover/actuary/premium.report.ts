import type { StudyReport } from './api.ts';
import { columns, type FigureTable, type Finding, significant, tableOf } from './figures.ts';
import type { PremiumFacts, PremiumInput, PremiumPart } from './premium.study.ts';
import { interval, type Price, pricesOf, replicatePrices, takeUp } from './simulator.ts';
import { riskAssumptions, termAssumptions } from './study-parts.ts';

/** What the premium simulator says: prices with intervals, what became of the claims, and which rules did it. */

const rulesShown = 15;

export function premiumReport(
  asked: PremiumInput,
  { risk, terms: facts }: PremiumFacts,
  sum: PremiumPart,
  replicates: number,
): Omit<StudyReport, 'provenance'> {
  const terms = { ...facts, ...asked };
  const { today, changed } = pricesOf(sum.simulated.sums, terms);
  const drawn = replicatePrices(sum.simulated, terms);
  const band = (measure: keyof Price) => ({
    today: interval(drawn.map((pair) => pair.today[measure])),
    changed: interval(drawn.map((pair) => pair.changed[measure])),
  });
  const row = (name: string, measure: keyof Price) => {
    const { today: now, changed: then } = band(measure);
    return {
      measure: name,
      today: today[measure],
      todayLow: now.low,
      todayHigh: now.high,
      changed: changed[measure],
      changedLow: then.low,
      changedHigh: then.high,
    };
  };
  const needed = band('needed').changed;
  const joining = takeUp(asked.contributionFactor, asked.takeUpElasticity);
  return {
    methods: ['claim-by-claim', 'household-bootstrap', 'gross-premium', 'elasticities'],
    limits: ['behaviour-judged', 'care-as-it-was', 'past-not-future', 'no-selection-by-price'],
    assumptions: [
      ...riskAssumptions(risk),
      { id: 'toCome', value: significant(terms.toCome, 5), from: 'data' },
      ...termAssumptions({
        ...asked,
        excludedDiagnoses: asked.excludedDiagnoses.join(', '),
        excludedBenefits: asked.excludedBenefits.join(', '),
      }),
      { id: 'replicates', value: replicates, from: 'method' },
    ],
    findings: premiumFindings(sum, { today, changed, needed, joining }),
    tables: [
      compareTable(risk.currency, [
        row('measure.cost', 'cost'),
        row('measure.own', 'own'),
        row('measure.needed', 'needed'),
        row('measure.contribution', 'contribution'),
        row('measure.margin', 'margin'),
      ]),
      ratioTable([row('measure.loss-ratio', 'lossRatio'), row('measure.own-share', 'ownShare')]),
      ...claimTables(sum, { currency: risk.currency, unit: terms.unit, members: risk.members, joining }),
    ],
  };
}

function premiumFindings(
  sum: PremiumPart,
  of: {
    readonly today: Price;
    readonly changed: Price;
    readonly needed: { readonly low: number; readonly high: number };
    readonly joining: number;
  },
): Finding[] {
  const { today, changed, needed, joining } = of;
  const enough = changed.margin >= 0;
  return [
    {
      id: enough ? 'premium.enough' : 'premium.short',
      tone: enough ? 'good' : 'bad',
      values: {
        contribution: Math.round(changed.contribution),
        needed: Math.round(changed.needed),
        low: Math.round(needed.low),
        high: Math.round(needed.high),
        takeUp: significant(100 * joining, 3),
      },
    },
    {
      id: 'premium.claims',
      tone: 'note',
      values: {
        claims: sum.claims,
        less: sum.payLess,
        nothing: sum.nothingNow,
        before: significant(100 * today.ownShare, 3),
        after: significant(100 * changed.ownShare, 3),
      },
    },
    {
      id: 'premium.as-booked',
      tone: sum.asBooked === sum.claims ? 'good' : 'note',
      values: { claims: sum.claims, same: sum.asBooked },
    },
  ];
}

const sides = (kind: 'money' | 'share') =>
  columns({
    measure: 'word',
    today: kind,
    todayLow: kind,
    todayHigh: kind,
    changed: kind,
    changedLow: kind,
    changedHigh: kind,
  });

function compareTable(currency: string, rows: readonly object[]): FigureTable {
  return tableOf('premium.compare', sides('money'), rows, {
    currency,
    picture: { kind: 'bar', x: 'measure', y: ['today', 'changed'] },
  });
}

function ratioTable(rows: readonly object[]): FigureTable {
  return tableOf('premium.ratios', sides('share'), rows);
}

function claimTables(
  sum: PremiumPart,
  of: { readonly currency: string; readonly unit: number; readonly members: number; readonly joining: number },
): FigureTable[] {
  const { paid, own, changedPaid, changedOwn } = sum.simulated.sums;
  const money = (minor: number) => minor / of.unit;
  const rules = Object.entries(sum.rules)
    .map(([rule, [lines, minor]]) => ({ rule, lines, change: money(minor) }))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.rule < b.rule ? -1 : 1))
    .slice(0, rulesShown);
  return [
    tableOf(
      'premium.amounts',
      columns({ measure: 'word', today: 'money', changed: 'money' }),
      [
        { measure: 'measure.paid', today: money(paid), changed: money(changedPaid) },
        { measure: 'measure.own-total', today: money(own), changed: money(changedOwn) },
      ],
      { currency: of.currency },
    ),
    tableOf('premium.claims', columns({ measure: 'word', today: 'number', changed: 'number' }), [
      { measure: 'measure.claims', today: sum.claims, changed: sum.claims },
      { measure: 'measure.claims-paid', today: sum.paidToday, changed: sum.paidChanged },
      { measure: 'measure.claims-less', changed: sum.payLess },
      { measure: 'measure.claims-more', changed: sum.payMore },
      { measure: 'measure.claims-nothing', changed: sum.nothingNow },
      { measure: 'measure.claims-as-booked', today: sum.asBooked },
      { measure: 'measure.members', today: Math.round(of.members), changed: Math.round(of.members * of.joining) },
    ]),
    ...(rules.length > 0
      ? [
          tableOf('premium.rules', columns({ rule: 'text', lines: 'number', change: 'money' }), rules, {
            currency: of.currency,
          }),
        ]
      : []),
  ];
}
