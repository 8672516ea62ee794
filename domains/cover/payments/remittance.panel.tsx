import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable, downloadText } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { forPayment, useClaimWords, useNames } from '../claims/words.tsx';
import type { Remittance } from './api.ts';
import { Heads } from './capitation.panel.tsx';
import { RunState } from './runs.panel.tsx';
import { paymentsScreenMessages } from './screens.messages.ts';

/** What a facility is told with a payment; printed, as CSV, or as a FHIR PaymentReconciliation. */
export default function RemittanceAdvice({ params }: ScreenProps) {
  const t = useMessages(paymentsScreenMessages);
  const client = useClient();
  const path = `/api/cover/payment-runs/${encodeURIComponent(params.runId ?? '')}/remittance/${encodeURIComponent(params.provider ?? '')}`;
  const advice = useQuery({
    queryKey: ['cover', 'payments', 'remittance', path],
    queryFn: ({ signal }) => client.get<Remittance>(path, { signal, ...forPayment }),
  });
  const download = async () => {
    const resource = await client.get<unknown>(`${path}/fhir`, forPayment);
    downloadText('payment-reconciliation.fhir.json', JSON.stringify(resource, null, 2));
  };
  const actions = (
    <>
      <Button icon="print" onClick={() => window.print()}>
        {t('print')}
      </Button>
      <Button kind="quiet" onClick={() => void download()}>
        {t('fhir')}
      </Button>
    </>
  );
  return (
    <>
      <ScreenHead title={t('remittance')} actions={actions} />
      {advice.isPending && <Loading />}
      {advice.isError && <ProblemNotice problem={advice.error} onRetry={() => void advice.refetch()} />}
      {advice.data && <Advice advice={advice.data} />}
    </>
  );
}

function Advice({ advice }: { readonly advice: Remittance }) {
  const t = useMessages(paymentsScreenMessages);
  const { reason } = useClaimWords();
  const format = useFormat();
  const names = useNames();
  return (
    <Panel>
      <Facts
        facts={[
          { term: t('provider'), value: <Written text={names.facility(advice.provider)} /> },
          { term: t('scheme'), value: names.scheme(advice.schemeId) },
          { term: t('state'), value: <RunState state={advice.state} /> },
          advice.paidOn !== undefined && { term: t('paid-on'), value: format.date(advice.paidOn) },
          { term: t('amount'), value: format.money(advice.amount) },
        ]}
      />
      {advice.heads.length > 0 && <Heads rows={advice.heads} />}
      <DataTable
        caption={t('remittance')}
        rows={advice.lines}
        rowKey={(line) => line.claimId}
        exportAs="remittance"
        columns={[
          { key: 'claim', title: t('claim-number'), value: (line) => line.claimNumber },
          { key: 'from', title: t('from'), value: (line) => line.from, show: (line) => format.date(line.from) },
          {
            key: 'claimed',
            title: t('claimed'),
            value: (line) => line.claimed.amount,
            show: (line) => format.money(line.claimed),
            numeric: true,
          },
          {
            key: 'paid',
            title: t('paid'),
            value: (line) => line.paid.amount,
            show: (line) => format.money(line.paid),
            numeric: true,
          },
          {
            key: 'why',
            title: t('why'),
            value: (line) => line.reasons.map((each) => `${each} · ${reason(each)}`).join(' '),
          },
        ]}
      />
    </Panel>
  );
}
