import { addDays, daysInMonth } from '@serai/kernel/base/days.ts';
import { type Money, type MoneyText, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { quote } from '../schemes/premium.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { post } from './books.ts';
import { sums } from './bulk.store.ts';
import type { FileTable } from './files/table-file.store.ts';
import { nameKey } from './member.ts';
import { inserted, policiesById, recordEvents } from './policies.store.ts';
import { readAmount, readWage, rosterColumns, type WageFault } from './roster.ts';

/**
 * A payroll file: the wages of a month, from which contributions are reckoned (employee, employer, state) and raised as what the
 * employer owes for that month. The same month of the same member is raised once, however often the file comes.
 */

export interface PayrollInput {
  readonly groupId: string;
  readonly schemeId: string;
  /** `2026-03`. */
  readonly month: string;
  readonly goodLinesOnly: boolean;
  readonly by: string;
}

export interface PayrollLine {
  readonly line: number;
  readonly outcome: 'raised' | 'unchanged' | 'refused';
  readonly memberNumber?: string;
  readonly employee?: MoneyText;
  readonly employer?: MoneyText;
  readonly state?: MoneyText;
  readonly because?:
    | 'unknown-member'
    | 'not-covered'
    | WageFault
    | 'raised-otherwise'
    | 'twice'
    | 'deducted-over'
    | 'deducted-under'
    | 'deducted-invalid';
}

export interface PayrollReport {
  readonly digest: string;
  readonly applied: boolean;
  readonly counts: Readonly<Record<PayrollLine['outcome'], number>>;
  readonly lines: readonly PayrollLine[];
  readonly employee: readonly MoneyText[];
  readonly employer: readonly MoneyText[];
  readonly state: readonly MoneyText[];
}

interface Raised {
  readonly line: number;
  readonly policyId: string;
  readonly memberNumber: string;
  readonly wage: Money;
  readonly memberId: string;
  readonly employee: Money;
  readonly employer: Money;
  readonly state: Money;
}

interface Person {
  readonly member_id: string;
  readonly member_number: string;
  readonly group_reference: string | null;
  readonly name_key: string;
  readonly policy_id: string | null;
  readonly raised_minor: string | null;
}

export async function takePayroll(
  tx: Transaction,
  options: CoverOptions,
  table: FileTable,
  digest: string,
  input: PayrollInput,
): Promise<Result<PayrollReport>> {
  const db = coverOf(tx);
  const from = `${input.month}-01`;
  const to = `${input.month}-${daysInMonth(Number(input.month.slice(0, 4)), Number(input.month.slice(5)))}`;
  const scheme = schemeAt(options.schemes, input.schemeId, from);
  if (scheme?.contribution.basis !== 'payroll') {
    return refuse('schemes.unknown', undefined, 'schemeId');
  }
  const { fields } = rosterColumns(table.columns);
  if (!fields.has('wage') || !(fields.has('reference') || fields.has('name'))) {
    return refuse('enrolment.columns-missing', { columns: 'works number, monthly wage' });
  }
  await sql`select pg_advisory_xact_lock(hashtext(${`roster ${input.groupId}`}))`.execute(db);
  const people = await peopleOf(db, input, from, to);
  const { lines, raised } = reckon(table, fields, { scheme, people, on: from });
  const refused = lines.some((each) => each.outcome === 'refused');
  const applied = !refused || input.goodLinesOnly;
  if (applied && raised.length > 0) {
    await raise(tx, options, raised, { ...input, from, to, scheme, digest });
  }
  const counts = { raised: 0, unchanged: 0, refused: 0 };
  for (const each of lines) {
    counts[each.outcome] += 1;
  }
  return ok({
    digest,
    applied,
    counts,
    lines,
    employee: sums(raised.map((each) => each.employee)),
    employer: sums(raised.map((each) => each.employer)),
    state: sums(raised.map((each) => each.state)),
  });
}

/** What the employer took off the wage for the fund, where the file says so; it must be the worker's share to the last unit. */
const deductedTitles = ['deducted', 'deduction', 'employee contribution', 'หักเงินสมทบ', 'เงินสมทบลูกจ้าง', 'ဖြတ်တောက်ငွေ'];

function deductedColumn(columns: readonly string[]): number | undefined {
  const at = columns.findIndex((title) => deductedTitles.includes(nameKey(title).replace(/[_.]+/g, ' ').trim()));
  return at < 0 ? undefined : at;
}

/** Members of the group, with the policy of the scheme that covers a day of the month, and what is raised for it already. */
async function peopleOf(db: CoverDatabase, input: PayrollInput, from: string, to: string): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select m.member_id, m.member_number, m.group_reference, m.name_key, p.policy_id,
      (select i.amount_minor::text from cover_instalment i
        where i.policy_id = p.policy_id and i.covers_from = ${from}::date) as raised_minor
    from cover_member m
      left join lateral (
        select pm.policy_id from cover_policy_member pm join cover_policy p using (policy_id)
        where pm.member_id = m.member_id and pm.scheme_id = ${input.schemeId} and pm.relation = 'holder'
          and p.group_id = ${input.groupId} and pm.covered_from <= ${to}::date and pm.covered_to >= ${from}::date
        order by pm.covered_from desc limit 1) p on true
    where m.group_id = ${input.groupId}`.execute(db);
  return rows;
}

function reckon(
  table: FileTable,
  fields: ReturnType<typeof rosterColumns>['fields'],
  of: { readonly scheme: Scheme; readonly people: readonly Person[]; readonly on: string },
): { lines: PayrollLine[]; raised: Raised[] } {
  const byReference = new Map(
    of.people.flatMap((each) => (each.group_reference ? [[each.group_reference, each]] : [])),
  );
  const byName = Map.groupBy(of.people, (each) => each.name_key);
  const lines: PayrollLine[] = [];
  const raised: Raised[] = [];
  const seen = new Set<string>();
  const deductedAt = deductedColumn(table.columns);
  for (const row of table.rows) {
    const cell = (at: number | undefined) => (at === undefined ? '' : (row.cells[at] ?? '').normalize('NFC').trim());
    const alike = byName.get(nameKey(cell(fields.get('name'))));
    const person = byReference.get(cell(fields.get('reference'))) ?? (alike?.length === 1 ? alike[0] : undefined);
    const wage = readWage(cell(fields.get('wage')), of.scheme.currency);
    const deducted = deductedAt === undefined ? undefined : readAmount(cell(deductedAt), of.scheme.currency);
    const outcome = lineOf(row.line, person, { wage, deducted }, of, seen);
    lines.push(outcome.line);
    if (outcome.raised) {
      raised.push(outcome.raised);
    }
  }
  return { lines, raised };
}

function lineOf(
  line: number,
  person: Person | undefined,
  { wage, deducted }: { readonly wage: Money | WageFault; readonly deducted: Money | null | undefined },
  { scheme, on }: { readonly scheme: Scheme; readonly on: string },
  seen: Set<string>,
): { readonly line: PayrollLine; readonly raised?: Raised } {
  const refused = (because: NonNullable<PayrollLine['because']>) => ({
    line: {
      line,
      outcome: 'refused' as const,
      because,
      ...(person && { memberNumber: person.member_number }),
    },
  });
  if (!person) {
    return refused('unknown-member');
  }
  if (seen.has(person.member_id)) {
    return refused('twice');
  }
  seen.add(person.member_id);
  if (person.policy_id === null) {
    return refused('not-covered');
  }
  if (typeof wage === 'string') {
    return refused(wage);
  }
  const members = [{ birthDate: '1990-01-01', relation: 'holder' as const }];
  const price = quote(scheme, { members, on, months: 1, wageMinor: wage.minor });
  if (!price.ok) {
    return refused('wage-invalid');
  }
  const share = (by: string) => price.value.payers.find((each) => each.by === by)?.amount ?? money(0n, scheme.currency);
  const made: Raised = {
    line,
    policyId: person.policy_id,
    memberId: person.member_id,
    memberNumber: person.member_number,
    wage,
    employee: share('member'),
    employer: share('employer'),
    state: share('government'),
  };
  const wrong = deductionFault(deducted, made.employee);
  if (wrong) {
    return refused(wrong);
  }
  const owed = made.employee.minor + made.employer.minor;
  if (person.raised_minor !== null) {
    return BigInt(person.raised_minor) === owed
      ? { line: { line, outcome: 'unchanged', memberNumber: person.member_number } }
      : refused('raised-otherwise');
  }
  const [employee, employer, state] = [made.employee, made.employer, made.state].map((each) => sums([each])[0]!);
  return {
    line: {
      line,
      outcome: 'raised',
      memberNumber: person.member_number,
      employee: employee!,
      employer: employer!,
      state: state!,
    },
    raised: made,
  };
}

/** What is wrong with what was deducted; undefined where the file does not say it, or it is the share. */
function deductionFault(deducted: Money | null | undefined, share: Money): PayrollLine['because'] {
  if (deducted === null) {
    return 'deducted-invalid';
  }
  if (deducted === undefined || deducted.minor === share.minor) {
    return undefined;
  }
  return deducted.minor > share.minor ? 'deducted-over' : 'deducted-under';
}

/** An instalment a member and month, one ledger entry for all of them. */
async function raise(
  tx: Transaction,
  options: CoverOptions,
  raised: readonly Raised[],
  of: PayrollInput & { readonly from: string; readonly to: string; readonly scheme: Scheme; readonly digest: string },
): Promise<void> {
  const db = coverOf(tx);
  const ids = raised.map((each) => each.policyId);
  const policies = await policiesById(db, ids, { lock: true });
  const numberOf = new Map(policies.map((policy) => [policy.policyId, policy.instalments.length + 1]));
  const due = addDays(of.to, 15);
  await inserted(
    db,
    'cover_instalment',
    raised.map((each) => ({
      instalment_id: `${each.policyId}.${of.month}`,
      policy_id: each.policyId,
      number: numberOf.get(each.policyId)!,
      due,
      grace_until: addDays(due, of.scheme.contribution.grace.paymentDays),
      amount_minor: each.employee.minor + each.employer.minor,
      currency: of.scheme.currency,
      covers_from: of.from,
      covers_to: of.to,
    })),
  );
  await sql`
    update cover_policy set premium_minor = premium_minor + those.owed, subsidy_minor = subsidy_minor + those.state
    from unnest(${ids}::text[], ${raised.map((each) => (each.employee.minor + each.employer.minor).toString())}::bigint[],
      ${raised.map((each) => each.state.minor.toString())}::bigint[]) as those(policy_id, owed, state)
    where cover_policy.policy_id = those.policy_id`.execute(db);
  await sql`
    update cover_member set wage_minor = those.wage
    from unnest(${raised.map((each) => each.memberId)}::text[], ${raised.map((each) => each.wage.minor.toString())}::bigint[])
      as those(member_id, wage)
    where cover_member.member_id = those.member_id`.execute(db);
  const now = options.clock();
  const rosterId = await keepRoster(db, options, of, raised.length);
  await recordEvents(db, ids, {
    at: now,
    actor: of.by,
    event: 'contribution-raised',
    detail: { month: of.month, rosterId },
  });
  const total = raised.reduce((sum, each) => sum + each.employee.minor + each.employer.minor, 0n);
  await post(
    tx,
    {
      event: 'policy-issued',
      id: `Payroll/${rosterId}`,
      schemeId: of.schemeId,
      amount: money(total, of.scheme.currency),
      day: localDayOf(now, options.country),
      reference: `Payroll/${rosterId}`,
    },
    now,
  );
}

/** That the file was taken, by whom and when; the file itself is not kept. */
async function keepRoster(
  db: CoverDatabase,
  options: CoverOptions,
  of: PayrollInput & { readonly digest: string },
  raised: number,
): Promise<string> {
  const rosterId = options.newId();
  await db
    .insertInto('cover_roster')
    .values({
      roster_id: rosterId,
      group_id: of.groupId,
      scheme_id: of.schemeId,
      kind: 'payroll',
      digest: of.digest,
      counts: JSON.stringify({ raised }),
      taken_by: of.by,
      taken: options.clock(),
    })
    .execute();
  return rosterId;
}
