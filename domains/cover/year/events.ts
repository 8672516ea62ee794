import { money } from '@serai/kernel/base/money.ts';
import { postingsBetween, targetPosition } from '../claims/claim-money.ts';
import type { ClaimStatus } from '../cover.ts';
import type { FundEvent } from '../fund/postings.ts';
import type { GeneratedClaim } from './claims.ts';
import type { GeneratedPolicy } from './enrolment.ts';
import { lineClaimedMinor, statusOf } from './rows.ts';

/** What a generated year posts to the ledger: the same events, with the same ids, as if each act had been done by hand. */

export function policyEvents(policy: GeneratedPolicy): FundEvent[] {
  const of = { schemeId: policy.schemeId, reference: `Policy/${policy.policyId}` };
  return [
    { ...of, event: 'policy-issued', id: policy.policyId, amount: policy.premium, day: policy.enrolledOn },
    ...policy.payments.map(
      (payment): FundEvent => ({
        ...of,
        event: 'contribution-paid',
        id: payment.paymentId,
        amount: payment.amount,
        day: payment.receivedOn,
      }),
    ),
  ];
}

export function claimEvents(generated: GeneratedClaim): FundEvent[] {
  const { claim, adjudication, processedOn, paidOn } = generated;
  if (!adjudication) {
    return [];
  }
  const status = statusOf(generated) as ClaimStatus;
  const claimed = claim.lines.reduce((sum, line) => sum + lineClaimedMinor(line), 0n);
  const amounts = { claimed, adjusted: adjudication.adjustedMinor, paid: adjudication.paidMinor };
  const nothing = { outstanding: 0n, payable: 0n };
  const checked = targetPosition('checked', amounts);
  const of = { schemeId: claim.schemeId, reference: `Claim/${claim.claimId}` };
  const event = (name: FundEvent['event'], minor: bigint, day: string): FundEvent => ({
    ...of,
    event: name,
    id: `${claim.claimId}:1`,
    amount: money(minor, claim.currency),
    day,
  });
  return [
    ...[...postingsBetween(nothing, checked), ...postingsBetween(checked, targetPosition(status, amounts))].map(
      (each) => event(each.event, each.minor, processedOn!),
    ),
    ...(paidOn ? [event('claim-paid', adjudication.paidMinor, paidOn)] : []),
  ];
}
