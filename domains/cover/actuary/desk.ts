import { dayNumber, daysBetween } from '@serai/kernel/base/days.ts';
import { amountText, minorDigits, money } from '@serai/kernel/base/money.ts';
import type { Prng } from '@serai/kernel/base/prng.ts';
import { mackChainLadder } from '@serai/kernel/models/actuarial/chain-ladder.ts';
import { triangleOf } from '@serai/kernel/models/actuarial/triangle.ts';
import {
  type ClaimRow,
  dimensions,
  type ExposureRow,
  earnedUpTo,
  type FirstClaimRow,
  firstDay,
  lastDayOf,
  type MonthSpan,
  monthAfter,
  monthsOf,
  type PremiumRow,
  type RunOffRow,
} from './experience.ts';
import { columns, type FigureTable, type Finding, significant, tableOf } from './figures.ts';
import {
  type Basis,
  estimateReserve,
  isUsable,
  type ReserveEstimate,
  type RunOff,
  runOff,
  type Unit,
} from './reserve.ts';
import { segmentRows, segmentTable } from './segments.ts';
import { monitorSelection, selectionTable } from './selection.ts';

/** What lies on the actuary's desk of one scheme and span: reckoned from sums, nothing of one person. */

export interface Experience {
  readonly span: MonthSpan;
  readonly currency: string;
  readonly exposure: readonly ExposureRow[];
  readonly claims: readonly ClaimRow[];
  readonly premiums: readonly PremiumRow[];
  readonly runOff: readonly RunOffRow[];
  readonly firstClaims: readonly FirstClaimRow[];
}

export interface DeskQuestion {
  readonly basis: Basis;
  readonly unit: Unit;
  readonly replicates: number;
  /** Claims of a member-year as pricing assumed them; absent: as they were. */
  readonly assumedClaims?: number;
}

export interface Desk {
  readonly tables: readonly FigureTable[];
  readonly findings: readonly Finding[];
  /** Absent where the triangle is too thin. */
  readonly reserve?: ReserveEstimate;
  /** The unit the triangle could be made of. */
  readonly unit: Unit;
}

export interface MonthRow {
  readonly month: string;
  readonly memberMonths: number;
  readonly alone: number;
  readonly employer: number;
  /** Exact, as decimal texts. */
  readonly written: string;
  readonly earned: string;
  readonly claims: number;
  readonly reported: number;
  readonly paid: number;
  readonly lossRatio: number;
}

/** What judged claims were worth of what they asked: those not yet judged are taken to be worth as much. */
export function allowedShareOf(claims: readonly ClaimRow[]): number {
  const asked = claims.reduce((sum, row) => sum + row.asked, 0);
  return asked > 0 ? Math.min(1, claims.reduce((sum, row) => sum + row.amount, 0) / asked) : 1;
}

/**
 * Σx²/Σx of single claims: how much a compound Poisson total varies for each unit of its mean. What is still to come is made
 * of claims that take their time, and stays in hospital take longer than visits: of those, not of all.
 */
function dispersionOf(rows: readonly RunOffRow[]): number | undefined {
  const late = rows.filter((row) => row.reported > row.care);
  const amount = late.reduce((sum, row) => sum + row.amount, 0);
  return amount > 0 ? late.reduce((sum, row) => sum + row.squares, 0) / amount : undefined;
}

export function desk(experience: Experience, question: DeskQuestion, prng: Prng): Desk {
  const { span, currency } = experience;
  const allowedShare = allowedShareOf(experience.claims);
  const months = monthRows(experience, allowedShare);
  const [unit, triangle] = usableTriangle(experience, question, allowedShare);
  const reserve =
    triangle &&
    estimateReserve(
      triangle,
      earnedByOrigin(months, triangle),
      question.replicates,
      prng,
      dispersionOf(experience.runOff),
    );
  const memberYears = months.reduce((sum, row) => sum + row.memberMonths, 0) / 12;
  const claims = months.reduce((sum, row) => sum + row.claims, 0);
  const selection = monitorSelection(
    experience.firstClaims,
    question.assumedClaims ?? (memberYears > 0 ? claims / memberYears : 0),
  );
  const curve = selectionTable(selection);
  return {
    unit,
    ...(reserve && { reserve }),
    findings: [
      lossFinding(experience, months, reserve, allowedShare),
      reserveFinding(reserve, question),
      selection.finding,
    ],
    tables: [
      monthTable(months, currency),
      ...(triangle ? triangleTables(triangle, currency) : []),
      ...(reserve ? reserveTables(reserve, currency) : []),
      ...dimensions.map((by) =>
        segmentTable(segmentRows(experience.exposure, experience.claims, by, span, allowedShare), by, currency),
      ),
      ...(curve ? [curve] : []),
    ],
  };
}

/** Written in the month cover begins; earned by the day, cumulatively rounded so that the months add up exactly. */
export function monthRows(
  { span, currency, exposure, claims, premiums, runOff: rows }: Experience,
  allowedShare: number,
): MonthRow[] {
  const unit = 10 ** minorDigits(currency);
  // The same few hundred days come again and again: each is read once.
  const numbers = new Map<string, number>();
  const numberOf = (day: string) => {
    const known = numbers.get(day) ?? dayNumber(day);
    numbers.set(day, known);
    return known;
  };
  const between = (from: string, to: string) => numberOf(to) - numberOf(from);
  const months = monthsOf(span);
  const earnedOf = earnedByMonth(premiums, months, between);
  return months.map((month, at) => {
    const first = firstDay(month);
    const last = lastDayOf(month);
    const length = daysBetween(first, last) + 1;
    const days = (joined?: 'alone' | 'employer') =>
      exposure.reduce(
        (sum, row) => sum + (row.month === month && (!joined || row.joined === joined) ? row.memberDays : 0),
        0,
      ) / length;
    const written = premiums.reduce(
      (sum, row) => (row.from >= first && row.from <= last ? sum + row.premiumMinor * BigInt(row.policies) : sum),
      0n,
    );
    const earned = earnedOf[at]!;
    const own = claims.filter((row) => row.month === month);
    const reported = own.reduce((sum, row) => sum + row.amount + row.enteredAmount * allowedShare, 0);
    return {
      month,
      memberMonths: days(),
      alone: days('alone'),
      employer: days('employer'),
      written: amountText(money(written, currency)),
      earned: amountText(money(earned, currency)),
      claims: own.reduce((sum, row) => sum + row.claims, 0),
      reported,
      paid: rows.reduce((sum, row) => sum + (row.care === month ? row.settled : 0), 0),
      lossRatio: reported / (Number(earned) / unit),
    };
  });
}

/** What was earned by each month's end less what was by the end of the one before: each end is reckoned once. */
function earnedByMonth(
  premiums: readonly PremiumRow[],
  months: readonly string[],
  between: (from: string, to: string) => number,
): bigint[] {
  const ends = [monthAfter(months[0]!, -1), ...months].map(lastDayOf);
  const totals = ends.map(() => 0n);
  for (const row of premiums) {
    const n = BigInt(row.policies);
    for (const [i, end] of ends.entries()) {
      totals[i]! += earnedUpTo(row, end, between) * n;
    }
  }
  return months.map((_, i) => totals[i + 1]! - totals[i]!);
}

function monthTable(rows: readonly MonthRow[], currency: string): FigureTable {
  const of = columns({
    month: 'month',
    memberMonths: 'decimal',
    alone: 'decimal',
    employer: 'decimal',
    written: 'money',
    earned: 'money',
    claims: 'number',
    reported: 'money',
    paid: 'money',
    lossRatio: 'share',
  });
  return tableOf('months', of, rows, { currency, picture: { kind: 'line', x: 'month', y: ['earned', 'reported'] } });
}

/** By the unit asked for; by quarters where months are too thin; nothing where those are too. */
function usableTriangle(
  experience: Experience,
  { basis, unit }: DeskQuestion,
  allowedShare: number,
): [Unit, RunOff | undefined] {
  const of = (each: Unit) => runOff(experience.runOff, experience.span, basis, each, { allowedShare });
  const asked = of(unit);
  if (isUsable(asked)) {
    return [unit, asked];
  }
  const wider = of('quarter');
  return isUsable(wider) ? ['quarter', wider] : [unit, undefined];
}

/** Ultimate over reported by the chain ladder; 1 where the triangle is too thin to say. */
export function unreportedFactor(experience: Experience): number {
  const allowedShare = allowedShareOf(experience.claims);
  const [, triangle] = usableTriangle(experience, { basis: 'incurred', unit: 'month', replicates: 0 }, allowedShare);
  const reported = triangle?.reported.reduce((a, b) => a + b, 0) ?? 0;
  return triangle && reported > 0
    ? 1 + Math.max(0, mackChainLadder(triangleOf(triangle.cells)).totalIbnr) / reported
    : 1;
}

function earnedByOrigin(months: readonly MonthRow[], { origins }: RunOff): number[] {
  return origins.map((origin, i) =>
    months
      .filter(({ month }) => month >= origin && (i + 1 === origins.length || month < origins[i + 1]!))
      .reduce((sum, row) => sum + Number(row.earned), 0),
  );
}

/**
 * Loss ratio with what is still to come. Its variance is that of the reported total, Σx² (a compound Poisson total's), and
 * of the reserve.
 */
function lossFinding(
  { claims }: Experience,
  months: readonly MonthRow[],
  reserve: ReserveEstimate | undefined,
  allowedShare: number,
): Finding {
  const earned = months.reduce((sum, row) => sum + Number(row.earned), 0);
  const reported = claims.reduce((sum, row) => sum + row.amount + row.enteredAmount * allowedShare, 0);
  if (!(earned > 0)) {
    return { id: 'loss.nothing-earned', tone: 'note' };
  }
  const squares = claims.reduce((sum, row) => sum + row.squares, 0);
  const ultimate = reported + Math.max(0, reserve?.total.ibnr ?? 0);
  const half = 1.96 * Math.sqrt(squares + (reserve?.total.se ?? 0) ** 2);
  const percent = (amount: number) => significant((100 * amount) / earned, 3);
  const ratio = ultimate / earned;
  return {
    id: reserve ? 'loss.ratio' : 'loss.ratio-reported',
    tone: ratio > 1 ? 'bad' : ratio > 0.85 ? 'warn' : 'good',
    values: { ratio: percent(ultimate), low: percent(Math.max(0, ultimate - half)), high: percent(ultimate + half) },
  };
}

function reserveFinding(reserve: ReserveEstimate | undefined, { basis }: DeskQuestion): Finding {
  if (!reserve) {
    return { id: 'reserve.thin', tone: 'note' };
  }
  const { ibnr, low, high } = reserve.total;
  if (ibnr < 0) {
    // Payments fell behind: what they lead to is less than what is known already.
    return { id: 'reserve.below-reported', tone: 'warn', values: { ibnr: Math.round(-ibnr) } };
  }
  return {
    id: `reserve.${basis}`,
    tone: 'note',
    values: { ibnr: Math.round(ibnr), low: Math.round(low), high: Math.round(high), replicates: reserve.replicates },
  };
}

function triangleTables({ origins, cells, unit, basis }: RunOff, currency: string): FigureTable[] {
  return [
    {
      id: `triangle.${basis}.${unit}`,
      currency,
      columns: [
        { id: 'origin', kind: 'month' },
        ...origins.map((_, age) => ({ id: 'age', kind: 'money' as const, age })),
      ],
      rows: origins.map((origin, i) => [origin, ...origins.map((_, age) => cells[i]![age] ?? null)]),
    },
  ];
}

function reserveTables(reserve: ReserveEstimate, currency: string): FigureTable[] {
  const factors = reserve.factor.map((factor, age) => ({
    age: age + 1,
    factor,
    se: reserve.factorSe[age],
    developed: reserve.developed[age + 1],
  }));
  const of = columns({
    origin: 'month',
    reported: 'money',
    ultimate: 'money',
    ibnr: 'money',
    se: 'money',
    low: 'money',
    high: 'money',
    expectedIbnr: 'money',
  });
  return [
    tableOf('factors', columns({ age: 'number', factor: 'decimal', se: 'decimal', developed: 'share' }), factors),
    tableOf('reserves', of, reserve.rows, {
      currency,
      picture: { kind: 'line', x: 'origin', y: ['ibnr', 'expectedIbnr'], low: 'low', high: 'high' },
    }),
    tableOf('reserve-total', of.slice(1), [reserve.total], { currency }),
  ];
}
