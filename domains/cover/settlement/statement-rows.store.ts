import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type Selectable, sql } from 'kysely';
import type { OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Settling } from './agreed.ts';
import type { From } from './inbound.store.ts';
import type { Saying } from './outgoing.store.ts';
import { readRates } from './rates.store.ts';
import { readLines, type StoredLine } from './rows.store.ts';
import type { SettlementTables } from './settlement.tables.ts';
import { type Period, periodNamed, type Statement, type StatementHead, statementShape } from './statement.ts';
import { type Check, checkStatement, type Difference } from './statement-check.ts';
import { type StatementState, statementMoves } from './statement-states.ts';

/** Statements as they are kept: read, held, released, checked against our own rows. */

export const statementKind = 'settlement-statement';

export type StatementRow = Selectable<SettlementTables['settlement_statement']>;

export type Told<Kind extends Saying['kind']> = Extract<Saying, { kind: Kind }>;

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

export async function moveTo(
  db: CoverDatabase,
  row: StatementRow,
  state: StatementState,
  set: object = {},
): Promise<void> {
  if (!statementMoves[row.state as StatementState].includes(state)) {
    throw new Error(`a statement does not go from ${row.state} to ${state}`);
  }
  await db
    .updateTable('settlement_statement')
    .set({ state, ...set })
    .where('statement_id', '=', row.statement_id)
    .execute();
}

export function headOf(
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

export async function openStatement(db: CoverDatabase, partner: string, agreement: string, period: string) {
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
export async function lastRound(
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

export async function insertStatement(
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
export async function holdLines(db: CoverDatabase, statement: Statement): Promise<void> {
  const names = statement.lines.map(({ claimId, line }) => ({ c: claimId, l: line }));
  await sql`update settlement_line s set statement_id = ${statement.id}
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(c text, l integer)
    where s.claim_id = n.c and s.line = n.l and s.statement_id is null`.execute(db);
}

export async function releaseLines(db: CoverDatabase, statementId: string): Promise<void> {
  await db.updateTable('settlement_line').set({ statement_id: null }).where('statement_id', '=', statementId).execute();
}

export async function evidenceOf(tx: Transaction, actor: string, action: string, statement: Statement): Promise<void> {
  await tx.evidence.append({
    kind: 'privileged',
    public: { action, class: 'payer', statement: statement.id, period: statement.period.name },
    sealed: { actor, document: canonicalJson(statement) },
  });
}

export function readDocument(document: string): Statement | undefined {
  try {
    const parsed = statementShape.safeParse(JSON.parse(document));
    // In its one spelling, so that what is kept is what was signed.
    return parsed.success && canonicalJson(parsed.data) === document ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function checkAgainstOurs(
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
