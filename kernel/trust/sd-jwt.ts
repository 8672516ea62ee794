import { SDJwt } from '@sd-jwt/core';
import { asBytes, digestText, fromBase64Url, fromUtf8, sha256, toBase64Url, utf8 } from './encoding.ts';
import { type PublicJwk, readJws, verifyJws } from './jws.ts';

/**
 * SD-JWT (RFC 9901), read strictly: every disclosure must be referred to by the signed part exactly once, so nothing can
 * be added, doubled or changed.
 */

export const SD_HASH_ALGORITHM = 'sha-256';

/** The hash function handed to `@sd-jwt/*`. */
export function sdHasher(data: string | ArrayBuffer, algorithm: string): Promise<Uint8Array> {
  if (algorithm !== SD_HASH_ALGORITHM) {
    throw new TypeError(`SD-JWT hash ${algorithm} is not supported`);
  }
  return sha256(typeof data === 'string' ? utf8(data) : asBytes(new Uint8Array(data)));
}

export interface KeyBinding {
  readonly text: string;
  readonly payload: { readonly iat: number; readonly aud: string; readonly nonce: string; readonly sd_hash: string };
  /** Whether it speaks of exactly the disclosures it came with. */
  readonly hashFits: boolean;
}

export interface ReadSdJwt {
  readonly header: Readonly<Record<string, unknown>>;
  /** The signed part as it is, digests and all. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The signed part with what was disclosed put in place. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The issuer-signed JWT alone. */
  readonly jwt: string;
  /** False when a disclosure is not one the issuer signed, or comes twice. */
  readonly disclosuresFit: boolean;
  readonly keyBinding?: KeyBinding;
}

const FORBIDDEN_NAMES = new Set(['_sd', '...', '__proto__']);

function readDisclosure(text: string): unknown | undefined {
  const bytes = fromBase64Url(text);
  if (!bytes) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    if (!Array.isArray(value) || value.length < 2 || value.length > 3 || typeof value[0] !== 'string') {
      return undefined;
    }
    const isNamed = value.length === 3;
    if (isNamed && (typeof value[1] !== 'string' || FORBIDDEN_NAMES.has(value[1]))) {
      return undefined;
    }
    return { value: value.at(-1) };
  } catch {
    return undefined;
  }
}

/** Every digest a value refers to, at any depth. */
function digestsIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) {
    for (const item of value) {
      digestsIn(item, found);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key === '_sd' && Array.isArray(member)) {
        found.push(...member.filter((digest) => typeof digest === 'string'));
      } else if (key === '...' && typeof member === 'string') {
        found.push(member);
      } else {
        digestsIn(member, found);
      }
    }
  }
  return found;
}

/** What a compact SD-JWT says, unverified; undefined when `text` is not one. */
export async function readSdJwt(text: string): Promise<ReadSdJwt | undefined> {
  const parts = text.split('~');
  const jwt = parts[0] as string;
  const jws = readJws(jwt);
  if (!jws || parts.length < 2 || (jws.payload._sd_alg ?? SD_HASH_ALGORITHM) !== SD_HASH_ALGORITHM) {
    return undefined;
  }
  const disclosures = parts.slice(1, -1);
  const read = disclosures.map(readDisclosure);
  if (read.includes(undefined)) {
    return undefined;
  }
  const referred = digestsIn([jws.payload, ...read]);
  const digests = await Promise.all(disclosures.map(digestText));
  const disclosuresFit =
    new Set(referred).size === referred.length &&
    new Set(digests).size === digests.length &&
    digests.every((digest) => referred.includes(digest));
  const keyBinding = await readKeyBinding(text, parts.at(-1) as string);
  if (keyBinding === 'unreadable') {
    return undefined;
  }
  const sdJwt = await SDJwt.fromEncode(`${[jwt, ...disclosures].join('~')}~`, sdHasher);
  const claims = await sdJwt.getClaims<Record<string, unknown>>(sdHasher);
  return { ...jws, claims, jwt, disclosuresFit, ...(keyBinding && { keyBinding }) };
}

async function readKeyBinding(text: string, last: string): Promise<KeyBinding | 'unreadable' | undefined> {
  if (last === '') {
    return undefined;
  }
  const jws = readJws(last);
  const { iat, aud, nonce, sd_hash } = jws?.payload ?? {};
  if (
    jws?.header.typ !== 'kb+jwt' ||
    typeof iat !== 'number' ||
    typeof aud !== 'string' ||
    typeof nonce !== 'string' ||
    typeof sd_hash !== 'string'
  ) {
    return 'unreadable';
  }
  const presented = text.slice(0, text.length - last.length);
  const hash = toBase64Url(await sha256(utf8(presented)));
  return { text: last, payload: { iat, aud, nonce, sd_hash }, hashFits: hash === sd_hash };
}

/** Whether the issuer signed it: the signature holds and every disclosure is one the issuer made. */
export async function isIssuedBy(sdJwt: ReadSdJwt, issuer: PublicJwk): Promise<boolean> {
  return sdJwt.disclosuresFit && (await verifyJws(sdJwt.jwt, issuer));
}

/** Whether the key binding was signed by `holder` over exactly this presentation. */
export async function isBoundBy(keyBinding: KeyBinding, holder: PublicJwk): Promise<boolean> {
  return keyBinding.hashFits && (await verifyJws(keyBinding.text, holder));
}
