import { CompactEncrypt, compactDecrypt, type JWK } from 'jose';
import type { Scheme } from '../../schemes/scheme.ts';
import type { EnrolForm } from '../console/enrol-form.ts';
import type { EnrolmentScheme } from '../groups.routes.ts';

/**
 * Enrolling where there is no network. What somebody says of their family is sealed to a key of the node as soon as it is
 * kept: the device cannot read it again, nor whoever finds or takes the device. The node opens it for the account that set
 * the device up, once that is signed in.
 */

/** What a device has to enrol by: a scheme as the form needs it, and as its price is reckoned. */
export interface FieldScheme {
  readonly form: EnrolmentScheme;
  readonly rules: Scheme;
}

/** What a node gives a device that is set up. */
export interface FieldKit {
  readonly kitId: string;
  readonly owner: string;
  readonly publicJwk: JWK;
}

/** A family as it was entered, and the day it was. */
export interface FieldEnrolment {
  readonly on: string;
  readonly form: EnrolForm;
}

/** Sealed at most this long: a form of many people is some kilobytes. */
export const sealedAtMost = 60_000;
/** Opened in one call. */
export const openedAtMost = 50;

const algorithm = { alg: 'ECDH-ES', enc: 'A256GCM' } as const;

/** JWE (RFC 7516), compact: ECDH-ES to the key of the kit, AES-256-GCM. */
export async function seal({ kitId, publicJwk }: FieldKit, entered: FieldEnrolment): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(entered));
  return new CompactEncrypt(text).setProtectedHeader({ ...algorithm, kid: kitId }).encrypt(publicJwk);
}

/** @returns what was entered as it was written; undefined where it was not sealed to this key, or was changed. */
export async function unseal(privateJwk: JWK, sealed: string): Promise<unknown> {
  try {
    const { plaintext } = await compactDecrypt(sealed, privateJwk, {
      keyManagementAlgorithms: [algorithm.alg],
      contentEncryptionAlgorithms: [algorithm.enc],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    return undefined;
  }
}
