import { type CodeSet, emptyCodes, putCode } from '@serai/kernel/linkage/clk/codes.ts';
import { fromBase64 } from '@serai/kernel/linkage/clk/schema.ts';
import { bestOneToOne, searchPairs } from '@serai/kernel/linkage/clk/search.ts';
import { formatRow } from '@serai/kernel/linkage/csv.ts';
import {
  FileError,
  idColumn,
  readArgs,
  readJson,
  readNumber,
  readTable,
  UsageError,
  withSentences,
  writeLines,
} from '../linkage/files.ts';

export const summary = 'Match two files of encodings by their Dice coefficient';

const USAGE = `Usage: serai match-encoded a.csv b.csv [--threshold .8] [--all] [--id column]
  Files of columns id,clk (base64), or JSON {"clks": [base64, …]}. Rows out: left_id,right_id,similarity.
  Each record is paired with at most one other, the most alike first; --all gives every pair at the threshold.`;

export function run(args: string[]): Promise<number> {
  return withSentences(USAGE, async () => {
    const { values, positionals } = readArgs(args, {
      threshold: { type: 'string' },
      all: { type: 'boolean' },
      id: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const [leftFile, rightFile, more] = positionals;
    if (!leftFile || !rightFile || more) {
      throw new UsageError('Give two files of encodings.');
    }
    const threshold = readNumber(values.threshold, 'threshold', 0.01, 1) ?? 0.8;
    const left = readCodes(leftFile, values.id);
    const right = readCodes(rightFile, values.id);
    if (left.codes.bits !== right.codes.bits) {
      throw new FileError(
        `${leftFile} holds codes of ${left.codes.bits} bits and ${rightFile} of ${right.codes.bits}: they were not made with one schema.`,
      );
    }
    const started = performance.now();
    const found = searchPairs(left.codes, right.codes, { threshold });
    const pairs = values.all ? found : bestOneToOne(found);
    const seconds = (performance.now() - started) / 1000;
    await writeLines(process.stdout, [
      'left_id,right_id,similarity',
      ...pairs.map((pair) =>
        formatRow([left.ids[pair.left]!, right.ids[pair.right]!, Number(pair.similarity.toFixed(6))]),
      ),
    ]);
    process.stderr.write(
      `${left.codes.count} × ${right.codes.count} codes in ${seconds.toFixed(2)} s; ${found.length} pairs at ${threshold}, ${pairs.length} given.\n`,
    );
    return 0;
  });
}

function readCodes(file: string, id: string | undefined): { ids: string[]; codes: CodeSet } {
  const ids: string[] = [];
  const texts: string[] = [];
  const lines: number[] = [];
  if (/\.json$/i.test(file)) {
    const json = readJson(file) as { clks?: unknown };
    if (!Array.isArray(json?.clks)) {
      throw new FileError(`${file}: it must be an object with a list "clks".`);
    }
    json.clks.forEach((clk, i) => {
      ids.push(String(i));
      texts.push(String(clk));
      lines.push(i + 1);
    });
  } else {
    const table = readTable(file);
    const clk = table.columns.findIndex((column) => /^(?:clk|code|encoding)$/i.test(column));
    if (clk < 0) {
      throw new FileError(`${file}: line 1: there is no column "clk". The columns are ${table.columns.join(', ')}.`);
    }
    const at = idColumn(table, id, file);
    table.rows.forEach((row, i) => {
      ids.push(at < 0 ? String(table.lines[i]) : row[at]!);
      texts.push(row[clk]!);
      lines.push(table.lines[i]!);
    });
  }
  const first = texts.length > 0 ? fromBase64(texts[0]!) : new Uint8Array(128);
  const bytes = first?.length ?? 0;
  if (bytes === 0 || bytes % 4 !== 0) {
    throw new FileError(
      `${file}: line ${lines[0] ?? 1}: this is no encoding in base64 of a whole number of 32-bit words.`,
    );
  }
  const codes = emptyCodes(texts.length, bytes * 8);
  texts.forEach((text, i) => {
    const code = fromBase64(text);
    if (code?.length !== bytes) {
      throw new FileError(
        `${file}: line ${lines[i]}: this is no encoding of ${bytes * 8} bits in base64, as the first one is.`,
      );
    }
    putCode(codes, i, code);
  });
  return { ids, codes };
}
