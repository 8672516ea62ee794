import type { Language } from '@serai/kernel/i18n/i18n.ts';

/** `GET /api/config`: what a page needs before anyone has signed in. */
export interface NodeConfig {
  readonly country: string;
  readonly nodeName: Readonly<Record<Language, string>>;
  readonly languages: readonly Language[];
  /** True in the demonstration: country files are illustrative and the screens say so. */
  readonly illustrative: boolean;
  readonly oidc: { readonly issuer: string; readonly clientId: string };
  /** The other countries this node knows of. */
  readonly partners: readonly {
    readonly country: string;
    readonly name: Readonly<Record<Language, string>>;
    /** Whether there is a node to speak with: an active one of the trust list. */
    readonly hasNode: boolean;
  }[];
}

/** What someone may be offered; what they may do is decided again, act by act. */
export type May =
  | 'register'
  | 'assess'
  | 'read'
  | 'issue-card'
  | 'scan'
  | 'operate'
  | 'cover.enrol'
  /** Decides on policies and their money; volunteers enrol in the field and do none of it. */
  | 'cover.enrol.desk'
  | 'cover.employer'
  | 'cover.claims'
  | 'cover.provider'
  | 'cover.fund'
  | 'cover.actuary'
  /** Sees claims, accounts and the actuary's figures, and moves nothing. */
  | 'cover.look'
  | 'cover.vouchers'
  /** Validates, decides disputes, revokes devices; volunteers hand out and do none of it. */
  | 'cover.vouchers.settle'
  | 'cover.mine';

/** `GET /api/me`: who has signed in. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly roles: readonly string[];
  readonly facility?: { readonly id: string; readonly name: string };
  readonly country: string;
  readonly language: Language;
  /** Sections of the console this person may open. */
  readonly may: readonly May[];
}

/** How every refused or failed call answers: FHIR's own form, with our code in `details.coding`. */
export interface ApiOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly {
    readonly severity: 'fatal' | 'error' | 'warning' | 'information';
    readonly code: string;
    readonly details?: {
      readonly coding?: readonly { readonly system: string; readonly code: string }[];
      readonly text?: string;
    };
    readonly diagnostics?: string;
    readonly expression?: readonly string[];
  }[];
}
