import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import type { CareSetting, Claim, Instalment, Member, Policy } from '../cover.ts';
import type { ClaimCategory, Scheme } from '../schemes/scheme.ts';

/**
 * What adjudication is given and what it answers. `adjudicate(input)` (`adjudicate.ts`) is a pure fold over the history by
 * the rules valid on the service date: the same input gives the same bytes, whenever and wherever it is run.
 */
export interface AdjudicationInput {
  readonly claim: Claim;
  /** Every version of the claim's scheme; the one valid on the first day of care is used. */
  readonly schemes: readonly Scheme[];
  /** undefined where the claim names nobody the fund knows. */
  readonly member: Member | undefined;
  /** The member's policies in this scheme, with what is owed on each. */
  readonly policies: readonly (Policy & { readonly instalments: readonly Instalment[] })[];
  /** What was passed before this claim, of everyone under the same policies, by day of care and then claim and line. */
  readonly history: readonly PassedLine[];
  /** undefined where the provider is not one the fund knows. */
  readonly facility:
    | { readonly id: string; readonly country: string; readonly level: string; readonly care: readonly CareSetting[] }
    | undefined;
  /** Between the scheme's currency and others, by the other: of the first day of care, and once judged always the same. */
  readonly rates?: Readonly<Record<string, Rate>>;
  /** Lines a medical officer rejected or adjusted; amounts in minor units of the claim's currency. */
  readonly review?: readonly {
    readonly line: number;
    readonly rejected?: boolean;
    readonly quantity?: string;
    readonly amountMinor?: bigint;
  }[];
}

/** A line that was paid or deducted from: what limits, frequencies and ceilings count. */
export interface PassedLine {
  readonly claimId: string;
  readonly line: number;
  readonly kind: 'item' | 'service';
  readonly code: string;
  readonly category: ClaimCategory | undefined;
  readonly memberId: string;
  readonly policyId: string;
  readonly care: CareSetting;
  readonly from: string;
  readonly to: string;
  readonly quantity: string;
  readonly deductedMinor: bigint;
  readonly paidMinor: bigint;
}

export interface Adjudication {
  readonly claimId: string;
  /** `rejected`: nothing passed. `processed`: a relative price is still to be set. `valuated`: it can be paid. */
  readonly status: 'rejected' | 'processed' | 'valuated';
  readonly schemeVersion: number | undefined;
  readonly policyId: string | undefined;
  readonly category: ClaimCategory | undefined;
  /** Claim-level reason (0 accepted), with the rule that gave it. */
  readonly reason: number;
  readonly rule: string | undefined;
  readonly claimedMinor: bigint;
  readonly allowedMinor: bigint;
  readonly adjustedMinor: bigint;
  readonly paidMinor: bigint;
  readonly currency: string;
  readonly lines: readonly AdjudicatedLine[];
}

export interface AdjudicatedLine {
  readonly line: number;
  readonly code: string;
  /** As claimed; after price list and quantity; after review; after limits, deductible and ceilings. */
  readonly claimedMinor: bigint;
  readonly allowedMinor: bigint;
  readonly adjustedMinor: bigint;
  readonly paidMinor: bigint;
  /** Taken by the deductible, and by the insured's share. */
  readonly deductedMinor: bigint;
  readonly memberPaysMinor: bigint;
  /** The quantity that counts. */
  readonly quantity: string;
  /** 0 accepted, −1 by a medical officer, else a number of `reasons.ts`. */
  readonly reason: number;
  /** The rule that gave it: a path into the scheme, like `benefits[2].waitingMonths.adult`. */
  readonly rule: string | undefined;
  /** Priced when the period's index is known. */
  readonly relative: boolean;
  /** Rates its amounts were exchanged at: the claim's, the price list's; absent where nothing was exchanged. */
  readonly exchange?: readonly Rate[];
}
