import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Claim, ClaimStatus, Member } from '../cover.ts';
import { memberOf, type PolicyInFull, readPolicies } from '../enrolment/members.store.ts';
import { type FundEvent, postEvents } from '../fund/postings.ts';
import { certifiedPeriods } from '../settlement/certificate.store.ts';
import { adjudicate } from './adjudicate.ts';
import type { AdjudicationInput } from './adjudication.ts';
import {
  addClaimEvents,
  type ClaimEvent,
  type ClaimRow,
  decisionsOf,
  passedLines,
  readClaims,
} from './claims.store.ts';
import { canonicalText, digestOfInput } from './digest.store.ts';
import { withPeriodsAbroad } from './insured-abroad.ts';
import { PassedHistory } from './passed.ts';
import { ratesOfClaims } from './rates.store.ts';
import { keepRecords } from './record.store.ts';
import { type SelectingTogether, selectingTogether } from './selecting.store.ts';
import { type ClaimsOptions, facilityOf, type Judged, movement, selected, statusAfter } from './submit.store.ts';

/** What claims are judged by, but for the history. */
export interface Circumstances {
  readonly memberOf: (claim: Claim) => Member | undefined;
  readonly policiesOf: (claim: Claim) => PolicyInFull[];
  /** The same with what is certified from abroad, as a claim is judged by. */
  readonly withAbroad: (claim: Claim) => readonly PolicyInFull[];
  readonly reviewOf: (claim: Claim) => NonNullable<AdjudicationInput['review']>;
  readonly ratesOf: (claim: Claim) => AdjudicationInput['rates'];
}

/** Members, policies, findings and rates of many claims, in a handful of statements. */
export async function circumstances(
  db: CoverDatabase,
  { schemes, agreements }: Pick<ClaimsOptions, 'schemes' | 'agreements'>,
  claims: readonly Claim[],
): Promise<Circumstances> {
  const memberIds = [...new Set(claims.map((claim) => claim.memberId))];
  const members = await db
    .selectFrom('cover_member')
    .selectAll()
    .where(sql<boolean>`member_id = any(${memberIds}::text[])`)
    .execute();
  const byId = new Map(members.map((row) => [row.member_id, memberOf(row)]));
  const policies = new Map<string, PolicyInFull[]>();
  for (const policy of await readPolicies(db, memberIds)) {
    for (const memberId of new Set(policy.members.map((each) => each.memberId))) {
      const key = `${policy.schemeId}|${memberId}`;
      const known = policies.get(key) ?? [];
      policies.set(key, known);
      known.push(policy);
    }
  }
  const claimIds = claims.map((claim) => claim.claimId);
  const reviews = await decisionsOf(db, claimIds);
  const rates = await ratesOfClaims(db, schemes, claims);
  const abroad = await certifiedPeriods(db, agreements, memberIds);
  const policiesOf = (claim: Claim) => policies.get(`${claim.schemeId}|${claim.memberId}`) ?? [];
  return {
    memberOf: (claim) => byId.get(claim.memberId),
    policiesOf,
    withAbroad: (claim) => {
      const of = { memberId: claim.memberId, day: claim.from };
      return withPeriodsAbroad(schemes, policiesOf(claim), abroad.get(claim.memberId) ?? [], of);
    },
    reviewOf: (claim) => reviews.get(claim.claimId) ?? [],
    ratesOf: (claim) => rates.get(claim.claimId),
  };
}

/**
 * Judges many claims in the order given, as `adjudicateStored` and `keepRecord` would one after the other, to the byte: read
 * at once, judged in memory, each seeing what passed before it, and written at once with one posting to the ledger.
 * Claims are locked first, then every policy they touch, in the order of policies: whoever comes beside waits.
 */
export async function adjudicateTogether(
  tx: Transaction,
  options: ClaimsOptions & Pick<CoverOptions, 'country'>,
  claimIds: readonly string[],
  at: Date,
  actor: string,
): Promise<Judged[]> {
  const db = coverOf(tx);
  const rows = (await readClaims(db, claimIds, true)).filter((row) => row.status !== 'reversed');
  if (rows.length === 0) {
    return [];
  }
  const claims = rows.map((row) => row.claim);
  await lockPolicies(db, claims);
  const by = await circumstances(db, options, claims);
  const history = await historyOf(db, claims, by);
  const selecting = await selectingTogether(tx, options, claims);
  const runs = await nextRuns(db, claimIds);
  const done = rows.map((row) =>
    judgeOne({ row, by, history, selecting, options, at, run: runs.get(row.claim.claimId) ?? 1, actor }),
  );
  await writeJudged(tx, done, at);
  await keepRecords(
    tx,
    options,
    claims.filter((claim) => by.memberOf(claim)?.personId !== undefined).map((claim) => claim.claimId),
  );
  return done.map((each) => each.judged);
}

async function lockPolicies(db: CoverDatabase, claims: readonly Claim[]): Promise<void> {
  await sql`
    select policy_id from cover_policy
    where scheme_id = any(${[...new Set(claims.map((claim) => claim.schemeId))]}::text[]) and policy_id in (
      select policy_id from cover_policy_member
      where member_id = any(${[...new Set(claims.map((claim) => claim.memberId))]}::text[]))
    order by policy_id for update`.execute(db);
}

async function historyOf(db: CoverDatabase, claims: readonly Claim[], by: Circumstances): Promise<PassedHistory> {
  const ofScheme = Map.groupBy(claims, (claim) => claim.schemeId);
  const lines = [];
  for (const [schemeId, some] of ofScheme) {
    const policyIds = [...new Set(some.flatMap((claim) => by.policiesOf(claim).map((policy) => policy.policyId)))];
    lines.push(...(await passedLines(db, { schemeId, policyIds })));
  }
  return new PassedHistory(lines);
}

/** The number of the next adjudication of each claim that has one already. */
export async function nextRuns(db: CoverDatabase, claimIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('cover_adjudication')
    .select((of) => ['claim_id', of.fn.max('run').as('last')])
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .groupBy('claim_id')
    .execute();
  return new Map(rows.map((row) => [row.claim_id, row.last + 1]));
}

interface One {
  readonly row: ClaimRow;
  readonly by: Circumstances;
  readonly history: PassedHistory;
  readonly selecting: SelectingTogether;
  readonly options: ClaimsOptions;
  readonly at: Date;
  readonly run: number;
  readonly actor: string;
}

/** A claim judged in memory, with all that is to be written of it. */
export interface Done {
  readonly row: ClaimRow;
  readonly judged: Judged;
  readonly chosen: ReturnType<typeof selected>;
  /** Kept with the claim, for whenever it is judged again. */
  readonly rates?: AdjudicationInput['rates'];
  readonly set: ReturnType<typeof movement>['set'];
  readonly postings: readonly FundEvent[];
  readonly event: ClaimEvent;
}

function judgeOne({ row, by, history, selecting, options, at, run, actor }: One): Done {
  const { claim } = row;
  const { claimId } = claim;
  const policies = by.policiesOf(claim);
  const review = by.reviewOf(claim);
  const rates = by.ratesOf(claim);
  const input: AdjudicationInput = {
    claim,
    schemes: options.schemes.filter((scheme) => scheme.id === claim.schemeId),
    member: by.memberOf(claim),
    policies: by.withAbroad(claim),
    history: history.before(claimId, policies),
    facility: facilityOf(claim, options),
    ...(rates && { rates }),
    ...(review.length > 0 && { review }),
  };
  const adjudication = adjudicate(input);
  const chosen = selected(adjudication, input, row, selecting.of(claim));
  const { because } = chosen;
  const status: ClaimStatus =
    because.length > 0 && adjudication.status !== 'rejected' ? 'checked' : statusAfter(adjudication, row);
  const { events, set } = movement(row, status, adjudication, { at, country: options.country, key: `run-${run}` });
  history.add(claim, adjudication);
  selecting.judged(claim, status, row.claimed);
  const { schemeVersion, reason } = adjudication;
  return {
    row,
    chosen,
    rates,
    set,
    postings: events,
    judged: {
      claimId,
      run,
      status,
      inputDigest: digestOfInput(input),
      adjudication,
      result: canonicalText(adjudication),
    },
    event: {
      claimId,
      at,
      actor,
      event: status,
      detail: { run, schemeVersion, reason, ...(because.length > 0 && { because }) },
    },
  };
}

/** Each table in one statement, whatever the number of claims. */
export async function writeJudged(tx: Transaction, done: readonly Done[], at: Date): Promise<void> {
  const db = coverOf(tx);
  const adjudications = done.map(({ judged }, place) => ({
    place,
    claim_id: judged.claimId,
    run: judged.run,
    scheme_version: judged.adjudication.schemeVersion ?? null,
    input_digest: judged.inputDigest,
    result: judged.result,
  }));
  // Turns are given in the order the claims were judged in: what each saw can be seen again.
  await sql`
    insert into cover_adjudication (claim_id, run, at, scheme_version, input_digest, result)
    select x.claim_id, x.run, ${at.toISOString()}::timestamptz, x.scheme_version, x.input_digest, x.result
    from jsonb_to_recordset(${JSON.stringify(adjudications)}::jsonb)
      as x(place integer, claim_id text, run integer, scheme_version integer, input_digest text, result text)
    order by x.place`.execute(db);
  await writeLines(db, done);
  await writeClaims(db, done);
  await postEvents(
    tx,
    done.flatMap((each) => each.postings),
    at,
  );
  await addClaimEvents(
    db,
    done.map((each) => each.event),
  );
}

async function writeLines(db: CoverDatabase, done: readonly Done[]): Promise<void> {
  const lines = done.flatMap(({ judged }) =>
    judged.adjudication.lines.map((line) => ({
      claim_id: judged.claimId,
      line: line.line,
      allowed: `${line.allowedMinor}`,
      adjusted: `${line.adjustedMinor}`,
      paid: `${line.paidMinor}`,
      reason: line.reason,
      rule: line.rule ?? null,
    })),
  );
  await sql`
    update cover_claim_line l
    set allowed_minor = x.allowed, adjusted_minor = x.adjusted, paid_minor = x.paid, reason = x.reason, rule = x.rule
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as x(claim_id text, line integer, allowed bigint, adjusted bigint, paid bigint, reason integer, rule text)
    where l.claim_id = x.claim_id and l.line = x.line`.execute(db);
}

async function writeClaims(db: CoverDatabase, done: readonly Done[]): Promise<void> {
  const claims = done.map(({ judged: { claimId, status, adjudication }, chosen, rates, set }) => ({
    claim_id: claimId,
    policy_id: adjudication.policyId ?? null,
    category: adjudication.category ?? null,
    allowed: `${adjudication.allowedMinor}`,
    adjusted: `${adjudication.adjustedMinor}`,
    paid: `${adjudication.paidMinor}`,
    review_because: chosen.because.length > 0 ? chosen.because : null,
    review: status === 'checked' ? 'selected' : null,
    feedback: chosen.feedback ? 'selected' : null,
    rates: rates ?? null,
    status,
    outstanding: `${set.outstanding_minor}`,
    payable: `${set.payable_minor}`,
    processed_on: 'processed_on' in set ? set.processed_on : null,
    valuated_on: 'valuated_on' in set ? set.valuated_on : null,
  }));
  await sql`
    update cover_claim c
    set policy_id = x.policy_id, category = x.category, allowed_minor = x.allowed, adjusted_minor = x.adjusted,
      paid_minor = x.paid, review_because = coalesce(x.review_because, c.review_because),
      review = coalesce(x.review, c.review), feedback = coalesce(x.feedback, c.feedback), status = x.status,
      rates = coalesce(x.rates, c.rates),
      outstanding_minor = x.outstanding, payable_minor = x.payable,
      processed_on = coalesce(x.processed_on, c.processed_on), valuated_on = coalesce(x.valuated_on, c.valuated_on)
    from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb)
      as x(claim_id text, policy_id text, category text, allowed bigint, adjusted bigint, paid bigint,
        review_because text[], review text, feedback text, rates jsonb, status text, outstanding bigint, payable bigint,
        processed_on date, valuated_on date)
    where c.claim_id = x.claim_id`.execute(db);
}
