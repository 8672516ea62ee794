import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useBackOnline } from '@serai/ui/use-online.ts';
import { useEffect, useState } from 'react';
import { fieldTexts } from './field.messages.ts';
import { FieldForm } from './field-form.tsx';
import { type FieldDevice, loadFieldDevice } from './field-store.ts';

const enrolScreen = '/console/cover/enrol';

/**
 * Enrolling where the node cannot be reached and nobody can sign in: on a device that was set up; on any other it shows
 * nothing. Who was enrolled is not shown: it cannot be read here.
 */
export default function FieldDesk() {
  const t = useMessages(fieldTexts);
  const format = useFormat();
  const [device, setDevice] = useState<FieldDevice>();
  const online = useBackOnline();
  useEffect(() => {
    void loadFieldDevice().then(setDevice);
  }, []);
  if (!device) {
    return null;
  }
  return (
    <section className="stack">
      <h1>{t('field.desk')}</h1>
      {online && (
        <Notice tone="good" announce>
          <p>{t('field.again')}</p>
          <p>
            <Button kind="primary" icon="received" onClick={() => location.assign(enrolScreen)}>
              {t('field.sign-in')}
            </Button>
          </p>
        </Notice>
      )}
      <p className="soft">{t('field.lead', { date: format.day(device.told) })}</p>
      <p role="status">
        <strong>{t('field.waiting', { count: format.number(device.waiting.length) })}</strong>
      </p>
      <FieldForm device={device} onKept={setDevice} />
    </section>
  );
}
