import { z } from 'zod';
import { invariant } from '../base/invariant.ts';
import { ok, type Result, refuse } from '../base/refusal.ts';
import { canonicalJson } from './canonical.ts';
import type { DocumentRefusalCode } from './document.refusals.ts';
import { digestText } from './encoding.ts';
import { readJws, signJws, verifyJws } from './jws.ts';
import { CLOCK_SKEW_SECONDS, type NodeKey, type VerifiedKeySet } from './keys.ts';
import { resolveKey, type TrustList } from './trust-list.ts';

/**
 * Documents that nodes sign for each other and keep for years: statements of account, certificates of periods. Unlike a
 * message, a document has no audience and does not grow old; what is signed is the digest of its canonical JSON, so that
 * two parties can sign the very same text. They are signed with the `log` key, because that key's public half is
 * published for ten years after it was replaced.
 */

const TYP = 'serai-document+jwt';

const payloadShape = z.object({
  iss: z.string(),
  iat: z.int(),
  /** What the document is, like `settlement-statement`: a signature under one is none under another. */
  kind: z.string().min(1).max(80),
  digest: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/**
 * A node's signature over a document, detached: compact JWS over issuer, time, kind and digest.
 *
 * @param document a plain JSON value.
 */
export async function signDocument(
  kind: string,
  document: unknown,
  key: NodeKey,
  from: { readonly node: string; readonly now: number },
): Promise<string> {
  invariant(key.use === 'log', 'documents are signed with a log key');
  const digest = await digestText(canonicalJson(document));
  return signJws({ iss: from.node, iat: from.now, kind, digest }, TYP, key);
}

export interface DocumentSignature {
  readonly country: string;
  readonly node: string;
  readonly kid: string;
  /** Epoch seconds at which it was signed. */
  readonly signedAt: number;
}

/** Checks a signature over a document: whose it is, and that it is of this kind and this text. */
export async function verifyDocument(
  kind: string,
  document: unknown,
  signature: string,
  context: { readonly now: number; readonly trustList: TrustList; readonly keySets: readonly VerifiedKeySet[] },
): Promise<Result<DocumentSignature, DocumentRefusalCode>> {
  const jws = readJws(signature);
  const parsed = payloadShape.safeParse(jws?.payload);
  if (!jws || jws.header.typ !== TYP || typeof jws.header.kid !== 'string' || !parsed.success) {
    return refuse('document.unreadable');
  }
  const { iss, iat, digest } = parsed.data;
  const resolved = await resolveKey(context.trustList, context.keySets, {
    kid: jws.header.kid,
    now: context.now,
    node: iss,
    use: 'log',
  });
  if (!resolved.ok) {
    return refuse('document.untrusted-signer', { because: resolved.code });
  }
  if (!(await verifyJws(signature, resolved.value.key))) {
    return refuse('document.tampered');
  }
  if (parsed.data.kind !== kind) {
    return refuse('document.other-kind');
  }
  if (iat > context.now + CLOCK_SKEW_SECONDS) {
    return refuse('document.not-yet-valid', { secondsAhead: iat - context.now });
  }
  if (digest !== (await digestText(canonicalJson(document)))) {
    return refuse('document.changed');
  }
  const { country, kid } = resolved.value;
  return ok({ country, node: iss, kid, signedAt: iat });
}
