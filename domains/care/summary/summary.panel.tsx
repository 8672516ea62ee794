import type { Bundle } from '@medplum/fhirtypes';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Loading, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { IpsDocument } from '@serai/ui/fhir/ips-document.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { SectionProps } from '@serai/ui/section.ts';
import { useQuery } from '@tanstack/react-query';
import { careConsoleMessages } from '../care-console.messages.ts';

/** The person's summary (IPS), made by the node in the reader's language. */
export function SummaryPanel({ personId }: SectionProps) {
  const t = useMessages(careConsoleMessages);
  const { language } = useLanguage();
  const client = useClient();
  const summary = useQuery({
    queryKey: ['person', personId, 'summary', language],
    queryFn: ({ signal }) =>
      client.get<Bundle>(`/fhir/R4/Patient/${encodeURIComponent(personId)}/$summary?language=${language}`, { signal }),
  });
  return (
    <Panel
      title={t('summary')}
      actions={
        summary.isSuccess && (
          <Button kind="quiet" icon="print" onClick={() => window.print()}>
            {t('summary.print')}
          </Button>
        )
      }
    >
      <p className="soft prose">{t('summary.lead')}</p>
      {summary.isPending && <Loading />}
      {summary.isError && <ProblemNotice problem={summary.error} onRetry={() => void summary.refetch()} />}
      {summary.isSuccess && <IpsDocument document={summary.data} idPrefix="summary" />}
    </Panel>
  );
}
