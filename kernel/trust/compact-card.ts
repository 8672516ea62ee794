import { fromBase45, toBase45 } from './base45.ts';
import { CARD_CLAIMS, type CardClaims, type CardContent, cardClaimsShape, locatorsShape } from './card-content.ts';
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
} from './cose.ts';
import { fromBase64Url, toBase64Url } from './encoding.ts';
import { signBytes } from './jws.ts';
import type { NodeKey } from './keys.ts';
import { deflate, inflate } from './zlib.ts';

/**
 * The card as it is printed: the same claims as a CWT (RFC 8392) in COSE_Sign1, in Base45, for one QR code.
 * Everything printed can be read by whoever scans it, so a printed card carries the locators only of the countries it
 * is printed for.
 *
 * | CWT key | meaning |
 * |---|---|
 * | 1 | issuer: two-letter country; which of its nodes, the key tells |
 * | 4, 6 | expires at, issued at (epoch seconds) |
 * | −65537 | map: 1 name, 2 birth year, 3 portrait hash, 4 residence, 5 employment, 6 cover, 7 education, 8 locators by country, 9 status [index, list] |
 *
 * `list` is n for `{issuer}/status-lists/n`, else the whole address. The protected header holds the algorithm and the
 * first six bytes of the key's thumbprint.
 */

export const COMPACT_PREFIX = 'SR1:';

const CWT = { issuer: 1, expiresAt: 4, issuedAt: 6, card: -65_537 } as const;
const FIELD = { locators: 8, status: 9 } as const;
const KID_BYTES = 6;
const MAXIMUM_CARD_BYTES = 16_384;
const ZLIB_FIRST_BYTE = 0x78;

function statusList(issuer: string, uri: string): number | string {
  const number = uri.startsWith(`${issuer}/status-lists/`) ? uri.slice(`${issuer}/status-lists/`.length) : '';
  return /^(0|[1-9]\d{0,8})$/.test(number) ? Number(number) : uri;
}

function claimMap(claims: CardClaims): CborMap {
  const map: CborMap = new Map();
  CARD_CLAIMS.forEach((name, position) => {
    const value = claims[name];
    if (value !== undefined) {
      map.set(position + 1, name === 'portrait_sha256' ? fromBase64Url(value as string) : value);
    }
  });
  return map;
}

/** Issues the card in its printed form: `SR1:` and Base45, every character of which a QR code holds in 5½ bits. */
export async function issueCompactCard(content: CardContent, country: string, key: NodeKey): Promise<string> {
  cardClaimsShape.parse(content.claims);
  locatorsShape.parse(content.locators);
  const card = claimMap(content.claims);
  const locators = Object.entries(content.locators).map(([to, text]) => [to, fromBase64Url(text)] as const);
  card.set(FIELD.locators, new Map(locators));
  card.set(FIELD.status, [content.status.idx, statusList(content.issuer, content.status.uri)]);
  const payload: CborMap = new Map<unknown, unknown>([
    [CWT.issuer, country],
    [CWT.expiresAt, content.expiresAt],
    [CWT.issuedAt, content.issuedAt],
    [CWT.card, card],
  ]);
  const header: CborMap = new Map<unknown, unknown>([
    [COSE_HEADER.algorithm, COSE_ALGORITHM.ES256],
    [COSE_HEADER.kid, fromBase64Url(key.kid)?.subarray(0, KID_BYTES)],
  ]);
  const message = await signCoseSign1(header, encodeCbor(payload), (bytes) => signBytes(bytes, key.privateJwk));
  const deflated = await deflate(message);
  return COMPACT_PREFIX + toBase45(deflated.length < message.length ? deflated : message);
}

export interface ReadCompactCard {
  readonly cose: CoseSign1;
  /** First characters of the signing key's kid. */
  readonly kidStart: string;
  readonly country: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly claims: CardClaims;
  readonly locators: Readonly<Record<string, string>>;
  readonly statusIndex: number;
  /** Full address of the status list, once the issuing node's base URL is known. */
  readonly statusUri: (issuer: string) => string;
}

/** What a printed card says, unverified; undefined when `text` is not one. */
export async function readCompactCard(text: string): Promise<ReadCompactCard | undefined> {
  if (!text.startsWith(COMPACT_PREFIX)) {
    return undefined;
  }
  const coded = fromBase45(text.slice(COMPACT_PREFIX.length));
  const bytes = coded?.[0] === ZLIB_FIRST_BYTE ? await inflate(coded, MAXIMUM_CARD_BYTES) : coded;
  const cose = bytes && readCoseSign1(bytes);
  if (!bytes || !cose || !isMinimal(bytes, cose)) {
    return undefined;
  }
  const payload = decodeCbor(cose.payload);
  const kid = cose.protectedHeader.get(COSE_HEADER.kid);
  const isOurs = cose.protectedHeader.get(COSE_HEADER.algorithm) === COSE_ALGORITHM.ES256 && kid instanceof Uint8Array;
  if (!isOurs || kid.length !== KID_BYTES || !(payload instanceof Map)) {
    return undefined;
  }
  return readPayload(cose, toBase64Url(kid), payload);
}

function readPayload(cose: CoseSign1, kidStart: string, payload: CborMap): ReadCompactCard | undefined {
  const card = payload.get(CWT.card);
  const country = payload.get(CWT.issuer);
  const issuedAt = payload.get(CWT.issuedAt);
  const expiresAt = payload.get(CWT.expiresAt);
  if (!(card instanceof Map) || typeof country !== 'string') {
    return undefined;
  }
  if (!Number.isInteger(issuedAt) || !Number.isInteger(expiresAt)) {
    return undefined;
  }
  const claims = cardClaimsShape.safeParse(
    Object.fromEntries(
      CARD_CLAIMS.flatMap((name, position) => {
        const value = plain(card.get(position + 1));
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
  const locators = locatorsShape.safeParse(plain(card.get(FIELD.locators)));
  const status: unknown = card.get(FIELD.status);
  if (!claims.success || !locators.success || !Array.isArray(status) || status.length !== 2) {
    return undefined;
  }
  const [index, list] = status as unknown[];
  if (!Number.isInteger(index) || !(typeof list === 'string' || Number.isInteger(list))) {
    return undefined;
  }
  return {
    cose,
    kidStart,
    country,
    issuedAt: issuedAt as number,
    expiresAt: expiresAt as number,
    claims: claims.data,
    locators: locators.data,
    statusIndex: index as number,
    statusUri: (issuer) => (typeof list === 'string' ? list : `${issuer}/status-lists/${list}`),
  };
}

/** CBOR maps as plain objects and bytes as Base64url, so that both forms of a card are checked by one shape. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return toBase64Url(value);
  }
  return value instanceof Map
    ? Object.fromEntries(Array.from(value, ([key, member]) => [String(key), plain(member)]))
    : value;
}
