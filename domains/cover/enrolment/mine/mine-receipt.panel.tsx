import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { mineMessages } from './mine.messages.ts';
import type { OwnReceipt } from './mine.store.ts';

/** A member's own receipt, to show or to print. */
export default function MineReceiptPanel({ params }: ScreenProps) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const client = useClient();
  const { language } = useLanguage();
  const paymentId = params.paymentId ?? '';
  const query = useQuery({
    queryKey: ['mine', 'receipt', paymentId],
    queryFn: ({ signal }) =>
      client.get<OwnReceipt>(`/api/cover/mine/receipts/${encodeURIComponent(paymentId)}`, { signal }),
  });
  const receipt = query.data;
  return (
    <div className="stack">
      <ScreenHead
        title={receipt ? t('receipt', { number: receipt.receiptNumber }) : t('payments')}
        actions={
          receipt && (
            <Button icon="print" onClick={() => window.print()}>
              {t('print')}
            </Button>
          )
        }
      />
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {receipt && (
        <Panel>
          {receipt.reversed && <Tag tone="bad">{t('kind.reversal')}</Tag>}
          <Facts
            facts={[
              { term: t('amount'), value: <bdi>{format.money(receipt.amount)}</bdi> },
              { term: t('received'), value: format.day(receipt.receivedOn) },
              { term: t('how-paid'), value: t(`channel.${receipt.channel}` as 'channel.cash') },
              { term: t('reference'), value: <Written text={receipt.reference} /> },
              { term: t('number'), value: <code>{receipt.memberNumber}</code> },
              { term: t('for'), value: receipt.scheme[language] ?? receipt.scheme.en ?? '' },
            ]}
          />
          <ul className="plain-list">
            {receipt.lines.map((line) => (
              <li key={line.number}>
                {t('part', { number: format.number(line.number) })}: <bdi>{format.money(line.amount)}</bdi>
              </li>
            ))}
          </ul>
          {Number(receipt.credit.amount) > 0 && <p>{t('kept', { amount: format.money(receipt.credit) })}</p>}
        </Panel>
      )}
      <p className="only-screen">
        <PlaceLink to={{ screen: 'at', path: '/cover/mine' }}>{t('title')}</PlaceLink>
      </p>
    </div>
  );
}
