import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { certificateRoutes } from './certificates.routes.ts';
import { changeRoutes } from './changes.routes.ts';
import { dailyJob } from './daily.store.ts';
import './enrolment.refusals.ts';
import { fieldRoutes } from './field/field.routes.ts';
import { fileRoutes } from './files.routes.ts';
import { groupRoutes } from './groups.routes.ts';
import { memberRoutes } from './members.routes.ts';
import { mineRoutes } from './mine/mine.routes.ts';
import { enrolmentPaymentRoutes } from './payments.routes.ts';
import { policyRoutes } from './policies.routes.ts';
import { reachingRoutes } from './reaching.routes.ts';
import { workRoutes } from './work.routes.ts';

/** Members, policies, contributions, rosters, campaigns: everything of enrolment that is reached over HTTP. */
export async function enrolmentRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  options.registerJob(dailyJob(options) as unknown as JobHandler<never, never, unknown>);
  await memberRoutes(app, options);
  await policyRoutes(app, options);
  await mineRoutes(app, options);
  await changeRoutes(app, options);
  await certificateRoutes(app, options);
  await enrolmentPaymentRoutes(app, options);
  await workRoutes(app, options);
  await reachingRoutes(app, options);
  await groupRoutes(app, options);
  await fileRoutes(app, options);
  await fieldRoutes(app, options);
}
