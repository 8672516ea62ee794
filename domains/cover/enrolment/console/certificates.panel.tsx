import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { Certifiable } from '../certificates.store.ts';
import { AskAbroad } from './certificate-requests-table.tsx';
import { CertificateSheet, PeriodsTable, readText, SchemeName } from './certificate-sheet.tsx';
import { certificateMessages } from './certificates.messages.ts';
import { changeMessages } from './changes.messages.ts';
import { useCertificates, useGiveCertificate, useRecordCertificate } from './use-certificates.ts';
import { memberPath } from './words.tsx';

/** A member's insured periods in all countries, what could be certified, and certificates given and received. */
export default function CertificatesPanel({ params }: ScreenProps) {
  const t = useMessages(certificateMessages);
  const change = useMessages(changeMessages);
  const format = useFormat();
  const memberId = params.memberId ?? '';
  const query = useCertificates(memberId);
  const { data } = query;
  return (
    <div className="stack">
      <ScreenHead
        title={t('certificates')}
        lead={t('lead')}
        actions={
          <PlaceLink to={memberPath(memberId)} className="button">
            {change('back-to-member')}
          </PlaceLink>
        }
      />
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {data && (
        <>
          <Panel title={t('total')}>
            <p>
              {t('total.value', {
                months: format.number(data.totalled.months),
                days: format.number(data.totalled.days),
              })}
            </p>
            {data.totalled.periods.length > 0 && <PeriodsTable rows={data.totalled.periods} />}
          </Panel>
          {data.partners.length === 0 && (
            <Panel>
              <p>{t('none')}</p>
            </Panel>
          )}
          {data.partners.map((each) => (
            <Give key={each.partner} memberId={memberId} certifiable={each} />
          ))}
          {data.certificates.map((each) => (
            <Panel
              key={each.certificate.certificateId}
              title={t(each.given ? 'given' : 'received', { country: format.country(each.partner) })}
              actions={
                each.given && (
                  <Button icon="print" onClick={() => window.print()}>
                    {t('print')}
                  </Button>
                )
              }
            >
              <CertificateSheet signed={each} />
            </Panel>
          ))}
          {data.partners.map((each) => (
            <AskAbroad key={each.partner} memberId={memberId} partner={each.partner} />
          ))}
          {data.partners.length > 0 && <Receive memberId={memberId} />}
        </>
      )}
    </div>
  );
}

/** What would be certified for one country, and why not where it would not. */
export function Give(props: { readonly memberId: string; readonly certifiable: Certifiable }) {
  const t = useMessages(certificateMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const { certifiable } = props;
  const give = useGiveCertificate(props.memberId);
  const enough = certifiable.days >= certifiable.minimumDays;
  return (
    <Panel title={t('give.title', { country: format.country(certifiable.partner) })}>
      {certifiable.title[language] && (
        <p>
          {certifiable.title[language]} <code>{certifiable.clause}</code>
        </p>
      )}
      <p>
        {t('give.counted')}:{' '}
        {t('total.value', { months: format.number(certifiable.months), days: format.number(certifiable.days) })}
      </p>
      {certifiable.periods.length > 0 && <CertifiablePeriods certifiable={certifiable} />}
      {!enough && <p>{t('give.few', { days: format.number(certifiable.minimumDays) })}</p>}
      {!certifiable.record && <p>{t('give.record')}</p>}
      {give.isError && <ProblemNotice problem={give.error} />}
      {enough && certifiable.record && (
        <div className="row">
          <Button kind="primary" busy={give.isPending} onClick={() => give.mutate(certifiable.partner)}>
            {t('give.do')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function CertifiablePeriods({ certifiable }: { readonly certifiable: Certifiable }) {
  const format = useFormat();
  return (
    <ul>
      {certifiable.periods.map((each) => (
        <li key={`${each.schemeId} ${each.from}`}>
          <SchemeName schemeId={each.schemeId} />: {format.day(each.from)} – {format.day(each.to)}
        </li>
      ))}
    </ul>
  );
}

function Receive({ memberId }: { readonly memberId: string }) {
  const t = useMessages(certificateMessages);
  const record = useRecordCertificate(memberId);
  const [text, setText] = useState('');
  const [card, setCard] = useState('');
  const shown = readText(text.trim());
  return (
    <Panel title={t('receive.title')}>
      <p>{t('receive.lead')}</p>
      <div className="form">
        <TextField
          id="certificate-text"
          label={t('text')}
          hint={t('text.hint')}
          rows={3}
          value={text}
          onChange={setText}
          error={text.trim() !== '' && !shown ? t('text.bad') : undefined}
          required
        />
        <TextField id="certificate-card" label={t('receive.card')} rows={2} value={card} onChange={setCard} required />
        <div className="row">
          <Button
            kind="primary"
            busy={record.isPending}
            disabled={!shown || card.trim() === ''}
            onClick={() => shown && record.mutate({ ...shown, card: card.trim() })}
          >
            {t('receive.do')}
          </Button>
        </div>
      </div>
      {record.isError && <ProblemNotice problem={record.error} />}
      {record.isSuccess && (
        <Notice tone="good" announce>
          <p>{t('receive.done')}</p>
        </Notice>
      )}
    </Panel>
  );
}
