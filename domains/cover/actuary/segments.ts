import { poissonLimits } from '@serai/kernel/models/actuarial/adverse-selection.ts';
import { buhlmannStraub } from '@serai/kernel/models/actuarial/credibility.ts';
import { type ClaimRow, type Dimension, type ExposureRow, type MonthSpan, monthsOf } from './experience.ts';
import { columns, type FigureTable, tableOf } from './figures.ts';

/** Frequency and severity of each segment, and how far its own experience is believed (Bühlmann and Straub 1970). */

export interface SegmentRow {
  readonly segment: string;
  readonly memberYears: number;
  readonly claims: number;
  /** Claims for a member-year, with exact Poisson limits. */
  readonly frequency: number;
  readonly frequencyLow: number;
  readonly frequencyHigh: number;
  /** Mean amount of a judged claim, and its standard error. */
  readonly severity: number;
  readonly severitySe: number;
  /** Cost of a member-year: as it was, how far it is believed, and as it should be priced. */
  readonly cost: number;
  readonly credibility: number;
  readonly credibleCost: number;
}

export const daysOfYear = 365.25;

/** @param allowedShare what an entered claim is worth of what it asks. */
export function segmentRows(
  exposure: readonly ExposureRow[],
  claims: readonly ClaimRow[],
  by: Dimension,
  span: MonthSpan,
  allowedShare: number,
): SegmentRow[] {
  const months = monthsOf(span);
  const at = new Map(months.map((month, t) => [month, t]));
  const names = [...new Set([...exposure, ...claims].map((row) => row[by]))].sort();
  const grid = () => names.map(() => new Float64Array(months.length));
  const [years, amounts] = [grid(), grid()];
  const totals = names.map(() => ({ claims: 0, judged: 0, amount: 0, squares: 0 }));
  for (const row of exposure) {
    years[names.indexOf(row[by])]![at.get(row.month)!]! += row.memberDays / daysOfYear;
  }
  for (const row of claims) {
    const i = names.indexOf(row[by]);
    const total = totals[i]!;
    amounts[i]![at.get(row.month)!]! += row.amount + row.enteredAmount * allowedShare;
    total.claims += row.claims;
    total.judged += row.claims - row.entered;
    total.amount += row.amount;
    total.squares += row.squares;
  }
  const fit = buhlmannStraub(
    amounts.map((row, i) => row.map((amount, t) => (years[i]![t]! > 0 ? amount / years[i]![t]! : Number.NaN))),
    years,
  );
  return names.map((segment, i) => {
    const { claims: count, judged, amount, squares } = totals[i]!;
    const memberYears = fit.groupWeight[i]!;
    const [low, high] = poissonLimits(count, 0.95);
    const mean = amount / judged;
    return {
      segment,
      memberYears,
      claims: count,
      frequency: count / memberYears,
      frequencyLow: low / memberYears,
      frequencyHigh: high / memberYears,
      severity: mean,
      severitySe: Math.sqrt(Math.max(0, squares / judged - mean * mean) / Math.max(1, judged - 1)),
      cost: fit.groupMean[i]!,
      credibility: fit.credibility[i]!,
      credibleCost: fit.premium[i]!,
    };
  });
}

export function segmentTable(rows: readonly SegmentRow[], by: Dimension, currency: string): FigureTable {
  return tableOf(
    `segment.${by}`,
    columns({
      segment: 'word',
      memberYears: 'decimal',
      claims: 'number',
      frequency: 'decimal',
      frequencyLow: 'decimal',
      frequencyHigh: 'decimal',
      severity: 'money',
      severitySe: 'money',
      cost: 'money',
      credibility: 'share',
      credibleCost: 'money',
    }),
    rows,
    { currency, picture: { kind: 'bar', x: 'segment', y: ['cost', 'credibleCost'] } },
  );
}
