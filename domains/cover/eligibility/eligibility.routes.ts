import type { CoverageEligibilityRequest } from '@medplum/fhirtypes';
import { isDay } from '@serai/kernel/base/days.ts';
import { InputFault, parseInput } from '@serai/kernel/base/input.ts';
import { type Money, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { coveredByCard } from '@serai/kernel/trust/card-cover.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { schemeAt } from '../schemes/scheme.ts';
import type { CheckedCard } from '../settlement/partner-line.ts';
import { answerEligibility } from './answer.store.ts';
import type { EligibilityCodes, EligibilityView } from './api.ts';
import { facilityFor, mayAskAbout, mayAskOf, requireAsker, whilePermitted } from './asking.ts';
import { type CardKit, packKit } from './card-kit.ts';
import { recordEligibility } from './fhir-submit.store.ts';
import { viewOf, viewOfCard } from './view.ts';

const askSchema = z
  .strictObject({
    memberNumber: z.string().trim().min(1).max(64).optional(),
    personId: z.string().min(1).max(64).optional(),
    card: z.string().min(1).max(20_000, 'is too long for a card').optional(),
    on: z.string().refine(isDay, 'must be a day like "2026-03-01"').optional(),
    code: z.string().min(1).max(64).optional(),
    quantity: z
      .string()
      .regex(/^\d{1,5}(\.\d{1,3})?$/, 'must be a decimal number, not below zero')
      .optional(),
    visit: z.enum(['other', 'referral', 'emergency']).optional(),
    diagnosis: z
      .string()
      .regex(/^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/, 'must be an ICD-10 code')
      .optional(),
    facility: z.string().max(120).optional(),
    estimate: z.strictObject({ amount: z.string(), currency: z.string() }).optional(),
  })
  .refine(
    ({ memberNumber, personId, card }) =>
      [memberNumber, personId, card].filter((each) => each !== undefined).length === 1,
    'name the member by one of memberNumber, personId and card',
  );

type Asked = z.output<typeof askSchema>;

/** Is this person covered for this, here, today? */
export async function eligibilityRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post(
    '/api/cover/eligibility',
    { config: { summary: 'Whether someone is covered, who pays, what she pays and what remains.', body: askSchema } },
    (request): Promise<Result<EligibilityView>> =>
      ask(options, options.storeFor(request), parseInput(askSchema, request.body)),
  );

  app.get(
    '/api/cover/eligibility/codes',
    { config: { summary: 'Items and services one may ask about.' } },
    async (request): Promise<EligibilityCodes> => {
      await requireCover(options.storeFor(request), 'read', 'InsurancePlan');
      return { codes: codesOf(options) };
    },
  );

  app.get(
    '/api/cover/eligibility/card-kit',
    {
      config: {
        summary: 'What a device needs to read cover from cards without a network: keys and lists, nobody in them.',
      },
    },
    async (request): Promise<CardKit> => {
      const store = options.storeFor(request);
      await requireCover(store, 'read', 'CoverageEligibilityResponse');
      // Those who meet cards; an employer or the insured has no use for it.
      await requireAsker(store);
      if (!['care', 'system', 'payer', 'programme'].includes(store.context.actor.class)) {
        throw absent();
      }
      const schemes = Object.fromEntries(options.allSchemes.map((scheme) => [scheme.id, scheme.title]));
      const takenAt = Math.floor(options.clock().getTime() / 1000);
      return packKit(options.partners.trustOnHand(), {
        ...{ country: options.country, audience: options.self, takenAt, schemes },
      });
    },
  );

  // A create by the rules of R4: what is asked is kept, and answered in the same breath.
  app.post(
    '/fhir/R4/CoverageEligibilityRequest',
    { config: { summary: 'FHIR: asks about cover; the answer is recorded beside it.' } },
    async (request, reply): Promise<Result<CoverageEligibilityRequest>> => {
      const result = await recordEligibility(options, options.storeFor(request), request.body);
      if (!result.ok) {
        return result;
      }
      const created = result.value.request;
      reply
        .code(201)
        .type('application/fhir+json')
        .header(
          'location',
          `${options.self}/fhir/R4/CoverageEligibilityRequest/${created.id}/_history/${created.meta?.versionId}`,
        );
      return reply.send(created) as never;
    },
  );
}

async function ask(options: CoverOptions, store: RequestStore, asked: Asked): Promise<Result<EligibilityView>> {
  const { actor } = store.context;
  await requireAsker(store);
  const answered = await whilePermitted(store, actor.personId, () => answerAsked(options, store, asked));
  if (!answered.ok) {
    return answered;
  }
  const found = answered.value;
  if (!('answer' in found)) {
    return ok(found);
  }
  const { answer, member, card } = found;
  if (!member || !(await mayAskOf(store, options.database, member))) {
    return strangers(options, asked, found.on, card);
  }
  if (member.personId !== undefined) {
    await requireCover(store, 'read', 'CoverageEligibilityResponse', { personId: member.personId });
  }
  return ok(viewOf(answer, member, card));
}

type Answered = Awaited<ReturnType<typeof answerEligibility>> & {
  readonly on: string;
  readonly card: EligibilityView['card'];
};

/** The answer from the tables with whom it is about; of a card from abroad, what the card itself says. */
async function answerAsked(
  options: CoverOptions,
  store: RequestStore,
  asked: Asked,
): Promise<Result<Answered | EligibilityView>> {
  const today = localDay(options);
  const on = asked.on ?? today;
  const refused = mayAskAbout(on, today);
  if (refused) {
    return refused;
  }
  const facility = facilityFor(options, store, asked.facility);
  if (asked.facility !== undefined && !facility) {
    return refuse('eligibility.unknown-facility', undefined, 'facility');
  }
  const estimate = estimateOf(asked);
  const emergency = asked.visit === 'emergency';
  const card = asked.card === undefined ? undefined : await cardOf(options, store, asked.card, on);
  if (card && !card.ok) {
    return card;
  }
  if (card && card.value.view.issuerCountry !== options.country) {
    return ok(viewOfCard(on, emergency, card.value.view, options.country));
  }
  const found = await answerEligibility(options.database, options, {
    ...asked,
    on,
    facility,
    estimate,
    personId: card?.value.personId ?? asked.personId,
  });
  return ok({ ...found, on, card: card?.value.view });
}

/** Whoever the fund does not know: an emergency is covered all the same, and says as much of her as of anyone. */
async function strangers(
  options: CoverOptions,
  asked: Asked,
  on: string,
  card: EligibilityView['card'],
): Promise<Result<EligibilityView>> {
  if (asked.visit !== 'emergency') {
    return refuse(card ? 'eligibility.card-without-person' : 'eligibility.unknown-member');
  }
  const { answer } = await answerEligibility(options.database, options, {
    on,
    code: asked.code,
    visit: asked.visit,
    facility: options.facilities[0] && { ...options.facilities[0], country: options.country },
  });
  return ok(viewOf(answer, undefined, card));
}

async function cardOf(
  options: CoverOptions,
  store: RequestStore,
  text: string,
  on: string,
): Promise<Result<{ readonly view: NonNullable<EligibilityView['card']>; readonly personId: string | undefined }>> {
  const reader = { id: store.context.actor.id, country: options.country, audience: options.self };
  const checked = await options.partners.checkCard(text, reader);
  if (!checked.ok) {
    return checked;
  }
  const own = checked.value.issuerCountry === options.country;
  const person = own ? await options.partners.personOfCard(checked.value.cardId, options.country) : undefined;
  return ok({ view: cardView(checked.value, on), personId: own ? (person?.personId ?? 'nobody') : undefined });
}

function cardView({ issuerCountry, name, cover, statusAgeSeconds }: CheckedCard, on: string) {
  return {
    issuerCountry,
    ...(name !== undefined && { name }),
    ...(cover && { cover }),
    covered: coveredByCard(cover, on),
    statusAgeSeconds,
  };
}

/** @throws InputFault for an amount that is none, or below zero, or of no currency. */
function estimateOf({ estimate }: Asked): Money | undefined {
  const money = estimate && parseMoney(estimate.amount, estimate.currency);
  if (estimate && (!money || money.minor < 0n)) {
    throw new InputFault([{ expression: 'estimate', sentence: 'must be an amount like "250.00" with its currency' }]);
  }
  return money;
}

/** Of the versions in force today, each code once, in the order of the schemes. */
function codesOf(options: CoverOptions): EligibilityCodes['codes'] {
  const today = localDay(options);
  const codes = new Map<string, Readonly<Record<string, string>>>();
  for (const id of new Set(options.schemes.map((scheme) => scheme.id))) {
    for (const entry of schemeAt(options.schemes, id, today)?.catalogue ?? []) {
      codes.set(entry.code, codes.get(entry.code) ?? entry.title);
    }
  }
  return Array.from(codes, ([code, title]) => ({ code, title }));
}
