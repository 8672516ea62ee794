import { migration as record } from './0001-record.ts';
import { migration as ledger } from './0002-ledger.ts';
import { migration as access } from './0100-access.ts';
import { migration as registry } from './0101-registry.ts';
import { migration as exchange } from './0102-exchange.ts';
import { migration as coverEnrolment } from './0103-cover-enrolment.ts';
import { migration as coverClaims } from './0104-cover-claims.ts';
import { migration as jobs } from './0105-jobs.ts';
import { migration as coverContributions } from './0106-cover-contributions.ts';
import { migration as coverSettlement } from './0108-cover-settlement.ts';
import { migration as coverVouchers } from './0109-cover-vouchers.ts';
import { migration as coverActuary } from './0110-cover-actuary.ts';
import { migration as coverReminders } from './0111-cover-reminders.ts';
import { migration as coverHeads } from './0112-cover-heads.ts';
import { migration as coverSettlementHome } from './0113-cover-settlement-home.ts';
import { migration as ledgerSpeed } from './0115-ledger-speed.ts';
import { migration as jobOrder } from './0117-job-order.ts';
import { migration as coverWaivers } from './0118-cover-waivers.ts';
import { migration as certificateRequests } from './0119-certificate-requests.ts';
import { migration as voucherDevices } from './0121-voucher-devices.ts';
import { migration as coverApprovals } from './0122-cover-approvals.ts';
import { migration as outboxForgets } from './0125-outbox-forgets.ts';
import { migration as fieldKits } from './0127-field-kits.ts';
import type { Migration } from './migration.ts';

/** In the order they run. */
export const migrations: readonly Migration[] = [
  record,
  ledger,
  access,
  registry,
  exchange,
  coverEnrolment,
  coverClaims,
  jobs,
  coverContributions,
  coverSettlement,
  coverVouchers,
  coverActuary,
  coverReminders,
  coverHeads,
  coverSettlementHome,
  ledgerSpeed,
  jobOrder,
  coverWaivers,
  certificateRequests,
  voucherDevices,
  coverApprovals,
  outboxForgets,
  fieldKits,
];
