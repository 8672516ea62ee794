import { money } from '@serai/kernel/base/money.ts';
import { type Selectable, sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CareSetting, Claim, ClaimLine, ClaimStatus } from '../cover.ts';
import type { ClaimCategory } from '../schemes/scheme.ts';
import type { AdjudicationInput, PassedLine } from './adjudication.ts';
import type { ClaimTables } from './claims.tables.ts';

export interface ClaimRow {
  readonly claim: Claim;
  readonly status: ClaimStatus;
  readonly policyId: string | null;
  /** What the scheme pays in; the position is in it. */
  readonly paysCurrency: string;
  /** In the claim's currency. */
  readonly claimed: bigint;
  readonly outstanding: bigint;
  readonly payable: bigint;
  readonly settled: bigint;
  readonly review: string;
  readonly reviewBecause: readonly string[];
  readonly feedback: string;
  readonly enteredBy: string;
  readonly source: string;
}

/** A claim with its lines; locked until the transaction ends where it is decided on. */
export async function readClaim(db: CoverDatabase, claimId: string, lock = false): Promise<ClaimRow | undefined> {
  return (await readClaims(db, [claimId], lock))[0];
}

/** Many claims with their lines in two statements, in the order asked for; one that is not there is left out. */
export async function readClaims(db: CoverDatabase, claimIds: readonly string[], lock = false): Promise<ClaimRow[]> {
  let query = db
    .selectFrom('cover_claim')
    .selectAll()
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .orderBy('claim_id');
  if (lock) {
    query = query.forUpdate();
  }
  const rows = new Map((await query.execute()).map((row) => [row.claim_id, row]));
  if (rows.size === 0) {
    return [];
  }
  const lines = await db
    .selectFrom('cover_claim_line')
    .select(['claim_id', 'line', 'kind', 'code', 'quantity', 'unit_price_minor'])
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .orderBy('claim_id')
    .orderBy('line')
    .execute();
  const linesOf = Map.groupBy(lines, (line) => line.claim_id);
  return claimIds.flatMap((claimId) => {
    const row = rows.get(claimId);
    return row ? [claimRow(row, linesOf.get(claimId) ?? [])] : [];
  });
}

type StoredLine = Pick<
  Selectable<ClaimTables['cover_claim_line']>,
  'line' | 'kind' | 'code' | 'quantity' | 'unit_price_minor'
>;

function claimRow(row: Selectable<ClaimTables['cover_claim']>, lines: readonly StoredLine[]): ClaimRow {
  return {
    claim: {
      claimId: row.claim_id,
      claimNumber: row.claim_number,
      schemeId: row.scheme_id,
      provider: row.provider,
      providerLevel: row.provider_level,
      memberId: row.member_id,
      visit: row.visit as Claim['visit'],
      care: row.care as CareSetting,
      from: row.care_from,
      to: row.care_to,
      claimedOn: row.claimed_on,
      diagnoses: row.diagnoses,
      currency: row.currency,
      lines: lines.map((line) => ({
        line: line.line,
        kind: line.kind as ClaimLine['kind'],
        code: line.code,
        quantity: plainDecimal(line.quantity),
        unitPrice: money(BigInt(line.unit_price_minor), row.currency),
      })),
      ...(row.referral_from !== null && { referralFrom: row.referral_from }),
      ...(row.preauthorisation !== null && { preauthorisation: row.preauthorisation }),
    },
    status: row.status as ClaimStatus,
    policyId: row.policy_id,
    paysCurrency: row.pays_currency,
    claimed: BigInt(row.claimed_minor),
    outstanding: BigInt(row.outstanding_minor),
    payable: BigInt(row.payable_minor),
    settled: BigInt(row.settled_minor),
    review: row.review,
    reviewBecause: row.review_because,
    feedback: row.feedback,
    enteredBy: row.entered_by,
    source: row.source,
  };
}

/** `2.50` and `2.5` are one quantity: the same claim is the same bytes however it was written. */
export function plainDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export interface ClaimEvent {
  readonly claimId: string;
  readonly at: Date;
  readonly actor: string;
  readonly event: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Says what happened to a claim; events are numbered within it. */
export async function addClaimEvent(db: CoverDatabase, event: ClaimEvent): Promise<void> {
  await addClaimEvents(db, [event]);
}

/** Says what happened to many claims in one statement: one event of each. */
export async function addClaimEvents(db: CoverDatabase, events: readonly ClaimEvent[]): Promise<void> {
  const rows = events.map(({ claimId, at, actor, event, detail }) => ({
    claim_id: claimId,
    at: at.toISOString(),
    actor,
    event,
    detail: detail ?? {},
  }));
  await sql`
    insert into cover_claim_event (claim_id, number, at, actor, event, detail)
    select x.claim_id,
      (select coalesce(max(e.number), 0) + 1 from cover_claim_event e where e.claim_id = x.claim_id),
      x.at, x.actor, x.event, x.detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(claim_id text, at timestamptz, actor text, event text, detail jsonb)`.execute(db);
}

/**
 * What passed before a claim, of everyone under the policies: what the other claims' last adjudication had found by then.
 * Every adjudication has its turn, so an earlier one can be seen again as it was.
 *
 * @param of.claimId the claim that is judged, left out; absent: for many claims at once, each leaves out its own.
 * @param beforeTurn only what was found before this turn; absent: all that was found until now.
 */
export async function passedLines(
  db: CoverDatabase,
  of: { readonly schemeId: string; readonly policyIds: readonly string[]; readonly claimId?: string },
  beforeTurn?: string,
): Promise<PassedLine[]> {
  if (of.policyIds.length === 0) {
    return [];
  }
  const others = of.claimId === undefined ? sql`` : sql`and c.claim_id <> ${of.claimId}`;
  const until = beforeTurn === undefined ? sql`` : sql`and a.turn < ${beforeTurn}::bigint`;
  const untilAbroad = beforeTurn === undefined ? sql`` : sql`and u.turn < ${beforeTurn}::bigint`;
  const othersAbroad = of.claimId === undefined ? sql`` : sql`and u.claim_id <> ${of.claimId}`;
  // A probe by key for each member, claim and line, whatever the planner believes of tables that grow as they are read.
  const { rows } = await sql<PassedRow>`
    with member as materialized (
      select distinct m.member_id from unnest(${of.policyIds}::text[]) p
      cross join lateral (select member_id from cover_policy_member where policy_id = p offset 0) m
    ), judged as materialized (
      select c.claim_id, c.member_id, c.care, c.care_from, c.care_to, last.result
      from member m
      cross join lateral (
        select * from cover_claim c where c.member_id = m.member_id and c.scheme_id || '' = ${of.schemeId} ${others} offset 0
      ) c
      cross join lateral (
        select a.result::jsonb as result from cover_adjudication a
        where a.claim_id = c.claim_id ${until}
        order by a.run desc limit 1
      ) last
    )
    select j.claim_id, x.line, l.kind, l.code, j.result ->> 'category' as category, j.result ->> 'policyId' as policy,
      j.member_id, j.care, j.care_from, j.care_to, x.quantity, x.deducted, x.paid
    from judged j
    cross join lateral (
      select (e ->> 'line')::integer as line, e ->> 'quantity' as quantity, (e ->> 'reason')::integer as reason,
        (e ->> 'deductedMinor')::bigint as deducted, (e ->> 'paidMinor')::bigint as paid
      from jsonb_array_elements(j.result -> 'lines') e
    ) x
    cross join lateral (
      select kind, code from cover_claim_line where claim_id = j.claim_id and line = x.line limit 1
    ) l
    where j.result ->> 'policyId' = any(${of.policyIds}::text[]) and x.reason = 0
    union all
    -- Care in another country counts alike: what the fund answered last to each line of it.
    select claim_id, line, kind, code, category, policy_id, member_id, care, care_from, care_to, quantity, deducted_minor, paid_minor
    from (
      select distinct on (u.claim_id, u.line) u.* from settlement_usage u
      where u.policy_id = any(${of.policyIds}::text[]) and u.scheme_id = ${of.schemeId} ${othersAbroad} ${untilAbroad}
      order by u.claim_id, u.line, u.turn desc
    ) abroad where counts
    order by 9, 1, 2`.execute(db);
  return rows.map((row) => ({
    claimId: row.claim_id,
    line: row.line,
    kind: row.kind,
    code: row.code,
    category: row.category ?? undefined,
    memberId: row.member_id,
    policyId: row.policy,
    care: row.care,
    from: row.care_from,
    to: row.care_to,
    quantity: row.quantity,
    deductedMinor: BigInt(row.deducted),
    paidMinor: BigInt(row.paid),
  }));
}

interface PassedRow {
  readonly claim_id: string;
  readonly line: number;
  readonly kind: 'item' | 'service';
  readonly code: string;
  readonly category: ClaimCategory | null;
  readonly policy: string;
  readonly member_id: string;
  readonly care: CareSetting;
  readonly care_from: string;
  readonly care_to: string;
  readonly quantity: string;
  readonly deducted: string;
  readonly paid: string;
}

/** The last finding of a medical officer on each line, as adjudication takes it. */
export async function lineDecisions(db: CoverDatabase, claimId: string): Promise<LineDecision[]> {
  return (await decisionsOf(db, [claimId])).get(claimId) ?? [];
}

type LineDecision = NonNullable<AdjudicationInput['review']>[number];

/** The same of many claims; only those that have one are in the answer. */
export async function decisionsOf(
  db: CoverDatabase,
  claimIds: readonly string[],
): Promise<Map<string, LineDecision[]>> {
  const rows = await db
    .selectFrom('cover_claim_decision')
    .selectAll()
    .distinctOn(['claim_id', 'line'])
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .orderBy('claim_id')
    .orderBy('line')
    .orderBy('number', 'desc')
    .execute();
  const found = new Map<string, LineDecision[]>();
  for (const row of rows) {
    if (row.decision !== 'accepted') {
      const decisions = found.get(row.claim_id) ?? [];
      found.set(row.claim_id, decisions);
      decisions.push({
        line: row.line,
        ...(row.decision === 'rejected' && { rejected: true }),
        ...(row.quantity !== null && { quantity: plainDecimal(row.quantity) }),
        ...(row.amount_minor !== null && { amountMinor: BigInt(row.amount_minor) }),
      });
    }
  }
  return found;
}
