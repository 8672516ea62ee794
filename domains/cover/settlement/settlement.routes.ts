import { notFound, OperationOutcomeError } from '@medplum/core';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { Refusal, Result } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import '@serai/kernel/trust/document.refusals.ts';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { answerAbroad } from './answer-abroad.store.ts';
import type {
  AskAbroad,
  ClaimAbroad,
  EligibilityAbroad,
  Moves,
  Partners,
  SettlementClaimView,
  StatementList,
  StatementView,
} from './api.ts';
import { askAbroad, ownFacility } from './ask-abroad.store.ts';
import { noteBornePaid } from './borne.store.ts';
import { certificateRoutes } from './certificate.routes.ts';
import { enterClaim, reverseClaim, sendClaims } from './enter-claim.store.ts';
import { applyInbound } from './inbound.store.ts';
import { decideAsProposed, makeMoves } from './moves.store.ts';
import { notePaid, noteReceived } from './payments.store.ts';
import { correctRate, enterRate } from './rates.store.ts';
import {
  askSchema,
  bornePaidSchema,
  claimSchema,
  claimsQuery,
  correctRateSchema,
  decideSchema,
  movesSchema,
  paidSchema,
  proposeSchema,
  rateSchema,
  receivedSchema,
  reverseSchema,
  sendSchema,
  signSchema,
} from './settlement.schemas.ts';
import { readStatement } from './statement-rows.store.ts';
import { statementsView, statementView } from './statement-views.store.ts';
import { proposeStatement, signStatement } from './statements.store.ts';
import { claimsView, claimView, movesView, partnersView } from './views.store.ts';
import { eligibilityPath, settlementPath } from './wire.ts';

/** Settlement between countries: what partners' nodes post, what facilities ask and claim, what funds answer, sign and pay. */
export async function settlementRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  await app.register(async (scope) => partnerRoutes(scope, options));
  providerRoutes(app, options);
  claimRoutes(app, options);
  decisionRoutes(app, options);
  statementRoutes(app, options);
  paymentRoutes(app, options);
  certificateRoutes(app, options);
}

const roleOf = {
  read: ['claims-officer', 'fund-manager'],
  decide: ['claims-officer', 'fund-manager'],
  sign: ['fund-manager'],
} as const;

/** Someone of the fund with the role for it; anyone else is told that there is nothing here. */
async function requireFund(
  store: RequestStore,
  action: 'read' | 'create' | 'update',
  as: keyof typeof roleOf,
): Promise<void> {
  await requireCover(store, action, as === 'sign' ? 'PaymentReconciliation' : 'Claim');
  const { actor } = store.context;
  const roles: readonly string[] = roleOf[as];
  if (actor.class !== 'payer' || !actor.roles.some((role) => roles.includes(role))) {
    throw new OperationOutcomeError(notFound);
  }
}

/** Statements are the fund manager's, and the claims officer's to look at. */
async function requireAccounts(store: RequestStore): Promise<void> {
  await requireFund(store, 'read', 'read');
}

/** Signed messages of partners' nodes: open to whoever signs as one, to nobody else. */
function partnerRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.addContentTypeParser('application/jose', { parseAs: 'string', bodyLimit: 8_388_608 }, (_request, body, done) =>
    done(null, body),
  );
  app.post(
    eligibilityPath,
    { config: { open: true, summary: 'A partner asks, signed, whether one of ours is covered; answered signed.' } },
    async (request, reply): Promise<string | Refusal> => {
      const answer = await answerAbroad(options, String(request.body ?? ''));
      if (!answer.ok) {
        return answer;
      }
      reply.type('application/jose');
      return answer.value;
    },
  );
  app.post(
    settlementPath,
    { config: { open: true, summary: 'A partner’s signed claims, answers, statements and payments.' } },
    async (request): Promise<Result<{ applied: boolean }>> => applyInbound(options, String(request.body ?? '')),
  );
}

function providerRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/settlement/eligibility',
    { config: { summary: 'Ask a card’s home country whether its holder is covered here.', body: askSchema } },
    async (request): Promise<Result<EligibilityAbroad>> => {
      const input = parseInput(askSchema, request.body) as AskAbroad;
      const store = options.storeFor(request);
      await requireCover(store, 'create', 'CoverageEligibilityResponse');
      requireAsker(store);
      return askAbroad(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/claims',
    { config: { summary: 'Claim for care of someone another country covers.', body: claimSchema } },
    async (request, reply) => {
      const input = parseInput(claimSchema, request.body) as ClaimAbroad;
      const store = options.storeFor(request);
      await requireCover(store, 'create', 'Claim');
      requireFacility(store);
      const entered = await enterClaim(options, store, input);
      reply.code(201);
      return entered;
    },
  );
  app.get(
    '/api/cover/settlement/price-lists',
    { config: { summary: 'What is agreed for care here, with each partner.' } },
    async (request) => {
      await requireCover(options.storeFor(request), 'read', 'InsurancePlan');
      return {
        lists: options.agreements
          .filter((agreement) => agreement.settlement && agreement.schedules)
          .flatMap((agreement) =>
            agreement
              .schedules!.filter((schedule) => schedule.country === options.country)
              .map((schedule) => ({
                agreement: agreement.id,
                partner: agreement.parties.find((party) => party.country !== options.country)?.country,
                currency: schedule.currency,
                services: schedule.services,
                ...(agreement.emergencyUninsured && { emergency: emergencyClause(agreement) }),
              })),
          ),
      };
    },
  );
}

/** Who bears an emergency of someone without cover, and by which clause. */
function emergencyClause(agreement: CoverOptions['agreements'][number]) {
  const { clause, ref, owes, homePercent } = agreement.emergencyUninsured!;
  return { clause: `${agreement.id}#${clause}`, ref, owes, ...(homePercent !== undefined && { homePercent }) };
}

/** Another country is asked where someone is treated, with their card at hand. */
function requireAsker(store: RequestStore): void {
  if (!['care', 'system'].includes(store.context.actor.class)) {
    throw new OperationOutcomeError(notFound);
  }
}

/** Claims are a facility's own. */
function requireFacility(store: RequestStore): void {
  const { actor } = store.context;
  if ((actor.class !== 'care' && actor.class !== 'system') || actor.facility === undefined) {
    throw new OperationOutcomeError(notFound);
  }
}

/** What a caller sees of claims: a facility its own, the fund all. */
async function narrowed(
  options: CoverOptions,
  request: FastifyRequest,
): Promise<{ store: RequestStore; provider?: string }> {
  const store = options.storeFor(request);
  await requireCover(store, 'read', 'Claim');
  const { actor } = store.context;
  if (actor.class === 'payer') {
    await requireFund(store, 'read', 'read');
    return { store };
  }
  requireFacility(store);
  return { store, provider: ownFacility(options.country, actor.facility) };
}

function claimRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.get<{ Querystring: unknown }>(
    '/api/cover/settlement/claims',
    { config: { summary: 'Claims with partners, of this facility or of the fund.' } },
    async (request) => {
      const query = parseInput(claimsQuery, request.query);
      const { provider } = await narrowed(options, request);
      return claimsView(options, { ...query, ...(provider !== undefined && { provider }) });
    },
  );
  app.get<{ Params: { id: string } }>(
    '/api/cover/settlement/claims/:id',
    { config: { summary: 'A claim with a partner, its lines and every answer to them.' } },
    async (request): Promise<SettlementClaimView & { moves: Awaited<ReturnType<typeof movesView>> }> => {
      const { provider } = await narrowed(options, request);
      const claim = await claimView(options, request.params.id);
      if (!claim || (provider !== undefined && (claim.provider !== provider || claim.side === 'debtor'))) {
        throw new OperationOutcomeError(notFound);
      }
      return { ...claim, moves: await movesView(options.database, request.params.id) };
    },
  );
  app.post(
    '/api/cover/settlement/send',
    { config: { summary: 'Send what waits for a partner now.', body: sendSchema } },
    async (request): Promise<Result<{ sent: number }>> => {
      const input = parseInput(sendSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'decide');
      return store.once(input.requestId, (tx) => sendClaims(options, tx, input.partner));
    },
  );
  app.post(
    '/api/cover/settlement/reverse',
    { config: { summary: 'Take a settled claim back, in the next period.', body: reverseSchema } },
    async (request): Promise<Result<{ claimId: string }>> => {
      const input = parseInput(reverseSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'sign');
      return reverseClaim(options, store, input);
    },
  );
}

function decisionRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/settlement/moves',
    { config: { summary: 'Accept, adjust, dispute, contest or withdraw lines.', body: movesSchema } },
    async (request): Promise<Result<{ moved: number }>> => {
      const input = parseInput(movesSchema, request.body) as Moves;
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'decide');
      return makeMoves(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/decide',
    { config: { summary: 'Answer what waits as adjudication proposes.', body: decideSchema } },
    async (request): Promise<Result<{ moved: number }>> => {
      const { claimIds, ...input } = parseInput(decideSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'decide');
      return decideAsProposed(options, store, { ...input, ...(claimIds && { claimIds }) });
    },
  );
}

function statementRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.get(
    '/api/cover/settlement/partners',
    { config: { summary: 'Partners, and what is open with each.' } },
    async (request): Promise<Partners> => {
      await requireAccounts(options.storeFor(request));
      return partnersView(options);
    },
  );
  app.get<{ Querystring: { partner?: string } }>(
    '/api/cover/settlement/statements',
    { config: { summary: 'Statements with partners, newest first.' } },
    async (request): Promise<StatementList> => {
      await requireAccounts(options.storeFor(request));
      return statementsView(options, request.query.partner);
    },
  );
  app.get<{ Params: { id: string } }>(
    '/api/cover/settlement/statements/:id',
    { config: { summary: 'A statement, its signatures and what was paid.' } },
    async (request): Promise<StatementView> => {
      await requireAccounts(options.storeFor(request));
      const row = await readStatement(options.database, request.params.id);
      if (!row) {
        throw new OperationOutcomeError(notFound);
      }
      return statementView(options, row);
    },
  );
  app.post(
    '/api/cover/settlement/statements',
    { config: { summary: 'Draw up a statement of a period, sign it, send it.', body: proposeSchema } },
    async (request) => {
      const input = parseInput(proposeSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'create', 'sign');
      return proposeStatement(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/statements/sign',
    { config: { summary: 'Sign a partner’s statement that agrees with our rows.', body: signSchema } },
    async (request) => {
      const input = parseInput(signSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'sign');
      return signStatement(options, store, input);
    },
  );
}

function paymentRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/settlement/rates',
    { config: { summary: 'Enter an exchange rate with its source and time.', body: rateSchema } },
    async (request) => {
      const input = parseInput(rateSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'create', 'sign');
      return enterRate(store, input);
    },
  );
  app.post(
    '/api/cover/settlement/rates/correct',
    { config: { summary: 'Correct an exchange rate that no statement bears yet.', body: correctRateSchema } },
    async (request) => {
      const input = parseInput(correctRateSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'sign');
      return correctRate(store, input);
    },
  );
  app.post(
    '/api/cover/settlement/borne/paid',
    { config: { summary: 'We have paid a facility for an emergency we bear ourselves.', body: bornePaidSchema } },
    async (request) => {
      const input = parseInput(bornePaidSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'sign');
      return noteBornePaid(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/paid',
    { config: { summary: 'We have paid a statement.', body: paidSchema } },
    async (request) => {
      const input = parseInput(paidSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'sign');
      return notePaid(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/received',
    { config: { summary: 'The partner’s payment has come.', body: receivedSchema } },
    async (request) => {
      const input = parseInput(receivedSchema, request.body);
      const store = options.storeFor(request);
      await requireFund(store, 'update', 'sign');
      return noteReceived(options, store, input);
    },
  );
}
