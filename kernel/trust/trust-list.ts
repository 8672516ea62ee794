import { z } from 'zod';
import { ok, type Result, refuse } from '../base/refusal.ts';
import { type PublicJwk, readJws, type SigningKey, signJws, thumbprint, verifyJws } from './jws.ts';
import {
  CLOCK_SKEW_SECONDS,
  type KeyUse,
  keyState,
  NODE_CLASSES,
  type NodeClass,
  type PublishedKey,
  publicJwkShape,
  type VerifiedKeySet,
} from './keys.ts';
import type { TrustRefusalCode } from './trust.refusals.ts';

/**
 * The corridor authority's signed list of nodes: whose identity key is whose, which classes each may act in, and who is
 * suspended. Every node pins the authority's key and keeps the last list it verified.
 */

const TRUST_LIST_TYP = 'serai-trust-list+jwt';

const nodeShape = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  name: z.string().min(1).max(200),
  baseUrl: z.string().regex(/^https?:\/\/[^\s]+[^/\s]$/),
  identityKey: publicJwkShape,
  classes: z.array(z.enum(NODE_CLASSES)),
  status: z.enum(['active', 'suspended']),
});

const trustListShape = z.object({
  iss: z.string(),
  version: z.int().min(1),
  iat: z.int(),
  exp: z.int(),
  nodes: z.array(nodeShape).max(2000),
});

export interface TrustedNode {
  readonly country: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly identityKey: PublicJwk;
  /** Classes in which the node's keys are believed. */
  readonly classes: readonly NodeClass[];
  readonly status: 'active' | 'suspended';
}

export interface TrustList {
  readonly issuer: string;
  readonly version: number;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly nodes: readonly TrustedNode[];
}

/** Signs a list as the corridor authority. Valid for 30 days unless told. */
export function signTrustList(
  list: { readonly issuer: string; readonly version: number; readonly nodes: readonly TrustedNode[] },
  authority: SigningKey,
  now: number,
  validSeconds = 30 * 86_400,
): Promise<string> {
  const { issuer, version, nodes } = list;
  return signJws({ iss: issuer, version, iat: now, exp: now + validSeconds, nodes }, TRUST_LIST_TYP, authority);
}

/**
 * Checks a trust list against the pinned authority key.
 * Precedence: unreadable, wrong signer, tampered, malformed, not yet valid, expired, rolled back.
 *
 * @param expected.knownVersion version of the list already held: an older one is refused.
 * @param expected.allowExpired for a list kept in a cache whose age the caller judges (an offline card check does).
 */
export async function verifyTrustList(
  text: string,
  expected: {
    readonly authorityKey: PublicJwk;
    readonly now: number;
    readonly knownVersion?: number;
    readonly allowExpired?: boolean;
  },
): Promise<Result<TrustList, TrustRefusalCode>> {
  const jws = readJws(text.trim());
  if (!jws || jws.header.typ !== TRUST_LIST_TYP) {
    return refuse('trust.unreadable');
  }
  if (jws.header.kid !== (await thumbprint(expected.authorityKey))) {
    return refuse('trust.wrong-signer');
  }
  if (!(await verifyJws(text.trim(), expected.authorityKey))) {
    return refuse('trust.tampered');
  }
  const parsed = trustListShape.safeParse(jws.payload);
  if (!parsed.success) {
    return refuse('trust.malformed', { at: parsed.error.issues[0]?.path.join('.') ?? '' });
  }
  const { iss, version, iat, exp, nodes } = parsed.data;
  if (iat > expected.now + CLOCK_SKEW_SECONDS) {
    return refuse('trust.not-yet-valid', { secondsAhead: iat - expected.now });
  }
  if (exp <= expected.now && !expected.allowExpired) {
    return refuse('trust.expired', { secondsAgo: expected.now - exp });
  }
  if (expected.knownVersion !== undefined && version < expected.knownVersion) {
    return refuse('trust.rolled-back', { version, knownVersion: expected.knownVersion });
  }
  return ok({ issuer: iss, version, issuedAt: iat, expiresAt: exp, nodes });
}

export interface ResolvedKey {
  readonly node: TrustedNode;
  readonly country: string;
  readonly class: NodeClass;
  readonly use: KeyUse;
  readonly kid: string;
  readonly key: PublishedKey;
}

/**
 * Whose key this is, and as what it speaks.
 * Precedence: node unknown, node suspended, key unknown, key ambiguous, key retired, class not allowed.
 *
 * @param wanted.kid the whole thumbprint, or the first characters of it where a compact card carries only those.
 * @param wanted.node base URL the message or card names as issuer: only that node's keys are looked at, so that a node
 *   that publishes another's key as its own gains nothing.
 */
export async function resolveKey(
  trustList: TrustList,
  keySets: readonly VerifiedKeySet[],
  wanted: {
    readonly kid: string;
    readonly now: number;
    readonly node?: string;
    readonly country?: string;
    readonly use?: KeyUse;
  },
): Promise<Result<ResolvedKey, TrustRefusalCode>> {
  const nodes = trustList.nodes.filter(
    (node) =>
      (wanted.node === undefined || node.baseUrl === wanted.node) &&
      (wanted.country === undefined || node.country === wanted.country),
  );
  if (nodes.length === 0) {
    return refuse('trust.node-unknown');
  }
  if (nodes.every((node) => node.status === 'suspended')) {
    return refuse('trust.node-suspended');
  }
  const found: ResolvedKey[] = [];
  let suspended = false;
  for (const node of nodes) {
    const identityKid = await thumbprint(node.identityKey);
    // A key set counts only under the identity key the list names today.
    const keySet = keySets.find((set) => set.node === node.baseUrl && set.identityKid === identityKid);
    for (const key of keySet?.keys ?? []) {
      if (key.kid.startsWith(wanted.kid) && (wanted.use === undefined || key.serai_use === wanted.use)) {
        suspended ||= node.status === 'suspended';
        found.push({ node, country: node.country, class: key.serai_class, use: key.serai_use, kid: key.kid, key });
      }
    }
  }
  const [first] = found;
  if (!first || wanted.kid.length < 8) {
    return refuse('trust.key-unknown');
  }
  if (found.length > 1) {
    return refuse('trust.key-ambiguous');
  }
  if (suspended) {
    return refuse('trust.node-suspended');
  }
  const { nbf, exp } = first.key;
  const state = keyState({ notBefore: nbf - CLOCK_SKEW_SECONDS, verifyUntil: exp }, wanted.now);
  if (state === 'retired' || state === 'not-yet') {
    return refuse('trust.key-retired');
  }
  if (first.use === 'message' && !first.node.classes.includes(first.class)) {
    return refuse('trust.class-not-allowed', { class: first.class });
  }
  return ok(first);
}
