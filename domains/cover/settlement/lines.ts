import { invariant } from '@serai/kernel/base/invariant.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { SettlementRefusalCode } from './settlement.refusals.ts';

/**
 * A line of a claim between two countries, kept alike by both. In each state one side alone may move, and each move has
 * the next number (`turn`): two nodes that have seen the same moves hold the same line, in whatever order, and however
 * often, the moves arrived.
 */

/** The country of care is owed; the country of cover owes. */
export type Side = 'creditor' | 'debtor';

export const lineStates = ['claimed', 'accepted', 'adjusted', 'disputed', 'contested', 'withdrawn'] as const;
export type LineState = (typeof lineStates)[number];

export interface Line {
  readonly claimId: string;
  readonly line: number;
  readonly state: LineState;
  /** Number of the last move; 0 as claimed. */
  readonly turn: number;
  readonly currency: string;
  /** Below zero in a claim that takes an earlier one back. */
  readonly claimedMinor: bigint;
  /** What is owed of it, as far as it is agreed; 0 while it is not. */
  readonly amountMinor: bigint;
  readonly reason: string;
  /** The statement it stands in; while that one is ours and unsigned by the other, only the other may still move. */
  readonly statement: { readonly id: string; readonly signedByBoth: boolean } | undefined;
}

/** A move as it travels. */
export interface Move {
  readonly claimId: string;
  readonly line: number;
  readonly turn: number;
  readonly state: LineState;
  readonly amountMinor: bigint;
  readonly reason: string;
}

/** Whose move it is in a state, and to where. Nobody moves what is accepted or withdrawn: it is taken back by a new claim. */
export const moves: Readonly<Record<LineState, { readonly by: Side | undefined; readonly to: readonly LineState[] }>> =
  {
    claimed: { by: 'debtor', to: ['accepted', 'adjusted', 'disputed'] },
    contested: { by: 'debtor', to: ['accepted', 'adjusted', 'disputed'] },
    adjusted: { by: 'creditor', to: ['contested'] },
    disputed: { by: 'creditor', to: ['contested', 'withdrawn'] },
    accepted: { by: undefined, to: [] },
    withdrawn: { by: undefined, to: [] },
  };

/** Whether a line can stand in a statement: its amount is agreed, unless the creditor contests it. */
export function isAgreed(line: Pick<Line, 'state'>): boolean {
  return line.state === 'accepted' || line.state === 'adjusted';
}

/** Set apart from statements until it is agreed. */
export function isIsolated(line: Pick<Line, 'state'>): boolean {
  return line.state === 'disputed' || line.state === 'contested';
}

export interface Moved {
  readonly line: Line;
  /** False for a repeat, which changes nothing. */
  readonly applied: boolean;
}

/**
 * Applies a move.
 * @param ours whether this node makes it: a line in a statement we signed is not moved under that signature.
 * @returns `settlement.out-of-order` for a move that comes before the one it follows: it is tried again later.
 */
export function applyMove(line: Line, move: Move, by: Side, ours: boolean): Result<Moved, SettlementRefusalCode> {
  invariant(line.claimId === move.claimId && line.line === move.line, 'a move is of the line it is applied to');
  if (move.turn < line.turn) {
    return ok({ line, applied: false });
  }
  if (move.turn === line.turn) {
    const same = move.state === line.state && move.amountMinor === line.amountMinor && move.reason === line.reason;
    return same ? ok({ line, applied: false }) : refuse('settlement.contradiction');
  }
  if (move.turn > line.turn + 1) {
    return refuse('settlement.out-of-order');
  }
  if (line.statement && (ours || line.statement.signedByBoth)) {
    return refuse('settlement.line-in-statement');
  }
  const allowed = moves[line.state];
  if (allowed.by !== by || !allowed.to.includes(move.state)) {
    return refuse('settlement.move-not-allowed');
  }
  if (!amountFits(line, move)) {
    return refuse('settlement.amount-not-allowed');
  }
  const { turn, state, amountMinor, reason } = move;
  return ok({ line: { ...line, turn, state, amountMinor, reason }, applied: true });
}

function amountFits(line: Line, { state, amountMinor }: Move): boolean {
  switch (state) {
    case 'accepted':
      return amountMinor === line.claimedMinor;
    case 'adjusted':
      return line.claimedMinor >= 0n
        ? amountMinor >= 0n && amountMinor < line.claimedMinor
        : amountMinor <= 0n && amountMinor > line.claimedMinor;
    default:
      return amountMinor === 0n;
  }
}

/**
 * What stands on this side's books for a line: the creditor keeps what it claimed until less is agreed, the debtor owes
 * what it agreed to. Once nothing is open between them the two are the same.
 */
export function bookedMinor(line: Pick<Line, 'state' | 'claimedMinor' | 'amountMinor'>, side: Side): bigint {
  if (isAgreed(line)) {
    return line.amountMinor;
  }
  return side === 'creditor' && line.state !== 'withdrawn' ? line.claimedMinor : 0n;
}
