import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../suite.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Data whose licence keeps it outside the repository: beside it, or one folder further up. */
const outside = [join(root, '..', 'shared', 'data'), join(root, '..', '..', 'shared', 'data')];

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a CSV file of `tests/vectors`. */
export function vectorRows(file: string): CsvRow[] {
  return parseCsv(readFileSync(join(root, 'tests', 'vectors', file), 'utf8'));
}

/** Rows of a file that may not be copied here, or undefined where it is absent. */
export function outsideRows(file: string): CsvRow[] | undefined {
  const path = outside.map((folder) => join(folder, file)).find(existsSync);
  return path === undefined ? undefined : parseCsv(readFileSync(path, 'utf8'));
}

/** A case on files that may be absent: it is then skipped, saying so. */
export function caseOnOutside<Files extends readonly string[]>(
  name: string,
  files: Files,
  check: (...rows: { [K in keyof Files]: CsvRow[] }) => void,
): Case {
  return {
    name,
    check: () => {
      const rows = files.map(outsideRows);
      const missing = files.filter((_, i) => rows[i] === undefined);
      if (missing.length > 0) {
        return { skip: `../shared/data holds no ${missing.join(', ')}` };
      }
      check(...(rows as { [K in keyof Files]: CsvRow[] }));
      return undefined;
    },
  };
}

/** A number of a cell; NaN for NA. */
export function numberIn(row: CsvRow, column: string): number {
  const text = row[column];
  if (text === undefined) {
    throw new Error(`no column ${column} among ${Object.keys(row).join(', ')}`);
  }
  return text === 'NA' || text === '' ? Number.NaN : Number(text);
}

/** Throws unless both are the same number, or both none, to an absolute or relative tolerance. */
export function same(actual: number | null, expected: number, tolerance: number, what: string): void {
  const value = actual ?? Number.NaN;
  if (Number.isNaN(value) && Number.isNaN(expected)) {
    return;
  }
  if (!(Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
    throw new Error(`${what}: got ${actual}, expected ${expected} (tolerance ${tolerance})`);
  }
}

export function equal<T>(actual: T, expected: T, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) {
    throw new Error(`${what}: got ${a}, expected ${b}`);
  }
}

function parseCsv(text: string): CsvRow[] {
  const [header, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));
}
