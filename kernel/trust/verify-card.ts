import { z } from 'zod';
import { ok, type Refusal, type Result, refuse } from '../base/refusal.ts';
import type { CardRefusalCode } from './card.refusals.ts';
import {
  CARD_TYPE,
  type CardClaims,
  cardClaimsShape,
  cardId,
  locatorsShape,
  type StatusReference,
} from './card-content.ts';
import { COMPACT_PREFIX, type ReadCompactCard, readCompactCard } from './compact-card.ts';
import { toBeSigned } from './cose.ts';
import { type PublicJwk, verifyBytes } from './jws.ts';
import { CLOCK_SKEW_SECONDS, publicJwkShape, type VerifiedKeySet } from './keys.ts';
import { isBoundBy, isIssuedBy, type ReadSdJwt, readSdJwt } from './sd-jwt.ts';
import { STATUS, statusAt, type VerifiedStatusList } from './status-list-reading.ts';
import { type ResolvedKey, resolveKey, type TrustList } from './trust-list.ts';

/** Checking a card without a network: everything needed was fetched before, and the answer says how old it is. */

export interface CardContext {
  readonly now: number;
  /** Two-letter country of the verifying node: whose locator is wanted. */
  readonly country: string;
  /** Base URL of the verifying node: whom a presentation must be made for. */
  readonly audience: string;
  readonly trustList: TrustList;
  readonly keySets: readonly VerifiedKeySet[];
  /** The cached status list at an address, if any. */
  readonly statusList: (uri: string) => VerifiedStatusList | undefined;
  /** Whether this presentation was seen before, remembering it if not; must outlive `maximumAgeSeconds`. */
  readonly seen?: (id: string) => boolean | Promise<boolean>;
  /** The challenge given to the holder, where one was. */
  readonly nonce?: string;
  /** How old a presentation may be. 300 unless told. */
  readonly maximumAgeSeconds?: number;
  /** Refuse cards shown without proof that the holder's phone made the presentation. False unless told. */
  readonly requireHolder?: boolean;
}

export interface VerifiedCard {
  readonly form: 'sd-jwt' | 'sd-jwt+kb' | 'compact';
  readonly issuerCountry: string;
  /** Base URL of the issuing node: where to ask for the record. */
  readonly issuer: string;
  /** Only what was shown. */
  readonly claims: CardClaims;
  /** The record's locator for the verifying country; absent where the card has none for it or it was kept back. */
  readonly locator?: string;
  /** The same for every form of one card. */
  readonly cardId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly statusAgeSeconds: number;
  readonly trustListAgeSeconds: number;
  /** Whether the holder's phone proved that it holds the card. */
  readonly holderBound: boolean;
}

/** What both forms come to, before anything in it is believed. */
interface Reading {
  readonly form: VerifiedCard['form'];
  readonly keyWanted: { readonly kid: string; readonly node?: string; readonly country?: string };
  readonly claims: CardClaims;
  readonly locators: Readonly<Record<string, string>>;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly status: (issuer: string) => StatusReference;
  readonly isSignedBy: (key: PublicJwk) => Promise<boolean>;
  readonly holder?: { readonly sdJwt: ReadSdJwt; readonly key: PublicJwk };
}

const sdJwtShape = z.object({
  iss: z.string(),
  vct: z.literal(CARD_TYPE),
  iat: z.int(),
  exp: z.int(),
  status: z.object({ status_list: z.object({ idx: z.int().min(0), uri: z.string() }) }),
  cnf: z.object({ jwk: publicJwkShape }).optional(),
  locator: locatorsShape.optional(),
});

async function readSdJwtForm(text: string): Promise<Reading | undefined> {
  const sdJwt = await readSdJwt(text);
  const kid = sdJwt?.header.kid;
  if (sdJwt?.header.typ !== 'dc+sd-jwt' || typeof kid !== 'string' || kid.length !== 43) {
    return undefined;
  }
  const fixed = sdJwtShape.safeParse(sdJwt.claims);
  const claims = cardClaimsShape.safeParse(sdJwt.claims);
  if (!fixed.success || !claims.success) {
    return undefined;
  }
  const { iss, iat, exp, status, cnf, locator } = fixed.data;
  if (sdJwt.keyBinding && !cnf) {
    return undefined;
  }
  return {
    form: sdJwt.keyBinding ? 'sd-jwt+kb' : 'sd-jwt',
    keyWanted: { kid, node: iss },
    claims: claims.data,
    locators: locator ?? {},
    issuedAt: iat,
    expiresAt: exp,
    status: () => status.status_list,
    isSignedBy: (key) => isIssuedBy(sdJwt, key),
    ...(cnf && { holder: { sdJwt, key: cnf.jwk } }),
  };
}

function readingOfCompact(card: ReadCompactCard): Reading {
  return {
    form: 'compact',
    keyWanted: { kid: card.kidStart, country: card.country },
    claims: card.claims,
    locators: card.locators,
    issuedAt: card.issuedAt,
    expiresAt: card.expiresAt,
    status: (issuer) => ({ uri: card.statusUri(issuer), idx: card.statusIndex }),
    isSignedBy: (key) => verifyBytes(card.cose.signature, toBeSigned(card.cose.protectedBytes, card.cose.payload), key),
  };
}

/** No card is longer; what is goes no further. */
const MAXIMUM_CHARACTERS = 20_000;

/** Undefined for whatever is not a card. Nesting deep enough to exhaust the stack is not one either. */
async function read(text: string): Promise<Reading | undefined> {
  if (text.length > MAXIMUM_CHARACTERS) {
    return undefined;
  }
  try {
    return await readEitherForm(text);
  } catch {
    return undefined;
  }
}

/** Scanners and mail programs add white space; only the blank is a character of Base45, and may also end a card. */
async function readEitherForm(text: string): Promise<Reading | undefined> {
  const start = text.trimStart();
  if (!start.startsWith(COMPACT_PREFIX)) {
    return readSdJwtForm(text.replace(/\s+/g, ''));
  }
  const line = start.replace(/[\r\n\t\u00a0\u200b]+/g, '');
  const card = (await readCompactCard(line)) ?? (await readCompactCard(line.trimEnd()));
  return card && readingOfCompact(card);
}

/**
 * Checks a scanned or pasted card of either form, in the order of `card.refusals.ts`.
 * A presentation is remembered as seen only when its signatures hold.
 */
export async function verifyCard(text: string, context: CardContext): Promise<Result<VerifiedCard, CardRefusalCode>> {
  const { now, trustList, keySets } = context;
  const reading = await read(text);
  if (!reading) {
    return refuse('card.unreadable');
  }
  if (trustList.expiresAt <= now) {
    return refuse('card.stale-trust', { secondsAgo: now - trustList.expiresAt });
  }
  const resolved = await resolveKey(trustList, keySets, { ...reading.keyWanted, use: 'card', now });
  if (!resolved.ok) {
    return refuse('card.wrong-issuer', { because: resolved.code });
  }
  const { node, country, key } = resolved.value;
  const keySet = keySets.find((set) => set.node === node.baseUrl);
  if (keySet && keySet.expiresAt <= now) {
    return refuse('card.stale-trust', { secondsAgo: now - keySet.expiresAt });
  }
  if (!(await reading.isSignedBy(key))) {
    return refuse('card.tampered');
  }
  const refusal = (await holderRefusal(reading, context)) ?? timeRefusal(reading, now);
  if (refusal) {
    return refusal;
  }
  const status = reading.status(node.baseUrl);
  const standing = statusOf(status, resolved.value, context);
  if (!standing.ok) {
    return standing;
  }
  const locator = reading.locators[context.country];
  return ok({
    form: reading.form,
    issuerCountry: country,
    issuer: node.baseUrl,
    claims: reading.claims,
    ...(locator !== undefined && { locator }),
    cardId: cardId(status),
    issuedAt: reading.issuedAt,
    expiresAt: reading.expiresAt,
    statusAgeSeconds: standing.value.ageSeconds,
    trustListAgeSeconds: Math.max(0, now - trustList.issuedAt),
    holderBound: reading.form === 'sd-jwt+kb',
  });
}

async function holderRefusal(reading: Reading, context: CardContext): Promise<Refusal<CardRefusalCode> | undefined> {
  const keyBinding = reading.holder?.sdJwt.keyBinding;
  if (!reading.holder || !keyBinding) {
    return context.requireHolder ? refuse('card.holder-not-proven') : undefined;
  }
  if (!(await isBoundBy(keyBinding, reading.holder.key))) {
    return refuse('card.tampered');
  }
  const { aud, iat, nonce } = keyBinding.payload;
  if (aud !== context.audience) {
    return refuse('card.wrong-audience');
  }
  const ageSeconds = context.now - iat;
  if (ageSeconds > (context.maximumAgeSeconds ?? 300) || ageSeconds < -CLOCK_SKEW_SECONDS) {
    return refuse('card.replayed', { ageSeconds });
  }
  if (context.nonce !== undefined && nonce !== context.nonce) {
    return refuse('card.replayed');
  }
  return (await context.seen?.(`${aud} ${nonce}`)) ? refuse('card.replayed') : undefined;
}

function timeRefusal(reading: Reading, now: number): Refusal<CardRefusalCode> | undefined {
  if (reading.issuedAt > now + CLOCK_SKEW_SECONDS) {
    return refuse('card.not-yet-valid', { secondsAhead: reading.issuedAt - now });
  }
  return reading.expiresAt <= now ? refuse('card.expired', { secondsAgo: now - reading.expiresAt }) : undefined;
}

function statusOf(
  status: StatusReference,
  issuer: ResolvedKey,
  context: CardContext,
): Result<{ readonly ageSeconds: number }, CardRefusalCode> {
  const list = context.statusList(status.uri);
  // A list of another node, or one past its own end, says nothing about this card.
  if (!list || list.node !== issuer.node.baseUrl || (list.expiresAt !== undefined && list.expiresAt <= context.now)) {
    return refuse('card.status-unknown');
  }
  const value = statusAt(list, status.idx);
  if (value === undefined) {
    return refuse('card.status-unknown');
  }
  if (value !== STATUS.valid) {
    return refuse('card.revoked', { status: value === STATUS.suspended ? 'suspended' : 'revoked' });
  }
  return ok({ ageSeconds: Math.max(0, context.now - list.issuedAt) });
}
