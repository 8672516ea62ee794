import { inflateRawSync } from 'node:zlib';
import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { parseTable, TableError } from '@serai/kernel/linkage/csv.ts';
import readXlsx from 'read-excel-file/node';

/**
 * A table out of a file somebody sent: CSV in UTF-8 (or UTF-16 with its mark), comma, semicolon or tab; or XLSX. What a cell
 * says is text to us: formulas are read as their last value and never run. A packed file is unpacked only so far.
 */

export interface FileTable {
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
}

export interface FileRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Largest file, in bytes; and what its parts may unpack to. */
export const fileLimitBytes = 10 * 1024 * 1024;
const unpackedLimitBytes = 80 * 1024 * 1024;
const partLimit = 2000;
export const rowLimit = 20_000;

export async function readTableFile(bytes: Buffer): Promise<Result<FileTable>> {
  if (bytes.length > fileLimitBytes) {
    return refuse('enrolment.file-too-large', { megabytes: fileLimitBytes / 1024 / 1024 });
  }
  const table = isZip(bytes) ? await readSheet(bytes) : readText(bytes);
  return table.ok && table.value.rows.length > rowLimit ? refuse('enrolment.too-many', { maximum: rowLimit }) : table;
}

function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

function readText(bytes: Buffer): Result<FileTable> {
  const text = decoded(bytes);
  if (text === undefined || text.includes('\0')) {
    return refuse('enrolment.file-unreadable');
  }
  try {
    const { columns, rows, lines } = parseTable(text);
    return ok({ columns, rows: rows.map((cells, i) => ({ line: lines[i]!, cells })).filter(isFilled) });
  } catch (error) {
    if (error instanceof TableError) {
      return refuse('enrolment.file-unreadable', { line: error.line });
    }
    throw error;
  }
}

function decoded(bytes: Buffer): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function readSheet(bytes: Buffer): Promise<Result<FileTable>> {
  if (!unpacksWithin(bytes, unpackedLimitBytes)) {
    return refuse('enrolment.file-unreadable');
  }
  let rows: readonly (readonly unknown[])[];
  try {
    const [sheet] = await readXlsx(bytes);
    rows = sheet?.data ?? [];
  } catch {
    return refuse('enrolment.file-unreadable');
  }
  const [head, ...body] = rows;
  const columns = (head ?? []).map(cellText);
  while (columns.at(-1) === '') {
    columns.pop();
  }
  if (columns.length === 0 || columns.includes('') || new Set(columns).size < columns.length) {
    return refuse('enrolment.file-unreadable', { line: 1 });
  }
  return ok({
    columns,
    rows: body
      .map((row, i) => ({ line: i + 2, cells: columns.map((_, column) => cellText(row[column])) }))
      .filter(isFilled),
  });
}

function isFilled(row: FileRow): boolean {
  return row.cells.some((cell) => cell !== '');
}

/** A date of a sheet is a day, whatever the zone of this machine. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) {
    return '';
  }
  return cell instanceof Date ? dayOfInstant(cell) : String(cell).trim();
}

/**
 * Unpacks every part of a ZIP file and forgets it, counting: what a file says of its own size is not believed.
 * @returns false where it is no ZIP file, has more parts than a sheet has, or unpacks to more than the limit.
 */
export function unpacksWithin(bytes: Buffer, limit: number): boolean {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) {
    return false;
  }
  const parts = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let left = limit;
  for (let part = 0; part < parts; part++) {
    if (part >= partLimit || at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
      return false;
    }
    const unpacked = partSize(bytes, at, left);
    if (unpacked === undefined) {
      return false;
    }
    left -= unpacked;
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return true;
}

/** Bytes a part unpacks to; undefined where that is more than `most`, or it cannot be unpacked. */
function partSize(bytes: Buffer, at: number, most: number): number | undefined {
  const method = bytes.readUInt16LE(at + 10);
  const packed = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) {
    return undefined;
  }
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(from, from + packed);
  if (method === 0) {
    return data.length <= most ? data.length : undefined;
  }
  try {
    return most > 0 && method === 8 ? inflateRawSync(data, { maxOutputLength: most }).length : undefined;
  } catch {
    return undefined;
  }
}
