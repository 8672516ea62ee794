import { constants } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { UsageError } from './command.ts';

/** A text file, or standard input for `-`. @throws UsageError when it cannot be read, or is larger than a text may be. */
export function readText(file: string): string {
  try {
    if (file !== '-' && statSync(file).size > constants.MAX_STRING_LENGTH) {
      throw Object.assign(new Error('larger than a text may be'), { code: 'ERR_STRING_TOO_LONG' });
    }
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Why a file cannot be read, in words. */
export function unreadable(file: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code;
  const why =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EISDIR'
        ? 'it is a folder'
        : code === 'ERR_STRING_TOO_LONG' || code === 'ERR_FS_FILE_TOO_LARGE'
          ? 'it is larger than 512 MB, the most that is read as one text; give its long list as CSV, which is read in pieces: --csv name=file.csv'
          : `it cannot be read (${code})`;
  return new UsageError(`${file}: ${why}.`);
}

/** Parses JSON. @throws UsageError naming the line; the file's content is not repeated. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The runtime's own message may quote the file, and does not always say where.
    const before = text.slice(0, scanJson(text) ?? text.length);
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    const why = text.trim() === '' ? 'the file is empty' : 'this is not valid JSON';
    throw new UsageError(`${file} line ${line}, column ${column}: ${why}.`);
  }
}

/**
 * The line on which the value at a path like `children[2].sex` stands in a valid JSON text, or that of the nearest
 * ancestor that is there.
 */
export function jsonLine(text: string, path: string): number {
  const wanted = path === '' ? [] : path.replaceAll('[', '.').replaceAll(']', '').replace(/^\./, '').split('.');
  let deepest = -1;
  let offset = 0;
  scanJson(text, wanted, (depth, at) => {
    if (depth > deepest) {
      deepest = depth;
      offset = at;
    }
  });
  return text.slice(0, offset).split('\n').length;
}

const jsonSpace = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside strings.
const jsonString = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const jsonScalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/**
 * Walks a JSON text; `found` hears the offset of every value on the way to `wanted`, with how many of its parts lead there.
 *
 * @returns the offset of the first thing that is not JSON, undefined when all of it is.
 */
function scanJson(
  text: string,
  wanted: readonly string[] = [],
  found: (depth: number, offset: number) => void = () => {},
): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    at += match?.[0].length ?? 0;
    return match?.[0];
  };
  const takeMark = (mark: string): boolean => {
    take(jsonSpace);
    const there = text[at] === mark;
    at += there ? 1 : 0;
    return there;
  };
  /** `depth` is how many parts of the path lead here, or -1 off the path. */
  const value = (depth: number): boolean => {
    take(jsonSpace);
    found(depth, at);
    const list = takeMark('[');
    if (!list && !takeMark('{')) {
      return (take(jsonString) ?? take(jsonScalar)) !== undefined;
    }
    const close = list ? ']' : '}';
    if (takeMark(close)) {
      return true;
    }
    for (let index = 0; ; index++) {
      let key = String(index);
      if (!list) {
        take(jsonSpace);
        const name = take(jsonString);
        if (name === undefined || !takeMark(':')) {
          return false;
        }
        key = JSON.parse(name) as string;
      }
      if (!value(depth >= 0 && wanted[depth] === key ? depth + 1 : -1)) {
        return false;
      }
      if (takeMark(close)) {
        return true;
      }
      if (!takeMark(',')) {
        return false;
      }
    }
  };
  const whole = value(0);
  take(jsonSpace);
  return whole && at === text.length ? undefined : at;
}

/** Rows as a table whose columns line up; numbers to the right. */
export function alignedTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: ReadonlySet<number>,
) {
  const widths = columns.map((name, j) => rows.reduce((width, row) => Math.max(width, row[j]!.length), name.length));
  const print = alignedLine(widths, numeric);
  return [print(columns), print(widths.map((width) => '─'.repeat(width))), ...rows.map(print)];
}

/** Prints cells in columns of given widths; numbers to the right. */
export function alignedLine(widths: readonly number[], numeric: ReadonlySet<number>) {
  return (cells: readonly string[]) =>
    cells
      .map((text, j) => (numeric.has(j) ? text.padStart(widths[j]!) : text.padEnd(widths[j]!)))
      .join('  ')
      .trimEnd();
}
