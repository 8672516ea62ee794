import { notFound, OperationOutcomeError } from '@medplum/core';
import { parseInput } from '@serai/kernel/base/input.ts';
import { moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import type { BatchJson, DisputeView, IndicatorsView, LapsedView, QueueRow } from './api.ts';
import { boundNow, countProgramme } from './count.store.ts';
import type { Desk } from './desks.ts';
import { decideDispute, decideHold } from './disputes.store.ts';
import { EXPIRY_JOB, expiryJob, lapsedNow } from './expiry.store.ts';
import { programmeIndicators } from './indicators.ts';
import {
  batchSchema,
  callSchema,
  decideBatchSchema,
  disputeSchema,
  expireSchema,
  holdSchema,
  validateSchema,
} from './inputs.ts';
import type { VoucherProgramme } from './programme.ts';
import { batchesOf, disputesOf, queueOf, statesOf } from './queue.store.ts';
import { type BatchView, decideBatch, proposeBatch, recordCall, validateVouchers } from './settle.store.ts';
import { ownProgramme, requireDesk } from './vouchers.store.ts';

const base = '/api/cover/vouchers';

/** After redemption: validation, calls, disputes, payment, expiry, and what came of it all. */
export async function settleRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  readRoutes(app, options);
  actRoutes(app, options);
  expiryRoutes(app, options);
  options.registerJob(expiryJob(options) as never);
}

type Asked = FastifyRequest<{ Querystring: { programme?: string } }>;

function readRoutes(app: FastifyInstance, options: CoverOptions): void {
  const read = <Answer>(
    path: string,
    summary: string,
    desk: Desk,
    answer: (programme: VoucherProgramme, store: RequestStore) => Promise<Answer>,
  ) =>
    app.get<{ Querystring: { programme?: string } }>(
      `${base}/${path}`,
      { config: { summary } },
      async (request: Asked): Promise<Answer> => {
        const store = options.storeFor(request);
        await requireDesk(store, desk);
        const programme = ownProgramme(options, request.query.programme ?? '');
        if (!programme.ok) {
          throw new OperationOutcomeError(notFound);
        }
        return answer(programme.value, store);
      },
    );
  const { database } = options;
  read(
    'queue',
    'Redeemed vouchers that wait to be validated, called about or released.',
    'validate',
    async (programme): Promise<{ queue: readonly QueueRow[] }> => ({ queue: await queueOf(database, programme) }),
  );
  read(
    'disputes',
    'Vouchers taken twice or contested, with what each side signed.',
    'validate',
    async (programme): Promise<{ disputes: readonly DisputeView[] }> => ({
      disputes: await disputesOf(database, programme),
    }),
  );
  read(
    'batches',
    'Payments proposed and made.',
    'validate',
    async (programme, store): Promise<{ batches: readonly BatchJson[] }> => ({
      batches: await batchesOf(database, programme, store.context.actor.id),
    }),
  );
  read(
    'lapsed',
    'Unused vouchers whose last day and time of grace are past, and what follows within a month.',
    'validate',
    (programme): Promise<LapsedView> => lapsedNow(database, options, programme),
  );
  read('indicators', 'The indicators of a programme; small cells withheld.', 'look', (programme) =>
    indicatorsOf(options, programme),
  );
}

async function indicatorsOf(options: CoverOptions, programme: VoucherProgramme): Promise<IndicatorsView> {
  const rows = programmeIndicators(await countProgramme(options.database, programme));
  const { worth, ...bound } = await boundNow(options.database, programme, Math.floor(options.clock().getTime() / 1000));
  return {
    programmeId: programme.id,
    asOf: options.clock().toISOString(),
    indicators: rows.map(({ money, ...row }) => ({ ...row, ...(money && { money: moneyText(money) }) })),
    states: await statesOf(options.database, programme),
    bound: { ...bound, worth: moneyText(worth) },
  };
}

interface Acting {
  readonly tx: Transaction;
  readonly programme: VoucherProgramme;
  readonly actor: string;
  readonly store: RequestStore;
}

/** Desk, programme, one transaction, once: what every act here shares. */
async function actOnce<Answer>(
  options: CoverOptions,
  request: FastifyRequest,
  desk: Desk,
  input: { readonly requestId: string; readonly programmeId: string },
  work: (acting: Acting) => Promise<Result<Answer>>,
): Promise<Result<Answer>> {
  const store = options.storeFor(request);
  await requireDesk(store, desk);
  const programme = ownProgramme(options, input.programmeId);
  return programme.ok
    ? store.once<Result<Answer>>(input.requestId, (tx) =>
        work({ tx, programme: programme.value, actor: store.context.actor.id, store }),
      )
    : programme;
}

async function privileged({ tx, store }: Acting, action: string, sealed: Record<string, unknown>): Promise<void> {
  await tx.evidence.append({
    kind: 'privileged',
    public: { action, class: store.context.actor.class },
    sealed: { ...sealed, actor: store.context.actor.id },
  });
}

function actRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    `${base}/validate`,
    { config: { summary: 'Validate redeemed vouchers.', body: validateSchema } },
    (request) => {
      const input = parseInput(validateSchema, request.body);
      return actOnce(options, request, 'validate', input, async ({ tx, programme, actor }) =>
        ok({ vouchers: await validateVouchers(tx, options, programme, input.voucherIds, actor) }),
      );
    },
  );

  app.post(
    `${base}/calls`,
    { config: { summary: 'What a holder said when called about a redemption.', body: callSchema } },
    (request) => {
      const input = parseInput(callSchema, request.body);
      return actOnce(options, request, 'validate', input, ({ tx, programme, actor }) =>
        recordCall(tx, options, programme, { ...input, actor }),
      );
    },
  );

  app.post<{ Params: { id: string } }>(
    `${base}/disputes/:id/decide`,
    { config: { summary: 'Decide which redemption of a voucher stands.', body: disputeSchema } },
    (request) => {
      const input = parseInput(disputeSchema, request.body);
      const disputeId = request.params.id;
      return actOnce(options, request, 'validate', input, async (acting) => {
        const { decision, note } = input;
        await privileged(acting, 'decide-voucher-dispute', { dispute: disputeId, decision });
        return decideDispute(acting.tx, options, acting.programme, { disputeId, decision, note, actor: acting.actor });
      });
    },
  );

  app.post(
    `${base}/holds/decide`,
    { config: { summary: 'Release a held voucher, or reject it.', body: holdSchema } },
    (request) => {
      const input = parseInput(holdSchema, request.body);
      return actOnce(options, request, 'validate', input, async (acting) => {
        const { voucherId, decision, note } = input;
        await privileged(acting, 'decide-voucher-hold', { voucher: voucherId, decision });
        return decideHold(acting.tx, options, acting.programme, { voucherId, decision, note, actor: acting.actor });
      });
    },
  );
  paymentRoutes(app, options);
}

function paymentRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    `${base}/batches`,
    { config: { summary: 'Propose to pay the validated vouchers up to a day.', body: batchSchema } },
    (request) => {
      const input = parseInput(batchSchema, request.body);
      return actOnce(options, request, 'pay', input, async ({ tx, programme, actor }) =>
        batchJson(await proposeBatch(tx, options, programme, { upTo: input.upTo, actor }), true),
      );
    },
  );

  app.post<{ Params: { id: string } }>(
    `${base}/batches/:id/decide`,
    { config: { summary: 'Pay a proposed batch, by a second person; or drop it.', body: decideBatchSchema } },
    (request) => {
      const input = parseInput(decideBatchSchema, request.body);
      const batchId = request.params.id;
      return actOnce(options, request, 'pay', input, async (acting) => {
        const { decision } = input;
        const { tx, programme, actor } = acting;
        await privileged(acting, `${decision}-voucher-batch`, { batch: batchId });
        return batchJson(await decideBatch(tx, options, programme, { batchId, decision, actor }), false);
      });
    },
  );
}

function expiryRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    `${base}/expire`,
    { config: { summary: 'Write off unused vouchers whose time is over; long work.', body: expireSchema } },
    (request) => {
      const input = parseInput(expireSchema, request.body);
      return actOnce(options, request, 'validate', input, async ({ tx, programme, actor, store }) => {
        const what = { programmeId: programme.id, class: store.context.actor.class };
        return ok(await options.enqueueJob(tx, EXPIRY_JOB, what, actor));
      });
    },
  );
}

function batchJson(batch: Result<BatchView>, mine: boolean): Result<BatchJson> {
  if (!batch.ok) {
    return batch;
  }
  const { amount, byProvider, ...rest } = batch.value;
  return ok({
    ...rest,
    mine,
    amount: moneyText(amount),
    byProvider: byProvider.map((each) => ({ ...each, amount: moneyText(each.amount) })),
  });
}
