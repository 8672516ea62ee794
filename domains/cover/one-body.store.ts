import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CoverOptions } from './cover.deps.ts';

/**
 * Ties a request's id to what was sent under it: the same again is answered as the first time, and something else under the
 * same id is refused (`store.request-id-reused`) instead of being answered with what became of another.
 */
export function boundToBody<Options extends CoverOptions>(options: Options): Options {
  return {
    ...options,
    storeFor: (request: FastifyRequest) => {
      const store = options.storeFor(request);
      return {
        ...store,
        once: (requestId, work, given) =>
          store.once(requestId, work, { fingerprint: fingerprintOf(request), ...given }),
      };
    },
  };
}

function fingerprintOf({ method, url, body }: FastifyRequest): string {
  const sent = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null);
  return createHash('sha256').update(`${method} ${url}\n`).update(sent).digest('base64url');
}
