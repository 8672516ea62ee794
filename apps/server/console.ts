import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where `vite build` puts the console. */
export const consoleFolder = join(import.meta.dirname, '../console/dist');

/** The staff console, as built. Deep links get the same page; the page finds its own way. */
export async function serveConsole(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(consoleFolder, 'index.html'))) {
    app.log.warn('the console is not built; /console/ answers "not found"');
    return;
  }
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true };
      route.logLevel = 'silent';
    });
    await scope.register(fastifyStatic, {
      root: consoleFolder,
      prefix: '/console/',
      wildcard: false,
      decorateReply: true,
      // The build leaves each file in its compressed forms beside it.
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        const immutable = /[/\\]assets[/\\]/.test(path);
        response.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    scope.get('/console', async (_request, reply) => reply.redirect('/console/'));
    scope.get('/console/*', async (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html'),
    );
  });
}
