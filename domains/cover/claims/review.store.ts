import type { Money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import { addClaimEvent, type ClaimRow, readClaim } from './claims.store.ts';
import { fourEyesFrom } from './four-eyes.ts';
import { keepRecord } from './record.store.ts';
import { adjudicateStored, type ClaimsOptions, moveClaim, nextRun } from './submit.store.ts';

/** What a medical officer finds of a line. */
export interface LineDecision {
  readonly line: number;
  readonly decision: 'accepted' | 'rejected' | 'adjusted';
  readonly quantity?: string | undefined;
  /** In the currency the claim is in. */
  readonly amount?: Money | undefined;
  readonly reason: string;
}

export interface Reviewed {
  readonly claimId: string;
  /** `proposed`: of high value, and someone else must confirm it. */
  readonly state: 'proposed' | 'done';
}

/**
 * Delivers a review: the lines' decisions are kept, and the claim is judged again with them. A claim of high value is
 * proposed by one and confirmed by another; what the second decides holds.
 */
export async function deliverReview(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  decisions: readonly LineDecision[],
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  const db = coverOf(tx);
  const row = await readClaim(db, claimId, true);
  if (!row) {
    return undefined;
  }
  if (row.status !== 'checked' || row.review !== 'selected') {
    return refuse('claims.not-in-review');
  }
  const refused = checkDecisions(row, decisions);
  if (refused) {
    return refused;
  }
  const alone = await mustBeConfirmed(tx, options, row, actor);
  if (alone === 'same-person') {
    return refuse('claims.four-eyes');
  }
  const at = options.clock();
  await keepDecisions(tx, claimId, decisions, actor, at);
  if (alone === 'first') {
    await addClaimEvent(db, { claimId, at, actor, event: 'review-proposed', detail: { lines: decisions.length } });
    return ok({ claimId, state: 'proposed' });
  }
  await endReview(tx, options, claimId, 'delivered', actor);
  return ok({ claimId, state: 'done' });
}

/** Decisions are of lines the claim has, one each, and never above what was claimed. */
export function checkDecisions(row: ClaimRow, decisions: readonly LineDecision[]) {
  const numbers = new Set(decisions.map((each) => each.line));
  const lines = new Map(row.claim.lines.map((line) => [line.line, line]));
  if (numbers.size !== decisions.length || decisions.some((each) => !lines.has(each.line))) {
    return refuse('claims.unknown-line', undefined, 'lines');
  }
  const above = decisions.findIndex((each) => {
    const line = lines.get(each.line)!;
    return (
      (each.quantity !== undefined && Number(each.quantity) > Number(line.quantity)) ||
      (each.amount !== undefined && each.amount.minor > line.unitPrice.minor * BigInt(Math.ceil(Number(line.quantity))))
    );
  });
  return above < 0 ? undefined : refuse('claims.above-claimed', undefined, `lines[${above}]`);
}

/** Whether a second person is needed: `first` proposes, `same-person` may not confirm their own. */
async function mustBeConfirmed(
  tx: Transaction,
  options: ClaimsOptions,
  row: ClaimRow,
  actor: string,
): Promise<'no' | 'first' | 'same-person'> {
  const from = fourEyesFrom(options.schemes, row.claim.schemeId, row.paysCurrency);
  if (row.outstanding < from.minor) {
    return 'no';
  }
  const proposed = await coverOf(tx)
    .selectFrom('cover_claim_event')
    .select(['actor', 'event'])
    .where('claim_id', '=', row.claim.claimId)
    .where('event', 'in', ['review-proposed', 'review-selected', 'review-delivered'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (proposed?.event !== 'review-proposed') {
    return 'first';
  }
  return proposed.actor === actor ? 'same-person' : 'no';
}

export async function keepDecisions(
  tx: Transaction,
  claimId: string,
  decisions: readonly LineDecision[],
  actor: string,
  at: Date,
): Promise<void> {
  for (const each of decisions) {
    await coverOf(tx)
      .insertInto('cover_claim_decision')
      .values({
        claim_id: claimId,
        line: each.line,
        number: sql<number>`(select coalesce(max(number), 0) + 1 from cover_claim_decision
          where claim_id = ${claimId} and line = ${each.line})`,
        decision: each.decision,
        quantity: each.decision === 'adjusted' ? (each.quantity ?? null) : null,
        amount_minor: each.decision === 'adjusted' ? (each.amount?.minor ?? null) : null,
        reason: each.reason,
        decided_by: actor,
        at,
      })
      .execute();
  }
}

async function endReview(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  how: 'delivered' | 'bypassed',
  actor: string,
): Promise<void> {
  const db = coverOf(tx);
  const at = options.clock();
  await db.updateTable('cover_claim').set({ review: how }).where('claim_id', '=', claimId).execute();
  await addClaimEvent(db, { claimId, at, actor, event: `review-${how}` });
  await adjudicateStored(tx, options, claimId, at, { actor });
  await keepRecord(tx, options, claimId);
}

/** Lets a claim pass as it was judged, without looking at its lines. High value is never let pass alone. */
export async function bypassReview(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  const row = await readClaim(coverOf(tx), claimId, true);
  if (!row) {
    return undefined;
  }
  if (row.status !== 'checked' || row.review !== 'selected') {
    return refuse('claims.not-in-review');
  }
  if (row.outstanding >= fourEyesFrom(options.schemes, row.claim.schemeId, row.paysCurrency).minor) {
    return refuse('claims.four-eyes');
  }
  await endReview(tx, options, claimId, 'bypassed', actor);
  return ok({ claimId, state: 'done' });
}

/** Statuses from which a claim may go (back) to a reviewer: judged, and nothing of it paid. */
const reviewable: readonly string[] = ['processed', 'valuated', 'rejected'];

/**
 * Sends a judged claim to a reviewer. What it was found worth is taken back in the ledger by opposite entries; lines a
 * medical officer rejected are open again. This is also how a bulk acceptance or rejection is undone.
 */
export async function sendToReview(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  because: string,
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  const db = coverOf(tx);
  const row = await readClaim(db, claimId, true);
  if (!row) {
    return undefined;
  }
  if (!reviewable.includes(row.status) || row.settled > 0n) {
    return refuse('claims.wrong-status', { status: row.status });
  }
  const at = options.clock();
  await reopenLines(tx, claimId, actor, at, because);
  const last = await lastResult(tx, claimId);
  await moveClaim(
    tx,
    row,
    'checked',
    { ...last, adjustedMinor: 0n, paidMinor: 0n },
    { at, country: options.country, key: await stepKey(tx, row) },
  );
  await db
    .updateTable('cover_claim')
    .set({ review: 'selected', review_because: [because] })
    .where('claim_id', '=', claimId)
    .execute();
  await addClaimEvent(db, { claimId, at, actor, event: 'review-selected', detail: { because: [because] } });
  return ok({ claimId, state: 'done' });
}

async function reopenLines(tx: Transaction, claimId: string, actor: string, at: Date, because: string): Promise<void> {
  const closed = await coverOf(tx)
    .selectFrom('cover_claim_decision')
    .select(['line', 'decision'])
    .distinctOn('line')
    .where('claim_id', '=', claimId)
    .orderBy('line')
    .orderBy('number', 'desc')
    .execute();
  const lines = closed.filter((each) => each.decision !== 'accepted');
  await keepDecisions(
    tx,
    claimId,
    lines.map(({ line }) => ({ line, decision: 'accepted', reason: because })),
    actor,
    at,
  );
}

/** Rejects every line of a claim in review. */
export async function rejectClaim(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  reason: string,
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  const row = await readClaim(coverOf(tx), claimId);
  return (
    row &&
    deliverReview(
      tx,
      options,
      claimId,
      row.claim.lines.map(({ line }) => ({ line, decision: 'rejected', reason })),
      actor,
    )
  );
}

/**
 * Takes a claim back as a whole: opposite entries in the ledger, and it counts no more towards any limit. What was paid of
 * it is owed by the facility and taken off its next payment. Nothing is deleted.
 */
export async function reverseClaim(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  reason: string,
  actor: string,
): Promise<Result<Reviewed> | undefined> {
  const db = coverOf(tx);
  const row = await readClaim(db, claimId, true);
  if (!row) {
    return undefined;
  }
  if (row.status === 'reversed') {
    return refuse('claims.wrong-status', { status: row.status });
  }
  const at = options.clock();
  const key = await stepKey(tx, row);
  await moveClaim(
    tx,
    row,
    'reversed',
    { claimedMinor: 0n, adjustedMinor: 0n, paidMinor: 0n },
    { at, country: options.country, key },
  );
  await db
    .updateTable('cover_claim')
    .set({ review: row.review === 'selected' ? 'bypassed' : row.review })
    .where('claim_id', '=', claimId)
    .execute();
  await db
    .insertInto('cover_adjudication')
    .values({
      claim_id: claimId,
      run: await nextRun(tx, claimId),
      at,
      scheme_version: null,
      input_digest: 'reversal',
      result: canonicalJson({
        claimId,
        status: 'reversed',
        reason: 0,
        currency: row.paysCurrency,
        claimedMinor: '0',
        allowedMinor: '0',
        adjustedMinor: '0',
        paidMinor: '0',
        lines: [],
      }),
    })
    .execute();
  await addClaimEvent(db, { claimId, at, actor, event: 'reversed', detail: { reason } });
  await keepRecord(tx, options, claimId);
  return ok({ claimId, state: 'done' });
}

/** A step of its own for each time a claim moves without being judged. */
async function stepKey(tx: Transaction, row: ClaimRow): Promise<string> {
  const { last } = await coverOf(tx)
    .selectFrom('cover_claim_event')
    .select((of) => of.fn.max('number').as('last'))
    .where('claim_id', '=', row.claim.claimId)
    .executeTakeFirstOrThrow();
  return `event-${(last ?? 0) + 1}`;
}

/** What the claim claims in the scheme's currency, as it was last judged. */
async function lastResult(tx: Transaction, claimId: string): Promise<{ claimedMinor: bigint }> {
  const row = await coverOf(tx)
    .selectFrom('cover_adjudication')
    .select('result')
    .where('claim_id', '=', claimId)
    .orderBy('run', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { claimedMinor: BigInt((JSON.parse(row.result) as { claimedMinor: string }).claimedMinor) };
}
