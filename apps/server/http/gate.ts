import { randomUUID } from 'node:crypto';
import { type Principal, type PrincipalResolver, statedPurpose } from '@serai/domains/access/principal.ts';
import type { Decide, Decision, PurposeOfUse } from '@serai/policy/types.ts';
import type { EvidenceEntry } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFoundAnswer, signInNeeded, thrownAnswer } from './outcome.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
    purpose: PurposeOfUse | undefined;
  }
  interface FastifyContextConfig {
    /** Open to those who have not signed in. Everyone who shows a token is still decided upon. */
    open?: boolean;
    /** One line for the API's description. */
    summary?: string;
    /** zod schema of the body, for the API's description. */
    body?: unknown;
  }
}

export interface GateOptions {
  readonly resolve: PrincipalResolver;
  readonly decide: Decide;
  readonly record: (entry: EvidenceEntry) => Promise<unknown>;
}

/**
 * Who is asking, and may they call this route at all? Before anything else, on every route, open ones too: whoever
 * shows a token is decided upon, so that enforcement finds nothing here, not even a page that says so.
 */
export function guard(app: FastifyInstance, options: GateOptions): void {
  app.decorateRequest('principal', undefined);
  app.decorateRequest('purpose', undefined);

  app.addHook('onRequest', async (request, reply) => {
    const header = request.headers.authorization;
    const bearer = header?.startsWith('Bearer ') ? header.slice(7) : undefined;
    if (bearer === undefined) {
      if (request.routeOptions.config.open || request.is404) {
        return;
      }
      return answer(reply.header('www-authenticate', 'Bearer'), signInNeeded);
    }

    const resolved = await options.resolve(bearer);
    if ('problem' in resolved) {
      request.log.info({ problem: resolved.problem }, 'a token opened nothing');
      return answer(reply.header('www-authenticate', 'Bearer error="invalid_token"'), signInNeeded);
    }
    const { actor } = resolved.principal;
    const purpose = statedPurpose(request.headers['x-purpose-of-use'] as string | undefined, actor.class);
    const decision: Decision = purpose
      ? options.decide({
          actor,
          purpose,
          action: 'call',
          target: { kind: 'route', method: request.method, route: request.routeOptions.url ?? 'unknown' },
        })
      : { permit: false, policies: [], clauses: [], reason: 'purpose-unknown' };
    request.log.info({ permit: decision.permit, reason: decision.reason, class: actor.class, purpose }, 'decided');
    if (!decision.permit) {
      await options.record({
        kind: 'decision',
        public: {
          outcome: 'refused',
          action: 'call',
          class: actor.class,
          country: actor.country,
          purpose: purpose ?? 'unknown',
          method: request.method,
          route: request.routeOptions.url ?? 'unknown',
          reason: decision.reason,
          policies: [...decision.policies],
        },
        sealed: { actor: actor.id },
        ...personIn(request.url),
      });
      return answer(reply, notFoundAnswer);
    }
    request.principal = resolved.principal;
    request.purpose = purpose;
  });

  app.setNotFoundHandler((_request, reply) => answer(reply, notFoundAnswer));

  app.setErrorHandler((error, request, reply) => {
    const { unforeseen, ...foreseen } = thrownAnswer(error, request.id);
    if (unforeseen) {
      // The stack, and never the message: a message may repeat a value somebody typed.
      const { name, code, stack } = error as Error & { code?: string };
      request.log.error(
        { name, code, stack: stack?.split('\n').filter((line) => line.includes(' at ')) },
        'unforeseen',
      );
    }
    return answer(reply, foreseen);
  });
}

/** Whose record a refused request was after, so that the attempt is on that person's page. */
function personIn(url: string): { personId: string } | undefined {
  const found =
    /\/(?:Patient|persons)\/([A-Za-z0-9.-]{1,64})(?=[/?]|$)/.exec(url) ??
    /[?&](?:patient|subject|beneficiary)(?::Patient)?=(?:Patient(?:\/|%2F))?([A-Za-z0-9.-]{1,64})(?=&|$)/i.exec(url);
  return found ? { personId: found[1]! } : undefined;
}

/** Sends an outcome; HEAD gets its length only. */
export function answer(reply: FastifyReply, { status, outcome }: { status: number; outcome: unknown }): FastifyReply {
  return reply.code(status).type('application/fhir+json; charset=utf-8').send(JSON.stringify(outcome));
}

/** The caller's own correlation id where it is a plain one, else a new one. */
export function correlationId(request: { headers: Record<string, unknown> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
}

/** The signed-in principal of a route that is not open. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) {
    throw new Error('a route that is not open was reached without a principal');
  }
  return request.principal;
}
