import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type Selectable, sql } from 'kysely';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { agreementRef, coverAgreements, type Settling, settlingAgreement } from './agreed.ts';
import { bookStatement } from './booking.ts';
import type { From } from './inbound.store.ts';
import { type Saying, say } from './outgoing.store.ts';
import { readRates } from './rates.store.ts';
import { booksOf, post, readLines, type StoredLine } from './rows.store.ts';
import type { SettlementTables } from './settlement.tables.ts';
import {
  type Check,
  carriedOver,
  checkStatement,
  type Difference,
  drawUp,
  type Encounter,
  meets,
  minorOf,
  openForStatement,
  type Period,
  periodNamed,
  type Statement,
  type StatementHead,
  type StatementState,
  statementMoves,
  statementShape,
} from './statement.ts';

/** Statements between two nodes: drawn up by one, checked and signed by both, booked by both. */

export const statementKind = 'settlement-statement';

export type StatementRow = Selectable<SettlementTables['settlement_statement']>;

type Told<Kind extends Saying['kind']> = Extract<Saying, { kind: Kind }>;

export async function readStatement(
  db: CoverDatabase,
  statementId: string,
  lock = false,
): Promise<StatementRow | undefined> {
  const query = db.selectFrom('settlement_statement').selectAll().where('statement_id', '=', statementId);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/**
 * One act about a partner at a time: statements, their signatures and differences are decided on everything between the two.
 */
export async function lockPartner(tx: Transaction, partner: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`settlement ${partner}`}))`.execute(tx.sql);
}

async function moveTo(db: CoverDatabase, row: StatementRow, state: StatementState, set: object = {}): Promise<void> {
  if (!statementMoves[row.state as StatementState].includes(state)) {
    throw new Error(`a statement does not go from ${row.state} to ${state}`);
  }
  await db
    .updateTable('settlement_statement')
    .set({ state, ...set })
    .where('statement_id', '=', row.statement_id)
    .execute();
}

function headOf(
  options: OwnCoverOptions,
  agreement: Settling,
  digest: string,
  of: Pick<Statement, 'id' | 'round' | 'drawnUpBy' | 'drawnUpOn'> & {
    readonly period: Period;
    readonly partner: string;
  },
): StatementHead {
  const parties = [options.country, of.partner].sort() as [string, string];
  const { id, round, period, drawnUpBy, drawnUpOn } = of;
  return { id, agreement, digest, parties, round, period, drawnUpBy, drawnUpOn };
}

/** Draws up a statement of a period that is over, signs it and sends it to the partner. */
export async function proposeStatement(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly partner: string; readonly agreement: string; readonly period: string },
): Promise<Result<{ statementId: string }>> {
  const { partner } = input;
  return store.once<Result<{ statementId: string }>>(input.requestId, async (tx) => {
    const db = coverOf(tx);
    await lockPartner(tx, partner);
    const at = options.clock();
    const today = dayOfInstant(at);
    const found = settlingAgreement(options.agreements, options.country, partner, at.toISOString(), input.agreement);
    if (!found.ok) {
      return found;
    }
    const agreement = found.value;
    const period = periodNamed(agreement.settlement.period, input.period);
    if (!period || period.to >= today) {
      return refuse('settlement.period-open');
    }
    if (await openStatement(db, partner, agreement.id, period.name)) {
      return refuse('settlement.statement-open');
    }
    const rows = await readLines(db, options.country, { partner, agreement: agreement.id, free: true }, true);
    const lines = openForStatement(rows, period);
    if (lines.length === 0) {
      return refuse('settlement.nothing-to-settle');
    }
    const { digest } = await agreementRef(agreement);
    const round = 1 + (await lastRound(db, { partner, agreement: agreement.id, period: period.name }));
    const head = headOf(options, agreement, digest, {
      ...{ id: options.newId(), round, drawnUpBy: options.country, drawnUpOn: today, period, partner },
    });
    const rates = await readRates(db, agreement.settlement.currency, agreement.settlement.fx.source);
    const statement = drawUp(head, lines, carriedOver(rows, period), rates);
    if (!statement.ok) {
      return statement;
    }
    const document = canonicalJson(statement.value);
    const signature = await options.partners.sign(statementKind, statement.value);
    await insertStatement(db, { statement: statement.value, partner, document, ours: signature, theirs: null, at });
    await holdLines(db, statement.value);
    await say(tx, options, agreement, partner, { kind: 'statement', document, signature });
    await evidenceOf(tx, store.context.actor.id, 'settlement-propose', statement.value);
    return ok({ statementId: head.id });
  });
}

async function openStatement(db: CoverDatabase, partner: string, agreement: string, period: string) {
  return db
    .selectFrom('settlement_statement')
    .selectAll()
    .where('partner', '=', partner)
    .where('agreement', '=', agreement)
    .where('period', '=', period)
    .where('state', '=', 'proposed')
    .forUpdate()
    .executeTakeFirst();
}

/** The last round of a period that we know of, or that we drew up. */
async function lastRound(
  db: CoverDatabase,
  of: { readonly partner: string; readonly agreement: string; readonly period: string; readonly by?: string },
): Promise<number> {
  let query = db
    .selectFrom('settlement_statement')
    .select(({ fn }) => fn.max('round').as('round'))
    .where('partner', '=', of.partner)
    .where('agreement', '=', of.agreement)
    .where('period', '=', of.period);
  if (of.by !== undefined) {
    query = query.where('drawn_up_by', '=', of.by);
  }
  return Number((await query.executeTakeFirst())?.round ?? 0);
}

async function insertStatement(
  db: CoverDatabase,
  of: {
    readonly statement: Statement;
    readonly partner: string;
    readonly document: string;
    readonly ours: string | null;
    readonly theirs: string | null;
    readonly at: Date;
    readonly state?: StatementState;
    readonly differences?: readonly Difference[];
  },
): Promise<void> {
  const { statement } = of;
  await db
    .insertInto('settlement_statement')
    .values({
      statement_id: statement.id,
      partner: of.partner,
      agreement: statement.agreement.id,
      period: statement.period.name,
      round: statement.round,
      drawn_up_by: statement.drawnUpBy,
      drawn_up_on: statement.drawnUpOn,
      due_by: statement.dueBy,
      currency: statement.currency,
      state: of.state ?? 'proposed',
      document: of.document,
      signed_by_us: of.ours,
      signed_by_them: of.theirs,
      differences: JSON.stringify(of.differences ?? []),
      created: of.at,
    })
    .execute();
}

/** The lines stand in this statement now, and in no other. */
async function holdLines(db: CoverDatabase, statement: Statement): Promise<void> {
  const names = statement.lines.map(({ claimId, line }) => ({ c: claimId, l: line }));
  await sql`update settlement_line s set statement_id = ${statement.id}
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(c text, l integer)
    where s.claim_id = n.c and s.line = n.l and s.statement_id is null`.execute(db);
}

async function releaseLines(db: CoverDatabase, statementId: string): Promise<void> {
  await db.updateTable('settlement_line').set({ statement_id: null }).where('statement_id', '=', statementId).execute();
}

async function evidenceOf(tx: Transaction, actor: string, action: string, statement: Statement): Promise<void> {
  await tx.evidence.append({
    kind: 'privileged',
    public: { action, class: 'payer', statement: statement.id, period: statement.period.name },
    sealed: { actor, document: canonicalJson(statement) },
  });
}

/**
 * A partner's statement arrives. One that does not agree with our own rows is answered with the differences, line by line;
 * one that does waits for our signature.
 */
export async function applyStatement(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'statement'>,
): Promise<Result<unknown>> {
  const db = coverOf(tx);
  const { partner } = from;
  await lockPartner(tx, partner);
  const statement = readDocument(told.document);
  if (!statement || statement.drawnUpBy !== partner) {
    return refuse('settlement.contradiction');
  }
  const signature = await options.partners.verify(statementKind, statement, told.signature);
  if (!signature.ok || signature.value.country !== partner) {
    return refuse('settlement.bad-signature');
  }
  if (await readStatement(db, statement.id)) {
    return ok(undefined);
  }
  const met = await encounter(options, db, from, statement);
  if (met !== 'look') {
    return met === 'later' ? refuse('settlement.out-of-order') : ok(undefined);
  }
  const check = await checkAgainstOurs(options, db, from, statement);
  if (check.outcome === 'early') {
    return refuse('settlement.out-of-order');
  }
  const common = {
    statement,
    partner,
    document: told.document,
    ours: null,
    theirs: told.signature,
    at: options.clock(),
  };
  if (check.outcome === 'differs') {
    await insertStatement(db, { ...common, state: 'differs', differences: check.differences });
    await say(tx, options, from.agreement, partner, {
      kind: 'difference',
      statementId: statement.id,
      differences: [...check.differences],
    });
    return ok(undefined);
  }
  await insertStatement(db, common);
  return ok(undefined);
}

async function encounter(
  options: OwnCoverOptions,
  db: CoverDatabase,
  { partner, agreement }: From,
  statement: Statement,
): Promise<Encounter> {
  const of = { partner, agreement: agreement.id, period: statement.period.name };
  const own = await openStatement(db, partner, agreement.id, statement.period.name);
  const round = await lastRound(db, { ...of, by: options.country });
  const open = own?.drawn_up_by === options.country;
  const met = meets({ round: statement.round, partner }, { us: options.country, round, open });
  if (met === 'give-way') {
    await moveTo(db, own!, 'superseded');
    await releaseLines(db, own!.statement_id);
    return 'look';
  }
  return met;
}

function readDocument(document: string): Statement | undefined {
  try {
    const parsed = statementShape.safeParse(JSON.parse(document));
    // In its one spelling, so that what is kept is what was signed.
    return parsed.success && canonicalJson(parsed.data) === document ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function checkAgainstOurs(
  options: OwnCoverOptions,
  db: CoverDatabase,
  { agreement, digest, partner }: From,
  statement: Statement,
): Promise<Check> {
  const terms = agreement.settlement;
  const period = periodNamed(terms.period, statement.period.name);
  if (!period || period.to >= statement.drawnUpOn || statement.currency !== terms.currency) {
    return { outcome: 'differs', differences: [{ why: 'terms', theirs: statement.currency, ours: terms.currency }] };
  }
  const rows: StoredLine[] = await readLines(db, options.country, { partner, agreement: agreement.id }, true);
  return checkStatement(statement, {
    head: headOf(options, agreement, digest, { ...statement, period, partner }),
    rows,
    known: (row) => (row as StoredLine).knownTurn >= row.turn,
    rates: await readRates(db, terms.currency, terms.fx.source),
  });
}

/** Signs a partner's statement that agrees with our rows still, and books it. */
export async function signStatement(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly statementId: string },
): Promise<Result<{ statementId: string; state: StatementState; differences: readonly Difference[] }>> {
  type Answer = Result<{ statementId: string; state: StatementState; differences: readonly Difference[] }>;
  return store.once<Answer>(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const seen = await readStatement(db, input.statementId);
    if (!seen) {
      return refuse('settlement.statement-state');
    }
    await lockPartner(tx, seen.partner);
    const row = (await readStatement(db, input.statementId, true))!;
    const agreement = coverAgreements(options.agreements, options.country, row.partner).find(
      (each) => each.id === row.agreement,
    );
    if (row.state !== 'proposed' || row.drawn_up_by !== row.partner || !agreement) {
      return refuse('settlement.statement-state');
    }
    const statement = readDocument(row.document)!;
    const { digest } = await agreementRef(agreement);
    const from: From = { partner: row.partner, agreement, digest };
    const check = await checkAgainstOurs(options, db, from, statement);
    if (check.outcome !== 'agrees') {
      const differences = check.outcome === 'differs' ? check.differences : [];
      await moveTo(db, row, 'differs', { differences: JSON.stringify(differences) });
      await say(tx, options, agreement, row.partner, {
        kind: 'difference',
        statementId: row.statement_id,
        differences: [...differences],
      });
      return ok({ statementId: row.statement_id, state: 'differs', differences });
    }
    const signature = await options.partners.sign(statementKind, statement);
    await holdLines(db, statement);
    const state = await concluded(options, tx, from, { ...row, signed_by_us: signature }, statement);
    await say(tx, options, agreement, row.partner, {
      kind: 'countersigned',
      statementId: row.statement_id,
      signature,
    });
    await evidenceOf(tx, store.context.actor.id, 'settlement-sign', statement);
    return ok({ statementId: row.statement_id, state, differences: [] });
  });
}

/** Both have signed: booked, and what is to be paid set down. Nothing to pay: settled. */
async function concluded(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  row: StatementRow,
  statement: Statement,
): Promise<StatementState> {
  const db = coverOf(tx);
  const at = options.clock();
  await moveTo(db, row, 'signed', {
    signed_by_us: row.signed_by_us,
    signed_by_them: row.signed_by_them,
    signed_at: at,
  });
  await post(tx, [bookStatement(booksOf(options, from.agreement, from.partner), statement)], at);
  if (statement.payments.length === 0) {
    await moveTo(db, { ...row, state: 'signed' }, 'settled');
    return 'settled';
  }
  await db
    .insertInto('settlement_payment')
    .values(
      statement.payments.map((payment) => ({
        statement_id: statement.id,
        payer: payment.from,
        receiver: payment.to,
        amount_minor: money(minorOf(payment.amount, statement.currency), statement.currency).minor,
      })),
    )
    .execute();
  return 'signed';
}

/** The partner has signed the statement we drew up. */
export async function applyCountersigned(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'countersigned'>,
): Promise<Result<unknown>> {
  const db = coverOf(tx);
  await lockPartner(tx, from.partner);
  const row = await readStatement(db, told.statementId, true);
  if (row?.partner !== from.partner || row.drawn_up_by !== options.country) {
    return refuse('settlement.out-of-order');
  }
  const statement = readDocument(row.document)!;
  const signature = await options.partners.verify(statementKind, statement, told.signature);
  if (!signature.ok || signature.value.country !== from.partner) {
    return refuse('settlement.bad-signature');
  }
  if (row.state !== 'proposed') {
    return row.signed_by_them === null ? refuse('settlement.contradiction') : ok(undefined);
  }
  await concluded(options, tx, from, { ...row, signed_by_them: told.signature }, statement);
  await evidenceOf(tx, `node:${from.partner}`, 'settlement-countersigned', statement);
  return ok(undefined);
}

/** The partner's rows are not ours: the lines are free again, and the screen shows which differ. */
export async function applyDifference(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'difference'>,
): Promise<Result<unknown>> {
  const db = coverOf(tx);
  await lockPartner(tx, from.partner);
  const row = await readStatement(db, told.statementId, true);
  if (row?.partner !== from.partner || row.drawn_up_by !== options.country) {
    return refuse('settlement.out-of-order');
  }
  if (row.state === 'proposed') {
    await moveTo(db, row, 'differs', { differences: JSON.stringify(told.differences) });
    await releaseLines(db, row.statement_id);
  }
  return ok(undefined);
}
