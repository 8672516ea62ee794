import { notFound, OperationOutcomeError } from '@medplum/core';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { Action, DataCategory } from '@serai/policy/types.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { FastifyRequest } from 'fastify';
import type { RegionalFigures } from './actuary/regional.ts';
import type { ApprovalRules } from './approvals/approvals.ts';
import type { CoverDatabase, CoverTables } from './cover.tables.ts';
import type { ChannelFile } from './enrolment/channels/payment-adapter.ts';
import type { JobHandler } from './jobs/jobs.ts';
import type { Scheme } from './schemes/scheme.ts';
import type { PartnerLine } from './settlement/partner-line.ts';
import type { VoucherParts } from './vouchers/vouchers.deps.ts';

/** A facility of this country, as its country file names it. */
export interface CoverFacility {
  readonly id: string;
  readonly name: string;
  readonly level: string;
}

/** What cover is given by the node it runs in. */
export interface CoverOptions {
  readonly country: string;
  /** Base URL of this node: its name between nodes. */
  readonly self: string;
  /** For reading; writes go through a transaction of the store. */
  readonly database: CoverDatabase;
  /** Every version of every scheme of this country, in order. */
  readonly schemes: readonly Scheme[];
  /** Every country's schemes, for what is compared between countries. */
  readonly allSchemes: readonly Scheme[];
  readonly agreements: readonly Agreement[];
  /** Published figures studies compare with (`countries/regional.json`). */
  readonly regional: RegionalFigures;
  readonly facilities: readonly CoverFacility[];
  /** Codes everyone gets without charge, by country (`countries/<cc>/public-free.json`). */
  readonly publicFree: Readonly<Record<string, readonly string[]>>;
  /** How statements of payment channels are read (`countries/<cc>/payment-channels.json`). */
  readonly paymentChannels: readonly ChannelFile[];
  /** From what on an act with money takes two people (`countries/<cc>/approvals.json`). */
  readonly approvals: Pick<ApprovalRules, 'waitsDays' | 'from'>;
  readonly storeFor: (request: FastifyRequest) => RequestStore;
  /** The node's own hand, for jobs. */
  readonly ownStore: () => RequestStore;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly random: (length: number) => Uint8Array;
  /** Puts long work in line; it is done in steps beside requests. */
  readonly enqueueJob: (tx: Transaction, kind: string, input: unknown, askedBy: string) => Promise<{ jobId: string }>;
  readonly vouchers: VoucherParts;
  readonly registerJob: (handler: JobHandler<never, never, unknown>) => void;
  /** Other countries' nodes, cards and signatures, by way of the exchange. */
  readonly partners: PartnerLine;
}

/** The same where no request is at hand: jobs, messages from partners, the outbox. */
export type OwnCoverOptions = Omit<CoverOptions, 'storeFor'>;

/** The tables of cover inside a transaction of the store. */
export function coverOf(tx: Transaction): CoverDatabase {
  return tx.sql.withTables<CoverTables>() as unknown as CoverDatabase;
}

const categoryOf: Readonly<Record<CoverThing, DataCategory>> = {
  InsurancePlan: 'administrative',
  Coverage: 'cover',
  CoverageEligibilityResponse: 'cover',
  Claim: 'claims',
  ExplanationOfBenefit: 'claims',
  PaymentReconciliation: 'fund',
  Account: 'fund',
};

/** What of cover something is about, by the FHIR type that stands for it. */
export type CoverThing =
  | 'InsurancePlan'
  | 'Coverage'
  | 'CoverageEligibilityResponse'
  | 'Claim'
  | 'ExplanationOfBenefit'
  | 'PaymentReconciliation'
  | 'Account';

/**
 * Decides and logs, like the store does for the record: the tables of cover are reached through this and nothing else.
 * Which rows (her facility's, its own group's) the caller narrows in its query.
 *
 * @throws OperationOutcomeError not found, when refused.
 */
export async function requireCover(
  store: RequestStore,
  action: Action,
  thing: CoverThing,
  of: { readonly personId?: string | undefined; readonly id?: string } = {},
): Promise<void> {
  const { facility } = store.context.actor;
  const { permit } = await store.decide({
    action,
    target: {
      kind: 'resource',
      resourceType: thing,
      ...(of.id && { id: of.id }),
      ...(of.personId && { personId: of.personId }),
      categories: [categoryOf[thing]],
      labels: [],
      // Whoever asks from a facility reaches the rows of that facility alone.
      ...(categoryOf[thing] === 'claims' && facility !== undefined && { claimedBy: facility }),
    },
  });
  if (!permit) {
    throw new OperationOutcomeError(notFound);
  }
}
