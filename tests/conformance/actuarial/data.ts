import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../suite.ts';

const root = join(import.meta.dirname, '../../..');

/** Figures kept in the repository; data that may not be lies beside it (or beside a folder of its worktrees). */
const folders = [join(root, 'tests/vectors/actuarial'), join(root, '../shared/data'), join(root, '../../shared/data')];

const find = (path: string) => folders.map((folder) => join(folder, path)).find((file) => existsSync(file));

export type Row = Readonly<Record<string, string>>;

/** Rows of a CSV file without quoted commas. */
export function readCsv(path: string): Row[] {
  const [head, ...lines] = readFileSync(find(path) ?? path, 'utf8')
    .trim()
    .split(/\r?\n/);
  const split = (line: string) => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));
  const names = split(head!);
  return lines.map((line) => Object.fromEntries(split(line).map((cell, i) => [names[i]!, cell])));
}

export const column = (rows: readonly Row[], name: string) => rows.map((row) => Number(row[name]));

/** A case that reads files of the shared data folder. */
export function dataCase(name: string, files: readonly string[], check: () => void | Promise<void>): Case {
  return {
    name,
    check: () => {
      const missing = files.find((file) => !find(file));
      return missing ? { skip: `${missing} is not beside the repository (../shared/data)` } : check();
    },
  };
}

/** Cumulative triangle of a ChainLadder CSV export. */
export function readTriangle(path: string): (number | null)[][] {
  return readCsv(path).map((row) =>
    Object.entries(row)
      .filter(([name]) => name !== 'origin')
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, cell]) => (cell === 'NA' ? null : Number(cell))),
  );
}
