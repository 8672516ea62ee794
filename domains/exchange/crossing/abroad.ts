import type { Bundle, Patient } from '@medplum/fhirtypes';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalDigest } from '@serai/kernel/trust/canonical.ts';
import { type NodeClass, signingKey } from '@serai/kernel/trust/keys.ts';
import {
  type DisclosureAnswer,
  type DisclosureRequest,
  documentOf,
  signMessage,
  type VerifiedMessage,
  verifyDisclosureAnswer,
} from '@serai/kernel/trust/messages.ts';
import type { TrustedNode } from '@serai/kernel/trust/trust-list.ts';
import { agreedText, clauseId, inForce } from '@serai/policy/agreement.ts';
import { classify } from '@serai/policy/classify.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { CrossBorderRequest } from '../api.ts';
import { checkCard } from '../cards/cards.routes.ts';
import { type ExchangeOptions, epochSeconds, PartnerError } from '../exchange.deps.ts';
import type { ExchangeDatabase, ExchangeTables } from '../exchange.tables.ts';
import { type CrossingRefusalCode, crossingRefusals } from './crossing.refusals.ts';
import { type CalledUpon, clausesFor, facilityAbroad, findClause, refusalOfMessage } from './crossing.ts';

export interface Received {
  readonly id: string;
  readonly document?: Bundle;
}

export const receivedTag = { system: 'https://serai.example/CodeSystem/origin', code: 'received-from-abroad' };

/**
 * Asks a card's home node for the summary, for a reader here. Nothing is written until the answer holds in every way;
 * then all of it is written at once: the document, its provenance, the receipt, and the word back to the home node.
 *
 * @returns the id of the received record, and its document where it has just come.
 */
export async function askHome(
  options: ExchangeOptions,
  store: RequestStore,
  input: CrossBorderRequest,
): Promise<Result<Received>> {
  const { actor } = store.context;
  const known = await receivedBefore(options.database, actor.id, input.requestId);
  if (known) {
    return ok({ id: known });
  }

  const card = await checkCard(options, input.card, { id: actor.id, country: options.country, audience: options.self });
  if (!card.ok) {
    return card;
  }
  if (card.value.issuerCountry === options.country) {
    return refuse('crossing.own-card');
  }
  if (!card.value.locator) {
    return refuse('crossing.no-locator');
  }
  const facility = facilityAbroad(options.country, actor.facility);
  const called = findClause(
    clausesFor(options.agreements, {
      home: card.value.issuerCountry,
      country: options.country,
      class: actor.class,
      facility,
      at: options.clock().toISOString(),
    }),
    input.clause,
  );
  if (!called) {
    const dormant = options.agreements.some(
      (agreement) => input.clause.startsWith(`${agreement.id}#`) && !inForce(agreement, options.clock().toISOString()),
    );
    return refuse(dormant ? 'crossing.agreement-suspended' : 'crossing.no-agreement');
  }
  if (!(called.clause.purposes as readonly string[]).includes(input.purpose)) {
    return refuse('crossing.no-agreement');
  }
  const node = options.trust.nodeOf(card.value.issuerCountry);
  if (node?.status !== 'active') {
    return refuse('card.wrong-issuer');
  }

  const request: DisclosureRequest = {
    requestId: input.requestId,
    purpose: input.purpose,
    requester: { role: actor.roles[0] ?? actor.class, id: await pseudonym(options, actor.id) },
    facility: { id: facility, name: (await options.facilityName(actor.facility ?? '')) ?? facility },
    agreement: {
      id: called.agreement.id,
      version: called.agreement.version,
      digest: await canonicalDigest(agreedText(called.agreement)),
    },
    clause: clauseId(called.agreement, called.clause),
    locator: card.value.locator,
    cardProof: input.card,
    language: input.language,
  };
  const answered = await send(options, node, request, actor.class as NodeClass);
  if (!answered.ok) {
    return answered;
  }
  const { outcome } = answered.value.answer.body;
  if (outcome !== 'disclosed') {
    return refuse(knownCode(outcome));
  }
  return keep(options, store, input, called, answered.value);
}

/** An answer that holds, and the text that was signed. */
interface Answered {
  readonly answer: VerifiedMessage<DisclosureAnswer>;
  readonly text: string;
}

/** Sends, and reads the answer; where keys have changed since, once more with fresh ones. */
async function send(
  options: ExchangeOptions,
  node: TrustedNode,
  request: DisclosureRequest,
  actorClass: NodeClass,
): Promise<Result<Answered>> {
  const now = epochSeconds(options.clock);
  const sent = await signMessage(
    { kind: 'request', from: options.self, to: node.baseUrl, body: request },
    signingKey(options.keySet(), 'message', now, actorClass),
    now,
    options.random,
  );
  let text: string;
  try {
    text = await options.post(`${node.baseUrl}/exchange/disclosures`, sent.text);
  } catch (error) {
    return refuse(refusalOfPartner(error));
  }
  const read = () =>
    verifyDisclosureAnswer(
      text,
      { node: node.baseUrl, binding: sent.binding, requestId: request.requestId },
      {
        self: options.self,
        now: epochSeconds(options.clock),
        trustList: options.trust.trustList(),
        keySets: options.trust.keySets(),
      },
    );
  let answer = await read();
  if (!answer.ok && (answer.code === 'message.untrusted-sender' || answer.code === 'message.stale-trust')) {
    await options.trust.refresh(node.country);
    answer = await read();
  }
  return answer.ok ? ok({ answer: answer.value, text }) : refuse(refusalOfMessage(answer.code));
}

const refusalsByFailure = {
  unreachable: 'crossing.partner-unreachable',
  slow: 'crossing.partner-slow',
  garbage: 'crossing.bad-answer',
} as const;

function refusalOfPartner(error: unknown): CrossingRefusalCode {
  if (!(error instanceof PartnerError)) {
    throw error;
  }
  const saysClock = error.code === 'message.expired' || error.code === 'message.not-yet-valid';
  return saysClock ? 'crossing.clock' : refusalsByFailure[error.why];
}

/** A partner may only say "no" in words we know. */
function knownCode(outcome: string): string {
  return outcome in crossingRefusals || outcome.startsWith('card.') ? outcome : 'crossing.refused';
}

async function keep(
  options: ExchangeOptions,
  store: RequestStore,
  input: CrossBorderRequest,
  { agreement, clause }: CalledUpon,
  { answer, text }: Answered,
): Promise<Result<Received>> {
  const { actor } = store.context;
  const document = documentOf(answer.body) as Bundle | undefined;
  const patient = document?.entry
    ?.map((entry) => entry.resource)
    .find((each): each is Patient => each?.resourceType === 'Patient');
  if (!document || !patient || !isReadable(document)) {
    return refuse('crossing.bad-answer');
  }
  const now = options.clock();
  const id = options.newId();
  const called = clauseId(agreement, clause);
  const { categories, labels } = classify(document);
  await store.transaction(async (tx) => {
    const database = tx.sql.withTables<ExchangeTables>() as unknown as ExchangeDatabase;
    await database
      .insertInto('received_record')
      .values({
        id,
        request_id: input.requestId,
        actor_id: actor.id,
        facility: actor.facility ?? null,
        from_country: answer.sender.country,
        received_at: now,
        purpose: input.purpose,
        agreement: agreement.id,
        clause: called,
        categories: answer.body.categories as string[],
        name: nameOf(patient),
        signed_by: answer.sender.node.baseUrl,
        key_id: answer.sender.kid,
        signed_at: new Date(answer.issuedAt * 1000),
        document_digest: answer.body.documentDigest!,
        retain_until: new Date(now.getTime() + clause.retentionDays * 86_400_000),
        document_categories: [...categories],
        document_labels: [...labels],
        signed_answer: text,
      })
      .execute();
    await tx.evidence.append({
      kind: 'receipt',
      public: {
        direction: 'here',
        outcome: 'permitted',
        class: actor.class,
        country: answer.sender.country,
        purpose: input.purpose,
        clause: called,
        categories: answer.body.categories,
      },
      sealed: { actor: actor.id, documentDigest: answer.body.documentDigest, requestId: input.requestId },
    });
    await tx.outbox.enqueue({
      topic: 'disclosure-receipt',
      destination: answer.sender.country,
      messageId: `receipt:${options.country}:${input.requestId}`,
      payload: { requestId: input.requestId, documentDigest: answer.body.documentDigest, at: now.toISOString() },
    });
  });
  return ok({ id, document: marked(document) });
}

/** The document in a signed answer that was verified when it came. */
export function documentIn(signedAnswer: string): Bundle {
  const payload = JSON.parse(Buffer.from(signedAnswer.split('.')[1]!, 'base64url').toString('utf8')) as {
    body: DisclosureAnswer;
  };
  return marked(documentOf(payload.body) as Bundle);
}

/** Marked, so that nobody takes it for a record of this node. */
function marked(document: Bundle): Bundle {
  return { ...document, meta: { ...document.meta, tag: [...(document.meta?.tag ?? []), receivedTag] } };
}

/** Whether a signed document is one that can be shown: a summary of one person, every entry a resource. */
function isReadable(document: Bundle): boolean {
  const resources = (document.entry ?? []).map((entry) => entry?.resource);
  return (
    document.type === 'document' &&
    resources.length > 0 &&
    resources.every((resource) => typeof resource?.resourceType === 'string') &&
    resources[0]?.resourceType === 'Composition' &&
    Array.isArray(resources[0].section)
  );
}

function nameOf(patient: Patient): string {
  const name = patient.name?.[0];
  return name?.text ?? [...(name?.given ?? []), name?.family ?? ''].join(' ').trim();
}

async function receivedBefore(
  database: ExchangeDatabase,
  actorId: string,
  requestId: string,
): Promise<string | undefined> {
  const row = await database
    .selectFrom('received_record')
    .select('id')
    .where('actor_id', '=', actorId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row?.id;
}

/** Who asked, in a form only this node can turn back into a name. */
async function pseudonym(options: ExchangeOptions, actorId: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    options.locatorSecret as BufferSource,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`requester|${actorId}`));
  return Buffer.from(mac).subarray(0, 12).toString('base64url');
}
