import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { todayHere } from '@serai/ui/today.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchJson, DisputeView, QueueRow } from './api.ts';
import { ExpiryPanel } from './expiry.panel.tsx';
import type { VoucherProgramme } from './programme.ts';
import { toCover, toPay, useAct, useOwnProgrammes, useServiceTitle, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** What waits for somebody: validation, calls, holds, disputes, payment. */
export default function SettlePanel({ may }: ScreenProps) {
  const t = useMessages(voucherTexts);
  const programmes = useOwnProgrammes();
  const programme = programmes.own?.[0];
  return (
    <div className="stack">
      <ScreenHead title={t('go.settle')} />
      {programmes.isPending && <Loading />}
      {programmes.isError && <ProblemNotice problem={programmes.error} onRetry={() => void programmes.refetch()} />}
      {programmes.own?.length === 0 && <Empty>{t('none')}</Empty>}
      {programme && (
        <>
          <Queue programme={programme} />
          <Disputes programme={programme} />
          <ExpiryPanel programme={programme} />
          {may.includes('cover.fund') && <Payments programme={programme} />}
        </>
      )}
    </div>
  );
}

function useRead<Answer>(what: string, programme: VoucherProgramme) {
  const client = useClient();
  return useQuery({
    queryKey: ['vouchers', what, programme.id],
    queryFn: ({ signal }) =>
      client.get<Answer>(`${voucherPath}/${what}?programme=${encodeURIComponent(programme.id)}`, {
        ...toCover,
        signal,
      }),
  });
}

function Queue({ programme }: { readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const read = useRead<{ queue: readonly QueueRow[] }>('queue', programme);
  const rows = read.data?.queue ?? [];
  const ready = rows.filter((row) => row.state === 'redeemed' && !row.disputed && (!row.sampled || row.called));
  const validate = useAct<{ vouchers: readonly { refused?: string }[] }>('/validate');
  const left = validate.data?.vouchers.filter((each) => each.refused).length ?? 0;
  return (
    <Panel title={t('queue')}>
      {read.isPending && <Loading />}
      {read.isError && <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />}
      {read.data && rows.length === 0 && <Empty>{t('queue.empty')}</Empty>}
      {rows.length > 0 && <QueueTable programme={programme} rows={rows} />}
      {validate.isError && <ProblemNotice problem={validate.error} />}
      {validate.data && (
        <Notice tone={left > 0 ? 'warn' : 'good'} announce>
          <p>{t('validated', { good: validate.data.vouchers.length - left, left })}</p>
        </Notice>
      )}
      {ready.length > 0 && (
        <Button
          kind="primary"
          icon="check"
          busy={validate.isPending}
          onClick={() => validate.mutate({ programmeId: programme.id, voucherIds: ready.map((row) => row.voucherId) })}
        >
          {t('validate', { count: ready.length })}
        </Button>
      )}
    </Panel>
  );
}

function QueueTable({ programme, rows }: { readonly programme: VoucherProgramme; readonly rows: readonly QueueRow[] }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const serviceTitle = useServiceTitle(programme);
  return (
    <DataTable
      caption={t('queue')}
      rows={rows}
      rowKey={(row) => row.voucherId}
      exportAs="voucher-queue"
      columns={[
        { key: 'on', title: t('day'), value: (row) => row.on, show: (row) => format.day(row.on) },
        { key: 'service', title: t('service'), value: (row) => `${serviceTitle(row.service)} ${row.number}` },
        {
          key: 'provider',
          title: t('provider'),
          value: (row) => row.facility ?? row.provider,
          show: (row) => <Written text={row.facility ?? row.provider} />,
        },
        { key: 'village', title: t('village'), value: (row) => row.village },
        {
          key: 'amount',
          title: t('amount'),
          value: (row) => Number(row.amount.amount),
          show: (row) => format.money(row.amount),
          numeric: true,
        },
        {
          key: 'state',
          title: t('outcome'),
          value: (row) => t(`state.${row.state}` as 'state.paid'),
          show: (row) => <Waiting programme={programme} row={row} />,
        },
      ]}
    />
  );
}

/** What a row waits for: a call, a decision, or nothing but validation. */
function Waiting({ programme, row }: { readonly programme: VoucherProgramme; readonly row: QueueRow }) {
  const t = useMessages(voucherTexts);
  const hold = useAct<unknown>('/holds/decide');
  const [note, setNote] = useState('');
  const programmeId = programme.id;
  if (row.state === 'fraud-hold') {
    const decide = (decision: 'release' | 'reject') =>
      hold.mutate({ programmeId, voucherId: row.voucherId, decision, note });
    return (
      <div className="stack">
        <Tag tone="warn">{row.reasons.map((each) => t(`why.${each}` as 'why.burst')).join(', ')}</Tag>
        <TextField id={`note-${row.voucherId}`} label={t('note')} value={note} onChange={setNote} />
        <div className="row">
          <Button disabled={note.trim().length < 3} busy={hold.isPending} onClick={() => decide('release')}>
            {t('release')}
          </Button>
          <Button
            kind="danger"
            disabled={note.trim().length < 3}
            busy={hold.isPending}
            onClick={() => decide('reject')}
          >
            {t('reject')}
          </Button>
        </div>
        {hold.isError && <ProblemNotice problem={hold.error} />}
      </div>
    );
  }
  if (row.holder) {
    return <Call programmeId={programmeId} row={row} />;
  }
  return <Tag tone={row.disputed ? 'warn' : 'note'}>{t(row.disputed ? 'state.disputed' : 'state.redeemed')}</Tag>;
}

const contentment = ['1', '2', '3', '4', '5'] as const;

/** The call a redemption was drawn for: was it so, and, where the holder says, how content she was. */
function Call({ programmeId, row }: { readonly programmeId: string; readonly row: QueueRow }) {
  const t = useMessages(voucherTexts);
  const call = useAct<unknown>('/calls');
  const [content, setContent] = useState<(typeof contentment)[number]>();
  const told = (confirmed: boolean) =>
    call.mutate({
      ...{ programmeId, redemptionId: row.redemptionId, confirmed },
      ...(content && { satisfaction: Number(content) }),
    });
  return (
    <div className="stack">
      <span>{t('call', { name: row.holder?.name ?? '', phone: row.holder?.phone ?? t('no-phone') })}</span>
      <SelectField
        id={`content-${row.redemptionId}`}
        label={t('call.content')}
        value={content}
        onChange={setContent}
        choices={contentment.map((value) => ({ value, label: value }))}
      />
      <div className="row">
        <Button busy={call.isPending} onClick={() => told(true)}>
          {t('call.yes')}
        </Button>
        <Button busy={call.isPending} onClick={() => told(false)}>
          {t('call.no')}
        </Button>
      </div>
      {call.isError && <ProblemNotice problem={call.error} />}
    </div>
  );
}

function Disputes({ programme }: { readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const read = useRead<{ disputes: readonly DisputeView[] }>('disputes', programme);
  const open = read.data?.disputes.filter((each) => each.state === 'open') ?? [];
  return (
    <Panel title={t('disputes')}>
      {read.isError && <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />}
      {read.data && open.length === 0 && <Empty>{t('disputes.empty')}</Empty>}
      {open.map((dispute) => (
        <Dispute key={dispute.disputeId} programme={programme} dispute={dispute} />
      ))}
    </Panel>
  );
}

function Dispute({ programme, dispute }: { readonly programme: VoucherProgramme; readonly dispute: DisputeView }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const serviceTitle = useServiceTitle(programme);
  const [note, setNote] = useState('');
  const decide = useAct<unknown>((at) => `/disputes/${encodeURIComponent(at)}/decide`);
  const decisions =
    dispute.kind === 'double' ? (['stands', 'other-stands', 'neither'] as const) : (['stands', 'neither'] as const);
  return (
    <section className="stack dispute">
      <h3>
        {serviceTitle(dispute.service)} {dispute.number}
      </h3>
      {dispute.because === 'device-revoked' && <Notice tone="warn">{t('dispute.revoked')}</Notice>}
      <dl className="facts">
        {dispute.takings.map((taking) => (
          <div key={taking.redemptionId}>
            <dt>{t(`dispute.${taking.role}`)}</dt>
            <dd>
              {t('dispute.by', {
                provider: taking.facility ?? taking.provider,
                at: format.date(taking.at),
                device: taking.device ?? '–',
                counter: taking.counter,
              })}
              {taking.statement && (
                <details className="more">
                  <summary>{t('evidence')}</summary>
                  <code className="wrap-anywhere">{taking.statement}</code>
                </details>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <TextField id={`dispute-${dispute.disputeId}`} label={t('note')} value={note} onChange={setNote} />
      {decide.isError && <ProblemNotice problem={decide.error} />}
      <div className="row">
        {decisions.map((decision) => (
          <Button
            key={decision}
            disabled={note.trim().length < 3}
            busy={decide.isPending}
            onClick={() => decide.mutate({ at: dispute.disputeId, programmeId: programme.id, decision, note })}
          >
            {t(`dispute.${decision}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Payments({ programme }: { readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const read = useRead<{ batches: readonly BatchJson[] }>('batches', programme);
  const propose = useAct<BatchJson>('/batches', toPay);
  const decide = useAct<BatchJson>((at) => `/batches/${encodeURIComponent(at)}/decide`, toPay);
  const day = todayHere();
  const programmeId = programme.id;
  return (
    <Panel title={t('payments')}>
      {[read, propose, decide].map(
        (each) => each.isError && <ProblemNotice key={String(each.error)} problem={each.error} />,
      )}
      {(read.data?.batches ?? []).map((batch) => (
        <section key={batch.batchId} className="stack">
          <p>
            <strong>{format.money(batch.amount)}</strong> · {format.number(batch.vouchers)} {t('vouchers')} ·{' '}
            <Tag>{t(`state.${batch.state}`)}</Tag>
          </p>
          <ul>
            {batch.byProvider.map((each) => (
              <li key={each.provider}>
                <Written text={each.facility ?? each.provider} />: {format.money(each.amount)} (
                {format.number(each.vouchers)})
              </li>
            ))}
          </ul>
          {batch.state === 'proposed' && (
            <div className="row">
              {batch.mine && <span className="soft">{t('second')}</span>}
              <Button
                kind="primary"
                disabled={batch.mine}
                busy={decide.isPending}
                onClick={() => decide.mutate({ at: batch.batchId, programmeId, decision: 'pay' })}
              >
                {t('approve')}
              </Button>
              <Button
                busy={decide.isPending}
                onClick={() => decide.mutate({ at: batch.batchId, programmeId, decision: 'cancel' })}
              >
                {t('drop')}
              </Button>
            </div>
          )}
        </section>
      ))}
      <Button icon="plus" busy={propose.isPending} onClick={() => propose.mutate({ programmeId, upTo: day })}>
        {t('propose')}
      </Button>
    </Panel>
  );
}
