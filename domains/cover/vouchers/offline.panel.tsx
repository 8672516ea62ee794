import { mintRequestId } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { keepConsole } from '@serai/ui/keep-console.ts';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { Problem } from '@serai/ui/problem.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { afterSync, type DeviceState, newDeviceKey, readKit } from './device.ts';
import { alone, loadDevice, saveDevice } from './device-store.ts';
import type { Device } from './redeem-entry.tsx';
import type { Synced } from './sync.store.ts';
import { toCover, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

interface Me {
  readonly country: string;
  readonly facility?: { readonly id: string };
}

/** This browser as a device of the reader's facility. */
export function useDevice(): Device {
  const client = useClient();
  const me = useQuery({ queryKey: ['vouchers-me'], queryFn: ({ signal }) => client.get<Me>('/api/me', { signal }) });
  const facility = me.data?.facility?.id;
  const [state, setState] = useState<DeviceState>();
  useEffect(() => {
    let current = true;
    if (facility) {
      loadDevice(facility)
        .then((loaded) => current && setState(loaded))
        .catch(() => {});
    }
    return () => {
      current = false;
    };
  }, [facility]);
  const keep = useCallback(
    async (next: DeviceState) => {
      await saveDevice(facility!, next);
      setState(next);
    },
    [facility],
  );
  return { state, facility, keep };
}

/** Whether this device can redeem without a network, what waits on it, and how to send that. */
export function OfflinePanel({ device }: { readonly device: Device }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const { setUp, sync } = useDeviceActs(device);
  const { state } = device;
  const kept = useKept(state !== undefined);
  const counted = (outcome: string) => sync.data?.results.filter((each) => each.outcome === outcome).length ?? 0;
  return (
    <Panel title={t('offline')}>
      {!state && (
        <>
          <p>{t('offline.none')}</p>
          <SetUp busy={setUp.isPending} disabled={!device.facility} onSetUp={setUp.mutate} />
        </>
      )}
      {setUp.isError && <ProblemNotice problem={setUp.error} />}
      {state && (
        <>
          <p role="status">
            {!state.ended &&
              t('offline.ready', { date: format.day(new Date(state.kit.expiresAt * 1000).toISOString()) })}{' '}
            <strong>{t('offline.waiting', { count: format.number(state.waiting.length) })}</strong>
          </p>
          {kept && <p className="soft">{t('offline.opens')}</p>}
          <Button icon="received" busy={sync.isPending} onClick={() => sync.mutate()}>
            {t('offline.sync')}
          </Button>
        </>
      )}
      {sync.isError && <ProblemNotice problem={sync.error} onRetry={() => sync.mutate()} />}
      {state?.ended && (
        <Ended waiting={state.waiting} revoked={state.ended === 'revoked'}>
          <SetUp anew busy={setUp.isPending} disabled={!device.facility} onSetUp={setUp.mutate} />
        </Ended>
      )}
      {sync.data && (
        <Notice
          tone={
            sync.data.stopped || sync.data.revoked || counted('disputed') + counted('refused') > 0 ? 'warn' : 'good'
          }
          announce
        >
          <p>
            {t('offline.sent', {
              accepted: counted('accepted'),
              disputed: counted('disputed'),
              refused: counted('refused'),
            })}
          </p>
        </Notice>
      )}
    </Panel>
  );
}

/** A name and the button: for the first time, or anew with a new key. */
function SetUp(props: {
  readonly anew?: boolean;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onSetUp: (label: string) => void;
}) {
  const t = useMessages(voucherTexts);
  const [label, setLabel] = useState('');
  return (
    <div className="stack">
      <TextField
        id="device-name"
        label={t('offline.name')}
        hint={t('offline.name.hint')}
        value={label}
        onChange={setLabel}
        input={{ maxLength: 60 }}
      />
      <Button icon="shield" busy={props.busy} disabled={props.disabled} onClick={() => props.onSetUp(label.trim())}>
        {t(props.anew ? 'offline.anew' : 'offline.set-up')}
      </Button>
    </div>
  );
}

/** How it ended for this device, where its node takes nothing more of it: it was revoked, or is held. */
function endOf(synced: Synced | undefined, error?: unknown): DeviceState['ended'] {
  const code = error instanceof Problem ? error.code : synced?.stopped;
  if (synced?.revoked || code === 'vouchers.device-revoked') {
    return 'revoked';
  }
  return code === 'vouchers.counter-reused' || code === 'vouchers.chain-broken' ? 'held' : undefined;
}

/** What became of it, what it could not send, and the way to begin anew. */
function Ended(props: {
  readonly waiting: DeviceState['waiting'];
  readonly revoked: boolean;
  readonly children: ReactNode;
}) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const { waiting } = props;
  return (
    <Notice tone="warn" title={props.revoked ? t('offline.revoked') : undefined} announce>
      {props.revoked && <p>{t('offline.revoked.sent')}</p>}
      {waiting.length > 0 && (
        <>
          <p>{t('offline.stuck', { count: format.number(waiting.length) })}</p>
          <ul>
            {waiting.map((each) => (
              <li key={each.redemptionId}>
                {format.day(each.on)} · {each.service} {each.number}
              </li>
            ))}
          </ul>
        </>
      )}
      {props.children}
    </Notice>
  );
}

/** Keeps the console on a device that is set up. @returns whether it opens without a network from now on. */
function useKept(isSetUp: boolean): boolean {
  const [kept, setKept] = useState(false);
  useEffect(() => {
    if (isSetUp) {
      void keepConsole().then(setKept);
    }
  }, [isSetUp]);
  return kept;
}

function useDeviceActs({ state, facility, keep }: Device) {
  const client = useClient();
  const queries = useQueryClient();
  const fetchKit = async (deviceId: string, before?: DeviceState['kit']) => {
    const { kit } = await client.change<{ kit: string }>(
      `${voucherPath}/devices/${encodeURIComponent(deviceId)}/kit`,
      { requestId: mintRequestId() },
      toCover,
    );
    const read = await readKit(kit, before);
    if (!read) {
      throw new Error('the kit is not signed by this node');
    }
    return read;
  };
  const setUp = useMutation({
    mutationFn: async (label: string) => {
      const { privateKey, publicJwk, kid } = await newDeviceKey();
      const body = { requestId: mintRequestId(), label: label || kid.slice(0, 8), publicJwk };
      const { deviceId } = await client.change<{ deviceId: string }>(`${voucherPath}/devices`, body, toCover);
      const kit = await fetchKit(deviceId);
      const { counter, previous } = kit;
      await keep({ deviceId, kid, privateKey, kit, counter, previous, taken: [], waiting: [] });
    },
    // What was said of the device before it is over.
    onSuccess: () => sync.reset(),
  });
  const sync = useMutation({
    mutationFn: async () => {
      const kept = async () => (await loadDevice(facility!)) ?? state!;
      const { deviceId, waiting } = await kept();
      const synced = await client.change<Synced>(
        `${voucherPath}/devices/${encodeURIComponent(deviceId)}/sync`,
        { requestId: mintRequestId(), ...{ statements: waiting.map((each) => each.statement) } },
        toCover,
      );
      // What was taken on another page while this was sent still waits.
      await alone(async () => keep(afterSync(await kept(), synced.counter)));
      const ended = endOf(synced);
      if (ended) {
        await alone(async () => keep({ ...(await kept()), ended }));
      } else if (!synced.stopped) {
        const kit = await fetchKit(deviceId, (await kept()).kit);
        await alone(async () => keep({ ...(await kept()), kit }));
      }
      await queries.invalidateQueries({ queryKey: ['vouchers'] });
      return synced;
    },
    onError: async (thrown) => {
      const ended = endOf(undefined, thrown);
      if (ended) {
        await alone(async () => keep({ ...((await loadDevice(facility!)) ?? state!), ended }));
      }
    },
  });
  return { setUp, sync };
}
