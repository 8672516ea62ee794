import { useClient } from '@serai/ui/client-context.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import type { SchemeList, SchemeSummary } from './api.ts';
import { screenMessages } from './screen.messages.ts';

/** Whoever asks wants to know the rules of cover, not to treat. */
export const asCover = { purpose: 'COVERAGE' } as const;

/** The schemes of this country. */
export default function SchemesPanel(_: ScreenProps) {
  const t = useMessages(screenMessages);
  const client = useClient();
  const list = useQuery({
    queryKey: ['cover', 'schemes'],
    queryFn: ({ signal }) => client.get<SchemeList>('/api/cover/schemes', { signal, ...asCover }),
  });
  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      {list.isPending && <Loading />}
      {list.isError && <ProblemNotice problem={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && (
        <Panel>
          <SchemeTable schemes={list.data.schemes} />
        </Panel>
      )}
    </>
  );
}

function SchemeTable({ schemes }: { readonly schemes: readonly SchemeSummary[] }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const titleOf = (scheme: SchemeSummary) => scheme.title[language] ?? scheme.title.en ?? scheme.id;
  const versionOf = (scheme: SchemeSummary) =>
    scheme.versions.find(({ inForce }) => inForce) ?? scheme.versions.at(-1)!;
  const columns: Column<SchemeSummary>[] = [
    {
      key: 'scheme',
      title: t('scheme'),
      value: titleOf,
      show: (scheme) => (
        <PlaceLink to={{ screen: 'at', path: `/cover/schemes/${encodeURIComponent(scheme.id)}` }}>
          {titleOf(scheme)}
        </PlaceLink>
      ),
    },
    { key: 'kind', title: t('kind'), value: (scheme) => t(`kind.${scheme.kind}`) },
    { key: 'currency', title: t('currency'), value: (scheme) => scheme.currency },
    { key: 'version', title: t('version'), value: (scheme) => versionOf(scheme).version, numeric: true },
    {
      key: 'since',
      title: t('since'),
      value: (scheme) => versionOf(scheme).validFrom,
      show: (scheme) => format.day(versionOf(scheme).validFrom),
    },
  ];
  return <DataTable caption={t('title')} columns={columns} rows={schemes} rowKey={({ id }) => id} />;
}
