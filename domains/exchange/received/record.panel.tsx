import { useClient } from '@serai/ui/client-context.tsx';
import { Icon } from '@serai/ui/components/icon.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { IpsDocument } from '@serai/ui/fhir/ips-document.tsx';
import { viewOf } from '@serai/ui/fhir/ips-view.ts';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useWords } from '@serai/ui/words/words.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReceivedRecord } from '../api.ts';
import { receivedMessages } from './received.messages.ts';

/** A record from another country: marked on every side as received, with why and whence, and never editable. */
export function ReceivedRecordPanel({ id }: { readonly id: string }) {
  const t = useMessages(receivedMessages);
  const { language } = useLanguage();
  const format = useFormat();
  const words = useWords();
  const client = useClient();
  const found = useQuery({
    queryKey: ['received', id],
    queryFn: ({ signal }) => client.get<ReceivedRecord>(`/api/received/${encodeURIComponent(id)}`, { signal }),
    staleTime: 5 * 60_000,
  });
  if (found.isPending) {
    return <Loading />;
  }
  if (found.isError) {
    return <ProblemNotice problem={found.error} onRetry={() => void found.refetch()} />;
  }
  const record = found.data;
  const country = format.country(record.from);
  const person = viewOf(record.document, language)?.person;
  return (
    <div className="abroad">
      <header className="abroad-banner">
        <p className="abroad-mark">
          <Icon name="abroad" />
          {t('banner', { country })}
        </p>
        <h1 id="screen-title" tabIndex={-1}>
          {person?.name ? <Written text={person.name} /> : t('record.title')}
        </h1>
        {person?.birth && <p className="person-facts">{format.date(person.birth)}</p>}
        <p>{t('banner.lead')}</p>
      </header>
      <div className="abroad-body">
        {new Date(record.retainUntil) < new Date() && (
          <Notice tone="bad">
            <p>{t('expired')}</p>
          </Notice>
        )}
        <Panel tone="abroad" title={t('record.title')}>
          <IpsDocument document={record.document} idPrefix="received" />
        </Panel>
        <Panel tone="abroad" title={t('why.title')}>
          <Facts
            facts={[
              { term: t('agreement'), value: <span className="code">{record.agreement}</span> },
              { term: t('clause'), value: <span className="code">{record.clause}</span> },
              { term: t('purpose'), value: words.purpose(record.purpose) },
              { term: t('categories'), value: record.categories.map(words.category).join(', ') },
              { term: t('received-at'), value: format.date(record.receivedAt) },
              { term: t('retain-until'), value: format.day(record.retainUntil) },
            ]}
          />
        </Panel>
        <Panel tone="abroad" title={t('provenance.title')}>
          <Facts
            facts={[
              { term: t('signed-by'), value: <Written text={record.provenance.signedBy} /> },
              { term: t('signed-at'), value: format.date(record.provenance.signedAt) },
              { term: t('verified-at'), value: format.date(record.provenance.verifiedAt) },
              { term: t('key'), value: <span className="code">{record.provenance.keyId}</span> },
              { term: t('digest'), value: <span className="code">{record.provenance.documentDigest}</span> },
            ]}
          />
        </Panel>
      </div>
    </div>
  );
}
