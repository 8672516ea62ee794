import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { forPayment, useNames } from '../claims/words.tsx';
import type { RunInFull } from './api.ts';
import { Heads } from './capitation.panel.tsx';
import { Providers, RunState } from './runs.panel.tsx';
import { paymentsScreenMessages } from './screens.messages.ts';

/** One payment run: whom it pays, and the next step by the right person. */
export default function PaymentRun({ params }: ScreenProps) {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  const client = useClient();
  const names = useNames();
  const id = params.runId ?? '';
  const run = useQuery({
    queryKey: ['cover', 'payments', 'run', id],
    queryFn: ({ signal }) =>
      client.get<RunInFull>(`/api/cover/payment-runs/${encodeURIComponent(id)}`, { signal, ...forPayment }),
  });
  return (
    <>
      <ScreenHead title={t('run.title')} />
      {run.isPending && <Loading />}
      {run.isError && <ProblemNotice problem={run.error} onRetry={() => void run.refetch()} />}
      {run.data && (
        <Panel>
          <Facts
            facts={[
              { term: t('state'), value: <RunState state={run.data.state} /> },
              { term: t('scheme'), value: names.scheme(run.data.schemeId) },
              { term: t('kind'), value: t(`kind.${run.data.kind}`) },
              run.data.kind === 'capitation'
                ? { term: t('heads.month'), value: format.date(run.data.upTo.slice(0, 7)) }
                : { term: t('up-to'), value: format.date(run.data.upTo) },
              run.data.kind === 'claims' && { term: t('claims'), value: format.number(run.data.claims) },
              { term: t('amount'), value: format.money(run.data.amount) },
              run.data.paidOn !== undefined && { term: t('paid-on'), value: format.date(run.data.paidOn) },
            ]}
          />
          <Steps key={run.data.state} run={run.data} />
          {run.data.heads.length > 0 && <Heads rows={run.data.heads} />}
          <Providers rows={run.data.providers} runId={run.data.runId} />
        </Panel>
      )}
    </>
  );
}

function Steps({ run }: { readonly run: RunInFull }) {
  const t = useMessages(paymentsScreenMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  const step = useMutation({
    mutationFn: (name: 'approve' | 'pay' | 'reverse') =>
      client.change<unknown>(
        `/api/cover/payment-runs/${encodeURIComponent(run.runId)}/${name}`,
        { requestId },
        forPayment,
      ),
    onError,
    onSuccess: () => {
      renew();
      return queries.invalidateQueries({ queryKey: ['cover'] });
    },
  });
  return (
    <>
      <div className="acts">
        {run.state === 'proposed' && (
          <Button kind="primary" busy={step.isPending} onClick={() => step.mutate('approve')}>
            {t('run.approve')}
          </Button>
        )}
        {run.state === 'approved' && (
          <Button kind="primary" busy={step.isPending} onClick={() => step.mutate('pay')}>
            {t('run.pay')}
          </Button>
        )}
        {run.state !== 'reversed' && (
          <Button kind="danger" busy={step.isPending} onClick={() => step.mutate('reverse')}>
            {t(run.state === 'paid' ? 'run.take-back' : 'run.reverse')}
          </Button>
        )}
      </div>
      {step.isError && <ProblemNotice problem={step.error} />}
    </>
  );
}
