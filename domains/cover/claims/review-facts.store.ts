import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Claim } from '../cover.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { Adjudication, AdjudicationInput } from './adjudication.ts';
import type { SelectionInput } from './selection.ts';

/** What review rules ask beyond the claim itself. */
export type ReviewFacts = Pick<SelectionInput, 'providerSince' | 'isFirst'>;

/** Read for those claims alone whose scheme has a rule that asks. Claims that were taken back are as if never made. */
export async function reviewFacts(
  db: CoverDatabase,
  schemes: readonly Scheme[],
  claims: readonly Claim[],
): Promise<(claim: Claim) => ReviewFacts> {
  const asking = (asks: (rule: Scheme['review'][number]) => boolean) =>
    claims.filter((claim) => schemeAt(schemes, claim.schemeId, claim.from)?.review.some(asks));
  const since = await firstDays(
    db,
    asking((rule) => rule.newProviderDays !== undefined),
  );
  const first = await firstClaims(
    db,
    asking((rule) => rule.firstClaimWithinDays !== undefined),
  );
  return (claim) => {
    const providerSince = since.get(`${claim.schemeId} ${claim.provider}`);
    return { isFirst: first.has(claim.claimId), ...(providerSince !== undefined && { providerSince }) };
  };
}

/** The day each facility first claimed of each scheme. */
async function firstDays(db: CoverDatabase, claims: readonly Claim[]): Promise<ReadonlyMap<string, string>> {
  if (claims.length === 0) {
    return new Map();
  }
  const { rows } = await sql<{ scheme_id: string; provider: string; since: string }>`
    select scheme_id, provider, min(claimed_on) as since from cover_claim
    where provider = any(${[...new Set(claims.map((claim) => claim.provider))]}::text[])
      and scheme_id = any(${[...new Set(claims.map((claim) => claim.schemeId))]}::text[]) and status <> 'reversed'
    group by 1, 2`.execute(db);
  return new Map(rows.map((row) => [`${row.scheme_id} ${row.provider}`, row.since]));
}

/** Claims whose member claimed nothing of the scheme for care that began before. */
async function firstClaims(db: CoverDatabase, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
  if (claims.length === 0) {
    return new Set();
  }
  const { rows } = await sql<{ claim_id: string }>`
    select c.claim_id from cover_claim c
    where c.claim_id = any(${claims.map((claim) => claim.claimId)}::text[]) and not exists (
      select 1 from cover_claim o where o.member_id = c.member_id and o.scheme_id = c.scheme_id
        and o.status <> 'reversed' and (o.care_from, o.claim_id) < (c.care_from, c.claim_id))`.execute(db);
  return new Set(rows.map((row) => row.claim_id));
}

/** Since when the member was covered without a gap, under the policy that was found to cover the claim. */
export function coveredSince(
  { claim, policies }: AdjudicationInput,
  { policyId }: Pick<Adjudication, 'policyId'>,
): string | undefined {
  return policies
    .find((policy) => policy.policyId === policyId)
    ?.members.find((each) => each.memberId === claim.memberId && each.from <= claim.from && claim.from <= each.to)
    ?.continuousSince;
}
