import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Empty, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { JournalEntryRow, Overview } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { moneyColumn, useAccountName, useEventName, useFund, useFundAct } from './fund-parts.tsx';

/** What the actuary proposes, and the fund manager posts or sets aside. */
export default function ProposedEntries({ may }: ScreenProps) {
  const t = useMessages(fundMessages);
  const format = useFormat();
  const name = useAccountName();
  const event = useEventName();
  const query = useFund<{ rows: JournalEntryRow[] }>('proposals');
  const [chosen, setChosen] = useState<JournalEntryRow>();
  return (
    <>
      <ScreenHead title={t('proposals')} lead={t('proposals.lead')} />
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.rows.length === 0 && <Empty>{t('proposals.none')}</Empty>}
      {query.data && query.data.rows.length > 0 && (
        <Panel>
          <DataTable
            caption={t('proposals')}
            rows={query.data.rows}
            rowKey={(row) => row.id}
            exportAs="fund-proposals"
            columns={[
              { key: 'day', title: t('day'), value: (row) => row.valueDay, show: (row) => format.day(row.valueDay) },
              { key: 'event', title: t('event'), value: (row) => event(row.event) },
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
                key: 'decide',
                title: t('state'),
                value: () => '',
                show: (row) =>
                  may.includes('cover.fund') && (
                    <Button kind="quiet" onClick={() => setChosen(row)}>
                      {t('post')} / {t('set-aside')}
                    </Button>
                  ),
              },
            ]}
          />
        </Panel>
      )}
      {chosen && <Decision key={chosen.id} row={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

interface DecisionInput {
  readonly transferId: string;
  readonly decision: 'post' | 'void';
  readonly amount?: { readonly amount: string; readonly currency: string };
  readonly day: string;
}

function Decision({ row, onClose }: { readonly row: JournalEntryRow; readonly onClose: () => void }) {
  const t = useMessages(fundMessages);
  const overview = useFund<Overview>('overview');
  const [amount, setAmount] = useState(row.amount.amount);
  const act = useFundAct<DecisionInput, unknown>('proposals/decide', onClose);
  const day = overview.data?.day;
  const decide = (decision: 'post' | 'void') => {
    if (day) {
      const part = { amount: { amount: amount.trim(), currency: row.amount.currency } };
      act.mutate({ transferId: row.id, decision, day, ...(decision === 'post' && part) });
    }
  };
  return (
    <Dialog
      open
      title={t('proposals')}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" busy={act.isPending} disabled={!day} onClick={() => decide('post')}>
            {t('post')}
          </Button>
          <Button kind="danger" busy={act.isPending} disabled={!day} onClick={() => decide('void')}>
            {t('set-aside')}
          </Button>
        </>
      }
    >
      <TextField
        id="decision-amount"
        label={`${t('amount')} (${row.amount.currency})`}
        hint={t('amount.part')}
        value={amount}
        onChange={setAmount}
        input={{ inputMode: 'decimal' }}
      />
      {act.isError && <ProblemNotice problem={act.error} />}
    </Dialog>
  );
}
