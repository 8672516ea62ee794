import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import { type BulkAnswer, bulkKinds, doBulk, rehearse, undoBulk } from './bulk.store.ts';
import { undoing } from './enrol.store.ts';
import { absent, reachFor } from './enrolment.access.ts';
import { because, cursor, id, requestId } from './enrolment.inputs.ts';
import {
  type ArrearsRow,
  type ArrearsSum,
  arrears,
  arrearsByAge,
  type RenewalRow,
  renewalsDue,
  type WorkPage,
} from './work.store.ts';

const questionSchema = z.strictObject({
  search: z.string().max(200).optional(),
  groupId: id.optional(),
  cursor,
  notDueToo: z.boolean().optional(),
});
const kind = z.enum(bulkKinds);
const ids = z.array(id).min(1, 'must name at least one').max(2000, 'must be at most 2000');
const previewSchema = z.strictObject({ kind, ids });
const bulkSchema = z.strictObject({ requestId, kind, ids, because });
const undoSchema = z.strictObject({ requestId, kind, batchId: id });

/** The queues of the enrolment officer, and what is done with many rows of them at once. */
export async function workRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, database, clock } = options;

  app.post(
    '/api/cover/enrolment/queues/renewals',
    {
      config: { summary: 'Policies that end soon, or ended within grace, and are not renewed.', body: questionSchema },
    },
    async (request): Promise<WorkPage<RenewalRow>> => {
      const input = parseInput(questionSchema, request.body);
      const reach = await reachFor(storeFor(request), 'read');
      return reach.kind === 'person' ? absent() : renewalsDue(database, reach, input, dayOfInstant(clock()));
    },
  );

  app.post(
    '/api/cover/enrolment/queues/arrears',
    { config: { summary: 'Contributions owed, the oldest first, and what is owed by age.', body: questionSchema } },
    async (request): Promise<WorkPage<ArrearsRow> & { ages: readonly ArrearsSum[] }> => {
      const input = parseInput(questionSchema, request.body);
      const reach = await reachFor(storeFor(request), 'read');
      const today = dayOfInstant(clock());
      return reach.kind === 'person'
        ? absent()
        : { ...(await arrears(database, reach, input, today)), ages: await arrearsByAge(database, reach, today) };
    },
  );

  bulkRoutes(app, options);
}

function bulkRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor, newId } = options;

  app.post(
    '/api/cover/enrolment/bulk/preview',
    { config: { summary: 'What doing it to all of these would come to; writes nothing.', body: previewSchema } },
    async (request): Promise<Result<BulkAnswer>> => {
      const input = parseInput(previewSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return undoing(
        rehearse<Result<BulkAnswer>>(store, (tx) =>
          doBulk(tx, options, { ...input, because: 'preview', batchId: newId(), by: store.context.actor.id }),
        ),
      );
    },
  );

  app.post(
    '/api/cover/enrolment/bulk',
    { config: { summary: 'Renew, remind, waive, write off or lapse many at once.', body: bulkSchema } },
    async (request): Promise<Result<BulkAnswer>> => {
      const input = parseInput(bulkSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return undoing(
        store.once<Result<BulkAnswer>>(input.requestId, async (tx) => {
          const done = await doBulk(tx, options, { ...input, batchId: newId(), by: store.context.actor.id });
          if (done.ok) {
            await tx.evidence.append({
              kind: 'privileged',
              public: { action: `bulk-${input.kind}`, class: store.context.actor.class, count: done.value.done },
              sealed: { batch: done.value.batchId, actor: store.context.actor.id, because: input.because },
            });
          }
          return done;
        }),
      );
    },
  );

  app.post(
    '/api/cover/enrolment/bulk/undo',
    { config: { summary: 'Take a batch back by its reversal.', body: undoSchema } },
    async (request): Promise<Result<{ batchId: string; undone: number }>> => {
      const input = parseInput(undoSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once<Result<{ batchId: string; undone: number }>>(input.requestId, (tx) =>
        undoBulk(tx, options, { ...input, by: store.context.actor.id }),
      );
    },
  );
}
