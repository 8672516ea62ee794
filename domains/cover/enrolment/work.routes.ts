import { parseInput } from '@serai/kernel/base/input.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Proposed } from '../approvals/api.ts';
import { actOrPropose, takesTwo } from '../approvals/approvals.store.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { type BulkAnswer, type BulkKind, bulkKinds, bulkMaximum, doBulk, rehearse, undoBulk } from './bulk.store.ts';
import { undoing } from './enrol.store.ts';
import { absent, reachFor } from './enrolment.access.ts';
import { because, cursor, id, requestId } from './enrolment.inputs.ts';
import { writeOffActs } from './two-people.store.ts';
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
  const { storeFor, database } = options;

  app.post(
    '/api/cover/enrolment/queues/renewals',
    {
      config: { summary: 'Policies that end soon, or ended within grace, and are not renewed.', body: questionSchema },
    },
    async (request): Promise<WorkPage<RenewalRow>> => {
      const input = parseInput(questionSchema, request.body);
      const reach = await reachFor(storeFor(request), 'read');
      return reach.kind === 'person' ? absent() : renewalsDue(database, reach, input, localDay(options));
    },
  );

  app.post(
    '/api/cover/enrolment/queues/arrears',
    { config: { summary: 'Contributions owed, the oldest first, and what is owed by age.', body: questionSchema } },
    async (request): Promise<WorkPage<ArrearsRow> & { ages: readonly ArrearsSum[] }> => {
      const input = parseInput(questionSchema, request.body);
      const reach = await reachFor(storeFor(request), 'read');
      const today = localDay(options);
      return reach.kind === 'person'
        ? absent()
        : { ...(await arrears(database, reach, input, today)), ages: await arrearsByAge(database, reach, today) };
    },
  );

  bulkRoutes(app, options);
}

const isWriteOff = (kind: BulkKind) => kind === 'write-off' || kind === 'waive';

/** A write-off or a waiver of much is proposed; everything else is done. */
async function doOrPropose(
  tx: Transaction,
  options: CoverOptions,
  { kind, ids, because }: z.output<typeof bulkSchema>,
  by: string,
): Promise<Result<BulkAnswer | Proposed>> {
  if (!isWriteOff(kind) || ids.length > bulkMaximum) {
    return doBulk(tx, options, { kind, ids, because, batchId: options.newId(), by });
  }
  const act = writeOffActs[kind as keyof typeof writeOffActs];
  return (await actOrPropose(tx, options, act, { input: { instalmentIds: ids, because }, because, by })) ?? absent();
}

async function wouldTakeTwo(
  tx: Transaction,
  options: CoverOptions,
  { kind, ids }: z.output<typeof previewSchema>,
  by: string,
): Promise<boolean> {
  if (!isWriteOff(kind)) {
    return false;
  }
  const act = writeOffActs[kind as keyof typeof writeOffActs];
  const weighed = await act.weigh(tx, options, { instalmentIds: ids, because: '' }, by);
  return weighed?.ok === true && takesTwo(coverOf(tx), options, act.kind, weighed.value, by);
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
        rehearse<Result<BulkAnswer>>(store, async (tx) => {
          const takesTwo = await wouldTakeTwo(tx, options, input, store.context.actor.id);
          const batch = { ...input, because: 'preview', batchId: newId(), by: store.context.actor.id };
          const done = await doBulk(tx, options, batch);
          return done.ok && takesTwo ? ok({ ...done.value, takesTwo }) : done;
        }),
      );
    },
  );

  app.post(
    '/api/cover/enrolment/bulk',
    {
      config: {
        summary: 'Renew, remind, waive, write off or lapse many at once; to write off much is proposed.',
        body: bulkSchema,
      },
    },
    async (request): Promise<Result<BulkAnswer | Proposed>> => {
      const input = parseInput(bulkSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return undoing(
        store.once<Result<BulkAnswer | Proposed>>(input.requestId, async (tx) => {
          const done = await doOrPropose(tx, options, input, store.context.actor.id);
          if (done.ok && 'batchId' in done.value) {
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
