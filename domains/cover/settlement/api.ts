import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { EmergencyTerms } from '@serai/policy/agreement-cover.ts';
import type { DisputeTerms } from './disputes.ts';
import type { Bearer } from './emergency.ts';
import type { LineState } from './lines.ts';
import type { Statement } from './statement.ts';
import type { Difference } from './statement-check.ts';
import type { StatementState } from './statement-states.ts';

/** `POST /api/cover/settlement/eligibility`: is the holder of this card covered here by their own country? */
export interface AskAbroad {
  readonly requestId: string;
  readonly card: string;
  readonly memberNumber?: string;
  /** Default: today. */
  readonly careOn?: string;
  readonly visit: 'other' | 'referral' | 'emergency';
}

export interface EligibilityAbroad {
  readonly requestId: string;
  readonly partner: string;
  readonly agreement: string;
  readonly clause: string;
  readonly careOn: string;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly covered: boolean;
  readonly because: 'covered' | 'not-covered' | 'waiting' | 'emergency-only';
  readonly until?: string;
  /** What a claim rests on. */
  readonly authorisation?: string;
  readonly benefits: readonly {
    readonly id: string;
    readonly title: Readonly<Record<string, string>>;
    readonly insuredPaysPercent: number;
    readonly caps: readonly {
      readonly amount: string;
      readonly currency: string;
      readonly per: 'episode' | 'year';
      readonly left: string;
    }[];
  }[];
  readonly askedAt: string;
}

/** `POST /api/cover/settlement/claims`: a facility claims for care of someone another country covers. */
export interface ClaimAbroad {
  readonly requestId: string;
  /** The answer it rests on; without one, an emergency of someone without cover, of the country named. */
  readonly eligibility?: string;
  readonly uninsured?: { readonly country: string };
  readonly claimNumber: string;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: 'in-patient' | 'out-patient';
  readonly from: string;
  readonly to: string;
  readonly diagnoses: readonly string[];
  readonly currency: string;
  readonly lines: readonly { readonly code: string; readonly quantity: string; readonly unitPrice: string }[];
}

export interface SettlementLineView {
  readonly line: number;
  readonly code: string;
  readonly title?: Readonly<Record<string, string>>;
  readonly quantity: string;
  readonly charged: MoneyText;
  readonly claimed: MoneyText;
  readonly amount: MoneyText;
  readonly pricedBecause: string;
  readonly state: LineState;
  readonly turn: number;
  readonly reason: string;
  readonly note?: string;
  /** Whose move it is: ours, the partner's, or nobody's. */
  readonly move: 'ours' | 'theirs' | 'none';
  readonly proposed?: { readonly state: LineState; readonly amount: MoneyText; readonly reason: string };
  readonly statementId?: string;
  /** What the member's own scheme made of it: number of the reason, rule, allowed, adjusted, paid. */
  readonly judged?: {
    readonly reason: number;
    readonly rule?: string;
    readonly allowed: MoneyText;
    readonly adjusted: MoneyText;
    readonly paid: MoneyText;
  };
  /** While it is disputed: since when, until when it may be agreed, what becomes of it then, and when it went to the body. */
  readonly dispute?: {
    readonly since: string;
    readonly until: string;
    readonly after: DisputeTerms['after'];
    readonly body: DisputeTerms['body'];
    readonly referredOn?: string;
  };
}

/** Who owes whom of an emergency of someone without cover, and by which clause. */
export interface OwingView {
  readonly clause: string;
  readonly ref: string;
  readonly owes: EmergencyTerms['owes'];
  readonly parts: readonly {
    readonly bearer: Bearer;
    readonly from: string;
    readonly toFund?: string;
    readonly toFacility?: string;
    readonly amount: MoneyText;
    readonly restrictedTo?: string;
    readonly paidOn?: string;
  }[];
}

export interface SettlementClaimView {
  readonly claimId: string;
  /** `host`: borne where care was given; nothing of it crosses. */
  readonly side: 'creditor' | 'debtor' | 'host';
  readonly partner: string;
  readonly agreement: string;
  readonly provider: string;
  /** What the facility is called, where this node knows. */
  readonly providerName?: string;
  readonly claimNumber: string;
  readonly visit: string;
  readonly care: string;
  readonly from: string;
  readonly to: string;
  readonly diagnoses: readonly string[];
  readonly uninsured: boolean;
  readonly sentOn?: string;
  readonly reverses?: string;
  readonly claimed: MoneyText;
  readonly agreed: MoneyText;
  readonly owing?: OwingView;
  readonly lines: readonly SettlementLineView[];
}

/** An exchange rate a statement needs. */
export interface NeededRate {
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly source: string;
  readonly value?: string;
}

/** `GET /api/cover/settlement/partners`. */
export interface Partners {
  readonly partners: readonly {
    readonly country: string;
    /** Whether there is a node to send to: an active one of the trust list. */
    readonly hasNode: boolean;
    readonly agreements: readonly {
      readonly id: string;
      readonly title: Readonly<Record<string, string>>;
      readonly inForce: boolean;
      readonly currency: string;
      readonly period: 'month' | 'quarter';
      readonly periods: readonly {
        readonly name: string;
        readonly over: boolean;
        /** What a statement of it has to convert by; without a value, it is not known yet. */
        readonly rates: readonly NeededRate[];
      }[];
    }[];
    readonly dueFrom: readonly MoneyText[];
    readonly dueTo: readonly MoneyText[];
    /** Lines by what waits: ours to answer, theirs to answer, agreed and unsettled. */
    readonly ours: number;
    readonly theirs: number;
    readonly agreed: number;
    /** Disputed lines, the first day on which the time of one is over, and how many went before the body. */
    readonly disputed: number;
    readonly disputesUntil?: string;
    readonly referred: number;
    readonly waitingMessages: number;
  }[];
}

export interface StatementView {
  readonly statementId: string;
  readonly partner: string;
  readonly agreement: string;
  readonly state: StatementState;
  readonly document: Statement;
  /** SHA-256 of the text both sign, Base64url. */
  readonly fingerprint: string;
  /** What the claims of its lines are called, by id. */
  readonly claims: Readonly<Record<string, Pick<SettlementClaimView, 'claimNumber' | 'provider' | 'providerName'>>>;
  /** Until when lines set apart may still be agreed, by claim and line (`<claim> <line>`). */
  readonly disputesUntil: Readonly<Record<string, string>>;
  readonly drawnUpByUs: boolean;
  readonly signedByUs?: string;
  readonly signedByThem?: string;
  readonly signedAt?: string;
  readonly differences: readonly Difference[];
  readonly payments: readonly {
    readonly payer: string;
    readonly receiver: string;
    readonly amount: MoneyText;
    readonly interest: MoneyText;
    readonly overdueDays: number;
    readonly paidOn?: string;
    readonly reference?: string;
    readonly receivedOn?: string;
  }[];
}

/** `GET /api/cover/settlement/statements`. */
export interface StatementList {
  readonly statements: readonly {
    readonly statementId: string;
    readonly partner: string;
    readonly period: string;
    readonly state: StatementState;
    readonly drawnUpByUs: boolean;
    readonly drawnUpOn: string;
    readonly dueBy: string;
    readonly net?: { readonly payer: string; readonly amount: MoneyText };
  }[];
}

export interface Moves {
  readonly requestId: string;
  readonly moves: readonly {
    readonly claimId: string;
    readonly line: number;
    readonly state: LineState;
    readonly amount?: string;
    readonly reason?: string;
    readonly note?: string;
  }[];
}

/** A certificate of insured periods asked for across a border. */
export interface CertificateRequestView {
  readonly certificateRequestId: string;
  /** `asker`: this country wants to know; `issuer`: the partner does. */
  readonly side: 'asker' | 'issuer';
  readonly partner: string;
  readonly clause: string;
  readonly askedOn: string;
  readonly answerBy: string;
  readonly overdue: boolean;
  readonly state: 'asked' | 'given' | 'refused' | 'lapsed';
  readonly reason?: string;
  readonly answeredOn?: string;
  readonly certificateId?: string;
  readonly member?: { readonly memberId: string; readonly name: string; readonly memberNumber: string };
}

export interface CertificateRequests {
  readonly requests: readonly CertificateRequestView[];
}
