import { money } from '@serai/kernel/base/money.ts';
import { postingsBetween, targetPosition } from '../claims/claim-money.ts';
import type { ClaimStatus } from '../cover.ts';
import { writeOffEvent } from '../enrolment/write-off.store.ts';
import type { FundEvent } from '../fund/postings.ts';
import type { GeneratedClaim } from './claims.ts';
import type { GeneratedPolicy } from './enrolment.ts';
import { statusOf } from './rows.ts';

/** What a generated year posts to the ledger: the same events, with the same ids, as if each act had been done by hand. */

export function policyEvents(policy: GeneratedPolicy): FundEvent[] {
  const of = { schemeId: policy.schemeId, reference: `Policy/${policy.policyId}` };
  return [
    { ...of, event: 'policy-issued', id: policy.policyId, amount: policy.issued, day: policy.enrolledOn },
    ...policy.payments.map(
      (payment): FundEvent => ({
        ...of,
        event: 'contribution-paid',
        id: payment.paymentId,
        amount: payment.amount,
        day: payment.receivedOn,
      }),
    ),
    ...(policy.lapse
      ? [
          {
            ...of,
            event: 'policy-issued' as const,
            id: `${policy.policyId}:lapsed`,
            amount: policy.lapse.cut,
            day: policy.lapse.on,
            opposite: {},
          },
        ]
      : []),
    ...policy.writeOffs.map((off) =>
      writeOffEvent({ ...policy, id: `${off.batchId}:${off.instalmentId}`, kind: 'written-off' }, off.amount, off.on),
    ),
  ];
}

export function claimEvents(generated: GeneratedClaim): FundEvent[] {
  const { claim, adjudication, processedOn, paidOn } = generated;
  if (!adjudication) {
    return [];
  }
  const status = statusOf(generated) as ClaimStatus;
  const amounts = {
    claimed: adjudication.claimedMinor,
    adjusted: adjudication.adjustedMinor,
    paid: adjudication.paidMinor,
  };
  const nothing = { outstanding: 0n, payable: 0n };
  const checked = targetPosition('checked', amounts);
  const of = { schemeId: claim.schemeId, reference: `Claim/${claim.claimId}` };
  const event = (name: FundEvent['event'], minor: bigint, day: string, step: string): FundEvent => ({
    ...of,
    event: name,
    id: `claim:${claim.claimId}:run-1:${step}:${name}`,
    amount: money(minor, adjudication.currency),
    day,
  });
  const judged = targetPosition(status, amounts);
  return [
    ...postingsBetween(nothing, checked).map((each) => event(each.event, each.minor, processedOn!, 'entry')),
    ...postingsBetween(checked, judged).map((each) =>
      event(each.event, each.minor, generated.valuatedOn ?? processedOn!, 'judged'),
    ),
    ...(paidOn ? [event('claim-paid', adjudication.paidMinor, paidOn, generated.runId!)] : []),
  ];
}
