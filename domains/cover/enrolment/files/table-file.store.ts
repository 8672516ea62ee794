import { inflateRawSync } from 'node:zlib';
import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { parseTable, TableError } from '@serai/kernel/linkage/csv.ts';
import readXlsx from 'read-excel-file/node';
import { type SheetFault, sheetFault } from './sheet-bounds.ts';
import { looksThai } from './thai-text.ts';

/**
 * A table out of a file somebody sent: CSV in UTF-8 (or UTF-16 with its mark, or the Windows-874 of older Thai machines),
 * comma, semicolon or tab; or XLSX. What a cell says is text to us: formulas are read as their last value and never run. A
 * packed file is unpacked only so far, and a sheet is read only where it is no wider and longer than a list.
 */

export interface FileTable {
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
  /** The text was in an old encoding that says nothing of itself: somebody should look at the names. */
  readonly encoding?: 'windows-874';
}

export interface FileRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Largest file, in bytes; and what its parts may unpack to. */
export const fileLimitBytes = 10 * 1024 * 1024;
const unpackedLimitBytes = 48 * 1024 * 1024;
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
  const decoded = decode(bytes);
  if (decoded === undefined || decoded.text.includes('\0')) {
    return refuse('enrolment.file-unreadable');
  }
  try {
    const { columns, rows, lines } = parseTable(decoded.text);
    return ok({
      columns,
      rows: rows.map((cells, i) => ({ line: lines[i]!, cells })).filter(isFilled),
      ...(decoded.encoding && { encoding: decoded.encoding }),
    });
  } catch (error) {
    if (error instanceof TableError) {
      return refuse('enrolment.file-line-unreadable', { line: error.line });
    }
    throw error;
  }
}

function decode(bytes: Buffer): { readonly text: string; readonly encoding?: 'windows-874' } | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const text = decodedAs(encoding, bytes);
  if (text !== undefined || encoding !== 'utf-8') {
    return text === undefined ? undefined : { text };
  }
  const thai = decodedAs('windows-874', bytes);
  return thai !== undefined && looksThai(thai) ? { text: thai, encoding: 'windows-874' } : undefined;
}

function decodedAs(encoding: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const refusals: Readonly<Record<SheetFault, () => Result<never>>> = {
  unreadable: () => refuse('enrolment.file-unreadable'),
  'too-far': () => refuse('enrolment.sheet-too-far'),
  'too-many': () => refuse('enrolment.too-many', { maximum: rowLimit }),
};

async function readSheet(bytes: Buffer): Promise<Result<FileTable>> {
  const fault = workbookFault(bytes);
  if (fault) {
    return refusals[fault]();
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

/** What speaks against reading a workbook; undefined for nothing. */
function workbookFault(bytes: Buffer): SheetFault | undefined {
  let fault: SheetFault | undefined;
  const read = unpacksWithin(bytes, unpackedLimitBytes, (part) => {
    fault ??= sheetFault(part.toString('latin1'), rowLimit);
  });
  return read ? fault : 'unreadable';
}

/**
 * Unpacks every part of a ZIP file and forgets it, counting: what a file says of its own size is not believed.
 * @returns false where it is no ZIP file, has more parts than a sheet has, or unpacks to more than the limit.
 */
export function unpacksWithin(bytes: Buffer, limit: number, look: (part: Buffer) => void = () => {}): boolean {
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
    const unpacked = unpackedPart(bytes, at, left);
    if (unpacked === undefined) {
      return false;
    }
    look(unpacked);
    left -= unpacked.length;
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return true;
}

/** A part of a ZIP file; undefined where it unpacks to more than `most`, or cannot be unpacked. */
function unpackedPart(bytes: Buffer, at: number, most: number): Buffer | undefined {
  const method = bytes.readUInt16LE(at + 10);
  const packed = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) {
    return undefined;
  }
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(from, from + packed);
  if (method === 0) {
    return data.length <= most ? data : undefined;
  }
  try {
    return most > 0 && method === 8 ? inflateRawSync(data, { maxOutputLength: most }) : undefined;
  } catch {
    return undefined;
  }
}
