import { writeFileSync } from 'node:fs';
import { formatRow, type Table } from '@serai/kernel/linkage/csv.ts';
import { type LinkResult, link, type PairExplanation } from '@serai/kernel/linkage/link.ts';
import { planOf } from '@serai/kernel/linkage/plan.ts';
import { checkConfig, type LinkFileConfig } from '../linkage/config.ts';
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

export const summary = 'Find the records of one or two files that are the same person';

const USAGE = `Usage: serai link left.csv [right.csv] [--config c.json] [--train] [--out pairs.csv] [--threshold .5]
         [--id column] [--seed n] [--model-out model.json] [--json]
  One file: duplicates within it. Two files: pairs across them.
  Pairs go to --out (clusters beside it, in pairs.clusters.csv) and the summary to standard output; without --out the
  pairs go to standard output and the summary to standard error.
  Without a model in the configuration, or with --train, the weights are trained on the files, without labels.`;

export function run(args: string[]): Promise<number> {
  return withSentences(USAGE, async () => {
    const { values, positionals } = readArgs(args, {
      config: { type: 'string' },
      train: { type: 'boolean' },
      out: { type: 'string' },
      threshold: { type: 'string' },
      id: { type: 'string' },
      seed: { type: 'string' },
      'model-out': { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const [leftFile, rightFile, more] = positionals;
    if (!leftFile || more) {
      throw new UsageError('Give one file, or two.');
    }
    const threshold = readNumber(values.threshold, 'threshold', 0.000001, 1);
    const seed = readNumber(values.seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    const config: LinkFileConfig = values.config ? checkConfig(readJson(values.config), values.config) : {};
    const files = [leftFile, ...(rightFile ? [rightFile] : [])];
    const { columns, ids, split, idName } = readColumns(files, values.id ?? config.id);
    const records = ids.length;
    const plan = config.comparisons ?? planOf([...columns.keys()], [...columns.values()]).comparisons;
    const comparisons = plan.filter((comparison) => config.comparisons || comparison.column !== idName);
    process.stderr.write(
      `${records} records; comparing ${comparisons.map((c) => `${c.column} (${c.kind})`).join(', ')}\n`,
    );
    const result = link(
      { columns, records, ...(split !== undefined && { split }) },
      {
        comparisons,
        ...(config.blocking && { blocking: config.blocking }),
        ...(config.model && !values.train && { model: config.model }),
        threshold: threshold ?? config.threshold ?? 0.5,
        ...(config.oneEach !== undefined && { oneEach: config.oneEach }),
        ...(seed !== undefined && { seed }),
        onProgress: (what) => process.stderr.write(`${what}\n`),
      },
    );
    if (values['model-out']) {
      const settings = { comparisons, ...(config.blocking && { blocking: config.blocking }), model: result.model };
      writeFileSync(values['model-out'], `${JSON.stringify(settings, null, 2)}\n`);
    }
    const summaryText = values.json ? JSON.stringify(result.summary) : summaryLines(result).join('\n');
    if (values.out) {
      const stream = (await import('node:fs')).createWriteStream(values.out);
      await writeLines(stream, pairLines(result, ids));
      await new Promise<void>((resolve, reject) => {
        stream.on('error', reject);
        stream.end(() => resolve());
      });
      writeFileSync(
        values.out.replace(/(\.csv)?$/i, '.clusters.csv'),
        `${[...clusterLines(result, ids, split)].join('\n')}\n`,
      );
      process.stdout.write(`${summaryText}\n`);
    } else {
      await writeLines(process.stdout, pairLines(result, ids));
      process.stderr.write(`${summaryText}\n`);
    }
    return 0;
  });
}

/** Rows linked at once; a million take some two gigabytes. */
const rowsMax = 2_500_000;

/** The files one after the other, by the columns they share. */
function readColumns(files: readonly string[], id: string | undefined) {
  let left = rowsMax;
  const tables = files.map((file): Table => {
    const parts: Table[] = [];
    for (const part of readTableParts(file)) {
      left -= part.rows.length;
      if (left < 0) {
        throw new FileError(
          `${files.join(' and ')}: more than ${rowsMax.toLocaleString('en')} rows, which is what is linked at once. ` +
            'Split the files by something both sides agree on, as the year of birth or the district, and link the parts.',
        );
      }
      parts.push(part);
    }
    return {
      columns: parts[0]!.columns,
      rows: parts.flatMap((part) => part.rows),
      lines: Uint32Array.from(parts.flatMap((part) => [...part.lines])),
    };
  });
  const shared = tables[0]!.columns.filter((column) => tables.every((table) => table.columns.includes(column)));
  if (shared.length === 0) {
    throw new FileError(
      `${files.join(' and ')} share no column. ${files.map((file, i) => `${file} has ${tables[i]!.columns.join(', ')}.`).join(' ')}`,
    );
  }
  const columns = new Map(
    shared.map((column) => [
      column,
      tables.flatMap((table) => {
        const at = table.columns.indexOf(column);
        return table.rows.map((row) => row[at]!);
      }),
    ]),
  );
  const ids = tables.flatMap((table, t) => {
    const at = idColumn(table, id, files[t]!);
    return table.rows.map((row, i) => (at < 0 ? String(table.lines[i]) : row[at]!));
  });
  return {
    columns,
    ids,
    split: tables.length > 1 ? tables[0]!.rows.length : undefined,
    idName: tables[0]!.columns[idColumn(tables[0]!, id, files[0]!)],
  };
}

function* pairLines(result: LinkResult, ids: readonly string[]): Iterable<string> {
  yield 'left_id,right_id,probability,weight,cluster,explanation';
  for (let i = 0; i < result.left.length; i++) {
    const left = result.left[i]!;
    const right = result.right[i]!;
    const explanation = result.explain(left, right);
    const a = result.clustering.clusterOf[left]!;
    const b = result.clustering.clusterOf[right]!;
    yield formatRow([
      ids[left],
      ids[right],
      Number(explanation.probability.toPrecision(6)),
      Number(explanation.weight.toFixed(3)),
      // A pair whose join other evidence stopped belongs to no cluster.
      a === b ? ids[a] : '',
      explanationText(explanation),
    ]);
  }
}

/** Prior and each comparison with its bits: what a steward reads to see why. */
function explanationText(explanation: PairExplanation): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
  const parts = explanation.parts.map((part) => {
    const rarity = Math.abs(part.frequency) >= 0.05 ? ` of which rarity ${signed(part.frequency)}` : '';
    return `${part.comparison}: ${part.level} ${signed(part.weight)}${rarity}`;
  });
  return `prior ${signed(explanation.prior)}; ${parts.join('; ')}`;
}

function* clusterLines(result: LinkResult, ids: readonly string[], split: number | undefined): Iterable<string> {
  yield 'id,file,cluster';
  for (let i = 0; i < ids.length; i++) {
    yield formatRow([
      ids[i],
      split !== undefined && i >= split ? 'right' : 'left',
      ids[result.clustering.clusterOf[i]!],
    ]);
  }
}

function summaryLines({ summary: s }: LinkResult): string[] {
  return [
    'measure,value',
    `records,${s.records}`,
    `possible pairs,${s.possiblePairs}`,
    `candidate pairs,${s.candidatePairs}`,
    ...s.passes.map((pass) => formatRow([`pairs of pass ${pass.name}`, pass.pairs])),
    ...s.passes
      .filter((pass) => pass.skippedBlocks > 0)
      .map((pass) =>
        formatRow([`pairs of pass ${pass.name} left out with ${pass.skippedBlocks} large blocks`, pass.skippedPairs]),
      ),
    `links,${s.links}`,
    `clusters,${s.clusters}`,
    `joins refused for contradicting evidence,${s.conflicts}`,
    `links expected to be wrong,${s.expectedFalseLinks.toFixed(2)}`,
    `matches expected among rejected candidates,${s.expectedMissedCandidates.toFixed(2)}`,
    `matches expected outside all passes,${s.expectedMissedByBlocking.toFixed(2)}`,
  ];
}
