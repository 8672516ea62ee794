import { Button } from '@serai/ui/components/button.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReceiptView } from '../receipts.store.ts';
import { isAtTheDesk } from './at-the-desk.ts';
import { ReverseAct } from './member-acts.tsx';
import { paymentMessages } from './payments.messages.ts';
import { useEnrolment, useSchemes } from './use-enrolment.ts';

/** A receipt to print or to send as a text message: numbers, no names. */
export default function ReceiptPanel({ params, may }: ScreenProps) {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const { titleOf } = useSchemes();
  const paymentId = params.paymentId ?? '';
  const query = useQuery({
    queryKey: ['enrolment', 'receipt', paymentId],
    queryFn: ({ signal }) => enrolment.get<ReceiptView>(`/payments/${encodeURIComponent(paymentId)}`, { signal }),
  });
  const receipt = query.data;
  if (!receipt) {
    return (
      <div className="stack">
        <ScreenHead title={t('receipt')} />
        {query.isError ? <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </div>
    );
  }
  const policies = [...new Set(receipt.lines.map((line) => line.policyNumber))];
  return (
    <div className="stack">
      <ScreenHead
        title={t('receipt.number', { number: receipt.receiptNumber })}
        actions={
          <Button icon="print" onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <Panel>
        {receipt.reversed && <Tag tone="bad">{t('receipt.reversed')}</Tag>}
        <Facts
          facts={[
            { term: t('amount'), value: format.money(receipt.amount) },
            { term: t('received'), value: format.day(receipt.receivedOn) },
            { term: t('channel'), value: t(`channel.${receipt.channel}` as 'channel.cash') },
            { term: t('payment.reference'), value: receipt.reference },
            { term: t('scheme'), value: titleOf(receipt.schemeId) },
            receipt.groupName !== undefined && { term: t('group'), value: <Written text={receipt.groupName} /> },
          ]}
        />
        {Number(receipt.credit.amount) > 0 && <p>{t('credit', { amount: format.money(receipt.credit) })}</p>}
        <Lines receipt={receipt} />
      </Panel>
      {policies.length > 0 && policies.length < 4 && (
        <Panel title={t('receipt.sms-title')}>
          <p>
            {t('receipt.sms', {
              number: receipt.receiptNumber,
              amount: format.money(receipt.amount),
              day: format.day(receipt.receivedOn),
              policies: policies.join(', '),
            })}
          </p>
        </Panel>
      )}
      {isAtTheDesk(may) && receipt.kind === 'contribution' && !receipt.reversed && (
        <div className="row">
          <ReverseAct paymentId={receipt.paymentId} />
        </div>
      )}
    </div>
  );
}

function Lines({ receipt }: { readonly receipt: ReceiptView }) {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  return receipt.lines.length === 0 ? null : (
    <DataTable
      caption={t('receipt')}
      rowKey={(row) => `${row.policyNumber} ${row.number}`}
      rows={receipt.lines}
      columns={[
        { key: 'policy', title: t('number'), value: (row) => row.policyNumber },
        { key: 'member', title: t('members'), value: (row) => row.memberNumber },
        {
          key: 'amount',
          title: t('amount'),
          numeric: true,
          value: (row) => Number(row.amount.amount),
          show: (row) => format.money(row.amount),
        },
      ]}
    />
  );
}
