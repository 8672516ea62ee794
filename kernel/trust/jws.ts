import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import { asBytes, type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from './encoding.ts';

/** Compact JWS, and the keys it is made with. Only the two algorithms the network uses exist here. */

export type SignatureAlgorithm = 'ES256' | 'Ed25519';

export interface PublicJwk {
  readonly kty: 'EC' | 'OKP';
  readonly crv: 'P-256' | 'Ed25519';
  readonly x: string;
  readonly y?: string;
}

export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

/** A key that signs. `kid` is the RFC 7638 thumbprint of the public key. Plain data: the node seals and stores it. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: PrivateJwk;
}

const imported = new WeakMap<object, Promise<CryptoKey>>();

/** The platform's key for a JWK; kept while the JWK object lives, since importing costs as much as verifying. */
export function cryptoKey(jwk: PublicJwk | PrivateJwk): Promise<CryptoKey> {
  let key = imported.get(jwk);
  if (!key) {
    key = importJWK(jwk as JWK, algorithmOf(jwk)) as Promise<CryptoKey>;
    imported.set(jwk, key);
  }
  return key;
}

export function algorithmOf(jwk: PublicJwk): SignatureAlgorithm {
  return jwk.crv === 'P-256' ? 'ES256' : 'Ed25519';
}

/** RFC 7638 thumbprint (SHA-256, Base64url) of a public key: its `kid`. */
export function thumbprint(jwk: PublicJwk): Promise<string> {
  return calculateJwkThumbprint(publicPart(jwk) as JWK, 'sha256');
}

/** Only the public members, whatever else the object carries. */
export function publicPart(jwk: PublicJwk): PublicJwk {
  return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, ...(jwk.y !== undefined && { y: jwk.y }) };
}

/** A new key pair; the platform draws it, as key generation cannot be handed its randomness. */
export async function generateSigningKey(algorithm: SignatureAlgorithm = 'ES256'): Promise<SigningKey> {
  const parameters = algorithm === 'ES256' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'Ed25519' };
  const pair = (await crypto.subtle.generateKey(parameters, true, ['sign', 'verify'])) as CryptoKeyPair;
  const exported = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as PrivateJwk;
  const publicJwk = publicPart(exported);
  return { kid: await thumbprint(publicJwk), algorithm, publicJwk, privateJwk: { ...publicJwk, d: exported.d } };
}

/**
 * Signs `payload` as JSON: compact JWS (RFC 7515) with `typ` and `kid` in its protected header. Put together here, on the
 * platform's signature: documents of half a megabyte cross while someone waits, and a library would encode them twice.
 */
export async function signJws(payload: object, typ: string, key: SigningKey): Promise<string> {
  const segment = (value: object) => toBase64Url(utf8(JSON.stringify(value)));
  const signed = `${segment({ alg: key.algorithm, typ, kid: key.kid })}.${segment(payload)}`;
  return `${signed}.${toBase64Url(await signBytes(utf8(signed), key.privateJwk))}`;
}

export interface ReadJws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

function jsonObject(segment: string): Record<string, unknown> | undefined {
  const bytes = fromBase64Url(segment);
  if (!bytes) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What a compact JWS says, unverified; undefined when it is not one, or not in its one spelling. */
export function readJws(text: string): ReadJws | undefined {
  const parts = text.split('.');
  const [head, body, signature] = parts;
  if (parts.length !== 3 || !head || !body || !signature || !fromBase64Url(signature)) {
    return undefined;
  }
  const header = jsonObject(head);
  const payload = jsonObject(body);
  return header && payload ? { header, payload } : undefined;
}

/**
 * Whether `text` is signed by `jwk`, with the algorithm that key is for and no other. A header that asks for extensions
 * (`crit`, RFC 7515 4.1.11) is refused: none is understood here.
 */
export async function verifyJws(text: string, jwk: PublicJwk): Promise<boolean> {
  const end = text.lastIndexOf('.');
  const header = jsonObject(text.slice(0, text.indexOf('.')));
  const signature = fromBase64Url(text.slice(end + 1));
  if (!header || !signature || text.split('.').length !== 3 || header.alg !== algorithmOf(jwk) || 'crit' in header) {
    return false;
  }
  return verifyBytes(signature, utf8(text.slice(0, end)), jwk);
}

function signatureParameters(jwk: PublicJwk): AlgorithmIdentifier | EcdsaParams {
  return algorithmOf(jwk) === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'Ed25519' };
}

/** A bare signature over bytes: 64 bytes, r ‖ s for ES256. */
export async function signBytes(bytes: Uint8Array, jwk: PrivateJwk): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(signatureParameters(jwk), await cryptoKey(jwk), asBytes(bytes)));
}

export async function verifyBytes(signature: Uint8Array, bytes: Uint8Array, jwk: PublicJwk): Promise<boolean> {
  try {
    const key = await cryptoKey(jwk);
    return await crypto.subtle.verify(signatureParameters(jwk), key, asBytes(signature), asBytes(bytes));
  } catch {
    return false;
  }
}
