import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { type Page, WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import { eventMessages } from './accounts.messages.ts';
import { accountParts } from './accounts.ts';
import type { AccountRow, Accounts, JournalEntryRow, JournalPage, Overview, SchemeName, StatementView } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { EntryForm } from './entry-form.tsx';
import { ExchangeForm } from './exchange-form.tsx';
import {
  fundCall,
  moneyColumn,
  SchemeSelect,
  schemeTitle,
  TrialTable,
  useAccountName,
  useEventName,
  useFund,
  useFundAct,
} from './fund-parts.tsx';
import { SubsidyForm } from './subsidy-form.tsx';

/** Every account, what moved on it, and the journal behind it. */
export default function FundAccounts({ may }: ScreenProps) {
  const t = useMessages(fundMessages);
  const [scheme, setScheme] = useState('');
  const [account, setAccount] = useState<string>();
  const overview = useFund<Overview>('overview');
  const query = useFund<Accounts>(`accounts${scheme ? `?scheme=${encodeURIComponent(scheme)}` : ''}`);
  const today = overview.data?.day;
  return (
    <>
      <ScreenHead
        title={t('accounts')}
        lead={t('accounts.lead')}
        actions={
          overview.data && <SchemeSelect all schemes={overview.data.schemes} value={scheme} onChange={setScheme} />
        }
      />
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <>
          <Panel title={t('trial')}>
            <TrialTable rows={query.data.trial} />
          </Panel>
          <AccountTable
            accounts={query.data.accounts}
            schemes={scheme ? [] : (overview.data?.schemes ?? [])}
            onOpen={setAccount}
          />
        </>
      )}
      {account && today && (
        <Statement key={account} account={account} today={today} onClose={() => setAccount(undefined)} />
      )}
      <Journal scheme={scheme} mayAct={may.includes('cover.fund')} today={today} />
      {may.includes('cover.fund') && overview.data && today && (
        <>
          <SubsidyForm schemes={overview.data.schemes} today={today} />
          <ExchangeForm schemes={overview.data.schemes} today={today} />
          <EntryForm schemes={overview.data.schemes} today={today} />
        </>
      )}
    </>
  );
}

/** The accounts; of several schemes each says whose it is. */
function AccountTable(props: {
  readonly accounts: Accounts['accounts'];
  readonly schemes: readonly SchemeName[];
  readonly onOpen: (id: string) => void;
}) {
  const t = useMessages(fundMessages);
  const { language } = useLanguage();
  const schemeOf = (id: string) => {
    const scheme = props.schemes.find((each) => each.id === accountParts(id)?.schemeId);
    return scheme ? schemeTitle(scheme, language) : '';
  };
  const { money } = useFormat();
  const name = useAccountName();
  return (
    <Panel title={t('accounts')}>
      <DataTable
        caption={t('accounts')}
        rows={props.accounts}
        rowKey={(row) => row.id}
        exportAs="fund-accounts"
        columns={[
          {
            key: 'account',
            title: t('account'),
            value: (row) => name(row.id),
            show: (row) => (
              <Button kind="quiet" onClick={() => props.onOpen(row.id)}>
                {name(row.id)}
              </Button>
            ),
          },
          ...(props.schemes.length > 1
            ? [{ key: 'scheme', title: t('scheme'), value: (row: AccountRow) => schemeOf(row.id) }]
            : []),
          { key: 'kind', title: t('kind'), value: (row) => t(`kind.${row.kind}`) },
          moneyColumn('debits', t('debits'), money),
          moneyColumn('credits', t('credits'), money),
          moneyColumn('balance', t('balance'), money),
          moneyColumn('pending', t('pending'), money),
        ]}
      />
    </Panel>
  );
}

function Statement(props: { readonly account: string; readonly today: string; readonly onClose: () => void }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const name = useAccountName();
  const event = useEventName();
  const [from, setFrom] = useState(`${props.today.slice(0, 7)}-01`);
  const [to, setTo] = useState(props.today);
  const query = useFund<StatementView>(
    `statement?account=${encodeURIComponent(props.account)}&from=${from}&to=${to}`,
    from !== '' && to !== '',
  );
  const { data } = query;
  return (
    <Panel
      title={t('statement.of', { account: name(props.account) })}
      actions={<Button onClick={props.onClose}>×</Button>}
    >
      <div className="form-grid">
        <DateField id="statement-from" label={t('from')} value={from} onChange={setFrom} />
        <DateField id="statement-to" label={t('to')} value={to} onChange={setTo} />
      </div>
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {data && (
        <>
          <Facts
            facts={[
              { term: t('opening'), value: format.money(data.opening) },
              { term: t('closing'), value: format.money(data.closing) },
            ]}
          />
          {data.more && <Notice tone="note">{t('statement.more')}</Notice>}
          <DataTable
            caption={t('statement')}
            rows={data.lines}
            rowKey={(line) => line.id}
            exportAs="fund-statement"
            columns={[
              {
                key: 'day',
                title: t('day'),
                value: (line) => line.valueDay,
                show: (line) => format.day(line.valueDay),
              },
              { key: 'event', title: t('event'), value: (line) => event(line.event) },
              {
                key: 'reference',
                title: t('reference'),
                value: (line) => line.reference,
                show: (line) => <span className="code">{line.reference}</span>,
              },
              { key: 'other', title: t('other'), value: (line) => name(line.other) },
              moneyColumn('debit', t('debits'), format.money),
              moneyColumn('credit', t('credits'), format.money),
              moneyColumn('balance', t('balance'), format.money),
            ]}
          />
        </>
      )}
    </Panel>
  );
}

function Journal(props: { readonly scheme: string; readonly mayAct: boolean; readonly today: string | undefined }) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const client = useClient();
  const name = useAccountName();
  const eventName = useEventName();
  const [event, setEvent] = useState('');
  const [undo, setUndo] = useState<JournalEntryRow>();
  const load = async (question: { search: string; cursor: string | undefined; signal: AbortSignal }) => {
    const query = new URLSearchParams({
      ...(props.scheme && { scheme: props.scheme }),
      ...(event && { event }),
      ...(question.search && { reference: question.search }),
      ...(question.cursor && { before: question.cursor }),
    });
    const page = await client.get<JournalPage>(`/api/cover/fund/journal?${query}`, {
      signal: question.signal,
      ...fundCall,
    });
    return page as Page<JournalEntryRow>;
  };
  const manual = (row: JournalEntryRow) =>
    (row.event === 'manual' || row.event === 'exchange' || row.id.startsWith('subsidy-received:desk-')) &&
    row.reverses === undefined &&
    row.reversedBy === undefined;
  return (
    <Panel title={t('journal')}>
      <WorkTable
        caption={t('journal')}
        queryKey={['fund', 'journal', props.scheme, event]}
        load={load}
        rowKey={(row) => row.id}
        searchLabel={t('reference')}
        exportAs="fund-journal"
        filters={<EventFilter value={event} onChange={setEvent} />}
        columns={[
          { key: 'day', title: t('day'), value: (row) => row.valueDay, show: (row) => format.day(row.valueDay) },
          { key: 'event', title: t('event'), value: (row) => eventName(row.event) },
          {
            key: 'reference',
            title: t('reference'),
            value: (row) => row.reference,
            show: (row) => <span className="code">{row.reference}</span>,
          },
          { key: 'debit', title: t('debit'), value: (row) => name(row.debit) },
          { key: 'credit', title: t('credit'), value: (row) => name(row.credit) },
          moneyColumn('amount', t('amount'), format.money),
          {
            key: 'state',
            title: t('state'),
            value: (row) => row.kind,
            show: (row) =>
              row.reversedBy ? (
                <Tag>{t('reversed')}</Tag>
              ) : row.kind === 'pending' ? (
                <Tag tone="note">{t('pending')}</Tag>
              ) : props.mayAct && manual(row) ? (
                <Button kind="quiet" onClick={() => setUndo(row)}>
                  {t('reverse')}
                </Button>
              ) : null,
          },
        ]}
      />
      {undo && props.today && <Reversal row={undo} today={props.today} onClose={() => setUndo(undefined)} />}
    </Panel>
  );
}

function EventFilter({ value, onChange }: { readonly value: string; readonly onChange: (event: string) => void }) {
  const t = useMessages(fundMessages);
  const name = useEventName();
  return (
    <SelectField
      id="journal-event"
      label={t('event')}
      required
      value={value}
      onChange={onChange}
      choices={[
        { value: '', label: t('event.all') },
        ...Object.keys(eventMessages).map((each) => ({ value: each, label: name(each) })),
      ]}
    />
  );
}

function Reversal(props: { readonly row: JournalEntryRow; readonly today: string; readonly onClose: () => void }) {
  const t = useMessages(fundMessages);
  const { money } = useFormat();
  const act = useFundAct<{ transferId: string; day: string }, unknown>('entries/reverse', props.onClose);
  return (
    <Dialog
      open
      title={t('reverse')}
      onClose={props.onClose}
      actions={
        <Button
          kind="primary"
          busy={act.isPending}
          onClick={() => act.mutate({ transferId: props.row.id, day: props.today })}
        >
          {t('reverse')}
        </Button>
      }
    >
      <p>
        {money(props.row.amount)} · {props.row.reference}
      </p>
      <p>{t('reverse.ask')}</p>
      {act.isError && <ProblemNotice problem={act.error} />}
    </Dialog>
  );
}
