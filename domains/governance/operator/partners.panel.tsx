import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { PartnersView } from '../api.ts';
import { operatorMessages } from './operator.messages.ts';

const refreshMilliseconds = 10_000;

/** The other countries' nodes: whether they answer, and how fresh our copies of their keys and lists are. */
export function PartnersPanel() {
  const t = useMessages(operatorMessages);
  const client = useClient();
  const partners = useQuery({
    queryKey: ['operator', 'partners'],
    queryFn: ({ signal }) => client.get<PartnersView>('/api/operator/partners', { signal }),
    refetchInterval: refreshMilliseconds,
  });
  const refresh = useMutation({
    mutationFn: () => client.ask<unknown>('/api/operator/partners/refresh', {}),
    onSuccess: () => partners.refetch(),
  });
  return (
    <>
      <ScreenHead
        title={t('partners')}
        lead={t('partners.lead')}
        actions={
          <Button busy={refresh.isPending} onClick={() => refresh.mutate()}>
            {t('refresh')}
          </Button>
        }
      />
      {refresh.isError && <ProblemNotice problem={refresh.error} onRetry={() => refresh.mutate()} />}
      {partners.isPending && <Loading />}
      {partners.isError && <ProblemNotice problem={partners.error} onRetry={() => void partners.refetch()} />}
      {partners.isSuccess && partners.data.partners.length === 0 && <Empty>{t('partners.none')}</Empty>}
      {partners.data?.partners.map((partner) => (
        <PartnerCard key={partner.country} partner={partner} />
      ))}
    </>
  );
}

function PartnerCard({ partner }: { readonly partner: PartnersView['partners'][number] }) {
  const t = useMessages(operatorMessages);
  const { language } = useLanguage();
  const format = useFormat();
  return (
    <Panel
      title={format.country(partner.country)}
      actions={
        <>
          <Tag tone={partner.status === 'active' ? 'good' : 'warn'}>{t(partner.status)}</Tag>
          <Tag tone={partner.reachable ? 'good' : 'bad'}>{t(partner.reachable ? 'reachable' : 'unreachable')}</Tag>
        </>
      }
    >
      <Facts
        facts={[
          { term: t('address'), value: <span className="code">{partner.baseUrl}</span> },
          {
            term: t('keys-age'),
            value: partner.keysAgeSeconds < 0 ? t('never') : t('ago', { age: format.age(partner.keysAgeSeconds) }),
          },
          {
            term: t('status-age'),
            value:
              partner.statusListAgeSeconds === undefined
                ? t('never')
                : t('ago', { age: format.age(partner.statusListAgeSeconds) }),
          },
          {
            term: t('agreements'),
            value: partner.agreements.map((agreement) => (
              <span key={agreement.id} className="line">
                <span className="code">{agreement.id}</span>{' '}
                <span className="soft">
                  {t('version', { version: agreement.version })},{' '}
                  {(operatorMessages as Messages)[`agreement.${agreement.status}`]?.[language] ?? agreement.status}
                </span>
              </span>
            )),
          },
        ]}
      />
    </Panel>
  );
}
