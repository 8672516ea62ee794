import type { Money } from '@serai/kernel/base/money.ts';

/**
 * The words all features of cover share. Dates are days (`2026-03-01`); money is whole minor units; ids are opaque and
 * caller-minted, numbers (`memberNumber`, `claimNumber`) are what people read to each other.
 */

/** Employer, community or association that enrols many and often pays for them. */
export interface Group {
  readonly groupId: string;
  readonly kind: 'employer' | 'community' | 'association' | 'government' | 'family';
  readonly name: string;
  readonly country: string;
  readonly industry?: string;
}

export interface Member {
  readonly memberId: string;
  readonly memberNumber: string;
  /** `Patient` of this node's record; absent until a clinic has met the member. */
  readonly personId?: string;
  readonly name: string;
  /** May be known to the year only, or estimated: `birthPrecision` says. */
  readonly birthDate: string;
  readonly birthPrecision: 'day' | 'month' | 'year' | 'estimated';
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  /** Entitlement category, as schemes name them; never an immigration status. */
  readonly entitlement: string;
  /** Where the member lives: dependants left behind live in another country than the policy's. */
  readonly residence: string;
}

export type Relation = 'holder' | 'spouse' | 'child' | 'parent' | 'other';

/** One member under one policy, with dates of their own. */
export interface CoveredMember {
  readonly memberId: string;
  readonly relation: Relation;
  readonly from: string;
  /** Last day of cover. */
  readonly to: string;
  /** Days since when the member has been covered without a gap, in this scheme: waiting periods count from it. */
  readonly continuousSince: string;
}

export interface Policy {
  readonly policyId: string;
  readonly policyNumber: string;
  readonly schemeId: string;
  /** The version it was sold under; benefits go by the version of the service date. */
  readonly schemeVersion: number;
  readonly groupId?: string;
  readonly stage: 'new' | 'renewal';
  readonly renewalOf?: string;
  readonly enrolledOn: string;
  readonly startsOn: string;
  /** `max(start, day of the contribution that completed what was due, or forced activation)`; absent: not yet. */
  readonly effectiveOn?: string;
  /** Last day of cover. */
  readonly expiresOn: string;
  /** Ended before its time, from this day on. */
  readonly endedOn?: string;
  readonly endedBecause?: string;
  readonly premium: Money;
  readonly members: readonly CoveredMember[];
}

/**
 * A part of a policy's contribution, due on a day; what is still owed is `amount − paid − writtenOff`. Cover asks for
 * another thing: what was written off as uncollectable nobody has paid, what was waived counts as paid.
 */
export interface Instalment {
  readonly instalmentId: string;
  readonly number: number;
  readonly due: string;
  /** After this day an unpaid instalment suspends the policy. */
  readonly graceUntil: string;
  readonly amount: Money;
  readonly paid: Money;
  /** No longer asked for. */
  readonly writtenOff: Money;
  /** Of what is no longer asked for, what the fund forgave: cover goes on as if it were paid. */
  readonly waived?: Money;
  /** The days it pays for, where contributions are made month by month; absent: the whole policy. */
  readonly coversFrom?: string;
  readonly coversTo?: string;
}

/** Where a policy stands on a day (openIMIS: Idle, Ready, Active, Suspended, Expired). */
export type Standing = 'idle' | 'ready' | 'active' | 'suspended' | 'expired' | 'ended';

export type Channel = 'cash' | 'agent' | 'mobile-money' | 'payroll' | 'bank' | 'voucher' | 'subsidy';

export interface Payment {
  readonly paymentId: string;
  readonly channel: Channel;
  /** The payer's or provider's own reference: the same channel and reference is taken once. */
  readonly reference: string;
  readonly receivedOn: string;
  readonly amount: Money;
  readonly reversalOf?: string;
}

export type ClaimStatus = 'entered' | 'rejected' | 'checked' | 'processed' | 'valuated' | 'paid' | 'reversed';
export type CareSetting = 'in-patient' | 'out-patient';

export interface ClaimLine {
  readonly line: number;
  readonly kind: 'item' | 'service';
  readonly code: string;
  /** Decimal string: half a strip is half. */
  readonly quantity: string;
  readonly unitPrice: Money;
}

export interface Claim {
  readonly claimId: string;
  readonly claimNumber: string;
  readonly schemeId: string;
  /** `TH:mae-sot-hospital`. */
  readonly provider: string;
  readonly providerLevel: string;
  readonly memberId: string;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: CareSetting;
  readonly from: string;
  readonly to: string;
  readonly claimedOn: string;
  /** ICD-10, the first is the main one. */
  readonly diagnoses: readonly string[];
  readonly lines: readonly ClaimLine[];
  readonly currency: string;
  readonly referralFrom?: string;
  readonly preauthorisation?: string;
}
