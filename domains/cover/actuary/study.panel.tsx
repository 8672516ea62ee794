import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { JobProgress } from '@serai/ui/components/job-progress.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Assumption, StudyReport, StudyView } from './api.ts';
import { FigureView, FindingNotes, useWord } from './figure-table.tsx';
import { assumptionMessages, limitMessages, methodMessages, studyMessages } from './study.messages.ts';

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
            {study.data?.report && (
              <Button icon="print" onClick={() => window.print()}>
                {t('print')}
              </Button>
            )}
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
  return (
    <article className="stack report">
      <Panel title={t('findings')}>
        <FindingNotes findings={report.findings} />
      </Panel>
      {report.tables.map((table) => (
        <Panel key={table.id}>
          <FigureView table={table} />
        </Panel>
      ))}
      <Said study={study} report={report} />
      <Panel title={t('terms')}>
        <Assumptions rows={report.assumptions} />
      </Panel>
    </article>
  );
}

/** Data, method, seed and limits: what a reader needs to judge the numbers. */
function Said({ study, report }: { readonly study: StudyView; readonly report: StudyReport }) {
  const t = useMessages(studyMessages);
  const format = useFormat();
  const word = useWord();
  const { provenance } = report;
  return (
    <>
      <Panel title={t('data')}>
        <Facts
          facts={[
            { term: t('scheme'), value: provenance.schemeId ?? '–' },
            provenance.from !== undefined && {
              term: t('period'),
              value: `${format.date(provenance.from)} – ${format.date(provenance.to ?? '')}`,
            },
            {
              term: t('rows'),
              value: Object.entries(provenance.rows)
                .map(([name, count]) => `${name}: ${format.number(count)}`)
                .join(', '),
            },
            { term: t('read'), value: format.date(provenance.at) },
            { term: t('seed'), value: String(study.seed) },
            { term: t('made'), value: format.date(study.createdAt) },
            { term: t('by'), value: study.askedBy },
          ]}
        />
      </Panel>
      <Panel title={t('method')}>
        <ul>
          {report.methods.map((id) => (
            <li key={id}>{word(methodMessages, id)}</li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('limits')}>
        <ul>
          {report.limits.map((id) => (
            <li key={id}>{word(limitMessages, id)}</li>
          ))}
        </ul>
      </Panel>
    </>
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
