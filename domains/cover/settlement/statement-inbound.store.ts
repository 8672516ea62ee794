import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { From } from './inbound.store.ts';
import { say } from './outgoing.store.ts';
import type { Statement } from './statement.ts';
import {
  checkAgainstOurs,
  evidenceOf,
  insertStatement,
  lastRound,
  lockPartner,
  moveTo,
  openStatement,
  readDocument,
  readStatement,
  releaseLines,
  statementKind,
  type Told,
} from './statement-rows.store.ts';
import { type Encounter, meets } from './statement-states.ts';
import { concluded } from './statements.store.ts';

/** What a partner says about statements: one of its own, its signature under ours, or that the two differ. */

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
