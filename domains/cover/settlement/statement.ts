import { addDays, addMonths } from '@serai/kernel/base/days.ts';
import { amountText, convertMoney, money, parseMoney, parseRatio } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
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

/** The rates a statement of these rows is converted by, each day and currency once; without a value where it is not known. */
export function neededRates(
  agreement: Pick<Agreement, 'settlement'>,
  period: Period,
  rows: readonly SettlementRow[],
  rates: readonly Rate[],
): { from: string; to: string; day: string; source: string; value?: string }[] {
  const { currency: to, fx } = agreement.settlement!;
  const needed = new Map(
    rows
      .filter((row) => row.currency !== to)
      .map((row) => {
        const day = fx.on === 'care-day' ? row.careTo : period.to;
        return [`${row.currency} ${day}`, { from: row.currency, to, day, source: fx.source }];
      }),
  );
  return [...needed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pair]) => {
      const known = rates.find(
        (rate) => rate.from === pair.from && rate.to === to && rate.day === pair.day && rate.source === pair.source,
      );
      return { ...pair, ...(known && { value: known.value }) };
    });
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
