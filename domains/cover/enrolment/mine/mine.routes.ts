import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openAppeal } from '../../claims/appeals.store.ts';
import { takeFeedback } from '../../claims/feedback.store.ts';
import { type CoverOptions, requireCover } from '../../cover.deps.ts';
import type { Member } from '../../cover.ts';
import { localDay } from '../../local-day.ts';
import { requestId } from '../enrolment.inputs.ts';
import { readMemberByPerson } from '../members.store.ts';
import { type OwnCover, type OwnReceipt, ownCover, ownReceipt } from './mine.store.ts';

const appealSchema = z.strictObject({
  requestId,
  reason: z.string().trim().min(3, 'must say why').max(4000),
});
const feedbackSchema = z.strictObject({
  requestId,
  careRendered: z.boolean(),
  paymentAsked: z.boolean(),
  drugsPrescribed: z.boolean(),
  drugsReceived: z.boolean(),
  rating: z.int().min(0, 'must be 0 to 5').max(5, 'must be 0 to 5'),
});

/**
 * A person's own cover. Whose it is comes from who signed in and from nothing that is sent; that they may see it, the
 * policies decide (`person.own-record`), and with the right to see how a claim was judged comes the word against it.
 */
export async function mineRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.get(
    '/api/cover/mine',
    { config: { summary: 'A member’s own cover, contributions, receipts and claims.' } },
    async (request): Promise<OwnCover> => {
      const { member } = await own(options, request);
      return ownCover(options, member, localDay(options));
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/mine/receipts/:id',
    { config: { summary: 'A receipt of a member’s own.' } },
    async (request): Promise<OwnReceipt> => {
      const { member } = await own(options, request);
      return (await ownReceipt(options, member, request.params.id)) ?? notThere();
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/mine/claims/:id/appeal',
    { config: { summary: 'A member appeals against how their own claim was judged.', body: appealSchema } },
    async (request): Promise<Result<{ appealId: string }>> => {
      const input = parseInput(appealSchema, request.body);
      const { store, member } = await own(options, request);
      await ownClaimOnly(options, member, request.params.id);
      return store.once(input.requestId, async (tx) => {
        const of = {
          claimId: request.params.id,
          provider: undefined,
          onBehalfOf: 'member' as const,
          reason: input.reason,
        };
        return (await openAppeal(tx, options, of, store.context.actor.id)) ?? notThere();
      });
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/mine/claims/:id/feedback',
    { config: { summary: 'A member says how the care was that was claimed for them.', body: feedbackSchema } },
    async (request): Promise<Result<{ claimId: string }>> => {
      const { requestId: act, ...answers } = parseInput(feedbackSchema, request.body);
      const { store, member } = await own(options, request);
      await ownClaimOnly(options, member, request.params.id);
      return store.once(
        act,
        async (tx) =>
          (await takeFeedback(tx, options, request.params.id, answers, store.context.actor.id)) ?? notThere(),
      );
    },
  );
}

function notThere(): never {
  throw absent();
}

/** The member who has signed in. @throws OperationOutcomeError not found, for anyone else. */
async function own(
  options: CoverOptions,
  request: FastifyRequest,
): Promise<{ readonly store: RequestStore; readonly member: Member }> {
  const store = options.storeFor(request);
  const { actor } = store.context;
  const personId = actor.class === 'person' ? actor.personId : undefined;
  // Decided and logged for anyone who asks; of nobody in particular where no person has signed in.
  await requireCover(store, 'read', 'Coverage', { personId });
  await requireCover(store, 'read', 'Claim', { personId });
  const member = personId === undefined ? undefined : await readMemberByPerson(options.database, personId);
  return member ? { store, member } : notThere();
}

async function ownClaimOnly(options: CoverOptions, member: Member, claimId: string): Promise<void> {
  const row = await options.database
    .selectFrom('cover_claim')
    .select('claim_id')
    .where('claim_id', '=', claimId)
    .where('member_id', '=', member.memberId)
    .executeTakeFirst();
  if (!row) {
    notThere();
  }
}
