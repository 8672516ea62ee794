import { invariant } from '@serai/kernel/base/invariant.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import { type Booking, type Books, bookLine, bookStatement } from '../booking.ts';
import { applyMove, isAgreed, type Line, type LineState, type Move, moves, type Side } from '../lines.ts';
import {
  carriedOver,
  drawUp,
  openForStatement,
  type Period,
  type Rate,
  type SettlementRow,
  type Statement,
  type StatementHead,
} from '../statement.ts';
import { checkStatement } from '../statement-check.ts';
import { meets } from '../statement-states.ts';

/** Two funds in memory, made of the same rules as the nodes, speaking over a line that loses order and repeats. */

export interface Row extends SettlementRow {
  readonly knownTurn: number;
}

type Message =
  | { readonly kind: 'claim'; readonly rows: readonly Row[] }
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'countersigned'; readonly id: string }
  | { readonly kind: 'difference'; readonly id: string };

interface Kept {
  readonly statement: Statement;
  readonly state: 'proposed' | 'differs' | 'superseded' | 'signed';
}

const keyOf = (row: { readonly claimId: string; readonly line: number }) => `${row.claimId} ${row.line}`;

export class Fund {
  readonly us: string;
  readonly partner: string;
  readonly agreement: Agreement;
  readonly period: Period;
  readonly rates: readonly Rate[];
  readonly rows = new Map<string, Row>();
  readonly statements = new Map<string, Kept>();
  readonly balances = new Map<string, bigint>();
  readonly out: { readonly id: string; readonly message: Message }[] = [];
  readonly #seen = new Set<string>();
  readonly #posted = new Set<string>();
  #ids = 0;

  constructor(us: string, partner: string, agreement: Agreement, period: Period, rates: readonly Rate[]) {
    this.us = us;
    this.partner = partner;
    this.agreement = agreement;
    this.period = period;
    this.rates = rates;
  }

  get books(): Books {
    return { schemeId: `sch:${this.us}`, us: this.us, partner: this.partner };
  }

  #post({ transfers }: Booking): void {
    for (const { id, debit, credit, amount } of transfers) {
      invariant(!this.#posted.has(id), `posted twice: ${id}`);
      this.#posted.add(id);
      this.balances.set(debit, (this.balances.get(debit) ?? 0n) + amount.minor);
      this.balances.set(credit, (this.balances.get(credit) ?? 0n) - amount.minor);
    }
  }

  #say(message: Message): void {
    this.out.push({ id: `${this.us}-${this.out.length}`, message });
  }

  #side(row: Row): Side {
    return row.creditor === this.us ? 'creditor' : 'debtor';
  }

  enter(claimId: string, currency: string, amounts: readonly bigint[]): void {
    const rows = amounts.map(
      (minor, i): Row => ({
        ...{
          claimId,
          line: i + 1,
          state: 'claimed',
          turn: 0,
          currency,
          claimedMinor: minor,
          amountMinor: 0n,
          reason: '',
        },
        ...{
          statement: undefined,
          creditor: this.us,
          careTo: this.period.from,
          sentOn: this.period.from,
          knownTurn: 0,
        },
      }),
    );
    for (const row of rows) {
      this.rows.set(keyOf(row), row);
      this.#post(bookLine(this.books, 'creditor', undefined, row, this.period.to));
    }
    this.#say({ kind: 'claim', rows });
  }

  /** A move of ours on the n-th line that waits for us, if any does. */
  act(n: number, choice: number): void {
    const waiting = [...this.rows.values()].filter(
      (row) => moves[row.state].by === this.#side(row) && moves[row.state].to.length > 0 && !row.statement,
    );
    const row = waiting[n % Math.max(1, waiting.length)];
    if (row) {
      const to = moves[row.state].to;
      this.move(row, to[choice % to.length]!);
    }
  }

  move(row: Row, state: LineState): void {
    const amountMinor = state === 'accepted' ? row.claimedMinor : state === 'adjusted' ? row.claimedMinor / 2n : 0n;
    const { claimId, line, turn } = row;
    const move: Move = { claimId, line, turn: turn + 1, state, amountMinor, reason: state };
    const moved = applyMove(row, move, this.#side(row), true);
    if (moved.ok) {
      this.#moved(row, { ...row, ...moved.value.line });
      this.#say({ kind: 'move', move });
    }
  }

  #moved(before: Row, after: Row): void {
    this.rows.set(keyOf(after), after);
    this.#post(bookLine(this.books, this.#side(before), before as Line, after as Line, this.period.to));
  }

  #head(of: { id: string; round: number; drawnUpBy: string }): StatementHead {
    const parties = [this.us, this.partner].sort() as [string, string];
    return { ...of, agreement: this.agreement, digest: 'same', parties, period: this.period, drawnUpOn: '2026-07-05' };
  }

  #open(): Kept | undefined {
    return [...this.statements.values()].find((each) => each.state === 'proposed');
  }

  propose(): void {
    const rows = [...this.rows.values()];
    const lines = openForStatement(rows, this.period);
    if (this.#open() || lines.length === 0) {
      return;
    }
    const round = 1 + Math.max(0, ...[...this.statements.values()].map((each) => each.statement.round));
    const id = `${this.us}-statement-${this.#ids++}`;
    const head = this.#head({ id, round, drawnUpBy: this.us });
    const statement = value(drawUp(head, lines, carriedOver(rows, this.period), this.rates));
    this.statements.set(id, { statement, state: 'proposed' });
    this.#hold(statement, false);
    this.#say({ kind: 'statement', statement });
  }

  #hold(statement: Statement, signedByBoth: boolean): void {
    for (const line of statement.lines) {
      const row = this.rows.get(keyOf(line))!;
      this.rows.set(keyOf(line), { ...row, statement: { id: statement.id, signedByBoth } });
    }
  }

  #release(id: string): void {
    for (const [key, row] of this.rows) {
      if (row.statement?.id === id) {
        this.rows.set(key, { ...row, statement: undefined });
      }
    }
  }

  sign(): void {
    const open = this.#open();
    if (!open || open.statement.drawnUpBy === this.us) {
      return;
    }
    const check = this.#check(open.statement);
    const { id } = open.statement;
    if (check.outcome !== 'agrees') {
      this.statements.set(id, { ...open, state: 'differs' });
      this.#say({ kind: 'difference', id });
      return;
    }
    this.#conclude(open);
    this.#say({ kind: 'countersigned', id });
  }

  #conclude(open: Kept): void {
    this.#hold(open.statement, true);
    this.statements.set(open.statement.id, { ...open, state: 'signed' });
    this.#post(bookStatement(this.books, open.statement));
  }

  #check(statement: Statement) {
    return checkStatement(statement, {
      head: { ...this.#head(statement), drawnUpOn: statement.drawnUpOn },
      rows: [...this.rows.values()],
      known: (row) => (row as Row).knownTurn >= row.turn,
      rates: this.rates,
    });
  }

  /** @returns false where it must come again later. */
  take(id: string, message: Message): boolean {
    if (this.#seen.has(id)) {
      return true;
    }
    const taken = this.#apply(message);
    if (taken) {
      this.#seen.add(id);
    }
    return taken;
  }

  /** Our message was applied by the other. */
  delivered(message: Message): void {
    const told = message.kind === 'move' ? [message.move] : [];
    for (const { claimId, line, turn } of told) {
      const row = this.rows.get(`${claimId} ${line}`)!;
      this.rows.set(keyOf(row), { ...row, knownTurn: Math.max(row.knownTurn, turn) });
    }
  }

  #apply(message: Message): boolean {
    switch (message.kind) {
      case 'claim':
        for (const row of message.rows) {
          if (!this.rows.has(keyOf(row))) {
            this.rows.set(keyOf(row), row);
            this.#post(bookLine(this.books, 'debtor', undefined, row, this.period.to));
          }
        }
        return true;
      case 'move':
        return this.#applyMove(message.move);
      case 'statement':
        return this.#applyStatement(message.statement);
      case 'countersigned': {
        const kept = this.statements.get(message.id)!;
        invariant(kept.state === 'proposed', `countersigned a statement that is ${kept.state}`);
        this.#conclude(kept);
        return true;
      }
      case 'difference': {
        const kept = this.statements.get(message.id)!;
        if (kept.state === 'proposed') {
          this.statements.set(message.id, { ...kept, state: 'differs' });
          this.#release(message.id);
        }
        return true;
      }
    }
  }

  #applyMove(move: Move): boolean {
    const row = this.rows.get(keyOf(move));
    if (!row) {
      return false;
    }
    const moved = applyMove(row, move, this.#side(row) === 'creditor' ? 'debtor' : 'creditor', false);
    if (!moved.ok) {
      invariant(moved.code === 'settlement.out-of-order', `a partner's move was refused: ${moved.code}`);
      return false;
    }
    if (moved.value.applied) {
      this.#moved(row, { ...row, ...moved.value.line, knownTurn: move.turn });
    }
    return true;
  }

  #applyStatement(statement: Statement): boolean {
    if (this.statements.has(statement.id)) {
      return true;
    }
    const open = this.#open();
    const own = [...this.statements.values()].filter((each) => each.statement.drawnUpBy === this.us);
    const met = meets(
      { round: statement.round, partner: this.partner },
      {
        us: this.us,
        round: Math.max(0, ...own.map((each) => each.statement.round)),
        open: open?.statement.drawnUpBy === this.us,
      },
    );
    if (met === 'ignore' || met === 'later') {
      return met === 'ignore';
    }
    // As in the node's transaction: nothing of it stands where it must come again.
    const before = new Map(this.rows);
    if (met === 'give-way') {
      this.#release(open!.statement.id);
    }
    const check = this.#check(statement);
    if (check.outcome === 'early') {
      for (const [key, row] of before) {
        this.rows.set(key, row);
      }
      return false;
    }
    if (met === 'give-way') {
      this.statements.set(open!.statement.id, { ...open!, state: 'superseded' });
    }
    invariant(check.outcome === 'differs' || !this.#open(), 'one statement of a period is open at a time');
    this.statements.set(statement.id, { statement, state: check.outcome === 'agrees' ? 'proposed' : 'differs' });
    if (check.outcome === 'differs') {
      this.#say({ kind: 'difference', id: statement.id });
    }
    return true;
  }

  /** What stands on accounts of a code, on its normal side, by currency; zero left out. */
  standing(code: 'due-from-partner' | 'due-to-partner'): Record<string, string> {
    const found: Record<string, string> = {};
    for (const [account, minor] of [...this.balances].sort()) {
      const currency = new RegExp(`:${code}:([A-Z]{3}):`).exec(account)?.[1];
      if (currency && minor !== 0n) {
        found[currency] = String(code === 'due-from-partner' ? minor : -minor);
      }
    }
    return found;
  }

  signed(): string[] {
    return [...this.statements.values()]
      .filter((each) => each.state === 'signed')
      .map((each) => canonicalJson(each.statement))
      .sort();
  }

  get unanswered(): number {
    return [...this.statements.values()].filter((each) => each.state === 'proposed').length;
  }

  get openLines(): number {
    return [...this.rows.values()].filter((row) => !row.statement && (isAgreed(row) || moves[row.state].by)).length;
  }
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) {
    throw new Error(`refused: ${result.code}`);
  }
  return result.value;
}
