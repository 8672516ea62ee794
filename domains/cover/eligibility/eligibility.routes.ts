import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';

export async function eligibilityRoutes(_app: FastifyInstance, _options: CoverOptions): Promise<void> {}
