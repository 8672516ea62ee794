import { addMonths, parseDay } from '../calendar.ts';
import { type Proportion, proportion, ratePer } from './proportion.ts';
import { ageGroups, type Condition, type TbIndicatorRow, tbIndicatorRows } from './tb.table.ts';

/** One notified TB case, without anything that names a person. */
export interface TbCaseRecord {
  /** ISO date. */
  readonly diagnosisDate: string;
  readonly history: 'new' | 'recurrent' | 're-registered' | 'unknown';
  readonly site: 'pulmonary' | 'extrapulmonary' | 'both';
  readonly method: 'bacteriologically-confirmed' | 'clinically-diagnosed';
  readonly rapidTestFirst?: boolean | undefined;
  readonly hiv?: 'positive' | 'negative' | 'unknown' | undefined;
  readonly onAntiretrovirals?: boolean | undefined;
  readonly rifampicin?: 'susceptible' | 'resistant' | 'unknown' | undefined;
  readonly isoniazid?: 'susceptible' | 'resistant' | 'unknown' | undefined;
  readonly fluoroquinolone?: 'susceptible' | 'resistant' | 'unknown' | undefined;
  readonly started?: boolean | undefined;
  readonly outcome?:
    | 'cured'
    | 'treatment-completed'
    | 'treatment-failed'
    | 'died'
    | 'lost-to-follow-up'
    | 'not-evaluated'
    | 'none-yet'
    | undefined;
  readonly transferred?: 'in' | 'out' | undefined;
  readonly deNotified?: boolean | undefined;
  readonly ageYears?: number | undefined;
  readonly sex?: 'male' | 'female' | 'intersex' | 'unknown' | undefined;
  readonly area?: string | undefined;
}

export type Disaggregation = 'sex' | 'age-group' | 'area';

export interface TbIndicatorInput {
  readonly cases: readonly TbCaseRecord[];
  /** First and last day of the reporting period, ISO, both included. */
  readonly from: string;
  readonly to: string;
  /** Of the whole area; rates are not given per group without it. */
  readonly population?: number | undefined;
  readonly by?: Disaggregation | undefined;
  /** Indicators to compute; left out, all. */
  readonly ids?: readonly string[] | undefined;
}

export interface TbIndicatorResult extends Omit<Proportion, 'denominator'> {
  /** Cases for a share, population for a rate; null for a count. */
  readonly denominator: number | null;
  readonly id: string;
  readonly title: string;
  readonly kind: TbIndicatorRow['kind'];
  /** The group, or `all`. */
  readonly group: string;
  /** Per 100,000, for a rate. */
  readonly rate: number | null;
}

/**
 * TB indicators of a period from case records. De-notified cases leave every count. Outcomes are those of the cases
 * diagnosed in the same period twelve months earlier; a case without a recorded outcome is not evaluated.
 *
 * @throws RangeError for a date that is not one, or a period that ends before it begins.
 */
export function tbIndicators(input: TbIndicatorInput): readonly TbIndicatorResult[] {
  const from = dayOf(input.from);
  const to = dayOf(input.to);
  if (to < from) {
    throw new RangeError('The period ends before it begins.');
  }
  const dated = input.cases.filter((row) => !row.deNotified).map((row) => ({ row, day: dayOf(row.diagnosisDate) }));
  const results: TbIndicatorResult[] = [];
  for (const indicator of tbIndicatorRows.filter((row) => input.ids?.includes(row.id) ?? true)) {
    const back = -indicator.cohortMonthsEarlier;
    const begin = addMonths(from, back);
    // A period that ends with a month covers all of that month a year before.
    const end = back === 0 ? to : addMonths(to + 1, back) - 1;
    const cohort = dated
      .filter(({ row, day }) => day >= begin && day <= end && belongs(row, indicator))
      .map(({ row }) => row)
      .filter((row) => matches(row, indicator.denominator));
    for (const [group, rows] of groups(cohort, input.by)) {
      results.push(measure(indicator, group, rows, input.by === undefined ? input.population : undefined));
    }
  }
  return results;
}

/** The standard age group of an age in years; `unknown` for one that is not known. */
export function ageGroup(ageYears: number | undefined): string {
  return ageYears !== undefined && ageYears >= 0
    ? ageGroups.find((row) => Math.floor(ageYears) <= row.toYears)!.group
    : 'unknown';
}

function belongs(row: TbCaseRecord, { transfers }: TbIndicatorRow): boolean {
  return transfers === 'as-diagnosed' ? row.transferred !== 'in' : row.transferred !== 'out';
}

function measure(
  indicator: TbIndicatorRow,
  group: string,
  rows: readonly TbCaseRecord[],
  population: number | undefined,
): TbIndicatorResult {
  const { id, title, kind } = indicator;
  if (kind === 'share') {
    const counted = rows.filter((row) => matches(row, indicator.numerator ?? {})).length;
    return { id, title, kind, group, rate: null, ...proportion(counted, rows.length) };
  }
  return {
    id,
    title,
    kind,
    group,
    rate: kind === 'rate' && population !== undefined ? ratePer(rows.length, population) : null,
    numerator: rows.length,
    denominator: kind === 'rate' ? (population ?? null) : null,
    value: null,
    low: null,
    high: null,
  };
}

function matches(row: TbCaseRecord, condition: Condition): boolean {
  return (Object.entries(condition) as [keyof TbCaseRecord, readonly unknown[]][]).every(([field, allowed]) =>
    allowed.includes(row[field] ?? absent[field]),
  );
}

/** What a field left out means. */
const absent: Partial<Record<keyof TbCaseRecord, unknown>> = {
  outcome: 'none-yet',
  hiv: 'unknown',
  rifampicin: 'unknown',
  isoniazid: 'unknown',
  fluoroquinolone: 'unknown',
};

function groups(rows: readonly TbCaseRecord[], by: Disaggregation | undefined): Map<string, readonly TbCaseRecord[]> {
  if (by === undefined) {
    return new Map([['all', rows]]);
  }
  const key = (row: TbCaseRecord) =>
    by === 'age-group' ? ageGroup(row.ageYears) : ((by === 'sex' ? row.sex : row.area) ?? 'unknown');
  const found = Map.groupBy(rows, key);
  const order =
    by === 'age-group' ? [...ageGroups.map((row) => row.group as string), 'unknown'] : [...found.keys()].sort();
  return new Map(order.flatMap((group) => (found.has(group) ? [[group, found.get(group)!] as const] : [])));
}

function dayOf(iso: string): number {
  const day = parseDay(iso);
  if (Number.isNaN(day)) {
    throw new RangeError('A date is not a calendar date (YYYY-MM-DD).');
  }
  return day;
}
