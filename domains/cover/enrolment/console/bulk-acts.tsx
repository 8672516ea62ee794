import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Proposed } from '../../approvals/api.ts';
import { isProposed, ProposedNotice, TakesTwo } from '../../approvals/proposed-notice.tsx';
import type { BulkAnswer, BulkKind } from '../bulk.store.ts';
import { queueMessages } from './queues.messages.ts';
import { useEnrolment } from './use-enrolment.ts';

export interface BulkDone {
  readonly kind: BulkKind;
  readonly answer: BulkAnswer;
}

/** Does one thing to the chosen rows: shows what it would come to first. */
export function BulkAct(props: {
  readonly kind: BulkKind;
  readonly ids: readonly string[];
  readonly onDone: (done: BulkDone) => void;
}) {
  const t = useMessages(queueMessages);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind={props.kind === 'write-off' ? 'danger' : 'plain'} onClick={() => setOpen(true)}>
        {t(props.kind)}
      </Button>
      {open && <Preview {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Preview({ kind, ids, onDone, onClose }: Parameters<typeof BulkAct>[0] & { readonly onClose: () => void }) {
  const t = useMessages(queueMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [because, setBecause] = useState(kind === 'write-off' || kind === 'waive' ? '' : t(kind));
  const preview = useQuery({
    // Not under what an act makes stale: asked again after the act, it would say that nothing is left to do.
    queryKey: ['bulk-preview', kind, ids],
    queryFn: ({ signal }) => enrolment.ask<BulkAnswer>('/bulk/preview', { kind, ids }, { signal }),
    gcTime: 0,
  });
  const act = useMutation({
    mutationFn: () =>
      enrolment.change<BulkAnswer | Proposed>('/bulk', { requestId, kind, ids, because } as { requestId: string }),
    onError,
    onSuccess: async (answer) => {
      if (!isProposed(answer)) {
        onDone({ kind, answer });
        onClose();
      }
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
  return (
    <Dialog
      open
      title={t(kind)}
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          busy={act.isPending}
          disabled={!preview.data || preview.data.done === 0 || because.trim() === '' || act.isSuccess}
          onClick={() => act.mutate()}
        >
          {t(kind)}
        </Button>
      }
    >
      <div className="stack">
        {preview.isPending && <Loading />}
        {preview.isError && <ProblemNotice problem={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && (
          <Notice tone={preview.data.refused.length > 0 ? 'warn' : 'note'}>
            <p>
              {t('bulk.preview', {
                done: format.number(preview.data.done),
                all: format.number(ids.length),
                refused: format.number(preview.data.refused.length),
              })}
            </p>
            {preview.data.amounts.map((amount) => (
              <p key={amount.currency}>{t('bulk.amount', { amount: format.money(amount) })}</p>
            ))}
            {preview.data.takesTwo && <TakesTwo />}
            {(kind === 'waive' || kind === 'write-off' || kind === 'lapse') && <p>{t(`hint.${kind}`)}</p>}
          </Notice>
        )}
        <TextField id="bulk-because" label={t('because')} value={because} onChange={setBecause} required />
        {isProposed(act.data) && <ProposedNotice answer={act.data} />}
        {act.isError && <ProblemNotice problem={act.error} />}
      </div>
    </Dialog>
  );
}

/** What a bulk act did, with its reversal where it has one. */
export function BulkResult({ done }: { readonly done: BulkDone }) {
  const t = useMessages(queueMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const { kind, answer } = done;
  const undo = useMutation({
    mutationFn: () =>
      enrolment.change<{ undone: number }>('/bulk/undo', { requestId, kind, batchId: answer.batchId } as {
        requestId: string;
      }),
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['enrolment'] }),
  });
  return (
    <Notice tone="good" announce>
      <p>
        {undo.isSuccess
          ? t('bulk.undone', { count: format.number(undo.data.undone) })
          : t('bulk.done', {
              done: format.number(answer.done),
              refused: format.number(answer.refused.length),
            })}
      </p>
      {undo.isError && <ProblemNotice problem={undo.error} />}
      {answer.undoable && !undo.isSuccess && (
        <Button busy={undo.isPending} onClick={() => undo.mutate()}>
          {t('bulk.undo')}
        </Button>
      )}
    </Notice>
  );
}
