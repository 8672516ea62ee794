import { invariant } from '@serai/kernel/base/invariant.ts';
import { amountText, money, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import { localDayOf } from '../local-day.ts';
import { coverAgreements, type Settling } from './agreed.ts';
import type { Moves } from './api.ts';
import { bookLine } from './booking.ts';
import type { From } from './inbound.store.ts';
import { judgeInbound, rateAt } from './judge-inbound.store.ts';
import { applyMove, type LineState, type Move } from './lines.ts';
import { say } from './outgoing.store.ts';
import { booksOf, post, readLines, type StoredLine, type Told, turnOf, writeMove } from './rows.store.ts';
import { usageMoved } from './usage.store.ts';
import type { MoveOnTheWire } from './wire.ts';

/** Answers to lines: accepted, adjusted, disputed by whoever owes; contested or withdrawn by whoever is owed. */

/** A partner's moves, applied all or none. */
export async function applyMoves(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  moves: readonly MoveOnTheWire[],
): Promise<Result<undefined>> {
  const db = coverOf(tx);
  const lines = await linesOf(
    options,
    tx,
    moves.map((move) => move.claimId),
  );
  const books = booksOf(options, from.agreement, from.partner);
  const at = options.clock();
  for (const told of [...moves].sort((a, b) => a.turn - b.turn)) {
    const key = `${told.claimId} ${told.line}`;
    const line = lines.get(key);
    if (!line || line.partner !== from.partner || line.agreement !== from.agreement.id) {
      return refuse('settlement.out-of-order');
    }
    const amount = parseMoney(told.amount, line.currency);
    if (!amount) {
      return refuse('settlement.amount-not-allowed');
    }
    const move: Told = { ...told, amountMinor: amount.minor };
    const moved = applyMove(line, move, line.side === 'creditor' ? 'debtor' : 'creditor', false);
    if (!moved.ok) {
      return moved;
    }
    if (moved.value.applied) {
      lines.set(key, { ...line, ...moved.value.line });
      await writeMove(db, moved.value.line, move, { country: from.partner, at, knownTurn: move.turn });
      await post(tx, [bookLine(books, line.side, line, moved.value.line, localDayOf(at, options.country))], at);
      await usageMoved(db, { ...line, ...moved.value.line }, schemeAtHome(options, db, line));
      await proposeAgain(tx, line, move);
    }
  }
  return ok(undefined);
}

/** A contested line comes back with the proposal it had: whoever decides sees both. */
async function proposeAgain(tx: Transaction, line: StoredLine, move: Move): Promise<void> {
  if (move.state === 'contested') {
    await coverOf(tx)
      .updateTable('settlement_line')
      .set({ proposed_state: line.state, proposed_minor: line.amountMinor, proposed_reason: line.reason })
      .where('claim_id', '=', line.claimId)
      .where('line', '=', line.line)
      .execute();
  }
}

async function linesOf(
  options: OwnCoverOptions,
  tx: Transaction,
  claimIds: readonly string[],
): Promise<Map<string, StoredLine>> {
  const lines = await readLines(coverOf(tx), options.country, { claimIds: [...new Set(claimIds)] }, true);
  return new Map(lines.map((line) => [`${line.claimId} ${line.line}`, line]));
}

/** A state to go to; without an amount, the one that belongs to it. */
export type OwnMove = Moves['moves'][number];

/**
 * Our own moves, applied all or none and told to the partner in one message each.
 * @returns how many lines moved.
 */
export async function makeMoves(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly moves: readonly OwnMove[] },
): Promise<Result<{ moved: number }>> {
  return store.once(input.requestId, async (tx) => {
    const lines = await linesOf(
      options,
      tx,
      input.moves.map((move) => move.claimId),
    );
    const chosen = input.moves.map((move) => ({ move, line: lines.get(`${move.claimId} ${move.line}`) }));
    if (chosen.some(({ line }) => !line)) {
      return refuse('settlement.move-not-allowed');
    }
    return moveAll(options, tx, store.context.actor.id, chosen as { move: OwnMove; line: StoredLine }[]);
  });
}

/** Everything that waits for us from a partner, as adjudication proposed it. */
export async function decideAsProposed(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly partner: string; readonly claimIds?: readonly string[] },
): Promise<Result<{ moved: number }>> {
  return store.once(input.requestId, async (tx) => {
    const of = { partner: input.partner, free: true, ...(input.claimIds && { claimIds: input.claimIds }) };
    await judgeWaiting(options, tx, await readLines(coverOf(tx), options.country, of, true));
    const lines = await readLines(coverOf(tx), options.country, of, true);
    const waiting = lines.filter(
      (line) => line.state === 'claimed' && turnOf(line) === 'ours' && line.row.proposed_state !== null,
    );
    const chosen = waiting.map((line) => ({
      line,
      move: {
        claimId: line.claimId,
        line: line.line,
        state: line.row.proposed_state as LineState,
        amount: amountText(money(BigInt(line.row.proposed_minor ?? 0), line.currency)),
        reason: line.row.proposed_reason ?? '',
      },
    }));
    return moveAll(options, tx, store.context.actor.id, chosen);
  });
}

/** Claims that could not be judged when they came, for want of an exchange rate, are judged as soon as one is known. */
async function judgeWaiting(options: OwnCoverOptions, tx: Transaction, lines: readonly StoredLine[]): Promise<void> {
  const waiting = lines.filter(
    (line) => line.side === 'debtor' && line.state === 'claimed' && !line.row.proposed_state,
  );
  for (const [claimId, [line]] of Map.groupBy(waiting, (each) => each.claimId)) {
    const agreement = coverAgreements(options.agreements, options.country, line!.partner).find(
      (each) => each.id === line!.agreement,
    );
    if (agreement) {
      await judgeInbound(options, tx, agreement, claimId);
    }
  }
}

/** The currency a scheme of ours is in, and its rate into that of a line. */
function schemeAtHome(options: OwnCoverOptions, db: ReturnType<typeof coverOf>, line: StoredLine) {
  return async (schemeId: string) => {
    const scheme = options.schemes.findLast((each) => each.id === schemeId);
    const rate = scheme && scheme.currency !== line.currency;
    return (
      scheme && {
        currency: scheme.currency,
        rate: rate ? (await rateAt(db, scheme.currency, line.currency, line.careTo))?.value : undefined,
      }
    );
  };
}

/** At most so many moves in one message. */
const batchSize = 500;

/** Makes moves that are ours, all or none; a refusal leaves nothing written. */
export async function moveAll(
  options: OwnCoverOptions,
  tx: Transaction,
  actorId: string,
  chosen: readonly { readonly move: OwnMove; readonly line: StoredLine }[],
): Promise<Result<{ moved: number }>> {
  const told = new Map<string, { agreement: Settling; partner: string; moves: MoveOnTheWire[] }>();
  const at = options.clock();
  // Looked at before anything is written: all or none.
  const decided: { line: StoredLine; after: StoredLine; move: Told }[] = [];
  for (const { move: wanted, line } of chosen) {
    const move = ownMove(wanted, line);
    const moved = move && applyMove(line, move, line.side, true);
    if (!move || !moved) {
      return refuse('settlement.amount-not-allowed', undefined, `line ${wanted.line}`);
    }
    if (!moved.ok) {
      return moved;
    }
    decided.push({ line, move, after: { ...line, ...moved.value.line } });
  }
  for (const { line, move, after } of decided) {
    const agreement = coverAgreements(options.agreements, options.country, line.partner).find(
      (each) => each.id === line.agreement,
    );
    invariant(agreement, 'a line was claimed under an agreement of this node');
    await writeMove(coverOf(tx), after, move, { country: options.country, at });
    await usageMoved(coverOf(tx), after, schemeAtHome(options, coverOf(tx), line));
    await post(
      tx,
      [bookLine(booksOf(options, agreement, line.partner), line.side, line, after, localDayOf(at, options.country))],
      at,
    );
    const key = `${line.partner} ${line.agreement}`;
    const batch = told.get(key) ?? { agreement, partner: line.partner, moves: [] };
    batch.moves.push(onTheWire(move, line.currency));
    told.set(key, batch);
  }
  for (const { agreement, partner, moves } of told.values()) {
    for (let i = 0; i < moves.length; i += batchSize) {
      await say(tx, options, agreement, partner, { kind: 'moves', moves: moves.slice(i, i + batchSize) });
    }
  }
  if (decided.length > 0) {
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'settlement-decide', class: 'payer', lines: decided.length },
      sealed: { actor: actorId, lines: decided.map(({ line }) => `${line.claimId}/${line.line}`) },
    });
  }
  return ok({ moved: decided.length });
}

function ownMove(wanted: OwnMove, line: StoredLine): Told | undefined {
  const asked = wanted.amount === undefined ? undefined : parseMoney(wanted.amount, line.currency);
  if (wanted.amount !== undefined && !asked) {
    return undefined;
  }
  const amountMinor = wanted.state === 'accepted' ? line.claimedMinor : wanted.state === 'adjusted' ? asked?.minor : 0n;
  if (amountMinor === undefined) {
    return undefined;
  }
  return {
    claimId: line.claimId,
    line: line.line,
    turn: line.turn + 1,
    state: wanted.state,
    amountMinor,
    reason: wanted.reason ?? '',
    note: wanted.note,
    // What the scheme at home made of it is told with the answer it led to, not with another.
    ...(line.side === 'debtor' &&
      line.row.judged &&
      wanted.state === line.row.proposed_state &&
      amountMinor === BigInt(line.row.proposed_minor ?? -1) && { judged: line.row.judged }),
  };
}

function onTheWire(move: Told, currency: string): MoveOnTheWire {
  return {
    claimId: move.claimId,
    line: move.line,
    turn: move.turn,
    state: move.state,
    amount: amountText(money(move.amountMinor, currency)),
    reason: move.reason,
    ...(move.note !== undefined && move.note !== '' && { note: move.note }),
    ...(move.judged && { judged: move.judged }),
  };
}
