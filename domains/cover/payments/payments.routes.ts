import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';

export async function paymentsRoutes(_app: FastifyInstance, _options: CoverOptions): Promise<void> {}
