import { parseArgs } from 'node:util';
import {
  type InputIssue,
  type Model,
  ModelInputError,
  runModelInTurns,
  type TidyRow,
  type TidyValue,
} from '@serai/kernel/models/model.ts';
import { findModel, models } from '@serai/kernel/models/registry.ts';
import { inputSchema } from '@serai/kernel/models/schema.ts';
import { nearest, UsageError } from '../command.ts';
import { alignedLine, alignedTable, jsonLine, parseJson, readText } from '../files.ts';
import { type CsvTable, describeFields, putCsv } from '../model-input.ts';

export const summary = 'Run a model: list, <name> --input file.json [--csv field=file.csv] [--seed n] [--json]';

const help = `serai model list [--json]
serai model <name> --input file.json [--csv field=file.csv …] [--seed n] [--json]
serai model <name> --schema | --example | --help

Rows go to standard output, progress to standard error. "-" as a file is standard input.
`;

/** A run shorter than this shows no progress, milliseconds. */
const quietMs = 300;

/** At most so many sentences about one bad input. */
const issuesShown = 20;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      csv: { type: 'string', multiple: true },
      seed: { type: 'string' },
      json: { type: 'boolean' },
      schema: { type: 'boolean' },
      example: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name, ...more] = positionals;
  if (more.length > 0) {
    throw new UsageError(`One model at a time: "${more[0]}" is one word too many.`);
  }
  if (name === undefined) {
    process.stdout.write(help);
    return values.help ? 0 : 2;
  }
  if (name === 'list') {
    await printRows(
      ['name', 'family', 'title'],
      models.map((model) => ({ name: model.name, family: model.family, title: model.title })),
      values.json ?? false,
    );
    return 0;
  }
  const model = findModel(name);
  if (!model) {
    const near = nearest(
      name,
      models.map((known) => known.name),
    );
    throw new UsageError(
      `There is no model named "${name}".${near ? ` Did you mean "${near}"?` : ''} "serai model list" lists them.`,
    );
  }
  if (values.help) {
    process.stdout.write(describe(model));
    return 0;
  }
  if (values.schema) {
    process.stdout.write(`${JSON.stringify(inputSchema(model), null, 2)}\n`);
    return 0;
  }
  if (values.example) {
    process.stdout.write(`${JSON.stringify(model.example, null, 2)}\n`);
    return 0;
  }
  return runNamed(model, values);
}

async function runNamed(
  model: Model,
  options: { readonly input?: string; readonly csv?: string[]; readonly seed?: string; readonly json?: boolean },
): Promise<number> {
  if (options.input === undefined && !options.csv) {
    throw new UsageError(
      `Give --input file.json. "serai model ${model.name} --example" prints one to start from, --schema what is allowed.`,
    );
  }
  const seed = options.seed === undefined ? 1 : Number(options.seed);
  if (!Number.isSafeInteger(seed) || options.seed === '') {
    throw new UsageError(`--seed is a whole number; "${options.seed}" is not.`);
  }
  const text = options.input === undefined ? '{}' : readText(options.input);
  const input = parseJson(text, options.input ?? '');
  const tables = (options.csv ?? []).map((assignment) => putCsv(input, assignment, inputSchema(model)));

  const cancel = new AbortController();
  const onInterrupt = () => cancel.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const progress = progressTo(process.stderr);
    const rows = await runModelInTurns(model, input, {
      seed,
      signal: cancel.signal,
      onProgress: progress.show,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    });
    progress.end();
    await printRows(
      model.columns.map((column) => column.name),
      rows,
      options.json ?? false,
    );
    return 0;
  } catch (error) {
    if (cancel.signal.aborted) {
      process.stderr.write('\nCancelled; nothing was written.\n');
      return 130;
    }
    if (error instanceof ModelInputError) {
      process.stderr.write(explain(error.issues, options.input, text, tables));
      return 2;
    }
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function describe(model: Model): string {
  const columns = model.columns.map((column) => [
    column.name,
    `${column.description}${column.unit ? ` (${column.unit})` : ''}`,
  ]);
  const section = (title: string, rows: string[][]) =>
    `${title}\n${alignedTable(['', ''], rows, new Set())
      .slice(2)
      .map((line) => `  ${line}`)
      .join('\n')}\n`;
  return `${model.name} (${model.family}): ${model.title}\n\n${section('Input', describeFields(inputSchema(model)))}\n${section('Rows', columns)}`;
}

/** A sentence a line, each with the file and line it is about. */
function explain(issues: readonly InputIssue[], file: string | undefined, text: string, tables: CsvTable[]): string {
  const sentences = issues.slice(0, issuesShown).map(({ path, sentence }) => {
    for (const table of tables) {
      const where = table.locate(path);
      if (where) {
        return `${where}: ${sentence}`;
      }
    }
    const where = file === undefined ? '' : `${file} line ${jsonLine(text, path)}, `;
    return `${where}${path || 'the whole input'}: ${sentence}`;
  });
  const rest = issues.length - sentences.length;
  return `${sentences.join('\n')}\n${rest > 0 ? `and ${rest} more.\n` : ''}`;
}

async function printRows(columns: readonly string[], rows: readonly TidyRow[], asJson: boolean): Promise<void> {
  await write(inPieces(asJson ? jsonLines(rows) : alignedLines(columns, rows)));
}

function* jsonLines(rows: readonly TidyRow[]): Generator<string> {
  const last = rows.length - 1;
  for (const [i, row] of rows.entries()) {
    yield `${i ? ' ' : '['}${JSON.stringify(row)}${i < last ? ',' : ']'}`;
  }
  if (rows.length === 0) {
    yield '[]';
  }
}

/** Rows as a table whose columns line up. Cells are written twice rather than kept: rows may be millions. */
function* alignedLines(columns: readonly string[], rows: readonly TidyRow[]): Generator<string> {
  const numeric = new Set<number>();
  const widths = columns.map((name) => name.length);
  for (const row of rows) {
    for (const [j, name] of columns.entries()) {
      widths[j] = Math.max(widths[j]!, cell(row[name]).length);
      if (typeof row[name] === 'number') {
        numeric.add(j);
      }
    }
  }
  const print = alignedLine(widths, numeric);
  yield print(columns);
  yield print(widths.map((width) => '─'.repeat(width)));
  for (const row of rows) {
    yield print(columns.map((name) => cell(row[name])));
  }
}

function cell(value: TidyValue | undefined): string {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
  }
  return value === null || value === undefined ? '–' : String(value);
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length > 1 << 16) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** Waits for a slow reader instead of holding everything in memory. */
async function write(chunks: Iterable<string>): Promise<void> {
  for (const chunk of chunks) {
    if (!process.stdout.write(chunk)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  }
}

/** A rewritten line on a terminal, a line every tenth elsewhere; nothing for a run that is over at once. */
function progressTo(stream: NodeJS.WriteStream): {
  readonly show: (fraction: number) => void;
  readonly end: () => void;
} {
  const begun = performance.now();
  let shown = -1;
  return {
    show(fraction) {
      if (performance.now() - begun < quietMs) {
        return;
      }
      const percent = Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
      if (stream.isTTY ? percent !== shown : percent >= shown + 10) {
        shown = percent;
        stream.write(stream.isTTY ? `\r${percent} %` : `${percent} %\n`);
      }
    },
    end() {
      if (stream.isTTY && shown >= 0) {
        stream.write('\r\x1b[K');
      }
    },
  };
}
