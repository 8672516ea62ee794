import { useClient } from '@serai/ui/client-context.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useWords } from '@serai/ui/words/words.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReceivedRecords } from '../api.ts';
import { receivedMessages } from './received.messages.ts';

/** What this facility has received from other countries. */
export function ReceivedPanel() {
  const t = useMessages(receivedMessages);
  const format = useFormat();
  const words = useWords();
  const client = useClient();
  const received = useQuery({
    queryKey: ['received', 'list'],
    queryFn: ({ signal }) => client.get<ReceivedRecords>('/api/received', { signal }),
  });
  const scan = (
    <PlaceLink to={{ screen: 'scan' }} className="button">
      {t('scan')}
    </PlaceLink>
  );
  return (
    <>
      <ScreenHead title={t('list.title')} lead={t('list.lead')} actions={scan} />
      <Panel>
        {received.isPending && <Loading />}
        {received.isError && <ProblemNotice problem={received.error} onRetry={() => void received.refetch()} />}
        {received.isSuccess && received.data.records.length === 0 && <Empty>{t('none')}</Empty>}
        {received.isSuccess && received.data.records.length > 0 && (
          <DataTable
            caption={t('list.title')}
            rows={received.data.records}
            rowKey={(record) => record.id}
            columns={[
              {
                key: 'name',
                title: t('name'),
                value: (record) => record.name,
                show: (record) => (
                  <PlaceLink to={{ screen: 'received-record', id: record.id }}>
                    <Written text={record.name} />
                  </PlaceLink>
                ),
              },
              {
                key: 'from',
                title: t('from'),
                value: (record) => format.country(record.from),
                show: (record) => <Tag tone="abroad">{format.country(record.from)}</Tag>,
              },
              {
                key: 'at',
                title: t('received-at'),
                value: (record) => record.receivedAt,
                show: (record) => format.date(record.receivedAt),
              },
              { key: 'purpose', title: t('purpose'), value: (record) => words.purpose(record.purpose) },
              {
                key: 'until',
                title: t('retain-until'),
                value: (record) => record.retainUntil,
                show: (record) => format.day(record.retainUntil),
              },
            ]}
          />
        )}
      </Panel>
    </>
  );
}
