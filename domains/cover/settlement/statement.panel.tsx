import { addMoney, moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StatementView } from './api.ts';
import { settlementMessages } from './console.messages.ts';
import { SigningPart } from './signing.panel.tsx';
import { ClaimLink, StatementLines } from './statement-lines.tsx';

type Payment = StatementView['payments'][number];

/** One statement: what it comes to, line by line, who signed it, what was paid. Printed as it stands. */
export default function StatementPanel({ params, may }: ScreenProps) {
  const statementId = params.statementId!;
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const client = useClient();
  const query = useQuery({
    queryKey: ['settlement', 'statement', statementId],
    queryFn: ({ signal }) => client.get<StatementView>(`/api/cover/settlement/statements/${statementId}`, { signal }),
  });
  if (query.isError) {
    return <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const view = query.data;
  const { document } = view;
  return (
    <>
      <ScreenHead
        title={t('statement', { period: document.period.name, country: format.country(view.partner) })}
        actions={
          <Button icon="print" onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <Panel>
        <Facts
          facts={[
            { term: t('state'), value: <Tag>{t(`state.${view.state}`)}</Tag> },
            { term: t('period'), value: `${format.day(document.period.from)} – ${format.day(document.period.to)}` },
            { term: t('drawn-up-by'), value: format.country(document.drawnUpBy) },
            { term: t('drawn-up'), value: format.day(document.drawnUpOn) },
            { term: t('due'), value: format.day(document.dueBy) },
            { term: t('fingerprint'), value: <code className="signature">{view.fingerprint}</code> },
          ]}
        />
        <SigningPart view={view} manages={may.includes('cover.fund')} />
      </Panel>
      {view.differences.length > 0 && <Differences view={view} />}
      <Gross view={view} />
      {view.payments.map((payment) => (
        <PaymentPart key={payment.payer} view={view} payment={payment} manages={may.includes('cover.fund')} />
      ))}
      <StatementLines view={view} />
    </>
  );
}

function Gross({ view }: { readonly view: StatementView }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const { document } = view;
  return (
    <Panel title={t('gross')}>
      <DataTable
        caption={t('gross')}
        rows={document.gross}
        rowKey={(row) => `${row.creditor} ${row.currency} ${row.rate?.day ?? ''}`}
        columns={[
          { key: 'creditor', title: t('creditor'), value: (row) => format.country(row.creditor) },
          {
            key: 'amount',
            title: t('amount'),
            value: (row) => row.amount,
            show: (row) => format.money(row),
            numeric: true,
          },
          {
            key: 'rate',
            title: t('rate.used'),
            value: (row) => (row.rate ? `${row.rate.value} · ${row.rate.source} · ${row.rate.day}` : '1'),
            show: (row) =>
              row.rate ? (
                <>
                  {row.rate.value} · <span className="code">{row.rate.source}</span> · {format.day(row.rate.day)}
                </>
              ) : (
                '1'
              ),
          },
          {
            key: 'converted',
            title: t('converted'),
            value: (row) => row.converted,
            show: (row) => format.money({ amount: row.converted, currency: document.currency }),
            numeric: true,
          },
        ]}
      />
      <Facts
        facts={document.totals.map((total) => ({
          term: `${t('total')}: ${t('creditor')} ${format.country(total.creditor)}`,
          value: format.money({ amount: total.amount, currency: document.currency }),
        }))}
      />
      {document.payments.length === 0 && <p>{`${t('net')}: ${t('nothing')}`}</p>}
      {document.payments.map((payment) => (
        <p key={payment.from}>
          {t('net.of', {
            country: format.country(payment.from),
            amount: format.money({ amount: payment.amount, currency: document.currency }),
          })}
        </p>
      ))}
    </Panel>
  );
}

function Differences({ view }: { readonly view: StatementView }) {
  const t = useMessages(settlementMessages);
  return (
    <Panel title={t('differences')}>
      <Notice tone="warn">{t('state.differs')}</Notice>
      <DataTable
        caption={t('differences')}
        exportAs="differences"
        rows={view.differences}
        rowKey={(row) => `${row.claimId ?? ''} ${row.line ?? ''} ${row.why} ${row.theirs ?? ''}`}
        columns={[
          {
            key: 'claim',
            title: t('claim'),
            value: (row) => row.claimId ?? '',
            show: (row) => (row.claimId ? <ClaimLink view={view} claimId={row.claimId} /> : null),
          },
          { key: 'line', title: t('line'), value: (row) => row.line ?? '', numeric: true },
          { key: 'why', title: t('why'), value: (row) => t(`why.${row.why}`) },
          { key: 'theirs', title: t('theirs.amount'), value: (row) => row.theirs ?? '', numeric: true },
          { key: 'ours', title: t('ours.amount'), value: (row) => row.ours ?? '', numeric: true },
        ]}
      />
    </Panel>
  );
}

function PaymentPart(props: { readonly view: StatementView; readonly payment: Payment; readonly manages: boolean }) {
  const { view, payment, manages } = props;
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const [noting, setNoting] = useState(false);
  const pays = payment.payer !== view.partner;
  const may = manages && (pays ? payment.paidOn === undefined : payment.paidOn !== undefined && !payment.receivedOn);
  return (
    <Panel title={t('net.of', { country: format.country(payment.payer), amount: format.money(payment.amount) })}>
      <Facts
        facts={[
          { term: t('interest'), value: format.money(payment.interest) },
          payment.overdueDays > 0 && {
            term: t('due'),
            value: <Tag tone="warn">{t('overdue', { days: payment.overdueDays })}</Tag>,
          },
          payment.paidOn !== undefined && { term: t('paid.on'), value: format.day(payment.paidOn) },
          payment.reference !== undefined && {
            term: t('reference'),
            value: <span className="code">{payment.reference}</span>,
          },
          payment.receivedOn !== undefined && { term: t('received.on'), value: format.day(payment.receivedOn) },
        ]}
      />
      {may && (
        <p>
          <Button kind="primary" onClick={() => setNoting(true)}>
            {t(pays ? 'paid' : 'received')}
          </Button>
        </p>
      )}
      {noting && <NotePayment view={view} payment={payment} pays={pays} onClose={() => setNoting(false)} />}
    </Panel>
  );
}

/** What a payment comes to today: the net and its interest. */
function dueToday({ amount, interest }: Payment): string {
  const of = (text: { amount: string; currency: string }) => parseMoney(text.amount, text.currency)!;
  return moneyText(addMoney(of(amount), of(interest))).amount;
}

function NotePayment(props: {
  readonly view: StatementView;
  readonly payment: Payment;
  readonly pays: boolean;
  readonly onClose: () => void;
}) {
  const { view, payment, pays, onClose } = props;
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [day, setDay] = useState('');
  const [reference, setReference] = useState('');
  const [amount, setAmount] = useState(dueToday(payment));
  const note = useMutation({
    mutationFn: () => {
      const common = { requestId, statementId: view.statementId, amount };
      return pays
        ? client.change('/api/cover/settlement/paid', Object.assign(common, { paidOn: day, reference }))
        : client.change('/api/cover/settlement/received', Object.assign(common, { receivedOn: day }));
    },
    onError,
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['settlement'] });
    },
  });
  return (
    <Dialog
      title={t(pays ? 'paid' : 'received')}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" busy={note.isPending} onClick={() => note.mutate()}>
          {t('save')}
        </Button>
      }
    >
      <DateField id="payment-day" label={t(pays ? 'paid.on' : 'received.on')} value={day} onChange={setDay} required />
      {pays && (
        <TextField id="payment-reference" label={t('reference')} value={reference} onChange={setReference} required />
      )}
      <TextField
        id="payment-amount"
        label={t('amount')}
        value={amount}
        onChange={setAmount}
        unit={payment.amount.currency}
        input={{ inputMode: 'decimal' }}
        required
      />
      {note.isError && <ProblemNotice problem={note.error} />}
    </Dialog>
  );
}
