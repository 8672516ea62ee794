import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { lastDay } from '../enrolment/policy.ts';
import { JobFault } from '../jobs/jobs.store.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { AdjudicatedLine, Adjudication } from './adjudication.ts';
import { readClaims } from './claims.store.ts';
import { canonicalText, digestOf } from './digest.store.ts';
import { keepRecords } from './record.store.ts';
import { earnedPremium, type Period, periodOf, type RelativePrices, relativePrices, valuated } from './relative.ts';
import { type ClaimsOptions, movement, statusAfter } from './submit.store.ts';
import { type Done, nextRuns, writeJudged } from './together.store.ts';

export interface PeriodInput {
  readonly schemeId: string;
  /** Any day of the period that is closed. */
  readonly day: string;
}

export interface PricedPeriod {
  readonly from: string;
  /** Last day. */
  readonly to: string;
  /** Premium earned in the period; the share of it for relative lines, less what earlier closings gave out of it. */
  readonly earned: MoneyText;
  readonly fund: MoneyText;
  readonly nominal: MoneyText;
  readonly priced: MoneyText;
  /** Decimal text, at most 1. */
  readonly index: string;
  readonly claims: number;
  /** Claims of the period that are not judged yet: they would be priced by what is left. */
  readonly stillOpen: number;
}

interface Prices extends RelativePrices {
  readonly scheme: Scheme;
  readonly period: Period;
  readonly earnedMinor: bigint;
  readonly waiting: ReadonlyMap<string, { readonly adjudication: Adjudication; readonly inputDigest: string }>;
  readonly stillOpen: number;
}

/** What closing a period would pay, of what is judged until now. Writes nothing. */
export async function previewPeriod(
  db: CoverDatabase,
  options: ClaimsOptions,
  input: PeriodInput,
): Promise<Result<PricedPeriod>> {
  const found = closable(options, input);
  return found.ok ? ok(told(await pricesOf(db, found.value, false))) : found;
}

/** The scheme and period, when it has relative prices and the period is over. */
export function closable(
  options: ClaimsOptions,
  { schemeId, day }: PeriodInput,
): Result<{ scheme: Scheme; period: Period; sharePercent: number }> {
  const scheme = schemeAt(options.schemes, schemeId, day);
  if (!scheme?.relative) {
    return refuse('claims.no-relative-prices', undefined, 'schemeId');
  }
  const period = periodOf(scheme.relative.period, day);
  return period.to < localDay(options)
    ? ok({ scheme, period, sharePercent: scheme.relative.sharePercent })
    : refuse('claims.period-open', { to: period.to }, 'day');
}

/**
 * Closes a period of relative prices: one index for all its claims that are judged and wait for it, each valuated and
 * posted. One transaction: a period is priced as a whole or not. Closed again, it prices what was judged since, by what is
 * left of the fund; where nothing was, nothing happens.
 */
export function pricePeriod(options: ClaimsOptions): JobHandler<PeriodInput, never, PricedPeriod> {
  return {
    kind: 'claims.price-period',
    total: async () => undefined,
    step: async ({ input, tx, askedBy }) => {
      const found = closable(options, input);
      if (!found.ok) {
        throw new JobFault('This period cannot be closed: it is not over, or its scheme has no relative prices.');
      }
      const prices = await pricesOf(coverOf(tx), found.value, true);
      await write(tx, options, prices, askedBy);
      return { finished: told(prices), did: prices.waiting.size };
    },
  };
}

function told(prices: Prices): PricedPeriod {
  const text = (minor: bigint) => moneyText(money(minor, prices.scheme.currency));
  return {
    ...prices.period,
    earned: text(prices.earnedMinor),
    fund: text(prices.fundMinor),
    nominal: text(prices.nominalMinor),
    priced: text(prices.lines.reduce((sum, line) => sum + line.paidMinor, 0n)),
    index: prices.index,
    claims: prices.waiting.size,
    stillOpen: prices.stillOpen,
  };
}

async function pricesOf(
  db: CoverDatabase,
  of: { readonly scheme: Scheme; readonly period: Period; readonly sharePercent: number },
  lock: boolean,
): Promise<Prices> {
  const { scheme, period, sharePercent } = of;
  const waiting = new Map(
    (await lastResults(db, scheme.id, period, ['processed'], lock)).map((row) => [
      row.claim_id,
      { adjudication: adjudicationOf(row.result), inputDigest: row.input_digest },
    ]),
  );
  const before = await lastResults(db, scheme.id, period, ['valuated', 'paid'], false);
  const spent = before
    .flatMap((row) => relativeLines(adjudicationOf(row.result)))
    .reduce((sum, line) => sum + line.paidMinor, 0n);
  const earnedMinor = earnedPremium(await earning(db, scheme, period), period);
  const { currency } = scheme;
  const { fundMinor } = relativePrices({ earnedMinor, sharePercent, currency, lines: [] });
  const left = fundMinor > spent ? fundMinor - spent : 0n;
  const lines = [...waiting].flatMap(([claimId, { adjudication }]) =>
    relativeLines(adjudication).map((line) => ({ claimId, line: line.line, nominalMinor: line.paidMinor })),
  );
  return {
    ...relativePrices({ earnedMinor: left, sharePercent: 100, currency, lines }),
    ...{ scheme, period, earnedMinor, waiting },
    stillOpen: await stillOpen(db, scheme.id, period),
  };
}

function relativeLines(adjudication: Adjudication): AdjudicatedLine[] {
  return adjudication.lines.filter((line) => line.relative && line.reason === 0);
}

interface LastRow {
  readonly claim_id: string;
  readonly result: string;
  readonly input_digest: string;
}

/** The last adjudication of each claim of a period; the claims locked where they are about to be priced. */
async function lastResults(
  db: CoverDatabase,
  schemeId: string,
  period: Period,
  statuses: readonly string[],
  lock: boolean,
): Promise<LastRow[]> {
  const { rows } = await sql<LastRow>`
    select c.claim_id, last.result, last.input_digest
    from cover_claim c
    cross join lateral (
      select result, input_digest from cover_adjudication where claim_id = c.claim_id order by run desc limit 1
    ) last
    where c.scheme_id = ${schemeId} and c.care_from between ${period.from}::date and ${period.to}::date
      and c.status = any(${statuses}::text[])
    order by c.claim_id ${lock ? sql`for update of c` : sql``}`.execute(db);
  return rows;
}

async function earning(db: CoverDatabase, scheme: Scheme, period: Period) {
  const rows = await db
    .selectFrom('cover_policy')
    .select(['premium_minor', 'effective_on', 'expires_on', 'ended_on'])
    .where('scheme_id', '=', scheme.id)
    .where('currency', '=', scheme.currency)
    .where('effective_on', '<=', period.to)
    .where('expires_on', '>=', period.from)
    .execute();
  return rows.map((row) => ({
    premiumMinor: BigInt(row.premium_minor),
    from: row.effective_on!,
    to: lastDay({ expiresOn: row.expires_on, ...(row.ended_on !== null && { endedOn: row.ended_on }) }),
  }));
}

async function stillOpen(db: CoverDatabase, schemeId: string, period: Period): Promise<number> {
  const { count } = await db
    .selectFrom('cover_claim')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('scheme_id', '=', schemeId)
    .where('care_from', '>=', period.from)
    .where('care_from', '<=', period.to)
    .where('status', 'in', ['entered', 'checked'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function write(tx: Transaction, options: ClaimsOptions, prices: Prices, actor: string): Promise<void> {
  const db = coverOf(tx);
  const at = options.clock();
  const rows = await readClaims(db, [...prices.waiting.keys()], true);
  if (rows.length === 0) {
    return;
  }
  const runs = await nextRuns(
    db,
    rows.map((row) => row.claim.claimId),
  );
  const paidOf = Map.groupBy(prices.lines, (line) => line.claimId);
  const { period, index } = prices;
  const done = rows.map((row): Done => {
    const { claimId } = row.claim;
    const { adjudication: before, inputDigest } = prices.waiting.get(claimId)!;
    const paid = new Map((paidOf.get(claimId) ?? []).map((line) => [line.line, line.paidMinor]));
    const adjudication = valuated(before, paid);
    const status = statusAfter(adjudication, row);
    const run = runs.get(claimId)!;
    const { events, set } = movement(row, status, adjudication, { at, country: options.country, key: `run-${run}` });
    return {
      row,
      set,
      postings: events,
      chosen: { because: [], feedback: false },
      judged: {
        claimId,
        run,
        status,
        // What was judged before, and the prices that were set.
        inputDigest: digestOf({
          inputDigest,
          period,
          index,
          paid: [...paid].map(([line, minor]) => [line, `${minor}`]),
        }),
        adjudication,
        result: canonicalText(adjudication),
      },
      event: { claimId, at, actor, event: status, detail: { run, period, index } },
    };
  });
  await writeJudged(tx, done, at);
  await keepRecords(
    tx,
    options,
    rows.map((row) => row.claim.claimId),
  );
}

/** A result as it was stored: minor units were written as text. */
export function adjudicationOf(result: string): Adjudication {
  return JSON.parse(result, (key, value: unknown) =>
    key.endsWith('Minor') && typeof value === 'string' ? BigInt(value) : value,
  ) as Adjudication;
}
