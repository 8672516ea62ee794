import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { askFeedback, feedbackWanted, takeFeedback } from './feedback.store.ts';
import { found, judging } from './review.routes.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const findShape = z.strictObject({
  search: z.string().trim().max(40).optional(),
  cursor: z.string().max(120).optional(),
});
const askShape = z.strictObject({ requestId });
const answersShape = z.strictObject({
  requestId,
  careRendered: z.boolean(),
  paymentAsked: z.boolean(),
  drugsPrescribed: z.boolean(),
  drugsReceived: z.boolean(),
  rating: z.int().min(0, 'must be 0 to 5').max(5, 'must be 0 to 5'),
});

/** The insured's own word on care that was claimed for them, brought by whoever enrols people. */
export async function feedbackRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post(
    '/api/cover/feedback/find',
    { config: { summary: 'Whom to ask for feedback, and about which visit.', body: findShape } },
    async (request) => {
      const question = parseInput(findShape, request.body);
      await asking(options, request, 'read');
      return feedbackWanted(options.database, options, question);
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/feedback/:id',
    { config: { summary: 'What the insured says of a visit: five questions.', body: answersShape } },
    async (request): Promise<Result<{ claimId: string }>> => {
      const { requestId: id, ...answers } = parseInput(answersShape, request.body);
      const store = await asking(options, request, 'create');
      return store.once(id, async (tx) =>
        found(await takeFeedback(tx, options, request.params.id, answers, store.context.actor.id)),
      );
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/claims/:id/ask-feedback',
    { config: { summary: 'Ask the insured about a claim.', body: askShape } },
    async (request): Promise<Result<{ claimId: string }>> => {
      const input = parseInput(askShape, request.body);
      const store = await judging(options, request);
      return store.once(input.requestId, async (tx) =>
        found(await askFeedback(tx, options, request.params.id, store.context.actor.id)),
      );
    },
  );
}

const askers = ['enrolment-officer', 'fund-manager', 'volunteer'];

/** Those who enrol people also ask them: enrolment officers and volunteers, never employers, facilities or who judges the claim. */
async function asking(
  options: CoverOptions,
  request: FastifyRequest,
  action: 'read' | 'create',
): Promise<RequestStore> {
  const store = options.storeFor(request);
  await requireCover(store, action, 'Coverage');
  const { actor } = store.context;
  const asks = actor.class === 'payer' || actor.class === 'programme';
  if (!asks || !actor.roles.some((role) => askers.includes(role))) {
    throw absent();
  }
  return store;
}
