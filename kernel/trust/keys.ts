import { z } from 'zod';
import { invariant } from '../base/invariant.ts';
import { ok, type Result, refuse } from '../base/refusal.ts';
import {
  generateSigningKey,
  type PublicJwk,
  publicPart,
  readJws,
  type SignatureAlgorithm,
  type SigningKey,
  signJws,
  thumbprint,
  verifyJws,
} from './jws.ts';
import type { TrustRefusalCode } from './trust.refusals.ts';

/**
 * A node's keys. The identity key is long-lived, is pinned in the trust list and signs only the node's key set; the
 * operational keys in that set sign everything else and are rotated. A message key carries the Serai class it speaks
 * for: who asks, and as what, is read from the key that signed, never from what the message says.
 * Times are epoch seconds.
 */

/** What a node may speak as. There is no class for enforcement, so no key can speak for it. */
export const NODE_CLASSES = ['care', 'public-health', 'payer', 'programme', 'system'] as const;
export type NodeClass = (typeof NODE_CLASSES)[number];

/** What a key signs: messages between nodes; cards and their status lists; checkpoints of the evidence log. */
export const KEY_USES = ['message', 'card', 'log'] as const;
export type KeyUse = (typeof KEY_USES)[number];

export interface NodeKey extends SigningKey {
  readonly use: KeyUse;
  readonly class: NodeClass;
  /** When the key began to sign. */
  readonly notBefore: number;
  /** From when it no longer signs; absent while it is active. */
  readonly signUntil?: number;
  /** From when nothing it signed is accepted; absent while it is active. */
  readonly verifyUntil?: number;
}

export interface KeySet {
  readonly country: string;
  /** The node's base URL, its `iss` everywhere. No slash at its end. */
  readonly node: string;
  readonly identity: SigningKey;
  readonly keys: readonly NodeKey[];
}

/** A published key, as `/.well-known/jwks.json` shows it. */
export interface PublishedKey extends PublicJwk {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  readonly use: 'sig';
  readonly serai_use: KeyUse;
  readonly serai_class: NodeClass;
  readonly nbf: number;
  readonly exp?: number;
}

const DAY_SECONDS = 86_400;

/**
 * How long an old key still verifies after its successor took over: as long as what it signed may still be shown.
 * A card lives for years, a message for two minutes, a checkpoint for ever (old ones are proven by later ones).
 */
export const OVERLAP_SECONDS: Readonly<Record<KeyUse, number>> = {
  message: DAY_SECONDS,
  card: 5 * 366 * DAY_SECONDS,
  log: 10 * 366 * DAY_SECONDS,
};

async function newKey(use: KeyUse, keyClass: NodeClass, now: number): Promise<NodeKey> {
  const key = await generateSigningKey(use === 'log' ? 'Ed25519' : 'ES256');
  return { ...key, use, class: keyClass, notBefore: now };
}

/**
 * New keys for a node: an identity key, a message key for each class, a card key and a log key.
 * The log key is Ed25519, as signed notes and their witnesses use it; all others are ES256.
 */
export async function createKeySet(options: {
  readonly country: string;
  readonly node: string;
  readonly classes: readonly NodeClass[];
  readonly now: number;
}): Promise<KeySet> {
  invariant(!options.node.endsWith('/'), 'a node is named by its base URL without a slash at its end');
  const keys = await Promise.all([
    ...options.classes.map((keyClass) => newKey('message', keyClass, options.now)),
    newKey('card', 'system', options.now),
    newKey('log', 'system', options.now),
  ]);
  return { country: options.country, node: options.node, identity: await generateSigningKey(), keys };
}

export type KeyState = 'not-yet' | 'active' | 'verifying' | 'retired';

/** Whether a key signs (`active`), only verifies (`verifying`), or neither. */
export function keyState(key: Pick<NodeKey, 'notBefore' | 'signUntil' | 'verifyUntil'>, now: number): KeyState {
  if (key.verifyUntil !== undefined && now >= key.verifyUntil) {
    return 'retired';
  }
  if (now < key.notBefore) {
    return 'not-yet';
  }
  return key.signUntil !== undefined && now >= key.signUntil ? 'verifying' : 'active';
}

/**
 * Gives each active key of `uses` (all by default) a successor. The old one verifies on for the overlap of its use,
 * then is retired; keys retired already are dropped.
 */
export async function rotate(
  keySet: KeySet,
  now: number,
  options: { readonly uses?: readonly KeyUse[]; readonly overlapSeconds?: number } = {},
): Promise<KeySet> {
  const uses = options.uses ?? KEY_USES;
  const kept: NodeKey[] = [];
  const fresh: NodeKey[] = [];
  for (const key of keySet.keys) {
    const state = keyState(key, now);
    if (state === 'retired') {
      continue;
    }
    if (state === 'active' && uses.includes(key.use)) {
      kept.push({ ...key, signUntil: now, verifyUntil: now + (options.overlapSeconds ?? OVERLAP_SECONDS[key.use]) });
      fresh.push(await newKey(key.use, key.class, now));
    } else {
      kept.push(key);
    }
  }
  return { ...keySet, keys: [...fresh, ...kept] };
}

/** Withdraws a key at once, as after a theft: what it signed is no longer accepted by whoever sees the new key set. */
export function withdrawKey(keySet: KeySet, kid: string, now: number): KeySet {
  return {
    ...keySet,
    keys: keySet.keys.map((key) =>
      key.kid === kid ? { ...key, signUntil: Math.min(key.signUntil ?? now, now), verifyUntil: now } : key,
    ),
  };
}

/**
 * The key that signs now, for a use and class.
 *
 * @throws InvariantError when the node has none: keys are made at start, for every class the node was given.
 */
export function signingKey(keySet: KeySet, use: KeyUse, now: number, keyClass: NodeClass = 'system'): NodeKey {
  const key = keySet.keys.find(
    (candidate) => candidate.use === use && candidate.class === keyClass && keyState(candidate, now) === 'active',
  );
  invariant(key, `the node has an active ${use} key of class ${keyClass}`);
  return key;
}

/** The body of `/.well-known/jwks.json`: every key not retired. */
export function publicJwks(keySet: KeySet, now: number): { readonly keys: readonly PublishedKey[] } {
  return {
    keys: keySet.keys
      .filter((key) => keyState(key, now) !== 'retired')
      .map((key) => ({
        ...publicPart(key.publicJwk),
        kid: key.kid,
        alg: key.algorithm,
        use: 'sig',
        serai_use: key.use,
        serai_class: key.class,
        nbf: key.notBefore,
        ...(key.verifyUntil !== undefined && { exp: key.verifyUntil }),
      })),
  };
}

const KEY_SET_TYP = 'serai-keys+jwt';
/** How far two nodes' clocks may be apart. */
export const CLOCK_SKEW_SECONDS = 60;

/** The body of `/.well-known/serai-keys`: the key set, signed by the identity key. Valid for a week unless told. */
export function signedKeySet(keySet: KeySet, now: number, validSeconds = 7 * DAY_SECONDS): Promise<string> {
  const payload = {
    iss: keySet.node,
    country: keySet.country,
    iat: now,
    exp: now + validSeconds,
    keys: publicJwks(keySet, now).keys,
  };
  return signJws(payload, KEY_SET_TYP, keySet.identity);
}

const base64Url32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const publicJwkShape = z.union([
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64Url32, y: base64Url32 }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: base64Url32 }),
]);

const publishedKeyShape = z.intersection(
  publicJwkShape,
  z.object({
    kid: base64Url32,
    alg: z.enum(['ES256', 'Ed25519']),
    use: z.literal('sig'),
    serai_use: z.enum(KEY_USES),
    serai_class: z.enum(NODE_CLASSES),
    nbf: z.int(),
    exp: z.int().optional(),
  }),
);

const keySetShape = z.object({
  iss: z.string(),
  country: z.string().regex(/^[A-Z]{2}$/),
  iat: z.int(),
  exp: z.int(),
  keys: z.array(publishedKeyShape).max(200),
});

/** A partner's key set whose signature was checked; safe to cache, with the times that say how old it is. */
export interface VerifiedKeySet {
  readonly node: string;
  readonly country: string;
  readonly identityKid: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly keys: readonly PublishedKey[];
}

/**
 * Checks a partner's signed key set against its identity key of the trust list.
 * Precedence: unreadable, wrong signer, tampered, malformed, wrong node, not yet valid, expired, rolled back.
 *
 * @param expected.knownIssuedAt of the set already held: an older one, in which a withdrawn key still stands, is refused.
 */
export async function verifyKeySet(
  text: string,
  expected: {
    readonly identityKey: PublicJwk;
    readonly node: string;
    readonly country: string;
    readonly now: number;
    readonly knownIssuedAt?: number;
  },
): Promise<Result<VerifiedKeySet, TrustRefusalCode>> {
  const jws = readJws(text.trim());
  if (!jws || jws.header.typ !== KEY_SET_TYP) {
    return refuse('trust.unreadable');
  }
  const identityKid = await thumbprint(expected.identityKey);
  if (jws.header.kid !== identityKid) {
    return refuse('trust.wrong-signer');
  }
  if (!(await verifyJws(text.trim(), expected.identityKey))) {
    return refuse('trust.tampered');
  }
  const parsed = keySetShape.safeParse(jws.payload);
  if (!parsed.success) {
    return refuse('trust.malformed', { at: parsed.error.issues[0]?.path.join('.') ?? '' });
  }
  const { iss, country, iat, exp } = parsed.data;
  // A kid that is not the thumbprint of its key would let two keys answer to one name.
  for (const key of parsed.data.keys) {
    if ((await thumbprint(key)) !== key.kid) {
      return refuse('trust.malformed', { at: 'keys.kid' });
    }
  }
  if (iss !== expected.node || country !== expected.country) {
    return refuse('trust.wrong-node');
  }
  if (iat > expected.now + CLOCK_SKEW_SECONDS) {
    return refuse('trust.not-yet-valid', { secondsAhead: iat - expected.now });
  }
  if (exp <= expected.now) {
    return refuse('trust.expired', { secondsAgo: expected.now - exp });
  }
  if (expected.knownIssuedAt !== undefined && iat < expected.knownIssuedAt) {
    return refuse('trust.rolled-back', { secondsOlder: expected.knownIssuedAt - iat });
  }
  return ok({ node: iss, country, identityKid, issuedAt: iat, expiresAt: exp, keys: parsed.data.keys });
}
