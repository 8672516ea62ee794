import { Operator } from '@medplum/core';
import type { Coverage, Patient } from '@medplum/fhirtypes';
import { InputFault, parseInput } from '@serai/kernel/base/input.ts';
import { localDayOf } from '@serai/kernel/base/local-day.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import { preferredLanguage } from '@serai/kernel/i18n/i18n.ts';
import { type CardClaims, cardId, issueCard, locatorFor } from '@serai/kernel/trust/card.ts';
import type { CardFact } from '@serai/kernel/trust/card-content.ts';
import { issueCompactCard } from '@serai/kernel/trust/compact-card.ts';
import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import { publicJwkShape, signingKey } from '@serai/kernel/trust/keys.ts';
import { qrVersion } from '@serai/kernel/trust/qr-size.ts';
import { drawStatusIndex, signStatusList } from '@serai/kernel/trust/status-list.ts';
import { type VerifiedCard as KernelVerifiedCard, verifyCard } from '@serai/kernel/trust/verify-card.ts';
import { clauseId } from '@serai/policy/agreement.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CardsOfPerson, IssuedCard, VerifiedCard } from '../api.ts';
import { clausesFor, facilityAbroad } from '../crossing/crossing.ts';
import { type ExchangeOptions, epochSeconds } from '../exchange.deps.ts';
import type { ExchangeDatabase, ExchangeTables } from '../exchange.tables.ts';
import { coverForCard } from './card-cover.ts';
import {
  type CardRow,
  cardById,
  cardsOf,
  currentStatusList,
  isTaken,
  revokedIndexes,
  seenByAnother,
} from './cards.store.ts';

const fact = z.string().trim().min(1).max(120, 'must be at most 120 characters').optional();

const issueSchema = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  include: z.array(z.enum(['name', 'birthYear', 'residence', 'employment', 'cover', 'education'])).max(6),
  residence: fact,
  employment: fact,
  /** Never told: what a fund says of someone is taken from her policies. */
  cover: z.never('is taken from the record; leave it out').optional(),
  education: fact,
  portraitHash: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 in base64url')
    .optional(),
  holderKey: publicJwkShape.optional(),
  validDays: z.int().min(1, 'must be at least 1').max(1830, 'must be at most 1830, five years').optional(),
});

const revokeSchema = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  reason: z.enum(['lost', 'stolen', 'wrong-data', 'person-asked']),
});

const verifySchema = z.strictObject({
  text: z.string().min(1, 'must not be empty').max(20_000, 'is too long for a card'),
});

/** How long a phone's presentation may be shown again: remembered a little longer than it is accepted. */
const presentationMemorySeconds = 900;

/** Issue, list, revoke and verify cards; publish which are revoked. */
export async function cardRoutes(app: FastifyInstance, options: ExchangeOptions): Promise<void> {
  const { database, clock } = options;

  app.post<{ Params: { id: string } }>(
    '/api/persons/:id/cards',
    { config: { summary: 'Issue a card with what the person chose to carry.', body: issueSchema } },
    async (request, reply): Promise<Result<IssuedCard>> => {
      const input = parseInput(issueSchema, request.body);
      for (const name of input.include) {
        if (name !== 'name' && name !== 'birthYear' && name !== 'cover' && input[name] === undefined) {
          throw new InputFault([{ expression: name, sentence: 'is to be on the card but was not given' }]);
        }
      }
      const store = options.storeFor(request);
      const result = await store.once<Result<IssuedCard>>(input.requestId, async (tx) => {
        const patient = await tx.repo.readResource<Patient>('Patient', request.params.id);
        const cards = tx.sql.withTables<ExchangeTables>() as unknown as ExchangeDatabase;
        const now = epochSeconds(clock);
        const index = await drawStatusIndex(options.random, (each) => isTaken(cards, each));
        if (index === undefined) {
          throw new Error('the status list is full; a new one must be begun');
        }
        const status = { uri: statusListUri(options.self, currentStatusList), idx: index };
        const claims = await claimsOf(tx, input, patient, localDayOf(clock(), options.country));
        const partners = options.agreements
          .flatMap((agreement) => agreement.parties.map((party) => party.country))
          .filter((country) => country !== options.country);
        const locators: Record<string, string> = {};
        for (const country of new Set(partners)) {
          locators[country] = await locatorFor(options.locatorSecret, patient.id!, country);
        }
        const content = {
          issuer: options.self,
          claims,
          locators,
          status,
          issuedAt: now,
          expiresAt: now + (input.validDays ?? 365) * 86_400,
        };
        const key = signingKey(options.keySet(), 'card', now);
        const sdJwt = await issueCard(content, key, options.random, {
          ...(input.holderKey && { holderKey: input.holderKey as PublicJwk }),
        });
        const printed = await issueCompactCard(content, options.country, key);
        const row = {
          card_id: cardId(status),
          person_id: patient.id!,
          status_list: currentStatusList,
          status_index: index,
          claims: JSON.stringify(plainClaims(claims)),
          issued_at: new Date(content.issuedAt * 1000),
          expires_at: new Date(content.expiresAt * 1000),
          revoked_at: null,
          revoked_because: null,
        };
        await cards.insertInto('card').values(row).execute();
        await tx.evidence.append({
          kind: 'privileged',
          public: { action: 'issue-card', class: store.context.actor.class },
          sealed: { card: row.card_id, actor: store.context.actor.id },
          personId: patient.id!,
        });
        return ok({
          cardId: row.card_id,
          sdJwt,
          printed: { text: printed, bytes: printed.length, qrVersion: qrVersion(printed, 'M') ?? 0 },
          claims: plainClaims(claims),
          issuedAt: row.issued_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
        });
      });
      reply.code(201);
      return result;
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/persons/:id/cards',
    { config: { summary: 'Cards given to a person.' } },
    async (request): Promise<CardsOfPerson> => {
      const patient = await options.storeFor(request).repo.readResource<Patient>('Patient', request.params.id);
      return { cards: (await cardsOf(database, patient.id!)).map(listed) };
    },
  );

  app.post<{ Body: unknown }>(
    '/api/cards/revoke',
    { config: { summary: 'Revoke a card.', body: revokeSchema.extend({ cardId: z.string() }) } },
    async (request): Promise<Result<{ cardId: string; revokedAt: string }>> => {
      const input = parseInput(revokeSchema.extend({ cardId: z.string().max(500) }), request.body);
      const card = await cardById(database, input.cardId);
      const store = options.storeFor(request);
      // Whose card it is decides who may revoke it; a card nobody may see is not there.
      await store.repo.readResource('Patient', card?.person_id ?? 'none');
      const result = await store.once<Result<{ cardId: string; revokedAt: string }>>(input.requestId, async (tx) => {
        const cards = tx.sql.withTables<ExchangeTables>() as unknown as ExchangeDatabase;
        await cards
          .updateTable('card')
          .set({ revoked_at: clock(), revoked_because: input.reason })
          .where('card_id', '=', input.cardId)
          .where('revoked_at', 'is', null)
          .execute();
        await tx.evidence.append({
          kind: 'privileged',
          public: { action: 'revoke-card', class: store.context.actor.class, reason: input.reason },
          sealed: { card: input.cardId, actor: store.context.actor.id },
          personId: card!.person_id,
        });
        const revoked = await cardById(cards, input.cardId);
        return ok({ cardId: input.cardId, revokedAt: revoked!.revoked_at!.toISOString() });
      });
      await options.trust.takeOwn();
      return result;
    },
  );

  app.post(
    '/api/cards/verify',
    { config: { summary: 'Verify a scanned card, offline.', body: verifySchema } },
    async (request): Promise<Result<VerifiedCard>> => {
      const input = parseInput(verifySchema, request.body);
      const { actor } = options.storeFor(request).context;
      const language = preferredLanguage((request.headers['accept-language'] ?? '').split(','));
      const verified = await checkCard(options, input.text, {
        id: actor.id,
        country: options.country,
        audience: options.self,
      });
      if (!verified.ok) {
        return verified;
      }
      const card = verified.value;
      const own = card.issuerCountry === options.country ? await cardById(database, card.cardId) : undefined;
      return ok({
        cardId: card.cardId,
        issuerCountry: card.issuerCountry,
        form: card.form === 'compact' ? 'compact' : 'sd-jwt',
        holderBound: card.holderBound,
        claims: plainClaims(card.claims),
        expiresAt: new Date(card.expiresAt * 1000).toISOString(),
        statusAgeSeconds: card.statusAgeSeconds,
        trustListAgeSeconds: card.trustListAgeSeconds,
        ...(own && { localPersonId: own.person_id }),
        clauses: clausesFor(options.agreements, {
          home: card.issuerCountry,
          country: options.country,
          class: actor.class,
          facility: facilityAbroad(options.country, actor.facility),
          at: clock().toISOString(),
        })
          .filter(() => !own && card.locator !== undefined)
          .map(({ agreement, clause }) => ({
            agreement: agreement.id,
            clause: clauseId(agreement, clause),
            title: clause.title[language] ?? clause.title.en ?? clause.ref,
            purposes: clause.purposes,
            categories: clause.dataCategories,
          })),
      });
    },
  );

  app.get<{ Params: { list: string } }>(
    '/status-lists/:list',
    { config: { open: true, summary: 'Which cards are revoked, as a signed Token Status List.' } },
    async (request, reply) => {
      const list = (await ownStatusLists(options)).get(statusListUri(options.self, Number(request.params.list)));
      return list ? reply.type('application/statuslist+jwt').send(list) : reply.callNotFound();
    },
  );
}

/**
 * Verifies a card with what is kept here; only a signature the keys on hand do not explain makes the node look once
 * for newer ones, because a partner may have rotated its keys since.
 *
 * @param reader.country whose locator is wanted, and `audience` for whom a phone's presentation must have been made.
 * @param reader.id who may look again at what they were shown; anyone else who shows it is replaying it.
 */
export async function checkCard(
  options: ExchangeOptions,
  text: string,
  reader: { readonly id: string; readonly country: string; readonly audience: string },
): Promise<Result<KernelVerifiedCard>> {
  const { database, clock } = options;
  const check = () =>
    verifyCard(text, {
      now: epochSeconds(clock),
      country: reader.country,
      audience: reader.audience,
      trustList: options.trust.trustList(),
      keySets: options.trust.keySets(),
      statusList: options.trust.statusList,
      seen: (id) => seenByAnother(database, `presentation ${id}`, reader.id, clock(), presentationMemorySeconds),
    });
  const first = await check();
  const newerMayHelp =
    !first.ok && ['card.wrong-issuer', 'card.status-unknown', 'card.stale-trust'].includes(first.code);
  if (!newerMayHelp) {
    return first;
  }
  await options.trust.refresh();
  return check();
}

export function statusListUri(self: string, list: number): string {
  return `${self}/status-lists/${list}`;
}

/** This node's status lists, freshly signed. */
export async function ownStatusLists(
  options: Pick<ExchangeOptions, 'database' | 'self' | 'keySet' | 'clock'>,
): Promise<ReadonlyMap<string, string>> {
  const now = epochSeconds(options.clock);
  const uri = statusListUri(options.self, currentStatusList);
  const revoked = await revokedIndexes(options.database, currentStatusList);
  const key = signingKey(options.keySet(), 'card', now);
  return new Map([[uri, await signStatusList({ uri, node: options.self, revoked }, key, now)]]);
}

/** @throws InputFault where the record has no cover in force to put on the card. */
async function coverOfRecord(tx: Transaction, personId: string, today: string): Promise<CardFact> {
  const by = (code: 'beneficiary' | 'subscriber') =>
    tx.repo.searchResources<Coverage>({
      resourceType: 'Coverage',
      filters: [{ code, operator: Operator.EQUALS, value: `Patient/${personId}` }],
      count: 100,
    });
  const fact = coverForCard(personId, await by('beneficiary'), await by('subscriber'), today);
  if (!fact) {
    throw new InputFault([
      { expression: 'cover', sentence: 'is to be on the card, and the record has no cover in force' },
    ]);
  }
  return fact;
}

async function claimsOf(
  tx: Transaction,
  input: z.output<typeof issueSchema>,
  patient: Patient,
  today: string,
): Promise<CardClaims> {
  const has = (name: (typeof input.include)[number]) => input.include.includes(name);
  const cover = has('cover') ? await coverOfRecord(tx, patient.id!, today) : undefined;
  const name = patient.name?.[0];
  const text = name?.text ?? [...(name?.given ?? []), name?.family ?? ''].join(' ').trim();
  return {
    ...(has('name') && text && { name: text.slice(0, 80) }),
    ...(has('birthYear') && patient.birthDate && { birth_year: Number(patient.birthDate.slice(0, 4)) }),
    ...(input.portraitHash && { portrait_sha256: input.portraitHash }),
    ...(has('residence') && { residence: input.residence! }),
    ...(has('employment') && { employment: input.employment! }),
    ...(cover !== undefined && { cover }),
    ...(has('education') && { education: input.education! }),
  };
}

function plainClaims(claims: CardClaims): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
  );
}

function listed(row: CardRow): CardsOfPerson['cards'][number] {
  return {
    cardId: row.card_id,
    claims: row.claims,
    issuedAt: row.issued_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...(row.revoked_at && { revokedAt: row.revoked_at.toISOString() }),
  };
}
