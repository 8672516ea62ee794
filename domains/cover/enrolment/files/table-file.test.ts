import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fileLimitBytes, readTableFile, rowLimit } from './table-file.store.ts';

/** Files as they come: what is a table is read, the rest is refused by name, and quickly. */

const code = async (bytes: Uint8Array) => {
  const read = await readTableFile(Buffer.from(bytes));
  return read.ok ? read.value : read.code;
};
const names = async (bytes: Uint8Array) => {
  const read = await code(bytes);
  return typeof read === 'string' ? read : read.rows.map((row) => row.cells[0]);
};

describe('text', () => {
  const list = 'Name,Birth\nสมหญิง ใจดี,2533\n';
  const utf16 = (text: string, mark: number[], big: boolean) => {
    const bytes = Buffer.from(text, 'utf16le');
    return Buffer.concat([Buffer.from(mark), big ? bytes.swap16() : bytes]);
  };

  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(list)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${list}`)],
    ['UTF-16, little end first', utf16(list, [0xff, 0xfe], false)],
    ['UTF-16, big end first', utf16(list, [0xfe, 0xff], true)],
    ['semicolons', Buffer.from(list.replaceAll(',', ';'))],
    ['tabs', Buffer.from(list.replaceAll(',', '\t'))],
    ['lines of Windows', Buffer.from(list.replaceAll('\n', '\r\n'))],
    ['quotes', Buffer.from('"Name","Birth"\n"สมหญิง ใจดี","2533"\n')],
  ])('%s', async (_, bytes) => {
    expect(await code(bytes)).toMatchObject({ columns: ['Name', 'Birth'], rows: [{ line: 2 }] });
    expect(await names(bytes)).toEqual(['สมหญิง ใจดี']);
  });

  /** Of each Thai letter its byte in Windows-874. */
  const windows874 = (text: string) =>
    Buffer.from(
      [...text].map((letter) => (letter >= '\u0e01' ? letter.codePointAt(0)! - 0x0e01 + 0xa1 : letter.charCodeAt(0))),
    );

  test('Windows-874, as older Thai machines write: read, and said', async () => {
    const read = await code(windows874('ชื่อ,วันเกิด\nสมหญิง ใจดี,๒๕๓๓\n'));
    expect(read).toMatchObject({ encoding: 'windows-874', columns: ['ชื่อ', 'วันเกิด'] });
    expect(await names(windows874('Name,Birth\nสมหญิง ใจดี,2533\n'))).toEqual(['สมหญิง ใจดี']);
    expect(await code(Buffer.from('Name,Birth\nMa,1990\n'))).not.toHaveProperty('encoding');
  });

  test.each<[string, string, Uint8Array]>([
    [
      'Latin-1, which looks like it',
      'enrolment.file-unreadable',
      Buffer.from('Name,Birth\nJosé Muñoz,1990\n', 'latin1'),
    ],
    ['a picture', 'enrolment.file-unreadable', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])],
    ['nothing', 'enrolment.file-line-unreadable', Buffer.alloc(0)],
    ['a line with a cell too many', 'enrolment.file-line-unreadable', Buffer.from('Name,Birth\nMa,1990,x\n')],
    ['a quote that is not closed', 'enrolment.file-line-unreadable', Buffer.from('Name,Birth\n"Ma,1990\n')],
    ['two columns of one name', 'enrolment.file-line-unreadable', Buffer.from('Name,Name\nMa,1990\n')],
    ['a byte more than is taken', 'enrolment.file-too-large', Buffer.alloc(fileLimitBytes + 1, 'x')],
    ['a line more than is taken', 'enrolment.too-many', Buffer.from(`Name,Birth\n${'Ma,1990\n'.repeat(rowLimit + 1)}`)],
    ['ten megabytes of nothing but separators', 'enrolment.file-line-unreadable', Buffer.alloc(fileLimitBytes, ',')],
    ['ten megabytes of quotes', 'enrolment.file-line-unreadable', Buffer.alloc(fileLimitBytes - 1, '"')],
  ])('%s: %s', async (_, refusal, bytes) => {
    expect(await code(bytes)).toBe(refusal);
  });
});

/** A ZIP file of these parts, packed. */
function zipOf(parts: Readonly<Record<string, Buffer>>): Buffer {
  const written: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, place, Buffer.from(name));
    const local = [Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data];
    written.push(...local);
    at += local.reduce((sum, each) => sum + each.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(parts).length, 4);
  end.writeUInt16LE(Object.keys(parts).length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...written, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

// ---- Workbooks --------------------------------------------------------------------------------------------------------

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const xml = (text: string) => Buffer.from(`<?xml version="1.0"?>${text}`);
const relation = (type: string, target: string) =>
  xml(
    `<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}"/></Relationships>`,
  );

/** A workbook of one sheet with this inside. */
function workbook(inside: string, head = ''): Buffer {
  return zipOf({
    '[Content_Types].xml': xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': xml(`${head}<worksheet xmlns="${spreadsheet}">${inside}</worksheet>`),
  });
}
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const heading = `<row r="1">${cell('A1', 'Name')}${cell('B1', 'Birth')}</row>`;
const sheet = (rows: string) => workbook(`<sheetData>${heading}${rows}</sheetData>`);

describe('workbooks', () => {
  test('a sheet is read, with its gaps', async () => {
    const rows = `<row r="2">${cell('A2', 'Ma')}${cell('B2', '1990')}</row><row r="9">${cell('A9', 'Mi')}</row>`;
    expect(await code(sheet(rows))).toMatchObject({
      rows: [
        { line: 2, cells: ['Ma', '1990'] },
        { line: 9, cells: ['Mi', ''] },
      ],
    });
  });

  test.each<[string, string, Uint8Array]>([
    [
      'one cell in the last row and column there is',
      'enrolment.sheet-too-far',
      sheet(`<row r="1048576">${cell('XFD1048576', 'x')}</row>`),
    ],
    ['one cell in the last column', 'enrolment.sheet-too-far', sheet(`<row r="2">${cell('XFD2', 'x')}</row>`)],
    ['one cell far down', 'enrolment.sheet-too-far', sheet(`<row r="900000">${cell('A900000', 'x')}</row>`)],
    ['a row beyond all sheets', 'enrolment.sheet-too-far', sheet(`<row r="999999999">${cell('A2', 'x')}</row>`)],
    [
      'a place written in entities',
      'enrolment.file-unreadable',
      sheet(`<row r="2">${cell('&#88;FD1048576', 'x')}</row>`),
    ],
    ['a place that is none', 'enrolment.file-unreadable', sheet(`<row r="2">${cell('2A', 'x')}</row>`)],
    ['a tag that hides its place', 'enrolment.file-unreadable', sheet(`<row r="2"><c x=">" r="XFD1048576<"/></row>`)],
    ['more rows than are taken', 'enrolment.too-many', sheet(`<row>${cell('A2', 'x')}</row>`.repeat(rowLimit + 1))],
    [
      'a million cells in one row',
      'enrolment.sheet-too-far',
      sheet(`<row r="2">${'<c><v>1</v></c>'.repeat(1_000_000)}</row>`),
    ],
    ['a part that unpacks without end', 'enrolment.file-unreadable', sheet(' '.repeat(60_000_000))],
    ['no sheet', 'enrolment.file-unreadable', zipOf({ 'a.txt': Buffer.from('Name,Birth') })],
    ['half a file', 'enrolment.file-unreadable', sheet('').slice(0, 300)],
  ])('%s: %s', async (_, refusal, bytes) => {
    expect(bytes.length).toBeLessThan(2_000_000);
    expect(await code(bytes)).toBe(refusal);
  });

  test('entities that would grow are text, if anything', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>';
    const read = await names(
      workbook(`<sheetData>${heading}<row r="2">${cell('A2', '&c;&c;')}</row></sheetData>`, bomb),
    );
    expect(String(read).length).toBeLessThan(60);
  });
});
