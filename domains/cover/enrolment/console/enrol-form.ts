import { isDay } from '@serai/kernel/base/days.ts';
import type { Member, Relation } from '../../cover.ts';
import type { EnrolmentScheme } from '../groups.routes.ts';
import type { BirthInput } from '../member.ts';

/** The form that enrols, as a value that can be kept as a draft, and what is sent of it. */

export interface PersonForm {
  readonly key: string;
  readonly relation: Relation;
  readonly name: string;
  readonly birthKind: 'date' | 'year' | 'age';
  readonly birth: string;
  readonly sex: Member['sex'];
  readonly phone: string;
  /** What reminders are written in; empty: the country's. */
  readonly language?: string;
  readonly entitlement: string;
  readonly residence: string;
  readonly wage: string;
  /** Text of the square on the person's card; empty where there is none, or none was shown. */
  readonly card?: string;
}

export interface EnrolForm {
  readonly schemeId: string;
  readonly months: string;
  readonly instalments: string;
  readonly groupId: string;
  readonly people: readonly PersonForm[];
}

export function emptyPerson(relation: Relation, residence: string): PersonForm {
  return {
    key: crypto.randomUUID(),
    relation,
    name: '',
    birthKind: 'age',
    birth: '',
    sex: 'unknown',
    phone: '',
    entitlement: relation === 'holder' ? '' : 'family',
    residence,
    wage: '',
  };
}

export function emptyForm(residence: string): EnrolForm {
  return { schemeId: '', months: '', instalments: '1', groupId: '', people: [emptyPerson('holder', residence)] };
}

/** Fields that are still to be filled in, by id. */
export function missingFields(form: EnrolForm): ReadonlySet<string> {
  const missing = new Set<string>();
  if (form.schemeId === '') {
    missing.add('enrol-scheme');
  }
  for (const person of form.people) {
    if (person.name.trim() === '') {
      missing.add(`${person.key}-name`);
    }
    if (birthOf(person, '2000-01-01') === undefined) {
      missing.add(`${person.key}-birth`);
    }
    if (person.entitlement === '') {
      missing.add(`${person.key}-entitlement`);
    }
  }
  return missing;
}

/** The birth as it is sent; undefined where it is not filled in. @param today the day an age was told on. */
export function birthOf(person: PersonForm, today: string): BirthInput | undefined {
  const text = person.birth.trim();
  switch (person.birthKind) {
    case 'date':
      return isDay(text) ? { kind: 'date', date: text } : undefined;
    case 'year':
      return /^\d{4}$/.test(text) ? { kind: 'year', year: Number(text) } : undefined;
    case 'age':
      return /^\d{1,3}$/.test(text) ? { kind: 'estimated-age', years: Number(text), on: today } : undefined;
  }
}

/** The body of a quote or an enrolment. */
export function enrolBody(form: EnrolForm, scheme: EnrolmentScheme, today: string, others: readonly string[]) {
  return {
    schemeId: form.schemeId,
    ...(form.months && { months: Number(form.months) }),
    ...(Number(form.instalments) > 1 && { instalments: Number(form.instalments) }),
    ...(form.groupId && { groupId: form.groupId }),
    members: form.people.map((person) => ({
      relation: person.relation,
      newMember: {
        name: person.name.trim(),
        birth: birthOf(person, today),
        sex: person.sex,
        entitlement: person.entitlement,
        residence: person.residence,
        ...(person.phone.trim() && { phone: person.phone.trim() }),
        ...(person.language && { language: person.language }),
        ...(person.card?.trim() && { card: person.card.trim() }),
        ...(scheme.basis === 'payroll' &&
          person.wage && { wage: { amount: person.wage.trim(), currency: scheme.currency } }),
        ...(others.length > 0 && { notDuplicatesOf: others }),
      },
    })),
  };
}

/** What linkage is asked of one person. */
export function describedOf(person: PersonForm, today: string) {
  return {
    name: person.name.trim(),
    birth: birthOf(person, today),
    sex: person.sex,
    ...(person.phone.trim() && { phone: person.phone.trim() }),
  };
}
