import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useClient } from '../client-context.tsx';
import { useFormat, useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** Long work as the node tells of it (`/api/cover/jobs/:id`). */
export interface Job<Result = unknown> {
  readonly jobId: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total?: number;
  readonly result?: Result;
  readonly sentence?: string;
}

const lookAgainMilliseconds = 700;

/** Follows long work: a bar, how far it is, a way to stop it, and, once it is done, what came out. */
export function JobProgress<Result>(props: {
  readonly jobId: string;
  readonly title: string;
  readonly purpose?: string;
  readonly onDone?: (result: Result) => void;
  readonly children?: (result: Result) => ReactNode;
}) {
  const t = useMessages(uiMessages);
  const format = useFormat();
  const client = useClient();
  const path = `/api/cover/jobs/${encodeURIComponent(props.jobId)}`;
  const options = props.purpose ? { purpose: props.purpose } : {};
  const job = useQuery({
    queryKey: ['job', props.jobId],
    queryFn: ({ signal }) => client.get<Job<Result>>(path, { signal, ...options }),
    refetchInterval: (query) =>
      query.state.data === undefined || underWay(query.state.data) ? lookAgainMilliseconds : false,
  });
  const stop = useMutation({
    mutationFn: () => client.ask<unknown>(`${path}/cancel`, {}, options),
    onSuccess: () => job.refetch(),
  });
  const { data } = job;
  const { onDone } = props;
  useEffect(() => {
    if (data?.state === 'done') {
      onDone?.(data.result as Result);
    }
  }, [data, onDone]);
  if (job.isError) {
    return <ProblemNotice problem={job.error} onRetry={() => void job.refetch()} />;
  }
  if (data?.state === 'done') {
    return <>{props.children?.(data.result as Result) ?? <Notice tone="good" title={t('job.done')} announce />}</>;
  }
  if (data?.state === 'failed' || data?.state === 'cancelled') {
    return (
      <Notice tone={data.state === 'failed' ? 'bad' : 'warn'} title={t(`job.${data.state}`)} announce>
        {data.sentence && <p>{data.sentence}</p>}
      </Notice>
    );
  }
  return (
    <div className="job">
      <p role="status">
        {props.title}: {t(`job.${data?.state ?? 'waiting'}`)}
        {data?.total !== undefined &&
          ` · ${t('job.progress', { done: format.number(data.done), total: format.number(data.total) })}`}
      </p>
      <progress aria-label={props.title} max={data?.total ?? 1} value={data?.total ? data.done : undefined} />
      <Button kind="quiet" busy={stop.isPending} onClick={() => stop.mutate()}>
        {t('job.stop')}
      </Button>
    </div>
  );
}

function underWay(job: Job): boolean {
  return job.state === 'waiting' || job.state === 'running';
}
