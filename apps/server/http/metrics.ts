import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricsOptions {
  readonly country: string;
  /** Counted when scraped: outbox messages by state, evidence entries not yet in the tree. */
  readonly gauges: () => Promise<{
    readonly outboxWaiting: number;
    readonly outboxDead: number;
    readonly unsequenced: number;
  }>;
  /** Throws where the node cannot serve: the database does not answer, or the policies are not loaded. */
  readonly ready: () => Promise<void>;
}

/** `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (Prometheus). No personal data in any. */
export function observe(app: FastifyInstance, options: MetricsOptions): void {
  const registry = new Registry();
  registry.setDefaultLabels({ country: options.country });
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'serai_http_request_seconds',
    help: 'Time to answer, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'serai_refused_total',
    help: 'Requests refused at the gate or below, by class of principal.',
    labelNames: ['class'],
    registers: [registry],
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const outboxWaiting = gauge('serai_outbox_waiting', 'Messages waiting to be delivered.');
  const outboxDead = gauge('serai_outbox_dead', 'Messages given up on; an operator must look.');
  const unsequenced = gauge('serai_evidence_unsequenced', 'Evidence entries not yet in the tree.');

  app.addHook('onResponse', async (request, reply) => {
    requests.observe(
      { route: request.routeOptions.url ?? 'unknown', method: request.method, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    if (reply.statusCode === 404 && request.headers.authorization) {
      refused.inc({ class: request.principal?.actor.class ?? 'stopped-at-gate' });
    }
  });

  app.get('/healthz', { config: { open: true, summary: 'The process lives.' }, logLevel: 'silent' }, async () => ({
    status: 'alive',
  }));
  app.get(
    '/readyz',
    { config: { open: true, summary: 'The node can serve.' }, logLevel: 'silent' },
    async (_, reply) => {
      try {
        await options.ready();
        return { status: 'ready' };
      } catch {
        return reply.code(503).send({ status: 'not ready', why: 'The database does not answer.' });
      }
    },
  );
  app.get(
    '/metrics',
    { config: { open: true, summary: 'Prometheus metrics.' }, logLevel: 'silent' },
    async (_, reply) => {
      const counts = await options.gauges();
      outboxWaiting.set(counts.outboxWaiting);
      outboxDead.set(counts.outboxDead);
      unsequenced.set(counts.unsequenced);
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}
