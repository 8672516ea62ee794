import type { Bundle, Resource } from '@medplum/fhirtypes';
import { isDay } from '@serai/kernel/base/days.ts';
import { parseInput } from '@serai/kernel/base/input.ts';
import { money, moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, coverOf, requireCover } from '../cover.deps.ts';
import type { Claim } from '../cover.ts';
import { readMember, readMemberByNumber } from '../enrolment/members.store.ts';
import type { AroundClaim, ClaimChoices, ClaimInFull, ClaimPage, SubmittedClaim } from './api.ts';
import { predetermine } from './authorisations.store.ts';
import { enteringFor, ownProviderOf } from './claims.deps.ts';
import { readClaim } from './claims.store.ts';
import './claims.refusals.ts';
import { toClaimResponse, toExplanationOfBenefit, toFhirClaim } from './fhir.ts';
import { importClaims } from './import.store.ts';
import { projectedClaim } from './record.store.ts';
import { otherClaims, selectionOf, suspicionsOf } from './selecting.store.ts';
import { claimClaimed } from './submission.ts';
import { claimOf, schemeOf, takeClaim, todayOf } from './take.store.ts';
import { claimInFull, findClaims } from './views.store.ts';

const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/, 'must be a code');

const lineShape = z.strictObject({
  kind: z.enum(['item', 'service']),
  code,
  quantity: z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'must be a decimal number'),
  unitPrice: z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'must be a decimal amount'),
});

const statedShape = z.strictObject({
  memberNumber: z.string().trim().min(1, 'must not be empty').max(40),
  claimNumber: z
    .string()
    .regex(/^[\p{L}\p{N}./:_-]{1,64}$/u, 'must be letters, digits and . / : _ -')
    .optional(),
  schemeId: z.string().max(80).optional(),
  /** Left out: the actor's own facility. */
  provider: z.string().max(120).optional(),
  visit: z.enum(['other', 'referral', 'emergency']).default('other'),
  care: z.enum(['in-patient', 'out-patient']),
  from: day,
  to: day,
  claimedOn: day.optional(),
  diagnoses: z.array(z.string().trim().toUpperCase().max(12)).max(20),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capitals, like "THB"')
    .optional(),
  lines: z.array(lineShape).max(500),
  referralFrom: z.string().trim().min(1).max(200).optional(),
  preauthorisation: z.string().trim().min(1).max(64).optional(),
  explanation: z.string().trim().max(2000).optional(),
});
type Stated = z.output<typeof statedShape>;

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const submitShape = statedShape.extend({ requestId });
const importShape = z.strictObject({ requestId, csv: z.string().min(1, 'must not be empty').max(20_000_000) });

const findShape = z.strictObject({
  schemeId: z.string().max(80).optional(),
  provider: z.string().max(120).optional(),
  status: z.array(z.enum(['entered', 'rejected', 'checked', 'processed', 'valuated', 'paid', 'reversed'])).optional(),
  review: z.enum(['idle', 'not-selected', 'selected', 'delivered', 'bypassed']).optional(),
  because: z.string().max(120).optional(),
  memberNumber: z.string().max(40).optional(),
  from: day.optional(),
  to: day.optional(),
  search: z.string().trim().max(64).optional(),
  cursor: z.string().max(120).optional(),
  limit: z.int().min(1).max(200).optional(),
});

/** Entering claims and reading them. */
export async function submitRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  submitting(app, options);
  previewing(app, options);
  importing(app, options);
  finding(app, options);
  reading(app, options);
  choosing(app, options);
}

function submitting(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/claims',
    { config: { summary: 'Submit a claim; it is judged at once.', body: submitShape } },
    async (request): Promise<Result<SubmittedClaim>> => {
      const { requestId: id, ...stated } = parseInput(submitShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'create', 'Claim');
      const ownProvider = enteringFor(store, options, stated.provider);
      return store.once(id, async (tx): Promise<Result<SubmittedClaim>> => {
        const claim = await understood(tx, options, stated, ownProvider);
        if ('ok' in claim) {
          return claim;
        }
        const by = {
          actor: store.context.actor.id,
          source: 'console' as const,
          ...(ownProvider !== undefined && { ownProvider }),
          ...(stated.explanation && { explanation: stated.explanation }),
        };
        return takeClaim(tx, options, claim, by, { judge: true, select: selectionOf });
      });
    },
  );
}

function previewing(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/claims/preview',
    { config: { summary: 'What a claim would be paid, line by line; nothing is kept.', body: statedShape } },
    async (request): Promise<Result<SubmittedClaim>> => {
      const stated = parseInput(statedShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'create', 'Claim');
      const ownProvider = enteringFor(store, options, stated.provider);
      return store.transaction(async (tx): Promise<Result<SubmittedClaim>> => {
        const claim = await understood(tx, options, stated, ownProvider);
        if ('ok' in claim) {
          return claim;
        }
        const found = await predetermine(tx, options, claim, ownProvider === undefined ? {} : { ownProvider });
        if (!found.ok) {
          return found;
        }
        const text = (minor: bigint) => moneyText(money(minor, found.value.currency));
        return ok({
          claimId: claim.claimId,
          claimNumber: claim.claimNumber,
          status: found.value.status,
          claimed: moneyText(claimClaimed(claim)),
          paid: text(found.value.paidMinor),
          lines: found.value.lines.map((line) => ({
            line: line.line,
            paid: text(line.paidMinor),
            reason: line.reason,
            ...(line.rule !== undefined && { rule: line.rule }),
          })),
        });
      });
    },
  );
}

/** What was typed, as a claim: member found, scheme known, amounts read exactly. */
export async function understood(
  tx: Transaction,
  options: CoverOptions,
  stated: Stated,
  ownProvider: string | undefined,
): Promise<Claim | Refusal> {
  const db = coverOf(tx);
  const provider = stated.provider ?? ownProvider;
  if (provider === undefined) {
    return refuse('claims.unknown-provider', undefined, 'provider');
  }
  const member = await readMemberByNumber(db, stated.memberNumber);
  if (!member) {
    return refuse('claims.unknown-member', undefined, 'memberNumber');
  }
  const scheme = await schemeOf(db, options.schemes, member, stated);
  if ('ok' in scheme) {
    return scheme;
  }
  const currency = stated.currency ?? scheme.currency;
  const lines: Claim['lines'][number][] = [];
  for (const [i, line] of stated.lines.entries()) {
    const unitPrice = parseMoney(line.unitPrice, currency);
    if (!unitPrice) {
      return refuse('claims.price', undefined, `lines[${i}].unitPrice`);
    }
    lines.push({ line: i + 1, kind: line.kind, code: line.code, quantity: line.quantity, unitPrice });
  }
  return claimOf(options, member, {
    ...stated,
    claimNumber: stated.claimNumber ?? options.newId(),
    provider,
    schemeId: scheme.id,
    currency,
    claimedOn: stated.claimedOn ?? todayOf(options),
    lines,
  });
}

function importing(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/claims/import',
    {
      config: { summary: 'Take a facility’s claims from a CSV file; a report for each line.', body: importShape },
      bodyLimit: 24_000_000,
    },
    async (request) => {
      const input = parseInput(importShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'create', 'Claim');
      const ownProvider = enteringFor(store, options);
      const by = { actor: store.context.actor.id, ...(ownProvider !== undefined && { ownProvider }) };
      return store.once(input.requestId, (tx) => importClaims(tx, options, input.csv, by));
    },
  );
}

function finding(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/claims/find',
    { config: { summary: 'Find claims, newest first, a page at a time.', body: findShape } },
    async (request): Promise<ClaimPage> => {
      const { memberNumber, ...question } = parseInput(findShape, request.body);
      const store = options.storeFor(request);
      await requireCover(store, 'search', 'Claim');
      const own = ownProviderOf(store, options);
      const member = memberNumber === undefined ? undefined : await readMemberByNumber(options.database, memberNumber);
      if (memberNumber !== undefined && !member) {
        return { rows: [] };
      }
      return findClaims(options.database, {
        ...question,
        ...(own !== undefined && { provider: own }),
        ...(member && { memberId: member.memberId }),
      });
    },
  );
}

function reading(app: FastifyInstance, options: CoverOptions): void {
  app.get<{ Params: { id: string } }>(
    '/api/cover/claims/:id',
    { config: { summary: 'One claim: lines, reasons, history of what happened.' } },
    async (request): Promise<ClaimInFull> => {
      const store = options.storeFor(request);
      await requireCover(store, 'read', 'Claim', { id: request.params.id });
      const provider = ownProviderOf(store, options);
      const found = await claimInFull(options.database, options.schemes, request.params.id, provider);
      if (!found) {
        throw absent();
      }
      return found;
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/claims/:id/fhir',
    { config: { summary: 'One claim as FHIR: Claim, ClaimResponse and ExplanationOfBenefit.' } },
    async (request): Promise<Bundle> => {
      const store = options.storeFor(request);
      await requireCover(store, 'read', 'Claim', { id: request.params.id });
      const provider = ownProviderOf(store, options);
      const of = await projectedClaim(options.database, options, request.params.id);
      if (!of || (provider !== undefined && of.claim.provider !== provider)) {
        throw absent();
      }
      const resources: Resource[] = [toFhirClaim(of), toClaimResponse(of), toExplanationOfBenefit(of)];
      return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
    },
  );
}

function choosing(app: FastifyInstance, options: CoverOptions): void {
  app.get(
    '/api/cover/claims/choices',
    { config: { summary: 'Schemes with their catalogues, and facilities: what a claim may be made of.' } },
    async (request): Promise<ClaimChoices> => {
      const store = options.storeFor(request);
      await requireCover(store, 'read', 'Claim');
      const judges = store.context.actor.class === 'payer';
      const ids = [...new Set(options.schemes.map((scheme) => scheme.id))];
      return {
        schemes: ids.map((id) => {
          const scheme = options.schemes.findLast((each) => each.id === id)!;
          return {
            id,
            title: scheme.title,
            currency: scheme.currency,
            paysByHead: scheme.tariffs.some((tariff) => tariff.capitation !== undefined),
            relativePrices: scheme.relative !== undefined,
            review: judges ? scheme.review.map((rule) => ({ id: rule.id, title: rule.title })) : [],
            catalogue: scheme.catalogue.map(({ code, kind, title }) => ({ code, kind, title })),
          };
        }),
        facilities: options.facilities.map((each) => ({ provider: `${options.country}:${each.id}`, name: each.name })),
      };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/claims/:id/around',
    { config: { summary: 'What looks wrong with a claim, and the member’s other claims; for those who judge.' } },
    async (request): Promise<AroundClaim> => {
      const store = options.storeFor(request);
      await requireCover(store, 'read', 'Claim', { id: request.params.id });
      const row = await readClaim(options.database, request.params.id);
      if (ownProviderOf(store, options) !== undefined || !row) {
        throw absent();
      }
      const { claim } = row;
      const member = await readMember(options.database, claim.memberId);
      const others = await otherClaims(options.database, claim);
      const page = await findClaims(options.database, { memberId: claim.memberId, limit: 50 });
      return {
        suspicions: suspicionsOf(options, claim, member, others).map((each) => ({
          number: each.number,
          weight: each.weight,
          with: each.with,
          ...(each.line !== undefined && { line: each.line }),
        })),
        others: page.rows.filter((each) => each.claimId !== claim.claimId),
      };
    },
  );
}
