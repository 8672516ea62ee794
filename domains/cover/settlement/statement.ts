import { addDays, addMonths, daysBetween } from '@serai/kernel/base/days.ts';
import {
  amountText,
  convertMoney,
  divideRounded,
  money,
  parseMoney,
  parseRatio,
  ratioOf,
} from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import { z } from 'zod';
import { isAgreed, isIsolated, type Line, lineStates } from './lines.ts';
import type { SettlementRefusalCode } from './settlement.refusals.ts';

/**
 * What two countries' funds owe each other for a period, as one text both sign: the lines, what they come to in each
 * currency and direction, the rates that turn them into the agreed currency, and what is paid by whom until when. Either
 * can draw it up; the other draws it up again from its own rows and signs only the very same text.
 */

const day = z.iso.date();
const country = z.string().regex(/^[A-Z]{2}$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const amount = z.string().regex(/^-?\d{1,18}(\.\d{1,6})?$/);
const lineName = { claimId: z.uuid(), line: z.int().min(1).max(10_000), turn: z.int().min(0) };

export const statementShape = z.strictObject({
  id: z.uuid(),
  agreement: z.strictObject({ id: z.string(), version: z.int(), digest: z.string() }),
  parties: z.tuple([country, country]),
  /** Counts the statements drawn up for a period, by either: each has seen all of an earlier round. */
  round: z.int().min(1),
  period: z.strictObject({ name: z.string(), from: day, to: day }),
  currency,
  drawnUpBy: country,
  drawnUpOn: day,
  dueBy: day,
  lines: z.array(z.strictObject({ ...lineName, creditor: country, currency, amount, rateDay: day })).max(50_000),
  /** Lines not agreed yet: kept apart, and carried over to a later statement. */
  isolated: z
    .array(z.strictObject({ ...lineName, creditor: country, currency, claimed: amount, state: z.enum(lineStates) }))
    .max(50_000),
  gross: z.array(
    z.strictObject({
      creditor: country,
      currency,
      amount,
      /** Units of the statement's currency for one of this, with its source and the time it was taken. */
      rate: z.strictObject({ value: z.string(), day, source: z.string(), at: z.string() }).optional(),
      converted: amount,
    }),
  ),
  totals: z.array(z.strictObject({ creditor: country, amount })),
  payments: z.array(z.strictObject({ from: country, to: country, amount })),
});
export type Statement = z.output<typeof statementShape>;

/** A line with what a statement needs to know of it. */
export interface SettlementRow extends Line {
  readonly creditor: string;
  /** Last day of care. */
  readonly careTo: string;
  /** The day the claim was sent. */
  readonly sentOn: string;
}

export interface Rate {
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly source: string;
  /** Units of `to` for one of `from`, a decimal string. */
  readonly value: string;
  /** ISO instant it was taken from its source. */
  readonly at: string;
}

export interface Period {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The month or quarter a day lies in: `2026-07`, `2026-Q3`. */
export function periodOf(kind: 'month' | 'quarter', at: string): Period {
  const [year, month] = [at.slice(0, 4), Number(at.slice(5, 7))];
  if (kind === 'month') {
    const from = `${at.slice(0, 7)}-01`;
    return { name: at.slice(0, 7), from, to: addDays(addMonths(from, 1), -1) };
  }
  const quarter = Math.ceil(month / 3);
  const from = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
  return { name: `${year}-Q${quarter}`, from, to: addDays(addMonths(from, 3), -1) };
}

/** The period of a name; undefined where the name is none of this kind. */
export function periodNamed(kind: 'month' | 'quarter', name: string): Period | undefined {
  const at = kind === 'month' ? /^\d{4}-(0[1-9]|1[0-2])$/.exec(name) && `${name}-01` : quarterStart(name);
  return at ? periodOf(kind, at) : undefined;
}

function quarterStart(name: string): string | undefined {
  const match = /^(\d{4})-Q([1-4])$/.exec(name);
  return match ? `${match[1]}-${String(Number(match[2]) * 3 - 2).padStart(2, '0')}-01` : undefined;
}

/** What says which statement it is; the rest follows from the rows. */
export interface StatementHead {
  readonly id: string;
  readonly agreement: Agreement;
  readonly digest: string;
  readonly parties: readonly [string, string];
  readonly round: number;
  readonly period: Period;
  readonly drawnUpBy: string;
  /** The day it is drawn up. */
  readonly drawnUpOn: string;
}

/** The rows a statement of a period takes: agreed, sent until its last day, in no other statement. */
export function openForStatement(rows: readonly SettlementRow[], period: Period): SettlementRow[] {
  return rows.filter((row) => isAgreed(row) && !row.statement && row.sentOn <= period.to);
}

export function carriedOver(rows: readonly SettlementRow[], period: Period): SettlementRow[] {
  return rows.filter((row) => isIsolated(row) && row.sentOn <= period.to);
}

/**
 * Draws up a statement of exactly these rows.
 * @returns `settlement.rate-missing` with the pair and day, where a rate of the agreed source is not known.
 */
export function drawUp(
  head: StatementHead,
  rows: readonly SettlementRow[],
  isolated: readonly SettlementRow[],
  rates: readonly Rate[],
): Result<Statement, SettlementRefusalCode> {
  const terms = head.agreement.settlement!;
  const lines = [...rows].sort(byLine).map((row) => ({
    claimId: row.claimId,
    line: row.line,
    turn: row.turn,
    creditor: row.creditor,
    currency: row.currency,
    amount: amountText({ minor: row.amountMinor, currency: row.currency }),
    rateDay: terms.fx.on === 'care-day' ? row.careTo : head.period.to,
  }));
  const gross = grossOf(lines, terms, rates);
  if (!gross.ok) {
    return gross;
  }
  const totals = head.parties.map((creditor) => ({
    creditor,
    amount: amountText(
      money(
        gross.value
          .filter((each) => each.creditor === creditor)
          .reduce((sum, each) => sum + minorOf(each.converted, terms.currency), 0n),
        terms.currency,
      ),
    ),
  }));
  return ok({
    id: head.id,
    agreement: { id: head.agreement.id, version: head.agreement.version, digest: head.digest },
    parties: [...head.parties],
    round: head.round,
    period: head.period,
    currency: terms.currency,
    drawnUpBy: head.drawnUpBy,
    drawnUpOn: head.drawnUpOn,
    dueBy: addMonths(head.drawnUpOn, terms.payDeadlineMonths),
    lines,
    isolated: [...isolated].sort(byLine).map((row) => ({
      claimId: row.claimId,
      line: row.line,
      turn: row.turn,
      creditor: row.creditor,
      currency: row.currency,
      claimed: amountText({ minor: row.claimedMinor, currency: row.currency }),
      state: row.state,
    })),
    gross: gross.value,
    totals,
    payments: paymentsOf(totals, terms),
  });
}

function byLine(a: SettlementRow, b: SettlementRow): number {
  const key = (row: SettlementRow) => `${row.creditor} ${row.claimId} ${String(row.line).padStart(6, '0')}`;
  return key(a) < key(b) ? -1 : 1;
}

type Terms = NonNullable<Agreement['settlement']>;

/** Summed by creditor, currency and day of the rate, then converted once. */
function grossOf(
  lines: Statement['lines'],
  terms: Terms,
  rates: readonly Rate[],
): Result<Statement['gross'], SettlementRefusalCode> {
  const sums = new Map<string, { creditor: string; currency: string; rateDay: string; minor: bigint }>();
  for (const { creditor, currency, rateDay, amount } of lines) {
    const key = `${creditor} ${currency} ${currency === terms.currency ? '' : rateDay}`;
    const sum = sums.get(key) ?? { creditor, currency, rateDay, minor: 0n };
    sums.set(key, { ...sum, minor: sum.minor + minorOf(amount, currency) });
  }
  const gross: Statement['gross'] = [];
  for (const [, sum] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const value = money(sum.minor, sum.currency);
    const head = { creditor: sum.creditor, currency: sum.currency, amount: amountText(value) };
    if (sum.currency === terms.currency) {
      gross.push({ ...head, converted: head.amount });
      continue;
    }
    const rate = rates.find(
      (each) =>
        each.from === sum.currency &&
        each.to === terms.currency &&
        each.day === sum.rateDay &&
        each.source === terms.fx.source,
    );
    const ratio = rate && parseRatio(rate.value);
    if (!rate || !ratio) {
      return refuse('settlement.rate-missing', { from: sum.currency, to: terms.currency, day: sum.rateDay });
    }
    gross.push({
      ...head,
      rate: { value: rate.value, day: rate.day, source: rate.source, at: rate.at },
      converted: amountText(convertMoney(value, ratio, terms.currency)),
    });
  }
  return ok(gross);
}

export function minorOf(amount: string, currency: string): bigint {
  return parseMoney(amount, currency)?.minor ?? 0n;
}

/** Who pays whom: what is left after setting off, or each its own where the agreement does not net. */
function paymentsOf(totals: Statement['totals'], terms: Terms): Statement['payments'] {
  const [a, b] = totals as [Statement['totals'][number], Statement['totals'][number]];
  const owedTo = { a: minorOf(a.amount, terms.currency), b: minorOf(b.amount, terms.currency) };
  const pay = (from: string, to: string, minor: bigint) =>
    minor > 0n ? [{ from, to, amount: amountText(money(minor, terms.currency)) }] : [];
  // A total below zero (more taken back than claimed) is owed the other way.
  const negative = owedTo.a < 0n || owedTo.b < 0n;
  if (terms.netting || negative) {
    const net = owedTo.a - owedTo.b;
    return net >= 0n ? pay(b.creditor, a.creditor, net) : pay(a.creditor, b.creditor, -net);
  }
  return [...pay(b.creditor, a.creditor, owedTo.a), ...pay(a.creditor, b.creditor, owedTo.b)];
}

/** A difference between the other's statement and our own rows, line by line where it is about a line. */
export const differenceShape = z.strictObject({
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
    return { outcome: 'differs', differences: [{ why: 'rate', ours: `none for ${own.details?.from} on ${day}` }] };
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

/**
 * Simple interest of a day count of 365, from the day after `dueBy` to `until`, rounded once.
 * @returns minor units; 0 while nothing is late, or where the agreement has no interest.
 */
export function interestMinor(payableMinor: bigint, percentYear: number | null, dueBy: string, until: string): bigint {
  const late = daysBetween(dueBy, until);
  if (percentYear === null || late <= 0 || payableMinor <= 0n) {
    return 0n;
  }
  const { numerator, denominator } = ratioOf(percentYear);
  return divideRounded(payableMinor * numerator * BigInt(late), denominator * 36_500n);
}

export const statementStates = ['proposed', 'differs', 'superseded', 'signed', 'paid', 'settled'] as const;
export type StatementState = (typeof statementStates)[number];

/** Where a statement can go. `signed` bears both signatures; `paid` is the payer's word, `settled` the receiver's. */
export const statementMoves: Readonly<Record<StatementState, readonly StatementState[]>> = {
  proposed: ['signed', 'differs', 'superseded'],
  signed: ['paid', 'settled'],
  paid: ['settled'],
  differs: [],
  superseded: [],
  settled: [],
};

export type Encounter = 'look' | 'ignore' | 'give-way' | 'later';

/**
 * A partner's statement meets our own of the same period. A statement is a promise until it is answered, so it is decided
 * without asking which of two stands: of one round, that of the country first in the alphabet.
 *
 * @param own rounds of statements we drew up for the period: the highest, and whether it is still unanswered.
 * @returns `give-way`: ours is superseded, and the other cannot sign it any more, because its own is of that round.
 *   `later`: the other has seen ours, so its answer is on the way.
 */
export function meets(
  theirs: { readonly round: number; readonly partner: string },
  own: { readonly us: string; readonly round: number; readonly open: boolean },
): Encounter {
  if (theirs.round > own.round) {
    return own.open ? 'later' : 'look';
  }
  const oursStands = theirs.round < own.round || own.us < theirs.partner;
  if (oursStands) {
    return 'ignore';
  }
  return own.open ? 'give-way' : 'look';
}
