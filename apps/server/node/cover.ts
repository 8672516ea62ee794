import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegionalFigures, regionalSchema } from '@serai/domains/cover/actuary/regional.ts';
import { type ApprovalRules, approvalRulesSchema, plainRules } from '@serai/domains/cover/approvals/approvals.ts';
import { claimSubmitOperation } from '@serai/domains/cover/claims/fhir-submit.store.ts';
import type { CoverOptions } from '@serai/domains/cover/cover.deps.ts';
import type { CoverDatabase } from '@serai/domains/cover/cover.tables.ts';
import { eligibilitySubmitOperation } from '@serai/domains/cover/eligibility/fhir-submit.store.ts';
import { type ChannelFile, channelsSchema } from '@serai/domains/cover/enrolment/channels/payment-adapter.ts';
import { JobRunner } from '@serai/domains/cover/jobs/jobs.store.ts';
import type { Scheme } from '@serai/domains/cover/schemes/scheme.ts';
import { parseSchemes } from '@serai/domains/cover/schemes/scheme-files.ts';
import type { PartnerLine } from '@serai/domains/cover/settlement/partner-line.ts';
import type { VoucherParts } from '@serai/domains/cover/vouchers/vouchers.deps.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { z } from 'zod';
import { type Country, countriesFolder } from '../country.ts';
import type { TypeOperation } from '../http/fhir.ts';

export interface CoverParts {
  readonly options: Omit<CoverOptions, 'storeFor'>;
  readonly jobs: JobRunner;
  /** `Claim/$submit` and the like. */
  readonly typeOperations: readonly (TypeOperation & { readonly definition: string })[];
}

/** What cover is given by this node. */
export function coverPartsOf(node: {
  readonly self: string;
  readonly country: Country;
  readonly agreements: readonly Agreement[];
  readonly database: CoverDatabase;
  readonly ownStore: () => RequestStore;
  readonly partners: PartnerLine;
  readonly clock: () => Date;
  readonly vouchers: VoucherParts;
}): CoverParts {
  const { self, country, agreements, database, ownStore, partners, clock } = node;
  const jobs = new JobRunner({ database, ownStore, clock, newId: randomUUID });
  const allSchemes = loadSchemes();
  const options: CoverParts['options'] = {
    country: country.country,
    self,
    database,
    schemes: allSchemes.filter((scheme) => scheme.country === country.country),
    allSchemes,
    agreements,
    facilities: country.facilities.map(({ id, name, level }) => ({ id, name, level })),
    publicFree: loadPublicFree(),
    regional: loadRegional(),
    paymentChannels: loadPaymentChannels(country.country),
    approvals: loadApprovals(country.country),
    ownStore,
    clock,
    newId: randomUUID,
    random: (length) => new Uint8Array(randomBytes(length)),
    enqueueJob: (tx, kind, input, askedBy) => jobs.enqueue(tx, kind, input, askedBy),
    vouchers: node.vouchers,
    registerJob: (handler) => jobs.register(handler),
    partners,
  };
  return { jobs, options, typeOperations: [claimSubmitOperation(options), eligibilitySubmitOperation(options)] };
}

/**
 * Every country's schemes: `countries/<cc>/schemes/*.json`.
 * @throws SchemeError listing everything that is wrong with them.
 */
export function loadSchemes(folder = countriesFolder): Scheme[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
    .flatMap((entry) => schemeFiles(join(folder, entry.name, 'schemes')));
  return parseSchemes(files);
}

/** Published figures that studies compare with. */
export function loadRegional(folder = countriesFolder): RegionalFigures {
  return regionalSchema.parse(JSON.parse(readFileSync(join(folder, 'regional.json'), 'utf8')));
}

/** What everyone gets without charge, by country; a country without the file has no such list. */
export function loadPublicFree(folder = countriesFolder): Record<string, readonly string[]> {
  const lists = readdirSync(folder)
    .filter((name) => /^[a-z]{2}$/.test(name) && existsSync(join(folder, name, 'public-free.json')))
    .map((name) => publicFreeSchema.parse(JSON.parse(readFileSync(join(folder, name, 'public-free.json'), 'utf8'))));
  return Object.fromEntries(lists.map(({ country, codes }) => [country, codes]));
}

const publicFreeSchema = z.strictObject({
  $comment: z.string(),
  country: z.string().regex(/^[A-Z]{2}$/),
  codes: z.array(z.string()).min(1),
});

/** How a country's payment channels are read; a country without the file has none. @throws ZodError */
export function loadPaymentChannels(country: string, folder = countriesFolder): readonly ChannelFile[] {
  const file = join(folder, country.toLowerCase(), 'payment-channels.json');
  return existsSync(file) ? channelsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).channels : [];
}

/** From what on an act with money takes two people in a country; without the file, what is plain. @throws ZodError */
export function loadApprovals(country: string, folder = countriesFolder): Pick<ApprovalRules, 'waitsDays' | 'from'> {
  const file = join(folder, country.toLowerCase(), 'approvals.json');
  return existsSync(file) ? approvalRulesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : plainRules;
}

function schemeFiles(folder: string): { name: string; json: unknown }[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // A country without schemes.
    return [];
  }
  return names.sort().map((name) => ({ name, json: JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
}
