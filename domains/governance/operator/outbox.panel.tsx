import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { OutboxView } from '../api.ts';
import { operatorMessages } from './operator.messages.ts';

const refreshMilliseconds = 5000;
const tones: Readonly<Record<OutboxView['messages'][number]['state'], Tone>> = {
  waiting: 'note',
  retrying: 'warn',
  delivered: 'good',
  failed: 'bad',
};

/** What waits to be delivered, how often it was tried, and why it failed. */
export function OutboxPanel() {
  const t = useMessages(operatorMessages);
  const format = useFormat();
  const client = useClient();
  const outbox = useQuery({
    queryKey: ['operator', 'outbox'],
    queryFn: ({ signal }) => client.get<OutboxView>('/api/operator/outbox', { signal }),
    refetchInterval: refreshMilliseconds,
  });
  const retry = useMutation({
    mutationFn: (id: string) => client.ask<unknown>('/api/operator/outbox/retry', { id }),
    onSuccess: () => outbox.refetch(),
  });
  return (
    <>
      <ScreenHead title={t('outbox')} lead={`${t('outbox.lead')} ${t('refreshed')}`} />
      <Panel>
        {retry.isError && <ProblemNotice problem={retry.error} />}
        {outbox.isPending && <Loading />}
        {outbox.isError && <ProblemNotice problem={outbox.error} onRetry={() => void outbox.refetch()} />}
        {outbox.isSuccess && outbox.data.messages.length === 0 && <Empty>{t('outbox.none')}</Empty>}
        {outbox.isSuccess && outbox.data.messages.length > 0 && (
          <DataTable
            caption={t('outbox')}
            exportAs="outbox"
            rows={outbox.data.messages}
            rowKey={(message) => message.id}
            initialSort={{ key: 'created', direction: 'descending' }}
            columns={[
              {
                key: 'state',
                title: t('state'),
                value: (message) => t(`state.${message.state}`),
                show: (message) => <Tag tone={tones[message.state]}>{t(`state.${message.state}`)}</Tag>,
              },
              { key: 'topic', title: t('topic'), value: (message) => message.topic },
              { key: 'destination', title: t('destination'), value: (message) => message.destination },
              { key: 'attempts', title: t('attempts'), value: (message) => message.attempts, numeric: true },
              {
                key: 'created',
                title: t('created'),
                value: (message) => message.createdAt,
                show: (message) => format.date(message.createdAt),
              },
              {
                key: 'next',
                title: t('next'),
                value: (message) => message.nextAttemptAt ?? '',
                show: (message) => (message.nextAttemptAt ? format.date(message.nextAttemptAt) : '–'),
              },
              {
                key: 'error',
                title: t('error'),
                value: (message) => message.lastError ?? '–',
                show: (message) => (
                  <>
                    {message.lastError ?? '–'}
                    {(message.state === 'failed' || message.state === 'retrying') && (
                      <span className="line">
                        <Button
                          busy={retry.isPending && retry.variables === message.id}
                          onClick={() => retry.mutate(message.id)}
                        >
                          {t('retry')}
                        </Button>
                      </span>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </Panel>
    </>
  );
}
