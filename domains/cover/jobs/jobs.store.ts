import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { JobHandler, JobProgress } from './jobs.ts';

/** A process that died holds its job no longer than this. */
const leaseSeconds = 120;
const attemptsMaximum = 5;

export interface JobRunner {
  register(handler: JobHandler<never, never, unknown>): void;
  /** Puts work in line, in the transaction of whoever asks for it. */
  enqueue(tx: Transaction, kind: string, input: unknown, askedBy: string): Promise<{ jobId: string }>;
  /** Does one step of the oldest job that waits. @returns whether there was one. */
  step(): Promise<boolean>;
  /** Works until told to stop; looks again every so many milliseconds when there is nothing to do. */
  start(everyMs: number, failed: (error: Error) => void): () => Promise<void>;
}

interface Claimed {
  readonly job_id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly cursor: unknown;
  readonly asked_by: string;
  readonly total: number | null;
  readonly attempts: number;
  readonly cancel: boolean;
}

/** Does long work in steps beside requests. Several processes may work; each job is one process's at a time. */
export function createJobRunner(options: {
  readonly database: CoverDatabase;
  readonly ownStore: () => RequestStore;
  readonly clock: () => Date;
  readonly newId: () => string;
}): JobRunner {
  const { database, ownStore, clock, newId } = options;
  const handlers = new Map<string, JobHandler<unknown, unknown, unknown>>();
  let wake = () => {};

  async function claim(): Promise<Claimed | undefined> {
    const now = clock();
    const until = new Date(now.getTime() + leaseSeconds * 1000).toISOString();
    const kinds = [...handlers.keys()];
    const { rows } = await sql<Claimed>`
      update job set state = 'running', attempts = attempts + 1, leased_until = ${until}::timestamptz
      where job_id = (
        select job_id from job
        where state in ('waiting', 'running') and kind = any(${kinds}::text[])
          and (leased_until is null or leased_until < ${now.toISOString()}::timestamptz)
        order by created, job_id limit 1 for update skip locked
      ) returning job_id, kind, input, cursor, asked_by, total, attempts, cancel`.execute(database);
    return rows[0];
  }

  async function oneStep(job: Claimed): Promise<void> {
    const handler = handlers.get(job.kind)!;
    await ownStore().transaction(async (tx) => {
      const total = job.total ?? (await handler.total(job.input, tx)) ?? null;
      const progress: JobProgress<unknown, unknown> = await handler.step({
        jobId: job.job_id,
        input: job.input,
        cursor: job.cursor ?? undefined,
        askedBy: job.asked_by,
        tx,
      });
      const finished = 'finished' in progress;
      await coverOf(tx)
        .updateTable('job')
        .set((to) => ({
          total,
          done: sql<number>`${to.ref('done')} + ${progress.did}`,
          attempts: 0,
          leased_until: null,
          state: finished ? 'done' : 'waiting',
          cursor: finished ? null : JSON.stringify(progress.next),
          ...(finished && { result: JSON.stringify(progress.finished), finished: clock() }),
        }))
        .where('job_id', '=', job.job_id)
        .execute();
    });
  }

  async function end(job: Claimed, state: 'failed' | 'cancelled', sentence: string | null): Promise<void> {
    await database
      .updateTable('job')
      .set({ state, sentence, finished: clock(), leased_until: null })
      .where('job_id', '=', job.job_id)
      .execute();
  }

  const runner: JobRunner = {
    register(handler) {
      if (handlers.has(handler.kind)) {
        throw new Error(`Jobs of kind ${handler.kind} already have a handler`);
      }
      handlers.set(handler.kind, handler as unknown as JobHandler<unknown, unknown, unknown>);
    },
    async enqueue(tx, kind, input, askedBy) {
      const jobId = newId();
      await coverOf(tx)
        .insertInto('job')
        .values({
          job_id: jobId,
          kind,
          input: JSON.stringify(input),
          state: 'waiting',
          total: null,
          cursor: null,
          result: null,
          sentence: null,
          asked_by: askedBy,
          created: clock(),
        })
        .execute();
      wake();
      return { jobId };
    },
    async step() {
      const job = await claim();
      if (!job) {
        return false;
      }
      if (job.cancel) {
        await end(job, 'cancelled', null);
        return true;
      }
      try {
        await oneStep(job);
      } catch (error) {
        if (job.attempts >= attemptsMaximum || (error as { final?: boolean }).final) {
          await end(job, 'failed', error instanceof JobFault ? error.message : 'The work failed and was set aside.');
        } else {
          await database
            .updateTable('job')
            .set({ state: 'waiting', leased_until: new Date(clock().getTime() + 1000 * 2 ** job.attempts) })
            .where('job_id', '=', job.job_id)
            .execute();
        }
        if (!(error instanceof JobFault)) {
          throw error;
        }
      }
      return true;
    },
    start(everyMs, failed) {
      let stopped = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let working: Promise<void> = Promise.resolve();
      const round = () => {
        clearTimeout(timer);
        working = (async () => {
          while (!stopped && (await runner.step())) {}
        })()
          .catch(failed)
          .finally(() => {
            if (!stopped) {
              timer = setTimeout(round, everyMs);
            }
          });
      };
      wake = () => {
        if (!stopped && timer !== undefined) {
          clearTimeout(timer);
          // After the commit that holds the job.
          timer = setTimeout(round, 20);
        }
      };
      timer = setTimeout(round, 20);
      return async () => {
        stopped = true;
        wake = () => {};
        clearTimeout(timer);
        await working;
      };
    },
  };
  return runner;
}

/** Work that cannot be done, however often it is tried. The message is shown to whoever asked. */
export class JobFault extends Error {
  override name = 'JobFault';
  readonly final = true;
}
