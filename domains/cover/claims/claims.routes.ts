import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import { appealRoutes } from './appeals.routes.ts';
import { batchRoutes } from './batch.routes.ts';
import { feedbackRoutes } from './feedback.routes.ts';
import { reviewRoutes } from './review.routes.ts';
import { submitRoutes } from './submit.routes.ts';

/** Claims: entered by facilities, judged, reviewed, asked about, appealed against. Payment is `payments/`. */
export async function claimsRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  await submitRoutes(app, options);
  await reviewRoutes(app, options);
  await feedbackRoutes(app, options);
  await appealRoutes(app, options);
  await batchRoutes(app, options);
}
