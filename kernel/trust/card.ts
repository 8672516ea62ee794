import { SDJwtVcInstance, type SdJwtVcPayload } from '@sd-jwt/sd-jwt-vc';
import { invariant } from '../base/invariant.ts';
import {
  CARD_CLAIMS,
  CARD_TYPE,
  type CardClaimName,
  type CardContent,
  cardClaimsShape,
  locatorsShape,
} from './card-content.ts';
import { asBytes, type RandomBytes, toBase64Url, utf8 } from './encoding.ts';
import { type PrivateJwk, type PublicJwk, publicPart, signBytes } from './jws.ts';
import type { NodeKey } from './keys.ts';
import { SD_HASH_ALGORITHM, sdHasher } from './sd-jwt.ts';

/**
 * The card a person holds: an SD-JWT VC in which every fact about the person can be shown or kept back, and in which
 * each partner country finds the record under another pseudonym. The printed form is `compact-card.ts`.
 */

export * from './card-content.ts';

/**
 * A person's pairwise pseudonym for one country: the first 16 bytes of HMAC-SHA-256(secret, personId | country),
 * Base64url. Two countries cannot join their records by it, and nobody can compute it without the node's secret.
 */
export async function locatorFor(secret: Uint8Array, personId: string, country: string): Promise<string> {
  invariant(secret.length >= 32, 'the locator secret has at least 256 bits');
  const key = await crypto.subtle.importKey('raw', asBytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, utf8(`${personId}|${country}`));
  return toBase64Url(new Uint8Array(mac).subarray(0, 16));
}

/** The library types a frame by the literal shape of its payload; ours is built from what the card happens to carry. */
type DisclosureFrame = Parameters<SDJwtVcInstance['issue']>[1] & object;

function checked(content: CardContent): CardContent {
  invariant(content.expiresAt > content.issuedAt, 'a card expires after it is issued');
  cardClaimsShape.parse(content.claims);
  locatorsShape.parse(content.locators);
  return content;
}

/** Locators come in fours, the rest decoys, so that their number does not tell how many countries are partners. */
const LOCATOR_STEP = 4;

/**
 * Issues a card as SD-JWT VC with all its disclosures.
 *
 * @param options.holderKey where the card is to live on a phone: only that phone can then prove it holds the card.
 * @throws ZodError when claims or locators are not of their shape: the issuer's own mistake, not a scanned card's.
 */
export function issueCard(
  content: CardContent,
  key: NodeKey,
  random: RandomBytes,
  options: { readonly holderKey?: PublicJwk } = {},
): Promise<string> {
  invariant(key.use === 'card', 'cards are signed with a card key');
  const { issuer, claims, locators, status, issuedAt, expiresAt } = checked(content);
  const countries = Object.keys(locators);
  const present = CARD_CLAIMS.filter((name) => claims[name] !== undefined);
  const sdJwt = new SDJwtVcInstance({
    hasher: sdHasher,
    hashAlg: SD_HASH_ALGORITHM,
    saltGenerator: (length) => toBase64Url(random(length)),
    signer: async (text) => toBase64Url(await signBytes(utf8(text), key.privateJwk)),
    signAlg: 'ES256',
  });
  const payload: SdJwtVcPayload = {
    iss: issuer,
    iat: issuedAt,
    exp: expiresAt,
    vct: CARD_TYPE,
    status: { status_list: { idx: status.idx, uri: status.uri } },
    ...(options.holderKey && { cnf: { jwk: publicPart(options.holderKey) } }),
    ...Object.fromEntries(present.map((name) => [name, claims[name]])),
    locator: locators,
  };
  const frame: unknown = {
    _sd: present,
    locator: {
      _sd: countries,
      _sd_decoy: (LOCATOR_STEP - (countries.length % LOCATOR_STEP)) % LOCATOR_STEP,
    },
  };
  return sdJwt.issue(payload, frame as DisclosureFrame, { header: { kid: key.kid } });
}

/**
 * Makes a presentation: only the named claims, only the verifying country's locator, and, where the holder's key is
 * given, proof of holding it, bound to one verifier and one moment.
 */
export function presentCard(
  card: string,
  show: { readonly claims: readonly CardClaimName[]; readonly country?: string },
  holder?: {
    readonly privateJwk: PrivateJwk;
    /** Base URL of the verifying node. */
    readonly audience: string;
    /** The verifier's challenge; without one, a random text of the holder's. */
    readonly nonce: string;
    readonly now: number;
  },
): Promise<string> {
  const sdJwt = new SDJwtVcInstance({
    hasher: sdHasher,
    ...(holder && {
      kbSigner: async (text: string) => toBase64Url(await signBytes(utf8(text), holder.privateJwk)),
      kbSignAlg: 'ES256',
    }),
  });
  const frame = {
    ...Object.fromEntries(show.claims.map((name) => [name, true])),
    ...(show.country && { locator: { [show.country]: true } }),
  };
  return sdJwt.present(
    card,
    frame,
    holder && { kb: { payload: { iat: holder.now, aud: holder.audience, nonce: holder.nonce } } },
  );
}
