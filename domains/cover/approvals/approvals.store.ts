import { type Money, type MoneyText, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import type { Decided, Proposed, WaitingApproval } from './api.ts';
import { type ApprovalKind, twoPeopleFrom } from './approvals.ts';
import './approvals.refusals.ts';

/**
 * Acts with money that take two people above an amount, as payment runs do: the first proposes, nothing is written but the
 * proposal; the second does it, as it was sent, if it still comes to the same. Below the amount one acts alone.
 */

/** What an act would come to. */
export interface Weighed {
  /** Null of what is of no scheme in particular. */
  readonly schemeId: string | null;
  readonly amounts: readonly Money[];
  /** Said by the act where it has an amount of its own; absent: by the country's rules. */
  readonly takesTwo?: boolean;
}

/** An act that may have to be proposed. Its input is plain JSON: it waits in a row. */
export interface Act<Input extends object, Done extends object> {
  readonly kind: ApprovalKind;
  /** Locks what it is about and refuses what the act would refuse, to whoever it is; undefined where it is not there. */
  readonly weigh: (
    tx: Transaction,
    options: CoverOptions,
    input: Input,
    by: string,
  ) => Promise<Result<Weighed> | undefined>;
  readonly perform: (
    tx: Transaction,
    options: CoverOptions,
    input: Input,
    by: string,
  ) => Promise<Result<Done> | undefined>;
}

interface Asked<Input> {
  readonly input: Input;
  /** What it is about, where it is one thing: that waits once. */
  readonly subject?: string;
  readonly because: string;
  readonly by: string;
}

/** Does it, or proposes it where it takes two people; undefined where what it is about is not there. */
export async function actOrPropose<Input extends object, Done extends object>(
  tx: Transaction,
  options: CoverOptions,
  act: Act<Input, Done>,
  asked: Asked<Input>,
): Promise<Result<Done | Proposed> | undefined> {
  const weighed = await act.weigh(tx, options, asked.input, asked.by);
  if (!weighed?.ok) {
    return weighed;
  }
  return (await takesTwo(coverOf(tx), options, act.kind, weighed.value, asked.by))
    ? propose(tx, options, act.kind, weighed.value, asked)
    : act.perform(tx, options, asked.input, asked.by);
}

/**
 * Whether it takes two people: what it comes to, with what the same person did alone of its kind that day, so that an amount
 * does not pass in parts.
 */
export async function takesTwo(
  db: CoverDatabase,
  options: Pick<CoverOptions, 'approvals' | 'country' | 'clock'>,
  kind: ApprovalKind,
  weighed: Weighed,
  by: string,
): Promise<boolean> {
  if (weighed.takesTwo !== undefined || kind === 'appeal') {
    return weighed.takesTwo ?? false;
  }
  for (const amount of weighed.amounts) {
    const from = twoPeopleFrom(options.approvals, kind, amount.currency);
    if (amount.minor + (await aloneToday(db, options, kind, amount.currency, by)) >= from.minor) {
      return true;
    }
  }
  return false;
}

async function aloneToday(
  db: CoverDatabase,
  options: Pick<CoverOptions, 'country' | 'clock'>,
  kind: Exclude<ApprovalKind, 'appeal'>,
  currency: string,
  by: string,
): Promise<bigint> {
  const since = new Date(options.clock().getTime() - 86_400_000);
  const { rows } =
    kind === 'refund' || kind === 'reversal'
      ? await sql<{ minor: string | null }>`
          select sum(-p.amount_minor) as minor from cover_payment p
          where p.kind in ('refund', 'reversal') and p.recorded_by = ${by} and p.currency = ${currency}
            and p.received_on = ${localDay(options)}::date and not exists (
              select from cover_approval a where a.state = 'approved' and a.outcome ->> 'paymentId' = p.payment_id)`.execute(
          db,
        )
      : await sql<{ minor: string | null }>`
          select sum(o.amount_minor - o.cut_minor) as minor from cover_write_off o
          where o.written_off_by = ${by} and o.currency = ${currency} and o.written_off_at > ${since}
            and o.reversed_at is null and not exists (
              select from cover_approval a where a.state = 'approved' and a.outcome ->> 'batchId' = o.batch_id)`.execute(
          db,
        );
  return BigInt(rows[0]?.minor ?? 0);
}

async function propose<Input extends object>(
  tx: Transaction,
  options: CoverOptions,
  kind: ApprovalKind,
  weighed: Weighed,
  asked: Asked<Input>,
): Promise<Result<Proposed>> {
  const db = coverOf(tx);
  const at = options.clock();
  const approvalId = options.newId();
  const subject = asked.subject ?? approvalId;
  await db
    .updateTable('cover_approval')
    .set({ state: 'expired' })
    .where('state', '=', 'proposed')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('expires', '<=', at)
    .execute();
  const expires = new Date(at.getTime() + options.approvals.waitsDays * 86_400_000);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cover_approval')
    .values({
      ...{ approval_id: approvalId, kind, subject, scheme_id: weighed.schemeId },
      input: JSON.stringify(asked.input),
      amounts: JSON.stringify(weighed.amounts.map(moneyText)),
      ...{ because: asked.because, proposed_by: asked.by, proposed: at, expires },
      ...{ decided_by: null, decided: null, outcome: null },
    })
    .onConflict((on) => on.columns(['kind', 'subject']).where('state', '=', 'proposed').doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) {
    return refuse('approvals.waiting');
  }
  await tx.evidence.append({
    kind: 'privileged',
    public: { action: `propose-${kind}`, class: 'payer' },
    sealed: { approval: approvalId, actor: asked.by, because: asked.because },
  });
  return ok({ proposed: { approvalId, expires: expires.toISOString() } });
}

/** What one of these decides, and by whom; `may` says whether the kind is theirs at all. */
export interface Decision {
  readonly approvalId: string;
  readonly approve: boolean;
  readonly by: string;
  readonly may: (kind: ApprovalKind) => boolean;
}

/**
 * Does what another proposed, if it comes to what it came to then; or sets it aside, which the proposer may too. Undefined
 * where there is no such proposal for whoever asks.
 */
export async function decideProposal(
  tx: Transaction,
  options: CoverOptions,
  acts: Readonly<Record<ApprovalKind, Act<never, object>>>,
  decision: Decision,
): Promise<Result<Decided> | undefined> {
  const { approvalId, approve, by } = decision;
  const db = coverOf(tx);
  const row = await db
    .selectFrom('cover_approval')
    .selectAll()
    .where('approval_id', '=', approvalId)
    .forUpdate()
    .executeTakeFirst();
  if (!row || !decision.may(row.kind)) {
    return undefined;
  }
  const at = options.clock();
  if (row.state === 'approved' || row.state === 'declined') {
    return refuse('approvals.decided');
  }
  if (row.state === 'expired' || row.expires <= at) {
    return refuse('approvals.expired');
  }
  let outcome: object | null = null;
  if (approve) {
    if (row.proposed_by === by) {
      return refuse('approvals.four-eyes');
    }
    const done = await perform(tx, options, acts[row.kind] as Act<object, object>, row, by);
    if (!done?.ok) {
      return done;
    }
    outcome = done.value;
  }
  const state = approve ? 'approved' : 'declined';
  await db
    .updateTable('cover_approval')
    .set({ state, decided_by: by, decided: at, outcome: outcome && JSON.stringify(outcome) })
    .where('approval_id', '=', approvalId)
    .execute();
  await tx.evidence.append({
    kind: 'privileged',
    public: { action: `${approve ? 'approve' : 'decline'}-${row.kind}`, class: 'payer' },
    sealed: { approval: approvalId, actor: by, proposedBy: row.proposed_by },
  });
  const batchId = outcome && 'batchId' in outcome ? String(outcome.batchId) : undefined;
  return ok({ approvalId, state, kind: row.kind, ...(batchId !== undefined && { batchId }) });
}

async function perform(
  tx: Transaction,
  options: CoverOptions,
  act: Act<object, object>,
  row: { readonly input: object; readonly amounts: readonly MoneyText[] },
  by: string,
): Promise<Result<object> | undefined> {
  const weighed = await act.weigh(tx, options, row.input, by);
  if (!weighed?.ok) {
    return weighed;
  }
  const now = weighed.value.amounts.map(moneyText);
  const same = (a: MoneyText, b: MoneyText | undefined) => a.amount === b?.amount && a.currency === b.currency;
  if (now.length !== row.amounts.length || !now.every((each, i) => same(each, row.amounts[i]))) {
    return refuse('approvals.changed');
  }
  return act.perform(tx, options, row.input, by);
}

/** Proposals that wait, of these kinds, the oldest first. */
export async function waitingApprovals(
  db: CoverDatabase,
  of: {
    readonly kinds: readonly ApprovalKind[];
    readonly at: Date;
    readonly by: string;
    readonly cursor?: string | undefined;
  },
): Promise<{ rows: WaitingApproval[]; next?: string }> {
  const limit = 50;
  let query = db
    .selectFrom('cover_approval as a')
    .leftJoin('cover_payment as p', 'p.payment_id', 'a.subject')
    .leftJoin('cover_appeal as e', 'e.appeal_id', 'a.subject')
    .leftJoin('cover_claim as c', 'c.claim_id', 'e.claim_id')
    .selectAll('a')
    .select(['p.receipt_number', 'c.claim_id', 'c.claim_number'])
    .where('a.state', '=', 'proposed')
    .where('a.expires', '>', of.at)
    // Of no kind there is none: somebody of another purpose asks, and is answered.
    .where(sql<boolean>`a.kind = any(${[...of.kinds]}::text[])`)
    .orderBy('a.proposed')
    .orderBy('a.approval_id')
    .limit(limit + 1);
  const after = /^([0-9TZ:.-]{20,30})~(.{1,80})$/.exec(of.cursor ?? '');
  if (after) {
    query = query.where(sql<boolean>`(a.proposed, a.approval_id) > (${after[1]}::timestamptz, ${after[2]})`);
  }
  const rows = await query.execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => ({
      ...{ approvalId: row.approval_id, kind: row.kind, amounts: row.amounts },
      ...(row.scheme_id !== null && { schemeId: row.scheme_id }),
      ...{ because: row.because, proposed: row.proposed.toISOString(), expires: row.expires.toISOString() },
      mine: row.proposed_by === of.by,
      ...(row.receipt_number !== null && { receipt: { paymentId: row.subject, number: row.receipt_number } }),
      ...(row.claim_id !== null && { claim: { claimId: row.claim_id, number: row.claim_number! } }),
      ...('instalmentIds' in row.input && { instalments: (row.input.instalmentIds as readonly string[]).length }),
    })),
    ...(last && { next: `${last.proposed.toISOString()}~${last.approval_id}` }),
  };
}
