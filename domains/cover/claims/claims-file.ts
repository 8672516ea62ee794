import { isDay } from '@serai/kernel/base/days.ts';
import { parseTable, type Table } from '@serai/kernel/linkage/csv.ts';

/**
 * A facility's claims as a CSV file: one row a line of a claim, rows of one claim number together or apart. Columns are
 * found by their names; the order does not matter.
 */
export const claimColumns = [
  'claim_number',
  'member_number',
  'care',
  'from',
  'to',
  'diagnoses',
  'kind',
  'code',
  'quantity',
  'unit_price',
] as const;
export const optionalClaimColumns = ['visit', 'scheme', 'currency', 'referral', 'preauthorisation'] as const;

export interface FileClaim {
  /** Rows of the file, the heading being 1. */
  readonly rows: readonly number[];
  readonly claimNumber: string;
  readonly memberNumber: string;
  readonly schemeId: string | undefined;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: 'in-patient' | 'out-patient';
  readonly from: string;
  readonly to: string;
  readonly diagnoses: readonly string[];
  readonly currency: string | undefined;
  readonly referralFrom: string | undefined;
  readonly preauthorisation: string | undefined;
  readonly lines: readonly {
    readonly kind: 'item' | 'service';
    readonly code: string;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

export interface FileProblem {
  readonly row: number;
  readonly column?: string;
  /** A code the screen has words for: `missing-column`, `wrong-value`, `differs`, `unreadable`. */
  readonly problem: string;
}

type Row = Readonly<Record<string, string>>;

/** Reads a file; what cannot be read is told by row and column, and its claim is left out as a whole. */
export function readClaimsFile(text: string): { readonly claims: FileClaim[]; readonly problems: FileProblem[] } {
  let table: Table;
  try {
    table = parseTable(text);
  } catch (error) {
    const row = /^line (\d+)/.exec((error as Error).message)?.[1];
    return { claims: [], problems: [{ row: Number(row ?? 1), problem: 'unreadable' }] };
  }
  const names = table.columns.map((name) => name.toLowerCase());
  const missing = claimColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    return { claims: [], problems: missing.map((column) => ({ row: 1, column, problem: 'missing-column' })) };
  }
  const rows = table.rows.map((cells, i) => ({
    number: table.lines[i]!,
    row: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as Row,
  }));
  const problems: FileProblem[] = [];
  const claims: FileClaim[] = [];
  for (const [claimNumber, group] of Map.groupBy(rows, ({ row }) => row.claim_number ?? '')) {
    const wrong = group.flatMap(({ number, row }) => problemsOf(row, number, group[0]!.row));
    if (wrong.length > 0) {
      problems.push(...wrong);
    } else {
      claims.push(claimOf(claimNumber, group));
    }
  }
  return { claims, problems };
}

/** Columns that say something of the whole claim: alike on each of its rows. */
const shared = [
  'member_number',
  'care',
  'from',
  'to',
  'diagnoses',
  'visit',
  'scheme',
  'currency',
  'referral',
  'preauthorisation',
];

const checks: readonly (readonly [string, (cell: string) => boolean])[] = [
  ['claim_number', (cell) => /^[\p{L}\p{N}./:_-]{1,64}$/u.test(cell)],
  ['member_number', (cell) => cell.length > 0 && cell.length <= 40],
  ['care', (cell) => cell === 'in-patient' || cell === 'out-patient'],
  ['from', isDay],
  ['to', isDay],
  ['diagnoses', (cell) => cell.length > 0 && cell.length <= 200],
  ['kind', (cell) => cell === 'item' || cell === 'service'],
  ['code', (cell) => /^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/.test(cell)],
  ['quantity', (cell) => /^-?\d{1,9}(\.\d{1,6})?$/.test(cell)],
  ['unit_price', (cell) => /^-?\d{1,15}(\.\d{1,6})?$/.test(cell)],
  ['visit', (cell) => ['', 'other', 'referral', 'emergency'].includes(cell)],
  ['currency', (cell) => /^([A-Z]{3})?$/.test(cell)],
];

function problemsOf(row: Row, number: number, first: Row): FileProblem[] {
  return [
    ...checks
      .filter(([column, passes]) => !passes(row[column] ?? ''))
      .map(([column]) => ({ row: number, column, problem: 'wrong-value' })),
    ...shared
      .filter((column) => (row[column] ?? '') !== (first[column] ?? ''))
      .map((column) => ({ row: number, column, problem: 'differs' })),
  ];
}

function claimOf(claimNumber: string, group: readonly { readonly number: number; readonly row: Row }[]): FileClaim {
  const { row } = group[0]!;
  return {
    rows: group.map(({ number }) => number),
    claimNumber,
    memberNumber: row.member_number!,
    schemeId: row.scheme || undefined,
    visit: (row.visit || 'other') as FileClaim['visit'],
    care: row.care as FileClaim['care'],
    from: row.from!,
    to: row.to!,
    diagnoses: row
      .diagnoses!.toUpperCase()
      .split(/[\s;|]+/)
      .filter(Boolean),
    currency: row.currency || undefined,
    referralFrom: row.referral || undefined,
    preauthorisation: row.preauthorisation || undefined,
    lines: group.map(({ row: line }) => ({
      kind: line.kind as 'item' | 'service',
      code: line.code!,
      quantity: line.quantity!,
      unitPrice: line.unit_price!,
    })),
  };
}
