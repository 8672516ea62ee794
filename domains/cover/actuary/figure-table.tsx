import { type Messages, translate } from '@serai/kernel/i18n/i18n.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { SeriesChart, type SeriesPicture } from '@serai/ui/components/series-chart.tsx';
import { type Column, DataTable, downloadText } from '@serai/ui/components/table.tsx';
import type { Format } from '@serai/ui/format.ts';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { toCsv } from '@serai/ui/table.ts';
import { uiMessages } from '@serai/ui/ui.messages.ts';
import { useCallback, useMemo } from 'react';
import { columnMessages, findingMessages, tableMessages, wordMessages } from './figures.messages.ts';
import type { Cell, FigureColumn, FigureTable, Finding } from './figures.ts';

/** Tables, pictures and findings of the actuary's numbers, in the reader's words. */

type Row = readonly Cell[];

/** A text of a table of messages by a key that came from the node; the key itself where there is none. */
export function useWord(): (
  messages: Messages,
  key: string,
  values?: Readonly<Record<string, string | number>>,
) => string {
  const { language } = useLanguage();
  return useCallback(
    (messages, key, values) => (Object.hasOwn(messages, key) ? translate(messages, language, key, values) : key),
    [language],
  );
}

/** Values that are words, in the reader's own. */
function wordsOf(values: NonNullable<Finding['values']>, word: ReturnType<typeof useWord>) {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === 'string' ? word(wordMessages, value) : value]],
    ),
  );
}

export function FindingNotes({ findings }: { readonly findings: readonly Finding[] }) {
  const word = useWord();
  return findings.map((finding) => (
    <Notice key={finding.id} tone={finding.tone} code={finding.id}>
      <p>{word(findingMessages, finding.id, wordsOf(finding.values ?? {}, word))}</p>
    </Notice>
  ));
}

/** A number as its column says it is read. */
function shown(cell: Cell, column: FigureColumn, format: Format): string {
  if (cell === null) {
    // What a triangle does not know yet is left free, as triangles are read.
    return column.age === undefined ? '–' : '';
  }
  if (typeof cell === 'string') {
    return column.kind === 'month' ? format.date(cell) : column.kind === 'money' ? grouped(cell) : cell;
  }
  switch (column.kind) {
    case 'share':
      return `${format.number(Math.round(cell * 1000) / 10)} %`;
    case 'money':
      return format.number(Math.abs(cell) >= 1000 ? Math.round(cell) : Math.round(cell * 100) / 100);
    case 'decimal':
      return format.number(Math.abs(cell) >= 1000 ? Math.round(cell) : Number(cell.toPrecision(4)));
    default:
      return format.number(cell);
  }
}

/** An exact amount, digit by digit. */
const grouped = (amount: string) => amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

export function FigureView({ table }: { readonly table: FigureTable }) {
  const word = useWord();
  const format = useFormat();
  const ui = useMessages(uiMessages);
  const name = word(tableMessages, table.id);
  const title = table.currency ? `${name} (${table.currency})` : name;
  const columns = useMemo(
    () =>
      table.columns.map((column, at): Column<Row> => {
        const text = (cell: Cell) =>
          column.kind === 'word' && typeof cell === 'string' ? word(wordMessages, cell) : shown(cell, column, format);
        return {
          key: column.age === undefined ? column.id : `${column.id}-${column.age}`,
          title:
            column.age === undefined
              ? word(columnMessages, column.id === 'age' ? 'elapsed' : column.id)
              : word(columnMessages, column.id, { age: column.age }),
          value: (row) => (column.kind === 'word' ? text(row[at]!) : (row[at] ?? '')),
          show: (row) => text(row[at]!),
          numeric: !['text', 'word', 'month'].includes(column.kind),
        };
      }),
    [table, word, format],
  );
  const picture = useMemo((): SeriesPicture | undefined => {
    const first = table.columns.find((column) => column.id === table.picture?.y[0]);
    return (
      table.picture && {
        ...table.picture,
        share: first?.kind === 'share',
        ...(first?.kind === 'money' && table.currency && { unit: table.currency }),
      }
    );
  }, [table]);
  const exportAs = table.id.replaceAll('.', '-');
  // A short table has no tools of its own, and can be taken away all the same.
  const short = table.rows.length <= withoutTools && (
    <div className="only-screen">
      <Button kind="quiet" onClick={() => downloadText(`${exportAs}.csv`, toCsv(columns, table.rows))}>
        {ui('table.export')}
      </Button>
    </div>
  );
  const className = `stack-tight${table.columns.length > columnsOfPage ? ' wide' : ''}${table.columns.length > columnsOfSize ? ' dense' : ''}`;
  return picture ? (
    <section className={className}>
      <SeriesChart rows={table.rows} picture={picture} title={title} columns={columns} exportAs={exportAs} />
      {short}
    </section>
  ) : (
    <section className={className}>
      <h3>{title}</h3>
      <DataTable caption={title} exportAs={exportAs} rows={table.rows} rowKey={rowKey(table.rows)} columns={columns} />
      {short}
    </section>
  );
}

/** More columns than this are printed on a page that lies on its side. */
const columnsOfPage = 14;
/** And more than this in a smaller size. */
const columnsOfSize = 9;

/** Tables of so many rows are shown without filter and export. */
const withoutTools = 4;

const rowKey = (rows: readonly Row[]) => (row: Row) => String(rows.indexOf(row));
