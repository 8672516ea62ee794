import type { JsonSchema } from '@serai/kernel/models/schema.ts';
import { UsageError } from './command.ts';
import { parseCsv, readText } from './files.ts';

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
 * lists). A list inside a cell is separated by spaces, bars or semicolons, `-` being the empty one.
 *
 * @throws UsageError for a field the model does not have, or lines that do not fit the header.
 */
export function putCsv(input: unknown, assignment: string, schema: JsonSchema): CsvTable {
  const at = assignment.indexOf('=');
  const field = assignment.slice(0, at);
  const file = assignment.slice(at + 1);
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

  const records = parseCsv(readText(file), file);
  const header = records[0];
  if (!header) {
    throw new UsageError(`${file} line 1: the file is empty.`);
  }
  let columns = header.cells.map((name) => name.trim());
  let body = records.slice(1);
  let values: unknown[];
  const properties = fieldsOf(item);
  if (properties) {
    checkHeader(columns, properties, file);
    values = body.map(({ line, cells }) => {
      if (cells.length !== columns.length) {
        throw new UsageError(`${file} line ${line}: ${count(cells.length)}, but the header has ${columns.length}.`);
      }
      const entries = columns.flatMap((name, j) => {
        const text = cells[j]!.trim();
        return text === '' ? [] : [[name, convert(text, properties[name] ?? {})] as const];
      });
      return Object.fromEntries(entries);
    });
  } else {
    const inner = (item.items ?? bare(list)!.items)!;
    const own = parts.at(-1)!;
    if (!isHeader(columns, inner, own)) {
      body = records;
      columns = [];
    }
    if (item.items) {
      values = body.map(({ cells }) => cells.map((text) => (text.trim() === '' ? null : convert(text.trim(), inner))));
    } else {
      // Of several columns, the one that is called as the field is.
      const column = Math.max(0, columns.indexOf(own));
      values = body.map(({ line, cells }) => {
        if (cells.length !== 1 && columns[column] !== own) {
          throw new UsageError(
            `${file} line ${line}: ${count(cells.length)}, but "${field}" is one column; call it "${own}" in the header.`,
          );
        }
        return convert((cells[column] ?? '').trim(), inner);
      });
    }
  }
  place(input as Record<string, unknown>, parts, values);

  return {
    locate(path) {
      const match = path.startsWith(`${field}[`) ? /^\[(\d+)\](.*)$/.exec(path.slice(field.length)) : null;
      const line = match && body[Number(match[1])]?.line;
      const rest = match?.[2]?.replace(/^\./, '') ?? '';
      const cell = /^\[(\d+)\]$/.exec(rest);
      const column = cell ? (columns[Number(cell[1])] ?? `${Number(cell[1]) + 1}`) : rest;
      return line ? `${file} line ${line}${column ? `, column ${column}` : ''}` : undefined;
    },
  };
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

/** A cell as the schema would have it; what does not fit stays text, for the model's own sentence. */
function convert(text: string, schema: JsonSchema): unknown {
  const allowed = types(schema);
  if ((isMissing(text) || text === '') && allowed.includes('null')) {
    return null;
  }
  if (allowed.includes('array')) {
    const item = bare(bare(schema)?.items) ?? {};
    return text === '-' ? [] : text.split(/\s*[|;]\s*|\s+/).map((part) => convert(part, item));
  }
  if (allowed.includes('number') || allowed.includes('integer')) {
    const value = Number(text);
    return text === '' || Number.isNaN(value) ? text : value;
  }
  if (allowed.includes('boolean')) {
    const word = text.toLowerCase();
    return ['true', 'yes', '1'].includes(word) ? true : ['false', 'no', '0'].includes(word) ? false : text;
  }
  return text;
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
