/**
 * Alert and epidemic thresholds as rows: what is counted, against what, where it applies, who said so and when.
 * A country replaces or adds rows; nothing below knows a disease by name.
 */
export interface ThresholdRow {
  readonly id: string;
  readonly disease: string;
  readonly level: 'alert' | 'epidemic';
  /** Which cases are counted. */
  readonly measure: 'suspected' | 'confirmed' | 'deaths';
  readonly rule: ThresholdRule;
  readonly applies: {
    readonly populationAtLeast?: number;
    readonly populationBelow?: number;
    /** `closed` for camps, prisons, dormitories, refugee settings. */
    readonly setting?: 'general' | 'closed';
  };
  /** The rule as people say it. */
  readonly sentence: string;
  readonly source: string;
  /** Year of the source. */
  readonly date: string;
  readonly jurisdiction: string;
}

export type ThresholdRule =
  | { readonly kind: 'count'; readonly atLeast: number; readonly weeks: number }
  | { readonly kind: 'rate'; readonly per100000: number; readonly weeks: number }
  /** Each of the latest weeks at least twice the one before it. */
  | { readonly kind: 'doubling'; readonly weeks: number }
  /** The latest week above `factor` times the mean of the weeks before it. */
  | { readonly kind: 'ratio'; readonly factor: number; readonly weeks: number }
  /** The latest week above mean + `sd` standard deviations of the same weeks of past years. */
  | { readonly kind: 'past-years'; readonly sd: number; readonly years: number }
  /** Each of the latest weeks above the one before it. */
  | { readonly kind: 'rise'; readonly weeks: number };

const WHO_MENINGITIS = {
  source: 'WHO, Weekly Epidemiological Record 2014; 89:577 (revised operational thresholds, African meningitis belt)',
  date: '2014',
  jurisdiction: 'WHO African meningitis belt',
} as const;
const MSF_MEASLES = {
  source: 'MSF, Management of a measles epidemic',
  date: '2023',
  jurisdiction: 'MSF projects',
} as const;
const GTFCC = {
  source: 'Global Task Force on Cholera Control, public health surveillance for cholera',
  date: '2024',
  jurisdiction: 'WHO, GTFCC',
} as const;
const UNHCR = {
  source: 'UNHCR Emergency Handbook, outbreak alert thresholds',
  date: '2023',
  jurisdiction: 'UNHCR operations',
} as const;
const IDSR = {
  source: 'WHO AFRO, Technical guidelines for Integrated Disease Surveillance and Response, 3rd edition',
  date: '2019',
  jurisdiction: 'WHO African region',
} as const;

export const THRESHOLDS: readonly ThresholdRow[] = [
  {
    id: 'meningitis-alert-rate',
    disease: 'meningitis',
    level: 'alert',
    measure: 'suspected',
    rule: { kind: 'rate', per100000: 3, weeks: 1 },
    applies: { populationAtLeast: 30_000 },
    sentence: '3 suspected cases per 100,000 in a week (population of 30,000 or more)',
    ...WHO_MENINGITIS,
  },
  {
    id: 'meningitis-alert-count',
    disease: 'meningitis',
    level: 'alert',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 2, weeks: 1 },
    applies: { populationBelow: 30_000 },
    sentence: '2 suspected cases in a week (population below 30,000)',
    ...WHO_MENINGITIS,
  },
  {
    id: 'meningitis-epidemic-rate',
    disease: 'meningitis',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'rate', per100000: 10, weeks: 1 },
    applies: { populationAtLeast: 30_000 },
    sentence: '10 suspected cases per 100,000 in a week (population of 30,000 or more)',
    ...WHO_MENINGITIS,
  },
  {
    id: 'meningitis-epidemic-count',
    disease: 'meningitis',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 5, weeks: 1 },
    applies: { populationBelow: 30_000 },
    sentence: '5 suspected cases in a week (population below 30,000)',
    ...WHO_MENINGITIS,
  },
  {
    id: 'meningitis-epidemic-doubling',
    disease: 'meningitis',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'doubling', weeks: 3 },
    applies: { populationBelow: 30_000 },
    sentence: 'Suspected cases doubling over three weeks, as 1, 2, 4 (population below 30,000)',
    ...WHO_MENINGITIS,
  },
  {
    id: 'measles-alert',
    disease: 'measles',
    level: 'alert',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 1, weeks: 1 },
    applies: {},
    sentence: '1 suspected case',
    ...MSF_MEASLES,
  },
  {
    id: 'measles-closed',
    disease: 'measles',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 1, weeks: 1 },
    applies: { setting: 'closed' },
    sentence: '1 case in a refugee or closed setting is an outbreak',
    ...MSF_MEASLES,
  },
  {
    id: 'measles-suspected',
    disease: 'measles',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 5, weeks: 4 },
    applies: {},
    sentence: '5 suspected cases in a unit within a month',
    ...MSF_MEASLES,
  },
  {
    id: 'measles-confirmed',
    disease: 'measles',
    level: 'epidemic',
    measure: 'confirmed',
    rule: { kind: 'count', atLeast: 3, weeks: 4 },
    applies: {},
    sentence: 'More than 2 IgM-positive cases within a month',
    ...MSF_MEASLES,
  },
  {
    id: 'cholera-alert-cases',
    disease: 'cholera',
    level: 'alert',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 2, weeks: 1 },
    applies: {},
    sentence:
      '2 people aged 2 or older, linked in place and within a week, with acute watery diarrhoea and severe dehydration or death',
    ...GTFCC,
  },
  {
    id: 'cholera-alert-death',
    disease: 'cholera',
    level: 'alert',
    measure: 'deaths',
    rule: { kind: 'count', atLeast: 1, weeks: 1 },
    applies: {},
    sentence: '1 death from severe acute watery diarrhoea at age 5 or older',
    ...GTFCC,
  },
  {
    id: 'cholera-epidemic',
    disease: 'cholera',
    level: 'epidemic',
    measure: 'confirmed',
    rule: { kind: 'count', atLeast: 1, weeks: 1 },
    applies: {},
    sentence: '1 confirmed case with evidence of local transmission',
    ...GTFCC,
  },
  {
    id: 'cholera-endemic-rise',
    disease: 'cholera',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'rise', weeks: 2 },
    applies: {},
    sentence: 'In an endemic area: an unexpected rise over two weeks, some of the cases confirmed',
    ...GTFCC,
  },
  {
    id: 'poliomyelitis-alert',
    disease: 'acute-flaccid-paralysis',
    level: 'alert',
    measure: 'suspected',
    rule: { kind: 'count', atLeast: 1, weeks: 1 },
    applies: {},
    sentence:
      '1 case of acute flaccid paralysis below 15 years, or paralysis at any age where poliomyelitis is suspected',
    ...UNHCR,
  },
  {
    id: 'poliomyelitis-epidemic',
    disease: 'acute-flaccid-paralysis',
    level: 'epidemic',
    measure: 'confirmed',
    rule: { kind: 'count', atLeast: 1, weeks: 1 },
    applies: {},
    sentence: '1 wild or vaccine-derived poliovirus',
    ...UNHCR,
  },
  ...(['viral-haemorrhagic-fever', 'yellow-fever', 'plague'] as const).flatMap((disease): ThresholdRow[] => [
    {
      id: `${disease}-alert`,
      disease,
      level: 'alert',
      measure: 'suspected',
      rule: { kind: 'count', atLeast: 1, weeks: 1 },
      applies: {},
      sentence: '1 suspected case may mean an outbreak',
      ...UNHCR,
    },
    {
      id: `${disease}-epidemic`,
      disease,
      level: 'epidemic',
      measure: 'confirmed',
      rule: { kind: 'count', atLeast: 1, weeks: 1 },
      applies: {},
      sentence: '1 confirmed case',
      ...UNHCR,
    },
  ]),
  {
    id: 'other-alert-ratio',
    disease: 'other',
    level: 'alert',
    measure: 'suspected',
    rule: { kind: 'ratio', factor: 1.5, weeks: 3 },
    applies: {},
    sentence: 'More than 1.5 times the mean of the three weeks before',
    ...UNHCR,
  },
  {
    id: 'other-epidemic-ratio',
    disease: 'other',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'ratio', factor: 2, weeks: 3 },
    applies: {},
    sentence: 'More than twice the mean of the three weeks before',
    ...UNHCR,
  },
  {
    id: 'other-epidemic-past-years',
    disease: 'other',
    level: 'epidemic',
    measure: 'suspected',
    rule: { kind: 'past-years', sd: 2, years: 5 },
    applies: {},
    sentence: 'More than the mean and two standard deviations of the same week of the five years before',
    ...IDSR,
  },
];

/** Weekly counts of one place, oldest first, the last week being the one judged. */
export interface WeeklyReport {
  readonly suspected: readonly number[];
  readonly confirmed: readonly number[];
  readonly deaths: readonly number[];
  readonly population: number;
  readonly setting: 'general' | 'closed';
}

export interface ThresholdVerdict {
  readonly row: ThresholdRow;
  /** What was compared; NaN where the history is too short to say. */
  readonly value: number;
  readonly limit: number;
  readonly met: boolean;
}

/** Every row that applies to the disease and the place. A disease without rows of its own is judged by `other`. */
export function judgeThresholds(
  disease: string,
  report: WeeklyReport,
  table: readonly ThresholdRow[] = THRESHOLDS,
): ThresholdVerdict[] {
  const own = table.filter((row) => row.disease === disease);
  const rows = own.length > 0 ? own : table.filter((row) => row.disease === 'other');
  return rows
    .filter(({ applies }) => {
      const { populationAtLeast, populationBelow, setting } = applies;
      return (
        (populationAtLeast === undefined || report.population >= populationAtLeast) &&
        (populationBelow === undefined || report.population < populationBelow) &&
        (setting === undefined || setting === report.setting)
      );
    })
    .map((row) => ({ row, ...compare(row.rule, report[row.measure], report.population) }));
}

function compare(
  rule: ThresholdRule,
  weekly: readonly number[],
  population: number,
): { readonly value: number; readonly limit: number; readonly met: boolean } {
  const unknown = (limit: number) => ({ value: Number.NaN, limit, met: false });
  const last = weekly.at(-1) ?? Number.NaN;
  switch (rule.kind) {
    case 'count': {
      const value = weekly.slice(-rule.weeks).reduce((sum, count) => sum + count, 0);
      return { value, limit: rule.atLeast, met: value >= rule.atLeast };
    }
    case 'rate': {
      const cases = weekly.slice(-rule.weeks).reduce((sum, count) => sum + count, 0);
      const value = (cases / population) * 100_000;
      return { value, limit: rule.per100000, met: value >= rule.per100000 };
    }
    case 'doubling':
    case 'rise': {
      const factor = rule.kind === 'doubling' ? 2 : 1;
      // Doubling over three weeks has three counts, a rise over two weeks has three as well: the one it starts from.
      const steps = rule.kind === 'doubling' ? rule.weeks - 1 : rule.weeks;
      const recent = weekly.slice(-steps - 1);
      if (recent.length <= steps) {
        return unknown(factor);
      }
      const growth = recent.slice(1).map((count, i) => (count === 0 ? 0 : count / recent[i]!));
      const value = Math.min(...growth);
      return { value, limit: factor, met: factor === 1 ? value > 1 : value >= factor };
    }
    case 'ratio': {
      const before = weekly.slice(-rule.weeks - 1, -1);
      if (before.length < rule.weeks) {
        return unknown(Number.NaN);
      }
      const limit = (rule.factor * before.reduce((sum, count) => sum + count, 0)) / before.length;
      return { value: last, limit, met: last > limit };
    }
    case 'past-years': {
      const past = Array.from({ length: rule.years }, (_, year) => weekly[weekly.length - 1 - 52 * (year + 1)]);
      const counts = past.filter((count) => count !== undefined);
      if (counts.length < rule.years) {
        return unknown(Number.NaN);
      }
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
      const limit = mean + rule.sd * Math.sqrt(variance);
      return { value: last, limit, met: last > limit };
    }
  }
}
