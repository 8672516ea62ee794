/**
 * Numbers as an actuary hands them on: tables whose columns say what they hold, pictures of them, and findings in words.
 * Amounts are decimal numbers of the scheme's currency: estimates, not money that moves. What is exact stands in the ledger.
 */

/** How a column is read: `word` is a key of the messages, `money` an estimate in the table's currency, `share` 0 to 1. */
export type ColumnKind = 'text' | 'word' | 'month' | 'number' | 'decimal' | 'money' | 'share';

export interface FigureColumn {
  /** Key of the messages: `column.<id>`. */
  readonly id: string;
  readonly kind: ColumnKind;
  /** For the columns of a triangle: the age they stand for. */
  readonly age?: number;
}

export type Cell = string | number | null;

export interface Picture {
  readonly kind: 'line' | 'bar';
  readonly x: string;
  readonly y: readonly string[];
  /** Columns of a band around the line. */
  readonly low?: string;
  readonly high?: string;
}

export interface FigureTable {
  /** Key of the messages: `table.<id>`. */
  readonly id: string;
  readonly currency?: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly picture?: Picture;
}

/** A sentence with its numbers: key `finding.<id>` of the messages. */
export interface Finding {
  readonly id: string;
  readonly tone: 'note' | 'good' | 'warn' | 'bad';
  /** Texts are keys of the words. */
  readonly values?: Readonly<Record<string, string | number | undefined>>;
}

/** A table of rows given as objects, in the order of the columns. Numbers that are not finite are left out. */
export function tableOf<Row extends object>(
  id: string,
  columns: readonly FigureColumn[],
  rows: readonly Row[],
  more: { readonly currency?: string; readonly picture?: Picture } = {},
): FigureTable {
  return {
    id,
    columns,
    rows: rows.map((row) => columns.map((column) => cellOf((row as Record<string, unknown>)[column.id]))),
    ...more,
  };
}

/** What JSON can hold of a number: NaN and infinity are nothing. */
export function cellOf(value: unknown): Cell {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? value : null;
}

const kinds = {
  text: 'text',
  word: 'word',
  month: 'month',
  number: 'number',
  decimal: 'decimal',
  money: 'money',
  share: 'share',
} as const satisfies Record<ColumnKind, ColumnKind>;

/** `columns({ month: 'month', earned: 'money' })`. */
export function columns(of: Readonly<Record<string, keyof typeof kinds>>): FigureColumn[] {
  return Object.entries(of).map(([id, kind]) => ({ id, kind }));
}

/** Shown to so many significant digits in sentences. */
export function significant(value: number, digits = 4): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : 0;
}
