import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { addClaimEvent, readClaim } from './claims.store.ts';
import { type FeedbackAnswers, feedbackMismatches } from './feedback.ts';
import { sendToReview } from './review.store.ts';
import type { ClaimsOptions } from './submit.store.ts';

/** Whom to ask and about which visit: nothing of what was treated, for those who ask see no claims. */
export interface FeedbackWanted {
  readonly claimId: string;
  readonly memberName: string;
  readonly memberNumber: string;
  readonly phone?: string;
  readonly provider: string;
  readonly providerName: string;
  readonly from: string;
  readonly to: string;
}

export async function feedbackWanted(
  db: CoverDatabase,
  options: Pick<ClaimsOptions, 'country' | 'facilities'>,
  question: { readonly search?: string | undefined; readonly cursor?: string | undefined; readonly limit?: number },
): Promise<{ rows: FeedbackWanted[]; next?: string }> {
  const limit = Math.min(question.limit ?? 50, 200);
  let query = db
    .selectFrom('cover_claim as c')
    .innerJoin('cover_member as m', 'm.member_id', 'c.member_id')
    .select([
      'c.claim_id',
      'c.provider',
      'c.care_from',
      'c.care_to',
      'c.claimed_on',
      'm.name',
      'm.member_number',
      'm.phone',
    ])
    .where('c.feedback', '=', 'selected')
    .orderBy('c.claimed_on')
    .orderBy('c.claim_id')
    .limit(limit + 1);
  if (question.search) {
    query = query.where('m.member_number', 'like', `${question.search.replace(/[\\%_]/g, '\\$&')}%`);
  }
  const after = /^(\d{4}-\d{2}-\d{2})~(.{1,80})$/.exec(question.cursor ?? '');
  if (after) {
    query = query.where(sql<boolean>`(c.claimed_on, c.claim_id) > (${after[1]}::date, ${after[2]})`);
  }
  const rows = await query.execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => ({
      claimId: row.claim_id,
      memberName: row.name,
      memberNumber: row.member_number,
      ...(row.phone !== null && { phone: row.phone }),
      provider: row.provider,
      providerName:
        options.facilities.find((each) => `${options.country}:${each.id}` === row.provider)?.name ?? row.provider,
      from: row.care_from,
      to: row.care_to,
    })),
    ...(last && { next: `${last.claimed_on}~${last.claim_id}` }),
  };
}

/** Asks for the insured's word on a claim. */
export async function askFeedback(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  actor: string,
): Promise<Result<{ claimId: string }> | undefined> {
  const db = coverOf(tx);
  const row = await readClaim(db, claimId, true);
  if (!row) {
    return undefined;
  }
  if (row.feedback === 'delivered' || row.status === 'reversed' || row.status === 'entered') {
    return refuse('claims.wrong-status', { status: row.status });
  }
  await db.updateTable('cover_claim').set({ feedback: 'selected' }).where('claim_id', '=', claimId).execute();
  await addClaimEvent(db, { claimId, at: options.clock(), actor, event: 'feedback-asked' });
  return ok({ claimId });
}

/**
 * Takes what the insured says. Where it does not fit what was claimed, the claim is flagged, and goes to a reviewer as
 * long as nothing of it was paid.
 */
export async function takeFeedback(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  answers: FeedbackAnswers,
  actor: string,
): Promise<Result<{ claimId: string }> | undefined> {
  const db = coverOf(tx);
  const row = await readClaim(db, claimId, true);
  if (!row) {
    return undefined;
  }
  if (row.feedback !== 'selected') {
    return refuse('claims.feedback-given');
  }
  const amounts = await db
    .selectFrom('cover_claim')
    .select(['adjusted_minor', 'paid_minor'])
    .where('claim_id', '=', claimId)
    .executeTakeFirstOrThrow();
  const mismatches = feedbackMismatches(answers, {
    itemsClaimed: row.claim.lines.some((line) => line.kind === 'item'),
    memberPays: BigInt(amounts.adjusted_minor) > BigInt(amounts.paid_minor),
  });
  const at = options.clock();
  await db
    .insertInto('cover_feedback')
    .values({
      claim_id: claimId,
      care_rendered: answers.careRendered,
      payment_asked: answers.paymentAsked,
      drugs_prescribed: answers.drugsPrescribed,
      drugs_received: answers.drugsReceived,
      rating: answers.rating,
      mismatches,
      given_to: actor,
      at,
    })
    .execute();
  await db.updateTable('cover_claim').set({ feedback: 'delivered' }).where('claim_id', '=', claimId).execute();
  await addClaimEvent(db, { claimId, at, actor, event: 'feedback-given', detail: { mismatches } });
  if (mismatches.length > 0) {
    const sent = await sendToReview(tx, options, claimId, 'feedback', actor);
    if (!sent?.ok) {
      // Paid, or with a reviewer already: the flag alone.
      await db
        .updateTable('cover_claim')
        .set({ review_because: sql<string[]>`array_append(array_remove(review_because, 'feedback'), 'feedback')` })
        .where('claim_id', '=', claimId)
        .execute();
    }
  }
  return ok({ claimId });
}
