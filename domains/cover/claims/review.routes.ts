import { parseInput } from '@serai/kernel/base/input.ts';
import { parseMoney } from '@serai/kernel/base/money.ts';
import { type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, coverOf, requireCover } from '../cover.deps.ts';
import type { BulkDone, BulkPreview } from './api.ts';
import { previewBulk } from './bulk.store.ts';
import { judges, requireRole } from './claims.deps.ts';
import { readClaim } from './claims.store.ts';
import { keepRecord } from './record.store.ts';
import {
  bypassReview,
  deliverReview,
  type LineDecision,
  type Reviewed,
  rejectClaim,
  reverseClaim,
  sendToReview,
} from './review.store.ts';
import { selectionOf } from './selecting.store.ts';
import { adjudicateStored, type ClaimsOptions } from './submit.store.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const reason = z.string().trim().min(3, 'must say why').max(1000);

export const decisionShape = z.strictObject({
  line: z.int().min(1).max(100_000),
  decision: z.enum(['accepted', 'rejected', 'adjusted']),
  quantity: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a decimal number')
    .optional(),
  amount: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,3})?$/, 'must be a decimal amount')
    .optional(),
  reason,
});

const reviewShape = z.strictObject({ requestId, lines: z.array(decisionShape).max(200) });
const reasonShape = z.strictObject({ requestId, reason });
const acts = ['select', 'bypass', 'reject', 'adjudicate'] as const;
const bulkShape = z.strictObject({
  requestId,
  act: z.enum(acts),
  claimIds: z.array(z.string().min(1).max(80)).min(1).max(200),
  reason,
});
const bulkPreviewShape = bulkShape.omit({ requestId: true, reason: true });

/** A medical officer's desk: line decisions, four eyes, bulk acts, reversals. */
export async function reviewRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  one(app, options);
  many(app, options);
}

/** The store of whoever may judge claims. */
export async function judging(options: CoverOptions, request: FastifyRequest): Promise<RequestStore> {
  const store = options.storeFor(request);
  await requireCover(store, 'update', 'Claim');
  requireRole(store, judges);
  return store;
}

export function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw absent();
  }
  return value;
}

function one(app: FastifyInstance, options: CoverOptions): void {
  app.post<{ Params: { id: string } }>(
    '/api/cover/claims/:id/review',
    { config: { summary: 'Decide the lines of a claim in review.', body: reviewShape } },
    async (request): Promise<Result<Reviewed>> => {
      const input = parseInput(reviewShape, request.body);
      const store = await judging(options, request);
      const { id } = request.params;
      return store.once(input.requestId, async (tx): Promise<Result<Reviewed>> => {
        const row = found(await readClaim(coverOf(tx), id));
        const decisions = lineDecisions(input.lines, row.claim.currency);
        return decisions
          ? found(await deliverReview(tx, options, id, decisions, store.context.actor.id))
          : refuse('claims.price', undefined, 'lines');
      });
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/claims/:id/reverse',
    { config: { summary: 'Take a claim back by opposite entries.', body: reasonShape } },
    async (request): Promise<Result<Reviewed>> => {
      const input = parseInput(reasonShape, request.body);
      const store = await judging(options, request);
      return store.once(input.requestId, async (tx): Promise<Result<Reviewed>> => {
        const done = found(await reverseClaim(tx, options, request.params.id, input.reason, store.context.actor.id));
        await privileged(tx, store, 'reverse-claim', request.params.id);
        return done;
      });
    },
  );
}

/** Amounts as money of the claim; undefined where one cannot be. */
export function lineDecisions(
  lines: readonly z.output<typeof decisionShape>[],
  currency: string,
): LineDecision[] | undefined {
  const decisions: LineDecision[] = [];
  for (const { amount, ...line } of lines) {
    const value = amount === undefined ? undefined : parseMoney(amount, currency);
    if (amount !== undefined && !value) {
      return undefined;
    }
    decisions.push({ ...line, ...(value && { amount: value }) });
  }
  return decisions;
}

export async function privileged(tx: Transaction, store: RequestStore, action: string, about: string): Promise<void> {
  await tx.evidence.append({
    kind: 'privileged',
    public: { action, class: store.context.actor.class },
    sealed: { about, actor: store.context.actor.id },
  });
}

function many(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/claims/bulk/preview',
    {
      config: { summary: 'What a bulk act would do, and to which claims it may not be done.', body: bulkPreviewShape },
    },
    async (request): Promise<BulkPreview> => {
      const input = parseInput(bulkPreviewShape, request.body);
      await judging(options, request);
      return previewBulk(options, input.claimIds, input.act);
    },
  );

  app.post(
    '/api/cover/claims/bulk',
    { config: { summary: 'One act on many claims; each is done or refused by itself.', body: bulkShape } },
    async (request): Promise<BulkDone> => {
      const input = parseInput(bulkShape, request.body);
      const store = await judging(options, request);
      const ids = [...new Set(input.claimIds)].sort();
      return store.once(input.requestId, async (tx): Promise<BulkDone> => {
        const done: string[] = [];
        const refused: { claimId: string; code: string }[] = [];
        for (const claimId of ids) {
          const result = await act(tx, options, claimId, input, store.context.actor.id);
          if (result?.ok) {
            done.push(claimId);
          } else {
            refused.push({ claimId, code: result?.code ?? 'not-found' });
          }
        }
        await privileged(tx, store, `bulk-${input.act}`, input.requestId);
        return { done, refused };
      });
    },
  );
}

async function act(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  { act: which, reason: because }: { readonly act: (typeof acts)[number]; readonly reason: string },
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  switch (which) {
    case 'select':
      return sendToReview(tx, options, claimId, 'officer', actor);
    case 'bypass':
      return bypassReview(tx, options, claimId, actor);
    case 'reject':
      return rejectClaim(tx, options, claimId, because, actor);
    case 'adjudicate':
      return adjudicateEntered(tx, options, claimId, actor);
  }
}

/** Judges a claim that waits for it. */
export async function adjudicateEntered(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  const row = await readClaim(coverOf(tx), claimId, true);
  if (!row) {
    return undefined;
  }
  if (row.status !== 'entered') {
    return refuse('claims.wrong-status', { status: row.status });
  }
  await adjudicateStored(tx, options, claimId, options.clock(), {
    actor,
    select: selectionOf,
  });
  await keepRecord(tx, options, claimId);
  return { ok: true, value: { claimId, state: 'done' } };
}
