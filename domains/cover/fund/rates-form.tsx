import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RateRow, RevaluationRow, SchemeName } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { fundCall, moneyColumn, SchemeSelect, useAccountName, useFund, useFundAct } from './fund-parts.tsx';

/** Rates as they were entered, and a form for the next. */
export function Rates({ mayAct }: { readonly mayAct: boolean }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const query = useFund<{ rates: RateRow[] }>('rates');
  return (
    <Panel title={t('rates')}>
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      <DataTable
        caption={t('rates')}
        rows={query.data?.rates ?? []}
        rowKey={(row) => `${row.from}${row.to}${row.at}${row.value}${row.source}`}
        exportAs="fund-rates"
        columns={[
          { key: 'from', title: t('from'), value: (row) => row.from },
          { key: 'to', title: t('to'), value: (row) => row.to },
          { key: 'rate', title: t('rate'), numeric: true, value: (row) => row.value },
          {
            key: 'source',
            title: t('source'),
            value: (row) => row.source,
            show: (row) => <Written text={row.source} />,
          },
          { key: 'day', title: t('day'), value: (row) => row.at, show: (row) => format.date(row.at) },
        ]}
      />
      {mayAct && <RateForm />}
    </Panel>
  );
}

function RateForm() {
  const t = useMessages(fundMessages);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [value, setValue] = useState('');
  const [source, setSource] = useState('');
  const [day, setDay] = useState('');
  const act = useFundAct<Omit<RateRow, never>, unknown>('rates', () => setValue(''));
  const ready = from && to && value && source && day;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) {
          const currencies = { from: from.trim().toUpperCase(), to: to.trim().toUpperCase() };
          act.mutate({ ...currencies, value: value.trim(), source, at: `${day}T00:00:00Z` });
        }
      }}
    >
      <div className="form-grid">
        <TextField id="rate-from" label={t('from')} required value={from} onChange={setFrom} input={{ maxLength: 3 }} />
        <TextField id="rate-to" label={t('to')} required value={to} onChange={setTo} input={{ maxLength: 3 }} />
        <TextField
          id="rate-value"
          label={t('rate')}
          hint={t('rate.hint')}
          required
          value={value}
          onChange={setValue}
          input={{ inputMode: 'decimal' }}
        />
        <TextField id="rate-source" label={t('source')} required value={source} onChange={setSource} />
        <DateField id="rate-day" label={t('day')} required value={day} onChange={setDay} />
      </div>
      {act.isError && <ProblemNotice problem={act.error} />}
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={act.isPending} disabled={!ready}>
          {t('rate.enter')}
        </Button>
      </div>
    </form>
  );
}

/** What foreign balances are worth on a day: shown first, posted when it is right. */
export function ForeignMoney(props: {
  readonly mayAct: boolean;
  readonly schemes: readonly SchemeName[];
  readonly today: string;
}) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const client = useClient();
  const name = useAccountName();
  const [schemeId, setSchemeId] = useState(props.schemes[0]?.id ?? '');
  const [day, setDay] = useState(props.today);
  const preview = useMutation({
    mutationFn: () =>
      client.ask<{ rows: RevaluationRow[] }>('/api/cover/fund/revaluation/preview', { schemeId, day }, fundCall),
  });
  const act = useFundAct<{ schemeId: string; day: string }, unknown>('revaluation', () => preview.reset());
  return (
    <Panel title={t('revaluation')}>
      <div className="form-grid">
        <SchemeSelect schemes={props.schemes} value={schemeId} onChange={setSchemeId} />
        <DateField id="revaluation-day" label={t('day')} value={day} onChange={setDay} />
      </div>
      <p>
        <Button busy={preview.isPending} onClick={() => preview.mutate()}>
          {t('preview')}
        </Button>
      </p>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {act.isError && <ProblemNotice problem={act.error} />}
      {preview.data && (
        <>
          <DataTable
            caption={t('revaluation')}
            rows={preview.data.rows}
            rowKey={(row) => row.account}
            exportAs="fund-revaluation"
            columns={[
              { key: 'account', title: t('account'), value: (row) => name(row.account) },
              moneyColumn('balance', t('balance'), format.money),
              { key: 'rate', title: t('rate'), value: (row) => `${row.rate.value} ${row.rate.from}/${row.rate.to}` },
              {
                key: 'source',
                title: t('source'),
                value: (row) => row.rate.source,
                show: (row) => <Written text={row.rate.source} />,
              },
              moneyColumn('value', t('worth'), format.money),
              moneyColumn('gain', t('gain'), format.money),
            ]}
          />
          {props.mayAct && (
            <Button kind="primary" busy={act.isPending} onClick={() => act.mutate({ schemeId, day })}>
              {t('revalue')}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}
