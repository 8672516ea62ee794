import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ChangePreview } from '../change-preview.store.ts';
import { ChangePart } from './change-preview.tsx';
import { changeMessages } from './changes.messages.ts';
import { useEnrolment } from './use-enrolment.ts';

export type ChangeAct = 'join' | 'leave' | 'end' | 'transfer' | 'take-back';

const pathOf: Readonly<Record<ChangeAct, string>> = {
  join: 'members',
  leave: 'leave',
  end: 'end',
  transfer: 'transfer',
  'take-back': 'take-back',
};

/** First what a change of a policy would come to, then the change itself. */
export function useChange(policyId: string, act: ChangeAct, onDone: () => void) {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  const base = `/policies/${encodeURIComponent(policyId)}`;
  const preview = useMutation({
    mutationFn: (body: object) => enrolment.ask<ChangePreview>(`${base}/preview`, { act, ...body }),
  });
  const change = useMutation({
    mutationFn: (body: object) => enrolment.change(`${base}/${pathOf[act]}`, { requestId, ...body }),
    onError,
    onSuccess: async () => {
      renew();
      onDone();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
  return {
    preview,
    change,
    reset: () => {
      preview.reset();
      change.reset();
    },
  };
}

/** A button and its dialog: a form, what it would do, and the confirmation. A change of the form asks again. */
export function PreviewedAct(props: {
  readonly label: string;
  readonly act: ChangeAct;
  readonly policyId: string;
  readonly body: object;
  readonly ready?: boolean;
  readonly kind?: 'danger' | 'plain';
  readonly children?: ReactNode;
}) {
  const t = useMessages(changeMessages);
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState<string>();
  const steps = useChange(props.policyId, props.act, () => setOpen(false));
  const wanted = JSON.stringify(props.body);
  const shown = steps.preview.data !== undefined && seen === wanted;
  const close = () => {
    setOpen(false);
    setSeen(undefined);
    steps.reset();
  };
  const ready = props.ready !== false;
  return (
    <>
      <Button kind={props.kind ?? 'plain'} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Dialog
        open={open}
        title={props.label}
        onClose={close}
        actions={
          shown ? (
            <Button
              kind={props.kind === 'danger' ? 'danger' : 'primary'}
              busy={steps.change.isPending}
              onClick={() => steps.change.mutate(props.body)}
            >
              {t('confirm')}
            </Button>
          ) : (
            <Button
              kind="primary"
              busy={steps.preview.isPending}
              disabled={!ready}
              onClick={() => {
                setSeen(wanted);
                steps.preview.mutate(props.body);
              }}
            >
              {t('see')}
            </Button>
          )
        }
      >
        <div className="stack">
          {props.children}
          {seen === wanted && steps.preview.isError && <ProblemNotice problem={steps.preview.error} />}
          {shown && <ChangePart preview={steps.preview.data!} />}
          {steps.change.isError && <ProblemNotice problem={steps.change.error} />}
        </div>
      </Dialog>
    </>
  );
}
