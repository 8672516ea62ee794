import { createHash } from 'node:crypto';
import type { MoneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type Selectable, sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { sums } from './bulk.store.ts';
import { campaignFor } from './campaigns.store.ts';
import { groupFor } from './enrol.store.ts';
import { planEnrolment } from './enrol.ts';
import type { MemberTables } from './enrolment.tables.ts';
import { type EnrolmentToWrite, writeEnrolments } from './enrolments.store.ts';
import type { FileTable } from './files/table-file.store.ts';
import { linkageKeysOf, nameKey } from './member.ts';
import { memberRow } from './new-member.store.ts';
import { type ReadRoster, type RosterIssue, type RosterPerson, readRoster, rosterColumns } from './roster.ts';
import type { BirthNote } from './roster-birth.ts';

/** A roster taken: all of it or, by choice, its good lines; a second time it changes nothing. */

export interface RosterInput {
  readonly groupId: string;
  readonly schemeId: string;
  readonly on: string;
  readonly months?: number | undefined;
  readonly entitlement: string;
  /** Enrol the good lines although others are refused; else one refused line leaves all as it was. */
  readonly goodLinesOnly: boolean;
  readonly by: string;
}

export type RosterOutcome = 'added' | 'covered' | 'unchanged' | 'changed' | 'refused';

export interface RosterLine {
  readonly line: number;
  readonly outcome: RosterOutcome;
  readonly name?: string;
  readonly memberNumber?: string;
  readonly policyNumber?: string;
  /** How the birth was read where that is not as it was written, and the day that stands for it. */
  readonly notes?: readonly BirthNote[];
  readonly birth?: string;
  /** What a changed line changes. */
  readonly changes?: readonly string[];
  readonly issues?: readonly RosterIssue[];
  /** Where a rule of the scheme refuses the line. */
  readonly code?: string;
}

export interface RosterReport {
  readonly digest: string;
  readonly applied: boolean;
  readonly counts: Readonly<Record<RosterOutcome, number>>;
  readonly lines: readonly RosterLine[];
  /** Members of the group who are covered and not in the file: proposed to leave, never removed by it. */
  readonly leavers: readonly { readonly memberId: string; readonly memberNumber: string; readonly name: string }[];
  readonly ignoredColumns: readonly string[];
  readonly forbiddenColumns: readonly string[];
  /** The file said its letters in an old encoding: somebody should look at the names. */
  readonly encoding?: FileTable['encoding'];
  readonly owed: readonly MoneyText[];
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type MemberRow = Selectable<MemberTables['cover_member']>;

/** Reads, compares and enrols. In a rehearsed transaction it is the preview. */
export async function takeRoster(
  tx: Transaction,
  options: CoverOptions,
  table: FileTable,
  digest: string,
  input: RosterInput,
): Promise<Result<RosterReport>> {
  const db = coverOf(tx);
  const group = await groupFor(db, input.groupId);
  const scheme = schemeAt(options.schemes, input.schemeId, input.on);
  if (!group?.ok || !scheme) {
    return group?.ok ? refuse('schemes.unknown', undefined, 'schemeId') : refuse('enrolment.unknown-group');
  }
  const columns = rosterColumns(table.columns);
  if (columns.missing.length > 0) {
    return refuse('enrolment.columns-missing', { columns: columns.missing.join(', ') });
  }
  // One roster of a group at a time: the second finds what the first wrote.
  await sql`select pg_advisory_xact_lock(hashtext(${`roster ${input.groupId}`}))`.execute(db);
  const read = readRoster(table, columns, {
    today: input.on,
    currency: scheme.currency,
    country: options.country,
    entitlement: input.entitlement,
  });
  const compared = await compare(tx, options, read, { ...input, scheme, industry: group.value.industry });
  const refused = compared.lines.some((each) => each.outcome === 'refused');
  const apply = !refused || input.goodLinesOnly;
  if (apply) {
    await write(tx, options, compared, digest, input);
  }
  const counts: Record<RosterOutcome, number> = { added: 0, covered: 0, unchanged: 0, changed: 0, refused: 0 };
  for (const each of compared.lines) {
    counts[each.outcome] += 1;
  }
  return ok({
    digest,
    applied: apply,
    counts,
    lines: compared.lines,
    leavers: compared.leavers,
    ignoredColumns: columns.ignored,
    forbiddenColumns: columns.forbidden,
    ...(table.encoding && { encoding: table.encoding }),
    owed: sums(compared.enrolments.map((each) => each.planned.owed)),
  });
}

interface Compared {
  readonly lines: RosterLine[];
  readonly enrolments: EnrolmentToWrite[];
  readonly changed: readonly { readonly member: MemberRow; readonly person: RosterPerson }[];
  readonly leavers: RosterReport['leavers'];
}

/** Line by line: who is new, who is not covered yet, who is as before, who has changed. */
async function compare(
  tx: Transaction,
  options: CoverOptions,
  read: ReadRoster,
  input: RosterInput & { readonly scheme: Scheme; readonly industry: string | undefined },
): Promise<Compared> {
  const db = coverOf(tx);
  const members = await db.selectFrom('cover_member').selectAll().where('group_id', '=', input.groupId).execute();
  const known = knownBy(members);
  const covered = await coveredIn(db, input);
  const elsewhere = await coveredElsewhere(db, read.people, input);
  const campaign = await campaignFor(db, input, input.on);
  const lines: RosterLine[] = read.refused.map(({ line, issues }) => ({ line, outcome: 'refused', issues }));
  const enrolments: EnrolmentToWrite[] = [];
  const changed: { member: MemberRow; person: RosterPerson }[] = [];
  const inFile = new Set<string>();
  for (const person of read.people) {
    const member = known(person);
    const changes = member ? changesOf(member, person) : [];
    if (member) {
      inFile.add(member.member_id);
    }
    if (member && covered.has(member.member_id)) {
      lines.push({
        line: person.line,
        outcome: changes.length > 0 ? 'changed' : 'unchanged',
        name: person.name,
        memberNumber: member.member_number,
        ...noted(person),
        ...(changes.length > 0 && { changes }),
      });
      if (changes.length > 0) {
        changed.push({ member, person });
      }
      continue;
    }
    const { fresh, planned } = planLine(options, person, member, {
      ...input,
      campaign,
      elsewhere,
      together: read.people.length,
    });
    if (!planned.ok) {
      lines.push({ line: person.line, outcome: 'refused', name: person.name, code: planned.code });
      continue;
    }
    enrolments.push({
      planned: planned.value,
      fresh: fresh ? [fresh.row] : [],
      on: input.on,
      groupId: input.groupId,
      campaign: campaign.campaign,
      channel: 'roster',
      by: input.by,
    });
    if (member && changes.length > 0) {
      changed.push({ member, person });
    }
    lines.push({
      line: person.line,
      outcome: member ? 'covered' : 'added',
      name: person.name,
      ...noted(person),
      ...(member && { memberNumber: member.member_number }),
    });
  }
  lines.sort((a, b) => a.line - b.line);
  const leavers = members
    .filter((row) => covered.has(row.member_id) && !inFile.has(row.member_id))
    .map((row) => ({ memberId: row.member_id, memberNumber: row.member_number, name: row.name }));
  return { lines, enrolments, changed, leavers };
}

/** How a line was read, where that is not as it was written. */
function noted(person: RosterPerson): Pick<RosterLine, 'notes' | 'birth'> {
  return person.notes.length > 0 ? { notes: person.notes, birth: person.birthDate } : {};
}

/** Finds a line's member of the group: by the works number, else by name and birth. */
function knownBy(members: readonly MemberRow[]): (person: RosterPerson) => MemberRow | undefined {
  const byReference = new Map(members.flatMap((row) => (row.group_reference ? [[row.group_reference, row]] : [])));
  const byBirth = Map.groupBy(members, (row) => `${row.name_key} ${row.birth_date}`);
  return (person: RosterPerson) =>
    (person.reference === undefined ? undefined : byReference.get(person.reference)) ??
    byBirth
      .get(`${nameKey(person.name)} ${person.birthDate}`)
      ?.find((row) => person.reference === undefined || row.group_reference === null);
}

/** The policy a line would have, and the member where it makes one. */
function planLine(
  options: CoverOptions,
  person: RosterPerson,
  member: MemberRow | undefined,
  of: RosterInput & {
    readonly scheme: Scheme;
    readonly industry: string | undefined;
    readonly campaign: Awaited<ReturnType<typeof campaignFor>>;
    readonly together: number;
    readonly elsewhere: ReadonlySet<string>;
  },
) {
  const fresh = member
    ? undefined
    : memberRow(options, { ...person, groupReference: person.reference, groupId: of.groupId, by: of.by });
  if (fresh && of.elsewhere.has(samePerson(person))) {
    return { fresh, planned: refuse('enrolment.covered-elsewhere') };
  }
  const planned = planEnrolment({
    ...of.campaign,
    policyId: options.newId(),
    scheme: of.scheme,
    on: of.on,
    months: of.months,
    members: [
      {
        relation: 'holder',
        member: fresh?.member ?? { ...person, memberId: member!.member_id },
        wage: person.wage,
      },
    ],
    groupMembers: of.together,
    industry: of.industry,
  });
  return { fresh, planned };
}

/** Holders of the group with a policy of the scheme on the day or later. */
async function coveredIn(db: CoverDatabase, input: RosterInput): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('cover_policy_member as covered')
    .innerJoin('cover_member as member', 'member.member_id', 'covered.member_id')
    .select('covered.member_id')
    .where('member.group_id', '=', input.groupId)
    .where('covered.scheme_id', '=', input.schemeId)
    .where('covered.covered_to', '>=', input.on)
    .whereRef('covered.covered_to', '>=', 'covered.covered_from')
    .execute();
  return new Set(rows.map((row) => row.member_id));
}

/** Who is surely one person: a name and a birth to the day. A year alone is shared by many of one name. */
function samePerson(person: Pick<RosterPerson, 'name' | 'birthDate' | 'birthPrecision'>): string {
  return person.birthPrecision === 'day' ? `${nameKey(person.name)} ${person.birthDate}` : '';
}

/**
 * Those of the file who are covered in this scheme through somebody else: a price that is flat is due once. Contributions
 * by wages are taken from every employer, so that nobody is left out there.
 */
async function coveredElsewhere(
  db: CoverDatabase,
  people: readonly RosterPerson[],
  input: RosterInput & { readonly scheme: Scheme },
): Promise<ReadonlySet<string>> {
  const sure = people.filter((person) => person.birthPrecision === 'day');
  if (input.scheme.contribution.basis === 'payroll' || sure.length === 0) {
    return new Set();
  }
  const { rows } = await sql<{ name_key: string; birth_date: string }>`
    select distinct m.name_key, m.birth_date from cover_member m
      join cover_policy_member covered using (member_id) join cover_policy p using (policy_id)
      join unnest(${sure.map((each) => nameKey(each.name))}::text[], ${sure.map((each) => each.birthDate)}::date[])
        as those(name_key, birth_date) on those.name_key = m.name_key and those.birth_date = m.birth_date
    where m.birth_precision = 'day' and m.group_id is distinct from ${input.groupId}
      and covered.scheme_id = ${input.schemeId} and covered.covered_to >= covered.covered_from
      and covered.covered_to >= ${input.on}::date and p.ended_because is distinct from 'mistake'`.execute(db);
  return new Set(rows.map((row) => `${row.name_key} ${row.birth_date}`));
}

/** What the file says otherwise; what it does not say is left. */
function changesOf(member: MemberRow, person: RosterPerson): string[] {
  const said: readonly (readonly [string, unknown, unknown])[] = [
    ['name', nameKey(person.name), member.name_key],
    ['birth', person.birthDate, member.birth_date],
    ['sex', person.sex === 'unknown' ? member.sex : person.sex, member.sex],
    ['phone', person.phone ?? member.phone, member.phone],
    ['wage', person.wage?.minor.toString() ?? member.wage_minor, member.wage_minor],
    ['reference', person.reference ?? member.group_reference, member.group_reference],
  ];
  return said.filter(([, now, before]) => now !== before).map(([field]) => field);
}

async function write(
  tx: Transaction,
  options: CoverOptions,
  compared: Compared,
  digest: string,
  input: RosterInput,
): Promise<void> {
  const db = coverOf(tx);
  if (compared.enrolments.length === 0 && compared.changed.length === 0) {
    return;
  }
  const rosterId = options.newId();
  for (const { member, person } of compared.changed) {
    const sex = person.sex === 'unknown' ? member.sex : person.sex;
    await db
      .updateTable('cover_member')
      .set({
        name: person.name,
        name_key: nameKey(person.name),
        birth_date: person.birthDate,
        birth_precision: person.birthPrecision,
        sex,
        phone: person.phone ?? member.phone,
        wage_minor: person.wage?.minor ?? member.wage_minor,
        group_reference: person.reference ?? member.group_reference,
        linkage_keys: linkageKeysOf({ ...person, sex: sex as RosterPerson['sex'] }),
      })
      .where('member_id', '=', member.member_id)
      .execute();
  }
  const answers = await writeEnrolments(tx, options, compared.enrolments, `Roster/${rosterId}`);
  tellNumbers(compared, answers, await numbersOf(db, compared.enrolments));
  await db
    .insertInto('cover_roster')
    .values({
      roster_id: rosterId,
      group_id: input.groupId,
      scheme_id: input.schemeId,
      kind: 'members',
      digest,
      counts: JSON.stringify({ enrolled: compared.enrolments.length, changed: compared.changed.length }),
      taken_by: input.by,
      taken: options.clock(),
    })
    .execute();
}

async function numbersOf(
  db: CoverDatabase,
  enrolments: readonly EnrolmentToWrite[],
): Promise<ReadonlyMap<string, string>> {
  const ids = enrolments.flatMap((each) => each.planned.plan.members.map((member) => member.memberId));
  const { rows } = await sql<{ member_id: string; member_number: string }>`
    select member_id, member_number from cover_member where member_id = any(${ids}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.member_id, row.member_number]));
}

/** Enrolled lines come in the order of the enrolments. */
function tellNumbers(
  compared: Compared,
  answers: readonly { readonly policyNumber: string; readonly memberIds: readonly string[] }[],
  numbers: ReadonlyMap<string, string>,
): void {
  let next = 0;
  for (const [i, each] of compared.lines.entries()) {
    if (each.outcome === 'added' || each.outcome === 'covered') {
      const answer = answers[next]!;
      next += 1;
      compared.lines[i] = {
        ...each,
        policyNumber: answer.policyNumber,
        memberNumber: numbers.get(answer.memberIds[0]!) ?? '',
      };
    }
  }
}
