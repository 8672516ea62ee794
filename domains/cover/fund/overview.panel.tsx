import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useState } from 'react';
import { accountMessages } from './accounts.messages.ts';
import { isAccountCode } from './accounts.ts';
import type { Alert, Overview } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { moneyColumn, SchemeSelect, TrialTable, useFund } from './fund-parts.tsx';

/** How the fund stands today. */
export default function FundOverview() {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const [scheme, setScheme] = useState('');
  const query = useFund<Overview>(`overview${scheme ? `?scheme=${encodeURIComponent(scheme)}` : ''}`);
  const { data } = query;
  return (
    <>
      <ScreenHead
        title={t('overview')}
        lead={data && t('overview.lead', { day: format.day(data.day) })}
        actions={data && <SchemeSelect all schemes={data.schemes} value={scheme} onChange={setScheme} />}
      />
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {data && (
        <>
          <Alerts alerts={data.alerts} />
          <Panel>
            <Facts
              facts={[
                { term: t('members'), value: format.number(data.membersInForce) },
                { term: t('policies'), value: format.number(data.policiesInForce) },
              ]}
            />
          </Panel>
          <Year rows={data.year} />
          <Claims rows={data.claims} />
          <Position data={data} />
          <Panel title={t('trial')}>
            <TrialTable rows={data.trial} />
          </Panel>
        </>
      )}
    </>
  );
}

function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const control = useControlName();
  return (
    <Panel title={t('alerts')}>
      {alerts.length === 0 && <Notice tone="good">{t('alerts.none')}</Notice>}
      {alerts.map((alert) => {
        const { control: named, month, ...values } = alert.values;
        const words = {
          ...values,
          ...(named !== undefined && { control: control(String(named)) }),
          ...(month !== undefined && { month: format.date(String(month)) }),
        };
        return (
          <Notice key={JSON.stringify(alert)} tone={alert.weight === 'grave' ? 'bad' : 'warn'} code={alert.code}>
            {t(`alert.${alert.code}`, words)}
          </Notice>
        );
      })}
    </Panel>
  );
}

/** What a control total is of: an account, or what is held for authorisations. */
export function useControlName(): (control: string) => string {
  const t = useMessages(fundMessages);
  const account = useMessages(accountMessages);
  return (control) =>
    control === 'authorisations-held'
      ? t('control.authorisations-held')
      : isAccountCode(control)
        ? account(control)
        : control;
}

function Year({ rows }: { readonly rows: Overview['year'] }) {
  const t = useMessages(fundMessages);
  const { money, percent } = useFormat();
  return (
    <Panel title={t('year')}>
      <DataTable
        caption={t('year')}
        rows={rows}
        rowKey={(row) => row.currency}
        exportAs="fund-year"
        columns={[
          { key: 'currency', title: t('currency'), value: (row) => row.currency },
          moneyColumn('written', t('written'), money),
          moneyColumn('paid', t('paid'), money),
          moneyColumn('owed', t('owed'), money),
          moneyColumn('earned', t('earned'), money),
          moneyColumn('incurred', t('incurred'), money),
          {
            key: 'loss-ratio',
            title: t('loss-ratio'),
            numeric: true,
            value: (row) => row.lossRatio ?? 0,
            show: (row) => (row.lossRatio === undefined ? '–' : percent(row.lossRatio)),
          },
        ]}
      />
    </Panel>
  );
}

type ClaimState =
  | 'claim.entered'
  | 'claim.rejected'
  | 'claim.checked'
  | 'claim.processed'
  | 'claim.valuated'
  | 'claim.paid'
  | 'claim.reversed';

function Claims({ rows }: { readonly rows: Overview['claims'] }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  return (
    <Panel title={t('claims')}>
      <DataTable
        caption={t('claims')}
        rows={rows}
        rowKey={(row) => row.status}
        exportAs="fund-claims"
        columns={[
          { key: 'state', title: t('state'), value: (row) => t(`claim.${row.status}` as ClaimState) },
          {
            key: 'count',
            title: t('count'),
            numeric: true,
            value: (row) => row.count,
            show: (row) => format.number(row.count),
          },
          {
            key: 'claimed',
            title: t('claimed'),
            numeric: true,
            value: (row) => row.claimed.map(format.money).join(', '),
          },
        ]}
      />
    </Panel>
  );
}

function Position({ data }: { readonly data: Overview }) {
  const t = useMessages(fundMessages);
  const { money, percent } = useFormat();
  const share = (value: number | undefined) => (value === undefined ? '–' : percent(value));
  return (
    <>
      <Panel title={t('position')}>
        <DataTable
          caption={t('position')}
          rows={data.position}
          rowKey={(row) => row.currency}
          exportAs="fund-position"
          columns={[
            { key: 'currency', title: t('currency'), value: (row) => row.currency },
            moneyColumn('assets', t('assets'), money),
            moneyColumn('liabilities', t('liabilities'), money),
            moneyColumn('net', t('net'), money),
            {
              key: 'solvency',
              title: t('solvency'),
              numeric: true,
              value: (row) => row.solvency ?? 0,
              show: (row) => share(row.solvency),
            },
            {
              key: 'liquidity',
              title: t('liquidity'),
              numeric: true,
              value: (row) => row.liquidity ?? 0,
              show: (row) => share(row.liquidity),
            },
          ]}
        />
      </Panel>
      <Panel title={t('cash')}>
        <DataTable
          caption={t('cash')}
          rows={data.cash}
          rowKey={(row) => `${row.amount.currency} ${row.restrictedTo ?? ''}`}
          columns={[
            { key: 'purpose', title: t('purpose'), value: (row) => row.restrictedTo ?? t('purpose.any') },
            moneyColumn('amount', t('amount'), money),
          ]}
        />
      </Panel>
    </>
  );
}
