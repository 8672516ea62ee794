import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { type Language, languages, preferredLanguage } from '@serai/kernel/i18n/i18n.ts';
import type { EvidenceEntry } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type Provider from 'oidc-provider';
import type { AccessTables } from './access.tables.ts';
import { signIn } from './accounts.store.ts';
import type { Me, NodeConfig } from './api.ts';
import { mayOf } from './may.ts';
import type { Principal } from './principal.ts';
import { expiredPage, pageStyle, signInFonts, signInPage } from './sign-in.page.ts';

export interface AccessRoutesOptions {
  readonly oidc: Provider;
  readonly database: Kysely<AccessTables>;
  readonly config: NodeConfig;
  /** Key under which typed names are hashed for slowing. */
  readonly nameKey: string;
  readonly clock: () => Date;
  readonly principalOf: (request: FastifyRequest) => Principal;
  readonly facilityName: (reference: string) => Promise<string | undefined>;
  readonly record: (entry: EvidenceEntry) => Promise<unknown>;
  /** Security headers for the pages the provider itself answers. */
  readonly pageHeaders: Readonly<Record<string, string>>;
}

/** Sign-in, the provider's own endpoints under `/oidc`, and who I am. */
export async function accessRoutes(app: FastifyInstance, options: AccessRoutesOptions): Promise<void> {
  const { oidc, config } = options;

  app.get('/api/config', { config: { open: true } }, async () => config);

  app.get('/api/me', async (request): Promise<Me> => {
    const { actor, name, language } = options.principalOf(request);
    const facilityName = actor.facility && (await options.facilityName(actor.facility));
    return {
      id: actor.id,
      name,
      class: actor.class,
      roles: actor.roles,
      ...(actor.facility && { facility: { id: actor.facility, name: facilityName ?? actor.facility } }),
      country: actor.country,
      language: preferredLanguage([language]),
      may: mayOf(actor),
    };
  });

  await app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );

    scope.get('/sign-in/page.css', { config: { open: true } }, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(pageStyle),
    );

    for (const [name, file] of signInFonts) {
      scope.get(`/sign-in/${name}.woff2`, { config: { open: true } }, async (_request, reply) =>
        reply
          .type('font/woff2')
          .header('cache-control', 'public, max-age=31536000, immutable')
          .send(await readFile(file)),
      );
    }

    const show = (
      request: FastifyRequest,
      reply: FastifyReply,
      uid: string,
      problem?: Parameters<typeof signInPage>[0]['problem'],
    ) => {
      const language = languageOf(request);
      return html(
        reply,
        signInPage({
          language,
          uid,
          nodeName: config.nodeName[language],
          illustrative: config.illustrative,
          ...(problem && { problem }),
        }),
      );
    };

    scope.get<{ Params: { uid: string } }>('/sign-in/:uid', { config: { open: true } }, async (request, reply) => {
      const details = await interaction(oidc, request, reply);
      return details ? show(request, reply, details.uid) : html(reply.code(400), expiredPage(languageOf(request)));
    });

    scope.post<{ Params: { uid: string }; Body: Record<string, string> | undefined }>(
      '/sign-in/:uid',
      { config: { open: true } },
      async (request, reply) => {
        const details = await interaction(oidc, request, reply);
        if (!details) {
          return html(reply.code(400), expiredPage(languageOf(request)));
        }
        const { username = '', password = '' } = request.body ?? {};
        const result = await signIn(
          options.database,
          username.slice(0, 200),
          password.slice(0, 1000),
          options.nameKey,
          options.clock(),
        );
        await options.record({
          kind: 'sign-in',
          public: { outcome: result.outcome, class: result.outcome === 'signed-in' ? result.account.class : 'unknown' },
          sealed: result.outcome === 'signed-in' ? { account: result.account.id } : {},
        });
        if (result.outcome === 'wait') {
          reply.code(429).header('retry-after', String(result.seconds));
          return show(request, reply, details.uid, { key: 'access.wait', seconds: result.seconds });
        }
        if (result.outcome === 'wrong') {
          return show(request, reply.code(401), details.uid, { key: 'access.wrong' });
        }
        reply.hijack();
        await oidc.interactionFinished(
          request.raw,
          reply.raw,
          { login: { accountId: result.account.id, remember: false } },
          { mergeWithLastSubmission: false },
        );
        return reply;
      },
    );

    const callback = oidc.callback();
    scope.all('/oidc/*', { config: { open: true } }, async (request, reply) => {
      const incoming = request.body ? replayed(request.raw, withSecretInHeader(request)) : request.raw;
      const mounted = incoming as IncomingMessage & { originalUrl?: string };
      mounted.originalUrl = request.raw.url ?? '';
      mounted.url = mounted.originalUrl.slice('/oidc'.length);
      for (const [name, value] of Object.entries(options.pageHeaders)) {
        reply.raw.setHeader(name, value);
      }
      reply.hijack();
      await callback(mounted, reply.raw);
      return reply;
    });
  });
}

/** The request once more with a body that can still be read: the provider reads its forms itself. */
function replayed(raw: IncomingMessage, form: Record<string, string>): IncomingMessage {
  const body = Buffer.from(new URLSearchParams(form).toString());
  const { method, socket, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders, url } = raw;
  const headers = { ...raw.headers, 'content-length': String(body.length) };
  return Object.assign(Readable.from([body], { objectMode: false }), {
    ...{
      method,
      socket,
      connection: socket,
      httpVersion,
      httpVersionMajor,
      httpVersionMinor,
      rawHeaders,
      url,
      headers,
    },
  }) as unknown as IncomingMessage;
}

/**
 * Systems send their secret in the header or in the form, as their library likes; both mean the same, so the form is
 * turned into the header the client is registered with.
 */
function withSecretInHeader(request: FastifyRequest): Record<string, string> {
  const body = request.body as Record<string, string>;
  if (body.client_secret && body.client_id && !request.headers.authorization) {
    const { client_secret: secret, client_id: id, ...rest } = body;
    const encode = (text: string) => encodeURIComponent(text).replace(/%20/g, '+');
    request.raw.headers.authorization = `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`;
    return rest;
  }
  return body;
}

async function interaction(oidc: Provider, request: FastifyRequest, reply: FastifyReply) {
  try {
    return await oidc.interactionDetails(request.raw, reply.raw);
  } catch {
    return undefined;
  }
}

function languageOf(request: FastifyRequest): Language {
  const asked = (request.query as { language?: string }).language;
  return (
    languages.find((each) => each === asked) ?? preferredLanguage((request.headers['accept-language'] ?? '').split(','))
  );
}

function html(reply: FastifyReply, content: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(content);
}
