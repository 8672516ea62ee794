import type { Resource } from '@medplum/fhirtypes';
import { accessRoutes } from '@serai/domains/access/access.routes.ts';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import type { NodeConfig } from '@serai/domains/access/api.ts';
import type { PrincipalResolver } from '@serai/domains/access/principal.ts';
import { careRoutes } from '@serai/domains/care/care.routes.ts';
import type { CoverOptions } from '@serai/domains/cover/cover.deps.ts';
import { coverRoutes } from '@serai/domains/cover/cover.routes.ts';
import { cardRoutes } from '@serai/domains/exchange/cards/cards.routes.ts';
import { type CrossingOptions, crossingRoutes } from '@serai/domains/exchange/crossing/crossing.routes.ts';
import { type EvidenceRoutesOptions, evidenceRoutes } from '@serai/domains/governance/evidence/evidence.routes.ts';
import { type OperatorRoutesOptions, operatorRoutes } from '@serai/domains/governance/operator/operator.routes.ts';
import { personRoutes } from '@serai/domains/registry/persons.routes.ts';
import type { RegistryDatabase } from '@serai/domains/registry/persons.store.ts';
import { dayOfInstant } from '@serai/kernel/base/days.ts';
import type { Refusal } from '@serai/kernel/base/refusal.ts';
import type { Decide } from '@serai/policy/types.ts';
import type { Store } from '@serai/store/store.ts';
import type { RequestStore } from '@serai/store/types.ts';
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Kysely } from 'kysely';
import type Provider from 'oidc-provider';
import { capabilityStatement, resourceTypes } from './capability.ts';
import { serveConsole } from './console.ts';
import { bodyLimitBytes, readBodies } from './http/body.ts';
import { fhirRoutes, type InstanceOperation, type TypeOperation } from './http/fhir.ts';
import { answer, correlationId, guard, principalOf } from './http/gate.ts';
import { type MetricsOptions, observe } from './http/metrics.ts';
import { describeRoutes, type ListedRoute, listRoutes } from './http/openapi.ts';
import { refusalAnswer, thrownAnswer } from './http/outcome.ts';

/** Everything a node is made of, opened and ready. {@link openNode} makes it; tests may make it otherwise. */
export interface NodeParts {
  readonly country: string;
  readonly publicUrl: string;
  readonly store: Store;
  readonly database: Kysely<AccessTables>;
  readonly registryDatabase: RegistryDatabase;
  readonly decide: Decide;
  readonly oidc: Provider;
  readonly resolve: PrincipalResolver;
  readonly config: NodeConfig;
  readonly nameKey: string;
  readonly indexSecret: string;
  readonly exchange: Omit<CrossingOptions, 'storeFor'>;
  readonly evidence: Omit<EvidenceRoutesOptions, 'storeFor'>;
  readonly cover: Omit<CoverOptions, 'storeFor'>;
  readonly operator: OperatorRoutesOptions;
  readonly operations: readonly (InstanceOperation & { readonly definition: string })[];
  readonly typeOperations: readonly (TypeOperation & { readonly definition: string })[];
  readonly gauges: MetricsOptions['gauges'];
  readonly facilityName: (reference: string) => Promise<string | undefined>;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly logLevel: string;
  /** Where log lines go; standard output unless told. */
  readonly logTo?: { write(line: string): void };
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every registered route: the API's description is made from it, and the firewall's proof walks it. */
    listedRoutes: readonly ListedRoute[];
  }
}

/**
 * The table of contents of the product: one node's HTTP, all of it. Does not listen.
 */
export async function build(parts: NodeParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    genReqId: correlationId,
    requestIdHeader: false,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => answer(reply as never, thrownAnswer(error, request.id)),
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      level: parts.logLevel,
      base: { country: parts.country },
      // Addresses may hold search values, headers hold tokens: neither is logged, and nothing that is logged names anyone.
      serializers: { req: (request) => ({ method: request.method }), res: (reply) => ({ status: reply.statusCode }) },
      ...(parts.logTo && { stream: parts.logTo }),
    },
  });
  const storeFor = (request: FastifyRequest): RequestStore => {
    const { actor, language } = principalOf(request);
    return parts.store.forRequest({
      actor,
      purpose: request.purpose!,
      decide: parts.decide,
      clock: parts.clock,
      correlationId: request.id,
      language,
    });
  };
  const record = (entry: Parameters<Store['record']>[0]) => parts.store.record(entry, parts.clock());

  const routes = listRoutes(app);
  app.decorate('listedRoutes', routes);
  readBodies(app);
  guard(app, { resolve: parts.resolve, decide: parts.decide, record });
  secureHeaders(app);
  logRequests(app);
  answerResults(app);
  observe(app, { country: parts.country, gauges: parts.gauges, ready: () => ready(parts.store) });

  await app.register(accessRoutes, {
    oidc: parts.oidc,
    database: parts.database,
    config: parts.config,
    nameKey: parts.nameKey,
    clock: parts.clock,
    principalOf,
    facilityName: parts.facilityName,
    record,
    pageHeaders: securityHeaders,
  });
  await app.register(personRoutes, {
    storeFor,
    database: parts.registryDatabase,
    indexSecret: parts.indexSecret,
    clock: parts.clock,
    newId: parts.newId,
  });
  await app.register(careRoutes, { storeFor, clock: parts.clock, newId: parts.newId });
  await app.register(cardRoutes, { ...parts.exchange, storeFor });
  await app.register(crossingRoutes, { ...parts.exchange, storeFor });
  await app.register(coverRoutes, { ...parts.cover, storeFor });
  await app.register(evidenceRoutes, { ...parts.evidence, storeFor });
  await app.register(operatorRoutes, parts.operator);

  const baseUrl = `${parts.publicUrl}/fhir/R4/`;
  const statement = capabilityStatement({
    baseUrl: baseUrl.slice(0, -1),
    issuer: `${parts.publicUrl}/oidc`,
    country: parts.country,
    date: dayOfInstant(parts.clock()),
    resourceTypes: resourceTypes(),
    operations: [...parts.operations, ...parts.typeOperations],
  });
  await app.register(fhirRoutes, {
    baseUrl,
    storeFor,
    metadata: (): Resource => statement,
    operations: parts.operations,
    typeOperations: parts.typeOperations,
  });
  await serveConsole(app);
  describeRoutes(app, routes, parts.publicUrl);
  app.get('/', { config: { open: true } }, async (_request, reply) => reply.redirect('/console/'));
  return app;
}

async function ready(store: Store): Promise<void> {
  if (!(await store.ping())) {
    throw new Error('the database does not answer');
  }
}

/** A route that answers a `Result` is answered by its value or, refused, by the outcome its code stands for. */
function answerResults(app: FastifyInstance): void {
  app.addHook('preSerialization', async (_request, reply, payload) => {
    const result = payload as { ok?: unknown; value?: unknown } | null;
    if (result !== null && typeof result === 'object' && result.ok === false && 'code' in result) {
      const { status, outcome } = refusalAnswer(result as unknown as Refusal);
      reply.code(status).type('application/fhir+json; charset=utf-8');
      return outcome;
    }
    return result !== null && typeof result === 'object' && result.ok === true && 'value' in result
      ? result.value
      : payload;
  });
}

/** What every answer bears: nothing is loaded from elsewhere, framed, sniffed or told to the next site. */
const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; media-src 'self' blob:; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
};

function secureHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    reply.headers(securityHeaders);
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store');
    }
  });
}

/** One line a request: which route, not which address. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.logLevel !== 'silent') {
      request.log.info(
        {
          route: request.routeOptions.url ?? 'unknown',
          method: request.method,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          class: request.principal?.actor.class,
        },
        'answered',
      );
    }
  });
}
