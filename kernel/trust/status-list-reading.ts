import { z } from 'zod';
import { ok, type Result, refuse } from '../base/refusal.ts';
import { fromBase64Url } from './encoding.ts';
import { readJws, verifyJws } from './jws.ts';
import { CLOCK_SKEW_SECONDS, type VerifiedKeySet } from './keys.ts';
import type { TrustRefusalCode } from './trust.refusals.ts';
import { resolveKey, type TrustList } from './trust-list.ts';
import { inflate } from './zlib.ts';

/** Reading a Token Status List: what whoever checks cards carries. Signing is in `status-list.ts`. */

export const STATUS = { valid: 0, revoked: 1, suspended: 2 } as const;
export type CardStatus = keyof typeof STATUS;

const MAXIMUM_LIST_BYTES = 8 * 1024 * 1024;
export const STATUS_LIST_TYP = 'statuslist+jwt';

/** A status list whose signature was checked: the packed bits, and the times that say how old it is. */
export interface VerifiedStatusList {
  readonly uri: string;
  readonly node: string;
  readonly issuedAt: number;
  readonly expiresAt?: number;
  /** Seconds after which the issuer would like it fetched again. */
  readonly refreshSeconds?: number;
  readonly bits: 1 | 2 | 4 | 8;
  readonly packed: Uint8Array;
}

/** Unpacks `lst`; undefined when it is not Base64url, not zlib, or too large. */
export async function unpackStatusList(list: string): Promise<Uint8Array | undefined> {
  const compressed = fromBase64Url(list);
  return compressed && (await inflate(compressed, MAXIMUM_LIST_BYTES));
}

/** The status at an index: 0 valid, 1 invalid, 2 suspended, others by the issuer; undefined outside the list. */
export function statusAt(list: Pick<VerifiedStatusList, 'bits' | 'packed'>, index: number): number | undefined {
  if (!Number.isInteger(index) || index < 0) {
    return undefined;
  }
  const perByte = 8 / list.bits;
  const byte = list.packed[Math.floor(index / perByte)];
  return byte === undefined ? undefined : (byte >> ((index % perByte) * list.bits)) & ((1 << list.bits) - 1);
}

const payloadShape = z.object({
  iss: z.string(),
  sub: z.string(),
  iat: z.int(),
  exp: z.int().optional(),
  ttl: z.int().positive().optional(),
  status_list: z.object({
    bits: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]),
    lst: z.string(),
  }),
});

/** Checks a partner's status list: signed with a card key of the node it names, and about the address it was asked at. */
export async function verifyStatusList(
  text: string,
  expected: {
    readonly uri: string;
    readonly trustList: TrustList;
    readonly keySets: readonly VerifiedKeySet[];
    readonly now: number;
    /** Of the list already held: an older one, in which a revoked card still stands, is refused. */
    readonly knownIssuedAt?: number;
  },
): Promise<Result<VerifiedStatusList, TrustRefusalCode>> {
  const jws = readJws(text.trim());
  const issuer = jws?.payload.iss;
  const kid = jws?.header.kid;
  if (!jws || jws.header.typ !== STATUS_LIST_TYP || typeof issuer !== 'string' || typeof kid !== 'string') {
    return refuse('trust.unreadable');
  }
  const { now, uri } = expected;
  const resolved = await resolveKey(expected.trustList, expected.keySets, { kid, now, node: issuer, use: 'card' });
  if (!resolved.ok) {
    return resolved;
  }
  if (!(await verifyJws(text.trim(), resolved.value.key))) {
    return refuse('trust.tampered');
  }
  const parsed = payloadShape.safeParse(jws.payload);
  const packed = parsed.success ? await unpackStatusList(parsed.data.status_list.lst) : undefined;
  if (!parsed.success || !packed) {
    return refuse('trust.malformed', { at: parsed.success ? 'status_list.lst' : 'status_list' });
  }
  const { sub, iat, exp, ttl, status_list } = parsed.data;
  if (sub !== uri) {
    return refuse('trust.wrong-node');
  }
  if (iat > now + CLOCK_SKEW_SECONDS) {
    return refuse('trust.not-yet-valid', { secondsAhead: iat - now });
  }
  if (exp !== undefined && exp <= now) {
    return refuse('trust.expired', { secondsAgo: now - exp });
  }
  if (expected.knownIssuedAt !== undefined && iat < expected.knownIssuedAt) {
    return refuse('trust.rolled-back', { secondsOlder: expected.knownIssuedAt - iat });
  }
  return ok({
    uri: sub,
    node: issuer,
    issuedAt: iat,
    ...(exp !== undefined && { expiresAt: exp }),
    ...(ttl !== undefined && { refreshSeconds: ttl }),
    bits: status_list.bits,
    packed,
  });
}
