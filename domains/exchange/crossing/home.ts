import type { Bundle, Patient, Resource } from '@medplum/fhirtypes';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { canonicalDigest } from '@serai/kernel/trust/canonical.ts';
import { locatorFor } from '@serai/kernel/trust/card.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import {
  type DisclosureAnswer,
  type DisclosureRequest,
  disclosed,
  disclosureRequestShape,
  signMessage,
  type VerifiedMessage,
  verifyMessage,
} from '@serai/kernel/trust/messages.ts';
import { agreedText, clauseId } from '@serai/policy/agreement.ts';
import { classify } from '@serai/policy/classify.ts';
import type { Actor, Decision, PurposeOfUse } from '@serai/policy/types.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { checkCard } from '../cards/cards.routes.ts';
import { cardById, seenBefore } from '../cards/cards.store.ts';
import { type ExchangeOptions, epochSeconds } from '../exchange.deps.ts';
import { refusalOfDecision } from './crossing.ts';

export interface HomeOptions extends ExchangeOptions {
  /** Everything of a person that the reader of `store` may have, narrowed, verified, masked and logged by the store. */
  readonly personRecord: (store: RequestStore, personId: string) => Promise<readonly Resource[]>;
  readonly buildSummary: (record: readonly Resource[], patient: Patient, language: string) => Promise<Bundle>;
}

/** Longer than a message can live anywhere, clocks apart included. */
const seenSeconds = 600;

/**
 * A partner asks for a summary: who it is comes from the key that signed, whether it may comes from `decide`, what it
 * gets comes through the same door as everything else. The answer is signed whether it is a record or a refusal.
 *
 * @returns the signed answer; a refusal value where the request cannot even be believed, and no answer is owed.
 */
export async function answerDisclosureRequest(options: HomeOptions, text: string): Promise<Result<string>> {
  const now = epochSeconds(options.clock);
  const read = () =>
    verifyMessage(text, 'request', disclosureRequestShape, {
      self: options.self,
      now,
      trustList: options.trust.trustList(),
      keySets: options.trust.keySets(),
      seen: (id) => seenBefore(options.database, `message ${id}`, options.clock(), seenSeconds),
    });
  let message = await read();
  if (!message.ok && (message.code === 'message.untrusted-sender' || message.code === 'message.stale-trust')) {
    await options.trust.refresh();
    message = await read();
  }
  if (!message.ok) {
    return message;
  }

  const answer = await decideAndRead(options, message.value);
  const signed = await signMessage(
    {
      kind: 'answer',
      from: options.self,
      to: message.value.sender.node.baseUrl,
      body: answer,
      re: message.value.binding,
    },
    signingKey(options.keySet(), 'message', now, 'system'),
    now,
    options.random,
  );
  return { ok: true, value: signed.text };
}

async function decideAndRead(
  options: HomeOptions,
  { sender, body }: VerifiedMessage<DisclosureRequest>,
): Promise<DisclosureAnswer> {
  const actor: Actor = {
    id: `node:${sender.country}/${sender.class}/${body.requester.id}`,
    class: sender.class,
    roles: [body.requester.role],
    country: sender.country,
    facility: body.facility.id,
  };
  const clauseName = body.clause.startsWith(`${body.agreement.id}#`) ? body.clause.split('#')[1]! : body.clause;
  const store = options.storeForPartner(
    actor,
    body.purpose as PurposeOfUse,
    {
      agreement: {
        id: body.agreement.id,
        version: body.agreement.version,
        clause: clauseName,
        at: options.clock().toISOString(),
      },
    },
    body.requestId,
  );
  const about = {
    class: actor.class,
    country: actor.country,
    facility: body.facility.id,
    purpose: body.purpose,
    clause: body.clause,
    direction: 'abroad',
  };
  const no = async (code: string, personId?: string, decision?: Decision): Promise<DisclosureAnswer> => {
    await store.transaction((tx) =>
      tx.evidence.append({
        kind: 'disclosure',
        public: {
          ...about,
          outcome: 'refused',
          reason: code,
          ...(decision && { decided: decision.reason, policies: decision.policies }),
        },
        sealed: { actor: actor.id, requestId: body.requestId },
        ...(personId && { personId }),
      }),
    );
    return { requestId: body.requestId, outcome: code, categories: [], clause: body.clause };
  };

  const agreement = options.agreements.find((each) => each.id === body.agreement.id);
  if (!agreement) {
    return no('crossing.no-agreement');
  }
  if (body.agreement.digest !== (await canonicalDigest(agreedText(agreement)))) {
    return no('crossing.agreement-differs');
  }

  // The card is the proof that the person stood there: it must hold, be ours, and name the person asked about.
  const card = await checkCard(options, body.cardProof, {
    id: actor.id,
    country: sender.country,
    audience: sender.node.baseUrl,
  });
  if (!card.ok) {
    return no(card.code);
  }
  const own =
    card.value.issuerCountry === options.country ? await cardById(options.database, card.value.cardId) : undefined;
  const locator = own && (await locatorFor(options.locatorSecret, own.person_id, sender.country));
  if (!own || body.locator !== locator) {
    return no('crossing.person-unknown');
  }
  const personId = own.person_id;

  const decision = await store.judge({
    action: 'disclose',
    target: { kind: 'resource', resourceType: 'Patient', id: personId, personId, categories: ['identity'], labels: [] },
  });
  if (!decision.permit) {
    return no(refusalOfDecision(decision), personId, decision);
  }

  const record = await options.personRecord(store, personId);
  const patient = record.find((each): each is Patient => each.resourceType === 'Patient' && each.id === personId);
  if (!patient) {
    return no('crossing.person-unknown', personId);
  }
  const document = await options.buildSummary(record, patient, body.language);
  const clause = agreement.clauses.find((each) => each.id === clauseName)!;
  const categories = categoriesIn(document, clause.dataCategories);
  const answer = await disclosed({
    requestId: body.requestId,
    categories,
    clause: body.clause,
    document,
  });

  // Logged and promised before it leaves; asked again under the same id, it is the same disclosure.
  await store.once(`disclosure:${sender.country}:${body.requestId}`, async (tx) => {
    await tx.evidence.append({
      kind: 'disclosure',
      public: {
        ...about,
        clause: clauseId(agreement, clause),
        outcome: 'permitted',
        categories,
        policies: decision.policies,
      },
      sealed: {
        actor: actor.id,
        facilityName: body.facility.name,
        requestId: body.requestId,
        documentDigest: answer.documentDigest,
      },
      personId,
    });
    await tx.outbox.enqueue({
      topic: 'disclosure-notice',
      destination: 'local',
      messageId: `notice:${sender.country}:${body.requestId}`,
      payload: {
        personId,
        country: sender.country,
        facility: body.facility.name,
        purpose: body.purpose,
        clause: clauseId(agreement, clause),
        at: options.clock().toISOString(),
      },
    });
    return { logged: true };
  });
  return answer;
}

/** The categories of a clause that the document really holds. */
function categoriesIn(document: Bundle, permitted: readonly string[]): string[] {
  const found = new Set<string>();
  for (const entry of document.entry ?? []) {
    if (entry.resource && entry.resource.resourceType !== 'Composition') {
      for (const category of classify(entry.resource).categories) {
        if (permitted.includes(category)) {
          found.add(category);
        }
      }
    }
  }
  return [...found].sort();
}
