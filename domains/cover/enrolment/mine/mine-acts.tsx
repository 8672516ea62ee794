import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { CheckboxField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { mineMessages } from './mine.messages.ts';

function Act(props: {
  readonly label: string;
  readonly path: string;
  readonly body: object;
  readonly ready: boolean;
  readonly children: ReactNode;
}) {
  const t = useMessages(mineMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  const [open, setOpen] = useState(false);
  const send = useMutation({
    mutationFn: () => client.change(props.path, { requestId, ...props.body }),
    onError,
    onSuccess: async () => {
      renew();
      await queries.invalidateQueries({ queryKey: ['mine'] });
      setOpen(false);
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{props.label}</Button>
      <Dialog
        open={open}
        title={props.label}
        onClose={() => {
          setOpen(false);
          send.reset();
        }}
        actions={
          <Button kind="primary" busy={send.isPending} disabled={!props.ready} onClick={() => send.mutate()}>
            {t('appeal.send')}
          </Button>
        }
      >
        <div className="stack">
          {props.children}
          {send.isError && <ProblemNotice problem={send.error} />}
        </div>
      </Dialog>
    </>
  );
}

/** "I do not agree", and why. */
export function AppealAct({ claimId }: { readonly claimId: string }) {
  const t = useMessages(mineMessages);
  const [reason, setReason] = useState('');
  return (
    <Act
      label={t('appeal')}
      path={`/api/cover/mine/claims/${encodeURIComponent(claimId)}/appeal`}
      body={{ reason: reason.trim() }}
      ready={reason.trim().length > 2}
    >
      <p>{t('appeal.lead')}</p>
      <TextField id="appeal-why" label={t('appeal.why')} rows={4} value={reason} onChange={setReason} required />
    </Act>
  );
}

const questions = ['careRendered', 'paymentAsked', 'drugsPrescribed', 'drugsReceived'] as const;
const ratings = ['0', '1', '2', '3', '4', '5'] as const;

/** How the care was: five questions. */
export function FeedbackAct({ claimId }: { readonly claimId: string }) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const [yes, setYes] = useState<Readonly<Record<(typeof questions)[number], boolean>>>({
    careRendered: false,
    paymentAsked: false,
    drugsPrescribed: false,
    drugsReceived: false,
  });
  const [rating, setRating] = useState<(typeof ratings)[number]>();
  return (
    <Act
      label={t('feedback')}
      path={`/api/cover/mine/claims/${encodeURIComponent(claimId)}/feedback`}
      body={{ ...yes, rating: Number(rating) }}
      ready={rating !== undefined}
    >
      {questions.map((question) => (
        <CheckboxField
          key={question}
          id={`feedback-${question}`}
          label={t(`feedback.${question}`)}
          checked={yes[question]}
          onChange={(checked) => setYes((before) => ({ ...before, [question]: checked }))}
        />
      ))}
      <SelectField
        id="feedback-rating"
        label={t('feedback.rating')}
        value={rating}
        onChange={setRating}
        choices={ratings.map((value) => ({ value, label: format.number(Number(value)) }))}
        required
      />
    </Act>
  );
}
