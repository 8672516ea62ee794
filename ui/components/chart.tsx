import * as Plot from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';
import { useLanguage, useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';
import { type Column, DataTable } from './table.tsx';

export interface ChartProps<Row> {
  /** What the picture shows, in a sentence: read out instead of it. */
  readonly title: string;
  readonly rows: readonly Row[];
  /** Marks and scales for a picture so many pixels wide; width and language are the chart's own. */
  readonly plot: (rows: readonly Row[], width: number) => Plot.PlotOptions;
  /** The same numbers as a table, always beside the picture. */
  readonly columns: readonly Column<Row>[];
  readonly exportAs: string;
}

const narrowest = 280;

/** A picture and its numbers: nobody has to read a value off an axis, and what is shown can be taken away as CSV. */
export function Chart<Row>(props: ChartProps<Row>) {
  const t = useMessages(uiMessages);
  const { language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { rows, plot, title } = props;

  useEffect(() => {
    const element = place.current!;
    const watch = new ResizeObserver(() => setWidth(Math.max(narrowest, Math.floor(element.clientWidth))));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const element = place.current!;
    if (width === 0) {
      return;
    }
    const drawn = Plot.plot({
      ...plot(rows, width),
      width,
      ariaLabel: title,
      style: { fontFamily: 'inherit', fontSize: '13px' },
    });
    // Its rules are in cover.css: the page's policy lets no style in but the console's own.
    for (const style of drawn.querySelectorAll('style')) {
      style.remove();
    }
    drawn.setAttribute('lang', language);
    element.replaceChildren(drawn);
    return () => element.replaceChildren();
  }, [rows, plot, title, width, language]);

  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div ref={place} className="chart-picture" />
      <details>
        <summary>{t('chart.table')}</summary>
        <DataTable
          caption={title}
          exportAs={props.exportAs}
          rows={rows}
          rowKey={(row) => String(rows.indexOf(row))}
          columns={props.columns}
        />
      </details>
    </figure>
  );
}
