import { parseInput } from '@serai/kernel/base/input.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { type CoverOptions, coverOf } from '../../cover.deps.ts';
import { localDay } from '../../local-day.ts';
import { schemeAt } from '../../schemes/scheme.ts';
import { reachFor } from '../enrolment.access.ts';
import { id, requestId } from '../enrolment.inputs.ts';
import { openSchemes } from '../groups.routes.ts';
import { type FieldKit, type FieldScheme, openedAtMost, sealedAtMost, unseal } from './field.ts';

const kitSchema = z.strictObject({ requestId });
const openSchema = z.strictObject({
  kitId: id,
  sealed: z.array(z.string().min(1).max(sealedAtMost)).min(1).max(openedAtMost),
});

/** Devices that enrol without a network: setting one up, what it goes by, and opening what it kept. */
export async function fieldRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock } = options;

  app.post(
    '/api/cover/enrolment/field/kits',
    { config: { summary: 'Set up a device to enrol without a network.', body: kitSchema } },
    async (request, reply): Promise<Result<FieldKit>> => {
      const input = parseInput(kitSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'enrol');
      const keys = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
      const [privateJwk, publicJwk] = await Promise.all([exportJWK(keys.privateKey), exportJWK(keys.publicKey)]);
      const result = await store.once<Result<FieldKit>>(input.requestId, async (tx) => {
        const kitId = options.newId();
        const owner = store.context.actor.id;
        await coverOf(tx)
          .insertInto('cover_field_kit')
          .values({ kit_id: kitId, owner, private_jwk: JSON.stringify(privateJwk), made: clock() })
          .execute();
        return ok({ kitId, owner, publicJwk });
      });
      reply.code(201);
      return result;
    },
  );

  app.get(
    '/api/cover/enrolment/field/schemes',
    { config: { summary: 'Schemes open for enrolment with the rules their price is reckoned by.' } },
    async (request): Promise<{ schemes: readonly FieldScheme[] }> => {
      await reachFor(storeFor(request), 'enrol');
      const on = localDay(options);
      const schemes = openSchemes(options, on).map((form) => ({
        form,
        rules: schemeAt(options.schemes, form.schemeId, on)!,
      }));
      return { schemes };
    },
  );

  app.post(
    '/api/cover/enrolment/field/open',
    { config: { summary: 'Read what a device of one’s own kept; writes nothing.', body: openSchema } },
    async (request): Promise<Result<{ opened: readonly unknown[] }>> => {
      const input = parseInput(openSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'enrol');
      const kit = await options.database
        .selectFrom('cover_field_kit')
        .select('private_jwk')
        .where('kit_id', '=', input.kitId)
        .where('owner', '=', store.context.actor.id)
        .executeTakeFirst();
      if (!kit) {
        return refuse('enrolment.unknown-device', undefined, 'kitId');
      }
      const opened = await Promise.all(input.sealed.map((each) => unseal(kit.private_jwk as JWK, each)));
      return ok({ opened: opened.map((each) => each ?? null) });
    },
  );
}
