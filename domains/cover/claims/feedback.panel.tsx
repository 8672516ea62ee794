import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { RadioField } from '@serai/ui/components/field.tsx';
import { Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { uiMessages } from '@serai/ui/ui.messages.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FeedbackWanted } from './feedback.store.ts';
import { forCover, useClaimWords } from './words.tsx';

/** Whom to ask how it was, and where the answers go. Nothing of what was treated is shown. */
export default function Feedback() {
  const { t } = useClaimWords();
  const format = useFormat();
  const client = useClient();
  const [asking, setAsking] = useState<FeedbackWanted>();
  return (
    <>
      <ScreenHead title={t('feedback.title')} lead={t('feedback.lead')} />
      <Panel>
        <WorkTable<FeedbackWanted>
          caption={t('feedback.title')}
          queryKey={['cover', 'feedback']}
          load={({ search, cursor, signal }) =>
            client.ask(
              '/api/cover/feedback/find',
              { ...(search && { search }), ...(cursor && { cursor }) },
              { signal, ...forCover },
            )
          }
          searchLabel={t('new.member')}
          rowKey={(row) => row.claimId}
          empty={t('feedback.none')}
          columns={[
            {
              key: 'member',
              title: t('member'),
              value: (row) => row.memberName,
              show: (row) => <Written text={`${row.memberName} (${row.memberNumber})`} />,
            },
            {
              key: 'provider',
              title: t('provider'),
              value: (row) => row.providerName,
              show: (row) => <Written text={row.providerName} />,
            },
            { key: 'from', title: t('from'), value: (row) => row.from, show: (row) => format.date(row.from) },
            {
              key: 'answer',
              title: t('feedback.answer'),
              value: () => '',
              show: (row) => <Button onClick={() => setAsking(row)}>{t('feedback.answer')}</Button>,
            },
          ]}
        />
      </Panel>
      {asking && <Answers of={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

const questions = ['rendered', 'payment', 'prescribed', 'received'] as const;
const fields = {
  rendered: 'careRendered',
  payment: 'paymentAsked',
  prescribed: 'drugsPrescribed',
  received: 'drugsReceived',
} as const;

function Answers({ of, onClose }: { readonly of: FeedbackWanted; readonly onClose: () => void }) {
  const { t } = useClaimWords();
  const ui = useMessages(uiMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [answers, setAnswers] = useState<Readonly<Record<string, 'yes' | 'no'>>>({});
  const [rating, setRating] = useState<string>();
  const save = useMutation({
    mutationFn: () =>
      client.change<unknown>(
        `/api/cover/feedback/${encodeURIComponent(of.claimId)}`,
        {
          requestId,
          ...Object.fromEntries(questions.map((question) => [fields[question], answers[question] === 'yes'])),
          rating: Number(rating),
        } as { requestId: string },
        forCover,
      ),
    onError,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['cover', 'feedback'] });
      onClose();
    },
  });
  const complete = questions.every((question) => answers[question]) && rating !== undefined;
  return (
    <Dialog
      open
      title={of.memberName}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={save.isPending} disabled={!complete} onClick={() => save.mutate()}>
          {t('feedback.answer')}
        </Button>
      }
    >
      {questions.map((question) => (
        <RadioField
          key={question}
          id={`feedback-${question}`}
          label={t(`feedback.${question}`)}
          inline
          required
          value={answers[question]}
          choices={[
            { value: 'yes', label: ui('yes') },
            { value: 'no', label: ui('no') },
          ]}
          onChange={(value) => setAnswers({ ...answers, [question]: value })}
        />
      ))}
      <RadioField
        id="feedback-rating"
        label={t('feedback.rating')}
        inline
        required
        value={rating}
        choices={['0', '1', '2', '3', '4', '5'].map((value) => ({ value, label: value }))}
        onChange={setRating}
      />
      {save.isError && <ProblemNotice problem={save.error} />}
    </Dialog>
  );
}
