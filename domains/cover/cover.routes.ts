import type { FastifyInstance } from 'fastify';
import { actuaryRoutes } from './actuary/actuary.routes.ts';
import { approvalsRoutes } from './approvals/approvals.routes.ts';
import { claimsRoutes } from './claims/claims.routes.ts';
import type { CoverOptions } from './cover.deps.ts';
import { eligibilityRoutes } from './eligibility/eligibility.routes.ts';
import { enrolmentRoutes } from './enrolment/enrolment.routes.ts';
import { fundRoutes } from './fund/fund.routes.ts';
import { jobRoutes } from './jobs/jobs.routes.ts';
import { boundToBody } from './one-body.store.ts';
import { paymentsRoutes } from './payments/payments.routes.ts';
import { schemesRoutes } from './schemes/schemes.routes.ts';
import { settlementRoutes } from './settlement/settlement.routes.ts';
import { vouchersRoutes } from './vouchers/vouchers.routes.ts';

/** Everything of cover that is reached over HTTP. */
export async function coverRoutes(app: FastifyInstance, given: CoverOptions): Promise<void> {
  const options = boundToBody(given);
  for (const feature of [
    schemesRoutes,
    enrolmentRoutes,
    eligibilityRoutes,
    claimsRoutes,
    paymentsRoutes,
    settlementRoutes,
    vouchersRoutes,
    fundRoutes,
    actuaryRoutes,
    approvalsRoutes,
    jobRoutes,
  ]) {
    await app.register(feature, options);
  }
}
