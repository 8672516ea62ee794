import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { SectionProps } from '@serai/ui/section.ts';
import { useWords } from '@serai/ui/words/words.ts';
import { useQuery } from '@tanstack/react-query';
import type { Disclosures } from '../api.ts';
import { classMessages } from '../exchange.messages.ts';
import { disclosureMessages } from './disclosures.messages.ts';

type Disclosure = Disclosures['disclosures'][number];

/** Who saw what, when, why and under which clause; refused attempts stand in the same list. */
export function DisclosuresPanel({ personId }: SectionProps) {
  const t = useMessages(disclosureMessages);
  const { language } = useLanguage();
  const format = useFormat();
  const words = useWords();
  const client = useClient();
  const found = useQuery({
    queryKey: ['person', personId, 'disclosures'],
    queryFn: ({ signal }) =>
      client.get<Disclosures>(`/api/persons/${encodeURIComponent(personId)}/disclosures`, { signal }),
  });
  if (found.isPending) {
    return <Loading />;
  }
  if (found.isError) {
    return <ProblemNotice problem={found.error} onRetry={() => void found.refetch()} />;
  }
  const word = (table: Messages, key: string, otherwise: string) => table[key]?.[language] ?? otherwise;
  const className = (recipientClass: string) => word(classMessages, recipientClass, recipientClass);
  const reasonText = (reason: string | undefined) =>
    reason ? word(disclosureMessages, `reason.${reason}`, reason) : '';
  const place = (disclosure: Disclosure) =>
    [disclosure.facility, format.country(disclosure.country)].filter(Boolean).join(', ');

  return (
    <div className="stack">
      <Panel title={t('title')}>
        {found.data.disclosures.length === 0 ? (
          <Empty>{t('none')}</Empty>
        ) : (
          <DataTable
            caption={t('title')}
            exportAs="disclosures"
            rows={found.data.disclosures}
            rowKey={(disclosure) => disclosure.entryId}
            initialSort={{ key: 'at', direction: 'descending' }}
            columns={[
              { key: 'at', title: t('at'), value: (row) => row.at, show: (row) => format.date(row.at) },
              {
                key: 'outcome',
                title: t('outcome'),
                value: (row) => t(row.outcome),
                show: (row) => (
                  <>
                    <Tag tone={row.outcome === 'permitted' ? 'good' : 'bad'}>{t(row.outcome)}</Tag>
                    {row.outcome === 'refused' && row.reason && (
                      <span className="line small soft">{reasonText(row.reason)}</span>
                    )}
                  </>
                ),
              },
              {
                key: 'who',
                title: t('who'),
                value: (row) => [row.recipient, className(row.recipientClass), place(row)].join(' '),
                show: (row) => (
                  <>
                    {row.recipient === row.recipientClass ? (
                      className(row.recipientClass)
                    ) : (
                      <Written text={row.recipient} />
                    )}
                    <span className="line small soft">
                      {row.recipient !== row.recipientClass && `${className(row.recipientClass)} · `}
                      <Written text={place(row)} />
                    </span>
                    {row.direction === 'abroad' && <Tag tone="abroad">{t('abroad')}</Tag>}
                  </>
                ),
              },
              {
                key: 'why',
                title: t('why'),
                value: (row) => [words.purpose(row.purpose), row.clause].filter(Boolean).join(' '),
                show: (row) => (
                  <>
                    {words.purpose(row.purpose)}
                    {row.clause && (
                      <span className="line small">
                        <span className="only-spoken">{t('clause')}: </span>
                        <span className="code">{row.clause}</span>
                      </span>
                    )}
                  </>
                ),
              },
              { key: 'what', title: t('what'), value: (row) => row.what.map(words.category).join(', ') || '–' },
              {
                key: 'proof',
                title: t('proof'),
                numeric: true,
                value: (row) => row.leafIndex ?? '',
                show: (row) =>
                  row.leafIndex === undefined ? (
                    <span className="soft small">{t('proof.pending')}</span>
                  ) : (
                    <span className="code">#{row.leafIndex}</span>
                  ),
              },
            ]}
          />
        )}
      </Panel>
      <CountersPanel counters={found.data.counters} className={className} />
    </div>
  );
}

function CountersPanel({
  counters,
  className,
}: {
  readonly counters: Disclosures['counters'];
  readonly className: (recipientClass: string) => string;
}) {
  const t = useMessages(disclosureMessages);
  const format = useFormat();
  const toEnforcement = counters.disclosed.enforcement ?? 0;
  const classes = Object.entries(counters.disclosed).filter(([recipientClass]) => recipientClass !== 'enforcement');
  return (
    <Panel title={t('counters')}>
      <dl className="counters">
        {classes.map(([recipientClass, count]) => (
          <div key={recipientClass}>
            <dt>{className(recipientClass)}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
        <div className={toEnforcement === 0 ? 'counter-kept' : 'counter-broken'}>
          <dt>{className('enforcement')}</dt>
          <dd>{format.number(toEnforcement)}</dd>
        </div>
      </dl>
      <Notice tone={toEnforcement === 0 ? 'good' : 'bad'}>
        <p>
          {toEnforcement === 0 ? t('enforcement.zero') : t('enforcement.broken', { count: toEnforcement })}{' '}
          {t('enforcement.refused', { count: counters.enforcementRefused })}
        </p>
      </Notice>
    </Panel>
  );
}
