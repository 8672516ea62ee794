import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { todayHere } from '@serai/ui/today.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forPayment, useNames } from '../claims/words.tsx';
import type { Statement } from './api.ts';
import { paymentsScreenMessages } from './screens.messages.ts';

/** A facility's own account with the fund over a period. */
export default function MyStatement() {
  const t = useMessages(paymentsScreenMessages);
  const client = useClient();
  const [from, setFrom] = useState(() => `${new Date().getFullYear()}-01-01`);
  const [to, setTo] = useState(() => todayHere());
  const statement = useQuery({
    queryKey: ['cover', 'payments', 'statement', from, to],
    enabled: from !== '' && to !== '',
    queryFn: ({ signal }) => client.ask<Statement>('/api/cover/statements', { from, to }, { signal, ...forPayment }),
  });
  return (
    <>
      <ScreenHead
        title={t('statement.title')}
        lead={t('statement.lead')}
        actions={
          <Button icon="print" onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <Panel>
        <div className="form-grid">
          <DateField id="statement-from" label={t('statement.from')} value={from} onChange={setFrom} />
          <DateField id="statement-to" label={t('statement.to')} value={to} onChange={setTo} />
        </div>
        {statement.isPending && <Loading />}
        {statement.isError && <ProblemNotice problem={statement.error} onRetry={() => void statement.refetch()} />}
        {statement.data && <Account statement={statement.data} />}
      </Panel>
    </>
  );
}

function Account({ statement }: { readonly statement: Statement }) {
  const t = useMessages(paymentsScreenMessages);
  const { delay } = statement;
  return (
    <>
      <Totals statement={statement} />
      {delay.paid > 0 && (
        <p>
          {t('delay', {
            paid: delay.paid,
            mean: delay.meanDays,
            median: delay.medianDays,
            within: delay.withinTarget,
            target: delay.targetDays,
          })}
        </p>
      )}
      <h3>{t('payments')}</h3>
      <Payments statement={statement} />
    </>
  );
}

function Totals({ statement }: { readonly statement: Statement }) {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  const names = useNames();
  return (
    <DataTable
      caption={t('statement.title')}
      rows={statement.totals}
      rowKey={(row) => `${row.schemeId} ${row.claimed.currency}`}
      exportAs="statement"
      columns={[
        { key: 'scheme', title: t('scheme'), value: (row) => names.scheme(row.schemeId) },
        { key: 'claims', title: t('claims'), value: (row) => row.claims, numeric: true },
        { key: 'rejected', title: t('rejected'), value: (row) => row.rejected, numeric: true },
        {
          key: 'claimed',
          title: t('claimed'),
          value: (row) => row.claimed.amount,
          show: (row) => format.money(row.claimed),
          numeric: true,
        },
        {
          key: 'payable',
          title: t('payable'),
          value: (row) => row.payable.amount,
          show: (row) => format.money(row.payable),
          numeric: true,
        },
        {
          key: 'settled',
          title: t('settled'),
          value: (row) => row.settled.amount,
          show: (row) => format.money(row.settled),
          numeric: true,
        },
        {
          key: 'owed',
          title: t('owed'),
          value: (row) => row.owed.amount,
          show: (row) => format.money(row.owed),
          numeric: true,
        },
      ]}
    />
  );
}

function Payments({ statement }: { readonly statement: Statement }) {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  const names = useNames();
  return (
    <DataTable
      caption={t('payments')}
      rows={statement.payments}
      rowKey={(row) => row.runId}
      exportAs="payments"
      columns={[
        {
          key: 'paid-on',
          title: t('paid-on'),
          value: (row) => row.paidOn,
          show: (row) => (
            <PlaceLink to={{ screen: 'at', path: `/cover/payments/${row.runId}/remittance/${statement.provider}` }}>
              {format.date(row.paidOn)}
            </PlaceLink>
          ),
        },
        { key: 'scheme', title: t('scheme'), value: (row) => names.scheme(row.schemeId) },
        { key: 'claims', title: t('claims'), value: (row) => row.claims, numeric: true },
        {
          key: 'amount',
          title: t('amount'),
          value: (row) => row.amount.amount,
          show: (row) => format.money(row.amount),
          numeric: true,
        },
      ]}
    />
  );
}
