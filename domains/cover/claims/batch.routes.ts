import { isDay } from '@serai/kernel/base/days.ts';
import { InputFault, parseInput } from '@serai/kernel/base/input.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import { schemeSchema } from '../schemes/scheme.ts';
import { adjudicateBatch } from './batch.store.ts';
import { payers, requireRole } from './claims.deps.ts';
import { differenceReport } from './difference.store.ts';
import { closable, type PricedPeriod, previewPeriod, pricePeriod } from './price-period.store.ts';
import { judging } from './review.routes.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const batchShape = z.strictObject({ requestId, schemeId: z.string().max(80).optional() });
const periodFields = { schemeId: z.string().max(80), day };
const periodShape = z.strictObject(periodFields);
const closeShape = z.strictObject({ requestId, ...periodFields });
const differenceShape = z.strictObject({ requestId, from: day, to: day, draft: z.record(z.string(), z.unknown()) });

/** Long work on claims: judging all that wait, and what a draft of the rules would change. */
export async function batchRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  options.registerJob(adjudicateBatch(options) as never);
  options.registerJob(differenceReport(options) as never);
  options.registerJob(pricePeriod(options) as never);
  periods(app, options);

  app.post(
    '/api/cover/claims/batch',
    { config: { summary: 'Judge every claim that waits, in steps.', body: batchShape } },
    async (request): Promise<{ jobId: string }> => {
      const { requestId: id, ...input } = parseInput(batchShape, request.body);
      const store = await judging(options, request);
      return store.once(id, (tx) => options.enqueueJob(tx, 'claims.adjudicate', input, store.context.actor.id));
    },
  );

  app.post(
    '/api/cover/claims/difference',
    {
      config: { summary: 'Which claims of a period a draft of the rules would pay otherwise.', body: differenceShape },
      bodyLimit: 4_000_000,
    },
    async (request): Promise<{ jobId: string }> => {
      const { requestId: id, ...input } = parseInput(differenceShape, request.body);
      const store = await judging(options, request);
      const draft = schemeSchema.safeParse(input.draft);
      if (!draft.success) {
        throw new InputFault(
          draft.error.issues.map((issue) => ({ expression: `draft.${issue.path.join('.')}`, sentence: issue.message })),
        );
      }
      return store.once(id, (tx) => options.enqueueJob(tx, 'claims.difference', input, store.context.actor.id));
    },
  );
}

/** Relative prices: what a period comes to, and closing it. */
function periods(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/claims/price-period/preview',
    { config: { summary: 'What the relative prices of a period would come to now.', body: periodShape } },
    async (request): Promise<Result<PricedPeriod>> => {
      const input = parseInput(periodShape, request.body);
      await paying(options, request);
      return previewPeriod(options.database, options, input);
    },
  );

  app.post(
    '/api/cover/claims/price-period',
    { config: { summary: 'Close a period of relative prices: its claims can be paid.', body: closeShape } },
    async (request): Promise<Result<{ jobId: string }>> => {
      const { requestId: id, ...input } = parseInput(closeShape, request.body);
      const store = await paying(options, request);
      return store.once(id, async (tx) => {
        const found = closable(options, input);
        return found.ok
          ? ok(await options.enqueueJob(tx, 'claims.price-period', input, store.context.actor.id))
          : found;
      });
    },
  );
}

async function paying(options: CoverOptions, request: FastifyRequest): Promise<RequestStore> {
  const store = await judging(options, request);
  requireRole(store, payers);
  return store;
}
