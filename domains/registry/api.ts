import type { PurposeOfUse } from '@serai/policy/types.ts';

/** A birth as people know it: a date, a month, a year, or an age someone estimated. */
export type Birth =
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'estimated-age'; readonly years: number; readonly on: string };

export interface PersonName {
  /** The whole name as the person writes or says it, in any script. Required. */
  readonly text: string;
  readonly given?: readonly string[];
  readonly family?: string;
}

export type Sex = 'female' | 'male' | 'other' | 'unknown';

export interface ConsentChoice {
  readonly purpose: Extract<PurposeOfUse, 'TREAT' | 'COC' | 'PUBHLTH' | 'HRESCH'>;
  readonly decision: 'permit' | 'deny';
}

/**
 * `POST /api/persons`: the minimum of DOMAIN B.5. Nationality, immigration status, document number and address are
 * never asked, and a body that holds them is refused.
 */
export interface RegisterPerson {
  readonly requestId: string;
  readonly name: PersonName;
  readonly otherNames?: readonly PersonName[];
  readonly birth: Birth;
  readonly sex: Sex;
  /** BCP 47, the language the person wants to be spoken to in. */
  readonly language: string;
  readonly interpreterNeeded?: boolean;
  readonly phone?: string;
  readonly consents: readonly ConsentChoice[];
  /** Ids of likely duplicates the person registering has looked at and found to be someone else. */
  readonly notDuplicatesOf?: readonly string[];
}

export interface PersonSummary {
  readonly id: string;
  readonly name: string;
  readonly otherNames: readonly string[];
  /** What is known of the birth, as `1988`, `1988-04` or `1988-04-12`. */
  readonly birth?: string;
  readonly birthIsEstimated: boolean;
  readonly sex: Sex;
  readonly language?: string;
  /** The facility that registered the person. */
  readonly facility?: string;
  /** Set where the record came from a partner node and is only a received copy. */
  readonly receivedFrom?: string;
  readonly updatedAt: string;
}

/** `POST /api/persons/find` (in the body: names do not belong in addresses). Empty text lists the latest. */
export interface FindPersons {
  readonly text: string;
  readonly birthYear?: number;
  readonly cursor?: string;
}
export interface FoundPersons {
  readonly persons: readonly (PersonSummary & { readonly match: number; readonly why: readonly string[] })[];
  readonly next?: string;
}

/** `POST /api/persons/duplicates`: like RegisterPerson without consents. */
export type LikelyDuplicatesQuestion = Pick<RegisterPerson, 'name' | 'otherNames' | 'birth' | 'sex' | 'phone'>;
export interface LikelyDuplicates {
  readonly candidates: readonly {
    readonly person: PersonSummary;
    /** Probability that they are one person, 0 to 1. */
    readonly probability: number;
    readonly why: readonly { readonly what: string; readonly weight: number }[];
  }[];
}

/** `GET /api/persons/:id`. */
export interface PersonPage {
  readonly person: PersonSummary;
  readonly interpreterNeeded: boolean;
  readonly consents: readonly (ConsentChoice & { readonly country?: string; readonly since: string })[];
  readonly assessments: readonly { readonly id: string; readonly at: string; readonly facility?: string }[];
}

/** `POST /api/persons/:id/consents`. */
export interface ChangeConsent extends ConsentChoice {
  readonly requestId: string;
  /** Only for this partner country; absent: everywhere. */
  readonly country?: string;
}
