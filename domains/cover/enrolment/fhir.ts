import type { Coverage } from '@medplum/fhirtypes';
import { addDays } from '@serai/kernel/base/days.ts';
import type { CoveredMember, Member, Policy, Standing } from '../cover.ts';
import type { Scheme } from '../schemes/scheme.ts';

/**
 * A policy as FHIR `Coverage`, one for each covered member who has a record here. It is what the card reads and what a
 * clinic finds; it says who pays and until when, and nothing of why the member is entitled.
 */

const relationships = { holder: 'self', spouse: 'spouse', child: 'child', parent: 'parent', other: 'other' } as const;

/** FHIR has no "suspended": cover that is not to be relied on today is not `active`, and the extension says why. */
const statuses: Readonly<Record<Standing, Coverage['status']>> = {
  idle: 'draft',
  ready: 'active',
  active: 'active',
  suspended: 'cancelled',
  expired: 'cancelled',
  ended: 'cancelled',
};

export const standingExtension = 'https://serai.example/StructureDefinition/coverage-standing';

export function toCoverage(of: {
  readonly id: string;
  readonly self: string;
  readonly policy: Policy;
  readonly covered: CoveredMember;
  readonly member: Member & { readonly personId: string };
  readonly holder: Member;
  readonly scheme: Scheme;
  readonly standing: Standing;
  readonly groupName?: string | undefined;
}): Coverage {
  const { policy, covered, member, holder, scheme, standing } = of;
  const start = policy.effectiveOn && policy.effectiveOn > covered.from ? policy.effectiveOn : covered.from;
  const last = policy.endedOn && policy.endedOn <= covered.to ? addDays(policy.endedOn, -1) : covered.to;
  const title = scheme.title.en ?? scheme.id;
  return {
    resourceType: 'Coverage',
    id: of.id,
    status: statuses[standing],
    extension: [{ url: standingExtension, valueCode: standing }],
    identifier: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
        system: `${of.self}/members`,
        value: member.memberNumber,
      },
    ],
    type: { coding: [{ system: 'https://serai.example/scheme-kind', code: scheme.kind }] },
    ...(holder.personId && { subscriber: { reference: `Patient/${holder.personId}` } }),
    subscriberId: policy.policyNumber,
    beneficiary: { reference: `Patient/${member.personId}` },
    relationship: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship',
          code: relationships[covered.relation],
        },
      ],
    },
    // A policy that ended before it began has no day; its period is the day it would have begun.
    period: { start, end: last < start ? start : last },
    payor: [{ identifier: { system: `${of.self}/schemes`, value: scheme.id }, display: title }],
    class: [
      { type: { coding: [classCode('plan')] }, value: scheme.id, name: title },
      ...(policy.groupId
        ? [
            {
              type: { coding: [classCode('group')] },
              value: policy.groupId,
              ...(of.groupName && { name: of.groupName }),
            },
          ]
        : []),
    ],
  };
}

function classCode(code: 'plan' | 'group') {
  return { system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code };
}
