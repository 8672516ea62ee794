import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { JobHandler, JobProgress } from './jobs.ts';

/** A process that died holds its job no longer than this. */
const leaseSeconds = 120;
const attemptsMaximum = 5;

interface Claimed {
  readonly job_id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly cursor: unknown;
  readonly asked_by: string;
  readonly total: number | null;
  readonly attempts: number;
  readonly cancel: boolean;
  /** By it a process knows that the job is still its own. */
  readonly leased_until: Date;
}

/**
 * Does long work in steps beside requests. Several processes may work; each job is one process's at a time, and of one kind
 * the job that was asked for first is done first.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #handlers = new Map<string, JobHandler<unknown, unknown, unknown>>();
  #wake = () => {};

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  register(handler: JobHandler<never, never, unknown>): void {
    if (this.#handlers.has(handler.kind)) {
      throw new Error(`Jobs of kind ${handler.kind} already have a handler`);
    }
    this.#handlers.set(handler.kind, handler as unknown as JobHandler<unknown, unknown, unknown>);
  }

  /** Puts work in line, in the transaction of whoever asks for it. */
  async enqueue(tx: Transaction, kind: string, input: unknown, askedBy: string): Promise<{ jobId: string }> {
    const jobId = this.#options.newId();
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
        created: this.#options.clock(),
      })
      .execute();
    this.#wake();
    return { jobId };
  }

  /** Does one step of the oldest job that waits. @returns whether there was one. */
  async step(): Promise<boolean> {
    const job = await this.#claim();
    if (!job) {
      return false;
    }
    if (job.cancel) {
      await this.#end(job, 'cancelled', null);
      return true;
    }
    try {
      await this.#oneStep(job);
    } catch (error) {
      await this.#failed(job, error);
      if (!(error instanceof JobFault || error instanceof LeaseLost)) {
        throw error;
      }
    }
    return true;
  }

  /** Works until told to stop; looks again every so many milliseconds when there is nothing to do. */
  start(everyMs: number, failed: (error: Error) => void): () => Promise<void> {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let working: Promise<void> | undefined;
    const after = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(round, ms);
    };
    const round = () => {
      working ??= this.#drain(() => stopped)
        .catch(failed)
        .finally(() => {
          working = undefined;
          if (!stopped) {
            after(everyMs);
          }
        });
    };
    this.#wake = () => {
      if (!stopped && !working) {
        // After the commit that holds the job.
        after(20);
      }
    };
    after(20);
    return async () => {
      stopped = true;
      this.#wake = () => {};
      clearTimeout(timer);
      await working;
    };
  }

  async #drain(stopped: () => boolean): Promise<void> {
    while (!stopped() && (await this.step())) {}
  }

  async #claim(): Promise<Claimed | undefined> {
    const now = this.#options.clock();
    const until = new Date(now.getTime() + leaseSeconds * 1000).toISOString();
    const kinds = [...this.#handlers.keys()];
    const { rows } = await sql<Claimed>`
      update job set state = 'running', attempts = attempts + 1, leased_until = ${until}::timestamptz
      where job_id = (
        select job_id from job
        where state in ('waiting', 'running') and kind = any(${kinds}::text[])
          and (leased_until is null or leased_until < ${now.toISOString()}::timestamptz)
          and not exists (
            select from job earlier where earlier.kind = job.kind and earlier.state in ('waiting', 'running')
              and (earlier.created, earlier.number) < (job.created, job.number))
        order by created, number limit 1 for update skip locked
      ) returning job_id, kind, input, cursor, asked_by, total, attempts, cancel, leased_until`.execute(
      this.#options.database,
    );
    return rows[0];
  }

  async #oneStep(job: Claimed): Promise<void> {
    const handler = this.#handlers.get(job.kind)!;
    await this.#options.ownStore().transaction(async (tx) => {
      const total = job.total ?? (await handler.total(job.input, tx)) ?? null;
      const progress: JobProgress<unknown, unknown> = await handler.step({
        jobId: job.job_id,
        input: job.input,
        cursor: job.cursor ?? undefined,
        askedBy: job.asked_by,
        tx,
      });
      const finished = 'finished' in progress;
      const { numUpdatedRows } = await coverOf(tx)
        .updateTable('job')
        .set((to) => ({
          total,
          done: sql<number>`${to.ref('done')} + ${progress.did}`,
          attempts: 0,
          leased_until: null,
          state: finished ? 'done' : 'waiting',
          cursor: finished ? null : JSON.stringify(progress.next),
          ...(finished && { result: JSON.stringify(progress.finished), finished: this.#options.clock() }),
        }))
        .where('job_id', '=', job.job_id)
        .where('leased_until', '=', job.leased_until)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        throw new LeaseLost('the step took longer than its lease, and another process has the job');
      }
    });
  }

  async #failed(job: Claimed, error: unknown): Promise<void> {
    if (error instanceof LeaseLost) {
      return;
    }
    if (job.attempts >= attemptsMaximum || error instanceof JobFault) {
      await this.#end(job, 'failed', error instanceof JobFault ? error.message : 'The work failed and was set aside.');
      return;
    }
    await this.#options.database
      .updateTable('job')
      .set({ state: 'waiting', leased_until: new Date(this.#options.clock().getTime() + 1000 * 2 ** job.attempts) })
      .where('job_id', '=', job.job_id)
      .where('leased_until', '=', job.leased_until)
      .execute();
  }

  async #end(job: Claimed, state: 'failed' | 'cancelled', sentence: string | null): Promise<void> {
    await this.#options.database
      .updateTable('job')
      .set({ state, sentence, finished: this.#options.clock(), leased_until: null })
      .where('job_id', '=', job.job_id)
      .where('leased_until', '=', job.leased_until)
      .execute();
  }
}

export interface JobRunnerOptions {
  readonly database: CoverDatabase;
  readonly ownStore: () => RequestStore;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** What the step did is undone: whoever has the job now does it. */
class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** Work that cannot be done, however often it is tried. The message is shown to whoever asked. */
export class JobFault extends Error {
  override name = 'JobFault';
}
