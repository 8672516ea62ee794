import { ok, type Result, refuse } from '../base/refusal.ts';
import { fromBase45, toBase45 } from './base45.ts';
import {
  type CborMap,
  COSE_ALGORITHM,
  COSE_HEADER,
  type CoseSign1,
  decodeCbor,
  encodeCbor,
  isMinimal,
  readCoseSign1,
  signCoseSign1,
  toBeSigned,
} from './cose.ts';
import { type Bytes, concatBytes, equalBytes, fromBase64Url, sha256, toBase64Url, utf8 } from './encoding.ts';
import { type PublicJwk, signBytes, verifyBytes } from './jws.ts';
import { CLOCK_SKEW_SECONDS, type NodeKey } from './keys.ts';
import type { VoucherTrustRefusalCode } from './voucher.refusals.ts';

/**
 * A care voucher as it is printed: a CWT (RFC 8392) in COSE_Sign1, in Base45, for one small QR code. It stands for one
 * service, never for an amount, and says nothing of the holder: `pairing` binds it to a booklet's code, which stands on
 * the cover alone, so that a voucher torn off or photographed is of no use without the booklet.
 *
 * | CWT key | meaning |
 * |---|---|
 * | 1 | issuer: two-letter country; which of its nodes, the key tells |
 * | 4, 6 | expires at, issued at (epoch seconds) |
 * | −65538 | map: 1 voucher id (10 bytes), 2 programme, 3 service, 4 number within the service, 5 pairing (10 bytes) |
 */

export const VOUCHER_PREFIX = 'SV1:';

const CWT = { issuer: 1, expiresAt: 4, issuedAt: 6, voucher: -65_538 } as const;
const FIELD = { id: 1, programme: 2, service: 3, number: 4, pairing: 5 } as const;
const KID_BYTES = 6;
export const VOUCHER_ID_BYTES = 10;
const PAIRING_BYTES = 10;
/** A voucher is some 150 bytes; whatever is much longer is something else. */
const MAXIMUM_CHARACTERS = 800;

export interface VoucherContent {
  /** Ten bytes, Base64url. */
  readonly voucherId: string;
  /** `kadon-kani`: the programme's id without its country. */
  readonly programme: string;
  readonly service: string;
  /** First, second, … of this service in the booklet. */
  readonly number: number;
  /** {@link pairingOf} the booklet's code. */
  readonly pairing: string;
  /** Epoch seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface ReadVoucher extends VoucherContent {
  readonly country: string;
  /** First characters of the signing key's kid. */
  readonly kidStart: string;
  readonly cose: CoseSign1;
}

/** Binds a voucher to its booklet's code: the first ten bytes of SHA-256 over the voucher's id and the code. */
export async function pairingOf(voucherId: string, bookletCode: string): Promise<string> {
  const id = fromBase64Url(voucherId) ?? new Uint8Array(0);
  return toBase64Url((await sha256(concatBytes(id, utf8(bookletCode)))).subarray(0, PAIRING_BYTES));
}

/** Signs a voucher with the node's card key: `SV1:` and Base45. */
export async function issueVoucher(content: VoucherContent, country: string, key: NodeKey): Promise<string> {
  const voucher: CborMap = new Map<unknown, unknown>([
    [FIELD.id, fromBase64Url(content.voucherId)],
    [FIELD.programme, content.programme],
    [FIELD.service, content.service],
    [FIELD.number, content.number],
    [FIELD.pairing, fromBase64Url(content.pairing)],
  ]);
  const payload: CborMap = new Map<unknown, unknown>([
    [CWT.issuer, country],
    [CWT.expiresAt, content.expiresAt],
    [CWT.issuedAt, content.issuedAt],
    [CWT.voucher, voucher],
  ]);
  const header: CborMap = new Map<unknown, unknown>([
    [COSE_HEADER.algorithm, COSE_ALGORITHM.ES256],
    [COSE_HEADER.kid, fromBase64Url(key.kid)?.subarray(0, KID_BYTES)],
  ]);
  const message = await signCoseSign1(header, encodeCbor(payload), (bytes) => signBytes(bytes, key.privateJwk));
  return VOUCHER_PREFIX + toBase45(message);
}

/** What a voucher says, unverified; undefined when `text` is not one. White space a scanner added is forgiven. */
export function readVoucher(text: string): ReadVoucher | undefined {
  const start = text.trimStart().replace(/[\r\n\t\u00a0\u200b]+/g, '');
  if (!start.startsWith(VOUCHER_PREFIX) || start.length > MAXIMUM_CHARACTERS) {
    return undefined;
  }
  // Only the blank is a character of Base45, and may also be what a scanner put at the end.
  return readBase45(start.slice(VOUCHER_PREFIX.length)) ?? readBase45(start.slice(VOUCHER_PREFIX.length).trimEnd());
}

function readBase45(coded: string): ReadVoucher | undefined {
  const bytes = fromBase45(coded);
  const cose = bytes && readCoseSign1(bytes);
  if (!bytes || !cose || !isMinimal(bytes, cose)) {
    return undefined;
  }
  const kid = cose.protectedHeader.get(COSE_HEADER.kid);
  const isOurs = cose.protectedHeader.get(COSE_HEADER.algorithm) === COSE_ALGORITHM.ES256 && kid instanceof Uint8Array;
  const payload = decodeCbor(cose.payload);
  const voucher = payload instanceof Map ? payload.get(CWT.voucher) : undefined;
  if (!isOurs || kid.length !== KID_BYTES || !(payload instanceof Map) || !(voucher instanceof Map)) {
    return undefined;
  }
  const id = bytesOf(voucher.get(FIELD.id), VOUCHER_ID_BYTES);
  const pairing = bytesOf(voucher.get(FIELD.pairing), PAIRING_BYTES);
  const country = payload.get(CWT.issuer);
  const [programme, service] = [voucher.get(FIELD.programme), voucher.get(FIELD.service)];
  const numbers = [voucher.get(FIELD.number), payload.get(CWT.issuedAt), payload.get(CWT.expiresAt)];
  if (!id || !pairing || typeof country !== 'string' || typeof programme !== 'string' || typeof service !== 'string') {
    return undefined;
  }
  if (!/^[A-Z]{2}$/.test(country) || !numbers.every((each) => Number.isSafeInteger(each))) {
    return undefined;
  }
  const [number, issuedAt, expiresAt] = numbers as [number, number, number];
  const kidStart = toBase64Url(kid);
  return { voucherId: id, pairing, country, programme, service, number, issuedAt, expiresAt, kidStart, cose };
}

function bytesOf(value: unknown, length: number): string | undefined {
  return value instanceof Uint8Array && value.length === length ? toBase64Url(value) : undefined;
}

/** The issuer's key for a voucher, found in the trust list by a node and in the redemption kit by a device. */
export type VoucherKeyOf = (wanted: {
  readonly country: string;
  readonly kidStart: string;
}) => PublicJwk | undefined | Promise<PublicJwk | undefined>;

/**
 * Checks a voucher's signature and dates; whether it was used before is for whoever keeps the list.
 * Precedence: unreadable, wrong issuer, tampered, not yet valid, past its date.
 *
 * @param at the moment of service, epoch seconds: a voucher used in time may be sent in later.
 */
export async function verifyVoucher(
  text: string,
  keyOf: VoucherKeyOf,
  at: number,
): Promise<Result<ReadVoucher, VoucherTrustRefusalCode>> {
  const voucher = readVoucher(text);
  if (!voucher) {
    return refuse('voucher.unreadable');
  }
  const key = await keyOf({ country: voucher.country, kidStart: voucher.kidStart });
  if (!key) {
    return refuse('voucher.wrong-issuer');
  }
  const { cose } = voucher;
  if (!(await verifyBytes(cose.signature, toBeSigned(cose.protectedBytes, cose.payload), key))) {
    return refuse('voucher.tampered');
  }
  if (voucher.issuedAt > at + CLOCK_SKEW_SECONDS) {
    return refuse('voucher.not-yet-valid');
  }
  if (voucher.expiresAt <= at) {
    return refuse('voucher.past-its-date');
  }
  return ok(voucher);
}

/** Whether the code on a booklet's cover belongs to a voucher. */
export async function isPaired(
  voucher: Pick<VoucherContent, 'voucherId' | 'pairing'>,
  bookletCode: string,
): Promise<boolean> {
  const [said, is] = [fromBase64Url(await pairingOf(voucher.voucherId, bookletCode)), fromBase64Url(voucher.pairing)];
  return said !== undefined && is !== undefined && equalBytes(said, is as Bytes);
}
