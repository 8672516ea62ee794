/** A table read from delimited text: the header's names in order, and a record a line. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of the text (from 1) on which each row starts. */
  readonly lines: Uint32Array;
}

/** The text is no table; says on which line, and what to do. Holds no value of the file. */
export class TableError extends Error {
  override name = 'TableError';
  readonly line: number;
  constructor(line: number, sentence: string) {
    super(`line ${line}: ${sentence}`);
    this.line = line;
  }
}

/**
 * Reads comma-, semicolon- or tab-separated text by RFC 4180: quoted fields with doubled quotes and line breaks inside,
 * CRLF or LF, an optional byte-order mark. The delimiter is the one the header line has most of. Values are trimmed
 * outside quotes unless `trim` is false; blank lines are skipped.
 *
 * @throws TableError when a quote is never closed, a row has another number of fields than the header, or a column
 *   name is missing or repeated.
 */
export function parseTable(
  text: string,
  options: { readonly delimiter?: string; readonly trim?: boolean } = {},
): Table {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const delimiter = options.delimiter ?? guessDelimiter(text, start);
  const trim = options.trim ?? true;
  const rows: string[][] = [];
  const lines: number[] = [];
  let columns: string[] | undefined;
  let fields: string[] = [];
  let line = 1;
  let rowLine = 1;
  let at = start;
  const n = text.length;
  const endRow = () => {
    if (fields.length === 1 && fields[0] === '') {
      fields = [];
      return;
    }
    if (!columns) {
      columns = checkHeader(fields, rowLine);
    } else {
      if (fields.length !== columns.length) {
        throw new TableError(
          rowLine,
          `this row has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} and the header has ${columns.length}. ` +
            'Put values that hold the delimiter in double quotes, or remove what is too many.',
        );
      }
      rows.push(fields);
      lines.push(rowLine);
    }
    fields = [];
  };
  while (at < n) {
    // Leading spaces before a quote or a value belong to neither.
    const began = at;
    while (at < n && (text[at] === ' ' || (text[at] === '\t' && delimiter !== '\t'))) {
      at++;
    }
    let value: string;
    if (text[at] === '"') {
      const opened = line;
      at++;
      value = '';
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0) {
          throw new TableError(
            opened,
            'a double quote is opened and never closed. Close it, or double it inside a value.',
          );
        }
        const piece = text.slice(at, close);
        line += countBreaks(piece);
        value += piece;
        at = close + 1;
        if (text[at] !== '"') {
          break;
        }
        value += '"';
        at++;
      }
      while (at < n && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') {
        if (text[at] !== ' ' && text[at] !== '\t') {
          throw new TableError(
            line,
            'text follows a closing double quote. Double the quote if it is part of the value.',
          );
        }
        at++;
      }
    } else {
      let end = at;
      while (end < n && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') {
        end++;
      }
      value = trim ? text.slice(at, end).trim() : text.slice(began, end);
      at = end;
    }
    fields.push(value);
    if (at >= n) {
      break;
    }
    if (text[at] === delimiter) {
      at++;
      if (at >= n) {
        fields.push('');
      }
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') {
      at++;
    }
    at++;
    line++;
    endRow();
    rowLine = line;
  }
  if (fields.length > 0) {
    endRow();
  }
  if (!columns) {
    throw new TableError(1, 'the file is empty. The first line must name the columns.');
  }
  return { columns, rows, lines: Uint32Array.from(lines) };
}

/**
 * Reads a table that comes in pieces cut anywhere, a part of whole rows at a time: every part has the same columns, and
 * lines counted from the first of the text. Memory holds a piece and the part it completes.
 *
 * @throws TableError as {@link parseTable}.
 */
export function* parseTableParts(
  pieces: Iterable<string>,
  options: { readonly trim?: boolean } = {},
): Generator<Table> {
  let rest = '';
  let header = '';
  let delimiter = '';
  let before = 0;
  const part = (text: string): Table => {
    const table = parseTable(header + text, { ...options, ...(delimiter && { delimiter }) });
    const lines = table.lines.map((line) => line + shift());
    before += countBreaks(text);
    return { ...table, lines };
  };
  /** What a line of a part is short of the same line of the whole text. */
  const shift = () => before - countBreaks(header);
  for (const piece of pieces) {
    rest += piece;
    if (!delimiter) {
      delimiter = /[\r\n]/.test(rest) ? guessDelimiter(rest, rest.charCodeAt(0) === 0xfeff ? 1 : 0) : '';
    }
    const end = delimiter ? endOfRows(rest, delimiter) : 0;
    if (end > 0) {
      const table = named(() => part(rest.slice(0, end)), shift());
      rest = rest.slice(end);
      yield table;
      header ||= `${table.columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(delimiter)}\n`;
    }
  }
  if (rest !== '' || !header) {
    yield named(() => part(rest), shift());
  }
}

/** Moves the line of a fault by the lines read before. */
function named<T>(read: () => T, shift: number): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TableError && shift !== 0
      ? new TableError(error.line + shift, error.message.replace(/^line \d+: /, ''))
      : error;
  }
}

/** Where the last whole row of a text ends: after the last line break outside quotes. */
function endOfRows(text: string, delimiter: string): number {
  let end = 0;
  let quoted = false;
  let fieldStart = true;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"') {
        // Two together are one inside; the second is then met as an opening one.
        quoted = false;
        fieldStart = true;
      }
    } else if (c === '"' && fieldStart) {
      quoted = true;
    } else if (c === '\n') {
      end = i + 1;
      fieldStart = true;
    } else {
      fieldStart = c === delimiter || (fieldStart && c === ' ');
    }
  }
  return end;
}

function guessDelimiter(text: string, start: number): string {
  const end = text.search(/[\r\n]/);
  const header = text.slice(start, end < 0 ? undefined : end);
  let best = ',';
  let most = 0;
  for (const candidate of [',', ';', '\t', '|']) {
    const count = header.split(candidate).length - 1;
    if (count > most) {
      best = candidate;
      most = count;
    }
  }
  return best;
}

function checkHeader(names: readonly string[], line: number): string[] {
  const seen = new Set<string>();
  names.forEach((name, i) => {
    if (name === '') {
      throw new TableError(line, `column ${i + 1} has no name. The first line must name every column.`);
    }
    if (seen.has(name)) {
      throw new TableError(line, `the column "${name}" is named twice.`);
    }
    seen.add(name);
  });
  return [...names];
}

function countBreaks(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) {
      count++;
    }
  }
  return count;
}

/** One line of comma-separated text, quoted where needed. */
export function formatRow(values: readonly (string | number | boolean | null | undefined)[]): string {
  return values
    .map((value) => {
      const text = value === null || value === undefined ? '' : String(value);
      return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}
