import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { JobProgress } from '@serai/ui/components/job-progress.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchResult } from './batch.store.ts';
import { DifferenceResult } from './difference.panel.tsx';
import type { DifferenceAnswer } from './difference.store.ts';
import { forPayment, StatusTag, useClaimWords } from './words.tsx';

/** Long work on claims: judge all that wait; what a draft of the rules would change. */
export default function Batches() {
  const { t } = useClaimWords();
  return (
    <>
      <ScreenHead title={t('batch.title')} lead={t('batch.lead')} />
      <JudgeAll />
      <Difference />
    </>
  );
}

function JudgeAll() {
  const { t } = useClaimWords();
  const format = useFormat();
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const start = useMutation({
    mutationFn: () => client.change<{ jobId: string }>('/api/cover/claims/batch', { requestId }, forPayment),
    onError,
  });
  return (
    <Panel title={t('batch.start')}>
      {!start.data && (
        <Button kind="primary" busy={start.isPending} onClick={() => start.mutate()}>
          {t('batch.start')}
        </Button>
      )}
      {start.isError && <ProblemNotice problem={start.error} />}
      {start.data && (
        <JobProgress<BatchResult> jobId={start.data.jobId} title={t('batch.start')} {...forPayment}>
          {(result) => (
            <Notice tone="good" title={t('batch.result', { count: result.judged })} announce>
              <ul>
                {Object.entries(result.byStatus).map(([status, count]) => (
                  <li key={status}>
                    <StatusTag status={status} /> {format.number(count)}
                  </li>
                ))}
              </ul>
              <p>
                {t('paid')}: {result.paid.map((each) => format.money(each)).join(' + ')}
              </p>
            </Notice>
          )}
        </JobProgress>
      )}
    </Panel>
  );
}

function Difference() {
  const { t } = useClaimWords();
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [text, setText] = useState('');
  const draft = parsed(text);
  const start = useMutation({
    mutationFn: () =>
      client.change<{ jobId: string }>(
        '/api/cover/claims/difference',
        { requestId, from, to, draft } as { requestId: string },
        forPayment,
      ),
    onError,
  });
  return (
    <Panel title={t('difference.title')}>
      <div className="row">
        <DateField id="difference-from" label={t('from')} required value={from} onChange={setFrom} />
        <DateField id="difference-to" label={t('to')} required value={to} onChange={setTo} />
      </div>
      <TextField
        id="difference-draft"
        label={t('difference.draft')}
        rows={8}
        wide
        required
        value={text}
        onChange={setText}
        error={text !== '' && draft === undefined ? t('difference.unreadable') : undefined}
      />
      <label className="field">
        <span className="field-label">{t('difference.upload')}</span>
        <input
          type="file"
          accept="application/json,.json"
          onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
        />
      </label>
      <Button kind="primary" busy={start.isPending} disabled={!draft || !from || !to} onClick={() => start.mutate()}>
        {t('difference.start')}
      </Button>
      {start.isError && <ProblemNotice problem={start.error} />}
      {start.data && (
        <JobProgress<DifferenceAnswer>
          key={start.data.jobId}
          jobId={start.data.jobId}
          title={t('difference.start')}
          {...forPayment}
        >
          {(result) => <DifferenceResult result={result} />}
        </JobProgress>
      )}
    </Panel>
  );
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
