import { parseInput } from '@serai/kernel/base/input.ts';
import type { VerifiedKeySet } from '@serai/kernel/trust/keys.ts';
import type { VerifiedStatusList } from '@serai/kernel/trust/status-list.ts';
import type { TrustList } from '@serai/kernel/trust/trust-list.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OutboxView, PartnersView } from '../api.ts';

export interface OperatorRoutesOptions {
  readonly country: string;
  readonly clock: () => Date;
  readonly agreements: readonly Agreement[];
  readonly outbox: () => Promise<OutboxView['messages']>;
  readonly retry: (messageId: string) => Promise<boolean>;
  readonly trustList: () => TrustList;
  readonly keySets: () => readonly VerifiedKeySet[];
  readonly statusList: (uri: string) => VerifiedStatusList | undefined;
  readonly reachable: (country: string) => boolean;
  readonly refresh: () => Promise<unknown>;
  /** Gives every operational key a successor. */
  readonly rotateKeys: () => Promise<readonly string[]>;
}

const retrySchema = z.strictObject({ id: z.string().min(1).max(300) });

/** What whoever runs the node sees: messages waiting, partners, keys. No one's record. */
export async function operatorRoutes(app: FastifyInstance, options: OperatorRoutesOptions): Promise<void> {
  app.get(
    '/api/operator/outbox',
    { config: { summary: 'Messages to partners and persons, and how they fare.' } },
    async (): Promise<OutboxView> => ({
      messages: await options.outbox(),
    }),
  );

  app.post(
    '/api/operator/outbox/retry',
    { config: { summary: 'Try a message again now.', body: retrySchema } },
    async (request) => ({ retried: await options.retry(parseInput(retrySchema, request.body).id) }),
  );

  app.get(
    '/api/operator/partners',
    { config: { summary: 'Partner nodes, how fresh what is known of them is.' } },
    async (): Promise<PartnersView> => {
      const now = Math.floor(options.clock().getTime() / 1000);
      return {
        partners: options
          .trustList()
          .nodes.filter((node) => node.country !== options.country)
          .map((node) => {
            const keys = options.keySets().find((set) => set.node === node.baseUrl);
            const status = options.statusList(`${node.baseUrl}/status-lists/1`);
            return {
              country: node.country,
              baseUrl: node.baseUrl,
              status: node.status,
              reachable: options.reachable(node.country),
              keysAgeSeconds: keys ? now - keys.issuedAt : -1,
              ...(status && { statusListAgeSeconds: now - status.issuedAt }),
              agreements: options.agreements
                .filter((agreement) => agreement.parties.some((party) => party.country === node.country))
                .map(({ id, version, status: standing }) => ({ id, version, status: standing })),
            };
          }),
      };
    },
  );

  app.post('/api/operator/partners/refresh', { config: { summary: 'Fetch what partners publish, now.' } }, async () => {
    await options.refresh();
    return { refreshed: true };
  });

  app.post(
    '/api/operator/keys/rotate',
    { config: { summary: 'Give every operational key a successor.' } },
    async () => ({
      active: await options.rotateKeys(),
    }),
  );
}
