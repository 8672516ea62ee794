import { z } from 'zod';

/** What a card says, in whatever form: shared by issuing and checking, so that a checker need not carry the issuer. */

export const CARD_TYPE = 'urn:serai:card:1';

/** A fact in a few short fields, as `{ sector: 'fishing', until: '2027-03' }`, or one short text. */
const factShape = z.union([
  z.string().max(200),
  z
    .record(z.string().max(40), z.union([z.string().max(200), z.number()]))
    .refine((fact) => Object.keys(fact).length <= 12),
]);
export type CardFact = z.infer<typeof factShape>;

export const cardClaimsShape = z.object({
  name: z.string().max(200).optional(),
  birth_year: z.int().min(1880).max(2200).optional(),
  /** SHA-256 of the portrait file, Base64url; the portrait itself never leaves the holder and the issuer. */
  portrait_sha256: z.string().length(43).optional(),
  residence: factShape.optional(),
  employment: factShape.optional(),
  cover: factShape.optional(),
  education: factShape.optional(),
});
export type CardClaims = z.infer<typeof cardClaimsShape>;

export const CARD_CLAIMS = [
  'name',
  'birth_year',
  'portrait_sha256',
  'residence',
  'employment',
  'cover',
  'education',
] as const satisfies readonly (keyof CardClaims)[];
export type CardClaimName = (typeof CARD_CLAIMS)[number];

const locator = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** Pairwise pseudonyms by two-letter country of the verifier. */
export const locatorsShape = z.record(z.string().regex(/^[A-Z]{2}$/), locator);

export interface StatusReference {
  readonly uri: string;
  readonly idx: number;
}

export interface CardContent {
  /** Base URL of the issuing node. */
  readonly issuer: string;
  readonly claims: CardClaims;
  readonly locators: Readonly<Record<string, string>>;
  readonly status: StatusReference;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Names one card, in every form of it: its place in the issuer's status lists. */
export function cardId(status: StatusReference): string {
  return `${status.uri}#${status.idx}`;
}
