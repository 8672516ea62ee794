import { Button } from '@serai/ui/components/button.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { Problem } from '@serai/ui/problem.ts';
import { Camera } from '@serai/ui/scan/camera.tsx';
import { todayHere } from '@serai/ui/today.ts';
import { useMutation } from '@tanstack/react-query';
import { type DeviceState, takeOnDevice } from './device.ts';
import { alone, loadDevice } from './device-store.ts';
import { useServiceTitle } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';
import type { Place } from './vouchers.tables.ts';

/** What a provider enters, and how it is redeemed on the device: with a session or without one. */

export interface Entry {
  readonly voucher: string;
  readonly bookletCode: string;
  readonly on: string;
  readonly deliveredOn: string;
  readonly place: Place | '';
}

export interface Device {
  readonly state: DeviceState | undefined;
  readonly facility: string | undefined;
  /** Keeps a state before it is shown: what is not kept is not redeemed. */
  readonly keep: (state: DeviceState) => Promise<void>;
}

/** Nothing entered yet, for a day: the reader's own where none is given. */
export function blankEntry(on = todayHere()): Entry {
  return { voucher: '', bookletCode: '', deliveredOn: '', place: '', on };
}

export function EntryFields({ entry, onChange }: { readonly entry: Entry; readonly onChange: (entry: Entry) => void }) {
  const t = useMessages(voucherTexts);
  const set = (changes: Partial<Entry>) => onChange({ ...entry, ...changes });
  const day = { type: 'date' } as const;
  return (
    <div className="form">
      <TextField
        id="voucher"
        label={t('voucher')}
        hint={t('voucher.hint')}
        value={entry.voucher}
        onChange={(voucher) => set({ voucher })}
        input={{ autoComplete: 'off', spellCheck: false }}
        required
      />
      <Camera beside onText={(voucher) => set({ voucher })} />
      <TextField
        id="booklet-code"
        label={t('code')}
        value={entry.bookletCode}
        onChange={(bookletCode) => set({ bookletCode })}
        input={{ autoComplete: 'off', spellCheck: false }}
        required
      />
      <TextField id="on" label={t('on')} value={entry.on} onChange={(on) => set({ on })} input={day} required />
      <TextField
        id="born"
        label={t('born')}
        value={entry.deliveredOn}
        onChange={(deliveredOn) => set({ deliveredOn })}
        input={day}
      />
      <SelectField
        id="place"
        label={t('place')}
        value={entry.place || undefined}
        onChange={(place) => set({ place })}
        choices={(['facility', 'home', 'outreach'] as const).map((value) => ({ value, label: t(`place.${value}`) }))}
      />
    </div>
  );
}

/** Redeems on the device alone: signed, kept, and only then shown as done. */
export function TakeOffline(props: { readonly device: Device; readonly entry: Entry; readonly onTaken: () => void }) {
  const t = useMessages(voucherTexts);
  const { device, entry } = props;
  const serviceTitle = useServiceTitle(device.state?.kit.programmes[0]);
  const take = useMutation({
    mutationFn: () =>
      alone(async () => {
        // As it is kept, not as it was shown: another page may have taken meanwhile.
        const now = (await loadDevice(device.facility!)) ?? device.state!;
        const taken = await takeOnDevice(now, {
          text: entry.voucher,
          bookletCode: entry.bookletCode,
          redemptionId: crypto.randomUUID(),
          on: entry.on,
          now: Math.floor(Date.now() / 1000),
          ...(entry.deliveredOn && { deliveredOn: entry.deliveredOn }),
          ...(entry.place && { place: entry.place }),
        });
        if (!taken.ok) {
          throw new Problem(taken.code, 409);
        }
        await device.keep(taken.value.state);
        return taken.value.waiting;
      }),
    onSuccess: props.onTaken,
  });
  return (
    <div className="stack">
      {take.isError && <ProblemNotice problem={take.error} />}
      {take.data && (
        <Notice tone="good" announce>
          <p>{t('offline.kept', { service: serviceTitle(take.data.service), number: take.data.number })}</p>
        </Notice>
      )}
      <div className="row">
        <Button
          kind="primary"
          icon="saved"
          busy={take.isPending}
          disabled={!entry.voucher || !entry.bookletCode || !entry.on}
          onClick={() => take.mutate()}
        >
          {t('take')}
        </Button>
      </div>
    </div>
  );
}
