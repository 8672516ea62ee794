import { type ReactNode, useId, useMemo, useState } from 'react';
import { useFormat, useLanguage, useMessages } from '../language.tsx';
import { isUnbroken, type SortOrder, sortRows, toCsv } from '../table.ts';
import { uiMessages } from '../ui.messages.ts';
import { Button } from './button.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** The value sorting, filtering and export go by. */
  readonly value: (row: Row) => string | number;
  /** What is shown; absent: the value. */
  readonly show?: (row: Row) => ReactNode;
  readonly numeric?: boolean;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly initialSort?: SortOrder;
  /** File name of the export, without extension; absent: no export. */
  readonly exportAs?: string;
}

/** Rows that sort, filter and export. On a narrow screen each row becomes a card, its cells named. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useMessages(uiMessages);
  const { language } = useLanguage();
  const filterId = useId();
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<SortOrder | undefined>(props.initialSort);
  const shown = useMemo(() => {
    const words = filter.trim().toLocaleLowerCase();
    const kept = words
      ? props.rows.filter((row) =>
          props.columns.some((column) => String(column.value(row)).toLocaleLowerCase().includes(words)),
        )
      : props.rows;
    const column = props.columns.find((candidate) => candidate.key === sort?.key);
    return column && sort ? sortRows(kept, column.value, sort.direction, language) : kept;
  }, [props.rows, props.columns, filter, sort, language]);

  return (
    <div className="data-table">
      {props.rows.length > 4 && (
        <div className="table-tools">
          <label className="only-spoken" htmlFor={filterId}>
            {t('table.filter')}
          </label>
          <input
            id={filterId}
            className="input"
            type="search"
            value={filter}
            placeholder={t('table.filter')}
            onChange={(event) => setFilter(event.target.value)}
          />
          <span className="table-count" role="status">
            {t('table.rows', { count: shown.length, total: props.rows.length })}
          </span>
          {props.exportAs && (
            <Button kind="quiet" onClick={() => downloadText(`${props.exportAs}.csv`, toCsv(props.columns, shown))}>
              {t('table.export')}
            </Button>
          )}
        </div>
      )}
      <div className="table-scroll">
        <table>
          <caption className="only-spoken">{props.caption}</caption>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={column.numeric ? 'numeric' : undefined}
                  aria-sort={sort?.key === column.key ? sort.direction : undefined}
                >
                  <button
                    type="button"
                    className="sort"
                    title={t('table.sort', { column: column.title })}
                    onClick={() =>
                      setSort({
                        key: column.key,
                        direction:
                          sort?.key === column.key && sort.direction === 'ascending' ? 'descending' : 'ascending',
                      })
                    }
                  >
                    {column.title}
                    <span className="sort-mark" aria-hidden="true" />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={props.rowKey(row)}>
                {props.columns.map((column) => (
                  <Cell key={column.key} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p className="empty">{t('table.empty')}</p>}
    </div>
  );
}

/** One cell; where rows are cards its column's title stands before it, and a cell with nothing in it is left out. */
export function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const format = useFormat();
  const value = column.value(row);
  const kinds = [column.numeric && 'numeric', isUnbroken(value) && 'unbroken'];
  return (
    <td data-title={column.title} className={kinds.filter(Boolean).join(' ') || undefined}>
      <span>{column.show ? column.show(row) : typeof value === 'number' ? format.number(value) : value}</span>
    </td>
  );
}

/** Gives the reader a file of text, with the mark spreadsheets need to read it as Unicode. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
