import { isDay } from '@serai/kernel/base/days.ts';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { payers, requireRole } from '../claims/claims.deps.ts';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import type { CapitationPreview } from './api.ts';
import { makeCapitationRun, previewCapitation, registerMembers } from './capitation.store.ts';
import './payments.refusals.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const schemeId = z.string().min(1).max(80);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "2026-03"');
const questionShape = z.strictObject({ schemeId, month });
const registrationShape = z.strictObject({
  requestId,
  schemeId,
  memberNumbers: z.array(z.string().trim().min(1).max(40)).min(1, 'must name a member').max(5000),
  /** Left out: registered nowhere from that day on. */
  provider: z.string().min(1).max(120).optional(),
  from: z.string().refine(isDay, 'must be a day like "2026-03-01"'),
});

/** Care paid by head: who is registered where, and the run of a month. It is approved and paid like a run of claims. */
export async function capitationRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post(
    '/api/cover/registrations',
    { config: { summary: 'Register members with a facility that is paid by head.', body: registrationShape } },
    async (request): Promise<Result<{ registered: number; unknown: string[] }>> => {
      const { requestId: id, ...of } = parseInput(registrationShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'update', 'Coverage');
      requireRole(store, payers);
      const { actor } = store.context;
      return store.once(id, async (tx) => {
        const done = await registerMembers(tx, options, { ...of, provider: of.provider }, actor.id);
        if (done.ok) {
          await tx.evidence.append({
            kind: 'privileged',
            public: { action: 'register-with-facility', class: actor.class },
            sealed: { actor: actor.id, ...of },
          });
        }
        return done;
      });
    },
  );

  app.post(
    '/api/cover/capitation/preview',
    { config: { summary: 'What a month of care by head would come to, by facility and age.', body: questionShape } },
    async (request): Promise<Result<CapitationPreview>> => {
      const question = parseInput(questionShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'update', 'PaymentReconciliation');
      requireRole(store, payers);
      return previewCapitation(options.database, options, question);
    },
  );

  app.post(
    '/api/cover/capitation/runs',
    {
      config: {
        summary: 'Propose the payment run of a month of care by head.',
        body: questionShape.extend({ requestId }),
      },
    },
    async (request): Promise<Result<{ runId: string }>> => {
      const { requestId: id, ...question } = parseInput(questionShape.extend({ requestId }), request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'update', 'PaymentReconciliation');
      requireRole(store, payers);
      return store.once(id, (tx) => makeCapitationRun(tx, options, question, store.context.actor.id));
    },
  );
}
