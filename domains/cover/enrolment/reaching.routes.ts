import { parseInput } from '@serai/kernel/base/input.ts';
import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { absent, reachFor } from './enrolment.access.ts';
import { cursor, id, requestId, schemeId } from './enrolment.inputs.ts';
import { refundExcess, type WorkerExcess, workerExcesses } from './excess.store.ts';
import { noteReached, reachedHow, type UnreachedRow, unreached } from './reaching.store.ts';
import type { WorkPage } from './work.store.ts';

const questionSchema = z.strictObject({ search: z.string().max(200).optional(), cursor });
const reachedSchema = z.strictObject({
  requestId,
  policyId: id,
  how: z.enum(reachedHow, 'must be visit, call, message or not-found'),
  note: z.string().trim().max(500, 'must be at most 500 characters').optional(),
});
const excessSchema = z.strictObject({
  requestId,
  memberId: id,
  schemeId,
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-01$/, 'must be the first day of a month like "2026-03-01"'),
});

/** Who is to be called or visited, and who is to be given something back: both end with a person, not a text. */
export async function reachingRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, database } = options;

  app.post(
    '/api/cover/enrolment/queues/unreached',
    {
      config: {
        summary: 'Holders whom no text and no page reaches, the longest waiting first.',
        body: questionSchema,
      },
    },
    async (request): Promise<WorkPage<UnreachedRow>> => {
      const input = parseInput(questionSchema, request.body);
      const reach = await reachFor(storeFor(request), 'enrol');
      return reach.kind === 'all' ? unreached(database, input, localDay(options)) : absent();
    },
  );

  app.post(
    '/api/cover/enrolment/reached',
    { config: { summary: 'Note that a holder was called or visited.', body: reachedSchema } },
    async (request): Promise<Result<{ policyId: string; noted: number }>> => {
      const input = parseInput(reachedSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'enrol');
      return store.once<Result<{ policyId: string; noted: number }>>(input.requestId, (tx) =>
        noteReached(tx, options, { ...input, by: store.context.actor.id }),
      );
    },
  );

  app.get(
    '/api/cover/enrolment/worker-excess',
    {
      config: {
        summary: 'Workers with two employers whose share of a month is above the ceiling, and not given back.',
      },
    },
    async (request): Promise<{ rows: readonly WorkerExcess[] }> => {
      await reachFor(storeFor(request), 'change');
      const found = await workerExcesses(database, options, localDay(options));
      return { rows: found.map(({ policyId: _, minor: __, ...row }) => row) };
    },
  );

  app.post(
    '/api/cover/enrolment/worker-excess',
    { config: { summary: 'Give a worker back what was above the ceiling for a month.', body: excessSchema } },
    async (request): Promise<Result<{ amount: MoneyText }>> => {
      const input = parseInput(excessSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once<Result<{ amount: MoneyText }>>(input.requestId, (tx) =>
        refundExcess(tx, options, { ...input, by: store.context.actor.id }),
      );
    },
  );
}
