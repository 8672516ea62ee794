import { parseInput } from '@serai/kernel/base/input.ts';
import type { Refusal, Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { type ChangePreview, previewChange, takeBack } from './change-preview.store.ts';
import { changeSchema, takeBackSchema } from './changes.ts';
import { undoing } from './enrol.store.ts';
import { reachFor } from './enrolment.access.ts';
import { refuseForbidden } from './member.ts';
import { channelOf } from './policies.routes.ts';

type ById = { Params: { id: string } };

/** What a change of a policy would come to, and its reversal. */
export async function changeRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post<ById>(
    '/api/cover/enrolment/policies/:id/preview',
    {
      config: {
        summary: 'What a joining, leaving, transfer, end or its reversal would do to days and money; writes nothing.',
        body: changeSchema,
      },
    },
    async (request): Promise<Result<ChangePreview> | Refusal> => {
      const refused = refuseForbidden(request.body);
      if (refused) {
        return refused;
      }
      const change = parseInput(changeSchema, request.body);
      const store = options.storeFor(request);
      await reachFor(store, 'change');
      return previewChange(store, options, change, {
        policyId: request.params.id,
        on: localDay(options),
        by: store.context.actor.id,
        channel: channelOf(store),
      });
    },
  );

  app.post<ById>(
    '/api/cover/enrolment/policies/:id/take-back',
    {
      config: { summary: 'Take an end, a leaving or a transfer back by its reversal.', body: takeBackSchema },
    },
    async (request): Promise<Result<{ policyId: string }>> => {
      const input = parseInput(takeBackSchema, request.body);
      const store = options.storeFor(request);
      await reachFor(store, 'change');
      return undoing(
        store.once<Result<{ policyId: string }>>(input.requestId, async (tx) => {
          const by = store.context.actor.id;
          const back = await takeBack(tx, options, input, { policyId: request.params.id, by });
          if (back.ok) {
            await tx.evidence.append({
              kind: 'privileged',
              public: { action: `take-back-${input.what}`, class: store.context.actor.class },
              sealed: { policy: request.params.id, actor: by },
            });
          }
          return back;
        }),
      );
    },
  );
}
