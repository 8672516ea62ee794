import type { MessageRefusalCode } from '@serai/kernel/trust/message.refusals.ts';
import { type Agreement, type Clause, clauseId, coversFacility, inForce } from '@serai/policy/agreement.ts';
import type { Decision } from '@serai/policy/types.ts';
import type { CrossingRefusalCode } from './crossing.refusals.ts';

/** The crossing's rules, pure: which clause, and what a "no" on either side is called. */

/** How a facility is named between countries: `TH:mae-sot-clinic`. */
export function facilityAbroad(country: string, reference: string | undefined): string {
  return `${country}:${(reference ?? '').replace(/^Organization\//, '')}`;
}

export interface CalledUpon {
  readonly agreement: Agreement;
  readonly clause: Clause;
}

/** The clauses under which this reader may ask `home` today. */
export function clausesFor(
  agreements: readonly Agreement[],
  asking: {
    readonly home: string;
    readonly country: string;
    readonly class: string;
    readonly facility: string;
    readonly at: string;
  },
): CalledUpon[] {
  return agreements
    .filter(
      (agreement) =>
        inForce(agreement, asking.at) &&
        [asking.home, asking.country].every((country) => agreement.parties.some((party) => party.country === country)),
    )
    .flatMap((agreement) => agreement.clauses.map((clause) => ({ agreement, clause })))
    .filter(
      ({ agreement, clause }) =>
        (clause.recipientClasses as readonly string[]).includes(asking.class) &&
        coversFacility(agreement, clause, asking.facility),
    );
}

/** The clause a request names as `agr:MM-TH:care#art-4-2`. */
export function findClause(candidates: readonly CalledUpon[], named: string): CalledUpon | undefined {
  return candidates.find(({ agreement, clause }) => clauseId(agreement, clause) === named);
}

/** What the home node's decision is called on the other side of the border. */
export function refusalOfDecision(decision: Decision): CrossingRefusalCode {
  switch (decision.reason) {
    case 'consent.denied':
      return 'crossing.consent-withdrawn';
    case 'agreement-version':
      return 'crossing.agreement-differs';
    case 'agreement-suspended':
    case 'agreement-terminated':
    case 'agreement-draft':
    case 'agreement-signed':
    case 'agreement-not-in-force':
      return 'crossing.agreement-suspended';
    default:
      return 'crossing.refused';
  }
}

/** What an answer that does not hold is called on screen. */
export function refusalOfMessage(code: MessageRefusalCode): CrossingRefusalCode {
  switch (code) {
    case 'message.expired':
    case 'message.not-yet-valid':
      return 'crossing.clock';
    case 'message.unreadable':
    case 'message.not-understood':
    case 'message.malformed':
      return 'crossing.bad-answer';
    case 'message.stale-trust':
      return 'crossing.partner-unreachable';
    default:
      return 'crossing.bad-signature';
  }
}
