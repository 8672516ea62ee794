import { parseInput } from '@serai/kernel/base/input.ts';
import { type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Proposed } from '../approvals/api.ts';
import { actOrPropose } from '../approvals/approvals.store.ts';
import { type CoverOptions, coverOf, requireCover } from '../cover.deps.ts';
import { appealAct, appealInput } from './appeal-act.store.ts';
import { openAppeal, openAppeals } from './appeals.store.ts';
import { appealingFor } from './claims.deps.ts';
import { decisionShape, found, judging, lineDecisions, privileged } from './review.routes.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const text = z.string().trim().min(3, 'must say why').max(4000);
const openShape = z.strictObject({ requestId, reason: text, onBehalfOf: z.enum(['provider', 'member']).optional() });
const findShape = z.strictObject({ cursor: z.string().max(120).optional(), limit: z.int().min(1).max(200).optional() });
const decideShape = z.strictObject({
  requestId,
  grant: z.boolean(),
  text,
  lines: z.array(decisionShape).max(200).default([]),
  visit: z.enum(['other', 'referral', 'emergency']).optional(),
  referralFrom: z.string().trim().min(1).max(200).optional(),
  preauthorisation: z.string().trim().min(1).max(64).optional(),
});

/** Appeals: a facility against its own claims, the fund's officers on behalf of a member; decided by someone else. */
export async function appealRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post<{ Params: { id: string } }>(
    '/api/cover/claims/:id/appeals',
    { config: { summary: 'Appeal against how a claim was judged.', body: openShape } },
    async (request): Promise<Result<{ appealId: string }>> => {
      const input = parseInput(openShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'create', 'Claim', { id: request.params.id });
      const provider = appealingFor(store, options);
      const of = {
        claimId: request.params.id,
        provider,
        onBehalfOf: provider === undefined ? (input.onBehalfOf ?? 'member') : ('provider' as const),
        reason: input.reason,
      };
      return store.once(input.requestId, async (tx) =>
        found(await openAppeal(tx, options, of, store.context.actor.id)),
      );
    },
  );

  app.post(
    '/api/cover/appeals/find',
    { config: { summary: 'Appeals that wait for a decision, oldest first.', body: findShape } },
    async (request) => {
      const question = parseInput(findShape, request.body);
      await judging(options, request);
      return openAppeals(options.database, question);
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/appeals/:id/decide',
    {
      config: {
        summary: 'Uphold or grant an appeal; granted, the claim is judged again. Of high value, granting is proposed.',
        body: decideShape,
      },
    },
    async (request): Promise<Result<{ claimId: string; runAfter?: number } | Proposed>> => {
      const { requestId: id, lines, grant, text: why, ...corrections } = parseInput(decideShape, request.body);
      const store = await judging(options, request);
      return store.once(id, async (tx): Promise<Result<{ claimId: string; runAfter?: number } | Proposed>> => {
        const appeal = found(
          await coverOf(tx)
            .selectFrom('cover_appeal as a')
            .innerJoin('cover_claim as c', 'c.claim_id', 'a.claim_id')
            .select('c.currency')
            .where('a.appeal_id', '=', request.params.id)
            .executeTakeFirst(),
        );
        const decisions = lineDecisions(lines, appeal.currency);
        if (!decisions) {
          return refuse('claims.price', undefined, 'lines');
        }
        const decision = { grant, text: why, lines: decisions, corrections };
        const { id: appealId } = request.params;
        const input = appealInput(appealId, decision);
        const asked = { input, subject: appealId, because: why, by: store.context.actor.id };
        const decided = found(await actOrPropose(tx, options, appealAct, asked));
        if (decided.ok) {
          await privileged(tx, store, 'decide-appeal', request.params.id);
        }
        return decided;
      });
    },
  );
}
