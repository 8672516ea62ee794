import { money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import { localDayOf } from '../local-day.ts';
import { agreementRef, coverAgreements, finishingAgreement } from './agreed.ts';
import { bookStatement } from './booking.ts';
import type { From } from './inbound.store.ts';
import { say } from './outgoing.store.ts';
import { readRates } from './rates.store.ts';
import { booksOf, post, readLines } from './rows.store.ts';
import { carriedOver, drawUp, minorOf, openForStatement, periodNamed, type Statement } from './statement.ts';
import type { Difference } from './statement-check.ts';
import {
  checkAgainstOurs,
  evidenceOf,
  headOf,
  holdLines,
  insertStatement,
  lastRound,
  lockPartner,
  moveTo,
  openStatement,
  readDocument,
  readStatement,
  type StatementRow,
  statementKind,
} from './statement-rows.store.ts';
import type { StatementState } from './statement-states.ts';

/** Our own acts on statements: drawing one up, signing a partner's; and what both signatures conclude. */

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
    const today = localDayOf(at, options.country);
    const found = finishingAgreement(options.agreements, options.country, partner, at.toISOString(), input.agreement);
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
export async function concluded(
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
