import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { appealAct } from '../claims/appeal-act.store.ts';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { undoing } from '../enrolment/enrol.store.ts';
import { refundAct, reversalAct, writeOffActs } from '../enrolment/two-people.store.ts';
import type { Decided, WaitingApproval } from './api.ts';
import { type Act, decideProposal, waitingApprovals } from './approvals.store.ts';
import { type ApprovalKind, approvalKinds, rolesOfKind } from './approvals.ts';

const findSchema = z.strictObject({ cursor: z.string().max(120).optional() });
const decideSchema = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  approve: z.boolean('must say whether it is done or set aside'),
});

/** Each kind as it is done once a second person says so. */
const acts: Readonly<Record<ApprovalKind, Act<never, object>>> = {
  ...{ refund: refundAct, reversal: reversalAct, appeal: appealAct },
  ...writeOffActs,
};

/** What waits for a second person, and their yes or no. */
export async function approvalsRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post(
    '/api/cover/approvals/find',
    { config: { summary: 'What waits for a second person, the oldest first.', body: findSchema } },
    async (request): Promise<{ rows: WaitingApproval[]; next?: string }> => {
      const { cursor } = parseInput(findSchema, request.body);
      const { store, kinds } = await deciding(options, request, 'read');
      const { id: by } = store.context.actor;
      return waitingApprovals(options.database, { kinds, at: options.clock(), by, cursor });
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/approvals/:id/decide',
    { config: { summary: 'Do what another proposed, or set it aside.', body: decideSchema } },
    async (request): Promise<Result<Decided>> => {
      const input = parseInput(decideSchema, request.body);
      const { store, kinds } = await deciding(options, request, 'update');
      const { id: by } = store.context.actor;
      const decision = { approvalId: request.params.id, approve: input.approve, by };
      return undoing(
        store.once<Result<Decided>>(input.requestId, async (tx) => {
          const decided = await decideProposal(tx, options, acts, { ...decision, may: (kind) => kinds.includes(kind) });
          if (!decided) {
            throw absent();
          }
          return decided;
        }),
      );
    },
  );
}

/** Whoever may decide some of it, and which kinds. */
async function deciding(
  options: CoverOptions,
  request: FastifyRequest,
  action: 'read' | 'update',
): Promise<{ readonly store: RequestStore; readonly kinds: readonly ApprovalKind[] }> {
  const store = options.storeFor(request);
  await requireCover(store, action, 'Coverage');
  const { actor } = store.context;
  // What was treated stands in appeals: they are seen for payment alone.
  const kinds = approvalKinds.filter(
    (kind) =>
      actor.roles.some((role) => rolesOfKind[kind].includes(role)) &&
      (kind !== 'appeal' || store.context.purpose === 'HPAYMT'),
  );
  if (actor.class !== 'payer' || kinds.length === 0) {
    throw absent();
  }
  if (kinds.includes('appeal')) {
    await requireCover(store, action, 'Claim');
  }
  return { store, kinds };
}
