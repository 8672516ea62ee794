import type { MoneyText } from '@serai/kernel/base/money.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink, useNavigation } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Partners, StatementList } from './api.ts';
import { settlementMessages } from './console.messages.ts';
import { RatesPart } from './rates-part.tsx';

type Partner = Partners['partners'][number];

/** Partners, what is open with each, and the statements of the last periods. */
export default function PartnersPanel({ may }: ScreenProps) {
  const t = useMessages(settlementMessages);
  const client = useClient();
  const query = useQuery({
    queryKey: ['settlement', 'partners'],
    queryFn: ({ signal }) => client.get<Partners>('/api/cover/settlement/partners', { signal }),
  });
  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.partners.length === 0 && <Empty>{t('partners.none')}</Empty>}
      {query.data?.partners.map((partner) => (
        <PartnerPart key={partner.country} partner={partner} manages={may.includes('cover.fund')} />
      ))}
      <StatementsPart />
    </>
  );
}

function useAmounts(): (amounts: readonly MoneyText[]) => string {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  return (amounts) => (amounts.length === 0 ? t('nothing') : amounts.map(format.money).join(' · '));
}

function PartnerPart({ partner, manages }: { readonly partner: Partner; readonly manages: boolean }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const amounts = useAmounts();
  return (
    <Panel
      title={
        <>
          {format.country(partner.country)} {!partner.hasNode && <Tag tone="note">{t('no-node')}</Tag>}
        </>
      }
      actions={
        <PlaceLink to={{ screen: 'at', path: `/cover/settlement/claims/${partner.country}` }} className="button">
          {t('lines')}
        </PlaceLink>
      }
    >
      <Facts
        facts={[
          { term: t('due-from'), value: amounts(partner.dueFrom) },
          { term: t('due-to'), value: amounts(partner.dueTo) },
          { term: t('ours'), value: format.number(partner.ours) },
          { term: t('theirs'), value: format.number(partner.theirs) },
          { term: t('agreed'), value: format.number(partner.agreed) },
          ...(partner.disputed > 0 ? [{ term: t('disputed'), value: <Disputes partner={partner} /> }] : []),
          { term: t('messages'), value: format.number(partner.waitingMessages) },
        ]}
      />
      {partner.hasNode ? (
        <SendPart country={partner.country} />
      ) : (
        <Notice tone="note">{t('no-node.lead', { country: format.country(partner.country) })}</Notice>
      )}
      {partner.agreements.map((agreement) => (
        <AgreementPart key={agreement.id} partner={partner} agreement={agreement} manages={manages} />
      ))}
    </Panel>
  );
}

/** How many lines are disputed, by when the first must be agreed, and how many went before the body. */
function Disputes({ partner }: { readonly partner: Partner }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const { disputed, disputesUntil, referred } = partner;
  return (
    <>
      {format.number(disputed)}
      {disputesUntil !== undefined && ` · ${t('dispute.until', { day: format.day(disputesUntil) })}`}
      {referred > 0 && ` · ${t('disputed.referred', { count: referred })}`}
    </>
  );
}

function SendPart({ country }: { readonly country: string }) {
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  const send = useMutation({
    mutationFn: () => {
      const body = { requestId, partner: country };
      return client.change<{ sent: number }>('/api/cover/settlement/send', body);
    },
    onError,
    onSuccess: () => {
      renew();
      return queries.invalidateQueries({ queryKey: ['settlement'] });
    },
  });
  return (
    <div className="stack">
      <p>
        <Button busy={send.isPending} onClick={() => send.mutate()}>
          {t('send')}
        </Button>
      </p>
      <p role="status">{send.isSuccess ? t('sent', { count: send.data.sent }) : ''}</p>
      {send.isError && <ProblemNotice problem={send.error} />}
    </div>
  );
}

function AgreementPart(props: {
  readonly partner: Partner;
  readonly agreement: Partner['agreements'][number];
  readonly manages: boolean;
}) {
  const { partner, agreement, manages } = props;
  const t = useMessages(settlementMessages);
  const { language } = useLanguage();
  const client = useClient();
  const { go } = useNavigation();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [period, setPeriod] = useState(agreement.periods.find((each) => each.over)?.name);
  const propose = useMutation({
    mutationFn: () => {
      const body = { requestId, partner: partner.country, agreement: agreement.id, period };
      return client.change<{ statementId: string }>('/api/cover/settlement/statements', body);
    },
    onError,
    onSuccess: async ({ statementId }) => {
      await queries.invalidateQueries({ queryKey: ['settlement'] });
      go({ screen: 'at', path: `/cover/settlement/statement/${statementId}` });
    },
  });
  const chosen = agreement.periods.find((each) => each.name === period);
  const periods = agreement.periods.map(({ name, over }) => ({
    value: name,
    label: over ? name : `${name} (${t('period.open')})`,
  }));
  return (
    <div className="stack">
      <h3>
        {agreement.title[language] ?? agreement.title.en ?? agreement.id}{' '}
        {!agreement.inForce && <Tag tone="warn">{t('suspended')}</Tag>}
      </h3>
      {manages && partner.hasNode && (
        <>
          <SelectField
            id={`period-${agreement.id}`}
            label={t('period')}
            choices={periods}
            value={period}
            onChange={setPeriod}
          />
          <RatesPart agreement={agreement} needed={chosen?.rates ?? []} />
          <p className="row">
            <Button kind="primary" busy={propose.isPending} disabled={!chosen} onClick={() => propose.mutate()}>
              {t('propose')}
            </Button>
          </p>
          {propose.isError && <ProblemNotice problem={propose.error} />}
        </>
      )}
    </div>
  );
}

function StatementsPart() {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const client = useClient();
  const query = useQuery({
    queryKey: ['settlement', 'statements'],
    queryFn: ({ signal }) => client.get<StatementList>('/api/cover/settlement/statements', { signal }),
  });
  const net = (row: StatementList['statements'][number]) =>
    row.net
      ? t('net.of', { country: format.country(row.net.payer), amount: format.money(row.net.amount) })
      : t('nothing');
  return (
    <Panel title={t('statements')}>
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.statements.length === 0 && <Notice tone="note">{t('statements.none')}</Notice>}
      {query.data && query.data.statements.length > 0 && (
        <DataTable
          caption={t('statements')}
          exportAs="statements"
          rows={query.data.statements}
          rowKey={(row) => row.statementId}
          columns={[
            {
              key: 'period',
              title: t('period'),
              value: (row) => row.period,
              show: (row) => (
                <PlaceLink to={{ screen: 'at', path: `/cover/settlement/statement/${row.statementId}` }}>
                  {row.period}
                </PlaceLink>
              ),
            },
            { key: 'partner', title: t('partner'), value: (row) => format.country(row.partner) },
            { key: 'state', title: t('state'), value: (row) => t(`state.${row.state}`) },
            { key: 'net', title: t('net'), value: net },
            {
              key: 'drawn-up',
              title: t('drawn-up'),
              value: (row) => row.drawnUpOn,
              show: (row) => format.day(row.drawnUpOn),
            },
            { key: 'due', title: t('due'), value: (row) => row.dueBy, show: (row) => format.day(row.dueBy) },
          ]}
        />
      )}
    </Panel>
  );
}
