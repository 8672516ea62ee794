import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Decided, WaitingApproval } from './api.ts';
import { approvalMessages } from './screen.messages.ts';

const forPayment = { purpose: 'HPAYMT' } as const;

/** Large acts with money that one proposed and another does. */
export default function Approvals() {
  const t = useMessages(approvalMessages);
  const [chosen, setChosen] = useState<WaitingApproval>();
  const [done, setDone] = useState<Decided>();
  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      {done && <Outcome key={done.approvalId} done={done} />}
      <Panel>
        <Waiting onChoose={setChosen} />
      </Panel>
      {chosen && (
        <Decision
          key={chosen.approvalId}
          row={chosen}
          onClose={() => setChosen(undefined)}
          onDone={(decided) => {
            setDone(decided);
            setChosen(undefined);
          }}
        />
      )}
    </>
  );
}

function Waiting({ onChoose }: { readonly onChoose: (row: WaitingApproval) => void }) {
  const t = useMessages(approvalMessages);
  const format = useFormat();
  const client = useClient();
  return (
    <WorkTable<WaitingApproval>
      caption={t('title')}
      queryKey={['cover', 'approvals']}
      load={({ cursor, signal }) =>
        client.ask('/api/cover/approvals/find', cursor ? { cursor } : {}, { signal, ...forPayment })
      }
      rowKey={(row) => row.approvalId}
      exportAs="approvals"
      empty={t('none')}
      columns={[
        { key: 'kind', title: t('kind'), value: (row) => t(`kind.${row.kind}`) },
        {
          key: 'amount',
          title: t('amount'),
          numeric: true,
          value: (row) => row.amounts.map(({ amount, currency }) => `${amount} ${currency}`).join(' + '),
          show: (row) => row.amounts.map(format.money).join(' + '),
        },
        { key: 'about', title: t('about'), value: aboutText, show: (row) => <About row={row} /> },
        {
          key: 'because',
          title: t('because'),
          value: (row) => row.because,
          show: (row) => <Written text={row.because} />,
        },
        {
          key: 'proposed',
          title: t('proposed'),
          value: (row) => row.proposed,
          show: (row) => format.date(row.proposed),
        },
        { key: 'expires', title: t('expires'), value: (row) => row.expires, show: (row) => format.date(row.expires) },
        {
          key: 'decide',
          title: t('decide'),
          value: () => '',
          show: (row) => (
            <Button kind="quiet" onClick={() => onChoose(row)}>
              {t('decide')}
            </Button>
          ),
        },
      ]}
    />
  );
}

const aboutText = (row: WaitingApproval) => row.receipt?.number ?? row.claim?.number ?? String(row.instalments ?? '');

function About({ row }: { readonly row: WaitingApproval }) {
  const t = useMessages(approvalMessages);
  const format = useFormat();
  const path = row.receipt
    ? `/cover/receipts/${row.receipt.paymentId}`
    : row.claim && `/cover/claims/${row.claim.claimId}`;
  return path ? (
    <PlaceLink to={{ screen: 'at', path }}>
      <bdi>{aboutText(row)}</bdi>
    </PlaceLink>
  ) : (
    t('instalments', { count: format.number(row.instalments ?? 0) })
  );
}

function Decision(props: {
  readonly row: WaitingApproval;
  readonly onClose: () => void;
  readonly onDone: (decided: Decided) => void;
}) {
  const { row } = props;
  const t = useMessages(approvalMessages);
  const format = useFormat();
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      client.change<Decided>(
        `/api/cover/approvals/${encodeURIComponent(row.approvalId)}/decide`,
        { requestId, approve } as { requestId: string },
        forPayment,
      ),
    onError,
    onSuccess: async (decided) => {
      props.onDone(decided);
      await Promise.all(['cover', 'enrolment'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <Dialog
      open
      title={t(`kind.${row.kind}`)}
      onClose={props.onClose}
      actions={
        <>
          {!row.mine && (
            <Button kind="primary" busy={decide.isPending} onClick={() => decide.mutate(true)}>
              {t('approve')}
            </Button>
          )}
          <Button busy={decide.isPending} onClick={() => decide.mutate(false)}>
            {t('decline')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          {row.amounts.map(format.money).join(' + ')} · <About row={row} />
        </p>
        <p>
          <Written text={row.because} />
        </p>
        {row.mine && <Notice tone="note">{t('mine')}</Notice>}
        {decide.isError && <ProblemNotice problem={decide.error} />}
      </div>
    </Dialog>
  );
}

/** What became of it, with its reversal where it has one. */
function Outcome({ done }: { readonly done: Decided }) {
  const t = useMessages(approvalMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const undo = useMutation({
    mutationFn: () => {
      const body = { requestId, kind: done.kind, batchId: done.batchId };
      return client.change('/api/cover/enrolment/bulk/undo', body, { purpose: 'COVERAGE' });
    },
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['enrolment'] }),
  });
  return (
    <Notice tone="good" announce>
      <p>{undo.isSuccess ? t('undone') : t(`done.${done.state}`)}</p>
      {undo.isError && <ProblemNotice problem={undo.error} />}
      {done.batchId !== undefined && !undo.isSuccess && (
        <Button busy={undo.isPending} onClick={() => undo.mutate()}>
          {t('undo')}
        </Button>
      )}
    </Notice>
  );
}
