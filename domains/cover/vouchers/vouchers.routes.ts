import type { FastifyInstance } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import { devicesRoutes } from './devices.routes.ts';
import { handOutRoutes } from './hand-out.routes.ts';
import { redeemRoutes } from './redeem.routes.ts';
import { settleRoutes } from './settle.routes.ts';
import './vouchers.refusals.ts';
import '@serai/kernel/trust/voucher.refusals.ts';

/** Care vouchers: handing out, redeeming, settling. */
export async function vouchersRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  await handOutRoutes(app, options);
  await redeemRoutes(app, options);
  await devicesRoutes(app, options);
  await settleRoutes(app, options);
}
