import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import type { CareSetting, ClaimStatus } from '../cover.ts';

/** What claims routes answer; the screens import these. Amounts are decimal strings with their currency. */

export interface ClaimSummary {
  readonly claimId: string;
  readonly claimNumber: string;
  readonly schemeId: string;
  readonly provider: string;
  readonly memberNumber: string;
  readonly memberName: string;
  readonly care: CareSetting;
  readonly from: string;
  readonly to: string;
  readonly claimedOn: string;
  readonly status: ClaimStatus;
  readonly review: ReviewState;
  readonly reviewBecause: readonly string[];
  readonly feedback: ReviewState;
  readonly claimed: MoneyText;
  readonly paid: MoneyText;
}

export type ReviewState = 'idle' | 'not-selected' | 'selected' | 'delivered' | 'bypassed';

export interface ClaimPage {
  readonly rows: readonly ClaimSummary[];
  readonly next?: string;
}

export interface ClaimLineView {
  readonly line: number;
  readonly kind: 'item' | 'service';
  readonly code: string;
  readonly title?: Readonly<Record<string, string>>;
  readonly quantity: string;
  readonly unitPrice: MoneyText;
  readonly claimed: MoneyText;
  readonly allowed: MoneyText;
  readonly adjusted: MoneyText;
  readonly paid: MoneyText;
  /** A number of `reasons.ts`; the screen says it in words. */
  readonly reason: number;
  readonly rule?: string;
  /** Rates its amounts were exchanged at, with their source and time. */
  readonly exchange?: readonly Rate[];
}

export interface AdjudicationView {
  readonly run: number;
  readonly at: string;
  readonly schemeVersion?: number;
  readonly status: string;
  readonly reason: number;
  readonly rule?: string;
  readonly paid: MoneyText;
  readonly inputDigest: string;
}

export interface ClaimInFull extends ClaimSummary {
  readonly visit: string;
  readonly diagnoses: readonly string[];
  readonly category?: string;
  readonly referralFrom?: string;
  readonly preauthorisation?: string;
  readonly explanation?: string;
  readonly source: string;
  readonly lines: readonly ClaimLineView[];
  readonly adjusted: MoneyText;
  readonly allowed: MoneyText;
  readonly settled: MoneyText;
  /** The claim's own reason, where it fell as a whole. */
  readonly reason: number;
  readonly rule?: string;
  readonly adjudications: readonly AdjudicationView[];
  readonly events: readonly {
    readonly at: string;
    readonly actor: string;
    readonly event: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  readonly decisions: readonly LineDecisionView[];
  readonly appeals: readonly AppealView[];
  readonly feedbackGiven?: FeedbackView;
  /** Two people decide it: it is worth this much or more. */
  readonly fourEyesFrom: MoneyText;
}

export interface LineDecisionView {
  readonly line: number;
  readonly decision: 'accepted' | 'rejected' | 'adjusted';
  readonly quantity?: string;
  readonly amount?: MoneyText;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export interface AppealView {
  readonly appealId: string;
  readonly claimId: string;
  readonly onBehalfOf: 'provider' | 'member';
  readonly reason: string;
  readonly opened: string;
  readonly state: 'open' | 'upheld' | 'granted';
  readonly decision?: string;
  readonly decided?: string;
  readonly runBefore: number;
  readonly runAfter?: number;
}

export interface FeedbackView {
  readonly careRendered: boolean;
  readonly paymentAsked: boolean;
  readonly drugsPrescribed: boolean;
  readonly drugsReceived: boolean;
  readonly rating: number;
  readonly mismatches: readonly string[];
  readonly at: string;
}

/** What stands around a claim: what looks wrong with it, and the member's other claims. For those who judge. */
export interface AroundClaim {
  readonly suspicions: readonly {
    readonly number: number;
    readonly weight: 'certain' | 'likely' | 'possible';
    readonly with: readonly string[];
    readonly line?: number;
  }[];
  readonly others: readonly ClaimSummary[];
}

/** What a claim may be made of. */
export interface ClaimChoices {
  readonly schemes: readonly {
    readonly id: string;
    readonly title: Readonly<Record<string, string>>;
    readonly currency: string;
    /** Pays facilities for the heads registered with them; prices by what a period earned. */
    readonly paysByHead: boolean;
    readonly relativePrices: boolean;
    /** Rules that bring a claim before a person; told to those who judge. */
    readonly review: readonly { readonly id: string; readonly title: Readonly<Record<string, string>> }[];
    readonly catalogue: readonly {
      readonly code: string;
      readonly kind: 'item' | 'service';
      readonly title: Readonly<Record<string, string>>;
    }[];
  }[];
  readonly facilities: readonly { readonly provider: string; readonly name: string }[];
}

export interface SubmittedClaim {
  readonly claimId: string;
  readonly claimNumber: string;
  readonly status: ClaimStatus;
  readonly claimed: MoneyText;
  readonly paid: MoneyText;
  readonly lines: readonly {
    readonly line: number;
    readonly paid: MoneyText;
    readonly reason: number;
    readonly rule?: string;
  }[];
}

/** Why the numbers of a bulk act are what they are, before it is done. */
export interface BulkPreview {
  readonly claims: number;
  readonly may: number;
  readonly because: Readonly<Record<string, number>>;
  readonly claimed: readonly MoneyText[];
}

export interface BulkDone {
  readonly done: readonly string[];
  readonly refused: readonly { readonly claimId: string; readonly code: string }[];
}
