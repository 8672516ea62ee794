import { allOk, badRequest, notFound } from '@medplum/core';
import {
  type FhirRepository,
  type FhirRequest,
  type FhirResponse,
  type FhirRouteHandler,
  FhirRouter,
  type HttpMethod,
} from '@medplum/fhir-router';
import type { Bundle, BundleEntry, ResourceType } from '@medplum/fhirtypes';
import { RecordRepository } from './repository.ts';
import { parseSearch, type SearchQuery } from './search/parse.ts';

/**
 * Medplum's FHIR router with our search grammar (composite parameters, typed references, `Prefer: handling=lenient`)
 * and the history of a type. What it answers has an HTTP status in `faults.ts` `statusOf`.
 */
export function createFhirRouter(): FhirRouter {
  const fhir = new TransactionalRouter();
  replace(fhir, 'GET', ':resourceType', (request, repo) => search(request, repo, request.query));
  replace(fhir, 'POST', ':resourceType/_search', (request, repo) =>
    search(request, repo, { ...request.query, ...(request.body as SearchQuery) }),
  );
  replace(fhir, 'GET', '', async (request, repo) => {
    const asked = parseSearch('MultipleTypes', request.query, isLenient(request));
    return asked.types?.length ? [allOk, await repo.search(asked)] : [badRequest('No types specified', '_type')];
  });
  fhir.add('GET', ':resourceType/_history', typeHistory, 'history-type');
  // Before `:resourceType/:id`, which would take `_history` for an id.
  fhir.router.routes.unshift(fhir.router.routes.pop()!);
  return fhir;
}

/** A transaction bundle is one transaction unless a caller says otherwise. */
class TransactionalRouter extends FhirRouter {
  override handleRequest(request: FhirRequest, repo: FhirRepository): Promise<FhirResponse> {
    request.config = { transactions: true, ...request.config };
    return super.handleRequest(request, repo);
  }
}

function replace(fhir: FhirRouter, method: HttpMethod, path: string, handler: FhirRouteHandler): void {
  const route = fhir.router.routes.find(
    (candidate) =>
      candidate.method === method &&
      candidate.path.map((part) => (part.param ? `:${part.value}` : part.value)).join('/') === path,
  );
  if (!route) {
    throw new Error(`Medplum's router has no route ${method} ${path}`);
  }
  route.handler = handler;
}

const isLenient = (request: FhirRequest): boolean =>
  /handling\s*=\s*lenient/.test(String(request.headers?.prefer ?? ''));

async function search(request: FhirRequest, repo: Parameters<FhirRouteHandler>[1], query: SearchQuery) {
  const asked = parseSearch(request.params.resourceType as ResourceType, query, isLenient(request));
  return [allOk, await repo.search(asked)] satisfies Awaited<ReturnType<FhirRouteHandler>>;
}

const typeHistory: FhirRouteHandler = async (request, repo) => {
  if (!(repo instanceof RecordRepository)) {
    return [notFound];
  }
  const { resourceType } = request.params as { resourceType: string };
  const text = (name: string) => {
    const value = request.query[name];
    return Array.isArray(value) ? value.at(-1) : value;
  };
  const since = text('_since');
  const count = text('_count');
  if ((since && Number.isNaN(Date.parse(since))) || (count && !/^\d{1,6}$/.test(count))) {
    return [badRequest('_since takes an instant and _count a number', since ? '_since' : '_count')];
  }
  const page = await repo.typeHistory(resourceType, {
    before: text('_cursor'),
    since: since ? new Date(since) : undefined,
    limit: count ? Number(count) : undefined,
  });
  const entry = page.changes.map(
    (change): BundleEntry => ({
      fullUrl: `${repo.baseUrl}${resourceType}/${change.id}`,
      request: { method: change.resource ? 'PUT' : 'DELETE', url: `${resourceType}/${change.id}` },
      response: {
        status: change.resource ? '200' : '204',
        etag: `W/"${change.versionId}"`,
        lastModified: change.lastUpdated,
      },
      ...(change.resource && { resource: change.resource }),
    }),
  );
  const url = `${repo.baseUrl}${resourceType}/_history`;
  const next =
    page.next &&
    new URLSearchParams({ _cursor: page.next, ...(since && { _since: since }), ...(count && { _count: count }) });
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'history',
    link: [{ relation: 'self', url }, ...(next ? [{ relation: 'next' as const, url: `${url}?${next}` }] : [])],
    entry,
  };
  return [allOk, bundle];
};
