import { type Day, isDay, yearsBetween } from '@serai/kernel/base/days.ts';
import { type Refusal, refuse } from '@serai/kernel/base/refusal.ts';
import { blockingKeys, type PersonTraits, personSimilarity } from '@serai/kernel/linkage/candidates.ts';
import type { Member } from '../cover.ts';

/**
 * Who a member is, pure: a name in any script, a birth as exact as it is known, and an entitlement. No document, no
 * nationality and no immigration status: what would be such a field is refused before anything else is read.
 */

/** Fields a form, a file or a partner might send and Serai must not have, with the word for each. */
const neverRecorded: readonly (readonly [RegExp, string])[] = [
  [/^(nationality|citizenship|country_?of_?origin)$/, 'nationality'],
  [
    /^(immigration_?status|legal_?status|migration_?status|visa|visa_?(type|number|status)|undocumented|documented)$/,
    'immigration status',
  ],
  [
    /^(document_?(number|no|id)|passport(_?(number|no))?|national_?(id|number)|id_?(number|no|card)|work_?permit(_?(number|no))?|pink_?card|border_?pass)$/,
    'a document number',
  ],
  [/^(address(es)?|home_?address|street)$/, 'an address'],
];

/** The word for a field that is never recorded; undefined for any other field. Column titles of files are read too. */
export function forbiddenField(name: string): string | undefined {
  const plain = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .trim()
    .replace(/[\s.-]+/g, '_');
  return neverRecorded.find(([pattern]) => pattern.test(plain))?.[1] ?? forbiddenInThai(name);
}

function forbiddenInThai(name: string): string | undefined {
  return /สัญชาติ/.test(name)
    ? 'nationality'
    : /(พาสปอร์ต|หนังสือเดินทาง|เลขประจำตัวประชาชน|บัตรประชาชน|ใบอนุญาตทำงาน|နိုင်ငံကူးလက်မှတ်|မှတ်ပုံတင်)/.test(name)
      ? 'a document number'
      : /(วีซ่า|သက်တမ်း ဗီဇာ|ဗီဇာ)/.test(name)
        ? 'immigration status'
        : /(ที่อยู่|လိပ်စာ)/.test(name)
          ? 'an address'
          : /နိုင်ငံသား/.test(name)
            ? 'nationality'
            : undefined;
}

/** Refuses a body that holds what is never recorded, at any depth. */
export function refuseForbidden(body: unknown): Refusal | undefined {
  if (Array.isArray(body)) {
    for (const each of body) {
      const refused = refuseForbidden(each);
      if (refused) {
        return refused;
      }
    }
    return undefined;
  }
  if (body === null || typeof body !== 'object') {
    return undefined;
  }
  for (const [key, value] of Object.entries(body)) {
    const field = forbiddenField(key);
    if (field !== undefined) {
      return refuse('enrolment.forbidden-field', { field }, key);
    }
    const refused = refuseForbidden(value);
    if (refused) {
      return refused;
    }
  }
  return undefined;
}

/** A birth as people know it, and the day that stands for it in rules that need one. */
export interface KnownBirth {
  readonly birthDate: Day;
  readonly birthPrecision: Member['birthPrecision'];
}

export type BirthInput =
  | { readonly kind: 'date'; readonly date: Day }
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'estimated-age'; readonly years: number; readonly on: Day };

/**
 * The day that stands for a birth: the middle of what is not known, so that ages err to neither side.
 * @returns a refusal for a birth that cannot be.
 */
export function knownBirth(birth: BirthInput, today: Day): KnownBirth | Refusal {
  const found = birthDayOf(birth);
  // The middle of the present year may still lie ahead; a child said to be born this year is not refused for it.
  const birthDate = birth.kind !== 'date' && found > today && found.slice(0, 4) === today.slice(0, 4) ? today : found;
  if (!isDay(birthDate) || birthDate > today || yearsBetween(birthDate, today) > 125) {
    return refuse('enrolment.birth-invalid', undefined, 'birth');
  }
  const birthPrecision = birth.kind === 'date' ? 'day' : birth.kind === 'estimated-age' ? 'estimated' : birth.kind;
  return { birthDate, birthPrecision };
}

function birthDayOf(birth: BirthInput): Day {
  switch (birth.kind) {
    case 'date':
      return birth.date;
    case 'month':
      return `${birth.month}-15`;
    case 'year':
      return `${String(birth.year).padStart(4, '0')}-07-01`;
    case 'estimated-age':
      return `${String(Number(birth.on.slice(0, 4)) - birth.years).padStart(4, '0')}-07-01`;
  }
}

/** A name as it is searched: one case, one width, one space. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase('en').replace(/\s+/gu, ' ').trim();
}

export interface Described {
  readonly name: string;
  readonly birthDate: Day;
  readonly birthPrecision: Member['birthPrecision'];
  readonly sex: Member['sex'];
  readonly phone?: string | undefined;
}

export function traitsOfMember(member: Described): PersonTraits {
  return {
    names: [member.name],
    ...birthTrait(member),
    sex: member.sex,
    ...(member.phone && { phones: [member.phone] }),
  };
}

function birthTrait({ birthDate, birthPrecision }: Described): Pick<PersonTraits, 'birthDate' | 'estimatedAge'> {
  switch (birthPrecision) {
    case 'day':
      return { birthDate };
    case 'month':
      return { birthDate: birthDate.slice(0, 7) };
    case 'year':
      return { birthDate: birthDate.slice(0, 4) };
    case 'estimated': {
      // Judged some time; the year of birth is what is kept of it.
      const year = Number(birthDate.slice(0, 4));
      return { estimatedAge: { years: 30, on: `${year + 30}-07-01` } };
    }
  }
}

/** What an index finds a member by; two records of one person nearly always share a key. */
export function linkageKeysOf(member: Described): string[] {
  return blockingKeys(traitsOfMember(member)).slice(0, 80);
}

/** Above it, two members are shown as likely one; far above, saving asks for a look first. */
export const showDuplicateAbove = 0.05;
export const lookAtDuplicateAbove = 0.9;

/** How likely two are one person, 0 to 1, with what each trait said. */
export function likeness(a: Described, b: Described): { probability: number; why: { what: string; weight: number }[] } {
  const { probability, explanation } = personSimilarity(traitsOfMember(a), traitsOfMember(b));
  return {
    probability,
    why: explanation.map((each) => ({ what: `${each.trait}: ${each.level}`, weight: each.weight })),
  };
}
