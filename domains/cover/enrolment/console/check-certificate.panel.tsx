import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CertificateCheck } from '../certificates.store.ts';
import { PeriodsTable, readText } from './certificate-sheet.tsx';
import { certificateMessages } from './certificates.messages.ts';
import { useEnrolment } from './use-enrolment.ts';

/** Whether a certificate that somebody shows is what a country signed. */
export default function CheckCertificatePanel(_: ScreenProps) {
  const t = useMessages(certificateMessages);
  const enrolment = useEnrolment();
  const [text, setText] = useState('');
  const shown = readText(text.trim());
  const check = useMutation({
    mutationFn: (body: object) => enrolment.ask<CertificateCheck>('/certificates/check', body),
  });
  return (
    <div className="stack">
      <ScreenHead title={t('check.title')} lead={t('check.lead')} />
      <Panel>
        <div className="form">
          <TextField
            id="check-text"
            label={t('text')}
            hint={t('text.hint')}
            rows={4}
            value={text}
            onChange={(next) => {
              setText(next);
              check.reset();
            }}
            error={text.trim() !== '' && !shown ? t('text.bad') : undefined}
            required
          />
          <div className="row">
            <Button
              kind="primary"
              busy={check.isPending}
              disabled={!shown}
              onClick={() => shown && check.mutate(shown)}
            >
              {t('check.do')}
            </Button>
          </div>
        </div>
        {check.isError && <ProblemNotice problem={check.error} />}
      </Panel>
      {check.data && <Checked check={check.data} />}
    </div>
  );
}

function Checked({ check }: { readonly check: CertificateCheck }) {
  const t = useMessages(certificateMessages);
  const format = useFormat();
  const { certificate } = check;
  return (
    <>
      {check.signedBy === undefined ? (
        <Notice tone="bad" announce>
          <p>{t('check.bad')}</p>
        </Notice>
      ) : (
        <Notice tone="good" announce>
          <p>{t('check.good', { country: format.country(check.signedBy) })}</p>
          <p>{t(`known.${check.known}`)}</p>
        </Notice>
      )}
      <Panel title={t('title')}>
        <p>{t('total.value', { months: format.number(check.months), days: format.number(check.days) })}</p>
        <PeriodsTable rows={certificate.periods.map((each) => ({ ...each, country: certificate.issuer }))} />
      </Panel>
    </>
  );
}
