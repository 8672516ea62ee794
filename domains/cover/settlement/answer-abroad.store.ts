import { amountText, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { VerifiedMessage } from '@serai/kernel/trust/messages.ts';
import { inForce } from '@serai/policy/agreement.ts';
import type { AgreedBenefit } from '@serai/policy/agreement-cover.ts';
import type { Actor, Decision } from '@serai/policy/types.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { Member } from '../cover.ts';
import { readMemberByPerson } from '../enrolment/members.store.ts';
import { type Settling, sameAgreement } from './agreed.ts';
import { authorisedUntil, type Entitlement, entitlementOf, usedInYear } from './entitled.store.ts';
import { currencyOf } from './pricing.ts';
import type { SettlementRefusalCode } from './settlement.refusals.ts';
import { type EligibilityAnswer, type EligibilityRequest, eligibilityRequestShape, notUnderstood } from './wire.ts';

/**
 * A facility abroad asks whether one of ours is covered there. Who asks comes from the key that signed, whether it may from
 * `decide` under the agreement's clause, and about whom from the card, which must have been shown there. The answer is
 * signed whether it is a yes or a refusal; a yes comes with an authorisation that a claim can rest on.
 *
 * @returns a refusal value where the request cannot even be believed, and no answer is owed.
 */
export async function answerAbroad(options: OwnCoverOptions, text: string): Promise<Result<string>> {
  const message = await options.partners.read(text, 'eligibility', eligibilityRequestShape);
  if (!message.ok) {
    return message;
  }
  const answer = await decideAndAnswer(options, message.value);
  return ok(await options.partners.answer(message.value, 'eligibility-answer', answer));
}

interface Asked {
  readonly agreement: Settling;
  readonly store: RequestStore;
  readonly request: EligibilityRequest;
  readonly partner: string;
  readonly actor: Actor;
}

async function decideAndAnswer(
  options: OwnCoverOptions,
  message: VerifiedMessage<EligibilityRequest>,
): Promise<EligibilityAnswer> {
  const { sender, body } = message;
  const actor: Actor = {
    id: `node:${sender.country}/${sender.class}/${body.requester.id}`,
    class: sender.class,
    roles: [body.requester.role],
    country: sender.country,
    facility: body.facility.id,
  };
  const clause = body.clause.startsWith(`${body.agreement.id}#`) ? body.clause.split('#')[1]! : body.clause;
  const at = options.clock().toISOString();
  const facts = { agreement: { id: body.agreement.id, version: body.agreement.version, clause, at } };
  const store = options.partners.storeFor(actor, 'COVERAGE', facts, body.requestId);
  const agreement = await sameAgreement(options.agreements, options.country, sender.country, body.agreement);
  if (!agreement.ok) {
    await logRefusal(store, message, agreement.code);
    return { requestId: body.requestId, outcome: agreement.code };
  }
  const asked: Asked = { agreement: agreement.value, store, request: body, partner: sender.country, actor };
  if (notUnderstood(body).length > 0) {
    await logRefusal(store, message, 'settlement.not-understood');
    return { requestId: body.requestId, outcome: 'settlement.not-understood' };
  }
  const held = asked.agreement.inForce <= body.careOn && body.careOn <= asked.agreement.expires;
  if (!held) {
    await logRefusal(store, message, 'settlement.agreement-suspended');
    return { requestId: body.requestId, outcome: 'settlement.agreement-suspended' };
  }
  const found = await whoIsMeant(options, asked);
  if (!found.ok) {
    await logRefusal(store, message, found.code);
    return { requestId: body.requestId, outcome: found.code };
  }
  const { personId, member } = found.value;
  const decision = await store.judge({
    action: 'disclose',
    target: { kind: 'resource', resourceType: 'Coverage', personId, categories: ['cover'], labels: [] },
  });
  if (!decision.permit) {
    const code = inForce(asked.agreement, at) ? refusalOf(decision) : 'settlement.agreement-suspended';
    await logRefusal(store, message, code, personId);
    return { requestId: body.requestId, outcome: code };
  }
  return answered(options, asked, personId, member, decision);
}

function refusalOf(decision: Decision): SettlementRefusalCode {
  switch (decision.reason) {
    case 'consent.denied':
      return 'settlement.consent-withdrawn';
    case 'agreement-version':
      return 'settlement.agreement-differs';
    default:
      return decision.reason.startsWith('agreement-') ? 'settlement.agreement-suspended' : 'settlement.refused';
  }
}

/** The card proves that the person stood there: it must hold, be ours, and be of the person and number asked about. */
async function whoIsMeant(
  options: OwnCoverOptions,
  { request, partner, actor }: Asked,
): Promise<Result<{ personId: string; member: Member | undefined }>> {
  const audience = options.partners.addressOf(partner) ?? partner;
  const card = await options.partners.checkCard(request.cardProof, { id: actor.id, country: partner, audience });
  if (!card.ok) {
    return card;
  }
  const own = card.value.issuerCountry === options.country;
  const person = own ? await options.partners.personOfCard(card.value.cardId, partner) : undefined;
  if (!person || person.locator !== request.locator) {
    return refuse('settlement.person-unknown');
  }
  const member = await readMemberByPerson(options.database, person.personId);
  if (request.memberNumber !== undefined && member?.memberNumber !== request.memberNumber) {
    return refuse('settlement.person-unknown');
  }
  return ok({ personId: person.personId, member });
}

async function answered(
  options: OwnCoverOptions,
  asked: Asked,
  personId: string,
  member: Member | undefined,
  decision: Decision,
): Promise<EligibilityAnswer> {
  const { agreement, request, partner, store, actor } = asked;
  const entitlement: Entitlement | undefined =
    member &&
    (await entitlementOf(options.database, options, agreement, {
      ...{ memberId: member.memberId, on: request.careOn, visit: request.visit },
    }));
  const { requestId } = request;
  // Asked again under the same id, it is the same answer and the same authorisation.
  return store.once<EligibilityAnswer>(`eligibility:${partner}:${requestId}`, async (tx) => {
    const answer: EligibilityAnswer =
      member && entitlement?.covered
        ? await authorise(options, coverOf(tx), asked, member, entitlement)
        : { requestId, outcome: 'answered', covered: false, because: entitlement?.because ?? 'not-covered' };
    await tx.evidence.append({
      kind: 'disclosure',
      public: {
        ...about(actor, request),
        outcome: 'permitted',
        categories: ['cover'],
        policies: decision.policies,
      },
      sealed: { actor: actor.id, facilityName: request.facility.name, requestId, covered: answer.covered === true },
      personId,
    });
    await tx.outbox.enqueue({
      topic: 'disclosure-notice',
      destination: 'local',
      messageId: `notice:${partner}:${requestId}`,
      payload: {
        personId,
        country: partner,
        facility: request.facility.name,
        purpose: 'COVERAGE',
        clause: request.clause,
        at: options.clock().toISOString(),
      },
    });
    return answer;
  });
}

function about(actor: Actor, request: EligibilityRequest) {
  return {
    class: actor.class,
    country: actor.country,
    facility: request.facility.id,
    purpose: 'COVERAGE',
    clause: request.clause,
    direction: 'abroad',
  };
}

async function authorise(
  options: OwnCoverOptions,
  db: ReturnType<typeof coverOf>,
  { agreement, request, partner }: Asked,
  member: Member,
  entitlement: Entitlement,
): Promise<EligibilityAnswer> {
  const year = request.careOn.slice(0, 4);
  const used = await usedInYear(db, { memberId: member.memberId, agreement: agreement.id, partner, year });
  const reference = `A-${letters(options.random(12))}`;
  // No longer than the cover, and than the agreement under which it is given.
  const last = entitlement.until! < agreement.expires ? entitlement.until! : agreement.expires;
  const until = authorisedUntil(request.careOn, last);
  await db
    .insertInto('settlement_authorisation')
    .values({
      reference,
      request_id: request.requestId,
      partner,
      facility: request.facility.id,
      member_id: member.memberId,
      scheme_id: entitlement.schemeId!,
      agreement: agreement.id,
      benefits: [...entitlement.benefits],
      valid_from: request.careOn,
      valid_until: until,
      given: options.clock(),
    })
    .execute();
  const benefits = (agreement.benefits ?? []).filter((benefit) => entitlement.benefits.includes(benefit.id));
  return {
    requestId: request.requestId,
    outcome: 'answered',
    covered: true,
    because: 'covered',
    until,
    authorisation: reference,
    benefits: benefits.map((benefit) => ({
      id: benefit.id,
      insuredPaysPercent: benefit.insuredPaysPercent,
      caps: capsOf(agreement, benefit, partner, used[benefit.id] ?? 0n),
    })),
  };
}

function capsOf(agreement: Settling, benefit: AgreedBenefit, country: string, used: bigint) {
  const currency = currencyOf(agreement, country) ?? agreement.settlement.currency;
  return benefit.caps
    .filter((cap) => cap.country === country)
    .map(({ amount, per }) => {
      const most = parseMoney(amount, currency)?.minor ?? 0n;
      const left = per === 'year' ? most - used : most;
      return { amount, currency, per, left: amountText({ minor: left < 0n ? 0n : left, currency }) };
    });
}

/** Letters and digits that are not mistaken for each other when read aloud. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

function letters(bytes: Uint8Array): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}

async function logRefusal(
  store: RequestStore,
  { body, sender }: VerifiedMessage<EligibilityRequest>,
  code: string,
  personId?: string,
): Promise<void> {
  await store.transaction((tx) =>
    tx.evidence.append({
      kind: 'disclosure',
      public: {
        class: sender.class,
        country: sender.country,
        facility: body.facility.id,
        purpose: 'COVERAGE',
        clause: body.clause,
        direction: 'abroad',
        outcome: 'refused',
        reason: code,
      },
      sealed: { facilityName: body.facility.name, requestId: body.requestId },
      ...(personId && { personId }),
    }),
  );
}
