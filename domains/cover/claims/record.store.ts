import { isNotFound, OperationOutcomeError } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { addClaimEvent, type ClaimRow, readClaims } from './claims.store.ts';
import { canonicalText } from './digest.store.ts';
import { type ProjectedClaim, toClaimResponse, toExplanationOfBenefit, toFhirClaim } from './fhir.ts';

type RecordOptions = Pick<CoverOptions, 'country' | 'schemes' | 'clock'>;

/** A stored claim as its FHIR resources are made from it. */
export async function projectedClaim(
  db: CoverDatabase,
  options: RecordOptions,
  claimId: string,
): Promise<ProjectedClaim | undefined> {
  return (await projectedClaims(db, options, [claimId]))[0];
}

/** The same of many, in the order asked for and in a handful of statements; one that is not there is left out. */
export async function projectedClaims(
  db: CoverDatabase,
  options: RecordOptions,
  claimIds: readonly string[],
): Promise<ProjectedClaim[]> {
  const rows = await readClaims(db, claimIds);
  const members = await membersOf(db, rows);
  const lines = Map.groupBy(await linesOf(db, claimIds), (line) => line.claim_id);
  const last = new Map((await lastJudged(db, claimIds)).map((row) => [row.claim_id, row]));
  const numbers = await policyNumbers(db, rows);
  return rows.map((row) => {
    const { claim } = row;
    const member = members.get(claim.memberId)!;
    const own = lines.get(claim.claimId) ?? [];
    const judged = last.get(claim.claimId);
    const policyNumber = numbers.get(row.policyId ?? '');
    const scheme = options.schemes.findLast((each) => each.id === claim.schemeId);
    return {
      claim,
      status: row.status,
      personId: member.person_id ?? undefined,
      memberNumber: member.member_number,
      schemeTitle: scheme?.title.en ?? claim.schemeId,
      country: options.country,
      ...(policyNumber !== undefined && { policyNumber }),
      reason: judged ? (JSON.parse(judged.result) as { reason: number }).reason : 0,
      lines: own.map((line) => ({
        line: line.line,
        allowed: BigInt(line.allowed_minor),
        adjusted: BigInt(line.adjusted_minor),
        paid: BigInt(line.paid_minor),
        reason: line.reason,
        rule: line.rule ?? undefined,
      })),
      paysCurrency: row.paysCurrency,
      paid: own.reduce((sum, line) => sum + BigInt(line.paid_minor), 0n),
      at: (judged?.at ?? options.clock()).toISOString(),
    };
  });
}

async function membersOf(db: CoverDatabase, rows: readonly ClaimRow[]) {
  const found = await db
    .selectFrom('cover_member')
    .select(['member_id', 'person_id', 'member_number'])
    .where(sql<boolean>`member_id = any(${[...new Set(rows.map(({ claim }) => claim.memberId))]}::text[])`)
    .execute();
  return new Map(found.map((row) => [row.member_id, row]));
}

function linesOf(db: CoverDatabase, claimIds: readonly string[]) {
  return db
    .selectFrom('cover_claim_line')
    .select(['claim_id', 'line', 'allowed_minor', 'adjusted_minor', 'paid_minor', 'reason', 'rule'])
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .orderBy('claim_id')
    .orderBy('line')
    .execute();
}

function lastJudged(db: CoverDatabase, claimIds: readonly string[]) {
  return db
    .selectFrom('cover_adjudication')
    .select(['claim_id', 'at', 'result'])
    .distinctOn('claim_id')
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .orderBy('claim_id')
    .orderBy('run', 'desc')
    .execute();
}

async function policyNumbers(db: CoverDatabase, rows: readonly ClaimRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.policyId ?? []))];
  const found = await db
    .selectFrom('cover_policy')
    .select(['policy_id', 'policy_number'])
    .where(sql<boolean>`policy_id = any(${ids}::text[])`)
    .execute();
  return new Map(found.map((row) => [row.policy_id, row.policy_number]));
}

/**
 * Keeps the record in step with a claim, where the member has one: `Claim`, and once judged `ClaimResponse` and
 * `ExplanationOfBenefit`. Where the record's own rules refuse the writer, the claim stands and says so.
 */
export async function keepRecord(tx: Transaction, options: RecordOptions, claimId: string): Promise<void> {
  await keepRecords(tx, options, [claimId]);
}

/** The same for many claims: what the record has of them is read at once, and what it says already is not written again. */
export async function keepRecords(tx: Transaction, options: RecordOptions, claimIds: readonly string[]): Promise<void> {
  const db = coverOf(tx);
  const recorded = (await projectedClaims(db, options, claimIds)).filter((of) => of.personId);
  const before = await recordOf(
    db,
    recorded.map((of) => of.claim.claimId),
  );
  for (const of of recorded) {
    const resources: Resource[] = [toFhirClaim(of)];
    if (of.status !== 'entered') {
      resources.push(toClaimResponse(of), toExplanationOfBenefit(of));
    }
    const refused = await firstRefused(tx, resources, before);
    if (refused) {
      await addClaimEvent(db, {
        claimId: of.claim.claimId,
        at: options.clock(),
        actor: 'node',
        event: 'record-refused',
        detail: { resource: refused.resourceType },
      });
    }
  }
}

/** Writes what differs; the first that the writer may not write ends it. */
async function firstRefused(
  tx: Transaction,
  resources: readonly Resource[],
  before: ReadonlyMap<string, string | null>,
): Promise<Resource | undefined> {
  for (const resource of resources) {
    const content = before.get(`${resource.resourceType}/${resource.id}`);
    try {
      if (content === undefined) {
        await tx.repo.createResource(resource, { assignedId: true });
      } else if (content === null || !saysTheSame(resource, content)) {
        await tx.repo.updateResource(resource);
      }
    } catch (error) {
      if (error instanceof OperationOutcomeError && isNotFound(error.outcome)) {
        return resource;
      }
      throw error;
    }
  }
  return undefined;
}

/** What the record holds of these claims, by `Type/id`; null where it was deleted. */
async function recordOf(db: CoverDatabase, claimIds: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (claimIds.length === 0) {
    return new Map();
  }
  const rows = await db
    .withTables<{ resource: { resource_type: string; id: string; content: string | null } }>()
    .selectFrom('resource')
    .select(['resource_type', 'id', 'content'])
    .where('resource_type', 'in', ['Claim', 'ClaimResponse', 'ExplanationOfBenefit'])
    .where(sql<boolean>`id = any(${claimIds}::text[])`)
    .execute();
  return new Map(rows.map((row) => [`${row.resource_type}/${row.id}`, row.content]));
}

/** But for what the store itself writes on every version. */
function saysTheSame(resource: Resource, content: string): boolean {
  const bare = (value: object) => canonicalText({ ...value, meta: undefined });
  return bare(resource) === bare(JSON.parse(content) as object);
}
