/**
 * How far a sheet reaches, before anybody builds it: a file of a kilobyte can place one cell in row 1,048,576 and column
 * 16,384, and whoever lays out all the cells between them has no memory left. The tags are only counted here.
 */

/** Columns and rows a list of people or payments may have, its heading included. */
export const columnLimit = 256;

export type SheetFault = 'unreadable' | 'too-far' | 'too-many';

const opened = /<(?:[\w.-]+:)?(?:c|row)(?=[\s/>])/g;
const whole = /<(?:[\w.-]+:)?(c|row)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/g;
const place = /\sr\s*=\s*["']([^"']*)["']/;

/**
 * What speaks against reading a part of a workbook; undefined for nothing, and for parts that hold no cells.
 * @param rowLimit rows below the heading that are read.
 */
export function sheetFault(xml: string, rowLimit: number): SheetFault | undefined {
  let tags = 0;
  let rows = 0;
  let cellsOfRow = 0;
  for (const [, tag, attributes] of xml.matchAll(whole)) {
    tags += 1;
    rows += tag === 'row' ? 1 : 0;
    cellsOfRow = tag === 'row' ? 0 : cellsOfRow + 1;
    const at = place.exec(attributes!)?.[1];
    const [, column = '', row] = at === undefined ? [] : (/^([A-Z]*)(\d{1,9})$/.exec(at) ?? ['', '', '']);
    if (at !== undefined && !row) {
      return 'unreadable';
    }
    if (columnNumber(column) > columnLimit || cellsOfRow > columnLimit) {
      return 'too-far';
    }
    if (rows > rowLimit + 1) {
      return 'too-many';
    }
    // A list may have a gap; one that begins far down, or ends there after nothing, is a slip of the sheet.
    if (Number(row ?? 0) > 2 * (rowLimit + 1)) {
      return 'too-far';
    }
  }
  return (xml.match(opened)?.length ?? 0) === tags ? undefined : 'unreadable';
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.slice(0, 8)) {
    number = number * 26 + letter.charCodeAt(0) - 64;
  }
  return number;
}
