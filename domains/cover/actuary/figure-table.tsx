import * as Plot from '@observablehq/plot';
import { type Messages, translate } from '@serai/kernel/i18n/i18n.ts';
import { Chart } from '@serai/ui/components/chart.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import type { Format } from '@serai/ui/format.ts';
import { useFormat, useLanguage } from '@serai/ui/language.tsx';
import { useCallback, useMemo } from 'react';
import { columnMessages, findingMessages, tableMessages, wordMessages } from './figures.messages.ts';
import type { Cell, FigureColumn, FigureTable, Finding, Picture } from './figures.ts';

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

export function FindingNotes({ findings }: { readonly findings: readonly Finding[] }) {
  const word = useWord();
  return findings.map((finding) => (
    <Notice key={finding.id} tone={finding.tone} code={finding.id}>
      <p>{word(findingMessages, finding.id, finding.values)}</p>
    </Notice>
  ));
}

/** A number as its column says it is read. */
function shown(cell: Cell, column: FigureColumn, format: Format): string {
  if (cell === null) {
    return '–';
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
  const name = word(tableMessages, table.id);
  const title = table.currency ? `${name} (${table.currency})` : name;
  const columns = useMemo(
    () =>
      table.columns.map((column, at): Column<Row> => {
        const text = (cell: Cell) =>
          column.kind === 'word' && typeof cell === 'string' ? word(wordMessages, cell) : shown(cell, column, format);
        return {
          key: `${column.id}-${column.age ?? ''}`,
          title: word(columnMessages, column.id, column.age === undefined ? {} : { age: column.age }),
          value: (row) => (column.kind === 'word' ? text(row[at]!) : (row[at] ?? '')),
          show: (row) => text(row[at]!),
          numeric: !['text', 'word', 'month'].includes(column.kind),
        };
      }),
    [table, word, format],
  );
  const exportAs = table.id.replaceAll('.', '-');
  return table.picture ? (
    <Drawn table={table} picture={table.picture} title={title} columns={columns} exportAs={exportAs} />
  ) : (
    <section className="stack">
      <h3>{title}</h3>
      <DataTable caption={title} exportAs={exportAs} rows={table.rows} rowKey={rowKey(table.rows)} columns={columns} />
    </section>
  );
}

const rowKey = (rows: readonly Row[]) => (row: Row) => String(rows.indexOf(row));

function Drawn(props: {
  readonly table: FigureTable;
  readonly picture: Picture;
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly exportAs: string;
}) {
  const { table, picture, columns } = props;
  const plot = useCallback((rows: readonly Row[]) => plotOf(table, picture, columns, rows), [table, picture, columns]);
  return <Chart title={props.title} rows={table.rows} plot={plot} columns={columns} exportAs={props.exportAs} />;
}

interface Point {
  readonly x: string | number;
  readonly y: number;
  readonly series: string;
}

/** Each series under the head of its column; a band where the table has one. */
function plotOf(
  table: FigureTable,
  picture: Picture,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Plot.PlotOptions {
  const at = (id: string) => table.columns.findIndex((column) => column.id === id);
  const xAt = at(picture.x);
  const xOf = (row: Row) => (table.columns[xAt]!.kind === 'word' ? columns[xAt]!.value(row) : (row[xAt] ?? ''));
  const points = picture.y.flatMap((id): Point[] => {
    const index = at(id);
    return rows.flatMap((row) =>
      row[index] === null ? [] : [{ x: xOf(row), y: Number(row[index]), series: columns[index]!.title }],
    );
  });
  const channels = { x: 'x', y: 'y' } as const;
  const many = picture.y.length > 1;
  const ordinal = rows.length > 0 && typeof xOf(rows[0]!) === 'string';
  const share = table.columns[at(picture.y[0]!)]!.kind === 'share';
  const marks =
    picture.kind === 'bar'
      ? [Plot.barY(points, { ...channels, ...(many ? { x: 'series', fx: 'x' } : {}), fill: 'series' })]
      : [
          ...band(rows, picture, at, xOf),
          Plot.line(points, { ...channels, stroke: 'series' }),
          Plot.dot(points, { ...channels, stroke: 'series', r: 2.5 }),
        ];
  return {
    height: 260,
    marginLeft: 64,
    marginBottom: 48,
    color: { legend: true, scheme: 'observable10' },
    x: {
      label: null,
      ...(ordinal && picture.kind === 'line' && { type: 'point', tickRotate: -40 }),
      ...(picture.kind === 'bar' && many && { axis: null }),
    },
    ...(picture.kind === 'bar' && many && { fx: { label: null } }),
    y: { grid: true, label: null, ...(share && { percent: true }), zero: true },
    marks: [...marks, Plot.ruleY([0])],
  };
}

function band(rows: readonly Row[], { low, high }: Picture, at: (id: string) => number, xOf: (row: Row) => unknown) {
  if (!low || !high) {
    return [];
  }
  const known = rows.filter((row) => row[at(low)] !== null && row[at(high)] !== null);
  return [
    Plot.areaY(known, {
      x: xOf as (row: Row) => string,
      y1: (row: Row) => Number(row[at(low)]),
      y2: (row: Row) => Number(row[at(high)]),
      fillOpacity: 0.15,
    }),
  ];
}
