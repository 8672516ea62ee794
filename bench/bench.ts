import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** One measured claim. `ratio` compares with a reference measured in the same run; `budget` is what DESIGN promises. */
export interface BenchRow {
  readonly claim: string;
  readonly value: number;
  readonly unit: string;
  /** What the ratio is against, in words. */
  readonly against?: string;
  readonly ratio?: number;
  readonly budget?: string;
  readonly met?: boolean;
}

export interface Bench {
  readonly name: string;
  readonly run: (note: (line: string) => void) => Promise<readonly BenchRow[]>;
}

/** Wall seconds of `work`, the best of `times` (the least disturbed by the machine's other tenants). */
export async function seconds(work: () => unknown, times = 3): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

/** The q-quantile (0..1) of a list of measurements. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

export function report(name: string, rows: readonly BenchRow[]): void {
  const commit = (() => {
    try {
      return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    } catch {
      return 'unknown';
    }
  })();
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`;
  const text = (row: BenchRow) => [
    row.claim,
    `${Number(row.value.toPrecision(4))} ${row.unit}`,
    row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} × ${row.against ?? ''}`,
    row.budget ?? '',
    row.met === undefined ? '' : row.met ? 'met' : 'MISSED',
  ];
  const table = [['claim', 'value', 'ratio', 'budget', ''], ...rows.map(text)];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((line) => line[i]!.length)));
  for (const line of table) {
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    );
  }
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const result = { name, at: new Date().toISOString(), commit, machine, rows };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
