import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';

export async function vouchersRoutes(_app: FastifyInstance, _options: CoverOptions): Promise<void> {}
