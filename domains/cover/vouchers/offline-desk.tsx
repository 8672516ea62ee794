import { Button } from '@serai/ui/components/button.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useBackOnline } from '@serai/ui/use-online.ts';
import { useCallback, useEffect, useState } from 'react';
import type { DeviceState } from './device.ts';
import { deviceFacilities, loadDevice, saveDevice } from './device-store.ts';
import { blankEntry, type Device, type Entry, EntryFields, TakeOffline } from './redeem-entry.tsx';
import { voucherTexts } from './voucher-texts.messages.ts';

const redeemScreen = '/console/cover/vouchers/redeem';

/**
 * Redeeming where the node cannot be reached and nobody can sign in: on a device that was set up, within the caps of its
 * kit. On any other it shows nothing. What was taken is sent from the redeem screen, by whoever signs in there.
 */
export default function OfflineDesk() {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const { device, facilities, choose } = useStoredDevice();
  const [entry, setEntry] = useState<Entry>(() => blankEntry());
  const online = useBackOnline();
  const { state } = device;
  if (!state) {
    return null;
  }
  return (
    <section className="stack">
      <h1>{t('offline.desk')}</h1>
      {online && (
        <Notice tone="good" announce>
          <p>{t('offline.again')}</p>
          <p>
            <Button kind="primary" icon="received" onClick={() => location.assign(redeemScreen)}>
              {t('offline.sign-in')}
            </Button>
          </p>
        </Notice>
      )}
      {state.ended === 'revoked' && (
        <Notice tone="warn" title={t('offline.revoked')}>
          <p>{t('offline.revoked.sent')}</p>
        </Notice>
      )}
      <p className="soft">
        {t('offline.lead', { date: format.day(new Date(state.kit.expiresAt * 1000).toISOString()) })}
      </p>
      {facilities.length > 1 && (
        <SelectField
          id="facility"
          label={t('offline.facility')}
          value={device.facility}
          onChange={choose}
          choices={facilities.map((each) => ({ value: each, label: each }))}
        />
      )}
      <p role="status">
        <strong>{t('offline.waiting', { count: format.number(state.waiting.length) })}</strong>
      </p>
      <EntryFields entry={entry} onChange={setEntry} />
      <TakeOffline device={device} entry={entry} onTaken={() => setEntry(blankEntry(entry.on))} />
    </section>
  );
}

/** The device as it was kept; of several facilities, the one chosen. */
function useStoredDevice(): {
  readonly device: Device;
  readonly facilities: readonly string[];
  readonly choose: (facility: string) => void;
} {
  const [facilities, setFacilities] = useState<readonly string[]>([]);
  const [facility, choose] = useState<string>();
  const [state, setState] = useState<DeviceState>();
  useEffect(() => {
    deviceFacilities().then(
      (found) => {
        setFacilities(found);
        choose(found[0]);
      },
      () => {},
    );
  }, []);
  useEffect(() => {
    let current = true;
    if (facility) {
      loadDevice(facility).then(
        (loaded) => current && setState(loaded),
        () => {},
      );
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
  return { device: { state, facility, keep }, facilities, choose };
}
