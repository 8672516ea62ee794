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
  readTableParts,
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

/** The codes of a file, read a part at a time: memory holds the codes and ids, not the text. */
function readCodes(file: string, id: string | undefined): { ids: string[]; codes: CodeSet } {
  const ids: string[] = [];
  let codes = emptyCodes(0, 32);
  let bytes = 0;
  const put = (text: string, line: number) => {
    const code = fromBase64(text);
    if (ids.length === 1) {
      bytes = code?.length ?? 0;
      if (bytes === 0 || bytes % 4 !== 0) {
        throw new FileError(`${file}: line ${line}: this is no encoding in base64 of a whole number of 32-bit words.`);
      }
      codes = emptyCodes(1024, bytes * 8);
    }
    if (code?.length !== bytes) {
      throw new FileError(
        `${file}: line ${line}: this is no encoding of ${bytes * 8} bits in base64, as the first one is.`,
      );
    }
    if (ids.length > codes.count) {
      const larger = emptyCodes(codes.count * 2, bytes * 8);
      larger.words.set(codes.words);
      larger.populations.set(codes.populations);
      codes = larger;
    }
    putCode(codes, ids.length - 1, code);
  };
  if (/\.json$/i.test(file)) {
    const json = readJson(file) as { clks?: unknown };
    if (!Array.isArray(json?.clks)) {
      throw new FileError(`${file}: it must be an object with a list "clks".`);
    }
    json.clks.forEach((clk, i) => {
      ids.push(String(i));
      put(String(clk), i + 1);
    });
  } else {
    for (const table of readTableParts(file)) {
      const clk = table.columns.findIndex((column) => /^(?:clk|code|encoding)$/i.test(column));
      if (clk < 0) {
        throw new FileError(`${file}: line 1: there is no column "clk". The columns are ${table.columns.join(', ')}.`);
      }
      const at = idColumn(table, id, file);
      table.rows.forEach((row, i) => {
        ids.push(at < 0 ? String(table.lines[i]) : row[at]!);
        put(row[clk]!, table.lines[i]!);
      });
    }
  }
  const count = ids.length;
  const set = count === 0 ? emptyCodes(0, 1024) : codes;
  return {
    ids,
    codes: {
      ...set,
      count,
      words: set.words.subarray(0, count * set.wordsPerCode),
      populations: set.populations.subarray(0, count),
    },
  };
}
