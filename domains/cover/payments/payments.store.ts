import { money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { keepRecords } from '../claims/record.store.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { postEvents } from '../fund/postings.ts';
import { localDayOf } from '../local-day.ts';
import type { ProviderPayment, RunPreview, RunSummary } from './api.ts';
import { writePayments } from './fhir.store.ts';
import { type Owed, proposeRun } from './payment-run.ts';

export type PaymentsOptions = Pick<CoverOptions, 'country' | 'schemes' | 'clock' | 'newId'>;

export interface RunQuestion {
  readonly schemeId: string;
  readonly currency: string;
  /** Claims found payable until this day, this one too. */
  readonly upTo: string;
  readonly providers?: readonly string[] | undefined;
}

/** What is owed and in no open run; locked, where a run is to be made of it. */
export async function owedClaims(db: CoverDatabase, of: RunQuestion, lock = false): Promise<Owed[]> {
  let query = db
    .selectFrom('cover_claim as c')
    .select(['c.claim_id', 'c.provider', sql<string>`c.payable_minor - c.settled_minor`.as('minor')])
    .where('c.scheme_id', '=', of.schemeId)
    .where('c.pays_currency', '=', of.currency)
    .whereRef('c.payable_minor', '<>', 'c.settled_minor')
    // Not in another run that is still open.
    .where(
      sql<boolean>`not exists (select 1 from cover_payment_run r where r.run_id = c.run_id and r.state in ('proposed', 'approved'))`,
    )
    .where((each) => each.or([each('c.valuated_on', '<=', of.upTo), each('c.status', 'in', ['reversed', 'rejected'])]))
    .orderBy('c.claim_id');
  if (of.providers && of.providers.length > 0) {
    query = query.where('c.provider', 'in', [...of.providers]);
  }
  if (lock) {
    query = query.forUpdate('c');
  }
  const rows = await query.execute();
  return rows.map((row) => ({ claimId: row.claim_id, provider: row.provider, minor: BigInt(row.minor) }));
}

export function previewOf(owed: readonly Owed[], currency: string): RunPreview {
  const { lines, providers } = proposeRun(owed);
  const text = (minor: bigint) => moneyText(money(minor, currency));
  return {
    claims: lines.length,
    amount: text(providers.reduce((sum, each) => sum + each.minor, 0n)),
    providers: providers.map((each) => ({
      provider: each.provider,
      claims: each.claims,
      amount: text(each.minor),
      takenBack: text(each.takenBackMinor),
    })),
  };
}

/** Proposes a run: its claims are held for it until it is paid or discarded. */
export async function makeRun(
  tx: Transaction,
  options: PaymentsOptions,
  of: RunQuestion,
  actor: string,
): Promise<Result<{ runId: string }>> {
  const db = coverOf(tx);
  // Two who propose at once take turns: which claims an open run holds is read in another table than the one that is locked.
  await sql`select pg_advisory_xact_lock(hashtext(${`payment-run ${of.schemeId}`}))`.execute(db);
  const { lines, providers } = proposeRun(await owedClaims(db, of, true));
  if (lines.length === 0) {
    return refuse('payments.nothing-owed');
  }
  const runId = options.newId();
  await db
    .insertInto('cover_payment_run')
    .values({
      run_id: runId,
      scheme_id: of.schemeId,
      up_to: of.upTo,
      currency: of.currency,
      state: 'proposed',
      claims: lines.length,
      amount_minor: providers.reduce((sum, each) => sum + each.minor, 0n),
      made_by: actor,
      approved_by: null,
      created: options.clock(),
      paid_on: null,
    })
    .execute();
  for (let i = 0; i < lines.length; i += 1000) {
    await db
      .insertInto('cover_payment_line')
      .values(
        lines.slice(i, i + 1000).map((line) => ({
          run_id: runId,
          claim_id: line.claimId,
          provider: line.provider,
          amount_minor: line.minor,
        })),
      )
      .execute();
  }
  await holdClaims(db, runId);
  return ok({ runId });
}

async function holdClaims(db: CoverDatabase, runId: string): Promise<void> {
  await sql`update cover_claim c set run_id = ${runId} from cover_payment_line l
    where l.run_id = ${runId} and l.claim_id = c.claim_id`.execute(db);
}

type RunRow = NonNullable<Awaited<ReturnType<typeof runRow>>>;

function runRow(db: CoverDatabase, runId: string, lock: boolean) {
  const query = db.selectFrom('cover_payment_run').selectAll().where('run_id', '=', runId);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Approves a proposed run: someone else than who proposed it. */
export async function approveRun(
  tx: Transaction,
  runId: string,
  actor: string,
): Promise<Result<{ runId: string }> | undefined> {
  const db = coverOf(tx);
  const run = await runRow(db, runId, true);
  if (!run) {
    return undefined;
  }
  if (run.state !== 'proposed') {
    return refuse('payments.wrong-state', { state: run.state });
  }
  if (run.made_by === actor) {
    return refuse('payments.four-eyes');
  }
  if (await hasChanged(db, runId)) {
    return refuse('payments.changed');
  }
  await db
    .updateTable('cover_payment_run')
    .set({ state: 'approved', approved_by: actor })
    .where('run_id', '=', runId)
    .execute();
  return ok({ runId });
}

/** By the run's lines: they are what is paid. */
async function lockClaims(db: CoverDatabase, runId: string): Promise<void> {
  await sql`select 1 from cover_claim where claim_id in (select claim_id from cover_payment_line where run_id = ${runId})
    order by claim_id for update`.execute(db);
}

/** Whether a claim of the run is worth something else by now: it was reversed, or judged again. */
async function hasChanged(db: CoverDatabase, runId: string): Promise<boolean> {
  const changed = await db
    .selectFrom('cover_payment_line as l')
    .innerJoin('cover_claim as c', 'c.claim_id', 'l.claim_id')
    .select('l.claim_id')
    .where('l.run_id', '=', runId)
    .where(sql<boolean>`c.payable_minor - c.settled_minor <> l.amount_minor`)
    .limit(1)
    .executeTakeFirst();
  return changed !== undefined;
}

/** Pays an approved run: one posting a facility, every claim settled, payment and notice in the record. */
export async function payRun(
  tx: Transaction,
  options: PaymentsOptions,
  runId: string,
  actor: string,
): Promise<Result<{ runId: string }> | undefined> {
  const db = coverOf(tx);
  const run = await runRow(db, runId, true);
  if (!run) {
    return undefined;
  }
  if (run.state !== 'approved') {
    return refuse('payments.wrong-state', { state: run.state });
  }
  await lockClaims(db, runId);
  if (await hasChanged(db, runId)) {
    return refuse('payments.changed');
  }
  const at = options.clock();
  const day = localDayOf(at, options.country);
  const providers = await providersOf(db, run);
  if (run.kind === 'capitation') {
    await postRun(tx, options, run, providers, 'capitation-due', at);
  }
  await postRun(tx, options, run, providers, 'claim-paid', at);
  await sql`update cover_claim c set settled_minor = settled_minor + l.amount_minor, run_id = null,
      status = case when c.status = 'valuated' then 'paid' else c.status end,
      paid_on = case when c.status = 'valuated' then ${day}::date else c.paid_on end
    from cover_payment_line l where l.run_id = ${runId} and l.claim_id = c.claim_id`.execute(db);
  await db.updateTable('cover_payment_run').set({ state: 'paid', paid_on: day }).where('run_id', '=', runId).execute();
  await tellClaims(tx, options, runId, 'paid', actor);
  await writePayments(tx, options, { runId, schemeId: run.scheme_id, day, providers });
  return ok({ runId });
}

/**
 * Discards a run that was not paid, or takes a paid one back: the money returned is posted opposite, the claims are owed
 * again. Nothing is deleted.
 */
export async function reverseRun(
  tx: Transaction,
  options: PaymentsOptions,
  runId: string,
  actor: string,
): Promise<Result<{ runId: string }> | undefined> {
  const db = coverOf(tx);
  const run = await runRow(db, runId, true);
  if (!run) {
    return undefined;
  }
  if (run.state === 'reversed') {
    return refuse('payments.wrong-state', { state: run.state });
  }
  const wasPaid = run.state === 'paid';
  if (wasPaid) {
    await lockClaims(db, runId);
    const providers = await providersOf(db, run);
    await postRun(tx, options, run, providers, 'claim-payment-returned', options.clock());
    if (run.kind === 'capitation') {
      await postRun(tx, options, run, providers, 'capitation-returned', options.clock());
    }
    await sql`update cover_claim c set settled_minor = settled_minor - l.amount_minor,
        status = case when c.status = 'paid' then 'valuated' else c.status end,
        paid_on = case when c.status = 'paid' then null else c.paid_on end
      from cover_payment_line l where l.run_id = ${runId} and l.claim_id = c.claim_id`.execute(db);
    await tellClaims(tx, options, runId, 'payment-returned', actor);
  }
  await db.updateTable('cover_claim').set({ run_id: null }).where('run_id', '=', runId).execute();
  await db.updateTable('cover_payment_run').set({ state: 'reversed' }).where('run_id', '=', runId).execute();
  return ok({ runId });
}

async function postRun(
  tx: Transaction,
  options: Pick<PaymentsOptions, 'country'>,
  run: RunRow,
  providers: readonly ProviderSum[],
  event: 'claim-paid' | 'claim-payment-returned' | 'capitation-due' | 'capitation-returned',
  at: Date,
): Promise<void> {
  await postEvents(
    tx,
    providers.map(({ provider, minor }) => ({
      event,
      id: `run:${run.run_id}:${provider}`,
      schemeId: run.scheme_id,
      amount: money(minor, run.currency),
      day: localDayOf(at, options.country),
      reference: `PaymentRun/${run.run_id}`,
    })),
    at,
  );
}

export interface ProviderSum {
  readonly provider: string;
  readonly claims: number;
  readonly minor: bigint;
  readonly takenBackMinor: bigint;
  readonly currency: string;
}

export async function providersOf(
  db: CoverDatabase,
  run: { readonly run_id: string; readonly currency: string },
): Promise<ProviderSum[]> {
  const { rows } = await sql<{ provider: string; claims: string; minor: string; taken: string }>`
    select provider, count(claim_id) as claims, sum(amount_minor) as minor,
      coalesce(sum(-amount_minor) filter (where amount_minor < 0), 0) as taken
    from (
      select provider, claim_id, amount_minor from cover_payment_line where run_id = ${run.run_id}
      union all select provider, null, amount_minor from cover_capitation_line where run_id = ${run.run_id}
    ) lines group by provider order by provider`.execute(db);
  return rows.map((row) => ({
    provider: row.provider,
    claims: Number(row.claims),
    minor: BigInt(row.minor),
    takenBackMinor: BigInt(row.taken),
    currency: run.currency,
  }));
}

/** Every claim of a run says what happened to it; where its member has a record, the record does too. */
async function tellClaims(
  tx: Transaction,
  options: PaymentsOptions,
  runId: string,
  event: 'paid' | 'payment-returned',
  actor: string,
): Promise<void> {
  const db = coverOf(tx);
  await sql`insert into cover_claim_event (claim_id, number, at, actor, event, detail)
    select l.claim_id, coalesce((select max(number) from cover_claim_event e where e.claim_id = l.claim_id), 0) + 1,
      ${options.clock()}, ${actor}, ${event}, jsonb_build_object('run', ${runId}::text)
    from cover_payment_line l where l.run_id = ${runId}`.execute(db);
  const recorded = await db
    .selectFrom('cover_payment_line as l')
    .innerJoin('cover_claim as c', 'c.claim_id', 'l.claim_id')
    .innerJoin('cover_member as m', 'm.member_id', 'c.member_id')
    .select('l.claim_id')
    .where('l.run_id', '=', runId)
    .where('m.person_id', 'is not', null)
    .orderBy('l.claim_id')
    .execute();
  await keepRecords(
    tx,
    options,
    recorded.map((row) => row.claim_id),
  );
}

export function runSummary(row: RunRow): RunSummary {
  return {
    runId: row.run_id,
    schemeId: row.scheme_id,
    upTo: row.up_to,
    state: row.state as RunSummary['state'],
    kind: row.kind as RunSummary['kind'],
    claims: row.claims,
    amount: moneyText(money(BigInt(row.amount_minor), row.currency)),
    madeBy: row.made_by,
    ...(row.approved_by !== null && { approvedBy: row.approved_by }),
    created: row.created.toISOString(),
    ...(row.paid_on !== null && { paidOn: row.paid_on }),
  };
}

export function providerPayment(sum: ProviderSum): ProviderPayment {
  const text = (minor: bigint) => moneyText(money(minor, sum.currency));
  return { provider: sum.provider, claims: sum.claims, amount: text(sum.minor), takenBack: text(sum.takenBackMinor) };
}
