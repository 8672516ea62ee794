import { useClient } from '@serai/ui/client-context.tsx';
import { JobProgress } from '@serai/ui/components/job-progress.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Assumption, StudyReport, StudyView } from './api.ts';
import { FigureView, FindingNotes, useWord } from './figure-table.tsx';
import { MethodAndLimits, PrintButton, ReportData, Signatures } from './report-parts.tsx';
import { useSchemes } from './schemes.tsx';
import { assumptionMessages, studyMessages } from './study.messages.ts';

/** A study: how far it is while it is made, then its report, which can be printed. */
export default function StudyPanel({ params }: ScreenProps) {
  const t = useMessages(studyMessages);
  const client = useClient();
  const path = `/api/cover/actuary/studies/${encodeURIComponent(params.studyId ?? '')}`;
  const study = useQuery({
    queryKey: ['actuary', 'study', params.studyId],
    queryFn: ({ signal }) => client.get<StudyView>(path, { signal }),
  });
  const { refetch } = study;
  const onDone = useCallback(() => void refetch(), [refetch]);
  return (
    <>
      <ScreenHead
        title={study.data ? t(`kind.${study.data.kind}`) : t('title')}
        actions={
          <>
            <PlaceLink to={{ screen: 'at', path: '/cover/actuary/studies' }}>{t('title')}</PlaceLink>
            {study.data?.report && <PrintButton />}
          </>
        }
      />
      {study.isPending && <Loading />}
      {study.isError && <ProblemNotice problem={study.error} onRetry={() => void study.refetch()} />}
      {study.data &&
        (study.data.report ? (
          <Report study={study.data} report={study.data.report} />
        ) : (
          <Panel>
            <JobProgress jobId={study.data.jobId} title={t('working')} onDone={onDone} />
          </Panel>
        ))}
    </>
  );
}

function Report({ study, report }: { readonly study: StudyView; readonly report: StudyReport }) {
  const t = useMessages(studyMessages);
  const schemes = useSchemes();
  return (
    <article className="stack report">
      <ReportData
        of={{ provenance: report.provenance, seed: study.seed, made: { at: study.createdAt, by: study.askedBy } }}
        schemes={schemes.data?.schemes}
      />
      <Panel title={t('findings')}>
        <FindingNotes findings={report.findings} />
      </Panel>
      {report.tables.map((table) => (
        <Panel key={table.id}>
          <FigureView table={table} />
        </Panel>
      ))}
      <MethodAndLimits methods={report.methods} limits={report.limits} />
      <Panel title={t('terms')}>
        <Assumptions rows={report.assumptions} />
      </Panel>
      <Signatures />
    </article>
  );
}

function Assumptions({ rows }: { readonly rows: readonly Assumption[] }) {
  const t = useMessages(studyMessages);
  const word = useWord();
  return (
    <DataTable
      caption={t('terms')}
      exportAs="assumptions"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: 'id', title: t('assumption'), value: (row) => word(assumptionMessages, row.id) },
        { key: 'value', title: t('value'), value: (row) => row.value },
        { key: 'from', title: t('said-by'), value: (row) => saidBy(row.from, word) },
      ]}
    />
  );
}

function saidBy(from: string, word: ReturnType<typeof useWord>): string {
  const said = word(studyMessages, `from.${from}`);
  return said === `from.${from}` ? from : said;
}
