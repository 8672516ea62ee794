import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forPayment, useChoices, useClaimWords, useNames } from '../claims/words.tsx';
import type { ProviderPayment, Reconciliation, RunPreview, RunSummary } from './api.ts';
import { Capitation } from './capitation.panel.tsx';
import { PricePeriod } from './price-period.panel.tsx';
import { paymentsScreenMessages } from './screens.messages.ts';
import { useProposal } from './use-proposal.ts';

/** Payment runs: what is owed, proposed, approved, paid; and whether the books agree. */
export default function PaymentRuns() {
  const t = useMessages(paymentsScreenMessages);
  const { data } = useChoices();
  const some = (way: 'paysByHead' | 'relativePrices') => data?.schemes.some((scheme) => scheme[way]);
  return (
    <>
      <ScreenHead title={t('runs.title')} lead={t('runs.lead')} />
      <NewRun />
      <Panel>
        <RunTable />
      </Panel>
      {some('paysByHead') && <Capitation />}
      {some('relativePrices') && <PricePeriod />}
      <Books />
    </>
  );
}

function RunTable() {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  const client = useClient();
  const names = useNames();
  return (
    <WorkTable<RunSummary>
      caption={t('runs.title')}
      queryKey={['cover', 'payments', 'runs']}
      load={({ cursor, signal }) =>
        client.ask('/api/cover/payment-runs/find', cursor ? { cursor } : {}, { signal, ...forPayment })
      }
      rowKey={(row) => row.runId}
      exportAs="payment-runs"
      columns={[
        {
          key: 'created',
          title: t('created'),
          value: (row) => row.created,
          show: (row) => (
            <PlaceLink to={{ screen: 'at', path: `/cover/payments/${row.runId}` }}>
              {format.date(row.created)}
            </PlaceLink>
          ),
        },
        { key: 'scheme', title: t('scheme'), value: (row) => names.scheme(row.schemeId) },
        { key: 'kind', title: t('kind'), value: (row) => t(`kind.${row.kind}`) },
        {
          key: 'claims',
          title: t('claims'),
          value: (row) => (row.kind === 'claims' ? row.claims : ''),
          numeric: true,
        },
        { key: 'currency', title: t('currency'), value: (row) => row.amount.currency },
        {
          key: 'amount',
          title: t('amount'),
          value: (row) => row.amount.amount,
          show: (row) => grouped(row.amount),
          numeric: true,
        },
        {
          key: 'state',
          title: t('state'),
          value: (row) => t(`state.${row.state}`),
          show: (row) => <RunState state={row.state} />,
        },
        {
          key: 'paid',
          title: t('paid-on'),
          value: (row) => row.paidOn ?? '',
          show: (row) => row.paidOn && format.date(row.paidOn),
        },
      ]}
    />
  );
}

/** Beside a column that names the currency. */
const grouped = ({ amount }: { readonly amount: string }) => amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

export function RunState({ state }: { readonly state: RunSummary['state'] }) {
  const t = useMessages(paymentsScreenMessages);
  const tone = ({ proposed: 'note', approved: 'warn', paid: 'good', reversed: 'bad' } as const)[state];
  return <Tag tone={tone}>{t(`state.${state}`)}</Tag>;
}

function NewRun() {
  const t = useMessages(paymentsScreenMessages);
  const { title } = useClaimWords();
  const format = useFormat();
  const choices = useChoices();
  const [schemeId, setSchemeId] = useState('');
  const [upTo, setUpTo] = useState('');
  const { preview, propose } = useProposal<RunPreview>({
    preview: '/api/cover/payment-runs/preview',
    propose: '/api/cover/payment-runs',
    input: { schemeId, upTo },
  });
  return (
    <Panel title={t('run.new')}>
      <div className="form-grid">
        <SelectField
          id="run-scheme"
          label={t('scheme')}
          required
          value={schemeId || undefined}
          choices={(choices.data?.schemes ?? []).map((each) => ({ value: each.id, label: title(each.title, each.id) }))}
          onChange={(value) => {
            setSchemeId(value);
            preview.reset();
          }}
        />
        <DateField id="run-up-to" label={t('up-to')} required value={upTo} onChange={setUpTo} />
      </div>
      <div className="acts">
        <Button busy={preview.isPending} disabled={!schemeId || !upTo} onClick={() => preview.mutate()}>
          {t('run.preview')}
        </Button>
        {preview.data && preview.data.claims > 0 && (
          <Button kind="primary" busy={propose.isPending} onClick={() => propose.mutate()}>
            {t('run.propose')}
          </Button>
        )}
      </div>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {propose.isError && <ProblemNotice problem={propose.error} />}
      {preview.data && (
        <>
          <p>
            {t('claims')}: {format.number(preview.data.claims)} · {t('amount')}: {format.money(preview.data.amount)}
          </p>
          <Providers rows={preview.data.providers} />
        </>
      )}
    </Panel>
  );
}

/** What each facility is paid. */
export function Providers({ rows, runId }: { readonly rows: readonly ProviderPayment[]; readonly runId?: string }) {
  const t = useMessages(paymentsScreenMessages);
  const names = useNames();
  return (
    <DataTable
      caption={t('amount')}
      rows={rows}
      rowKey={(row) => row.provider}
      exportAs="payment-by-facility"
      columns={[
        {
          key: 'provider',
          title: t('provider'),
          value: (row) => names.facility(row.provider),
          show: (row) => {
            const name = <Written text={names.facility(row.provider)} />;
            const path = `/cover/payments/${runId}/remittance/${row.provider}`;
            return runId ? <PlaceLink to={{ screen: 'at', path }}>{name}</PlaceLink> : name;
          },
        },
        { key: 'claims', title: t('claims'), value: (row) => row.claims, numeric: true },
        { key: 'currency', title: t('currency'), value: (row) => row.amount.currency },
        {
          key: 'amount',
          title: t('amount'),
          value: (row) => row.amount.amount,
          show: (row) => grouped(row.amount),
          numeric: true,
        },
        {
          key: 'taken',
          title: t('taken-back'),
          value: (row) => row.takenBack.amount,
          show: (row) => grouped(row.takenBack),
          numeric: true,
        },
      ]}
    />
  );
}

/** Whether claims and ledger agree, to the last minor unit. */
function Books() {
  const t = useMessages(paymentsScreenMessages);
  const client = useClient();
  const names = useNames();
  const books = useQuery({
    queryKey: ['cover', 'payments', 'books'],
    queryFn: ({ signal }) => client.get<Reconciliation>('/api/cover/claims-reconciliation', { signal, ...forPayment }),
  });
  return (
    <Panel title={t('books.title')}>
      {books.isPending && <Loading />}
      {books.isError && <ProblemNotice problem={books.error} onRetry={() => void books.refetch()} />}
      {books.data && (
        <>
          <Notice
            tone={books.data.agrees ? 'good' : 'bad'}
            title={t(books.data.agrees ? 'books.agree' : 'books.differ')}
          />
          <DataTable
            caption={t('books.title')}
            rows={books.data.rows}
            rowKey={(row) => `${row.schemeId} ${row.currency} ${row.account}`}
            exportAs="claims-reconciliation"
            columns={[
              { key: 'scheme', title: t('scheme'), value: (row) => names.scheme(row.schemeId) },
              { key: 'account', title: t('books.account'), value: (row) => t(`account.${row.account}`) },
              { key: 'currency', title: t('currency'), value: (row) => row.currency },
              {
                key: 'claims',
                title: t('books.claims'),
                value: (row) => row.claims.amount,
                show: (row) => grouped(row.claims),
                numeric: true,
              },
              {
                key: 'ledger',
                title: t('books.ledger'),
                value: (row) => row.ledger.amount,
                show: (row) => grouped(row.ledger),
                numeric: true,
              },
              {
                key: 'difference',
                title: t('books.difference'),
                value: (row) => row.difference.amount,
                show: (row) => grouped(row.difference),
                numeric: true,
              },
            ]}
          />
        </>
      )}
    </Panel>
  );
}
