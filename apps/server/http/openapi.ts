import type { FastifyInstance, RouteOptions } from 'fastify';
import { z } from 'zod';

export interface ListedRoute {
  readonly method: string;
  readonly url: string;
  readonly open: boolean;
  readonly summary?: string;
  readonly body?: z.ZodType;
}

/**
 * Keeps the list of every route as it is registered: the description of the API is made from it, and the firewall's
 * proof walks it. Call before any route is registered.
 */
export function listRoutes(app: FastifyInstance): readonly ListedRoute[] {
  const routes: ListedRoute[] = [];
  app.addHook('onRoute', (route: RouteOptions) => {
    for (const method of [route.method].flat()) {
      routes.push({
        method,
        url: route.url,
        // Read when asked for: a plugin's own hooks may still settle it.
        get open() {
          return route.config?.open ?? false;
        },
        ...(route.config?.summary && { summary: route.config.summary }),
        ...(route.config?.body instanceof z.ZodType && { body: route.config.body }),
      });
    }
  });
  return routes;
}

/** `GET /api/docs`: the node's own API as OpenAPI 3.1, made from the routes. FHIR describes itself at `/metadata`. */
export function describeRoutes(app: FastifyInstance, routes: readonly ListedRoute[], publicUrl: string): void {
  app.get('/api/docs', { config: { open: true, summary: 'This description.' } }, async () => {
    const paths: Record<string, Record<string, unknown>> = {};
    for (const route of routes) {
      if (!route.url.startsWith('/api/') || route.method === 'HEAD' || route.method === 'OPTIONS') {
        continue;
      }
      const path = route.url.replace(/:(\w+)/g, '{$1}');
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = {
        ...(route.summary && { summary: route.summary }),
        ...(route.open && { security: [] }),
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        ...(route.body && {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' }) },
            },
          },
        }),
        responses: {
          200: { description: 'Done.' },
          400: { description: 'What was sent is wrong; an OperationOutcome names each field.' },
          401: { description: 'Sign in.' },
          404: { description: 'Not found, or not for you: the two look alike.' },
        },
      };
    }
    return {
      openapi: '3.1.0',
      info: { title: 'Serai country node', version: '0.1.0', license: { name: 'Apache-2.0' } },
      servers: [{ url: publicUrl }],
      security: [{ bearer: [] }],
      components: {
        securitySchemes: {
          bearer: { type: 'openIdConnect', openIdConnectUrl: `${publicUrl}/oidc/.well-known/openid-configuration` },
        },
      },
      paths,
    };
  });
}
