import type { Bundle } from '@medplum/fhirtypes';

/** `POST /api/persons/:id/cards`: what the person chose to carry. */
export interface IssueCard {
  readonly requestId: string;
  readonly include: readonly ('name' | 'birthYear' | 'residence' | 'employment' | 'cover' | 'education')[];
  readonly residence?: string;
  readonly employment?: string;
  readonly education?: string;
  /** SHA-256 of a portrait the person keeps, base64url. */
  readonly portraitHash?: string;
  /** Public JWK of the phone that will hold the card; absent: a paper card. */
  readonly holderKey?: Readonly<Record<string, unknown>>;
  /** Default: one year. */
  readonly validDays?: number;
}

export interface IssuedCard {
  readonly cardId: string;
  /** SD-JWT VC with every disclosure, for the phone. */
  readonly sdJwt: string;
  /** The compact signed form, for the printed QR code. */
  readonly printed: { readonly text: string; readonly bytes: number; readonly qrVersion: number };
  readonly claims: Readonly<Record<string, string | number>>;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly revokedAt?: string;
}

/** `GET /api/persons/:id/cards`. */
export interface CardsOfPerson {
  readonly cards: readonly Omit<IssuedCard, 'sdJwt' | 'printed'>[];
}

/** `POST /api/cards/revoke`, with the `cardId` in the body: it holds an address, and addresses do not nest. */
export interface RevokeCard {
  readonly requestId: string;
  readonly reason: 'lost' | 'stolen' | 'wrong-data' | 'person-asked';
}

/** `POST /api/cards/verify`: offline; nothing leaves the node. Refusals carry `card.*` codes. */
export interface VerifyCard {
  readonly text: string;
}
export interface VerifiedCard {
  readonly cardId: string;
  readonly issuerCountry: string;
  readonly form: 'sd-jwt' | 'compact';
  readonly holderBound: boolean;
  readonly claims: Readonly<Record<string, string | number>>;
  readonly expiresAt: string;
  /** Ages of what the verification rests on, so that the reader can judge an offline answer. */
  readonly statusAgeSeconds: number;
  readonly trustListAgeSeconds: number;
  /** True when the card is this node's own: then its person is in the local register. */
  readonly localPersonId?: string;
  /** Clauses of agreements in force under which this reader could ask the issuer for a summary. */
  readonly clauses: readonly {
    readonly agreement: string;
    readonly clause: string;
    readonly title: string;
    readonly purposes: readonly string[];
    readonly categories: readonly string[];
  }[];
}

/** `POST /api/crossings`: ask the card's home node for the summary. Refusals carry `crossing.*` or `card.*` codes. */
export interface CrossBorderRequest {
  readonly requestId: string;
  readonly card: string;
  readonly purpose: string;
  readonly clause: string;
  readonly language: string;
}

/** `GET /api/received/:id`, and the answer of `POST /api/crossings`: a record from abroad, never edited here. */
export interface ReceivedRecord {
  readonly id: string;
  readonly from: string;
  readonly receivedAt: string;
  readonly purpose: string;
  readonly agreement: string;
  readonly clause: string;
  readonly categories: readonly string[];
  /** The IPS document as signed by the home node. */
  readonly document: Bundle;
  readonly provenance: {
    readonly signedBy: string;
    readonly keyId: string;
    readonly signedAt: string;
    readonly verifiedAt: string;
    readonly documentDigest: string;
  };
  readonly retainUntil: string;
}

/** `GET /api/received`: what this reader's facility has received, newest first. */
export interface ReceivedRecords {
  readonly records: readonly (Omit<ReceivedRecord, 'document' | 'provenance'> & { readonly name: string })[];
}

/** `GET /api/persons/:id/disclosures`: who saw what, when, why, under which clause; refused attempts too. */
export interface Disclosures {
  readonly disclosures: readonly {
    readonly entryId: string;
    readonly at: string;
    readonly direction: 'here' | 'abroad';
    readonly outcome: 'permitted' | 'refused';
    readonly recipientClass: string;
    readonly recipient: string;
    readonly country: string;
    readonly facility?: string;
    readonly purpose: string;
    readonly clause?: string;
    readonly what: readonly string[];
    readonly reason?: string;
    /** Position in the evidence log, once sequenced. */
    readonly leafIndex?: number;
  }[];
  /** Disclosures by class of recipient over the whole node; `enforcement` is promised to be 0. */
  readonly counters: { readonly disclosed: Readonly<Record<string, number>>; readonly enforcementRefused: number };
}
