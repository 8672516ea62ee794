import { notFound, OperationOutcomeError } from '@medplum/core';
import type { FastifyInstance } from 'fastify';
import { type CoverOptions, requireCover } from '../cover.deps.ts';

/** `GET /api/cover/jobs/:id`: how far long work has come. */
export interface JobView {
  readonly jobId: string;
  readonly kind: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total?: number;
  readonly result?: unknown;
  /** Why it failed. */
  readonly sentence?: string;
  readonly createdAt: string;
  readonly finishedAt?: string;
}

/** Long work: how far it is, what came out, and how to stop it. Each is seen by whoever asked for it. */
export async function jobRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { database, storeFor } = options;

  app.get<{ Params: { id: string } }>(
    '/api/cover/jobs/:id',
    { config: { summary: 'How far long work has come, and what came out.' } },
    async (request): Promise<JobView> => {
      const store = storeFor(request);
      await requireCover(store, 'read', 'Coverage');
      const row = await database
        .selectFrom('job')
        .selectAll()
        .where('job_id', '=', request.params.id)
        .where('asked_by', '=', store.context.actor.id)
        .executeTakeFirst();
      if (!row) {
        throw new OperationOutcomeError(notFound);
      }
      return {
        jobId: row.job_id,
        kind: row.kind,
        state: row.state,
        done: row.done,
        ...(row.total !== null && { total: row.total }),
        ...(row.result !== null && { result: row.result }),
        ...(row.sentence !== null && { sentence: row.sentence }),
        createdAt: row.created.toISOString(),
        ...(row.finished && { finishedAt: row.finished.toISOString() }),
      };
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/jobs/:id/cancel',
    { config: { summary: 'Stop long work after the step under way; what is done stays done.' } },
    async (request): Promise<{ cancelled: boolean }> => {
      const store = storeFor(request);
      await requireCover(store, 'read', 'Coverage');
      const { numUpdatedRows } = await database
        .updateTable('job')
        .set({ cancel: true })
        .where('job_id', '=', request.params.id)
        .where('asked_by', '=', store.context.actor.id)
        .where('state', 'in', ['waiting', 'running'])
        .executeTakeFirst();
      return { cancelled: numUpdatedRows > 0n };
    },
  );
}
