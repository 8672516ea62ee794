import { addDays, addMonths } from '@serai/kernel/base/days.ts';
import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { splitProvider } from '../claims/submission.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { CapitationPreview, HeadsView } from './api.ts';
import { type CapitationLine, type Registered, reckonCapitation } from './capitation.ts';

export type CapitationOptions = Pick<CoverOptions, 'country' | 'schemes' | 'facilities' | 'clock' | 'newId'>;

export interface CapitationQuestion {
  readonly schemeId: string;
  /** `2026-03`. */
  readonly month: string;
}

export interface Registration {
  readonly schemeId: string;
  readonly memberNumbers: readonly string[];
  /** undefined: registered nowhere from that day on. */
  readonly provider: string | undefined;
  readonly from: string;
}

/**
 * Registers members with a facility from a day on, until they are registered elsewhere. A day told twice is told anew.
 * @returns how many, and the numbers nobody has.
 */
export async function registerMembers(
  tx: Transaction,
  options: CapitationOptions,
  of: Registration,
  actor: string,
): Promise<Result<{ registered: number; unknown: string[] }>> {
  const scheme = schemeAt(options.schemes, of.schemeId, of.from);
  if (!scheme?.tariffs.some((tariff) => tariff.capitation)) {
    return refuse('payments.not-by-head', undefined, 'schemeId');
  }
  if (of.provider !== undefined && levelOf(options, of.provider) === undefined) {
    return refuse('payments.unknown-facility', undefined, 'provider');
  }
  const numbers = [...new Set(of.memberNumbers)];
  const { rows } = await sql<{ member_number: string }>`
    with known as (
      select member_id, member_number from cover_member where member_number = any(${numbers}::text[])
    ), written as (
      insert into cover_registration (scheme_id, member_id, from_on, provider, registered_by, at)
      select ${of.schemeId}, member_id, ${of.from}::date, ${of.provider ?? null}::text, ${actor},
        ${options.clock().toISOString()}::timestamptz from known
      on conflict (scheme_id, member_id, from_on) do update
        set provider = excluded.provider, registered_by = excluded.registered_by, at = excluded.at
    )
    select member_number from known`.execute(coverOf(tx));
  const known = new Set(rows.map((row) => row.member_number));
  return ok({ registered: known.size, unknown: numbers.filter((number) => !known.has(number)) });
}

/** What a run of the month would pay, by facility and band. */
export async function previewCapitation(
  db: CoverDatabase,
  options: CapitationOptions,
  of: CapitationQuestion,
): Promise<Result<CapitationPreview>> {
  const reckoned = await reckonMonth(db, options, of);
  if (!reckoned.ok) {
    return reckoned;
  }
  const { lines, scheme } = reckoned.value;
  return ok({
    month: of.month,
    members: lines.reduce((sum, line) => sum + line.members, 0),
    amount: moneyText(money(totalOf(lines), scheme.currency)),
    heads: lines.map((line) => ({ provider: line.provider, ...headsView(line, scheme.currency) })),
  });
}

/** Proposes the run of a month: approved, paid and taken back like any other. */
export async function makeCapitationRun(
  tx: Transaction,
  options: CapitationOptions,
  of: CapitationQuestion,
  actor: string,
): Promise<Result<{ runId: string }>> {
  const db = coverOf(tx);
  // Two who propose the same month take turns.
  await sql`select pg_advisory_xact_lock(hashtext(${`capitation ${of.schemeId}`}))`.execute(db);
  const reckoned = await reckonMonth(db, options, of);
  if (!reckoned.ok) {
    return reckoned;
  }
  const { lines, scheme, upTo } = reckoned.value;
  const before = await db
    .selectFrom('cover_payment_run')
    .select('run_id')
    .where('kind', '=', 'capitation')
    .where('scheme_id', '=', of.schemeId)
    .where('up_to', '=', upTo)
    .where('state', '<>', 'reversed')
    .executeTakeFirst();
  if (before) {
    return refuse('payments.month-has-run', { month: of.month }, 'month');
  }
  if (totalOf(lines) === 0n) {
    return refuse('payments.nothing-owed');
  }
  const runId = options.newId();
  await db
    .insertInto('cover_payment_run')
    .values({
      run_id: runId,
      kind: 'capitation',
      scheme_id: of.schemeId,
      up_to: upTo,
      currency: scheme.currency,
      state: 'proposed',
      claims: 0,
      amount_minor: totalOf(lines),
      made_by: actor,
      approved_by: null,
      created: options.clock(),
      paid_on: null,
    })
    .execute();
  await db
    .insertInto('cover_capitation_line')
    .values(
      lines.map((line) => ({
        run_id: runId,
        provider: line.provider,
        tariff: line.tariff,
        band: line.band,
        members: line.members,
        rate_minor: line.rateMinor,
        amount_minor: line.minor,
      })),
    )
    .execute();
  return ok({ runId });
}

async function reckonMonth(db: CoverDatabase, options: CapitationOptions, { schemeId, month }: CapitationQuestion) {
  const firstDay = `${month}-01`;
  if (firstDay > localDay(options)) {
    return refuse('payments.month-ahead', undefined, 'month');
  }
  const scheme = schemeAt(options.schemes, schemeId, firstDay);
  if (!scheme?.tariffs.some((tariff) => tariff.capitation)) {
    return refuse('payments.not-by-head', undefined, 'schemeId');
  }
  const lines = reckonCapitation(scheme, firstDay, await registeredOn(db, schemeId, firstDay), (provider) =>
    levelOf(options, provider),
  );
  return ok({ scheme: scheme as Scheme, lines, upTo: addDays(addMonths(firstDay, 1), -1) });
}

/** Who is registered somewhere on a day and covered that day by a policy that is active. */
async function registeredOn(db: CoverDatabase, schemeId: string, day: string): Promise<Registered[]> {
  const { rows } = await sql<{ member_id: string; birth_date: string; provider: string }>`
    select r.member_id, m.birth_date, r.provider
    from (
      select distinct on (member_id) member_id, provider from cover_registration
      where scheme_id = ${schemeId} and from_on <= ${day}::date order by member_id, from_on desc
    ) r
    join cover_member m on m.member_id = r.member_id
    where r.provider is not null and exists (
      select 1 from cover_policy_member pm join cover_policy p on p.policy_id = pm.policy_id
      where pm.member_id = r.member_id and p.scheme_id = ${schemeId}
        and ${day}::date between pm.covered_from and pm.covered_to
        and p.effective_on <= ${day}::date and p.expires_on >= ${day}::date
        and (p.ended_on is null or p.ended_on > ${day}::date)
        and not exists (
          select 1 from cover_instalment i where i.policy_id = p.policy_id and i.grace_until < ${day}::date
            and i.amount_minor > i.paid_minor + i.written_off_minor))
    order by r.member_id`.execute(db);
  return rows.map((row) => ({ memberId: row.member_id, birthDate: row.birth_date, provider: row.provider }));
}

function levelOf(options: CapitationOptions, provider: string): string | undefined {
  const [country, id] = splitProvider(provider);
  return country === options.country ? options.facilities.find((each) => each.id === id)?.level : undefined;
}

function totalOf(lines: readonly CapitationLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.minor, 0n);
}

function headsView(
  line: { readonly band: string; readonly members: number; readonly rateMinor: bigint; readonly minor: bigint },
  currency: string,
): HeadsView {
  const text = (minor: bigint): MoneyText => moneyText(money(minor, currency));
  return { band: line.band, members: line.members, rate: text(line.rateMinor), amount: text(line.minor) };
}

/** What a run pays for heads, by facility; of one facility where it is named. Nothing for a run of claims. */
export async function headsOf(
  db: CoverDatabase,
  run: { readonly run_id: string; readonly currency: string },
  provider?: string,
): Promise<(HeadsView & { readonly provider: string })[]> {
  let query = db
    .selectFrom('cover_capitation_line')
    .selectAll()
    .where('run_id', '=', run.run_id)
    .orderBy('provider')
    .orderBy('tariff')
    .orderBy('band');
  if (provider !== undefined) {
    query = query.where('provider', '=', provider);
  }
  return (await query.execute()).map((row) => ({
    provider: row.provider,
    ...headsView(
      {
        band: row.band,
        members: row.members,
        rateMinor: BigInt(row.rate_minor),
        minor: BigInt(row.amount_minor),
      },
      run.currency,
    ),
  }));
}
