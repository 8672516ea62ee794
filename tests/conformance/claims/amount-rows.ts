import type { Change } from './case.ts';

/** What lines are worth and who pays which part, in satang: worked by hand from DOMAIN F.3. */
export interface MoneyRow {
  readonly what: string;
  readonly change: Change;
  /** Of each line. */
  readonly lines: readonly Shares[];
}

type Shares = readonly [allowed: number, deducted: number, paid: number, memberPays: number];
type Row = readonly [what: string, change: Change, ...lines: readonly Shares[]];

export const list = (rows: readonly Row[]): MoneyRow[] =>
  rows.map(([what, change, ...lines]) => ({ what, change, lines }));
