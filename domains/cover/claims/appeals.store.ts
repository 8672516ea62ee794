import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { addClaimEvent, type ClaimRow, readClaim } from './claims.store.ts';
import { keepRecord } from './record.store.ts';
import { checkDecisions, keepDecisions, type LineDecision } from './review.store.ts';
import { adjudicateStored, type ClaimsOptions } from './submit.store.ts';
import { appealView } from './views.store.ts';

/** What an appeal may put right of what was claimed: facts, never prices or lines. */
export interface Corrections {
  readonly visit?: 'other' | 'referral' | 'emergency' | undefined;
  readonly referralFrom?: string | undefined;
  readonly preauthorisation?: string | undefined;
}

const appealable: readonly string[] = ['rejected', 'valuated', 'paid'];

/** Opens an appeal against how a claim was judged. One at a time. */
export async function openAppeal(
  tx: Transaction,
  options: ClaimsOptions,
  of: {
    readonly claimId: string;
    readonly provider: string | undefined;
    readonly onBehalfOf: 'provider' | 'member';
    readonly reason: string;
  },
  actor: string,
): Promise<Result<{ appealId: string }> | undefined> {
  const db = coverOf(tx);
  const row = await readClaim(db, of.claimId, true);
  if (!row || (of.provider !== undefined && row.claim.provider !== of.provider)) {
    return undefined;
  }
  if (!appealable.includes(row.status)) {
    return refuse('claims.wrong-status', { status: row.status });
  }
  const open = await db
    .selectFrom('cover_appeal')
    .select('appeal_id')
    .where('claim_id', '=', of.claimId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (open) {
    return refuse('claims.appeal-open');
  }
  const at = options.clock();
  const appealId = options.newId();
  await db
    .insertInto('cover_appeal')
    .values({
      appeal_id: appealId,
      claim_id: of.claimId,
      made_by: actor,
      on_behalf_of: of.onBehalfOf,
      reason: of.reason,
      opened: at,
      run_before: await lastRun(db, of.claimId),
      run_after: null,
      state: 'open',
      decision: null,
      decided_by: null,
      decided: null,
    })
    .execute();
  await addClaimEvent(db, { claimId: of.claimId, at, actor, event: 'appeal-opened', detail: { appealId } });
  return ok({ appealId });
}

export interface AppealDecision {
  readonly grant: boolean;
  readonly text: string;
  readonly lines: readonly LineDecision[];
  readonly corrections: Corrections;
}

/** Whether somebody may decide an appeal so; the appeal and its claim are locked. */
export async function decidable(
  tx: Transaction,
  appealId: string,
  decision: Pick<AppealDecision, 'grant' | 'lines'>,
  actor: string,
): Promise<Result<ClaimRow> | undefined> {
  const db = coverOf(tx);
  const appeal = await db
    .selectFrom('cover_appeal')
    .selectAll()
    .where('appeal_id', '=', appealId)
    .forUpdate()
    .executeTakeFirst();
  if (!appeal) {
    return undefined;
  }
  if (appeal.state !== 'open') {
    return refuse('claims.wrong-status', { status: appeal.state });
  }
  const claimId = appeal.claim_id;
  if (appeal.made_by === actor || (await hasDecidedOn(db, claimId, actor))) {
    return refuse('claims.four-eyes');
  }
  const claim = await readClaim(db, claimId, true);
  if (!claim) {
    return undefined;
  }
  // What was taken back, or is with a reviewer since, is not decided past whoever did that.
  if (decision.grant && !appealable.includes(claim.status)) {
    return refuse('claims.wrong-status', { status: claim.status });
  }
  return checkDecisions(claim, decision.lines) ?? ok(claim);
}

/**
 * Decides an appeal: upheld leaves the claim as it is; granted judges it again by the rules of its service date, with what
 * the appeal puts right. Both results stay. Whoever opened it, or decided the lines before, does not decide it.
 */
export async function decideAppeal(
  tx: Transaction,
  options: ClaimsOptions,
  appealId: string,
  decision: AppealDecision,
  actor: string,
): Promise<Result<{ claimId: string; runAfter?: number }> | undefined> {
  const db = coverOf(tx);
  const found = await decidable(tx, appealId, decision, actor);
  if (!found?.ok) {
    return found;
  }
  const { claimId } = found.value.claim;
  const at = options.clock();
  let runAfter: number | undefined;
  if (decision.grant) {
    await correct(tx, claimId, decision.corrections, actor, at);
    await keepDecisions(tx, claimId, decision.lines, actor, at);
    runAfter = (await adjudicateStored(tx, options, claimId, at, { actor })).run;
    await keepRecord(tx, options, claimId);
  }
  await db
    .updateTable('cover_appeal')
    .set({
      state: decision.grant ? 'granted' : 'upheld',
      decision: decision.text,
      decided_by: actor,
      decided: at,
      run_after: runAfter ?? null,
    })
    .where('appeal_id', '=', appealId)
    .execute();
  const event = decision.grant ? 'appeal-granted' : 'appeal-upheld';
  await addClaimEvent(db, { claimId, at, actor, event, detail: { appealId } });
  return ok({ claimId, ...(runAfter !== undefined && { runAfter }) });
}

/** Whether somebody decided a line of the claim, whoever did so since. */
async function hasDecidedOn(db: CoverDatabase, claimId: string, actor: string): Promise<boolean> {
  const found = await db
    .selectFrom('cover_claim_decision')
    .select('decided_by')
    .where('claim_id', '=', claimId)
    .where('decided_by', '=', actor)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

async function correct(tx: Transaction, claimId: string, to: Corrections, actor: string, at: Date): Promise<void> {
  const db = coverOf(tx);
  const set = {
    ...(to.visit !== undefined && { visit: to.visit }),
    ...(to.referralFrom !== undefined && { referral_from: to.referralFrom }),
    ...(to.preauthorisation !== undefined && { preauthorisation: to.preauthorisation }),
  };
  if (Object.keys(set).length === 0) {
    return;
  }
  const before = await db
    .selectFrom('cover_claim')
    .select(['visit', 'referral_from', 'preauthorisation'])
    .where('claim_id', '=', claimId)
    .executeTakeFirstOrThrow();
  await db.updateTable('cover_claim').set(set).where('claim_id', '=', claimId).execute();
  await addClaimEvent(db, { claimId, at, actor, event: 'corrected', detail: { before, after: set } });
}

async function lastRun(db: CoverDatabase, claimId: string): Promise<number> {
  const { last } = await db
    .selectFrom('cover_adjudication')
    .select((of) => of.fn.max('run').as('last'))
    .where('claim_id', '=', claimId)
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

/** Appeals that wait for a decision, oldest first. */
export async function openAppeals(
  db: CoverDatabase,
  question: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
) {
  const limit = Math.min(question.limit ?? 50, 200);
  let query = db
    .selectFrom('cover_appeal as a')
    .innerJoin('cover_claim as c', 'c.claim_id', 'a.claim_id')
    .selectAll('a')
    .select(['c.claim_number', 'c.provider'])
    .where('a.state', '=', 'open')
    .orderBy('a.opened')
    .orderBy('a.appeal_id')
    .limit(limit + 1);
  const after = /^([0-9TZ:.-]{20,30})~(.{1,80})$/.exec(question.cursor ?? '');
  if (after) {
    query = query.where(sql<boolean>`(a.opened, a.appeal_id) > (${after[1]}::timestamptz, ${after[2]})`);
  }
  const rows = await query.execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows
      .slice(0, limit)
      .map((row) => ({ ...appealView(row), claimNumber: row.claim_number, provider: row.provider })),
    ...(last && { next: `${last.opened.toISOString()}~${last.appeal_id}` }),
  };
}
