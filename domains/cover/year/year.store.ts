import type { Day } from '@serai/kernel/base/days.ts';
import { addDays, addMonths, firstOfMonth } from '@serai/kernel/base/days.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { adjudicate } from '../claims/adjudicate.ts';
import { canonicalText, digestOfInput } from '../claims/digest.store.ts';
import type { CoverFacility, CoverOptions } from '../cover.deps.ts';
import { postManual } from '../fund/entries.store.ts';
import { type FundEvent, postEvents } from '../fund/postings.ts';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { administrationEvents, grantEvents, openingCapital } from './books.ts';
import { type GeneratedClaim, generateClaims } from './claims.ts';
import { type Enrolled, generateEnrolment, monthEnds } from './enrolment.ts';
import { claimEvents, policyEvents } from './events.ts';
import type { NameParts } from './people.ts';
import type { SchemePlan, YearPlan } from './plan.ts';
import { campaignRows, claimRows, enrolmentRows, type Row, runRows } from './rows.ts';

/**
 * Loads a generated year. Everything has an id that follows from the plan's seed and the year's last day, so that a load that
 * was cut off is begun again and adds what is missing, and nothing twice.
 */

export interface YearOptions {
  readonly ownStore: () => RequestStore;
  readonly plan: YearPlan;
  readonly schemes: readonly Scheme[];
  readonly names: Readonly<Record<string, NameParts>>;
  readonly facilities: readonly CoverFacility[];
  readonly country: string;
  /** Last day of the year. */
  readonly until: Day;
  readonly clock: () => Date;
  readonly enqueueJob: CoverOptions['enqueueJob'];
  /** Called between pieces, so that requests get their turn. */
  readonly pause: () => Promise<void>;
}

export interface LoadedYear {
  /** People enrolled at some time, dependants too. */
  readonly members: number;
  /** Of them, covered on the year's last day. */
  readonly covered: number;
  readonly policies: number;
  readonly claims: number;
  readonly postings: number;
}

export interface GeneratedYear {
  readonly plan: SchemePlan;
  readonly scheme: Scheme;
  readonly enrolled: Enrolled;
  readonly claims: readonly GeneratedClaim[];
  readonly runs: ReturnType<typeof generateClaims>['runs'];
}

/** Rows of one statement: as many as keep it well below a second. */
const rowsAtOnce = 2000;
/** Judgements are told by a digest each: fewer at once, so that requests get their turn. */
const judgementsAtOnce = 400;

/** Makes the year of one scheme, in memory. Pure: the same plan and day give the same year. */
export function generateYear(
  options: Pick<YearOptions, 'schemes' | 'names' | 'facilities' | 'country' | 'until'>,
  plan: SchemePlan,
  of: { readonly seed: number; readonly index: number; readonly counters: YearCounters },
): GeneratedYear {
  const { schemes, names, until, facilities, country } = options;
  // Whole months, so that the first of them is not a part of one.
  const from = firstOfMonth(addMonths(until, -12));
  const scheme = schemeAt(schemes, plan.scheme, until);
  if (!scheme) {
    throw new Error(
      `The year's plan names ${plan.scheme}, which no scheme file of ${country} has in force on ${until}.`,
    );
  }
  const prefix = `${country.toLowerCase()}${of.index}`;
  const prng = createPrng(of.seed + of.index);
  const enrolled = generateEnrolment({ prng, plan, schemes, names, until, prefix, counters: of.counters });
  const levels = new Map(facilities.map((facility) => [`${country}:${facility.id}`, facility.level]));
  const providers = plan.providers.map(([code, weight]) => ({ code, weight, level: levels.get(code) ?? 'district' }));
  const versions = schemes.filter((each) => each.id === scheme.id);
  return {
    plan,
    scheme,
    enrolled,
    ...generateClaims({ prng, scheme, schemes: versions, enrolled, providers, from, until, prefix, adjudicate }),
  };
}

export interface YearCounters {
  member: number;
  policy: number;
  receipt: number;
}

export async function loadYear(options: YearOptions): Promise<LoadedYear> {
  const counters: YearCounters = { member: 0, policy: 0, receipt: 0 };
  const loaded = { members: 0, covered: 0, policies: 0, claims: 0, postings: 0 };
  for (const [index, plan] of options.plan.schemes.entries()) {
    const year = generateYear(options, plan, { seed: options.plan.seed, index, counters });
    await options.pause();
    await loadEnrolment(options, year);
    await loadClaims(options, year);
    loaded.members += year.enrolled.members.length;
    loaded.covered += coveredOn(year.enrolled, options.until);
    loaded.policies += year.enrolled.policies.length;
    loaded.claims += year.claims.length;
    loaded.postings += await postYear(options, year);
  }
  await inTransaction(options, async (tx) => {
    // Contributions are earned month by month, as the fund does it: all before the year at once, then each of its months.
    for (const month of monthEnds(addDays(options.until, -395), options.until)) {
      if (month < options.until) {
        await options.enqueueJob(tx, 'fund.earn', { month }, 'node');
      }
    }
    // From here time goes on as in every node: whoever is at a stage today is told of it.
    const today = localDay(options);
    await options.enqueueJob(tx, 'enrolment.daily', { day: today, since: options.until }, 'node');
    // People's numbers go on where the year's ended.
    for (const [kind, last] of Object.entries(counters)) {
      await sql`select setval(${`cover_${kind}_number`}, greatest(${last}::bigint,
        (select last_value from ${sql.table(`cover_${kind}_number`)})))`.execute(tx.sql);
    }
  });
  return loaded;
}

function coveredOn({ policies }: Enrolled, day: Day): number {
  const covered = policies.flatMap(({ members }) => members.filter(({ from, to }) => from <= day && day <= to));
  return new Set(covered.map(({ memberId }) => memberId)).size;
}

async function loadEnrolment(options: YearOptions, year: GeneratedYear): Promise<void> {
  await insertTables(options, { ...enrolmentRows(year.enrolled, options.until), ...campaignRows(year, options.until) });
}

async function loadClaims(options: YearOptions, year: GeneratedYear): Promise<void> {
  const { scheme, claims, runs } = year;
  await insertTables(options, {
    cover_payment_run: runRows(runs, { schemeId: scheme.id, currency: scheme.currency }),
    ...claimRows(claims),
  });
  const judged = claims.filter((each) => each.adjudication);
  for (const part of inParts(judged, judgementsAtOnce)) {
    await insertAdjudications(options, part);
  }
}

async function insertAdjudications(options: YearOptions, claims: readonly GeneratedClaim[]): Promise<void> {
  const rows = await Promise.all(
    claims.map(async ({ claim, adjudication, input, processedOn }) => ({
      claim_id: claim.claimId,
      run: 1,
      at: `${processedOn}T12:00:00Z`,
      scheme_version: adjudication!.schemeVersion ?? null,
      input_digest: digestOfInput(input!),
      result: canonicalText(adjudication),
    })),
  );
  await insertTables(options, { cover_adjudication: rows });
}

async function postYear(options: YearOptions, { plan, scheme, enrolled, claims }: GeneratedYear): Promise<number> {
  const capital = openingCapital(scheme, enrolled, options.until);
  await inTransaction(options, (tx) =>
    postManual(
      tx.sql,
      {
        id: `opening-capital:${scheme.id}`,
        schemeId: scheme.id,
        debit: { code: 'cash' },
        credit: { code: 'capital' },
        reference: `Scheme/${scheme.id}`,
        ...capital,
      },
      options.clock(),
    ),
  );
  const events: FundEvent[] = [
    ...enrolled.policies.flatMap(policyEvents),
    ...claims.flatMap(claimEvents),
    ...administrationEvents(scheme, enrolled, options.until),
    ...grantEvents(scheme, plan.grant, enrolled, options.until),
  ];
  // In the order of the days, as a ledger grows.
  events.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  let posted = 0;
  for (const part of inParts(events, rowsAtOnce)) {
    posted += await inTransaction(options, (tx) => postEvents(tx, part, options.clock()));
  }
  return posted;
}

async function insertTables(options: YearOptions, tables: Readonly<Record<string, readonly Row[]>>): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    for (const part of inParts(rows, rowsAtOnce)) {
      await inTransaction(options, (tx) => insertRows(tx, table, part));
    }
  }
}

/** Rows with the same columns, read by PostgreSQL from JSON; those that are there already stay as they are. */
async function insertRows(tx: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const columns = sql.join(Object.keys(rows[0]!).map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx.sql);
}

async function inTransaction<T>(options: YearOptions, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const value = await options.ownStore().transaction(work);
  await options.pause();
  return value;
}

function* inParts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += size) {
    yield all.slice(i, i + size);
  }
}
