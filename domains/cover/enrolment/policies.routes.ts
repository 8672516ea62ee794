import { parseInput } from '@serai/kernel/base/input.ts';
import { moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { schemeAt } from '../schemes/scheme.ts';
import { activatePolicies } from './activation.store.ts';
import { campaignFor } from './campaigns.store.ts';
import { recordsOfCards } from './cards.ts';
import { endSchema, joinSchema, leaveSchema, transferSchema } from './changes.ts';
import { type EndAnswer, endPolicy } from './ending.store.ts';
import { type EnrolAnswer, enrolMembers, groupFor, undoing } from './enrol.store.ts';
import { type EnrolmentPreview, planEnrolment, previewOf } from './enrol.ts';
import { absent, reachFor } from './enrolment.access.ts';
import { because, enrolShape, id, type newMember, payment, requestId } from './enrolment.inputs.ts';
import { joinMember, leaveMember } from './family.store.ts';
import { knownBirth, refuseForbidden } from './member.ts';
import { membersById, policiesById, writeCoverages } from './policies.store.ts';
import { renewPolicy } from './renewal.store.ts';
import { transferPolicy } from './transfer.store.ts';

const enrolSchema = enrolShape.extend({ requestId, payment: payment.optional() });
const quoteSchema = enrolShape;
const renewSchema = z.strictObject({
  requestId,
  months: z.int().min(1).max(120).optional(),
  instalments: z.int().min(1).max(60).optional(),
  campaign: id.optional(),
});
const activateSchema = z.strictObject({ requestId, because });

/** What an enrolment would come to. */
/** Enrol, renew, join, leave, transfer, end. */
export async function policyRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post(
    '/api/cover/enrolment/quote',
    { config: { summary: 'What an enrolment would cost and cover; writes nothing.', body: quoteSchema } },
    (request) => preview(options, request),
  );
  app.post(
    '/api/cover/enrolment/policies',
    { config: { summary: 'Enrol a member or a family. No document is needed.', body: enrolSchema } },
    async (request, reply): Promise<Result<EnrolAnswer>> => {
      const result = await enrol(options, request);
      if (result.ok) {
        reply.code(201);
      }
      return result;
    },
  );
  lifeRoutes(app, options);
  endRoutes(app, options);
  moveRoutes(app, options);
}

function today(options: CoverOptions): string {
  return localDay(options);
}

/** Volunteers and employers enrol in the open; `desk` is the officer's. */
export function channelOf(store: RequestStore): string {
  return store.context.actor.class === 'programme'
    ? 'volunteer'
    : store.context.actor.class === 'employer'
      ? 'employer'
      : 'desk';
}

async function enrol(options: CoverOptions, request: FastifyRequest): Promise<Result<EnrolAnswer>> {
  const refused = refuseForbidden(request.body);
  if (refused) {
    return refused;
  }
  const input = parseInput(enrolSchema, request.body);
  const store = options.storeFor(request);
  await reachFor(store, 'enrol');
  if (input.payment && store.context.actor.class === 'programme') {
    // Volunteers enrol; money goes through a channel that gives a reference of its own.
    return absent();
  }
  const members = await recordsOfCards(options, store.context.actor.id, input.members);
  if (!members.ok) {
    return members;
  }
  return undoing(
    store.once<Result<EnrolAnswer>>(input.requestId, async (tx) => {
      const on = input.on ?? today(options);
      const campaign = await campaignFor(coverOf(tx), input, on);
      return enrolMembers(tx, options, {
        ...input,
        members: members.value,
        ...campaign,
        on,
        channel: channelOf(store),
        by: store.context.actor.id,
      });
    }),
  );
}

async function preview(options: CoverOptions, request: FastifyRequest): Promise<EnrolmentPreview | Refusal> {
  const refused = refuseForbidden(request.body);
  if (refused) {
    return refused;
  }
  const input = parseInput(quoteSchema, request.body);
  await reachFor(options.storeFor(request), 'enrol');
  const { database } = options;
  const on = input.on ?? today(options);
  const scheme = schemeAt(options.schemes, input.schemeId, on);
  const group = await groupFor(database, input.groupId);
  if (!scheme || (group && !group.ok)) {
    return scheme ? (group as Refusal) : refuse('schemes.unknown', undefined, 'schemeId');
  }
  const known = await membersById(
    database,
    input.members.flatMap((each) => ('memberId' in each ? each.memberId : [])),
  );
  const members: Parameters<typeof planEnrolment>[0]['members'][number][] = [];
  for (const [i, each] of input.members.entries()) {
    const member =
      'memberId' in each ? known.find((one) => one.memberId === each.memberId) : freshMember(each.newMember, i, on);
    if (!member) {
      return refuse('enrolment.unknown-member', undefined, `members[${i}]`);
    }
    if ('ok' in member) {
      return { ...member, expression: `members[${i}].birth` };
    }
    const wage = 'newMember' in each ? each.newMember.wage : undefined;
    members.push({ relation: each.relation, member, ...(wage && { wage }) });
  }
  const planned = planEnrolment({
    ...input,
    ...(await campaignFor(database, input, on)),
    policyId: 'preview',
    scheme,
    on,
    members,
    ...(group?.ok && group.value.industry && { industry: group.value.industry }),
  });
  if (!planned.ok) {
    return planned;
  }
  return previewOf(planned.value);
}

function freshMember(input: z.output<typeof newMember>, place: number, on: string) {
  const born = knownBirth(input.birth, on);
  return 'ok' in born
    ? born
    : { memberId: `new-${place}`, entitlement: input.entitlement, residence: input.residence, ...born };
}

/** Renew, put into effect. */
function lifeRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor } = options;
  type ById = { Params: { id: string } };

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/renew',
    { config: { summary: 'Renew a policy with the members who are on it at its end.', body: renewSchema } },
    async (request): Promise<Result<EnrolAnswer>> => {
      const input = parseInput(renewSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return undoing(
        store.once<Result<EnrolAnswer>>(input.requestId, async (tx) => {
          const on = today(options);
          const [policy] = await policiesById(coverOf(tx), [request.params.id]);
          const campaign = await campaignFor(coverOf(tx), { ...input, groupId: policy?.groupId }, on);
          return renewPolicy(tx, options, {
            ...input,
            ...campaign,
            policyId: request.params.id,
            on,
            by: store.context.actor.id,
            channel: channelOf(store),
          });
        }),
      );
    },
  );

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/activate',
    { config: { summary: 'Put a policy into effect although something is owed.', body: activateSchema } },
    async (request): Promise<Result<{ policyId: string }>> => {
      const input = parseInput(activateSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once<Result<{ policyId: string }>>(input.requestId, async (tx) => {
        const [policy] = await policiesById(coverOf(tx), [request.params.id], { lock: true });
        if (!policy) {
          return refuse('enrolment.unknown-policy');
        }
        const on = today(options);
        await activatePolicies(tx, options, [policy.policyId], on, store.context.actor.id, true);
        await writeCoverages(tx, options, [policy.policyId], on);
        await tx.evidence.append({
          kind: 'privileged',
          public: { action: 'activate-policy', class: store.context.actor.class },
          sealed: { policy: policy.policyId, actor: store.context.actor.id, because: input.because },
        });
        return ok({ policyId: policy.policyId });
      });
    },
  );
}

/** End before its time. */
function endRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor } = options;
  type ById = { Params: { id: string } };

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/end',
    {
      config: { summary: 'End a policy before its time; what was paid for the days after is credit.', body: endSchema },
    },
    async (request) => {
      const input = parseInput(endSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once(input.requestId, async (tx) => {
        const ended = await endPolicy(tx, options, {
          ...input,
          policyId: request.params.id,
          by: store.context.actor.id,
        });
        return ended.ok ? ok(endedView(ended.value)) : ended;
      });
    },
  );
}

function endedView(ended: EndAnswer) {
  return {
    policyId: ended.policyId,
    lastDay: ended.lastDay,
    notOwed: moneyText(ended.notOwed),
    credit: moneyText(ended.credit),
    payments: ended.payments.map((each) => each.paymentId),
  };
}

/** Members who join, leave or go to another employer. */
function moveRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor } = options;
  type ById = { Params: { id: string } };

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/members',
    { config: { summary: 'A newborn, a spouse: a member joins a running policy.', body: joinSchema } },
    async (request): Promise<Result<{ memberId: string }>> => {
      const refused = refuseForbidden(request.body);
      if (refused) {
        return refused;
      }
      const input = parseInput(joinSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once(input.requestId, (tx) =>
        joinMember(tx, options, {
          ...input,
          on: input.on ?? today(options),
          policyId: request.params.id,
          by: store.context.actor.id,
        }),
      );
    },
  );

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/leave',
    { config: { summary: 'A member leaves a policy that goes on for the others.', body: leaveSchema } },
    async (request): Promise<Result<{ memberId: string; to: string }>> => {
      const input = parseInput(leaveSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once(input.requestId, (tx) =>
        leaveMember(tx, options, { ...input, policyId: request.params.id, by: store.context.actor.id }),
      );
    },
  );

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/transfer',
    { config: { summary: 'To another employer, or none; waiting periods go on.', body: transferSchema } },
    async (request): Promise<Result<EnrolAnswer>> => {
      const input = parseInput(transferSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return undoing(
        store.once<Result<EnrolAnswer>>(input.requestId, (tx) =>
          transferPolicy(tx, options, {
            ...input,
            policyId: request.params.id,
            by: store.context.actor.id,
            channel: channelOf(store),
          }),
        ),
      );
    },
  );
}
