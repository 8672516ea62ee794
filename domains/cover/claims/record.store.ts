import { isNotFound, OperationOutcomeError } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { ClaimStatus } from '../cover.ts';
import { addClaimEvent, readClaim } from './claims.store.ts';
import { type ProjectedClaim, toClaimResponse, toExplanationOfBenefit, toFhirClaim } from './fhir.ts';

type RecordOptions = Pick<CoverOptions, 'country' | 'schemes' | 'clock'>;

/** A stored claim as its FHIR resources are made from it. */
export async function projectedClaim(
  db: CoverDatabase,
  options: RecordOptions,
  claimId: string,
): Promise<ProjectedClaim | undefined> {
  const row = await readClaim(db, claimId);
  if (!row) {
    return undefined;
  }
  const [member, lines, last, policy] = await Promise.all([
    db
      .selectFrom('cover_member')
      .select(['person_id', 'member_number'])
      .where('member_id', '=', row.claim.memberId)
      .executeTakeFirstOrThrow(),
    db.selectFrom('cover_claim_line').selectAll().where('claim_id', '=', claimId).orderBy('line').execute(),
    db
      .selectFrom('cover_adjudication')
      .select(['at', 'result'])
      .where('claim_id', '=', claimId)
      .orderBy('run', 'desc')
      .limit(1)
      .executeTakeFirst(),
    row.policyId === null
      ? undefined
      : db.selectFrom('cover_policy').select('policy_number').where('policy_id', '=', row.policyId).executeTakeFirst(),
  ]);
  const scheme = options.schemes.findLast((each) => each.id === row.claim.schemeId);
  return {
    claim: row.claim,
    status: row.status as ClaimStatus,
    personId: member.person_id ?? undefined,
    memberNumber: member.member_number,
    schemeTitle: scheme?.title.en ?? row.claim.schemeId,
    country: options.country,
    ...(policy && { policyNumber: policy.policy_number }),
    reason: last ? (JSON.parse(last.result) as { reason: number }).reason : 0,
    lines: lines.map((line) => ({
      line: line.line,
      allowed: BigInt(line.allowed_minor),
      adjusted: BigInt(line.adjusted_minor),
      paid: BigInt(line.paid_minor),
      reason: line.reason,
      rule: line.rule ?? undefined,
    })),
    paysCurrency: row.paysCurrency,
    paid: lines.reduce((sum, line) => sum + BigInt(line.paid_minor), 0n),
    at: (last?.at ?? options.clock()).toISOString(),
  };
}

/**
 * Keeps the record in step with a claim, where the member has one: `Claim`, and once judged `ClaimResponse` and
 * `ExplanationOfBenefit`. Where the record's own rules refuse the writer, the claim stands and says so.
 */
export async function keepRecord(tx: Transaction, options: RecordOptions, claimId: string): Promise<void> {
  const of = await projectedClaim(coverOf(tx), options, claimId);
  if (!of?.personId) {
    return;
  }
  const resources: Resource[] = [toFhirClaim(of)];
  if (of.status !== 'entered') {
    resources.push(toClaimResponse(of), toExplanationOfBenefit(of));
  }
  for (const resource of resources) {
    try {
      await put(tx, resource);
    } catch (error) {
      if (!(error instanceof OperationOutcomeError && isNotFound(error.outcome))) {
        throw error;
      }
      await addClaimEvent(coverOf(tx), {
        claimId,
        at: options.clock(),
        actor: 'node',
        event: 'record-refused',
        detail: { resource: resource.resourceType },
      });
      return;
    }
  }
}

async function put(tx: Transaction, resource: Resource): Promise<void> {
  const exists = await coverOf(tx)
    .withTables<{ resource: { resource_type: string; id: string } }>()
    .selectFrom('resource')
    .select('id')
    .where('resource_type', '=', resource.resourceType)
    .where('id', '=', resource.id!)
    .executeTakeFirst();
  if (exists) {
    await tx.repo.updateResource(resource);
  } else {
    await tx.repo.createResource(resource, { assignedId: true });
  }
}
