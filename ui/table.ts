/** Whether a value is a day or a short code: read at a glance, and so never broken over two lines. */
export function isUnbroken(value: string | number): boolean {
  return typeof value === 'number' || /^(?=\S*\d)[\w:.-]{2,24}$/.test(value);
}

export interface SortOrder {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

/** Sorted copy: numbers by value, texts as the language sorts them; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  value: (row: Row) => string | number,
  direction: SortOrder['direction'],
  language: string,
): readonly Row[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((left, right) => {
    const a = value(left);
    const b = value(right);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  });
}

/**
 * RFC 4180 text. A cell that a spreadsheet would run as a formula is led by an apostrophe: a name someone typed
 * must not become a command on the computer of whoever opens the export.
 */
export function toCsv<Row>(
  columns: readonly { readonly title: string; readonly value: (row: Row) => string | number }[],
  rows: readonly Row[],
): string {
  const lines = [
    columns.map((column) => cell(column.title)),
    ...rows.map((row) => columns.map((column) => cell(column.value(row)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
