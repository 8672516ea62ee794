import { defineModel } from '../model.ts';
import {
  byConsumption,
  exceedsCapacityToPay,
  exceedsShare,
  financialHardship,
  type Household,
  isTbCatastrophic,
  medianConsumption,
  populationShare,
  povertyLineRules,
  pushedBelow,
  societalPovertyLine,
} from './financial-protection.ts';
import { fields, listOf, oneOf, quantity } from './inputs.ts';

const household = fields({
  consumption: quantity(
    'The consumption',
    { atLeast: 0, atMost: 1e9 },
    'Total consumption per head and day, health spending included, PPP dollars',
  ),
  outOfPocket: quantity(
    'The out-of-pocket spending',
    { atLeast: 0, atMost: 1e9 },
    'Out-of-pocket health spending per head and day, PPP dollars',
  ),
  members: quantity('The members', { atLeast: 1, atMost: 1000, whole: true }, 'Persons in the household').default(1),
  weight: quantity('The weight', { above: 0, atMost: 1e9 }, 'Sampling weight of the household').default(1),
});

export const financialProtectionModel = defineModel({
  name: 'financial-protection',
  family: 'actuarial',
  title: 'Hardship from paying for care: SDG 3.8.2, former and as adopted in 2025, and its relatives',
  input: fields({
    households: listOf(household, 'The households', 'Surveyed households'),
    lineYear: oneOf(['2017', '2021'], 'The line year', 'PPP year of the amounts and of the poverty line').default(
      '2017',
    ),
    povertyLine: quantity(
      'The poverty line',
      { above: 0, atMost: 1e6 },
      'Societal poverty line per head and day; left out, it is computed from the median of these households',
    ).optional(),
    subsistence: quantity(
      'The subsistence spending',
      { atLeast: 0, atMost: 1e6 },
      'Subsistence spending per head and day for WHO’s capacity to pay; left out, that indicator is not given',
    ).optional(),
  }),
  example: {
    households: [
      { consumption: 6, outOfPocket: 1.6, members: 4, weight: 120 },
      { consumption: 6, outOfPocket: 0.6, members: 5, weight: 90 },
      { consumption: 2.5, outOfPocket: 0.4, members: 3, weight: 150 },
      { consumption: 2, outOfPocket: 0.05, members: 6, weight: 110 },
      { consumption: 9.4, outOfPocket: 0, members: 2, weight: 80 },
    ],
    povertyLine: 2.15,
  },
  columns: [
    {
      name: 'indicator',
      description:
        'hardship (SDG 3.8.2 of 2025) = large + impoverishing; over-10-percent and over-25-percent (former 3.8.2); pushed-below-line; capacity-to-pay; poverty-line',
    },
    { name: 'group', description: 'all, or a fifth of the population by consumption, poorest first' },
    { name: 'share', description: 'Share of the population; for poverty-line, the line' },
    { name: 'standardError', description: 'Its standard error, households as clusters' },
    { name: 'persons', description: 'Persons it stands for by the weights' },
  ],
  *run(input) {
    const households: readonly Household[] = input.households;
    const line =
      input.povertyLine ?? societalPovertyLine(medianConsumption(households), povertyLineRules[input.lineYear]);
    const { subsistence } = input;
    const rules: [string, (h: Household) => boolean][] = [
      ['hardship', (h) => financialHardship(h.consumption, h.outOfPocket, line) !== 'none'],
      ['large', (h) => financialHardship(h.consumption, h.outOfPocket, line) === 'large'],
      ['impoverishing', (h) => financialHardship(h.consumption, h.outOfPocket, line) === 'impoverishing'],
      ['over-10-percent', (h) => exceedsShare(h.consumption, h.outOfPocket, 0.1)],
      ['over-25-percent', (h) => exceedsShare(h.consumption, h.outOfPocket, 0.25)],
      ['pushed-below-line', (h) => pushedBelow(h.consumption, h.outOfPocket, line)],
    ];
    if (subsistence !== undefined) {
      rules.push(['capacity-to-pay', (h) => exceedsCapacityToPay(h.consumption, h.outOfPocket, subsistence)]);
    }
    const groups: [string, readonly Household[]][] = [['all', households], ...fifths(households)];
    const rows: {
      indicator: string;
      group: string;
      share: number;
      standardError: number | null;
      persons: number | null;
    }[] = [{ indicator: 'poverty-line', group: 'all', share: line, standardError: null, persons: null }];
    for (const [g, [group, members]] of groups.entries()) {
      for (const [indicator, counts] of rules) {
        const { share, standardError, persons } = populationShare(members, counts);
        rows.push({
          indicator,
          group,
          share,
          standardError: Number.isNaN(standardError) ? null : standardError,
          persons,
        });
      }
      yield (g + 1) / groups.length;
    }
    return rows;
  },
});

/** Fifths of the population by consumption; only given where each has at least one household. */
function fifths(households: readonly Household[]): [string, Household[]][] {
  const total = households.reduce((sum, h) => sum + h.weight * h.members, 0);
  const groups: Household[][] = [[], [], [], [], []];
  let below = 0;
  for (const i of byConsumption(households)) {
    const h = households[i]!;
    const persons = h.weight * h.members;
    // A household belongs where its middle person does.
    groups[Math.min(4, Math.floor((5 * (below + persons / 2)) / total))]!.push(h);
    below += persons;
  }
  return groups.every((g) => g.length > 0) ? groups.map((g, i) => [`fifth ${i + 1}`, g]) : [];
}

export const tbCostModel = defineModel({
  name: 'tb-catastrophic-cost',
  family: 'actuarial',
  title: 'Share of TB households whose costs exceed a fifth of their yearly income',
  input: fields({
    households: listOf(
      fields({
        directMedical: quantity('The medical cost', { atLeast: 0, atMost: 1e12 }, 'Fees, tests, medicines, money'),
        directOther: quantity('The other cost', { atLeast: 0, atMost: 1e12 }, 'Travel, food, lodging, money').default(
          0,
        ),
        indirect: quantity('The indirect cost', { atLeast: 0, atMost: 1e12 }, 'Income or hours lost, money').default(0),
        income: quantity('The income', { atLeast: 0, atMost: 1e12 }, 'Household income of a year before TB, money'),
        weight: quantity('The weight', { above: 0, atMost: 1e9 }, 'Sampling weight').default(1),
      }),
      'The households',
      'Households of TB patients, costs of the whole episode',
    ),
    threshold: quantity('The threshold', { above: 0, atMost: 1 }, 'Share of yearly income').default(0.2),
  }),
  example: {
    households: [
      { directMedical: 60, directOther: 140, indirect: 310, income: 2400 },
      { directMedical: 10, directOther: 35, indirect: 80, income: 3100 },
      { directMedical: 220, directOther: 90, indirect: 400, income: 2900 },
    ],
  },
  columns: [
    { name: 'measure', description: 'catastrophic (share of households), or a mean cost by kind' },
    { name: 'value', description: 'Share, or money' },
    {
      name: 'low',
      description: 'Lower end of the 95 % Wilson interval (shares; effective sample size by the weights)',
    },
    { name: 'high', description: 'Upper end' },
  ],
  *run({ households, threshold }) {
    const total = households.reduce((sum, h) => sum + h.weight, 0);
    const squares = households.reduce((sum, h) => sum + h.weight * h.weight, 0);
    const n = (total * total) / squares;
    const mean = (of: (h: (typeof households)[number]) => number) =>
      households.reduce((sum, h) => sum + h.weight * of(h), 0) / total;
    const cost = (h: (typeof households)[number]) => h.directMedical + h.directOther + h.indirect;
    const p = mean((h) => (isTbCatastrophic(cost(h), h.income, threshold) ? 1 : 0));
    yield 0.5;
    const z95 = 1.959963984540054;
    const centre = (p + (z95 * z95) / (2 * n)) / (1 + (z95 * z95) / n);
    const half = (z95 * Math.sqrt((p * (1 - p)) / n + (z95 * z95) / (4 * n * n))) / (1 + (z95 * z95) / n);
    const money = (measure: string, value: number) => ({
      measure,
      value,
      low: null as number | null,
      high: null as number | null,
    });
    return [
      { measure: 'catastrophic', value: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) },
      money(
        'direct-medical',
        mean((h) => h.directMedical),
      ),
      money(
        'direct-other',
        mean((h) => h.directOther),
      ),
      money(
        'indirect',
        mean((h) => h.indirect),
      ),
      money('total', mean(cost)),
    ];
  },
});
