import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { JobProgress } from '@serai/ui/components/job-progress.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { LapsedView } from './api.ts';
import type { VoucherProgramme } from './programme.ts';
import { toCover, useAct, useServiceTitle, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** What is past its date, by last day and service; one act writes it off, which the node does by itself once a day. */
export function ExpiryPanel({ programme }: { readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const client = useClient();
  const queries = useQueryClient();
  const lapsed = useQuery({
    queryKey: ['vouchers', 'lapsed', programme.id],
    queryFn: ({ signal }) =>
      client.get<LapsedView>(`${voucherPath}/lapsed?programme=${encodeURIComponent(programme.id)}`, {
        ...toCover,
        signal,
      }),
  });
  const expire = useAct<{ jobId: string }>('/expire');
  const onDone = useCallback(() => void queries.invalidateQueries({ queryKey: ['vouchers'] }), [queries]);
  const view = lapsed.data;
  return (
    <Panel title={t('lapsed')}>
      {lapsed.isPending && <Loading />}
      {lapsed.isError && <ProblemNotice problem={lapsed.error} onRetry={() => void lapsed.refetch()} />}
      {view && <Lapsed view={view} programme={programme} />}
      {expire.isError && <ProblemNotice problem={expire.error} />}
      {expire.data && (
        <JobProgress<{ expired: number }>
          key={expire.data.jobId}
          jobId={expire.data.jobId}
          title={t('lapsed')}
          purpose={toCover.purpose}
          onDone={onDone}
        >
          {({ expired }) => (
            <Notice tone="good" announce>
              <p>{t('lapsed.done', { count: format.number(expired) })}</p>
            </Notice>
          )}
        </JobProgress>
      )}
      {view && view.vouchers > 0 && (
        <Button busy={expire.isPending} onClick={() => expire.mutate({ programmeId: programme.id })}>
          {t('lapsed.expire', { count: format.number(view.vouchers) })}
        </Button>
      )}
    </Panel>
  );
}

function Lapsed({ view, programme }: { readonly view: LapsedView; readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const serviceTitle = useServiceTitle(programme);
  const { vouchers, amount, graceDays: days, rows, soon } = view;
  return (
    <>
      <p>
        {vouchers === 0
          ? t('lapsed.none')
          : t('lapsed.text', { count: format.number(vouchers), amount: format.money(amount), days })}
      </p>
      {soon.vouchers > 0 && (
        <p className="soft">
          {t('lapsed.soon', {
            days: soon.days,
            count: format.number(soon.vouchers),
            amount: format.money(soon.amount),
          })}
        </p>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('lapsed')}
          rows={rows}
          rowKey={(row) => `${row.expiresOn} ${row.service}`}
          exportAs="vouchers-past-their-date"
          columns={[
            {
              key: 'day',
              title: t('lapsed.day'),
              value: (row) => row.expiresOn,
              show: (row) => format.day(row.expiresOn),
            },
            { key: 'service', title: t('service'), value: (row) => serviceTitle(row.service) },
            { key: 'vouchers', title: t('vouchers'), value: (row) => row.vouchers, numeric: true },
            {
              key: 'amount',
              title: t('amount'),
              value: (row) => Number(row.amount.amount),
              show: (row) => format.money(row.amount),
              numeric: true,
            },
          ]}
        />
      )}
    </>
  );
}
