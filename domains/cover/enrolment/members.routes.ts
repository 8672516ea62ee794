import { parseInput } from '@serai/kernel/base/input.ts';
import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { Refusal } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { absent, reachesGroup, reachFor } from './enrolment.access.ts';
import { cursor, described, id } from './enrolment.inputs.ts';
import { creditsOfMember, eventsOf, type FoundMember, findMembers, readMemberView } from './find.store.ts';
import { knownBirth, refuseForbidden } from './member.ts';
import { readPolicies } from './members.store.ts';
import { type LikelyMember, likelyMembers } from './new-member.store.ts';
import { type PeriodsOfMember, periodsOf } from './periods.store.ts';
import { membersById } from './policies.store.ts';
import { type MemberView, type PolicyView, policyView } from './views.ts';

const findSchema = z.strictObject({
  text: z.string().max(300, 'must be at most 300 characters'),
  groupId: id.optional(),
  cursor,
});

export interface FoundMembers {
  readonly members: readonly FoundMember[];
  readonly next?: string;
}

export interface PolicyEventView {
  readonly policyId: string;
  readonly at: string;
  readonly actor: string;
  readonly event: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface MemberPage {
  readonly member: MemberView;
  readonly policies: readonly (PolicyView & {
    readonly covered: readonly { readonly memberId: string; readonly name: string; readonly memberNumber: string }[];
  })[];
  readonly periods: PeriodsOfMember;
  readonly events: readonly PolicyEventView[];
  readonly credits: readonly { readonly paymentId: string; readonly credit: MoneyText }[];
}

/** Find members, see one in full, and see who may be one already. */
export async function memberRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { database, storeFor } = options;

  app.post(
    '/api/cover/enrolment/members/find',
    { config: { summary: 'Find members by name in any script, number or works number.', body: findSchema } },
    async (request): Promise<FoundMembers> => {
      const input = parseInput(findSchema, request.body);
      const reach = await reachFor(storeFor(request), 'find');
      return findMembers(database, reach, input, localDay(options));
    },
  );

  app.post(
    '/api/cover/enrolment/duplicates',
    { config: { summary: 'Members already enrolled who may be this one, with the reasons.', body: described } },
    async (request): Promise<{ candidates: readonly LikelyMember[] } | Refusal> => {
      const refused = refuseForbidden(request.body);
      if (refused) {
        return refused;
      }
      const input = parseInput(described, request.body);
      await reachFor(storeFor(request), 'enrol');
      const known = knownBirth(input.birth, localDay(options));
      return 'ok' in known ? known : { candidates: await likelyMembers(database, { ...input, ...known }) };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/enrolment/members/:id',
    { config: { summary: 'A member: policies, what is owed and paid, periods, and what happened.' } },
    async (request): Promise<MemberPage> => {
      const reach = await reachFor(storeFor(request), 'read');
      const member = await readMemberView(database, request.params.id);
      const own = member && reach.kind === 'person' && member.personId === reach.personId;
      if (!member || !(own || reachesGroup(reach, member.groupId))) {
        return absent();
      }
      const today = localDay(options);
      const all = await readPolicies(database, [member.memberId]);
      // A member may have had another employer before: an employer sees what was under it alone.
      const policies = all.filter((policy) => own || reachesGroup(reach, policy.groupId));
      const covered = await membersById(
        database,
        policies.flatMap((policy) => policy.members.map((each) => each.memberId)),
      );
      const ids = policies.map((policy) => policy.policyId);
      const { personId, ...shown } = member;
      return {
        member: reach.kind === 'group' ? shown : { ...shown, ...(personId && { personId }) },
        policies: policies
          .map((policy) => ({
            ...policyView(policy, today),
            covered: policy.members.map(({ memberId }) => {
              const who = covered.find((each) => each.memberId === memberId);
              return { memberId, name: who?.name ?? '', memberNumber: who?.memberNumber ?? '' };
            }),
          }))
          .reverse(),
        periods:
          reach.kind === 'group'
            ? { schemes: [], days: 0, months: 0 }
            : await periodsOf(database, member.memberId, today),
        events: await eventsOf(database, ids),
        credits: reach.kind === 'group' ? [] : await creditsOfMember(database, ids),
      };
    },
  );
}
