import type { PaymentReconciliation } from '@medplum/fhirtypes';
import { isDay } from '@serai/kernel/base/days.ts';
import { parseInput } from '@serai/kernel/base/input.ts';
import { type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { ownProviderOf, payers, requireRole } from '../claims/claims.deps.ts';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import type { Reconciliation, Remittance, RunInFull, RunPreview, RunSummary, Statement } from './api.ts';
import { capitationRoutes } from './capitation.routes.ts';
import { headsOf } from './capitation.store.ts';
import { paymentReconciliation } from './fhir.store.ts';
import './payments.refusals.ts';
import {
  approveRun,
  makeRun,
  owedClaims,
  payRun,
  previewOf,
  providerPayment,
  providersOf,
  reverseRun,
  runSummary,
} from './payments.store.ts';
import { delayOf, reconcile, remittance, statement } from './statements.store.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const questionShape = z.strictObject({
  schemeId: z.string().min(1).max(80),
  upTo: day,
  providers: z.array(z.string().min(1).max(120)).max(500).optional(),
});
const proposeShape = questionShape.extend({ requestId });
const actShape = z.strictObject({ requestId });
const findShape = z.strictObject({
  schemeId: z.string().max(80).optional(),
  cursor: z.string().max(120).optional(),
  limit: z.int().min(1).max(200).optional(),
});
const statementShape = z.strictObject({ provider: z.string().max(120).optional(), from: day, to: day });
const delayShape = z.strictObject({ schemeId: z.string().max(80).optional(), from: day, to: day });

/** Payment runs, what facilities are told of them, and whether the books agree. */
export async function paymentsRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  proposing(app, options);
  deciding(app, options);
  looking(app, options);
  telling(app, options);
  reckoning(app, options);
  await capitationRoutes(app, options);
}

/** The store of whoever may pay. */
async function paying(options: CoverOptions, request: FastifyRequest): Promise<RequestStore> {
  const store = options.storeFor(request);
  await requireCover(store, 'update', 'PaymentReconciliation');
  requireRole(store, payers);
  return store;
}

/** What is paid is the fund manager's to see; a facility sees its own by its remittance and statement. */
async function seeing(options: CoverOptions, request: FastifyRequest, thing: 'PaymentReconciliation' | 'Account') {
  const store = options.storeFor(request);
  await requireCover(store, 'read', thing);
  requireRole(store, payers);
}

function currencyOf(options: CoverOptions, schemeId: string): string | undefined {
  return options.schemes.findLast((scheme) => scheme.id === schemeId)?.currency;
}

function proposing(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/payment-runs/preview',
    { config: { summary: 'What a payment run would pay, by facility.', body: questionShape } },
    async (request): Promise<RunPreview> => {
      const question = parseInput(questionShape, request.body);
      await paying(options, request);
      const currency = currencyOf(options, question.schemeId);
      if (!currency) {
        throw absent();
      }
      return previewOf(await owedClaims(options.database, { ...question, currency }), currency);
    },
  );

  app.post(
    '/api/cover/payment-runs',
    { config: { summary: 'Propose a payment run; someone else approves it.', body: proposeShape } },
    async (request): Promise<Result<{ runId: string }>> => {
      const { requestId: id, ...question } = parseInput(proposeShape, request.body);
      const store = await paying(options, request);
      const currency = currencyOf(options, question.schemeId);
      if (!currency) {
        return refuse('payments.nothing-owed');
      }
      return store.once(id, (tx) => makeRun(tx, options, { ...question, currency }, store.context.actor.id));
    },
  );
}

type Step = (tx: Transaction, runId: string, actor: string) => Promise<Result<{ runId: string }> | undefined>;

function deciding(app: FastifyInstance, options: CoverOptions): void {
  const steps: Record<string, readonly [summary: string, step: Step]> = {
    approve: ['Approve a run someone else proposed.', (tx, runId, actor) => approveRun(tx, runId, actor)],
    pay: ['Pay an approved run.', (tx, runId, actor) => payRun(tx, options, runId, actor)],
    reverse: ['Discard a run, or take a paid one back.', (tx, runId, actor) => reverseRun(tx, options, runId, actor)],
  };
  for (const [name, [summary, step]] of Object.entries(steps)) {
    app.post<{ Params: { id: string } }>(
      `/api/cover/payment-runs/:id/${name}`,
      { config: { summary, body: actShape } },
      async (request): Promise<Result<{ runId: string }>> => {
        const input = parseInput(actShape, request.body);
        const store = await paying(options, request);
        const { actor } = store.context;
        return store.once(input.requestId, async (tx) => {
          const done = await step(tx, request.params.id, actor.id);
          if (!done) {
            throw absent();
          }
          if (done.ok) {
            await tx.evidence.append({
              kind: 'privileged',
              public: { action: `${name}-payment-run`, class: actor.class },
              sealed: { run: request.params.id, actor: actor.id },
            });
          }
          return done;
        });
      },
    );
  }
}

function looking(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/payment-runs/find',
    { config: { summary: 'Payment runs, newest first.', body: findShape } },
    async (request): Promise<{ rows: RunSummary[]; next?: string }> => {
      const question = parseInput(findShape, request.body);
      await seeing(options, request, 'PaymentReconciliation');
      const limit = question.limit ?? 50;
      let query = options.database
        .selectFrom('cover_payment_run')
        .selectAll()
        .orderBy('created', 'desc')
        .orderBy('run_id', 'desc')
        .limit(limit + 1);
      if (question.schemeId) {
        query = query.where('scheme_id', '=', question.schemeId);
      }
      const after = /^([0-9TZ:.-]{20,30})~(.{1,80})$/.exec(question.cursor ?? '');
      if (after) {
        query = query.where(sql<boolean>`(created, run_id) < (${after[1]}::timestamptz, ${after[2]})`);
      }
      const rows = await query.execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        rows: rows.slice(0, limit).map(runSummary),
        ...(last && { next: `${last.created.toISOString()}~${last.run_id}` }),
      };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/payment-runs/:id',
    { config: { summary: 'One payment run, by facility.' } },
    async (request): Promise<RunInFull> => {
      await seeing(options, request, 'PaymentReconciliation');
      const { database } = options;
      const run = await runOf(database, request.params.id);
      if (!run) {
        throw absent();
      }
      const providers = (await providersOf(database, run)).map(providerPayment);
      return { ...runSummary(run), providers, heads: await headsOf(database, run) };
    },
  );
}

function runOf(database: CoverOptions['database'], runId: string) {
  return database.selectFrom('cover_payment_run').selectAll().where('run_id', '=', runId).executeTakeFirst();
}

function telling(app: FastifyInstance, options: CoverOptions): void {
  const { database } = options;
  /** Which facility's money is looked at: a facility its own, a payer whichever it names. */
  const asked = async (request: FastifyRequest, named: string | undefined) => {
    const store = options.storeFor(request);
    await requireCover(store, 'read', 'Claim');
    const own = ownProviderOf(store, options);
    if (own === undefined) {
      requireRole(store, payers);
    }
    const provider = own ?? named;
    if (provider === undefined) {
      throw absent();
    }
    return { provider, isOwn: own !== undefined };
  };
  /** A facility is told of a payment once it is made; until then a run may still be changed or discarded. */
  const told = (run: { readonly paid_on: string | null }, isOwn: boolean) => !isOwn || run.paid_on !== null;

  app.get<{ Params: { id: string; provider: string } }>(
    '/api/cover/payment-runs/:id/remittance/:provider',
    { config: { summary: 'What a facility is told with a payment: each claim, what was paid, why.' } },
    async (request): Promise<Remittance> => {
      const { provider, isOwn } = await asked(request, request.params.provider);
      const run = await runOf(database, request.params.id);
      const found = run && told(run, isOwn) ? await remittance(database, run, provider) : undefined;
      if (!found || provider !== request.params.provider) {
        throw absent();
      }
      return found;
    },
  );

  app.get<{ Params: { id: string; provider: string } }>(
    '/api/cover/payment-runs/:id/remittance/:provider/fhir',
    { config: { summary: 'The same as a FHIR PaymentReconciliation.' } },
    async (request): Promise<PaymentReconciliation> => {
      const { provider, isOwn } = await asked(request, request.params.provider);
      const run = await runOf(database, request.params.id);
      const sum = run && (await providersOf(database, run)).find((each) => each.provider === provider);
      if (!run || !sum || !told(run, isOwn) || provider !== request.params.provider) {
        throw absent();
      }
      const about = { runId: run.run_id, schemeId: run.scheme_id, day: run.paid_on ?? run.up_to };
      return paymentReconciliation(database, options, about, sum);
    },
  );

  app.post(
    '/api/cover/statements',
    { config: { summary: 'A facility’s account with the fund over a period.', body: statementShape } },
    async (request): Promise<Statement> => {
      const input = parseInput(statementShape, request.body);
      const { provider } = await asked(request, input.provider);
      return statement(database, { provider, from: input.from, to: input.to });
    },
  );
}

function reckoning(app: FastifyInstance, options: CoverOptions): void {
  app.get(
    '/api/cover/claims-reconciliation',
    { config: { summary: 'Whether claims and ledger agree, account by account.' } },
    async (request): Promise<Reconciliation> => {
      await seeing(options, request, 'Account');
      return reconcile(options.database, options.clock());
    },
  );

  app.post(
    '/api/cover/payment-delay',
    { config: { summary: 'How long claims paid in a period had waited.', body: delayShape } },
    async (request): Promise<Statement['delay']> => {
      const input = parseInput(delayShape, request.body);
      await seeing(options, request, 'PaymentReconciliation');
      return delayOf(options.database, input);
    },
  );
}
