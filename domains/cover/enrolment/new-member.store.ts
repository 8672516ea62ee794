import type { Patient } from '@medplum/fhirtypes';
import type { Money } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type PersonTraits, personSimilarity } from '@serai/kernel/linkage/candidates.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type Insertable, sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Member } from '../cover.ts';
import type { MemberTables } from './enrolment.tables.ts';
import {
  type BirthInput,
  type Described,
  type KnownBirth,
  knownBirth,
  likeness,
  linkageKeysOf,
  lookAtDuplicateAbove,
  nameKey,
  showDuplicateAbove,
  traitsOfMember,
} from './member.ts';
import { memberOf } from './members.store.ts';

/** How many candidates one look-up weighs at most. */
const candidateLimit = 200;
/** A record and a member may be linked where they are at least this likely to be one person. */
const samePersonAbove = 0.5;

/** Someone who is not a member yet. No document is asked for; `birth` is as exact as it is known. */
export interface NewMember {
  readonly name: string;
  readonly birth: BirthInput | KnownBirth;
  readonly sex: Member['sex'];
  readonly entitlement: string;
  readonly residence: string;
  readonly phone?: string | undefined;
  /** What reminders are written in. */
  readonly language?: string | undefined;
  readonly personId?: string | undefined;
  /** What the group calls the member: a works number. */
  readonly groupReference?: string | undefined;
  readonly wage?: Money | undefined;
  /** Likely matches that were looked at and found to be others. */
  readonly notDuplicatesOf?: readonly string[] | undefined;
}

export interface LikelyMember {
  readonly memberId: string;
  readonly memberNumber: string;
  readonly name: string;
  readonly birthDate: string;
  readonly birthPrecision: string;
  readonly sex: string;
  /** 0 to 1. */
  readonly probability: number;
  readonly why: readonly { readonly what: string; readonly weight: number }[];
}

/** A member about to be made: checked against those there are, and against the record where one is named. */
export async function newMember(
  tx: Transaction,
  options: CoverOptions,
  input: NewMember & { readonly groupId?: string | undefined; readonly by: string },
  on: string,
  at: string,
): Promise<Result<ReturnType<typeof memberRow>>> {
  const db = coverOf(tx);
  const birth = settledBirth(input.birth, on);
  if ('ok' in birth) {
    return { ...birth, expression: `${at}.birth` };
  }
  const made = memberRow(options, { ...input, ...birth });
  const refused =
    (await personRefused(db, options, { ...made.member, phone: input.phone }, input.personId)) ??
    (await rosterNumberTaken(db, input)) ??
    (await duplicateUnseen(db, { ...made.member, phone: input.phone }, input.notDuplicatesOf ?? []));
  return refused ? { ...refused, expression: at } : ok(made);
}

/**
 * The record is read by the node's own hand and only compared: whoever enrols learns whether it fits what the person
 * said or showed, and nothing else of it.
 */
async function personRefused(
  db: CoverDatabase,
  options: CoverOptions,
  described: Described,
  personId: string | undefined,
): Promise<Refusal | undefined> {
  if (personId === undefined) {
    return undefined;
  }
  const taken = await db
    .selectFrom('cover_member')
    .select('member_id')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (taken) {
    return refuse('enrolment.person-enrolled');
  }
  let patient: Patient;
  try {
    patient = await options.ownStore().repo.readResource<Patient>('Patient', personId);
  } catch {
    return refuse('enrolment.unknown-person');
  }
  const { probability } = personSimilarity(traitsOfMember(described), traitsOfRecord(patient));
  return probability < samePersonAbove ? refuse('enrolment.person-differs') : undefined;
}

/** Of a record, what is compared: names, birth as it is known, sex, telephones. */
function traitsOfRecord(patient: Patient): PersonTraits {
  return {
    names: (patient.name ?? [])
      .map((name) => name.text ?? [...(name.given ?? []), name.family ?? ''].join(' ').trim())
      .filter((name) => name !== ''),
    ...(patient.birthDate && { birthDate: patient.birthDate }),
    ...(patient.gender && { sex: patient.gender }),
    phones: (patient.telecom ?? []).flatMap((each) => (each.system === 'phone' && each.value ? each.value : [])),
  };
}

async function rosterNumberTaken(
  db: CoverDatabase,
  { groupId, groupReference }: { readonly groupId?: string | undefined; readonly groupReference?: string | undefined },
): Promise<Refusal | undefined> {
  if (groupId === undefined || groupReference === undefined) {
    return undefined;
  }
  const row = await db
    .selectFrom('cover_member')
    .select('member_id')
    .where('group_id', '=', groupId)
    .where('group_reference', '=', groupReference)
    .executeTakeFirst();
  return row && refuse('enrolment.roster-number-taken');
}

async function duplicateUnseen(
  db: CoverDatabase,
  described: Described,
  seen: readonly string[],
): Promise<Refusal | undefined> {
  const unseen = (await likelyMembers(db, described)).filter(
    (each) => each.probability >= lookAtDuplicateAbove && !seen.includes(each.memberId),
  );
  return unseen.length > 0 ? refuse('enrolment.duplicate-unseen', { candidates: unseen.length }) : undefined;
}

/** Members who may be the one described, the likeliest first, with the reasons. */
export async function likelyMembers(db: CoverDatabase, described: Described, limit = 10): Promise<LikelyMember[]> {
  const keys = linkageKeysOf(described);
  if (keys.length === 0) {
    return [];
  }
  const { rows: ids } = await sql<{ member_id: string }>`
    select member_id from cover_member
    where linkage_keys && ${keys}::text[]
    order by cardinality(array(select unnest(linkage_keys) intersect select unnest(${keys}::text[]))) desc, member_id
    limit ${candidateLimit}`.execute(db);
  if (ids.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('cover_member')
    .selectAll()
    .where(
      'member_id',
      'in',
      ids.map((row) => row.member_id),
    )
    .execute();
  return rows
    .map((row) => {
      const member = memberOf(row);
      const { probability, why } = likeness(described, { ...member, ...(row.phone && { phone: row.phone }) });
      return {
        memberId: member.memberId,
        memberNumber: member.memberNumber,
        name: member.name,
        birthDate: member.birthDate,
        birthPrecision: member.birthPrecision,
        sex: member.sex,
        probability,
        why,
      };
    })
    .filter((each) => each.probability >= showDuplicateAbove)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, limit);
}

/** The row of a new member; its number is given when it is written. */
export function memberRow(
  options: CoverOptions,
  input: Omit<NewMember, 'birth'> & KnownBirth & { readonly groupId?: string | undefined; readonly by: string },
): { readonly member: Member; readonly row: Insertable<MemberTables['cover_member']> } {
  const memberId = options.newId();
  const described = { ...input, name: input.name.normalize('NFC').replace(/\s+/gu, ' ').trim() };
  return {
    member: {
      memberId,
      memberNumber: '',
      ...(input.personId && { personId: input.personId }),
      name: described.name,
      birthDate: input.birthDate,
      birthPrecision: input.birthPrecision,
      sex: input.sex,
      entitlement: input.entitlement,
      residence: input.residence,
    },
    row: {
      member_id: memberId,
      member_number: '',
      person_id: input.personId ?? null,
      name: described.name,
      name_key: nameKey(described.name),
      group_id: input.groupId ?? null,
      group_reference: input.groupReference ?? null,
      birth_date: input.birthDate,
      birth_precision: input.birthPrecision,
      sex: input.sex,
      entitlement: input.entitlement,
      residence: input.residence,
      phone: input.phone ?? null,
      language: input.language ?? null,
      wage_minor: input.wage?.minor ?? null,
      enrolled_by: input.by,
      linkage_keys: linkageKeysOf(described),
      created: options.clock(),
    },
  };
}

/** A birth that is known already, or becomes so. */
export function settledBirth(birth: BirthInput | KnownBirth, on: string): KnownBirth | Refusal {
  return 'birthPrecision' in birth ? birth : knownBirth(birth, on);
}
