/**
 * The words of a decision. `decide` is one function, used by the API, the jobs, the export and the tests;
 * everything it may consider is in the request it is given.
 */

/**
 * What a principal is to a person's health. `employer` enrols and pays, and sees nothing of care or claims; `enforcement`
 * exists only to be refused.
 */
export type PrincipalClass =
  | 'care'
  | 'public-health'
  | 'payer'
  | 'employer'
  | 'person'
  | 'programme'
  | 'system'
  | 'operator'
  | 'enforcement';

/** HL7 v3 PurposeOfUse codes we know, and `x-ENFORCE`, which exists to be denied and logged. */
export type PurposeOfUse =
  | 'TREAT'
  | 'ETREAT'
  | 'BTG'
  | 'COC'
  | 'HPAYMT'
  | 'COVERAGE'
  | 'PUBHLTH'
  | 'HOPERAT'
  | 'PATADMIN'
  | 'HSYSADMIN'
  | 'PATRQT'
  | 'HRESCH'
  | 'GOV'
  | 'HLEGAL'
  | 'MILCDM'
  | 'THREAT'
  | 'FRAUD'
  | 'HMARKT'
  | 'MLTRAINING'
  | 'x-ENFORCE';

/** What an agreement's clause can name: the parts of a record. Every resource falls into at least one. */
export type DataCategory =
  | 'identity'
  | 'contact'
  | 'problems'
  | 'allergies'
  | 'medications'
  | 'immunizations'
  | 'results'
  | 'vital-signs'
  | 'procedures'
  | 'pregnancy'
  | 'tb'
  | 'hiv'
  | 'mental-health'
  | 'violence'
  | 'substance-use'
  | 'social-history'
  | 'devices'
  | 'plan-of-care'
  | 'encounters'
  | 'assessment'
  | 'cover'
  | 'claims'
  | 'fund'
  | 'consent'
  | 'provenance'
  | 'administrative';

export interface Actor {
  /** Stable and pseudonymous: `Practitioner/…`, `Client/…`, `Patient/…` or, for a partner, `node:th/care`. */
  readonly id: string;
  readonly class: PrincipalClass;
  readonly roles: readonly string[];
  /** Two-letter country of the node whose keys vouch for this actor. */
  readonly country: string;
  /** `Organization/…` the actor acts for, where bound to one. */
  readonly facility?: string;
  /** For class `person`: whose record is theirs. */
  readonly personId?: string;
}

export type Action = 'create' | 'read' | 'update' | 'delete' | 'search' | 'history' | 'disclose' | 'call';

/** What the action is on. */
export type Target =
  | {
      readonly kind: 'resource';
      readonly resourceType: string;
      readonly id?: string;
      /** The person the resource belongs to; absent for resources that belong to nobody. */
      readonly personId?: string;
      readonly categories: readonly DataCategory[];
      /** Of a claim: the `Organization/…` that made it. */
      readonly claimedBy?: string;
      /** Sensitivity labels of `meta.security` (v3-ActCode, v3-Confidentiality, `x-TB`, …). */
      readonly labels: readonly string[];
    }
  | { readonly kind: 'type'; readonly resourceType: string }
  | { readonly kind: 'route'; readonly method: string; readonly route: string };

/** A person's own decision about one purpose. The latest in force wins. */
export interface ConsentFact {
  readonly purpose: PurposeOfUse;
  readonly decision: 'permit' | 'deny';
  /** Country the consent speaks about; absent: everywhere. */
  readonly country?: string;
  readonly id: string;
}

/** What is known of a person that decisions may rest on; kept by the store beside the record. */
export interface PersonFacts {
  readonly consents: readonly ConsentFact[];
  /** Facilities that have cared for the person (`Organization/…`). */
  readonly facilities: readonly string[];
}

export interface Facts {
  readonly person?: PersonFacts;
  /** Set for a request under an agreement: which clause is called upon, and what the node knows of it. */
  readonly agreement?: {
    readonly id: string;
    readonly version: number;
    readonly clause: string;
    /** ISO instant at which the decision is made. */
    readonly at: string;
  };
  /** A live break-glass session of this actor for this person. */
  readonly breakGlass?: { readonly reason: string; readonly until: string };
}

export interface DecisionRequest {
  readonly actor: Actor;
  readonly purpose: PurposeOfUse;
  readonly action: Action;
  readonly target: Target;
  readonly facts?: Facts;
}

export interface Decision {
  readonly permit: boolean;
  /** Ids of the policies that determined it (`firewall.class`, `care.treat`, `agr:…#disclose-tb`). */
  readonly policies: readonly string[];
  /** Agreement clauses among them, like `agr:MM-TH:care#art-4-2`. */
  readonly clauses: readonly string[];
  /** Why not, for the log and never for the refused: `firewall`, `purpose`, `consent`, `clause`, `suspended`, `no-permit`, … */
  readonly reason: string;
}

export type Decide = (request: DecisionRequest) => Decision;
