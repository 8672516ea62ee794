import { amountText } from '@serai/kernel/base/money.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import { z } from 'zod';
import { isAgreed } from './lines.ts';
import {
  drawUp,
  openForStatement,
  type Rate,
  type SettlementRow,
  type Statement,
  type StatementHead,
} from './statement.ts';

/** Whether a partner's statement is what our own rows and rates make, to the letter; and where it is not, where. */

/** A difference between the other's statement and our own rows, line by line where it is about a line. */
export const differenceShape = z.object({
  claimId: z.string().max(64).optional(),
  line: z.int().optional(),
  why: z.enum([
    'unknown-line',
    'other-amount',
    'not-agreed',
    'settled-before',
    'later-move',
    'left-out',
    'rate',
    'totals',
    'terms',
  ]),
  theirs: z.string().max(200).optional(),
  ours: z.string().max(200).optional(),
});
export type Difference = z.output<typeof differenceShape>;

export type Check =
  | { readonly outcome: 'agrees' }
  | { readonly outcome: 'differs'; readonly differences: readonly Difference[] }
  /** It speaks of a move that has not reached us: it is looked at again when it has. */
  | { readonly outcome: 'early' };

/**
 * Checks the other's statement against our own rows and rates.
 * @param known lines whose last move the other has certainly seen: its own moves, and ours it acknowledged.
 */
export function checkStatement(
  statement: Statement,
  ours: {
    readonly head: StatementHead;
    readonly rows: readonly SettlementRow[];
    readonly known: (row: SettlementRow) => boolean;
    readonly rates: readonly Rate[];
  },
): Check {
  const rows = new Map(ours.rows.map((row) => [`${row.claimId} ${row.line}`, row]));
  const named = new Set<string>();
  const differences: Difference[] = [];
  let early = false;
  for (const line of [...statement.lines, ...statement.isolated]) {
    const key = `${line.claimId} ${line.line}`;
    const row = rows.get(key);
    early ||= row !== undefined && row.turn < line.turn;
    const difference = named.has(key) ? ('totals' as const) : differenceOf(line, row);
    named.add(key);
    if (difference) {
      differences.push(described(line, row, difference));
    }
  }
  if (early) {
    return { outcome: 'early' };
  }
  for (const row of openForStatement(ours.rows, ours.head.period)) {
    if (!named.has(`${row.claimId} ${row.line}`) && ours.known(row)) {
      differences.push({ claimId: row.claimId, line: row.line, why: 'left-out', ours: amountOf(row) });
    }
  }
  return differences.length > 0 ? { outcome: 'differs', differences } : checkWhole(statement, ours, rows);
}

type Named = Statement['lines'][number] | Statement['isolated'][number];

function differenceOf(line: Named, row: SettlementRow | undefined): Difference['why'] | undefined {
  if (!row || row.creditor !== line.creditor || row.currency !== line.currency) {
    return 'unknown-line';
  }
  if ('state' in line) {
    // What was open when it was drawn up may have moved since.
    return row.turn > line.turn || (row.state === line.state && claimedOf(row) === line.claimed)
      ? undefined
      : 'not-agreed';
  }
  if (row.statement) {
    return 'settled-before';
  }
  if (row.turn > line.turn) {
    return 'later-move';
  }
  if (!isAgreed(row)) {
    return 'not-agreed';
  }
  return amountOf(row) === line.amount ? undefined : 'other-amount';
}

function described(line: Named, row: SettlementRow | undefined, why: Difference['why']): Difference {
  return {
    claimId: line.claimId,
    line: line.line,
    why,
    theirs: 'amount' in line ? line.amount : line.claimed,
    ...(row && { ours: amountOf(row) }),
  };
}

const amountOf = (row: SettlementRow) => amountText({ minor: row.amountMinor, currency: row.currency });
const claimedOf = (row: SettlementRow) => amountText({ minor: row.claimedMinor, currency: row.currency });

/** The lines are the same: now everything made of them must be, to the letter. */
function checkWhole(
  statement: Statement,
  ours: { readonly head: StatementHead; readonly rates: readonly Rate[] },
  rows: ReadonlyMap<string, SettlementRow>,
): Check {
  const rowsOf = (lines: readonly Named[]) => lines.map((line) => rows.get(`${line.claimId} ${line.line}`)!);
  const own = drawUp(ours.head, rowsOf(statement.lines), [], takenWhenTheySay(ours.rates, statement));
  if (!own.ok) {
    const day = own.details?.day;
    return { outcome: 'differs', differences: [{ why: 'rate', ours: `${own.details?.from} ${day}: –` }] };
  }
  const differences: Difference[] = [];
  const expected: Statement = { ...own.value, isolated: statement.isolated };
  for (const theirs of statement.gross) {
    const mine = expected.gross.find((each) => each.creditor === theirs.creditor && each.currency === theirs.currency);
    if (canonicalJson(mine?.rate ?? null) !== canonicalJson(theirs.rate ?? null)) {
      differences.push({ why: 'rate', theirs: theirs.rate?.value ?? '', ours: mine?.rate?.value ?? '' });
    }
  }
  if (
    canonicalJson({ ...expected, gross: [], totals: [], payments: [] }) !==
    canonicalJson({ ...statement, gross: [], totals: [], payments: [] })
  ) {
    differences.push({ why: 'terms' });
  }
  if (differences.length === 0 && canonicalJson(expected) !== canonicalJson(statement)) {
    differences.push({ why: 'totals', theirs: totalsText(statement), ours: totalsText(expected) });
  }
  return differences.length > 0 ? { outcome: 'differs', differences } : { outcome: 'agrees' };
}

/** Both must hold the same rate of the same source for the same day; when each looked it up is its own matter. */
function takenWhenTheySay(rates: readonly Rate[], statement: Statement): Rate[] {
  return rates.map((rate) => {
    const stated = statement.gross.find(
      (each) =>
        each.currency === rate.from &&
        each.rate?.day === rate.day &&
        each.rate.source === rate.source &&
        each.rate.value === rate.value,
    );
    return stated?.rate ? { ...rate, at: stated.rate.at } : rate;
  });
}

const totalsText = (statement: Statement) =>
  statement.totals.map((each) => `${each.creditor} ${each.amount} ${statement.currency}`).join(', ');
