import { isDay } from '@serai/kernel/base/days.ts';
import { readDate } from '@serai/kernel/linkage/dates.ts';
import { readTableFile } from '../files/table-file.store.ts';
import { readAmount } from '../roster.ts';
import type { ChannelFile, PaymentAdapter, ReadStatement, StatementLine } from './payment-adapter.ts';

/** The adapter of a provider's downloaded statement, CSV or XLSX, by the columns its file has. */
export function statementFile(channel: ChannelFile): PaymentAdapter {
  return {
    channel: channel.channel,
    id: channel.id,
    read: async (bytes) => {
      const table = await readTableFile(Buffer.from(bytes));
      if (!table.ok) {
        return { lines: [], passedOver: 0, unreadable: [], missing: ['file'] };
      }
      const { columns, rows } = table.value;
      const at = (title: string | undefined) =>
        title === undefined ? -1 : columns.findIndex((each) => fold(each) === fold(title));
      const { reference, date, amount, note, status } = channel.columns;
      const missing = [reference, date, amount].filter((title) => at(title) < 0);
      if (missing.length > 0) {
        return { lines: [], passedOver: 0, unreadable: [], missing };
      }
      const lines: StatementLine[] = [];
      const unreadable: { line: number; field: 'reference' | 'date' | 'amount' }[] = [];
      let passedOver = 0;
      for (const row of rows) {
        const cell = (title: string | undefined) => (row.cells[at(title)] ?? '').normalize('NFC').trim();
        const raw = cell(amount);
        const done =
          status === undefined || !channel.completed || channel.completed.map(fold).includes(fold(cell(status)));
        if (!done || /^[-(−]/.test(raw)) {
          passedOver += 1;
          continue;
        }
        const read = readLine(row.line, { reference: cell(reference), date: cell(date), amount: raw }, channel);
        if ('field' in read) {
          unreadable.push(read);
        } else {
          lines.push({ ...read, note: cell(note).slice(0, 200) });
        }
      }
      return { lines, passedOver, unreadable, missing: [] } satisfies ReadStatement;
    },
  };
}

function readLine(
  line: number,
  cells: { readonly reference: string; readonly date: string; readonly amount: string },
  channel: ChannelFile,
): Omit<StatementLine, 'note'> | { line: number; field: 'reference' | 'date' | 'amount' } {
  if (cells.reference === '' || cells.reference.length > 100) {
    return { line, field: 'reference' };
  }
  // The time of day after a date is not read.
  const date = readDate(cells.date.replace(/[T ]\d{1,2}:\d{2}.*$/, ''), { order: channel.dates });
  const two = (value: number) => String(value).padStart(2, '0');
  const receivedOn = date && `${date.year}-${two(date.month)}-${two(date.day)}`;
  if (!receivedOn || !isDay(receivedOn)) {
    return { line, field: 'date' };
  }
  const amount = readAmount(cells.amount, channel.currency);
  return amount && amount.minor > 0n
    ? { line, reference: cells.reference, receivedOn, amount }
    : { line, field: 'amount' };
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
