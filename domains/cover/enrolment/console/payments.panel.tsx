import { mintRequestId, requestIdAfter } from '@serai/ui/client.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Field, SelectField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelView } from '../files.routes.ts';
import type { ListedPayment } from '../receipts.store.ts';
import type { StatementReport } from '../statements.store.ts';
import { isAtTheDesk } from './at-the-desk.ts';
import { paymentMessages } from './payments.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { WaitingLines } from './waiting-lines.tsx';
import { receiptPath } from './words.tsx';

/** Contributions that came in; statements taken; payments whose policy nobody knows yet. */
export default function PaymentsPanel({ may }: ScreenProps) {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const officer = isAtTheDesk(may);
  return (
    <div className="stack">
      <ScreenHead title={t('payments')} lead={t('payments.lead')} />
      {officer && <StatementPart />}
      {officer && <WaitingLines />}
      <WorkTable<ListedPayment>
        caption={t('payments')}
        queryKey={['enrolment', 'payments']}
        exportAs="payments"
        rowKey={(row) => row.paymentId}
        load={async ({ cursor, signal }) => {
          const page = await enrolment.ask<{ payments: ListedPayment[]; next?: string }>(
            '/payments/list',
            cursor ? { cursor } : {},
            { signal },
          );
          return { rows: page.payments, ...(page.next && { next: page.next }) };
        }}
        columns={[
          {
            key: 'receipt',
            title: t('receipt'),
            value: (row) => row.receiptNumber,
            show: (row) => <PlaceLink to={receiptPath(row.paymentId)}>{row.receiptNumber}</PlaceLink>,
          },
          {
            key: 'received',
            title: t('received'),
            value: (row) => row.receivedOn,
            show: (row) => format.day(row.receivedOn),
          },
          { key: 'channel', title: t('channel'), value: (row) => t(`channel.${row.channel}` as 'channel.cash') },
          {
            key: 'reference',
            title: t('payment.reference'),
            value: (row) => row.reference,
            show: (row) => <Written text={row.reference} />,
          },
          {
            key: 'for',
            title: t('number'),
            value: (row) => row.policyNumber ?? row.groupName ?? '',
            show: (row) => row.policyNumber ?? <Written text={row.groupName ?? ''} />,
          },
          {
            key: 'amount',
            title: t('amount'),
            numeric: true,
            value: (row) => Number(row.amount.amount),
            show: (row) => (
              <>
                <bdi>{format.money(row.amount)}</bdi> {row.reversed && <Tag tone="bad">{t('receipt.reversed')}</Tag>}
                {Number(row.credit.amount) > 0 && (
                  <Tag tone="note">
                    <bdi>{t('credit', { amount: format.money(row.credit) })}</bdi>
                  </Tag>
                )}
              </>
            ),
          },
        ]}
      />
    </div>
  );
}

function StatementPart() {
  const t = useMessages(paymentMessages);
  const { language } = useLanguage();
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState('');
  const list = useChannels();
  const channel = chosen || (list[0]?.id ?? '');
  // A file that was answered is another act the next time, though it be the same file: its lines are known then.
  const [requestId, setRequestId] = useState(mintRequestId);
  const take = useMutation({
    mutationFn: () =>
      enrolment.upload<StatementReport>(`/statements?${new URLSearchParams({ channel, requestId })}`, file!),
    onError: (thrown) => setRequestId((current) => requestIdAfter(current, thrown)),
    onSuccess: () => {
      setRequestId(mintRequestId());
      return queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
  return (
    <Panel title={t('statement')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (file && channel) {
            take.mutate();
          }
        }}
      >
        <SelectField
          id="statement-channel"
          label={t('channel')}
          value={channel}
          onChange={setChosen}
          choices={list.map((each) => ({ value: each.id, label: each.title[language] ?? each.title.en ?? each.id }))}
          required
        />
        <Field id="statement-file" label={t('file')} required>
          <input
            id="statement-file"
            className="input"
            type="file"
            accept=".csv,.xlsx,text/csv"
            onChange={(event) => setFile(event.target.files?.[0])}
          />
        </Field>
        <Button type="submit" kind="primary" busy={take.isPending} disabled={!file || !channel}>
          {t('file.send')}
        </Button>
      </form>
      {take.isError && <ProblemNotice problem={take.error} />}
      {take.data && <StatementResult report={take.data} />}
    </Panel>
  );
}

function StatementResult({ report }: { readonly report: StatementReport }) {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  return (
    <Notice tone={report.waiting + report.unreadable.length > 0 ? 'warn' : 'good'} announce>
      <p>
        {t('statement.report', {
          matched: format.number(report.matched),
          waiting: format.number(report.waiting),
          known: format.number(report.known),
          passed: format.number(report.passedOver),
        })}
      </p>
      {report.unreadable.length > 0 && (
        <p>{t('statement.unreadable', { lines: report.unreadable.map(({ line }) => line).join(', ') })}</p>
      )}
    </Notice>
  );
}

function useChannels(): readonly ChannelView[] {
  const enrolment = useEnrolment();
  const channels = useQuery({
    queryKey: ['enrolment', 'channels'],
    queryFn: ({ signal }) => enrolment.get<{ channels: ChannelView[] }>('/channels', { signal }),
    staleTime: 300_000,
  });
  return channels.data?.channels ?? [];
}
