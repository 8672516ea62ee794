import type { JsonSchema } from '@serai/kernel/models/schema.ts';
import { UsageError } from './command.ts';
import { readCsv } from './csv.ts';

/** A CSV file put into an input: knows which line a path of the input came from. */
export interface CsvTable {
  /** `file line 5, column sex` for a path inside the table, undefined for any other. */
  locate(path: string): string | undefined;
}

/**
 * Puts a CSV file into a field of the input, `field=file.csv`.
 *
 * What the cells become follows from the field's schema: a list of objects takes the header as its field names, a list
 * of numbers takes one column, a list of lists takes every line as it is. An empty cell is left out (null in lists of
 * lists). A list inside a cell is separated by spaces, bars or semicolons, `-` being the empty one. `file.csv#column` reads
 * one column by its name, `file.csv#first..last` all from one to another. The file is read in pieces, and no further than
 * to one row more than the list may have.
 *
 * @throws UsageError for a field the model does not have, or lines that do not fit the header.
 */
export function putCsv(input: unknown, assignment: string, schema: JsonSchema): CsvTable {
  const at = assignment.indexOf('=');
  const field = assignment.slice(0, at);
  const whole = assignment.slice(at + 1);
  const mark = whole.lastIndexOf('#');
  const [file, chosen] = mark > 0 ? [whole.slice(0, mark), whole.slice(mark + 1)] : [whole, undefined];
  if (at <= 0 || file === '') {
    throw new UsageError(`--csv takes field=file.csv; "${assignment}" is not that.`);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError('The input file holds something other than an object, so --csv has nowhere to go.');
  }
  const parts = field.split('.');
  const list = parts.reduce<JsonSchema | undefined>((node, part) => bare(node)?.properties?.[part], schema);
  const item = bare(bare(list)?.items);
  if (!item) {
    throw new UsageError(`The model has no list named "${field}"; --schema shows what it takes.`);
  }

  const columns = new Columns(file, chosen);
  const values: unknown[] = [];
  const lines = new Lines();
  let take: ((cells: readonly string[], line: number) => unknown) | undefined;
  // One more than the model takes is enough for it to say so.
  const most = bare(list)?.maxItems ?? Number.POSITIVE_INFINITY;
  readCsv(file, ({ line, cells }) => {
    const own = columns.pick(cells, line);
    if (take === undefined) {
      const started = begin(own, item, list!, { own: parts.at(-1)!, field, file, chosen: chosen !== undefined });
      take = started.take;
      columns.names = started.header ? own : [];
      if (started.header) {
        return true;
      }
    }
    values.push(take(own, line));
    lines.add(line);
    return values.length <= most;
  });
  if (take === undefined) {
    throw new UsageError(`${file} line 1: the file is empty.`);
  }
  place(input as Record<string, unknown>, parts, values);

  return {
    locate(path) {
      const match = path.startsWith(`${field}[`) ? /^\[(\d+)\](.*)$/.exec(path.slice(field.length)) : null;
      const line = match && lines.at(Number(match[1]));
      const rest = match?.[2]?.replace(/^\./, '') ?? '';
      const cell = /^\[(\d+)\]$/.exec(rest);
      const column = cell ? (columns.names[Number(cell[1])] ?? `${Number(cell[1]) + 1}`) : rest;
      return line ? `${file} line ${line}${column ? `, column ${column}` : ''}` : undefined;
    },
  };
}

/** What the first record says: whether it is a header, and how every record becomes a value of the list. */
function begin(
  first: readonly string[],
  item: JsonSchema,
  list: JsonSchema,
  { own, field, file, chosen }: { own: string; field: string; file: string; chosen: boolean },
): { readonly header: boolean; readonly take: (cells: readonly string[], line: number) => unknown } {
  const properties = fieldsOf(item);
  if (properties) {
    checkHeader(first, properties, file);
    const converters = first.map((name) => converter(properties[name] ?? {}));
    return {
      header: true,
      take(cells, line) {
        if (cells.length !== first.length) {
          throw new UsageError(`${file} line ${line}: ${count(cells.length)}, but the header has ${first.length}.`);
        }
        const row: Record<string, unknown> = {};
        for (let j = 0; j < first.length; j++) {
          const text = cells[j]!.trim();
          if (text !== '') {
            row[first[j]!] = converters[j]!(text);
          }
        }
        return row;
      },
    };
  }
  const inner = (item.items ?? bare(list)!.items)!;
  const header = chosen || isHeader(first, inner, own);
  const convert = converter(inner);
  if (item.items) {
    return { header, take: (cells) => cells.map((text) => (text.trim() === '' ? null : convert(text.trim()))) };
  }
  // Of several columns, the one that is called as the field is.
  const named = header ? first.indexOf(own) : -1;
  return {
    header,
    take(cells, line) {
      if (cells.length !== 1 && named < 0) {
        throw new UsageError(
          `${file} line ${line}: ${count(cells.length)}, but "${field}" is one column; call it "${own}" in the header, or choose one: --csv ${field}=file.csv#column.`,
        );
      }
      return convert((cells[Math.max(0, named)] ?? '').trim());
    },
  };
}

/** The columns of a file that are read: all, `#column`, or `#first..last`. */
class Columns {
  /** Names in the order of the cells; empty without a header. */
  names: readonly string[] = [];
  readonly #file: string;
  readonly #chosen: string | undefined;
  #span: readonly [from: number, to: number] | undefined;

  constructor(file: string, chosen: string | undefined) {
    this.#file = file;
    this.#chosen = chosen;
  }

  /** The chosen cells of a record; the first record is the header they are chosen by. */
  pick(cells: readonly string[], line: number): readonly string[] {
    if (this.#chosen === undefined) {
      return line === 1 ? cells.map((name) => name.trim()) : cells;
    }
    this.#span ??= this.#find(cells.map((name) => name.trim()));
    const [from, to] = this.#span;
    return cells.slice(from, to + 1);
  }

  #find(header: readonly string[]): readonly [number, number] {
    const [first, last = first] = this.#chosen!.split('..');
    const ends = [first!, last!].map((name) => {
      const at = header.indexOf(name);
      if (at < 0) {
        throw new UsageError(
          `${this.#file} line 1: there is no column "${name}"; the columns are ${header.join(', ')}.`,
        );
      }
      return at;
    });
    return [Math.min(...ends), Math.max(...ends)];
  }
}

/** Lines on which records begin: kept only from where they stop being one after the other. */
class Lines {
  #first = 0;
  #regular = 0;
  #rest: number[] = [];

  add(line: number): void {
    this.#first ||= line;
    if (this.#rest.length === 0 && line === this.#first + this.#regular) {
      this.#regular++;
    } else {
      this.#rest.push(line);
    }
  }

  at(index: number): number | undefined {
    return index < this.#regular ? this.#first + index : this.#rest[index - this.#regular];
  }
}

/** Every field of a schema as [path, description], one level of lists and objects deep at a time. */
export function describeFields(schema: JsonSchema, prefix = ''): string[][] {
  const node = bare(schema);
  return Object.entries((node && fieldsOf(node)) ?? {}).flatMap(([name, field]) => {
    const inner = bare(field);
    const optional = node?.required?.includes(name) && field.default === undefined ? '' : ' (optional)';
    const options = (inner?.enum ?? []).map((value) => JSON.stringify(value)).join(' | ');
    const given = field.default === undefined ? '' : `; default ${JSON.stringify(field.default)}`;
    const text = `${field.description ?? inner?.description ?? ''}${options ? `: ${options}` : ''}${given}${optional}`;
    const items = bare(inner?.items);
    const path = `${prefix}${name}${inner?.items ? '[]' : ''}`;
    return [[path, text], ...describeFields(items && fieldsOf(items) ? items : (inner ?? {}), `${path}.`)];
  });
}

/** A schema without the "or null" around it. */
function bare(schema: JsonSchema | undefined): JsonSchema | undefined {
  const options = schema?.anyOf?.filter((option) => option.type !== 'null');
  return options?.length === 1 ? bare(options[0]) : schema;
}

/** The fields of an object, or of every object a union allows. */
function fieldsOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> | undefined {
  const options = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((option) => fieldsOf(option) ?? []);
  return schema.properties ?? (options.length > 0 ? Object.assign({}, ...options) : undefined);
}

/** Whether the first line of a list of values is a header: not numbers where numbers are wanted, or the field's own name. */
function isHeader(columns: readonly string[], inner: JsonSchema, own: string): boolean {
  if (columns.includes(own)) {
    return true;
  }
  const numeric = types(inner).some((type) => type === 'number' || type === 'integer');
  return numeric && columns.some((text) => text !== '' && !isMissing(text) && Number.isNaN(Number(text)));
}

const isMissing = (text: string) => text === 'null' || text === 'NA';

function types(schema: JsonSchema | undefined): readonly string[] {
  const own = schema?.type === undefined ? [] : [schema.type].flat();
  return [...own, ...(schema?.anyOf ?? []).flatMap(types)];
}

/** How a cell becomes what the schema would have; what does not fit stays text, for the model's own sentence. */
function converter(schema: JsonSchema): (text: string) => unknown {
  const allowed = types(schema);
  const nullable = allowed.includes('null');
  const orNull = (convert: (text: string) => unknown) =>
    nullable ? (text: string) => (isMissing(text) || text === '' ? null : convert(text)) : convert;
  if (allowed.includes('array')) {
    const item = converter(bare(bare(schema)?.items) ?? {});
    return orNull((text) => (text === '-' ? [] : text.split(/\s*[|;]\s*|\s+/).map(item)));
  }
  if (allowed.includes('number') || allowed.includes('integer')) {
    return orNull((text) => {
      const value = Number(text);
      return text === '' || Number.isNaN(value) ? text : value;
    });
  }
  if (allowed.includes('boolean')) {
    return orNull((text) => {
      const word = text.toLowerCase();
      return ['true', 'yes', '1'].includes(word) ? true : ['false', 'no', '0'].includes(word) ? false : text;
    });
  }
  return orNull((text) => text);
}

function checkHeader(columns: readonly string[], known: Readonly<Record<string, unknown>>, file: string): void {
  const unknown = columns.find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${file} line 1: there is no column "${unknown}"; the model knows ${Object.keys(known).join(', ')}.`,
    );
  }
  const twice = columns.find((name, j) => columns.indexOf(name) !== j);
  if (twice !== undefined) {
    throw new UsageError(`${file} line 1: column "${twice}" is there twice.`);
  }
}

function place(input: Record<string, unknown>, parts: readonly string[], values: unknown): void {
  let node = input;
  for (const part of parts.slice(0, -1)) {
    if (typeof node[part] !== 'object' || node[part] === null) {
      node[part] = {};
    }
    node = node[part] as Record<string, unknown>;
  }
  node[parts.at(-1)!] = values;
}

const count = (cells: number) => (cells === 1 ? 'one cell' : `${cells} cells`);
