import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { CheckboxField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Empty, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RedemptionView, VoucherCheck } from './api.ts';
import { OfflinePanel, useDevice } from './offline.panel.tsx';
import type { Taken } from './redeem.store.ts';
import { blankEntry, type Entry, EntryFields, TakeOffline } from './redeem-entry.tsx';
import { toCover, useAct, useProgrammes, useServiceTitle, useTitle, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** A provider redeems: with a network, or on this device without one. */
export default function RedeemPanel() {
  const t = useMessages(voucherTexts);
  const device = useDevice();
  const [withoutNetwork, setWithoutNetwork] = useState(false);
  const [entry, setEntry] = useState<Entry>(() => blankEntry());
  const canOffline = device.state !== undefined && !device.state.ended;
  const offline = withoutNetwork && canOffline;
  return (
    <div className="stack">
      <ScreenHead title={t('redeem')} lead={t('lead')} />
      <OfflinePanel device={device} />
      {canOffline && (
        <CheckboxField id="offline" label={t('offline.use')} checked={withoutNetwork} onChange={setWithoutNetwork} />
      )}
      <Panel title={t('redeem')}>
        <EntryFields entry={entry} onChange={setEntry} />
        {offline ? (
          <TakeOffline device={device} entry={entry} onTaken={() => setEntry(blankEntry(entry.on))} />
        ) : (
          <TakeOnline entry={entry} onTaken={() => setEntry(blankEntry(entry.on))} />
        )}
      </Panel>
      <OwnRedemptions />
      <p>
        <PlaceLink to={{ screen: 'at', path: '/cover/vouchers/devices' }}>{t('offline.lost')}</PlaceLink>
      </p>
    </div>
  );
}

function bodyOf(entry: Entry): Record<string, unknown> {
  return {
    voucher: entry.voucher,
    bookletCode: entry.bookletCode,
    on: entry.on,
    ...(entry.deliveredOn && { deliveredOn: entry.deliveredOn }),
    ...(entry.place && { place: entry.place }),
  };
}

function TakeOnline({ entry, onTaken }: { readonly entry: Entry; readonly onTaken: () => void }) {
  const t = useMessages(voucherTexts);
  const client = useClient();
  const programmes = useProgrammes();
  const [last, setLast] = useState<Taken>();
  const check = useMutation({
    mutationFn: () => {
      const { voucher, bookletCode } = entry;
      return client.ask<VoucherCheck>(
        `${voucherPath}/check`,
        { voucher, ...(bookletCode && { bookletCode }) },
        toCover,
      );
    },
  });
  const take = useAct<Taken>('/redemptions', toCover, (taken) => {
    setLast(taken);
    check.reset();
    onTaken();
  });
  const serviceTitle = useServiceTitle(
    programmes.data?.programmes.find((each) => each.services.some((service) => service.code === last?.service)),
  );
  const missing = !entry.voucher || !entry.bookletCode || !entry.on;
  return (
    <div className="stack">
      {check.data && <Checked check={check.data} />}
      {check.isError && <ProblemNotice problem={check.error} />}
      {take.isError && <ProblemNotice problem={take.error} onRetry={() => take.mutate(bodyOf(entry))} />}
      {last && !take.isError && (
        <Notice tone={last.held ? 'warn' : 'good'} announce>
          <p>{t('taken', { service: serviceTitle(last.service), number: last.number })}</p>
          {last.held && (
            <p>{t('taken.held', { why: last.held.map((reason) => t(`why.${reason}` as 'why.burst')).join(', ') })}</p>
          )}
        </Notice>
      )}
      <div className="row">
        <Button busy={check.isPending} disabled={!entry.voucher} onClick={() => check.mutate()}>
          {t('check')}
        </Button>
        <Button
          kind="primary"
          icon="check"
          busy={take.isPending}
          disabled={missing}
          onClick={() => {
            setLast(undefined);
            take.mutate(bodyOf(entry));
          }}
        >
          {t('take')}
        </Button>
      </div>
    </div>
  );
}

/** What the voucher is good for, and whom it was given to. */
function Checked({ check }: { readonly check: VoucherCheck }) {
  const t = useMessages(voucherTexts);
  const title = useTitle();
  const format = useFormat();
  return (
    <Notice tone={check.state === 'activated' || check.state === 'foreign' ? 'good' : 'warn'} announce>
      <p>
        {title(check.title)} {check.number} · {t(`state.${check.state}` as 'state.paid')} ·{' '}
        {t('print.until', { date: format.day(check.expiresOn) })}
      </p>
      {check.holder && (
        <p>
          {t('holder')}: <bdi>{check.holder}</bdi>
        </p>
      )}
    </Notice>
  );
}

function OwnRedemptions() {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const client = useClient();
  const programmes = useProgrammes();
  const serviceTitle = useServiceTitle(programmes.data?.programmes[0]);
  const own = useQuery({
    queryKey: ['vouchers', 'own'],
    queryFn: ({ signal }) =>
      client.get<{ redemptions: readonly RedemptionView[] }>(`${voucherPath}/redemptions`, { ...toCover, signal }),
  });
  const rows = own.data?.redemptions ?? [];
  const told = (row: RedemptionView) =>
    t(`state.${row.outcome === 'accepted' && row.state ? row.state : row.outcome}` as 'state.paid');
  return (
    <Panel title={t('own')}>
      {rows.length === 0 ? (
        <Empty>{t('queue.empty')}</Empty>
      ) : (
        <DataTable
          caption={t('own')}
          rows={rows}
          rowKey={(row) => row.redemptionId}
          exportAs="redemptions"
          columns={[
            { key: 'on', title: t('day'), value: (row) => row.on, show: (row) => format.day(row.on) },
            { key: 'service', title: t('service'), value: (row) => `${serviceTitle(row.service)} ${row.number || ''}` },
            { key: 'outcome', title: t('outcome'), value: told },
            {
              key: 'amount',
              title: t('amount'),
              value: (row) => row.amount?.amount ?? '',
              show: (row) => (row.amount ? format.money(row.amount) : '–'),
              numeric: true,
            },
          ]}
        />
      )}
    </Panel>
  );
}
