import { createHeaderAndPayload, StatusList } from '@sd-jwt/jwt-status-list';
import { z } from 'zod';
import { invariant } from '../base/invariant.ts';
import { ok, type Result, refuse } from '../base/refusal.ts';
import { fromBase64Url, type RandomBytes } from './encoding.ts';
import { readJws, signJws, verifyJws } from './jws.ts';
import { CLOCK_SKEW_SECONDS, type NodeKey, type VerifiedKeySet } from './keys.ts';
import type { TrustRefusalCode } from './trust.refusals.ts';
import { resolveKey, type TrustList } from './trust-list.ts';
import { inflate } from './zlib.ts';

/**
 * Token Status List (draft-ietf-oauth-status-list): one signed, compressed list says which cards stand. Whoever checks
 * a card fetches the whole list now and then, so the issuer never learns which card is being checked.
 */

export const STATUS = { valid: 0, revoked: 1, suspended: 2 } as const;
export type CardStatus = keyof typeof STATUS;

/** Two bits a card: valid, revoked, suspended. */
const BITS = 2;
const MAXIMUM_LIST_BYTES = 8 * 1024 * 1024;
const STATUS_LIST_TYP = 'statuslist+jwt';

/** How many cards one list holds unless told: large enough that an index tells nothing about its holder. */
export const STATUS_LIST_SIZE = 131_072;

/**
 * Signs a status list.
 *
 * @param list.revoked indexes of revoked cards; `suspended` of those withheld for a while; all others are valid.
 * @param list.uri where the list is served: the `status.status_list.uri` of the cards in it.
 */
export function signStatusList(
  list: {
    readonly uri: string;
    readonly node: string;
    readonly size?: number;
    readonly revoked: Iterable<number>;
    readonly suspended?: Iterable<number>;
  },
  key: NodeKey,
  now: number,
  options: { readonly validSeconds?: number; readonly refreshSeconds?: number } = {},
): Promise<string> {
  invariant(key.use === 'card', 'status lists are signed with a card key');
  const statuses = new Array<number>(list.size ?? STATUS_LIST_SIZE).fill(STATUS.valid);
  const mark = (indexes: Iterable<number>, status: number) => {
    for (const index of indexes) {
      invariant(index in statuses, `index ${index} is inside the status list`);
      statuses[index] = status;
    }
  };
  mark(list.suspended ?? [], STATUS.suspended);
  mark(list.revoked, STATUS.revoked);
  const { payload } = createHeaderAndPayload(
    new StatusList(statuses, BITS),
    {
      iss: list.node,
      sub: list.uri,
      iat: now,
      exp: now + (options.validSeconds ?? 30 * 86_400),
      ttl: options.refreshSeconds ?? 3_600,
    },
    { alg: 'ES256', typ: STATUS_LIST_TYP },
  );
  return signJws(payload, STATUS_LIST_TYP, key);
}

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

/**
 * Draws a free index at random: an index counted upwards would tell when, and so perhaps to whom, a card was issued.
 * Undefined when the list is so full that a free one was not met: begin a new list.
 *
 * @param taken whether an index is given out already; the store must also hold it unique.
 */
export async function drawStatusIndex(
  random: RandomBytes,
  taken: (index: number) => boolean | Promise<boolean>,
  size = STATUS_LIST_SIZE,
): Promise<number | undefined> {
  // Draws above the largest multiple of `size` are thrown away, so that every index is equally likely.
  const limit = Math.floor(0x1_0000_0000 / size) * size;
  for (let attempt = 0; attempt < 64; attempt++) {
    const bytes = random(4);
    const draw = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (draw < limit && !(await taken(draw % size))) {
      return draw % size;
    }
  }
  return undefined;
}
