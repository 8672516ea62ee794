import { useClient } from '@serai/ui/client-context.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SchemeVersions } from './api.ts';
import { BenefitsPanel } from './benefits.panel.tsx';
import { Calculator } from './calculator.panel.tsx';
import { type Change, changesBetween } from './changes.ts';
import { LimitsPanel, OtherPanel, PricePanel, SourcesPanel, TariffPanel, WhoPanel } from './rules.panel.tsx';
import type { Scheme } from './scheme.ts';
import { asCover } from './schemes.panel.tsx';
import { screenMessages } from './screen.messages.ts';

/** One scheme as a fund manager reads it: who, what it costs, what is paid and up to what, and what changed. */
export default function SchemePanel({ params }: ScreenProps) {
  const id = decodeURIComponent(params.schemeId ?? '');
  const client = useClient();
  const query = useQuery({
    queryKey: ['cover', 'scheme', id],
    queryFn: ({ signal }) =>
      client.get<SchemeVersions>(`/api/cover/schemes/${encodeURIComponent(id)}`, { signal, ...asCover }),
  });
  if (query.isPending) {
    return <Loading />;
  }
  return query.isError ? (
    <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <SchemeInFull data={query.data} />
  );
}

function SchemeInFull({ data: { versions, current } }: { readonly data: SchemeVersions }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const [chosen, setChosen] = useState(current ?? versions.at(-1)!.version);
  const scheme = versions.find(({ version }) => version === chosen) ?? versions.at(-1)!;
  const before = versions[versions.indexOf(scheme) - 1];
  return (
    <>
      <ScreenHead title={scheme.title[language] ?? scheme.title.en ?? scheme.id} lead={t(`kind.${scheme.kind}`)} />
      <SelectField
        id="version"
        label={t('version')}
        required
        value={String(scheme.version)}
        onChange={(version) => setChosen(Number(version))}
        choices={versions.map(({ version, validFrom }) => ({
          value: String(version),
          label: `${t('version.of', { version, day: format.day(validFrom) })}${version === current ? ` · ${t('version.now')}` : ''}`,
        }))}
      />
      <WhoPanel scheme={scheme} />
      <PricePanel scheme={scheme} />
      {scheme.version === current && <Calculator scheme={scheme} />}
      <BenefitsPanel scheme={scheme} />
      <LimitsPanel scheme={scheme} />
      <OtherPanel scheme={scheme} />
      <ChangesPanel before={before} after={scheme} />
      <SourcesPanel scheme={scheme} />
      <TariffPanel scheme={scheme} />
    </>
  );
}

function ChangesPanel({ before, after }: { readonly before: Scheme | undefined; readonly after: Scheme }) {
  const t = useMessages(screenMessages);
  if (!before) {
    return (
      <Panel title={t('changes')}>
        <p className="soft">{t('changes.none')}</p>
      </Panel>
    );
  }
  const columns: Column<Change>[] = [
    {
      key: 'path',
      title: t('changes.field'),
      value: ({ path }) => path,
      show: ({ path }) => <span className="code">{path}</span>,
    },
    {
      key: 'before',
      title: t('changes.before'),
      value: (change) => change.before ?? '—',
      show: (change) => <Written text={change.before ?? '—'} />,
    },
    {
      key: 'after',
      title: t('changes.after'),
      value: (change) => change.after ?? '—',
      show: (change) => <Written text={change.after ?? '—'} />,
    },
  ];
  return (
    <Panel title={t('changes')}>
      <p className="soft">{t('changes.from', { version: before.version })}</p>
      <DataTable
        caption={t('changes')}
        columns={columns}
        rows={changesBetween(before, after)}
        rowKey={({ path }) => path}
        exportAs={`${after.id.replaceAll(':', '-')}-${after.version}`}
      />
    </Panel>
  );
}
