import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice, useProblemText } from '@serai/ui/components/problem-notice.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { todayHere } from '@serai/ui/today.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DevicesView, DeviceView } from './api.ts';
import { deviceTexts } from './devices.messages.ts';
import { toCover, useAct, useProgrammes, useTitle, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** The devices that redeem without a network, and the way to take a lost one out of use. */
export default function DevicesPanel() {
  const t = useMessages(deviceTexts);
  const client = useClient();
  const [chosen, setChosen] = useState<DeviceView>();
  const [revoked, setRevoked] = useState<string>();
  const read = useQuery({
    queryKey: ['vouchers', 'devices'],
    queryFn: ({ signal }) => client.get<DevicesView>(`${voucherPath}/devices`, { ...toCover, signal }),
  });
  return (
    <div className="stack">
      <ScreenHead title={t('title')} lead={t('lead')} />
      {revoked !== undefined && (
        <Notice tone="good" announce>
          <p>{t('done', { label: revoked })}</p>
        </Notice>
      )}
      <Panel>
        {read.isPending && <Loading />}
        {read.isError && <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />}
        {read.data?.devices.length === 0 && <Empty>{t('none')}</Empty>}
        {read.data && read.data.devices.length > 0 && <DeviceTable devices={read.data.devices} onRevoke={setChosen} />}
      </Panel>
      {read.data && read.data.bounds.length > 0 && <Bounds bounds={read.data.bounds} />}
      {chosen && (
        <RevokeDialog
          device={chosen}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setRevoked(chosen.label);
            setChosen(undefined);
          }}
        />
      )}
    </div>
  );
}

function DeviceTable(props: {
  readonly devices: readonly DeviceView[];
  readonly onRevoke: (device: DeviceView) => void;
}) {
  const t = useMessages(deviceTexts);
  const format = useFormat();
  const setUp = (row: DeviceView) => (
    <>
      {format.date(row.setUpAt)}
      {row.setUpBy && (
        <>
          {' · '}
          <Written text={row.setUpBy} />
        </>
      )}
    </>
  );
  const columns: Column<DeviceView>[] = [
    { key: 'label', title: t('device'), value: (row) => row.label, show: (row) => <Written text={row.label} /> },
    {
      key: 'facility',
      title: t('facility'),
      value: (row) => row.facility,
      show: (row) => <Written text={row.facility} />,
    },
    { key: 'set-up', title: t('set-up'), value: (row) => row.setUpAt, show: setUp },
    {
      key: 'last-sync',
      title: t('last-sync'),
      value: (row) => row.lastSync ?? '',
      show: (row) => (row.lastSync ? format.date(row.lastSync) : t('never')),
    },
    { key: 'holds', title: t('holds'), value: (row) => row.mayHold, show: (row) => <Holds device={row} /> },
    {
      key: 'state',
      title: t('state'),
      value: (row) => t(`state.${row.state}`),
      show: (row) => <State device={row} onRevoke={() => props.onRevoke(row)} />,
    },
  ];
  return (
    <DataTable
      caption={t('title')}
      rows={props.devices}
      rowKey={(row) => row.deviceId}
      exportAs="voucher-devices"
      columns={columns}
    />
  );
}

function Holds({ device }: { readonly device: DeviceView }) {
  const t = useMessages(deviceTexts);
  const format = useFormat();
  if (device.mayHold === 0) {
    return <>{t('holds.none')}</>;
  }
  const count = format.number(device.mayHold);
  return <>{device.mayHoldWorth ? t('holds.worth', { count, worth: format.money(device.mayHoldWorth) }) : count}</>;
}

const tones = { 'in-use': 'good', held: 'warn', revoked: 'note' } as const;

function State({ device, onRevoke }: { readonly device: DeviceView; readonly onRevoke: () => void }) {
  const t = useMessages(deviceTexts);
  const format = useFormat();
  const problem = useProblemText();
  const { revoked, kitUntil, heldBecause } = device;
  const isOver = kitUntil !== undefined && Date.parse(kitUntil) <= Date.now();
  return (
    <div className="stack-tight">
      <span>
        <Tag tone={tones[device.state]}>{t(`state.${device.state}`)}</Tag>{' '}
        {kitUntil && (
          <span className="soft small">{t(isOver ? 'list-over' : 'list-until', { date: format.day(kitUntil) })}</span>
        )}
      </span>
      {heldBecause && <span className="soft small">{problem({ code: heldBecause, text: undefined })}</span>}
      {revoked && (
        <span className="soft small">
          {t('revoked.at', { date: format.date(revoked.at) })}
          {revoked.by && (
            <>
              {' · '}
              <Written text={revoked.by} />
            </>
          )}
          {revoked.because && (
            <>
              {' · '}
              <Written text={revoked.because} />
            </>
          )}
          {' · '}
          {t('revoked.in-hand', { date: format.day(revoked.inHandUntil) })}
        </span>
      )}
      {device.waitsForPerson > 0 && <span>{t('waits', { count: format.number(device.waitsForPerson) })}</span>}
      {!revoked && (
        <Button kind="danger" onClick={onRevoke} aria-label={t('revoke.of', { label: device.label })}>
          {t('revoke')}
        </Button>
      )}
    </div>
  );
}

function Bounds({ bounds }: { readonly bounds: DevicesView['bounds'] }) {
  const t = useMessages(deviceTexts);
  const words = useMessages(voucherTexts);
  const format = useFormat();
  const title = useTitle();
  const programmes = useProgrammes();
  return (
    <Panel title={t('bound')}>
      {bounds.map((bound) => (
        <p key={bound.programmeId} className="prose">
          <strong>{title(programmes.data?.programmes.find((each) => each.id === bound.programmeId)?.title)}</strong>{' '}
          {words('bound.text', {
            devices: format.number(bound.devices),
            perDevice: format.number(bound.perDevice),
            services: format.number(bound.services),
            worth: format.money(bound.worth),
          })}
        </p>
      ))}
      <p className="soft">{t('bound.kit')}</p>
    </Panel>
  );
}

function RevokeDialog(props: {
  readonly device: DeviceView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const t = useMessages(deviceTexts);
  const format = useFormat();
  const { device } = props;
  const [inHandUntil, setInHandUntil] = useState(() => todayHere());
  const [reason, setReason] = useState('');
  const revoke = useAct<unknown>((at) => `/devices/${encodeURIComponent(at)}/revoke`, toCover, props.onDone);
  return (
    <Dialog
      open
      title={t('revoke.of', { label: device.label })}
      onClose={props.onClose}
      actions={
        <Button
          kind="danger"
          busy={revoke.isPending}
          disabled={reason.trim().length < 3 || inHandUntil === ''}
          onClick={() => revoke.mutate({ at: device.deviceId, reason, inHandUntil })}
        >
          {t('revoke')}
        </Button>
      }
    >
      <p>{t('revoke.what')}</p>
      {device.mayHold > 0 && <p>{t('revoke.holds', { count: format.number(device.mayHold) })}</p>}
      <DateField id="in-hand" label={t('in-hand')} value={inHandUntil} onChange={setInHandUntil} required />
      <TextField
        id="revoke-reason"
        label={t('reason')}
        hint={t('reason.hint')}
        value={reason}
        onChange={setReason}
        input={{ maxLength: 300 }}
        required
      />
      {revoke.isError && <ProblemNotice problem={revoke.error} />}
    </Dialog>
  );
}
