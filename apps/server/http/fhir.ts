import type { FhirRequest, HttpMethod } from '@medplum/fhir-router';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { createFhirRouter } from '@serai/store/router.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { speaksForFund } from './fund-says.ts';
import { answer } from './gate.ts';
import { notFoundAnswer, statusOf } from './outcome.ts';

export interface FhirEdgeOptions {
  /** `http://127.0.0.1:4101/fhir/R4/`. */
  readonly baseUrl: string;
  readonly storeFor: (request: FastifyRequest) => RequestStore;
  readonly metadata: () => Resource;
}

/** An operation on a resource: `GET` or `POST /fhir/R4/{type}/{id}/${code}`. */
export interface InstanceOperation {
  readonly resourceType: string;
  readonly code: string;
  readonly handle: (request: {
    readonly id: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly store: RequestStore;
    readonly headers: FastifyRequest['headers'];
  }) => Promise<Resource>;
}

/** An operation on a type: `POST /fhir/R4/{type}/${code}` with a resource in the body, such as `Claim/$submit`. */
export interface TypeOperation {
  readonly resourceType: string;
  readonly code: string;
  readonly handle: (request: {
    /** What was sent: a resource, or the `resource` parameter of a `Parameters`. */
    readonly body: unknown;
    readonly store: RequestStore;
    readonly headers: FastifyRequest['headers'];
  }) => Promise<Result<Resource>>;
}

/** FHIR R4 over HTTP: Medplum's router in front of the request's own repository. */
export async function fhirRoutes(
  app: FastifyInstance,
  options: FhirEdgeOptions & {
    readonly operations: readonly InstanceOperation[];
    readonly typeOperations?: readonly TypeOperation[];
  },
): Promise<void> {
  const router = createFhirRouter();
  // `_search` by POST keeps search values out of addresses.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  const methods: HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

  app.get('/fhir/R4/metadata', { config: { open: true } }, async (_request, reply) =>
    send(reply, 200, options.metadata()),
  );

  for (const operation of options.operations) {
    app.route<{ Params: { id: string } }>({
      method: ['GET', 'POST'],
      url: `/fhir/R4/${operation.resourceType}/:id/$${operation.code}`,
      handler: async (request, reply) => {
        const resource = await operation.handle({
          id: request.params.id,
          parameters: parametersOf(request),
          store: options.storeFor(request),
          headers: request.headers,
        });
        return send(reply, 200, resource);
      },
    });
  }

  for (const operation of options.typeOperations ?? []) {
    app.post(
      `/fhir/R4/${operation.resourceType}/$${operation.code}`,
      { config: { summary: `FHIR: ${operation.resourceType}/$${operation.code}` } },
      async (request, reply) => {
        const result = await operation.handle({
          body: resourceIn(request.body),
          store: options.storeFor(request),
          headers: request.headers,
        });
        return result.ok ? send(reply, 200, result.value) : result;
      },
    );
  }

  app.route({
    method: [...methods],
    url: '/fhir/R4',
    handler: (request, reply) => interact(request, reply),
  });
  app.route({
    method: [...methods],
    url: '/fhir/R4/*',
    handler: (request, reply) => interact(request, reply),
  });

  async function interact(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const url = request.url.slice('/fhir/R4'.length) || '/';
    const method = request.method as HttpMethod;
    const found = router.find(method, url);
    if (!found) {
      return answer(reply, notFoundAnswer);
    }
    const { repo, context } = options.storeFor(request);
    if (!speaksForFund(context.actor, { method, url, body: request.body })) {
      return answer(reply, notFoundAnswer);
    }
    const fhirRequest: FhirRequest = {
      method,
      url,
      pathname: found.path,
      params: found.params,
      query: found.query ?? {},
      body: request.body,
      headers: request.headers,
      config: { transactions: true },
    };
    if (
      (request.body === undefined || request.body === null) &&
      (method === 'POST' || method === 'PUT' || method === 'PATCH')
    ) {
      return answer(reply, { status: 400, outcome: emptyBody });
    }
    const [outcome, resource] = await found.handler(fhirRequest, repo, router);
    return respond(request, reply, outcome, resource);
  }

  function respond(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: OperationOutcome,
    resource: Resource | undefined,
  ): FastifyReply {
    const status = statusOf(outcome);
    if (status >= 400 || !resource) {
      return answer(reply, status === 404 ? notFoundAnswer : { status, outcome });
    }
    const { versionId, lastUpdated } = resource.meta ?? {};
    if (versionId) {
      reply.header('etag', `W/"${versionId}"`);
      if (request.method === 'GET' && request.headers['if-none-match'] === `W/"${versionId}"`) {
        return reply.code(304).send();
      }
    }
    if (lastUpdated) {
      reply.header('last-modified', new Date(lastUpdated).toUTCString());
    }
    if (status === 201) {
      const address = `${options.baseUrl}${resource.resourceType}/${resource.id}`;
      reply.header('location', versionId ? `${address}/_history/${versionId}` : address);
    }
    if (String(request.headers.prefer ?? '').includes('return=minimal') && request.method !== 'GET') {
      return reply.code(status).send();
    }
    return send(reply, status, resource);
  }
}

const emptyBody: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [
    { severity: 'error', code: 'structure', details: { text: 'The body is empty; send a FHIR resource as JSON.' } },
  ],
};

function send(reply: FastifyReply, status: number, resource: Resource): FastifyReply {
  return reply.code(status).type('application/fhir+json; charset=utf-8').send(JSON.stringify(resource));
}

/** The resource itself, or the one a `Parameters` holds. */
function resourceIn(body: unknown): unknown {
  const parameters = body as { resourceType?: string; parameter?: { name?: string; resource?: unknown }[] } | null;
  return parameters?.resourceType === 'Parameters'
    ? parameters.parameter?.find((each) => each.name === 'resource')?.resource
    : body;
}

/** Operation parameters from the address or from a `Parameters` body. */
function parametersOf(request: FastifyRequest): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries((request.query as Record<string, unknown>) ?? {})) {
    parameters[name] = String([value].flat()[0]);
  }
  const body = request.body as { resourceType?: string; parameter?: Record<string, unknown>[] } | undefined;
  if (body?.resourceType === 'Parameters') {
    for (const parameter of body.parameter ?? []) {
      const value = Object.entries(parameter).find(([name]) => name.startsWith('value'))?.[1];
      if (typeof parameter.name === 'string' && value !== undefined) {
        parameters[parameter.name] = String(value);
      }
    }
  }
  return parameters;
}
