import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { actRoutes } from './acts.routes.ts';
import { earnJob } from './earning.store.ts';
import './fund.refusals.ts';
import { readRoutes } from './read.routes.ts';

/** The fund's books over HTTP: what is read, and what the fund manager does by hand. */
export async function fundRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  options.registerJob(earnJob(options) as unknown as JobHandler<never, never, unknown>);
  await app.register(readRoutes, options);
  await app.register(actRoutes, options);
}
