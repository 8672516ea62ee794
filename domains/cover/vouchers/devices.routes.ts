import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import type { DevicesView } from './api.ts';
import { sitsAt } from './desks.ts';
import { devicesOf, revokeDevice } from './devices.store.ts';
import { deviceSchema, kitSchema, revokeDeviceSchema, syncSchema } from './inputs.ts';
import { providerOf } from './provider.ts';
import { drawKit, registerDevice, type Synced, syncDevice } from './sync.store.ts';
import { requireDesk } from './vouchers.store.ts';

const base = '/api/cover/vouchers/devices';

/** Devices that redeem without a network: set up, given a kit, heard, and taken out of use. */
export async function devicesRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  setUpRoutes(app, options);
  revokeRoutes(app, options);
}

/**
 * Officers see and revoke every device of the node; a facility only its own, at once, since it is the first to miss one.
 * @returns the facility whose devices alone are meant, if any.
 * @throws OperationOutcomeError not found, for anyone else.
 */
async function whoseDevices(options: CoverOptions, store: RequestStore): Promise<string | undefined> {
  if (sitsAt(store.context.actor, 'redeem')) {
    await requireDesk(store, 'redeem');
    return providerOf(options, store).facility;
  }
  await requireDesk(store, 'validate');
  return undefined;
}

function revokeRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.get(
    base,
    { config: { summary: 'Devices that redeem without a network, and the most each may still hold.' } },
    async (request): Promise<DevicesView> => devicesOf(options, await whoseDevices(options, options.storeFor(request))),
  );

  app.post<{ Params: { id: string } }>(
    `${base}/:id/revoke`,
    { config: { summary: 'Take a lost device out of use for good.', body: revokeDeviceSchema } },
    async (request): Promise<Result<{ deviceId: string }>> => {
      const store = options.storeFor(request);
      const facility = await whoseDevices(options, store);
      const { requestId, reason, inHandUntil } = parseInput(revokeDeviceSchema, request.body);
      const deviceId = request.params.id;
      const actor = store.context.actor.id;
      return store.once<Result<{ deviceId: string }>>(requestId, async (tx) => {
        const revoked = await revokeDevice(tx, options, { deviceId, facility, reason, inHandUntil, actor });
        if (revoked.ok) {
          await tx.evidence.append({
            kind: 'privileged',
            public: { action: 'revoke-voucher-device', class: store.context.actor.class },
            sealed: { device: deviceId, reason, inHandUntil, actor },
          });
        }
        return revoked;
      });
    },
  );
}

function setUpRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    base,
    {
      config: {
        summary: 'Register a device that will redeem without a network, by its public key.',
        body: deviceSchema,
      },
    },
    async (request): Promise<Result<{ deviceId: string }>> => {
      const store = options.storeFor(request);
      await requireDesk(store, 'redeem');
      const input = parseInput(deviceSchema, request.body);
      const { facility } = providerOf(options, store);
      const { id: actor } = store.context.actor;
      const publicJwk = input.publicJwk as PublicJwk;
      return store.once(input.requestId, (tx) =>
        registerDevice(tx, options, { facility, label: input.label, publicJwk, actor }),
      );
    },
  );

  app.post<{ Params: { id: string } }>(
    `${base}/:id/kit`,
    {
      config: {
        summary: 'What a device takes with it: keys, programmes, vouchers not to be taken; signed.',
        body: kitSchema,
      },
    },
    async (request): Promise<Result<{ kit: string }>> => {
      const store = options.storeFor(request);
      await requireDesk(store, 'redeem');
      const input = parseInput(kitSchema, request.body);
      const provider = providerOf(options, store);
      return store.once(input.requestId, (tx) => drawKit(tx, options, { deviceId: request.params.id, provider }));
    },
  );

  app.post<{ Params: { id: string } }>(
    `${base}/:id/sync`,
    {
      bodyLimit: 1_048_576,
      config: { summary: 'What a device redeemed without a network, in its order.', body: syncSchema },
    },
    async (request): Promise<Result<Synced>> => {
      const store = options.storeFor(request);
      await requireDesk(store, 'redeem');
      const input = parseInput(syncSchema, request.body);
      const provider = providerOf(options, store);
      const { id: actor } = store.context.actor;
      const { statements } = input;
      return store.once(input.requestId, (tx) =>
        syncDevice(tx, options, { deviceId: request.params.id, statements, provider, actor }),
      );
    },
  );
}
