import type { Kysely } from 'kysely';
import type { ActuaryTables } from './actuary/actuary.tables.ts';
import type { ApprovalTables } from './approvals/approvals.tables.ts';
import type { ClaimTables } from './claims/claims.tables.ts';
import type { ContributionTables, MemberTables } from './enrolment/enrolment.tables.ts';
import type { JobTables } from './jobs/jobs.tables.ts';
import type { SettlementTables } from './settlement/settlement.tables.ts';
import type { VoucherTables } from './vouchers/vouchers.tables.ts';

/** The tables of cover (`store/migrations/01*-cover-*.ts`, which says what each column holds). */
export type CoverTables = MemberTables &
  ContributionTables &
  ClaimTables &
  JobTables &
  SettlementTables &
  VoucherTables &
  ActuaryTables &
  ApprovalTables;

export type CoverDatabase = Kysely<CoverTables>;
