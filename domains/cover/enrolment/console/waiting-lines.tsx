import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FoundMembers, MemberPage } from '../members.routes.ts';
import type { WaitingLine } from '../statements.store.ts';
import { paymentMessages } from './payments.messages.ts';
import { useEnrolment } from './use-enrolment.ts';

/** Payments that wait for somebody to say whose they are. */
export function WaitingLines() {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const [settling, setSettling] = useState<WaitingLine>();
  const query = useQuery({
    queryKey: ['enrolment', 'waiting'],
    queryFn: ({ signal }) => enrolment.get<{ rows: WaitingLine[] }>('/statement-lines', { signal }),
  });
  const rows = query.data?.rows ?? [];
  return (
    <Panel title={t('waiting')}>
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <p className="soft">{t('waiting.none')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('waiting')}
          exportAs="waiting-payments"
          rowKey={(row) => `${row.statementId} ${row.line}`}
          rows={rows}
          columns={[
            {
              key: 'received',
              title: t('received'),
              value: (row) => row.receivedOn,
              show: (row) => format.day(row.receivedOn),
            },
            {
              key: 'amount',
              title: t('amount'),
              numeric: true,
              value: (row) => Number(row.amount.amount),
              show: (row) => <bdi>{format.money(row.amount)}</bdi>,
            },
            {
              key: 'reference',
              title: t('payment.reference'),
              value: (row) => row.reference,
              show: (row) => <Written text={row.reference} />,
            },
            { key: 'note', title: t('note'), value: (row) => row.note, show: (row) => <Written text={row.note} /> },
            {
              key: 'settle',
              title: t('settle'),
              value: () => '',
              show: (row) => <Button onClick={() => setSettling(row)}>{t('settle')}</Button>,
            },
          ]}
        />
      )}
      {settling && <Settle line={settling} onClose={() => setSettling(undefined)} />}
    </Panel>
  );
}

function Settle({ line, onClose }: { readonly line: WaitingLine; readonly onClose: () => void }) {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [text, setText] = useState('');
  const [because, setBecause] = useState('');
  const found = useQuery({
    queryKey: ['enrolment', 'settle-members', text],
    enabled: text.trim().length > 2,
    queryFn: ({ signal }) => enrolment.ask<FoundMembers>('/members/find', { text }, { signal }),
  });
  const settle = useMutation({
    mutationFn: async (memberId: string | undefined) => {
      const page = memberId && (await enrolment.get<MemberPage>(`/members/${encodeURIComponent(memberId)}`));
      const policies = page ? page.policies : [];
      const policyId = (policies.find((each) => Number(each.owed.amount) > 0) ?? policies[0])?.policyId;
      return enrolment.change('/statement-lines', {
        requestId,
        statementId: line.statementId,
        line: line.line,
        because: because.trim() || t('settle'),
        ...(policyId && { policyId }),
      } as { requestId: string });
    },
    onError,
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
  return (
    <Dialog
      open
      title={`${format.money(line.amount)} · ${line.reference}`}
      onClose={onClose}
      actions={
        <Button busy={settle.isPending} disabled={because.trim() === ''} onClick={() => settle.mutate(undefined)}>
          {t('settle.aside')}
        </Button>
      }
    >
      <div className="stack">
        <TextField id="settle-because" label={t('because')} value={because} onChange={setBecause} />
        <TextField id="settle-member" label={t('settle.member')} value={text} onChange={setText} />
        <ul className="plain-list">
          {(found.data?.members ?? [])
            .filter((member) => member.policyNumber !== undefined)
            .slice(0, 6)
            .map((member) => (
              <li key={member.memberId}>
                <Button busy={settle.isPending} onClick={() => settle.mutate(member.memberId)}>
                  {t('settle.choose', { name: `${member.name} (${member.memberNumber})` })}
                </Button>
              </li>
            ))}
        </ul>
        {settle.isError && <ProblemNotice problem={settle.error} />}
      </div>
    </Dialog>
  );
}
