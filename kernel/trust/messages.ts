import { z } from 'zod';
import { invariant } from '../base/invariant.ts';
import { ok, type Refusal, type Result, refuse } from '../base/refusal.ts';
import { digestText, type RandomBytes, toBase64Url } from './encoding.ts';
import { readJws, signJws, verifyJws } from './jws.ts';
import { CLOCK_SKEW_SECONDS, type NodeClass, type NodeKey, type VerifiedKeySet } from './keys.ts';
import type { MessageRefusalCode } from './message.refusals.ts';
import { critical, notUnderstood } from './newer.ts';
import { resolveKey, type TrustedNode, type TrustList } from './trust-list.ts';

/**
 * Signed messages between nodes: compact JWS, addressed, short-lived, used once. The sender's country and class are
 * those of the key that signed; nothing in the body can change them.
 */

export type MessageKind =
  | 'request'
  | 'answer'
  | 'notice'
  | 'eligibility'
  | 'eligibility-answer'
  | 'settlement'
  | 'voucher'
  | 'voucher-answer';

/** A type of its own for each kind: what was signed as one is never taken for another. */
const TYP: Readonly<Record<MessageKind, string>> = {
  request: 'serai-request+jwt',
  answer: 'serai-answer+jwt',
  notice: 'serai-notice+jwt',
  eligibility: 'serai-eligibility+jwt',
  'eligibility-answer': 'serai-eligibility-answer+jwt',
  settlement: 'serai-settlement+jwt',
  voucher: 'serai-voucher+jwt',
  'voucher-answer': 'serai-voucher-answer+jwt',
};

const answersOf: ReadonlySet<MessageKind> = new Set(['answer', 'eligibility-answer', 'voucher-answer']);

/** Fields added since the first version that this node knows, and may be told are critical. */
const understood: ReadonlySet<string> = new Set();
const newerShape = z.object({ critical });
/** Kinds whose critical fields are looked at here; eligibility and settlement answer for theirs (`settlement/wire.ts`). */
const ownRule: ReadonlySet<MessageKind> = new Set(['request', 'answer', 'notice', 'voucher', 'voucher-answer']);

/** A message may be at most this old when it is read, clock skew apart. */
export const MESSAGE_LIFETIME_SECONDS = 120;

const shortText = z.string().min(1).max(500);
const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const disclosureRequestShape = z.object({
  requestId: z.uuid(),
  /** HL7 PurposeOfUse. */
  purpose: shortText,
  /** Who asks: a role and a pseudonym the asking node can resolve, never a name. */
  requester: z.object({ role: shortText, id: shortText }),
  facility: z.object({ id: shortText, name: shortText }),
  agreement: z.object({ id: shortText, version: z.int().min(1), digest }),
  clause: shortText,
  /** The person's pairwise pseudonym for the asking country, from the card. */
  locator: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  /** The card or presentation as it was scanned: proof that the person showed it. */
  cardProof: z.string().min(1).max(20_000),
  /** BCP 47 language the answer is to be readable in. */
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/),
});
export type DisclosureRequest = z.infer<typeof disclosureRequestShape>;

export const disclosureAnswerShape = z.object({
  requestId: z.uuid(),
  /** `disclosed`, or the code of the refusal. */
  outcome: shortText,
  /** What a refusal lets the other side know. */
  retry: z.boolean().optional(),
  /** Data categories in the document. */
  categories: z.array(shortText).max(100),
  clause: shortText,
  /** SHA-256 of the document's text. */
  documentDigest: digest.optional(),
  /** FHIR Bundle of type `document`, as the JSON text its digest is made of: nobody has to put it in order again. */
  document: z.string().min(2).optional(),
});
export type DisclosureAnswer = z.infer<typeof disclosureAnswerShape>;

const bindingShape = z.strictObject({ jti: z.string(), digest });

const envelopeShape = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(16).max(64),
  /** In an answer: the request it answers. */
  re: bindingShape.optional(),
  body: z.unknown(),
});

/** Names one message: its id and the SHA-256 of its signed payload. */
export type MessageBinding = z.infer<typeof bindingShape>;

export interface SentMessage {
  /** The compact JWS to send. */
  readonly text: string;
  readonly binding: MessageBinding;
}

async function bindingOf(text: string, jti: string): Promise<MessageBinding> {
  return { jti, digest: await digestText(text.split('.')[1] as string) };
}

/**
 * Signs a message.
 *
 * @param message.re required for an answer: the binding of the request, as {@link verifyMessage} gave it.
 */
export async function signMessage(
  message: {
    readonly kind: MessageKind;
    /** Base URL of the sending node. */
    readonly from: string;
    /** Base URL of the receiving node. */
    readonly to: string;
    readonly body: object;
    readonly re?: MessageBinding;
  },
  key: NodeKey,
  now: number,
  random: RandomBytes,
): Promise<SentMessage> {
  invariant(key.use === 'message', 'messages are signed with a message key');
  invariant(!answersOf.has(message.kind) || message.re, 'an answer names the request it answers');
  const jti = toBase64Url(random(16));
  const payload = {
    iss: message.from,
    aud: message.to,
    iat: now,
    exp: now + MESSAGE_LIFETIME_SECONDS,
    jti,
    ...(message.re && { re: message.re }),
    body: message.body,
  };
  const text = await signJws(payload, TYP[message.kind], key);
  return { text, binding: await bindingOf(text, jti) };
}

export interface MessageContext {
  /** Base URL of the node that reads. */
  readonly self: string;
  readonly now: number;
  readonly trustList: TrustList;
  readonly keySets: readonly VerifiedKeySet[];
  /**
   * Whether the message id was seen before, remembering it if not; the memory must outlive
   * {@link MESSAGE_LIFETIME_SECONDS} and twice the clock skew. Absent where a repeat is harmless (an answer bound to a
   * request that is asked once).
   */
  readonly seen?: (id: string) => boolean | Promise<boolean>;
}

export interface VerifiedMessage<Body> {
  /** Read from the key that signed. */
  readonly sender: {
    readonly country: string;
    readonly class: NodeClass;
    readonly node: TrustedNode;
    readonly kid: string;
  };
  readonly issuedAt: number;
  readonly binding: MessageBinding;
  readonly re?: MessageBinding;
  readonly body: Body;
}

/**
 * Checks a message from another node, in the order of `message.refusals.ts`.
 * Replay is asked last, so that only a message good in all else is remembered.
 */
export async function verifyMessage<Body>(
  text: string,
  kind: MessageKind,
  shape: z.ZodType<Body>,
  context: MessageContext,
): Promise<Result<VerifiedMessage<Body>, MessageRefusalCode>> {
  const jws = readJws(text);
  const issuer = jws?.payload.iss;
  const kid = jws?.header.kid;
  if (!jws || jws.header.typ !== TYP[kind] || typeof issuer !== 'string' || typeof kid !== 'string') {
    return refuse('message.unreadable');
  }
  const { now } = context;
  const keySet = context.keySets.find((set) => set.node === issuer);
  if (context.trustList.expiresAt <= now || (keySet && keySet.expiresAt <= now)) {
    return refuse('message.stale-trust');
  }
  const resolved = await resolveKey(context.trustList, context.keySets, { kid, now, node: issuer, use: 'message' });
  if (!resolved.ok) {
    return refuse('message.untrusted-sender', { because: resolved.code });
  }
  if (!(await verifyJws(text, resolved.value.key))) {
    return refuse('message.tampered');
  }
  const envelope = envelopeShape.safeParse(jws.payload);
  if (!envelope.success) {
    return refuse('message.malformed', { at: envelope.error.issues[0]?.path.join('.') ?? '' });
  }
  const { aud, iat, exp, jti, re, body } = envelope.data;
  if (aud !== context.self) {
    return refuse('message.wrong-audience');
  }
  if (iat > now + CLOCK_SKEW_SECONDS) {
    return refuse('message.not-yet-valid', { secondsAhead: iat - now });
  }
  // A sender cannot give its message a longer life than the network allows.
  const end = Math.min(exp, iat + MESSAGE_LIFETIME_SECONDS);
  if (end + CLOCK_SKEW_SECONDS <= now) {
    return refuse('message.expired', { secondsAgo: now - end });
  }
  const newer = newerShape.safeParse(body);
  if (ownRule.has(kind) && newer.success && notUnderstood(newer.data, understood).length > 0) {
    return refuse('message.not-understood', { wants: notUnderstood(newer.data, understood).join(', ') });
  }
  const parsed = shape.safeParse(body);
  if (!parsed.success) {
    return refuse('message.malformed', { at: ['body', ...(parsed.error.issues[0]?.path ?? [])].join('.') });
  }
  if (context.seen && (await context.seen(`${issuer} ${jti}`))) {
    return refuse('message.replayed');
  }
  const { node, country, class: senderClass } = resolved.value;
  return ok({
    sender: { country, class: senderClass, node, kid: resolved.value.kid },
    issuedAt: iat,
    binding: await bindingOf(text, jti),
    ...(re && { re }),
    body: parsed.data,
  });
}

/** Makes the answer that discloses `document`, with its digest. */
export async function disclosed(answer: {
  readonly requestId: string;
  readonly categories: readonly string[];
  readonly clause: string;
  readonly document: { readonly resourceType: 'Bundle' };
}): Promise<DisclosureAnswer> {
  const document = JSON.stringify(answer.document);
  return {
    ...answer,
    categories: [...answer.categories],
    outcome: 'disclosed',
    document,
    documentDigest: await digestText(document),
  };
}

/** The document of an answer; undefined where it brings none, or what it brings is no Bundle. */
export function documentOf(
  answer: Pick<DisclosureAnswer, 'document'>,
): { readonly resourceType: 'Bundle' } | undefined {
  try {
    const document = JSON.parse(answer.document ?? 'null') as { readonly resourceType?: unknown } | null;
    return document?.resourceType === 'Bundle' ? (document as { readonly resourceType: 'Bundle' }) : undefined;
  } catch {
    return undefined;
  }
}

/** The node that was asked, and the binding of what it was asked. */
export interface AskedOf {
  readonly node: string;
  readonly binding: MessageBinding;
  readonly requestId: string;
}

/**
 * Checks the answer to a disclosure request: a good message, from the node that was asked, bound to that very request,
 * whose document is the one of its digest.
 */
export async function verifyDisclosureAnswer(
  text: string,
  asked: AskedOf,
  context: MessageContext,
): Promise<Result<VerifiedMessage<DisclosureAnswer>, MessageRefusalCode>> {
  const verified = await verifyMessage(text, 'answer', disclosureAnswerShape, context);
  if (!verified.ok) {
    return verified;
  }
  if (!answers(verified.value, asked)) {
    return refuse('message.wrong-answer');
  }
  return (await documentRefusal(verified.value.body)) ?? verified;
}

/** Whether a verified answer comes from the node that was asked and is bound to that very request. */
export function answers(answer: VerifiedMessage<{ readonly requestId: string }>, asked: AskedOf): boolean {
  return (
    answer.sender.node.baseUrl === asked.node &&
    answer.re?.jti === asked.binding.jti &&
    answer.re.digest === asked.binding.digest &&
    answer.body.requestId === asked.requestId
  );
}

async function documentRefusal(body: DisclosureAnswer): Promise<Refusal<MessageRefusalCode> | undefined> {
  if (body.outcome !== 'disclosed') {
    return body.document ? refuse('message.malformed', { at: 'body.document' }) : undefined;
  }
  if (!body.document || !body.documentDigest) {
    return refuse('message.malformed', { at: 'body.document' });
  }
  return (await digestText(body.document)) === body.documentDigest ? undefined : refuse('message.document-changed');
}
