import { addDays } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { NodeClass } from '@serai/kernel/trust/keys.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { agreementRef, eligibilityClause, type Settling, settlingAgreement } from './agreed.ts';
import type { AskAbroad, EligibilityAbroad } from './api.ts';
import type { CheckedCard } from './partner-line.ts';
import { type SettlementRefusalCode, settlementRefusals } from './settlement.refusals.ts';
import {
  type EligibilityAnswer,
  type EligibilityRequest,
  eligibilityAnswerShape,
  eligibilityPath,
  notUnderstood,
} from './wire.ts';

/**
 * Asks the country that issued a card whether its holder is covered here, today. Nothing is kept until the answer holds in
 * every way; then it is kept with its signature, because a claim may rest on it.
 */
export async function askAbroad(
  options: OwnCoverOptions,
  store: RequestStore,
  input: AskAbroad,
): Promise<Result<EligibilityAbroad>> {
  const known = await readAsked(options, store, input.requestId);
  if (known) {
    return ok(known);
  }
  const { actor } = store.context;
  const reader = { id: actor.id, country: options.country, audience: options.self };
  const card = await options.partners.checkCard(input.card, reader);
  if (!card.ok) {
    return card;
  }
  const partner = card.value.issuerCountry;
  if (partner === options.country) {
    return refuse('settlement.own-country');
  }
  const agreement = settlingAgreement(options.agreements, options.country, partner, options.clock().toISOString());
  if (!agreement.ok) {
    return agreement;
  }
  const facility = ownFacility(options.country, actor.facility);
  const clause = eligibilityClause(agreement.value, facility);
  if (!clause) {
    return refuse('settlement.no-agreement');
  }
  if (!card.value.locator) {
    return refuse('settlement.no-locator');
  }
  const request = await requestOf(options, store, input, agreement.value, {
    clause,
    facility,
    locator: card.value.locator,
  });
  const answered = await options.partners.ask(
    partner,
    eligibilityPath,
    { kind: 'eligibility', answerKind: 'eligibility-answer', as: actor.class as NodeClass, body: request },
    eligibilityAnswerShape,
  );
  if (!answered.ok) {
    return answered;
  }
  const { answer, text } = answered.value;
  if (notUnderstood(answer.body).length > 0) {
    return refuse('settlement.not-understood');
  }
  if (answer.body.outcome !== 'answered' || answer.body.covered === undefined) {
    return refuse(knownCode(answer.body.outcome));
  }
  return keepAnswer(options, store, { input, request, card: card.value, answer: answer.body, text });
}

/** How a facility is named between countries: `TH:mae-sot-clinic`. */
export function ownFacility(country: string, reference: string | undefined): string {
  return `${country}:${(reference ?? '').replace(/^Organization\//, '')}`;
}

async function requestOf(
  options: OwnCoverOptions,
  store: RequestStore,
  input: AskAbroad,
  agreement: Settling,
  from: { readonly clause: string; readonly facility: string; readonly locator: string },
): Promise<EligibilityRequest> {
  const { actor } = store.context;
  const name = actor.facility && (await options.partners.facilityName(actor.facility));
  return {
    requestId: input.requestId,
    requester: { role: actor.roles[0] ?? actor.class, id: await options.partners.pseudonym(actor.id) },
    facility: { id: from.facility, name: name || from.facility },
    agreement: await agreementRef(agreement),
    clause: from.clause,
    locator: from.locator,
    cardProof: input.card,
    ...(input.memberNumber && { memberNumber: input.memberNumber }),
    careOn: input.careOn ?? localDay(options),
    visit: input.visit,
  };
}

/** A partner may only say "no" in words we know. */
function knownCode(outcome: string): SettlementRefusalCode | string {
  return outcome in settlementRefusals || outcome.startsWith('card.') ? outcome : 'settlement.refused';
}

async function keepAnswer(
  options: OwnCoverOptions,
  store: RequestStore,
  kept: {
    readonly input: AskAbroad;
    readonly request: EligibilityRequest;
    readonly card: CheckedCard;
    readonly answer: EligibilityAnswer;
    readonly text: string;
  },
): Promise<Result<EligibilityAbroad>> {
  const { request, card, answer } = kept;
  const { actor } = store.context;
  const now = options.clock();
  const agreement = options.agreements.find((each) => each.id === request.agreement.id)!;
  const days = agreement.clauses.find((each) => request.clause.endsWith(`#${each.id}`))?.retentionDays ?? 365;
  await store.transaction(async (tx) => {
    await coverOf(tx)
      .insertInto('settlement_eligibility')
      .values({
        request_id: request.requestId,
        actor_id: actor.id,
        facility: request.facility.id,
        partner: card.issuerCountry,
        agreement: request.agreement.id,
        clause: request.clause,
        card_id: card.cardId,
        locator: request.locator,
        care_on: request.careOn,
        visit: request.visit,
        covered: answer.covered === true,
        answer: JSON.stringify(answer),
        signed_answer: kept.text,
        authorisation: answer.authorisation ?? null,
        valid_until: answer.until ?? null,
        asked_at: now,
        retain_until: new Date(`${addDays(localDayOf(now, options.country), days)}T00:00:00Z`),
      })
      .onConflict((conflict) => conflict.column('request_id').doNothing())
      .execute();
    await tx.evidence.append({
      kind: 'receipt',
      public: {
        direction: 'here',
        outcome: 'permitted',
        class: actor.class,
        country: card.issuerCountry,
        purpose: 'COVERAGE',
        clause: request.clause,
        categories: ['cover'],
      },
      sealed: { actor: actor.id, requestId: request.requestId, authorisation: answer.authorisation ?? null },
    });
  });
  return ok((await readAsked(options, store, request.requestId))!);
}

/** Only to whoever works where it was asked. */
export async function readAsked(
  options: OwnCoverOptions,
  store: RequestStore,
  requestId: string,
): Promise<EligibilityAbroad | undefined> {
  const row = await options.database
    .selectFrom('settlement_eligibility')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('facility', '=', ownFacility(options.country, store.context.actor.facility))
    .executeTakeFirst();
  if (!row) {
    return undefined;
  }
  const answer = row.answer as unknown as EligibilityAnswer;
  return {
    requestId: row.request_id,
    partner: row.partner,
    agreement: row.agreement,
    clause: row.clause,
    careOn: row.care_on,
    visit: row.visit as EligibilityAbroad['visit'],
    covered: row.covered,
    because: answer.because ?? (row.covered ? 'covered' : 'not-covered'),
    ...(row.valid_until !== null && { until: row.valid_until }),
    ...(row.authorisation !== null && { authorisation: row.authorisation }),
    benefits: (answer.benefits ?? []).map((benefit) => ({
      ...benefit,
      title: titleOf(options, row.agreement, benefit.id),
    })),
    askedAt: row.asked_at.toISOString(),
  };
}

function titleOf(options: OwnCoverOptions, agreement: string, benefit: string): Record<string, string> {
  const found = options.agreements.find((each) => each.id === agreement)?.benefits?.find((each) => each.id === benefit);
  return found?.title ?? { en: benefit };
}
