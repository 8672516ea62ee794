import { decode, encode } from 'cborg';
import { asBytes, type Bytes, equalBytes } from './encoding.ts';

/** COSE_Sign1 (RFC 9052, section 4.2) and the CBOR it is made of (RFC 8949, deterministic encoding only). */

export const COSE_HEADER = { algorithm: 1, kid: 4 } as const;
export const COSE_ALGORITHM = { ES256: -7, PS256: -37 } as const;

/** CBOR tag 18, one byte. */
const TAG_SIGN1 = 0xd2;

export type CborMap = Map<unknown, unknown>;

export function encodeCbor(value: unknown): Bytes {
  return asBytes(encode(value));
}

/** Undefined when `bytes` is not one whole CBOR item. `strict` also refuses longer spellings of the same value. */
export function decodeCbor(bytes: Uint8Array, strict = true): unknown {
  try {
    return decode(bytes, { useMaps: true, strict, allowIndefinite: !strict, rejectDuplicateMapKeys: true });
  } catch {
    return undefined;
  }
}

export interface CoseSign1 {
  readonly protectedBytes: Uint8Array;
  readonly protectedHeader: CborMap;
  readonly unprotectedHeader: CborMap;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a COSE_Sign1 says, unverified; undefined when `bytes` is not one. The tag may be absent, as in CWT profiles. */
export function readCoseSign1(bytes: Uint8Array, strict = true): CoseSign1 | undefined {
  const untagged = bytes[0] === TAG_SIGN1 ? bytes.subarray(1) : bytes;
  const message = decodeCbor(untagged, strict);
  if (!Array.isArray(message) || message.length !== 4) {
    return undefined;
  }
  const [protectedBytes, unprotectedHeader, payload, signature] = message as unknown[];
  if (
    !(protectedBytes instanceof Uint8Array) ||
    !(unprotectedHeader instanceof Map) ||
    !(payload instanceof Uint8Array) ||
    !(signature instanceof Uint8Array)
  ) {
    return undefined;
  }
  const protectedHeader = protectedBytes.length === 0 ? new Map() : decodeCbor(protectedBytes, strict);
  return protectedHeader instanceof Map
    ? { protectedBytes, protectedHeader, unprotectedHeader, payload, signature }
    : undefined;
}

/** The bytes a COSE_Sign1 signature is made over: the `Signature1` structure. */
export function toBeSigned(protectedBytes: Uint8Array, payload: Uint8Array): Bytes {
  return encodeCbor(['Signature1', protectedBytes, new Uint8Array(0), payload]);
}

/** Assembles a tagged COSE_Sign1 whose headers are all protected. */
export async function signCoseSign1(
  protectedHeader: CborMap,
  payload: Uint8Array,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Bytes> {
  const protectedBytes = encodeCbor(protectedHeader);
  const signature = await sign(toBeSigned(protectedBytes, payload));
  const message = encodeCbor([protectedBytes, new Map(), payload, signature]);
  const tagged = new Uint8Array(message.length + 1);
  tagged[0] = TAG_SIGN1;
  tagged.set(message, 1);
  return tagged;
}

/** The kid of either header, the protected one first. */
export function coseKid(message: CoseSign1): Uint8Array | undefined {
  const kid = message.protectedHeader.get(COSE_HEADER.kid) ?? message.unprotectedHeader.get(COSE_HEADER.kid);
  return kid instanceof Uint8Array ? kid : undefined;
}

/** Whether a message is spelled exactly as {@link signCoseSign1} spells it, with nothing outside the signature. */
export function isMinimal(bytes: Uint8Array, message: CoseSign1): boolean {
  const again = encodeCbor([message.protectedBytes, new Map(), message.payload, message.signature]);
  return bytes[0] === TAG_SIGN1 && equalBytes(bytes.subarray(1), again);
}
