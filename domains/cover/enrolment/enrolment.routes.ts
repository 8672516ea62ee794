import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';

export async function enrolmentRoutes(_app: FastifyInstance, _options: CoverOptions): Promise<void> {}
