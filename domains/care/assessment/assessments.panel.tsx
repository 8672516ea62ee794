import { useClient } from '@serai/ui/client-context.tsx';
import { Empty, Loading, Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFacilityName } from '@serai/ui/facility-name.ts';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { SectionProps } from '@serai/ui/section.ts';
import { useQuery } from '@tanstack/react-query';
import { careConsoleMessages } from '../care-console.messages.ts';

interface PersonWithAssessments {
  readonly assessments: readonly { readonly id: string; readonly at: string; readonly facility?: string }[];
}

/** The health assessments of a person, latest first. */
export function AssessmentsPanel({ personId, may }: SectionProps) {
  const t = useMessages(careConsoleMessages);
  const format = useFormat();
  const client = useClient();
  const facilityName = useFacilityName();
  const page = useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) =>
      client.get<PersonWithAssessments>(`/api/persons/${encodeURIComponent(personId)}`, { signal }),
  });
  const another = may.includes('assess') && (
    <PlaceLink to={{ screen: 'assess', personId }} className="button">
      {t('assessments.new')}
    </PlaceLink>
  );
  return (
    <Panel title={t('assessments')} actions={another}>
      {page.isPending && <Loading />}
      {page.isError && <ProblemNotice problem={page.error} onRetry={() => void page.refetch()} />}
      {page.isSuccess && page.data.assessments.length === 0 && <Empty>{t('assessments.none')}</Empty>}
      {page.isSuccess && page.data.assessments.length > 0 && (
        <DataTable
          caption={t('assessments')}
          rows={page.data.assessments}
          rowKey={(assessment) => assessment.id}
          initialSort={{ key: 'at', direction: 'descending' }}
          columns={[
            { key: 'at', title: t('at'), value: (row) => row.at, show: (row) => format.date(row.at) },
            {
              key: 'facility',
              title: t('facility'),
              value: (row) => row.facility ?? '',
              show: (row) => (row.facility ? <Written text={facilityName(row.facility)} /> : '–'),
            },
          ]}
        />
      )}
    </Panel>
  );
}
