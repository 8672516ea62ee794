import { mintRequestId } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { afterSync, type DeviceState, newDeviceKey, readKit } from './device.ts';
import { alone, loadDevice, saveDevice } from './device-store.ts';
import { keepConsole } from './keep-console.ts';
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
          <Button icon="shield" busy={setUp.isPending} disabled={!device.facility} onClick={() => setUp.mutate()}>
            {t('offline.set-up')}
          </Button>
        </>
      )}
      {setUp.isError && <ProblemNotice problem={setUp.error} />}
      {state && (
        <>
          <p role="status">
            {t('offline.ready', { date: format.day(new Date(state.kit.expiresAt * 1000).toISOString()) })}{' '}
            <strong>{t('offline.waiting', { count: format.number(state.waiting.length) })}</strong>
          </p>
          {kept && <p className="soft">{t('offline.opens')}</p>}
          <Button icon="received" busy={sync.isPending} onClick={() => sync.mutate()}>
            {t('offline.sync')}
          </Button>
        </>
      )}
      {sync.isError && <ProblemNotice problem={sync.error} onRetry={() => sync.mutate()} />}
      {sync.data && (
        <Notice tone={sync.data.stopped || counted('disputed') + counted('refused') > 0 ? 'warn' : 'good'} announce>
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
    mutationFn: async () => {
      const { privateKey, publicJwk, kid } = await newDeviceKey();
      const body = { requestId: mintRequestId(), label: kid.slice(0, 8), publicJwk };
      const { deviceId } = await client.change<{ deviceId: string }>(`${voucherPath}/devices`, body, toCover);
      const kit = await fetchKit(deviceId);
      const { counter, previous } = kit;
      await keep({ deviceId, kid, privateKey, kit, counter, previous, taken: [], waiting: [] });
    },
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
      if (!synced.stopped) {
        const kit = await fetchKit(deviceId, (await kept()).kit);
        await alone(async () => keep({ ...(await kept()), kit }));
      }
      await queries.invalidateQueries({ queryKey: ['vouchers'] });
      return synced;
    },
  });
  return { setUp, sync };
}
