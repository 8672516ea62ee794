import { mintRequestId } from '@serai/ui/client.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { Problem } from '@serai/ui/problem.ts';
import { todayHere } from '@serai/ui/today.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { EnrolFields } from '../console/enrol-fields.tsx';
import { type EnrolForm, emptyForm, missingFields } from '../console/enrol-form.ts';
import { PricePart } from '../console/enrol-parts.tsx';
import type { EnrolmentPreview } from '../enrol.ts';
import { fieldTexts } from './field.messages.ts';
import { seal } from './field.ts';
import { changeFieldDevice, type FieldDevice } from './field-store.ts';
import { fieldPrice } from './price.ts';

/** Seals a family to the node's key and keeps it on the device. @throws DOMException where it cannot be kept. */
export async function keepOnDevice({ kit }: FieldDevice, form: EnrolForm, on: string): Promise<FieldDevice> {
  const sealed = await seal(kit, { on, form });
  const kept = { requestId: mintRequestId(), kitId: kit.kitId, on, sealed };
  return changeFieldDevice((device) => ({ ...device!, waiting: [...device!.waiting, kept] }));
}

/** The form without a network: the price by the rules kept here, then sealed. Nothing typed is kept before. */
export function FieldForm(props: { readonly device: FieldDevice; readonly onKept: (device: FieldDevice) => void }) {
  const t = useMessages(fieldTexts);
  const { device, onKept } = props;
  const [form, setForm] = useState(() => emptyForm(device.country));
  const [tried, setTried] = useState(false);
  const missing = missingFields(form);
  const scheme = device.schemes.find((each) => each.form.schemeId === form.schemeId);
  const price = useMutation({
    mutationFn: async () => {
      const reckoned = fieldPrice(scheme!, form, todayHere());
      if (!reckoned.ok) {
        throw new Problem(reckoned.code, 409);
      }
      return reckoned.value;
    },
  });
  const keep = useMutation({
    mutationFn: () => keepOnDevice(device, form, todayHere()),
    onSuccess: (kept) => {
      setForm(emptyForm(device.country));
      setTried(false);
      price.reset();
      onKept(kept);
    },
  });
  const change = (next: Partial<EnrolForm>) => {
    setForm((value) => ({ ...value, ...next }));
    price.reset();
    keep.reset();
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing.size === 0 && scheme) {
          price.mutate();
        }
      }}
    >
      {keep.isSuccess && (
        <Notice tone="good" announce>
          <p>{t('field.kept')}</p>
        </Notice>
      )}
      <EnrolFields
        form={form}
        schemes={device.schemes.map((each) => each.form)}
        groups={[]}
        country={device.country}
        change={change}
        error={(id) => (tried && missing.has(id) ? t('needed') : undefined)}
      >
        <Button type="submit" kind={price.data ? 'plain' : 'primary'}>
          {t('enrol.see')}
        </Button>
      </EnrolFields>
      {price.isError && <ProblemNotice problem={price.error} />}
      {price.data && (
        <Keeping price={price.data} busy={keep.isPending} failed={keep.isError} onKeep={() => keep.mutate()} />
      )}
    </form>
  );
}

function Keeping(props: {
  readonly price: EnrolmentPreview;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly onKeep: () => void;
}) {
  const t = useMessages(fieldTexts);
  return (
    <>
      <PricePart preview={props.price} />
      <p className="soft">{t('field.price-then')}</p>
      {props.failed && <Notice tone="bad">{t('field.cannot')}</Notice>}
      <div className="row">
        <Button kind="primary" busy={props.busy} onClick={props.onKeep}>
          {t('field.keep')}
        </Button>
      </div>
    </>
  );
}
