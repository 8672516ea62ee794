import { addDays, daysBetween } from '@serai/kernel/base/days.ts';
import type { GeneratedMember, GeneratedPolicy } from './enrolment.ts';
import type { Row } from './rows.ts';

/** What happened to generated policies, as rows: lapses, write-offs and reminders, each with its event. */

const noon = (day: string) => `${day}T12:00:00Z`;

/** Who had no telephone was called on or visited within about three weeks; later ones still wait for somebody. */
const reachedAfterDays = 21;

export function historyRows(
  policies: readonly GeneratedPolicy[],
  members: readonly GeneratedMember[],
  until: string,
): Readonly<Record<string, readonly Row[]>> {
  const memberOf = new Map(members.map((member) => [member.memberId, member]));
  const holderOf = (policy: GeneratedPolicy) =>
    memberOf.get(policy.members.find((each) => each.relation === 'holder')!.memberId)!;
  return {
    cover_reminder: policies.flatMap((policy) => reminderRows(policy, holderOf(policy), until)),
    cover_write_off: policies.flatMap(writeOffRows),
    cover_policy_event: policies.flatMap((policy) => eventRows(policy, holderOf(policy).phone !== undefined)),
  };
}

function reminderRows(policy: GeneratedPolicy, holder: GeneratedMember, until: string): Row[] {
  return policy.reminders.map(({ stage, on }) => {
    const wanted = holder.phone === undefined;
    const seen = wanted && daysBetween(on, until) > reachedAfterDays;
    return {
      policy_id: policy.policyId,
      stage,
      channel: wanted ? 'none' : 'sms',
      language: holder.language,
      told: noon(on),
      reached_how: seen ? 'visit' : null,
      reached_by: seen ? 'staff-volunteer' : null,
      reached: seen ? noon(addDays(on, reachedAfterDays - 7)) : null,
    };
  });
}

function writeOffRows(policy: GeneratedPolicy): Row[] {
  return policy.writeOffs.map((off) => ({
    batch_id: off.batchId,
    instalment_id: off.instalmentId,
    policy_id: policy.policyId,
    scheme_id: policy.schemeId,
    amount_minor: off.amount.minor.toString(),
    currency: off.amount.currency,
    because: 'Not paid for a year',
    kind: 'written-off',
    cut_minor: '0',
    written_off_by: 'staff-enrolment',
    written_off_at: noon(off.on),
  }));
}

function eventRows(policy: GeneratedPolicy, told: boolean): Row[] {
  const { lapse } = policy;
  const events: { on: string; actor: string; event: string; detail: object }[] = [
    ...(told
      ? policy.reminders.map(({ stage, on }) => ({
          on,
          actor: 'node',
          event: 'reminded',
          detail: { stage: stage.split(':')[0] },
        }))
      : []),
    ...(lapse ? [lapsedEvent(lapse, policy.expiresOn)] : []),
    ...[...new Map(policy.writeOffs.map((off) => [off.batchId, off])).values()].map(({ on, batchId }) => ({
      on,
      actor: 'staff-enrolment',
      event: 'written-off',
      detail: { batchId },
    })),
  ];
  return events
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ on, actor, event, detail }, i) => ({
      policy_id: policy.policyId,
      number: i + 1,
      at: noon(on),
      actor,
      event,
      detail,
    }));
}

/** With what it needs to be taken back, as every end has. */
function lapsedEvent(lapse: NonNullable<GeneratedPolicy['lapse']>, expiresOn: string) {
  return {
    on: lapse.on,
    actor: 'node',
    event: 'lapsed',
    detail: {
      lastDay: lapse.end.memberTo,
      because: lapse.end.endedBecause,
      before: {
        expiresOn,
        members: lapse.members.map(({ memberId, to }) => ({ memberId, to })),
        cuts: lapse.cuts.map(({ instalmentId, minor }) => ({ instalmentId, minor: minor.toString() })),
        paymentIds: [],
      },
    },
  };
}
