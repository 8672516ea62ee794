import { divideRounded, parseRatio } from '@serai/kernel/base/money.ts';
import { adjudicate } from '../claims/adjudicate.ts';
import type { AdjudicatedLine, Adjudication, AdjudicationInput } from '../claims/adjudication.ts';
import { entryOf } from '../claims/categories.ts';
import type { Claim } from '../cover.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';

/**
 * The fund at home judges care abroad by its own scheme: cover, waiting and qualifying periods, exclusions, frequencies,
 * quantities, deductible, co-insurance and ceilings are those of the member's scheme, decided by the very adjudication that
 * decides claims at home. What the care is worth, where it may be given and how long a claim may take are the agreement's.
 */

/** What the scheme at home made of a line, as it is kept and told to the other country. */
export interface JudgedLine {
  /** A number of `claims/reasons.ts`; 0: accepted. */
  readonly reason: number;
  readonly rule?: string;
  /** By the agreed prices; after the agreement's shares and limits; by the rules at home. Decimal, in the claim's currency. */
  readonly allowed: string;
  readonly adjusted: string;
  readonly paid: string;
}

export interface JudgedClaim {
  readonly schemeId: string;
  readonly schemeVersion?: number;
  readonly reason: number;
  readonly rule?: string;
}

export interface CareAtHome {
  readonly claim: Pick<
    Claim,
    'claimId' | 'claimNumber' | 'schemeId' | 'provider' | 'memberId' | 'visit' | 'care' | 'from' | 'to' | 'diagnoses'
  > & { readonly sentOn: string; readonly currency: string; readonly level: string | undefined };
  /** The authorisation stands for any that the scheme wants beforehand. */
  readonly authorisation: string | undefined;
  readonly lines: readonly {
    readonly line: number;
    /** As the schemes at home call it. */
    readonly code: string;
    readonly quantity: string;
    /** What the agreement makes of the line, before the insured's share. */
    readonly worthMinor: bigint;
  }[];
  readonly schemes: readonly Scheme[];
  readonly member: AdjudicationInput['member'];
  readonly policies: AdjudicationInput['policies'];
  readonly history: AdjudicationInput['history'];
  /** Units of the claim's currency for one of the scheme's; undefined where they are one. */
  readonly rate: string | undefined;
}

/** Amounts of the answer are in the scheme's currency. */
export function judgeAtHome(care: CareAtHome): Adjudication {
  const { claim } = care;
  const [country] = claim.provider.split(':') as [string];
  const schemes = care.schemes.map((scheme) => abroad(scheme, country, claim.level !== undefined));
  const scheme = schemeAt(schemes, claim.schemeId, claim.from);
  const lines = care.lines.map((line) => {
    const quantity = parseRatio(line.quantity) ?? { numerator: 1n, denominator: 1n };
    const kind = (scheme && entryOf(scheme, line.code)?.is.kind) ?? ('service' as const);
    // Rounded up, and brought to the agreed amount by what a review brings a line to: no satang is lost by dividing.
    const unit = divideRounded(
      line.worthMinor * quantity.denominator + quantity.numerator - 1n,
      quantity.numerator,
      'down',
    );
    return {
      line: line.line,
      kind,
      code: line.code,
      quantity: line.quantity,
      unitPrice: { minor: unit, currency: claim.currency },
    };
  });
  const { level, sentOn, ...of } = claim;
  return adjudicate({
    claim: {
      ...of,
      providerLevel: level ?? 'abroad',
      claimedOn: sentOn,
      lines,
      ...(claim.visit === 'referral' && { referralFrom: claim.provider }),
      ...(care.authorisation !== undefined && { preauthorisation: care.authorisation }),
    },
    schemes,
    member: care.member,
    policies: care.policies,
    history: care.history,
    facility: { id: claim.provider, country, level: level ?? 'abroad', care: ['in-patient', 'out-patient'] },
    ...(care.rate !== undefined &&
      scheme && {
        rates: {
          [claim.currency]: {
            from: scheme.currency,
            to: claim.currency,
            value: care.rate,
            source: 'agreement',
            at: `${claim.from}T00:00:00Z`,
          },
        },
      }),
    review: care.lines.map((line) => ({ line: line.line, amountMinor: line.worthMinor })),
  });
}

/** The same reason by another number, where the true one would tell the other country why a person has no cover. */
export function toldAbroad(line: Pick<AdjudicatedLine, 'reason' | 'rule'>): { reason: number; rule?: string } {
  // Suspended because a contribution is owed: that is between the fund and its member.
  return line.reason === 107 || line.reason === 3
    ? { reason: 3, rule: 'policies' }
    : { reason: line.reason, ...(line.rule !== undefined && { rule: line.rule }) };
}

const derived = new WeakMap<Scheme, Map<string, Scheme>>();

/**
 * A scheme as it judges care in a country it has an agreement with: the agreement opens that country's facilities, sets the
 * prices and the time for claims; everything else is the scheme's. Paths of its rules are those of the scheme's file.
 */
function abroad(scheme: Scheme, country: string, levelKnown: boolean): Scheme {
  const known = derived.get(scheme) ?? new Map<string, Scheme>();
  derived.set(scheme, known);
  const key = `${country} ${levelKnown}`;
  const found = known.get(key);
  if (found) {
    return found;
  }
  const made: Scheme = {
    ...scheme,
    benefits: scheme.benefits.map(({ levels, ...benefit }) => ({
      ...benefit,
      price: 'claimed' as const,
      abroad: [...(benefit.abroad ?? []), country],
      ...(levels && levelKnown && { levels }),
    })),
    network: [...scheme.network, { country, facilities: ['any'] }],
    submitWithinDays: 36_600,
  };
  known.set(key, made);
  return made;
}
