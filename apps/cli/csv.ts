import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { UsageError } from './command.ts';
import { readText, unreadable } from './files.ts';

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads CSV (RFC 4180: quotes, doubled quotes, line breaks in quotes) with a comma, semicolon or tab, whichever the
 * first line has most of. Empty lines are left out.
 *
 * @throws UsageError for a quote that never closes.
 */
export function parseCsv(text: string, file: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const parser = csvParser(file, (record) => void records.push(record));
  parser.take(text);
  parser.end();
  return records;
}

/** Bytes of a file in memory at a time. */
const pieceBytes = 1 << 20;

/**
 * Reads a CSV file record by record, a piece of the file in memory at a time, so that its length has no limit.
 * `-` is standard input. Whoever hears a record and says `false` has heard enough: nothing more is read.
 *
 * @throws UsageError when it cannot be read, or for a quote that never closes.
 */
export function readCsv(file: string, hear: (record: CsvRecord) => boolean | undefined): void {
  let enough = false;
  const parser = csvParser(file, (record) => {
    enough = enough || hear(record) === false;
  });
  if (file === '-') {
    parser.take(readText(file));
    parser.end();
    return;
  }
  let open: number | undefined;
  try {
    open = openSync(file, 'r');
    const piece = Buffer.alloc(pieceBytes);
    const decoder = new StringDecoder('utf8');
    for (let bytes = readSync(open, piece); bytes > 0; bytes = readSync(open, piece)) {
      parser.take(decoder.write(piece.subarray(0, bytes)));
      if (enough) {
        return;
      }
    }
    parser.take(decoder.end());
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unreadable(file, error) : error;
  } finally {
    if (open !== undefined) {
      closeSync(open);
    }
  }
  parser.end();
}

const quote = 0x22;
const newLine = 0x0a;
const carriageReturn = 0x0d;

/** Takes text in pieces cut anywhere, and tells each record as soon as it is whole. */
function csvParser(file: string, hear: (record: CsvRecord) => void) {
  let separator: number | undefined;
  /** Text before the first line is whole: the separator is not known yet. */
  let head = '';
  let begun = false;
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  /** A quotation mark inside quotes was the last thing seen: it closes, or is the first of two. */
  let closing = false;
  let line = 1;
  let from = 1;

  const endRecord = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0]!.trim() !== '') {
      hear({ line: from, cells });
    }
    cells = [];
    cell = '';
    from = line + 1;
  };

  const scan = (text: string) => {
    const between = separator!;
    let start = 0;
    let i = 0;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (closing) {
        closing = false;
        if (c === quote) {
          cell += '"';
          start = i + 1;
          continue;
        }
        quoted = false;
        start = i;
      }
      if (quoted) {
        if (c === quote) {
          cell += text.slice(start, i);
          closing = true;
        } else if (c === newLine) {
          line++;
        }
      } else if (c === between) {
        cells.push(cell + text.slice(start, i));
        cell = '';
        start = i + 1;
      } else if (c === newLine) {
        cell += text.slice(start, i);
        endRecord();
        line++;
        start = i + 1;
      } else if (c === carriageReturn) {
        cell += text.slice(start, i);
        start = i + 1;
      } else if (c === quote && cell === '' && start === i) {
        quoted = true;
        start = i + 1;
      }
    }
    if (!closing && start < i) {
      cell += text.slice(start, i);
    }
  };

  const begin = () => {
    begun = true;
    const text = head.replace(/^\uFEFF/, '');
    const end = text.indexOf('\n');
    const first = end === -1 ? text : text.slice(0, end);
    const name = [',', ';', '\t'].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
    separator = name.charCodeAt(0);
    head = '';
    scan(text);
  };

  return {
    take(text: string): void {
      if (begun) {
        scan(text);
        return;
      }
      head += text;
      if (text.includes('\n')) {
        begin();
      }
    },
    end(): void {
      if (!begun) {
        begin();
      }
      if (quoted && !closing) {
        throw new UsageError(`${file} line ${from}: a quotation mark opens here and never closes.`);
      }
      endRecord();
    },
  };
}
