import { addDays, type Day } from '@serai/kernel/base/days.ts';
import { multiplyMoney, parseRatio } from '@serai/kernel/base/money.ts';
import { linkageKeysOf, nameKey } from '../enrolment/member.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { GeneratedClaim, PaymentRun } from './claims.ts';
import type { Enrolled, GeneratedMember, GeneratedPolicy } from './enrolment.ts';
import { historyRows } from './history.ts';
import type { SchemePlan } from './plan.ts';

/** A generated year as rows of the tables of cover: JSON that PostgreSQL reads by column name. */

export type Row = Readonly<Record<string, string | number | boolean | null | readonly string[] | object>>;

const noon = (day: string) => `${day}T12:00:00Z`;
const digits = (minor: bigint) => minor.toString();

/** The campaign of a scheme's employers, where its plan has one. */
export function campaignRows(
  { plan, scheme, enrolled }: { readonly plan: SchemePlan; readonly scheme: Scheme; readonly enrolled: Enrolled },
  until: Day,
): Readonly<Record<string, readonly Row[]>> {
  const { campaign } = plan;
  const groups = enrolled.groups.filter((group) => group.arm !== undefined);
  if (!campaign || groups.length < 2) {
    return {};
  }
  const campaignId = `campaign-${scheme.id}-${until}`;
  const begins = addDays(until, -campaign.begins);
  return {
    cover_campaign: [
      {
        campaign_id: campaignId,
        name: campaign.name,
        scheme_id: scheme.id,
        begins,
        ends: addDays(until, -campaign.ends),
        incentive_percent: 0,
        made_by: 'staff-fund',
        made: noon(begins),
      },
    ],
    cover_campaign_group: groups.map(({ groupId, arm }) => ({
      campaign_id: campaignId,
      group_id: groupId,
      arm: arm!,
    })),
  };
}

export function enrolmentRows(enrolled: Enrolled, until: string): Readonly<Record<string, readonly Row[]>> {
  const { groups, members, policies } = enrolled;
  const schemeOfGroup = new Map(policies.map((policy) => [policy.groupId, policy.enrolledOn]));
  return {
    cover_group: groups.map((group) => ({
      group_id: group.groupId,
      kind: group.kind,
      name: group.name,
      country: group.country,
      industry: group.industry ?? null,
      workers: group.workers,
      created: noon(schemeOfGroup.get(group.groupId) ?? policies[0]!.enrolledOn),
    })),
    cover_member: members.map((member) => memberRow(member, policies[0]!.enrolledOn)),
    cover_policy: policies.map(policyRow),
    cover_policy_member: policies.flatMap((policy) =>
      policy.members.map((covered) => ({
        policy_id: policy.policyId,
        member_id: covered.memberId,
        scheme_id: policy.schemeId,
        relation: covered.relation,
        covered_from: covered.from,
        covered_to: covered.to,
        continuous_since: covered.continuousSince,
      })),
    ),
    cover_instalment: policies.flatMap((policy) =>
      policy.instalments.map((each) => ({
        instalment_id: each.instalmentId,
        policy_id: policy.policyId,
        number: each.number,
        due: each.due,
        grace_until: each.graceUntil,
        amount_minor: digits(each.amount.minor),
        paid_minor: digits(each.paid.minor),
        written_off_minor: digits(each.writtenOff.minor),
        currency: each.amount.currency,
      })),
    ),
    ...paymentRows(policies),
    ...historyRows(policies, members, until),
  };
}

function memberRow(member: GeneratedMember, created: string): Row {
  return {
    member_id: member.memberId,
    member_number: member.memberNumber,
    name: member.name,
    name_key: nameKey(member.name),
    group_id: member.groupId ?? null,
    group_reference: member.groupReference ?? null,
    birth_date: member.birthDate,
    birth_precision: member.birthPrecision,
    sex: member.sex,
    phone: member.phone ?? null,
    language: member.language,
    entitlement: member.entitlement,
    residence: member.residence,
    wage_minor: member.wageMinor === undefined ? null : digits(member.wageMinor),
    linkage_keys: linkageKeysOf(member),
    created: noon(created),
  };
}

function policyRow(policy: GeneratedPolicy): Row {
  return {
    policy_id: policy.policyId,
    policy_number: policy.policyNumber,
    scheme_id: policy.schemeId,
    scheme_version: policy.schemeVersion,
    group_id: policy.groupId ?? null,
    stage: policy.stage,
    renewal_of: policy.renewalOf ?? null,
    enrolled_on: policy.enrolledOn,
    starts_on: policy.startsOn,
    effective_on: policy.effectiveOn ?? null,
    expires_on: policy.expiresOn,
    ended_on: policy.endedOn ?? null,
    ended_because: policy.endedBecause ?? null,
    premium_minor: digits(policy.premium.minor),
    subsidy_minor: '0',
    currency: policy.premium.currency,
    channel: policy.channel,
    created: noon(policy.enrolledOn),
  };
}

function paymentRows(policies: readonly GeneratedPolicy[]): Record<string, Row[]> {
  const payments: Row[] = [];
  const allocations: Row[] = [];
  for (const policy of policies) {
    for (const payment of policy.payments) {
      payments.push({
        payment_id: payment.paymentId,
        receipt_number: payment.receiptNumber,
        channel: payment.channel,
        reference: payment.reference,
        payer: policy.groupId ?? policy.members[0]!.memberId,
        received_on: payment.receivedOn,
        amount_minor: digits(payment.amount.minor),
        currency: payment.amount.currency,
        kind: 'contribution',
        scheme_id: policy.schemeId,
        policy_id: policy.policyId,
        group_id: policy.groupId ?? null,
        recorded: noon(payment.receivedOn),
      });
      allocations.push({
        payment_id: payment.paymentId,
        instalment_id: payment.instalmentId,
        amount_minor: digits(payment.amount.minor),
      });
    }
  }
  return { cover_payment: payments, cover_payment_allocation: allocations };
}

export function claimRows(claims: readonly GeneratedClaim[]): Readonly<Record<string, readonly Row[]>> {
  return {
    cover_claim: claims.map(claimRow),
    cover_claim_line: claims.flatMap(lineRows),
    cover_claim_event: claims.flatMap(eventRows),
    cover_payment_line: claims.flatMap(({ claim, adjudication, runId }) =>
      runId === undefined
        ? []
        : [
            {
              run_id: runId,
              claim_id: claim.claimId,
              provider: claim.provider,
              amount_minor: digits(adjudication!.paidMinor),
            },
          ],
    ),
  };
}

export function statusOf({ adjudication, paidOn }: GeneratedClaim): string {
  return adjudication === undefined ? 'entered' : paidOn !== undefined ? 'paid' : adjudication.status;
}

function claimRow(generated: GeneratedClaim): Row {
  const { claim, adjudication, processedOn, paidOn, runId } = generated;
  const claimed = claim.lines.reduce((sum, line) => sum + lineClaimedMinor(line), 0n);
  const paid = adjudication?.paidMinor ?? 0n;
  const valuated = adjudication?.status === 'valuated';
  return {
    claim_id: claim.claimId,
    claim_number: claim.claimNumber,
    scheme_id: claim.schemeId,
    provider: claim.provider,
    provider_level: claim.providerLevel,
    member_id: claim.memberId,
    policy_id: adjudication?.policyId ?? null,
    visit: claim.visit,
    care: claim.care,
    care_from: claim.from,
    care_to: claim.to,
    claimed_on: claim.claimedOn,
    diagnoses: claim.diagnoses,
    category: adjudication?.category ?? null,
    referral_from: claim.referralFrom ?? null,
    status: statusOf(generated),
    currency: claim.currency,
    pays_currency: adjudication?.currency ?? claim.currency,
    claimed_minor: digits(claimed),
    allowed_minor: digits(adjudication?.allowedMinor ?? 0n),
    adjusted_minor: digits(adjudication?.adjustedMinor ?? 0n),
    paid_minor: digits(paid),
    outstanding_minor: adjudication?.status === 'processed' ? digits(adjudication.adjustedMinor) : '0',
    payable_minor: valuated ? digits(paid) : '0',
    settled_minor: paidOn === undefined ? '0' : digits(paid),
    review: 'not-selected',
    review_because: [],
    feedback: 'not-selected',
    run_id: runId ?? null,
    entered_by: 'node',
    source: 'generated',
    entered: noon(claim.claimedOn),
    processed_on: processedOn ?? null,
    valuated_on: valuated ? (generated.valuatedOn ?? processedOn!) : null,
    paid_on: paidOn ?? null,
  };
}

/** Quantity × price, as `lineClaimed` of claims has it. */
export function lineClaimedMinor(line: GeneratedClaim['claim']['lines'][number]): bigint {
  return multiplyMoney(line.unitPrice, parseRatio(line.quantity)!).minor;
}

function lineRows({ claim, adjudication }: GeneratedClaim): Row[] {
  const judged = new Map(adjudication?.lines.map((line) => [line.line, line]));
  return claim.lines.map((line) => {
    const found = judged.get(line.line);
    return {
      claim_id: claim.claimId,
      line: line.line,
      kind: line.kind,
      code: line.code,
      quantity: line.quantity,
      unit_price_minor: digits(line.unitPrice.minor),
      claimed_minor: digits(lineClaimedMinor(line)),
      allowed_minor: digits(found?.allowedMinor ?? 0n),
      adjusted_minor: digits(found?.adjustedMinor ?? 0n),
      paid_minor: digits(found?.paidMinor ?? 0n),
      reason: found?.reason ?? 0,
      rule: found?.rule ?? null,
    };
  });
}

function eventRows({ claim, adjudication, processedOn, paidOn, runId }: GeneratedClaim): Row[] {
  const event = (number: number, day: string, name: string, detail: object) => ({
    claim_id: claim.claimId,
    number,
    at: noon(day),
    actor: 'node',
    event: name,
    detail,
  });
  return [
    event(1, claim.claimedOn, 'submitted', { source: 'generated' }),
    ...(adjudication ? [event(2, processedOn!, 'adjudicated', { status: adjudication.status, run: 1 })] : []),
    ...(paidOn ? [event(3, paidOn, 'paid', { runId })] : []),
  ];
}

export function runRows(runs: readonly PaymentRun[], of: { schemeId: string; currency: string }): Row[] {
  return runs.map((run) => ({
    run_id: run.runId,
    scheme_id: of.schemeId,
    up_to: run.day,
    currency: of.currency,
    state: 'paid',
    claims: run.claims,
    amount_minor: digits(run.minor),
    made_by: 'node',
    approved_by: 'node',
    created: noon(run.day),
    paid_on: run.day,
  }));
}
