import { parseInput } from '@serai/kernel/base/input.ts';
import { type MoneyText, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Proposed } from '../approvals/api.ts';
import { actOrPropose } from '../approvals/approvals.store.ts';
import type { CoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { applyCredit } from './credit.store.ts';
import { absent, reachesGroup, reachFor } from './enrolment.access.ts';
import { amountSchema, because, cursor, day, id, payment, requestId } from './enrolment.inputs.ts';
import { takePayment } from './payments.store.ts';
import { type ListedPayment, listPayments, type ReceiptView, readReceipt } from './receipts.store.ts';
import { type MoneyBackView, refundAct, reversalAct } from './two-people.store.ts';

const takeSchema = payment.extend({
  requestId,
  receivedOn: day.optional(),
  policyId: id.optional(),
  groupId: id.optional(),
  payer: z.enum(['member', 'employer', 'government', 'donor']).default('member'),
});
const reverseSchema = z.strictObject({ requestId, because });
const refundSchema = z.strictObject({ requestId, because, amount: amountSchema });
const applySchema = z.strictObject({ requestId, policyId: id });
const listSchema = z.strictObject({ groupId: id.optional(), creditOnly: z.boolean().optional(), cursor });

export interface PaymentTaken {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly credit: MoneyText;
  readonly activated: readonly string[];
}

/** Take a payment, give its receipt, take it back, give credit back. */
export async function enrolmentPaymentRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, database } = options;

  app.post(
    '/api/cover/enrolment/payments',
    { config: { summary: 'Take a contribution for a policy, or for what a group owes.', body: takeSchema } },
    async (request, reply): Promise<Result<PaymentTaken>> => {
      const input = parseInput(takeSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      const result = await store.once<Result<PaymentTaken>>(input.requestId, async (tx) => {
        const taken = await takePayment(tx, options, {
          ...input,
          receivedOn: input.receivedOn ?? localDay(options),
          by: store.context.actor.id,
        });
        return taken.ok
          ? ok({
              paymentId: taken.value.paymentId,
              receiptNumber: taken.value.receiptNumber,
              credit: moneyText(taken.value.credit),
              activated: taken.value.activated,
            })
          : taken;
      });
      if (result.ok) {
        reply.code(201);
      }
      return result;
    },
  );

  app.post(
    '/api/cover/enrolment/payments/list',
    { config: { summary: 'Payments taken, the latest first.', body: listSchema } },
    async (request): Promise<{ payments: readonly ListedPayment[]; next?: string }> => {
      const input = parseInput(listSchema, request.body);
      const reach = await reachFor(storeFor(request), 'read');
      return reach.kind === 'person' ? absent() : listPayments(database, reach, input);
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/enrolment/payments/:id',
    { config: { summary: 'A receipt: what was paid, for what, and what is left of it.' } },
    async (request): Promise<ReceiptView> => {
      const reach = await reachFor(storeFor(request), 'read');
      const receipt = await readReceipt(database, request.params.id);
      return receipt && reachesGroup(reach, receipt.groupId) ? receipt : absent();
    },
  );

  backRoutes(app, options);
}

/** Money the other way: reversals, refunds, and credit put elsewhere. */
function backRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor } = options;
  type ById = { Params: { id: string } };

  app.post<ById>(
    '/api/cover/enrolment/payments/:id/reverse',
    { config: { summary: 'Take a payment back by its opposite; a large one is proposed.', body: reverseSchema } },
    async (request) => {
      const input = parseInput(reverseSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      const { because } = input;
      const { id: by, class: ofClass } = store.context.actor;
      return store.once<Result<MoneyBackView | Proposed>>(input.requestId, async (tx) => {
        await tx.evidence.append({
          kind: 'privileged',
          public: { action: 'reverse-payment', class: ofClass },
          sealed: { payment: request.params.id, actor: by, because },
        });
        const paymentId = request.params.id;
        const asked = { input: { paymentId, because }, subject: paymentId, because, by };
        return (await actOrPropose(tx, options, reversalAct, asked)) ?? absent();
      });
    },
  );

  app.post<ById>(
    '/api/cover/enrolment/payments/:id/refund',
    { config: { summary: 'Give credit back to who paid it; much of it is proposed.', body: refundSchema } },
    async (request) => {
      const input = parseInput(refundSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      const { because } = input;
      const paymentId = request.params.id;
      const sent = { paymentId, amount: moneyText(input.amount), because };
      const asked = { input: sent, subject: paymentId, because, by: store.context.actor.id };
      return store.once<Result<MoneyBackView | Proposed>>(
        input.requestId,
        async (tx) => (await actOrPropose(tx, options, refundAct, asked)) ?? absent(),
      );
    },
  );

  app.post<ById>(
    '/api/cover/enrolment/payments/:id/apply',
    { config: { summary: 'Put what is left of a payment to what a policy owes.', body: applySchema } },
    async (request): Promise<Result<{ used: MoneyText }>> => {
      const input = parseInput(applySchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once<Result<{ used: MoneyText }>>(input.requestId, async (tx) => {
        const used = await applyCredit(tx, options, {
          paymentId: request.params.id,
          policyId: input.policyId,
          by: store.context.actor.id,
        });
        return used.ok ? ok({ used: moneyText(used.value.used) }) : used;
      });
    },
  );
}
