import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useFormat, useMessages } from '../language.tsx';
import { toCsv } from '../table.ts';
import { uiMessages } from '../ui.messages.ts';
import { Button } from './button.tsx';
import { Loading } from './panel.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Cell, type Column, downloadText } from './table.tsx';

/** A page of rows as the node answers it; `next` is asked for as it came. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
  /** How many there are in all, where the node knows. */
  readonly total?: number;
}

export interface WorkTableProps<Row> {
  readonly caption: string;
  /** Names the question: what is asked again when it changes. */
  readonly queryKey: readonly unknown[];
  readonly load: (question: { search: string; cursor: string | undefined; signal: AbortSignal }) => Promise<Page<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Label of the search field; absent: no search. */
  readonly searchLabel?: string;
  /** Filters the screen keeps itself, shown beside the search. */
  readonly filters?: ReactNode;
  /** What may be done with chosen rows; absent: rows cannot be chosen. */
  readonly acts?: (chosen: readonly Row[], done: () => void) => ReactNode;
  readonly exportAs?: string;
  readonly empty?: string;
}

const searchPauseMilliseconds = 250;
/** Cards a narrow screen shows at a time: a page of the node is a hundred, metres of them. */
const cardsAtATime = 25;

/**
 * A queue or list that is longer than a screen: the node searches and pages, rows can be chosen and acted upon together.
 * On a narrow screen each row becomes a card, its cells named, a few of them at a time.
 */
export function WorkTable<Row>(props: WorkTableProps<Row>) {
  const t = useMessages(uiMessages);
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), searchPauseMilliseconds);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery({
    queryKey: [...props.queryKey, search],
    queryFn: ({ pageParam, signal }) => props.load({ search, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
  const [most, setMost] = useState(() =>
    matchMedia('(max-width: 40rem)').matches ? cardsAtATime : Number.POSITIVE_INFINITY,
  );
  const loaded = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = loaded.slice(0, most);
  const total = query.data?.pages[0]?.total;
  const picked = rows.filter((row) => chosen.has(props.rowKey(row)));
  const exportAs = props.exportAs;
  return (
    <div className="data-table work-table">
      <div className="table-tools">
        {props.searchLabel !== undefined && <SearchField label={props.searchLabel} value={typed} onChange={setTyped} />}
        {props.filters}
        {query.isSuccess && (
          <span className="soft small" role="status">
            {t('table.rows', { count: format.number(rows.length), total: format.number(total ?? loaded.length) })}
            {total === undefined && query.hasNextPage ? '+' : ''}
          </span>
        )}
        {exportAs && rows.length > 0 && (
          <Button kind="quiet" onClick={() => downloadText(`${exportAs}.csv`, toCsv(props.columns, loaded))}>
            {t('table.export')}
          </Button>
        )}
      </div>
      {props.acts && picked.length > 0 && (
        <div className="table-acts" role="toolbar" aria-label={t('table.chosen', { count: picked.length })}>
          <span>{t('table.chosen', { count: format.number(picked.length) })}</span>
          {props.acts(picked, () => setChosen(new Set()))}
          <Button kind="quiet" onClick={() => setChosen(new Set())}>
            {t('table.choose-none')}
          </Button>
        </div>
      )}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.isSuccess && rows.length === 0 && <p className="empty">{props.empty ?? t('table.none')}</p>}
      {rows.length > 0 && (
        <Rows {...props} rows={rows} chosen={chosen} choose={setChosen} selectable={props.acts !== undefined} />
      )}
      {(loaded.length > rows.length || query.hasNextPage) && (
        <Button
          busy={query.isFetchingNextPage}
          onClick={() => {
            setMost(most + cardsAtATime);
            if (loaded.length === rows.length) {
              void query.fetchNextPage();
            }
          }}
        >
          {t('table.more')}
        </Button>
      )}
    </div>
  );
}

function SearchField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <>
      <label className="only-spoken" htmlFor={id}>
        {props.label}
      </label>
      <input
        id={id}
        className="input"
        type="search"
        value={props.value}
        placeholder={props.label}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </>
  );
}

interface RowsProps<Row> extends Pick<WorkTableProps<Row>, 'caption' | 'columns' | 'rowKey'> {
  readonly rows: readonly Row[];
  readonly selectable: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

function Rows<Row>(props: RowsProps<Row>) {
  const t = useMessages(uiMessages);
  const { rows, rowKey, chosen, choose } = props;
  const every = rows.every((row) => chosen.has(rowKey(row)));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) {
      next.add(key);
    }
    choose(next);
  };
  return (
    <div className="table-scroll">
      <table>
        <caption className="only-spoken">{props.caption}</caption>
        <thead>
          <tr>
            {props.selectable && (
              <th scope="col" className="choice" data-title={t('table.choose-all')}>
                <input
                  type="checkbox"
                  aria-label={t('table.choose-all')}
                  checked={every}
                  onChange={() => choose(every ? new Set() : new Set(rows.map(rowKey)))}
                />
              </th>
            )}
            {props.columns.map((column) => (
              <th key={column.key} scope="col" className={column.numeric ? 'numeric' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} aria-selected={props.selectable ? chosen.has(rowKey(row)) : undefined}>
              {props.selectable && (
                <td className="choice">
                  <input
                    type="checkbox"
                    aria-label={t('table.choose')}
                    checked={chosen.has(rowKey(row))}
                    onChange={() => toggle(rowKey(row))}
                  />
                </td>
              )}
              {props.columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The value once it has not changed for a while. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
