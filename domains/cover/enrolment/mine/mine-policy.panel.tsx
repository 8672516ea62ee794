import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { mineMessages } from './mine.messages.ts';
import type { OwnCover, OwnInstalment, OwnPolicy } from './mine.store.ts';

/** What a member's cover costs, part by part: due when, paid how much, and what is left. To show or to print. */
export default function MinePolicyPanel({ params }: ScreenProps) {
  const t = useMessages(mineMessages);
  const client = useClient();
  const query = useQuery({
    queryKey: ['mine'],
    queryFn: ({ signal }) => client.get<OwnCover>('/api/cover/mine', { signal }),
  });
  const policy = query.data?.policies.find((each) => each.policyId === params.policyId);
  const missing = query.isSuccess && !policy;
  return (
    <div className="stack">
      <ScreenHead
        title={t('parts')}
        actions={
          policy && (
            <Button icon="print" onClick={() => window.print()}>
              {t('print')}
            </Button>
          )
        }
      />
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {missing && <p>{t('none.policies')}</p>}
      {policy && <PolicySheet policy={policy} memberNumber={query.data!.member.memberNumber} />}
      <p className="only-screen">
        <PlaceLink to={{ screen: 'at', path: '/cover/mine' }}>{t('title')}</PlaceLink>
      </p>
    </div>
  );
}

function PolicySheet({ policy, memberNumber }: { readonly policy: OwnPolicy; readonly memberNumber: string }) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const money = (key: string, title: string, of: (row: OwnInstalment) => OwnInstalment['amount']) => ({
    key,
    title,
    numeric: true,
    value: (row: OwnInstalment) => Number(of(row).amount),
    show: (row: OwnInstalment) => <bdi>{format.money(of(row))}</bdi>,
  });
  return (
    <Panel title={policy.scheme[language] ?? policy.scheme.en ?? ''}>
      <Facts
        facts={[
          { term: t('number'), value: <code>{memberNumber}</code> },
          { term: t('policy'), value: <code>{policy.policyNumber}</code> },
          { term: t('from'), value: format.day(policy.from) },
          { term: t('until'), value: format.day(policy.until) },
          { term: t('still'), value: <bdi>{format.money(policy.owed)}</bdi> },
        ]}
      />
      <DataTable<OwnInstalment>
        caption={t('parts')}
        rowKey={(row) => String(row.number)}
        rows={policy.instalments}
        columns={[
          { key: 'due', title: t('due'), value: (row) => row.due, show: (row) => format.day(row.due) },
          {
            key: 'last',
            title: t('last-day'),
            value: (row) => row.graceUntil,
            show: (row) => format.day(row.graceUntil),
          },
          money('amount', t('amount'), (row) => row.amount),
          money('paid', t('paid'), (row) => row.paid),
          {
            ...money('owed', t('still'), (row) => row.owed),
            show: (row) =>
              Number(row.owed.amount) > 0 ? (
                <strong>
                  <bdi>{format.money(row.owed)}</bdi>
                </strong>
              ) : (
                <Tag tone="good">{Number(row.waived.amount) > 0 ? t('waived') : t('settled')}</Tag>
              ),
          },
        ]}
      />
    </Panel>
  );
}
