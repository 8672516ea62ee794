import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { parseTableParts, type Table, TableError } from '@serai/kernel/linkage/csv.ts';

/** The command was called wrongly, or a file cannot be used: printed as it is, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A file cannot be used; the sentence names it and the line. Exit code 2, without the usage. */
export class FileError extends Error {
  override name = 'FileError';
}

/** Runs a command's work, turning what is wrong with its input into sentences on standard error. */
export async function withSentences(usage: string, work: () => Promise<number> | number): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n${usage}\n`);
      return 2;
    }
    if (error instanceof FileError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    const known = ['TableError', 'SchemaError', 'LinkConfigError', 'ValueError', 'TooManyPairsError', 'RangeError'];
    if (error instanceof Error && known.includes(error.name)) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

/** `node:util` parseArgs, its complaints as usage errors. */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A file as text. @throws FileError with the reason in words. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return bytes.toString('utf16le');
  }
  let text: string;
  try {
    text = bytes.toString('utf8');
  } catch {
    throw unreadable(path, { code: 'ERR_FS_FILE_TOO_LARGE' });
  }
  const broken = text.indexOf('\ufffd');
  if (broken >= 0 && !bytes.includes(Buffer.from('\ufffd'))) {
    const line = text.slice(0, broken).split('\n').length;
    throw new FileError(`${path}: line ${line}: this is not UTF-8 text. Save the file as UTF-8 and try again.`);
  }
  return text;
}

function unreadable(path: string, error: unknown): FileError {
  const { code } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EISDIR'
        ? 'it is a folder'
        : code === 'ERR_FS_FILE_TOO_LARGE'
          ? 'it is larger than this program can hold (512 MB). Split it by something both sides agree on, as the year of birth, and link the parts'
          : `it cannot be read (${code})`;
  return new FileError(`${path}: ${reason}.`);
}

/** A file as tables of some thousand rows each, one in memory at a time; faults are named with file and line. */
export function* readTableParts(path: string): Generator<Table> {
  try {
    yield* parseTableParts(textPieces(path));
  } catch (error) {
    throw error instanceof TableError ? new FileError(`${path}: ${error.message}`) : error;
  }
}

/** A file's text, a megabyte of it at a time. @throws FileError with the reason in words. */
function* textPieces(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const piece = Buffer.alloc(1 << 20);
    const read = (): Buffer => {
      try {
        return piece.subarray(0, readSync(file, piece));
      } catch (error) {
        throw unreadable(path, error);
      }
    };
    let bytes = read();
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
    const decoder = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true });
    for (let line = 1; bytes.length > 0; bytes = read()) {
      let text: string;
      try {
        text = decoder.decode(bytes, { stream: true });
      } catch {
        const until = new TextDecoder().decode(bytes).indexOf('\ufffd');
        line += bytes.subarray(0, Math.max(0, until)).filter((byte) => byte === 0x0a).length;
        throw new FileError(
          `${path}: about line ${line}: this is not UTF-8 text. Save the file as UTF-8 and try again.`,
        );
      }
      line += bytes.filter((byte) => byte === 0x0a).length;
      yield text;
    }
  } finally {
    closeSync(file);
  }
}

/** A file as JSON. */
export function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new FileError(`${path}: it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A number option between two bounds. */
export function readNumber(text: string | undefined, name: string, from: number, to: number): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (text.trim() === '' || !(value >= from && value <= to)) {
    throw new UsageError(`--${name}: it must be a number from ${from} to ${to}.`);
  }
  return value;
}

/** The column that names the records: as asked, or one called id, rec_id, …, or none (then line numbers name them). */
export function idColumn(table: Table, asked: string | undefined, path: string): number {
  if (asked !== undefined) {
    const at = table.columns.indexOf(asked);
    if (at < 0) {
      throw new FileError(`${path}: there is no column "${asked}". The columns are ${table.columns.join(', ')}.`);
    }
    return at;
  }
  return table.columns.findIndex((column) =>
    /^(?:id|rec_?id|record_?id|unique_?id|person_?id|row_?id|uuid)$/i.test(column),
  );
}

/** Writes in pieces, waiting where the reader is slow. */
export async function writeLines(
  stream: NodeJS.WritableStream,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  let piece = '';
  const flush = async () => {
    if (!stream.write(piece)) {
      await new Promise<void>((resolve) => {
        stream.once('drain', () => resolve());
      });
    }
    piece = '';
  };
  for await (const line of lines) {
    piece += `${line}\n`;
    if (piece.length > 1 << 16) {
      await flush();
    }
  }
  await flush();
}
