import { notFound, OperationOutcomeError } from '@medplum/core';
import { isDay } from '@serai/kernel/base/days.ts';
import { parseInput } from '@serai/kernel/base/input.ts';
import { type Money, money, moneyText, parseMoney, parseRatio } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { closePeriod } from '@serai/store/ledger/books.ts';
import { enterRate } from '@serai/store/ledger/rates.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { accountCodes } from './accounts.ts';
import type { RevaluationRow, SubsidyPreview } from './api.ts';
import { lastOfMonth } from './earning.ts';
import {
  decideProposal,
  type Proposable,
  postExchange,
  postManual,
  postSubsidy,
  previewSubsidy,
  proposable,
  propose,
  reverseManual,
  subsidisers,
} from './entries.store.ts';
import { schemeNames } from './read.routes.ts';
import { postRevaluation, valuations } from './revaluation.store.ts';

/** What is done to the books by hand: entries and their reversal, exchange, rates, revaluation, months, proposals, earning. */

const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "2026-03"');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency like "THB"');
const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const text = z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters');
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,59}$/, 'must be letters, digits and "-"');
const amount = z
  .strictObject({ amount: z.string().max(30), currency })
  .refine((value) => parseMoney(value.amount, value.currency), 'must be a decimal amount like "1600.00"')
  .transform((value): Money => parseMoney(value.amount, value.currency)!);

const side = z.strictObject({
  code: z.enum(accountCodes as [(typeof accountCodes)[number], ...typeof accountCodes]),
  partner: name.optional(),
  restrictedTo: name.optional(),
});
const entrySchema = z.strictObject({
  requestId,
  schemeId: text,
  debit: side,
  credit: side,
  amount,
  day,
  reference: text,
});
const reversalSchema = z.strictObject({ requestId, transferId: text, day });
const subsidySchema = z.strictObject({
  requestId,
  schemeId: text,
  by: z.enum(subsidisers),
  amount: amount.refine((value) => value.minor > 0n, 'must be above zero'),
  restrictedTo: name.optional(),
  day,
  reference: text,
});
const exchangeSchema = z.strictObject({ requestId, schemeId: text, given: amount, currency, day, reference: text });
const rateSchema = z.strictObject({
  requestId,
  from: currency,
  to: currency,
  value: z.string().refine((value) => (parseRatio(value)?.numerator ?? 0n) > 0n, 'must be a decimal number above zero'),
  source: text,
  at: z.iso.datetime({ offset: true, error: 'must be an instant like "2026-03-01T09:00:00Z"' }),
});
const revaluationSchema = z.strictObject({ schemeId: text, day });
const closeSchema = z.strictObject({ requestId, month });
const proposalSchema = z.strictObject({
  requestId,
  schemeId: text,
  event: z.enum(Object.keys(proposable) as [Proposable, ...Proposable[]]),
  amount,
  day,
  reference: text,
});
const decisionSchema = z.strictObject({
  requestId,
  transferId: text,
  decision: z.enum(['post', 'void']),
  amount: amount.optional(),
  day,
});
const earnSchema = z.strictObject({ requestId, month, schemeId: text.optional() });

/** Acts of one role; to anyone else they are not there. */
async function requireRole(store: RequestStore, ...roles: readonly string[]): Promise<void> {
  await requireCover(store, 'create', 'Account');
  if (!store.context.actor.roles.some((role) => roles.includes(role))) {
    throw new OperationOutcomeError(notFound);
  }
}

const manager = 'fund-manager';

type Answer<T> = Promise<Result<T> | Refusal>;

export async function actRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  await app.register(entryRoutes, options);
  await app.register(subsidyRoutes, options);
  await app.register(rateRoutes, options);
  await app.register(proposalRoutes, options);
  await app.register(monthRoutes, options);
}

/** Does an act once, and leaves its mark in the evidence log: who did it is sealed, what was done is not. */
function act<T>(
  { storeFor }: CoverOptions,
  request: FastifyRequest,
  of: { readonly requestId: string; readonly action: string },
  work: (tx: Transaction, store: RequestStore) => Promise<Result<T>>,
): Promise<Result<T>> {
  const store = storeFor(request);
  return store.once<Result<T>>(of.requestId, async (tx) => {
    const result = await work(tx, store);
    if (result.ok) {
      await tx.evidence.append({
        kind: 'privileged',
        public: { action: of.action, class: store.context.actor.class },
        sealed: { actor: store.context.actor.id, request: of.requestId },
      });
    }
    return result;
  });
}

/** What no entry may break: its scheme is ours, its day is not in the future. */
function checkEntry(
  options: CoverOptions,
  input: { readonly schemeId?: string; readonly day: string },
): Refusal | undefined {
  if (input.schemeId !== undefined && !schemeNames(options).some(({ id }) => id === input.schemeId)) {
    return refuse('fund.scheme-unknown', undefined, 'schemeId');
  }
  return input.day > localDay(options) ? refuse('fund.day-in-future', undefined, 'day') : undefined;
}

async function entryRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock } = options;

  app.post(
    '/api/cover/fund/entries',
    { config: { summary: 'Post an entry by hand.', body: entrySchema } },
    async (request): Answer<{ transferId: string }> => {
      const { requestId: id, ...entry } = parseInput(entrySchema, request.body);
      await requireRole(storeFor(request), manager);
      return (
        checkEntry(options, entry) ??
        act(options, request, { requestId: id, action: 'fund-entry' }, (tx) =>
          postManual(tx.sql, { ...entry, id }, clock()),
        )
      );
    },
  );

  app.post(
    '/api/cover/fund/entries/reverse',
    { config: { summary: 'Undo an entry made by hand, by its opposite.', body: reversalSchema } },
    async (request): Answer<{ transferId: string }> => {
      const input = parseInput(reversalSchema, request.body);
      await requireRole(storeFor(request), manager);
      return (
        checkEntry(options, input) ??
        act(options, request, { requestId: input.requestId, action: 'fund-reversal' }, (tx) =>
          reverseManual(tx.sql, { ...input, id: input.requestId }, clock()),
        )
      );
    },
  );

  app.post(
    '/api/cover/fund/exchange',
    { config: { summary: 'Exchange cash of one currency for another at the rate of the day.', body: exchangeSchema } },
    async (request): Answer<{ got: { amount: string; currency: string } }> => {
      const { requestId: id, ...exchange } = parseInput(exchangeSchema, request.body);
      await requireRole(storeFor(request), manager);
      return (
        checkEntry(options, exchange) ??
        act(options, request, { requestId: id, action: 'fund-exchange' }, async (tx) => {
          const result = await postExchange(tx.sql, { ...exchange, id }, clock());
          return result.ok ? ok({ got: moneyText(result.value.got) }) : result;
        })
      );
    },
  );
}

/** Money given to a fund: by a government, an employer or a donor, for anything or for one purpose. */
async function subsidyRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock, database } = options;

  app.post(
    '/api/cover/fund/subsidies/preview',
    { config: { summary: 'What recording a subsidy would do to the books.', body: subsidySchema } },
    async (request): Answer<SubsidyPreview> => {
      const { requestId: id, ...subsidy } = parseInput(subsidySchema, request.body);
      await requireRole(storeFor(request), manager);
      return checkEntry(options, subsidy) ?? ok(await previewSubsidy(database, { ...subsidy, id }));
    },
  );

  app.post(
    '/api/cover/fund/subsidies',
    { config: { summary: 'Record a subsidy that was received, tied to a purpose or not.', body: subsidySchema } },
    async (request): Answer<{ transferId: string }> => {
      const { requestId: id, ...subsidy } = parseInput(subsidySchema, request.body);
      await requireRole(storeFor(request), manager);
      return (
        checkEntry(options, subsidy) ??
        act(options, request, { requestId: id, action: 'fund-subsidy' }, (tx) =>
          postSubsidy(tx, { ...subsidy, id }, clock()),
        )
      );
    },
  );
}

async function rateRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock, database } = options;
  const baseOf = (schemeId: string) => schemeNames(options).find(({ id }) => id === schemeId)!.currency;

  app.post(
    '/api/cover/fund/rates',
    { config: { summary: 'Enter a rate with its source and time.', body: rateSchema } },
    async (request): Answer<{ entered: boolean }> => {
      const { requestId: id, ...rate } = parseInput(rateSchema, request.body);
      const store = storeFor(request);
      await requireRole(store, manager);
      if (rate.from === rate.to) {
        return refuse('fund.currency-same', undefined, 'to');
      }
      if (Date.parse(rate.at) > clock().getTime()) {
        return refuse('fund.rate-in-future', undefined, 'at');
      }
      return act(options, request, { requestId: id, action: 'fund-rate' }, async (tx) => {
        await enterRate(tx.sql, rate, store.context.actor.id, clock());
        return ok({ entered: true });
      });
    },
  );

  app.post(
    '/api/cover/fund/revaluation/preview',
    { config: { summary: 'What foreign balances are worth on a day, before it is posted.', body: revaluationSchema } },
    async (request): Answer<{ rows: RevaluationRow[] }> => {
      const input = parseInput(revaluationSchema, request.body);
      await requireCover(storeFor(request), 'read', 'Account');
      const refused = checkEntry(options, input);
      if (refused) {
        return refused;
      }
      const base = baseOf(input.schemeId);
      const valued = await valuations(database, { ...input, base });
      return valued.ok
        ? ok({
            rows: valued.value.map((each) => ({
              account: each.account,
              balance: moneyText(money(each.balance, each.currency)),
              value: moneyText(money(each.value, base)),
              gain: moneyText(money(each.gain, base)),
              rate: each.rate,
            })),
          })
        : valued;
    },
  );

  const postSchema = revaluationSchema.extend({ requestId });
  app.post(
    '/api/cover/fund/revaluation',
    { config: { summary: 'Post what rates made of foreign balances.', body: postSchema } },
    async (request): Answer<{ accounts: number; posted: number }> => {
      const { requestId: id, ...input } = parseInput(postSchema, request.body);
      await requireRole(storeFor(request), manager);
      return (
        checkEntry(options, input) ??
        act(options, request, { requestId: id, action: 'fund-revaluation' }, (tx) =>
          postRevaluation(tx, { ...input, base: baseOf(input.schemeId) }, clock()),
        )
      );
    },
  );
}

async function proposalRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock } = options;

  app.post(
    '/api/cover/fund/proposals',
    {
      config: { summary: 'Propose an entry; it moves nothing until the fund manager posts it.', body: proposalSchema },
    },
    async (request): Answer<{ transferId: string }> => {
      const { requestId: id, ...proposal } = parseInput(proposalSchema, request.body);
      await requireRole(storeFor(request), 'actuary', manager);
      return (
        checkEntry(options, proposal) ??
        act(options, request, { requestId: id, action: 'fund-proposal' }, (tx) =>
          propose(tx.sql, { ...proposal, id }, clock()),
        )
      );
    },
  );

  app.post(
    '/api/cover/fund/proposals/decide',
    { config: { summary: 'Post a proposed entry, in whole or in part, or set it aside.', body: decisionSchema } },
    async (request): Answer<{ transferId: string }> => {
      const { requestId: id, ...input } = parseInput(decisionSchema, request.body);
      await requireRole(storeFor(request), manager);
      return (
        checkEntry(options, input) ??
        act(options, request, { requestId: id, action: `fund-proposal-${input.decision}` }, (tx) =>
          decideProposal(
            tx.sql,
            {
              id,
              transferId: input.transferId,
              post: input.decision === 'post',
              amount: input.amount,
              day: input.day,
            },
            clock(),
          ),
        )
      );
    },
  );
}

async function monthRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock, enqueueJob } = options;

  app.post(
    '/api/cover/fund/periods/close',
    { config: { summary: 'Close a month for good.', body: closeSchema } },
    async (request): Answer<{ firstDay: string; lastDay: string }> => {
      const input = parseInput(closeSchema, request.body);
      await requireRole(storeFor(request), manager);
      return act(options, request, { requestId: input.requestId, action: 'fund-close-period' }, (tx, store) =>
        closePeriod(tx.sql, {
          ...{ month: `${input.month}-01`, by: store.context.actor.id },
          ...{ at: clock(), today: localDay(options) },
        }),
      );
    },
  );

  app.post(
    '/api/cover/fund/earn',
    {
      config: {
        summary: 'Earn contributions up to the end of a month; long work, done once however often asked.',
        body: earnSchema,
      },
    },
    async (request): Answer<{ jobId: string }> => {
      const input = parseInput(earnSchema, request.body);
      await requireRole(storeFor(request), manager);
      const last = lastOfMonth(`${input.month}-01`);
      const { schemeId } = input;
      return (
        checkEntry(options, { day: last, ...(schemeId && { schemeId }) }) ??
        act(options, request, { requestId: input.requestId, action: 'fund-earn' }, async (tx, store) =>
          ok(await enqueueJob(tx, 'fund.earn', { month: last, ...(schemeId && { schemeId }) }, store.context.actor.id)),
        )
      );
    },
  );
}
