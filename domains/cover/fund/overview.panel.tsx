import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { Fragment, useState } from 'react';
import { accountMessages } from './accounts.messages.ts';
import { isAccountCode } from './accounts.ts';
import type { Alert, Overview, YearRow } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { amountColumn, grouped, SchemeSelect, TrialTable, useFund } from './fund-parts.tsx';

/** How the fund stands today. */
export default function FundOverview({ may }: ScreenProps) {
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
          <Alerts alerts={data.alerts} may={may} />
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

/** Where each is looked after, for whom that screen is there. */
const places: Partial<Record<Alert['code'], { readonly path: string; readonly needs: readonly string[] }>> = {
  'trial-balance': { path: '/cover/fund/accounts', needs: ['cover.fund', 'cover.look'] },
  'records-differ': { path: '/cover/fund/months', needs: ['cover.fund', 'cover.look'] },
  'proposals-waiting': { path: '/cover/fund/proposals', needs: ['cover.fund', 'cover.look'] },
  'period-open': { path: '/cover/fund/months', needs: ['cover.fund', 'cover.look'] },
  'rate-missing': { path: '/cover/fund/months', needs: ['cover.fund', 'cover.look'] },
  'not-earned': { path: '/cover/fund/months', needs: ['cover.fund', 'cover.look'] },
  'runs-waiting': { path: '/cover/payments', needs: ['cover.fund'] },
  'approvals-waiting': { path: '/cover/approvals', needs: ['cover.enrol.desk', 'cover.claims'] },
  'reviews-waiting': { path: '/cover/claims/review', needs: ['cover.claims'] },
  'claims-waiting': { path: '/cover/claims', needs: ['cover.claims'] },
  'appeals-waiting': { path: '/cover/claims/appeals', needs: ['cover.claims'] },
  'abroad-waiting': { path: '/cover/settlement', needs: ['cover.fund', 'cover.claims'] },
  arrears: { path: '/cover/arrears', needs: ['cover.enrol', 'cover.employer'] },
  'authorisations-open': { path: '/cover/fund/months', needs: ['cover.fund', 'cover.look'] },
};

const tones = { grave: 'bad', notable: 'warn', routine: 'note' } as const;

function Alerts({ alerts, may }: { readonly alerts: readonly Alert[]; readonly may: readonly string[] }) {
  const t = useMessages(fundMessages);
  return (
    <Panel title={t(may.includes('cover.fund') ? 'alerts' : 'alerts.look')}>
      <div className="stack-tight">
        {alerts.length === 0 && <Notice tone="good">{t('alerts.none')}</Notice>}
        {alerts.map((alert) => (
          <Notice key={JSON.stringify(alert)} tone={tones[alert.weight]} code={alert.code}>
            <AlertSentence alert={alert} may={may} />
          </Notice>
        ))}
      </div>
    </Panel>
  );
}

function AlertSentence({ alert, may }: { readonly alert: Alert; readonly may: readonly string[] }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const control = useControlName();
  const { control: named, month, count, ...values } = alert.values;
  const sentence = t(`alert.${alert.code}`, {
    ...values,
    ...(named !== undefined && { control: control(String(named)) }),
    ...(month !== undefined && { month: format.date(String(month)) }),
    ...(count !== undefined && { count: format.number(Number(count)) }),
    ...(alert.amount && { amount: format.money(alert.amount) }),
  });
  const place = places[alert.code];
  return place?.needs.some((need) => may.includes(need)) ? (
    <p>
      {sentence} <PlaceLink to={{ screen: 'at', path: place.path }}>{t('alert.open')}</PlaceLink>
    </p>
  ) : (
    <p>{sentence}</p>
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

const yearFigures = ['written', 'paid', 'owed', 'earned', 'incurred', 'expenses'] as const;
const yearRatios = ['loss-ratio', 'combined-ratio'] as const;

/** A row a figure, a column a currency: nine figures beside each other fit no screen. */
function Year({ rows }: { readonly rows: Overview['year'] }) {
  const t = useMessages(fundMessages);
  const { percent } = useFormat();
  const ratio = (value: number | undefined) => (value === undefined ? '–' : percent(value));
  const show = (row: YearRow, figure: YearFigure): string =>
    figure === 'loss-ratio'
      ? ratio(row.lossRatio)
      : figure === 'combined-ratio'
        ? ratio(row.combinedRatio)
        : grouped(row[figure].amount);
  return (
    <Panel title={t('year')}>
      <DataTable
        caption={t('year')}
        rows={[...yearFigures, ...yearRatios]}
        rowKey={(figure) => figure}
        exportAs="fund-year"
        columns={[
          { key: 'figure', title: t('figure'), value: (figure) => t(figure) },
          ...rows.map((row) => ({
            key: row.currency,
            title: row.currency,
            numeric: true,
            value: (figure: YearFigure) => show(row, figure),
          })),
        ]}
      />
    </Panel>
  );
}

type YearFigure = (typeof yearFigures)[number] | (typeof yearRatios)[number];

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
  const { percent, date } = useFormat();
  const { together } = data;
  const share = (value: number | undefined) => (value === undefined ? '–' : percent(value));
  return (
    <>
      <Panel title={t('position')}>
        <DataTable
          caption={t('position')}
          rows={[
            ...data.position.map((row) => ({ ...row, name: row.currency })),
            ...(together ? [{ ...together, name: t('together', { currency: together.currency }) }] : []),
          ]}
          rowKey={(row) => row.name}
          exportAs="fund-position"
          columns={[
            { key: 'currency', title: t('currency'), value: (row) => row.name },
            amountColumn('assets', t('assets')),
            amountColumn('liabilities', t('liabilities')),
            amountColumn('net', t('net')),
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
        {together && (
          <p className="hint">
            {t('together.says')}
            {together.rates.map((rate) => (
              <Fragment key={rate.from + rate.to}>
                {' '}
                {t('together.rate', { ...rate, day: date(rate.at.slice(0, 10)) })}, <Written text={rate.source} />.
              </Fragment>
            ))}{' '}
            {together.missing.length > 0 && t('together.missing', { currencies: together.missing.join(', ') })}
          </p>
        )}
      </Panel>
      <Panel title={t('cash')}>
        <DataTable
          caption={t('cash')}
          rows={data.cash}
          rowKey={(row) => `${row.amount.currency} ${row.restrictedTo ?? ''}`}
          exportAs="fund-cash"
          columns={[
            { key: 'currency', title: t('currency'), value: (row) => row.amount.currency },
            { key: 'purpose', title: t('purpose'), value: (row) => row.restrictedTo ?? t('purpose.any') },
            amountColumn('amount', t('amount')),
          ]}
        />
      </Panel>
    </>
  );
}
