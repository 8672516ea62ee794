import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CareSetting, ClaimStatus } from '../cover.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { AdjudicationView, ClaimInFull, ClaimPage, ClaimSummary, LineDecisionView, ReviewState } from './api.ts';
import { plainDecimal } from './claims.store.ts';
import { fourEyesFrom } from './four-eyes.ts';

/** What of claims is asked for; everything left out does not narrow. */
export interface ClaimQuestion {
  /** Alone this provider's: set by who asks, never by what they send. */
  readonly provider?: string | undefined;
  readonly schemeId?: string | undefined;
  readonly status?: readonly ClaimStatus[] | undefined;
  readonly review?: ReviewState | undefined;
  readonly because?: string | undefined;
  readonly memberId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Claim or member number, from its beginning. */
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const pageSize = 50;

/** Claims newest first, a page at a time by keyset: as quick at the end of 60,000 as at the beginning. */
export async function findClaims(db: CoverDatabase, question: ClaimQuestion): Promise<ClaimPage> {
  const limit = Math.min(question.limit ?? pageSize, 200);
  const after = cursorOf(question.cursor);
  let query = db
    .selectFrom('cover_claim as c')
    .innerJoin('cover_member as m', 'm.member_id', 'c.member_id')
    .select([...summaryColumns])
    .orderBy('c.claimed_on', 'desc')
    .orderBy('c.claim_id', 'desc')
    .limit(limit + 1);
  if (question.provider !== undefined) {
    query = query.where('c.provider', '=', question.provider);
  }
  if (question.schemeId !== undefined) {
    query = query.where('c.scheme_id', '=', question.schemeId);
  }
  if (question.status && question.status.length > 0) {
    query = query.where('c.status', 'in', [...question.status]);
  }
  if (question.review !== undefined) {
    query = query.where('c.review', '=', question.review);
  }
  if (question.because !== undefined) {
    query = query.where(sql<boolean>`c.review_because @> ${[question.because]}::text[]`);
  }
  if (question.memberId !== undefined) {
    query = query.where('c.member_id', '=', question.memberId);
  }
  if (question.from !== undefined) {
    query = query.where('c.claimed_on', '>=', question.from);
  }
  if (question.to !== undefined) {
    query = query.where('c.claimed_on', '<=', question.to);
  }
  if (question.search) {
    const like = `${question.search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((of) => of.or([of('c.claim_number', 'like', like), of('m.member_number', 'like', like)]));
  }
  if (after) {
    query = query.where(sql<boolean>`(c.claimed_on, c.claim_id) < (${after.day}::date, ${after.claimId})`);
  }
  const rows = await query.execute();
  const shown = rows.slice(0, limit).map(summaryOf);
  const last = shown.at(-1);
  return { rows: shown, ...(rows.length > limit && last && { next: `${last.claimedOn}~${last.claimId}` }) };
}

function cursorOf(cursor: string | undefined): { day: string; claimId: string } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})~([A-Za-z0-9:_.-]{1,80})$/.exec(cursor ?? '');
  return match ? { day: match[1]!, claimId: match[2]! } : undefined;
}

const summaryColumns = [
  'c.claim_id',
  'c.claim_number',
  'c.scheme_id',
  'c.provider',
  'c.care',
  'c.care_from',
  'c.care_to',
  'c.claimed_on',
  'c.status',
  'c.review',
  'c.review_because',
  'c.feedback',
  'c.currency',
  'c.pays_currency',
  'c.claimed_minor',
  'c.paid_minor',
  'm.member_number',
  'm.name',
] as const;

interface SummaryRow {
  readonly claim_id: string;
  readonly claim_number: string;
  readonly scheme_id: string;
  readonly provider: string;
  readonly care: string;
  readonly care_from: string;
  readonly care_to: string;
  readonly claimed_on: string;
  readonly status: string;
  readonly review: string;
  readonly review_because: string[];
  readonly feedback: string;
  readonly currency: string;
  readonly pays_currency: string;
  readonly claimed_minor: string;
  readonly paid_minor: string;
  readonly member_number: string;
  readonly name: string;
}

function summaryOf(row: SummaryRow): ClaimSummary {
  return {
    claimId: row.claim_id,
    claimNumber: row.claim_number,
    schemeId: row.scheme_id,
    provider: row.provider,
    memberNumber: row.member_number,
    memberName: row.name,
    care: row.care as CareSetting,
    from: row.care_from,
    to: row.care_to,
    claimedOn: row.claimed_on,
    status: row.status as ClaimStatus,
    review: row.review as ReviewState,
    reviewBecause: row.review_because,
    feedback: row.feedback as ReviewState,
    claimed: textOf(row.claimed_minor, row.currency),
    paid: textOf(row.paid_minor, row.pays_currency),
  };
}

export function textOf(minor: string | bigint, currency: string): MoneyText {
  return moneyText(money(BigInt(minor), currency));
}

/** Everything of one claim; undefined where there is none, or it is not this provider's. */
export async function claimInFull(
  db: CoverDatabase,
  schemes: readonly Scheme[],
  claimId: string,
  provider: string | undefined,
): Promise<ClaimInFull | undefined> {
  let query = db
    .selectFrom('cover_claim as c')
    .innerJoin('cover_member as m', 'm.member_id', 'c.member_id')
    .selectAll('c')
    .select(['m.member_number', 'm.name'])
    .where('c.claim_id', '=', claimId);
  if (provider !== undefined) {
    query = query.where('c.provider', '=', provider);
  }
  const row = await query.executeTakeFirst();
  if (!row) {
    return undefined;
  }
  const text = (minor: string | bigint) => textOf(minor, row.pays_currency);
  const adjudications = await adjudicationsOf(db, claimId, row.pays_currency);
  const last = adjudications.at(-1);
  return {
    ...summaryOf(row),
    visit: row.visit,
    diagnoses: row.diagnoses,
    ...(row.category !== null && { category: row.category }),
    ...(row.referral_from !== null && { referralFrom: row.referral_from }),
    ...(row.preauthorisation !== null && { preauthorisation: row.preauthorisation }),
    ...(row.explanation !== null && { explanation: row.explanation }),
    source: row.source,
    allowed: text(row.allowed_minor),
    adjusted: text(row.adjusted_minor),
    settled: text(row.settled_minor),
    lines: await linesOf(db, schemes, row, adjudications.at(-1)?.exchanged ?? new Map()),
    reason: last?.reason ?? 0,
    ...(last?.rule !== undefined && { rule: last.rule }),
    adjudications: adjudications.map(({ exchanged: _, ...view }) => view),
    events: await eventsOf(db, claimId),
    decisions: await decisionsOf(db, claimId, row.pays_currency),
    appeals: await appealsOf(db, claimId),
    ...(await feedbackOf(db, claimId)),
    fourEyesFrom: moneyText(fourEyesFrom(schemes, row.scheme_id, row.pays_currency)),
  };
}

async function linesOf(
  db: CoverDatabase,
  schemes: readonly Scheme[],
  of: {
    readonly claim_id: string;
    readonly scheme_id: string;
    readonly currency: string;
    readonly pays_currency: string;
  },
  exchanged: ReadonlyMap<number, readonly Rate[]>,
) {
  const rows = await db
    .selectFrom('cover_claim_line')
    .selectAll()
    .where('claim_id', '=', of.claim_id)
    .orderBy('line')
    .execute();
  const catalogue = schemes.findLast((scheme) => scheme.id === of.scheme_id)?.catalogue ?? [];
  const text = (minor: string) => textOf(minor, of.pays_currency);
  return rows.map((row) => {
    const title = catalogue.find((entry) => entry.code === row.code)?.title;
    return {
      line: row.line,
      kind: row.kind as 'item' | 'service',
      code: row.code,
      ...(title && { title }),
      quantity: plainDecimal(row.quantity),
      unitPrice: textOf(row.unit_price_minor, of.currency),
      claimed: textOf(row.claimed_minor, of.currency),
      allowed: text(row.allowed_minor),
      adjusted: text(row.adjusted_minor),
      paid: text(row.paid_minor),
      reason: row.reason,
      ...(row.rule !== null && { rule: row.rule }),
      ...(exchanged.has(row.line) && { exchange: exchanged.get(row.line)! }),
    };
  });
}

async function adjudicationsOf(
  db: CoverDatabase,
  claimId: string,
  currency: string,
): Promise<(AdjudicationView & { readonly exchanged: ReadonlyMap<number, readonly Rate[]> })[]> {
  const rows = await db
    .selectFrom('cover_adjudication')
    .select(['run', 'at', 'scheme_version', 'input_digest', 'result'])
    .where('claim_id', '=', claimId)
    .orderBy('run')
    .execute();
  return rows.map((row) => {
    const result = JSON.parse(row.result) as StoredResult;
    return {
      run: row.run,
      at: row.at.toISOString(),
      ...(row.scheme_version !== null && { schemeVersion: row.scheme_version }),
      status: result.status,
      reason: result.reason,
      ...(result.rule !== undefined && { rule: result.rule }),
      paid: textOf(result.paidMinor, currency),
      inputDigest: row.input_digest,
      exchanged: new Map(result.lines.flatMap((line) => (line.exchange ? [[line.line, line.exchange]] : []))),
    };
  });
}

interface StoredResult {
  readonly status: string;
  readonly reason: number;
  readonly rule?: string;
  readonly paidMinor: string;
  readonly lines: readonly { readonly line: number; readonly exchange?: readonly Rate[] }[];
}

async function eventsOf(db: CoverDatabase, claimId: string): Promise<ClaimInFull['events']> {
  const rows = await db
    .selectFrom('cover_claim_event')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ at: row.at.toISOString(), actor: row.actor, event: row.event, detail: row.detail }));
}

async function decisionsOf(db: CoverDatabase, claimId: string, currency: string): Promise<LineDecisionView[]> {
  const rows = await db
    .selectFrom('cover_claim_decision')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('line')
    .execute();
  return rows.map((row) => ({
    line: row.line,
    decision: row.decision as LineDecisionView['decision'],
    ...(row.quantity !== null && { quantity: plainDecimal(row.quantity) }),
    ...(row.amount_minor !== null && { amount: textOf(row.amount_minor, currency) }),
    reason: row.reason,
    by: row.decided_by,
    at: row.at.toISOString(),
  }));
}

async function appealsOf(db: CoverDatabase, claimId: string): Promise<ClaimInFull['appeals']> {
  const rows = await db
    .selectFrom('cover_appeal')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('opened')
    .execute();
  return rows.map(appealView);
}

export function appealView(row: {
  readonly appeal_id: string;
  readonly claim_id: string;
  readonly on_behalf_of: string;
  readonly reason: string;
  readonly opened: Date;
  readonly run_before: number;
  readonly run_after: number | null;
  readonly state: string;
  readonly decision: string | null;
  readonly decided: Date | null;
}): ClaimInFull['appeals'][number] {
  return {
    appealId: row.appeal_id,
    claimId: row.claim_id,
    onBehalfOf: row.on_behalf_of as 'provider' | 'member',
    reason: row.reason,
    opened: row.opened.toISOString(),
    state: row.state as 'open' | 'upheld' | 'granted',
    runBefore: row.run_before,
    ...(row.run_after !== null && { runAfter: row.run_after }),
    ...(row.decision !== null && { decision: row.decision }),
    ...(row.decided && { decided: row.decided.toISOString() }),
  };
}

async function feedbackOf(db: CoverDatabase, claimId: string): Promise<Pick<ClaimInFull, 'feedbackGiven'>> {
  const row = await db.selectFrom('cover_feedback').selectAll().where('claim_id', '=', claimId).executeTakeFirst();
  return row
    ? {
        feedbackGiven: {
          careRendered: row.care_rendered,
          paymentAsked: row.payment_asked,
          drugsPrescribed: row.drugs_prescribed,
          drugsReceived: row.drugs_received,
          rating: row.rating,
          mismatches: row.mismatches,
          at: row.at.toISOString(),
        },
      }
    : {};
}
