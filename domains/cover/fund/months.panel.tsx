import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { JobProgress } from '@serai/ui/components/job-progress.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { ControlRow, Overview, PeriodPreview, PeriodRow } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { fundProblemMessages } from './fund.messages.ts';
import { fundCall, moneyColumn, TrialTable, useFund, useFundAct } from './fund-parts.tsx';
import { useControlName } from './overview.panel.tsx';
import { ForeignMoney, Rates } from './rates-form.tsx';

/** Months that are earned and closed, control totals, rates and what foreign money is worth. */
export default function FundMonths({ may }: ScreenProps) {
  const t = useMessages(fundMessages);
  const mayAct = may.includes('cover.fund');
  const overview = useFund<Overview>('overview');
  return (
    <>
      <ScreenHead title={t('months')} lead={t('months.lead')} />
      {overview.isPending && <Loading />}
      {overview.isError && <ProblemNotice problem={overview.error} onRetry={() => void overview.refetch()} />}
      <Months mayAct={mayAct} />
      <Controls />
      <Rates mayAct={mayAct} />
      {overview.data && <ForeignMoney mayAct={mayAct} schemes={overview.data.schemes} today={overview.data.day} />}
    </>
  );
}

function Months({ mayAct }: { readonly mayAct: boolean }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const query = useFund<{ periods: PeriodRow[] }>('periods');
  const [closing, setClosing] = useState<string>();
  const [job, setJob] = useState<string>();
  const earn = useFundAct<{ month: string }, { jobId: string }>('earn', ({ jobId }) => setJob(jobId));
  return (
    <Panel title={t('periods')}>
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {earn.isError && <ProblemNotice problem={earn.error} />}
      {job && (
        <JobProgress<{ policies: number; transfers: number }> jobId={job} title={t('earn')} {...fundCall}>
          {(result) => <Notice tone="good">{t('earn.done', { ...result })}</Notice>}
        </JobProgress>
      )}
      <DataTable
        caption={t('periods')}
        rows={query.data?.periods ?? []}
        rowKey={(row) => row.firstDay}
        exportAs="fund-months"
        columns={[
          {
            key: 'month',
            title: t('month'),
            value: (row) => row.firstDay.slice(0, 7),
            show: (row) => format.date(row.firstDay.slice(0, 7)),
          },
          {
            key: 'transfers',
            title: t('transfers'),
            numeric: true,
            value: (row) => row.transfers,
            show: (row) => format.number(row.transfers),
          },
          { key: 'moved', title: t('moved'), numeric: true, value: (row) => row.moved.map(format.money).join(', ') },
          {
            key: 'state',
            title: t('state'),
            value: (row) => row.closedAt ?? '',
            show: (row) =>
              row.closedAt ? (
                <Tag tone="good">{t('period.closed', { day: format.day(row.closedAt) })}</Tag>
              ) : mayAct ? (
                <span className="row-acts">
                  <Button
                    kind="quiet"
                    busy={earn.isPending}
                    onClick={() => earn.mutate({ month: row.firstDay.slice(0, 7) })}
                  >
                    {t('earn')}
                  </Button>
                  <Button kind="quiet" onClick={() => setClosing(row.firstDay.slice(0, 7))}>
                    {t('close')}
                  </Button>
                </span>
              ) : (
                <Tag>{t('period.open')}</Tag>
              ),
          },
        ]}
      />
      {closing && <Closing month={closing} onClose={() => setClosing(undefined)} />}
    </Panel>
  );
}

/** What closing would find, before it is done: it cannot be undone. */
function Closing({ month, onClose }: { readonly month: string; readonly onClose: () => void }) {
  const t = useMessages(fundMessages);
  const problem = useMessages(fundProblemMessages);
  const format = useFormat();
  const query = useFund<PeriodPreview>(`periods/check?month=${month}`);
  const act = useFundAct<{ month: string }, unknown>('periods/close', onClose);
  const free = query.data?.against.length === 0;
  return (
    <Dialog
      open
      title={t('close')}
      onClose={onClose}
      actions={
        free && (
          <Button kind="danger" busy={act.isPending} onClick={() => act.mutate({ month })}>
            {t('close')}
          </Button>
        )
      }
    >
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.against.map((code) => (
        <Notice key={code} tone="bad" code={code}>
          {problem(code as keyof typeof fundProblemMessages)}
        </Notice>
      ))}
      {free && <Notice tone="good">{t('close.free')}</Notice>}
      {query.data && <TrialTable rows={query.data.trial} />}
      {free && <p>{t('close.ask', { month: format.date(month) })}</p>}
      {act.isError && <ProblemNotice problem={act.error} />}
    </Dialog>
  );
}

function Controls() {
  const t = useMessages(fundMessages);
  const { money } = useFormat();
  const name = useControlName();
  const query = useFund<{ controls: ControlRow[] }>('reconciliation');
  return (
    <Panel title={t('controls')}>
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      <DataTable
        caption={t('controls')}
        rows={query.data?.controls ?? []}
        rowKey={(row) => `${row.control} ${row.ledger.currency} ${row.schemeId ?? ''}`}
        exportAs="fund-controls"
        columns={[
          {
            key: 'control',
            title: t('control'),
            value: (row) => [name(row.control), row.schemeId].filter(Boolean).join(' · '),
          },
          moneyColumn('ledger', t('ledger'), money),
          moneyColumn('records', t('records'), money),
          {
            key: 'difference',
            title: t('difference'),
            value: (row) => row.difference.amount,
            show: (row) =>
              Number(row.difference.amount) === 0 ? (
                <Tag tone="good">{t('is-zero')}</Tag>
              ) : (
                <Tag tone="bad">{money(row.difference)}</Tag>
              ),
          },
        ]}
      />
    </Panel>
  );
}
