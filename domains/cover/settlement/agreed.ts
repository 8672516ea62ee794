import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalDigest } from '@serai/kernel/trust/canonical.ts';
import { type Agreement, agreedText, clauseId, coversFacility, inForce } from '@serai/policy/agreement.ts';
import type { SettlementRefusalCode } from './settlement.refusals.ts';
import type { AgreementRef } from './wire.ts';

/** Which agreement two countries' funds act under. */

export type Settling = Agreement & { readonly settlement: NonNullable<Agreement['settlement']> };

function between(agreement: Agreement, a: string, b: string): boolean {
  return [a, b].every((country) => agreement.parties.some((party) => party.country === country));
}

/** Agreements about cover between two countries, in force or not. */
export function coverAgreements(agreements: readonly Agreement[], us: string, partner: string): Settling[] {
  return agreements.filter(
    (agreement): agreement is Settling => agreement.settlement !== undefined && between(agreement, us, partner),
  );
}

/** Partner countries this node can have dealings with, in order. */
export function partnersOf(agreements: readonly Agreement[], us: string): string[] {
  const countries = agreements
    .filter((agreement) => agreement.settlement && agreement.parties.some((party) => party.country === us))
    .flatMap((agreement) => agreement.parties.map((party) => party.country));
  return [...new Set(countries)].filter((country) => country !== us).sort();
}

/** The agreement in force under which something is done between two countries today. */
export function settlingAgreement(
  agreements: readonly Agreement[],
  us: string,
  partner: string,
  at: string,
  id?: string,
): Result<Settling, SettlementRefusalCode> {
  const all = coverAgreements(agreements, us, partner).filter((each) => id === undefined || each.id === id);
  const found = all.find((agreement) => inForce(agreement, at));
  return found ? ok(found) : refuse(all.length > 0 ? 'settlement.agreement-suspended' : 'settlement.no-agreement');
}

/** The clause under which a facility asks whether someone is covered. */
export function eligibilityClause(agreement: Settling, facility: string): string | undefined {
  const named = new Set(agreement.benefits?.map((benefit) => benefit.clause) ?? []);
  const clause = agreement.clauses.find(
    (each) => named.has(each.id) && each.recipientClasses.includes('care') && coversFacility(agreement, each, facility),
  );
  return clause && clauseId(agreement, clause);
}

export async function agreementRef(agreement: Agreement): Promise<AgreementRef> {
  return { id: agreement.id, version: agreement.version, digest: await canonicalDigest(agreedText(agreement)) };
}

/** The agreement a partner's message names, held here word for word alike. */
export async function sameAgreement(
  agreements: readonly Agreement[],
  us: string,
  partner: string,
  named: AgreementRef,
): Promise<Result<Settling, SettlementRefusalCode>> {
  const agreement = coverAgreements(agreements, us, partner).find((each) => each.id === named.id);
  if (!agreement) {
    return refuse('settlement.no-agreement');
  }
  const { version, digest } = await agreementRef(agreement);
  return version === named.version && digest === named.digest ? ok(agreement) : refuse('settlement.agreement-differs');
}

/**
 * Whether what was begun under it may be finished: claims of care it held for are sent, answered and settled after its last
 * day, and after its termination where it protects what was begun. A suspended one holds everything where it is.
 */
export function mayFinish({ status, inForce: since, termination }: Agreement, at: string): boolean {
  return (
    since <= at.slice(0, 10) && (status === 'in-force' || (status === 'terminated' && termination.protectsOngoingCare))
  );
}

/** The agreement under which something that was begun is finished today. */
export function finishingAgreement(
  agreements: readonly Agreement[],
  us: string,
  partner: string,
  at: string,
  id: string,
): Result<Settling, SettlementRefusalCode> {
  const found = coverAgreements(agreements, us, partner).find((each) => each.id === id);
  if (!found) {
    return refuse('settlement.no-agreement');
  }
  return mayFinish(found, at) ? ok(found) : refuse('settlement.agreement-suspended');
}
