import * as Plot from '@observablehq/plot';
import { useCallback } from 'react';
import { Chart } from './chart.tsx';
import type { Column } from './table.tsx';

/** Which columns of a table are drawn, and how. */
export interface SeriesPicture {
  readonly kind: 'line' | 'bar';
  /** Keys of columns. */
  readonly x: string;
  readonly y: readonly string[];
  /** Columns of a band around the lines. */
  readonly low?: string;
  readonly high?: string;
  /** Values are shares from 0 to 1, read as percent. */
  readonly share?: boolean;
  /** What the values are in, written at their axis: `THB`; absent for shares. */
  readonly unit?: string;
}

export interface SeriesChartProps<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly picture: SeriesPicture;
  readonly exportAs: string;
}

interface Point {
  readonly x: string | number;
  readonly y: number;
  readonly series: string;
}

/** Columns of a table as lines or bars, each named by its head. */
export function SeriesChart<Row>({ title, rows, columns, picture, exportAs }: SeriesChartProps<Row>) {
  const plot = useCallback(
    (shown: readonly Row[], width: number) => plotOf(picture, columns, shown, width),
    [picture, columns],
  );
  return <Chart title={title} rows={rows} plot={plot} columns={columns} exportAs={exportAs} />;
}

/** How much room a slanted label of an axis takes beside the next. */
const pixelsPerTick = 34;

/** Those of the values an axis can name without one running into the next: all, or every second, third, … */
export function ticksThatFit<Value>(values: readonly Value[], width: number): readonly Value[] {
  const step = Math.max(1, Math.ceil(values.length / Math.max(1, Math.floor(width / pixelsPerTick))));
  return values.filter((_, index) => index % step === 0);
}

function plotOf<Row>(
  picture: SeriesPicture,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): Plot.PlotOptions {
  const column = (key: string) => columns.find((each) => each.key === key)!;
  const x = column(picture.x);
  const points = picture.y.flatMap((key): Point[] => {
    const { title, value } = column(key);
    return rows.flatMap((row) =>
      value(row) === '' ? [] : [{ x: x.value(row), y: Number(value(row)), series: title }],
    );
  });
  const groups = picture.kind === 'bar' && picture.y.length > 1;
  const marginLeft = 68;
  const ticks = ticksThatFit([...new Set(points.map((point) => point.x))], width - marginLeft);
  const ordinal = typeof points[0]?.x === 'string';
  const labels = new Set(ordinal ? points.map((point) => String(point.x)) : []);
  // Long names of many bars lie on each other unless they are turned.
  const turned = picture.kind === 'line' ? ordinal : [...labels].join('').length > 36;
  const largest = points.reduce((most, { y }) => Math.max(most, Math.abs(y)), 0);
  const places = { ...(turned && { tickRotate: -32 }), label: x.title, labelAnchor: 'right' as const };
  // A turned name goes down by about half its length: the longest must not run out of the picture.
  const longest = [...labels].reduce((most, label) => Math.max(most, label.length), 0);
  const below = turned ? Math.min(180, Math.max(92, Math.round(44 + 3.4 * longest))) : 48;
  return {
    height: (turned && picture.kind === 'bar' ? 228 : turned ? 188 : 232) + below,
    marginLeft,
    marginTop: 28,
    marginBottom: below,
    color: { legend: true, scheme: 'observable10', domain: picture.y.map((key) => column(key).title) },
    // A bar's place is named once for its group, below it.
    x: groups
      ? { axis: null, domain: picture.y.map((key) => column(key).title) }
      : { ...places, ...(ordinal && picture.kind === 'line' && { type: 'point', ticks }) },
    ...(groups && { fx: { ...places, domain: [...labels] } }),
    y: {
      grid: true,
      label: picture.share ? '%' : (picture.unit ?? null),
      labelArrow: 'none',
      zero: true,
      ...(picture.share && { percent: true }),
      ...(largest >= 100_000 && { tickFormat: (value: number) => compact.format(value) }),
    },
    marks: [
      ...(picture.kind === 'bar'
        ? [Plot.barY(points, { x: groups ? 'series' : 'x', y: 'y', fill: 'series', ...(groups && { fx: 'x' }) })]
        : [
            ...bandOf(picture, columns, rows),
            Plot.line(points, { x: 'x', y: 'y', stroke: 'series' }),
            Plot.dot(points, { x: 'x', y: 'y', stroke: 'series', r: 2.5 }),
          ]),
      Plot.ruleY([0]),
    ],
  };
}

/** 15,000,000 at an axis is 15M: the numbers themselves are in the table beside it. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function bandOf<Row>(picture: SeriesPicture, columns: readonly Column<Row>[], rows: readonly Row[]) {
  const column = (key: string | undefined) => columns.find((each) => each.key === key);
  const [x, low, high] = [column(picture.x), column(picture.low), column(picture.high)];
  if (!x || !low || !high) {
    return [];
  }
  const edges = rows.flatMap((row) =>
    low.value(row) === '' || high.value(row) === ''
      ? []
      : [{ x: x.value(row), low: Number(low.value(row)), high: Number(high.value(row)) }],
  );
  return [Plot.areaY(edges, { x: 'x', y1: 'low', y2: 'high', fillOpacity: 0.15 })];
}
